package catalog

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"
)

// searchName is one name or domain a platform is searched by.
type searchName struct {
	text   string // letters and digits only, so that blanks do not matter
	bounds []int  // where words begin, and the end
	last   int    // where the last word that is searched ends: a domain's suffix says nothing
	at     int32
	main   bool // the platform's own name or id, not an alias
	host   bool
}

// searchNames lists what all platforms are searched by.
func (c *Catalog) searchNames() []searchName {
	out := make([]searchName, 0, len(c.platforms)*3)
	for i := range c.platforms {
		p, at := &c.platforms[i], int32(i)
		out = append(out, newSearchName(Fold(p.Name), at, true, false))
		for _, a := range p.Aliases {
			out = append(out, newSearchName(Fold(a), at, false, false))
		}
		for n, d := range p.Domains {
			out = append(out, newSearchName(d, at, n == 0, true))
		}
	}
	return out
}

// newSearchName takes a folded name apart; host says that it is a domain.
func newSearchName(folded string, at int32, main, host bool) searchName {
	n := searchName{at: at, main: main, host: host}
	searched := folded
	if host {
		if suffix, _ := publicsuffix.PublicSuffix(folded); len(suffix) < len(folded) {
			searched = strings.TrimSuffix(folded, suffix)
		}
	}
	var b strings.Builder
	for i := 0; i < len(folded); {
		size := wordLen(folded[i:])
		if size == 0 {
			_, step := utf8.DecodeRuneInString(folded[i:])
			i += step
			continue
		}
		n.bounds = append(n.bounds, b.Len())
		b.WriteString(folded[i : i+size])
		if i += size; i <= len(searched) {
			n.last = b.Len()
		}
	}
	n.text = b.String()
	n.bounds = append(n.bounds, len(n.text))
	return n
}

// wordLen is the length of the word that s begins with.
func wordLen(s string) int {
	for i, r := range s {
		if !isWordRune(r) {
			return i
		}
	}
	return len(s)
}

// The ranks of a match, best first; a platform's own name is worth one more
// than an alias.
const (
	matchWhole   = 9 // the name and nothing else
	matchLabel   = 7 // the domain in front of its suffix
	matchLeading = 5 // the first words of the name
	matchBegins  = 3 // the beginning of the name
	matchWord    = 2 // another word of the name, or its beginning
)

// match ranks a name for a query of letters and digits: whole words and
// beginnings of words count, middles do not. 0 is no match.
func (n *searchName) match(q string) int {
	rank := 0
	for i, from := range n.bounds[:len(n.bounds)-1] {
		if from >= n.last || !strings.HasPrefix(n.text[from:], q) {
			continue
		}
		end := from + len(q)
		switch whole := slices.Contains(n.bounds[i+1:], end); {
		case from == 0 && end == len(n.text):
			rank = matchWhole
		case from == 0 && n.host && end == n.last:
			rank = max(rank, matchLabel)
		case from == 0 && whole && !n.host:
			rank = max(rank, matchLeading)
		case from == 0:
			rank = max(rank, matchBegins)
		default:
			rank = max(rank, matchWord)
		}
	}
	if rank > 0 && n.main {
		rank++
	}
	return rank
}

// hit is a platform that was found, and how well.
type hit struct {
	at   int32
	rank int
}

// hits finds the platforms a query leads to, best first: the better match
// before the worse, well-known before obscure.
func (c *Catalog) hits(query string) []hit {
	q := letters(query)
	if q == "" {
		return nil
	}
	best, names := map[int32]int{}, c.names()
	for i := range names {
		if rank := names[i].match(q); rank > best[names[i].at] {
			best[names[i].at] = rank
		}
	}
	return c.sorted(best)
}

func (c *Catalog) sorted(best map[int32]int) []hit {
	out := make([]hit, 0, len(best))
	for at, rank := range best {
		out = append(out, hit{at, rank})
	}
	slices.SortFunc(out, func(a, b hit) int {
		return cmp.Or(-cmp.Compare(a.rank, b.rank), -cmp.Compare(c.rank(a.at), c.rank(b.at)), cmp.Compare(a.at, b.at))
	})
	return out
}

// letters leaves what a query is compared by.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, Fold(s))
}

