package profile_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/profile"
)

// report is what one source showed: a finding a site.
func report(id, path string, sites ...string) evidence.Report {
	r := evidence.Report{Sources: []evidence.Source{{ID: id, Path: path, Format: "chrome-csv"}}}
	for _, s := range sites {
		r.Findings = append(r.Findings, evidence.Finding{Site: s, SourceID: id, Source: path, Format: "chrome-csv", Count: 1})
	}
	return r
}

func sitesOf(d profile.Document) (out []string) {
	for _, f := range d.Findings {
		out = append(out, f.Site)
	}
	slices.Sort(out)
	return out
}

// Two files of one name both count; the same one read again stands in place of
// itself; what was read before sources had IDs is taken over by the next reading
// under its name; forgetting one leaves the other.
func TestSources(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	var d profile.Document
	for _, c := range []struct {
		what   string
		report evidence.Report
		sites  []string
		scans  int
	}{
		{"an old version's file", report("", "passwords.csv", "old.example", "gone.example"), []string{"gone.example", "old.example"}, 1},
		{"the same, with an ID", report("1", "passwords.csv", "old.example"), []string{"old.example"}, 1},
		{"one of the same name elsewhere", report("2", "passwords.csv", "x.com"), []string{"old.example", "x.com"}, 2},
		{"the first again, changed", report("1", "passwords.csv", "github.com"), []string{"github.com", "x.com"}, 2},
		{"the first again, the same", report("1", "passwords.csv", "github.com"), []string{"github.com", "x.com"}, 2},
		{"another name", report("3", "logins.csv", "shop.example"), []string{"github.com", "shop.example", "x.com"}, 3},
		{"the second, now empty", report("2", "passwords.csv"), []string{"github.com", "shop.example"}, 3},
	} {
		d.AcceptReport(c.report, now)
		if got := sitesOf(d); !reflect.DeepEqual(got, c.sites) || len(d.Scans) != c.scans {
			t.Errorf("%s: %q in %d scans", c.what, got, len(d.Scans))
		}
	}
	d.RemoveSource(evidence.Source{ID: "1", Path: "passwords.csv", Format: "chrome-csv"})
	if got := sitesOf(d); !reflect.DeepEqual(got, []string{"shop.example"}) || len(d.Scans) != 2 {
		t.Errorf("the first forgotten: %q in %d scans", got, len(d.Scans))
	}
}

// The ID of a source says nothing of its path to whoever lacks the profile's
// key, and is the same as long as the profile lives.
func TestSourceID(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.Close())
	ids := func() string {
		s, p, err := profile.Open(ctx, path, keys, "")
		must(t, err)
		must(t, s.Close())
		if p.SourceID("/home/pat/a.csv") == p.SourceID("/home/pat/b.csv") {
			t.Error("two paths, one ID")
		}
		return p.SourceID("/home/pat/a.csv")
	}
	mine := ids()
	if again := ids(); again != mine || len(mine) != 32 {
		t.Errorf("%q, then %q", mine, again)
	}
	other, otherKeys, o := create(t, "")
	must(t, o.Close())
	o, p, err := profile.Open(ctx, other, otherKeys, "")
	must(t, err)
	must(t, o.Close())
	if p.SourceID("/home/pat/a.csv") == mine {
		t.Error("two profiles give one ID: it can be guessed")
	}
}
