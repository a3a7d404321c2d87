package sms

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shape is what a token looks like.
type shape uint8

const (
	shapeWord shape = iota
	shapeNumber
	shapeCode // what may be a one-time code
	shapeMark // one mark of punctuation, or a line break
)

// token is one word, number or mark of a message.
type token struct {
	text  string
	fold  string // lower case, without accents
	shape shape
	glued bool // nothing stands between it and the token before
}

func (t token) is(marks string) bool { return t.shape == shapeMark && strings.Contains(marks, t.text) }

// capital reports whether a word starts like a name.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || strings.IndexFunc(t.text, unicode.IsUpper) > 0
}

// maxTokens bounds how much of a message is read as words.
const maxTokens = 400

// tokenise splits a message into words, numbers and marks.
func tokenise(s string) []token {
	out := make([]token, 0, 48)
	glued := false
	for i := 0; i < len(s) && len(out) < maxTokens; {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n' || r == '\r' || r == 0x2028:
			out = append(out, token{text: "\n", fold: "\n", shape: shapeMark})
			glued = false
		case unicode.IsSpace(r):
			glued = false
		case wordRune(r):
			n = max(n, wordEnd(s[i:])) // always on
			w := s[i : i+n]
			if f := fold(w); f != "" { // a lone accent folds to nothing
				out = append(out, token{text: w, fold: f, shape: shapeOf(w), glued: glued})
				glued = true
			}
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), r == utf8.RuneError:
		default:
			out = append(out, token{text: s[i : i+n], fold: s[i : i+n], shape: shapeMark, glued: glued})
			glued = true
		}
		i += n
	}
	return joinCodes(out)
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

// wordEnd finds the end of the word s starts with. A dot stays inside a host
// and a decimal number, an apostrophe inside a name but not after an elision,
// a plus at the end of a name.
func wordEnd(s string) int {
	i := 0
	digits, cased := true, true
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		switch {
		case wordRune(r):
			if i > 0 && cased && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
				return i // Chinese and Japanese put no space after a Latin name or a code
			}
			cased = cased && (r < 0x2e80 || unicode.IsDigit(r)) // full-width digits are no letters
			digits = digits && unicode.IsDigit(r)
			if !cased && unicode.IsDigit(r) && i > 0 {
				return i
			}
		case (r == '.' || r == ',') && digits && unicode.IsDigit(next):
		case r == '.' && !digits && (unicode.IsLower(next) || unicode.IsDigit(next)) && i > 1:
		case (r == '\'' || r == '’') && unicode.IsLetter(next) && i > 2:
		case r == '+' && !digits && !wordRune(next):
			return i + n
		default:
			return i
		}
		i += n
	}
	return i
}

// shapeOf tells codes from other numbers by their form alone: 4 to 8 digits,
// or 5 to 8 capitals and digits.
func shapeOf(w string) shape {
	digits, capitals := 0, 0
	for i := range len(w) {
		switch c := w[i]; {
		case c >= '0' && c <= '9':
			digits++
		case isUpper(c):
			capitals++
		default:
			if digits > 0 && digits+strings.Count(w, ".")+strings.Count(w, ",") == len(w) {
				return shapeNumber
			}
			if c != '.' && c != ',' {
				return shapeWord
			}
		}
	}
	switch {
	case digits == len(w) && digits >= 4 && digits <= 8:
		return shapeCode
	case digits+strings.Count(w, ".")+strings.Count(w, ",") == len(w):
		return shapeNumber
	case digits > 1 && capitals > 0 && digits+capitals == len(w) && len(w) >= 5 && len(w) <= 8:
		return shapeCode
	}
	return shapeWord
}

// joinCodes makes one code of "123-456", "123 456", "QX7-9PM", "G-123456" and "FB-12345".
func joinCodes(t []token) []token {
	out := t[:0]
	for i := 0; i < len(t); i++ {
		switch {
		case i+2 < len(t) && t[i+1].is("-–") && t[i+1].glued && t[i+2].glued && triple(t, i, i+2):
			t[i].text, t[i].shape = t[i].text+t[i+2].text, shapeCode
			out = append(out, t[i])
			i += 2
		case i+1 < len(t) && !t[i+1].glued && triple(t, i, i+1):
			t[i].text, t[i].shape = t[i].text+t[i+1].text, shapeCode
			out = append(out, t[i])
			i++
		case i+2 < len(t) && (t[i].text == "G" || t[i].text == "FB") && t[i+1].is("-") && t[i+1].glued && t[i+2].glued && t[i+2].shape == shapeCode:
			t[i].text, t[i].shape = t[i].text+"-", shapeCode
			out = append(out, t[i])
			i += 2
		case i+2 < len(t) && t[i+1].is("-–") && t[i+1].glued && t[i+2].glued && chunked(t, i, i+2):
			t[i].text, t[i].shape = t[i].text+t[i+2].text, shapeCode
			out = append(out, t[i])
			i += 2
		default:
			out = append(out, t[i])
		}
	}
	return out
}

// triple reports whether two tokens are three digits each, and no part of a
// longer number.
func triple(t []token, a, b int) bool {
	three := func(i int) bool { return len(t[i].text) == 3 && t[i].shape == shapeNumber && digitsOnly(t[i].text) }
	number := func(i int) bool {
		return i >= 0 && i < len(t) && (t[i].shape == shapeNumber || t[i].shape == shapeCode || t[i].is("+"))
	}
	if !three(a) || !three(b) || number(a-1) || number(b+1) {
		return false
	}
	after := b + 1
	return after >= len(t) || !t[after].is("-–") || !number(after+1)
}

// chunked reports whether two tokens are chunks of capitals and digits, both in
// at least one of them, and no part of a longer row.
func chunked(t []token, a, b int) bool {
	digits, capitals := 0, 0
	for _, x := range []token{t[a], t[b]} {
		if len(x.text) < 2 || len(x.text) > 5 {
			return false
		}
		for i := range len(x.text) {
			switch c := x.text[i]; {
			case c >= '0' && c <= '9':
				digits++
			case isUpper(c):
				capitals++
			default:
				return false
			}
		}
	}
	after := b + 1
	return digits > 1 && capitals > 0 && digits+capitals >= 5 &&
		(after >= len(t) || !t[after].is("-–") || !t[after].glued)
}

func digitsOnly(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
