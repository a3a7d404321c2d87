package identifier

import (
	"regexp"
	"strings"
	"unicode"
)

// legible passes over what cannot be seen (marks for direction and joining,
// soft hyphens, variation selectors), and writes digits, signs and spaces of
// any script in ASCII. Letters stay.
func legible(s string) string {
	s = strings.TrimSpace(strings.Map(plain, s))
	if number, ok := strings.CutSuffix(s, "+"); ok && !strings.Contains(number, "+") && startsWithDigit(number) {
		s = "+" + strings.TrimSpace(number) // copied from text that is written from right to left
	}
	return s
}

func startsWithDigit(s string) bool { return s != "" && isDigit(rune(s[0])) }

// plain is a character in ASCII where it has such a form, -1 for one nobody sees.
func plain(r rune) rune {
	switch r {
	case '\n':
		return r // it stands between two numbers
	case '＋', '﹢', '⁺':
		return '+'
	case '\u2800', '\u3164':
		return ' '
	case '−', 'ー', '～', '⁓', '∼':
		return '-'
	case '⁄', '∕':
		return '/'
	}
	switch {
	case invisible(r):
		return -1
	case unicode.IsDigit(r):
		return '0' + digit(r)
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r):
		return '-'
	}
	if r >= '！' && r <= '～' { // full-width forms of ASCII
		return r - '！' + '!'
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// invisible reports characters that programs copy along and nobody sees.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034f'
}

// digit is the value of a decimal digit of any script: Unicode keeps those of
// each script together, from zero to nine.
func digit(r rune) rune {
	for _, script := range unicode.Nd.R16 {
		if r <= rune(script.Hi) {
			return (r - rune(script.Lo)) % 10
		}
	}
	for _, script := range unicode.Nd.R32 {
		if r <= rune(script.Hi) {
			return (r - rune(script.Lo)) % 10
		}
	}
	return 0
}

// International reports that a text is written as a number with its country
// code: behind "+" or "00", whatever is written or copied around them.
func International(s string) bool {
	if len(s) > 4*maxPhoneInput {
		return false
	}
	number, _ := dialled(legible(s))
	digits, ok := compact(number)
	return ok && (strings.HasPrefix(digits, "+") || strings.HasPrefix(digits, "00"))
}

// How many digits each of several numbers on one line has: enough to be sure,
// and enough where the whole is no number.
const (
	fullPart = 9
	minPart  = 7
)

var between = regexp.MustCompile(`[,;/|&\n]+|\s(?i:or|ou|oder|o|und|and|et|y|e)\s`)

// several reports that a text holds more than one number of so many digits.
func several(s string, size int) bool {
	if len(s) < 2*size {
		return false
	}
	parts := 0
	for _, part := range between.Split(s, -1) {
		if digits := digitsOf(part); len(digits) >= size {
			parts++
			if at := strings.LastIndexByte(part, '+'); at > 0 && len(digitsOf(part[:at])) >= size {
				parts++
			}
		}
	}
	return parts > 1
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

// How numbers are dressed. A scheme and its parameters: RFC 3966. Labels and
// remarks are words that touch no digit; an extension is what few digits follow
// behind a word or sign, in any language: no number is written like that.
var (
	scheme    = regexp.MustCompile(`^(?i:tel|callto|sms|smsto|mobile|fax):(?://)?`)
	context   = regexp.MustCompile(`(?i);phone-context=(\+\d+)`)
	parameter = regexp.MustCompile(`[;?].*$`)
	extension = regexp.MustCompile(`(?:[\s,;(/-]+\pL[\pL.,:#\s-]*\(?\d{1,5}` +
		`|(?i:[\s,;(/-]*(?:#|ext(?:n|ension)?|x)|\d\s?x|\s*[,;wp]+)[.:=\s]*\(?\d{1,7})\)?\s*$`)
	remark = regexp.MustCompile(`\s*[([{][^()[\]{}0-9+]*\pL[^()[\]{}0-9+]*[)\]}]`)
	before = regexp.MustCompile(`^[\pL][^0-9+(]*(?:[:.\s]|№)\s*`)
	after  = regexp.MustCompile(`(?:\s+-?\s*|[,;:])\pL[^0-9]*$`)
)

// dialled is the number in a text without what is written around it: scheme,
// label, remark, extension. What is no clear case stays, for a refusal; words
// is true where some stood behind the digits.
func dialled(s string) (number string, words bool) {
	if loc := scheme.FindStringIndex(s); loc != nil {
		s = strings.ReplaceAll(strings.ReplaceAll(s[loc[1]:], "%2B", "+"), "%20", " ")
		where := context.FindStringSubmatch(s)
		s = parameter.ReplaceAllString(s, "")
		if where != nil && !strings.HasPrefix(s, "+") {
			s = where[1] + s
		}
	}
	s = strings.TrimSpace(remark.ReplaceAllString(s, ""))
	s = before.ReplaceAllString(s, "")
	if loc := extension.FindStringIndex(s); loc != nil && len(digitsOf(s[:loc[0]])) >= minPart-1 {
		cut := s[:loc[0]]
		if startsWithDigit(s[loc[0]:]) { // the digit before an "x" is the number's
			cut += s[loc[0] : loc[0]+1]
		}
		s = cut
	}
	number = after.ReplaceAllString(s, "")
	return strings.Trim(number, " ,;:.&=*<>|\"'`“”‘’«»"), number != s
}

// compact keeps the digits of a number and the "+" before them, "" where there
// are none; ok is false where anything stands between them that separates no
// digits.
func compact(s string) (digits string, ok bool) {
	var b strings.Builder
	for _, r := range s {
		if r == '+' && b.String() == "+" {
			continue // written twice
		}
		if isDigit(r) || r == '+' && b.Len() == 0 {
			b.WriteRune(r)
			continue
		}
		if !strings.ContainsRune(" .-/()[]{}~_'’·\t\"", r) {
			return s, false
		}
	}
	if digitsOf(b.String()) == "" {
		return "", false
	}
	return b.String(), true
}
