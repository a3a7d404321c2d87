// Package fix is the page of the plan and the guided switch: what do I do, in
// which order? The rules live in the plan; this place draws where they stand.
package fix

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Page is the page Fix.
type Page struct {
	d  Deps
	st state
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Reach(planned bool) *reach.Model
	Catalog() *catalog.Catalog
	Text() *text.Printer
	Version() string
	Now() time.Time
	Apply(session.Change) bool
	Go(page, arg string)
	Redraw()
	Tell(error)
	Forget(page, under string) // what was typed there
	Open(address string)
	Save(name string, write func(io.Writer) error)
}

// state is what the person did here and has not finished.
type state struct {
	failed     error  // the last refused tick
	overriding string // the step whose override is being confirmed
	practice   practice
	leaving    identifier.Identifier // the number whose hand-over is in sight
	unmasked   bool                  // numbers on the card
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Build draws the plan, one of the pages beside it, or the switch of one account
// where arg names it.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	pages := map[string]func(*kit.Scope) fyne.CanvasObject{
		"": p.plan, carrierArg: p.carrier, rehearsalArg: p.rehearsal, authenticatorsArg: p.authenticators, goodbyeArg: p.goodbye, cardArg: p.card,
	}
	if draw, ok := pages[arg]; ok {
		return draw(s)
	}
	if id, ok := strings.CutPrefix(arg, authenticatorsArg+"/"); ok {
		return p.authenticator(s, id)
	}
	if strings.HasPrefix(arg, rehearsalArg+"/") {
		return p.rehearsal(s)
	}
	return p.guided(s, arg)
}

// back leads from a page to the plan.
func (p *Page) back(s *kit.Scope) fyne.CanvasObject {
	return s.Button(s.Text.T("fix.back"), kit.Quiet, func() { p.st.failed, p.st.overriding = nil, ""; p.d.Go("fix", "") })
}

// plan is the whole plan: what is due, what is next, everything else.
func (p *Page) plan(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	o := p.d.Overview()
	head := kit.CompactColumn(s.Title(t.T("fix.title")), s.Body(t.T("fix.intro")))
	objects := append([]fyne.CanvasObject{head}, p.reminders(s, p.d.Profile(), o)...)
	if len(o.Actions) == 0 {
		empty := s.Empty(t.T("fix.empty"), t.T("fix.empty.why"), s.Button(t.T("fix.empty.find"), kit.Primary, func() { p.d.Go("find", "") }))
		return s.Sheet(append(objects, empty, p.more(s))...)
	}
	done := 0
	for _, a := range o.Actions {
		if a.State == plan.StateDone {
			done++
		}
	}
	if news := p.news(s, o); news != nil {
		objects = append(objects, news)
	}
	objects = append(objects, s.Strong(t.T("fix.progress", "done", t.Number(int64(done)), "all", t.Number(int64(len(o.Actions))))))
	if i := slices.IndexFunc(o.Actions, func(a plan.Action) bool { return a.State == plan.StateOpen }); i >= 0 {
		objects = append(objects, p.next(s, o.Actions[i]))
	} else {
		objects = append(objects, s.Card(s.Strong(t.T("fix.nothing"))))
	}
	objects = append(objects, p.more(s))
	items := make([]kit.Item, len(o.Actions))
	for i, a := range o.Actions {
		items[i] = p.item(t, a)
	}
	list := s.List(items, func(i int) { p.d.Go("fix", o.Actions[i].Account) })
	objects = append(objects, kit.Column(s.Heading(t.N("fix.all", len(items))), list))
	return s.Sheet(objects...)
}

// more lists the pages beside the plan.
func (p *Page) more(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pages := []struct{ arg, title string }{
		{rehearsalArg, "rehearsal.title"}, {authenticatorsArg, "authenticators.title"}, {carrierArg, "carrier.open"}, {goodbyeArg, "goodbye.title"}, {cardArg, "card.title"},
	}
	items := make([]kit.Item, len(pages))
	for i, page := range pages {
		items[i] = kit.Item{Title: t.T(page.title), Detail: t.T("fix.more." + page.arg + ".why")}
	}
	return kit.Column(s.Heading(t.T("fix.more")), s.List(items, func(i int) { p.d.Go("fix", pages[i].arg) }))
}

func (p *Page) name(id string) string {
	if pl, ok := p.d.Catalog().ByID(id); ok {
		return pl.Name
	}
	return id
}

// Why writes the reason of an action, with the names of what it names.
func (p *Page) why(t *text.Printer, a plan.Action) string {
	names := make([]string, len(a.Args))
	for i, id := range a.Args {
		names[i] = p.name(id)
	}
	return t.T(a.Why, "others", strings.Join(names, ", "))
}

func (p *Page) title(t *text.Printer, a plan.Action) string {
	return t.T("plan.action."+string(a.Kind), "platform", p.name(a.Platform))
}

