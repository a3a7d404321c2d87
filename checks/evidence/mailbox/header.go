package mailbox

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/unicode/norm"
)

// header is the top-level header of a message: lower-case name -> values in
// order.
type header map[string][]string

// wanted are the fields that are read; all others are passed over.
var wanted = map[string]bool{
	"from": true, "to": true, "subject": true, "date": true, "delivered-to": true, "x-original-to": true, "envelope-to": true,
	"authentication-results": true, "dkim-signature": true, "return-path": true, "list-unsubscribe": true, "list-id": true,
	"precedence": true, "auto-submitted": true, "x-gm-raw": true, "x-gmail-labels": true, "x-mozilla-status": true, "reply-to": true,
	"x-simplelogin-original-from": true, "x-anonaddy-original-from-header": true, "x-google-groups": true, "content-type": true,
	"in-reply-to": true, "received": true,
}

// maxValues bounds how often one field is kept.
const maxValues = 20

func parseHeader(b []byte) header {
	h := header{}
	name := ""
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		b = rest
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			continue
		}
		if line[0] == ' ' || line[0] == '\t' {
			if v := h[name]; name != "" && len(v) > 0 {
				v[len(v)-1] += " " + string(bytes.TrimSpace(line))
			}
			continue
		}
		key, value, ok := bytes.Cut(line, []byte(":"))
		name = ""
		if !ok {
			continue
		}
		if k := strings.ToLower(string(key)); wanted[k] && len(h[k]) < maxValues {
			name = k
			h[k] = append(h[k], strings.TrimSpace(string(value)))
		}
	}
	return h
}

// first returns the first of the fields that is there.
func (h header) first(names ...string) string {
	for _, n := range names {
		if v := h[n]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// decode turns an encoded word into text; raw 8-bit text is read as UTF-8 or
// Windows-1252.
func decode(s string) string {
	d := mime.WordDecoder{CharsetReader: func(name string, r io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(name)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}}
	if out, err := d.DecodeHeader(s); err == nil {
		s = out
	}
	if !utf8.ValidString(s) {
		if out, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
			s = out
		}
	}
	return s
}

// fold makes a subject comparable: compatibility forms (full-width and
// mathematical letters) undone, lower case, no accents.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if r >= 0x300 && r <= 0x36f {
			continue
		}
		if r == '’' || r == '‘' {
			r = '\''
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// address takes the address and the display name out of a From or To value,
// leniently; the address is "" where there is none.
func address(s string) (addr, name string) {
	if a, err := mail.ParseAddress(s); err == nil {
		return strings.ToLower(a.Address), a.Name
	}
	lt, gt := strings.LastIndexByte(s, '<'), strings.LastIndexByte(s, '>')
	if lt >= 0 && gt > lt {
		return strings.ToLower(strings.TrimSpace(s[lt+1 : gt])), decode(strings.Trim(s[:lt], `" `))
	}
	if f := strings.Fields(s); len(f) == 1 && strings.Contains(s, "@") {
		return strings.ToLower(f[0]), ""
	}
	return "", ""
}

func domainOf(addr string) string {
	at := strings.LastIndexByte(addr, '@')
	if at < 0 {
		return ""
	}
	return strings.Trim(addr[at+1:], "<>. ")
}

// date reads the Date field, however it is written; the zero time where it
// cannot be read or cannot be true.
func (h header) date() time.Time {
	t, err := mail.ParseDate(h.first("date"))
	if err != nil || t.Year() < 1990 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}
