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
	return p.render(s, makeView(p.d.Profile(), p.d.Overview(), p.st, s.Text))
}

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	save := func(format string) func() {
		return func() {
			p.d.Save("unlisted-report."+format, func(w io.Writer) error { return p.write(w, format, t) })
		}
	}
	now := []fyne.CanvasObject{s.Heading(t.T("report.now"))}
	for _, line := range v.now {
		now = append(now, s.Body(line))
	}
	history := []fyne.CanvasObject{s.Heading(t.T("report.history"))}
	if len(v.history) == 0 {
		history = append(history, s.Body(t.T("report.history.none")))
	}
	for _, line := range v.history {
		history = append(history, s.Caption(line))
	}
	return s.Sheet(
		kit.CompactColumn(s.Title(t.T("report.title")), s.Body(t.T("report.intro"))),
		s.Card(now...),
		s.Card(
			s.Heading(t.T("report.save")), s.Body(t.T("report.save.why")),
			s.Tick(t.T("report.mask"), v.masked, func(on bool) { p.st.whole = !on }),
			s.Flow(s.Button(t.T("report.html"), kit.Primary, save("html")), s.Button("CSV", kit.Secondary, save("csv")), s.Button("JSON", kit.Secondary, save("json"))),
		),
		s.Card(history...),
	)
}

func (p *Page) write(w io.Writer, format string, t *text.Printer) error {
	return doc.Write(w, format, doc.Input{
		Overview: p.d.Overview(), Profile: p.d.Profile(), Catalog: p.d.Catalog(), Breaches: p.d.Breaches(), Credits: p.d.Credits(),
		Text: t, Masked: !p.st.whole, Now: p.d.Now(), Version: p.d.Version(),
	})
}
