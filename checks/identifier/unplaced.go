package identifier

import (
	"strings"
	"unicode"
)

// Bounds of a number that cannot be placed: fewer digits are no number anybody
// is reached by, and of longer texts the end is enough to know it again.
const (
	minUnplaced = 6
	maxUnplaced = 20
	minAlike    = 6 // last digits that two spellings of one number share
	maxAlike    = 8
)

// hidden are the signs that stand for digits a platform does not show.
const hidden = "*•●∙xX#…＊"

// Unplaced takes the digits of a number that ParsePhone could not read. ok is
// false where the text is too short for a number or is mostly words; a number of
// which only the end is shown counts.
func Unplaced(s string) (id Identifier, ok bool) {
	var b strings.Builder
	digits, letters, masked := 0, 0, 0
	for _, r := range legible(s[:min(len(s), 4*maxPhoneInput)]) {
		switch {
		case isDigit(r):
			b.WriteRune(r)
			digits++
		case strings.ContainsRune(hidden, r):
			b.WriteRune('•')
			masked++
		case unicode.IsLetter(r):
			letters++
		}
	}
	if letters > digits || digits < minUnplaced && (masked < 2 || digits < 2) {
		return Identifier{}, false
	}
	value := []rune(b.String())
	return Identifier{KindUnplaced, string(value[max(0, len(value)-maxUnplaced):])}, true
}

// Digits are the digits of a text in ASCII, whatever their script.
func Digits(s string) string { return digitsOf(legible(s)) }

// End is the last two digits of a number, by which a person knows it again.
func (id Identifier) End() string {
	digits := digitsOf(id.Value)
	return digits[max(0, len(digits)-2):]
}

// MayBe reports that a number that could not be placed ends like one of the
// person's: their last eight digits are the same, or all but the trunk prefix of
// a shorter one.
func (id Identifier) MayBe(own Identifier) bool {
	if id.Kind != KindUnplaced || own.Kind != KindPhone {
		return false
	}
	parts := strings.Split(id.Value, "•")
	shown := strings.TrimLeft(parts[len(parts)-1], "0")
	end := shown[max(0, len(shown)-maxAlike):]
	return len(end) >= minAlike && strings.HasSuffix(own.Value, end)
}
