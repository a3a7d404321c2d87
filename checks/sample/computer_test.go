package sample_test

import (
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/evidence/here"
	"unlisted/checks/sample"
)

// The invented person's computer shows every kind of thing that can be found, and reading what is found there shows
// accounts of theirs, and nothing of the computer it runs on.
func TestSampleComputer(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	found, err := here.Look(t.Context(), sample.Computer(now))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[here.Kind]int{}
	var paths []string
	for _, f := range found {
		kinds[f.Kind]++
		for _, p := range f.Paths {
			if !sample.Has(p) {
				t.Errorf("%s is not the invented person's", p)
			}
		}
		paths = append(paths, f.Paths...)
	}
	if kinds[here.KindBrowser] != 2 || kinds[here.KindMail] != 1 || kinds[here.KindArchive] != 2 || kinds[here.KindPasswords] != 1 || kinds[here.KindVault] != 1 {
		t.Errorf("%v", kinds)
	}
	r, err := sample.Scan(t.Context(), assets.Sub("sample"), paths, evidence.Options{Importers: all.Importers(), Region: "FR"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	formats := map[string]int{}
	for _, s := range r.Sources {
		formats[s.Format] += s.Items
	}
	if formats["mbox"] == 0 || formats["chrome-csv"] == 0 || formats["x-archive"] == 0 || formats["bitwarden-json"] != 0 {
		t.Errorf("%v", formats)
	}
}
