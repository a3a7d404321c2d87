package breach

import (
	"context"
	"slices"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// maxWait is how long a check waits for a source's next turn by itself. What
// takes longer is left, with its time, for the person to go on with.
const maxWait = 2 * time.Minute

// maxTries is how often a question is put to a source that wants a pause.
const maxTries = 3

// Scheduler puts questions to sources. It alone decides what is asked when, what
// is waited for and what is asked again.
type Scheduler struct {
	Sources []Source
	Own     []identifier.Identifier                             // of the person: nobody else is asked about
	Used    func(purpose string) []time.Time                    // of earlier requests; nil: none
	Online  func(ctx context.Context) (context.Context, func()) // ends what waits when the person goes offline; nil: never
	Now     func() time.Time
}

// NewScheduler is the scheduler of sources that ask through a client.
func NewScheduler(c *outbound.Client, sources []Source, own []identifier.Identifier) Scheduler {
	return Scheduler{Sources: sources, Own: own, Used: c.Used, Online: c.Online, Now: c.Now}
}

// Slot is when a source will be asked about an identifier.
type Slot struct {
	Source     string
	Identifier identifier.Identifier
	At         time.Time
}

// Plan says, before anything is asked, when each question is put at the latest,
// the earliest first. A source that needs more than one request for an answer
// may take longer.
func (s Scheduler) Plan(questions []Question) []Slot {
	var out []Slot
	now, times := s.Now(), map[string][]time.Time{}
	for _, q := range questions {
		source := s.source(q)
		if source == nil {
			continue
		}
		info := source.Info()
		purpose := info.Purpose()
		if _, known := times[purpose]; !known {
			times[purpose] = slices.DeleteFunc(s.used(purpose), func(t time.Time) bool { return t.After(now) })
		}
		at := outbound.After(info.Limits, times[purpose], now)
		times[purpose] = append(times[purpose], at)
		out = append(out, Slot{info.ID, q.Identifier, at})
	}
	slices.SortStableFunc(out, func(a, b Slot) int { return a.At.Compare(b.At) })
	return out
}

// source is the one that may be asked a question: it can search the kind, and
// the identifier is the person's own. Else it is nil.
func (s Scheduler) source(q Question) Source {
	for _, x := range s.Sources {
		info := x.Info()
		if info.ID == q.Source && info.CanSearch(q.Identifier.Kind) && identifier.Among(s.Own, q.Identifier) {
			return x
		}
	}
	return nil
}

func (s Scheduler) used(purpose string) []time.Time {
	if s.Used == nil {
		return nil
	}
	return slices.Clone(s.Used(purpose))
}

// Ask puts the questions, and only those: the person said yes to each. Each
// source is asked as its limits allow, others meanwhile; one that wants a pause
// is given it, unless that is beyond maxWait. It returns one result for every
// question, in their order; what a stopped check did not get to is NotChecked.
func (s Scheduler) Ask(ctx context.Context, questions []Question, progress func(job.Progress)) []Result {
	if s.Online != nil {
		var done func()
		ctx, done = s.Online(ctx)
		defer done()
	}
	c := &check{
		Scheduler: s, results: Results(questions, nil), tries: make([]int, len(questions)),
		notBefore: map[string]time.Time{},
	}
	for i, q := range questions {
		c.results[i].At = s.Now()
		if s.source(q) != nil {
			c.open = append(c.open, i)
		}
	}
	for len(c.open) > 0 {
		i, at := c.next()
		wait := at.Sub(s.Now())
		if wait > maxWait {
			c.leave()
			break
		}
		if !pause(ctx, wait) {
			c.stopped(ctx)
			break
		}
		c.put(ctx, i)
		progress(job.Progress{Step: "check.asking", Done: int64(len(questions) - len(c.open)), Total: int64(len(questions))})
	}
	progress(job.Progress{Step: "check.asking", Done: int64(len(questions)), Total: int64(len(questions))})
	return c.results
}

// check is one run of Ask.
type check struct {
	Scheduler
	results   []Result
	open      []int                // questions without a final result
	tries     []int                // of each question
	notBefore map[string]time.Time // by purpose, as sources said
}

// when is the time a question may be put.
func (c *check) when(i int) time.Time {
	info := c.source(c.question(i)).Info()
	at := outbound.Next(info.Limits, c.used(info.Purpose()), c.Now())
	if t := c.notBefore[info.Purpose()]; t.After(at) {
		return t
	}
	return at
}

func (c *check) question(i int) Question {
	return Question{c.results[i].Source, c.results[i].Identifier}
}

// next is the open question that can be put first.
func (c *check) next() (first int, at time.Time) {
	for n, i := range c.open {
		if t := c.when(i); n == 0 || t.Before(at) {
			first, at = i, t
		}
	}
	return first, at
}

// put puts a question and takes in what the answer says of the others.
func (c *check) put(ctx context.Context, i int) {
	source, id := c.source(c.question(i)), c.results[i].Identifier
	purpose := source.Info().Purpose()
	c.tries[i]++
	r := source.LookUp(ctx, yesTo(source, id), id)
	c.results[i] = r
	switch {
	case r.Outcome == RateLimited && !r.RetryAt.IsZero() && c.tries[i] < maxTries:
		c.notBefore[purpose] = r.RetryAt
		return
	case r.Outcome == RateLimited, r.Outcome == Unauthorized, r.Outcome == Blocked:
		// The source said no to all of us: asking on would only prolong it.
		c.close(func(j int) bool {
			return j == i || c.source(c.question(j)).Info().Purpose() == purpose && c.take(j, r)
		})
	default:
		c.close(func(j int) bool { return j == i })
	}
}

// yesTo is the person's yes to ask a source about an identifier.
func yesTo(source Source, id identifier.Identifier) outbound.Consent {
	return outbound.Yes(source.Info().Purpose()).About(id.Masked(), id.Canonical())
}

// take gives a question the result of another; it is always true.
func (c *check) take(i int, r Result) bool {
	c.results[i].Outcome, c.results[i].RetryAt = r.Outcome, r.RetryAt
	return true
}

// close takes questions from the open ones.
func (c *check) close(final func(i int) bool) { c.open = slices.DeleteFunc(c.open, final) }

// leave gives what is open the time from which it can be put.
func (c *check) leave() {
	for _, i := range c.open {
		c.results[i].Outcome, c.results[i].RetryAt = RateLimited, c.when(i)
	}
}

// stopped notes why what is open was not put.
func (c *check) stopped(ctx context.Context) {
	for _, i := range c.open {
		c.results[i] = Result{Source: c.results[i].Source, Identifier: c.results[i].Identifier, At: c.results[i].At}
		if outbound.Refusal(context.Cause(ctx)) != nil {
			c.results[i].Refused = outbound.ErrOffline
		}
	}
}

// pause waits, and says whether the check goes on.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}

// Detail lets the sources that can say more of what they found: one more request
// each to the same host, with the same content, about one's own identifiers
// only. What fails changes nothing.
func (s Scheduler) Detail(ctx context.Context, results []Result) []Result {
	out := slices.Clone(results)
	for i, r := range out {
		source := s.source(Question{r.Source, r.Identifier})
		if d, can := source.(Detailer); can && r.Outcome == Found && ctx.Err() == nil {
			out[i] = d.Detail(ctx, yesTo(source, r.Identifier), r)
		}
	}
	return out
}

// Refusal is why something was not asked, or cut off, on this side: one of
// outbound's refusals, or nil.
func Refusal(results []Result) error {
	for _, r := range results {
		if r.Refused != nil {
			return r.Refused
		}
	}
	return nil
}
