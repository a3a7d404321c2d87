package sms

import (
	"slices"
	"strings"
	"unicode"
)

// Bounds of a name in a message.
const (
	maxNameWords = 4
	maxNameBytes = 30
	maxSkipped   = 8 // words between a code and the name of its sender
)

// named is the sender a message about a code names, or none. A known name wins
// over one that only stands where names stand.
func (c *classifier) named(r reading, from origin) brand {
	switch {
	case r.google:
		return brand{site: "google.com"}
	case r.meta:
		return brand{site: "facebook.com"}
	}
	var first brand
	for _, find := range []func(reading, origin) brand{c.beside, c.bracketed, c.prefix, c.ofAccount, c.behind, c.signed, c.mentioned} {
		b := find(r, from)
		if b.site != "" {
			return b
		}
		if first.name == "" {
			first = b
		}
	}
	if from == originLong && r.themes&themeStrong == 0 && !r.long() {
		return brand{} // "votre code pour Camille : 4711"
	}
	return first
}

// long reports whether the code is longer than those of doors and lockers.
func (r reading) long() bool { return r.code >= 0 && len(r.tokens[r.code].text) >= 6 }

// beside reads the name next to the word for a code: "your Shop code", "Shop
// code 1234", "code de vérification Shop", "Ihr Code für Shop lautet".
func (c *classifier) beside(r reading, _ origin) brand {
	return c.around(r, r.nouns, false)
}

// ofAccount reads the name next to the word for an account, which must be the
// person's: "your Shop account", "ton compte Shop".
func (c *classifier) ofAccount(r reading, _ origin) brand {
	var at []int
	for i, t := range r.tokens {
		if accountNouns[t.fold] {
			at = append(at, i)
		}
	}
	return c.around(r, at, true)
}

func (c *classifier) around(r reading, nouns []int, owned bool) (first brand) {
	for _, n := range nouns {
		for _, b := range []brand{c.left(r, n), c.right(r, n, owned)} {
			if b.site != "" {
				return b
			}
			if first.name == "" {
				first = b
			}
		}
	}
	return first
}

// left reads the name that ends before the word at n.
func (c *classifier) left(r reading, n int) brand {
	end := n
	for end > 0 && (qualifiers[r.at(end-1).fold] || r.at(end-1).is("-–") && r.at(end-1).glued) {
		end--
	}
	start := end
	for words := 0; start > 0 && words < maxNameWords; start-- {
		t := r.at(start - 1)
		if t.shape == shapeMark {
			if !t.is("-&()\"'“”") {
				break
			}
			continue
		}
		if !nameWord(t) && !c.lowerName(t) {
			break
		}
		words++
	}
	for i := start; i < end; i++ { // the longest known name that ends here
		if b, ok := c.brands.names[key(text(r.tokens[i:end]))]; ok && (!b.everyday || r.tokens[i].capital()) {
			return brand{site: b.site}
		}
	}
	before := r.at(start - 1)
	if !owners[before.fold] && !(articles[before.fold] && links[r.at(start-2).fold]) && before.fold != "as" {
		return brand{}
	}
	return c.free(r, start, end)
}

// right reads the name that follows the word at n.
func (c *classifier) right(r reading, n int, owned bool) brand {
	start := n + 1
	for ; start < n+1+maxSkipped; start++ {
		t := r.at(start)
		if t.shape == shapeMark && !t.is("'’\"“«-") || t.shape == shapeMark && t.is("-") && !t.glued {
			return brand{}
		}
		if leadsName(t, r.at(start+1)) ||
			t.shape != shapeMark && !qualifiers[t.fold] && !joiners[t.fold] && !owners[t.fold] &&
				!accountNouns[t.fold] {
			break
		}
	}
	end := start
	for words := 0; words < maxNameWords; end++ {
		t := r.at(end)
		if t.shape == shapeMark {
			if !t.is("-&()") || !t.glued && !t.is("&(") {
				break
			}
			continue
		}
		if !nameWord(t) && !c.lowerName(t) && (words > 0 || !leadsName(t, r.at(end+1))) {
			break
		}
		words++
	}
	for i := end; i > start; i-- { // the longest known name that starts here
		if b, ok := c.brands.names[key(text(r.tokens[start:i]))]; ok && (!b.everyday || r.tokens[start].capital()) {
			return brand{site: b.site}
		}
	}
	after := r.at(end)
	if !links[after.fold] && after.shape != shapeMark && after.shape != shapeCode ||
		owned && !owners[r.at(n-1).fold] {
		return brand{}
	}
	return c.free(r, start, end)
}

// behind reads the name that follows the code itself: "482913 for Shop".
func (c *classifier) behind(r reading, from origin) brand {
	if r.code < 0 || !forWords[r.at(r.code+1).fold] {
		return brand{}
	}
	b := c.right(r, r.code, false)
	if from == originLong && b.site == "" {
		return brand{}
	}
	return b
}

// signed reads a known name that stands alone at the end.
func (c *classifier) signed(r reading, _ origin) brand {
	end := len(r.tokens)
	for end > 0 && r.tokens[end-1].shape == shapeMark {
		end--
	}
	for start := end - 1; start >= 0 && start >= end-maxNameWords; start-- {
		k, ok := c.brands.names[key(text(r.tokens[start:end]))]
		if ok && !k.everyday && r.at(start-1).is(".,;:!-–—\n") {
			return brand{site: k.site}
		}
	}
	return brand{}
}

