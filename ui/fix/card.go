package fix

import (
	"io"

	"fyne.io/fyne/v2"

	"unlisted/checks/report"
	"unlisted/ui/kit"
)

// cardArg is the address of the emergency card.
const cardArg = "card"

// card shows the emergency card and saves it as a page to print.
func (p *Page) card(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	v := makeCard(p.data(), p.st.unmasked, t)
	say := make([]fyne.CanvasObject, len(v.say))
	for i, line := range v.say {
		say[i] = s.Body(line)
	}
	var accounts []fyne.CanvasObject
	for _, a := range v.accounts {
		accounts = append(accounts, kit.CompactColumn(s.Strong(a.when), s.Body(a.do)))
	}
	switch {
	case len(v.accounts) == 0:
		find := s.Button(t.T("card.none.find"), kit.Secondary, func() { p.d.Go("find", "") })
		accounts = append(accounts, s.Body(t.T("card.none")), find)
	case v.more != "":
		accounts = append(accounts, s.Caption(v.more))
	}
	carrier := s.Field("carrier", t.T("card.field"), "", false, nil)
	form := []fyne.CanvasObject{
		carrier.Object, s.Caption(t.T("card.field.why")),
		s.Tick(t.T("card.full"), p.st.unmasked, func(on bool) { p.st.unmasked = on }), s.Caption(t.T("card.save.why")),
	}
	save := func() {
		in := v.in
		in.Carrier, in.Masked = carrier.Text(), !p.st.unmasked
		p.d.Save("unlisted-card.html", func(w io.Writer) error { return report.Card(w, in) })
	}
	main := kit.Column(s.Panel(t.T("reach.card.title"), say...), s.Panel(t.T("card.accounts"), accounts...))
	return s.Page(kit.PageParts{
		Above: p.back(s), Title: t.T("card.title"), Lead: t.T("card.intro"),
		Body: s.Columns(main, s.Panel("", form...)),
		Foot: s.ActionBar("", s.Button(t.T("card.save"), kit.Primary, save)),
	})
}
