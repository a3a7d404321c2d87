package fix

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// goodbyeArg is the address of the page about leaving a number.
const goodbyeArg = "goodbye"

// maxCards is how many accounts are laid out whole; the rest are rows.
const maxCards = 40

// model is the access graph as it is today.
func (p *Page) model() *reach.Model {
	return p.d.Reach(false)
}

// goodbye is the page about leaving one of the person's numbers.
func (p *Page) goodbye(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	numbers := overview.Numbers(pr)
	back, head := p.back(s), kit.CompactColumn(s.Title(t.T("goodbye.title")), s.Body(t.T("goodbye.intro")))
	if len(numbers) == 0 {
		return s.Sheet(back, head, s.Empty(t.T("goodbye.none"), t.T("goodbye.none.why"), s.Button(t.T("goodbye.none.add"), kit.Primary, func() { p.d.Go("you", "") })))
	}
	if !slices.Contains(numbers, p.st.leaving) {
		p.st.leaving = numbers[0]
		if away := overview.LeavingNumbers(pr, p.d.Now()); len(away) > 0 {
			p.st.leaving = away[0].Number
		}
	}
	objects := []fyne.CanvasObject{back, head, p.lastDay(s, pr, numbers)}
	if p.st.failed != nil {
		objects = append(objects, s.Banner(kit.Warning, t.Sentence(p.st.failed)))
	}
	return s.Sheet(append(objects, p.numberChange(s, pr)...)...)
}

// lastDay picks the number and notes its last day.
func (p *Page) lastDay(s *kit.Scope, pr *profile.Profile, numbers []identifier.Identifier) fyne.CanvasObject {
	t := s.Text
	choices := make([]kit.Choice, len(numbers))
	for i, id := range numbers {
		choices[i] = kit.Choice{Value: id.Value, Word: s.Text.Identifier(id, pr.Settings.ShowValues)}
	}
	rows := []fyne.CanvasObject{s.Select(t.T("goodbye.number"), choices, p.st.leaving.Value, func(v string) {
		p.st.leaving, p.st.failed = numbers[slices.IndexFunc(numbers, func(id identifier.Identifier) bool { return id.Value == v })], nil
		p.d.Redraw()
	})}
	for _, f := range overview.LeavingNumbers(pr, p.d.Now()) {
		if f.Number != p.st.leaving {
			continue
		}
		return s.Card(append(rows, s.Strong(t.T("goodbye.day.is", "date", t.Date(f.LastDay))+". "+daysLeft(t, f)),
			s.Button(t.T("goodbye.day.clear"), kit.Secondary, func() { p.d.Apply(session.LeaveNumber{Number: p.st.leaving}) }))...)
	}
	var day *kit.Field
	note := func(typed string) {
		at, err := t.ParseDay(typed)
		if err != nil {
			day.Fail(err)
			return
		}
		day.Clear()
		p.d.Apply(session.LeaveNumber{Number: p.st.leaving, LastDay: at})
	}
	day = s.Field("day", t.T("goodbye.day"), t.T("goodbye.day.like"), false, note)
	return s.Card(append(rows, day.Object, s.Button(t.T("goodbye.day.set"), kit.Primary, func() { note(day.Text()) }))...)
}

func daysLeft(t *text.Printer, f overview.LeavingNumber) string {
	switch {
	case f.Days < 0:
		return t.T("goodbye.over")
	case f.Days == 0:
		return t.T("goodbye.today")
	}
	return t.N("goodbye.days", f.Days)
}

// numberChange lists what must change, tier by tier in the safe order.
func (p *Page) numberChange(s *kit.Scope, pr *profile.Profile) []fyne.CanvasObject {
	t := s.Text
	m := p.model()
	list := overview.Goodbye(pr, m, p.st.leaving)
	if len(list) == 0 {
		return []fyne.CanvasObject{s.Empty(t.T("goodbye.empty"), t.T("goodbye.empty.why"), s.Button(t.T("fix.empty.find"), kit.Secondary, func() { p.d.Go("find", "") }))}
	}
	left, all := overview.ToChange(list)
	objects := []fyne.CanvasObject{s.Strong(t.T("goodbye.progress", "done", t.Number(int64(all-left)), "all", t.Number(int64(all))))}
	todo := slices.DeleteFunc(slices.Clone(list), func(h reach.NumberChange) bool { return h.Change == reach.ChangeFollows })
	var tier []fyne.CanvasObject
	for i, h := range todo[:min(maxCards, len(todo))] {
		if i == 0 || h.Tier != todo[i-1].Tier {
			tier = append(tier, s.Heading(t.T("reach.tier."+strconv.Itoa(int(h.Tier)))))
		}
		tier = append(tier, p.numberChangeCard(s, pr, m, h))
	}
	if len(tier) > 0 {
		objects = append(objects, kit.Column(tier...))
	}
	rest := todo[min(maxCards, len(todo)):]
	if len(rest) > 0 {
		objects = append(objects, kit.Column(s.Heading(t.N("goodbye.rest", len(rest))), p.numberChangeList(s, pr, m, rest)))
	}
	if follows := slices.DeleteFunc(list, func(h reach.NumberChange) bool { return h.Change != reach.ChangeFollows }); len(follows) > 0 {
		objects = append(objects, kit.Column(s.Heading(t.T("goodbye.follows")), s.Body(t.T("goodbye.follows.why")), p.numberChangeList(s, pr, m, follows)))
	}
	return objects
}

