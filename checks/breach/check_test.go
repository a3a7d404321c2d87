package breach_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// stub is a source that says what it is told to, and counts.
type stub struct {
	id    string
	kinds []identifier.Kind
	says  []breach.Outcome // one after the other; the last stays
	asked []string
	hook  func()
	again time.Time // when it wants to be asked again
}

func (s *stub) Info() breach.Info { return breach.Info{ID: s.id, Kinds: s.kinds} }

func (s *stub) LookUp(_ context.Context, _ outbound.Consent, id identifier.Identifier) breach.Result {
	s.asked = append(s.asked, id.Value)
	r := breach.Result{Source: s.id, Identifier: id, Outcome: s.says[min(len(s.asked), len(s.says))-1], RetryAt: s.again}
	if s.hook != nil {
		s.hook()
	}
	return r
}

var (
	mails  = []identifier.Kind{identifier.KindEmail}
	people = []identifier.Identifier{
		{Kind: identifier.KindEmail, Value: "a@x.example"},
		{Kind: identifier.KindPhone, Value: "+33639981234"},
		{Kind: identifier.KindEmail, Value: "b@x.example"},
		{Kind: identifier.KindEmail, Value: "c@x.example"},
	}
)

// scheduler asks about the people, who are all the person's own.
func scheduler(sources ...breach.Source) breach.Scheduler {
	return breach.Scheduler{Sources: sources, Own: people, Now: time.Now}
}

// all are the questions of every source about everybody, whether or not it can
// search them.
func all(sources ...breach.Source) (out []breach.Question) {
	for _, s := range sources {
		for _, id := range people {
			out = append(out, breach.Question{Source: s.Info().ID, Identifier: id})
		}
	}
	return out
}

func check(ctx context.Context, sources ...breach.Source) (out []breach.Result, steps []job.Progress) {
	out = scheduler(sources...).Ask(ctx, all(sources...), func(p job.Progress) { steps = append(steps, p) })
	return out, steps
}

func outcomes(list []breach.Result) (out []breach.Outcome) {
	for _, r := range list {
		out = append(out, r.Outcome)
	}
	return out
}

// A source that refuses us as such is not asked on; one that stumbles over one
// address is. Nobody who was not asked about is told "nothing found".
func TestCheckStops(t *testing.T) {
	for said, stops := range map[breach.Outcome]bool{
		breach.RateLimited: true, breach.Unauthorized: true, breach.Blocked: true,
		breach.Found: false, breach.NotFound: false, breach.Partial: false, breach.InvalidInput: false, breach.Malformed: false, breach.Unavailable: false,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &stub{id: "s", kinds: mails, says: []breach.Outcome{said, breach.NotFound}}
			other := &stub{id: "other", kinds: mails, says: []breach.Outcome{breach.Found}}
			got, _ := check(t.Context(), s, other)
			want, asked := []breach.Outcome{said, breach.NotChecked, breach.NotFound, breach.NotFound}, 3
			if stops {
				want, asked = []breach.Outcome{said, breach.NotChecked, said, said}, 1
			}
			if !slices.Equal(outcomes(got[:4]), want) || len(s.asked) != asked {
				t.Errorf("after %s: %v with %d requests, want %v with %d", said, outcomes(got[:4]), len(s.asked), want, asked)
			}
			if len(other.asked) != 3 {
				t.Errorf("after %s of one source, another was asked %d times", said, len(other.asked))
			}
		})
	}
}

// A stop leaves a result for every pair, what was known by then and what was
// not asked.
func TestCheckCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &stub{id: "s", kinds: mails, says: []breach.Outcome{breach.NotFound}, hook: cancel}
	late := &stub{id: "late", kinds: mails, says: []breach.Outcome{breach.NotFound}}
	got, steps := check(ctx, s, late)
	want := append([]breach.Outcome{breach.NotFound}, make([]breach.Outcome, 7)...)
	if !slices.Equal(outcomes(got), want) || len(s.asked) != 1 || len(late.asked) != 0 {
		t.Errorf("%v after %q and %q", outcomes(got), s.asked, late.asked)
	}
	if last := steps[len(steps)-1]; last.Done != 8 || last.Total != 8 {
		t.Errorf("ends at %d of %d", last.Done, last.Total)
	}
}

// Only what is asked for is asked, with a yes to that source, and only about the
// person: whoever else the question names.
func TestCheckAsksOnlyThat(t *testing.T) {
	both := []identifier.Kind{identifier.KindEmail, identifier.KindPhone}
	s := &stub{id: "s", kinds: both, says: []breach.Outcome{breach.NotFound}}
	other := &stub{id: "other", kinds: both, says: []breach.Outcome{breach.NotFound}}
	who := scheduler(s, other)
	who.Own = []identifier.Identifier{people[0], people[1]}
	stranger := identifier.Identifier{Kind: identifier.KindEmail, Value: "a@other.example"}
	questions := []breach.Question{
		{Source: "s", Identifier: people[0]},
		{Source: "s", Identifier: people[2]},
		{Source: "s", Identifier: stranger},
		{Source: "S", Identifier: people[0]},
		{Source: "", Identifier: people[0]},
		{Source: "s", Identifier: people[1]},
	}
	got := who.Ask(t.Context(), questions, func(job.Progress) {})
	const no, none = breach.NotChecked, breach.NotFound
	if !slices.Equal(outcomes(got), []breach.Outcome{none, no, no, no, no, none}) || !slices.Equal(s.asked, []string{people[0].Value, people[1].Value}) || len(other.asked) != 0 {
		t.Errorf("%v: asked %q and %q", outcomes(got), s.asked, other.asked)
	}
	if got, _ := check(t.Context()); len(got) != 0 {
		t.Errorf("no sources, %d results", len(got))
	}
}
