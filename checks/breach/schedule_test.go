package breach_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// paced is a source with limits that it keeps itself, as the door does.
type paced struct {
	stub
	with   string
	limits []outbound.Limit
	times  []time.Duration // since the start
	start  time.Time
}

func (p *paced) Info() breach.Info {
	return breach.Info{ID: p.id, With: p.with, Kinds: p.kinds, Limits: p.limits}
}

func (p *paced) LookUp(ctx context.Context, id identifier.Identifier) breach.Result {
	p.times = append(p.times, time.Since(p.start))
	r := p.stub.LookUp(ctx, id)
	if r.RetryAt = (time.Time{}); r.Outcome == breach.RateLimited {
		r.RetryAt = time.Now().Add(3 * time.Second)
	}
	return r
}

// Before anything is asked the person knows when: by the source's own limits,
// what was asked before, and what shares them.
func TestSchedule(t *testing.T) {
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
		var got string
		for i, s := range breach.Schedule([]breach.Source{a, shares, free}, people, c.used, noon) {
			if i > 0 {
				got += ", "
			}
			got += fmt.Sprintf("%s %s", s.Source, s.At.Sub(noon))
		}
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}

// A check keeps the pace of each source and asks others meanwhile; what would
// take too long is not waited for.
func TestCheckPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		slow := &paced{stub: stub{id: "slow", kinds: mails, says: []breach.Outcome{breach.NotFound}}, limits: []outbound.Limit{{N: 1, Per: 2 * time.Second}}, start: start}
		quick := &paced{stub: stub{id: "quick", kinds: mails, says: []breach.Outcome{breach.NotFound}}, limits: []outbound.Limit{{N: 1, Per: time.Hour}}, start: start}
		got := breach.Check(t.Context(), []breach.Source{slow, quick}, people, []string{"slow", "quick"}, time.Now, func(job.Progress) {})
		if fmt.Sprint(slow.times) != "[0s 2s 4s]" || fmt.Sprint(quick.times) != "[0s 4s 4s]" {
			t.Errorf("asked after %v and %v", slow.times, quick.times)
		}
		if got[0].Source != "slow" || got[4].Source != "quick" || got[1].Outcome != breach.NotChecked {
			t.Errorf("results out of order: %v", outcomes(got))
		}
	})
}

// A source that wants a moment more gets it once; a stop ends the waiting.
func TestCheckPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &paced{stub: stub{id: "s", kinds: mails, says: []breach.Outcome{breach.RateLimited, breach.NotFound, breach.RateLimited}}, start: time.Now()}
		got := breach.Check(t.Context(), []breach.Source{s}, people, []string{"s"}, time.Now, func(job.Progress) {})
		if want := []breach.Outcome{breach.NotFound, breach.NotChecked, breach.RateLimited, breach.RateLimited}; !slices.Equal(outcomes(got), want) || fmt.Sprint(s.times) != "[0s 3s 3s 6s]" {
			t.Errorf("%v after %v", outcomes(got), s.times)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		s = &paced{stub: stub{id: "s", kinds: mails, says: []breach.Outcome{breach.NotFound}}, limits: []outbound.Limit{{N: 1, Per: 4 * time.Second}}, start: time.Now()}
		got = breach.Check(ctx, []breach.Source{s}, people, []string{"s"}, time.Now, func(job.Progress) {})
		if time.Since(s.start) != time.Second || len(s.times) != 1 || got[3].Outcome != breach.NotChecked {
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
