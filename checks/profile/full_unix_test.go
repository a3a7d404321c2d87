//go:build unix

package profile_test

import (
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
)

// onFullDisk runs f while no file may grow beyond size bytes: that stands for a
// disk that is full.
func onFullDisk(t *testing.T, size int64, f func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
	full := old
	set(&full.Cur, size)
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full))
	f()
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old))
}

// set takes either of the types that systems count a limit in.
func set[T int64 | uint64](limit *T, size int64) { *limit = T(size) }

// A disk that is full in the middle of a save: the error says so, and the old
// profile is whole.
func TestFullDisk(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.Save(person(t, "pat@mail.example")))
	big := person(t, "new@mail.example")
	big.Skipped = []string{strings.Repeat("x", 1<<20)}
	var err error
	onFullDisk(t, 8<<10, func() { err = s.Save(big) })
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

// Where the disk is full in the middle of a record nothing may leave, what was
// written of the record is taken back, and the next one follows the last whole.
func TestLedgerOnFullDisk(t *testing.T) {
	path, s, reopen := fresh(t)
	record(t, s, sent(1))
	before, err := os.Stat(path + ".ledger")
	must(t, err)
	onFullDisk(t, before.Size()+50, func() { err = s.Ledger().Record(sent(2)) })
	if got := s.Ledger().Entries(); !errors.Is(err, profile.ErrSave) || len(got) != 1 {
		t.Errorf("it may leave: %v, listed %+v", err, got)
	}
	if after, err := os.Stat(path + ".ledger"); err != nil || after.Size() != before.Size() {
		t.Errorf("%d bytes, before %d", after.Size(), before.Size())
	}
	record(t, s, sent(3))
	if got := reopen().Ledger().Entries(); !slices.Equal(got, []outbound.Entry{sent(1), sent(3)}) {
		t.Errorf("afterwards: %+v", got)
	}
}
