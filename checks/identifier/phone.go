package identifier

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// maxPhoneInput bounds what is handed to the parser: 15 digits (E.164) with
// generous room for separators, a label and an extension.
const maxPhoneInput = 160

// ParsePhone reads a number of any country as people and programs write it:
// with marks that cannot be seen, digits of any script, brackets, a label or
// remark, "tel:", "00" or another exit code. An extension is left out: it is
// dialled behind the number. With a country code the region is not needed; the
// national form is read in region (ISO 3166-1, two letters, any case). A number
// of a former numbering plan comes back as the number of today.
// Errors: ErrEmpty, ErrPhone, ErrPhoneRegion, ErrPhoneLength, ErrPhoneLetters,
// ErrSeveral.
func ParsePhone(s, region string) (Identifier, error) {
	if len(s) > 4*maxPhoneInput {
		return Identifier{}, ErrPhone
	}
	s = legible(s)
	switch {
	case s == "":
		return Identifier{}, ErrEmpty
	case len(s) > maxPhoneInput:
		return Identifier{}, ErrPhone
	case several(s, fullPart):
		return Identifier{}, ErrSeveral
	}
	id, err := readWritten(s, strings.ToUpper(region))
	if err != nil && several(s, minPart) {
		return Identifier{}, ErrSeveral
	}
	return id, err
}

// readWritten reads what legible made of a text.
func readWritten(s, region string) (Identifier, error) {
	if digits, ok := compact(s); ok && digits != "" {
		return readNumber(digits, region) // nothing is written around it
	}
	number, words := dialled(s)
	if strings.ContainsFunc(number, unicode.IsLetter) {
		return Identifier{}, ErrPhoneLetters
	}
	digits, ok := compact(number)
	if digits == "" {
		return Identifier{}, ErrEmpty
	}
	if !ok {
		return Identifier{}, ErrPhone
	}
	id, err := readNumber(digits, region)
	if err != nil && err != ErrPhoneRegion && words {
		return Identifier{}, ErrPhoneLetters // "1 800 FLOWERS": no remark, the rest of the number
	}
	return id, err
}

// readNumber reads digits with or without a "+" before them. The exit code of
// most countries stands for "+" whatever the region; those of others ("011",
// "8 10") only where the region dials them, and Australia's, which begins with
// "00", also where there is no region.
func readNumber(digits, region string) (Identifier, error) {
	if strings.HasPrefix(digits, "+") {
		return parsed(digits, "")
	}
	if rest, ok := strings.CutPrefix(digits, "00"); ok {
		id, err := parsed("+"+rest, "")
		if err == nil || region == "" && !strings.HasPrefix(rest, "11") {
			return id, err
		}
		if region == "" {
			return parsed("+"+rest[2:], "")
		}
	}
	if region == "" {
		return Identifier{}, ErrPhoneRegion
	}
	return parsed(digits, region)
}

// parsed reads one form of a number and brings it to that of today.
func parsed(digits, region string) (Identifier, error) {
	n, err := phonenumbers.Parse(digits, region)
	if err != nil {
		return Identifier{}, ErrPhone
	}
	if now, ok := today(n); ok {
		n = now
	}
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	if phonenumbers.IsValidNumber(n) || invented(e164) {
		return Identifier{KindPhone, e164}, nil
	}
	if strings.HasPrefix(e164, "+330") || strings.HasPrefix(e164, "+440") { // "(0)" before a number no metadata knows
		if e164 = e164[:3] + e164[4:]; invented(e164) {
			return Identifier{KindPhone, e164}, nil
		}
	}
	if phonenumbers.IsPossibleNumberWithReason(n) != phonenumbers.IS_POSSIBLE {
		return Identifier{}, ErrPhoneLength
	}
	return Identifier{}, ErrPhone
}

// inventedRanges are kept for films and exercises, so no metadata calls them
// valid; workshops and the sample person use them. Sources: Arcep, decision
// 2018-0881 (France); Ofcom, telephone numbers for use in TV and radio drama (UK).
var inventedRanges = []string{
	"+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998", "+447700900",
}

func invented(e164 string) bool {
	length := map[string]int{"+33": 12, "+44": 13}
	for _, r := range inventedRanges {
		if strings.HasPrefix(e164, r) && len(e164) == length[r[:3]] {
			return true
		}
	}
	return false
}

// Regions lists the countries whose national numbers can be read (ISO 3166-1,
// two letters), sorted.
func Regions() []string { return slices.Sorted(maps.Keys(phonenumbers.GetSupportedRegions())) }

// Region returns the ISO 3166-1 country of a number, or "".
func (id Identifier) Region() string {
	if id.Kind != KindPhone {
		return ""
	}
	n, err := phonenumbers.Parse(id.Value, "")
	if err != nil {
		return ""
	}
	r := phonenumbers.GetRegionCodeForNumber(n)
	if r == "" { // a range of no assigned numbers, such as those kept for fiction
		r = phonenumbers.GetRegionCodeForCountryCode(int(n.GetCountryCode()))
	}
	if len(r) != 2 || r == phonenumbers.UNKNOWN_REGION {
		return ""
	}
	return r
}

func displayPhone(e164 string) string {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// maskPhone keeps the country code, the first and the last two digits of the
// national part, in the groups people know: "+33 6 •• •• •• 12".
func maskPhone(e164 string) string {
	shown := []rune(displayPhone(e164))
	digits := 0
	for _, r := range shown {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	code := 0
	for _, r := range shown { // digits of the country code: up to the first separator
		if r == ' ' || r == '-' {
			break
		}
		if unicode.IsDigit(r) {
			code++
		}
	}
	seen := 0
	for i, r := range shown {
		if !unicode.IsDigit(r) {
			continue
		}
		seen++
		if seen > code+1 && seen <= digits-2 {
			shown[i] = '•'
		}
	}
	return string(shown)
}
