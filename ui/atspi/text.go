package atspi

import "unicode"

// part returns a piece of a text; offsets beyond it are taken for its ends, and
// an end of -1 for the end.
func part(text []rune, from, to int) string {
	if to < 0 {
		to = len(text)
	}
	from, to = clamp(from, len(text)), clamp(to, len(text))
	if from >= to {
		return ""
	}
	return string(text[from:to])
}

func clamp(n, most int) int { return max(0, min(n, most)) }

// grain is how much of a text is asked for; the numbers are AtspiTextGranularity's.
type grain uint32

const (
	char grain = iota
	word
	sentence
	line
	paragraph
)

// grainOf is the grain of a boundary of the older calls (AtspiTextBoundaryType),
// where each but the first comes in two kinds, from start to start and from end
// to end. Both are read as from start to start.
func grainOf(boundary uint32) grain { return grain((min(boundary, 6) + 1) / 2) }

// around returns the piece of a text in which a character stands: the piece
// begins where one begins, and ends where the next begins. Lines are as typed;
// how the window breaks them is its own affair.
func around(text []rune, at int, g grain) (from, to int) {
	at = clamp(at, len(text))
	if g == char {
		return at, min(at+1, len(text))
	}
	from, to = at, at
	if at == len(text) && at > 0 && !starts(text, at, g) {
		from, to = at-1, at
	}
	for from > 0 && !starts(text, from, g) {
		from--
	}
	for to++; to < len(text) && !starts(text, to, g); to++ {
	}
	return from, min(to, len(text))
}

// starts reports whether a piece of text begins at a character.
func starts(text []rune, at int, g grain) bool {
	if at == 0 {
		return true
	}
	before := text[at-1]
	if before == '\n' {
		return true
	}
	if at == len(text) {
		return false
	}
	switch now := text[at]; g {
	case word:
		return !unicode.IsSpace(now) && (unicode.IsSpace(before) || letter(now) != letter(before))
	case sentence:
		if unicode.IsSpace(now) || !unicode.IsSpace(before) {
			return false
		}
		end := at - 1
		for end > 0 && unicode.IsSpace(text[end]) {
			end--
		}
		return text[end] == '.' || text[end] == '!' || text[end] == '?' || text[end] == '…'
	}
	return false
}

func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’'
}

// edited tells one text from the next: at is where they part, gone what stood
// there, come what stands there now.
func edited(before, now []rune) (at int, gone, come string) {
	for at < len(before) && at < len(now) && before[at] == now[at] {
		at++
	}
	end := 0
	for end < len(before)-at && end < len(now)-at && before[len(before)-1-end] == now[len(now)-1-end] {
		end++
	}
	return at, string(before[at : len(before)-end]), string(now[at : len(now)-end])
}

// inserted returns a text with letters put in; length says how many of the
// bytes of what to put in, as the protocol counts them.
func inserted(old string, at int, what string, length int) string {
	r := []rune(old)
	at = clamp(at, len(r))
	if length >= 0 && length < len(what) {
		what = what[:length]
	}
	return string(r[:at]) + what + string(r[at:])
}

// deleted returns a text without the letters from one place to another.
func deleted(old string, from, to int) string {
	r := []rune(old)
	if to < 0 {
		to = len(r)
	}
	from, to = clamp(from, len(r)), clamp(to, len(r))
	if from >= to {
		return old
	}
	return string(r[:from]) + string(r[to:])
}
