package fix

import (
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// authenticatorsArg is the address of the comparison; "/" and an id lead to one
// of them.
const authenticatorsArg = "authenticators"

// factWords writes the values of a fact.
func factWords(t *text.Printer, name string, f catalog.AuthenticatorFact) string {
	words := make([]string, len(f.Values))
	for i, v := range f.Values {
		words[i] = t.T("authenticators." + name + "." + v)
	}
	return strings.Join(words, " · ")
}

// authenticators compares what makes codes or takes their place, by name.
func (p *Page) authenticators(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	all := p.d.Catalog().Authenticators()
	facts := catalog.AuthenticatorFacts()
	head := []string{t.T("authenticators.name")}
	for _, f := range facts {
		head = append(head, t.T("authenticators.fact."+f))
	}
	rows := make([][]string, len(all.List))
	for i, a := range all.List {
		rows[i] = []string{a.Name}
		for _, name := range facts {
			f := a.Facts[name]
			words := factWords(t, name, f)
			if f.Confidence == "unverified" {
				words += " (" + t.T("authenticators.unverified") + ")"
			}
			rows[i] = append(rows[i], words)
		}
	}
	return s.Sheet(
		p.back(s),
		kit.CompactColumn(s.Title(t.T("authenticators.title")), s.Body(t.T("authenticators.intro")+" "+t.T("authenticators.details"))),
		s.Table(head, rows, func(i int) { p.d.Go("fix", authenticatorsArg+"/"+all.List[i].ID) }),
		s.Caption(t.T("authenticators.reviewed", "date", t.Date(all.Reviewed))),
		s.Flow(s.Button(t.T("practice.open"), kit.Secondary, func() { p.d.Go("fix", rehearsalArg) })),
	)
}

// authenticator is one of them, each fact with its sources.
func (p *Page) authenticator(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	back := s.Button(t.T("authenticators.back"), kit.Quiet, func() { p.d.Go("fix", authenticatorsArg) })
	for _, a := range p.d.Catalog().Authenticators().List {
		if a.ID != id {
			continue
		}
		objects := []fyne.CanvasObject{back, s.Title(a.Name)}
		if note := t.In(a.Note); note != "" {
			objects = append(objects, s.Body(note))
		}
		for _, name := range catalog.AuthenticatorFacts() {
			objects = append(objects, p.authenticatorFact(s, name, a.Facts[name]))
		}
		return s.Sheet(objects...)
	}
	return s.Sheet(back, s.Title(t.T("authenticators.title")), s.Body(t.T("authenticators.gone")))
}

func (p *Page) authenticatorFact(s *kit.Scope, name string, f catalog.AuthenticatorFact) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Strong(t.T("authenticators.fact."+name) + t.T("kit.colon") + factWords(t, name, f))}
	if f.Confidence == "unverified" {
		rows = append(rows, s.Body(t.T("authenticators.ask")))
	}
	if how := t.In(f.How); how != "" {
		rows = append(rows, s.Body(how))
	}
	if f.Licence != "" {
		rows = append(rows, s.Body(t.T("authenticators.licence", "licence", f.Licence)))
	}
	for _, src := range f.Sources {
		rows = append(rows, s.Caption(src.Words(t)), s.Link(t.T("fix.open"), src.URL, p.d.Open))
	}
	return s.Card(kit.CompactColumn(rows...))
}
