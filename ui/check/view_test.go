package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

var (
	now   = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	pat   = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639980142"}
)

func printer(t testing.TB, lang string) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

// leak is a leak of a platform where the person was.
func leak(name string, year int, data ...string) breach.Named {
	return breach.Named{
		ID: name, Title: name, Date: time.Date(year, 5, 2, 0, 0, 0, 0, time.UTC), Data: data, Count: 1_000_000,
		Certainty: breach.Possible, Account: strings.ToLower(name) + ".example", Had: breach.HadYes,
	}
}

func with(n breach.Named, change func(*breach.Named)) breach.Named {
	change(&n)
	return n
}

func found(n *breach.Named) {
	n.Certainty, n.Sources, n.Identifiers = breach.Confirmed, []string{"xposedornot"}, []identifier.Identifier{pat}
}

func concern(id string, number breach.Had) overview.Concern {
	return overview.Concern{
		Incident: catalog.Incident{
			ID: id, Kind: catalog.KindMisuse, Status: catalog.StatusConfirmed, Data: []string{"phone"},
			Title: map[string]string{"en": "Numbers used for ads"}, Text: map[string]string{"en": "They were."},
			Ended: catalog.Day{First: time.Date(2019, 9, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2019, 9, 30, 0, 0, 0, 0, time.UTC)},
		},
		Account: "x.example", Had: breach.HadYes, Number: number,
	}
}

// shown is the page as the person looks at it.
func shown(d data, l look, t *text.Printer) view { return makeView(makeList(d, t), l, t) }

// known is what the page is made from, of one account and these leaks.
func known(leaks []breach.Named, incidents ...overview.Concern) data {
	return data{
		profile: &profile.Profile{}, catalog: &catalog.Catalog{}, newest: now, known: 900,
		overview: overview.Overview{
			Set: account.Set{Accounts: []account.Account{{ID: "x.example", Platform: "x.example"}}}, Leaks: leaks, Incidents: incidents,
		},
	}
}

func words(list []tag) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.word
	}
	return strings.Join(out, ", ")
}

// The page answers with a sentence; where nothing was compared, and where nothing
// is known, it says so instead of a figure.
func TestHeadline(t *testing.T) {
	numbers := leak("Faces", 2019, breach.DataPhones, "Names")
	shop := leak("Shop", 2021, breach.DataPasswords)
	nobody := data{profile: &profile.Profile{}, catalog: &catalog.Catalog{}}
	for name, c := range map[string]struct {
		d           data
		title, lead string
	}{
		"nothing read":     {nobody, "What has leaked?", "First what can be known"},
		"nothing known":    {known(nil), "No known leak at your platforms", "no all-clear"},
		"one":              {known([]breach.Named{shop}), "1 leak at your platforms", "may have leaked too"},
		"numbers among it": {known([]breach.Named{numbers, shop}), "2 leaks at your platforms; 1 took phone numbers", "may have leaked too"},
		"found by a source": {
			known([]breach.Named{with(shop, found), numbers}), "A source found you in 1 leak", "1 more is known at your platforms.",
		},
	} {
		v := shown(c.d, look{}, printer(t, "en"))
		if v.title != c.title || !strings.Contains(v.lead, c.lead) {
			t.Errorf("%s: %q, %q", name, v.title, v.lead)
		}
		if strings.Contains(v.title+v.lead, "0") {
			t.Errorf("%s: a count of nothing in %q", name, v.title+v.lead)
		}
	}
}

