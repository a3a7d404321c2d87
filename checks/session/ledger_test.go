package session_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// stored is a session on a profile on disk, with its folder.
func stored(t testing.TB, fill func(*profile.Profile)) (s *session.Session, folder string) {
	t.Helper()
	folder = t.TempDir()
	store, p, err := profile.Create(context.Background(), filepath.Join(folder, "p.age"), fileKeys(folder+"/key-"), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if fill != nil {
		fill(p)
	}
	if err := store.Save(p); err != nil {
		t.Fatal(err)
	}
	return session.New(p, store, time.Now), folder
}

var purpose = outbound.Purpose{ID: "x", Host: "x.example", MaxBody: 1 << 10, Limits: []outbound.Limit{{N: 1 << 20, Per: time.Minute}}}

func ask(t testing.TB, s *session.Session, answer http.HandlerFunc) func() error {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	client, release, err := s.NewClient(outbound.Config{Base: server.URL, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(release)
	return func() error {
		resp, err := client.Bind(purpose, outbound.Yes("x").About("p•", "pat")).Get("https://x.example/")
		if err == nil {
			err = resp.Body.Close()
		}
		return err
	}
}

// The switch for staying offline ends what is under way, and the proxy set now is
// the one used next: the window needs no other client for it.
func TestSettingsReachTheClient(t *testing.T) {
	s, _ := stored(t, nil)
	var settings profile.Settings
	set := func(change func(*profile.Settings)) {
		change(&settings)
		if err := s.Apply(session.SetSettings{Settings: settings}); err != nil {
			t.Error(err)
		}
	}
	get := ask(t, s, func(_ http.ResponseWriter, r *http.Request) {
		set(func(s *profile.Settings) { s.Offline = true })
		<-r.Context().Done()
	})
	for _, reason := range []error{outbound.ErrCut, outbound.ErrOffline} {
		if err := get(); !errors.Is(err, reason) {
			t.Errorf("%v, want %v", err, reason)
		}
	}
	s.View(func(p *profile.Profile) {
		if len(p.Ledger) != 2 || p.Ledger[0].Result != outbound.ResultCut || p.Ledger[1].Result != outbound.ResultRefused {
			t.Errorf("ledger %+v", p.Ledger)
		}
	})
}

// Undo takes back nothing of what left; erasing does, on disk too, and sources
// are still asked no oftener than they allow.
func TestLedgerBesideUndo(t *testing.T) {
	s, folder := stored(t, nil)
	get := ask(t, s, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "fine") })
	if err := errors.Join(s.Apply(session.AddIdentifier{ID: id(t, "pat@mail.example")}), get(), get()); err != nil {
		t.Fatal(err)
	}
	s.Undo()
	listed := func() (n, used int) {
		s.View(func(p *profile.Profile) { n, used = len(p.Ledger), len(p.Limits["x"]) })
		return n, used
	}
	if n, used := listed(); n != 2 || used != 2 {
		t.Errorf("after undo: %d entries, %d times", n, used)
	}
	if err := s.EraseLedger(); err != nil {
		t.Fatal(err)
	}
	s.Undo()
	if n, used := listed(); n != 0 || used != 2 {
		t.Errorf("erased: %d entries, %d times", n, used)
	}
	if info, _ := os.Stat(filepath.Join(folder, "p.age.ledger")); info.Size() > 1000 {
		t.Errorf("%d bytes left", info.Size())
	}
}

// Without a disk the ledger is in memory, and nothing is written.
func TestLedgerTemporary(t *testing.T) {
	s := session.New(&profile.Profile{}, nil, time.Now)
	if err := ask(t, s, func(http.ResponseWriter, *http.Request) {})(); err != nil {
		t.Fatal(err)
	}
	s.View(func(p *profile.Profile) {
		if len(p.Ledger) != 1 || p.Ledger[0].Result != outbound.ResultAnswered || len(p.Limits["x"]) != 1 {
			t.Errorf("%+v", p.Ledger)
		}
	})
}

// sent is a request about to leave, answered its outcome.
func sent(n string) outbound.Entry {
	return outbound.Entry{ID: n, Time: noon, Purpose: "x", Host: "x.example", Result: outbound.ResultSent}
}

func answered(n string) outbound.Entry {
	e := sent(n)
	e.Result, e.Status = outbound.ResultAnswered, 200
	return e
}

// Where the ledger cannot be written, what is about to leave is neither let go
// nor listed; an outcome is listed all the same, and the failure is told.
func TestLedgerThatCannotBeWritten(t *testing.T) {
	s, folder := stored(t, nil)
	if err := s.Ledger().Record(sent("1")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "p.age.ledger")
	if err := errors.Join(os.Remove(file), os.Mkdir(file, 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := s.Ledger().Record(sent("2")); !errors.Is(err, profile.ErrSave) {
		t.Errorf("it may leave: %v", err)
	}
	if err := s.Ledger().Record(answered("1")); !errors.Is(err, profile.ErrSave) {
		t.Errorf("the lost outcome is not told: %v", err)
	}
	if got := s.Snapshot().Ledger; len(got) != 1 || got[0] != answered("1") {
		t.Errorf("listed %+v", got)
	}
	if err := s.EraseLedger(); !errors.Is(err, profile.ErrSave) || len(s.Snapshot().Ledger) != 1 {
		t.Errorf("erased: %v, %+v", err, s.Snapshot().Ledger)
	}
}

// What leaves is on disk by itself: the profile, which shows it too, is not
// written for it. A saver that keeps no ledger keeps it with the profile.
func TestLedgerIsWrittenOnce(t *testing.T) {
	s, folder := stored(t, nil)
	before, err := os.ReadFile(filepath.Join(folder, "p.age"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Ledger().Record(sent("1")), s.Ledger().Record(answered("1")), s.Save()); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(filepath.Join(folder, "p.age")); string(after) != string(before) {
		t.Error("the whole profile was written for a request")
	}
	state(t, s, session.Saved)
	other, d := open()
	if err := other.Ledger().Record(sent("1")); err != nil {
		t.Fatal(err)
	}
	state(t, other, session.Unsaved)
	if err := other.Save(); err != nil || !strings.Contains(d.saw().last, "x.example") {
		t.Errorf("%v: %s", err, d.saw().last)
	}
	sample := session.New(&profile.Profile{Sample: true}, nil, time.Now)
	if err := sample.Ledger().Record(sent("1")); err != nil || len(sample.Snapshot().Ledger) != 1 || sample.Damaged() != 0 {
		t.Errorf("the sample person: %v", err)
	}
}

// A session that ended takes no request in: nothing would be seen of it.
func TestLedgerOfClosedSession(t *testing.T) {
	s, _ := open()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Ledger().Record(sent("1")); !errors.Is(err, session.ErrClosed) || len(s.Snapshot().Ledger) != 0 {
		t.Errorf("%v: %+v", err, s.Snapshot().Ledger)
	}
}

// A ledger that was damaged is told, one that is whole is not.
func TestLedgerDamageIsTold(t *testing.T) {
	folder := t.TempDir()
	path, keys := filepath.Join(folder, "p.age"), fileKeys(folder+"/key-")
	store, p, err := profile.Create(context.Background(), path, keys, "")
	if err != nil {
		t.Fatal(err)
	}
	s := session.New(p, store, time.Now)
	if err := errors.Join(s.Ledger().Record(sent("1")), s.Ledger().Record(sent("2"))); err != nil || s.Damaged() != 0 {
		t.Fatalf("%v, damage %d", err, s.Damaged())
	}
	b, err := os.ReadFile(path + ".ledger")
	if err = errors.Join(err, store.Close(), os.WriteFile(path+".ledger", append([]byte("x"), b[1:]...), 0o600)); err != nil {
		t.Fatal(err)
	}
	store, p, err = profile.Open(context.Background(), path, keys, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if s = session.New(p, store, time.Now); s.Damaged() != 1 || len(s.Snapshot().Ledger) != 1 {
		t.Errorf("damage %d, listed %+v", s.Damaged(), s.Snapshot().Ledger)
	}
	if s := session.New(&profile.Profile{}, nil, time.Now); s.Damaged() != 0 {
		t.Errorf("damage %d where there is no file", s.Damaged())
	}
}

// A client that would go somewhere else than to this computer is not made.
func TestNoClientForAnotherBase(t *testing.T) {
	s, _ := open()
	if client, _, err := s.NewClient(outbound.Config{Base: "http://example.com", Now: time.Now}); err == nil || client != nil {
		t.Error("a stranger stands for the sources")
	}
}

// BenchmarkRequest is what one request costs, with the bytes it writes.
func BenchmarkRequest(b *testing.B) {
	for _, findings := range []int{2000, 20000} {
		b.Run(fmt.Sprint(findings), func(b *testing.B) {
			s, folder := stored(b, func(p *profile.Profile) {
				for n := range findings {
					p.Findings = append(p.Findings, evidence.Finding{Site: fmt.Sprintf("site%d.example", n), Source: "passwords.csv", Format: "chrome", Fact: evidence.FactAccount, Count: n})
				}
			})
			get := ask(b, s, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "fine") })
			for b.Loop() {
				if err := get(); err != nil {
					b.Fatal(err)
				}
			}
			info, err := os.Stat(filepath.Join(folder, "p.age.ledger"))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/float64(b.N), "written-bytes/op")
		})
	}
}
