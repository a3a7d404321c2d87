// Package whatif is the page of the access graph: what does one stolen number
// open? It draws what the rules of checks/reach say, takes the person's answers
// and sends nothing.
package whatif

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/access"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Page is the page What if.
type Page struct {
	d    Deps
	arg  string // the address last taken up
	st   state
	eye  eye // how far the picture is moved
	page *container.Scroll

	models [2]*data // of today, and of the time after the plan
	view   *view    // worked out last
	of     source
}

// source is what a view was worked out of.
type source struct {
	model *reach.Model // another one after every change of what it is made from
	whole bool         // addresses and numbers unmasked
	state string
	lang  string
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Reach(planned bool) *reach.Model // the access graph, today or after the plan
	Apply(session.Change) bool
	Go(page, arg string)
	Redraw()
}

// New returns the page.
func New(d Deps) *Page {
	return &Page{d: d, st: state{question: question{kind: reach.Steal}, open: map[string]bool{}}}
}

// Build draws the place, with the question arg names.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	t := s.Text
	o := p.d.Overview()
	head := kit.CompactColumn(s.Title(t.T("whatif.title")), s.Body(t.T("whatif.intro")))
	if len(o.Accounts) == 0 {
		return s.Sheet(head, s.Empty(t.T("whatif.empty"), t.T("whatif.empty.why"), s.Button(t.T("whatif.empty.find"), kit.Primary, func() { p.d.Go("find", "") })))
	}
	if q, ok := parse(arg); ok && arg != p.arg {
		p.st.question = q
	}
	p.arg = arg
	if p.st.means == nil {
		p.st.means = []string{reach.MeansNumber}
		if !hasNumber(p.d.Profile()) {
			p.st.means = []string{reach.MeansMailbox}
		}
	}
	return p.render(s, head, p.viewOf(t))
}

// viewOf works the view out, once for the same model, state and language.
func (p *Page) viewOf(t *text.Printer) view {
	d := p.data()
	of := source{d.model, d.profile.Settings.ShowValues, fmt.Sprint(p.st), t.Lang()}
	if p.view == nil || p.of != of {
		v := makeView(d, p.st, t)
		p.view, p.of = &v, of
	}
	return *p.view
}

// data works the models out once, until the profile changes.
func (p *Page) data() data {
	i := 0
	if p.st.planned {
		i = 1
	}
	pr, model := p.d.Profile(), p.d.Reach(p.st.planned)
	if p.models[i] == nil || p.models[i].model != model {
		d := data{model: model, grades: map[string]reach.Grade{}, tier: model.Tier}
		if !p.st.planned {
			d.asks = overview.OpenQuestions(pr, d.model, maxQuestions)
		}
		for _, a := range d.model.Accounts() {
			d.grades[a.ID] = d.model.Grade(a.ID)
		}
		p.models[i] = &d
	}
	d := *p.models[i]
	d.profile = pr
	return d
}

func (p *Page) render(s *kit.Scope, head fyne.CanvasObject, v view) fyne.CanvasObject {
	t := s.Text
	objects := []fyne.CanvasObject{head}
	if v.noNumber {
		objects = append(objects, s.Empty(t.T("whatif.number"), t.T("whatif.number.why"), s.Button(t.T("whatif.number.you"), kit.Secondary, func() { p.d.Go("you", "") })))
	}
	if asks := p.asks(s, v); asks != nil {
		objects = append(objects, asks)
	}
	objects = append(objects, p.whatIf(s, v), p.picture(s, v))
	if len(v.compromised) > 0 {
		objects = append(objects, p.list(s, t.T("whatif.list."+string(p.st.kind)), "", v.compromised, v.moreCompromised, &p.st.allCompromised))
	}
	objects = append(objects, p.list(s, t.T("whatif.grades"), t.T("whatif.grades.why"), v.grades, v.moreGrades, &p.st.allGrades))
	objects = append(objects, s.Button(t.T("whatif.next"), kit.Primary, func() { p.d.Go("fix", "") }))
	p.page = s.Sheet(objects...)
	return p.page
}

// asks puts the questions that are worth most.
func (p *Page) asks(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	again := func() fyne.CanvasObject {
		return s.Button(t.T("whatif.again"), kit.Quiet, func() { p.d.Apply(session.ForgetAnswers{}) })
	}
	if len(v.asks) == 0 {
		if v.answered {
			return again()
		}
		return nil
	}
	rows := []fyne.CanvasObject{s.Heading(t.N("whatif.asks", len(v.asks))), s.Caption(t.T("whatif.asks.why"))}
	for _, q := range v.asks {
		var buttons []fyne.CanvasObject
		for _, a := range []struct{ key, answer string }{{"whatif.yes", reach.Yes}, {"whatif.no", reach.No}, {"whatif.unsure", overview.AnswerUnknown}} {
			buttons = append(buttons, s.Button(t.T(a.key), kit.Secondary, func() { p.d.Apply(session.AnswerQuestion{Key: q.key, Answer: a.answer}) }))
		}
		rows = append(rows, s.SplitRow(s.Body(q.words), s.Flow(buttons...)))
	}
	if v.answered {
		rows = append(rows, again())
	}
	return s.Card(rows...)
}

