package mailbox

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/identifier"
)

func ids(t testing.TB, values ...string) []identifier.Identifier {
	t.Helper()
	var out []identifier.Identifier
	for _, v := range values {
		id, err := identifier.Parse(v, "")
		if err != nil {
			t.Fatalf("%q: %v", v, err)
		}
		out = append(out, id)
	}
	return out
}

// shown says what was found: values, "~" before what is only a part.
func shown(hits []ownHit) string {
	var out []string
	for _, h := range hits {
		v := h.id.Value
		if h.masked {
			v = "~" + v
		}
		out = append(out, v)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

const (
	fr = "+33639981234"
	us = "+12025550123"
	uk = "+447700900123"
)

// A number is known in every spelling, and nothing else is taken for it.
func TestOwnNumbers(t *testing.T) {
	m := newOwnMatcher(ids(t, fr, us, uk, "+393123456789", "+390612345678"))
	for text, want := range map[string]string{
		"Your number +33 6 39 98 12 34 was added": fr, "0639981234": fr, "06 39 98 12 34": fr, "06.39.98.12.34": fr, "06-39-98-12-34": fr, "06/39/98/12/34": fr,
		"+33639981234": fr, "+33 (0)6 39 98 12 34": fr, "+33 (0) 6 39 98 12 34.": fr, "(+33) 6 39 98 12 34": fr, "0033639981234": fr, "0033 6 39 98 12 34": fr, "0033 (0)6 39 98 12 34": fr,
		"011 33 6 39 98 12 34": fr, "33639981234": fr, "639981234": fr, "06\u00a039\u00a098\u00a012\u00a034": fr, "06\u202f39\u202f98\u202f12\u202f34": fr, "06\xa039\xa098\xa012\xa034": fr,
		"06‑39‑98‑12‑34": fr, "06–39–98–12–34": fr, "0 6 3 9 9 8 1 2 3 4": fr, "06 39 98\r\n12 34": fr, "tel:+33-6-39-98-12-34": fr, "Tel.:06 39 98 12 34,": fr, "x=%2B33639981234&y": fr,
		"\u202a+33 6 39 98 12 34\u202c": fr, "Bestellung 12 06 39 98 12 34": fr, "06 39 98 12 34 ou 07": fr, "＋33 6 39 98 12 34": fr,
		"(202) 555-0123": us, "202.555.0123": us, "+1 202 555 0123": us, "1-202-555-0123": us, "2025550123": us, "call 202-555-0123!": us,
		"07700 900123": uk, "+44 (0)7700 900 123": uk, "7700900123": uk,
		"312 345 6789": "+393123456789", "06 1234 5678": "+390612345678", "+39 06 12345678": "+390612345678",
		"06 39 98 12 34 and (202) 555-0123": us + " " + fr,

		"06 39 98 12 35": "", "106 39 98 12 34": "", "1063998 1234": "", "06399812345": "", "06.39.98.12.34.56": "", "+49 639981234": "", "+49 (0) 639 98 12 34": "",
		"0049639981234": "", "0049 639 981 234": "", "a0639981234": "", "0639981234b": "", "_0639981234": "", "9981234": "", "98 12 34": "", "34": "", "": "", "4": "",
		"06 39 98 x 12 34": "", "06 39 98      12 34": "", "+1 639 981 234": "", "6399812341639981235": "",
	} {
		if got := shown(m.find([]byte(text), true)); got != want {
			t.Errorf("%q shows %q, want %q", text, got, want)
		}
	}
}

// What is shown in part is a sign only, and none where it fits two.
func TestOwnMasked(t *testing.T) {
	m := newOwnMatcher(ids(t, fr, us, "pat.doe@mail.example", "ann@mail.example", "pat-x@work.example"))
	for text, want := range map[string]string{
		"•••• 34": "~" + fr, "sent to ** ** ** 34": "~" + fr, "+33 6 •• •• •• 34": "~" + fr, "06 ** ** ** 34": "~" + fr, "XXX-XXX-0123": "~" + us, "xxxxxx34": "~" + fr, "***1234": "~" + fr,
		"number ending in 34": "~" + fr, "le numéro se terminant par 34": "~" + fr, "Nummer endet auf 34": "~" + fr, "termina en 34.": "~" + fr, "che termina con 34": "~" + fr, "eindigt op 34": "~" + fr,
		"+49 •• •• 34": "", "07 •• •• •• 34": "", "•••• 35": "", "••••34 5": "~" + fr, "•••• 345": "", "34": "", "in 34 days": "", "ending in 3": "", "maxx34": "", "§ 34": "",
		"+33 6 •• •• •• 34 is 06 39 98 12 34": fr,
		"p•••e@mail.example":                  "~pat.doe@mail.example", "p***@mail.example": "~pat.doe@mail.example", "P******@MAIL.example": "~pat.doe@mail.example", "a**@mail.example": "~ann@mail.example",
		"***@mail.example": "", "p***x@mail.example": "", "p***@other.example": "", "q***@mail.example": "",
	} {
		if got := shown(m.find([]byte(text), true)); got != want {
			t.Errorf("%q shows %q, want %q", text, got, want)
		}
		if got := shown(m.find([]byte(text), false)); strings.Contains(got, "~") {
			t.Errorf("%q shows %q where parts do not count", text, got)
		}
	}
	two := newOwnMatcher(ids(t, fr, "+33639980034"))
	if got := shown(two.find([]byte("•••• 34"), true)); got != "" {
		t.Errorf("a part of two numbers shows %q", got)
	}
}

func TestOwnAddresses(t *testing.T) {
	m := newOwnMatcher(ids(t, "Pat.Doe@gmail.com", "pat@bücher.de", "o'neil@mail.example"))
	for text, want := range map[string]string{
		"to pat.doe@gmail.com.": "Pat.Doe@gmail.com", "PATDOE@googlemail.com": "Pat.Doe@gmail.com", "<patdoe+shop@gmail.com>": "Pat.Doe@gmail.com", "mailto:pat.doe@gmail.com": "Pat.Doe@gmail.com",
		"u?email=pat.doe%40gmail.com&x": "Pat.Doe@gmail.com", "u%3Femail%3Dpat.doe%40gmail.com": "Pat.Doe@gmail.com", "'pat.doe@gmail.com'": "Pat.Doe@gmail.com", "«pat.doe@gmail.com»": "Pat.Doe@gmail.com",
		"pat@bücher.de": "pat@bücher.de", "pat@xn--bcher-kva.de": "pat@bücher.de", "o'neil@mail.example": "o'neil@mail.example",
		"xpat.doe@gmail.com": "", "pat.doe@gmail.com.evil.example": "", "pat.doe@gmail.co": "", "pat.doe@gmail.comx": "", "ann@gmail.com": "", "@gmail.com": "", "x-pat@bücher.de": "", "@": "", "%40": "", "neil@mail.example": "",
	} {
		if got := shown(m.find([]byte(text), true)); got != want {
			t.Errorf("%q shows %q, want %q", text, got, want)
		}
	}
}

// spell writes a number in a random spelling.
func spell(r *rand.Rand, national, code string) string {
	seps := []string{"", " ", ".", "-", "\u00a0", "\u202f", "/", " - "}
	sep := seps[r.IntN(len(seps))]
	var b strings.Builder
	b.WriteString([]string{"0", "+" + code + sep, "+" + code + " (0)" + sep, "00" + code + sep, "(0)" + sep, "(+" + code + ") "}[r.IntN(6)])
	for i, d := range national {
		if i > 0 && r.IntN(2) == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Any number in any spelling is found between any words, and one digit off is
// not.
func TestOwnSpellings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		tail := fmt.Sprintf("%04d", r.IntN(10_000))
		national := "63998" + tail
		m := newOwnMatcher([]identifier.Identifier{{Kind: identifier.KindPhone, Value: "+33" + national}})
		text := "Nr. " + spell(r, national, "33") + ", ok"
		if got := m.find([]byte(text), false); len(got) != 1 {
			t.Fatalf("%q does not show %s", text, national)
		}
		at := r.IntN(len(national))
		off := national[:at] + string('0'+(national[at]-'0'+1)%10) + national[at+1:]
		if text := spell(r, off, "33"); len(m.find([]byte(text), false)) != 0 {
			t.Fatalf("%q shows %s", text, national)
		}
	}
}

// FuzzOwn compares with a plain search by regular expression: what that finds
// between words must be found, and what is found must hold the digits in order.
func FuzzOwn(f *testing.F) {
	for _, s := range []string{"a 06 39 98 12 34 b", "+33 (0)6.39.98.12.34", "x •••• 34", "pat@mail.example", "p**@mail.example", "06\xa039", "%2B33639981234 %40", "\xe2\x80"} {
		f.Add([]byte(s))
	}
	m := newOwnMatcher(ids(f, fr, "pat@mail.example"))
	sure := regexp.MustCompile(`(?:^|[a-z], )(?:0|\+33|\+33 ?\(0\)|0033)[ .-]?6[ .-]?39[ .-]?98[ .-]?12[ .-]?34(?:, [a-z]|$)`)
	mail := regexp.MustCompile(`(?:^|[ <,])(?i:pat@mail\.example)(?:[ >,]|$)`)
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, part := map[string]bool{}, map[string]bool{}
		for _, h := range m.find(text, true) {
			if h.masked {
				part[h.id.Value] = true
			} else {
				whole[h.id.Value] = true
			}
		}
		if sure.Match(text) && !whole[fr] {
			t.Errorf("%q: the number is missed", text)
		}
		if mail.Match(text) && !whole["pat@mail.example"] {
			t.Errorf("%q: the address is missed", text)
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, string(text))
		if whole[fr] && !strings.Contains(digits, "639981234") || part[fr] && !strings.Contains(digits, "34") {
			t.Errorf("%q is taken for the number", text)
		}
		low := strings.ReplaceAll(strings.ToLower(string(text)), "%40", "@")
		if (whole["pat@mail.example"] && !strings.Contains(low, "pat@mail.example")) || part["pat@mail.example"] && !strings.Contains(low, "@mail.example") {
			t.Errorf("%q is taken for the address", text)
		}
	})
}

