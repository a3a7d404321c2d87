package overview_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
)

var formats = []evidence.Format{
	{ID: "csv", Family: "logins"},
	{ID: "mbox", Family: "mailbox"},
	{ID: "sms", Family: "messages"},
	{ID: "bank-archive", Family: "archive", Site: "paypal.com"},
	{ID: "mail-archive", Family: "archive", Site: "proton.me"},
	{ID: "far-archive", Family: "archive", Site: "far.example"},
	{ID: "generic-archive", Family: "archive"},
}

// says writes the lines in short, such as "mailbox:read".
func says(list []overview.SourceLine) string {
	var out []string
	for _, l := range list {
		name := l.Family
		if l.Format != "" {
			name = l.Format
		}
		out = append(out, name+":"+[]string{"read", "partial", "asked", "missing"}[l.State])
	}
	return strings.Join(out, " ")
}

func scanOf(format string, items int, day int, problems ...evidence.Problem) profile.Scan {
	return profile.Scan{
		Source: evidence.Source{Path: format, Format: format, Items: items, Problems: problems},
		At:     time.Date(2026, 11, day, 8, 0, 0, 0, time.UTC),
	}
}

// Each source is told as it stands: read, read with gaps, asked for, missing;
// what was read comes first, and archives only where there is an account.
func TestSources(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	o := overview.Overview{Set: account.Set{Accounts: []account.Account{{Platform: "paypal.com"}, {Platform: "proton.me"}}}}
	day := func(n int) time.Time { return time.Date(2026, 11, n, 8, 0, 0, 0, time.UTC) }
	gap := evidence.Problem{What: "error.evidence.damaged"}
	for _, x := range []struct {
		scans []profile.Scan
		asked map[string]time.Time
		want  string
	}{
		{nil, nil, "mailbox:missing logins:missing messages:missing mail-archive:missing bank-archive:missing"},
		{
			[]profile.Scan{scanOf("csv", 4, 1), scanOf("bank-archive", 2, 1)},
			nil, "logins:read bank-archive:read mailbox:missing messages:missing mail-archive:missing",
		},
		{ // a gap, or nothing in it, is no whole reading
			[]profile.Scan{scanOf("mbox", 4, 1), scanOf("mbox", 9, 2, gap), scanOf("sms", 0, 1)},
			nil, "mailbox:partial messages:partial logins:missing mail-archive:missing bank-archive:missing",
		},
		{ // asked for, read since, and asked for again after that
			[]profile.Scan{scanOf("bank-archive", 2, 5), scanOf("far-archive", 1, 5)},
			map[string]time.Time{"mail-archive": day(3), "bank-archive": day(4), "far-archive": day(6), "gone": day(1)},
			"bank-archive:read mail-archive:asked far-archive:asked mailbox:missing logins:missing messages:missing",
		},
		{ // a mailbox at its provider, and what no importer reads any more
			[]profile.Scan{scanOf("imap", 7, 1), scanOf("nobody-knows", 1, 1)},
			nil, "mailbox:read logins:missing messages:missing mail-archive:missing bank-archive:missing",
		},
	} {
		p := &profile.Profile{Document: profile.Document{Scans: x.scans, Asked: x.asked}}
		got := overview.Sources(p, o, c, formats)
		if says(got) != x.want {
			t.Errorf("got  %s\nwant %s", says(got), x.want)
		}
	}
}

// How many files, records and gaps there were is added up, with the last day.
func TestSourcesAddUp(t *testing.T) {
	p := &profile.Profile{Document: profile.Document{Scans: []profile.Scan{
		scanOf("mbox", 4, 9, evidence.Problem{}), scanOf("mbox", 6, 2), scanOf("imap", 1, 3),
	}}}
	got := overview.Sources(p, overview.Overview{}, &catalog.Catalog{}, formats)[0]
	if want := (overview.SourceLine{Family: "mailbox", State: overview.SourcePartial, At: p.Scans[0].At, Files: 3, Gaps: 1, Items: 11}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A count of numbers means something only where texts or a platform's own
// archive were read, with something in them.
func TestNumbersShown(t *testing.T) {
	for format, want := range map[string]bool{"csv": false, "mbox": false, "imap": false, "sms": true, "bank-archive": true, "generic-archive": true} {
		for _, items := range []int{0, 3} {
			p := &profile.Profile{Document: profile.Document{Scans: []profile.Scan{scanOf(format, items, 1)}}}
			list := overview.Sources(p, overview.Overview{}, &catalog.Catalog{}, formats)
			if got := overview.NumbersShown(list); got != (want && items > 0) {
				t.Errorf("%s with %d records: %v", format, items, got)
			}
		}
	}
	if overview.NumbersShown(overview.Sources(&profile.Profile{Document: profile.Document{Asked: map[string]time.Time{"bank-archive": time.Now()}}}, overview.Overview{}, &catalog.Catalog{}, formats)) {
		t.Error("what was only asked for shows nothing yet")
	}
}

// A profile in which nothing was done has nothing to add up; an identifier alone
// is nothing either.
func TestBegun(t *testing.T) {
	if overview.Begun(&profile.Profile{Document: profile.Document{Identifiers: make([]profile.Own, 2), Asked: map[string]time.Time{"x": {}}}}) {
		t.Error("begun with nothing")
	}
	for i, d := range []profile.Document{{Scans: make([]profile.Scan, 1)}, {Claims: make([]account.Claim, 1)}, {Findings: make([]evidence.Finding, 1)}} {
		if !overview.Begun(&profile.Profile{Document: d}) {
			t.Errorf("%d: not begun", i)
		}
	}
}

// The order in which a profile keeps things changes nothing.
func TestSourcesSame(t *testing.T) {
	asked := map[string]time.Time{}
	formats := slices.Clone(formats)
	for i := range 12 {
		formats = append(formats, evidence.Format{ID: fmt.Sprint("a", i), Family: "archive", Site: fmt.Sprint("s", i)})
		asked[fmt.Sprint("a", i)] = time.Unix(1, 0)
	}
	p := &profile.Profile{Document: profile.Document{Asked: asked}}
	want := says(overview.Sources(p, overview.Overview{}, &catalog.Catalog{}, formats))
	for range 20 {
		if got := says(overview.Sources(p, overview.Overview{}, &catalog.Catalog{}, formats)); got != want {
			t.Fatalf("%s, then %s", want, got)
		}
	}
}
