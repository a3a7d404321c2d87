package identifier_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"

	"unlisted/checks/identifier"
)

// Numbers as they were before a country changed them, and as they are today;
// written by hand from the notices of the changes.
var renumbered = []struct{ country, old, today string }{
	{"CI", "+225 07 65 43 21", "+2250707654321"}, // Orange
	{"CI", "+225 48 65 43 21", "+2250748654321"},
	{"CI", "+225 97 65 43 21", "+2250797654321"},
	{"CI", "+225 05 65 43 21", "+2250505654321"}, // MTN
	{"CI", "+225 66 65 43 21", "+2250566654321"},
	{"CI", "+225 01 65 43 21", "+2250101654321"}, // Moov
	{"CI", "+225 42 65 43 21", "+2250142654321"},
	{"CI", "+225 20 71 22 23", ""}, // a fixed line of an exchange that is not in the list
	{"CI", "+225 20 31 22 23", "+2252720312223"},
	{"CI", "+225 20 00 12 34", "+2252520001234"},
	{"CI", "+225 20 80 12 34", "+2252120801234"},
	{"BJ", "+229 61 23 45 67", "+2290161234567"},
	{"BJ", "+229 21 30 12 34", "+2290121301234"},
	{"MX", "+52 1 33 1234 5678", "+523312345678"},
	{"MX", "+52 01 33 1234 5678", "+523312345678"},
	{"MX", "+52 044 33 1234 5678", "+523312345678"},
	{"BR", "+55 21 9876-5432", "+5521998765432"},
	{"BR", "+55 85 8765-4321", "+5585987654321"},
	{"BR", "+55 11 6123-4567", "+5511961234567"},
	{"BR", "+55 11 3123-4567", "+551131234567"},       // a fixed line keeps its eight digits
	{"AR", "+54 9 11 15 2345 6789", "+5491123456789"}, // both marks of a mobile
	{"AR", "+54 9 351 15 234 5678", "+5493512345678"},
	{"AR", "+54 9 2966 15 23 4567", "+5492966234567"},
	{"AR", "+54 9 999 15 234 5678", ""}, // no such area code
	{"GA", "+241 06 11 22 33", "+24166112233"},
	{"GA", "+241 07 28 01 99", "+24177280199"},
	{"GA", "+241 04 28 01 99", "+24174280199"},
	{"GA", "+241 01 72 01 99", "+24111720199"},
	{"CM", "+237 77 12 34 56", "+237677123456"},
	{"CM", "+237 99 12 34 56", "+237699123456"},
	{"MA", "+212 61 12 34 56", "+212661123456"},
	{"MA", "+212 22 20 12 34", "+212522201234"},
	{"DZ", "+213 61 12 34 56", "+213661123456"},
	{"DZ", "+213 71 12 34 56", "+213771123456"},
	{"DZ", "+213 50 12 34 56", "+213550123456"},
	{"VN", "+84 168 123 4567", "+84381234567"},
	{"VN", "+84 121 123 4567", "+84791234567"},
	{"VN", "+84 129 123 4567", "+84821234567"},
	{"VN", "+84 199 123 4567", "+84591234567"},
	{"CO", "+57 1 2281260", "+576012281260"},
	{"CO", "+57 4 4441234", "+576044441234"},
	{"CL", "+56 2 421 3146", "+56224213146"},
	{"CR", "+506 831 2345", "+5068831 2345"},
	{"CR", "+506 225 1234", "+5062225 1234"},
	{"MU", "+230 712 3456", "+2305712 3456"},
}

func TestRenumberedNumbersAreThoseOfToday(t *testing.T) {
	for _, c := range renumbered {
		want := strings.ReplaceAll(c.today, " ", "")
		bare := strings.ReplaceAll(c.old, " ", "")
		for _, in := range []string{c.old, bare, "00" + bare[1:]} {
			id, err := identifier.ParsePhone(in, "")
			if id.Value != want || (err != nil) != (want == "") {
				t.Errorf("%s: %q is %q, %v; want %q", c.country, in, id.Value, err, want)
			}
		}
		stored := identifier.Identifier{Kind: identifier.KindPhone, Value: strings.ReplaceAll(bare, "-", "")}
		if now := (identifier.Identifier{Kind: identifier.KindPhone, Value: want}); want != "" && !identifier.Same(stored, now) {
			t.Errorf("%s stored in its old form is another line than %s", stored.Value, want)
		}
	}
}

// National forms of former times, read in their country.
func TestRenumberedNationalForms(t *testing.T) {
	for _, c := range []struct{ in, region, want string }{
		{"07 65 43 21", "CI", "+2250707654321"},
		{"61 23 45 67", "BJ", "+2290161234567"},
		{"044 55 1234 5678", "MX", "+525512345678"},
		{"045 55 1234 5678", "MX", "+525512345678"},
		{"01 55 1234 5678", "MX", "+525512345678"},
		{"(11) 8765-4321", "BR", "+5511987654321"},
		{"0 11 8765-4321", "BR", "+5511987654321"},
		{"07 28 01 99", "GA", "+24177280199"},
		{"0168 123 4567", "VN", "+84381234567"},
		{"011 15 2345-6789", "AR", "+5491123456789"},
		{"061 12 34 56", "MA", "+212661123456"},
	} {
		if id, err := identifier.ParsePhone(c.in, c.region); err != nil || id.Value != c.want {
			t.Errorf("%s in %s is %q, %v; want %q", c.in, c.region, id.Value, err, c.want)
		}
	}
}

