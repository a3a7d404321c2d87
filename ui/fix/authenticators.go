package fix

import (
	"fyne.io/fyne/v2"

	"unlisted/ui/kit"
)

// authenticatorsArg is the address of the comparison; "/" and an id lead to one
// of them.
const authenticatorsArg = "authenticators"

// authenticators compares what makes codes or takes their place, by name.
func (p *Page) authenticators(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	v := makeComparison(p.d.Catalog().Authenticators(), t)
	return s.Page(kit.PageParts{
		Above: p.back(s), Title: t.T("authenticators.title"), Lead: t.T("authenticators.intro"),
		Body: kit.Column(
			s.Table(v.head, v.rows, func(i int) { p.d.Go("fix", authenticatorsArg+"/"+v.ids[i]) }),
			s.Caption(t.T("authenticators.details")+" "+v.reviewed),
		),
		Foot: s.ActionBar("", s.Button(t.T("practice.open"), kit.Primary, func() { p.d.Go("fix", rehearsalArg) })),
	})
}

// authenticator is one of them, each fact with its sources.
func (p *Page) authenticator(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	back := s.Button(t.T("authenticators.back"), kit.Quiet, func() { p.d.Go("fix", authenticatorsArg) })
	v, ok := makeAuthenticator(p.d.Catalog().Authenticators(), id, p.d.Now(), t)
	if !ok {
		gone := s.Body(t.T("authenticators.gone"))
		return s.Page(kit.PageParts{Above: back, Title: t.T("authenticators.title"), Body: gone})
	}
	facts := make([]fyne.CanvasObject, len(v.facts))
	for i, f := range v.facts {
		facts[i] = p.fact(s, f)
	}
	half := (len(facts) + 1) / 2
	body := s.Columns(kit.Column(facts[:half]...), kit.Column(facts[half:]...))
	return s.Page(kit.PageParts{Above: back, Title: v.name, Lead: v.note, Body: body})
}

func (p *Page) fact(s *kit.Scope, f factView) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Caption(f.name), s.Strong(f.words)}
	if f.ask {
		rows = append(rows, s.Body(t.T("authenticators.ask")))
	}
	for _, note := range f.notes {
		rows = append(rows, s.Body(note))
	}
	for _, src := range f.sources {
		rows = append(rows, s.Caption(src.words), p.link(s, src.url))
	}
	return s.Card(kit.CompactColumn(rows...))
}
