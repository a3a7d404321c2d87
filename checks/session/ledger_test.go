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
	for _, reason := range []string{outbound.ReasonCut, outbound.ReasonOffline} {
		var refused *outbound.Refused
		if err := get(); !errors.As(err, &refused) || refused.Reason != reason {
			t.Errorf("%v, want %s", err, reason)
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
