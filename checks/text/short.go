package text

import (
	"unicode"
	"unicode/utf8"
)

// Short cuts words to at most so many characters, the mark of the cut included.
// What belongs to one letter, such as an accent written after it or the parts of
// an emoji, is never torn apart.
func Short(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	end, n := 0, 0 // after the last whole letter that fits
	before := rune(0)
	for i, r := range s {
		if !unicode.Is(unicode.M, r) && r != joiner && before != joiner {
			end = i
		}
		if n >= limit-1 {
			break
		}
		n++
		before = r
	}
	return s[:end] + "…"
}
