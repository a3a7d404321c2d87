package main

import (
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/plan"
	"unlisted/checks/text"
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
	Incidents     []incidentJSON        `json:"incidents"`
	Guide         string                `json:"guide"` // "deep" or "short"
	Reviewed      string                `json:"reviewed"`
}

type methodJSON struct {
	Method  string `json:"method"`
	Limited bool   `json:"limited"`
	Note    string `json:"note"`
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

// platform shows what is known of a platform: facts, exit rating, incidents,
// guide.
func (c *cli) platform(args []string) error {
	if len(args) == 0 {
		return usage("usage: platform QUERY")
	}
	query := strings.Join(args, " ")
	p, ok := c.catalog.ByID(query)
	if !ok {
		hits := c.catalog.Search(query, 1)
		if len(hits) == 0 {
			return &failure{exitFailed, noAccount{}}
		}
		p = hits[0]
	}
	sw := plan.NewSwitch(p, account.Account{Platform: p.ID}, nil)
	if c.json {
		return c.writeJSON(c.platformJSON(p, sw))
	}
	c.printf("%s (%s)\n%s. %s\n", p.Name, p.ID, c.text.T("exit."+string(p.Exit)+".name"), c.text.T("exit."+string(p.Exit)+".why"))
	for _, l := range p.About(c.text) {
		c.printf("%s\n", l)
	}
	for _, i := range c.catalog.Incidents(p.ID) {
		title, _ := inLanguage(c.text, i)
		c.printf("%s: %s (%s)\n", c.text.Month(i.Until()), title, c.text.T("incident.status."+string(i.Status)))
	}
	switch {
	case !sw.Deep:
		c.printf("%s\n", c.text.T("fix.short"))
	case p.Guide.Stale(time.Now()):
		c.printf("%s\n", c.text.T("facts.stale"))
	}
	for i, s := range guideSteps(p, sw) {
		title, do, _ := s.Words(c.text, p.Name)
		c.printf("%d. %s\n   %s\n", i+1, title, do)
		if s.Link != "" {
			c.printf("   %s\n", s.Link)
		}
	}
	return nil
}

// guideSteps are the steps of the switch and what else can be done there.
func guideSteps(p *catalog.Platform, sw plan.Switch) []catalog.Step {
	if p.Guide != nil {
		return p.Guide.Steps
	}
	var out []catalog.Step
	for _, s := range sw.Steps {
		out = append(out, s.Step)
	}
	return out
}

func inLanguage(t *text.Printer, i catalog.Incident) (title, body string) {
	if i.Title[t.Lang()] == "" {
		return i.Title[text.Fallback], i.Text[text.Fallback]
	}
	return i.Title[t.Lang()], i.Text[t.Lang()]
}

func (c *cli) platformJSON(p *catalog.Platform, sw plan.Switch) platformJSON {
	doc := platformJSON{
		ID: p.ID, Name: p.Name, Domains: p.Domains, Methods: []methodJSON{}, MethodsKnown: p.MethodsKnown, PhoneRequired: "unknown", RecoveryCodes: "unknown",
		ExitRating: string(p.Exit), ExitReason: c.text.T("exit." + string(p.Exit) + ".why"), ExitSources: sourcesJSON(p.ExitSources), Uses: []string{},
		Actions: map[string]actionJSON{}, Incidents: []incidentJSON{}, Guide: "short",
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
	for _, s := range guideSteps(p, sw) {
		_, do, _ := s.Words(c.text, p.Name)
		doc.Actions[string(s.Kind)] = actionJSON{[]stepJSON{{do, append([]string{}, s.Path...), s.Link}}, sourcesJSON(s.Sources)}
	}
	for _, i := range c.catalog.Incidents(p.ID) {
		title, body := inLanguage(c.text, i)
		doc.Incidents = append(doc.Incidents, incidentJSON{i.ID, string(i.Kind), string(i.Status), title, body, i.Until().Format(time.DateOnly), sourcesJSON(i.Sources)})
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
