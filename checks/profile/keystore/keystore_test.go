package keystore

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

// A keyring that waits for a prompt nobody sees ends at the deadline, and the
// next call does not queue up behind it.
func TestHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, release := &System{}, make(chan struct{})
		wait := func() (string, error) { <-release; return "late", nil }
		start := time.Now()
		if _, err := s.call(context.Background(), wait); !errors.Is(err, ErrUnavailable) || time.Since(start) != Silent {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		if _, err := s.call(context.Background(), wait); !errors.Is(err, ErrBusy) {
			t.Errorf("the next call: %v", err)
		}
		close(release)
		synctest.Wait()
		if v, err := s.call(context.Background(), func() (string, error) { return "fine", nil }); err != nil || v != "fine" {
			t.Errorf("once it came back: %q, %v", v, err)
		}
		told, cancel := context.WithTimeout(context.Background(), Told)
		defer cancel()
		if v, err := s.call(told, func() (string, error) { time.Sleep(50 * time.Second); return "typed", nil }); err != nil || v != "typed" {
			t.Errorf("a person who types slowly: %q, %v", v, err)
		}
	})
}

// Both stores behave alike.
func TestStores(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere") // there is a bus, as far as anybody knows
	keyring.MockInit()
	for name, s := range map[string]Store{"system": &System{}, "memory": &Memory{}} {
		ctx := context.Background()
		if _, err := s.Get(ctx, "a"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: nothing there: %v", name, err)
		}
		if err := errors.Join(s.Set(ctx, "a", "1"), s.Set(ctx, "a", "2")); err != nil {
			t.Fatal(err)
		}
		if v, err := s.Get(ctx, "a"); err != nil || v != "2" {
			t.Errorf("%s: %q, %v", name, v, err)
		}
		if err := errors.Join(s.Delete(ctx, "a"), s.Delete(ctx, "a")); err != nil {
			t.Errorf("%s: deleting twice: %v", name, err)
		}
		if _, err := s.Get(ctx, "a"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: deleted: %v", name, err)
		}
	}
	keyring.MockInitWithError(errors.New("secret-service: locked collection of pat"))
	if _, err := (&System{}).Get(context.Background(), "a"); err != ErrUnavailable { //nolint:errorlint // no other text may come along
		t.Errorf("a failing keyring: %v", err)
	}
}
