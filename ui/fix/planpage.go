package fix

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// renderPlan draws the plan: what is next, everything else, what is due.
func (p *Page) renderPlan(s *kit.Scope) fyne.CanvasObject {
	t, v := s.Text, p.planOf(s.Text)
	parts := kit.PageParts{Title: t.T("fix.title"), Lead: v.progress.words}
	if !v.nothing {
		parts.Tools = meter(s, v.progress)
	}
	notices := p.notices(s, v)
	if s.Narrow() { // what is due comes first
		parts.Body = kit.Column(append(notices, kit.Column(p.planMain(s, v)...), p.planAside(s, v))...)
		return s.Page(parts)
	}
	main, aside := p.planMain(s, v), kit.Column(append(notices, p.planAside(s, v))...)
	if parts.Fill = !s.Whole(len(v.rows)); parts.Fill {
		last := len(main) - 1
		parts.Body = s.FillColumns(container.NewBorder(kit.Column(main[:last]...), nil, nil, nil, main[last]), aside)
	} else {
		parts.Body = s.Columns(kit.Column(main...), aside)
	}
	return s.Page(parts)
}

// notices are the last days of numbers.
func (p *Page) notices(s *kit.Scope, v planView) (out []fyne.CanvasObject) {
	for _, n := range v.notices {
		open := s.Button(s.Text.T("goodbye.open"), kit.Secondary, func() {
			p.st.leaving = n.number
			p.d.Go("fix", goodbyeArg)
		})
		out = append(out, s.Banner(kit.Tone(n.tone), n.words, open))
	}
	return out
}

// planMain is what is next, and below it the list, which comes last.
func (p *Page) planMain(s *kit.Scope, v planView) []fyne.CanvasObject {
	t := s.Text
	if v.nothing {
		title, why := "fix.empty", "fix.empty.why"
		if v.accounts > 0 {
			title, why = "fix.clear", "fix.clear.why"
		}
		find := s.Button(t.T("fix.empty.find"), kit.Primary, func() { p.d.Go("find", "") })
		return []fyne.CanvasObject{s.Empty(t.T(title), t.T(why), find)}
	}
	var first fyne.CanvasObject
	if v.hero != nil {
		first = p.hero(s, v.hero)
	} else {
		first = s.Card(s.Strong(v.rest))
	}
	out := []fyne.CanvasObject{first}
	if tools := p.planTools(s, v); tools != nil {
		out = append(out, tools)
	}
	if len(v.rows) == 0 {
		return append(out, s.Card(s.Body(v.none)))
	}
	return append(out, p.planList(s, v))
}

// planTools choose what of the plan is in sight; nil where there is no choice.
func (p *Page) planTools(s *kit.Scope, v planView) fyne.CanvasObject {
	if len(v.chips) == 0 {
		return nil
	}
	choose := func(id string) { p.st.shown = id; p.d.Redraw() }
	chips := s.Chips(kitChips(v.chips), cmp.Or(p.st.shown, showTodo), choose)
	if !v.search {
		return chips
	}
	typed := func(q string) { p.st.query = q; p.d.Redraw() }
	search := s.Search("plan", s.Text.T("fix.search"), typed)
	if s.Narrow() {
		return kit.Column(chips, search)
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(search), chips)
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

func (p *Page) planList(s *kit.Scope, v planView) fyne.CanvasObject {
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
func (p *Page) planAside(s *kit.Scope, v planView) fyne.CanvasObject {
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
	return kit.Column(append(objects, s.Panel(t.T("fix.more"), more), s.Caption(t.T("fix.intro")))...)
}
