package mailbox

import (
	"bytes"
	"html"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"unlisted/checks/evidence/mapi"
)

// Bounds of a body's structure; real mail stays far below.
const (
	maxNesting    = 8
	maxParts      = 100
	maxPartHeader = 16 << 10
)

// bodyReader turns a body into the texts a reader would see. Attachments and
// forwarded mails are passed over. Its buffers are reused from mail to mail.
type bodyReader struct {
	decoded, plain []byte
	parts          int
}

// texts hands each text to visit, one at a time; a text is valid during the
// call. visit returns false to stop.
func (r *bodyReader) texts(h header, body []byte, visit func([]byte) bool) {
	r.parts = 0
	r.part(h, body, 0, visit)
}

func (r *bodyReader) part(h header, body []byte, depth int, visit func([]byte) bool) bool {
	if r.parts++; r.parts > maxParts {
		return false
	}
	c := h.contentType()
	if c.kind == "application/ms-tnef" || c.kind == "application/vnd.ms-tnef" {
		return r.wrapped(h, body, depth, visit)
	}
	if strings.HasPrefix(strings.ToLower(h.first("content-disposition")), "attachment") {
		return true
	}
	isText := c.kind == "" || strings.HasPrefix(c.kind, "text/")
	if strings.HasPrefix(c.kind, "multipart/") || isText && sniffed(body) {
		if boundary := boundaryIn(body, c.params["boundary"]); boundary != "" {
			return depth >= maxNesting || r.multipart(boundary, body, depth, visit)
		}
		c.kind = "" // the mail program took the parts away
	}
	switch {
	case c.kind == "", c.kind == "text/html", c.kind == "text/plain", c.kind == "text/enriched":
		return visit(r.text(c, h.first("content-transfer-encoding"), body))
	}
	return true
}

// wrapped reads the text that Outlook put into a winmail.dat.
func (r *bodyReader) wrapped(h header, body []byte, depth int, visit func([]byte) bool) bool {
	m, _ := mapi.TNEF(r.untransfer(h.first("content-transfer-encoding"), body))
	if len(m) == 0 || depth >= maxNesting {
		return true
	}
	return r.part(parseHeader(mapi.Head(m)), mapi.Body(m), depth+1, visit)
}

// contentType is what a Content-Type says.
type contentType struct {
	kind   string            // in small letters; "" where none that means anything
	params map[string]string // by names in small letters
}

// contentType is the field that says most: of several, one with a boundary, or
// else the first that is a type at all.
func (h header) contentType() contentType {
	var best contentType
	for _, v := range h["content-type"] {
		c := mediaType(v)
		if c.params["boundary"] != "" {
			return c
		}
		if best.kind == "" && strings.Contains(c.kind, "/") {
			best = c
		}
	}
	return best
}

// boundaryOf is the boundary that a header declares, or "".
func boundaryOf(head []byte) string { return parseHeader(head).contentType().params["boundary"] }

