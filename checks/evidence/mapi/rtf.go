package mapi

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
)

// preset is what the dictionary of compressed RTF holds at the start
// (MS-OXRTFCP, 2.1.2.1).
const preset = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor ` +
	`MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" +
	`\par \pard\plain\f0\fs20\b\i\u\tab\tx`

const (
	rtfHeader   = 16
	rtfPacked   = 0x75465a4c // "LZFu"
	rtfUnpacked = 0x414c454d // "MELA"
	dictionary  = 4096
)

// unpackRTF undoes the compression of an RTF body (MS-OXRTFCP, 2.2); what is
// damaged ends it.
func unpackRTF(b []byte) []byte {
	if len(b) < rtfHeader {
		return nil
	}
	size := min(int(binary.LittleEndian.Uint32(b[4:])), maxText)
	kind := binary.LittleEndian.Uint32(b[8:])
	b = b[rtfHeader:]
	if kind == rtfUnpacked {
		return b[:min(len(b), size)]
	}
	if kind != rtfPacked {
		return nil
	}
	var dict [dictionary]byte
	at := copy(dict[:], preset)
	out := make([]byte, 0, min(size, 16*len(b)))
	put := func(c byte) {
		out = append(out, c)
		dict[at] = c
		at = (at + 1) % dictionary
	}
	for len(b) > 0 && len(out) < size {
		control := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(out) < size; bit++ {
			if control>>bit&1 == 0 {
				if len(b) < 1 {
					return out
				}
				put(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return out
			}
			ref := int(b[0])<<8 | int(b[1])
			b = b[2:]
			from := ref >> 4
			if from == at {
				return out // the end
			}
			for i := range ref&15 + 2 {
				put(dict[(from+i)%dictionary])
			}
		}
	}
	return out
}

// group is a pair of braces in RTF.
type group struct {
	hidden bool // its text is none of the body
	skip   int  // characters that stand for a \u to those who do not know it
}

const maxGroups = 1000

// rtfReader takes the text out of RTF.
type rtfReader struct {
	out    strings.Builder
	page   uint32
	groups []group
	now    group
	markup bool // within what only repeats the HTML it was made of
	left   int  // characters to pass over
	bytes  []byte
	units  []uint16
}

// rtfText is the text of RTF, HTML wrapped in it included (MS-OXRTFEX).
func rtfText(b []byte) string {
	r := &rtfReader{page: western, now: group{skip: 1}}
	for len(b) > 0 {
		c := b[0]
		switch {
		case c == '{':
			if r.flush(); len(r.groups) < maxGroups {
				r.groups = append(r.groups, r.now)
			}
			b = b[1:]
		case c == '}':
			r.flush()
			if n := len(r.groups); n > 0 {
				r.now, r.groups = r.groups[n-1], r.groups[:n-1]
			}
			b = b[1:]
		case c == '\\' && len(b) > 1:
			b = r.control(b[1:])
		case c == '\r' || c == '\n':
			b = b[1:]
		default:
			r.char(c)
			b = b[1:]
		}
	}
	r.flush()
	return r.out.String()
}

// char is one byte of text.
func (r *rtfReader) char(c byte) {
	if r.left > 0 {
		r.left--
		return
	}
	if !r.now.hidden && !r.markup {
		r.endUnits()
		r.bytes = append(r.bytes, c)
	}
}

func (r *rtfReader) endUnits() {
	if len(r.units) > 0 {
		r.out.WriteString(string(utf16.Decode(r.units)))
		r.units = r.units[:0]
	}
}

func (r *rtfReader) flush() {
	r.endUnits()
	if len(r.bytes) > 0 {
		r.out.WriteString(decode(r.page, r.bytes))
		r.bytes = r.bytes[:0]
	}
	r.left = 0
}

// control reads what follows a backslash and returns the rest.
func (r *rtfReader) control(b []byte) []byte {
	if c := b[0]; c|0x20 < 'a' || c|0x20 > 'z' {
		switch {
		case c == '\'' && len(b) > 2:
			if v, err := strconv.ParseUint(string(b[1:3]), 16, 8); err == nil {
				r.char(byte(v))
				return b[3:]
			}
		case c == '*':
			r.now.hidden = true
		case c == '~':
			r.char(' ')
		case c == '\\' || c == '{' || c == '}':
			r.char(c)
		}
		return b[1:]
	}
	n := 0
	for n < len(b) && n < 32 && b[n]|0x20 >= 'a' && b[n]|0x20 <= 'z' {
		n++
	}
	word, end := string(b[:n]), n
	if end < len(b) && b[end] == '-' {
		end++
	}
	for end < len(b) && end < n+12 && b[end] >= '0' && b[end] <= '9' {
		end++
	}
	value, err := strconv.Atoi(string(b[n:end]))
	r.word(word, value, err == nil)
	if end < len(b) && b[end] == ' ' {
		end++
	}
	return b[end:]
}

// word obeys one control word; has is set where a number follows it.
func (r *rtfReader) word(word string, value int, has bool) {
	switch word {
	case "par", "line", "row", "sect", "page":
		r.char('\n')
	case "tab", "cell":
		r.char('\t')
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer":
		r.now.hidden = true
	case "ansicpg":
		if pageNames[uint32(value)] != "" {
			r.page = uint32(value)
		}
	case "htmlrtf":
		r.markup = !has || value != 0
	case "uc":
		r.now.skip = min(max(value, 0), 10)
	case "u":
		if !r.now.hidden && !r.markup {
			if len(r.bytes) > 0 {
				r.flush()
			}
			r.units = append(r.units, uint16(value))
		}
		r.left = r.now.skip
	}
}