// Each leak says what it means for the person, the strongest first in the list.
func TestTags(t *testing.T) {
	later := func(n *breach.Named) { n.Had = breach.HadLater }
	unknown := func(n *breach.Named) { n.Had = breach.HadUnknown }
	numbers, shop := leak("Faces", 2019, breach.DataPhones), leak("Shop", 2021, breach.DataPasswords)
	for _, c := range []struct {
		leak breach.Named
		tags string
		tone tone // of the first
	}{
		{numbers, "Your number may be in it", danger},
		{shop, "Your password may be in it", warning},
		{with(shop, found), "You are in it, Your password may be in it", danger},
		{with(shop, func(n *breach.Named) { n.Certainty = breach.Reported }), "Named, not verified, Your password may be in it", warning},
		{with(numbers, later), "Before your account", neutral},
		{with(leak("Mail", 2020, breach.DataEmails), unknown), "Age of your account unknown", neutral},
		{with(numbers, unknown), "Your number may be in it", danger},
	} {
		r := shown(known([]breach.Named{c.leak}), look{}, printer(t, "en")).rows[0]
		if words(r.tags) != c.tags || r.tags[0].tone != c.tone {
			t.Errorf("%s, %s, %v: %+v", c.leak.Title, c.leak.Had, c.leak.Certainty, r.tags)
		}
	}
	v := shown(known([]breach.Named{leak("Mail", 2020), shop, numbers}), look{}, printer(t, "en"))
	if got := v.rows[0].title + v.rows[1].title + v.rows[2].title; !strings.HasPrefix(got, "Faces") || !strings.Contains(got, "Shop · May 2021Mail") {
		t.Errorf("in the order %s", got)
	}
}

// What a source found alarms in the list; beside several tags the strongest is
// the one that is seen.
func TestForemost(t *testing.T) {
	if foremost(nil) != nil {
		t.Error("a tag of nothing")
	}
	got := foremost([]tag{{word: "New", tone: accent}, {word: "a", tone: warning}, {"long", danger, "short"}, {word: "b", tone: warning}})
	if len(got) != 1 || got[0].word != "short" || got[0].tone != danger {
		t.Errorf("%+v", got)
	}
}

// The tones of a view are the kit's.
func TestTones(t *testing.T) {
	for mine, theirs := range map[tone]kit.Tone{neutral: kit.Neutral, accent: kit.Accent, good: kit.Good, warning: kit.Warning, danger: kit.Danger} {
		if kit.Tone(mine) != theirs {
			t.Errorf("%d is %d", mine, theirs)
		}
	}
}

// The filters count what they leave; those that would change nothing are not
// offered; misuse stands apart from leaks, and what a filter hides is not chosen.
func TestFilters(t *testing.T) {
	d := known([]breach.Named{
		with(leak("Found", 2021, breach.DataPasswords), found), leak("Faces", 2019, breach.DataPhones), leak("Shop", 2019, breach.DataEmails),
		with(leak("Old", 2012, breach.DataPhones), func(n *breach.Named) { n.Had = breach.HadLater }),
	}, concern("ads", breach.HadYes))
	t.Run("chips", func(t *testing.T) {
		want := []chip{{"", "Leaks", 4}, {"number", "Numbers", 1}, {"password", "Passwords", 1}, {"found", "You are in it", 1}, {"misuse", "Misuse", 1}}
		if got := shown(d, look{}, printer(t, "en")).chips; !slices.Equal(got, want) {
			t.Errorf("%+v", got)
		}
	})
	for _, c := range []struct {
		look
		rows   string
		chosen int
		drawn  int
	}{
		{look{}, "Found Faces Shop Old", -1, 4},
		{look{filter: "number"}, "Faces", -1, 1},
		{look{filter: "misuse"}, "ads", -1, 1},
		{look{filter: "found", chosen: "leak/Found"}, "Found", 0, 1},
		{look{filter: "number", chosen: "leak/Found"}, "Faces", -1, 1},
		{look{filter: yearsFilter(2019, 2019)}, "Faces Shop", -1, 4},
		{look{filter: "no such"}, "Found Faces Shop Old", -1, 4},
		{look{search: " FACE "}, "Faces", -1, 4},
		{look{search: "email"}, "Shop", -1, 4},
		{look{search: "nothing of this name"}, "", -1, 4},
	} {
		v := shown(d, c.look, printer(t, "en"))
		var names []string
		for _, r := range v.rows {
			names = append(names, r.arg[strings.Index(r.arg, "/")+1:])
		}
		if strings.Join(names, " ") != c.rows || v.chosen != c.chosen || len(v.drawn) != c.drawn {
			t.Errorf("%+v: %q, chosen %d, %d drawn", c.look, names, v.chosen, len(v.drawn))
		}
	}
	if v := shown(known(nil, concern("ads", "")), look{}, printer(t, "en")); len(v.rows) != 1 || v.filter != "misuse" {
		t.Errorf("without a leak: %d rows, %q", len(v.rows), v.filter)
	}
}