// mediaType reads a Content-Type as leniently as mail needs.
func mediaType(s string) contentType {
	if s == "" {
		return contentType{}
	}
	kind, params, err := mime.ParseMediaType(s)
	if err == nil {
		return contentType{kind, params}
	}
	kind, rest, _ := strings.Cut(s, ";")
	params = map[string]string{}
	for p := range strings.SplitSeq(rest, ";") {
		if k, v, ok := strings.Cut(p, "="); ok && len(params) < 10 {
			k = strings.TrimRight(strings.ToLower(strings.TrimSpace(k)), "*")
			params[k] = strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
	return contentType{strings.ToLower(strings.TrimSpace(kind)), params}
}

// boundaryIn is the boundary as it stands in a body: as declared, without the
// quotes it should not have, or as the first line of dashes shows; "" where
// there is none.
func boundaryIn(body []byte, declared string) string {
	for _, b := range []string{declared, strings.Trim(declared, `"' `), strings.TrimSpace(declared)} {
		if b != "" && nextMark(body, []byte("--"+b)) >= 0 {
			return b
		}
	}
	at := nextMark(body, []byte("--"))
	if at < 0 {
		return ""
	}
	line, rest, _ := cutLine(body[at:])
	line = bytes.TrimRight(line, " \t")
	if len(line) < 4 || bytes.IndexByte(line, ' ') > 0 || !isPartHeader(rest) {
		return ""
	}
	return string(line[2:])
}

// sniffed reports a body that begins with a part, whatever its header says.
func sniffed(body []byte) bool {
	body = bytes.TrimLeft(body, "\r\n")
	_, rest, _ := cutLine(body)
	return bytes.HasPrefix(body, []byte("--")) && isPartHeader(rest)
}

func isPartHeader(b []byte) bool {
	line, _, _ := cutLine(b)
	return strings.HasPrefix(fieldName(line), "content-")
}

// multipart walks the parts between the boundaries; the last may be cut off.
func (r *bodyReader) multipart(boundary string, body []byte, depth int, visit func([]byte) bool) bool {
	mark := []byte("--" + boundary)
	at := nextMark(body, mark)
	for at >= 0 {
		rest := body[at+len(mark):]
		if bytes.HasPrefix(rest, []byte("--")) {
			return true
		}
		_, rest, _ = cutLine(rest)
		end := nextMark(rest, mark)
		part := rest
		if end >= 0 {
			part = rest[:end]
		}
		head, content := splitPart(part)
		if !r.part(parseHeader(head), content, depth+1, visit) {
			return false
		}
		body, at = rest, end
	}
	return true
}

// nextMark finds a boundary at the start of a line.
func nextMark(b, mark []byte) int {
	for at := 0; ; at++ {
		i := bytes.Index(b[at:], mark)
		if i < 0 {
			return -1
		}
		if at += i; at == 0 || b[at-1] == '\n' {
			return at
		}
	}
}

// splitPart cuts a part at its first empty line. One that does not begin with a
// field has no header.
func splitPart(b []byte) (head, content []byte) {
	if line, _, _ := cutLine(b); len(line) > 0 && fieldName(line) == "" {
		return nil, b
	}
	for at := 0; at < min(len(b), maxPartHeader); {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			break
		}
		if len(bytes.TrimRight(b[at:at+i], "\r")) == 0 {
			return b[:at], b[at+i+1:]
		}
		at += i + 1
	}
	return nil, nil // no content
}

// text undoes the transfer encoding, the character set, flowed lines and HTML.
func (r *bodyReader) text(c contentType, encoding string, b []byte) []byte {
	b = r.untransfer(encoding, b)
	b = inUTF8(c.params["charset"], b)
	if strings.EqualFold(c.params["format"], "flowed") {
		b = unflow(b, strings.EqualFold(c.params["delsp"], "yes"))
	}
	if c.kind == "text/html" || c.kind == "" && looksLikeHTML(b) {
		r.plain = unmarkup(r.plain[:0], b)
		b = r.plain
	}
	return b
}

// untransfer undoes a transfer encoding.
func (r *bodyReader) untransfer(encoding string, b []byte) []byte {
	encoding, _, _ = strings.Cut(encoding, "(") // a comment
	switch strings.ToLower(strings.Trim(encoding, " \t;\"'")) {
	case "quoted-printable", "quoted_printable":
		r.decoded = unquote(r.decoded[:0], b)
		b = r.decoded
	case "base64", "base-64", "b64":
		if !isBase64(b) {
			break // the field lies
		}
		r.decoded = unbase64(r.decoded[:0], b)
		b = r.decoded
	}
	return b
}

// inUTF8 decodes a text that is not plain ASCII; a byte order mark says more
// than a name.
func inUTF8(charset string, b []byte) []byte {
	switch low := strings.ToLower(charset); {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")),
		strings.HasPrefix(low, "utf-16"), strings.HasPrefix(low, "utf16"):
		order := unicode.BigEndian
		if strings.HasSuffix(low, "le") {
			order = unicode.LittleEndian
		}
		if u, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			return u
		}
	}
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, nil)
	}
	if utf8.Valid(b) && bytes.IndexByte(b, '\x1b') < 0 {
		return b
	}
	return []byte(toUTF8(charset, b))
}

// unflow joins the lines that end in a blank (RFC 3676).
func unflow(b []byte, deleteSpace bool) []byte {
	with := []byte(" ")
	if deleteSpace {
		with = nil
	}
	b = bytes.ReplaceAll(b, []byte(" \r\n"), with)
	return bytes.ReplaceAll(b, []byte(" \n"), with)
}

// looksLikeHTML reports a text that does not say so, but is.
func looksLikeHTML(b []byte) bool {
	b = bytes.TrimLeft(b[:min(len(b), 1<<10)], " \t\r\n")
	for _, start := range []string{"<!doctype", "<html", "<x-html", "<body", "<head", "<table", "<div"} {
		if len(b) >= len(start) && strings.EqualFold(string(b[:len(start)]), start) {
			return true
		}
	}
	return false
}

