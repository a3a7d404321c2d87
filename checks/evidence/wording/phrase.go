package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxGap bounds what "*" stands for, in bytes: "your <brand> account has been created".
const maxGap = 48

// phrase is a wording ready to be looked for.
type phrase struct {
	section     int
	start, rest string
	inside      bool // may start within a word
	whole       bool // must end with a word
}

// newPhrase reads a phrase: "~" before what may start within a word, "*" for a
// gap, "|" behind what must end with a word.
func newPhrase(w string) (p phrase) {
	w, p.inside = strings.CutPrefix(Fold(w), "~")
	w, p.whole = strings.CutSuffix(w, "|")
	p.start, p.rest, _ = strings.Cut(w, "*")
	return p
}

// at reports whether the phrase stands at byte i of a folded text, and where it ends.
func (p phrase) at(text string, i int) (end int, ok bool) {
	if !strings.HasPrefix(text[i:], p.start) || !p.inside && letterBefore(text, i) {
		return 0, false
	}
	end = i + len(p.start)
	if p.rest != "" {
		at := later(text[end:min(len(text), end+maxGap+len(p.rest))], p.rest)
		if at < 0 {
			return 0, false
		}
		end += at + len(p.rest)
	}
	if !p.whole {
		return end, true
	}
	r, _ := utf8.DecodeRuneInString(text[end:])
	return end, !unicode.IsLetter(r)
}

// later finds a word, or the start of one.
func later(window, word string) int {
	for at := 0; ; at++ {
		i := strings.Index(window[at:], word)
		if i < 0 {
			return -1
		}
		if at += i; !letterBefore(window, at) {
			return at
		}
	}
}

func letterBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsLetter(r)
}

// Fold makes text comparable: compatibility forms (full-width and mathematical
// letters) undone, lower case, no accents, single spaces.
func Fold(s string) string {
	if !isASCII(s) {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	space := true
	for _, r := range s {
		switch {
		case r >= 0x300 && r <= 0x36f, r >= 0x200b && r <= 0x200f, r == 0xad, r == 0xfeff:
			continue // accents, and characters that only hide
		case r == 'ł' || r == 'Ł':
			r = 'l' // has no decomposition
		case r == '’' || r == '‘' || r == '`':
			r = '\''
		case r == '‑' || r == '–' || r == '‐':
			r = '-'
		case r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f':
			if space {
				continue
			}
			r = ' '
		}
		space = r == ' '
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
