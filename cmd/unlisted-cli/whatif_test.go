package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

type whatifDoc struct {
	Question string
	Means    []string
	Accounts []struct {
		Account, Platform, Name, Identifier string
		Chain                               []struct {
			Opens   string
			With    []string
			Assumed bool
		}
	}
	Kept int
}

func (w *world) whatif(args ...string) (doc whatifDoc, platforms []string) {
	w.t.Helper()
	d := json.NewDecoder(strings.NewReader(w.ok(args...)))
	d.DisallowUnknownFields()
	if err := d.Decode(&doc); err != nil {
		w.t.Fatalf("%q: %v", args, err)
	}
	for _, a := range doc.Accounts {
		platforms = append(platforms, a.Platform)
	}
	return doc, platforms
}

// A stolen number opens the invented person's mailbox, and through it the rest;
// after the plan only where the number has to stay.
func TestWhatifSample(t *testing.T) {
	w := newWorld(t)
	today, falls := w.whatif("--sample", "--json", "whatif", "steal", "number")
	if today.Question != "steal" || !slices.Equal(today.Means, []string{"number"}) || !slices.Contains(falls, "google.com") || !slices.Contains(falls, "dropbox.com") {
		t.Errorf("%q: %q falls", today.Means, falls)
	}
	if a, b := w.ok("--sample", "--json", "whatif", "steal", "number"), w.ok("--sample", "--json", "whatif", "steal", "number"); a != b {
		t.Error("twice the same question gives different bytes")
	}
	for _, a := range today.Accounts {
		last := len(a.Chain) - 1
		if a.Name == "" || last < 0 || !strings.HasPrefix(a.Chain[0].With[0], "number:") || !strings.HasPrefix(a.Chain[last].Opens, "account:"+a.Platform) {
			t.Errorf("%s: chain %+v", a.Platform, a.Chain)
		}
		if a.Platform == "dropbox.com" && (last != 2 || a.Identifier != "camille.martin.exemple@gmail.com" || !a.Chain[0].Assumed) {
			t.Errorf("dropbox.com: %+v", a)
		}
	}
	after, left := w.whatif("--sample", "--json", "whatif", "steal", "number", "--planned")
	if len(left) >= len(falls) || slices.Contains(left, "google.com") || after.Kept+len(left) != today.Kept+len(falls) {
		t.Errorf("after the plan %q, %d kept", left, after.Kept)
	}
	for _, p := range left {
		if !slices.Contains(falls, p) {
			t.Errorf("%s falls only after the plan", p)
		}
	}
}

// Every question has an answer, in JSON and in words, and more means do not
// open less.
func TestWhatifEveryMeans(t *testing.T) {
	w := newWorld(t)
	for _, q := range []string{"steal", "lose"} {
		for _, means := range []string{"number", "phone", "phone-unlocked", "mailbox", "password", "+33 6 39 98 01 42", "06 39 98 01 42", "camille.martin@posteo.example", "google.com"} {
			doc, one := w.whatif("--sample", "--json", "whatif", q, means)
			if doc.Accounts == nil || doc.Kept+len(one) < 20 {
				t.Errorf("%s %s: %d and %d", q, means, doc.Kept, len(one))
			}
			_, both := w.whatif("--sample", "--json", "whatif", q, means, "number")
			for _, p := range one {
				if !slices.Contains(both, p) {
					t.Errorf("%s %s: %s is spared by the number on top", q, means, p)
				}
			}
			for _, lang := range []string{"en", "fr"} {
				if out := w.ok("--sample", "--lang", lang, "whatif", q, means); strings.ContainsAny(out, "[]{}") || strings.Contains(out, "39980142") {
					t.Errorf("%s %s in %s: %s", q, means, lang, out)
				}
			}
		}
	}
	lost, names := w.whatif("--sample", "--json", "whatif", "lose", "phone")
	if i := slices.Index(names, "github.com"); i < 0 || !slices.Equal(lost.Accounts[i].Chain[0].With, []string{"app"}) {
		t.Errorf("a lost phone: %+v", lost.Accounts)
	}
}

// The same on what was scanned, and on a profile with nothing in it.
func TestWhatifScanned(t *testing.T) {
	w := newWorld(t)
	for _, f := range []string{"x-archive", "facebook.zip", "chrome.csv", "mail.mbox", "bitwarden-vault.json"} {
		w.ok("--profile", w.profile(), "scan", filepath.Join("testdata/scan", f), "--yes")
	}
	var you struct {
		Own []struct{ Kind, Value string }
	}
	if err := json.Unmarshal([]byte(w.ok("--json", "scan", "testdata/scan/x-archive")), &you); err != nil {
		t.Fatal(err)
	}
	for _, id := range you.Own {
		w.ok("--profile", w.profile(), "you", "add", id.Value)
	}
	_, falls := w.whatif("--profile", w.profile(), "--json", "whatif", "steal", "number")
	if !slices.Contains(falls, "x.com") {
		t.Errorf("%q falls", falls)
	}
	if doc, falls := w.whatif("--temporary", "--json", "whatif", "lose", "phone", "number"); len(falls) != 0 || doc.Kept != 0 {
		t.Errorf("nobody has %+v", doc)
	}
}

func TestWhatifRefused(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitUsage, []string{"whatif"}},
		{exitUsage, []string{"whatif", "steal"}},
		{exitUsage, []string{"whatif", "borrow", "number"}},
		{exitFailed, []string{"whatif", "steal", "wallet"}},
		{exitFailed, []string{"whatif", "steal", "number", "+33 6 39 98 99 99"}},
	} {
		code, out, errs := w.run(append([]string{"--sample", "--json"}, c.args...)...)
		if code != c.code || out != "" || len(errs) < 12 {
			t.Errorf("%q ended with %d, printing %q, saying %q", c.args, code, out, errs)
		}
	}
}
