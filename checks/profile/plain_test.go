package profile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// The four ways to alter a list or a map do what plain loops do, on a copy: what
// was given stays what it was, to the last free place behind it.
func TestCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.IntRange(0, 4), 0, 6).Draw(t, "list")
		v := rapid.IntRange(0, 4).Draw(t, "v")
		roomy := append(make([]int, 0, 20), list...)
		var without []int
		for _, x := range list {
			if x != v {
				without = append(without, x)
			}
		}
		if got := profile.With(roomy, v, v); !slices.Equal(got, append(slices.Clone(list), v, v)) {
			t.Fatalf("with %v", got)
		}
		if got := profile.Without(roomy, func(x int) bool { return x == v }); !slices.Equal(got, without) {
			t.Fatalf("without %v", got)
		}
		m, plain := map[int]int{}, map[int]int{}
		for i, x := range list {
			m[x], plain[x] = i, i
		}
		put, drop := profile.Put(m, v, 99), profile.Drop(m, v)
		if put[v] != 99 || len(put) != len(profile.Put(put, v, 1)) {
			t.Fatalf("put %v", put)
		}
		if _, still := drop[v]; still {
			t.Fatalf("dropped %v", drop)
		}
		for k, x := range plain {
			if k != v && (put[k] != x || drop[k] != x) {
				t.Fatalf("%d is lost from %v or %v", k, put, drop)
			}
		}
		if !reflect.DeepEqual(m, plain) || !slices.Equal(roomy, list) || !slices.Equal(roomy[:cap(roomy)][len(list):], make([]int, 20-len(list))) {
			t.Fatal("what was given was written to")
		}
	})
	if got := profile.Put[string](nil, "a", 1); got["a"] != 1 {
		t.Errorf("put into nothing: %v", got)
	}
}

