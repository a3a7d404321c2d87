package find

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/sample"
	"unlisted/checks/text"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// fixed is what every test looks at, loaded once.
type fixed struct {
	texts    *text.Catalog
	catalog  *catalog.Catalog
	breaches *breach.Catalogue
}

func load(t testing.TB) fixed {
	t.Helper()
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	return fixed{texts, c, b}
}

func (f fixed) of(p *profile.Profile) data {
	d := data{profile: p, overview: overview.Of(p, f.catalog, f.breaches), catalog: f.catalog, now: now}
	d.groups = overview.GroupsOf(p, d.overview)
	return d
}

func (f fixed) sample(t testing.TB) data {
	t.Helper()
	p, err := sample.Profile(t.Context(), assets.Sub("sample"), all.Importers(), now)
	if err != nil {
		t.Fatal(err)
	}
	return f.of(p)
}

func ident(t testing.TB, s string) identifier.Identifier {
	t.Helper()
	id, err := identifier.Parse(s, "")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func owner(ids ...identifier.Identifier) *profile.Profile {
	p := &profile.Profile{Version: profile.Version}
	for _, id := range ids {
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
	return p
}

func titles(rows []row) (out []string) {
	for _, r := range rows {
		out = append(out, r.title)
	}
	return out
}

func count(chips []chip, id string) int {
	for _, c := range chips {
		if c.id == id {
			return c.count
		}
	}
	return 0
}

// The invented person's accounts: the answer is the title, each group counts what it then shows, those that hold the
// number come first, and nothing is shown unmasked.
func TestAccounts(t *testing.T) {
	f := load(t)
	d := f.sample(t)
	for _, lang := range []string{"en", "fr"} {
		pr := f.texts.Printer(lang)
		ix := makeIndex(d, pr)
		v := makeList(d, ix, state{}, pr)
		if len(v.rows) != len(d.overview.Accounts) || v.chosen != 0 || v.none != "" || v.group != everything {
			t.Fatalf("%s: %d rows, %+v", lang, len(v.rows), v)
		}
		for _, c := range v.chips {
			if got := makeList(d, ix, state{group: c.id}, pr); len(got.rows) != c.count || got.group != c.id || c.count == 0 {
				t.Errorf("%s: %s says %d and shows %d", lang, c.id, c.count, len(got.rows))
			}
		}
		held := count(v.chips, "number")
		for i, r := range v.rows {
			a, _ := d.overview.Find(r.id)
			if is := d.groups.Lists.HoldsYours(a); is != (i < held) {
				t.Errorf("%s: row %d, %s, holds the number: %v", lang, i, r.title, is)
			}
			if strings.Contains(r.title+r.detail, "camille") || strings.Contains(r.detail, "[") {
				t.Errorf("%s: %s: %s", lang, r.title, r.detail)
			}
		}
	}
	en := makeIndex(d, f.texts.Printer("en"))
	if en.title != "26 accounts, 5 of them hold your number" {
		t.Errorf("title %q", en.title)
	}
}

// A number nobody named is not called the person's: it is counted apart, and to be confirmed.
func TestNumberOfNobody(t *testing.T) {
	f := load(t)
	p := owner(ident(t, "rose@mail.example"))
	p.Findings = []evidence.Finding{{
		Fact: evidence.FactHoldsPhone, Site: "reddit.com", Identifier: ident(t, "+33639981234"), Purpose: evidence.PurposeProfile,
		Confidence: evidence.Confirmed, Format: "reddit-archive", Family: "archive", Source: "reddit", Count: 1,
	}}
	en := f.texts.Printer("en")
	d := f.of(p)
	ix := makeIndex(d, en)
	v := makeList(d, ix, state{}, en)
	if strings.Contains(v.title, "your number") || v.lead != "1 account holds a number that is not on your list. Say whether it is yours." {
		t.Errorf("%q, %q", v.title, v.lead)
	}
	if count(v.chips, "number") != 0 || count(v.chips, "confirm") != 1 {
		t.Errorf("chips %+v", v.chips)
	}
	one := makeDetail(d, "reddit.com", state{}, en)
	if len(one.held) != 1 || one.held[0].whose != overview.NotListed || one.held[0].proof[0].word != "to confirm" || one.held[0].proof[1].word != "proof: their archive" {
		t.Errorf("held %+v", one.held)
	}
	p.Identifiers = append(p.Identifiers, profile.Own{ID: ident(t, "+33639981234")})
	d = f.of(p)
	if v = makeList(d, makeIndex(d, en), state{}, en); v.title != "1 account, and it holds your number" || count(v.chips, "confirm") != 0 {
		t.Errorf("once it is named: %q %+v", v.title, v.chips)
	}
}

// A search finds accounts by name, site, user name and identifier, platforms without an account, sites that nobody
// knows, and says where nothing is known.
func TestSearch(t *testing.T) {
	f := load(t)
	p := owner(ident(t, "rose@mail.example"), ident(t, "+33639981234"))
	account := func(site, user string, id identifier.Identifier) evidence.Finding {
		return evidence.Finding{Fact: evidence.FactAccount, Site: site, UserName: user, Identifier: id, Confidence: evidence.Confirmed, Format: "chrome-csv", Source: "a.csv", Count: 1}
	}
	p.Findings = []evidence.Finding{account("reddit.com", "moss", identifier.Identifier{}), account("boutique.example", "", ident(t, "rose@mail.example"))}
	d := f.of(p)
	en := f.texts.Printer("en")
	ix := makeIndex(d, en)
	for _, c := range []struct {
		query       string
		has, hasNot string
	}{
		{"redd", "Reddit", "boutique.example"},
		{"MOSS", "Reddit", "boutique.example"},
		{"rose@mail", "boutique.example", "Reddit"},
		{"discord", "Discord", "Reddit"},
		{"  boutique ", "boutique.example", "Discord"},
		{"nowhere-known.example", "nowhere-known.example", "Reddit"},
		{"https://nowhere.example", "", "nowhere.example"},
	} {
		got := titles(makeList(d, ix, state{query: c.query}, en).rows)
		if c.has != "" && !slices.Contains(got, c.has) || slices.Contains(got, c.hasNot) {
			t.Errorf("%q finds %q", c.query, got)
		}
	}
	v := makeList(d, ix, state{query: "no such platform"}, en)
	if len(v.rows) != 0 || v.chosen != -1 || !strings.Contains(v.none, "Nothing is known of “no such platform”") {
		t.Errorf("%+v", v)
	}
	if v = makeList(d, ix, state{query: strings.Repeat("x", 500)}, en); len(v.none) > 300 {
		t.Errorf("the sentence has %d bytes", len(v.none))
	}
	for _, r := range makeList(d, ix, state{query: "discord"}, en).rows {
		if r.id == "discord.com" && r.detail != "discord.com · no account of yours was seen" {
			t.Errorf("Discord: %q", r.detail)
		}
	}
	if v = makeList(d, ix, state{query: "e", chosen: "boutique.example"}, en); v.rows[v.chosen].id != "boutique.example" {
		t.Errorf("chosen %d of %q", v.chosen, titles(v.rows))
	}
	if v = makeList(d, ix, state{group: "codes"}, en); v.group != everything || len(v.rows) != 2 {
		t.Errorf("a group without accounts shows %q", titles(v.rows))
	}
}

// An account says what the platform holds and what for with its proof, what happened, and what to do in how many
// steps; all of it in every language.
func TestDetail(t *testing.T) {
	f := load(t)
	d := f.sample(t)
	en := f.texts.Printer("en")
	v := makeDetail(d, "x.com", state{}, en)
	if !v.account || v.gone || v.name != "X" || v.caption != "x.com · proven" || v.part != partHolds {
		t.Errorf("%+v", v)
	}
	if v.do.words != "Take the number out" || v.do.how != "10 steps, 16 min" || !v.do.urgent || v.do.letter {
		t.Errorf("to do: %+v", v.do)
	}
	if len(v.held) == 0 || v.held[0].shown != "+33 6 •• •• •• 42" || v.held[0].why != "profile · sign-in codes" || v.held[0].proof[0] != (tag{"proof: their archive · October 2026", good}) {
		t.Errorf("held: %+v", v.held)
	}
	years := 0
	for i, e := range v.events {
		if i > 0 && e.year < years || e.page != "check" || e.route == "" {
			t.Errorf("event %+v", e)
		}
		years = e.year
	}
	if len(v.events) < 2 {
		t.Errorf("events %+v", v.events)
	}
	if letters := makeDetail(d, "airbnb.com", state{}, en); !letters.do.letter {
		t.Error("no letter to who does not let the number go")
	}
	for _, lang := range []string{"en", "fr"} {
		pr := f.texts.Printer(lang)
		for _, a := range d.overview.Accounts {
			for _, part := range []string{partHolds, partProof, partAbout, partSay} {
				v := makeDetail(d, a.ID, state{part: part}, pr)
				if said := fmt.Sprintf("%+v", v); strings.Contains(said, "[find.") || strings.Contains(said, "{what}") || strings.Contains(said, "[exit.") {
					t.Errorf("%s %s %s: %s", lang, a.ID, part, said)
				}
				if v.part != part || part == partProof && len(v.lines) == 0 {
					t.Errorf("%s %s: part %q, %d lines", a.ID, part, v.part, len(v.lines))
				}
			}
		}
	}
}

// A platform without an account tells what is known of it; a site nobody knows says so; what is no site is gone.
func TestDetailWithoutAccount(t *testing.T) {
	f := load(t)
	d := f.of(owner())
	en := f.texts.Printer("en")
	v := makeDetail(d, "discord.com", state{}, en)
	if v.account || v.part != partAbout || len(v.lines) == 0 || v.exit.text == "" || len(v.held) > 0 {
		t.Errorf("Discord: %+v", v)
	}
	if g := makeDetail(d, "discord.com", state{part: partGuide}, en); len(g.lines) < 4 {
		t.Errorf("its guide: %+v", g.lines)
	}
	if v = makeDetail(d, "shop.example", state{}, en); v.gone || v.caption != "Not in the catalogue: nothing is known of it" || len(v.parts) > 0 {
		t.Errorf("unknown: %+v", v)
	}
	for _, id := range []string{"", "no site", "\u202e.com\x00", strings.Repeat("a", 5000) + ".example"} {
		if v = makeDetail(d, id, state{}, en); !v.gone {
			t.Errorf("%.20q: %+v", id, v)
		}
	}
}

// hostile are names as files bring them.
var hostile = []string{strings.Repeat("name ", 40), "مرحبا\u202ebanana", "e\u0301\u0323\u0302o\u0308", "a\x00b\x1b[31mc\nd", "👩‍👩‍👧 shop", ""}

// Names of any length and script, sixty identifiers and accounts without anything in them make a page.
func TestHostileAccounts(t *testing.T) {
	f := load(t)
	var ids []identifier.Identifier
	for i := range 60 {
		ids = append(ids, ident(t, fmt.Sprintf("p%d@mail.example", i)))
	}
	p := owner(ids...)
	d := f.of(p)
	for i, name := range hostile {
		d.overview.Accounts = append(d.overview.Accounts, account.Account{
			ID: fmt.Sprintf("s%d.example", i), Platform: fmt.Sprintf("s%d.example", i), Name: name, SignIn: name, UserNames: []string{name},
			Identifiers: ids, Confidence: evidence.Possible, ReusedWith: slices.Repeat([]string{"x.com"}, 300), Advertisers: []string{name},
			Findings: []evidence.Finding{{Fact: evidence.FactAccount, Format: "chrome-csv", Source: name, Detail: name, Confidence: evidence.Possible}},
		})
	}
	for _, lang := range []string{"en", "fr"} {
		pr := f.texts.Printer(lang)
		v := makeList(d, makeIndex(d, pr), state{query: hostile[1]}, pr)
		if len(v.rows) == 0 && v.none == "" {
			t.Error("neither rows nor a reason")
		}
		for _, a := range d.overview.Accounts {
			one := makeDetail(d, a.ID, state{}, pr)
			if one.gone || len(one.held) < 60 {
				t.Errorf("%s: %d held", a.ID, len(one.held))
			}
		}
	}
}

// crowd is a person with n accounts, each with several pieces of proof.
func (f fixed) crowd(t testing.TB, n int) data {
	mail, phone := ident(t, "rose@mail.example"), ident(t, "+33639981234")
	p := owner(mail, phone)
	for i := range n {
		fact := evidence.Finding{
			Fact: evidence.FactAccount, Site: fmt.Sprintf("site%d.example", i), Identifier: mail, Confidence: evidence.Likely,
			Purpose: evidence.PurposeSignIn, Format: "chrome-csv", Source: "a.csv", Count: 1,
		}
		if i < f.catalog.Len() && i%2 == 0 {
			fact.Site = f.catalog.At(i).ID
		}
		p.Findings = append(p.Findings, fact)
		if i%4 == 0 {
			fact.Fact, fact.Identifier, fact.Purpose = evidence.FactPhone2FA, phone, evidence.PurposeSecondFactor
			p.Findings = append(p.Findings, fact)
		}
	}
	return f.of(p)
}

// What a letter in the search and a change of group cost at 5,000 accounts.
func BenchmarkList(b *testing.B) {
	f := load(b)
	d, en := f.crowd(b, 5000), f.texts.Printer("en")
	ix := makeIndex(d, en)
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			makeIndex(d, en)
		}
	})
	b.Run("letter", func(b *testing.B) {
		for b.Loop() {
			makeList(d, ix, state{query: "site4"}, en)
		}
	})
	b.Run("group", func(b *testing.B) {
		for b.Loop() {
			makeList(d, ix, state{group: "codes"}, en)
		}
	})
	b.Run("platforms", func(b *testing.B) {
		sh := newShelf(f.catalog)
		for b.Loop() {
			makeBrowse(d, sh, browse{}, en)
		}
	})
}
