package mailbox

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"
)

// aliases are names of character sets that mail programs write and the standard
// list does not have.
var aliases = map[string]encoding.Encoding{
	"cp437": charmap.CodePage437, "ibm437": charmap.CodePage437, "cp850": charmap.CodePage850, "ibm850": charmap.CodePage850,
	"cp852": charmap.CodePage852, "ibm852": charmap.CodePage852, "cp858": charmap.CodePage858, "cp866": charmap.CodePage866,
	"cp932": japanese.ShiftJIS, "ms932": japanese.ShiftJIS, "windows932": japanese.ShiftJIS,
	"iso2022jpms": japanese.ISO2022JP, "cp50220": japanese.ISO2022JP, "cp50221": japanese.ISO2022JP,
	"cp936": simplifiedchinese.GBK, "hzgb2312": simplifiedchinese.HZGB2312, "cp949": korean.EUCKR, "uhc": korean.EUCKR,
	"utf16": utf.UTF16(utf.BigEndian, utf.UseBOM), "utf8mb4": utf.UTF8, "cp65001": utf.UTF8,
}

// spellings are families of names without the hyphens they should have.
var spellings = []struct{ short, full string }{
	{
		"windows",
		"windows-",
	}, {"win", "windows-"}, {"cp", "windows-"}, {"iso8859", "iso-8859-"}, {"iso2022", "iso-2022-"}, {"utf", "utf-"},
}

// charsetOf finds a character set by its name, however it is spelled; nil for
// one that is not known.
func charsetOf(name string) encoding.Encoding {
	name, _, _ = strings.Cut(strings.ToLower(strings.Trim(name, " \t\"'<>;")), "*") // "utf-8*en" (RFC 2231, 5)
	if e, err := htmlindex.Get(name); err == nil && e != encoding.Replacement {
		return e
	}
	short := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' || r == ':' {
			return -1
		}
		return r
	}, strings.TrimPrefix(name, "x-"))
	if e := aliases[short]; e != nil {
		return e
	}
	for _, p := range spellings {
		rest, ok := strings.CutPrefix(short, p.short)
		if e, err := htmlindex.Get(p.full + rest); ok && err == nil && e != encoding.Replacement {
			return e
		}
	}
	return nil
}

// toUTF8 decodes text of a named character set. Where the name is not known or
// plainly wrong, the text itself decides.
func toUTF8(name string, b []byte) string {
	e := charsetOf(name)
	if e == nil || e == utf.UTF8 || e == charmap.Windows1252 && utf8.Valid(b) {
		return guess(b)
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return guess(b)
	}
	return string(out)
}

// guess decodes text that does not say what it is written in: UTF-8, what Japan
// writes, or Western Europe's.
func guess(b []byte) string {
	if bytes.Contains(b, []byte("\x1b$")) || bytes.Contains(b, []byte("\x1b(J")) {
		if out, err := japanese.ISO2022JP.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	if utf8.Valid(b) {
		return string(b)
	}
	for _, e := range []encoding.Encoding{japanese.ShiftJIS, japanese.EUCJP} {
		if out, err := e.NewDecoder().Bytes(b); err == nil && isJapanese(out) {
			return string(out)
		}
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "�")
	}
	return string(out)
}

// isJapanese reports text with kana, where nothing that is not ASCII is
// anything but Japanese.
func isJapanese(b []byte) bool {
	kana := 0
	for _, r := range string(b) {
		switch {
		case r < utf8.RuneSelf, unicode.Is(unicode.Han, r), r >= 0x3000 && r <= 0x303f, r >= 0xff00 && r <= 0xff60:
		case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r) && r < 0xff00, r == 'ー':
			kana++
		default:
			return false
		}
	}
	return kana > 1
}

// decode turns the encoded words (RFC 2047) and raw 8-bit text of a field into
// text.
func decode(s string) string { return decodeWith(s, "") }

// decodeWith is decode for a mail whose text has a known character set. A word
// that cannot be decoded costs no other; pieces of one character in two words
// are put together.
func decodeWith(s, charset string) string {
	var out strings.Builder
	var pending []byte // of the words before, not yet text
	var of string      // their character set
	flush := func() {
		out.WriteString(toUTF8(of, pending))
		pending = pending[:0]
	}
	for {
		i := strings.Index(s, "=?")
		if i < 0 {
			break
		}
		w, rest, ok := encodedWord(s[i:])
		if !ok {
			flush()
			out.WriteString(raw(s[:i+2], charset))
			s = s[i+2:]
			continue
		}
		between := s[:i]
		if len(pending) == 0 || strings.TrimSpace(between) != "" || !strings.EqualFold(of, w.charset) {
			flush()
			if strings.TrimSpace(between) != "" || out.Len() == 0 {
				out.WriteString(raw(between, charset))
			}
		}
		pending, of = append(pending, w.text...), w.charset
		s = rest
	}
	flush()
	out.WriteString(raw(s, charset))
	return strings.ToValidUTF8(out.String(), "�")
}

// raw is text between encoded words.
func raw(s, charset string) string {
	if isASCII(s) && !strings.Contains(s, "\x1b") {
		return s
	}
	if utf8.ValidString(s) && !strings.Contains(s, "\x1b") {
		return s
	}
	return toUTF8(charset, []byte(s))
}

type word struct {
	charset string
	text    []byte // bytes in that character set
}

// encodedWord reads "=?charset?B?text?=" at the start of s: with blanks in the
// text, and without its end, where the next word or the end of the field stands
// in for it.
func encodedWord(s string) (w word, rest string, ok bool) {
	charset, s, found := strings.Cut(s[2:], "?")
	if !found || len(charset) > 60 || strings.ContainsAny(charset, "=@<>,;") || len(s) < 2 || s[1] != '?' {
		return w, "", false
	}
	w.charset = charset
	kind, s := s[0]|0x20, s[2:]
	end := strings.Index(s, "?=")
	next := strings.Index(s, "=?")
	text := s
	switch {
	case end >= 0 && (next < 0 || end < next || end == next+1):
		text, rest = s[:end], s[end+2:]
	case next >= 0:
		text, rest = s[:next], s[next:]
	}
	switch kind {
	case 'q':
		w.text = unquote(nil, []byte(strings.ReplaceAll(strings.TrimRight(text, " \t"), "_", " ")))
	case 'b':
		w.text = unbase64(nil, []byte(text))
	default:
		return w, "", false
	}
	return w, rest, true
}
