package mailbox

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// style is how the separators of an mbox look. A file keeps to the style of its
// first one.
type style uint8

const (
	styleNone    style = iota
	styleBare          // "From " alone
	styleDash          // "From - <date>": Thunderbird and its kin
	styleTakeout       // "From 123@xxx <date>": Google
	styleEudora        // "From ???@??? <date>"
	styleDated         // "From <sender> <date>", the date in any layout
	styleOther         // "From <anything>": known only by the header behind it
)

// fromLine is a separator: one "From " line.
type fromLine struct {
	style style
	full  bool      // unlike any prose: the header behind it need not prove it
	patch bool      // the constant date by which git marks a patch, which is no mail
	words int       // of the line
	date  time.Time // zero where it cannot be read
}

// fromMark opens every separator of an mbox.
var fromMark = []byte("From ")

// gitDate is the date of every patch that git formats (git-format-patch(1)).
const gitDate = "Mon Sep 17 00:00:00 2001"

// parseSeparator reads a line without its end.
func parseSeparator(line []byte) fromLine {
	rest, ok := bytes.CutPrefix(line, fromMark)
	if !ok {
		return fromLine{}
	}
	text := strings.TrimSpace(string(rest))
	f := strings.Fields(text)
	s := fromLine{style: styleOther, words: len(f)}
	switch {
	case len(f) == 0:
		s.style = styleBare
		return s
	case f[0] == "-":
		s.style, s.full = styleDash, true
	case strings.HasSuffix(f[0], "@xxx"):
		s.style, s.full = styleTakeout, true
	case f[0] == "???@???":
		s.style, s.full = styleEudora, true
	}
	var exact bool
	s.date, exact = separatorDate(f[1:])
	if s.style == styleOther && !s.date.IsZero() {
		s.style, s.full = styleDated, exact && strings.ContainsAny(f[0], "@<") ||
			exact && strings.EqualFold(f[0], "MAILER-DAEMON")
	}
	s.patch = strings.HasSuffix(text, gitDate)
	return s
}

// separatorDate finds the date at the end of a separator; exact is set where
// nothing else stands there.
func separatorDate(words []string) (at time.Time, exact bool) {
	for i := range words {
		if at, ok := lenientDate(words[i:]); ok {
			return at, i == 0
		}
	}
	return time.Time{}, false
}

// lenientDate reads a date in any order of its parts: weekday, day, month, year
// of two or four digits, time, zone. Each word must be one of them.
func lenientDate(words []string) (time.Time, bool) {
	d := dateParts{zone: time.UTC}
	for i, w := range words {
		if w == "remote" && i > 1 {
			break // "remote from <host>" (RFC 976)
		}
		if len(words) > 12 || !d.word(strings.Trim(w, ",()")) {
			return time.Time{}, false
		}
	}
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return time.Time{}, false
	}
	return time.Date(d.year, d.month, d.day, d.clock[0], d.clock[1], d.clock[2], 0, d.zone), true
}

// dateParts is what is known of a date so far.
type dateParts struct {
	year, day int
	month     time.Month
	clock     [3]int
	zone      *time.Location
	timed     bool
}

// word takes in one word; false where it is no part of a date.
func (d *dateParts) word(w string) bool {
	low := strings.ToLower(w)
	switch {
	case w == "":
		return true
	case strings.ContainsRune(w, ':') && !strings.HasPrefix(low, "gmt"):
		return d.time(low)
	case (w[0] == '+' || w[0] == '-') && len(w) == 5 && isDigits(w[1:]):
		n, _ := strconv.Atoi(w[1:])
		offset := (n/100)*3600 + n%100*60
		if w[0] == '-' {
			offset = -offset
		}
		if offset != 0 {
			d.zone = time.FixedZone("", offset)
		}
		return true
	case isDigits(w):
		return d.number(w)
	case isWeekday(low):
		return true
	}
	if m := monthOf(low); m != 0 && d.month == 0 {
		d.month = m
		return true
	}
	if parts := strings.FieldsFunc(w, func(r rune) bool { return r == '-' || r == '/' || r == '.' }); len(
		parts,
	) == 3 {
		return d.joined(parts)
	}
	return isZone(w)
}

var weekdays, months = "sunmontuewedthufrisat", "janfebmaraprmayjunjulaugsepoctnovdec"

func isWeekday(low string) bool {
	return nameIn(weekdays, low, func(i int) string { return time.Weekday(i).String() }) >= 0
}

func monthOf(low string) time.Month {
	return time.Month(1 + nameIn(months, low, func(i int) string { return time.Month(i + 1).String() }))
}

// nameIn finds a name, or its start of three letters or more, among names that
// are told apart by three; -1 where it is none.
func nameIn(short, low string, full func(int) string) int {
	if len(low) < 3 {
		return -1
	}
	i := strings.Index(short, low[:3])
	if i < 0 || i%3 != 0 || len(low) > 3 && !strings.HasPrefix(strings.ToLower(full(i/3)), low) {
		return -1
	}
	return i / 3
}

