package breach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/breach"
)

func on(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

var shelf = []breach.Breach{
	{Name: "Adobe", Title: "Adobe", Domain: "adobe.example", Date: on("2013-10-04"), Added: on("2013-12-04"), Count: 5_000_000_000, Data: []string{"Email addresses", "Passwords"}},
	{Name: "LinkedIn", Title: "LinkedIn", Domain: "linkedin.example", Date: on("2012-05-05"), Added: on("2016-05-21"), Data: []string{"Email addresses", "Passwords"}},
	{Name: "LinkedInScrape", Title: "LinkedIn Scraped Data (2021)", Domain: "linkedin.example", Date: on("2021-04-08"), Added: on("2023-11-04"), Data: []string{"Email addresses"}},
	{Name: "Rumour", Title: "Rumour", Domain: "rumour.example", Date: on("2020-02-02"), Added: on("2020-03-03"), Data: []string{"Phone numbers"}, Flags: breach.Unverified},
	{Name: "TwiceA", Title: "Twice A", Domain: "twice.example", Date: on("2019-01-01"), Added: on("2019-02-01"), Data: []string{"Names"}},
	{Name: "TwiceB", Title: "Twice B", Domain: "twice.example", Date: on("2019-09-01"), Added: on("2019-10-01"), Data: []string{"Names"}},
}

func found(source string, hits ...breach.Hit) breach.Result {
	return breach.Result{Source: source, Identifier: people[0], Outcome: breach.Found, Hits: hits}
}

func told(list []breach.Named) (out []string) {
	for _, n := range list {
		out = append(out, fmt.Sprintf("%s %s %s", n.ID, n.Certainty, strings.Join(n.Sources, "+")))
	}
	return out
}

// One leak is told once, however its sources spell it; what only looks alike
// stays apart.
func TestLeaksMerge(t *testing.T) {
	for name, c := range map[string]struct {
		results []breach.Result
		want    []string
	}{
		"by name":                       {[]breach.Result{found("hibp", breach.Hit{Name: "Adobe"}), found("xon", breach.Hit{Name: "ADOBE"})}, []string{"Adobe confirmed hibp+xon"}},
		"by title, without punctuation": {[]breach.Result{found("xon", breach.Hit{Name: "linkedin-scraped-data-2021"})}, []string{"LinkedInScrape confirmed xon"}},
		"by domain and year":            {[]breach.Result{found("hibp", breach.Hit{Name: "Adobe"}), found("leakcheck", breach.Hit{Name: "Adobe.example", Domain: "adobe.example", Date: on("2013-01-01")})}, []string{"Adobe confirmed hibp+leakcheck"}},
		"another year":                  {[]breach.Result{found("leakcheck", breach.Hit{Name: "Adobe.example", Domain: "adobe.example", Date: on("2022-01-01")})}, []string{"adobeexample confirmed leakcheck"}},
		"no year":                       {[]breach.Result{found("leakcheck", breach.Hit{Name: "Adobe.example", Domain: "adobe.example"})}, []string{"adobeexample confirmed leakcheck"}},
		"two of that year":              {[]breach.Result{found("leakcheck", breach.Hit{Name: "twice.example", Domain: "twice.example", Date: on("2019-05-01")})}, []string{"twiceexample confirmed leakcheck"}},
		"the name of another":           {[]breach.Result{found("xon", breach.Hit{Name: "Adobe", Domain: "elsewhere.example"})}, []string{"adobe confirmed xon"}},
		"the name, years apart":         {[]breach.Result{found("xon", breach.Hit{Name: "adobe", Date: on("2023-01-01")})}, []string{"adobe confirmed xon"}},
		"unknown to the catalogue": {
			[]breach.Result{found("a", breach.Hit{Name: "NewShop"}), found("b", breach.Hit{Name: "new shop", Domain: "newshop.example", Date: on("2026-03-01")}), found("c", breach.Hit{Name: "newshop.example", Domain: "newshop.example", Date: on("2026-01-01")})},
			[]string{"newshop confirmed a+b+c"},
		},
		"not verified":        {[]breach.Result{found("hibp", breach.Hit{Name: "Rumour", Unverified: true})}, []string{"Rumour reported hibp"}},
		"not verified there":  {[]breach.Result{found("xon", breach.Hit{Name: "Adobe", Unverified: true}), found("hibp", breach.Hit{Name: "Adobe"})}, []string{"Adobe confirmed hibp+xon"}},
		"a paste of the name": {[]breach.Result{found("p", breach.Hit{Kind: breach.HitPaste, Name: "Adobe"}), found("hibp", breach.Hit{Name: "Adobe"})}, []string{"Adobe confirmed hibp", "adobe confirmed p"}},
		"two devices": {[]breach.Result{found("h",
			breach.Hit{Kind: breach.HitStealer, Name: "redline", Device: "A", Date: on("2023-05-17")}, breach.Hit{Kind: breach.HitStealer, Name: "redline", Device: "B", Date: on("2023-05-17")},
			breach.Hit{Kind: breach.HitStealer, Name: "redline", Device: "A", Date: on("2023-05-17")})}, []string{"redline confirmed h", "redline confirmed h"}},
		"nothing found": {[]breach.Result{{Source: "hibp", Outcome: breach.NotFound, Hits: []breach.Hit{{Name: "Adobe"}}}, {Source: "x", Outcome: breach.Malformed}}, nil},
		"nameless":      {[]breach.Result{found("x", breach.Hit{}, breach.Hit{Name: "—"})}, []string{"unnamed confirmed x", "unnamed confirmed x"}},
	} {
		got := told(breach.Leaks(c.results, load(t, shelf...)))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		slices.Reverse(c.results)
		if back := told(breach.Leaks(c.results, load(t, shelf...))); !slices.Equal(back, got) {
			t.Errorf("%s, in another order: %q", name, back)
		}
	}
}

// The accounts add what nobody was asked about, and say whether the person was
// there then. All kinds of data are kept, phone numbers first.
func TestLeaksOfAccounts(t *testing.T) {
	accounts := []breach.Candidate{
		{Platform: "adobe.example", Domains: []string{"adobe.example"}, First: on("2010-01-01")},
		{Platform: "linkedin.example", Domains: []string{"linkedin.example", "lnkd.example"}, First: on("2015-01-01")},
		{Platform: "rumour.example", Domains: []string{"rumour.example"}},
	}
	list := breach.Leaks([]breach.Result{found("xon", breach.Hit{Name: "Adobe", Data: []string{"passwords", "phone numbers"}}), found("hibp", breach.Hit{Name: "TwiceA"})}, load(t, shelf...), accounts...)
	var got []string
	for _, n := range list {
		got = append(got, fmt.Sprintf("%s %s %q %s", n.ID, n.Certainty, n.Account, n.Had))
	}
	want := []string{
		`Adobe confirmed "adobe.example" yes`, `TwiceA confirmed "" unknown`,
		`LinkedInScrape possible "linkedin.example" yes`, `Rumour possible "rumour.example" unknown`, `LinkedIn possible "linkedin.example" later`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if a := list[0]; !slices.Equal(a.Data, []string{"Phone numbers", "Email addresses", "Passwords"}) || a.Count != 5_000_000_000 || a.Breach.Name != "Adobe" || !slices.Equal(a.Identifiers, people[:1]) {
		t.Errorf("Adobe: %+v", a)
	}
	if c := load(t, shelf...); len(breach.Leaks(nil, c, accounts...)) != len(c.Match(accounts)) {
		t.Error("with nobody asked it is not the match of the accounts")
	}
	if b, _ := load(t, shelf...).ByName("Adobe"); b.Data[0] != "Email addresses" {
		t.Error("the catalogue was changed")
	}
}

// A hostile answer costs no more than a large one.
func TestLeaksOfMany(t *testing.T) {
	var hits []breach.Hit
	for i := range 50_000 {
		hits = append(hits, breach.Hit{Name: fmt.Sprint("name ", i), Domain: "one.example", Date: on("2019-01-01").AddDate(0, 0, i%300)})
	}
	if kept := breach.Hits(hits); len(kept) != 2000 {
		t.Errorf("%d hits kept", len(kept))
	}
	if kept := breach.Hits([]breach.Hit{{Name: "A"}, {Name: "A"}, {Name: "A", Kind: breach.HitPaste}, {Name: "A", Device: "x"}}); len(kept) != 3 {
		t.Errorf("kept %+v", kept)
	}
	if n := len(breach.Leaks([]breach.Result{found("x", breach.Hits(hits)...)}, load(t, shelf...))); n == 0 {
		t.Error("nothing")
	}
}
