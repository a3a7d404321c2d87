package evidence

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"unlisted/checks/catalog"
)

// Place is what a saved address names: the host of a website, or an app.
type Place struct {
	Host string // lower case, without port
	App  string // Android package or Apple bundle, where there is no host
}

// Host returns the first place that a saved address names; both results are
// empty where there is none. See Places.
func Host(value string) (host, app string) {
	if p := Places(value); len(p) > 0 {
		return p[0].Host, p[0].App
	}
	return "", ""
}

// maxAddress bounds one field of addresses, and maxPlaces what is taken of it.
const (
	maxAddress = 16 << 10
	maxPlaces  = 64
)

// Places takes the hosts and apps out of what people and programs save as the
// address of a login, each once and in their order: full addresses with or
// without a scheme, bare hosts, several in one field, patterns for browsers'
// add-ons ("*.site.example", "^https?://(www\.)?site\.example"), in quotes or
// brackets, with signs and invisible marks around them, Android and iOS apps.
// Notes, an address of mail, browser pages, and machines that only the person's
// own network knows (IP addresses, "router", "nas.local") are no places.
func Places(value string) (out []Place) {
	if rest, ok := plainAddress(value); ok {
		if host := hostIn(rest, true); host != "" {
			return []Place{{Host: host}}
		}
		return nil
	}
	words := strings.Fields(cleanAddress(value))
	prose := false
	for _, w := range words {
		before := len(out)
		for _, part := range addressesIn(w) {
			schemeless := !strings.Contains(part, "//")
			if schemeless && prose {
				continue // a word in a sentence
			}
			for _, p := range placesOf(part) {
				if !slices.Contains(out, p) && len(out) < maxPlaces {
					out = append(out, p)
				}
			}
		}
		prose = prose ||
			len(out) == before && !label(w) && (len(out) == 0 || len([]rune(w)) > longestAnd) &&
				strings.ContainsFunc(w, unicode.IsLetter)
	}
	return out
}

// plainAddress gives what follows the scheme of an address that needs none of
// the mending below, which most are and which costs much: one web address of
// plain signs.
func plainAddress(s string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return "", false
		}
	}
	host, _, _ := strings.Cut(rest, "/")
	for i := range len(host) {
		if c := host[i]; c != '.' && c != '-' && (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') {
			return "", false
		}
	}
	const signs = "/?#&=.-_~%+@:!"
	for i := len(host); i < len(rest); i++ {
		if c := rest[i]; (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && strings.IndexByte(signs, c) < 0 {
			return "", false
		}
	}
	return rest, strings.Contains(host, ".") && !strings.Contains(rest, "://")
}

// longestAnd is how long a word for "and" or "or" between two addresses is.
const longestAnd = 4

// label reports a word such as "URL:".
func label(w string) bool { return strings.HasSuffix(w, ":") || strings.HasSuffix(w, "=") }

// brackets are signs that stand around addresses and never in them.
const brackets = "\"'`<>«»“”„‘’‚‹›"

// cleanAddress makes one string of what copying, typing and exporting do to an
// address: invisible marks go, signs around it become blanks, an address that is
// percent-coded as a whole is decoded, and a scheme that lost a sign gets it back.
func cleanAddress(s string) string {
	if len(s) > maxAddress {
		return ""
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), strings.ContainsRune(brackets, r):
			return ' '
		case unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		case r == '。': // the full stop of input methods
			return '.'
		case r == '．', r == '／', r == '：', r == '＠', r == '？', r == '＃': // full-width forms of ASCII
			return r - '！' + '!'
		}
		return r
	}, s)
	s = ofExpressions.Replace(s) // of regular expressions
	if low := strings.ToLower(s); strings.Contains(low, "%3a%2f%2f") && !strings.Contains(s, "://") {
		if plain, err := url.QueryUnescape(s); err == nil {
			s = plain
		}
	}
	return schemeTypo.ReplaceAllString(s, "${1}://")
}

// ofExpressions turns what regular expressions write for a slash and for any
// sign but one into plain signs, and unescaped takes their escapes away.
var (
	ofExpressions = strings.NewReplacer(`\/`, "/", `[^/]`, ".")
	unescaped     = strings.NewReplacer(`\.`, ".", `\-`, "-")
)

