// Package report is the place of what was done and what is left, and of the
// documents to take along.
package report

import (
	"io"

	"fyne.io/fyne/v2"

	"unlisted/checks/plan"
	"unlisted/checks/profile"
	doc "unlisted/checks/report"
	"unlisted/checks/text"
	"unlisted/ui/find"
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// Place is the place Report.
type Place struct {
	h     *host.Host
	masks bool
}

// New returns the place.
func New(h *host.Host) *Place { return &Place{h: h, masks: true} }

// Build draws the place.
func (p *Place) Build(s *kit.Scope, _ string) fyne.CanvasObject {
	t := s.Text
	pr := p.h.Profile()
	o := p.h.Overview()
	sum := find.Summarise(o)
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
			p.h.Save("unlisted-report."+format, func(w io.Writer) error { return p.write(w, format, t) })
		}
	}
	return kit.Page(
		kit.Tight(s.Title(t.T("report.title")), s.Body(t.T("report.intro"))),
		s.Card(
			s.Heading(t.T("report.now")), s.Body(t.N("find.accounts", sum.Accounts)), s.Body(t.N("find.phones", sum.Phones)),
			s.Body(t.N("report.done", done)), s.Body(t.N("report.left", left)),
		),
		s.Card(
			s.Heading(t.T("report.save")), s.Body(t.T("report.save.why")),
			s.Tick(t.T("report.mask"), p.masks, func(on bool) { p.masks = on }),
			s.Flow(s.Button(t.T("report.html"), kit.Primary, save("html")), s.Button("CSV", kit.Secondary, save("csv")), s.Button("JSON", kit.Secondary, save("json"))),
		),
		p.history(s, pr),
	)
}

func (p *Place) write(w io.Writer, format string, t *text.Printer) error {
	return doc.Write(w, format, doc.Input{
		Overview: p.h.Overview(), Profile: p.h.Profile(), Catalog: p.h.Catalog, Breaches: p.h.Breaches, Credits: p.h.Credits,
		Text: t, Masked: p.masks, Now: p.h.Now(), Version: p.h.Version,
	})
}

func (p *Place) history(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
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
