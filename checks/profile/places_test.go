package profile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

// Whatever the moment at which the very first save was stopped: either nothing
// has begun, and beginning works, or the profile opens. A key without a profile
// is kept aside.
func TestStoppedAtTheFirstSave(t *testing.T) {
	for name, left := range map[string][]string{
		"folder only":         {},
		"lock":                {".lock"},
		"half a key":          {".lock", ".key.tmp-1"},
		"key":                 {".lock", ".key"},
		"key, half a profile": {".lock", ".key", ".tmp-1"},
		"half a name":         {".lock", ".id.tmp-1"},
		"name":                {".lock", ".id"},
		"name and key":        {".lock", ".id", ".key", ".tmp-9"},
	} {
		for _, passphrase := range []string{"", "correct horse"} {
			path, keys := filepath.Join(t.TempDir(), "profile.age"), &keystore.Memory{}
			for _, ext := range left {
				must(t, os.WriteFile(path+ext, []byte("left"+ext), 0o600))
			}
			if _, _, err := profile.Open(ctx, path, keys, passphrase); !errors.Is(err, profile.ErrNone) {
				t.Errorf("%s: opened with %v", name, err)
			}
			if profile.Exists(path) {
				t.Errorf("%s: counts as a profile", name)
			}
			s, _, err := profile.Create(ctx, path, keys, passphrase)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			must(t, s.Save(person(t, "pat@mail.example")))
			must(t, s.Close())
			if got := reopen(t, path, keys, passphrase); got != "pat@mail.example" {
				t.Errorf("%s: then %q", name, got)
			}
			for _, ext := range []string{".key", ".id"} {
				aside, err := os.ReadFile(path + ext + ".unused-1")
				if was := strings.Contains(strings.Join(left, " ")+" ", ext+" "); was != (err == nil && string(aside) == "left"+ext) {
					t.Errorf("%s: of the old %s there is %q, %v", name, ext, aside, err)
				}
			}
			if tmp, _ := filepath.Glob(path + "*.tmp-*"); len(tmp) > 0 {
				t.Errorf("%s: left behind %q", name, tmp)
			}
		}
	}
}

// A profile of which only previous versions are there is no beginning: nothing
// is made over it, and a version can be restored.
func TestOnlyVersionsLeft(t *testing.T) {
	path, keys, s := create(t, "x")
	must(t, s.Save(person(t, "pat@mail.example")))
	must(t, s.Save(person(t, "ann@mail.example")))
	must(t, s.Close())
	must(t, os.Remove(path))
	if _, _, err := profile.Open(ctx, path, keys, "x"); !errors.Is(err, profile.ErrDamaged) {
		t.Errorf("opened with %v", err)
	}
	if _, _, err := profile.Create(ctx, path, keys, "x"); !errors.Is(err, profile.ErrSave) {
		t.Errorf("created with %v", err)
	}
	s, p, err := profile.Restore(ctx, path, keys, "x", 0)
	must(t, err)
	must(t, s.Close())
	if len(p.Identifiers) != 1 || p.Identifiers[0].ID.Value != "pat@mail.example" {
		t.Errorf("restored %+v", p.Identifiers)
	}
}

// A profile behind a link stays there: the link is never replaced, everything is
// written beside what it leads to, and the key is found on either side.
func TestBehindALink(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // links want rights there
	}
	for _, moved := range [][]string{{""}, {"", ".key", ".id"}, {"", ".key", ".id", ".1"}} {
		for _, passphrase := range []string{"", "x"} {
			path, keys, s := create(t, passphrase)
			must(t, s.Save(person(t, "pat@mail.example")))
			must(t, s.Close())
			stick := filepath.Join(t.TempDir(), "stick")
			must(t, os.Mkdir(stick, 0o700))
			target := filepath.Join(stick, "mine.age")
			for _, ext := range moved {
				if _, err := os.Lstat(path + ext); err == nil {
					must(t, os.Rename(path+ext, target+ext))
				}
			}
			must(t, os.Symlink(target, path))
			before, err := os.ReadFile(target)
			must(t, err)

			s, _, err = profile.Open(ctx, path, keys, passphrase)
			must(t, err)
			if _, _, err := profile.Open(ctx, target, keys, passphrase); !errors.Is(err, profile.ErrInUse) {
				t.Errorf("opened by its other name at the same time: %v", err)
			}
			must(t, s.Save(person(t, "ann@mail.example")))
			must(t, s.SetPassphrase("another one"))
			must(t, s.Close())
			if info, err := os.Lstat(path); err != nil || info.Mode()&os.ModeSymlink == 0 {
				t.Errorf("%q: the link was replaced", moved)
			}
			after, err := os.ReadFile(target)
			must(t, err)
			if kept, err := os.ReadFile(target + ".1"); bytes.Equal(before, after) || err != nil || !bytes.Equal(kept, before) {
				t.Errorf("%q: the target was not saved with its version: %v", moved, err)
			}
			if got := reopen(t, path, keys, "another one"); got != "ann@mail.example" {
				t.Errorf("%q: by the link %q", moved, got)
			}
			if _, _, err := profile.Open(ctx, path, keys, "x"); !errors.Is(err, profile.ErrPassphrase) {
				t.Errorf("%q: the old passphrase: %v", moved, err)
			}
			s, _, err = profile.Open(ctx, path, keys, "another one")
			must(t, err)
			must(t, s.Erase(ctx))
			for _, p := range []string{path, target} {
				left, _ := filepath.Glob(p + "*")
				for _, f := range left {
					if f != p+".lock" {
						t.Errorf("%q: erased, and there is %s", moved, f)
					}
				}
			}
		}
	}
}