// isZone accepts "GMT", "CET", "MET DST", "GMT+2".
func isZone(w string) bool {
	letters := strings.TrimRight(w, "+-0123456789:")
	if len(letters) == 0 || len(letters) > 5 {
		return false
	}
	return letters == strings.ToUpper(letters) && strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// number is a day first and a year then; a year may come before a day.
func (d *dateParts) number(w string) bool {
	n, err := strconv.Atoi(w)
	switch {
	case err != nil:
		return false
	case len(w) == 4 && d.year == 0 && n >= 1970 && n <= 2100:
		d.year = n
	case len(w) <= 2 && d.day == 0 && n >= 1 && n <= 31:
		d.day = n
	case len(w) == 2 && d.year == 0:
		d.year = fullYear(n)
	default:
		return false
	}
	return true
}

// fullYear widens a year of two digits (RFC 5322, 4.3, turned at 1970, where
// mail begins).
func fullYear(n int) int {
	if n < 70 {
		return 2000 + n
	}
	return 1900 + n
}

// joined reads "11-Apr-25", "2025-04-11", "11.04.2025", "04/11/2025".
func (d *dateParts) joined(p []string) bool {
	if d.year != 0 {
		return false
	}
	if len(p[0]) == 4 {
		p[0], p[2] = p[2], p[0]
	}
	day, e1 := strconv.Atoi(p[0])
	month, e2 := strconv.Atoi(p[1])
	year, e3 := strconv.Atoi(p[2])
	if m := monthOf(strings.ToLower(p[1])); m != 0 {
		month, e2 = int(m), nil
	}
	if e1 != nil || e2 != nil || e3 != nil {
		return false
	}
	if month > 12 && day <= 12 {
		day, month = month, day
	}
	if len(p[2]) == 2 {
		year = fullYear(year)
	}
	if day < 1 || day > 31 || month < 1 || month > 12 || year < 1970 || year > 2100 {
		return false
	}
	d.day, d.month, d.year = day, time.Month(month), year
	return true
}

// time reads "15:36", "15:36:11", "15:36:11Z", and a whole ISO 8601 date.
func (d *dateParts) time(w string) bool {
	if date, clock, ok := strings.Cut(w, "t"); ok {
		if p := strings.Split(date, "-"); len(p) != 3 || !d.joined(p) {
			return false
		}
		w = clock
	}
	w = strings.TrimSuffix(w, "z")
	if at := strings.LastIndexAny(w, "+-"); at > 0 {
		if zone := strings.ReplaceAll(w[at:], ":", ""); len(zone) == 5 && !d.word(zone) {
			return false
		}
		w = w[:at]
	}
	w, _, _ = strings.Cut(w, ".")
	p := strings.Split(w, ":")
	if d.timed || len(p) < 2 || len(p) > 3 {
		return false
	}
	for i, s := range p {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > 60 || i == 0 && n > 23 {
			return false
		}
		d.clock[i] = n
	}
	d.timed = true
	return true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// cutLine takes a line off, whatever ends it: LF, CRLF, CR alone.
func cutLine(b []byte) (line, rest []byte, whole bool) {
	i := bytes.IndexAny(b, "\r\n")
	if i < 0 {
		return b, nil, false
	}
	line = b[:i]
	rest = b[i:]
	if crs := len(rest) - len(bytes.TrimLeft(rest, "\r")); crs < len(rest) && rest[crs] == '\n' {
		return line, rest[crs+1:], true
	}
	return line, rest[1:], true
}

// bareCR reports text whose first line is ended by CR alone.
func bareCR(b []byte) bool {
	i := bytes.IndexAny(b, "\r\n")
	if i < 0 || b[i] == '\n' {
		return false
	}
	rest := bytes.TrimLeft(b[i:], "\r")
	return len(rest) > 0 && rest[0] != '\n'
}

// mailFields are the fields that tell the header of a mail from other lines with
// a colon.
var mailFields = set(
	"from",
	"to",
	"cc",
	"subject",
	"date",
	"message-id",
	"reply-to",
	"sender",
	"mime-version",
	"content-type",
	"content-length",
	"received",
	"return-path",
	"delivered-to",
	"x-original-to",
	"envelope-to",
	"x-apparently-to",
	"dkim-signature",
	"authentication-results",
	"received-spf",
	"arc-seal",
	"arc-message-signature",
	"arc-authentication-results",
	"x-mozilla-status",
	"x-mozilla-status2",
	"x-mozilla-keys",
	"x-account-key",
	"x-uidl",
	"x-uid",
	"status",
	"x-status",
	"x-keywords",
	"x-gm-thrid",
	"x-gmail-labels",
)

// maxFieldName bounds the name of a field.
const maxFieldName = 100

// fieldName returns the name of a field line in small letters, or "". Blanks
// before the colon are passed over, as mail programs do (RFC 5322, 4.5.8).
func fieldName(line []byte) string {
	colon := bytes.IndexByte(line[:min(len(line), maxFieldName)], ':')
	if colon <= 0 {
		return ""
	}
	name := bytes.TrimRight(line[:colon], " \t")
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return ""
		}
	}
	return strings.ToLower(string(name))
}

// looksLikeHeader reports the start of a header: a field, or the ">From " that
// Thunderbird puts into headers.
func looksLikeHeader(b []byte) bool {
	line, _, _ := cutLine(b)
	if bytes.HasPrefix(line, []byte(">From ")) {
		return true
	}
	name := fieldName(line)
	for i := range len(name) {
		if c := name[i]; c != '-' && c != '_' && c != '.' && !isDigit(c) && !isLetter(c) {
			return false
		}
	}
	return name != ""
}

// headerStrength counts the fields of mails, up to two, with which b begins;
// lines that are none end it, blank lines above it do not count.
func headerStrength(b []byte) int {
	n, stray := 0, 0
	for first := true; len(b) > 0 && n < 2; {
		line, rest, whole := cutLine(b)
		b = rest
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			if !first {
				return n
			}
			if stray++; stray > 2 {
				return n
			}
			continue
		case !first && (line[0] == ' ' || line[0] == '\t'):
			continue // folded
		}
		first = false
		name := fieldName(line)
		if mailFields[name] {
			n++
		}
		if name == "" && whole {
			if stray++; stray > 2 {
				return n
			}
		}
	}
	return n
}
