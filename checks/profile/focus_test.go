package profile_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"unlisted/checks/profile"
)

// Each request reaches the window that has the profile open; other files of the
// folder, and those of other profiles, are none.
func TestFocusIsRequested(t *testing.T) {
	path := filepath.Join(t.TempDir(), "profile.age")
	ctx, cancel := context.WithCancel(t.Context())
	asked, ended := make(chan struct{}, 10), make(chan error, 1)
	go func() { ended <- profile.WatchFocus(ctx, path, func() { asked <- struct{}{} }) }()
	for range 3 {
		for got := false; !got; {
			if err := profile.RequestFocus(path + "other"); err != nil {
				t.Fatal(err)
			}
			if err := profile.RequestFocus(path); err != nil {
				t.Fatal(err)
			}
			select {
			case <-asked:
				got = true
			case <-time.After(100 * time.Millisecond): // it was not watching yet
			case err := <-ended:
				t.Fatal("it stopped watching:", err)
			}
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
