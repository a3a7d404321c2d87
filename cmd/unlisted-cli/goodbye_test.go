package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What must change before a number is given up, as a document and in words; the
// last day is kept, and taken back.
func TestGoodbye(t *testing.T) {
	w := newWorld(t)
	var doc struct {
		Number   string
		LastDay  string `json:"last_day"`
		Left     int
		Accounts []struct {
			Platform, Change string
			Falls            bool
			Chain            []map[string]any
		}
	}
	read := func(args ...string) {
		t.Helper()
		doc.LastDay = ""
		if err := json.Unmarshal([]byte(w.ok(args...)), &doc); err != nil {
			t.Fatal(err)
		}
	}
	read("--sample", "--json", "goodbye", "06 39 98 01 42")
	if len(doc.Accounts) < 5 || doc.Accounts[0].Platform != "google.com" || !doc.Accounts[0].Falls || doc.Left == 0 || doc.Number != "+33639980142" {
		t.Errorf("%+v", doc)
	}
	if out := w.ok("--sample", "goodbye", "+33639980142"); strings.Contains(out, "98 01 42") || !strings.Contains(out, "Take the number out of Google Account") {
		t.Errorf("in words: %s", out)
	}
	p := []string{"--profile", w.profile()}
	w.ok(append(p, "you", "add", "+33639981234")...)
	read(append(p, "--json", "goodbye", "+33639981234", "--last-day", "2027-03-31")...)
	read(append(p, "--json", "goodbye", "+33639981234")...)
	if doc.LastDay != "2027-03-31" {
		t.Errorf("the last day is %q", doc.LastDay)
	}
	read(append(p, "--json", "goodbye", "+33639981234", "--stay")...)
	if doc.LastDay != "" {
		t.Error("the last day stays")
	}
	for _, args := range [][]string{{"goodbye"}, {"goodbye", "a", "b"}, {"goodbye", "+33639981234", "--stay", "--last-day", "2027-03-31"}} {
		if code, _, _ := w.run(append(p, args...)...); code != exitUsage {
			t.Errorf("%q ends with %d", args, code)
		}
	}
	for _, args := range [][]string{{"goodbye", "+12025550101"}, {"goodbye", "nonsense"}, {"goodbye", "+33639981234", "--last-day", "soon"}} {
		if code, _, errs := w.run(append(p, args...)...); code != exitFailed || errs == "" {
			t.Errorf("%q ends with %d: %s", args, code, errs)
		}
	}
}

// The card is a file of its own; numbers are masked unless asked for.
func TestCard(t *testing.T) {
	w := newWorld(t)
	f := filepath.Join(t.TempDir(), "card.html")
	w.ok("--sample", "card", "-o", f)
	masked, err := os.ReadFile(f)
	if err != nil || !strings.Contains(string(masked), "Google Account") || strings.Contains(string(masked), "98 01 42") {
		t.Errorf("%v: %s", err, masked)
	}
	w.ok("--sample", "card", "-o", f, "--full-numbers", "--carrier", "3900")
	full, err := os.ReadFile(f)
	if err != nil || !strings.Contains(string(full), "98 01 42") || !strings.Contains(string(full), "3900") {
		t.Errorf("%v: %s", err, full)
	}
	for _, args := range [][]string{{"card"}, {"card", "-o", "x.pdf"}, {"card", "x", "-o", f}} {
		if code, _, _ := w.run(append([]string{"--sample"}, args...)...); code != exitUsage {
			t.Errorf("%q ends with %d", args, code)
		}
	}
}
