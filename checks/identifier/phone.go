package identifier

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// maxPhoneInput bounds what is handed to the parser: 15 digits (E.164) with
// generous room for separators.
const maxPhoneInput = 64

// ParsePhone reads a number of any country. With a leading "+" or "00" the
// region is not needed; the national form is read in region (ISO 3166-1, two
// letters, any case). Extensions are refused: no account is reached by one.
// Errors: ErrEmpty, ErrPhone, ErrPhoneRegion, ErrPhoneLength.
func ParsePhone(s, region string) (Identifier, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Identifier{}, ErrEmpty
	}
	if len(s) > maxPhoneInput {
		return Identifier{}, ErrPhone
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "tel:"), "Tel:")
	if strings.ContainsFunc(s, unicode.IsLetter) {
		return Identifier{}, ErrPhone
	}
	region = strings.ToUpper(region)
	international := strings.HasPrefix(s, "+") || strings.HasPrefix(s, "＋")
	if !international && strings.HasPrefix(s, "00") {
		s, international = "+"+s[2:], true
	}
	if !international && region == "" {
		return Identifier{}, ErrPhoneRegion
	}
	n, err := phonenumbers.Parse(s, region)
	if err != nil || n.GetExtension() != "" {
		return Identifier{}, ErrPhone
	}
	if e164 := phonenumbers.Format(n, phonenumbers.E164); !phonenumbers.IsValidNumber(n) && !invented(e164) {
		if phonenumbers.IsPossibleNumberWithReason(n) != phonenumbers.IS_POSSIBLE {
			return Identifier{}, ErrPhoneLength
		}
		return Identifier{}, ErrPhone
	}
	return Identifier{KindPhone, phonenumbers.Format(n, phonenumbers.E164)}, nil
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
