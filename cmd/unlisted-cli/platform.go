package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/catalog"
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

// stepJSON is one step. Index is its number in the way, 0 for what stands apart
// from it: a letter, and leaving altogether.
type stepJSON struct {
	Index      int          `json:"index"`
	Label      string       `json:"label"`
	Text       string       `json:"text"`
	Path       []string     `json:"path"`
	URL        string       `json:"url"`
	Optional   bool         `json:"optional"`
	Unverified bool         `json:"unverified"`
	Web        *controlJSON `json:"web,omitempty"`
	App        *controlJSON `json:"app,omitempty"`
	Asks       []string     `json:"asks"`
	See        string       `json:"see"`
	Wrong      []wrongJSON  `json:"wrong"`
	Back       string       `json:"back"`
	Minutes    int          `json:"minutes"`
	Sources    []sourceJSON `json:"sources"`
}

type controlJSON struct {
	Text string   `json:"text"`
	Path []string `json:"path"`
	URL  string   `json:"url"`
}

type wrongJSON struct {
	When string `json:"when"`
	Do   string `json:"do"`
}

type sourceJSON struct {
	URL        string `json:"url"`
	Title      string `json:"title"`
	Checked    string `json:"checked"`
	Seen       string `json:"seen"`
	Recheck    string `json:"recheck"`
	Quote      string `json:"quote"`
	Class      string `json:"class"`
	Confidence string `json:"confidence"`
}

// phoneRequired gives the words of the contract for what a guide says of a number
// that is held.
var phoneRequired = map[string]string{
	"never": "no", "optional": "no", "phone-or-email": "phone-or-email", "sometimes": "sometimes", "required-for": "sometimes", "required": "yes",
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
	p, ok := c.catalog.Find(query)
	if !ok {
		return &failure{exitFailed, unknownPlatform(query, c.catalog.Nearest(query, 5))}
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
		c.printIncident(i)
	}
	switch {
	case p.Guide == nil:
		c.printf("%s\n", c.text.T("fix.short"))
	case p.Guide.Stale(time.Now()):
		c.printf("%s\n", c.text.T("facts.stale"))
	}
	c.platformSteps(p)
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

// unknownPlatform is the error of a name that the catalogue does not know, with
// the platforms that were perhaps meant: another's facts are never shown in place
// of none.
func unknownPlatform(query string, near []*catalog.Platform) error {
	if len(near) == 0 {
		return &text.Error{Key: "error.cli.unknown_platform", Args: map[string]any{"query": query}}
	}
	names := make([]string, len(near))
	for i, p := range near {
		if names[i] = p.ID; p.Name != p.ID {
			names[i] = p.Name + " (" + p.ID + ")"
		}
	}
	args := map[string]any{"query": query, "names": strings.Join(names, ", ")}
	return &text.Error{Key: "error.cli.unknown_platform_near", Args: args}
}

// platformSteps prints the way, numbered, and then what stands apart from it:
// what has to come first, what does not exist there, a letter, leaving.
func (c *cli) platformSteps(p *catalog.Platform) {
	var apart []catalog.Step
	number := 0
	for _, s := range p.Steps() {
		if s.Kind.Aside() {
			apart = append(apart, s)
			continue
		}
		number++
		c.platformStep(p, strconv.Itoa(number)+". ", s)
	}
	if g := p.Guide; g != nil {
		title := func(k catalog.StepKind) string {
			name, _, _ := catalog.Step{Kind: k}.Words(c.text, p.Name)
			return name
		}
		for _, x := range g.Preconditions {
			c.printf("%s\n", c.text.T("guide.precondition", "step", title(x.Before), "why", c.text.In(x.Why)))
		}
		for _, x := range g.Absent {
			c.printf("%s\n", c.text.T("guide.absent", "title", title(x.Kind), "why", c.text.In(x.Why)))
			c.platformSources(x.Sources)
		}
	}
	for _, s := range apart {
		if s.Kind == catalog.StepDelete {
			c.printf("\n%s\n", c.text.T("guide.leave"))
		}
		c.platformStep(p, "", s)
	}
}

func (c *cli) platformStep(p *catalog.Platform, number string, s catalog.Step) {
	title, do, _ := s.Words(c.text, p.Name)
	c.printf("%s%s\n   %s\n", number, title, do)
	if s.Link != "" {
		c.printf("   %s\n", s.Link)
	}
	for _, line := range s.More(c.text) {
		c.printf("   %s\n", line)
	}
	c.platformSources(s.Sources)
}

func (c *cli) platformSources(refs []catalog.SourceRef) {
	for _, r := range refs {
		c.printf("   %s\n", strings.TrimSpace("["+r.Words(c.text)+"] "+r.URL))
	}
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
		if f, ok := g.Facts["number-held"]; ok {
			doc.PhoneRequired = phoneRequired[f.Value]
		}
		limited = !slices.Contains([]string{"", "offered", "never"}, g.Facts["sms"].Value)
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
			j.Limited, j.Note = true, p.Guide.Facts["sms"].Words(c.text, "sms")
		}
		doc.Methods = append(doc.Methods, j)
	}
	number := 0
	for _, s := range p.Steps() {
		j := c.stepJSON(p, s)
		if !s.Kind.Aside() {
			number++
			j.Index = number
		}
		doc.Actions[string(s.Kind)] = actionJSON{[]stepJSON{j}, sourcesJSON(s.Sources)}
	}
	for _, i := range c.catalog.Incidents(p.ID) {
		doc.Incidents = append(doc.Incidents, c.incidentJSON(i))
	}
	return doc
}

// stepJSON writes one step, its number aside.
func (c *cli) stepJSON(p *catalog.Platform, s catalog.Step) stepJSON {
	title, do, _ := s.Words(c.text, p.Name)
	control := func(v *catalog.Control) *controlJSON {
		if v == nil {
			return nil
		}
		return &controlJSON{c.text.In(v.Say), append([]string{}, v.Labels(c.text.Lang())...), v.Link}
	}
	out := stepJSON{
		Label: title, Text: do, Path: append([]string{}, s.Labels(c.text.Lang())...), URL: s.Link, Optional: s.Optional,
		Unverified: s.Confidence == "unverified", Web: control(s.Web), App: control(s.App), Asks: append([]string{}, s.Asks...),
		See: c.text.In(s.See), Wrong: []wrongJSON{}, Back: c.text.In(s.Back), Minutes: s.Minutes, Sources: sourcesJSON(s.Sources),
	}
	for _, w := range s.Wrong {
		out.Wrong = append(out.Wrong, wrongJSON{c.text.In(w.When), c.text.In(w.Do)})
	}
	return out
}

func sourcesJSON(refs []catalog.SourceRef) []sourceJSON {
	out := []sourceJSON{}
	for _, r := range refs {
		j := sourceJSON{URL: r.URL, Title: r.Title, Quote: r.Quote, Class: string(r.Class), Confidence: r.Confidence}
		if !r.Checked.IsZero() {
			j.Checked = r.Checked.Format(time.DateOnly)
			j.Seen = j.Checked
		}
		if !r.Recheck.IsZero() {
			j.Recheck = r.Recheck.Format(time.DateOnly)
		}
		out = append(out, j)
	}
	return out
}
