package sms

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// tagReader reads the tags of a backup and of each the attributes that are
// wanted. It is no XML parser: backups hold what XML forbids (characters split
// into two references, control characters) and pictures of many megabytes in
// attributes, which are passed over without being held.
type tagReader struct {
	r      *bufio.Reader
	wanted map[string]int // attribute name to its place in attrs
	attrs  [][]byte       // raw values of the current tag, as far as limit
	limit  int
	name   []byte
	word   []byte // the attribute name being read
}

// tag is one start or end tag.
type tag struct {
	name  string
	end   bool // "</name>"
	empty bool // "<name … />"
}

// maxTagName bounds names; longer ones are nobody's.
const maxTagName = 64

func newTagReader(r io.Reader, limit int, wanted ...string) *tagReader {
	t := &tagReader{
		r:      bufio.NewReaderSize(r, 64<<10),
		wanted: map[string]int{},
		attrs:  make([][]byte, len(wanted)),
		limit:  limit,
	}
	for i, w := range wanted {
		t.wanted[w] = i
	}
	return t
}

// next reads the next tag. io.EOF comes only between tags; inside one the error
// is io.ErrUnexpectedEOF.
func (t *tagReader) next() (tag, error) {
	for {
		if err := t.skipTo('<'); err != nil {
			return tag{}, err
		}
		b, err := t.r.ReadByte()
		switch {
		case err != nil:
			return tag{}, cutOff(err)
		case b == '?' || b == '!':
			if err := t.skipDeclaration(b); err != nil {
				return tag{}, cutOff(err)
			}
		case b == '/':
			name, _, err := t.readName(nil)
			return tag{name: name, end: true}, cutOff(err)
		default:
			out, err := t.start(b)
			return out, cutOff(err)
		}
	}
}

// cutOff turns the end of the file inside a tag into what it is.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// skipTo passes over everything up to and with the byte.
func (t *tagReader) skipTo(stop byte) error {
	for {
		_, err := t.r.ReadSlice(stop)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// skipDeclaration passes over "<?…?>", "<!--…-->" and "<!…>".
func (t *tagReader) skipDeclaration(kind byte) error {
	stop := []byte(">")
	head, _ := t.r.Peek(2)
	switch {
	case kind == '?':
		stop = []byte("?>")
	case string(head) == "--":
		stop = []byte("-->")
		_, _ = t.r.Discard(2)
	}
	var tail []byte
	for {
		part, err := t.r.ReadSlice('>')
		tail = append(tail, part[max(0, len(part)-3):]...)
		if err == nil && bytes.HasSuffix(tail, stop) {
			return nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		tail = append(tail[:0], tail[max(0, len(tail)-3):]...)
	}
}

// start reads a start tag, whose first byte is b.
func (t *tagReader) start(b byte) (tag, error) {
	for i := range t.attrs {
		t.attrs[i] = t.attrs[i][:0]
	}
	name, last, err := t.readName([]byte{b})
	out := tag{name: name}
	for err == nil {
		switch last {
		case '>':
			return out, nil
		case '/':
			last, err = t.r.ReadByte()
			out.empty = last == '>'
		default:
			last, err = t.attribute()
		}
	}
	return out, err
}

// readName reads the name of a tag and the byte behind it.
func (t *tagReader) readName(first []byte) (string, byte, error) {
	t.name = append(t.name[:0], first...)
	for {
		b, err := t.r.ReadByte()
		if err != nil {
			return "", 0, err
		}
		switch b {
		case ' ', '\t', '\r', '\n', '>', '/':
			return t.tagName(), b, nil
		}
		if len(t.name) < maxTagName {
			t.name = append(t.name, b)
		}
	}
}

// tagName avoids a new string for the names that come by the million.
func (t *tagReader) tagName() string {
	for _, n := range [...]string{"sms", "mms", "part", "parts", "addr", "addrs"} {
		if string(t.name) == n {
			return n
		}
	}
	return string(t.name)
}

// attribute reads one attribute and returns the byte that ended it: ' ' where
// more may follow. A name without a value is passed over.
func (t *tagReader) attribute() (byte, error) {
	t.word = t.word[:0]
	for gap := false; ; {
		b, err := t.r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch b {
		case '>', '/':
			return b, nil
		case '=':
			return ' ', t.value()
		case ' ', '\t', '\r', '\n':
			gap = true
			continue
		}
		if gap {
			t.word, gap = t.word[:0], false
		}
		if len(t.word) < maxTagName {
			t.word = append(t.word, b)
		}
	}
}

// value reads a value in quotes; a wanted one up to the limit.
func (t *tagReader) value() error {
	quote, err := t.r.ReadByte()
	for err == nil && (quote == ' ' || quote == '\t' || quote == '\r' || quote == '\n') {
		quote, err = t.r.ReadByte()
	}
	if err != nil {
		return err
	}
	if quote != '"' && quote != '\'' {
		return t.r.UnreadByte() // no value in quotes: go on with the next name
	}
	place, wanted := t.wanted[string(t.word)]
	if !wanted {
		return t.skipTo(quote)
	}
	for {
		part, err := t.r.ReadSlice(quote)
		if err == nil {
			part = part[:len(part)-1]
		}
		if room := t.limit - len(t.attrs[place]); room > 0 {
			t.attrs[place] = append(t.attrs[place], part[:min(room, len(part))]...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// raw is an attribute of the current tag as it stands, good until the next one.
func (t *tagReader) raw(place int) []byte { return t.attrs[place] }

// text is an attribute of the current tag with its references resolved.
func (t *tagReader) text(place int) string { return unescape(t.attrs[place]) }

// unescape resolves references. Two that make one character beyond the first
// 65,536 become that one; control characters are left out.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 && utf8.Valid(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b))
	var high rune // first half of a character
	for len(b) > 0 {
		r, n := reference(b)
		b = b[n:]
		switch {
		case utf16.IsSurrogate(r) && high != 0 && utf16.DecodeRune(high, r) != utf8.RuneError:
			out = utf8.AppendRune(out, utf16.DecodeRune(high, r))
			high = 0
			continue
		case utf16.IsSurrogate(r):
			high = r
			continue
		case r < ' ' && r != '\n' && r != '\t' && r != '\r', r == 0x7f:
			continue
		}
		high = 0
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// reference reads the first character of b, or the reference that stands for
// it, and how many bytes that took.
func reference(b []byte) (rune, int) {
	if b[0] != '&' {
		return utf8.DecodeRune(b)
	}
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 2 {
		return '&', 1
	}
	name := string(b[1:end])
	switch name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	name, numeric := strings.CutPrefix(name, "#")
	base := 10
	if hex, ok := strings.CutPrefix(strings.ToLower(name), "x"); ok {
		name, base = hex, 16
	}
	n, err := strconv.ParseUint(name, base, 32)
	if !numeric || err != nil || n > utf8.MaxRune {
		return '&', 1
	}
	return rune(n), end + 1
}
