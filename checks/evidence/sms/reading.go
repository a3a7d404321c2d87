package sms

import (
	"slices"
	"strings"
	"unicode"
)

// reading is a message taken apart.
type reading struct {
	tokens []token
	nouns  []int // where a code is named
	code   int   // where the code stands; -1 without one
	themes theme
	amount bool // a sum of money
	google bool // "G-123456", which only Google writes
	meta   bool // "FB-12345"
	shouts bool // all capitals: they say nothing about names
}

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// read finds what in a message speaks for a code and against one.
func (c *classifier) read(t []token) reading {
	r := reading{tokens: t, code: -1}
	upper, letters := 0, 0
	for i, x := range t {
		switch x.shape {
		case shapeWord:
			r.themes |= c.stems.of(x.fold)
			if isCodeNoun(t, i) {
				r.nouns = append(r.nouns, i)
			}
			if w := strings.TrimRight(x.text, "s"); w == strings.ToUpper(w) && w != x.fold {
				upper += len(w)
			}
			letters += len(x.text)
		case shapeCode:
			r.google = r.google || x.text == "G-"
			r.meta = r.meta || x.text == "FB-"
			if r.code < 0 && !r.counts(i) {
				r.code = i
			}
		}
		r.amount = r.amount || (x.shape == shapeNumber || x.shape == shapeCode) && r.isMoney(i)
	}
	r.shouts = letters > 12 && upper*10 > letters*7
	return r
}

func isCodeNoun(t []token, i int) bool {
	w := t[i].fold
	switch {
	case otherCodes[w]:
		return false
	case codeNouns[w], strings.HasSuffix(w, "code"), strings.HasSuffix(w, "passwort"):
		return true
	case w == "passe":
		return i >= 2 && t[i-1].fold == "de" && t[i-2].fold == "mot"
	case w == "usage", w == "xac":
		return false
	}
	return w[0] >= 0x80 && slices.ContainsFunc(codeMarks, func(m string) bool { return strings.Contains(w, m) })
}

// kind decides what a message is.
func (r reading) kind() kind {
	switch {
	case r.themes&themeOff != 0 && r.saysTwoStep():
		return kindOff
	case r.themes&themeElsewhere != 0 && r.themes&themeStrong == 0:
		return kindNotice
	case r.isCode():
		if r.amount && r.themes&themePayment != 0 {
			return kindAlert
		}
		if r.themes&themeStrong == 0 && r.themes&themeDelivery != 0 {
			return kindDelivery
		}
		if r.themes&themeStrong != 0 || r.themes&(themePromotion|themeElsewhere) == 0 {
			return kindCode
		}
		return kindNotice
	case r.themes&themeDelivery != 0 && r.themes&themePromotion == 0:
		return kindDelivery
	case r.themes&themeAlert != 0 && r.themes&themePromotion == 0:
		return kindAlert
	}
	return kindNotice
}

func (r reading) isCode() bool {
	return r.google || r.meta || r.code >= 0 && (len(r.nouns) > 0 || r.themes&themeStrong != 0)
}

func (r reading) saysTwoStep() bool {
	var b strings.Builder
	for _, x := range r.tokens {
		if x.shape != shapeMark {
			b.WriteString(x.fold)
			b.WriteByte(' ')
		}
	}
	text := b.String()
	return slices.ContainsFunc(twoStep, func(s string) bool { return strings.Contains(text, s) })
}

// at returns a token, or an empty one beyond the ends.
func (r reading) at(i int) token {
	if i < 0 || i >= len(r.tokens) {
		return token{text: "\n", fold: "\n", shape: shapeMark}
	}
	return r.tokens[i]
}

func (r reading) isMoney(i int) bool { return money[r.at(i-1).fold] || money[r.at(i+1).fold] }

func isNumber(t token) bool {
	return t.shape == shapeNumber || t.shape == shapeCode && digitsOnly(t.text)
}

// counts reports whether what looks like a code counts something else: money,
// a date, an order, a phone number, a part of a link.
func (r reading) counts(i int) bool {
	prev, next := r.at(i-1), r.at(i+1)
	switch {
	case r.isMoney(i), units[next.fold]:
		return true
	case prev.is("+*•#") && r.tokens[i].glued:
		return true
	case prev.is("/=?&_-.:") && r.tokens[i].glued && (prev.glued && !prev.is("-:.") || prev.glued && isNumber(r.at(i-2))):
		return true
	case next.is("/-.:") && next.glued && r.at(i+2).glued && (isNumber(r.at(i+2)) || next.is("/")):
		return true
	case isNumber(prev), isNumber(next) && isNumber(r.at(i+2)):
		return true
	case counted[prev.fold], r.countedBefore(i):
		return true
	}
	return isYear(r.tokens[i].text) && !r.introduced(i)
}

// countedBefore looks past "no. ", "is", ":" and "in" for what a number counts.
func (r reading) countedBefore(i int) bool {
	for j := i - 1; j >= i-3 && j >= 0; j-- {
		t := r.tokens[j]
		switch {
		case t.shape == shapeWord && counted[t.fold]:
			return true
		case t.is(":#.°º"),
			t.fold == "in",
			t.fold == "to",
			t.fold == "au",
			t.fold == "en",
			t.fold == "por",
			t.fold == "auf",
			t.fold == "op",
			t.fold == "em",
			t.fold == "con",
			t.fold == "par",
			t.fold == "mit":
		default:
			return false
		}
	}
	return false
}

func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

// introduced reports whether a number is said to be the code.
func (r reading) introduced(i int) bool {
	prev := r.at(i - 1)
	return links[prev.fold] || prev.is(":=") || slices.Contains(r.nouns, i-1) || links[r.at(i+1).fold]
}
