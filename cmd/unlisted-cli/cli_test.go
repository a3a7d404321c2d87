package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unlisted/checks/breach/fake"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/update"
)

var golden = flag.Bool("update", false, "write the expected documents anew")

// world is a computer with a keyring, a folder for the profile, and fake
// sources that count what is asked.
type world struct {
	t      *testing.T
	keys   *keystore.Memory
	dir    string
	server *fake.Server
	base   string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Setenv("LANGUAGE", "en")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	w := &world{t: t, keys: &keystore.Memory{}, dir: t.TempDir(), server: fake.New(map[string][]string{"pat@mail.example": {"Adobe"}}, map[string]int64{"hunter2": 17})}
	web := w.server.Start()
	t.Cleanup(web.Close)
	w.base = web.URL
	return w
}

func (w *world) profile() string { return filepath.Join(w.dir, "profile.age") }

// run is one call of the program: exit code, standard output, standard error.
func (w *world) run(args ...string) (int, string, string) {
	w.t.Helper()
	var out, errs bytes.Buffer
	c := &cli{ctx: w.t.Context(), in: strings.NewReader(""), out: &out, err: &errs, keys: w.keys}
	code := c.run(append([]string{"--sources-base", w.base}, args...))
	return code, out.String(), errs.String()
}

// ok insists on success and returns what was printed.
func (w *world) ok(args ...string) string {
	w.t.Helper()
	code, out, errs := w.run(args...)
	if code != exitDone {
		w.t.Fatalf("%q ended with %d: %s", args, code, errs)
	}
	return out
}

// The scan of a synthetic file of each format is exactly the document of the
// contract, twice the same bytes.
func TestScanJSON(t *testing.T) {
	w := newWorld(t)
	inputs, err := filepath.Glob("testdata/scan/*")
	if err != nil || len(inputs) < 8 {
		t.Fatalf("inputs %q, %v", inputs, err)
	}
	for _, in := range inputs {
		if strings.HasSuffix(in, ".golden.json") {
			continue
		}
		t.Run(filepath.Base(in), func(t *testing.T) {
			w.t = t
			got, again := w.ok("--json", "scan", in), w.ok("--json", "scan", in)
			if got != again {
				t.Error("twice the same file gives different bytes")
			}
			var pretty bytes.Buffer
			if err := json.Indent(&pretty, []byte(got), "", "  "); err != nil {
				t.Fatalf("not one JSON document: %v", err)
			}
			document := strings.TrimSuffix(in, filepath.Ext(in)) + ".golden.json"
			if *golden {
				if err := os.WriteFile(document, pretty.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(document)
			if err != nil {
				t.Fatal(err)
			}
			if pretty.String() != string(want) {
				t.Errorf("got\n%s\nwant\n%s", pretty.String(), want)
			}
		})
	}
}

// Wrong input of every kind: an exit code, a sentence that says what to do, and
// nothing on standard output that a program could take for a result.
func TestBadInput(t *testing.T) {
	w := newWorld(t)
	unknown := filepath.Join(w.dir, "unknown.txt")
	locked := filepath.Join(w.dir, "locked.json")
	pass := filepath.Join(w.dir, "pass")
	write(t, unknown, "hello")
	write(t, locked, `{"encrypted":true,"encKeyValidation_DO_NOT_EDIT":"x"}`)
	write(t, pass, "wrong")
	w.ok("--profile", w.profile(), "you", "add", "pat@mail.example")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitUsage, "usage:"},
		{[]string{"fly"}, exitUsage, "usage:"},
		{[]string{"--nonsense", "you"}, exitUsage, "usage:"},
		{[]string{"scan"}, exitUsage, "usage:"},
		{[]string{"--temporary", "you", "add", "not an address"}, exitFailed, ""},
		{[]string{"--temporary", "you", "add", "+33 1"}, exitFailed, ""},
		{[]string{"--temporary", "you", "add", "pat@"}, exitFailed, ""},
		{[]string{"scan", unknown}, exitFailed, ""},
		{[]string{"scan", locked}, exitFailed, "Bitwarden"},
		{[]string{"scan", filepath.Join(w.dir, "gone")}, exitFailed, ""},
		{[]string{"--profile", w.profile(), "--passphrase-file", pass, "accounts"}, exitLocked, ""},
		{[]string{"--profile", w.profile(), "--passphrase-file", filepath.Join(w.dir, "gone"), "accounts"}, exitUsage, ""},
		{[]string{"--profile", filepath.Join(w.dir, "none"), "accounts"}, exitFailed, ""},
		{[]string{"--sample", "check"}, exitConsent, ""},
		{[]string{"--sample", "accounts", "show", "nowhere.example"}, exitFailed, ""},
		{[]string{"--sample", "plan", "done", "x.com/remove-number"}, exitFailed, ""},
		{[]string{"--sample", "report", "-o", "x.doc"}, exitUsage, "usage:"},
		{[]string{"--sample", "check", "--source", "nobody"}, exitUsage, ""},
	} {
		code, _, errs := w.run(c.args...)
		if code != c.code || !strings.Contains(errs, c.says) || len(strings.TrimSpace(errs)) < 12 {
			t.Errorf("%q ended with %d, want %d, saying %q", c.args, code, c.code, errs)
		}
	}
	// One flipped byte in the profile.
	b, err := os.ReadFile(w.profile())
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	write(t, w.profile(), string(b))
	if code, _, errs := w.run("--profile", w.profile(), "accounts"); code != exitLocked || errs == "" {
		t.Errorf("a damaged profile: %d, %q", code, errs)
	}
}

