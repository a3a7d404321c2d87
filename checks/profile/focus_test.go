package profile_test

import (
	"context"
	"os"
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

// A link in the place of the request is not followed: what it leads to stays as it is.
func TestFocusFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	path, other := filepath.Join(dir, "profile.age"), filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(other, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, path+".focus"); err != nil {
		t.Fatal(err)
	}
	if err := profile.RequestFocus(path); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(other); err != nil || string(got) != "mine" {
		t.Errorf("the file behind the link now holds %q (%v)", got, err)
	}
	if info, err := os.Lstat(path + ".focus"); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the request is %v (%v)", info, err)
	}
}
