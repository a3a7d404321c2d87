package session_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// disk keeps what was saved last, or fails.
type disk struct {
	last  string
	saves int
	err   error
}

func (d *disk) Save(p *profile.Profile) error {
	if d.err != nil {
		return d.err
	}
	b, err := json.Marshal(p)
	d.last, d.saves = string(b), d.saves+1
	return err
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func open() (*session.Session, *disk) {
	d := &disk{}
	return session.New(&profile.Profile{Version: 1}, d, func() time.Time { return noon }), d
}

func id(t *testing.T, s string) identifier.Identifier {
	t.Helper()
	v, err := identifier.Parse(s, "FR")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// changes is one of every kind that the history tells.
func changes(t *testing.T) []session.Change {
	pat := id(t, "pat@mail.example")
	return []session.Change{
		session.AddIdentifier{ID: pat},
		session.AddIdentifier{ID: id(t, "06 39 98 12 34")},
		session.DismissIdentifier{ID: id(t, "other@mail.example")},
		session.AcceptReport{Report: evidence.Report{
			Sources:  []evidence.Source{{Path: "a.csv", Format: "chrome-csv", Items: 1, Problems: []evidence.Problem{}}},
			Findings: []evidence.Finding{{Fact: evidence.FactAccount, Site: "shop.example", Confidence: evidence.Confirmed, Format: "chrome-csv", Source: "a.csv", Count: 1}},
		}},
		session.SetClaim{Claim: account.Claim{Platform: "x.com"}},
		session.TickStep{Account: "x.com", Step: "add-app"},
		session.TickStep{Account: "x.com", Step: "save-codes"},
		session.UntickStep{Account: "x.com", Step: "save-codes"},
		session.SkipAction{ID: "x.com/switch"},
		session.AnswerQuestion{Key: "mailbox-resets:x.com#pat@mail.example:pat@mail.example", Answer: "yes"},
		session.AnswerQuestion{Key: "locked-phone", Answer: "unknown"},
		session.AnswerQuestion{Key: "locked-phone"},
		session.ForgetAnswers{},
		session.SkipAction{ID: "x.com/switch", Back: true},
		session.RecordResults{Results: []breach.Result{{Source: "hibp", Identifier: pat, Outcome: breach.Found, At: noon}}},
		session.RemoveSource{Path: "a.csv", Format: "chrome-csv"},
		session.RemoveIdentifier{ID: pat},
	}
}

// Every change is saved at once, can be taken back step by step to the empty
// profile, and made again to the same end.
func TestUndo(t *testing.T) {
	s, d := open()
	states := []*profile.Profile{s.Snapshot()}
	for _, c := range changes(t) {
		if err := s.Apply(c); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
		states = append(states, s.Snapshot())
		if b, _ := json.Marshal(s.Snapshot()); d.last != string(b) {
			t.Errorf("%T is not on disk", c)
		}
	}
	for i := len(states) - 1; i > 0; i-- {
		if s.CanUndo() == "" {
			t.Fatalf("no way back at step %d", i)
		}
		s.Undo()
		if got := s.Snapshot(); !reflect.DeepEqual(got, states[i-1]) {
			t.Errorf("taking back %T gives\n%+v\nnot\n%+v", changes(t)[i-1], got, states[i-1])
		}
	}
	s.Undo() // one too many does nothing
	for range states {
		s.Redo()
	}
	if got := s.Snapshot(); !reflect.DeepEqual(got, states[len(states)-1]) {
		t.Errorf("made again: %+v", got)
	}
}

// The history tells every change, and no address or number in full.
func TestHistory(t *testing.T) {
	s, _ := open()
	for _, c := range changes(t) {
		_ = s.Apply(c)
	}
	h := s.Snapshot().History
	if len(h) != len(changes(t)) {
		t.Errorf("%d lines for %d changes", len(h), len(changes(t)))
	}
	for _, e := range h {
		if text := strings.Join(e.Args, " "); strings.Contains(text, "pat@") || strings.Contains(text, "63998") || !e.At.Equal(noon) {
			t.Errorf("line %+v", e)
		}
	}
}

// What left this computer cannot be taken back.
func TestLedgerStays(t *testing.T) {
	s, _ := open()
	_ = s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")})
	_ = s.Ledger().Record(outbound.Entry{Purpose: "hibp", Result: outbound.ResultAnswered})
	_ = s.Apply(session.SetConsent{Purpose: "hibp", Yes: true})
	s.Undo()
	if p := s.Snapshot(); len(p.Ledger) != 1 || len(p.Identifiers) != 0 || !p.Consents["hibp"] {
		t.Errorf("after undo: %+v", p)
	}
	_ = s.Apply(session.SetConsent{Purpose: "hibp"})
	if s.Snapshot().Consents["hibp"] {
		t.Error("a withdrawn yes still counts")
	}
}

// An answer is never replaced by a failure to ask, and never dropped.
func TestResults(t *testing.T) {
	s, _ := open()
	pat := id(t, "pat@mail.example")
	for _, o := range []breach.Outcome{breach.Unavailable, breach.Found, breach.RateLimited, breach.NotChecked} {
		_ = s.Apply(session.RecordResults{Results: []breach.Result{{Source: "hibp", Identifier: pat, Outcome: o}}})
	}
	var got []string
	for _, r := range s.Snapshot().Lookups {
		got = append(got, r.Outcome.String())
	}
	if strings.Join(got, " ") != "found rate-limited" {
		t.Errorf("kept %q", got)
	}
}

// A refused change leaves everything as it was.
func TestRefused(t *testing.T) {
	s, d := open()
	_ = s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")})
	before, saves := s.Snapshot(), d.saves
	if err := s.Apply(session.AddIdentifier{ID: id(t, "PAT@MAIL.example")}); !errors.Is(err, session.ErrAlreadyThere) {
		t.Errorf("added twice: %v", err)
	}
	if !reflect.DeepEqual(before, s.Snapshot()) || d.saves != saves {
		t.Error("the refusal left a trace")
	}
}

// A save that failed is told, loses nothing, and is made up for by the next.
func TestFailedSave(t *testing.T) {
	s, d := open()
	d.err = errors.New("disk full")
	_ = s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")})
	if state, err := s.State(); state != session.Failed || !errors.Is(err, d.err) {
		t.Errorf("state %d, %v", state, err)
	}
	d.err = nil
	if err := s.Save(); err != nil || !strings.Contains(d.last, "pat@mail.example") {
		t.Errorf("saved %v: %s", err, d.last)
	}
	if state, _ := s.State(); state != session.Saved {
		t.Errorf("state %d", state)
	}
}

// The temporary session and the sample person are never written.
func TestTemporary(t *testing.T) {
	d := &disk{}
	s := session.New(&profile.Profile{Sample: true}, d, time.Now)
	_ = s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")})
	if state, _ := s.State(); state != session.Temporary || d.saves != 0 {
		t.Errorf("state %d after %d saves", state, d.saves)
	}
}

// Screens are told after each change and can look at once.
func TestSubscribe(t *testing.T) {
	s, _ := open()
	var seen []int
	cancel := s.Subscribe(func() { s.View(func(p *profile.Profile) { seen = append(seen, len(p.Identifiers)) }) })
	_ = s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")})
	s.Undo()
	cancel()
	s.Redo()
	if !reflect.DeepEqual(seen, []int{1, 0}) {
		t.Errorf("told %v", seen)
	}
}