// schemeTypo is http(s) with slashes missing, doubled or the other way round, as
// ":/host", ":\\host", "//host" or ": //host", and one inside another.
var schemeTypo = regexp.MustCompile(
	`(?i)\b(?:h[tx]{2}ps?:?[/\\]+)?(h[tx]{2}ps?\??)(?:\s*:\s*(?:/+|\\+)|//:?|\\\\|:)\s*`,
)

// addressesIn splits a word at the signs that stand between addresses. They may
// stand in a path or a query as well, so that what follows has to be a whole
// address, or what went before has no path.
func addressesIn(w string) []string {
	var out []string
	start, depth := 0, 0
	for i, r := range w {
		switch r {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',', ';', '|':
			rest, piece := w[i+1:], w[start:i]
			_, path, _ := strings.Cut(strings.Replace(piece, "//", "", 1), "/")
			follows := hasAddress
			if strings.Contains(piece, "?") {
				follows = hasScheme
			}
			if depth == 0 && (path == "" && !strings.Contains(piece, "?") || follows.MatchString(rest)) {
				out = append(out, w[start:i])
				start = i + 1
			}
		}
	}
	return append(out, w[start:])
}

var hasScheme = regexp.MustCompile(`^(?i:[a-z][a-z0-9+.-]*://)`)

var hasAddress = regexp.MustCompile(`^(?i:[a-z][a-z0-9+.-]*://|www\.|//|[\pL\pN.*-]+\.[\pL\pN-]{2,}(?:/|[,;|]|$))`)

// placesOf reads one address; a pattern may be several.
func placesOf(s string) []Place {
	s = strings.TrimSpace(s)
	scheme, rest, schemed := strings.Cut(s, "://")
	low := strings.ToLower(scheme)
	switch {
	case s == "" || strings.EqualFold(s, "http://sn"): // LastPass writes it for a note
		return nil
	case strings.EqualFold(s, "chrome://firefoxaccounts"):
		return []Place{{Host: "accounts.firefox.com"}}
	case schemed && slices.Contains([]string{"androidapp", "android-app", "android", "ios", "iosapp", "app"}, low):
		return appOf(rest)
	case schemed && !website(low):
		return nil
	case !schemed && noSite.MatchString(s):
		return nil
	case !schemed:
		rest, schemed = strings.CutPrefix(s, "//")
	}
	rest = strings.TrimLeft(strings.TrimPrefix(rest, ")"), "?") // "(https?://)?site.example"
	var out []Place
	for _, p := range patterns(rest) {
		if host := hostIn(p, schemed); host != "" {
			out = append(out, Place{Host: host})
		}
	}
	return out
}

// noSite are addresses of something else.
var noSite = regexp.MustCompile(`^(?i:mailto|tel|sms|javascript|data|about|file|cmd|urn|otpauth|steam):`)

// website reports whether a scheme, or what a pattern has for one, is that of a
// website.
func website(scheme string) bool {
	scheme = strings.TrimPrefix(strings.TrimPrefix(scheme, "view-source:"), "regexp:")
	scheme = strings.Trim(scheme, `^$()[]{}?*+.\|:`)
	return scheme == "" || strings.Contains(scheme, "http") || strings.HasPrefix(scheme, "hxx") || scheme == "re" ||
		mistyped.MatchString(scheme)
}

// mistyped is "http" or "https" with a sign too few, too many or swapped.
var mistyped = regexp.MustCompile(`^(?:h{0,2}t{1,3}p{1,2}s{1,2}|h{1,2}t{1,3}p{1,2}|ht{1,2}sp)$`)

var appName = regexp.MustCompile(`^[A-Za-z][\w-]*(\.[\w-]+)+$`)

func appOf(rest string) []Place {
	name := rest[strings.LastIndex(rest, "@")+1:]
	name, _, _ = strings.Cut(strings.Trim(name, "/"), "/")
	if !appName.MatchString(name) {
		return nil
	}
	return []Place{{App: name}}
}

// maxPatterns is how many addresses the alternatives of one pattern make.
const maxPatterns = 16

