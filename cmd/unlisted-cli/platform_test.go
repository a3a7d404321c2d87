package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What nobody knows is said to be not known, with the names that are near; the
// facts of another platform are never shown in its place.
func TestUnknownPlatform(t *testing.T) {
	w := newWorld(t)
	for query, near := range map[string]string{"facebok": "Facebook (facebook.com)", "somebody-new.atlassian.net": "(atlassian.com)", "qqqqzzzz": ""} {
		for _, lang := range []string{"en", "fr"} {
			code, out, said := w.run("--lang", lang, "platform", query)
			if code != 1 || out != "" || !strings.Contains(said, query) || !strings.Contains(said, near) || strings.Contains(said, "1.") {
				t.Errorf("%s: platform %s: %d\n%s\n%s", lang, query, code, out, said)
			}
		}
	}
}

// The story of an incident is told whole, under the day it became known, by
// people with names.
func TestIncidentsOnTheCommandLine(t *testing.T) {
	w := newWorld(t)
	out := w.ok("platform", "instagram.com")
	for _, want := range []string{"21 March 2019: Passwords readable inside the company (Confirmed)", "91 million euros", "Fined by: Data Protection Commission (Ireland) · 27 September 2024", "When: 2012 – January 2019", "The Verge: https://www.theverge.com/"} {
		if !strings.Contains(out, want) {
			t.Errorf("not told: %s\n%s", want, out)
		}
	}
	french := w.ok("--lang", "fr", "platform", "x.com")
	if !strings.Contains(french, "Injonction de : Commission fédérale du commerce, FTC (États-Unis) · 25 mai 2022") {
		t.Errorf("the authority has no French name:\n%s", french)
	}
	var doc struct {
		Incidents []struct {
			Known, Until string
			DealtWith    []struct{ Authority, Did, Date string } `json:"dealt_with"`
			Sources      []struct{ URL, Title, Checked string }
		}
	}
	if err := json.Unmarshal([]byte(w.ok("--json", "platform", "yahoo.com")), &doc); err != nil || len(doc.Incidents) == 0 {
		t.Fatalf("%v, %d incidents", err, len(doc.Incidents))
	}
	if i := doc.Incidents[0]; i.Known != "2016-12-14" || i.Until != "2013-08" || len(i.Sources) < 2 || i.Sources[0].Title == "" || i.Sources[0].Checked == "" {
		t.Errorf("%+v", i)
	}
}

// Everything known is written for others to use, in a folder of its own; what
// stands in another is left alone, with a sentence.
func TestDataExport(t *testing.T) {
	w := newWorld(t)
	folder := filepath.Join(w.dir, "out")
	var made struct{ Platforms, Guides, Incidents, Pages int }
	if err := json.Unmarshal([]byte(w.ok("--json", "data", "export", "-o", folder)), &made); err != nil || made.Platforms < 8000 || made.Guides < 60 || made.Incidents < 37 || made.Pages < made.Guides {
		t.Errorf("%+v, %v", made, err)
	}
	if pages, err := os.ReadDir(filepath.Join(folder, "platforms")); err != nil || len(pages) != made.Pages {
		t.Errorf("%d pages of %d, %v", len(pages), made.Pages, err)
	}
	if code, _, said := w.run("data", "export", "-o", w.dir); code != 1 || !strings.Contains(said, "not an export of Unlisted") {
		t.Errorf("a foreign folder: %d %s", code, said)
	}
	if code, _, said := w.run("data", "export"); code != 2 || !strings.Contains(said, "-o") {
		t.Errorf("no folder: %d %s", code, said)
	}
}

// The incidents at one's own platforms are told with the leaks, each with what
// it means for the person, to people and to machines alike.
func TestIncidentsAtOnesOwnPlatforms(t *testing.T) {
	w := newWorld(t)
	var doc struct {
		Incidents []struct {
			ID, Account, Title string
			Had                string `json:"had_account"`
		}
	}
	if err := json.Unmarshal([]byte(w.ok("--sample", "--json", "breaches")), &doc); err != nil || len(doc.Incidents) == 0 {
		t.Fatalf("%v, %d incidents", err, len(doc.Incidents))
	}
	told := w.ok("--sample", "breaches")
	for _, i := range doc.Incidents {
		if i.Account == "" || i.Had == "" || !strings.Contains(told, i.Title) {
			t.Errorf("not told: %+v", i)
		}
	}
	if !strings.Contains(told, "Fined by: Data Protection Commission (Ireland)") || !strings.Contains(told, "You had an account there before this was over.") {
		t.Errorf("without what was done about it, or what it means:\n%s", told)
	}
}
