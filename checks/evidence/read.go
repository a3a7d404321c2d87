package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Text returns r as UTF-8 without a byte order mark: UTF-16 with a mark is
// converted, and text that is not UTF-8 in its first bytes is read as
// Windows-1252, as old exports are.
func Text(r io.Reader) io.Reader {
	size := headSize
	if known, ok := r.(interface{ Len() int }); ok { // a head: many importers look at it, each through its own buffer
		size = min(size, known.Len()+1)
	}
	b := bufio.NewReaderSize(r, size)
	head, _ := b.Peek(size)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3)
		return b
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		_, _ = b.Discard(2)
		return &utf16Reader{r: b, order: binary.LittleEndian}
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		_, _ = b.Discard(2)
		return &utf16Reader{r: b, order: binary.BigEndian}
	case !validPrefix(head):
		return charmap.Windows1252.NewDecoder().Reader(b)
	}
	return b
}

// validPrefix reports whether b is UTF-8, a rune cut off at its end aside.
func validPrefix(b []byte) bool {
	for i := 0; i < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); i++ {
		b = b[:len(b)-1]
	}
	return utf8.Valid(b)
}

type utf16Reader struct {
	r     *bufio.Reader
	order binary.ByteOrder
	out   []byte
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		var units []uint16
		for range 2048 {
			var b [2]byte
			if _, err := io.ReadFull(u.r, b[:]); err != nil {
				if len(units) > 0 {
					break
				}
				return 0, io.EOF
			}
			v := u.order.Uint16(b[:])
			units = append(units, v)
			if len(units) >= 2047 && !utf16.IsSurrogate(rune(v)) {
				break
			}
		}
		u.out = []byte(string(utf16.Decode(units)))
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// HeadText is the head of a file as text, for recognising.
func HeadText(head []byte) string {
	b, _ := io.ReadAll(Text(bytes.NewReader(head)))
	return string(b)
}

// Host takes the host out of what an export writes as its site: a full address,
// a bare host, several addresses separated by commas (the first that has a host
// wins), an Android or iOS app. Both results are empty for notes, browser pages,
// addresses of machines and broken values.
func Host(value string) (host, app string) {
	for part := range strings.SplitSeq(value, ",") {
		if host, app = hostOf(strings.TrimSpace(part)); host != "" || app != "" {
			return host, app
		}
	}
	return "", ""
}

func hostOf(s string) (host, app string) {
	low := strings.ToLower(s)
	switch {
	case s == "" || len(s) > 4096 || low == "http://sn":
		return "", ""
	case strings.HasPrefix(low, "androidapp://"):
		return "", strings.Trim(s[len("androidapp://"):], "/")
	case strings.HasPrefix(low, "android://"):
		_, pkg, _ := strings.Cut(s, "@")
		return "", strings.Trim(pkg, "/")
	case strings.HasPrefix(low, "ios://"), strings.HasPrefix(low, "iosapp://"):
		_, pkg, _ := strings.Cut(s, "://")
		return "", strings.Trim(pkg, "/")
	case low == "chrome://firefoxaccounts":
		return "accounts.firefox.com", ""
	}
	if !strings.Contains(s, "://") {
		if strings.Contains(s, "@") {
			return "", "" // an address is no site
		}
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return "", ""
	}
	host = strings.ToLower(u.Hostname())
	if !strings.Contains(host, ".") || strings.ContainsAny(host, " \x00") {
		return "", ""
	}
	return host, ""
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
