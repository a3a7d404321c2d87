//go:build unix

package atomicfile_test

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"unlisted/checks/atomicfile"
)

// Nothing is written through a link or into a pipe, and neither is replaced.
func TestLinksAndPipes(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	must(t, os.WriteFile(target, []byte("mine"), 0o600))
	must(t, os.Symlink(target, link))
	dangling := filepath.Join(dir, "dangling")
	must(t, os.Symlink(filepath.Join(dir, "gone"), dangling))
	pipe := filepath.Join(dir, "pipe")
	must(t, syscall.Mkfifo(pipe, 0o600))
	for _, p := range []string{link, dangling, pipe} {
		before, _ := os.Lstat(p)
		if err := atomicfile.WriteBytes(p, []byte("x")); !errors.Is(err, atomicfile.ErrNotAFile) {
			t.Errorf("%s: %v", p, err)
		}
		if after, err := os.Lstat(p); err != nil || after.Mode() != before.Mode() {
			t.Errorf("%s was replaced", p)
		}
	}
	if content(t, target) != "mine" {
		t.Error("written through the link")
	}
}

// A disk that is full in the middle leaves what was there, and nothing half
// written, not even of nothing. The limit on file size stands for the disk.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	path, fresh := filepath.Join(dir, "report.html"), filepath.Join(dir, "card.html")
	must(t, atomicfile.WriteBytes(path, []byte("before")))
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4 << 10, Max: old.Max}))
	large := func(w io.Writer) error {
		for range 100 {
			_, _ = io.WriteString(w, strings.Repeat("x", 1000)) // one who does not look
		}
		return nil
	}
	errs := []error{atomicfile.Write(path, large), atomicfile.Write(fresh, large)}
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old))
	for _, err := range errs {
		if !errors.Is(err, atomicfile.ErrWrite) || !errors.Is(err, syscall.EFBIG) {
			t.Errorf("written with %v", err)
		}
	}
	if content(t, path) != "before" {
		t.Error("what was there is gone")
	}
	alone(t, dir, "report.html")
}