// unquote undoes quoted-printable (RFC 2045, 6.7), soft line breaks included;
// what is no code stays as it is.
func unquote(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '=')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		b = b[i+1:]
		if line := bytes.TrimLeft(b[:min(len(b), 80)], " \t\r"); len(line) > 0 && line[0] == '\n' {
			b = b[min(len(b), 80)-len(line)+1:]
			continue
		}
		if len(b) >= 2 && hex(b[0]) >= 0 && hex(b[1]) >= 0 {
			dst = append(dst, byte(hex(b[0])<<4|hex(b[1])))
			b = b[2:]
			continue
		}
		dst = append(dst, '=')
	}
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// isBase64 reports whether the first line of a text that holds anything has only
// letters of base64, as prose has not.
func isBase64(b []byte) bool {
	line, _, _ := cutLine(bytes.TrimLeft(b, " \t\r\n"))
	words := 0
	for w := range bytes.FieldsSeq(line) {
		if words++; bytes.ContainsFunc(
			w,
			func(c rune) bool { return c != '=' && (c >= utf8.RuneSelf || base64Value[byte(c)] < 0) },
		) {
			return false
		}
	}
	return words < 3
}

// unbase64 undoes base64, as far as it goes: what does not belong into it is
// passed over, and after "=" another piece begins.
func unbase64(dst, b []byte) []byte {
	var bits uint32
	n := 0
	for _, c := range b {
		v := base64Value[c]
		switch {
		case v >= 0:
			bits = bits<<6 | uint32(v)
			if n++; n == 4 {
				dst = append(dst, byte(bits>>16), byte(bits>>8), byte(bits))
				n = 0
			}
		case c == '=':
			dst = base64Rest(dst, bits, n)
			n = 0
		}
	}
	return base64Rest(dst, bits, n)
}

// base64Rest is what the last two or three letters of a piece stand for.
func base64Rest(dst []byte, bits uint32, n int) []byte {
	switch n {
	case 2:
		return append(dst, byte(bits>>4))
	case 3:
		return append(dst, byte(bits>>10), byte(bits>>2))
	}
	return dst
}

// base64Value is what a letter of base64 stands for (RFC 4648, 4), or -1.
var base64Value = func() (v [256]int8) {
	for i := range v {
		v[i] = int8(strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", byte(i)))
	}
	return v
}()

// inline are the elements that do not break a line.
var inline = set(
	"a",
	"abbr",
	"b",
	"bdi",
	"bdo",
	"big",
	"code",
	"em",
	"font",
	"i",
	"mark",
	"o",
	"s",
	"small",
	"span",
	"strong",
	"sub",
	"sup",
	"tt",
	"u",
	"wbr",
	"nobr",
	"ins",
	"del",
)

// unmarkup leaves of HTML what a reader sees: no tags, styles, scripts and
// comments, entities as characters.
func unmarkup(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			return entities(dst, b)
		}
		dst = entities(dst, b[:i])
		b = b[i:]
		switch {
		case bytes.HasPrefix(b, []byte("<!--")):
			i = bytes.Index(b, []byte("-->"))
		case len(b) > 1 && !isLetter(b[1]) && b[1] != '/' && b[1] != '!' && b[1] != '?':
			dst = append(dst, '<')
			b = b[1:]
			continue
		default:
			i = bytes.IndexByte(b, '>')
		}
		if i < 0 {
			return dst // never closed: nothing a reader sees
		}
		name, opens := tagName(b[1:i])
		b = b[i+1:]
		if opens && (name == "style" || name == "script") {
			b = b[closing(b, name):]
		}
		if !inline[name] {
			dst = append(dst, '\n')
		}
	}
}

func tagName(tag []byte) (name string, opens bool) {
	tag, closes := bytes.CutPrefix(tag, []byte("/"))
	end := 0
	for end < len(tag) && end < 12 && (isLetter(tag[end]) || isDigit(tag[end])) {
		end++
	}
	return strings.ToLower(string(tag[:end])), !closes
}

// closing is where an element ends, or the text does.
func closing(b []byte, name string) int {
	for at := 0; ; at += 2 {
		i := bytes.Index(b[at:], []byte("</"))
		if i < 0 {
			return len(b)
		}
		at += i
		if rest := b[at+2:]; len(rest) >= len(name) && strings.EqualFold(string(rest[:len(name)]), name) {
			return at
		}
	}
}

// maxEntity bounds the name of a character: "&CounterClockwiseContourIntegral;"
// and its like are left alone.
const maxEntity = 12

func entities(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		b = b[i:]
		end := bytes.IndexByte(b[:min(len(b), maxEntity)], ';')
		if end < 0 {
			dst = append(dst, '&')
			b = b[1:]
			continue
		}
		dst = append(dst, html.UnescapeString(string(b[:end+1]))...)
		b = b[end+1:]
	}
}