// Every change in the file is complete, and what it makes of numbers of the
// former form is valid by metadata that knows nothing of the file.
func TestRenumberingFile(t *testing.T) {
	b, err := os.ReadFile("renumberings.json")
	if err != nil {
		t.Fatal(err)
	}
	var rules []struct {
		Country, Old, Drop, Add, Since, Source string
		Code, At                               int
		Always                                 bool
	}
	if err := json.Unmarshal(b, &rules); err != nil {
		t.Fatal(err)
	}
	former := map[string]*regexp.Regexp{}
	for _, r := range rules {
		former[r.Old] = regexp.MustCompile("^(?:" + r.Old + ")$")
	}
	for _, r := range rules {
		if _, err := time.Parse(time.DateOnly, r.Since); err != nil || !strings.HasPrefix(r.Source, "http") {
			t.Errorf("%s %s has no day or no source", r.Country, r.Old)
		}
		if phonenumbers.GetCountryCodeForRegion(r.Country) != r.Code {
			t.Errorf("%s is not +%d", r.Country, r.Code)
		}
		sure := 0
		for i := range 200 {
			old := rapid.StringMatching(r.Old).Example(i)
			if old[r.At:r.At+len(r.Drop)] != r.Drop {
				t.Fatalf("%s: %s lacks %s", r.Country, old, r.Drop)
			}
			for _, other := range rules { // one number of today for each former one
				if other.Code == r.Code && other.Old != r.Old && former[other.Old].MatchString(old) && strings.HasPrefix(old[other.At:], other.Drop) {
					a, b := old[:r.At]+r.Add+old[r.At+len(r.Drop):], old[:other.At]+other.Add+old[other.At+len(other.Drop):]
					if a != b && valid(r.Code, a) && valid(r.Code, b) {
						t.Errorf("+%d %s is %s and %s", r.Code, old, a, b)
					}
				}
			}
			number := "+" + strconv.Itoa(r.Code) + old
			id, err := identifier.ParsePhone(number, "")
			if err != nil {
				continue
			}
			n, err := phonenumbers.Parse(id.Value, "")
			if err != nil || !phonenumbers.IsValidNumber(n) {
				t.Errorf("%s became %s, which is no number", number, id.Value)
			}
			if want := "+" + strconv.Itoa(r.Code) + old[:r.At] + r.Add + old[r.At+len(r.Drop):]; id.Value == want {
				sure++
			} else if id.Value != number && len(r.Drop)+len(r.Add) > 0 && !strings.HasSuffix(id.Value, old[len(old)-6:]) {
				t.Errorf("%s became %s", number, id.Value)
			}
		}
		if sure == 0 {
			t.Errorf("%s %s: no number of the former form is one of today", r.Country, r.Old)
		}
	}
}

// valid reports a number of today, by metadata that knows nothing of the file.
func valid(code int, national string) bool {
	n, err := phonenumbers.Parse("+"+strconv.Itoa(code)+national, "")
	return err == nil && phonenumbers.IsValidNumber(n)
}

// One line in two spellings is one line; two lines stay two.
func TestSpellingsOfOneLine(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"+541123456789", "+5491123456789", true},
		{"+54 11 15 2345 6789", "+54 9 11 2345 6789", true},
		{"+543414567890", "+5493414567890", true},
		{"+5491123456789", "+5491123456788", false},
		{"+541123456789", "+543414567890", false},
		{"+5215512345678", "+525512345678", true},
		{"+553188887777", "+5531988887777", true},
		{"+553138887777", "+5531988887777", false},
		{"+22507123456", "+2250707123456", true},
		{"+22507123456", "+2250507123456", false},
		{"+33639981212", "+33639981213", false},
	} {
		id := func(s string) identifier.Identifier {
			return identifier.Identifier{Kind: identifier.KindPhone, Value: strings.ReplaceAll(s, " ", "")}
		}
		if strings.Contains(c.a, "15 ") {
			parsed, _ := identifier.ParsePhone(c.a, "")
			if identifier.Same(parsed, id(c.b)) != c.same {
				t.Errorf("%s and %s: same is not %v", c.a, c.b, c.same)
			}
			continue
		}
		if identifier.Same(id(c.a), id(c.b)) != c.same || identifier.Same(id(c.b), id(c.a)) != c.same {
			t.Errorf("%s and %s: same is not %v", c.a, c.b, c.same)
		}
		if got := identifier.Spelled(id(c.a), []identifier.Identifier{id(c.b)}); (got == id(c.b)) != c.same {
			t.Errorf("%s is spelled %s beside %s", c.a, got.Value, c.b)
		}
	}
}

// Every spelling of a number leads back to it.
func TestSpellingsLeadBack(t *testing.T) {
	for value, want := range map[string][]string{
		"+525512345678":  {"5512345678", "15512345678", "0445512345678"},
		"+5531988887777": {"31988887777", "3188887777"},
		"+5491123456789": {"91123456789", "1123456789", "111523456789"},
		"+2250707123456": {"0707123456", "07123456"},
		"+33639981212":   {"639981212"},
	} {
		id, err := identifier.ParsePhone(value, "")
		code, spellings := id.Spellings()
		if err != nil || !strings.HasPrefix(value, "+"+code) {
			t.Fatal(value, code, err)
		}
		for _, w := range want {
			if !slices.Contains(spellings, w) {
				t.Errorf("%s is not known as %s: %v", value, w, spellings)
			}
		}
		for _, s := range spellings {
			other := identifier.Identifier{Kind: identifier.KindPhone, Value: "+" + code + s}
			parsed, _ := identifier.ParsePhone(other.Value, "")
			if !identifier.Same(id, other) && !identifier.Same(id, parsed) {
				t.Errorf("%s, spelled %s, is another line", value, s)
			}
		}
	}
}
