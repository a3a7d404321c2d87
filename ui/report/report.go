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
	Go(page, arg string)
	Redraw()
	Save(name string, write func(io.Writer) error) // write runs away from the window's thread
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
	page := kit.PageParts{Title: v.title, Lead: t.T("report.intro")}
	if v.nothing {
		find := s.Button(t.T("report.nothing.find"), kit.Primary, p.to("find", ""))
		page.Body = s.Empty(t.T("report.nothing"), t.T("report.nothing.why"), find)
		return s.Page(page)
	}
	figures := make([]kit.Figure, len(v.figures))
	for i, f := range v.figures {
		figures[i] = kit.Figure{Value: f.value, Words: f.words, Press: p.to(f.page, "")}
		if f.good {
			figures[i].Tone = kit.Good
		}
	}
	page.Body = s.Columns(p.history(s, v), p.options(s, v))
	if len(figures) > 0 {
		page.Body = kit.Column(s.Tiles(figures), page.Body)
	}
	page.Foot = s.ActionBar(t.T("report.save.why"),
		s.Button(t.T("report.html"), kit.Primary, p.save("html", t)),
		s.Button("CSV", kit.Secondary, p.save("csv", t)), s.Button("JSON", kit.Secondary, p.save("json", t)))
	return s.Page(page)
}

func (p *Page) to(page, arg string) func() { return func() { p.d.Go(page, arg) } }

// history is what was done, the newest first.
func (p *Page) history(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	if len(v.history) == 0 {
		return s.Panel(t.T("report.history"), s.Body(t.T("report.history.none")))
	}
	items := make([]kit.StepItem, len(v.history))
	for i, e := range v.history {
		items[i] = kit.StepItem{State: kit.StateDone, Title: e.what, Detail: e.when}
	}
	rows := []fyne.CanvasObject{s.Steps(items)}
	if v.more != "" {
		rows = append(rows, s.Caption(v.more))
	}
	return s.Panel(t.T("report.history"), rows...)
}

// options are how the files are written, and what else there is to take along.
func (p *Page) options(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	return kit.Column(
		s.Panel(t.T("report.save"), s.Tick(t.T("report.mask"), v.masked, func(on bool) {
			p.st.whole = !on
			p.d.Redraw()
		}), s.Caption(t.T("report.formats"))),
		s.Panel(t.T("report.along"), s.Rows([]kit.Item{{
			Icon: kit.IconPrint, Title: t.T("report.card"), Detail: t.T("report.card.why"),
		}}, func(int) {
			p.d.Go("fix", "card")
		})),
	)
}

// save takes what the report is of now, and writes it aside.
func (p *Page) save(format string, t *text.Printer) func() {
	return func() {
		in := doc.Input{
			Overview: p.d.Overview(), Profile: p.d.Profile(), Catalog: p.d.Catalog(),
			Breaches: p.d.Breaches(), Credits: p.d.Credits(),
			Text: t, Masked: !p.st.whole, Now: p.d.Now(), Version: p.d.Version(),
		}
		p.d.Save("unlisted-report."+format, func(w io.Writer) error { return doc.Write(w, format, in) })
	}
}
