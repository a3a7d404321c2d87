package mailbox

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"unlisted/checks/identifier"
)

// ownMatcher finds the person's own numbers and addresses in a text, in any
// spelling, and no others: it knows what it looks for. A number is found by its
// last digit and read backwards, an address by its "@"; a text of other things
// is passed over at the speed of memory.
type ownMatcher struct {
	phones []ownPhone
	emails []ownEmail
	ends   []byte // the different last digits
}

// ownPhone is one number with every row of digits it is written as.
type ownPhone struct {
	id       identifier.Identifier
	abroad   []string // what may follow "+" or "00"
	national []string // what may stand alone
}

type ownEmail struct {
	id            identifier.Identifier
	local, domain string   // lower case
	canonical     string   // of the same mailbox
	domains       []string // spellings of the domain that reach the same mailbox
}

// ownHit is what was found: masked is set where only a part was shown.
type ownHit struct {
	id     identifier.Identifier
	masked bool
}

func newOwnMatcher(own []identifier.Identifier) *ownMatcher {
	m := &ownMatcher{}
	for _, id := range own {
		switch id.Kind {
		case identifier.KindPhone:
			if p, ok := newOwnPhone(id); ok {
				m.phones = append(m.phones, p)
				if end := id.Value[len(id.Value)-1]; !slices.Contains(m.ends, end) {
					m.ends = append(m.ends, end)
				}
			}
		case identifier.KindEmail:
			m.emails = append(m.emails, newOwnEmail(id))
		}
	}
	return m
}

func (m *ownMatcher) empty() bool { return len(m.phones)+len(m.emails) == 0 }

// minAlone is how many digits a number needs to be one without its country.
const minAlone = 8

func newOwnPhone(id identifier.Identifier) (ownPhone, bool) {
	n, err := phonenumbers.Parse(id.Value, "")
	code, spellings := id.Spellings()
	if err != nil || code == "" {
		return ownPhone{}, false
	}
	trunk := phonenumbers.GetNddPrefixForRegion(id.Region(), true)
	p := ownPhone{id: id}
	alone := []string{phonenumbers.NormalizeDigitsOnly(phonenumbers.Format(n, phonenumbers.NATIONAL))}
	for _, national := range spellings {
		p.abroad = append(p.abroad, code+national, code+trunk+national)
		alone = append(alone, national, trunk+national, code+national, code+trunk+national)
	}
	for _, a := range alone {
		if len(a) >= minAlone && strings.HasSuffix(a, id.Value[len(id.Value)-1:]) {
			p.national = append(p.national, a)
		}
	}
	return p, true
}

func newOwnEmail(id identifier.Identifier) ownEmail {
	local, domain, _ := strings.Cut(strings.ToLower(id.Value), "@")
	e := ownEmail{id: id, local: local, domain: domain, canonical: id.Canonical(), domains: []string{domain}}
	if ascii := id.ASCIIDomain(); ascii != id.Value {
		e.domains = append(e.domains, strings.ToLower(domainOf(ascii)))
	}
	if domain == "gmail.com" || domain == "googlemail.com" {
		e.domains = []string{"gmail.com", "googlemail.com"}
	}
	return e
}

// find looks through a text, which is what a reader would see: decoded, without
// tags. Each identifier is handed over once, whole if it stands anywhere whole.
// A part that would fit several is handed over for none.
func (m *ownMatcher) find(text []byte, masked bool) []ownHit {
	var f found
	for _, end := range m.ends {
		for at := 0; ; at++ {
			i := bytes.IndexByte(text[at:], end)
			if i < 0 {
				break
			}
			at += i
			m.phoneAt(text, at, masked, &f)
		}
	}
	if len(m.emails) > 0 {
		for _, sign := range [][]byte{[]byte("@"), []byte("%40")} {
			for at := 0; ; at += len(sign) {
				i := bytes.Index(text[at:], sign)
				if i < 0 {
					break
				}
				at += i
				m.emailAt(text, at, at+len(sign), masked, &f)
			}
		}
	}
	return f.hits()
}

// found collects what was found of one text.
type found struct{ whole, parts []identifier.Identifier }

func (f *found) hits() []ownHit {
	var out []ownHit
	for _, id := range f.whole {
		out = append(out, ownHit{id: id})
	}
	for _, id := range f.parts {
		if !slices.Contains(f.whole, id) {
			out = append(out, ownHit{id: id, masked: true})
		}
	}
	return out
}

func add(list *[]identifier.Identifier, id identifier.Identifier) {
	if !slices.Contains(*list, id) {
		*list = append(*list, id)
	}
}

// phoneAt looks at a digit that ends one of the numbers.
func (m *ownMatcher) phoneAt(text []byte, at int, masked bool, f *found) {
	if at == 0 || goesOn(text[at+1:]) {
		return
	}
	before := text[at-1]
	if before >= '0' && before <= '9' {
		if !slices.ContainsFunc(
			m.phones,
			func(p ownPhone) bool { return p.id.Value[len(p.id.Value)-2] == before },
		) {
			return
		}
	} else if before < utf8.RuneSelf && !separator(rune(before)) {
		return
	}
	r := readBack(text, at)
	for i := range m.phones {
		if m.phones[i].reads(&r) {
			add(&f.whole, m.phones[i].id)
			return
		}
	}
	if masked && r.n >= 2 && r.n <= 4 {
		m.maskedPhone(text, &r, f)
	}
}

