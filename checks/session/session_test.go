package session_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
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
	mu   sync.Mutex
	seen seen
	does does
}

// seen is what a disk saw.
type seen struct {
	last         string
	saves, tries int
	under, twice bool // one save, two saves at once
}

// does is how a disk works.
type does struct {
	err    error
	takes  time.Duration
	panics bool
}

func (d *disk) Save(p *profile.Profile) error {
	d.mu.Lock()
	d.seen.twice = d.seen.twice || d.seen.under
	d.seen.under = true
	d.seen.tries++
	does := d.does
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.seen.under = false
	}()
	if does.panics {
		panic("no disk")
	}
	if does.err != nil {
		return does.err
	}
	time.Sleep(does.takes)
	b, err := json.Marshal(p)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen.last, d.seen.saves = string(b), d.seen.saves+1
	return err
}

// saw is what the disk has seen so far.
func (d *disk) saw() seen {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.seen
}

// becomes makes the disk work in another way.
func (d *disk) becomes(how does) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.does = how
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
		session.RemoveSource{Source: evidence.Source{Path: "a.csv", Format: "chrome-csv"}},
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
		if err := s.Save(); err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(s.Snapshot()); d.saw().last != string(b) {
			t.Errorf("%T is not on disk", c)
		}
	}
	for i := len(states) - 1; i > 0; i-- {
		if s.CanUndo() == "" {
			t.Fatalf("no way back at step %d", i)
		}
		s.Undo()
		if got := s.Snapshot(); !reflect.DeepEqual(got.Document, states[i-1].Document) {
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

// A refused change leaves everything as it was.
func TestRefused(t *testing.T) {
	s, d := open()
	_ = s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")})
	before, saves := s.Snapshot(), d.saw().saves
	if err := s.Apply(session.AddIdentifier{ID: id(t, "PAT@MAIL.example")}); !errors.Is(err, session.ErrAlreadyThere) {
		t.Errorf("added twice: %v", err)
	}
	if !reflect.DeepEqual(before, s.Snapshot()) || d.saw().saves != saves {
		t.Error("the refusal left a trace")
	}
}

// Somebody else's address that turns out to be one's own is no longer refused,
// however it was written then.
func TestAddedAgain(t *testing.T) {
	s, _ := open()
	for _, c := range []session.Change{
		session.DismissIdentifier{ID: id(t, "pat@mail.example")},
		session.DismissIdentifier{ID: id(t, "ann@mail.example")},
		session.AddIdentifier{ID: id(t, "Pat@mail.example")},
		session.RemoveIdentifier{ID: id(t, "pat@mail.example")},
	} {
		if err := s.Apply(c); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	if got := s.Snapshot().Dismissed; len(got) != 1 || got[0].Value != "ann@mail.example" {
		t.Errorf("dismissed %v", got)
	}
}

// Subscribers are told what changed, and nothing else; they can look at once.
func TestSubscribe(t *testing.T) {
	p := &profile.Profile{Version: profile.Version}
	s := session.New(p, nil, func() time.Time { return noon })
	var told session.Changed
	seen := 0
	cancel := s.Subscribe(func(c session.Changed) {
		told = c
		s.View(func(p *profile.Profile) { seen = len(p.Identifiers) })
	})
	for _, c := range []struct {
		change session.Change
		want   session.Changed
	}{
		{session.AddIdentifier{ID: id(t, "pat@mail.example")}, session.Identifiers | session.History},
		{session.SetClaim{Claim: account.Claim{Platform: "x.com"}}, session.Claims | session.History},
		{session.TickStep{Account: "x.com", Step: "add-app"}, session.Plan | session.History},
		{session.AnswerQuestion{Key: "locked-phone", Answer: "yes"}, session.Answers | session.History},
		{session.UntickStep{Account: "x.com", Step: "add-app"}, session.Plan | session.History},
		{session.ForgetAnswers{}, session.Answers | session.History},
		{session.AcceptReport{Report: evidence.Report{Sources: []evidence.Source{{Path: "a.csv", Format: "chrome-csv"}}}}, session.Findings | session.History},
		{session.RecordResults{Results: []breach.Result{{Source: "hibp", Outcome: breach.Found}}}, session.Lookups | session.History},
		{session.SetSettings{Settings: profile.Settings{Theme: "dark"}}, session.Settings},
		{session.SetConsent{Purpose: "hibp", Yes: true}, session.Consents},
		{session.MarkSeen{Seen: map[string]profile.Seen{"x.com": {}}}, session.Seen},
		{session.KeepMailbox{Host: "imap.mail.example", User: "pat"}, session.Mailboxes},
	} {
		if err := s.Apply(c.change); err != nil || told != c.want {
			t.Errorf("%T: told %b, want %b (%v)", c.change, told, c.want, err)
		}
	}
	_ = s.Ledger().Record(outbound.Entry{ID: "1", Time: noon, Purpose: "hibp", Result: outbound.ResultSent})
	if told != session.Ledger|session.Limits {
		t.Errorf("what is sent: told %b", told)
	}
	_ = s.Ledger().Record(outbound.Entry{ID: "1", Time: noon, Purpose: "hibp", Result: outbound.ResultAnswered})
	if told != session.Ledger {
		t.Errorf("a request: told %b", told)
	}
	s.Undo()
	if told != session.Lookups || seen != 1 {
		t.Errorf("undo: told %b, %d identifiers seen", told, seen)
	}
	cancel()
	told = 0
	s.Redo()
	if told != 0 {
		t.Errorf("told %b after leaving", told)
	}
}

// What is named at once goes on the list in one step, and one undo takes it back; one that is refused refuses all.
func TestAddedTogether(t *testing.T) {
	s, _ := open()
	rose, lou, phone := id(t, "rose@mail.example"), id(t, "lou@mail.example"), id(t, "06 39 98 12 34")
	if err := s.Apply(session.AddIdentifier{ID: lou}); err != nil {
		t.Fatal(err)
	}
	if err := s.Apply(session.AddIdentifier{ID: rose, More: []identifier.Identifier{phone}}); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range s.Snapshot().Identifiers {
		got = append(got, o.ID.Value)
	}
	if want := []string{lou.Value, rose.Value, phone.Value}; !slices.Equal(got, want) {
		t.Errorf("on the list: %v, want %v", got, want)
	}
	h := s.Snapshot().History
	if last := h[len(h)-1]; last.What != "history.added" || !slices.Equal(last.Args, []string{"r•••@mail.example, +33 6 •• •• •• 34"}) {
		t.Errorf("history: %+v", last)
	}
	s.Undo()
	if n := len(s.Snapshot().Identifiers); n != 1 {
		t.Errorf("%d after one undo", n)
	}
	for _, more := range [][]identifier.Identifier{{phone, lou}, {phone, phone}, {rose}} {
		if err := s.Apply(session.AddIdentifier{ID: rose, More: more}); !errors.Is(err, session.ErrAlreadyThere) || len(s.Snapshot().Identifiers) != 1 {
			t.Errorf("%v: %v, %d on the list", more, err, len(s.Snapshot().Identifiers))
		}
	}
	unplaced := identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639981256"}
	if err := s.Apply(session.AddIdentifier{ID: rose, More: []identifier.Identifier{unplaced}}); !errors.Is(err, identifier.ErrPhoneRegion) || len(s.Snapshot().Identifiers) != 1 {
		t.Errorf("%v, %d on the list", err, len(s.Snapshot().Identifiers))
	}
}
