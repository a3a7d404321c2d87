// Package fix is the page of the plan and the guided switch: what do I do, in
// which order? The rules live in the plan; this package says and draws where
// they stand.
package fix

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"fyne.io/fyne/v2"

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

	plan *wholePlan // worked out last
	of   source
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
	shown, query string          // the part of the plan in sight
	failed       error           // the last refused tick
	overriding   string          // the address of the step whose override is being confirmed
	opened       map[string]bool // addresses of steps whose page was opened
	sources      string          // the address of the step whose sources are in sight
	variant      string          // web or app, where a step differs
	practice     practice
	leaving      identifier.Identifier // the number whose hand-over is in sight
	chosen       chosen                // in the lists beside a detail
	unmasked     bool                  // numbers on the card
}

// chosen is what a list has beside it, by the page it is on; an address that
// names another takes its place.
type chosen map[string][2]string // page -> what the address named, what is in sight

// of is what is in sight on a page whose address names something.
func (c chosen) of(page, named string) string {
	if now := c[page]; now[0] != named || now[1] == "" {
		c[page] = [2]string{named, named}
	}
	return c[page][1]
}

// choose brings something into sight.
func (p *Page) choose(page, id string) {
	p.st.chosen[page] = [2]string{p.st.chosen[page][0], id}
	p.st.failed = nil
	p.d.Redraw()
}

// source is what the plan was worked out of.
type source struct {
	model   *reach.Model // another one after every change of what it is made from
	profile *profile.Profile
	catalog *catalog.Catalog
	words   string // language and day
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d, st: state{opened: map[string]bool{}, chosen: chosen{}}} }

// Build draws the plan, one of the pages beside it, or the switch of one account
// where arg names it.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	page, under, _ := strings.Cut(arg, "/")
	switch page {
	case "":
		return p.renderPlan(s)
	case carrierArg:
		return p.carrier(s, under)
	case rehearsalArg:
		return p.rehearsal(s)
	case authenticatorsArg:
		if under != "" {
			return p.authenticator(s, under)
		}
		return p.authenticators(s)
	case goodbyeArg:
		return p.goodbye(s, under)
	case cardArg:
		return p.card(s)
	}
	return p.renderGuide(s, arg)
}

// data is what the pages are made from, as it is now.
func (p *Page) data() data {
	return newData(p.d.Profile(), p.d.Overview(), p.d.Catalog(), p.d.Reach(false), p.d.Now())
}

// planOf works the plan out, once for the same profile, language and day, and
// gives what of it is in sight.
func (p *Page) planOf(t *text.Printer) planView {
	d := p.data()
	of := source{d.model, d.profile, d.catalog, t.Lang() + d.now.Format(time.DateOnly)}
	if p.plan == nil || p.of != of {
		p.plan, p.of = newPlan(d, t), of
	}
	return p.plan.shown(p.st, t)
}

// back leads from a page to the plan.
func (p *Page) back(s *kit.Scope) fyne.CanvasObject {
	return s.Button(s.Text.T("fix.back"), kit.Quiet, p.leave)
}

// leave goes to the plan.
func (p *Page) leave() {
	p.st.failed, p.st.overriding = nil, ""
	p.d.Go("fix", "")
}

// mark ticks or unticks what no guard stands before.
func (p *Page) mark(key string, k catalog.StepKind, yes bool) {
	if yes {
		p.d.Apply(session.TickStep{Account: key, Step: k})
	} else {
		p.d.Apply(session.UntickStep{Account: key, Step: k})
	}
}

// toggle asks the machine before anything changes, and reports whether it did.
func (p *Page) toggle(sw plan.Switch, k catalog.StepKind, yes bool) bool {
	change := session.Change(session.TickStep{Account: sw.Key, Step: k})
	if p.st.failed = sw.Tick(k); !yes {
		change, p.st.failed = session.UntickStep{Account: sw.Key, Step: k}, sw.Untick(k)
	}
	if p.st.failed != nil {
		p.d.Redraw()
		return false
	}
	return p.d.Apply(change)
}

// differs saves a small text file about a step that looks different, to be sent
// by hand. It holds nothing of the person.
func (p *Page) differs(pl *catalog.Platform, st catalog.Step) {
	t := p.d.Text()
	title, do, _ := st.Words(t, pl.Name)
	reviewed := pl.Guide.Reviewed.Format(time.DateOnly)
	p.d.Save("unlisted-"+pl.ID+"-"+string(st.Kind)+".txt", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "%s\n\n%s (%s)\n%s: %s\n%s\n%s\nUnlisted %s, %s\n\n%s\n",
			t.T("guide.differs.file"), pl.Name, pl.ID, st.Kind, title, do, st.Link, p.d.Version(), reviewed,
			t.T("guide.differs.ask"))
		return err
	})
}

// tags hands tags to the kit.
func tags(s *kit.Scope, list []tag) fyne.CanvasObject { return s.Tags(kitTags(list)...) }

func kitTags(list []tag) []kit.Tag {
	out := make([]kit.Tag, len(list))
	for i, x := range list {
		out[i] = kit.Tag{Word: x.word, Tone: kit.Tone(x.tone)}
	}
	return out
}

func kitChips(list []chip) []kit.Chip {
	out := make([]kit.Chip, len(list))
	for i, c := range list {
		out[i] = kit.Chip{ID: c.id, Word: c.word, Count: c.count}
	}
	return out
}

// steps hands steps to the kit; press leads to one, nil nowhere.
func steps(s *kit.Scope, rows []wayRow, press func(catalog.StepKind)) fyne.CanvasObject {
	states := map[mark]kit.StepState{
		markNow: kit.StateNow, markDone: kit.StateDone, markWaiting: kit.StateWaiting, markLocked: kit.StateLocked,
	}
	items := make([]kit.StepItem, len(rows))
	for i, r := range rows {
		items[i] = kit.StepItem{State: states[r.mark], Title: r.title, Detail: r.detail, Chosen: r.chosen && press != nil}
		if press != nil {
			items[i].Press = func() { press(r.kind) }
		}
	}
	return s.Steps(items)
}

// link opens a page that something rests on; the button shows its host.
func (p *Page) link(s *kit.Scope, address string) fyne.CanvasObject {
	word := s.Text.T("fix.open")
	host := word
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		host = strings.TrimPrefix(u.Host, "www.")
		word += " (" + host + ")"
	}
	o := s.Button(host, kit.Quiet, func() { p.d.Open(address) })
	s.Called(word)
	return o
}

// meter is the bar of what is done.
func meter(s *kit.Scope, p progress) fyne.CanvasObject { return s.Meter(p.words, p.done, p.all) }
