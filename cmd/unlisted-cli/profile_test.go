package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// on is the arguments of a command on the world's profile.
func (w *world) on(args ...string) []string {
	return append([]string{"--profile", w.profile()}, args...)
}

// fails insists on an exit code and a part of what is said.
func (w *world) fails(code int, says string, args ...string) string {
	w.t.Helper()
	got, out, errs := w.run(args...)
	if got != code || !strings.Contains(errs, says) {
		w.t.Errorf("%q ended with %d, %q; want %d, %q", args, got, errs, code, says)
	}
	return out
}

func (w *world) addresses() string {
	w.t.Helper()
	return strings.Join(strings.Fields(w.ok(w.on("you", "list")...)), " ")
}

func flip(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	write(t, path, string(b))
}

// A damaged profile of a first session comes back with all but its last change,
// an older version by its number, and nothing that was there is thrown away.
func TestProfileRestore(t *testing.T) {
	w := newWorld(t)
	w.fails(exitFailed, "There is no profile yet.", w.on("profile", "versions")...)
	for _, a := range []string{"a", "b", "c", "d", "e"} {
		w.ok(w.on("you", "add", a+"@mail.example")...)
	}
	w.fails(exitFailed, "can be opened as it is", w.on("profile", "restore")...)
	flip(t, w.profile())
	w.fails(exitLocked, "damaged", w.on("you", "list")...)
	if out := w.ok(w.on("profile", "versions")...); !strings.Contains(out, "now: ") || !strings.Contains(out, "cannot be read") || !strings.Contains(out, "addresses and numbers: 4") {
		t.Errorf("versions:\n%s", out)
	}
	if out := w.ok(w.on("profile", "restore")...); !strings.Contains(out, "was restored") {
		t.Errorf("restored:\n%s", out)
	}
	if got := w.addresses(); got != "a@mail.example b@mail.example c@mail.example d@mail.example" {
		t.Errorf("restored %q", got)
	}
	w.fails(exitFailed, "no such previous version", w.on("profile", "restore", "5")...)
	w.fails(exitUsage, "usage:", w.on("profile", "restore", "0")...)
	w.fails(exitUsage, "usage:", w.on("profile", "restore", "two")...)
	var doc struct {
		Versions []struct {
			N        int
			Opens    bool
			Contents struct{ Identifiers int }
		}
	}
	if err := json.Unmarshal([]byte(w.ok(w.on("--json", "profile", "versions")...)), &doc); err != nil {
		t.Fatal(err)
	}
	empty := 0
	for _, v := range doc.Versions {
		if v.Opens && v.Contents.Identifiers == 0 {
			empty = v.N
		}
	}
	if empty == 0 {
		t.Fatalf("the empty beginning is not there: %+v", doc)
	}
	w.ok(w.on("profile", "restore", string(rune('0'+empty)))...)
	if got := w.addresses(); got != "" {
		t.Errorf("the person's own choice: %q", got)
	}
	w.ok(w.on("profile", "restore", "1")...)
	if got := w.addresses(); got != "a@mail.example b@mail.example c@mail.example d@mail.example" {
		t.Errorf("and back: %q", got)
	}
}

// Where an older version holds far more than the newest, the person is asked.
func TestProfileRestoreAsks(t *testing.T) {
	w := newWorld(t)
	w.ok(w.on("you", "add", "a@mail.example", "b@mail.example", "c@mail.example", "d@mail.example")...)
	ago := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(w.profile(), ago, ago); err != nil {
		t.Fatal(err)
	}
	w.ok(w.on("you", "remove", "a@mail.example", "b@mail.example", "c@mail.example")...)
	w.ok(w.on("you", "add", "e@mail.example")...)
	flip(t, w.profile())
	if out := w.fails(exitFailed, "holds much more", w.on("profile", "restore")...); !strings.Contains(out, "2: ") {
		t.Errorf("without a choice to make: %s", out)
	}
	w.fails(exitLocked, "damaged", w.on("you", "list")...)
	w.ok(w.on("profile", "restore", "2")...)
	if got := w.addresses(); got != "a@mail.example b@mail.example c@mail.example d@mail.example" {
		t.Errorf("restored %q", got)
	}
}

// The recovery key opens the profile where the keyring is gone, from the printed
// page too; a passphrase can be set with it, and only then does the key leave the
// keyring.
func TestProfileRecovery(t *testing.T) {
	w := newWorld(t)
	w.ok(w.on("you", "add", "pat@mail.example")...)
	page, pass, wrong := filepath.Join(w.dir, "key.txt"), filepath.Join(w.dir, "pass"), filepath.Join(w.dir, "wrong")
	w.ok(w.on("profile", "recovery-key", "-o", page)...)
	if info, err := os.Stat(page); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the page: %v, %v", info.Mode(), err)
	}
	if out := w.ok(w.on("profile", "recovery-key")...); !strings.Contains(out, "AGE-SECRET-KEY-1") {
		t.Errorf("printed: %s", out)
	}
	w.fails(exitFailed, "only the keyring is known to open this profile", w.on("profile", "forget-keyring")...)
	write(t, pass, "correct horse\n")
	write(t, wrong, "wrong horse\n")
	w.ok(w.on("profile", "passphrase", "--new-passphrase-file", pass)...)
	w.fails(exitLocked, "passphrase is not right", append([]string{"--passphrase-file", wrong}, w.on("profile", "forget-keyring")...)...)
	w.ok(w.on("you", "list")...) // the keyring still opens it
	w.ok(append([]string{"--passphrase-file", pass}, w.on("profile", "forget-keyring")...)...)
	w.fails(exitLocked, "locked", w.on("you", "list")...)
	for _, how := range [][]string{{"--passphrase-file", pass}, {"--recovery-key-file", page}} {
		if out := w.ok(append(how, w.on("you", "list")...)...); !strings.Contains(out, "pat@mail.example") {
			t.Errorf("%q: %s", how, out)
		}
	}
	other := newWorld(t)
	other.ok(other.on("you", "add", "ann@mail.example")...)
	other.fails(exitLocked, "recovery key does not open", append([]string{"--recovery-key-file", page}, other.on("you", "list")...)...)
	w.fails(exitLocked, "recovery key does not open", append([]string{"--recovery-key-file", pass}, w.on("you", "list")...)...)
	none := filepath.Join(w.dir, "none.age")
	w.fails(exitFailed, "There is no profile yet.", "--recovery-key-file", page, "--profile", none, "you", "add", "x@mail.example")
	w.ok(append([]string{"--recovery-key-file", page}, w.on("profile", "keyring")...)...)
	if got := w.addresses(); got != "pat@mail.example" {
		t.Errorf("with the keyring again: %q", got)
	}
}

