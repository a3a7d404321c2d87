package evidence

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"unlisted/checks/evidence/wording"
)

// Bounds of a subject or label: runes that are looked at, and that are kept.
const (
	maxMasked   = 8000 // bytes
	maxSnippet  = 120
	secretReach = 8 // pieces between the name of a secret and what introduces it
)

// What tells a secret and the words around it.
var (
	secretNouns = wording.Words().Matcher("secret")
	secretLinks = wording.Words().Set("link")
	ordinary    = wording.Words().Vocabulary()
)

// MaskSecrets makes foreign text (a subject, a snippet, a label) safe to store
// and show: at most 120 characters of it, with everything that may let somebody
// into an account replaced by dots.
//
// Where the text names a code, a password or a link, in any language of the
// words, only ordinary words and those of keep (the sender's own name) stay,
// and nothing behind "is" or a colon. Elsewhere what is shaped like a code goes:
// four digits or more that are no date, year or price, letters mixed with
// digits, rows of chunks, the paths of links. When in doubt, it is masked.
func MaskSecrets(text string, keep ...string) string {
	m := newMasker(clean(text, maxMasked))
	m.hideLinks()
	if named := m.named(); len(named) > 0 {
		m.hideUnknown(named, keep)
	} else {
		m.hideShapes()
	}
	return m.shown(maxSnippet)
}

// MaskLabel does the same for names of entries, apps and companies, whose words
// are not masked: only what is shaped like a code, numbers beside the name of a
// secret, and what follows "is" or a colon there.
func MaskLabel(text string) string {
	m := newMasker(clean(text, maxMasked))
	m.hideLinks()
	m.hideShapes()
	if named := m.named(); len(named) > 0 {
		cut := m.introduced(named)
		for _, p := range m.pieces {
			inside := slices.ContainsFunc(named, func(end int) bool { return end > p.start && end <= p.end })
			shouted := p.upper == p.letters && p.letters >= 4 && !ordinary[p.word]
			if p.start >= cut || (p.digits > 0 || shouted) && !inside {
				m.hide(p)
			}
		}
		m.spread()
		m.join()
	}
	return m.shown(maxDetailLen)
}

// maskFileName masks the last name of a path where it is a mail's: programs
// name saved mails by their subjects.
func maskFileName(label string) string {
	dir, name := label, ""
	if at := strings.LastIndexAny(label, "/\\"); at >= 0 {
		dir, name = label[:at+1], label[at+1:]
	} else {
		dir, name = "", label
	}
	ext := path.Ext(name)
	switch strings.ToLower(ext) {
	case ".eml", ".emlx", ".msg", ".mht":
		return dir + MaskSecrets(strings.TrimSuffix(name, ext)) + ext
	}
	return label
}

// masker is a text on its way to be shown.
type masker struct {
	text   []rune // as it stands
	folded []rune // each rune comparable: full-width and circled ones as plain ones
	hidden []bool
	pieces []piece
}

// piece is a run of letters and digits: [start, end) in runes.
type piece struct {
	start, end     int
	digits, upper  int
	letters, other int // other: letters of scripts that codes are not made of
	turns          int // changes between letters and digits
	word           string
}

func (p piece) size() int { return p.digits + p.letters }

func newMasker(text string) *masker {
	m := &masker{text: []rune(text)}
	m.folded = make([]rune, len(m.text))
	m.hidden = make([]bool, len(m.text))
	for i, r := range m.text {
		m.folded[i] = plainRune(r)
	}
	for i := 0; i < len(m.folded); {
		end := m.pieceEnd(i)
		if end > i {
			m.pieces = append(m.pieces, m.piece(i, end))
		}
		i = max(end, i+1)
	}
	return m
}

// plainRune undoes the compatibility forms that are one character.
func plainRune(r rune) rune {
	if r < 0x80 {
		return r
	}
	if d, ok := digitValue(r); ok {
		return '0' + d
	}
	s := []rune(norm.NFKC.String(string(r)))
	if len(s) != 1 {
		return r
	}
	return s[0]
}

// digitValue reads a decimal digit of any script: they come in runs of ten, the
// zero first.
func digitValue(r rune) (rune, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	zero := r
	for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
		zero--
	}
	return (r - zero) % 10, true
}

// pieceEnd is where the piece that starts at i ends. Scripts without spaces are
// no part of a Latin piece: "验证码482913".
func (m *masker) pieceEnd(i int) int {
	start, tight := i, false
	for ; i < len(m.folded); i++ {
		r := m.folded[i]
		switch {
		case unicode.IsMark(r) && i > start:
			continue
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			return i
		}
		t := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai)
		if i > start && t != tight {
			return i
		}
		tight = t
	}
	return i
}

func (m *masker) piece(start, end int) piece {
	p := piece{start: start, end: end}
	var last rune
	for _, r := range m.folded[start:end] {
		kind := 'a'
		switch {
		case unicode.IsMark(r):
			continue
		case unicode.IsNumber(r):
			kind = '0'
			p.digits++
		default:
			p.letters++
			if unicode.IsUpper(r) {
				p.upper++
			}
			if !unicode.Is(unicode.Latin, r) {
				p.other++
			}
		}
		if last != 0 && kind != last {
			p.turns++
		}
		last = kind
	}
	p.word = wording.Fold(string(m.text[start:end]))
	return p
}

// named lists where the names of secrets end, in runes.
func (m *masker) named() (ends []int) {
	var b strings.Builder
	at := []int{} // byte of the folded text -> rune behind it
	for i, r := range m.text {
		s := wording.Fold(string(r))
		if s == "" && unicode.IsSpace(r) {
			s = " "
		}
		b.WriteString(s)
		for range len(s) {
			at = append(at, i+1)
		}
	}
	for _, end := range secretNouns.Ends(b.String()) {
		ends = append(ends, at[end-1])
	}
	return ends
}

