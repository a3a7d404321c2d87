package session_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// inTime runs f where time passes at once.
func inTime(t *testing.T, f func(t *testing.T, s *session.Session, d *disk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &disk{}
		f(t, session.New(&profile.Profile{Version: profile.Version}, d, time.Now), d)
	})
}

func add(t *testing.T, s *session.Session, address string) {
	t.Helper()
	if err := s.Apply(session.AddIdentifier{ID: id(t, address)}); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, s *session.Session, want session.SaveState) {
	t.Helper()
	if got, err := s.State(); got != want {
		t.Errorf("state %d, want %d (%v)", got, want, err)
	}
}

// A change is on disk half a second later at the latest, however many follow it,
// and many within that time are one save.
func TestSavedSoon(t *testing.T) {
	inTime(t, func(t *testing.T, s *session.Session, d *disk) {
		for _, a := range []string{"a@mail.example", "b@mail.example", "c@mail.example"} {
			add(t, s, a)
			state(t, s, session.Unsaved)
			if d.saw().saves != 0 {
				t.Error("the change waited for the disk")
			}
			time.Sleep(200 * time.Millisecond)
		}
		if d.saw().saves != 1 || !strings.Contains(d.saw().last, "c@mail.example") {
			t.Errorf("%d saves after 0.6 s: %s", d.saw().saves, d.saw().last)
		}
		state(t, s, session.Saved)
		s.Undo()
		time.Sleep(session.SaveDelay)
		synctest.Wait()
		if d.saw().saves != 2 || strings.Contains(d.saw().last, "c@mail.example") {
			t.Errorf("%d saves after undo: %s", d.saw().saves, d.saw().last)
		}
		state(t, s, session.Saved)
	})
}

// A save that failed is told, loses nothing, and is tried again by itself, after
// longer and longer; then it counts as saved.
func TestFailedSave(t *testing.T) {
	inTime(t, func(t *testing.T, s *session.Session, d *disk) {
		full := errors.New("disk full")
		d.becomes(does{err: full})
		add(t, s, "pat@mail.example")
		var told []session.Changed
		s.Subscribe(func(c session.Changed) { told = append(told, c) })
		time.Sleep(session.SaveDelay)
		synctest.Wait()
		if got, err := s.State(); got != session.Failed || !errors.Is(err, full) {
			t.Errorf("state %d, %v", got, err)
		}
		if !reflect.DeepEqual(told, []session.Changed{session.Saving}) {
			t.Errorf("told %b", told)
		}
		time.Sleep(time.Hour)
		if d.saw().tries < 50 || d.saw().tries > 80 {
			t.Errorf("%d tries in an hour", d.saw().tries)
		}
		d.becomes(does{})
		time.Sleep(time.Minute)
		synctest.Wait()
		state(t, s, session.Saved)
		if !strings.Contains(d.saw().last, "pat@mail.example") {
			t.Errorf("on disk: %s", d.saw().last)
		}
	})
}

// Close waits for the disk and refuses what comes later; where saving fails it
// says so and nothing is lost.
func TestClose(t *testing.T) {
	inTime(t, func(t *testing.T, s *session.Session, d *disk) {
		full := errors.New("disk full")
		d.becomes(does{err: full})
		add(t, s, "pat@mail.example")
		if err := s.Close(); !errors.Is(err, full) {
			t.Errorf("closed with %v", err)
		}
		add(t, s, "ann@mail.example")
		d.becomes(does{})
		if err := s.Close(); err != nil || !strings.Contains(d.saw().last, "ann@mail.example") {
			t.Errorf("closed with %v: %s", err, d.saw().last)
		}
		saves := d.saw().saves
		if err := s.Apply(session.AddIdentifier{ID: id(t, "late@mail.example")}); !errors.Is(err, session.ErrClosed) {
			t.Errorf("a late change: %v", err)
		}
		s.Undo()
		time.Sleep(time.Hour)
		if d.saw().saves != saves || len(s.Snapshot().Identifiers) != 2 || s.Close() != nil {
			t.Errorf("%d saves, %+v", d.saw().saves-saves, s.Snapshot().Identifiers)
		}
	})
}

// A lock in the middle of a save waits for it, and then nothing of the person is
// in memory.
func TestLockDuringSave(t *testing.T) {
	inTime(t, func(t *testing.T, s *session.Session, d *disk) {
		d.becomes(does{takes: 10 * time.Second})
		add(t, s, "pat@mail.example")
		add(t, s, "ann@mail.example")
		s.Undo()
		time.Sleep(session.SaveDelay + time.Second) // in the middle of it
		add(t, s, "eve@mail.example")
		before := time.Now()
		if err := s.Lock(); err != nil || time.Since(before) != 19*time.Second {
			t.Errorf("locked after %s: %v", time.Since(before), err)
		}
		if !strings.Contains(d.saw().last, "eve@mail.example") || d.saw().twice {
			t.Errorf("on disk: %s (two saves at once: %v)", d.saw().last, d.saw().twice)
		}
		if p := s.Snapshot(); len(p.Identifiers) != 0 || len(p.History) != 0 || s.CanUndo()+s.CanRedo() != "" {
			t.Errorf("still there: %+v", p)
		}
		s.Redo()
		if err := s.Apply(session.AddIdentifier{ID: identifier.Identifier{Kind: identifier.KindEmail, Value: "x@mail.example"}}); !errors.Is(err, session.ErrClosed) {
			t.Errorf("changed while locked: %v", err)
		}
	})
}

// Erasing ends the session without writing; an erasure that failed leaves it as
// it was.
func TestErase(t *testing.T) {
	inTime(t, func(t *testing.T, s *session.Session, d *disk) {
		add(t, s, "pat@mail.example")
		failed := errors.New("in use")
		if err := s.Erase(func() error { return failed }); !errors.Is(err, failed) {
			t.Errorf("erased with %v", err)
		}
		add(t, s, "ann@mail.example")
		if err := s.Erase(func() error { return nil }); err != nil {
			t.Error(err)
		}
		time.Sleep(time.Hour)
		if err := s.Close(); err != nil || d.saw().saves != 0 {
			t.Errorf("%d saves after erasing, %v", d.saw().saves, err)
		}
	})
}

// The temporary session and the sample person are never written.
func TestTemporary(t *testing.T) {
	inTime(t, func(t *testing.T, _ *session.Session, d *disk) {
		for _, s := range []*session.Session{session.New(&profile.Profile{Sample: true}, d, time.Now), session.New(&profile.Profile{}, nil, time.Now)} {
			add(t, s, "pat@mail.example")
			state(t, s, session.Temporary)
			time.Sleep(time.Hour)
			if err := errors.Join(s.Save(), s.Close()); err != nil || d.saw().tries != 0 {
				t.Errorf("%d saves, %v", d.saw().tries, err)
			}
		}
	})
}

// A saver that panics is a failed save; the program goes on.
func TestPanickingSave(t *testing.T) {
	inTime(t, func(t *testing.T, s *session.Session, d *disk) {
		d.becomes(does{panics: true})
		add(t, s, "pat@mail.example")
		time.Sleep(session.SaveDelay)
		synctest.Wait()
		state(t, s, session.Failed)
		d.becomes(does{})
		if err := s.Save(); err != nil || !strings.Contains(d.saw().last, "pat@mail.example") {
			t.Errorf("%v: %s", err, d.saw().last)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
