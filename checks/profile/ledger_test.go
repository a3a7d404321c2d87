package profile_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

var dawn = time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)

func sent(n int) outbound.Entry {
	return outbound.Entry{ID: fmt.Sprint("id", n), Time: dawn.Add(time.Duration(n) * time.Second), Purpose: "hibp", Host: "hibp.example", Subject: "p•••@mail.example", Result: outbound.ResultSent}
}

func answered(n int) outbound.Entry {
	e := sent(n)
	e.Result, e.Bytes, e.Status = outbound.ResultAnswered, int64(n), 200
	return e
}

// fresh is a new profile in a folder of its own.
func fresh(t testing.TB) (path string, s *profile.Store, reopen func() *profile.Store) {
	t.Helper()
	path, keys := filepath.Join(t.TempDir(), "p.age"), &keystore.Memory{}
	s, _, err := profile.Create(context.Background(), path, keys, "")
	if err != nil {
		t.Fatal(err)
	}
	return path, s, func() *profile.Store {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, _, err = profile.Open(context.Background(), path, keys, ""); err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func record(t testing.TB, s *profile.Store, list ...outbound.Entry) {
	t.Helper()
	for _, e := range list {
		if err := s.Ledger().Record(e); err != nil {
			t.Fatal(err)
		}
	}
}

// What left is there at the next start, with its outcome where that is known,
// and when it left for the source's limits. The profile is not written for it.
func TestLedgerOnDisk(t *testing.T) {
	path, s, reopen := fresh(t)
	before, _ := os.Stat(path)
	refused := outbound.Entry{Time: dawn, Purpose: "leakcheck", Host: "leakcheck.io", Result: outbound.ResultRefused}
	record(t, s, sent(1), sent(2), refused, answered(1), sent(3))
	s = reopen()
	want := []outbound.Entry{answered(1), sent(2), refused, sent(3)}
	if got := s.Ledger().Entries(); !slices.Equal(got, want) || s.Ledger().Damaged() != 0 {
		t.Errorf("%+v", got)
	}
	if used := s.Ledger().Used("hibp"); len(used) != 3 || len(s.Ledger().Used("leakcheck")) != 0 {
		t.Errorf("used %v", used)
	}
	if after, _ := os.Stat(path); !after.ModTime().Equal(before.ModTime()) {
		t.Error("the profile was written")
	}
	if info, _ := os.Stat(path + ".ledger"); info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %s", info.Mode())
	}
	raw, _ := os.ReadFile(path + ".ledger")
	if bytes.Contains(raw, []byte("hibp")) || bytes.Contains(raw, []byte("mail.example")) {
		t.Error("it is not encrypted")
	}
}

// The age tool opens a record by itself, with the profile's key.
func TestLedgerIsAge(t *testing.T) {
	path, s, _ := fresh(t)
	record(t, s, sent(7))
	raw, _ := os.ReadFile(path + ".ledger")
	head, rest, _ := bytes.Cut(raw, []byte("\n"))
	if string(head) != fmt.Sprintf("record %08d", len(rest)) {
		t.Fatalf("head %q of %d bytes", head, len(rest))
	}
	key, err := age.ParseX25519Identity(s.RecoveryKey())
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(rest), key)
	if err != nil {
		t.Fatal(err)
	}
	var plain bytes.Buffer
	if _, err := plain.ReadFrom(r); err != nil || !strings.Contains(plain.String(), `"host":"hibp.example"`) {
		t.Errorf("%s, %v", plain.String(), err)
	}
}

// Many records are packed into one, which says the same.
func TestLedgerPacks(t *testing.T) {
	path, s, reopen := fresh(t)
	var want []outbound.Entry
	for n := range 300 {
		record(t, s, sent(n), answered(n))
		want = append(want, answered(n))
	}
	used := s.Ledger().Used("hibp")
	large, _ := os.Stat(path + ".ledger")
	for range 2 {
		s = reopen()
		if got := s.Ledger().Entries(); !slices.Equal(got, want) || !slices.EqualFunc(used, s.Ledger().Used("hibp"), time.Time.Equal) {
			t.Fatalf("%d entries, used %d times", len(got), len(s.Ledger().Used("hibp")))
		}
	}
	if small, _ := os.Stat(path + ".ledger"); small.Size() > large.Size()/2 {
		t.Errorf("%d bytes, before %d", small.Size(), large.Size())
	}
}

