package catalog

import (
	"slices"
	"strings"
	"unicode"
)

// wordless is what stands in public lists where a name should: it names nothing.
var wordless = []string{
	"",
	"n a",
	"na",
	"none",
	"null",
	"unknown",
	"unnamed",
	"tbd",
	"todo",
	"undefined",
	"nil",
	"no name",
}

// NoName reports whether a record's name is a placeholder rather than a name.
func NoName(name string) bool {
	return slices.Contains(wordless, strings.Trim(Fold(name), ". ")) || !strings.ContainsFunc(name, isWordRune)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Fits reports whether a name is recognisably that of a domain: the domain's
// label is made of words of the name, or of their first letters, or the name is
// the greater part of the label, blanks and signs aside. What stands in brackets
// counts as a part of the name.
func Fits(name, domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	leading, _, _ := strings.Cut(label, "-")
	label, leading = squash(label), squash(leading)
	words := strings.FieldsFunc(
		strings.ReplaceAll(Fold(name), ".", " "),
		func(r rune) bool { return !isWordRune(r) },
	)
	for i, w := range words {
		words[i] = umlauts.Replace(w)
	}
	all := strings.Join(words, "")
	if label == "" || all == "" {
		return false
	}
	if label == all || leading == all || squash(domain) == all || begins(words, label) {
		return true
	}
	const telling = 4 // letters from which a part of a domain is no chance
	if len(all) >= telling && len(all)*2 >= len(label) && strings.Contains(label, all) {
		return true
	}
	return len(label) > 1 &&
		(strings.HasPrefix(initials(words), label) || strings.HasPrefix(initials(slices.DeleteFunc(words, joining)), label))
}

// begins reports whether a label is made of whole words of a name that follow
// each other; a long one may end inside a word.
func begins(words []string, label string) bool {
	const long = 6 // letters from which the beginning of a word is no chance
	for i := range words {
		rest := strings.Join(words[i:], "")
		if !strings.HasPrefix(rest, label) {
			continue
		}
		if len(label) >= long {
			return true
		}
		for n := 0; i < len(words) && n < len(label); i++ {
			if n += len(words[i]); n == len(label) {
				return true
			}
		}
	}
	return false
}

// joining reports a word that names leave out of their initials.
func joining(word string) bool {
	return slices.Contains(
		[]string{
			"of",
			"the",
			"and",
			"for",
			"de",
			"du",
			"des",
			"di",
			"del",
			"la",
			"le",
			"les",
			"et",
			"der",
			"die",
			"das",
			"und",
			"fur",
			"von",
			"y",
		},
		word,
	)
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteRune([]rune(w)[0])
	}
	return b.String()
}

// umlauts writes the German spelling of an umlaut without its dots, since names
// have the one and domains the other.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// squash leaves only letters and digits, without accents, in lower case.
func squash(s string) string {
	return umlauts.Replace(strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, Fold(s)))
}