// goesOn reports that what follows a digit belongs to it: another digit, a
// letter, or punctuation with a digit behind it.
func goesOn(rest []byte) bool {
	if len(rest) == 0 {
		return false
	}
	switch c := rest[0]; {
	case isDigit(c), isLetter(c), c == '_':
		return true
	case c == '.', c == '-', c == '/':
		return len(rest) > 1 && isDigit(rest[1])
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Bounds of a number: more digits than any has with prefixes, and how many
// separators may stand between two of them.
const (
	maxDigits = 20
	maxSpaces = 4
)

// row is a row of digits read backwards from its end.
type row struct {
	digit  [maxDigits]byte // the last one first
	joined [maxDigits]bool // the byte before this digit is a digit, too
	n      int
	start  int  // where the earliest digit stands
	plus   bool // "+" stands before it
	glued  bool // a letter stands directly before it
}

// readBack reads the row of digits that ends at a position.
func readBack(text []byte, end int) row {
	var r row
	spaces := 0
	for i := end; i >= 0; {
		c := text[i]
		if isDigit(c) {
			if r.n == maxDigits {
				return r
			}
			r.digit[r.n], r.joined[r.n] = c, i > 0 && isDigit(text[i-1])
			r.n++
			r.start, spaces = i, 0
			r.glued = i > 0 && (isLetter(text[i-1]) || text[i-1] == '_')
			i--
			continue
		}
		ch, size := lastRune(text[:i+1])
		if ch == '+' || ch == '＋' || plusCoded(text[:i+1]) {
			r.plus, r.glued = true, false
			return r
		}
		if spaces++; !separator(ch) || spaces > maxSpaces {
			return r
		}
		i -= size
	}
	return r
}

// plusCoded reports "%2B", the sign as links write it.
func plusCoded(before []byte) bool {
	return len(before) >= 3 && bytes.EqualFold(before[len(before)-3:], []byte("%2b"))
}

// lastRune decodes backwards; a byte that is no UTF-8 is read as Windows-1252.
func lastRune(b []byte) (rune, int) {
	r, size := utf8.DecodeLastRune(b)
	if r == utf8.RuneError && size == 1 {
		return rune(b[len(b)-1]), 1
	}
	return r, size
}

// separator reports what people and programs put between digits, and what
// cannot be seen.
func separator(r rune) bool {
	switch r {
	case ' ', '.', '-', '(', ')', '/', '\t', '\r', '\n', 0x96, 0x97, 0xa0, 0xad, 0x205f, 0x2212, 0x3000, 0xfeff:
		return true
	}
	return r >= 0x2000 && r <= 0x2015 || r >= 0x2028 && r <= 0x202f || r >= 0x2060 && r <= 0x2069
}

// reads reports whether the row is the number in one of its spellings.
func (p *ownPhone) reads(r *row) bool {
	if r.plus {
		return slices.ContainsFunc(p.abroad, func(f string) bool { return len(f) == r.n && r.ends(f) })
	}
	for _, f := range p.abroad {
		for _, prefix := range [...]string{"00", "011"} {
			if r.stands(prefix + f) {
				return true
			}
		}
	}
	if first := r.digit[:r.n]; r.n > 10 && r.n <= 17 && first[r.n-1] == '0' && first[r.n-2] == '0' {
		return false // an international prefix, and not of this country
	}
	return slices.ContainsFunc(p.national, r.stands)
}

// ends reports whether the row's digits end in f.
func (r *row) ends(f string) bool {
	if len(f) > r.n {
		return false
	}
	for i := range len(f) {
		if r.digit[i] != f[len(f)-1-i] {
			return false
		}
	}
	return true
}

// stands reports whether the row ends in f with nothing joined to its front.
func (r *row) stands(f string) bool {
	return r.ends(f) && !r.joined[len(f)-1] && (len(f) < r.n || !r.glued)
}

// maskedPhone takes "•••• 34" and "ending in 34" as a sign, no more.
func (m *ownMatcher) maskedPhone(text []byte, r *row, f *found) {
	front := text[:r.start]
	shown, ok := unmask(front)
	if !ok && !saysEnding(front) {
		return
	}
	var fits []identifier.Identifier
	for _, p := range m.phones {
		tail := p.id.Value
		if r.ends(tail[len(tail)-r.n:]) && p.begins(shown) {
			fits = append(fits, p.id)
		}
	}
	if len(fits) == 1 {
		add(&f.parts, fits[0])
	}
}

func (p *ownPhone) begins(shown string) bool {
	starts := func(f string) bool { return strings.HasPrefix(f, shown) }
	return slices.ContainsFunc(p.abroad, starts) || slices.ContainsFunc(p.national, starts)
}

// unmask reads back over at least two masking characters and returns the digits
// shown in front of them.
func unmask(front []byte) (shown string, ok bool) {
	masks, spaces := 0, 0
	var digits []byte
	for len(front) > 0 && len(digits) < maxDigits && masks < maxDigits {
		r, size := lastRune(front)
		switch {
		case r >= '0' && r <= '9' && masks >= 2:
			digits = append(digits, byte(r))
			spaces = 0
		case mask(r) && len(digits) == 0:
			masks++
			spaces = 0
		case separator(r) && spaces < 2:
			spaces++
		default:
			slices.Reverse(digits)
			return string(digits), masks >= 2 && (spaces > 0 || !unicode.IsLetter(r))
		}
		front = front[:len(front)-size]
	}
	slices.Reverse(digits)
	return string(digits), masks >= 2
}

func mask(r rune) bool {
	switch r {
	case '*', '•', '●', '∙', '·', '×', 'x', 'X', '#', '…', '＊', '⁎':
		return true
	}
	return false
}

// saysEnding reports words such as "ending in" right before a position.
func saysEnding(front []byte) bool {
	front = bytes.TrimRight(front[max(0, len(front)-40):], " \r\n\t:\"'")
	low := fold(string(front))
	return slices.ContainsFunc(endings, func(w string) bool { return strings.HasSuffix(low, w) })
}

var endings = []string{
	"ending in", "ending with", "ends in", "ends with", "terminant par", "finissant par", "termine par", "finit par", "endet auf", "endend auf", "endet mit", "termina en", "terminado en", "acaba en",
	"termina con", "che termina in", "terminante con", "finisce con", "termina em", "terminado em", "eindigt op", "eindigend op", "eindigt met", "ultimos digitos", "last digits", "letzten ziffern",
}

// emailAt looks at an "@" between two positions.
func (m *ownMatcher) emailAt(text []byte, at, after int, masked bool, f *found) {
	domain := strings.ToLower(string(domainPart(text[after:])))
	for i := range m.emails {
		e := &m.emails[i]
		if !slices.Contains(e.domains, domain) {
			continue
		}
		if e.reads(text[:at], after-at > 1) {
			add(&f.whole, e.id)
			return
		}
	}
	if masked && domain != "" {
		m.maskedEmail(text[:at], domain, f)
	}
}

// domainPart is the domain a text starts with.
func domainPart(b []byte) []byte {
	end := 0
	for end < len(b) && end < 253 {
		r, size := utf8.DecodeRune(b[end:])
		if r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		end += size
	}
	return bytes.TrimRight(b[:end], ".-")
}

// reads reports whether the text ends in the address's local part, or in
// another one of the same mailbox, and that it starts there.
func (e *ownEmail) reads(front []byte, coded bool) bool {
	local := localPart(front)
	if coded && len(local) > 2 && len(front) > len(local) && front[len(front)-len(local)-1] == '%' {
		local = local[2:] // "%3Dpat%40": the end of another coded sign
	}
	if low := strings.ToLower(string(local)); low == e.local {
		return true
	} else if low != "" && len(low) <= 64 {
		other := identifier.Identifier{Kind: identifier.KindEmail, Value: low + "@" + e.domain}
		if other.Canonical() == e.canonical {
			return true
		}
	}
	// Local parts hold signs that also stand around addresses, such as "'".
	if n := len(e.local); len(front) >= n && strings.EqualFold(string(front[len(front)-n:]), e.local) {
		r, _ := lastRune(front[:len(front)-n])
		return len(front) == n || !inLocal(r)
	}
	return false
}

func localPart(front []byte) []byte {
	start := len(front)
	for start > 0 && len(front)-start <= 64 {
		r, size := lastRune(front[:start])
		if !inLocal(r) {
			break
		}
		start -= size
	}
	return front[start:]
}

func inLocal(r rune) bool {
	return r == '.' || r == '_' || r == '+' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) ||
		unicode.IsMark(r)
}

// maskedEmail takes "p•••e@mail.example" as a sign, no more.
func (m *ownMatcher) maskedEmail(front []byte, domain string, f *found) {
	start, masks := len(front), 0
	first, last := 0, 0 // the masked stretch
	for start > 0 && len(front)-start <= 3*64 {
		r, size := lastRune(front[:start])
		hides := mask(r) && r != 'x' && r != 'X'
		if !hides && !inLocal(r) {
			break
		}
		if hides {
			if masks == 0 {
				last = start
			}
			masks++
			first = start - size
		}
		start -= size
	}
	if masks < 2 {
		return
	}
	head, tail := strings.ToLower(string(front[start:first])), strings.ToLower(string(front[last:]))
	var fits []identifier.Identifier
	for _, e := range m.emails {
		if head != "" && slices.Contains(e.domains, domain) && len(head)+len(tail) < len(e.local) &&
			strings.HasPrefix(e.local, head) &&
			strings.HasSuffix(e.local, tail) {
			fits = append(fits, e.id)
		}
	}
	if len(fits) == 1 {
		add(&f.parts, fits[0])
	}
}