// The line of years shows what was taken, when, and whether the person was there,
// each by its shape; what has no date is said to be missing.
func TestShapes(t *testing.T) {
	d := known([]breach.Named{
		with(leak("Found", 2021, breach.DataPasswords), found), leak("Faces", 2019, breach.DataPhones),
		with(leak("Old", 2012), func(n *breach.Named) { n.Had = breach.HadLater }),
		with(leak("Undated", 2012), func(n *breach.Named) { n.Date = time.Time{} }),
	}, concern("ads", breach.HadYes))
	v := shown(d, look{}, printer(t, "en"))
	want := map[string]shape{"Found": {found: true}, "Faces": {phones: true}, "Old": {later: true}, "Undated": {}}
	for _, r := range v.drawn {
		if want[r.event.Name] != r.shape {
			t.Errorf("%s: %+v", r.event.Name, r.shape)
		}
	}
	if len(v.legend) != 3 || v.undated != "1 has no date and appears in the list only." {
		t.Errorf("%+v, %q", v.legend, v.undated)
	}
	v = shown(d, look{filter: misuseChip}, printer(t, "en"))
	if r := v.drawn[0]; r.shape != (shape{phones: true, misuse: true}) || words(r.tags) != "Your number, Confirmed" || r.event.Date.Year() != 2019 {
		t.Errorf("%+v", r)
	}
}

// What is new is counted, marked, and remembered as read.
func TestNews(t *testing.T) {
	d := known([]breach.Named{leak("Faces", 2019, breach.DataPhones), leak("Shop", 2021)})
	d.profile.Seen = map[string]profile.Seen{"leaks": {Incidents: []string{"Shop"}}}
	v := shown(d, look{}, printer(t, "en"))
	if v.news != "1 leak is new for you" || words(v.rows[0].tags) != "New, Your number may be in it" || len(v.rows[1].tags) != 0 {
		t.Errorf("%q, %+v", v.news, v.rows)
	}
	d.profile.Seen = v.marks
	if v = shown(d, look{}, printer(t, "en")); v.news != "" {
		t.Errorf("told again: %q", v.news)
	}
}

// The detail says what leaked, what it means, what to do, and who says so; an
// infected device comes first.
func TestLeakDetail(t *testing.T) {
	show := func(n breach.Named) detail {
		t.Helper()
		v, ok := makeDetail(known([]breach.Named{n}), leakArg+overview.Key(n), []breach.Info{{ID: "xposedornot", Credit: "https://x.example"}}, printer(t, "en"))
		if !ok {
			t.Fatalf("%s is not there", n.Title)
		}
		return v
	}
	titles := func(v detail) (out []string) {
		for _, x := range v.sections {
			out = append(out, x.title)
		}
		return out
	}
	v := show(leak("Faces", 2019, breach.DataPhones, breach.DataPasswords))
	if v.facts[0] != "What leaked: phone numbers, passwords." || v.fix != "faces.example" || !slices.Equal(titles(v), []string{"Your password", "Your number"}) {
		t.Errorf("%+v", v)
	}
	if v.sections[0].strong == "" || !v.sections[1].carrier {
		t.Errorf("%+v", v.sections)
	}
	v = show(with(leak("Log", 2023, breach.DataPasswords), func(n *breach.Named) {
		found(n)
		n.Kind, n.Account, n.Device = breach.HitStealer, "", "HOME-PC"
	}))
	if got := titles(v); !slices.Equal(got, []string{"First: clean the device"}) || v.fix != "" || len(v.links) != 1 {
		t.Errorf("%q, %+v", got, v)
	}
	if all := strings.Join(v.facts, " "); !strings.Contains(all, "HOME-PC") || !strings.Contains(all, "p•••@mail.example") || strings.Contains(all, pat.Value) {
		t.Errorf("%q", all)
	}
	if _, ok := makeDetail(known(nil), "leak/nowhere", nil, printer(t, "en")); ok {
		t.Error("a leak that is not there")
	}
	if v := show(leak("Nothing", 2020)); !strings.Contains(v.facts[0], "does not say what leaked") || titles(v)[0] != "What to do now" {
		t.Errorf("%+v", v)
	}
}

