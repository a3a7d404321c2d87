// Package mapi turns the properties in which Outlook keeps a message
// (MS-OXPROPS, MS-OXCMSG) into the mail they came from: a header and a body as
// RFC 5322 has them. It knows no file format but that of winmail.dat, which is
// nothing but such properties.
package mapi

import (
	"bytes"
	"encoding/binary"
	"mime"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// The types of properties that are read (MS-OXCDATA, 2.11.1).
const (
	TypeLong    = 0x03
	TypeBool    = 0x0b
	TypeString8 = 0x1e // in a code page
	TypeString  = 0x1f // UTF-16
	TypeTime    = 0x40 // 100 ns since 1601
	TypeBinary  = 0x102
	typeObject  = 0x0d
	typeUTF8    = 0xfffe // none of Microsoft's: text of formats that have no types
)

// The properties that are read.
const (
	ClassID        = 0x001a
	Subject        = 0x0037
	SubmitTime     = 0x0039
	fromType       = 0x0064
	fromAddress    = 0x0065
	FromName       = 0x0042
	gotType        = 0x0075
	gotAddress     = 0x0076
	Headers        = 0x007d
	SenderName     = 0x0c1a
	senderType     = 0x0c1e
	senderAddress  = 0x0c1f
	DisplayTo      = 0x0e04
	DeliveryTime   = 0x0e06
	Flags          = 0x0e07
	BodyText       = 0x1000
	bodyRTF        = 0x1009
	BodyHTML       = 0x1013
	MessageID      = 0x1035
	codePage       = 0x3fde // of the HTML, and of strings where the next is missing
	stringCodePage = 0x3ffd
	SenderSMTP     = 0x5d01
	FromSMTP       = 0x5d02
	gotSMTP        = 0x5d07
)

// Message gives the properties of one message.
type Message interface {
	// Property returns the type and the value of a property, little-endian as the formats have it; 0 where there is none
	// or it cannot be read.
	Property(id uint16) (kind uint16, value []byte)
}

// maxText bounds what is taken of one text.
const maxText = 4 << 20

// Text is a property that is a string, in UTF-8; "" where there is none.
func Text(m Message, id uint16) string {
	kind, b := m.Property(id)
	b = b[:min(len(b), maxText)]
	switch kind {
	case TypeString:
		return strings.TrimRight(FromUTF16(b), "\x00")
	case TypeString8:
		return strings.TrimRight(decode(stringPage(m), b), "\x00")
	case typeUTF8:
		return string(b)
	}
	return ""
}

// Long is a property that is a number; 0 where there is none.
func Long(m Message, id uint16) uint32 {
	if kind, b := m.Property(id); (kind == TypeLong || kind == TypeBool) && len(b) >= 4 {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// FromUTF16 decodes little-endian UTF-16; half a character at the end is left out.
func FromUTF16(b []byte) string {
	b = b[:len(b)&^1]
	plain := make([]byte, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 { // most text is ASCII
		if b[i+1] != 0 || b[i] >= utf8.RuneSelf {
			units := make([]uint16, 0, (len(b)-i)/2)
			for ; i < len(b); i += 2 {
				units = append(units, binary.LittleEndian.Uint16(b[i:]))
			}
			return string(plain) + string(utf16.Decode(units))
		}
		plain = append(plain, b[i])
	}
	return string(plain)
}

// Item is what a message is.
type Item uint8

// The kinds of items.
const (
	Other     Item = iota // a contact, an appointment, a note: no mail
	Mail                  // a mail
	Automatic             // a report of delivery, an invitation
)

// ItemOf tells what a message is by its class.
func ItemOf(m Message) Item {
	class := strings.ToUpper(Text(m, ClassID))
	switch {
	case class == "", isOrBelow(class, "IPM"), isOrBelow(class, "IPM.NOTE"), isOrBelow(class, "IPM.POST"):
		return Mail
	case strings.HasPrefix(class, "REPORT"), isOrBelow(class, "IPM.SCHEDULE"):
		return Automatic
	}
	return Other
}

// isOrBelow reports a class or one derived from it. What is derived from the
// root itself ("IPM.Contact") is a class of its own.
func isOrBelow(class, of string) bool {
	return class == of || of != "IPM" && strings.HasPrefix(class, of+".")
}

// Bits of the flags (MS-OXCMSG, 2.2.1.6).
const (
	flagUnsent = 0x08
	flagFromMe = 0x20
)

// Unsent reports a draft.
func Unsent(m Message) bool { return Long(m, Flags)&flagUnsent != 0 }

// FromMe reports a mail that the owner of the mailbox wrote.
func FromMe(m Message) bool { return Long(m, Flags)&flagFromMe != 0 }

// boundary parts the texts that Body puts together.
const boundary = "=_unlisted.boundary_="

// Head is the header of the mail: as it arrived, where the message kept that,
// with what is missing made of the other properties. It fits Body.
func Head(m Message) []byte {
	var out bytes.Buffer
	seen := arrived(&out, Text(m, Headers))
	add := func(name, value string) {
		if value = printable(value); value != "" && !seen[strings.ToLower(name)] {
			out.WriteString(name + ": " + value + "\n")
		}
	}
	add("From", from(m))
	got := address(m, gotType, gotAddress, gotSMTP)
	add("Delivered-To", got)
	if to := Text(m, DisplayTo); strings.Contains(to, "@") && len(to) < 1000 {
		add("To", strings.ReplaceAll(to, ";", ","))
	} else {
		add("To", got)
	}
	add("Subject", mime.QEncoding.Encode("utf-8", printable(SubjectOf(m))))
	add("Message-ID", Text(m, MessageID))
	if at := date(m); !at.IsZero() {
		add("Date", at.Format(time.RFC1123Z))
	}
	out.WriteString("MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"" + boundary + "\"\n\n")
	return out.Bytes()
}

// banner is the line that old Exchange servers put above a header.
const banner = "Microsoft Mail Internet Headers"

// arrived writes the fields of a header, without those that describe a body
// which is decoded already, and tells which it has.
func arrived(out *bytes.Buffer, head string) map[string]bool {
	seen := map[string]bool{}
	head = strings.ReplaceAll(strings.ReplaceAll(head, "\r\n", "\n"), "\x00", "")
	head = strings.TrimLeft(head, "\n\r \t")
	if strings.HasPrefix(head, banner) {
		_, head, _ = strings.Cut(head, "\n")
	}
	head, _, _ = strings.Cut(head, "\n\n")
	keep := false
	for line := range strings.Lines(head) {
		if line[0] != ' ' && line[0] != '\t' {
			name, _, ok := strings.Cut(line, ":")
			name = strings.ToLower(strings.TrimRight(name, " \t"))
			keep = ok && name != "mime-version" && !strings.HasPrefix(name, "content-")
			seen[name] = seen[name] || keep
		}
		if keep {
			out.WriteString(strings.TrimRight(line, "\r\n") + "\n")
		}
	}
	return seen
}

// from is who the mail says it is from.
func from(m Message) string {
	addr := address(m, fromType, fromAddress, FromSMTP)
	name := Text(m, FromName)
	if addr == "" {
		addr, name = address(m, senderType, senderAddress, SenderSMTP), Text(m, SenderName)
	}
	if addr == "" {
		return ""
	}
	name = strings.NewReplacer(`"`, "", `\`, "").Replace(printable(name))
	if name == "" || name == addr {
		return "<" + addr + ">"
	}
	if encoded := mime.QEncoding.Encode("utf-8", name); encoded != name {
		return encoded + " <" + addr + ">"
	}
	return `"` + name + `" <` + addr + ">"
}

// address is a mail address; "" for those that only mean something within a
// company ("/o=Example/cn=Recipients/cn=pat").
func address(m Message, kind, plain, smtp uint16) string {
	a := Text(m, smtp)
	if a == "" && !strings.EqualFold(Text(m, kind), "EX") {
		a = Text(m, plain)
	}
	if a = strings.Trim(printable(a), "<> '"); !strings.Contains(a, "@") || strings.ContainsAny(a, " <>,;\"") {
		return ""
	}
	return a
}

// SubjectOf is the subject, without the two characters that say how long its
// prefix is (MS-PST, 2.5.3.1.1.1).
func SubjectOf(m Message) string {
	s := Text(m, Subject)
	if r := []rune(s[:min(len(s), 16)]); len(r) > 1 && r[0] == 1 {
		s = s[len(string(r[:2])):]
	}
	return s
}

// maxField bounds a field that is made of a property.
const maxField = 8 << 10

// printable makes a value one line: a line break in it would be a field of its
// own, which the sender chose.
func printable(s string) string {
	s = strings.ToValidUTF8(s[:min(len(s), maxField)], "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s))
}

// date is when the mail was sent, or else when it arrived.
func date(m Message) time.Time {
	for _, id := range []uint16{SubmitTime, DeliveryTime} {
		if kind, b := m.Property(id); kind == TypeTime && len(b) >= 8 {
			if at := fromFileTime(binary.LittleEndian.Uint64(b)); at.Year() > 1980 && at.Year() < 2200 {
				return at
			}
		}
	}
	return time.Time{}
}

// Units of the times: in a second, and seconds from 1601 to 1970.
const second, to1970 = 10_000_000, 11_644_473_600

// fromFileTime reads 100 ns since 1601 (MS-DTYP, 2.3.3).
func fromFileTime(v uint64) time.Time {
	return time.Unix(int64(v/second)-to1970, int64(v%second)*100).UTC()
}

// Time is a property that is a time.
func Time(at time.Time) Value {
	units := (at.Unix()+to1970)*second + int64(at.Nanosecond()/100)
	return Value{TypeTime, binary.LittleEndian.AppendUint64(nil, uint64(units))}
}

// UTF8 is a property that is text.
func UTF8(s string) Value { return Value{typeUTF8, []byte(s)} }

// Body is the text of the mail, each form of it a part of its own. Where there
// is nothing else, the text of the RTF.
func Body(m Message) []byte {
	var out bytes.Buffer
	part := func(kind, charset string, text []byte) {
		if charset != "" {
			charset = "; charset=" + charset
		}
		out.WriteString("\n--" + boundary + "\nContent-Type: " + kind + charset + "\n\n")
		out.Write(text)
	}
	text := Text(m, BodyText)
	if strings.TrimSpace(text) != "" {
		part("text/plain", "utf-8", []byte(text))
	}
	kind, html := m.Property(BodyHTML)
	html = html[:min(len(html), maxText)]
	switch {
	case len(html) == 0:
	case kind == TypeBinary:
		part("text/html", pageNames[Long(m, codePage)], html)
	default:
		part("text/html", "utf-8", []byte(Text(m, BodyHTML)))
	}
	if out.Len() == 0 {
		if kind, packed := m.Property(bodyRTF); kind == TypeBinary {
			part("text/plain", "utf-8", []byte(rtfText(unpackRTF(packed))))
		}
	}
	out.WriteString("\n--" + boundary + "--\n")
	return out.Bytes()
}
