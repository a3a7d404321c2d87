package identifier

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Typed is one of several identifiers that were typed or pasted at once: what stood there, and what it is or why it
// is none.
type Typed struct {
	Text string
	ID   Identifier
	Err  error
}

// maxTyped bounds how many are taken at once, and maxTypedText how much is read of one text, in bytes.
const (
	maxTyped     = 500
	maxTypedText = 64 << 10
)

// ErrTooMany refuses what stands behind the first 500 that were pasted at once.
var ErrTooMany = &Problem{"too_many"}

var (
	inBrackets = regexp.MustCompile(`<([^<>\s]+@[^<>\s]+)>`)
	parting    = regexp.MustCompile(`[,;|\t]+|\s/\s|\s[-–•*]\s`)
	plusBehind = regexp.MustCompile(`\s+\+`)
	bullet     = regexp.MustCompile(`^\s*(?:[-–•*]|\d{1,2}[.)])\s+`)
)

// ParseMany reads identifiers that stand in one text: one a line, or parted by commas, semicolons, bars or tabs, as
// lists and mail programs write them. What is one identifier as it stands is never parted. A national number is read
// in the region given. Each piece is told, in the order of the text; an empty text gives none.
func ParseMany(s, region string) []Typed {
	rest := ""
	if len(s) > maxTypedText {
		cut := maxTypedText
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s, rest = s[:cut], s[cut:]
	}
	var out []Typed
	for line := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(s)) {
		for _, piece := range pieces(line, region) {
			if len(out) == maxTyped {
				return append(out, Typed{Text: piece, Err: ErrTooMany})
			}
			id, err := Parse(piece, region)
			out = append(out, Typed{piece, id, err})
		}
	}
	if rest != "" {
		out = append(out, Typed{Err: ErrTooMany})
	}
	return out
}

// pieces parts one line.
func pieces(line, region string) []string {
	line = strings.TrimSpace(line)
	if line == "" {
		return nil
	}
	if _, err := Parse(line, region); err == nil {
		return []string{line}
	}
	line = bullet.ReplaceAllString(line, "")
	if found := inBrackets.FindAllStringSubmatch(line, maxTyped+1); len(found) > 1 {
		out := make([]string, len(found))
		for i, f := range found {
			out[i] = f[1]
		}
		return out
	}
	var out []string
	for _, part := range parting.Split(line, maxTyped+2) {
		out = append(out, words(strings.TrimSpace(part))...)
	}
	return out
}

// words parts what is parted by nothing but spaces, where it is several addresses or several numbers that start
// with "+".
func words(part string) []string {
	fields := strings.Fields(part)
	switch {
	case len(fields) == 0:
		return nil
	case strings.Count(part, "@") > 1:
		return fields
	case strings.Contains(part, "@"):
		return []string{part}
	}
	var out []string
	for {
		at := plusBehind.FindStringIndex(part)
		if at == nil || len(digitsOf(part[:at[0]])) < minPart {
			return append(out, part)
		}
		out = append(out, part[:at[0]])
		part = strings.TrimSpace(part[at[0]:])
	}
}
