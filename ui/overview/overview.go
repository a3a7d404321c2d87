// Package overview is the first page of an open profile: where do I stand? It
// counts what is known, shows who holds what, and says what to do next. It sends
// nothing.
package overview

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	sums "unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Page is the page Overview.
type Page struct {
	d    Deps
	st   state
	view *view // worked out last
	of   of
}

// of is what a view was worked out of.
type of struct {
	profile *profile.Profile // another one after every change
	model   *reach.Model
	state   string
	lang    string
	day     string // files that were asked for fall due
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() sums.Overview
	Reach(planned bool) *reach.Model
	Catalog() *catalog.Catalog
	Importers() []evidence.Importer
	Now() time.Time
	TakeDownload() // chooses a file that arrived, and reads it
	Apply(session.Change) bool
	Go(page, arg string)
	Redraw()
	Sample() // shows the invented person
	Leave()  // back from there
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Build draws the page.
func (p *Page) Build(s *kit.Scope, _ string) fyne.CanvasObject { return p.render(s, p.viewOf(s.Text)) }

// viewOf works the view out, once for the same profile, state and language.
func (p *Page) viewOf(t *text.Printer) view {
	now := of{p.d.Profile(), p.d.Reach(false), fmt.Sprint(p.st), t.Lang(), p.d.Now().Format(time.DateOnly)}
	if p.view == nil || p.of != now {
		d := data{profile: now.profile, overview: p.d.Overview(), catalog: p.d.Catalog(), now: p.d.Now()}
		for _, imp := range p.d.Importers() {
			d.formats = append(d.formats, imp.Format())
		}
		d.stolen, _ = now.model.Ask(reach.Steal, []string{reach.MeansNumber}) // a word is never unknown
		v := makeView(d, p.st, t)
		p.view, p.of = &v, now
	}
	return *p.view
}
