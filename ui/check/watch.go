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
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// Watch looks for new leaks if the person has switched that on and it is time.
func Watch(h *host.Host) {
	if watch.Due(h.Profile(), h.Now()) {
		look(h, func(error) {}) // offline is no reason to interrupt
	}
}

// look asks for newer leaks, and the sources the person gave a standing yes, and
// tells what is new for this person.
func look(h *host.Host, told func(error)) {
	var fresh *breach.Catalogue
	var results []breach.Result
	pr := h.Profile()
	before, _ := overview.NewLeaks(pr, h.Overview())
	sources := slices.DeleteFunc(slices.Clone(h.Sources), func(s breach.Source) bool {
		return s.Info().Key != nil && h.Key(s.Info().Key.ID) == ""
	})
	asker := h.Scheduler(sources)
	questions := watch.Questions(pr, sources, h.Now())
	h.Run("check.watching", func(ctx context.Context, report func(job.Progress)) (err error) {
		if fresh, err = h.Newer(ctx); err != nil {
			return err
		}
		results = asker.Ask(ctx, questions, report)
		return ctx.Err()
	}, func(err error) {
		if fresh != nil {
			h.UseBreaches(fresh)
		}
		if len(results) > 0 {
			h.Apply(session.RecordResults{Results: results})
		}
		if after, _ := overview.NewLeaks(h.Profile(), h.Overview()); len(after) > len(before) {
			t := h.Kit.Text
			h.Notify(t.T("check.notify"), t.N("check.notify.body", len(after)))
		}
		told(err)
		h.Refresh()
	})
}

// watchCard switches watching on and off, and says what it sends.
func (p *Place) watchCard(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.watch")), s.Body(t.T("check.watch.why", "host", strings.Join(watch.Hosts(), ", "))), WatchBox(s, p.h, pr)}
	if pr.Consents[watch.Consent] {
		standing := t.T("check.watch.none")
		if n := len(overview.Standing(pr, p.possible(pr, nil))); n > 0 {
			standing = t.N("check.watch.standing", n)
		}
		rows = append(rows, s.Caption(standing), s.Button(t.T("check.watch.now"), kit.Secondary, func() { look(p.h, p.h.Tell) }))
	}
	return s.Card(rows...)
}

// WatchBox is the switch of watching, here and in the settings.
func WatchBox(s *kit.Scope, h *host.Host, pr *profile.Profile) fyne.CanvasObject {
	return s.Tick(s.Text.T("check.watch.on"), pr.Consents[watch.Consent], func(on bool) {
		if _, marks := overview.NewLeaks(pr, h.Overview()); on {
			h.Apply(session.MarkSeen{Seen: marks}) // what is known now is no news
		}
		h.Apply(session.SetConsent{Purpose: watch.Consent, Yes: on})
	})
}
