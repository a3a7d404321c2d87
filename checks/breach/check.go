package breach

import (
	"context"
	"slices"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// patience is how long a check waits for a source's next turn. What takes longer
// is told to the person with the time.
const patience = 5 * time.Second

// CanSearch reports whether a source can look a kind of identifier up.
func (i Info) CanSearch(k identifier.Kind) bool { return slices.Contains(i.Kinds, k) }

// Check asks each source about each identifier, one after the other and spaced
// as the source's limits want it, and returns one result for every pair, source
// by source: what was not asked, because a source cannot know, the person said
// no, or the check was stopped, is NotChecked. consent lists the sources the
// person said yes to for this check.
func Check(ctx context.Context, sources []Source, ids []identifier.Identifier, consent []string, now func() time.Time, progress func(job.Progress)) []Result {
	out := make([]Result, 0, len(sources)*len(ids))
	done, total := int64(0), int64(len(sources)*len(ids))
	step := func() {
		done++
		progress(job.Progress{Step: "check.asking", Done: done, Total: total})
	}
	agreed := slices.DeleteFunc(slices.Clone(sources), func(s Source) bool { return !slices.Contains(consent, s.Info().ID) })
	slots := Schedule(agreed, ids, nil, now())
	var turns []turn
	for _, s := range sources {
		for _, id := range ids {
			if info := s.Info(); info.CanSearch(id.Kind) && slices.Contains(consent, info.ID) {
				turns = append(turns, turn{s, len(out), slots[len(turns)].At})
			} else {
				step()
			}
			out = append(out, Result{Source: s.Info().ID, Identifier: id, At: now()})
		}
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return a.at.Compare(b.at) })
	stopped := map[string]Result{}
	for _, t := range turns {
		r, purpose := &out[t.place], t.source.Info().Purpose()
		if said, stop := stopped[purpose]; stop && ctx.Err() == nil {
			// The source said no to all of us: asking on would only prolong it.
			r.Outcome, r.RetryAt = said.Outcome, said.RetryAt
		} else if *r = t.ask(ctx, *r, now); r.Outcome == RateLimited || r.Outcome == Unauthorized || r.Outcome == Blocked {
			stopped[purpose] = *r
		}
		step()
	}
	return out
}

// turn is one question in the order of a check.
type turn struct {
	source Source
	place  int // of its result
	at     time.Time
}

// ask waits for the turn and asks. A source that wants a moment more is given it
// once.
func (t turn) ask(ctx context.Context, r Result, now func() time.Time) Result {
	info := t.source.Info()
	asked := outbound.WithConsent(outbound.About(ctx, r.Identifier.Masked(), r.Identifier.Canonical()), info.Purpose())
	pause(ctx, t.at.Sub(now()))
	if ctx.Err() != nil {
		return r
	}
	r = t.source.LookUp(asked, r.Identifier)
	if wait := r.RetryAt.Sub(now()); r.Outcome == RateLimited && wait > 0 && wait <= patience {
		if pause(ctx, wait); ctx.Err() == nil {
			r = t.source.LookUp(asked, r.Identifier)
		}
	}
	return r
}

// pause waits, unless that is beyond patience or the check is stopped.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 || d > patience {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
