//go:build unix

package profile_test

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
)

// aloneEnv makes the test binary run one test by itself.
const aloneEnv = "UNLISTED_TEST_ALONE"

// alone reports whether the test runs in a process of its own, and runs it in one
// where it does not: the limit on files is the whole process's, and the log that
// "go test" keeps of files must not come up against it.
func alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(aloneEnv) != "" {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), aloneEnv+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

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
	if !alone(t) {
		return
	}
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

// However often a save fails, no previous version is lost to it.
func TestFailedSavesKeepVersions(t *testing.T) {
	if !alone(t) {
		return
	}
	path, keys, s := create(t, "")
	saved(t, s, time.Now().Add(-9*time.Hour), time.Hour, 1, 2, 3, 4, 5, 6, 7)
	big := people(8)
	big.Skipped = []string{strings.Repeat("x", 1<<20)}
	var want []int
	for range 4 {
		onFullDisk(t, 8<<10, func() {
			if err := s.Save(big); !errors.Is(err, profile.ErrSave) {
				t.Errorf("saved with %v", err)
			}
		})
		must(t, s.Close())
		got := counts(t, path, keys)
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) || len(got) < 6 || got[0] != 7 {
			t.Errorf("versions of %v addresses, want %v", got, want)
		}
		var err error
		s, _, err = profile.Open(ctx, path, keys, "")
		must(t, err)
	}
	must(t, s.Close())
}

// Where the disk is full in the middle of a record nothing may leave, what was
// written of the record is taken back, and the next one follows the last whole.
func TestLedgerOnFullDisk(t *testing.T) {
	if !alone(t) {
		return
	}
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