// A link that leads nowhere is a drive that is not plugged in: told, and nothing
// is made in its place.
func TestLinkToNowhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	dir := t.TempDir()
	path, loop := filepath.Join(dir, "profile.age"), filepath.Join(dir, "loop.age")
	must(t, os.Symlink(filepath.Join(dir, "stick", "mine.age"), path))
	must(t, os.Symlink(loop, loop))
	for _, p := range []string{path, loop} {
		for what, f := range ways(p) {
			if err := f(); !errors.Is(err, profile.ErrLink) {
				t.Errorf("%s of %s: %v", what, filepath.Base(p), err)
			}
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("there is %v", entries)
	}
}

// ways are all the ways to begin with a profile.
func ways(path string) map[string]func() error {
	keys := &keystore.Memory{}
	return map[string]func() error{
		"open":     func() error { _, _, err := profile.Open(ctx, path, keys, "x"); return err },
		"create":   func() error { _, _, err := profile.Create(ctx, path, keys, "x"); return err },
		"restore":  func() error { _, _, err := profile.Restore(ctx, path, keys, "x", 0); return err },
		"versions": func() error { _, err := profile.Revisions(ctx, path, keys, "x"); return err },
	}
}

// A folder in the place of the profile is told, and left as it is.
func TestFolderInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "profile.age")
	must(t, os.Mkdir(path, 0o700))
	notAFile(t, path)
}

func notAFile(t *testing.T, path string) {
	t.Helper()
	before, err := os.Lstat(path)
	must(t, err)
	for what, f := range ways(path) {
		if err := f(); !errors.Is(err, profile.ErrNotAFile) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if after, err := os.Lstat(path); err != nil || after.Mode() != before.Mode() {
		t.Errorf("it was replaced: %v", err)
	}
}

// Nothing else may be written where the profile, its key, its versions or what
// is recorded beside it stand, however the name is written.
func TestBelongs(t *testing.T) {
	path, _, s := create(t, "x")
	must(t, s.Close())
	dir := filepath.Dir(path)
	inside := filepath.Join(dir, "sub")
	must(t, os.Mkdir(inside, 0o700))
	yes := []string{path, path + ".key", path + ".1", path + ".5", path + ".lock", path + ".ledger", path + ".damaged-3", filepath.Join(inside, "..", "profile.age"), filepath.Join(dir, "PROFILE.AGE.key")}
	no := []string{filepath.Join(dir, "report.html"), filepath.Join(dir, "profile.agenda"), filepath.Join(inside, "profile.age"), filepath.Join(dir, "nowhere", "profile.age"), filepath.Join(dir, "my-profile.age")}
	if runtime.GOOS != "windows" {
		link, hard, folder := filepath.Join(inside, "link"), filepath.Join(inside, "hard.html"), filepath.Join(inside, "folder")
		must(t, os.Symlink(path+".key", link))
		must(t, os.Link(path, hard))
		must(t, os.Symlink(dir, folder))
		yes = append(yes, link, hard, filepath.Join(folder, "profile.age.2"))
		far := filepath.Join(inside, "far.age")
		must(t, os.Symlink(path, far))
		if !profile.Belongs(far, path+".3") || profile.Belongs(far, filepath.Join(dir, "report.html")) {
			t.Error("of a profile behind a link, the files beside its target are not told from others")
		}
	}
	for _, f := range yes {
		if !profile.Belongs(path, f) {
			t.Errorf("%s would be overwritten", f)
		}
	}
	for _, f := range no {
		if profile.Belongs(path, f) {
			t.Errorf("%s may not be written", f)
		}
	}
	if wd, err := os.Getwd(); err != nil || profile.Belongs(path, "report.html") || wd == "" {
		t.Error("a bare name is taken for the profile's")
	}
}