// Status says where the profile is and what opens it, also where it does not
// open.
func TestProfileStatus(t *testing.T) {
	w := newWorld(t)
	w.ok(w.on("you", "add", "pat@mail.example")...)
	if out := w.ok(w.on("profile", "status")...); !strings.Contains(out, w.profile()) || !strings.Contains(out, "keyring") || !strings.Contains(out, "addresses and numbers: 1") {
		t.Errorf("status:\n%s", out)
	}
	var doc struct {
		Opens, Exists, Keyring, Passphrase bool
		Versions                           int
		Contents                           struct{ Identifiers int }
	}
	read := func(out string) {
		t.Helper()
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Fatal(err)
		}
	}
	if read(w.ok(w.on("--json", "profile", "status")...)); !doc.Opens || !doc.Keyring || doc.Passphrase || doc.Versions != 1 || doc.Contents.Identifiers != 1 {
		t.Errorf("%+v", doc)
	}
	flip(t, w.profile())
	if read(w.fails(exitLocked, "damaged", w.on("--json", "profile", "status")...)); doc.Opens || !doc.Exists {
		t.Errorf("damaged: %+v", doc)
	}
	w.fails(exitUsage, "usage:", w.on("profile")...)
	w.fails(exitUsage, "usage:", w.on("profile", "burn")...)
	w.fails(exitUsage, "usage:", "--temporary", "profile", "status")
}

// What is written for the person is theirs alone, never through a link, and
// never over the profile or what belongs to it.
func TestOutputs(t *testing.T) {
	w := newWorld(t)
	w.ok(w.on("you", "add", "pat@mail.example")...)
	w.ok(w.on("accounts", "set", "adobe.com", "identifier=pat@mail.example")...)
	for _, c := range [][]string{{"report", "r.html"}, {"report", "r.csv"}, {"report", "r.json"}, {"card", "c.html"}, {"profile recovery-key", "k.txt"}} {
		command := func(file string) []string { return w.on(append(strings.Fields(c[0]), "-o", file)...) }
		out := filepath.Join(w.dir, c[1])
		write(t, out, "before")
		if err := os.Chmod(out, 0o644); err != nil {
			t.Fatal(err)
		}
		w.ok(command(out)...)
		if info, err := os.Stat(out); err != nil || info.Size() < 20 || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v", c, info.Mode())
		}
		if runtime.GOOS == "windows" {
			continue
		}
		link := filepath.Join(w.dir, "link-"+c[1])
		write(t, filepath.Join(w.dir, "mine"), "mine")
		if err := os.Symlink("mine", link); err != nil {
			t.Fatal(err)
		}
		w.fails(exitFailed, "not a plain file", command(link)...)
		if b, _ := os.ReadFile(filepath.Join(w.dir, "mine")); string(b) != "mine" {
			t.Errorf("%q wrote through a link", c)
		}
		hard := filepath.Join(w.dir, "hard-"+c[1])
		if err := os.Link(w.profile(), hard); err != nil {
			t.Fatal(err)
		}
		w.fails(exitFailed, "one of the files of your profile", command(hard)...)
	}
	profile := filepath.Join(w.dir, "mine.html")
	w.ok("--profile", profile, "you", "add", "pat@mail.example")
	before, err := os.ReadFile(profile)
	if err != nil {
		t.Fatal(err)
	}
	for _, ext := range []string{"", ".1.html", ".key.html"} {
		w.fails(exitFailed, "one of the files of your profile", "--profile", profile, "report", "-o", profile+ext)
		w.fails(exitFailed, "one of the files of your profile", "--profile", profile, "card", "-o", profile+ext)
	}
	if after, _ := os.ReadFile(profile); string(after) != string(before) {
		t.Error("the profile was written over")
	}
	w.fails(exitFailed, "could not be written", w.on("report", "-o", filepath.Join(w.dir, "no", "such", "r.html"))...)
}

// A change that cannot be saved ends the run with a failure, though it was shown.
func TestSaveFails(t *testing.T) {
	w := newWorld(t)
	w.ok(w.on("you", "add", "pat@mail.example")...)
	for _, ext := range []string{".1", ".2", ".3", ".4", ".5"} { // no version can be put there
		_ = os.Remove(w.profile() + ext)
		if err := os.MkdirAll(filepath.Join(w.profile()+ext, "x"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.fails(exitFailed, "could not be saved", w.on("you", "add", "ann@mail.example")...)
	if got := w.addresses(); got != "pat@mail.example" {
		t.Errorf("afterwards %q", got)
	}
}