// Search returns the best platforms for what was typed so far, at most limit:
// those with a name or domain in which it is whole words or the beginning of
// one. Accents, case, blanks and punctuation do not matter. An empty query
// finds nothing.
func (c *Catalog) Search(query string, limit int) []*Platform {
	return c.first(c.hits(query), limit)
}

func (c *Catalog) first(hits []hit, limit int) []*Platform {
	var out []*Platform
	for _, h := range hits[:max(0, min(limit, len(hits)))] {
		out = append(out, &c.platforms[h.at])
	}
	return out
}

// Find returns the platform that a person names: by its id, by an address or
// host there, by its name or an alias as a whole, or by the first words of a
// name that no other begins with. It is false where the catalogue knows none:
// a name that only begins alike is another's.
func (c *Catalog) Find(query string) (*Platform, bool) {
	if host := hostIn(query); host != "" {
		id, _, known := c.Resolve(host)
		if known {
			return c.ByID(id)
		}
		if IsSite(host) {
			return nil, false
		}
	}
	if p, ok := c.ByName(query); ok {
		return p, true
	}
	hits := c.hits(query)
	if len(hits) == 0 || hits[0].rank < matchLeading {
		return nil, false
	}
	p := &c.platforms[hits[0].at]
	clear := hits[0].rank >= matchWhole || len(hits) == 1 || hits[0].rank > hits[1].rank && hits[1].rank < matchLeading
	if !clear && hits[0].rank >= matchLabel { // one brand in several countries: only the one that is known well
		clear = c.rank(hits[0].at) > c.rank(hits[1].at)
	}
	return p, clear
}

// hostIn is the host that a query is, or has as an address; "" where it is
// neither.
func hostIn(query string) string {
	s := strings.ToLower(strings.TrimSpace(query))
	if _, after, ok := strings.Cut(s, "://"); ok {
		if u, err := url.Parse("https://" + after); err == nil {
			return u.Hostname()
		}
	}
	s, _, _ = strings.Cut(s, "/")
	if !strings.Contains(s, ".") || strings.ContainsAny(s, " @") {
		return ""
	}
	return s
}

// Nearest returns the platforms that were perhaps meant by a query that Find
// does not know, at most limit: those Search finds, who runs the shared host of
// an address, then those whose name or its first words are one slip of the
// finger away.
func (c *Catalog) Nearest(query string, limit int) []*Platform {
	hits := c.hits(query)
	if len(hits) >= limit {
		return c.first(hits, limit)
	}
	const telling = 4 // letters from which one slip is no other word
	q := letters(query)
	best := map[int32]int{}
	for _, h := range hits {
		best[h.at] = h.rank + 2 // before all slips
	}
	if host := hostIn(query); host != "" {
		site := Site(host)
		label, parent, _ := strings.Cut(site, ".")
		q = letters(label)
		if i, ok := c.byDomain[parent]; ok && Shared(site) {
			best[i] = 2
		}
	}
	if utf8.RuneCountInString(q) >= telling {
		names := c.names()
		for i := range names {
			n := &names[i]
			if _, found := best[n.at]; !found && n.slip(q) {
				best[n.at] = 1
			}
		}
	}
	return c.first(c.sorted(best), limit)
}

// slip reports whether the whole name, or its first words, are one letter away
// from a query: one more, one less, another, or two swapped.
func (n *searchName) slip(q string) bool {
	for _, end := range n.bounds[1:] {
		if end <= n.last && oneSlip(q, n.text[:end]) {
			return true
		}
	}
	return false
}

// oneSlip reports whether two words differ by one letter put in, left out or
// changed, or by two that are swapped.
func oneSlip(a, b string) bool {
	if d := len(a) - len(b); d < -utf8.UTFMax || d > utf8.UTFMax {
		return false
	}
	s, t := []rune(a), []rune(b)
	for len(s) > 0 && len(t) > 0 && s[0] == t[0] {
		s, t = s[1:], t[1:]
	}
	for len(s) > 0 && len(t) > 0 && s[len(s)-1] == t[len(t)-1] {
		s, t = s[:len(s)-1], t[:len(t)-1]
	}
	if len(s) == 2 && len(t) == 2 {
		return s[0] == t[1] && s[1] == t[0]
	}
	return len(s) <= 1 && len(t) <= 1
}
