package profile_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

// people is a profile with n addresses.
func people(n int) *profile.Profile {
	p := &profile.Profile{Version: profile.Version}
	for i := range n {
		p.Identifiers = append(p.Identifiers, profile.Own{ID: identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("p%d@mail.example", i)}})
	}
	return p
}

// saved writes profiles of so many addresses, each at a time of its own.
func saved(t *testing.T, s *profile.Store, at time.Time, between time.Duration, counts ...int) {
	t.Helper()
	if _, err := os.Stat(s.Path() + ".1"); err != nil { // just created
		must(t, os.Chtimes(s.Path(), at.Add(-time.Minute), at.Add(-time.Minute)))
	}
	for i, n := range counts {
		must(t, s.Save(people(n)))
		when := at.Add(time.Duration(i) * between)
		must(t, os.Chtimes(s.Path(), when, when))
	}
}

// counts are the addresses in the present file and its versions; -1 cannot be
// read.
func counts(t *testing.T, path string, keys keystore.Store) (out []int) {
	t.Helper()
	list, err := profile.Revisions(ctx, path, keys, "")
	must(t, err)
	for _, r := range list {
		n := r.Contents.Identifiers
		if r.Err != nil {
			n = -1
		}
		for len(out) < r.N {
			out = append(out, -2) // none of that number
		}
		out = append(out, n)
	}
	return out
}

// The save before the present one is always there; older ones lie ten minutes
// apart, however often the profile is saved and whatever the clock did.
func TestRotation(t *testing.T) {
	noon := time.Now().Add(-24 * time.Hour)
	for name, c := range map[string]struct {
		saves func(*profile.Store)
		want  []int
	}{
		"a first session of a minute": {func(s *profile.Store) { saved(t, s, noon, 10*time.Second, 1, 2, 3, 4, 5) }, []int{5, 4, 0}},
		"an hour apart":               {func(s *profile.Store) { saved(t, s, noon, time.Hour, 1, 2, 3, 4, 5, 6, 7) }, []int{7, 6, 5, 4, 3, 2}},
		"three minutes apart":         {func(s *profile.Store) { saved(t, s, noon, 3*time.Minute, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) }, []int{12, 11, 8, 4, 0}},
		"a clock that ran ahead": {func(s *profile.Store) {
			saved(t, s, noon, time.Hour, 1, 2)
			saved(t, s, noon.AddDate(73, 0, 0), time.Hour, 3)
			saved(t, s, noon.Add(5*time.Hour), time.Hour, 4, 5, 6, 7)
		}, []int{7, 6, 5, 4, 3, 2}},
		"a clock that went back": {func(s *profile.Store) {
			saved(t, s, noon, time.Hour, 1, 2, 3)
			saved(t, s, time.Date(1971, 1, 1, 0, 0, 0, 0, time.UTC), time.Hour, 4, 5, 6)
		}, []int{6, 5, 4, 3, 2, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			path, keys, s := create(t, "")
			c.saves(s)
			must(t, s.Close())
			if got := counts(t, path, keys); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("kept %v, want %v", got, c.want)
			}
		})
	}
}

// Restoring never brings an emptier state than it must: the newest that is not
// empty, and the person's choice where an older one holds far more.
func TestNewest(t *testing.T) {
	damaged := errors.New("damaged")
	holds := func(ns ...int) (out []profile.Revision) {
		for i, n := range ns {
			r := profile.Revision{N: i, Contents: profile.Contents{Findings: n}}
			if n < 0 {
				r.Err = damaged
			}
			out = append(out, r)
		}
		return out
	}
	for _, c := range []struct {
		list []profile.Revision
		n    int
		sure bool
	}{
		{holds(-1, 10, 9, 0), 1, true},
		{holds(-1, 0, 9, 8), 2, true},
		{holds(-1, -1, -1, 8), 3, true},
		{holds(-1, 0, 0), 1, true},
		{holds(-1, 4, 9), 1, false},
		{holds(-1, 5, 9), 1, true},
		{holds(-1, 4, 8), 1, true},
		{holds(-1, 1), 1, true},
		{holds(-1, -1), 0, false},
		{holds(7), 0, false},
		{holds(0, -1, 3), 2, true},
		{nil, 0, false},
	} {
		if n, sure := profile.Newest(c.list); n != c.n || sure != c.sure {
			t.Errorf("%+v: %d, %v; want %d, %v", c.list, n, sure, c.n, c.sure)
		}
	}
}

