package main

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"mime"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// filled replaces the placeholders of a wording.
func filled(r *rand.Rand, template, brand, site, lang string) string {
	if !strings.Contains(template, "{") {
		return template
	}
	return strings.NewReplacer(
		"{B}", brand, "{D}", site, "{N}", "Pat", "{M}", "pat.doe@gmail.com", "{W}", title(pick(r, firstNames)), "{P}", "••34",
		"{C}", fmt.Sprintf("%06d", r.IntN(1_000_000)), "{O}", order(r), "{A}", amount(r, lang), "{T}", day(r, lang),
		"{U}", pick(r, []string{"Chrome (Windows)", "iPhone 13", "Firefox on Linux", "Samsung Galaxy S21"}),
		"{X}", pick(r, []string{"Lyon", "Berlin", "Porto", "Utrecht", "Milano", "Sevilla", "Leeds"}),
		"{L}", pick(r, []string{"Headphones X200", "Calendar", "Budget 2023", "Photo Lab"}),
	).Replace(template)
}

func order(r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return fmt.Sprintf("#%d", 1000+r.IntN(900_000))
	case 1:
		return fmt.Sprintf("%03d-%07d-%07d", r.IntN(1000), r.IntN(10_000_000), r.IntN(10_000_000))
	case 2:
		return fmt.Sprintf("R%08d", r.IntN(100_000_000))
	}
	return fmt.Sprintf("2023-%04d", r.IntN(10_000))
}

func amount(r *rand.Rand, lang string) string {
	n, cents := r.IntN(400)+1, r.IntN(100)
	if lang == "en" {
		return fmt.Sprintf("$%d.%02d", n, cents)
	}
	return fmt.Sprintf("%d,%02d €", n, cents)
}

func day(r *rand.Rand, lang string) string {
	if lang == "en" {
		return fmt.Sprintf("March %d", 1+r.IntN(28))
	}
	return fmt.Sprintf("%d.%02d.2023", 1+r.IntN(28), 1+r.IntN(12))
}

// dressed varies a subject as services and mail programs do.
func dressed(r *rand.Rand, s, brand string) string {
	switch n := r.IntN(100); {
	case n < 6:
		return strings.ToUpper(s)
	case n < 10:
		return "[" + brand + "] " + s
	case n < 14:
		return brand + ": " + s
	case n < 17:
		return s + " | " + brand
	case n < 20:
		return s + " - " + brand
	case n < 24:
		return pick(r, []string{"🔒 ", "✅ ", "👋 ", "📣 ", "⚠️ "}) + s
	case n < 27:
		if runes := []rune(s); len(runes) > 40 {
			return string(runes[:38]) + "…"
		}
		return s + "..."
	case n < 29:
		return "  " + strings.ReplaceAll(s, " ", "  ")
	}
	return s
}

// encoded writes a header text as mail programs do: plain, in encoded words of
// both kinds, in another character set, or raw against the rules; folded.
func encoded(r *rand.Rand, s string) string {
	n := r.IntN(100)
	if isASCII(s) && n < 94 {
		return folded(r, s)
	}
	switch {
	case n < 40:
		s = mime.QEncoding.Encode("utf-8", s)
	case n < 80:
		s = mime.BEncoding.Encode("UTF-8", s)
	case n < 90:
		if latin, err := charmap.Windows1252.NewEncoder().String(s); err == nil {
			return "=?windows-1252?B?" + base64.StdEncoding.EncodeToString([]byte(latin)) + "?="
		}
		return s
	case n < 94:
		if latin, err := charmap.ISO8859_1.NewEncoder().String(s); err == nil {
			return latin
		}
		return s
	default:
		return s
	}
	return strings.ReplaceAll(s, "?= =?", "?=\n =?")
}

// folded breaks a long text at a space.
func folded(r *rand.Rand, s string) string {
	if at := strings.LastIndexByte(s, ' '); len(s) > 45 && at > 20 && r.IntN(2) == 0 {
		return s[:at] + "\n" + s[at:]
	}
	return s
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// mathematical writes ASCII letters with mathematical ones, which look bold.
func mathematical(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z':
			return 0x1D5EE + c - 'a'
		case c >= 'A' && c <= 'Z':
			return 0x1D5D4 + c - 'A'
		}
		return c
	}, s)
}
