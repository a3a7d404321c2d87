package check

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/job"
	"unlisted/checks/overview"
	"unlisted/checks/overview/watch"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

// Watch looks for new leaks if the person has switched that on and it is time.
func (p *Page) Watch() {
	if watch.Due(p.d.Profile(), p.d.Now()) {
		p.look(func(error) {}) // offline is no reason to interrupt
	}
}

// look asks for newer leaks, and the sources the person gave a standing yes, and
// tells what is new for this person.
func (p *Page) look(told func(error)) {
	var fresh *breach.Catalogue
	var results []breach.Result
	pr := p.d.Profile()
	before, _ := overview.NewLeaks(pr, p.d.Overview())
	sources := slices.DeleteFunc(slices.Clone(p.d.Sources()), func(s breach.Source) bool {
		return s.Info().Key != nil && p.d.Key(s.Info().Key.ID) == ""
	})
	asker := p.d.Scheduler(sources)
	questions := watch.Questions(pr, sources, p.d.Now())
	p.d.Run("check.watching", func(ctx context.Context, report func(job.Progress)) (err error) {
		if fresh, err = p.d.Newer(ctx); err != nil {
			return err
		}
		results = asker.Ask(ctx, questions, report)
		return ctx.Err()
	}, func(err error) {
		if fresh != nil {
			p.d.UseBreaches(fresh)
		}
		if len(results) > 0 {
			p.d.Apply(session.RecordResults{Results: results})
		}
		if after, _ := overview.NewLeaks(p.d.Profile(), p.d.Overview()); len(after) > len(before) {
			t := p.d.Text()
			p.d.Notify(t.T("check.notify"), t.N("check.notify.body", len(after)))
		}
		told(err)
		p.d.Redraw()
	})
}

// watched reports whether the person has switched watching on.
func watched(pr *profile.Profile) bool { return pr.Consents[watch.Consent] }

// watchPage switches watching on and off, and says what it sends.
func (p *Page) watchPage(s *kit.Scope) fyne.CanvasObject {
	t, pr := s.Text, p.d.Profile()
	rows := []fyne.CanvasObject{
		parts.WatchBox(s, p.d), s.Body(t.T("check.watch.why", "host", strings.Join(watch.Hosts(), ", "))),
	}
	if watched(pr) {
		standing := t.T("check.watch.none")
		d := p.askData()
		if n := len(overview.Standing(pr, d.possible(d.sources))); n > 0 {
			standing = t.N("check.watch.standing", n)
		}
		rows = append(rows, s.Caption(standing), s.Button(t.T("check.watch.now"), kit.Secondary, func() { p.look(p.d.Tell) }))
	}
	return s.Page(kit.PageParts{Above: p.back(s), Title: t.T("check.watch"), Body: s.Panel("", rows...)})
}
