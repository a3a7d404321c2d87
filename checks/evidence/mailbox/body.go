package mailbox

import (
	"bytes"
	"encoding/base64"
	"html"
	"mime"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"
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
	if strings.HasPrefix(strings.ToLower(h.first("content-disposition")), "attachment") {
		return true
	}
	kind, params := mediaType(h.first("content-type"))
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return depth >= maxNesting || r.multipart(params["boundary"], body, depth, visit)
	case kind == "", kind == "text/html", kind == "text/plain", strings.HasPrefix(kind, "multipart/"):
		return visit(r.text(kind, params["charset"], h.first("content-transfer-encoding"), body))
	}
	return true
}

// mediaType reads a Content-Type as leniently as mail needs.
func mediaType(s string) (string, map[string]string) {
	if s == "" {
		return "", nil
	}
	kind, params, err := mime.ParseMediaType(s)
	if err == nil {
		return kind, params
	}
	kind, rest, _ := strings.Cut(s, ";")
	params = map[string]string{}
	for p := range strings.SplitSeq(rest, ";") {
		if k, v, ok := strings.Cut(p, "="); ok && len(params) < 10 {
			params[strings.ToLower(strings.TrimSpace(k))] = strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
	return strings.ToLower(strings.TrimSpace(kind)), params
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
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
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

// splitPart cuts a part at its first empty line.
func splitPart(b []byte) (head, content []byte) {
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

// text undoes the transfer encoding, wide characters and HTML.
func (r *bodyReader) text(kind, charset, encoding string, b []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r.decoded = unquote(r.decoded[:0], b)
		b = r.decoded
	case "base64":
		r.plain = base64Only(r.plain[:0], b)
		r.decoded = unbase64(r.decoded[:0], r.plain)
		b = r.decoded
	}
	if strings.HasPrefix(strings.ToLower(charset), "utf-16") {
		if u, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(b); err == nil {
			b = u
		}
	}
	if kind == "text/html" {
		r.plain = unmarkup(r.plain[:0], b)
		b = r.plain
	}
	return b
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

// base64Only skips whatever does not belong into base64.
func base64Only(dst, b []byte) []byte {
	for _, c := range b {
		if isDigit(c) || isLetter(c) || c == '+' || c == '/' {
			dst = append(dst, c)
		}
	}
	return dst
}

// unbase64 undoes base64, as far as it goes.
func unbase64(dst, clean []byte) []byte {
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	dst = slices.Grow(dst, len(clean))
	n, _ := base64.RawStdEncoding.Decode(dst[:len(clean)], clean)
	return dst[:n]
}

// inline are the elements that do not break a line.
var inline = set("a", "abbr", "b", "bdi", "bdo", "big", "code", "em", "font", "i", "mark", "o", "s", "small", "span", "strong", "sub", "sup", "tt", "u", "wbr", "nobr", "ins", "del")

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
