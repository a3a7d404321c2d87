package breach_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// paced is a source with limits, whose requests are remembered as the ledger
// does.
type paced struct {
	stub
	with   string
	limits []outbound.Limit
	times  []time.Duration // since the start
	start  time.Time
	pause  time.Duration // it wants when it is limited
}

func (p *paced) Info() breach.Info {
	return breach.Info{ID: p.id, With: p.with, Kinds: p.kinds, Limits: p.limits}
}

func (p *paced) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	p.times = append(p.times, time.Since(p.start))
	r := p.stub.LookUp(ctx, yes, id)
	if r.RetryAt = (time.Time{}); r.Outcome == breach.RateLimited && p.pause > 0 {
		r.RetryAt = time.Now().Add(p.pause)
	}
	return r
}

// pacedBy asks paced sources.
func pacedBy(sources ...*paced) breach.Scheduler {
	var list []breach.Source
	for _, p := range sources {
		list = append(list, p)
	}
	s := scheduler(list...)
	s.Used = func(purpose string) (used []time.Time) {
		for _, p := range sources {
			for _, at := range p.times {
				if p.Info().Purpose() == purpose {
					used = append(used, p.start.Add(at))
				}
			}
		}
		return used
	}
	return s
}

func askAll(ctx context.Context, s breach.Scheduler) []breach.Result {
	return s.Ask(ctx, all(s.Sources...), func(job.Progress) {})
}

// Before anything is asked the person knows when: by the source's own limits,
// what was asked before, and what shares them.
func TestPlan(t *testing.T) {
	minute := []outbound.Limit{{N: 2, Per: time.Minute}, {N: 3, Per: time.Hour}}
	a := &paced{stub: stub{id: "a", kinds: mails}, limits: minute}
	shares := &paced{stub: stub{id: "b", kinds: mails}, with: "a", limits: minute}
	free := &paced{stub: stub{id: "free", kinds: append(slices.Clone(mails), identifier.KindPhone)}}
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	for name, c := range map[string]struct {
		used map[string][]time.Time
		want string
	}{
		"fresh": {nil, "a 0s, a 0s, a 1m0s, b 1h0m0s, b 1h0m0s, b 1h1m0s, free 0s, free 0s, free 0s, free 0s"},
		"used":  {map[string][]time.Time{"a": {ago(10 * time.Second), ago(30 * time.Second)}}, "a 30s, a 59m30s, a 59m50s, b 1h0m30s, b 1h59m30s, b 1h59m50s, free 0s, free 0s, free 0s, free 0s"},
		"long ago, and from a clock ahead": {
			map[string][]time.Time{"a": {ago(48 * time.Hour), noon.AddDate(5, 0, 0)}, "free": {noon}},
			"a 0s, a 0s, a 1m0s, b 1h0m0s, b 1h0m0s, b 1h1m0s, free 0s, free 0s, free 0s, free 0s",
		},
	} {
		s := scheduler(a, shares, free)
		s.Now, s.Used = func() time.Time { return noon }, func(purpose string) []time.Time { return c.used[purpose] }
		slots := s.Plan(all(a, shares, free))
		if !slices.IsSortedFunc(slots, func(a, b breach.Slot) int { return a.At.Compare(b.At) }) {
			t.Errorf("%s: not in the order of time", name)
		}
		slices.SortStableFunc(slots, func(a, b breach.Slot) int { return strings.Compare(a.Source, b.Source) })
		var got []string
		for _, s := range slots {
			got = append(got, fmt.Sprintf("%s %s", s.Source, s.At.Sub(noon)))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}

// A check keeps the pace of each source and asks others meanwhile; what would
// take too long is not waited for, and its time is told.
func TestCheckPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		slow := &paced{stub: stub{id: "slow", kinds: mails, says: []breach.Outcome{breach.NotFound}}, limits: []outbound.Limit{{N: 1, Per: 2 * time.Second}}, start: start}
		quick := &paced{stub: stub{id: "quick", kinds: mails, says: []breach.Outcome{breach.NotFound}}, limits: []outbound.Limit{{N: 1, Per: time.Hour}}, start: start}
		shares := &paced{stub: stub{id: "shares", kinds: mails, says: []breach.Outcome{breach.NotFound}}, with: "slow", limits: slow.limits, start: start}
		got := askAll(t.Context(), pacedBy(slow, quick, shares))
		if fmt.Sprint(slow.times) != "[0s 2s 4s]" || fmt.Sprint(quick.times) != "[0s]" || fmt.Sprint(shares.times) != "[6s 8s 10s]" {
			t.Errorf("asked after %v, %v and %v", slow.times, quick.times, shares.times)
		}
		if got[0].Source != "slow" || got[4].Source != "quick" || got[1].Outcome != breach.NotChecked {
			t.Errorf("results out of order: %v", outcomes(got))
		}
		if r := got[6]; r.Outcome != breach.RateLimited || !r.RetryAt.Equal(start.Add(time.Hour)) {
			t.Errorf("what was left: %+v", r)
		}
	})
}

