package settings

import (
	"io"

	"fyne.io/fyne/v2"

	"unlisted/checks/overview"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

// consents lists every standing yes, each with the way to take it back: the one
// place where they are withdrawn. The person's keys at sources stand beside it.
func (p *Page) consents(s *kit.Scope, v view) []fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Body(t.T("check.consents.why")), parts.WatchBox(s, p.d)}
	items := make([]kit.Item, len(v.consents))
	for i, c := range v.consents {
		items[i] = kit.Item{Title: c.title, Detail: c.detail, Badge: c.state, Tone: kit.Warning}
	}
	switch len(items) {
	case 0:
		rows = append(rows, s.Caption(t.T("check.consents.none")))
	default:
		rows = append(rows, s.List(items, func(i int) { p.withdraw(v.consents[i]) }))
	}
	if len(items) > 1 {
		rows = append(rows, s.Button(t.T("check.consents.all"), kit.Secondary, func() { p.withdraw(v.consents...) }))
	}
	if len(v.keys) == 0 {
		return rows
	}
	keys := make([]kit.Item, len(v.keys))
	for i, k := range v.keys {
		keys[i] = kit.Item{Title: k.title, Badge: k.state}
	}
	return append(rows, s.Line(), s.Heading(t.T("settings.keys")), s.Rows(keys, func(int) { p.d.Go("check", "key") }))
}

func (p *Page) withdraw(list ...consent) {
	for _, c := range list {
		p.d.Apply(session.SetConsent{Purpose: c.key})
	}
}

// ledger lists everything that left this computer, by source if wanted.
func (p *Page) ledger(s *kit.Scope, v view) []fyne.CanvasObject {
	t, l := s.Text, v.ledger
	rows := []fyne.CanvasObject{s.Strong(l.count)}
	if l.damaged != "" {
		rows = append(rows, s.Banner(kit.Warning, text.Message{What: l.damaged}))
	}
	if len(p.d.Profile().Ledger) == 0 {
		return append(rows, s.Caption(t.T("settings.ledger.none.why")))
	}
	rows = append(rows, choose(s, t.T("check.ledger.filter"), l.purpose, func(id string) {
		p.st.only = id
		p.d.Redraw()
	}))
	items := make([]kit.Item, len(l.rows))
	for i, r := range l.rows {
		items[i] = kit.Item{Title: r.title, Detail: r.detail, Badge: r.state, Tone: kit.Accent}
		if l.refused[i] {
			items[i].Tone = kit.Neutral // what was not sent is no reason for concern
		}
	}
	entries := l.entries
	return append(rows, s.Caption(t.T("check.ledger.why")), s.Flow(
		s.Button(t.T("check.ledger.export"), kit.Secondary, func() {
			p.d.Save("unlisted-requests.csv", func(w io.Writer) error { return overview.WriteLedger(w, entries, t) })
		}),
		s.Button(t.T("settings.ledger.erase"), kit.Quiet, func() { p.st.only = ""; p.d.EraseLedger() }),
	), s.List(items, nil))
}