func (p *Page) next(s *kit.Scope, a plan.Action) fyne.CanvasObject {
	t := s.Text
	return s.Card(
		s.Caption(t.T("fix.next")), s.Heading(p.title(t, a)), s.Body(p.why(t, a)), s.Caption(t.N("fix.minutes", a.Minutes)),
		s.Flow(
			s.Button(t.T("fix.start"), kit.Primary, func() { p.d.Go("fix", a.Account) }),
			s.Button(t.T("fix.skip"), kit.Secondary, func() { p.d.Apply(session.SkipAction{ID: a.ID}) }),
		),
	)
}

func (p *Page) item(t *text.Printer, a plan.Action) kit.Item {
	tone := map[plan.State]kit.Tone{plan.StateDone: kit.Good, plan.StateOpen: kit.Accent}[a.State]
	return kit.Item{Title: p.title(t, a), Detail: p.why(t, a), Badge: t.T(a.StateKey()), Tone: tone}
}

// guided draws the switch of one platform: what to do now, in the safe order.
func (p *Page) guided(s *kit.Scope, platform string) fyne.CanvasObject {
	t := s.Text
	o := p.d.Overview()
	pr := p.d.Profile()
	back := p.back(s)
	sw, a, ok := overview.Switch(pr, o, p.d.Catalog(), platform)
	if !ok {
		return s.Sheet(back, s.Empty(t.T("fix.none"), t.T("fix.none.why"), s.Button(t.T("fix.empty.find"), kit.Primary, func() { p.d.Go("find", "") })))
	}
	done, all := sw.Progress()
	objects := []fyne.CanvasObject{
		back, kit.CompactColumn(s.Title(a.Name), s.Body(t.T("exit."+string(sw.Platform.Exit)+".name")+". "+t.T("exit."+string(sw.Platform.Exit)+".why"))),
		s.Strong(t.T("fix.steps", "done", t.Number(int64(done)), "all", t.Number(int64(all)))),
	}
	if !sw.Deep {
		objects = append(objects, s.Card(s.Body(t.T("fix.short"))))
	}
	if g := sw.Platform.Guide; g != nil && g.Stale(p.d.Now()) {
		objects = append(objects, s.Card(s.Strong(t.T("facts.stale"))))
	}
	if p.st.failed != nil {
		objects = append(objects, s.Banner(kit.Warning, t.Sentence(p.st.failed)))
	}
	out := sw.NumberOut() || !sw.Proved.IsZero()
	if out { // what is left to do about it comes first
		objects = append(objects, p.verdict(s, sw))
	}
	objects = append(objects, p.others(s, o, a)...)
	next := sw.Next()
	for i, st := range sw.Steps {
		objects = append(objects, p.step(s, sw, st, i == next))
	}
	if !out {
		objects = append(objects, p.verdict(s, sw))
	}
	if rows := p.letter(s, sw.Platform, a); len(rows) > 0 {
		objects = append(objects, s.Card(rows...))
	}
	objects = append(objects, p.asides(s, sw.Platform))
	if g := sw.Platform.Guide; g != nil {
		objects = append(objects, s.Caption(t.T("guide.labels")+" "+t.T("facts.reviewed", "date", t.Date(g.Reviewed))))
	}
	return s.Sheet(objects...)
}

// asides lists what else can be done at a platform, at any time.
func (p *Page) asides(s *kit.Scope, pl *catalog.Platform) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("facts.aside"))}
	for _, st := range pl.Steps() {
		if !st.Kind.Aside() {
			continue
		}
		title, do, why := st.Words(t, pl.Name)
		rows = append(rows, kit.CompactColumn(s.Strong(title), s.Body(do), s.Caption(why)))
		if st.Link != "" {
			rows = append(rows, s.Link(t.T("fix.open"), st.Link, p.d.Open))
		}
		for _, src := range st.Sources[:min(2, len(st.Sources))] {
			rows = append(rows, s.Caption(src.Words(t)))
		}
	}
	if len(rows) == 1 {
		return kit.Column()
	}
	return s.Card(rows...)
}

// differs saves a small text file about a step that looks different, to be sent
// by hand. It holds nothing of the person.
func (p *Page) differs(pl *catalog.Platform, st catalog.Step) {
	t := p.d.Text()
	title, do, _ := st.Words(t, pl.Name)
	p.d.Save("unlisted-"+pl.ID+"-"+string(st.Kind)+".txt", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s\n\n%s (%s)\n%s: %s\n%s\n%s\nUnlisted %s, %s\n\n%s\n",
			t.T("guide.differs.file"), pl.Name, pl.ID, st.Kind, title, do, st.Link, p.d.Version(), pl.Guide.Reviewed.Format(time.DateOnly), t.T("guide.differs.ask"))
		return err
	})
}

