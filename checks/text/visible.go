package text

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible makes the characters of a foreign value seen that act on a screen or
// hide: controls and escapes of a terminal, line ends, marks that turn the
// direction of writing, and characters nobody sees. Names of files, mails and
// web sites are written by anybody. Right-to-left text, emoji and the joiners
// inside them stay as they are.
func Visible(s string) string { return visible(s, "") }

// VisibleLines is Visible for a whole text of ours, whose line ends and tabs
// stay.
func VisibleLines(s string) string { return visible(s, "\n\t") }

func visible(s, keep string) string {
	if plain(s, keep) {
		return s
	}
	var b strings.Builder
	before := rune(0) // the last character that was kept
	for i, size := 0, 0; i < len(s); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case strings.ContainsRune(keep, r) && keep != "":
			b.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		case hidden(r) && !joins(before, r, s[i+size:]):
			fmt.Fprintf(&b, "‹U+%04X›", r)
		default:
			b.WriteRune(r)
			before = r
			continue
		}
		before = 0
	}
	return b.String()
}

// plain reports whether s holds only what is surely seen: ASCII, Latin and its
// marks, quotation marks and dashes. Long lists hold little else.
func plain(s, keep string) bool {
	for _, r := range s {
		switch {
		case ' ' <= r && r <= '~', 0xa0 <= r && r < 0x300 && r != 0xad, 0x2010 <= r && r <= 0x2027, r == 0x202f:
		case r < ' ' && strings.ContainsRune(keep, r):
		default:
			return false
		}
	}
	return true
}

// hidden reports characters that change what is around them or show nothing:
// formats, line and paragraph separators, and what Unicode lists as ignorable by
// default (Unicode 15, DerivedCoreProperties.txt).
func hidden(r rune) bool {
	switch r {
	case 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x2800, 0x3164, 0xffa0:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) ||
		0xe0000 <= r &&
			r <= 0xe0fff || 0x2060 <= r && r <= 0x206f || 0xfff0 <= r && r <= 0xfff8 || r&0xfffe == 0xfffe
}

const (
	nonJoiner   = 0x200c
	joiner      = 0x200d
	blackFlag   = 0x1f3f4
	firstTag    = 0xe0020
	lastTag     = 0xe007f
	firstChoice = 0xe0100 // variation selectors of ideographs
	lastChoice  = 0xe01ef
)

// joins reports whether a hidden character belongs between its neighbours: a
// joiner between emoji or between letters of a script that joins, a tag of a
// flag, the variant of an ideograph.
func joins(before, r rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == joiner && pictograph(before) && pictograph(after):
		return true
	case r == joiner || r == nonJoiner:
		return joining(before) && (joining(after) || rest == "" || !unicode.IsLetter(after) && !hidden(after))
	case firstTag <= r && r <= lastTag:
		return before == blackFlag || firstTag <= before && before < lastTag
	case firstChoice <= r && r <= lastChoice:
		return unicode.Is(unicode.Han, before)
	}
	return false
}

// pictograph reports a part of an emoji: a symbol, a skin colour, or the mark
// that asks for colour.
func pictograph(r rune) bool {
	return r == 0xfe0f || unicode.In(r, unicode.So, unicode.Sk) && r > 0xff
}

// joining reports a letter or mark of a script whose letters join or stack.
func joining(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic,
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// JSON writes those characters of a JSON document as escapes: its values stay
// what they are.
func JSON(document []byte) []byte {
	var out []byte
	done := 0
	for i, r := range string(document) {
		if r != 0x7f && !(r > 0x7f && (unicode.IsControl(r) || hidden(r))) {
			continue
		}
		out = append(out, document[done:i]...)
		if r > 0xffff {
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
			done = i + 4
			continue
		}
		out = fmt.Appendf(out, `\u%04x`, r)
		done = i + utf8.RuneLen(r)
	}
	if done == 0 {
		return document
	}
	return append(out, document[done:]...)
}

// Cell makes a value safe for a table that a spreadsheet opens: all of it
// visible, and nothing that would be run as a formula.
func Cell(s string) string {
	s = Visible(s)
	if first := strings.TrimLeft(s, " \u00a0"); first != "" &&
		strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(first)[0]) {
		return "'" + s
	}
	return s
}

// Writer returns a writer that makes all that goes through it visible, line ends
// and tabs of ours aside: the last line of defence of an output. Each call of
// Write has whole characters.
func Writer(w io.Writer) io.Writer { return visibleWriter{w} }

type visibleWriter struct{ w io.Writer }

func (v visibleWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.w, VisibleLines(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
