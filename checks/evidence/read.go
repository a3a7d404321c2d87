package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Text returns r as UTF-8 without byte order marks. UTF-16 and UTF-32 are known
// by their mark, or without one by where their zeros are. Text that is not UTF-8
// in its first bytes is read as Windows-1252, as old exports are; single bytes
// further on that are no UTF-8 are read so, too.
func Text(r io.Reader) io.Reader {
	size := headSize
	if known, ok := r.(interface{ Len() int }); ok { // a head: many importers look at it, each through its own buffer
		size = min(size, known.Len()+1)
	}
	b := bufio.NewReaderSize(r, size)
	head, _ := b.Peek(size)
	width, order := unitsOf(head)
	switch {
	case width > 1:
		return unmarked(&unitReader{r: b, width: width, order: order})
	case !validPrefix(bytes.TrimPrefix(head, []byte(utf8Mark))):
		return charmap.Windows1252.NewDecoder().Reader(b)
	}
	return unmarked(&mendedReader{r: b})
}

const utf8Mark = "\xef\xbb\xbf"

// unmarked leaves out marks at the start.
func unmarked(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	for {
		if mark, _ := b.Peek(len(utf8Mark)); string(mark) != utf8Mark {
			return b
		}
		_, _ = b.Discard(len(utf8Mark))
	}
}

// marks of UTF-16 and UTF-32, the longer first.
var marks = []struct {
	mark  string
	width int
	order binary.ByteOrder
}{
	{"\xff\xfe\x00\x00", 4, binary.LittleEndian},
	{"\x00\x00\xfe\xff", 4, binary.BigEndian},
	{"\xff\xfe", 2, binary.LittleEndian},
	{"\xfe\xff", 2, binary.BigEndian},
}

// unitsOf tells how many bytes a unit of the text has and in which order.
func unitsOf(head []byte) (width int, order binary.ByteOrder) {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.mark)) {
			return m.width, m.order
		}
	}
	head = head[:min(len(head), 4<<10)]
	if bytes.IndexByte(head, 0) < 0 {
		return 1, nil
	}
	for _, m := range marks {
		if plainUnits(head, m.width, m.order) {
			return m.width, m.order
		}
	}
	return 1, nil
}

// plainUnits reports whether bytes are text in units of a width: characters that
// text has, of which a quarter at least are ASCII (separators, addresses).
func plainUnits(head []byte, width int, order binary.ByteOrder) bool {
	text := decodeUnits(head[:len(head)/width*width], width, order)
	ascii, all := 0, 0
	for i, r := range text {
		all++
		switch {
		case r == utf8.RuneError && i < len(text)-3,
			r < ' ' && r != '\n' && r != '\r' && r != '\t',
			r == 0x7f,
			!unicode.In(r, plainRunes...) && r != utf8.RuneError:
			return false
		case r < utf8.RuneSelf:
			ascii++
		}
	}
	return all >= 8 && 4*ascii >= all
}

// plainRunes are the characters that text is made of.
var plainRunes = []*unicode.RangeTable{
	unicode.L,
	unicode.M,
	unicode.N,
	unicode.P,
	unicode.S,
	unicode.Z,
	unicode.Cc,
	unicode.Cf,
}

func decodeUnits(b []byte, width int, order binary.ByteOrder) string {
	if width == 4 {
		runes := make([]rune, 0, len(b)/4)
		for ; len(b) >= 4; b = b[4:] {
			if v := order.Uint32(b); v <= unicode.MaxRune {
				runes = append(runes, rune(v))
			} else {
				runes = append(runes, utf8.RuneError)
			}
		}
		return string(runes)
	}
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return string(utf16.Decode(units))
}

// validPrefix reports whether b is UTF-8, a rune cut off at its end aside.
func validPrefix(b []byte) bool {
	for i := 0; i < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); i++ {
		b = b[:len(b)-1]
	}
	return utf8.Valid(b)
}

// unitReader reads UTF-16 or UTF-32.
type unitReader struct {
	r     *bufio.Reader
	width int
	order binary.ByteOrder
	out   string
}

// Read implements io.Reader.
func (u *unitReader) Read(p []byte) (int, error) {
	for u.out == "" {
		buf := make([]byte, 0, 4096+2)
		for len(buf) < 4096 {
			unit, err := u.r.Peek(u.width)
			if len(unit) < u.width {
				if len(buf) > 0 {
					break
				}
				if err == nil || errors.Is(err, io.ErrUnexpectedEOF) {
					err = io.EOF
				}
				return 0, err
			}
			buf = append(buf, unit...)
			_, _ = u.r.Discard(u.width)
		}
		if n := len(buf); u.width == 2 && n >= 2 && isHighSurrogate(u.order.Uint16(buf[n-2:])) {
			low, _ := u.r.Peek(2) // the other half of a character
			buf = append(buf, low...)
			_, _ = u.r.Discard(len(low))
		}
		u.out = decodeUnits(buf, u.width, u.order)
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

func isHighSurrogate(v uint16) bool { return v >= 0xd800 && v < 0xdc00 }

// mendedReader reads UTF-8 in which single bytes may be of another encoding.
type mendedReader struct {
	r    *bufio.Reader
	out  []byte // of held, what was not handed out yet
	held []byte
}

// Read implements io.Reader.
func (m *mendedReader) Read(p []byte) (int, error) {
	if len(m.out) == 0 {
		_, err := m.r.Peek(1)
		head, _ := m.r.Peek(min(max(m.r.Buffered(), 1), headSize))
		if len(head) == 0 {
			return 0, err
		}
		whole := len(head)
		for whole > len(head)-utf8.UTFMax && whole > 0 && !utf8.RuneStart(head[whole-1]) {
			whole--
		}
		if whole > 0 && !utf8.FullRune(head[whole-1:]) {
			whole-- // a rune that goes on in what was not read yet
		} else {
			whole = len(head)
		}
		if whole == 0 { // only the start of a rune is there
			if head, _ = m.r.Peek(utf8.UTFMax); !utf8.FullRune(head) {
				whole = len(head)
			} else {
				_, whole = utf8.DecodeRune(head)
			}
		}
		m.held = mended(m.held[:0], head[:whole])
		m.out = m.held
		_, _ = m.r.Discard(whole)
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

// mended appends b to out, with bytes that are no UTF-8 read as Windows-1252.
func mended(out, b []byte) []byte {
	if utf8.Valid(b) {
		return append(out, b...)
	}
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(b[0])
		}
		out = utf8.AppendRune(out, r)
		b = b[n:]
	}
	return out
}

// HeadText is the head of a file as text, for recognising.
func HeadText(head []byte) string {
	b, _ := io.ReadAll(Text(bytes.NewReader(head)))
	return string(b)
}

// RecordLimit ends a stream that is not what it claims to be: JSON is read
// value by value, and a value larger than this would have to be held whole.
// Call Reset after each value that was read.
type RecordLimit struct {
	Reader io.Reader
	n      int64
}

// maxRecord bounds what is read without a Reset; see RecordLimit.
const maxRecord = 32 << 20

// Reset starts a new record.
func (l *RecordLimit) Reset() { l.n = 0 }

// Read implements io.Reader; the error is errTooLong past the limit.
func (l *RecordLimit) Read(p []byte) (int, error) {
	if l.n > maxRecord {
		return 0, errTooLong
	}
	n, err := l.Reader.Read(p)
	l.n += int64(n)
	return n, err
}
