package find

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/overview"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// wishes is what the person uses, by taps, and below it what they should ask for.
func (p *Page) wishes(s *kit.Scope, v wishesView) []fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	for _, q := range v.taps {
		chips := s.ChipsMany(chipsOf(q.chips), func(id string) bool { return q.on[id] }, func(id string) {
			p.d.Apply(session.SetUse{ID: id, On: !q.on[id]})
		})
		rows = append(rows, kit.CompactColumn(s.Caption(q.title), chips))
	}
	return []fyne.CanvasObject{s.Panel(t.T("wish.title"), rows...), p.wishList(s, v)}
}

// wishStates are the marks of the states of a wish.
var wishStates = map[overview.WishState]kit.StepState{
	overview.WishDue: kit.StateNow, overview.WishOpen: kit.StateOpen,
	overview.WishAsked: kit.StateWaiting, overview.WishAdded: kit.StateDone,
}

func (p *Page) wishList(s *kit.Scope, v wishesView) fyne.CanvasObject {
	t := s.Text
	if len(v.wishes) == 0 {
		return s.Panel(t.T("wish.list"), s.Caption(t.T("wish.none")))
	}
	items := make([]kit.StepItem, len(v.wishes))
	for i, w := range v.wishes {
		items[i] = kit.StepItem{
			State: wishStates[w.state], Title: w.title, Detail: w.detail, Press: func() { p.how(w.format) },
		}
		switch w.state {
		case overview.WishOpen:
			items[i].Action = &kit.ItemAction{Name: t.T("wish.how"), Press: func() { p.how(w.format) }}
		case overview.WishDue, overview.WishAsked:
			items[i].Action = &kit.ItemAction{Name: t.T("wish.here"), Press: p.d.TakeDownload}
		}
	}
	rows := []fyne.CanvasObject{s.Steps(items)}
	if v.more > 0 {
		all := t.T("wish.more", "n", t.Number(int64(v.more)))
		rows = append(rows, s.Button(all, kit.Quiet, func() { p.st.allWishes = true; p.d.Redraw() }))
	}
	return s.Panel(t.T("wish.list"), rows...)
}

// how goes to where it is said how to get a kind of file.
func (p *Page) how(format string) { p.d.Go("find", sourcesArg+"/"+format) }

// asking says how long asking for a file takes, and takes down that it was done; nil where there is no such wish.
func (p *Page) asking(s *kit.Scope, format string) fyne.CanvasObject {
	t := s.Text
	w, is := wishOf(p.d.Profile(), format, p.d.Importers(), p.data())
	if !is {
		return nil
	}
	rows := []fyne.CanvasObject{s.Caption(wishDetail(w, t))}
	ask := session.AskFor{Format: format}
	switch w.State {
	case overview.WishOpen, overview.WishAdded:
		rows = append(rows, s.Button(t.T("wish.ask"), kit.Secondary, func() { p.d.Apply(ask) }))
	case overview.WishAsked, overview.WishDue:
		ask.Back = true
		rows = append(rows, s.Wrap(
			s.Button(t.T("wish.here"), kit.Secondary, p.d.TakeDownload),
			s.Button(t.T("wish.back"), kit.Quiet, func() { p.d.Apply(ask) })))
	}
	return kit.CompactColumn(rows...)
}
