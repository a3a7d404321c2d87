package breach

import (
	"context"
	"slices"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// CanSearch reports whether a source can look a kind of identifier up.
func (i Info) CanSearch(k identifier.Kind) bool { return slices.Contains(i.Kinds, k) }

// Check asks each source about each identifier, one after the other, and
// returns one result for every pair: what was not asked, because a source
// cannot know, the person said no, or the check was stopped, is NotChecked.
// consent lists the sources the person said yes to for this check.
func Check(ctx context.Context, sources []Source, ids []identifier.Identifier, consent []string, now func() time.Time, progress func(job.Progress)) []Result {
	out := make([]Result, 0, len(sources)*len(ids))
	total := int64(len(sources) * len(ids))
	for _, s := range sources {
		info := s.Info()
		var stop Outcome
		var retry time.Time
		for _, id := range ids {
			r := Result{Source: info.ID, Identifier: id, At: now()}
			switch {
			case !info.CanSearch(id.Kind) || !slices.Contains(consent, info.ID) || ctx.Err() != nil:
			case stop != NotChecked:
				// The source said no to all of us: asking on would only prolong it.
				r.Outcome, r.RetryAt = stop, retry
			default:
				asked := outbound.WithConsent(outbound.WithSubject(ctx, id.Masked()), info.ID)
				r = s.LookUp(asked, id)
				if r.Outcome == RateLimited || r.Outcome == Unauthorized || r.Outcome == Blocked {
					stop, retry = r.Outcome, r.RetryAt
				}
			}
			out = append(out, r)
			progress(job.Progress{Step: "check.asking", Done: int64(len(out)), Total: total})
		}
	}
	return out
}
