package main

import (
	"strings"
	"time"

	"unlisted/checks/catalog"
)

// platformJSON is the document of the command-line contract.
type platformJSON struct {
	ID            string                `json:"id"`
	Name          string                `json:"name"`
	Domains       []string              `json:"domains"`
	Methods       []methodJSON          `json:"methods"`
	MethodsKnown  bool                  `json:"methods_known"`
	PhoneRequired string                `json:"phone_required"`
	ExitRating    string                `json:"exit_rating"`
	ExitReason    string                `json:"exit_reason"`
	ExitSources   []sourceJSON          `json:"exit_sources"`
	Uses          []string              `json:"uses_of_number"`
	RecoveryCodes string                `json:"recovery_codes"`
	Actions       map[string]actionJSON `json:"actions"`
	Ways          []wayJSON             `json:"ways"`
	Risks         []riskJSON            `json:"risks"`
	Help          string                `json:"help"`
	Incidents     []incidentJSON        `json:"incidents"`
	Guide         string                `json:"guide"` // "deep" or "short"
	Reviewed      string                `json:"reviewed"`
}

type methodJSON struct {
	Method  string `json:"method"`
	Limited bool   `json:"limited"`
	Note    string `json:"note"`
}

type wayJSON struct {
	Needs    []string     `json:"needs"`
	Recovery bool         `json:"recovery"`
	Sources  []sourceJSON `json:"sources"`
}

type riskJSON struct {
	Text    string       `json:"text"`
	Sources []sourceJSON `json:"sources"`
}

type actionJSON struct {
	Steps   []stepJSON   `json:"steps"`
	Sources []sourceJSON `json:"sources"`
}

type stepJSON struct {
	Text string   `json:"text"`
	Path []string `json:"path"`
	URL  string   `json:"url"`
}

type sourceJSON struct {
	URL        string `json:"url"`
	Checked    string `json:"checked"`
	Confidence string `json:"confidence"`
}

type incidentJSON struct {
	ID      string       `json:"id"`
	Kind    string       `json:"kind"`
	Status  string       `json:"status"`
	Title   string       `json:"title"`
	Text    string       `json:"text"`
	Until   string       `json:"until"`
	Sources []sourceJSON `json:"sources"`
}

// platformCommand shows what is known of a platform: facts, exit rating,
// incidents, guide.
func platformCommand(c *cli) *command {
	cmd := c.command("platform", words(1, -1), c.platform, exitDone, exitFailed, exitUsage)
	cmd.ValidArgsFunction = offers(c.platforms)
	return cmd
}

func (c *cli) platform(args []string) error {
	query := strings.Join(args, " ")
	p, ok := c.catalog.ByID(query)
	if !ok {
		hits := c.catalog.Search(query, 1)
		if len(hits) == 0 {
			return &failure{exitFailed, errNoAccount}
		}
		p = hits[0]
	}
	if c.json {
		return c.writeJSON(c.platformJSON(p))
	}
	exit := "exit." + string(p.Exit)
	c.printf("%s (%s)\n%s. %s\n", p.Name, p.ID, c.text.T(exit+".name"), c.text.T(exit+".why"))
	for _, l := range p.About(c.text) {
		c.printf("%s\n", l)
	}
	for _, i := range c.catalog.Incidents(p.ID) {
		title := c.text.In(i.Title)
		c.printf("%s: %s (%s)\n", c.text.Month(i.Until()), title, c.text.T("incident.status."+string(i.Status)))
	}
	switch {
	case p.Guide == nil:
		c.printf("%s\n", c.text.T("fix.short"))
	case p.Guide.Stale(time.Now()):
		c.printf("%s\n", c.text.T("facts.stale"))
	}
	for i, s := range p.Steps() {
		title, do, _ := s.Words(c.text, p.Name)
		c.printf("%d. %s\n   %s\n", i+1, title, do)
		if s.Link != "" {
			c.printf("   %s\n", s.Link)
		}
	}
	if g := p.Guide; g != nil {
		for _, w := range g.Ways {
			c.printf("- %s\n", w.Words(c.text))
		}
		for _, r := range g.Risks {
			c.printf("! %s\n", r.Words(c.text))
		}
		if g.Help != "" {
			c.printf("%s %s\n", c.text.T("guide.help"), g.Help)
		}
	}
	return nil
}

func (c *cli) platformJSON(p *catalog.Platform) platformJSON {
	doc := platformJSON{
		ID: p.ID, Name: p.Name, Domains: p.Domains, Methods: []methodJSON{}, MethodsKnown: p.MethodsKnown,
		PhoneRequired: "unknown", RecoveryCodes: "unknown",
		ExitRating: string(p.Exit), ExitReason: c.text.T("exit." + string(p.Exit) + ".why"),
		ExitSources: sourcesJSON(p.ExitSources), Uses: []string{},
		Actions: map[string]actionJSON{}, Ways: []wayJSON{}, Risks: []riskJSON{}, Incidents: []incidentJSON{}, Guide: "short",
	}
	limited := false
	if g := p.Guide; g != nil {
		doc.Guide, doc.Reviewed = "deep", g.Reviewed.Format(time.DateOnly)
		limited = g.Facts["sms-limited"].Value == "yes"
		if f, ok := g.Facts["number-required"]; ok {
			doc.PhoneRequired = f.Value
		}
		if f, ok := g.Facts["recovery-codes"]; ok {
			doc.RecoveryCodes = f.Value
		}
		doc.Help = g.Help
		for _, w := range g.Ways {
			doc.Ways = append(doc.Ways, wayJSON{w.Needs, w.Recovery, sourcesJSON(w.Sources)})
		}
		for _, r := range g.Risks {
			doc.Risks = append(doc.Risks, riskJSON{r.Words(c.text), sourcesJSON(r.Sources)})
		}
		for _, u := range catalog.Purposes() {
			if _, ok := g.Uses[u]; ok {
				doc.Uses = append(doc.Uses, u)
			}
		}
	}
	for _, m := range p.Methods {
		j := methodJSON{Method: m}
		if m == "sms" && limited {
			j.Limited, j.Note = true, c.text.T("fact.sms-limited.yes")
		}
		doc.Methods = append(doc.Methods, j)
	}
	for _, s := range p.Steps() {
		_, do, _ := s.Words(c.text, p.Name)
		doc.Actions[string(s.Kind)] = actionJSON{[]stepJSON{{do, append([]string{}, s.Path...), s.Link}}, sourcesJSON(s.Sources)}
	}
	for _, i := range c.catalog.Incidents(p.ID) {
		title, body := c.text.In(i.Title), c.text.In(i.Text)
		until := i.Until().Format(time.DateOnly)
		doc.Incidents = append(doc.Incidents, incidentJSON{
			i.ID, string(i.Kind), string(i.Status), title, body, until, sourcesJSON(i.Sources),
		})
	}
	return doc
}

func sourcesJSON(refs []catalog.SourceRef) []sourceJSON {
	out := []sourceJSON{}
	for _, r := range refs {
		j := sourceJSON{URL: r.URL, Confidence: r.Confidence}
		if !r.Checked.IsZero() {
			j.Checked = r.Checked.Format(time.DateOnly)
		}
		out = append(out, j)
	}
	return out
}
