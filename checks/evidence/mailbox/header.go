package mailbox

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"
)

// header is the header of a message or of a part of one: lower-case name ->
// values in order.
type header map[string][]string

// wanted are the fields that are read; all others are passed over.
var wanted = names(
	"from",
	"to",
	"reply-to",
	"subject",
	"date",
	"in-reply-to",
	"cc",
	"message-id",
	"delivered-to",
	"x-original-to",
	"envelope-to",
	"x-envelope-to",
	"x-delivered-to",
	"x-original-recipient",
	"return-path",
	"authentication-results",
	"dkim-signature",
	"received",
	"received-spf",
	"list-unsubscribe",
	"list-id",
	"precedence",
	"auto-submitted",
	"feedback-id",
	"x-gmail-labels",
	"x-google-groups",
	"x-mozilla-status",
	"x-mozilla-status2",
	"x-mozilla-keys",
	"x-mozilla-draft-info",
	"x-status",
	"x-keywords",
	"x-evolution",
	"x-unsent",
	"x-uniform-type-identifier",
	"x-simplelogin-original-from",
	"x-anonaddy-original-from-header",
	"content-type",
	"content-transfer-encoding",
	"content-disposition",
)

func names(list ...string) map[string]string {
	m := map[string]string{}
	for _, n := range list {
		m[n] = n
	}
	return m
}

// Bounds of what is kept of a header: how often a field, how much of a value.
const (
	maxValues = 20
	maxValue  = 16 << 10
)

func parseHeader(b []byte) header {
	h := header{}
	for len(b) > 0 {
		end := fieldEnd(b)
		field := b[:end]
		b = b[end:]
		key, value, ok := bytes.Cut(field, []byte(":"))
		if !ok {
			continue
		}
		if name := known(bytes.TrimRight(key, " \t")); name != "" && len(h[name]) < maxValues {
			h[name] = append(h[name], unfold(value))
		}
	}
	return h
}

// fieldEnd is where the next field starts: after a line that the next line does
// not continue.
func fieldEnd(b []byte) int {
	end := 0
	for {
		i := bytes.IndexByte(b[end:], '\n')
		if i < 0 {
			return len(b)
		}
		end += i + 1
		if end == len(b) || b[end] != ' ' && b[end] != '\t' {
			return end
		}
	}
}

// known returns the name of a wanted field, or "".
func known(key []byte) string {
	var low [32]byte
	if len(key) > len(low) {
		return ""
	}
	for i, c := range key {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return wanted[string(low[:len(key)])]
}

// unfold joins the lines of a value with single spaces.
func unfold(value []byte) string {
	if len(value) > maxValue {
		value = value[:maxValue]
	}
	value = bytes.TrimSpace(value)
	if bytes.IndexByte(value, '\n') < 0 {
		return string(value)
	}
	var out strings.Builder
	for line := range bytes.SplitSeq(value, []byte("\n")) {
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.Write(bytes.TrimSpace(line))
	}
	return out.String()
}

// first returns the first of the fields that is there and not empty.
func (h header) first(names ...string) string {
	for _, n := range names {
		for _, v := range h[n] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// text is a field as a reader sees it.
func (h header) text(name string) string {
	s := h.first(name)
	if isASCII(s) && !strings.ContainsAny(s, "=\x1b") {
		return s
	}
	return decodeWith(s, h.contentType().params["charset"])
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// addressParser leaves names as they are written, so that one that cannot be
// decoded does not cost the address.
var addressParser = mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charsetReader}}

func charsetReader(name string, r io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(r)
	return strings.NewReader(toUTF8(name, b)), err
}

// address takes the address and the display name out of a From or To value,
// leniently; the address is "" where there is none.
func address(s string) (addr, name string) {
	if a, err := addressParser.Parse(s); err == nil {
		return strings.ToLower(a.Address), decode(a.Name)
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

// date reads the Date field, however it is written, or else when the mail was
// received; the zero time where neither can be read or be true.
func (h header) date() time.Time {
	if at := parseDate(h.first("date")); !at.IsZero() {
		return at
	}
	received := h.first("received")
	return parseDate(strings.TrimSpace(received[strings.LastIndexByte(received, ';')+1:]))
}

func parseDate(s string) time.Time {
	t, err := time.Parse("Mon, _2 Jan 2006 15:04:05 -0700", s)
	if err != nil {
		t, err = mail.ParseDate(s)
	}
	if words := strings.Fields(s); err != nil && len(words) > 0 {
		t, _ = lenientDate(words)
	}
	if t.Year() < 1990 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}
