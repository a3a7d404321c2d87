package fix

import (
	"cmp"

	"fyne.io/fyne/v2"

	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// renderPlan draws the plan: what is next, everything else, what is due.
func (p *Page) renderPlan(s *kit.Scope) fyne.CanvasObject {
	t, v := s.Text, p.planOf(s.Text)
	parts := kit.PageParts{Title: t.T("fix.title"), Lead: v.progress.words}
	var body []fyne.CanvasObject
	for _, n := range v.notices {
		body = append(body, s.Banner(kit.Tone(n.tone), n.words, s.Button(t.T("goodbye.open"), kit.Secondary, func() {
			p.st.leaving = n.number
			p.d.Go("fix", goodbyeArg)
		})))
	}
	main := p.planMain(s, v)
	if !v.nothing {
		parts.Tools = meter(s, v.progress)
	}
	parts.Body = kit.Column(append(body, s.Columns(main, p.planAside(s, v)))...)
	return s.Page(parts)
}

func (p *Page) planMain(s *kit.Scope, v *planView) fyne.CanvasObject {
	t := s.Text
	if v.nothing {
		title, why := "fix.empty", "fix.empty.why"
		if v.accounts > 0 {
			title, why = "fix.clear", "fix.clear.why"
		}
		find := s.Button(t.T("fix.empty.find"), kit.Primary, func() { p.d.Go("find", "") })
		return s.Empty(t.T(title), t.T(why), find)
	}
	var first fyne.CanvasObject
	if v.hero != nil {
		first = p.hero(s, v.hero)
	} else {
		first = s.Card(s.Strong(v.rest))
	}
	list := []fyne.CanvasObject{}
	if len(v.chips) > 0 {
		choose := func(id string) { p.st.shown = id; p.d.Redraw() }
		list = append(list, s.Chips(kitChips(v.chips), cmp.Or(p.st.shown, showTodo), choose))
	}
	if v.search {
		list = append(list, s.Search("plan", t.T("fix.search"), func(typed string) { p.st.query = typed; p.d.Redraw() }))
	}
	if len(v.rows) == 0 {
		list = append(list, s.Card(s.Body(v.none)))
	} else {
		list = append(list, p.planList(s, v))
	}
	return kit.Column(first, kit.Column(append(list, s.Caption(t.T("fix.intro")))...))
}

// hero is what to do next, with the only button that asks to be pressed.
func (p *Page) hero(s *kit.Scope, h *hero) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Caption(h.caption), s.Heading(h.title)}
	if len(h.tags) > 0 {
		rows = append(rows, tags(s, h.tags))
	}
	rows = append(rows, s.Body(h.why))
	if h.first != "" {
		rows = append(rows, s.Caption(h.first))
	}
	return s.Card(kit.CompactColumn(rows...), s.Flow(
		s.Button(h.start, kit.Primary, func() { p.d.Go("fix", h.account) }),
		s.Button(t.T("fix.skip"), kit.Secondary, func() { p.d.Apply(session.SkipAction{ID: h.id}) }),
	))
}

func (p *Page) planList(s *kit.Scope, v *planView) fyne.CanvasObject {
	items := make([]kit.Item, len(v.rows))
	for i, r := range v.rows {
		items[i] = kit.Item{ID: r.platform, Name: r.name, Title: r.title, Detail: r.detail, Tags: kitTags(r.tags)}
		if r.out {
			items[i].Action = &kit.ItemAction{Name: s.Text.T("fix.restore"), Press: func() { p.d.Apply(r.back()) }}
		}
	}
	return s.List(items, func(i int) { p.d.Go("fix", v.rows[i].arg) })
}

// planAside is what is due, what is new, and the pages beside the plan.
func (p *Page) planAside(s *kit.Scope, v *planView) fyne.CanvasObject {
	t := s.Text
	var objects []fyne.CanvasObject
	if len(v.due) > 0 {
		items := make([]kit.Item, len(v.due))
		for i, d := range v.due {
			items[i] = kit.Item{ID: d.platform, Title: d.name, Detail: d.why}
		}
		list := s.Rows(items, func(i int) { p.d.Go("fix", v.due[i].account) })
		objects = append(objects, s.Panel(t.T("fix.due"), list))
	}
	if len(v.news) > 0 {
		rows := make([]fyne.CanvasObject, len(v.news), len(v.news)+1)
		for i, line := range v.news {
			rows[i] = s.Body(line)
		}
		read := s.Button(t.T("news.read"), kit.Secondary, func() { p.d.Apply(session.MarkSeen{Seen: v.seen}) })
		objects = append(objects, s.Panel(t.T("news.title"), append(rows, read)...))
	}
	pages := []struct {
		arg, title string
		icon       kit.IconName
	}{
		{rehearsalArg, "rehearsal.title", kit.IconKey},
		{authenticatorsArg, "authenticators.title", kit.IconLock},
		{carrierArg, "carrier.open", kit.IconPhone},
		{goodbyeArg, "goodbye.title", kit.IconNext},
		{cardArg, "card.title", kit.IconFile},
	}
	items := make([]kit.Item, len(pages))
	for i, page := range pages {
		items[i] = kit.Item{Icon: page.icon, Title: t.T(page.title)}
	}
	more := s.Rows(items, func(i int) { p.d.Go("fix", pages[i].arg) })
	return kit.Column(append(objects, s.Panel(t.T("fix.more"), more))...)
}