// hideUnknown hides all but ordinary words, and everything behind what
// introduces a secret.
func (m *masker) hideUnknown(named []int, keep []string) {
	own := map[string]bool{}
	for _, k := range keep {
		for w := range strings.FieldsFuncSeq(wording.Fold(k), func(r rune) bool { return !unicode.IsLetter(r) }) {
			own[w] = true
		}
		own[wording.Fold(k)] = true
	}
	cut := m.introduced(named)
	single := 0
	for i, p := range m.pieces {
		if p.size() == 1 {
			single++
		} else {
			single = 0
		}
		plain := p.digits == 0 && (ordinary[p.word] || own[p.word] || p.other > 0) ||
			own[p.word] && p.start < cut && p.letters > 0
		if !plain || p.start >= cut {
			m.hide(p)
		}
		for j := 0; single >= 3 && j < single; j++ { // a secret letter by letter
			m.hide(m.pieces[i-j])
		}
	}
	m.rows()
	m.spread()
	m.join()
}

// rows hides a known word that is a chunk of a row by chance: capitals as many as
// in two hidden chunks beside it ("SHCJ FPSA DATA UPEO").
func (m *masker) rows() {
	chunk := func(i, size int) bool {
		if i < 0 || i >= len(m.pieces) {
			return false
		}
		p := m.pieces[i]
		return p.size() == size && p.upper == p.letters && m.hidden[p.start]
	}
	for i, p := range m.pieces {
		if m.hidden[p.start] || p.upper != p.letters || p.other > 0 {
			continue
		}
		if n := p.size(); chunk(i-1, n) && (chunk(i-2, n) || chunk(i+1, n)) || chunk(i+1, n) && chunk(i+2, n) {
			m.hide(p)
		}
	}
}

// introduced is where a secret begins: behind the first colon, equals sign or
// "is" that follows a secret's name closely.
func (m *masker) introduced(named []int) int {
	for i, p := range m.pieces {
		near := slices.ContainsFunc(
			named,
			func(end int) bool { return end <= p.start && m.between(end, i) <= secretReach },
		)
		if !near {
			continue
		}
		before := m.gap(i)
		if strings.ContainsAny(before, ":=→>#：＝»\"“") {
			return p.start
		}
		if secretLinks[p.word] {
			return p.end
		}
	}
	return len(m.text)
}

// between counts the pieces from a place to piece i.
func (m *masker) between(end, i int) (n int) {
	for j := i - 1; j >= 0 && m.pieces[j].start >= end; j-- {
		n++
	}
	return n
}

// gap is what stands before piece i.
func (m *masker) gap(i int) string {
	from := 0
	if i > 0 {
		from = m.pieces[i-1].end
	}
	return string(m.text[from:m.pieces[i].start])
}

func (m *masker) hide(p piece) { m.cover(p.start, p.end) }

func (m *masker) cover(start, end int) {
	for i := start; i < end; i++ {
		m.hidden[i] = true
	}
}

// spread hides the known pieces of a word with an unknown one: "DES-HE1".
func (m *masker) spread() {
	for i := 1; i < len(m.pieces); i++ {
		m.spreadTo(i, i-1)
	}
	for i := len(m.pieces) - 2; i >= 0; i-- {
		m.spreadTo(i, i+1)
	}
}

func (m *masker) spreadTo(i, from int) {
	a, b := m.pieces[min(i, from)], m.pieces[max(i, from)]
	apart := strings.ContainsFunc(
		string(m.text[a.end:b.start]),
		func(r rune) bool { return unicode.IsSpace(r) || r > unicode.MaxLatin1 && unicode.IsPunct(r) },
	)
	if m.hidden[m.pieces[from].start] && !apart && m.pieces[i].other == 0 {
		m.hide(m.pieces[i])
	}
}

// join hides the signs between two hidden pieces: they are a part of the code.
func (m *masker) join() {
	for i := 1; i < len(m.pieces); i++ {
		a, b := m.pieces[i-1], m.pieces[i]
		if m.hidden[a.start] && m.hidden[b.start] {
			m.cover(a.end, b.start)
		}
	}
}

// hideLinks hides what follows the host in a link, and the values of queries.
func (m *masker) hideLinks() {
	for start := 0; start < len(m.text); {
		end := start
		for end < len(m.text) && !unicode.IsSpace(m.text[end]) {
			end++
		}
		word := string(m.folded[start:end])
		at := -1
		if scheme := strings.Index(word, "://"); scheme >= 0 {
			at = scheme + len("://") + max(0, strings.IndexAny(word[scheme+len("://"):]+"/", "/?#"))
		} else if dot := strings.IndexByte(word, '.'); dot > 0 {
			if path := strings.IndexAny(word[dot:], "/?#="); path > 0 {
				at = dot + path
			}
		}
		if at >= 0 && at < len(word) {
			m.cover(start+len([]rune(word[:at])), end)
		}
		start = end + 1
	}
}

// shown is the text with dots for what is hidden, cut to limit characters.
func (m *masker) shown(limit int) string {
	out := make([]rune, 0, len(m.text))
	for i, r := range m.text {
		if len(out) == limit {
			return strings.TrimSpace(string(out)) + "…"
		}
		switch {
		case !m.hidden[i] || r == ' ':
			out = append(out, r)
		case !unicode.IsMark(r):
			out = append(out, '•')
		}
	}
	return string(out)
}
