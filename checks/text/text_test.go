package text_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

func load(t *testing.T) *text.Catalog {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPluralsNumbersAndDates(t *testing.T) {
	files := fstest.MapFS{
		"en/a.json": {Data: []byte(`{"found":{"one":"{n} account in {where}","other":"{n} accounts in {where}"},"month.3":"March","date.day":"{day} {month} {year}","date.month":"{month} {year}"}`)},
		"fr/a.json": {Data: []byte(`{"found":{"one":"{n} compte dans {where}","other":"{n} comptes dans {where}"},"month.3":"mars","date.first":"{day}er {month} {year}"}`)},
	}
	c, err := text.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	en, fr := c.Printer("en"), c.Printer("fr")
	for got, want := range map[string]string{
		en.N("found", 0, "where", "x"):                        "0 accounts in x",
		en.N("found", 1, "where", "x"):                        "1 account in x",
		fr.N("found", 0, "where", "x"):                        "0 compte dans x",
		fr.N("found", 1234567, "where", "x"):                  "1\u202f234\u202f567 comptes dans x",
		en.N("found", 1000, "where", "{n}"):                   "1,000 accounts in {n}",
		fr.Date(time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)):  "5 mars 2024",
		fr.Date(time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)):  "1er mars 2024",
		en.Date(time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)):  "1 March 2024",
		fr.Number(-1234):                                      "-1\u202f234",
		en.Number(-9223372036854775808):                       "-9,223,372,036,854,775,808",
		en.Date(time.Time{}):                                  "",
		en.T("missing"):                                       "[missing]",
		en.Month(time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)): "March 2024",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLoadRefusesAKeyTwice(t *testing.T) {
	_, err := text.Load(fstest.MapFS{
		"en/a.json": {Data: []byte(`{"k":"1"}`)}, "en/b.json": {Data: []byte(`{"k":"2"}`)},
	})
	if err == nil || !strings.Contains(err.Error(), `"k"`) {
		t.Errorf("err = %v", err)
	}
}

func TestMatch(t *testing.T) {
	c := load(t)
	for _, w := range [][]string{{"fr_FR.UTF-8"}, {"fr-CA"}, {"xx", "fr"}, {"C", "", "fr"}} {
		if got := c.Match(w...); got != "fr" {
			t.Errorf("Match(%q) = %s", w, got)
		}
	}
	if got := c.Match("C", "ja_JP"); got != "en" {
		t.Errorf("fallback %s", got)
	}
}

func TestSentenceOfAWrappedError(t *testing.T) {
	c := load(t)
	for _, lang := range c.Languages() {
		p := c.Printer(lang)
		m := p.Sentence(fmt.Errorf("adding: %w", identifier.ErrPhoneRegion))
		if m.What != p.T("error.identifier.phone_region.what") || m.Means == "" || m.Todo == "" {
			t.Errorf("%s: %+v", lang, m)
		}
		if m := p.Sentence(errors.New("raw text with a/secret/path")); strings.Contains(m.String(), "secret") || m.What == "" {
			t.Errorf("%s: %+v", lang, m)
		}
	}
}

// An error of one key is known by it, whatever fills it and whatever lies around
// it, and its cause stays behind it.
func TestError(t *testing.T) {
	cause := errors.New("disk full")
	err := fmt.Errorf("saving: %w", &text.Error{Key: "error.account.factor", Args: map[string]any{"value": "pager", "known": "totp"}, Cause: cause})
	if !errors.Is(err, &text.Error{Key: "error.account.factor"}) || errors.Is(err, text.ErrDay) || !errors.Is(err, cause) {
		t.Errorf("%v", err)
	}
	p := load(t).Printer("en")
	if m := p.Sentence(err); !strings.Contains(m.String(), "pager") || strings.Contains(m.String(), "disk") {
		t.Errorf("%+v", m)
	}
	if got, want := p.Message("settings.erase.note"), p.T("settings.erase.note.what"); got.What != want || got.Means == "" {
		t.Errorf("%+v", got)
	}
}
