package evidence

import (
	"regexp"
	"strings"
	"unicode"
)

// Shapes of numbers that open nothing.
var (
	dateShape = regexp.MustCompile(
		`^(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)?\d\d)|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)\d\d|(?:19|20)\d\d[./-](?:0[1-9]|1[0-2])(?:[./-](?:0[1-9]|[12]\d|3[01]))?)\.?$`,
	)
	timeShape = regexp.MustCompile(`^(?:[01]?\d|2[0-3])[:hH](?:[0-5]\d)(?::[0-5]\d)?$`)
	yearShape = regexp.MustCompile(`^(?:19|20)\d\d(?:[-/](?:(?:19|20)?\d\d))?$`)
	moneySign = regexp.MustCompile(
		`(?i)[€$£¥₹₽₺]|\b(?:eur|euros?|usd|gbp|chf|cad|aud|brl|sek|nok|dkk|pln|czk|huf|ron|jpy|inr|try|kr|zł|fr)\b`,
	)
)

// hideShapes hides what looks like a code in a text that names none.
func (m *masker) hideShapes() {
	for i := 0; i < len(m.pieces); {
		end := i + 1
		for end < len(m.pieces) && m.chunks(end-1, end) {
			end++
		}
		m.hideRun(i, end)
		i = end
	}
	for i, p := range m.pieces {
		if !m.hidden[p.start] && isCode(p) {
			m.hide(m.pieces[i])
		}
	}
	m.hideChunks()
	m.join()
}

// isNumeric reports a piece of digits alone.
func (p piece) isNumeric() bool { return p.digits > 0 && p.letters == 0 }

// isChunk reports a piece that codes are written in: digits, or capitals and digits.
func (p piece) isChunk() bool {
	return p.digits > 0 && p.upper == p.letters && p.other == 0 && p.size() <= 8
}

// chunks reports whether two pieces stand as close as parts of one code do:
// joined by a sign, or numbers with nothing but a space between them.
func (m *masker) chunks(i, j int) bool {
	a, b := m.pieces[i], m.pieces[j]
	gap := strings.Trim(m.gap(j), " ")
	if len([]rune(m.gap(j))) > 3 {
		return false
	}
	spaced := gap == "" || strings.ContainsAny(m.gap(j), " ")
	switch {
	case a.isNumeric() && b.isNumeric():
		return gap == "" || len([]rune(gap)) == 1 && strings.ContainsAny(gap, "-–—.,:/_·•*+'’|")
	case spaced && gap == "":
		return a.isChunk() && b.isChunk()
	case spaced:
		return false
	}
	return strings.ContainsAny(gap, "-–_.·/") && (codeLetters(a) && codeLetters(b))
}

// codeLetters reports capitals and digits without a small letter.
func codeLetters(p piece) bool { return p.upper == p.letters && p.other == 0 && p.size() <= 8 }

// hideRun hides pieces that stand like parts of one code.
func (m *masker) hideRun(i, end int) {
	digits, letters, upper := 0, 0, 0
	for _, p := range m.pieces[i:end] {
		digits, letters, upper = digits+p.digits, letters+p.letters, upper+p.upper
	}
	start, stop := m.pieces[i].start, m.pieces[end-1].end
	switch {
	case letters == 0 && (digits < 4 || m.harmless(start, stop)):
	case letters == 0, end-i > 1 && digits > 0 && digits+letters >= 5 && upper == letters:
		m.cover(start, stop)
	}
}

// harmless reports dates, times, years, prices, and rows of those.
func (m *masker) harmless(start, stop int) bool {
	from, to := start, stop
	for from > 0 && m.text[from-1] != ' ' {
		from--
	}
	for to < len(m.text) && m.text[to] != ' ' {
		to++
	}
	if m.price(from, to) {
		return true
	}
	for w := range strings.FieldsSeq(string(m.folded[start:stop])) {
		w = strings.Trim(w, "-–,.")
		if w != "" && !dateShape.MatchString(w) && !timeShape.MatchString(w) && !yearShape.MatchString(w) {
			return false
		}
	}
	return true
}

// price reports a currency at or beside a number.
func (m *masker) price(from, to int) bool {
	before := strings.Fields(string(m.text[max(0, from-6):from]))
	after := strings.Fields(string(m.text[to:min(len(m.text), to+6)]))
	around := string(m.text[from:to])
	if n := len(before); n > 0 {
		around = before[n-1] + " " + around
	}
	if len(after) > 0 {
		around += " " + after[0]
	}
	return moneySign.MatchString(around)
}

// isCode reports a single piece of letters and digits that nobody writes as a
// word: K7QX2P, x7kq2p, a1b2c3d4e5.
func isCode(p piece) bool {
	if p.digits == 0 {
		return p.size() >= 12 && p.upper > 0 && p.letters-p.upper > 0 && p.upper > 3
	}
	if p.letters == 0 || p.other > 0 {
		return p.other > 0 && p.digits >= 4
	}
	switch {
	case p.digits >= 4, p.turns >= 2 && p.size() >= 4:
		return true
	case p.upper == p.letters:
		return p.size() >= 5
	}
	return p.size() >= 10 && p.digits >= 2
}

// hideChunks hides rows of at least three short chunks of the same length that
// are no words (JBSW QPDE HPKX), and of four single characters.
func (m *masker) hideChunks() {
	for i := 0; i < len(m.pieces); {
		size := m.pieces[i].size()
		end := i
		for end < len(m.pieces) && m.pieces[end].size() == size && m.isRow(m.pieces[end]) && (end == i || m.pieces[end].start-m.pieces[end-1].end <= 3) {
			end++
		}
		if n := end - i; n >= 4 && size == 1 || n >= 3 && size >= 3 && size <= 8 {
			m.cover(m.pieces[i].start, m.pieces[end-1].end)
		}
		i = max(end, i+1)
	}
}

// isRow reports a piece that rows of chunks are made of.
func (m *masker) isRow(p piece) bool {
	if p.size() == 1 {
		return unicode.IsUpper(m.folded[p.start]) || p.digits == 1
	}
	return p.upper == p.letters && p.other == 0 && !ordinary[p.word]
}