// One reason that holds for many files is said once, with how many they are; of what is locked it is said how it is opened.
func TestScanSaysOnce(t *testing.T) {
	w := newWorld(t)
	for _, n := range []string{"a", "b", "c", "d", "e"} {
		write(t, filepath.Join(w.dir, n+".rar"), "Rar!\x1a\x07\x00")
	}
	for _, args := range [][]string{{"scan", w.dir}, {"scan", filepath.Join(w.dir, "a.rar"), filepath.Join(w.dir, "b.rar")}} {
		_, out, errs := w.run(args...)
		if n := strings.Count(out+errs, "This is a RAR archive"); n != 1 {
			t.Errorf("%q: said %d times: %s%s", args, n, out, errs)
		}
	}
	_, out, errs := w.run("scan", w.dir)
	if !strings.Contains(out+errs, "and 2 more") {
		t.Errorf("%s%s", out, errs)
	}
	locked, err := os.ReadFile(filepath.Join("..", "..", "checks", "evidence", "testdata", "locked.7z"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(w.dir, "locked"), string(locked))
	if _, out, errs := w.run("scan", filepath.Join(w.dir, "locked")); !strings.Contains(out+errs, "--unlock-file") || !strings.Contains(out+errs, "--key-file") {
		t.Errorf("%s%s", out, errs)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The whole sample journey, with every command that there is and no consent,
// makes no network call: the first promise.
func TestPromiseOne(t *testing.T) {
	w := newWorld(t)
	export := filepath.Join(w.dir, "x.csv")
	write(t, export, "name,url,username,password\nShop,https://shop.example,pat@mail.example,hunter2\n")
	for _, args := range [][]string{
		{"you", "list"},
		{"you", "add", "new@mail.example"},
		{"scan", export},
		{"accounts"},
		{"accounts", "show", "x.com"},
		{"accounts", "set", "x.com", "gone=yes"},
		{"platform", "facebook"},
		{"check"},
		{"check", "pat@mail.example"},
		{"breaches"},
		{"passwords", export},
		{"plan"},
		{"plan", "next"},
		{"plan", "done", "google.com/password"},
		{"ledger"},
		{"data"},
		{"report", "-o", filepath.Join(w.dir, "r.html")},
		{"report", "-o", filepath.Join(w.dir, "r.csv")},
		{"report", "-o", filepath.Join(w.dir, "r.json")},
	} {
		w.run(append([]string{"--sample"}, args...)...)
		w.run(append([]string{"--sample", "--json"}, args...)...)
	}
	if got := w.server.Requests(); len(got) != 0 {
		t.Errorf("without consent it asked %q", got)
	}
	w.run("--sample", "check", "--source", "xposedornot", "--consent")
	if got := w.server.Requests(); len(got) == 0 {
		t.Errorf("the count does not count: %q", got)
	}
}

// From nothing to a stored profile, with two commands run by different calls.
func TestJourney(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "pat@mail.example", "+33639981234")
	w.ok("--profile", p, "scan", "testdata/scan/x-archive", "--yes")
	if out := w.ok("--profile", p, "accounts"); !strings.Contains(out, "X") {
		t.Errorf("accounts: %s", out)
	}
	out := w.ok("--profile", p, "--json", "plan")
	var doc struct {
		Actions []struct{ ID, Platform, Action, Why, State string }
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Actions) == 0 {
		t.Fatalf("plan: %v %s", err, out)
	}
	w.ok("--profile", p, "--json", "scan", "testdata/scan/x-archive", "--yes")
	if again := w.ok("--profile", p, "--json", "plan"); again != out {
		t.Error("scanning the same archive again changed the plan")
	}
	if out := w.ok("--profile", p, "ledger"); !strings.Contains(out, "Nothing has left this computer") {
		t.Errorf("ledger: %s", out)
	}
	w.ok("--profile", p, "check", "pat@mail.example", "--source", "xposedornot", "--consent")
	if out := w.ok("--profile", p, "--json", "ledger"); strings.Contains(out, "pat@mail") || strings.Count(out, `"answered"`) != 1 {
		t.Errorf("ledger: %s", out)
	}
}

// A password never reaches the output; the number of leaks does.
func TestPasswords(t *testing.T) {
	w := newWorld(t)
	export := filepath.Join(w.dir, "x.csv")
	write(t, export, "name,url,username,password\nShop,https://shop.example,pat,hunter2\nBank,https://bank.example,pat,Sunny-Day-7\n")
	code, out, errs := w.run("passwords", export)
	if code != exitConsent || len(w.server.Requests()) != 0 {
		t.Errorf("without consent: %d, %q", code, w.server.Requests())
	}
	both := out + errs
	both += w.ok("passwords", export, "--consent")
	both += w.ok("--json", "passwords", export, "--consent")
	if strings.Contains(both, "hunter2") || strings.Contains(both, "Sunny") || !strings.Contains(both, `{"site":"shop.example","outcome":"found","count":17}`) {
		t.Errorf("said %s", both)
	}
	w.server.Fail(fake.Down)
	code, out, errs = w.run("passwords", export, "--consent")
	if code != exitFailed || errs == "" {
		t.Errorf("a source that is down: %d %s %s", code, out, errs)
	}
}

// A signed set is taken from a file and used at once; a bad one is refused with
// a sentence.
func TestData(t *testing.T) {
	w := newWorld(t)
	pub, priv, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	var set bytes.Buffer
	if err := update.Sign(&set, os.DirFS("../../assets"), 2099010101, time.Unix(0, 0), priv); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(w.dir, "set")
	write(t, file, set.String())
	run := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		c := &cli{ctx: t.Context(), out: &out, err: &errs, keys: w.keys, signedBy: pub}
		return c.run(append([]string{"--profile", w.profile(), "--json"}, args...)), out.String() + errs.String()
	}
	if code, said := run("data", "update", "--from", file); code != exitDone || !strings.Contains(said, "2099010101") {
		t.Errorf("%d: %s", code, said)
	}
	if code, said := run("data"); code != exitDone || !strings.Contains(said, `"serial":2099010101`) {
		t.Errorf("%d: %s", code, said)
	}
	if code, said := run("data", "update", "--from", file); code != exitFailed || !strings.Contains(said, "not newer") {
		t.Errorf("again: %d: %s", code, said)
	}
	write(t, file, set.String()[:1000])
	if code, said := run("data", "update", "--from", file); code != exitFailed || !strings.Contains(said, "not a whole data set") {
		t.Errorf("cut off: %d: %s", code, said)
	}
	if code, _ := run("data", "fly"); code != exitUsage {
		t.Errorf("nonsense: %d", code)
	}
}

// Both languages, chosen by flag and by the system.
func TestLanguage(t *testing.T) {
	w := newWorld(t)
	fr := w.ok("--lang", "fr", "--sample", "plan")
	t.Setenv("LANGUAGE", "fr_FR.UTF-8")
	if auto := w.ok("--sample", "plan"); auto != fr {
		t.Error("the system's language is not followed")
	}
	if en := w.ok("--lang", "en", "--sample", "plan"); en == fr || fmt.Sprint(en) == "" {
		t.Error("the flag is not followed")
	}
}

// What means nothing is refused, told, and changes nothing; what means something
// is taken.
func TestWordsThatMeanNothingAreRefused(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "pat@mail.example")
	w.ok("--profile", p, "accounts", "set", "google.com", "second_factor=phone,totp", "identifier=+33 6 39 98 12 34")
	before := w.ok("--profile", p, "--json", "accounts")
	for _, args := range [][]string{
		{"accounts", "set", "google.com", "second_factor=topt"},
		{"accounts", "set", "google.com", "second_factor="},
		{"accounts", "set", "google.com", "second_factor=phone,none"},
		{"accounts", "set", "google.com", "second_factor=<script>alert(1)</script>"},
		{"accounts", "set", "google.com", "gone=perhaps"},
		{"accounts", "set", "google.com", "gone"},
		{"accounts", "set", "google.com", "number_gone=2999-01-01"},
		{"accounts", "set", "google.com", "number_gone=31.12.2025"},
		{"accounts", "set", "google.com", "number_gone=0001-01-01"},
		{"accounts", "set", "google.com", "colour=red"},
		{"plan", "skip", "google.com/no-such-action"},
		{"plan", "skip", "\x1b[31mred"},
		{"plan", "unskip", "nowhere.example/secure"},
		{"plan", "done", "google.com/topt"},
		{"plan", "done", "google.com/remove-phone"},
	} {
		code, out, errs := w.run(append([]string{"--profile", p}, args...)...)
		if code == exitDone || errs == "" || strings.Contains(out+errs, "\x1b") {
			t.Errorf("%q: %d %s %s", args, code, out, errs)
		}
	}
	if after := w.ok("--profile", p, "--json", "accounts"); after != before {
		t.Errorf("a refusal changed\n%s\nto\n%s", before, after)
	}
	w.ok("--profile", p, "plan", "skip", "google.com/secure")
	if !strings.Contains(w.ok("--profile", p, "--json", "plan"), `"skipped"`) {
		t.Error("an action that is there cannot be skipped")
	}
	w.ok("--profile", p, "plan", "unskip", "google.com/secure")
	if strings.Contains(w.ok("--profile", p, "--json", "plan"), `"skipped"`) {
		t.Error("a skip cannot be taken back")
	}
	w.ok("--profile", p, "accounts", "set", "google.com", "number_gone=2020-05-06")
}