// Whatever is in the data, the page says it without control characters and with
// names that fit.
func TestStrangeNames(t *testing.T) {
	for _, name := range []string{strings.Repeat("n", 200), "שלום עולם", "e\u0301\u0301\u0301", "a\u202eb\x1b[31mc", strings.Repeat("👩‍👩‍👧", 40)} {
		for _, lang := range []string{"en", "fr"} {
			v := shown(known([]breach.Named{leak(name, 2019, "Something\x07 else")}), look{}, printer(t, lang))
			if n := v.rows[0].event.Name; utf8.RuneCountInString(n) > 22 || strings.ContainsAny(n, "\x1b\u202e\x07") {
				t.Errorf("%q", n)
			}
			if len(v.rows) != 1 || !strings.Contains(v.rows[0].title, name) {
				t.Errorf("%q is not in the list", name)
			}
		}
	}
}

// manyLeaks is more leaks than are known in the world, and as many accounts.
func manyLeaks() data {
	var list []breach.Named
	d := known(nil)
	for i := range 5000 {
		n := leak(fmt.Sprintf("Shop%04d", i), 2008+i%19, breach.DataPasswords)
		list = append(list, n)
		d.overview.Accounts = append(d.overview.Accounts, account.Account{ID: n.Account, Platform: n.Account})
	}
	d.overview.Leaks = list
	return d
}

// At 5,000 accounts every leak can be reached, by the list and by a filter.
func TestManyLeaks(t *testing.T) {
	v := shown(manyLeaks(), look{}, printer(t, "en"))
	if len(v.rows) != 5000 || v.title != "5,000 leaks at your platforms" {
		t.Errorf("%d rows, %q", len(v.rows), v.title)
	}
}

func BenchmarkView(b *testing.B) {
	t := printer(b, "en")
	l := makeList(manyLeaks(), t)
	for b.Loop() {
		makeView(l, look{search: "shop49"}, t)
	}
}

// A row names the first kinds of data and says that there are more; a search
// finds all of them, and the address of the platform.
func TestRowAndSearch(t *testing.T) {
	n := leak("Shop", 2020, "Names", "Genders", "Passport numbers")
	n.Domain = "shop.example"
	for _, search := range []string{"passport", "SHOP.example", "may 2020", ""} {
		v := shown(known([]breach.Named{n}), look{search: search}, printer(t, "en"))
		if len(v.rows) != 1 || v.rows[0].detail != "names, genders, …" {
			t.Errorf("%q: %+v", search, v.rows)
		}
	}
}

// An address chooses what it names, and the list that holds it.
func TestShow(t *testing.T) {
	for _, c := range []struct {
		before look
		arg    string
		after  look
	}{
		{look{}, "leak/Shop", look{chosen: "leak/Shop"}},
		{look{filter: "number", search: "x"}, "leak/Shop", look{filter: "number", search: "x", chosen: "leak/Shop"}},
		{look{filter: "number", search: "x"}, "incident/ads", look{filter: "misuse", chosen: "incident/ads"}},
		{look{filter: "misuse"}, "leak/Shop", look{chosen: "leak/Shop"}},
		{look{filter: "misuse", chosen: "incident/ads"}, "", look{filter: "misuse"}},
	} {
		l := c.before
		if l.show(c.arg); l != c.after {
			t.Errorf("%+v, then %q: %+v", c.before, c.arg, l)
		}
	}
}