// However the file is damaged, every record that is whole is read, the damage is
// told, nothing in it is written over, and what leaves next is kept.
func TestLedgerDamaged(t *testing.T) {
	path, s, reopen := fresh(t)
	var ends []int64
	for n := range 12 {
		record(t, s, sent(n))
		info, _ := os.Stat(path + ".ledger")
		ends = append(ends, info.Size())
	}
	whole, _ := os.ReadFile(path + ".ledger")
	rapid.Check(t, func(t *rapid.T) {
		raw := slices.Clone(whole)
		switch rapid.IntRange(0, 3).Draw(t, "damage") {
		case 0: // cut off
			at := rapid.Int64Range(1, int64(len(raw))-1).Draw(t, "at")
			raw = raw[:at]
		case 1: // bytes turned
			for range rapid.IntRange(1, 4).Draw(t, "flips") {
				at := rapid.IntRange(0, len(raw)-1).Draw(t, "at")
				raw[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "by"))
				if raw[at] == whole[at] {
					raw[at] ^= 1
				}
			}
		case 2: // a piece gone
			from := rapid.Int64Range(0, int64(len(raw))-2).Draw(t, "from")
			to := rapid.Int64Range(from+1, int64(len(raw))-1).Draw(t, "to")
			raw = slices.Delete(raw, int(from), int(to))
		case 3: // something in between
			n := rapid.IntRange(0, len(ends)-1).Draw(t, "after")
			junk := rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "junk")
			raw = slices.Insert(raw, int(ends[n]), junk...)
		}
		if err := os.WriteFile(path+".ledger", raw, 0o600); err != nil {
			t.Fatal(err)
		}
		s = reopen()
		var want []outbound.Entry
		start := int64(0)
		for n, end := range ends {
			if bytes.Contains(raw, whole[start:end]) { // what is left may make a record whole again by chance
				want = append(want, sent(n))
			}
			start = end
		}
		if got := s.Ledger().Entries(); !slices.Equal(got, want) {
			t.Fatalf("%d of %d read", len(got), len(want))
		}
		if (s.Ledger().Damaged() == 0) != clean(raw, whole, ends) {
			t.Fatalf("damage in %d places told", s.Ledger().Damaged())
		}
		if err := s.Ledger().Record(sent(99)); err != nil {
			t.Fatal(err)
		}
		if now, _ := os.ReadFile(path + ".ledger"); !bytes.HasPrefix(now, raw) {
			t.Fatal("what stood there was written over")
		}
		if got := reopen().Ledger().Entries(); !slices.Equal(got, append(want, sent(99))) {
			t.Fatalf("after one more: %d of %d: %+v", len(got), len(want)+1, got)
		}
	})
}

// clean reports whether what is left of a ledger is whole records only.
func clean(raw, whole []byte, ends []int64) bool {
	start := int64(0)
	for _, end := range ends {
		raw = bytes.Replace(raw, whole[start:end], nil, 1)
		start = end
	}
	return len(raw) == 0
}

// Of a file whose start is gone, by however much, the records behind the first
// are read.
func TestLedgerWithoutItsStart(t *testing.T) {
	path, s, reopen := fresh(t)
	record(t, s, sent(1), sent(2), sent(3))
	whole, err := os.ReadFile(path + ".ledger")
	if err != nil {
		t.Fatal(err)
	}
	for cut := 1; cut < 45; cut++ {
		if err := os.WriteFile(path+".ledger", whole[cut:], 0o600); err != nil {
			t.Fatal(err)
		}
		l := reopen().Ledger()
		if got := l.Entries(); !slices.Equal(got, []outbound.Entry{sent(2), sent(3)}) || l.Damaged() != 1 {
			t.Errorf("without %d bytes: %+v, damaged in %d places", cut, got, l.Damaged())
		}
	}
}

