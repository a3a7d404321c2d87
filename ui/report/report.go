// Package report is the page of what was done and what is left, and of the
// documents to take along.
package report

import (
	"io"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	doc "unlisted/checks/report"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Page is the page Report.
type Page struct {
	d  Deps
	st state
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Catalog() *catalog.Catalog
	Breaches() *breach.Catalogue
	Credits() []catalog.Credit
	Version() string
	Now() time.Time
	Save(name string, write func(io.Writer) error)
}

// state is what the person chose here.
type state struct {
	whole bool // addresses and numbers unmasked
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Build draws the page.
func (p *Page) Build(s *kit.Scope, _ string) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	o := p.d.Overview()
	sum := o.Summary()
	done, left := 0, 0
	for _, a := range o.Actions {
		switch a.State {
		case plan.StateDone:
			done++
		case plan.StateOpen, plan.StateBlocked:
			left++
		}
	}
	save := func(format string) func() {
		return func() {
			p.d.Save("unlisted-report."+format, func(w io.Writer) error { return p.write(w, format, t) })
		}
	}
	return s.Sheet(
		kit.Tight(s.Title(t.T("report.title")), s.Body(t.T("report.intro"))),
		s.Card(
			s.Heading(t.T("report.now")), s.Body(t.N("find.accounts", sum.Accounts)), s.Body(t.N("find.phones", sum.Phones)),
			s.Body(t.N("report.done", done)), s.Body(t.N("report.left", left)),
		),
		s.Card(
			s.Heading(t.T("report.save")), s.Body(t.T("report.save.why")),
			s.Tick(t.T("report.mask"), !p.st.whole, func(on bool) { p.st.whole = !on }),
			s.Flow(s.Button(t.T("report.html"), kit.Primary, save("html")), s.Button("CSV", kit.Secondary, save("csv")), s.Button("JSON", kit.Secondary, save("json"))),
		),
		p.history(s, pr),
	)
}

func (p *Page) write(w io.Writer, format string, t *text.Printer) error {
	return doc.Write(w, format, doc.Input{
		Overview: p.d.Overview(), Profile: p.d.Profile(), Catalog: p.d.Catalog(), Breaches: p.d.Breaches(), Credits: p.d.Credits(),
		Text: t, Masked: !p.st.whole, Now: p.d.Now(), Version: p.d.Version(),
	})
}

func (p *Page) history(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("report.history"))}
	if len(pr.History) == 0 {
		rows = append(rows, s.Body(t.T("report.history.none")))
	}
	for i := len(pr.History) - 1; i >= 0 && i >= len(pr.History)-30; i-- {
		e := pr.History[i]
		rows = append(rows, s.Caption(t.Date(e.At)+" · "+doc.Event(t, e)))
	}
	return s.Card(rows...)
}
