package identifier

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"

	"unlisted/checks/datafile"
)

//go:embed renumberings.json
var renumberingsJSON []byte

// renumbering is one change of a country's numbers after which every number of
// the old form has exactly one of today: at a position of the national number,
// some digits gave way to others.
type renumbering struct {
	Country string `json:"country"` // ISO 3166-1
	Code    int    `json:"code"`    // calling code
	Old     string `json:"old"`     // regular expression of the whole former national number
	At      int    `json:"at"`      // position of the change
	Drop    string `json:"drop"`    // digits that went
	Add     string `json:"add"`     // digits that came in their place
	Always  bool   `json:"always"`  // the old form cannot be a number of today, whatever the metadata says
	Since   string `json:"since"`   // the day of the change
	Source  string `json:"source"`

	old *regexp.Regexp
}

// renumberings are the known changes by calling code. The file beside this one
// names the source of each; a change that does not say which number a former
// one is today has no place there.
var renumberings = sync.OnceValue(func() map[int][]renumbering {
	var list []renumbering
	datafile.Must(list, datafile.Decode("renumberings.json", renumberingsJSON, &list))
	out := map[int][]renumbering{}
	for _, r := range list {
		r.old = regexp.MustCompile(`^(?:` + r.Old + `)$`)
		out[r.Code] = append(out[r.Code], r)
	}
	return out
})

// now gives the national number of today for one of the old form.
func (r *renumbering) now(national string) (string, bool) {
	if !r.old.MatchString(national) || !strings.HasPrefix(national[r.At:], r.Drop) {
		return "", false
	}
	return national[:r.At] + r.Add + national[r.At+len(r.Drop):], true
}

// before gives the former spelling of a national number of today.
func (r *renumbering) before(national string) (string, bool) {
	if len(national) < r.At || !strings.HasPrefix(national[r.At:], r.Add) {
		return "", false
	}
	old := national[:r.At] + r.Drop + national[r.At+len(r.Add):]
	return old, r.old.MatchString(old)
}

// today replaces a number that was renumbered by the one of today; ok is false
// where it is no number of a former plan, or could be several of today.
func today(n *phonenumbers.PhoneNumber) (out *phonenumbers.PhoneNumber, ok bool) {
	code := int(n.GetCountryCode())
	if code == argentina {
		return withoutFifteen(phonenumbers.GetNationalSignificantNumber(n))
	}
	if len(renumberings()[code]) == 0 {
		return nil, false
	}
	national, valid := phonenumbers.GetNationalSignificantNumber(n), phonenumbers.IsValidNumber(n)
	if out, ok = renumbered(code, national, valid); !ok && !valid && strings.HasPrefix(national, "0") {
		return renumbered(code, national[1:], valid) // written with the trunk prefix
	}
	return out, ok
}

func renumbered(code int, national string, valid bool) (out *phonenumbers.PhoneNumber, ok bool) {
	for _, r := range renumberings()[code] {
		now, is := r.now(national)
		if !is || valid && !r.Always {
			continue
		}
		m, err := phonenumbers.Parse("+"+strconv.Itoa(code)+now, "")
		if err != nil || !phonenumbers.IsValidNumber(m) {
			continue
		}
		if ok && m.GetNationalNumber() != out.GetNationalNumber() {
			return nil, false
		}
		out, ok = m, true
	}
	return out, ok
}

// Spellings lists the ways the digits behind the calling code of a number are
// written: as today, as before the country changed its numbers, and with and
// without a digit that only some callers dial.
func (id Identifier) Spellings() (code string, national []string) {
	n, err := phonenumbers.Parse(id.Value, "")
	if id.Kind != KindPhone || err != nil {
		return "", nil
	}
	now := phonenumbers.GetNationalSignificantNumber(n)
	national = append(national, now)
	for _, r := range renumberings()[int(n.GetCountryCode())] {
		if old, is := r.before(now); is {
			national = append(national, old)
		}
	}
	if n.GetCountryCode() == argentina {
		national = append(national, argentineSpellings(now)...)
	}
	return strconv.Itoa(int(n.GetCountryCode())), national
}

// argentina is the calling code of the only country where one line has two
// valid numbers: a mobile is dialled from abroad with a 9 before its area code,
// and services that send messages leave it out. Source: ENACOM, Plan
// Fundamental Nacional de Numeración.
const argentina = 54

// argentineLine is an Argentine national number as its line is dialled if it is
// a mobile: of the same ten digits there is only one line.
func argentineLine(national string) string {
	if len(national) == 10 {
		return "9" + national
	}
	if n, ok := withoutFifteen(national); ok {
		return phonenumbers.GetNationalSignificantNumber(n)
	}
	return national
}

// withoutFifteen reads an Argentine mobile that is written with both of its
// marks, the 9 of calls from abroad and the 15 of calls from home: only one area
// code of two to four digits leaves a number of the right length behind it.
func withoutFifteen(national string) (out *phonenumbers.PhoneNumber, ok bool) {
	if len(national) != 13 || national[0] != '9' {
		return nil, false
	}
	for area := 2; area <= 4; area++ {
		rest, marked := strings.CutPrefix(national[1+area:], "15")
		if !marked {
			continue
		}
		n, err := phonenumbers.Parse("+54"+national[:1+area]+rest, "")
		if err != nil || !phonenumbers.IsValidNumber(n) || areaCode(n) != national[1:1+area] {
			continue
		}
		if ok {
			return nil, false
		}
		out, ok = n, true
	}
	return out, ok
}

// areaCode is the area code of an Argentine mobile: "+54 9 341 555-0123", the
// third group.
func areaCode(n *phonenumbers.PhoneNumber) string {
	if groups := strings.Fields(phonenumbers.Format(n, phonenumbers.INTERNATIONAL)); len(groups) > 3 {
		return groups[2]
	}
	return ""
}

// argentineSpellings are the other ways a national number is written: with and
// without the 9, and as at home, with a 15 behind the area code.
func argentineSpellings(national string) []string {
	line := argentineLine(national)
	n, err := phonenumbers.Parse("+54"+line, "")
	if err != nil || len(line) != 11 {
		return nil
	}
	out := []string{line, line[1:]}
	if code := areaCode(n); code != "" {
		area := len(code)
		out = append(out, line[1:1+area]+"15"+line[1+area:], line[:1+area]+"15"+line[1+area:])
	}
	return out
}

// canonicalPhone is the form in which two spellings of one line are equal,
// those included that were stored before a country changed its numbers.
func canonicalPhone(e164 string) string {
	if len(e164) < 3 || e164[0] != '+' {
		return e164
	}
	if national, ok := strings.CutPrefix(e164, "+54"); ok {
		return "+54" + argentineLine(national)
	}
	for size := 1; size <= 3 && size < len(e164); size++ { // calling codes have one to three digits
		code, _ := strconv.Atoi(e164[1 : 1+size])
		for _, r := range renumberings()[code] {
			if !r.old.MatchString(e164[1+size:]) {
				continue
			}
			if id, err := ParsePhone(e164, ""); err == nil {
				return id.Value
			}
			return e164
		}
	}
	return e164
}
