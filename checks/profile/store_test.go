package profile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

var ctx = context.Background()

// create makes a profile in a folder of its own.
func create(t *testing.T, passphrase string) (path string, keys *keystore.Memory, s *profile.Store) {
	t.Helper()
	path, keys = filepath.Join(t.TempDir(), "home", "profile.age"), &keystore.Memory{}
	s, _, err := profile.Create(ctx, path, keys, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return path, keys, s
}

func person(t *testing.T, email string) *profile.Profile {
	t.Helper()
	id, err := identifier.ParseEmail(email)
	if err != nil {
		t.Fatal(err)
	}
	return &profile.Profile{Version: profile.Version, Document: profile.Document{Identifiers: []profile.Own{{ID: id}}}}
}

// reopen opens what is on disk and returns the first address in it.
func reopen(t *testing.T, path string, keys keystore.Store, passphrase string) string {
	t.Helper()
	s, p, err := profile.Open(ctx, path, keys, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if len(p.Identifiers) == 0 {
		return ""
	}
	return p.Identifiers[0].ID.Value
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What was saved is there again; nothing of it can be read from the disk.
func TestSaved(t *testing.T) {
	for _, passphrase := range []string{"", "correct horse"} {
		path, keys, s := create(t, passphrase)
		must(t, s.Save(person(t, "pat@mail.example")))
		must(t, s.Close())
		if got := reopen(t, path, keys, passphrase); got != "pat@mail.example" {
			t.Errorf("found %q", got)
		}
		files, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
		if len(files) < 2 {
			t.Errorf("files %q", files)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			must(t, err)
			if bytes.Contains(b, []byte("pat")) || bytes.Contains(b, []byte("AGE-SECRET-KEY")) {
				t.Errorf("%s can be read by anybody", filepath.Base(f))
			}
			if info, _ := os.Stat(f); runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 && !strings.HasSuffix(f, ".lock") {
				t.Errorf("%s is open to others: %s", filepath.Base(f), info.Mode())
			}
		}
	}
}

// The age tool's own library opens a profile with the printed key: no lock-in.
func TestRecoveryKey(t *testing.T) {
	path, _, s := create(t, "")
	must(t, s.Save(person(t, "pat@mail.example")))
	key, err := age.ParseX25519Identity(s.RecoveryKey())
	must(t, err)
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	r, err := age.Decrypt(f, key)
	must(t, err)
	var b bytes.Buffer
	_, err = b.ReadFrom(r)
	must(t, err)
	if !strings.Contains(b.String(), "pat@mail.example") {
		t.Error("the printed key opens something else")
	}
}

// One changed byte anywhere is noticed, changes nothing on disk, and the
// version before can be had back.
func TestDamaged(t *testing.T) {
	for _, where := range []string{"first byte", "header", "middle", "last byte", "cut off", "empty", "gone"} {
		t.Run(where, func(t *testing.T) {
			path, keys, s := create(t, "")
			must(t, s.Save(person(t, "old@mail.example")))
			old := time.Now().Add(-time.Hour)
			must(t, os.Chtimes(path+".1", old, old)) // the empty one of Create
			must(t, s.Save(person(t, "pat@mail.example")))
			must(t, s.Close())
			damage(t, path, where)
			before, _ := os.ReadFile(path)
			_, _, err := profile.Open(ctx, path, keys, "")
			if !errors.Is(err, profile.ErrDamaged) {
				t.Fatalf("opened with %v", err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("opening changed the damaged file")
			}
			s, p, err := profile.Restore(ctx, path, keys, "", 0)
			must(t, err)
			must(t, s.Close())
			if len(p.Identifiers) != 1 || p.Identifiers[0].ID.Value != "old@mail.example" {
				t.Errorf("restored %+v", p.Identifiers)
			}
			if got := reopen(t, path, keys, ""); got != "old@mail.example" {
				t.Errorf("after restoring: %q", got)
			}
			if aside, err := os.ReadFile(path + ".damaged-1"); where != "gone" && (err != nil || !bytes.Equal(aside, before)) {
				t.Errorf("the damaged file was not kept: %v", err)
			}
		})
	}
}

func damage(t *testing.T, path, where string) {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	switch where {
	case "first byte":
		b[0] ^= 1
	case "header":
		b[40] ^= 1
	case "middle":
		b[len(b)/2] ^= 1
	case "last byte":
		b[len(b)-1] ^= 1
	case "cut off":
		b = b[:len(b)-10]
	case "empty":
		b = nil
	case "gone":
		must(t, os.Remove(path))
		return
	}
	must(t, os.WriteFile(path, b, 0o600))
}

// A second window is told; the first is not disturbed.
func TestTwoWindows(t *testing.T) {
	path, keys, s := create(t, "")
	if _, _, err := profile.Open(ctx, path, keys, ""); !errors.Is(err, profile.ErrInUse) {
		t.Errorf("opened twice: %v", err)
	}
	must(t, s.Save(person(t, "pat@mail.example")))
	must(t, s.Close())
	if got := reopen(t, path, keys, ""); got != "pat@mail.example" {
		t.Errorf("found %q", got)
	}
}

// keyrings that fail in every way there is.
type failing struct{ err error }

func (f failing) Get(context.Context, string) (string, error) { return "", f.err }
func (f failing) Set(context.Context, string, string) error   { return f.err }
func (f failing) Delete(context.Context, string) error        { return f.err }

// A keyring that fails never makes a new profile and never loses the old one:
// the passphrase is asked for.
func TestKeyring(t *testing.T) {
	for _, err := range []error{keystore.ErrUnavailable, keystore.ErrBusy, keystore.ErrNotFound, context.DeadlineExceeded} {
		none := filepath.Join(t.TempDir(), "profile.age")
		if _, _, got := profile.Create(ctx, none, failing{err}, ""); !errors.Is(got, profile.ErrKeyring) {
			t.Errorf("%v: created with %v", err, got)
		}
		if profile.Exists(none) {
			t.Errorf("%v: half a profile was left", err)
		}
		path, keys, s := create(t, "")
		must(t, s.Save(person(t, "pat@mail.example")))
		must(t, s.SetPassphrase("correct horse"))
		must(t, s.Close())
		before, _ := os.ReadFile(path)
		if _, _, got := profile.Open(ctx, path, failing{err}, ""); !errors.Is(got, profile.ErrLocked) {
			t.Errorf("%v: opened with %v", err, got)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%v: the profile changed", err)
		}
		if got := reopen(t, path, failing{err}, "correct horse"); got != "pat@mail.example" {
			t.Errorf("%v: with the passphrase: %q", err, got)
		}
		if got := reopen(t, path, keys, ""); got != "pat@mail.example" {
			t.Errorf("%v: once the keyring is back: %q", err, got)
		}
	}
}

func TestPassphrase(t *testing.T) {
	path, keys, s := create(t, "correct horse")
	must(t, s.Close())
	for pass, want := range map[string]error{"wrong": profile.ErrPassphrase, "": profile.ErrLocked, "correct horse ": profile.ErrPassphrase} {
		if _, _, err := profile.Open(ctx, path, keys, pass); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", pass, err, want)
		}
	}
	s, _, err := profile.Open(ctx, path, keys, "correct horse")
	must(t, err)
	must(t, s.SetPassphrase("another one"))
	if err := s.SetPassphrase(""); !errors.Is(err, profile.ErrNoSecret) {
		t.Errorf("no passphrase at all: %v", err)
	}
	must(t, s.Close())
	if _, _, err := profile.Open(ctx, path, keys, "correct horse"); !errors.Is(err, profile.ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	reopen(t, path, keys, "another one")
}

// A profile of a newer program is refused and left as it is.
func TestNewer(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.Save(&profile.Profile{Version: profile.Version + 1}))
	must(t, s.Close())
	before, _ := os.ReadFile(path)
	if _, _, err := profile.Open(ctx, path, keys, ""); !errors.Is(err, profile.ErrNewer) {
		t.Errorf("opened with %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("it was changed")
	}
	if _, _, err := profile.Open(ctx, filepath.Join(t.TempDir(), "none"), keys, ""); !errors.Is(err, profile.ErrNone) {
		t.Errorf("no profile: %v", err)
	}
	if _, _, err := profile.Create(ctx, path, keys, ""); !errors.Is(err, profile.ErrSave) {
		t.Errorf("created over another: %v", err)
	}
}

// Erasing leaves nothing, in the folder or in the keyring.
func TestErase(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.SetPassphrase("correct horse"))
	must(t, os.WriteFile(path+".damaged-1", []byte("x"), 0o600))
	name, err := os.ReadFile(path + ".id")
	must(t, err)
	must(t, s.Erase(ctx))
	left, _ := filepath.Glob(path + "*")
	if len(left) != 1 || left[0] != path+".lock" {
		t.Errorf("left behind: %q", left)
	}
	if _, err := keys.Get(ctx, strings.TrimSpace(string(name))); !errors.Is(err, keystore.ErrNotFound) {
		t.Errorf("the key is still in the keyring: %v", err)
	}
	if profile.Exists(path) {
		t.Error("an erased profile exists")
	}
}

// Previous versions reach back in time, however often the profile is saved.
func TestVersions(t *testing.T) {
	path, _, s := create(t, "")
	for i := range 20 {
		must(t, s.Save(person(t, fmt.Sprintf("v%d@mail.example", i))))
		if i%4 == 0 { // let time pass now and then
			old := time.Now().Add(-time.Hour)
			must(t, os.Chtimes(path+".1", old, old))
		}
	}
	kept, _ := filepath.Glob(path + ".[0-9]")
	if len(kept) != 5 {
		t.Errorf("kept %q", kept)
	}
}

// TestMain lets the test binary be the program that is killed.
func TestMain(m *testing.M) {
	profile.CheapPassphrases()
	if path := os.Getenv("UNLISTED_TEST_SAVES"); path != "" {
		saveForEver(path)
	}
	if path := os.Getenv("UNLISTED_TEST_FIRST"); path != "" {
		makeFirst(path, os.Getenv("UNLISTED_TEST_FIRST_PASS"))
	}
	os.Exit(m.Run())
}

// makeFirst makes a profile and saves it once, in a process of its own.
func makeFirst(path, passphrase string) {
	s, p, err := profile.Create(ctx, path, diskKeys{filepath.Dir(path)}, passphrase)
	if err == nil {
		p.Skipped = []string{"the first change"}
		err = errors.Join(s.Save(p), s.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// diskKeys is a keyring that outlives the program.
type diskKeys struct{ dir string }

func (d diskKeys) Get(_ context.Context, name string) (string, error) {
	b, err := os.ReadFile(filepath.Join(d.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return "", keystore.ErrNotFound
	}
	return string(b), err
}

func (d diskKeys) Set(_ context.Context, name, value string) error {
	return os.WriteFile(filepath.Join(d.dir, name), []byte(value), 0o600)
}

func (d diskKeys) Delete(_ context.Context, name string) error {
	return os.Remove(filepath.Join(d.dir, name))
}

func saveForEver(path string) {
	s, p, err := profile.Open(ctx, path, &keystore.Memory{}, "x")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	p.Skipped = make([]string, 2000)
	for i := 0; ; i++ {
		for j := range p.Skipped {
			p.Skipped[j] = fmt.Sprint(i) // one generation a save: a mix would show
		}
		if err := s.Save(p); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		if i == 3 {
			fmt.Println("saving")
		}
	}
}

// Killed at any moment, the profile opens, and holds one whole generation.
func TestKilled(t *testing.T) {
	path, keys, s := create(t, "x")
	must(t, s.Close())
	for round := range 5 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "UNLISTED_TEST_SAVES="+path)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		line := make([]byte, 64)
		n, _ := out.Read(line)
		if !strings.HasPrefix(string(line[:n]), "saving") {
			t.Fatalf("the other program said %q", line[:n])
		}
		time.Sleep(time.Duration(round*7) * time.Millisecond)
		must(t, cmd.Process.Kill())
		_ = cmd.Wait()
		s, p, err := profile.Open(ctx, path, keys, "x")
		must(t, err)
		for _, g := range p.Skipped {
			if g != p.Skipped[0] {
				t.Fatalf("two generations in one file: %s and %s", g, p.Skipped[0])
			}
		}
		must(t, s.Close())
		if left, _ := filepath.Glob(path + ".tmp-*"); len(left) != 0 {
			t.Errorf("left behind: %q", left)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"version":1,"identifiers":[{"id":{"kind":"email","value":"a@b.example"}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := profile.Decode(b); err == nil && p.Version != profile.Version {
			t.Errorf("version %d", p.Version)
		}
	})
}
