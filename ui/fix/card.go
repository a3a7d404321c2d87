package fix

import (
	"io"

	"fyne.io/fyne/v2"

	"unlisted/checks/overview"
	"unlisted/checks/report"
	"unlisted/ui/kit"
)

// cardArg is the address of the emergency card.
const cardArg = "card"

// card shows the emergency card and saves it as a page to print.
func (p *Page) card(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	in := report.CardInput{Card: p.model().Card(), Numbers: overview.Numbers(pr), Text: t, Masked: !p.st.unmasked, Now: p.d.Now()}
	back, head := p.back(s), kit.CompactColumn(s.Title(t.T("card.title")), s.Body(t.T("card.intro")))
	say := []fyne.CanvasObject{s.Heading(t.T("reach.card.title"))}
	for _, key := range in.Card.Say {
		say = append(say, s.Body(t.T(key)))
	}
	accounts := []fyne.CanvasObject{s.Heading(t.T("card.accounts"))}
	for i, h := range in.Card.Accounts {
		accounts = append(accounts, kit.CompactColumn(s.Strong(t.Number(int64(i+1))+". "+p.label(pr, h)), s.Body(t.T(report.CardDo(h)))))
	}
	switch {
	case len(in.Card.Accounts) == 0:
		accounts = append(accounts, s.Body(t.T("card.none")), s.Flow(s.Button(t.T("card.none.find"), kit.Secondary, func() { p.d.Go("find", "") })))
	case in.Card.More > 0:
		accounts = append(accounts, s.Caption(t.N("card.more", in.Card.More)))
	}
	carrier := s.Field("carrier", t.T("card.field"), "", false, nil)
	why := s.Caption(t.T("card.field.why"))
	full := s.Tick(t.T("card.full"), p.st.unmasked, func(on bool) { p.st.unmasked = on })
	save := func() {
		in.Carrier, in.Masked = carrier.Text(), !p.st.unmasked
		p.d.Save("unlisted-card.html", func(w io.Writer) error { return report.Card(w, in) })
	}
	return s.Sheet(
		back, head,
		s.Card(kit.CompactColumn(say...)), s.Card(accounts...),
		s.Card(carrier.Object, why, full, s.Button(t.T("card.save"), kit.Primary, save), s.Caption(t.T("card.save.why"))),
	)
}
