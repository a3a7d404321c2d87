package checks_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/catalog"
)

// The README's table of what is known is counted, not claimed.
func TestReadmeCounts(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		what string
		has  func(*catalog.Platform) bool
	}{
		{"platforms", func(*catalog.Platform) bool { return true }},
		{"with known sign-in methods", func(p *catalog.Platform) bool { return p.MethodsKnown }},
		{"with passkeys", func(p *catalog.Platform) bool { return p.Passkey != (catalog.Passkey{}) }},
		{"with a page to delete the account", func(p *catalog.Platform) bool { return p.Delete.URL != "" }},
		{"with a data protection contact", func(p *catalog.Platform) bool { return p.Contact != (catalog.Contact{}) }},
		{"with a sourced exit rating of the number", func(p *catalog.Platform) bool { return p.Exit != catalog.ExitUnknown }},
		{"with a guide of their own", func(p *catalog.Platform) bool { return p.Guide != nil }},
		{"with documented incidents", func(p *catalog.Platform) bool { return len(c.Incidents(p.ID)) > 0 }},
	}
	var table strings.Builder
	table.WriteString("| | |\n|---|---|\n")
	for _, r := range rows {
		n := 0
		for i := range c.Len() {
			if r.has(c.At(i)) {
				n++
			}
		}
		fmt.Fprintf(&table, "| %s | %d |\n", r.what, n)
	}
	var n guideCounts
	for i := range c.Len() {
		if g := c.At(i).Guide; g != nil {
			n.add(g)
		}
	}
	fmt.Fprintf(&table, "| guides with a known exit rating | %d of %d |\n", n.rated, n.guides)
	fmt.Fprintf(&table, "| guides written to the full standard | %d of %d |\n", n.written, n.guides)
	fmt.Fprintf(&table, "| steps with a sentence of their own | %d of %d |\n", n.said, n.steps)
	fmt.Fprintf(&table, "| steps that are a question, for nobody could be found who knows | %d |\n", n.asked)
	fmt.Fprintf(&table, "| claims of guides with a dated source and the sentence relied on | %d of %d |\n", n.dated, n.claims)
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), table.String()) {
		t.Errorf("the table should read\n%s", table.String())
	}
}

// guideCounts counts what the guides say, and on what it rests.
type guideCounts struct{ guides, written, rated, steps, said, asked, claims, dated int }

func (n *guideCounts) add(g *catalog.Guide) {
	n.guides++
	if !g.Draft {
		n.written++
	}
	if exit, _ := g.Exit(); exit != catalog.ExitUnknown {
		n.rated++
	}
	for _, s := range append(slices.Clone(g.Steps), g.Leave...) {
		n.steps++
		switch {
		case s.AskPerson["en"] != "":
			n.asked++
			n.said++
			continue // it rests on nothing, and says so
		case s.Say["en"] != "" || s.Web != nil || s.App != nil:
			n.said++
		}
		if s.Kind != catalog.StepSecond && s.Kind != catalog.StepTest && s.Kind != catalog.StepVerify { // our own advice
			n.claim(s.Sources)
		}
	}
	for _, facts := range []map[string]catalog.Fact{g.Facts, g.Uses, g.Channels} {
		for _, f := range facts {
			n.claim(f.Sources)
		}
	}
	for _, w := range g.Ways {
		n.claim(w.Sources)
	}
	for _, r := range g.Risks {
		n.claim(r.Sources)
	}
	for _, a := range g.Absent {
		n.claim(a.Sources)
	}
}

func (n *guideCounts) claim(sources []catalog.SourceRef) {
	n.claims++
	if slices.ContainsFunc(sources, func(s catalog.SourceRef) bool { return s.Quote != "" && !s.Checked.IsZero() }) {
		n.dated++
	}
}
