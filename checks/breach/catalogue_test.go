package breach_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/checks/breach"
)

func day(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }

func leak(name, domain, date string, flags breach.Flags, data ...string) breach.Breach {
	return breach.Breach{Name: name, Title: name, Domain: domain, Date: day(date), Added: day(date), Count: 1 << 33, Data: data, Flags: flags}
}

func load(t *testing.T, list ...breach.Breach) *breach.Catalogue {
	t.Helper()
	var b bytes.Buffer
	if err := breach.EncodeCatalogue(&b, list); err != nil {
		t.Fatal(err)
	}
	c, err := breach.LoadCatalogue(fstest.MapFS{"breaches.tsv": {Data: b.Bytes()}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// say writes a match the way the tests compare it.
func say(leaks []breach.Leak) (out []string) {
	for _, l := range leaks {
		out = append(out, fmt.Sprintf("%s %s %s", l.Platform, l.Breach.Name, l.Had))
	}
	return out
}

// What the person's own dates prove is told; what they do not prove is never
// told as certain, nor as safe.
func TestMatchDates(t *testing.T) {
	c := load(t, leak("Shop", "shop.example", "2020-06-15", 0, breach.DataEmails))
	for name, first := range map[string]struct {
		first time.Time
		want  breach.Had
	}{
		"years before":            {day("2012-01-01"), breach.HadYes},
		"the day before":          {day("2020-06-14"), breach.HadYes},
		"the same day":            {day("2020-06-15"), breach.HadYes},
		"the same day at evening": {day("2020-06-15").Add(20 * time.Hour), breach.HadYes},
		"the day after":           {day("2020-06-16"), breach.HadLater},
		"years after":             {day("2025-01-01"), breach.HadLater},
		"no date":                 {time.Time{}, breach.HadUnknown},
	} {
		got := c.Match([]breach.Candidate{{Platform: "shop", Domains: []string{"shop.example"}, First: first.first}})
		if len(got) != 1 || got[0].Had != first.want {
			t.Errorf("%s: %q, want %s", name, say(got), first.want)
		}
	}
}

// Only the platform's own domains match: a name that resembles one accuses
// nobody.
func TestMatchDomains(t *testing.T) {
	c := load(
		t,
		leak("Shop", "shop.example", "2020-01-01", 0, breach.DataEmails),
		leak("ShopAgain", "shop.example", "2021-01-01", 0, breach.DataEmails),
		leak("OldName", "oldname.example", "2019-01-01", 0, breach.DataEmails),
		leak("Nowhere", "", "2020-01-01", 0, breach.DataEmails),
		leak("Invented", "shop.example", "2022-01-01", breach.Fabricated, breach.DataEmails),
		leak("Gone", "shop.example", "2022-01-01", breach.Retired, breach.DataEmails),
		leak("Rumour", "shop.example", "2018-01-01", breach.Unverified, breach.DataEmails),
	)
	for name, x := range map[string]struct {
		domains []string
		want    []string
	}{
		"all of the platform's": {[]string{"shop.example", "oldname.example"}, []string{"ShopAgain", "Shop", "OldName", "Rumour"}},
		"one":                   {[]string{"oldname.example"}, []string{"OldName"}},
		"longer":                {[]string{"myshop.example", "shop.example.evil.example", "www.shop.example"}, nil},
		"shorter":               {[]string{"hop.example", "example", ""}, nil},
		"none":                  {nil, nil},
	} {
		var got []string
		for _, l := range c.Match([]breach.Candidate{{Platform: "p", Domains: x.domains}}) {
			got = append(got, l.Breach.Name)
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// A leaked number comes first, then a password, then the newest; what the person
// surely had stands above what they perhaps had. The order of the accounts
// does not matter.
func TestMatchOrder(t *testing.T) {
	list := []breach.Breach{
		leak("MailOld", "a.example", "2015-01-01", 0, breach.DataEmails),
		leak("MailNew", "a.example", "2019-01-01", 0, breach.DataEmails),
		leak("Password", "b.example", "2014-01-01", 0, breach.DataEmails, breach.DataPasswords),
		leak("Phone", "c.example", "2013-01-01", 0, breach.DataPhones, breach.DataEmails),
		leak("Both", "d.example", "2012-01-01", 0, breach.DataPhones, breach.DataPasswords),
		leak("PhonePerhaps", "e.example", "2019-01-01", 0, breach.DataPhones),
		leak("PhoneLater", "f.example", "2019-01-01", 0, breach.DataPhones),
	}
	accounts := []breach.Candidate{
		{Platform: "one", Domains: []string{"a.example", "c.example"}, First: day("2010-01-01")},
		{Platform: "two", Domains: []string{"b.example", "d.example", "c.example"}, First: day("2010-01-01")},
		{Platform: "three", Domains: []string{"e.example"}},
		{Platform: "four", Domains: []string{"f.example"}, First: day("2024-01-01")},
	}
	want := []string{
		"two Both yes", "one Phone yes", "two Phone yes", "two Password yes", "one MailNew yes", "one MailOld yes",
		"three PhonePerhaps unknown", "four PhoneLater later",
	}
	for range len(accounts) {
		accounts = append(accounts[1:], accounts[0])
		list = append(list[2:], list[:2]...)
		if got := say(load(t, list...).Match(accounts)); !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

// What is written is read again unchanged, and equal lists give equal bytes.
func TestCatalogueRoundTrip(t *testing.T) {
	list := []breach.Breach{
		leak("Shop2020", "shop.example", "2020-06-15", breach.Unverified|breach.Sensitive|breach.StealerLog, breach.DataPhones, "Names"),
		leak("Nowhere", "", "2021-02-28", breach.Fabricated|breach.Retired|breach.SpamList|breach.Malware, breach.DataEmails),
	}
	list[0].Title = "Żółw & Söhne"
	c := load(t, list...)
	for _, want := range list {
		if got, ok := c.ByName(want.Name); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if _, ok := c.ByName("shop2020"); ok || c.Len() != 2 || !c.Newest().Equal(day("2021-02-28")) {
		t.Errorf("%d breaches, newest %s", c.Len(), c.Newest())
	}
	for _, bad := range []string{"a\tb", "a\nb", "a\rb"} {
		if err := breach.EncodeCatalogue(new(bytes.Buffer), []breach.Breach{{Name: "Bad", Title: bad}}); err == nil {
			t.Errorf("the title %q was written", bad)
		}
	}
}

// A damaged catalogue is refused with its line: half of one would answer "no
// breach known".
func TestCatalogueDamaged(t *testing.T) {
	const head, line = "unlisted breaches 1\n", "Shop\tShop\tshop.example\t2020-01-01\t2020-02-01\t5\tNames\tu\n"
	if _, err := breach.LoadCatalogue(fstest.MapFS{}); err == nil {
		t.Error("no file at all was loaded")
	}
	for name, x := range map[string]struct{ file, says string }{
		"empty":           {"", "format"},
		"another format":  {"unlisted breaches 2\n" + line, "format"},
		"only a head":     {head, "line 2"},
		"cut off":         {head + line + line[:20], "line 3"},
		"one field more":  {head + strings.Replace(line, "\tu", "\tu\tx", 1), "line 2"},
		"no such day":     {head + line + strings.Replace(line, "2020-01-01", "2020-02-30", 1), "line 3"},
		"no day of entry": {head + strings.Replace(line, "2020-02-01", "", 1), "line 2"},
		"no count":        {head + strings.Replace(line, "\t5\t", "\tmany\t", 1), "line 2"},
	} {
		c, err := breach.LoadCatalogue(fstest.MapFS{"breaches.tsv": {Data: []byte(x.file)}})
		if err == nil || c != nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v, want %q", name, err, x.says)
		}
	}
}
