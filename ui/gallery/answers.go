package gallery

import (
	"fmt"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// answerScenes are the start screen and the pages that answer in pictures.
func answerScenes() []Scene {
	return []Scene{
		{Name: "start"},
		{Name: "overview-empty", Place: "overview"},
		{Name: "whatif-empty", Place: "whatif"},
		{Name: "overview", Sample: true, Place: "overview"},
		{Name: "overview-3", Claims: 3, Place: "overview"},
		{Name: "overview-300", Claims: 300, Place: "overview"},
		{Name: "overview-5000", Claims: 5000, Place: "overview"},
		{Name: "overview-extreme", Place: "overview", Prepare: extreme},
		{Name: "whatif", Sample: true, Place: "whatif"},
		{Name: "whatif-after", Sample: true, Place: "whatif", Arg: "steal/number,mailbox/planned"},
		{Name: "whatif-lost", Sample: true, Place: "whatif", Arg: "lose/phone"},
		{Name: "whatif-more", Sample: true, Place: "whatif", Press: []string{"whatif.chip.more"}},
		{Name: "whatif-list", Sample: true, Place: "whatif", Arg: "list"},
		{Name: "whatif-grades", Sample: true, Place: "whatif", Arg: "grades"},
		{Name: "whatif-3", Claims: 3, Place: "whatif"},
		{Name: "whatif-30", Claims: 30, Place: "whatif"},
		{Name: "whatif-300", Claims: 300, Place: "whatif"},
		{Name: "whatif-extreme", Place: "whatif", Prepare: extreme},
	}
}

// extreme fills a profile with names as no form foresees them, and dozens of
// addresses.
func extreme(p *profile.Profile) {
	sites := []string{
		strings.Repeat("donaudampfschifffahrt.", 8), "דואר.", "بريد.",
		strings.Repeat("e\u0301", 60) + ".", "a\x00b\x1b[31mred.", "👨\u200d👩\u200d👧.", "\u202egpj.",
	}
	day := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	number := identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	p.Identifiers = append(p.Identifiers, profile.Own{ID: number})
	for i := range 59 {
		address := fmt.Sprintf("%s%d@%s.example", strings.Repeat("long", 1+i%12), i, strings.Repeat("mail", 1+i%5))
		mail := identifier.Identifier{Kind: identifier.KindEmail, Value: address}
		p.Identifiers = append(p.Identifiers, profile.Own{ID: mail})
	}
	for i := range 35 {
		f := evidence.Finding{
			Fact: evidence.FactAccount, Site: fmt.Sprintf("%ssite%d.example", sites[i%len(sites)], i), Confidence: evidence.Likely,
			Identifier: p.Identifiers[i%len(p.Identifiers)].ID, Format: "mbox", Family: "mailbox", Source: "box", Count: 1,
		}
		if f.Identifier.IsNumber() || i%3 == 0 {
			f.Fact, f.Identifier = evidence.FactHoldsPhone, number
		}
		p.Findings = append(p.Findings, f)
	}
	box := evidence.Source{Path: "box", Format: "mbox", Items: 35, Problems: make([]evidence.Problem, 3)}
	p.Scans = append(p.Scans, profile.Scan{At: day, Source: box})
}
