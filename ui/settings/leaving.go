package settings

import (
	"io"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

// consents lists every standing yes, each with the way to take it back: the one
// place where they are withdrawn.
func (p *Page) consents(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.consents")), s.Body(t.T("check.consents.why")), parts.WatchBox(s, p.d)}
	var given []string
	var items []kit.Item
	for _, key := range slices.Sorted(maps.Keys(pr.Consents)) {
		if q, ok := breach.ParseConsent(key); ok && pr.Consents[key] {
			given = append(given, key)
			items = append(items, kit.Item{Title: t.T("source." + q.Source + ".name"), Detail: s.Text.Identifier(q.Identifier, pr.Settings.ShowValues), Badge: t.T("check.consents.withdraw"), Tone: kit.Warning})
		}
	}
	if len(given) > 0 {
		rows = append(rows, s.List(items, func(i int) { p.withdraw(given[i]) }))
	}
	switch len(given) {
	case 0:
		rows = append(rows, s.Caption(t.T("check.consents.none")))
	case 1:
	default:
		rows = append(rows, s.Button(t.T("check.consents.all"), kit.Secondary, func() { p.withdraw(given...) }))
	}
	return s.Card(rows...)
}

func (p *Page) withdraw(keys ...string) {
	for _, key := range keys {
		p.d.Apply(session.SetConsent{Purpose: key})
	}
}

// ledger lists everything that left this computer, by source if wanted.
func (p *Page) ledger(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("settings.ledger")), s.Body(t.N("status.requests", len(pr.Ledger)))}
	if n := p.d.Damaged(); n > 0 {
		rows = append(rows, s.Strong(t.N("ledger.damaged", n)))
	}
	if len(pr.Ledger) == 0 {
		return s.Card(rows...)
	}
	options := []kit.Choice{{Value: "", Word: t.T("check.ledger.all")}}
	for _, id := range overview.Purposes(pr.Ledger) {
		word := id
		if key := "source." + id + ".name"; t.Has(key) {
			word = t.T(key)
		} else if key := "ledger." + id; t.Has(key) {
			word = t.T(key, "who", "")
		}
		options = append(options, kit.Choice{Value: id, Word: word})
	}
	rows = append(rows, s.Select(t.T("check.ledger.filter"), options, p.st.only, func(v string) {
		p.st.only = v
		p.d.Redraw()
	}))
	shown := overview.Ledger(pr.Ledger, p.st.only)
	items := make([]kit.Item, len(shown))
	for i, e := range shown {
		at := e.Time.Local()
		items[i] = kit.Item{
			Title:  e.Host + " · " + t.Date(at) + " " + at.Format("15:04:05"),
			Detail: overview.Said(t, e), Badge: t.T("ledger.result." + e.Result), Tone: resultTone(e),
		}
	}
	rows = append(rows, s.List(items, nil))
	return s.Card(append(rows, s.Caption(t.T("check.ledger.why")), s.Flow(
		s.Button(t.T("check.ledger.export"), kit.Secondary, func() {
			p.d.Save("unlisted-requests.csv", func(w io.Writer) error { return overview.WriteLedger(w, shown, t) })
		}),
		s.Button(t.T("settings.ledger.erase"), kit.Quiet, func() { p.st.only = ""; p.d.EraseLedger() }),
	))...)
}

// resultTone: what was not sent is no reason for concern.
func resultTone(e outbound.Entry) kit.Tone {
	if e.Result == outbound.ResultRefused {
		return kit.Neutral
	}
	return kit.Accent
}