// After a first session of a minute a damaged file costs the last change, not
// all; the person can go further back, and what was there stays.
func TestRestore(t *testing.T) {
	for _, passphrase := range []string{"", "correct horse"} {
		path, keys, s := create(t, passphrase)
		saved(t, s, time.Now().Add(-time.Hour), time.Second, 1, 2, 3, 4, 5)
		must(t, s.Close())
		damage(t, path, "middle")
		open := func(n int) (int, error) {
			s, p, err := profile.Restore(ctx, path, keys, passphrase, n)
			if err != nil {
				return 0, err
			}
			must(t, s.Close())
			return len(p.Identifiers), nil
		}
		if n, err := open(0); err != nil || n != 4 {
			t.Fatalf("restored %d addresses, %v", n, err)
		}
		if n, err := open(0); err != nil || n != 4 {
			t.Errorf("once more: %d addresses, %v", n, err)
		}
		if n, err := open(4); !errors.Is(err, profile.ErrNoVersion) {
			t.Errorf("a version that is not there: %d, %v", n, err)
		}
		if n, err := open(2); err != nil || n != 0 {
			t.Errorf("the person's choice, the empty one: %d, %v", n, err)
		}
		if n, err := open(1); err != nil || n != 4 {
			t.Errorf("and back: %d, %v", n, err)
		}
		if _, err := os.Stat(path + ".damaged-1"); err != nil {
			t.Error("the damaged file is not kept")
		}
	}
}

// Where nothing can be read, or nothing is left but the key, that is told.
func TestRestoreOfNothing(t *testing.T) {
	for _, gone := range []bool{false, true} {
		path, keys, s := create(t, "")
		saved(t, s, time.Now().Add(-9*time.Hour), time.Hour, 3, 4)
		must(t, s.Close())
		must(t, os.Remove(path))
		for _, version := range []string{".1", ".2", ".3", ".4", ".5"} {
			if _, err := os.Stat(path + version); err != nil {
				continue
			}
			if gone {
				must(t, os.Remove(path+version))
			} else {
				must(t, os.WriteFile(path+version, []byte("age"), 0o600))
			}
		}
		want := profile.ErrDamaged
		if gone {
			want = profile.ErrNone
		}
		if _, _, err := profile.Restore(ctx, path, keys, "", 0); !errors.Is(err, want) {
			t.Errorf("all gone: %t, %v", gone, err)
		}
	}
}

// Each damaged file is kept, under a number of its own.
func TestEachDamagedFileIsKept(t *testing.T) {
	path, keys, s := create(t, "")
	saved(t, s, time.Now().Add(-9*time.Hour), time.Hour, 3, 4, 5)
	must(t, s.Close())
	for _, n := range []string{"1", "2", "3"} {
		damage(t, path, "cut off")
		before, err := os.ReadFile(path)
		must(t, err)
		s, _, err := profile.Restore(ctx, path, keys, "", 1)
		must(t, err)
		must(t, s.Close())
		if kept, err := os.ReadFile(path + ".damaged-" + n); err != nil || !bytes.Equal(kept, before) {
			t.Errorf("damaged file %s: %d bytes of %d, %v", n, len(kept), len(before), err)
		}
	}
}

// An empty previous version is passed over for a fuller older one.
func TestRestorePassesOverEmpty(t *testing.T) {
	path, keys, s := create(t, "")
	saved(t, s, time.Now().Add(-9*time.Hour), time.Hour, 3, 4, 0, 5)
	must(t, s.Close())
	damage(t, path, "cut off")
	s, p, err := profile.Restore(ctx, path, keys, "", 0)
	must(t, err)
	must(t, s.Close())
	if len(p.Identifiers) != 4 {
		t.Errorf("restored %d addresses", len(p.Identifiers))
	}
	for _, f := range []string{path, path + ".1", path + ".2", path + ".3", path + ".4", path + ".5"} {
		if _, err := os.Stat(f); err == nil {
			damage(t, f, "first byte")
		}
	}
	before, _ := filepath.Glob(path + "*")
	if _, _, err := profile.Restore(ctx, path, keys, "", 0); !errors.Is(err, profile.ErrDamaged) {
		t.Errorf("nothing can be read: %v", err)
	}
	if after, _ := filepath.Glob(path + "*"); len(after) != len(before) {
		t.Errorf("%q became %q", before, after)
	}
}
