package identifier

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/unicode/norm"
)

// Limits of RFC 5321 section 4.5.3.1, in octets.
const (
	maxLocal   = 64
	maxAddress = 254
)

// ParseEmail accepts the practical subset of RFC 5321 and 5322: one address,
// bare, in angle brackets or after "mailto:", no comments, no quoted local
// part, no address literal; local parts and domains may be international
// (RFC 6531). The domain comes back in lower-case Unicode form, the local part
// as given. Marks that cannot be seen are passed over, and so are brackets and
// punctuation around the whole. Errors: ErrEmpty, ErrEmail, ErrEmailDomain,
// ErrSeveral.
func ParseEmail(s string) (Identifier, error) {
	if strings.TrimSpace(s) == "" {
		return Identifier{}, ErrEmpty
	}
	if len(s) > 2*maxAddress || !utf8.ValidString(s) {
		return Identifier{}, ErrEmail
	}
	s = bareAddress(norm.NFC.String(s))
	if severalAddresses(s) {
		return Identifier{}, ErrSeveral
	}
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || len(s) > maxAddress {
		return Identifier{}, ErrEmail
	}
	local, domain := s[:at], s[at+1:]
	if !validLocal(local) {
		return Identifier{}, ErrEmail
	}
	domain, ok := normaliseDomain(domain)
	if !ok {
		return Identifier{}, ErrEmailDomain
	}
	return Identifier{KindEmail, local + "@" + domain}, nil
}

// bareAddress takes an address out of what is written or copied around it.
func bareAddress(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '＠', '﹫':
			return '@'
		case zeroWidthJoiner, zeroWidthNonJoiner:
			return r // parts of letters in some scripts; a domain may hold them
		}
		if invisible(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, " \t\r\n\u00a0\u202f"+string(zeroWidthJoiner)+string(zeroWidthNonJoiner))
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s, _, _ = strings.Cut(s[7:], "?")
		s = strings.ReplaceAll(strings.TrimSpace(s), "%40", "@")
	}
	if at := strings.LastIndexByte(s, '<'); at >= 0 && strings.HasSuffix(s, ">") && !strings.Contains(s[:at], ">") {
		s = strings.TrimSpace(s[at+1 : len(s)-1])
	}
	s = strings.TrimRight(s, ",;")
	for _, around := range [...][2]string{{"(", ")"}, {"[", "]"}, {`"`, `"`}, {"“", "”"}, {"«", "»"}, {"'", "'"}} {
		inner, opens := strings.CutPrefix(s, around[0])
		if inner, ends := strings.CutSuffix(inner, around[1]); opens && ends {
			return strings.TrimSpace(inner)
		}
	}
	return s
}

const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// severalAddresses reports that a text lists more than one address, or a number
// beside it.
func severalAddresses(s string) bool {
	n, digits := 0, 0
	parts := strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;|", r) || unicode.IsSpace(r) })
	for part := range parts {
		if at := strings.IndexByte(strings.Trim(part, "<>()"), '@'); at > 0 {
			n++
		} else {
			digits += len(digitsOf(part))
		}
	}
	return n > 1 || n == 1 && digits >= minPart
}

func validLocal(l string) bool {
	if len(l) > maxLocal || l[0] == '.' || l[len(l)-1] == '.' || strings.Contains(l, "..") {
		return false
	}
	for _, r := range l {
		if !unicode.In(r, unicode.L, unicode.M, unicode.N) && !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r) {
			return false
		}
	}
	return true
}

func normaliseDomain(d string) (string, bool) {
	d = strings.TrimSuffix(strings.ToLower(d), ".")
	ascii, err := idna.Lookup.ToASCII(d)
	if err != nil || len(ascii) > 253 || !strings.Contains(ascii, ".") {
		return "", false
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	if last := ascii[strings.LastIndexByte(ascii, '.')+1:]; startsWithDigit(last) {
		return "", false // an IP address, not a domain
	}
	if suffix, _ := publicsuffix.PublicSuffix(ascii); suffix == ascii {
		return "", false // "pat@co.uk" can be nobody's mailbox
	}
	uni, err := idna.Lookup.ToUnicode(ascii)
	if err != nil {
		return "", false
	}
	return uni, true
}

// ASCIIDomain returns an address with its domain in the ASCII form that mail
// and web protocols use. For other kinds it returns the value.
func (id Identifier) ASCIIDomain() string {
	at := strings.LastIndexByte(id.Value, '@')
	if id.Kind != KindEmail || at < 0 {
		return id.Value
	}
	d, err := idna.Lookup.ToASCII(id.Value[at+1:])
	if err != nil {
		return id.Value
	}
	return id.Value[:at+1] + d
}

// Domain returns the domain of an address in Unicode form, else "".
func (id Identifier) Domain() string {
	if id.Kind != KindEmail {
		return ""
	}
	return id.Value[strings.LastIndexByte(id.Value, '@')+1:]
}

// canonicalEmail folds case everywhere (every large provider does), and what the
// provider is known to deliver to the same mailbox: plus-tags (RFC 5233), dots,
// its other domains.
func canonicalEmail(v string) string {
	v = strings.ToLower(v)
	at := strings.LastIndexByte(v, '@')
	if at < 0 {
		return v
	}
	local, domain := v[:at], v[at+1:]
	p, ok := MailProviderOf(domain)
	if !ok {
		return v
	}
	if p.Plus {
		local, _, _ = strings.Cut(local, "+")
	}
	if p.Dots {
		local = strings.ReplaceAll(local, ".", "")
	}
	if p.Same {
		domain = p.Mail[0]
	}
	return local + "@" + domain
}

func maskEmail(v string) string {
	at := strings.LastIndexByte(v, '@')
	if at < 1 {
		return "•••"
	}
	first, _ := utf8.DecodeRuneInString(v)
	return string(first) + "•••" + v[at:]
}
