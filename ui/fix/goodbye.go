package fix

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// goodbyeArg is the address of the page about leaving a number; "/" and an
// account lead to what must change there.
const goodbyeArg = "goodbye"

// goodbye is the page about leaving one of the person's numbers.
func (p *Page) goodbye(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	v := makeGoodbye(p.data(), p.st.leaving, p.st.chosen.of(goodbyeArg, id), t)
	parts := kit.PageParts{Above: p.back(s), Title: t.T("goodbye.title"), Lead: t.T("goodbye.intro")}
	if v.none {
		add := s.Button(t.T("goodbye.none.add"), kit.Primary, func() { p.d.Go("you", "") })
		parts.Body = s.Empty(t.T("goodbye.none"), t.T("goodbye.none.why"), add)
		return s.Page(parts)
	}
	p.st.leaving = v.number
	p.st.chosen[goodbyeArg] = [2]string{id, v.at.id} // what is ticked stays in sight
	if len(v.rows) == 0 {
		find := s.Button(t.T("fix.empty.find"), kit.Secondary, func() { p.d.Go("find", "") })
		parts.Tools, parts.Body = p.lastDay(s, v), s.Empty(t.T("goodbye.empty"), t.T("goodbye.empty.why"), find)
		return s.Page(parts)
	}
	parts.Tools = kit.Column(p.lastDay(s, v), s.Caption(v.progress.words), meter(s, v.progress))
	items := make([]kit.Item, len(v.rows))
	for i, r := range v.rows {
		items[i] = kit.Item{ID: r.platform, Title: r.title, Detail: r.detail, Tags: kitTags(r.tags), Chosen: r.chosen}
	}
	list := s.Rows(items, func(i int) { p.choose(goodbyeArg, v.rows[i].id) })
	parts.Body, parts.Fill = s.ListDetail(list, p.change(s, v.at)), true
	if v.at.id != "" {
		word := t.T("goodbye.switch.of", "platform", v.at.title)
		parts.Foot = s.ActionBar("", s.Button(word, kit.Primary, func() { p.d.Go("fix", v.at.id) }))
	}
	return s.Page(parts)
}

// lastDay picks the number and notes its last day.
func (p *Page) lastDay(s *kit.Scope, v goodbyeView) fyne.CanvasObject {
	t := s.Text
	choices := make([]kit.Choice, len(v.numbers))
	for i, c := range v.numbers {
		choices[i] = kit.Choice{Value: c.id, Word: c.word}
	}
	number := s.Select(t.T("goodbye.number"), choices, v.number.Value, func(value string) {
		numbers := overview.Numbers(p.d.Profile())
		if i := slices.IndexFunc(numbers, func(id identifier.Identifier) bool { return id.Value == value }); i >= 0 {
			p.st.leaving, p.st.failed = numbers[i], nil
		}
		p.d.Redraw()
	})
	if v.day != "" {
		stay := func() { p.d.Apply(session.LeaveNumber{Number: v.number}) }
		return p.row(s, number, s.Strong(v.day), s.Button(t.T("goodbye.day.clear"), kit.Secondary, stay))
	}
	var day *kit.Field
	note := func(typed string) {
		at, err := t.ParseDay(typed)
		if err != nil {
			day.Fail(err)
			return
		}
		day.Clear()
		p.d.Apply(session.LeaveNumber{Number: v.number, LastDay: at})
	}
	day = s.Field("day", t.T("goodbye.day"), t.T("goodbye.day.like"), false, note)
	set := s.Button(t.T("goodbye.day.set"), kit.Secondary, func() { note(day.Text()) })
	return p.row(s, number, day.Object, set)
}

// row stands a choice, what is said of it and a button side by side where there
// is room.
func (p *Page) row(s *kit.Scope, choice, said, button fyne.CanvasObject) fyne.CanvasObject {
	if s.Narrow() {
		return kit.Column(choice, said, button)
	}
	low := func(o fyne.CanvasObject) fyne.CanvasObject { return container.NewVBox(kit.Space(), o) }
	return container.NewBorder(nil, nil, nil, low(button), container.NewGridWithColumns(2, choice, low(said)))
}

// change is the account in sight: what must change, what happens otherwise, and
// the tick, which is that of the guided switch.
func (p *Page) change(s *kit.Scope, v changeView) fyne.CanvasObject {
	t := s.Text
	if v.id == "" {
		return kit.Column(s.Body(t.T("goodbye.left.none")))
	}
	rows := []fyne.CanvasObject{s.Heading(v.title)}
	if len(v.tags) > 0 {
		rows = append(rows, tags(s, v.tags))
	}
	if p.st.failed != nil {
		rows = append(rows, s.Banner(kit.Warning, t.Sentence(p.st.failed)))
	}
	rows = append(rows, s.Body(v.do))
	if v.tick != "" {
		tick := s.Tick(v.tick, v.done, func(yes bool) {
			if sw, _, ok := overview.Switch(p.d.Profile(), p.d.Overview(), p.d.Catalog(), v.id); ok {
				p.toggle(sw, v.step, yes)
			}
		})
		s.Called(v.called)
		if v.locked != "" {
			kit.Disable(tick)
		}
		rows = append(rows, tick)
	}
	if v.locked != "" {
		rows = append(rows, s.Caption(v.locked))
	}
	if v.how != "" {
		rows = append(rows, s.Caption(v.how))
	}
	if v.letter {
		rows = append(rows, p.letter(s, v.id))
	}
	return kit.Column(rows...)
}
