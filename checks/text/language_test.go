package text_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/text"
)

// with gives the texts there are and one more file.
func with(t *testing.T, file, content string) *text.Catalog {
	t.Helper()
	files := fstest.MapFS{file: {Data: []byte(content)}}
	all := assets.Sub("text")
	names, err := fs.Glob(all, "*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(all, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: raw}
	}
	c, err := text.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A language is a folder. One of three sentences has its own plurals, numbers,
// dates and names of countries, and is English for the rest.
func TestALanguageOfThreeKeys(t *testing.T) {
	c := with(t, "pl/a.json", `{
		"find.accounts": {"one": "{n} konto", "few": "{n} konta", "many": "{n} kont", "other": "{n} konta"},
		"date.day": "{day}.{number}.{year}",
		"you.title": "Ty"
	}`)
	en, pl := c.Printer("en"), c.Printer(c.Match("pl_PL.UTF-8"))
	april := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		pl.Lang():                        "pl",
		text.Language("pl"):              "Polski",
		pl.T("you.title"):                "Ty",
		pl.N("find.accounts", 1):         "1 konto",
		pl.N("find.accounts", 3):         "3 konta",
		pl.N("find.accounts", 0):         "0 kont",
		pl.N("find.accounts", 112):       "112 kont",
		pl.N("find.accounts", 122):       "122 konta",
		pl.N("find.accounts", 54321):     "54\u202f321 kont",
		pl.Date(april):                   "1.4.2026",
		pl.Date(april.AddDate(0, 8, 23)): "24.12.2026",
		pl.Country("DE"):                 "Niemcy",
		pl.Country("XQ"):                 "XQ",
		// Nobody has written these: English, by English rules.
		pl.T("find.title"):                en.T("find.title"),
		pl.N("find.phones", 1):            en.N("find.phones", 1),
		pl.N("find.phones", 22):           en.N("find.phones", 22),
		pl.Month(april):                   "April 2026",
		pl.Sentence(text.ErrDay).String(): en.Sentence(text.ErrDay).String(),
		pl.In(map[string]string{"en": "Two steps", "fr": "Deux étapes"}): "Two steps",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if day, err := pl.ParseDay("31.12.2026"); err != nil || day.Format(time.DateOnly) != "2026-12-31" {
		t.Errorf("%v, %v", day, err)
	}
	if got := c.Languages(); !slices.Equal(got, []string{"en", "fr", "pl"}) {
		t.Errorf("languages %q", got)
	}
	if got := c.Printer(c.Match("de", "fr")).Lang(); got != "fr" {
		t.Errorf("the others are as before: %q", got)
	}
}

// A plural form that a language has and a text lacks, a form that no language
// has and a folder that is no language are mistakes: file and key are named.
func TestMistakesInATextFile(t *testing.T) {
	en := &fstest.MapFile{Data: []byte(`{"k": "v"}`)}
	for _, c := range []struct{ file, content, want string }{
		{"pl/a.json", `{"n.x": {"one": "a", "other": "b"}}`, `pl/a.json: key "n.x" lacks the plural form "few"`},
		{"fr/a.json", `{"n.x": {"other": "b"}}`, `fr/a.json: key "n.x" lacks the plural form "one"`},
		{"ar/a.json", `{"n.x": {"one": "a", "two": "b", "few": "c", "many": "d", "other": "e"}}`, `ar/a.json: key "n.x" lacks the plural form "zero"`},
		{"fr/a.json", `{"n.x": {"one": "a", "others": "b"}}`, `fr/a.json: "others" is no plural form`},
		{"no language/a.json", `{"k": "v"}`, "no language/a.json: "},
	} {
		_, err := text.Load(fstest.MapFS{"en/a.json": en, c.file: {Data: []byte(c.content)}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v", c.want, err)
		}
	}
	if _, err := text.Load(fstest.MapFS{"en/a.json": en, "ja/a.json": {Data: []byte(`{"n.x": {"other": "b"}}`)}}); err != nil {
		t.Errorf("one form is all that Japanese has: %v", err)
	}
}

func TestParseDay(t *testing.T) {
	c := load(t)
	for _, c := range []struct {
		typed, want string
		p           *text.Printer
	}{
		{"2026-12-31", "2026-12-31", c.Printer("en")},
		{" 2026-12-31 ", "2026-12-31", c.Printer("fr")},
		{"31.12.2026", "2026-12-31", c.Printer("en")},
		{"31/12/2026", "2026-12-31", c.Printer("fr")},
		{"1/2/2027", "2027-02-01", c.Printer("fr")},
		{"1/2/2027", "", c.Printer("en")}, // two things in English
		{"2026-02-30", "", c.Printer("en")},
		{"1026-12-31", "", c.Printer("en")},
		{"20261231", "", c.Printer("en")},
		{"", "", c.Printer("en")},
		{"tomorrow", "", c.Printer("en")},
	} {
		day, err := c.p.ParseDay(c.typed)
		if got := day.Format(time.DateOnly); (err == nil) != (c.want != "") || err == nil && got != c.want {
			t.Errorf("%q (%s): %s, %v", c.typed, c.p.Lang(), got, err)
		}
	}
}

// Countries stand where a reader of the language looks for them.
func TestCountries(t *testing.T) {
	c := load(t)
	codes := []string{"US", "DE", "AX", "EG", "ZW", "AT"}
	c.Printer("fr").SortCountries(codes)
	if want := []string{"DE", "AT", "EG", "US", "AX", "ZW"}; !slices.Equal(codes, want) { // Égypte, États-Unis, Îles Åland
		t.Errorf("%q", codes)
	}
	if got := c.Printer("fr").Country("CH"); got != "Suisse" {
		t.Errorf("%q", got)
	}
}