// The person's list: added once however written, no longer refused then, and
// taken off in any spelling, with the last day of a number.
func TestOwnList(t *testing.T) {
	id := func(s string) identifier.Identifier {
		v, err := identifier.Parse(s, "")
		must(t, err)
		return v
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	stored := identifier.Identifier{Kind: identifier.KindPhone, Value: "+541123456789"} // the same line without its 9
	var d profile.Document
	d.Dismissed = []identifier.Identifier{id("p.at@gmail.com"), id("ann@mail.com")}
	d.Add(id("pat@gmail.com"), now)
	d.Add(stored, now)
	d.Leaving = map[string]time.Time{stored.Value: now, "+33639981212": now}
	if len(d.Dismissed) != 1 || d.Dismissed[0].Value != "ann@mail.com" || !d.Identifiers[0].Added.Equal(now) {
		t.Errorf("%+v", d)
	}
	for s, want := range map[string]bool{"P.A.T@googlemail.com": true, "+5491123456789": true, "ann@mail.com": false, "+33639981212": false} {
		if d.Has(id(s)) != want {
			t.Errorf("has %s: not %v", s, want)
		}
	}
	d.Remove(id("p.at@gmail.com")) // another address of the same mailbox
	if len(d.Identifiers) != 2 {
		t.Errorf("%+v", d.Identifiers)
	}
	d.Remove(id("+5491123456789"))
	if len(d.Identifiers) != 1 || len(d.Leaving) != 1 || d.Leaving["+33639981212"].IsZero() {
		t.Errorf("%+v", d)
	}
}

// Ticks, claims, mailboxes, settings and history by the plainest table.
func TestDocumentKeeps(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var p profile.Profile
	p.Tick("a", "x", now)
	p.Tick("a", "y", now)
	p.Tick("b", "x", now)
	p.Untick("a", "x")
	p.Untick("a", "never")
	p.Untick("never", "x")
	if len(p.Steps["a"]) != 1 || !p.Steps["a"]["y"].At.Equal(now) || len(p.Steps["b"]) != 1 || len(p.Steps) != 2 {
		t.Errorf("steps %+v", p.Steps)
	}
	p.Claim(account.Claim{Platform: "x.com"})
	p.Claim(account.Claim{Platform: "x.com", Gone: true})
	if len(p.Claims) != 1 || !p.Claims[0].Gone {
		t.Errorf("claims %+v", p.Claims)
	}
	box := p.Mailbox("imap.mail.example", "pat")
	other := p.Mailbox("imap.mail.example", "pat")
	if len(box.ID) != 16 || box.ID == other.ID || box.User != "pat" || box.Host != "imap.mail.example" {
		t.Errorf("%+v, %+v", box, other)
	}
	p.KeepMailbox(box)
	box.Read = now
	p.KeepMailbox(box)
	p.KeepMailbox(p.Mailbox("imap.mail.example", "ann"))
	p.KeepMailbox(p.Mailbox("imap.other.example", "pat"))
	if got := p.Mailbox("imap.mail.example", "pat"); len(p.Mailboxes) != 3 || got.ID != box.ID || !got.Read.Equal(now) {
		t.Errorf("%+v", p.Mailboxes)
	}
	for in, want := range map[int]int{0: 0, 1: 100, 99: 100, 100: 100, 101: 101, 199: 199, 200: 200, 201: 200, -5: 100} {
		if got := (profile.Settings{TextPct: in}).Normalised().TextPct; got != want {
			t.Errorf("text of %d %%: %d, want %d", in, got, want)
		}
	}
	p.Note(now, "added", "p•••@mail.example")
	if want := (profile.Event{At: now, What: "history.added", Args: []string{"p•••@mail.example"}}); !reflect.DeepEqual(p.History, []profile.Event{want}) {
		t.Errorf("%+v", p.History)
	}
	for _, c := range []struct {
		s       profile.Settings
		proxy   string
		isolate bool
	}{
		{profile.Settings{}, "", false},
		{profile.Settings{ProxyAddress: "http://p:1"}, "", false},
		{profile.Settings{ProxyMode: profile.ProxyOwn, ProxyAddress: "http://p:1"}, "http://p:1", false},
		{profile.Settings{ProxyMode: profile.ProxyTor}, "socks5h://127.0.0.1:9050", true},
		{profile.Settings{ProxyMode: profile.ProxyTor, ProxyAddress: "socks5h://127.0.0.1:9150"}, "socks5h://127.0.0.1:9150", true},
	} {
		if proxy, isolate := c.s.Proxy(); proxy != c.proxy || isolate != c.isolate {
			t.Errorf("%+v goes out by %q, %v", c.s, proxy, isolate)
		}
	}
}

// A source without a format was not read; one named twice counts once; its
// names are not kept.
func TestAcceptReportOddSources(t *testing.T) {
	var d profile.Document
	r := report("1", "a.csv", "x.com")
	r.Sources = append(r.Sources, evidence.Source{ID: "2", Path: "b.bin"}, r.Sources[0])
	r.Sources[2].Items = 7
	d.AcceptReport(r, dawn)
	if len(d.Scans) != 1 || d.Scans[0].Source.Items != 7 || !d.Scans[0].At.Equal(dawn) || len(d.Findings) != 1 {
		t.Errorf("%+v", d.Scans)
	}
}

// What is counted of a profile.
func TestContents(t *testing.T) {
	var p profile.Profile
	b := []byte(`{"version":2,"identifiers":[{},{}],"scans":[{},{},{}],"findings":[{},{},{},{}],"claims":[{},{},{},{},{}],"lookups":[{},{},{},{},{},{}],"steps":{"a":{"x":{},"y":{}},"b":{"x":{}}}}`)
	must(t, json.Unmarshal(b, &p))
	want := profile.Contents{Identifiers: 2, Sources: 3, Findings: 4, Claims: 5, Lookups: 6, Steps: 3}
	if got := p.Contents(); got != want || got.Sum() != 23 {
		t.Errorf("%+v, %d in all", got, got.Sum())
	}
}

// The version of a profile is read wherever it stands, and what is no object is
// damaged.
func TestDecodeVersions(t *testing.T) {
	newer := fmt.Sprint(profile.Version + 1)
	for text, want := range map[string]error{
		`{}`: nil, `{"version":1}`: nil, `{"history":[],"version":2}`: nil, `{"version":` + newer + `}`: profile.ErrNewer, `{"x":{"version":1},"version":` + newer + `}`: profile.ErrNewer,
		`[]`: profile.ErrDamaged, `"x"`: profile.ErrDamaged, ``: profile.ErrDamaged, `{`: profile.ErrDamaged, `{"x":`: profile.ErrDamaged, `{"version":"two"}`: profile.ErrDamaged,
		`{"version":1,"findings":5}`: profile.ErrDamaged, `{"version":1}x`: profile.ErrDamaged, `{"x":1`: profile.ErrDamaged, `{"x"`: profile.ErrDamaged,
	} {
		p, err := profile.Decode([]byte(text))
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
		if err == nil && (p.Version != profile.Version || len(p.SourceKey) != 32) {
			t.Errorf("%s: version %d, a key of %d bytes", text, p.Version, len(p.SourceKey))
		}
	}
	kept, err := profile.Decode([]byte(`{"version":2,"source_key":"a2V5"}`))
	if err != nil || string(kept.SourceKey) != "key" {
		t.Errorf("%q, %v", kept.SourceKey, err)
	}
}

// Each way to fail is told apart from the others, with its cause.
func TestErrors(t *testing.T) {
	_, _, err := profile.Open(ctx, filepath.Join(t.TempDir(), "none.age"), nil, "")
	if !errors.Is(err, profile.ErrNone) || errors.Is(err, profile.ErrLocked) || err.Error() != "error.profile.none" {
		t.Errorf("%v", err)
	}
	path, _, s := create(t, "x")
	must(t, s.Close())
	must(t, os.Remove(path+".key"))
	_, _, err = profile.Open(ctx, path, nil, "x")
	var told *text.Error
	if !errors.Is(err, profile.ErrLocked) || !errors.Is(err, os.ErrNotExist) || !errors.As(err, &told) || !strings.HasPrefix(err.Error(), "error.profile.locked: ") {
		t.Errorf("%v", err)
	}
	if key, _ := told.Explain(); key != "error.profile.locked" {
		t.Errorf("told %q", key)
	}
	t.Setenv("XDG_CONFIG_HOME", "/etc/x")
	if at, err := profile.DefaultPath(); err != nil || !strings.HasSuffix(filepath.ToSlash(at), "unlisted/profile.age") {
		t.Errorf("%s, %v", at, err)
	}
	for _, v := range []string{"XDG_CONFIG_HOME", "HOME", "AppData"} {
		t.Setenv(v, "")
	}
	if at, err := profile.DefaultPath(); !errors.Is(err, profile.ErrSave) || at != "" {
		t.Errorf("nowhere is %q, %v", at, err)
	}
}

// A profile that is closed takes nothing in and stays as it was.
func TestClosed(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.Save(person(t, "pat@mail.example")))
	must(t, s.Close())
	if err := s.Save(person(t, "late@mail.example")); !errors.Is(err, profile.ErrSave) {
		t.Errorf("saved with %v", err)
	}
	if got := reopen(t, path, keys, ""); got != "pat@mail.example" || s.Path() != path {
		t.Errorf("then %q at %s", got, s.Path())
	}
}