// numberChangeList is the short form: a row an account, which leads to its switch.
func (p *Page) numberChangeList(s *kit.Scope, pr *profile.Profile, m *reach.Model, list []reach.NumberChange) fyne.CanvasObject {
	t := s.Text
	items := make([]kit.Item, len(list))
	for i, h := range list {
		items[i] = kit.Item{Title: p.label(pr, h), Detail: chain(t, m, h, pr.Settings.ShowValues)}
		switch {
		case h.Change == reach.ChangeFollows:
		case h.Done:
			items[i].Badge, items[i].Tone = t.T("plan.state.done"), kit.Good
		default:
			items[i].Badge, items[i].Tone = t.T("goodbye.row.todo"), kit.Accent
		}
	}
	return s.List(items, func(i int) { p.d.Go("fix", list[i].Account.ID) })
}

// chain says how the next holder of the number gets in.
func chain(t *text.Printer, m *reach.Model, h reach.NumberChange, show bool) string {
	steps := make([]string, len(h.Chain))
	for i, step := range h.Chain {
		steps[i] = m.StepWords(t, step, show)
	}
	return strings.Join(steps, " ")
}

func (p *Page) label(pr *profile.Profile, h reach.NumberChange) string {
	return h.Account.Label(func(id identifier.Identifier) string { return p.d.Text().Identifier(id, pr.Settings.ShowValues) })
}

// numberChangeCard is one account: what must change, what happens otherwise, and
// the tick, which is that of the guided switch.
func (p *Page) numberChangeCard(s *kit.Scope, pr *profile.Profile, m *reach.Model, h reach.NumberChange) fyne.CanvasObject {
	t := s.Text
	name := p.label(pr, h)
	rows := []fyne.CanvasObject{s.Strong(name)}
	var badges []fyne.CanvasObject
	if h.Falls && !h.Done {
		badges = append(badges, s.Badge(t.T("goodbye.falls"), kit.Danger))
	}
	if h.Locked && !h.Done {
		badges = append(badges, s.Badge(t.T("goodbye.locked"), kit.Warning))
	}
	if len(badges) > 0 {
		rows = append(rows, s.Flow(badges...))
	}
	rows = append(rows, s.Body(t.T("reach.change."+string(h.Change), "platform", name)))
	if how := chain(t, m, h, pr.Settings.ShowValues); how != "" && !h.Done {
		rows = append(rows, s.Caption(how))
	}
	if sw, _, ok := overview.Switch(pr, p.d.Overview(), p.d.Catalog(), h.Account.ID); ok {
		rows = append(rows, p.numberChangeTick(s, sw, h, name)...)
		rows = append(rows, p.letter(s, sw.Platform, h.Account)...)
		rows = append(rows, s.Button(t.T("goodbye.switch"), kit.Secondary, func() { p.d.Go("fix", h.Account.ID) }))
		s.Called(t.T("goodbye.switch.of", "platform", name))
	}
	return s.Card(rows...)
}

// numberChangeTick is the tick of the step that does it. A platform whose guide has
// no such step keeps it all the same.
func (p *Page) numberChangeTick(s *kit.Scope, sw plan.Switch, h reach.NumberChange, name string) []fyne.CanvasObject {
	t := s.Text
	title := t.T("guide.step."+string(h.Step)+".title", "platform", sw.Platform.Name)
	i := slices.IndexFunc(sw.Steps, func(x plan.SwitchStep) bool { return x.Kind == h.Step })
	row := s.Tick(title, h.Done, func(yes bool) { p.toggle(sw, h.Step, yes) })
	s.Called(t.T("goodbye.tick", "platform", name, "title", title))
	if i < 0 || sw.Steps[i].State != plan.StateBlocked {
		return []fyne.CanvasObject{row}
	}
	kit.Disable(row)
	return []fyne.CanvasObject{row, s.Caption(t.T("fix.blocked", "steps", stepNames(t, sw, sw.Steps[i].Missing)))}
}