// bracketed reads "[Shop] …", "(Shop) …" and "【Shop】…" at the start.
func (c *classifier) bracketed(r reading, _ origin) brand {
	start := r.start()
	if !r.at(start).is("[(【「《") {
		return brand{}
	}
	end := start + 1
	for end < start+2+maxNameWords && r.at(end).shape != shapeMark {
		end++
	}
	if !r.at(end).is("])】」》") {
		return brand{}
	}
	return c.titled(r, start+1, end)
}

// prefix reads "Shop: …" at the start; a person may well write "Camille: …", so
// from a full number only a known name counts.
func (c *classifier) prefix(r reading, from origin) brand {
	if b := c.bracketed(r, from); b != (brand{}) {
		return b
	}
	start := r.start()
	end := start
	for end < start+maxNameWords+1 && (r.at(end).shape != shapeMark || r.at(end).is("-&") && r.at(end).glued) {
		end++
	}
	if sep := r.at(end); end == start || !sep.is(":") && !(sep.is("-–|>") && !sep.glued) {
		return brand{}
	}
	b := c.titled(r, start, end)
	if from == originLong && b.site == "" {
		return brand{}
	}
	return b
}

// titled is the name at the head of a message.
func (c *classifier) titled(r reading, start, end int) brand {
	if k, ok := c.brands.names[key(text(r.tokens[start:end]))]; ok {
		return brand{site: k.site}
	}
	if leadsName(r.at(start), r.at(start+1)) {
		return c.free(r, start, end)
	}
	for _, t := range r.tokens[start:end] {
		if t.shape != shapeMark &&
			(never[t.fold] || qualifiers[t.fold] || codeNouns[t.fold] || t.shape != shapeWord || owners[t.fold] || links[t.fold]) {
			return brand{}
		}
	}
	if !r.at(start).capital() && !unicode.Is(unicode.Han, []rune(r.at(start).text + " ")[0]) {
		return brand{}
	}
	return c.free(r, start, end)
}

// start is where the words begin: behind the "<#>" and "[#]" of Android.
func (r reading) start() int {
	i := 0
	for i < len(r.tokens) && (r.tokens[i].is("<#>*-\n") || r.tokens[i].is("[]") && (r.at(i+1).is("#") || r.at(i-1).is("#"))) {
		i++
	}
	return i
}

// mentioned is the only known name in a message that comes from a business.
func (c *classifier) mentioned(r reading, from origin) (found brand) {
	if from == originLong {
		return brand{}
	}
	for i := range r.tokens {
		site := c.knownAt(r, i)
		switch {
		case site == "" || toward[r.at(i-1).fold]:
		case found.site != "" && found.site != site:
			return brand{}
		default:
			found.site = site
		}
	}
	return found
}

// mentions reports whether a message names a sender anywhere.
func (c *classifier) mentions(r reading, site string) bool {
	for i := range r.tokens {
		if c.knownAt(r, i) == site {
			return true
		}
	}
	return false
}

// knownAt is the site whose name starts at a token, everyday words left out.
func (c *classifier) knownAt(r reading, i int) string {
	if r.tokens[i].shape == shapeMark || !r.tokens[i].capital() {
		return ""
	}
	for n := min(maxNameWords, len(r.tokens)-i); n > 0; n-- {
		k, ok := c.brands.names[key(text(r.tokens[i:i+n]))]
		if ok && !k.everyday && !products[r.at(i+n).fold] {
			return k.site
		}
	}
	return ""
}

// nameWord reports whether a word can be part of a name nobody knows.
func nameWord(t token) bool {
	return t.shape == shapeWord && t.capital() && !never[t.fold] && !owners[t.fold] && !links[t.fold] &&
		!codeNouns[t.fold]
}

// leadsName reports whether an article with a capital starts a name: "La Redoute".
func leadsName(t, next token) bool {
	return t.shape == shapeWord && leading[t.fold] && t.capital() && nameWord(next)
}

// lowerName reports whether a word without a capital is a known name.
func (c *classifier) lowerName(t token) bool {
	k, ok := c.brands.names[key(t.fold)]
	return ok && !k.everyday && t.shape == shapeWord
}

// free makes a brand of a name that is in no table.
func (c *classifier) free(r reading, start, end int) brand {
	if start >= end || r.shouts {
		return brand{}
	}
	name := strings.Trim(text(r.tokens[start:end]), "-&()\"'“”’ ")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	letters := strings.IndexFunc(name, isLetter) >= 0
	if !letters || len([]rune(name)) < 2 || len(name) > maxNameBytes || anonymous[key(name)] ||
		otherCodes[key(name)] ||
		slices.ContainsFunc(
			r.tokens[start:end],
			func(t token) bool { return t.shape == shapeCode || t.partOfCode() },
		) {
		return brand{}
	}
	b, _ := c.brands.named(name)
	return b
}

// partOfCode reports a word of capitals and digits: a chunk of a code.
func (t token) partOfCode() bool {
	return strings.IndexFunc(t.text, unicode.IsDigit) >= 0 && strings.ToUpper(t.text) == t.text
}

// text joins tokens as they stood.
func text(t []token) string {
	if len(t) == 1 {
		return t[0].text
	}
	var b strings.Builder
	for i, x := range t {
		if i > 0 && !x.glued {
			b.WriteByte(' ')
		}
		b.WriteString(x.text)
	}
	return b.String()
}
