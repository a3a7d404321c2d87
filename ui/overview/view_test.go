package overview

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	sums "unlisted/checks/overview"
	"unlisted/checks/overview/holders"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

var (
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
	day   = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
)

var formats = []evidence.Format{
	{ID: "mbox", Family: "mailbox"},
	{ID: "chrome-csv", Family: "logins"},
	{ID: "sms-backup-xml", Family: "messages"},
	{ID: "aegis", Family: "authenticator"},
	{ID: "google-archive", Family: "archive", Site: "google.com"},
	{ID: "x-archive", Family: "archive", Site: "x.com"},
}

// What the tests need of the assets, read once.
var (
	texts = sync.OnceValues(func() (*text.Catalog, error) { return text.Load(assets.Sub("text")) })
	sites = sync.OnceValues(func() (*catalog.Catalog, error) {
		return catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	})
)

func printer(t testing.TB, lang string) *text.Printer {
	t.Helper()
	c, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

func catalogue(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := sites()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// person is somebody with n accounts, a third of which hold the number, who read
// the files of some formats.
func person(t testing.TB, n int, own []identifier.Identifier, read ...string) data {
	c := catalogue(t)
	p := &profile.Profile{Version: profile.Version}
	for _, id := range own {
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
	for _, f := range read {
		p.Scans = append(p.Scans, profile.Scan{Source: evidence.Source{Path: f, Format: f, Items: 3}, At: day})
	}
	d := data{profile: p, catalog: c, formats: formats}
	for i := range n {
		pl := c.At(i)
		a := account.Account{ID: pl.ID, Platform: pl.ID, Name: pl.Name, Identifiers: []identifier.Identifier{mail}}
		if i%3 == 0 {
			a.Identifiers = append(a.Identifiers, phone)
		}
		d.overview.Accounts = append(d.overview.Accounts, a)
	}
	return d
}

// opens lets a stolen number open the first n accounts.
func opens(d data, n int) data {
	for _, a := range d.overview.Accounts[:n] {
		d.stolen.Compromised = append(d.stolen.Compromised, reach.Compromised{Account: a})
	}
	return d
}

// Every page says a zero only where something was read that could have shown
// more.
func TestTitle(t *testing.T) {
	both := []identifier.Identifier{phone, mail}
	unknown := person(t, 4, both, "mbox")
	unknown.stolen.Unknown = 4
	unheld := person(t, 4, both, "sms-backup-xml")
	for i := range unheld.overview.Accounts {
		unheld.overview.Accounts[i].Identifiers = []identifier.Identifier{mail}
	}
	unshown := unheld
	p := *unheld.profile
	p.Scans = []profile.Scan{{Source: evidence.Source{Format: "mbox", Items: 9}, At: day}}
	unshown.profile = &p
	for name, x := range map[string]struct {
		d            data
		title, tiles string
	}{
		"usual":      {opens(person(t, 26, both, "mbox", "x-archive"), 20), "9 accounts hold your number. A stolen number would open 20 of your 26.", "9 20 ?"},
		"one":        {opens(person(t, 1, both, "x-archive"), 1), "1 account holds your number. A stolen number would open your only account.", "1 1 ?"},
		"no number":  {person(t, 26, []identifier.Identifier{mail}, "mbox"), "26 accounts of yours are known. Add your number to see what it would open.", "26 ? ?"},
		"none":       {person(t, 0, both, "mbox"), "No account has been found yet.", "? ? ?"},
		"ways":       {unknown, "2 accounts hold your number. What a stolen number would open is not known yet.", "2 ? ?"},
		"not shown":  {unshown, "Who holds your number is not known yet. As far as is known, a stolen number alone would open none of your 4 accounts.", "? 0 ?"},
		"not held":   {unheld, "No account read so far holds your number. As far as is known, a stolen number alone would open none of your 4 accounts.", "0 0 ?"},
		"no own ids": {person(t, 2, nil, "mbox"), "2 accounts of yours are known. Add your number to see what it would open.", "2 ? ?"},
	} {
		v := makeView(x.d, state{}, printer(t, "en"))
		var tiles []string
		for _, f := range v.figures {
			tiles = append(tiles, f.value)
		}
		if v.title != x.title || strings.Join(tiles, " ") != x.tiles {
			t.Errorf("%s: %q, tiles %q", name, v.title, tiles)
		}
	}
}

// Before anything was read the page welcomes, with no figure at all, and its one
// step is what comes first.
func TestWelcome(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		for page, d := range map[string]data{"you": person(t, 0, nil), "find": person(t, 0, []identifier.Identifier{mail})} {
			v := makeView(d, state{}, printer(t, lang))
			if v.begun || len(v.figures) > 0 || len(v.left) > 0 || len(v.sources) > 0 || v.next.to.page != page {
				t.Errorf("%s: %+v", page, v)
			}
			if said := v.title + v.lead + v.next.title + v.next.button; strings.ContainsAny(said, "0123456789[") {
				t.Errorf("%s says %q", page, said)
			}
		}
	}
}

// The leaks tile tells found, none found and not asked apart.
func TestLeaksTile(t *testing.T) {
	d := person(t, 3, []identifier.Identifier{phone}, "mbox")
	asked := []breach.Result{{Source: "hibp", Identifier: mail, Outcome: breach.NotFound}}
	for _, x := range []struct {
		leaks   int
		lookups []breach.Result
		want    string
		tone    kit.Tone
	}{{0, nil, "?", kit.Neutral}, {0, asked, "0", kit.Neutral}, {2, nil, "2", kit.Warning}, {1200, asked, "1,200", kit.Warning}} {
		p := *d.profile
		p.Lookups = x.lookups
		d.profile, d.overview.Leaks = &p, make([]breach.Named, x.leaks)
		f := makeView(d, state{}, printer(t, "en")).figures[2]
		if f.value != x.want || f.tone != x.tone || f.to.page != "check" {
			t.Errorf("%d leaks, %d answers: %+v", x.leaks, len(x.lookups), f)
		}
	}
}

// The next step is the first that can be done; without one, what makes one
// possible.
func TestNext(t *testing.T) {
	own := []identifier.Identifier{phone, mail}
	all := []string{"mbox", "chrome-csv", "sms-backup-xml", "aegis"}
	planned := person(t, 3, own, "mbox")
	a := planned.overview.Accounts[1]
	planned.overview.Actions = []plan.Action{
		{ID: "x", Account: planned.overview.Accounts[0].ID, State: plan.StateDone, Minutes: 10, Kind: plan.KindSecure, Why: "plan.why.sms"},
		{ID: "y", Account: "gone", State: plan.StateBlocked, Minutes: 70, Kind: plan.KindSecure, Why: "plan.why.sms"},
		{ID: "z", Platform: a.Platform, Account: a.ID, State: plan.StateOpen, Minutes: 25, Kind: plan.KindSecure, Why: "plan.why.sms"},
	}
	for _, x := range []struct {
		d                data
		page, arg, title string
	}{
		{person(t, 3, nil, "mbox"), "you", "", "Say which numbers and addresses are yours"},
		{person(t, 0, own, "mbox"), "find", "sources", "Read a source that shows your accounts"},
		{person(t, 3, own, "mbox"), "find", "sources", "Read one more source"},
		{person(t, 3, own, all...), "report", "", "All steps that can be done are done"},
		{planned, "fix", a.ID, "Set up a safer way to sign in to " + text.Short(a.Name, longestName)},
	} {
		n := makeView(x.d, state{}, printer(t, "en")).next
		if n.to != (target{x.page, x.arg}) || n.title != x.title || n.button == "" || n.why == "" {
			t.Errorf("%+v, want %s %s %q", n, x.page, x.arg, x.title)
		}
	}
	v := makeView(planned, state{}, printer(t, "en"))
	if f := v.figures[3]; f.value != "1 of 3" || f.words != "steps done · 2 h left" || f.tone != kit.Good || v.next.when != "Next, about 25 min" {
		t.Errorf("%+v, %+v", f, v.next)
	}
}

// A file that was asked for is told on the day it should be here, and not before.
func TestSourceDue(t *testing.T) {
	d := person(t, 0, []identifier.Identifier{phone}, "mbox")
	d.profile.Asked = map[string]time.Time{"x-archive": day}
	for after, want := range map[time.Duration]string{
		23 * time.Hour: "asked for on 24 November 2026; some take days to come",
		24 * time.Hour: "asked for on 24 November 2026; it should be here",
	} {
		d.now = day.Add(after)
		v := makeView(d, state{}, printer(t, "en"))
		i := slices.IndexFunc(v.sources, func(s source) bool { return s.format == "x-archive" })
		if i < 0 || v.sources[i].detail != want || !v.sources[i].asked {
			t.Errorf("after %s: %+v", after, v.sources)
		}
	}
}

// Each source stands with its state, its day and what it would tell; archives
// can be marked as asked for.
func TestSources(t *testing.T) {
	d := person(t, 0, []identifier.Identifier{phone}, "mbox")
	d.overview.Accounts = []account.Account{{ID: "google.com", Platform: "google.com", Name: "Google"}, {ID: "x.com", Platform: "x.com", Name: "X"}}
	d.profile.Asked = map[string]time.Time{"x-archive": day}
	v := makeView(d, state{}, printer(t, "en"))
	var got []string
	for _, s := range v.sources {
		got = append(got, fmt.Sprint(s.state, " ", s.title, ": ", s.detail, " ", s.format, " ", s.to.arg))
	}
	want := []string{
		"0 Your mail: read on 24 November 2026  sources",
		"2 Your X archive: asked for on 24 November 2026; some take days to come x-archive sources/x-archive",
		"3 Saved passwords: not read: shows sign-in names, reused passwords  sources",
		"3 Text messages: not read: shows who sends you codes  sources",
		"3 Authenticator apps: not read: shows where an app is already on  sources",
		"3 Your Google archive (Takeout): not read: shows what it holds about you google-archive sources/google-archive",
	}
	if !slices.Equal(got, want) || v.read != 1 || v.sourcesAll != 6 || v.moreSources != 0 {
		t.Errorf("%d of %d\n%s", v.read, v.sourcesAll, strings.Join(got, "\n"))
	}
	if v.lead != "From your mail." {
		t.Errorf("lead %q", v.lead)
	}
	for i := range 30 {
		id := fmt.Sprint("x", i)
		d.formats = append(d.formats, evidence.Format{ID: id, Family: "archive", Site: id})
		d.overview.Accounts = append(d.overview.Accounts, account.Account{ID: id, Platform: id})
	}
	v = makeView(d, state{}, printer(t, "en"))
	if len(v.sources) != shortSources || v.moreSources != 36 || v.sources[1].format != "x-archive" || v.sources[4].title != "Authenticator apps" {
		t.Errorf("%d of %d: %+v", len(v.sources), v.moreSources, v.sources)
	}
	if v = makeView(d, state{allSources: true}, printer(t, "en")); len(v.sources) != 36 || v.moreSources != 0 {
		t.Errorf("all: %d", len(v.sources))
	}
}

// What was read with gaps, or was empty, is not told as read.
func TestGaps(t *testing.T) {
	d := person(t, 1, nil, "mbox", "sms-backup-xml")
	d.profile.Scans[0].Source.Problems = make([]evidence.Problem, 2)
	d.profile.Scans[1].Source.Items = 0
	undated := person(t, 1, nil, "aegis")
	undated.profile.Scans[0].At = time.Time{}
	if got := makeView(undated, state{}, printer(t, "en")).sources[0].detail; got != "read on a day that was not noted" {
		t.Errorf("%q", got)
	}
	v := makeView(d, state{}, printer(t, "en"))
	if v.lead != "From your mail and your text messages. Not all of it could be read." {
		t.Errorf("lead %q", v.lead)
	}
	if a, b := v.sources[0].detail, v.sources[1].detail; a != "read on 24 November 2026, with 2 gaps" || b != "read on 24 November 2026, but nothing was in it" {
		t.Errorf("%q, %q", a, b)
	}
}

// The map names what is masked, counts each account once, and its shares add up
// to what its boxes say.
func TestMap(t *testing.T) {
	v := makeView(person(t, 26, []identifier.Identifier{phone, mail}, "mbox"), state{}, printer(t, "en"))
	if v.left[0].name != "+33 6 •• •• •• 34" || v.left[0].detail != "9 accounts" || v.left[1].name != "p•••@post.example" || v.left[1].detail != "26 accounts" {
		t.Errorf("%+v", v.left)
	}
	sum := 0
	for i, g := range v.chart.Groups {
		sum += len(g.Accounts)
		if !strings.HasSuffix(v.right[i].name, fmt.Sprint(" · ", len(g.Accounts))) || v.right[i].detail == "" || !strings.Contains(v.right[i].value, "p•••@post.example: ") {
			t.Errorf("%+v", v.right[i])
		}
	}
	if sum != 26 {
		t.Errorf("%d accounts in groups", sum)
	}
	for h, l := range v.left { // what a box shares with the other side is what the flows say
		for g, r := range v.right {
			n := 0
			for _, f := range v.chart.Flows {
				if f.Holding == h && f.Group == g {
					n = f.Accounts
				}
			}
			of := func(all int) string { return map[bool]string{true: fmt.Sprintf("%d of %d", n, all)}[n > 0] }
			if l.shares[g] != of(v.chart.Holdings[h].Accounts) || r.shares[h] != of(len(v.chart.Groups[g].Accounts)) {
				t.Errorf("%s and %s share %d: %q, %q", l.name, r.name, n, l.shares[g], r.shares[h])
			}
		}
	}
	d := person(t, 3, []identifier.Identifier{phone, mail}, "mbox")
	d.profile.Settings.ShowValues = true
	if v := makeView(d, state{}, printer(t, "en")); v.left[0].name != "+33 6 39 98 12 34" {
		t.Errorf("%q is not shown whole", v.left[0].name)
	}
}

// Names of any length and script, thousands of accounts, dozens of identifiers:
// nothing on the page is longer than its place, or acts on the screen.
func TestExtremes(t *testing.T) {
	names := []string{strings.Repeat("x", 200), "\u202eגוגל", strings.Repeat("e\u0301", 200), "a\x00b\x1b[31m", "", "مرحبا بالعالم", "👨\u200d👩\u200d👧"}
	for _, n := range []int{0, 1, 300, 5000} {
		own := []identifier.Identifier{phone}
		for i := range 59 {
			own = append(own, identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("%s%d@mail.example", strings.Repeat("p", 60), i)})
		}
		d := person(t, n, own, "mbox", "sms-backup-xml")
		for i := range d.overview.Accounts {
			d.overview.Accounts[i].Name = names[i%len(names)]
		}
		if n > 0 {
			a := d.overview.Accounts[0]
			d.overview.Actions = []plan.Action{{ID: "z", Platform: a.Platform, Account: a.ID, State: plan.StateOpen, Minutes: 25, Kind: plan.KindSecure, Why: "plan.why.sms"}}
		}
		for _, lang := range []string{"en", "fr"} {
			v := makeView(d, state{}, printer(t, lang))
			if len(v.left) > holders.MaxHoldings+2 || len(v.right) > 6 {
				t.Errorf("%d accounts: %d and %d boxes", n, len(v.left), len(v.right))
			}
			said := []string{v.title, v.lead, v.next.title, v.next.why}
			for _, s := range append(slices.Clone(v.left), v.right...) {
				said = append(said, s.name, s.detail)
			}
			for _, f := range v.figures {
				said = append(said, f.value, f.words)
			}
			for _, s := range said {
				if utf8.RuneCountInString(s) > 700 || strings.ContainsAny(s, "\x00\x1b\u202e") || strings.HasPrefix(s, "[") {
					t.Errorf("%d accounts, %s: %q", n, lang, s)
				}
			}
		}
	}
}

func BenchmarkView5000(b *testing.B) {
	d := opens(person(b, 5000, []identifier.Identifier{phone, mail}, "mbox"), 3000)
	t := printer(b, "en")
	for b.Loop() {
		makeView(d, state{}, t)
	}
}

// A profile with nothing in it but what was said by hand says so.
func TestSaid(t *testing.T) {
	d := person(t, 3, []identifier.Identifier{phone})
	d.profile.Claims = []account.Claim{{Platform: "x.com"}}
	v := makeView(d, state{}, printer(t, "en"))
	if !v.begun || !strings.HasPrefix(v.lead, "From what you entered yourself.") {
		t.Errorf("%v %q", v.begun, v.lead)
	}
	if sums.Begun(&profile.Profile{}) {
		t.Error("an empty profile has begun")
	}
}
