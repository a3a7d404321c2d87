package find

import (
	"fmt"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// reading is a scan of one file.
func reading(findings ...evidence.Finding) *scan {
	sc := newScan("a.csv")
	sc.found.Sources = []evidence.Source{{ID: "a", Path: "a.csv", Format: "chrome-csv", Items: len(findings) + 3, Passed: []evidence.Skipped{
		{Reason: evidence.NoSite, Count: 2, Names: []string{"Router"}}, {Reason: evidence.NoLogin, Count: 1},
	}}}
	for _, f := range findings {
		f.Source, f.SourceID, f.Format, f.Family, f.Count = "a.csv", "a", "chrome-csv", "logins", 1
		sc.found.Findings = append(sc.found.Findings, f)
	}
	return sc
}

func login(site, user string, sure evidence.Confidence, id identifier.Identifier) evidence.Finding {
	return evidence.Finding{Fact: evidence.FactAccount, Site: site, UserName: user, Identifier: id, Confidence: sure, Purpose: evidence.PurposeSignIn}
}

func reviewing(d data, r overview.Review, sc *scan, more int, t *text.Printer) reviewView {
	return makeReview(d, r, makeReviewRows(d, r, t), sc, more, t)
}

// A review counts what each group shows, ticks everything until the person takes a tick, and gives or takes those in
// sight together.
func TestReview(t *testing.T) {
	f := load(t)
	rose := ident(t, "rose@mail.example")
	d := f.of(owner(rose))
	sc := reading(login("reddit.com", "", evidence.Confirmed, rose), login("discord.com", "", evidence.Likely, rose), login("spotify.com", "", evidence.Possible, rose),
		login("x.com", "moss", evidence.Confirmed, identifier.Identifier{}), login("x.com", "fern", evidence.Confirmed, identifier.Identifier{}))
	for _, lang := range []string{"en", "fr"} {
		pr := f.texts.Printer(lang)
		r := overview.ReviewOf(d.profile, sc.found, f.catalog, now)
		v := reviewing(d, r, sc, 0, pr)
		if len(v.rows) != 5 || count(v.chips, everything) != 5 || count(v.chips, "sure") != 3 || count(v.chips, "likely") != 1 || count(v.chips, "changed") != 0 || len(v.chips) != 4 {
			t.Fatalf("%s: %d rows, %+v", lang, len(v.rows), v.chips)
		}
		for _, c := range v.chips {
			sc.kind = c.id
			if got := reviewing(d, r, sc, 0, pr); len(got.rows) != c.count || got.kind != c.id {
				t.Errorf("%s: %s says %d and shows %d", lang, c.id, c.count, len(got.rows))
			}
		}
		sc.kind = ""
		if len(v.joints) != 1 || v.joints[0].platform != "x.com" || v.joints[0].on {
			t.Errorf("%s: joints %+v", lang, v.joints)
		}
		if said := fmt.Sprintf("%+v", v); strings.Contains(said, "[find.") || strings.Contains(said, "[skip.") || strings.Contains(said, "{n}") {
			t.Errorf("%s: %s", lang, said)
		}
	}
	en := f.texts.Printer("en")
	r := overview.ReviewOf(d.profile, sc.found, f.catalog, now)
	sc.kind = "sure"
	v := reviewing(d, r, sc, 0, en)
	sc.tickAll(v.rows, false)
	v = reviewing(d, r, sc, 2, en)
	if v.foot != "2 of 5 accounts will be kept · 3 entries not taken" || v.rows[0].on || !v.keep || v.title != "These files show 5 accounts" {
		t.Errorf("%+v", v)
	}
	if len(v.notes) != 1 || v.notes[0] != "2 more readings wait for your yes after this one." {
		t.Errorf("notes %q", v.notes)
	}
	sc.tickAll(v.rows, true)
	if v = reviewing(d, r, sc, 0, en); v.foot != "5 of 5 accounts will be kept · 3 entries not taken" {
		t.Errorf("%q", v.foot)
	}
}

// What was not taken is told with its reason, by name where the person wants it; what shows no account says so.
func TestReviewTellsWhatWasNotTaken(t *testing.T) {
	f := load(t)
	d, en := f.of(owner()), f.texts.Printer("en")
	sc := reading()
	v := reviewing(d, overview.ReviewOf(d.profile, sc.found, f.catalog, now), sc, 0, en)
	if v.title != "These files show no account" || v.keep || len(v.chips) != 0 || v.foot != "No account to keep · 3 entries not taken" {
		t.Errorf("%+v", v)
	}
	if len(v.read.files) != 1 || strings.Join(v.read.files[0].passed, "; ") != "2 logins without an address; 1 entry that is no login, such as a note or a card" || !v.read.named || v.read.names != nil {
		t.Errorf("%+v", v.read)
	}
	sc.skipped = true
	v = reviewing(d, overview.ReviewOf(d.profile, sc.found, f.catalog, now), sc, 0, en)
	if strings.Join(v.read.names, "; ") != "a.csv: 2 logins without an address: Router and 1 without a name or further down; a.csv: 1 entry that is no login, such as a note or a card" {
		t.Errorf("%q", v.read.names)
	}
	sc.found.Sources = append(sc.found.Sources, evidence.Source{Path: "locked.zip", Problems: []evidence.Problem{{Where: "locked.zip", What: "error.evidence.locked"}}})
	v = reviewing(d, overview.ReviewOf(d.profile, sc.found, f.catalog, now), sc, 0, en)
	if v.title != "No account so far, but not everything was read" {
		t.Errorf("a locked file is told as %q", v.title)
	}
	sc.found.Sources = sc.found.Sources[1:]
	if v := reviewing(d, overview.ReviewOf(d.profile, sc.found, f.catalog, now), sc, 0, en); v.title != "Nothing could be read yet" || strings.Contains(fmt.Sprint(v.read), "0 ") {
		t.Errorf("a locked file alone is told as %q, %v", v.title, v.read)
	}
	if !v.locked || len(v.refused) != 1 || !strings.HasPrefix(v.refused[0].What, "locked.zip: ") {
		t.Errorf("%v %+v", v.locked, v.refused)
	}
}

// What was read before is told apart: what is new about an account is said, and an address that nobody named is
// proposed.
func TestReviewOfKnownAccounts(t *testing.T) {
	f := load(t)
	rose, other := ident(t, "rose@mail.example"), ident(t, "fern@post.example")
	p := owner(rose)
	p.AcceptReport(reading(login("reddit.com", "", evidence.Confirmed, rose), login("discord.com", "", evidence.Confirmed, rose)).found, now)
	d, en := f.of(p), f.texts.Printer("en")
	sms := evidence.Finding{Fact: evidence.FactPhone2FA, Site: "reddit.com", Identifier: rose, Confidence: evidence.Confirmed, Purpose: evidence.PurposeSecondFactor}
	sc := reading(login("reddit.com", "", evidence.Confirmed, rose), sms, login("discord.com", "", evidence.Confirmed, rose), login("github.com", "", evidence.Confirmed, other))
	v := reviewing(d, overview.ReviewOf(p, sc.found, f.catalog, now), sc, 0, en)
	said := map[string]string{}
	for _, r := range v.rows {
		said[r.title] = r.tags[0].word + ": " + r.detail
	}
	for title, want := range map[string]string{
		"Reddit": "changed: New: Codes by SMS or call · sign-in codes", "Discord": "known: r•••@mail.example · signing in", "GitHub": "sure: f•••@post.example · signing in",
	} {
		if said[title] != want {
			t.Errorf("%s: %q, want %q", title, said[title], want)
		}
	}
	if len(v.proposed) != 1 || v.proposed[0].shown != "f•••@post.example" || v.proposed[0].whose != overview.NotListed {
		t.Errorf("proposed %+v", v.proposed)
	}
}

// Every kind of file is offered under its family, a mailbox at its provider first; nothing was read until it was.
func TestSources(t *testing.T) {
	f := load(t)
	en := f.texts.Printer("en")
	d := f.of(owner())
	v := makeSources(d, all.Importers(), state{}, en)
	if v.back || len(v.read) != 0 || len(v.rest) != 0 || len(v.here.rows) != 0 || v.here.read != "" || v.family != "mailbox" || v.formats[0].id != imapID {
		t.Errorf("%+v", v)
	}
	formats := 0
	for _, c := range v.families {
		got := makeSources(d, all.Importers(), state{family: c.id}, en)
		if got.family != c.id || len(got.formats) != c.count || strings.Contains(got.why, "[") || strings.Contains(c.word, "[") {
			t.Errorf("%s: %d of %d formats, %q", c.id, len(got.formats), c.count, got.why)
		}
		formats += c.count
	}
	if formats != len(all.Importers())+1 {
		t.Errorf("%d formats of %d importers", formats, len(all.Importers()))
	}
	d = f.sample(t)
	d.profile.Mailboxes = []profile.Mailbox{{ID: "1", Host: "imap.mail.example", User: "rose@mail.example", Read: now}}
	v = makeSources(d, all.Importers(), state{family: "no such family"}, en)
	if len(v.read) != len(d.profile.Scans)+1 || !v.back || v.family != "mailbox" || v.read[0].name != "r•••@mail.example" || v.read[0].againWords == "" {
		t.Errorf("read %+v", v.read)
	}
	for _, r := range v.read {
		if r.forgetWords == "" || r.name == "" {
			t.Errorf("%+v", r)
		}
	}
	if len(v.rest) == 0 {
		t.Error("senders that show no account are not told")
	}
}

// The catalogue: each view shows what it counts, a search finds the best hit first, and a site that nobody knows can
// be opened all the same.
func TestBrowse(t *testing.T) {
	f := load(t)
	d, en := f.of(owner()), f.texts.Printer("en")
	sh := newShelf(f.catalog)
	v := makeBrowse(d, sh, browse{}, en)
	if len(v.rows) != f.catalog.Len() || v.group != everything || v.chosen != 0 {
		t.Fatalf("%d rows", len(v.rows))
	}
	for _, c := range v.chips {
		if got := makeBrowse(d, sh, browse{filter: c.id}, en); len(got.rows) != c.count {
			t.Errorf("%s says %d and shows %d", c.id, c.count, len(got.rows))
		}
	}
	if got := titles(makeBrowse(d, sh, browse{query: "github"}, en).rows); len(got) == 0 || got[0] != "GitHub" {
		t.Errorf("github finds %q", got)
	}
	if got := makeBrowse(d, sh, browse{query: "nobody-knows.example"}, en).rows; len(got) != 1 || got[0].id != "nobody-knows.example" {
		t.Errorf("%+v", got)
	}
	if v = makeBrowse(d, sh, browse{query: "zzzzzz", filter: "gone"}, en); len(v.rows) != 0 || !strings.Contains(v.none, "zzzzzz") || v.group != everything {
		t.Errorf("%+v", v)
	}
}

// Accounts can be narrowed down by whether the number can go.
func TestByExit(t *testing.T) {
	f := load(t)
	d, en := f.sample(t), f.texts.Printer("en")
	ix := makeIndex(d, en)
	v := makeList(d, ix, state{group: "exit/after-app"}, en)
	if v.group != "exit/after-app" || len(v.rows) == 0 || len(v.rows) == len(ix.rows) || count(v.chips, v.group) != len(v.rows) {
		t.Fatalf("%q: %d rows, %+v", v.group, len(v.rows), v.chips)
	}
	for _, r := range v.rows {
		if pl := d.catalog.Get(r.platform, r.title); pl.Exit != "after-app" {
			t.Errorf("%s is %s", r.title, pl.Exit)
		}
	}
	if v = makeList(d, ix, state{group: "exit/none"}, en); v.group != everything {
		t.Errorf("%q", v.group)
	}
}

// What a tick costs in the review of 5,000 accounts.
func BenchmarkReview(b *testing.B) {
	f := load(b)
	d, en := f.crowd(b, 5000), f.texts.Printer("en")
	sc := newScan("a.csv")
	sc.found = evidence.Report{Sources: []evidence.Source{{Path: "a.csv", Format: "chrome-csv"}}, Findings: d.profile.Findings}
	r := overview.ReviewOf(d.profile, sc.found, f.catalog, now)
	rows := makeReviewRows(d, r, en)
	for b.Loop() {
		makeReview(d, r, rows, sc, 0, en)
	}
}
