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
func (p *Place) card(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.h.Profile()
	in := report.CardInput{Card: p.model(pr).Card(), Numbers: overview.Numbers(pr), Text: t, Masked: !p.unmasked, Now: p.h.Now()}
	back, head := p.back(s), kit.Tight(s.Title(t.T("card.title")), s.Body(t.T("card.intro")))
	say := []fyne.CanvasObject{s.Heading(t.T("reach.card.title"))}
	for _, key := range in.Card.Say {
		say = append(say, s.Body(t.T(key)))
	}
	accounts := []fyne.CanvasObject{s.Heading(t.T("card.accounts"))}
	for i, h := range in.Card.Accounts {
		accounts = append(accounts, kit.Tight(s.Strong(t.Number(int64(i+1))+". "+p.label(pr, h)), s.Body(t.T(report.CardDo(h)))))
	}
	switch {
	case len(in.Card.Accounts) == 0:
		accounts = append(accounts, s.Body(t.T("card.none")), s.Flow(s.Button(t.T("card.none.find"), kit.Secondary, func() { p.h.Go("find", "") })))
	case in.Card.More > 0:
		accounts = append(accounts, s.Caption(t.N("card.more", in.Card.More)))
	}
	carrier := s.Field(t.T("card.field"), "", false, nil)
	carrier.Entry.SetText(p.carrierNumber)
	carrier.Entry.OnChanged = func(v string) { p.carrierNumber = v }
	why := s.Caption(t.T("card.field.why"))
	full := s.Tick(t.T("card.full"), p.unmasked, func(on bool) { p.unmasked = on })
	save := func() {
		in.Carrier, in.Masked = p.carrierNumber, !p.unmasked
		p.h.Save("unlisted-card.html", func(w io.Writer) error { return report.Card(w, in) })
	}
	return kit.Page(
		back, head,
		s.Card(kit.Tight(say...)), s.Card(accounts...),
		s.Card(carrier.Object, why, full, s.Button(t.T("card.save"), kit.Primary, save), s.Caption(t.T("card.save.why"))),
	)
}
