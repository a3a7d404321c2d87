package sms

import (
	_ "embed" // the table of senders
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"
)

// brand is who sent a message: a host where it is known, else a name.
type brand struct{ site, name string }

// known is one sender of the table.
type known struct {
	site     string
	hosts    []string // other hosts of the same owner
	everyday bool     // the name is also a word: it counts only in a sender's place
}

//go:embed brands.tsv
var brandTable string

// brands finds senders by the key of a name and by host.
type brands struct {
	names map[string]known  // key to sender
	hosts map[string]string // registrable host to the sender's main one
}

func newBrands() brands {
	b := brands{map[string]known{}, map[string]string{}}
	for line := range strings.Lines(brandTable) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		k := known{site: cells[0], hosts: strings.Fields(cells[1])}
		for _, h := range append([]string{k.site}, k.hosts...) {
			b.hosts[h] = k.site
		}
		for name := range strings.SplitSeq(cells[2], ",") {
			name, k.everyday = strings.CutPrefix(name, "*")
			b.names[key(name)] = k
		}
	}
	return b
}

// key is what two spellings of a name share: letters and digits, no accents,
// lower case.
func key(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		case r == '+':
			return 'p' // Disney+ and its like
		}
		return -1
	}, norm.NFKD.String(s))
}

// named makes a brand of a name: the table's, a host where the name is one, or
// the name as it stands.
func (b brands) named(name string) (brand, bool) {
	if k, ok := b.names[key(name)]; ok {
		return brand{site: k.site}, true
	}
	if host := strings.ToLower(name); strings.Contains(host, ".") && !strings.ContainsAny(host, " /@") {
		if site := b.site(host); site != "" {
			return brand{site: site}, true
		}
	}
	return brand{name: name}, false
}

// site reduces a host to the main one of its owner, or "" where it is none.
func (b brands) site(host string) string {
	host = strings.ToLower(strings.Trim(host, "."))
	if len(host) > 253 || strings.ContainsFunc(host, func(r rune) bool {
		return r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}) {
		return ""
	}
	for h := host; strings.Contains(h, "."); _, h, _ = strings.Cut(h, ".") {
		if site, ok := b.hosts[h]; ok {
			return site
		}
	}
	suffix, managed := publicsuffix.PublicSuffix(host)
	if !managed && !strings.HasSuffix(host, ".example") { // no such ending, or one kept for examples
		return ""
	}
	if suffix == host {
		return ""
	}
	org, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return org
}

// owns reports whether a link is the sender's own.
func (b brands) owns(s brand, host string) bool {
	site := b.site(host)
	if s.site != "" {
		return site == s.site
	}
	label, _, _ := strings.Cut(site, ".")
	return label != "" && strings.ReplaceAll(label, "-", "") == key(s.name)
}

// shortCodes are numbers of the United States that only one sender uses; most
// others are shared. They change hands, so they show little (section B.4).
var shortCodes = map[string]string{
	"22000": "google.com", "32665": "facebook.com", "40404": "x.com", "87892": "microsoft.com", "65821": "okta.com",
	"24273": "chase.com", "44398": "hinge.co", "24255": "affirm.com", "61746": "walmart.com",
}

// ofSender reads a sender name such as "AMAZON" or, in India, "VM-AMAZON-S".
// Numbers, shared names and imitations of a known name are nobody.
func (b brands) ofSender(s string) (brand, bool) {
	if len(s) > 4 && s[2] == '-' && isUpper(s[0]) && isUpper(s[1]) {
		s = s[3:]
		if n := len(s); n > 4 && s[n-2] == '-' && isUpper(s[n-1]) {
			s = s[:n-2]
		}
	}
	k := key(s)
	if t, ok := b.names[k]; ok {
		return brand{site: t.site}, true
	}
	letters := 0
	for _, r := range s {
		switch {
		case r > unicode.MaxASCII && !unicode.Is(unicode.Latin, r), r == '@', r == '%':
			return brand{}, false // no network passes these on
		case unicode.IsLetter(r):
			letters++
		}
	}
	if letters < 2 || len(s) > 30 || anonymous[k] {
		return brand{}, false
	}
	if _, twin := b.names[strings.NewReplacer("0", "o", "1", "l").Replace(k)]; twin {
		return brand{}, false
	}
	out, _ := b.named(s)
	return out, true
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
