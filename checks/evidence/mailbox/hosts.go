package mailbox

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"unlisted/checks/datafile"
	"unlisted/checks/evidence"
)

//go:embed senders.json
var sendersJSON []byte

// senders is what is known of who sends mail: senders.json.
type senders struct {
	Forwarding []string            `json:"forwarding"` // forward mail under rewritten senders
	Forums     []string            `json:"forums"`     // run forums for others; the real site stands in List-Id
	Mailing    []string            `json:"mailing"`    // send for others and are never the platform
	People     []string            `json:"people"`     // sign the mail of people with domains of their own under names of their own
	Roles      []string            `json:"roles"`      // in the local part of a service's address
	Bait       []string            `json:"bait"`       // what a forged domain or name puts beside a brand
	Lure       []string            `json:"lure"`       // by which a domain calls itself safe
	Accounts   []string            `json:"accounts"`   // name an account
	Everyday   []string            `json:"everyday"`   // brands that are words as well: they say little in a sentence
	Brands     map[string][]string `json:"brands"`     // names worth forging, with the domains that are theirs though called otherwise

	has map[string]map[string]bool // the words of each list

	long   []string          // brands too long to stand in other words by chance
	shapes map[string]string // finds the brand that a label looks like
}

var senderList = sync.OnceValue(func() *senders { return datafile.Must(readSenders("senders.json", sendersJSON)) })

// readSenders reads the table; a mistake names file and field.
func readSenders(file string, raw []byte) (*senders, error) {
	s := &senders{}
	if err := datafile.Decode(file, raw, s); err != nil {
		return nil, err
	}
	s.has = map[string]map[string]bool{}
	for _, f := range []struct {
		name  string
		words []string
		host  bool
	}{
		{"forwarding", s.Forwarding, true},
		{"forums", s.Forums, true},
		{"mailing", s.Mailing, true},
		{"people", s.People, true},
		{"roles", s.Roles, false},
		{"bait", s.Bait, false},
		{"lure", s.Lure, false},
		{"accounts", s.Accounts, false},
		{"everyday", s.Everyday, false},
	} {
		set := map[string]bool{}
		s.has[f.name] = set
		for _, w := range f.words {
			if fold(w) != w || strings.Contains(w, ".") != f.host || set[w] {
				return nil, fmt.Errorf("%s: %s: %q: not a host, not a folded word, or twice", file, f.name, w)
			}
			set[w] = true
		}
		if len(f.words) == 0 {
			return nil, fmt.Errorf("%s: %s: nothing", file, f.name)
		}
	}
	s.shapes = map[string]string{}
	for _, brand := range slices.Sorted(maps.Keys(s.Brands)) {
		if letters(brand) == nil || letters(brand)[0] != brand ||
			slices.ContainsFunc(
				s.Brands[brand],
				func(d string) bool { return d != strings.ToLower(d) || !strings.Contains(d, ".") },
			) {
			return nil, fmt.Errorf("%s: brands: %q: not a folded word, or a domain that is none", file, brand)
		}
		if len(brand) >= 6 {
			s.long = append(s.long, brand)
			s.shapes[skeleton(brand)] = brand
		}
	}
	return s, nil
}

// mailingService knows the families with numbered domains as well.
func mailingService(domain string) bool {
	if senderList().has["mailing"][domain] || senderList().has["forums"][domain] {
		return true
	}
	label, _, _ := strings.Cut(domain, ".")
	if n, ok := strings.CutPrefix(label, "cmail"); ok && strings.Trim(n, "0123456789") == "" {
		return true // Campaign Monitor
	}
	return strings.HasPrefix(label, "hubspot") && domain != "hubspot.com"
}

func set(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, v := range list {
		m[v] = true
	}
	return m
}

// looksAlike reports whether a host wears a brand's name without being its own:
// the brand as a part of a hyphenated label or beside a word that baits, as a
// label in front of another domain, or spelled with look-alike characters.
func looksAlike(host, domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	if strings.HasPrefix(label, "xn--") || !isASCII(label) {
		return true // an accented brand is rarer than a forged one; this only drops proof
	}
	foreign := func(brand string) bool {
		own, ok := senderList().Brands[brand]
		return ok && label != brand && !slices.Contains(own, domain)
	}
	plain := digits.Replace(label)
	parts := strings.Split(plain, "-")
	baited := slices.ContainsFunc(parts, func(p string) bool { return senderList().has["bait"][p] })
	if slices.ContainsFunc(parts, func(p string) bool {
		return foreign(p) && (baited || len(parts) == 1 || !senderList().has["everyday"][p])
	}) {
		return true
	}
	front := strings.TrimSuffix(strings.ToLower(host), domain)
	if front != "" &&
		slices.ContainsFunc(
			strings.Split(front, "."),
			func(p string) bool { return foreign(p) && !senderList().has["everyday"][p] },
		) {
		return true
	}
	if foreign(senderList().shapes[skeleton(label)]) {
		return true
	}
	for _, brand := range senderList().long {
		if (strings.HasPrefix(plain, brand) || strings.HasSuffix(plain, brand)) && foreign(brand) &&
			(beside(plain, brand) || !senderList().has["everyday"][brand] && strings.HasPrefix(plain, brand) && strings.ContainsAny(label, "0123456789-")) {
			return true
		}
	}
	return false
}

// beside reports "paypalsecurity" and "securepaypal".
func beside(label, brand string) bool {
	word, front := strings.CutPrefix(label, brand)
	if !front {
		var back bool
		if word, back = strings.CutSuffix(label, brand); !back {
			return false
		}
	}
	return senderList().has["bait"][word]
}

var (
	digits = strings.NewReplacer("0", "o", "1", "l", "3", "e", "5", "s", "rn", "m", "vv", "w")
	shapes = strings.NewReplacer("0", "o", "1", "l", "i", "l", "3", "e", "5", "s", "rn", "m", "vv", "w", "-", "")
)

// skeleton is the same for spellings that look the same.
func skeleton(label string) string { return shapes.Replace(label) }

// impersonates reports a mail that claims a brand its sender is not. A sender
// that is not proven must not name one in the display name, or in the subject;
// a proven one may mention others, but not call itself by their name, nor write
// about an account there.
func impersonates(display, subject string, s sender) bool {
	label, _, _ := strings.Cut(s.domain, ".")
	foreign := func(w string) bool {
		own, ok := senderList().Brands[w]
		return ok && len(w) > 3 && w != label && !slices.Contains(own, s.domain)
	}
	name := letters(display)
	if slices.ContainsFunc(name, foreign) {
		claims := !slices.ContainsFunc(
			name,
			func(w string) bool { return !senderList().has["bait"][w] && !foreign(w) },
		)
		if s.trust < evidence.Confirmed || claims && !(len(name) == 1 && senderList().has["everyday"][name[0]]) {
			return true
		}
	}
	said := letters(subject)
	for i, w := range said {
		if !foreign(w) || senderList().has["everyday"][w] {
			continue
		}
		if s.trust < evidence.Confirmed || i+1 < len(said) && senderList().has["accounts"][said[i+1]] ||
			i > 0 && senderList().has["accounts"][said[i-1]] {
			return true
		}
	}
	return false
}

// letters are the words of a text, folded.
func letters(s string) []string {
	if s == "" {
		return nil
	}
	return strings.FieldsFunc(fold(s), func(r rune) bool { return r < 'a' || r > 'z' })
}
