// Package whatif is the page of the access graph: what does one stolen number
// open? It draws what the rules of checks/reach say, takes the person's answers
// and sends nothing.
package whatif

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

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
	d     Deps
	arg   string // the address last taken up
	st    state
	eye   eye              // how far the picture is moved
	drawn *picture.Picture // last in sight

	models *data // of the profile as it is
	view   *view // worked out last
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

// Build draws the page: the picture, or one of the lists behind it. An address
// that is a question puts it.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	t := s.Text
	if len(p.d.Overview().Accounts) == 0 {
		find := s.Button(t.T("whatif.empty.find"), kit.Primary, func() { p.d.Go("find", "") })
		return s.Sheet(s.Title(t.T("whatif.empty")), s.Card(s.Body(t.T("whatif.empty.why")), find))
	}
	if q, ok := parse(arg); ok && arg != p.arg {
		p.st.question, p.st.choosing = q, false
	}
	p.arg = arg
	if p.st.means == nil {
		p.st.means = []string{reach.MeansNumber}
		if !hasNumber(p.d.Profile()) {
			p.st.means = []string{reach.MeansMailbox}
		}
	}
	switch arg {
	case listArg:
		return p.list(s, t.T("whatif.list."+string(p.st.kind)), "", listView(p.data(), p.st, t))
	case gradesArg:
		return p.list(s, t.T("whatif.grades"), t.T("whatif.grades.why"), gradesView(p.data(), p.st, t))
	}
	return p.render(s, p.viewOf(t))
}

// viewOf works the view out, once for the same model, state and language.
func (p *Page) viewOf(t *text.Printer) view {
	d := p.data()
	of := source{d.today, d.profile.Settings.ShowValues, fmt.Sprint(p.st), t.Lang()}
	if p.view == nil || p.of != of {
		v := makeView(d, p.st, t)
		p.view, p.of = &v, of
	}
	return *p.view
}

// data works the models out once, until the profile changes.
func (p *Page) data() data {
	pr, today := p.d.Profile(), p.d.Reach(false)
	if p.models == nil || p.models.today != today {
		d := data{today: today, after: p.d.Reach(true), asks: overview.OpenQuestions(pr, today, 1)}
		d.grades = map[string]reach.Grade{}
		for _, a := range today.Accounts() {
			d.grades[a.ID] = today.Grade(a.ID)
		}
		p.models = &d
	}
	d := *p.models
	d.profile = pr
	return d
}

// put asks a question.
func (p *Page) put(id string) {
	if id == moreChip {
		p.st.choosing = true
	} else if q, ok := parse(id); ok {
		q.planned = p.st.planned
		p.st.question, p.st.choosing = q, false
	}
	p.st.chosen = ""
	p.d.Redraw()
}

func (p *Page) ask(k reach.Kind) {
	p.st.kind, p.st.chosen = k, ""
	if k == reach.Lose {
		unlocked := func(m string) bool { return m == reach.MeansPhoneUnlocked }
		p.st.means = slices.DeleteFunc(slices.Clone(p.st.means), unlocked)
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
	p.st.chosen = ""
	p.d.Redraw()
}

// see shows today or the time after the plan.
func (p *Page) see(when string) {
	p.st.planned = when == plannedArg
	p.d.Redraw()
}

// choose takes up what was pressed in the picture: an account shows its chain,
// what is folded opens.
func (p *Page) choose(it picture.Item) {
	if it.Account != "" {
		p.st.chosen = it.Account
	} else {
		p.st.open[it.ID] = !it.Open
	}
	p.d.Redraw()
}

func toneOf(k reach.Kind) kit.Tone {
	if k == reach.Lose {
		return kit.Warning
	}
	return kit.Danger
}
