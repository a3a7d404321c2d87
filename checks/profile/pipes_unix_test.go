//go:build unix

package profile_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

// A pipe or a socket in the place of the profile is told at once:
// nothing waits for somebody to write into it.
func TestPipesInPlace(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.age")
	must(t, syscall.Mkfifo(pipe, 0o600))
	notAFile(t, pipe)
	behind := filepath.Join(dir, "behind.age")
	must(t, os.Symlink(pipe, behind))
	notAFile(t, behind)
	short, err := os.MkdirTemp("", "s") // a socket's name has a short limit
	must(t, err)
	defer os.RemoveAll(short)
	l, err := net.Listen("unix", filepath.Join(short, "p.age"))
	must(t, err)
	defer l.Close()
	notAFile(t, filepath.Join(short, "p.age"))
}

// Pipes in place of what stands beside the profile do not hold it up either.
func TestPipesBeside(t *testing.T) {
	for ext, want := range map[string]error{".lock": profile.ErrNotAFile, ".id": profile.ErrLocked, ".key": profile.ErrLocked, ".1": nil} {
		path, keys, s := create(t, "x")
		must(t, s.UseKeyring(ctx))
		must(t, s.Close())
		_ = os.Remove(path + ext)
		must(t, syscall.Mkfifo(path+ext, 0o600))
		secret := ""
		if ext == ".key" {
			secret = "x"
		}
		s, _, err := profile.Open(ctx, path, keys, secret)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", ext, err, want)
		}
		if err == nil {
			must(t, s.Save(person(t, "pat@mail.example")))
			must(t, s.Close())
			if list, err := profile.Revisions(ctx, path, &keystore.Memory{}, "x"); err != nil || len(list) < 2 {
				t.Errorf("%s: %+v, %v", ext, list, err)
			}
		}
	}
}