// The command line obeys the order of the plan across accounts, as the window
// does: nothing is changed at a second mailbox while the first is under way.
func TestDoneObeysTheOrderAcrossAccounts(t *testing.T) {
	w := newWorld(t)
	p := w.profile()
	w.ok("--profile", p, "you", "add", "pat@gmail.com", "pat@outlook.com", "+33639981234")
	for _, platform := range []string{"google.com", "microsoft.com"} {
		w.ok("--profile", p, "accounts", "set", platform, "second_factor=phone", "identifier=+33639981234")
	}
	first, second := "google.com", "microsoft.com"
	if next := w.ok("--profile", p, "--json", "plan", "next"); strings.Contains(next, `"platform":"microsoft.com"`) {
		first, second = second, first
	}
	for _, step := range []string{"check-email", "add-app", "save-codes", "test", "remove-2fa"} {
		w.ok("--profile", p, "plan", "done", first+"/"+step)
	}
	code, out, errs := w.run("--profile", p, "plan", "done", second+"/add-app")
	if code != exitFailed || !strings.Contains(errs, first+"/remove-number") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if first == "google.com" { // the number stands in recovery, too
		w.ok("--profile", p, "plan", "done", first+"/remove-recovery")
	}
	w.ok("--profile", p, "plan", "done", first+"/remove-phone")
	w.ok("--profile", p, "plan", "done", second+"/add-app")
}