// others are actions of the platform that belong to no guide, such as a
// password to change.
func (p *Page) others(s *kit.Scope, o overview.Overview, acc account.Account) []fyne.CanvasObject {
	t := s.Text
	var out []fyne.CanvasObject
	for _, a := range o.Actions {
		if a.Account != acc.ID || a.Kind != plan.KindPassword {
			continue
		}
		rows := []fyne.CanvasObject{p.tick(s, acc.Key(), catalog.StepPassword, p.title(t, a), a.State == plan.StateDone), s.Body(p.why(t, a))}
		if pl, ok := p.d.Catalog().ByID(acc.Platform); ok && pl.ChangePassURL != "" {
			rows = append(rows, s.Link(t.T("fix.open"), pl.ChangePassURL, p.d.Open))
		}
		out = append(out, s.Card(rows...))
	}
	return out
}

func (p *Page) tick(s *kit.Scope, key string, k catalog.StepKind, label string, on bool) fyne.CanvasObject {
	return s.Tick(label, on, func(yes bool) { p.mark(key, k, yes) })
}

// mark ticks or unticks what no guard stands before.
func (p *Page) mark(key string, k catalog.StepKind, yes bool) {
	if yes {
		p.d.Apply(session.TickStep{Account: key, Step: k})
	} else {
		p.d.Apply(session.UntickStep{Account: key, Step: k})
	}
}

// step draws one step: tick, what to do and why, where, on whose word.
func (p *Page) step(s *kit.Scope, sw plan.Switch, st plan.SwitchStep, next bool) fyne.CanvasObject {
	t := s.Text
	title, do, why := st.Words(t, sw.Platform.Name)
	row := s.Tick(title, st.State == plan.StateDone, func(yes bool) { p.toggle(sw, st.Kind, yes) })
	rows := []fyne.CanvasObject{row}
	if st.State == plan.StateBlocked {
		kit.Disable(row)
		if len(st.Missing) > 0 {
			rows = append(rows, s.Caption(t.T("fix.blocked", "steps", stepNames(t, sw, st.Missing))))
		}
		if len(st.Waits) > 0 {
			rows = append(rows, s.Caption(t.T("fix.blocked.order", "actions", p.actionNames(t, st.Waits))))
		}
		if sw.CanOverride(st.Kind) {
			rows = append(rows, p.override(s, sw, st))
		}
		return s.Card(rows...)
	}
	rows = append(rows, s.Body(do))
	if st.State == plan.StateDone && !st.DoneAt.IsZero() {
		rows = append(rows, s.Caption(t.T("fix.done", "date", t.Date(st.DoneAt))))
	} else {
		rows = append(rows, s.Caption(why))
	}
	if st.Link != "" {
		rows = append(rows, s.Link(t.T("fix.open"), st.Link, p.d.Open))
	}
	for i, src := range st.Sources {
		if i == 2 {
			break
		}
		rows = append(rows, s.Caption(src.Words(t)))
	}
	if st.Kind == catalog.StepAddApp && st.State == plan.StateOpen {
		rows = append(rows, s.Flow(
			s.Button(t.T("practice.open"), kit.Secondary, func() { p.d.Go("fix", rehearsalArg) }),
			s.Button(t.T("authenticators.title"), kit.Secondary, func() { p.d.Go("fix", authenticatorsArg) }),
		))
	}
	if sw.Deep {
		rows = append(rows, s.Button(t.T("guide.differs"), kit.Quiet, func() { p.differs(sw.Platform, st.Step) }))
	}
	if next {
		rows = append([]fyne.CanvasObject{s.Badge(t.T("fix.now"), kit.Accent)}, rows...)
	}
	return s.Card(rows...)
}

func stepNames(t *text.Printer, sw plan.Switch, kinds []catalog.StepKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = t.T("fix.quoted", "title", t.T("guide.step."+string(k)+".title", "platform", sw.Platform.Name))
	}
	return strings.Join(names, ", ")
}

// actionNames are the titles of actions of the plan.
func (p *Page) actionNames(t *text.Printer, ids []string) string {
	o := p.d.Overview()
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if a, ok := o.Action(id); ok {
			names = append(names, t.T("fix.quoted", "title", p.title(t, a)))
		}
	}
	return strings.Join(names, ", ")
}

// toggle asks the machine before anything changes.
func (p *Page) toggle(sw plan.Switch, k catalog.StepKind, yes bool) {
	p.st.failed = nil
	if yes {
		if p.st.failed = sw.Tick(k); p.st.failed == nil {
			p.d.Apply(session.TickStep{Account: sw.Key, Step: k})
			return
		}
	} else if p.st.failed = sw.Untick(k); p.st.failed == nil {
		p.d.Apply(session.UntickStep{Account: sw.Key, Step: k})
		return
	}
	p.d.Redraw()
}