// whatIf lets the person choose a question, and answers it in numbers.
func (p *Page) whatIf(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	kinds := []kit.Choice{{Value: string(reach.Steal), Word: t.T("whatif.question.steal")}, {Value: string(reach.Lose), Word: t.T("whatif.question.lose")}}
	when := []kit.Choice{{Value: "", Word: t.T("reach.now")}, {Value: plannedArg, Word: t.T("reach.planned")}}
	seen := ""
	if p.st.planned {
		seen = plannedArg
	}
	columns := 2
	if s.Narrow() {
		columns = 1
	}
	checks := make([]fyne.CanvasObject, len(v.means))
	for i, m := range v.means {
		checks[i] = s.Check(m.label, m.on, func(bool) { p.toggle(m.value) })
	}
	choose := container.NewGridWithColumns(columns,
		s.Select(t.T("whatif.question"), kinds, string(p.st.kind), func(k string) { p.ask(reach.Kind(k)) }),
		s.Select(t.T("whatif.when"), when, seen, func(w string) { p.st.planned = w != ""; p.d.Redraw() }),
	)
	result := []fyne.CanvasObject{s.Heading(v.count)}
	if v.kept != "" {
		result = append(result, s.Body(v.kept))
	}
	return s.Card(
		s.Heading(t.T("whatif.whatif")), choose, s.Caption(t.T("whatif.what")),
		container.NewGridWithColumns(columns, checks...), s.Line(), kit.CompactColumn(result...),
	)
}

func (p *Page) ask(k reach.Kind) {
	p.st.kind = k
	if k == reach.Lose {
		p.st.means = slices.DeleteFunc(slices.Clone(p.st.means), func(m string) bool { return m == reach.MeansPhoneUnlocked })
	}
	p.d.Redraw()
}

// toggle puts one thing into the question, or takes it out.
func (p *Page) toggle(m string) {
	before := len(p.st.means)
	p.st.means = slices.DeleteFunc(slices.Clone(p.st.means), func(x string) bool { return x == m })
	if len(p.st.means) == before {
		p.st.means = append(p.st.means, m)
	}
	p.d.Redraw()
}

// list shows accounts, first those that matter most.
func (p *Page) list(s *kit.Scope, title, why string, rows []row, all int, whole *bool) fyne.CanvasObject {
	items := make([]kit.Item, len(rows))
	for i, r := range rows {
		items[i] = kit.Item{Title: r.title, Detail: r.detail, Badge: r.badge, Tone: r.tone(p.st.kind)}
	}
	objects := []fyne.CanvasObject{s.Heading(title)}
	if why != "" {
		objects = append(objects, s.Body(why))
	}
	objects = append(objects, s.List(items, func(i int) { p.d.Go("find", rows[i].account) }))
	if all > 0 {
		objects = append(objects, s.Button(s.Text.T("whatif.all", "n", s.Text.Number(int64(all))), kit.Quiet, func() { *whole = true; p.d.Redraw() }))
	}
	return kit.Column(objects...)
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

// picture draws the graph, with what it says in words below it.
func (p *Page) picture(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	words := newWords(s, t.T("whatif.picture.why"))
	c := newChart(s, v.picture, &p.eye)
	c.said = func(item int) { words.say(v.picture, item) }
	c.press = func(item int) {
		it := v.picture.Items[item]
		switch {
		case it.Account != "":
			p.d.Go("find", it.Account)
		case it.Role == picture.Group:
			p.st.open[it.ID] = !it.Open
			p.d.Redraw()
		}
	}
	c.scroll = func(e *fyne.ScrollEvent) { p.page.Scrolled(e) }
	c.look = func() { p.bringIn(c) }
	return kit.Column(
		s.Heading(t.T("whatif.picture")),
		s.Flow(
			s.Button(t.T("whatif.larger"), kit.Secondary, func() { c.zoom(zoomStep) }),
			s.Button(t.T("whatif.smaller"), kit.Secondary, func() { c.zoom(1 / zoomStep) }),
			s.Button(t.T("whatif.whole"), kit.Secondary, c.whole),
			s.Badge(t.T("whatif.legend."+string(p.st.kind)), toneOf(p.st.kind)),
		),
		s.Card(c, s.Line(), words.object),
	)
}

func toneOf(k reach.Kind) kit.Tone {
	if k == reach.Lose {
		return kit.Warning
	}
	return kit.Danger
}

// bringIn scrolls the page until the picture is in sight.
func (p *Page) bringIn(c *chart) {
	d := kit.Driver()
	top := d.AbsolutePositionForObject(c).Y - d.AbsolutePositionForObject(p.page).Y
	by := float32(0)
	switch {
	case c.Size().Height <= 0: // not laid out yet
	case top < 0:
		by = top
	case top+c.Size().Height > p.page.Size().Height:
		by = min(top, top+c.Size().Height-p.page.Size().Height)
	}
	if by != 0 {
		p.page.ScrollToOffset(p.page.Offset.AddXY(0, by))
	}
}