// A person sees how much of a file was not taken and why, and can look at it.
func TestScanSkipped(t *testing.T) {
	w := newWorld(t)
	vault := filepath.Join(w.dir, "vault.csv")
	write(t, vault, "name,url,username,password\nCellar door,,pat,Sunny-Day-7\nLocker,,pat,Sunny-Day-8\nShop,https://shop.example,pat@mail.example,Sunny-Day-9\n")
	plain, named := w.ok("scan", vault), w.ok("scan", "--skipped", vault)
	if !strings.Contains(plain, "2 logins without an address") || strings.Contains(plain, "Cellar") {
		t.Errorf("plain: %s", plain)
	}
	if !strings.Contains(named, "Cellar door") || !strings.Contains(named, "Locker") || strings.Contains(named, "Sunny") {
		t.Errorf("named: %s", named)
	}
	if french := w.ok("--lang", "fr", "scan", vault); !strings.Contains(french, "2 identifiants enregistrés sans adresse") {
		t.Errorf("french: %s", french)
	}
}

// Two exports of one name from two folders both count, also when both are read
// again, and one that changed stands in place of itself.
func TestTwoFilesOfOneName(t *testing.T) {
	w := newWorld(t)
	a, b := filepath.Join(w.dir, "a", "passwords.csv"), filepath.Join(w.dir, "b", "passwords.csv")
	export := func(path, site string) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, path, "name,url,username,password\nx,https://"+site+",pat@mail.example,secret\n")
	}
	accounts := func(scanned string) (out string) {
		w.ok("--profile", w.profile(), "scan", scanned, "--yes")
		var doc struct{ Accounts []struct{ Platform string } }
		if err := json.Unmarshal([]byte(w.ok("--profile", w.profile(), "--json", "accounts")), &doc); err != nil {
			t.Fatal(err)
		}
		for _, x := range doc.Accounts {
			out += x.Platform + " "
		}
		return strings.TrimSpace(out)
	}
	export(a, "github.com")
	export(b, "x.com")
	for _, c := range []struct{ file, want string }{
		{a, "github.com"},
		{b, "github.com x.com"},
		{a, "github.com x.com"},
		{filepath.Join(w.dir, "b", ".", "passwords.csv"), "github.com x.com"},
	} {
		if got := accounts(c.file); got != c.want {
			t.Errorf("after %s: %q, want %q", c.file, got, c.want)
		}
	}
	export(a, "dropbox.com")
	if got := accounts(a); got != "dropbox.com x.com" {
		t.Errorf("after a change: %q", got)
	}
	if out := w.ok("--profile", w.profile(), "--json", "scan", a); strings.Contains(out, `"id"`) || strings.Contains(out, "source_id") {
		t.Errorf("the document of a scan tells the profile's own IDs: %s", out)
	}
}
