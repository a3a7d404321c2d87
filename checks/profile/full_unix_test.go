//go:build unix

package profile_test

import (
	"errors"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"unlisted/checks/profile"
)

// A disk that is full in the middle of a save: the error says so, and the old
// profile is whole. The limit on file size stands for the disk.
func TestFullDisk(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.Save(person(t, "pat@mail.example")))
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 8 << 10, Max: old.Max}))
	big := person(t, "new@mail.example")
	big.Skipped = []string{strings.Repeat("x", 1<<20)}
	err := s.Save(big)
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old))
	if !errors.Is(err, profile.ErrSave) {
		t.Fatalf("saved with %v", err)
	}
	must(t, s.Close())
	if got := reopen(t, path, keys, ""); got != "pat@mail.example" {
		t.Errorf("afterwards: %q", got)
	}
	if left, _ := filepath.Glob(path + "*tmp*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