var (
	braces       = regexp.MustCompile(`\{([^{}]*[^\d,{}][^{}]*)\}`)
	alternatives = regexp.MustCompile(`\((?:\?:)?([^()]*)\)([?*+]?)`)
	anything     = regexp.MustCompile(`\[[^\]]*\][*+?]?|\\[wdsWDS.]?[*+]|\.[*+]\??|\{[\d,]*\}|\*+`)
)

// patterns writes out the alternatives of a pattern; an address that is none
// stays as it is.
func patterns(s string) []string {
	authority := s[:strings.IndexFunc(s+"/", func(r rune) bool { return r == '/' || r == '#' })]
	if !strings.ContainsAny(authority, `*^$()[]{}\+|`) {
		return []string{s}
	}
	s = unescaped.Replace(strings.TrimSuffix(strings.TrimPrefix(s, "^"), "$"))
	s = braces.ReplaceAllStringFunc(
		s,
		func(b string) string { return "(" + strings.ReplaceAll(b[1:len(b)-1], ",", "|") + ")" },
	)
	todo, done := []string{s}, []string(nil)
	for len(todo) > 0 && len(todo)+len(done) <= maxPatterns {
		s, todo = todo[0], todo[1:]
		at := alternatives.FindStringSubmatchIndex(s)
		if at == nil {
			done = append(done, anything.ReplaceAllString(s, "*"))
			continue
		}
		options := strings.Split(s[at[2]:at[3]], "|")
		if at[5] > at[4] && s[at[4]] != '+' {
			options = []string{""}
		}
		for _, o := range options {
			todo = append(todo, s[:at[0]]+o+s[at[1]:])
		}
	}
	return done
}

// hostIn takes the host out of what follows the scheme of an address.
func hostIn(s string, schemed bool) string {
	end := strings.IndexAny(s+"/", `/?#\`)
	authority, path := s[:end], s[min(end, len(s)):]
	if user, host, found := cutLast(authority, "@"); found {
		if !schemed && path == "" && !strings.Contains(user, ":") {
			return "" // somebody's address, not a site
		}
		authority = host
	}
	host, _, _ := strings.Cut(authority, ":")
	if plain, err := url.PathUnescape(host); err == nil {
		host = plain
	} else if i := strings.IndexByte(host, '%'); i > 0 {
		host = host[:i] // a sign of percent that codes nothing: what follows was never the name
	}
	if i := strings.IndexByte(host, '&'); schemed && i > 0 {
		host = host[:i] // a query whose question mark was lost
	}
	host = strings.ToLower(host[strings.LastIndex(host, "*")+1:])
	rest := strings.TrimLeftFunc(host, inName)
	if strings.ContainsFunc(rest, inName) {
		return "" // a sign that no name has
	}
	host = host[:len(host)-len(rest)]
	host = strings.Trim(host, ".-_")
	if !isName(host) || !catalog.IsSite(host) ||
		!schemed && slices.Contains(fileEndings, host[strings.LastIndex(host, ".")+1:]) {
		return ""
	}
	if suffix, listed := publicsuffix.PublicSuffix(host); listed && suffix == host &&
		strings.Contains(authority, "*") {
		return "" // a pattern for a whole country
	}
	return host
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// inName reports whether a sign may stand in the name of a host.
func inName(r rune) bool {
	return r == '.' || r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isName reports whether a host is made as names are: two parts at least, none
// empty or longer than 63 signs, the last not a number.
func isName(host string) bool {
	parts := strings.Split(host, ".")
	if len(parts) < 2 || len(host) > 253 {
		return false
	}
	for _, p := range parts {
		if p == "" || len(p) > 63*4 || strings.Trim(p, "-") != p {
			return false
		}
	}
	last := parts[len(parts)-1]
	return len([]rune(last)) >= 2 && strings.ContainsFunc(last, unicode.IsLetter)
}

// fileEndings are ends of file names that a word with a dot in a note has more
// often than a bare host.
var fileEndings = strings.Fields(
	"html htm php asp aspx jsp pdf txt doc docx xls xlsx csv xml json jpg jpeg png gif exe js css kdbx",
)