// BenchmarkOwn is the speed over text that holds digits in every line.
func BenchmarkOwn(b *testing.B) {
	m := newOwnMatcher(ids(b, fr, us, "pat@mail.example", "pat.doe@gmail.com"))
	text := []byte(strings.Repeat("lorem ipsum dolor sit amet 0123456789\n", 6000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.find(text, true)
	}
}

// One line is found in each of the ways it is written in its country, those
// from before the country changed its numbers included.
func TestOwnNumbersOfChangedPlans(t *testing.T) {
	const ar, mx, br, ci = "+5493415550123", "+523312345678", "+5585987654321", "+2250707654321"
	m := newOwnMatcher(ids(t, ar, mx, br, ci))
	for text, want := range map[string]string{
		"+54 9 341 555-0123": ar, "+54 341 555-0123": ar, "543415550123": ar, "0341 15 555-0123": ar, "0341 555 0123": ar,
		"+52 33 1234 5678": mx, "+52 1 33 1234 5678": mx, "5213312345678": mx, "044 33 1234 5678": mx,
		"+55 85 98765-4321": br, "+55 85 8765-4321": br, "(85) 8765-4321": br, "558587654321": br,
		"+225 07 07 65 43 21": ci, "+225 07 65 43 21": ci, "0022507654321": ci,
		"+54 341 555-0124": "", "+55 84 8765-4321": "", "+52 1 33 1234 5679": "", "+225 08 65 43 21": "",
	} {
		if got := shown(m.find([]byte(text), false)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for _, own := range []string{"+543415550123", ar} { // whichever way the person wrote it
		m := newOwnMatcher(ids(t, own))
		for _, text := range []string{"+54 9 341 555 0123", "+54 341 555 0123"} {
			if got := shown(m.find([]byte(text), false)); got != own {
				t.Errorf("%q for %s: %q", text, own, got)
			}
		}
	}
}