// age opens what a passphrase protects, at the cost that the file states; and a
// key file may be so large and no larger.
func TestKeyFile(t *testing.T) {
	path, keys, s := create(t, "correct horse")
	key := s.RecoveryKey()
	must(t, s.Close())
	b, err := os.ReadFile(path + ".key")
	must(t, err)
	id, err := age.NewScryptIdentity("correct horse")
	must(t, err)
	r, err := age.Decrypt(bytes.NewReader(b), id)
	must(t, err)
	var plain bytes.Buffer
	_, err = plain.ReadFrom(r)
	must(t, err)
	if strings.TrimSpace(plain.String()) != key {
		t.Error("age finds another key")
	}
	for pad, want := range map[int]error{64<<10 - len(b): profile.ErrDamaged, 64<<10 - len(b) + 1: profile.ErrLocked} {
		must(t, os.WriteFile(path+".key", append(slices.Clone(b), make([]byte, pad)...), 0o600))
		if _, _, err := profile.Open(ctx, path, keys, "correct horse"); !errors.Is(err, want) {
			t.Errorf("a key file of %d bytes: %v, want %v", len(b)+pad, err, want)
		}
	}
	other, err := age.NewScryptRecipient("correct horse")
	must(t, err)
	other.SetWorkFactor(4)
	for what, content := range map[string]string{"not a key": "hello", "nothing": ""} {
		var sealed bytes.Buffer
		w, err := age.Encrypt(&sealed, other)
		must(t, err)
		_, _ = w.Write([]byte(content))
		must(t, w.Close())
		must(t, os.WriteFile(path+".key", sealed.Bytes(), 0o600))
		if _, _, err := profile.Open(ctx, path, keys, "correct horse"); !errors.Is(err, profile.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Only the versions that are kept can be asked for.
func TestRestoreByNumber(t *testing.T) {
	path, keys, s := create(t, "")
	saved(t, s, time.Now().Add(-20*time.Hour), time.Hour, 1, 2, 3, 4, 5, 6, 7)
	must(t, s.Close())
	for n, want := range map[int]int{-1: -1, 6: -1, 99: -1} {
		if _, _, err := profile.Restore(ctx, path, keys, "", n); !errors.Is(err, profile.ErrNoVersion) {
			t.Errorf("version %d: %v, want %d", n, err, want)
		}
	}
	s, p, err := profile.Restore(ctx, path, keys, "", 0)
	must(t, err)
	must(t, s.Close())
	if len(p.Identifiers) != 7 || fmt.Sprint(counts(t, path, keys)) != "[7 6 5 4 3 2]" {
		t.Errorf("what can be read was replaced: %d", len(p.Identifiers))
	}
	s, p, err = profile.Restore(ctx, path, keys, "", 5)
	must(t, err)
	must(t, s.Close())
	if got := counts(t, path, keys); len(p.Identifiers) != 2 || got[0] != 2 || got[1] != 7 {
		t.Errorf("the fifth: %d, %v", len(p.Identifiers), got)
	}
	must(t, os.Remove(path))
	must(t, os.WriteFile(path, mustSeal(t, s, `{"version":99}`), 0o600))
	if _, _, err := profile.Restore(ctx, path, keys, "", 0); !errors.Is(err, profile.ErrNewer) {
		t.Errorf("over a newer one: %v", err)
	}
	none, noKeys, _ := create(t, "")
	must(t, os.Remove(none+".lock"))
	if _, err := profile.Revisions(ctx, filepath.Join(t.TempDir(), "none"), noKeys, ""); !errors.Is(err, profile.ErrNone) {
		t.Errorf("versions of nothing: %v", err)
	}
	if _, err := profile.Revisions(ctx, path, noKeys, ""); !errors.Is(err, profile.ErrLocked) {
		t.Errorf("versions without a key: %v", err)
	}
}

func mustSeal(t *testing.T, s *profile.Store, text string) []byte {
	t.Helper()
	key, err := age.ParseX25519Identity(s.RecoveryKey())
	must(t, err)
	var b bytes.Buffer
	w, err := age.Encrypt(&b, key.Recipient())
	must(t, err)
	_, _ = w.Write([]byte(text))
	must(t, w.Close())
	return b.Bytes()
}

// Versions lie ten minutes apart, to the second.
func TestTenMinutes(t *testing.T) {
	noon := time.Now().Add(-24 * time.Hour).Truncate(time.Second)
	for between, want := range map[time.Duration]string{10*time.Minute - time.Second: "[4 3 1 0]", 10 * time.Minute: "[4 3 2 1 0]"} {
		path, keys, s := create(t, "")
		saved(t, s, noon.Add(-time.Hour), 0, 9)
		saved(t, s, noon, between, 1, 2, 3, 4)
		must(t, s.Close())
		if got := fmt.Sprint(counts(t, path, keys)); got != want {
			t.Errorf("%s apart: kept %s, want %s", between, got, want)
		}
	}
}

// A ledger of 255 records is read as it is, one of 256 is packed; a damaged one
// never is, so that nothing of it goes.
func TestLedgerPacksAt(t *testing.T) {
	for n, packed := range map[int]bool{255: false, 256: true} {
		path, s, reopen := fresh(t)
		for i := range n {
			record(t, s, answered(i)) // not waited for, as what is sent is
		}
		before, _ := os.ReadFile(path + ".ledger")
		s = reopen()
		after, _ := os.ReadFile(path + ".ledger")
		if bytes.Equal(before, after) == packed || len(s.Ledger().Entries()) != n {
			t.Errorf("%d records: packed is not %v", n, packed)
		}
		if !packed {
			continue
		}
		for i := range 256 {
			record(t, s, answered(i))
		}
		before, _ = os.ReadFile(path + ".ledger")
		before = append(before, "junk"...)
		must(t, os.WriteFile(path+".ledger", before, 0o600))
		s = reopen()
		if after, _ = os.ReadFile(path + ".ledger"); !bytes.Equal(before, after) || s.Ledger().Damaged() != 1 || len(s.Ledger().Entries()) != n {
			t.Errorf("damaged: %d entries, %d places", len(s.Ledger().Entries()), s.Ledger().Damaged())
		}
		must(t, s.Ledger().Erase())
		if s.Ledger().Damaged() != 0 {
			t.Error("erased, and still damaged")
		}
	}
}

// Runs of junk are counted as places, not as bytes; a head that lies about its
// size is junk.
func TestLedgerDamageIsCounted(t *testing.T) {
	path, s, reopen := fresh(t)
	record(t, s, sent(1), sent(2), sent(3))
	raw, err := os.ReadFile(path + ".ledger")
	must(t, err)
	one := len(raw) / 3
	a, b, c := raw[:one], raw[one:2*one], raw[2*one:]
	head := func(n string, of []byte) []byte { return append([]byte("record "+n+"\n"), of[16:]...) }
	for name, f := range map[string]struct {
		file    [][]byte
		entries int
		places  int
	}{
		"whole":                   {[][]byte{a, b, c}, 3, 0},
		"junk in between":         {[][]byte{a, []byte("junk junk"), b, []byte("x"), c}, 3, 2},
		"junk before and behind":  {[][]byte{[]byte("x"), a, b, c, []byte("age-encryption.org/v1\n")}, 3, 2},
		"the intro as junk first": {[][]byte{[]byte("age-encryption.org/v1\n"), a, b, c}, 3, 1},
		"too small a head":        {[][]byte{head("00000010", a), b, c}, 2, 1},
		"too large a head":        {[][]byte{a, b, head("99999999", c)}, 2, 1},
		"a head beyond the end":   {[][]byte{a, b, head(fmt.Sprintf("%08d", one-16+1), c)}, 2, 1},
		"a head that is none":     {[][]byte{a, head("0000x000", b), c}, 2, 1},
		"a sign in it":            {[][]byte{a, head("-0000200", b), c}, 2, 1},
		"another's record":        {[][]byte{a, []byte(fmt.Sprintf("record %08d\n", 5)), []byte("hello"), c}, 2, 1},
		"cut in the head":         {[][]byte{a, b, c[:10]}, 2, 1},
		"a head alone":            {[][]byte{a, b, c[:16]}, 2, 1},
		"nothing":                 {nil, 0, 0},
	} {
		must(t, os.WriteFile(path+".ledger", bytes.Join(f.file, nil), 0o600))
		s = reopen()
		if got := s.Ledger(); len(got.Entries()) != f.entries || got.Damaged() != f.places {
			t.Errorf("%s: %d entries, %d places; want %d, %d", name, len(got.Entries()), got.Damaged(), f.entries, f.places)
		}
	}
}

// Of an outcome that cannot be written the list still knows; what was to leave
// and could not be written is nowhere.
func TestLedgerOutcomeUnwritten(t *testing.T) {
	path, s, _ := fresh(t)
	record(t, s, sent(1))
	must(t, os.Remove(path+".ledger"))
	must(t, os.Mkdir(path+".ledger", 0o700))
	if err := s.Ledger().Record(answered(1)); !errors.Is(err, profile.ErrSave) {
		t.Errorf("%v", err)
	}
	if err := s.Ledger().Record(sent(2)); !errors.Is(err, profile.ErrSave) {
		t.Errorf("%v", err)
	}
	if got := s.Ledger().Entries(); len(got) != 1 || got[0] != answered(1) {
		t.Errorf("%+v", got)
	}
	must(t, os.Remove(path+".ledger"))
	limits := s.Ledger().Limits()
	limits["hibp"][0] = time.Time{}
	if used := s.Ledger().Used("hibp"); len(used) != 1 || used[0].IsZero() {
		t.Errorf("used %v", used)
	}
	record(t, s, sent(3))
	if got := s.SecondLedger().Entries(); len(got) != 1 || got[0] != sent(3) {
		t.Errorf("then %+v", got)
	}
}

// A profile that stands in a folder nobody can write to is told so.
func TestCreateNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if _, _, err := profile.Create(ctx, filepath.Join(file, "profile.age"), nil, "x"); !errors.Is(err, profile.ErrSave) {
		t.Errorf("%v", err)
	}
	if profile.Belongs(filepath.Join(file, "a"), filepath.Join(file, "b")) {
		t.Error("what is not there belongs")
	}
}