// A source that wants a moment more gets it, a few times; one that does not say
// how long, or wants long, is left. A stop ends the waiting.
func TestCheckWaits(t *testing.T) {
	const no, none, limited = breach.NotChecked, breach.NotFound, breach.RateLimited
	for name, c := range map[string]struct {
		says  []breach.Outcome
		pause time.Duration
		want  []breach.Outcome
		times string
	}{
		"once":      {[]breach.Outcome{limited, none}, 3 * time.Second, []breach.Outcome{none, no, none, none}, "[0s 3s 3s 3s]"},
		"twice":     {[]breach.Outcome{limited, limited, none}, time.Minute, []breach.Outcome{none, no, none, none}, "[0s 1m0s 2m0s 2m0s 2m0s]"},
		"for ever":  {[]breach.Outcome{limited}, 3 * time.Second, []breach.Outcome{limited, no, limited, limited}, "[0s 3s 6s]"},
		"no time":   {[]breach.Outcome{limited, none}, 0, []breach.Outcome{limited, no, limited, limited}, "[0s]"},
		"too long":  {[]breach.Outcome{limited, none}, time.Hour, []breach.Outcome{limited, no, limited, limited}, "[0s]"},
		"later one": {[]breach.Outcome{none, limited, none}, time.Second, []breach.Outcome{none, no, none, none}, "[0s 0s 1s 1s]"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &paced{stub: stub{id: "s", kinds: mails, says: c.says}, pause: c.pause, start: time.Now()}
				got := askAll(t.Context(), pacedBy(s))
				if !slices.Equal(outcomes(got), c.want) || fmt.Sprint(s.times) != c.times {
					t.Errorf("%v after %v, want %v after %s", outcomes(got), s.times, c.want, c.times)
				}
				if c.pause == time.Hour && !got[3].RetryAt.Equal(s.start.Add(time.Hour)) {
					t.Errorf("the rest does not say when to ask again: %+v", got[3])
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s := &paced{stub: stub{id: "s", kinds: mails, says: []breach.Outcome{none}}, limits: []outbound.Limit{{N: 1, Per: 4 * time.Second}}, start: time.Now()}
		got := askAll(ctx, pacedBy(s))
		if time.Since(s.start) != time.Second || len(s.times) != 1 || got[3].Outcome != no {
			t.Errorf("stopped after %s: %v", time.Since(s.start), outcomes(got))
		}
	})
}

// The summary counts what answered, and is good news only without any gap.
func TestSummarise(t *testing.T) {
	r := func(source string, list ...breach.Outcome) (out []breach.Result) {
		for _, o := range list {
			out = append(out, breach.Result{Source: source, Outcome: o})
		}
		return out
	}
	const nothing, hidden, gone, not = breach.NotFound, breach.Partial, breach.Unavailable, breach.NotChecked
	for name, c := range map[string]struct {
		results         []breach.Result
		asked, answered int
		key             string
		clear           bool
	}{
		"none":          {nil, 0, 0, "none", false},
		"none asked":    {r("a", not, not), 0, 0, "none", false},
		"all clear":     {slices.Concat(r("a", nothing, nothing), r("b", nothing)), 2, 2, "nothing", true},
		"one gap":       {slices.Concat(r("a", nothing), r("b", gone)), 2, 1, "nothing", false},
		"half a gap":    {slices.Concat(r("a", nothing), r("b", nothing, gone)), 2, 1, "nothing", false},
		"one not put":   {slices.Concat(r("a", nothing), r("b", not)), 1, 1, "nothing", false},
		"some hidden":   {slices.Concat(r("a", nothing), r("b", hidden)), 2, 2, "hidden", false},
		"silent":        {slices.Concat(r("a", gone), r("b", breach.RateLimited)), 2, 0, "silent", false},
		"found":         {slices.Concat(r("a", breach.Found), r("b", gone), r("c", nothing)), 3, 2, "found", false},
		"three of five": {slices.Concat(r("a", nothing), r("b", nothing), r("c", nothing), r("d", breach.Blocked), r("e", breach.Malformed)), 5, 3, "nothing", false},
	} {
		s := breach.Summarise(c.results)
		if s.Sources.Asked != c.asked || s.Sources.Answered != c.answered || s.Key() != "source.summary."+c.key || s.AllClear() != c.clear || len(s.Gaps) != c.asked-c.answered {
			t.Errorf("%s: %+v %s", name, s, s.Key())
		}
	}
	for o := breach.NotChecked; o <= breach.Malformed; o++ {
		if s := breach.Summarise(r("a", nothing, o)); s.AllClear() != (o == nothing) {
			t.Errorf("all clear with %s", o)
		}
	}
}

// Going offline ends the waiting at once: what was asked keeps its answer, what
// was not is told as not asked, with the reason.
func TestCheckGoesOffline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &paced{stub: stub{id: "s", kinds: mails, says: []breach.Outcome{breach.Found}}, limits: []outbound.Limit{{N: 1, Per: time.Minute}}, start: time.Now()}
		var offline atomic.Bool
		client, err := outbound.New(outbound.Config{
			Ledger: &outbound.Memory{}, Now: time.Now, Policy: func() outbound.Policy { return outbound.Policy{Offline: offline.Load()} },
		})
		if err != nil {
			t.Fatal(err)
		}
		asker := pacedBy(s)
		asker.Online = client.Online
		time.AfterFunc(10*time.Second, func() {
			offline.Store(true)
			client.Reconsider()
		})
		got := askAll(t.Context(), asker)
		if time.Since(s.start) != 10*time.Second || len(s.times) != 1 {
			t.Errorf("ended after %s, asked %v", time.Since(s.start), s.times)
		}
		if got[0].Outcome != breach.Found || got[2].Outcome != breach.NotChecked || got[2].Refused != outbound.ErrOffline {
			t.Errorf("%+v", got)
		}
		if err := breach.Refusal(got); !errors.Is(err, outbound.ErrOffline) {
			t.Errorf("%v", err)
		}
	})
}