// A list that cannot be written lets nothing leave, and says so.
func TestLedgerRefuses(t *testing.T) {
	path, s, reopen := fresh(t)
	record(t, s, sent(1))
	full, _ := os.ReadFile(path + ".ledger")
	if err := os.Remove(path + ".ledger"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path+".ledger", 0o700); err != nil { // nobody can write to it, root neither
		t.Fatal(err)
	}
	if err := s.Ledger().Record(sent(2)); err == nil {
		t.Error("nothing was kept, and it may leave")
	}
	if got := s.Ledger().Entries(); len(got) != 1 {
		t.Errorf("listed: %+v", got)
	}
	s = reopen()
	if err := s.Ledger().Record(sent(2)); err == nil || s.Ledger().Damaged() == 0 {
		t.Errorf("a list that cannot be read: %v, damaged %d", err, s.Ledger().Damaged())
	}
	if err := os.Remove(path + ".ledger"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".ledger", full, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := reopen().Ledger().Entries(); !slices.Equal(got, []outbound.Entry{sent(1)}) {
		t.Errorf("after all: %+v", got)
	}
}

// What profiles of older versions hold themselves is taken over, once, however
// often they are opened before they are saved and whichever version is restored.
func TestLedgerCarriedOver(t *testing.T) {
	path, s, reopen := fresh(t)
	old := outbound.Entry{Time: dawn, Purpose: "hibp", Host: "hibp.example", Bytes: 4, Status: 200, Result: outbound.ResultAnswered}
	p := &profile.Profile{Version: profile.Version, Ledger: []outbound.Entry{old, old, {Time: dawn, Purpose: "x", Result: outbound.ResultFailed}}, Limits: map[string][]time.Time{"hibp": {dawn, dawn}}}
	key, err := age.ParseX25519Identity(s.RecoveryKey())
	if err != nil {
		t.Fatal(err)
	}
	file, err := profile.Seal(p, key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	for range 3 {
		s = reopen()
		if got := s.Ledger().Entries(); !slices.Equal(got, p.Ledger) || len(s.Ledger().Used("hibp")) != 2 {
			t.Errorf("%+v, used %v", got, s.Ledger().Used("hibp"))
		}
		info, err := os.Stat(path + ".ledger")
		if err != nil || size != 0 && info.Size() != size {
			t.Errorf("taken over again: %d bytes, before %d, %v", info.Size(), size, err)
		}
		size = info.Size()
	}
	record(t, s, sent(1))
	stored, err := s.Reread()
	if err != nil || len(stored.Ledger) != 3 {
		t.Fatalf("%v", err)
	}
	if err := s.Save(stored); err != nil {
		t.Fatal(err)
	}
	if stored, err = s.Reread(); err != nil || len(stored.Ledger) != 0 || len(stored.Limits) != 0 {
		t.Errorf("the profile still holds %+v, %v", stored, err)
	}
	if got := reopen().Ledger().Entries(); !slices.Equal(got, append(slices.Clone(p.Ledger), sent(1))) {
		t.Errorf("%+v", got)
	}
}

// Erased means gone from the file; only when sources were asked stays, for their
// limits.
func TestLedgerErased(t *testing.T) {
	path, s, reopen := fresh(t)
	record(t, s, sent(1), answered(1), sent(2))
	if err := s.Ledger().Erase(); err != nil {
		t.Fatal(err)
	}
	s = reopen()
	if len(s.Ledger().Entries()) != 0 || len(s.Ledger().Used("hibp")) != 2 {
		t.Errorf("%+v, used %v", s.Ledger().Entries(), s.Ledger().Used("hibp"))
	}
	record(t, s, sent(3))
	if got := reopen().Ledger().Entries(); !slices.Equal(got, []outbound.Entry{sent(3)}) {
		t.Errorf("%+v", got)
	}
	if err := s.Erase(context.Background()); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(path + "*"); len(left) > 1 || len(left) == 1 && !strings.HasSuffix(left[0], ".lock") {
		t.Errorf("left %q", left)
	}
}

// Two processes, and many goroutines, that write at the same moment lose nothing.
func TestLedgerShared(t *testing.T) {
	_, s, reopen := fresh(t)
	second := s.SecondLedger()
	var all sync.WaitGroup
	for n := range 40 {
		l := s.Ledger()
		if n%2 == 1 {
			l = second
		}
		all.Go(func() {
			if err := l.Record(sent(n)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := reopen().Ledger()
	if len(got.Entries()) != 40 || got.Damaged() != 0 {
		t.Errorf("%d entries, damage %d", len(got.Entries()), got.Damaged())
	}
}
