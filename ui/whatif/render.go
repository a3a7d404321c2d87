package whatif

import (
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/access"
	"unlisted/checks/overview"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	objects := []fyne.CanvasObject{s.Title(v.title)}
	for _, c := range append(v.chips, v.when...) {
		objects = append(objects, s.Button(c.word, kit.Secondary, func() { p.put(c.id) }))
	}
	objects = append(objects, p.picture(s, v), s.Button(t.T("whatif.next"), kit.Primary, func() { p.d.Go("fix", "") }))
	return s.Sheet(objects...)
}

// picture draws the graph.
func (p *Page) picture(s *kit.Scope, v view) fyne.CanvasObject {
	c := newChart(s, v.picture, &p.eye)
	c.press = func(item int) { p.choose(v.picture.Items[item]) }
	c.scroll, c.seen = func(*fyne.ScrollEvent) {}, func() {}
	c.moveFrom(p.drawn)
	p.drawn = v.picture
	return c
}

// question puts the one that changes most.
func (p *Page) question(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	var buttons []fyne.CanvasObject
	for _, a := range []struct{ key, answer string }{{"whatif.yes", reach.Yes}, {"whatif.no", reach.No}, {"whatif.unsure", overview.AnswerUnknown}} {
		buttons = append(buttons, s.Button(t.T(a.key), kit.Secondary, func() { p.d.Apply(session.AnswerQuestion{Key: v.ask.key, Answer: a.answer}) }))
	}
	return s.Card(s.Heading(t.T("whatif.ask")), s.Body(v.ask.words), s.Flow(buttons...))
}

// list shows accounts, first those that matter most.
func (p *Page) list(s *kit.Scope, title, why string, rows []row) fyne.CanvasObject {
	items := make([]kit.Item, len(rows))
	for i, r := range rows {
		items[i] = kit.Item{Title: r.title, Detail: r.detail, Badge: r.badge, Tone: r.tone(p.st.kind)}
	}
	back := s.Button(s.Text.T("whatif.back"), kit.Quiet, func() { p.d.Go("whatif", "") })
	head := kit.CompactColumn(s.Title(title))
	if why != "" {
		head.Add(s.Body(why))
	}
	return s.Filled(s.List(items, func(i int) { p.d.Go("find", rows[i].account) }), back, head)
}

// tone is red only for what falls now.
func (r row) tone(k reach.Kind) kit.Tone {
	switch {
	case r.falls:
		return toneOf(k)
	case r.level == access.Poor:
		return kit.Warning
	case r.level == access.Good:
		return kit.Good
	}
	return kit.Neutral
}

var _ = strings.Join
