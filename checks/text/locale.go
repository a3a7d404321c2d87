package text

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/number"
	"golang.org/x/text/unicode/norm"
)

// Number writes a whole number with the language's grouping. A space between
// groups is the narrow no-break one, as French typography and the SI ask.
func (p *Printer) Number(n int64) string {
	return strings.ReplaceAll(p.numbers.Sprint(number.Decimal(n)), "\u00a0", "\u202f")
}

// Date writes a day, such as "3 March 2024" or "3 mars 2024"; "" for the zero
// time. The pattern is the key date.day, for the first of a month date.first.
func (p *Printer) Date(t time.Time) string {
	key := "date.day"
	if _, first := p.own["date.first"]; first && t.Day() == 1 {
		key = "date.first"
	}
	return p.date(key, t)
}

// Month writes a month and year, such as "March 2024"; "" for the zero time.
func (p *Printer) Month(t time.Time) string { return p.date("date.month", t) }

func (p *Printer) date(key string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	month := strconv.Itoa(int(t.Month()))
	return p.T(key, "day", t.Day(), "month", p.T("month."+month), "number", month, "year", t.Year())
}

// ErrDay says that a day could not be read.
var ErrDay = &Error{Key: "error.leaving.day"}

// ParseDay reads a day of this century in one of the ways that the key
// date.typed lists. A way that means two things to the language's readers is
// not among them.
func (p *Printer) ParseDay(s string) (time.Time, error) {
	layout := strings.NewReplacer("{day}", "2", "{number}", "1", "{year}", "2006")
	for way := range strings.SplitSeq(time.DateOnly+" "+layout.Replace(p.T("date.typed")), " ") {
		if day, err := time.Parse(way, strings.TrimSpace(s)); err == nil && day.Year() >= 2000 && day.Year() < 2100 {
			return day, nil
		}
	}
	return time.Time{}, ErrDay
}

// Country is the name of a country (ISO 3166-1, two letters), or the code where
// it has none.
func (p *Printer) Country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	for _, tag := range []language.Tag{p.tag, language.English} {
		if names := display.Regions(tag); names != nil {
			if name := names.Name(region); name != "" {
				return name
			}
		}
	}
	return code
}

// SortCountries sorts codes of countries by their names, letters with marks
// beside those without. The tables of a full collation would weigh more than all
// texts together.
func (p *Printer) SortCountries(codes []string) {
	keys := make(map[string]string, len(codes))
	for _, c := range codes {
		keys[c] = sortKey(p.Country(c))
	}
	slices.SortStableFunc(codes, func(a, b string) int { return strings.Compare(keys[a], keys[b]) })
}

// sortKey is a name without marks, hyphens and case.
func sortKey(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == '-', r == '’', r == '\'':
			return ' '
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(name))
}

// Language is a language's own name for itself, such as "Français".
func Language(lang string) string {
	tag := language.Make(lang)
	name := display.Self.Name(tag)
	if name == "" {
		return lang
	}
	return cases.Title(tag, cases.NoLower).String(name)
}
