package overview_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

func data(t *testing.T) (*catalog.Catalog, *breach.Catalogue) {
	t.Helper()
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	return c, b
}

// What sources found and what the accounts let fear is one list: each leak once,
// with who says so and which account it concerns.
func TestLeaksAreOneList(t *testing.T) {
	c, b := data(t)
	pat, gone := ids(t, "pat@mail.example")[0], ids(t, "gone@mail.example")[0]
	p := &profile.Profile{Document: profile.Document{
		Identifiers: []profile.Own{{ID: pat}},
		Claims:      []account.Claim{{Platform: "adobe.com"}, {Platform: "dropbox.com"}},
		Lookups: []breach.Result{
			{Source: "xposedornot", Identifier: pat, Outcome: breach.Found, Hits: []breach.Hit{{Name: "Adobe", Title: "Adobe"}, {Name: "Canva", Title: "Canva"}}},
			{Source: "leakcheck", Identifier: pat, Outcome: breach.Found, Hits: []breach.Hit{{Name: "Adobe.com", Title: "Adobe.com", Domain: "adobe.com", Date: day(2013)}}},
			{Source: "xposedornot", Identifier: gone, Outcome: breach.Found, Hits: []breach.Hit{{Name: "LinkedIn"}}}, // no longer on the list
		},
	}}
	o := overview.Of(p, c, b)
	byID := map[string]breach.Named{}
	for _, n := range o.Leaks {
		if _, twice := byID[n.ID]; twice {
			t.Errorf("%s is there twice", n.ID)
		}
		byID[n.ID] = n
	}
	if a := byID["Adobe"]; a.Certainty != breach.Confirmed || a.Account != "adobe.com" || !slices.Equal(a.Sources, []string{"leakcheck", "xposedornot"}) {
		t.Errorf("Adobe: %+v", a)
	}
	if x := byID["Canva"]; x.Certainty != breach.Confirmed || x.Account != "" {
		t.Errorf("Canva: %+v", x)
	}
	if x := byID["Dropbox"]; x.Certainty != breach.Possible || x.Account != "dropbox.com" || len(x.Sources) != 0 {
		t.Errorf("Dropbox: %+v", x)
	}
	if _, there := byID["LinkedIn"]; there {
		t.Error("a leak of an address that is not the person's any more")
	}
	for _, r := range p.Lookups[:2] {
		if got := overview.LeaksOf(r, o.Leaks, b); len(got) != len(r.Hits) || !slices.ContainsFunc(got, func(n breach.Named) bool { return n.ID == "Adobe" && len(n.Sources) == 2 }) {
			t.Errorf("%s names %+v", r.Source, got)
		}
	}
	// A source found the person where passwords leaked: the plan says to change it.
	if !slices.ContainsFunc(o.Actions, func(a plan.Action) bool { return a.Platform == "adobe.com" && a.Kind == plan.KindPassword }) {
		t.Error("the leaked password is not in the plan")
	}
}

func day(year int) time.Time { return time.Date(year, 10, 4, 0, 0, 0, 0, time.UTC) }

// Nothing is news before the first look; then what is, is told until it is read,
// and that a source found the person is news of its own.
func TestNewLeaks(t *testing.T) {
	p := &profile.Profile{}
	o := overview.Overview{Leaks: []breach.Named{{ID: "A", Certainty: breach.Possible}}}
	fresh, marks := overview.NewLeaks(p, o)
	if len(fresh) != 0 {
		t.Errorf("before the first look: %+v", fresh)
	}
	p.Seen = marks
	told := func(want ...string) {
		t.Helper()
		var got []string
		fresh, marks = overview.NewLeaks(p, o)
		for _, n := range fresh {
			got = append(got, n.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	told()
	o.Leaks = append(o.Leaks, breach.Named{ID: "B", Certainty: breach.Possible})
	told("B")
	told("B")
	p.Seen = marks
	told()
	o.Leaks[0].Certainty = breach.Confirmed
	told("A")
	p.Seen = marks
	told()
	o.Leaks[0].Certainty = breach.Possible // the look-up is gone
	told()
	o.Leaks = o.Leaks[1:]
	p.Seen = marks
	o.Leaks = append(o.Leaks, breach.Named{ID: "A", Certainty: breach.Possible})
	told()
}

// The list of requests as a file: one line each, in words, safe to open.
func TestLedgerFile(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	entries := []outbound.Entry{
		{Time: at, Purpose: "leakcheck", Host: "leakcheck.io", Subject: "p•••@mail.example", Bytes: 71, Status: 200, Result: outbound.ResultAnswered},
		{Time: at.Add(time.Minute), Purpose: "hudsonrock", Host: "cavalier.hudsonrock.com", Subject: "+33 6 •• 42", Result: outbound.ResultRefused},
		{Time: at.Add(time.Hour), Purpose: "=cmd", Host: "=cmd", Result: outbound.ResultFailed},
	}
	if got := overview.Purposes(entries); !slices.Equal(got, []string{"=cmd", "hudsonrock", "leakcheck"}) {
		t.Errorf("purposes %q", got)
	}
	if got := overview.Ledger(entries, "leakcheck"); len(got) != 1 || got[0] != entries[0] {
		t.Errorf("%+v", got)
	}
	all := overview.Ledger(entries, "")
	if len(all) != 3 || all[0].Purpose != "=cmd" {
		t.Errorf("the latest is not first: %+v", all)
	}
	var out bytes.Buffer
	if err := overview.WriteLedger(&out, all, texts.Printer("en")); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "Time,Host,") || !strings.Contains(lines[1], "'=cmd,'=cmd") ||
		lines[3] != "2026-11-24T09:00:00Z,leakcheck.io,\"asked about p•••@mail.example, by a piece of a fingerprint\",answered,200,71" {
		t.Errorf("%s", out.String())
	}
}
