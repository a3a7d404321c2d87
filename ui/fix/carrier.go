package fix

import (
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/checks/profile"
	"unlisted/ui/kit"
)

// carrierArg is the address of the page about phone companies; ticks are kept
// under it as for a platform.
const carrierArg = "carrier"

// countries lists the countries there is advice for, those of the person's
// numbers first.
func countries(c catalog.Carriers, pr *profile.Profile) []string {
	var out []string
	for _, o := range pr.Identifiers {
		if r := o.ID.Region(); c.Countries[r] != nil && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out
	}
	for r := range c.Countries {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// carrier is the page about the number itself.
func (p *Page) carrier(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	c := p.d.Catalog().Carriers()
	objects := []fyne.CanvasObject{
		p.back(s),
		kit.CompactColumn(s.Title(t.T("carrier.title")), s.Body(t.T("carrier.intro"))),
	}
	for _, r := range countries(c, pr) {
		objects = append(objects, s.Heading(t.T("carrier.country", "country", t.Country(r))))
		for _, a := range c.Countries[r] {
			objects = append(objects, p.advice(s, pr, a))
		}
	}
	objects = append(objects, s.Heading(t.T("carrier.general")))
	for _, a := range c.General {
		objects = append(objects, p.advice(s, pr, a))
	}
	return s.Sheet(append(objects, s.Caption(t.T("facts.reviewed", "date", t.Date(c.Reviewed))))...)
}

func (p *Page) advice(s *kit.Scope, pr *profile.Profile, a catalog.Advice) fyne.CanvasObject {
	t := s.Text
	step := catalog.StepKind(a.ID)
	_, done := pr.Steps[carrierArg][a.ID]
	rows := []fyne.CanvasObject{p.tick(s, carrierArg, step, t.In(a.Title), done)}
	if a.Confidence == "unverified" {
		rows = append(rows, s.Caption(t.T("carrier.ask")))
	}
	rows = append(rows, s.Body(t.In(a.Text)))
	for _, src := range a.Sources {
		rows = append(rows, s.Caption(src.Words(t)))
	}
	return s.Card(rows...)
}
