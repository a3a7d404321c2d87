package breach_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
)

// stub is a source that says what it is told to, and counts.
type stub struct {
	id    string
	kinds []identifier.Kind
	says  []breach.Outcome // one after the other; the last stays
	asked []string
	hook  func()
}

func (s *stub) Info() breach.Info { return breach.Info{ID: s.id, Kinds: s.kinds} }

func (s *stub) LookUp(_ context.Context, id identifier.Identifier) breach.Result {
	s.asked = append(s.asked, id.Value)
	r := breach.Result{Source: s.id, Identifier: id, Outcome: s.says[min(len(s.asked), len(s.says))-1], RetryAt: noon.Add(time.Minute)}
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

func check(ctx context.Context, consent []string, sources ...breach.Source) (out []breach.Result, steps []job.Progress) {
	out = breach.Check(ctx, sources, people, consent, func() time.Time { return noon }, func(p job.Progress) { steps = append(steps, p) })
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
		s := &stub{id: "s", kinds: mails, says: []breach.Outcome{said, breach.NotFound}}
		other := &stub{id: "other", kinds: mails, says: []breach.Outcome{breach.Found}}
		got, _ := check(context.Background(), []string{"s", "other"}, s, other)
		want, asked := []breach.Outcome{said, breach.NotChecked, breach.NotFound, breach.NotFound}, 3
		if stops {
			want, asked = []breach.Outcome{said, breach.NotChecked, said, said}, 1
		}
		if !slices.Equal(outcomes(got[:4]), want) || len(s.asked) != asked {
			t.Errorf("after %s: %v with %d requests, want %v with %d", said, outcomes(got[:4]), len(s.asked), want, asked)
		}
		if stops && !got[3].RetryAt.Equal(noon.Add(time.Minute)) {
			t.Errorf("after %s: the rest does not say when to ask again", said)
		}
		if len(other.asked) != 3 {
			t.Errorf("after %s of one source, another was asked %d times", said, len(other.asked))
		}
	}
}

// A stop leaves a result for every pair, what was known by then and what was
// not asked.
func TestCheckCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &stub{id: "s", kinds: mails, says: []breach.Outcome{breach.NotFound}, hook: cancel}
	late := &stub{id: "late", kinds: mails, says: []breach.Outcome{breach.NotFound}}
	got, steps := check(ctx, []string{"s", "late"}, s, late)
	want := append([]breach.Outcome{breach.NotFound}, make([]breach.Outcome, 7)...)
	if !slices.Equal(outcomes(got), want) || len(s.asked) != 1 || len(late.asked) != 0 {
		t.Errorf("%v after %q and %q", outcomes(got), s.asked, late.asked)
	}
	if last := steps[len(steps)-1]; last.Done != 8 || last.Total != 8 {
		t.Errorf("ends at %d of %d", last.Done, last.Total)
	}
}

// Consent is to a source by name: nothing else stands for it.
func TestCheckConsent(t *testing.T) {
	for _, consent := range [][]string{nil, {}, {""}, {"S"}, {"other"}, {"s "}} {
		s := &stub{id: "s", kinds: append(mails, identifier.KindPhone), says: []breach.Outcome{breach.NotFound}}
		got, steps := check(context.Background(), consent, s)
		if len(s.asked) != 0 || !slices.Equal(outcomes(got), make([]breach.Outcome, 4)) {
			t.Errorf("a yes to %q: asked %q, told %v", consent, s.asked, outcomes(got))
		}
		for i, p := range steps {
			if p.Done != int64(i+1) || p.Total != 4 {
				t.Errorf("step %d says %s", i, fmt.Sprint(p))
			}
		}
	}
	if got, _ := check(context.Background(), []string{"s"}); len(got) != 0 {
		t.Errorf("no sources, %d results", len(got))
	}
}
