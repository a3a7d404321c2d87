package identifier_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unlisted/checks/identifier"
)

// What people type and paste is understood.
func TestParsePhoneAsWritten(t *testing.T) {
	for _, c := range []struct{ in, region, want string }{
		{"\u202a+33 6 39 98 12 12\u202c", "", "+33639981212"},
		{"\u2068+33\u00a06\u00a039\u00a098\u00a012\u00a012\u2069", "", "+33639981212"},
		{"\ufeff\u200e+44\u00ad7700\u200b900123", "", "+447700900123"},
		{"33 6 39 98 12 12+", "", "+33639981212"},
		{"\u200f44 7700 900123 +", "", "+447700900123"},
		{"＋３３　６　３９　９８　１２　１２", "", "+33639981212"},
		{"+٣٣ ٦ ٣٩ ٩٨ ١٢ ١٢", "", "+33639981212"},
		{"+९१ ९८७६५ ४३२१०", "", "+919876543210"},
		{"+1\u2011202\u2011555\u20110123", "", "+12025550123"},
		{"+44.7700.900123", "", "+447700900123"},
		{"+33/6/39/98/12/12", "", "+33639981212"},
		{"(+33) 6 39 98 12 12", "", "+33639981212"},
		{"+33 (0)6 39 98 12 12", "", "+33639981212"},
		{"+33 (0) 1 42 68 53 00", "", "+33142685300"},
		{"+44 (0)20 7946 0958", "", "+442079460958"},
		{"+39 (0)6 6982 1234", "", "+390669821234"},
		{"(0033) 6 39 98 12 12", "", "+33639981212"},
		{"0033639981212", "US", "+33639981212"},
		{"011 33 6 39 98 12 12", "US", "+33639981212"},
		{"0011 44 7700 900123", "AU", "+447700900123"},
		{"0011 44 7700 900123", "", "+447700900123"},
		{"8 10 44 20 7946 0958", "RU", "+442079460958"},
		{"010 44 20 7946 0958", "JP", "+442079460958"},
		{"TEL:+33639981212", "", "+33639981212"},
		{"tel://+44-7700-900123", "", "+447700900123"},
		{"tel:%2B447700900123", "", "+447700900123"},
		{"tel:7700900123;phone-context=+44", "", "+447700900123"},
		{"tel:+12025550123;ext=5", "", "+12025550123"},
		{"+12025550123;ext=5", "", "+12025550123"},
		{"+1 202 555 0123 ext. 5", "", "+12025550123"},
		{"+1 202 555 0123, extension 5567", "", "+12025550123"},
		{"(202) 555-0123 x11", "US", "+12025550123"},
		{"2025550123x11", "US", "+12025550123"},
		{"202-555-0123 #11", "US", "+12025550123"},
		{"+33 1 42 68 53 00 poste 12", "", "+33142685300"},
		{"+49 30 901820 Durchwahl 12", "", "+4930901820"},
		{"+49 30 901820 (DW 12)", "", "+4930901820"},
		{"+34 912 345 678 anexo 4", "", "+34912345678"},
		{"+55 11 3333-4444 ramal 21", "", "+551133334444"},
		{"+33 6 39 98 12 12 (perso)", "", "+33639981212"},
		{"06 39 98 12 12 (travail, poste 12)", "FR", "+33639981212"},
		{"+7 495 123-45-67 доб. 12", "", "+74951234567"},
		{"+86 10 8888 8888 转 123", "", "+861088888888"},
		{"+86 10 8888 8888分机123", "", ""},
		{"+49 30 901820 - Nebenstelle 12", "", "+4930901820"},
		{"“+33 6 39 98 12 12”", "", "+33639981212"},
		{"=+33639981212", "", "+33639981212"},
		{"++33639981212", "", "+33639981212"},
		{"+33 6 39 98 12 12 - mobile", "", "+33639981212"},
		{"Tél. : 06 39 98 12 12", "FR", "+33639981212"},
		{"Mobile: +44 7700 900123", "", "+447700900123"},
		{"06.39.98.12.12.", "FR", "+33639981212"},
		{"030/901820", "DE", "+4930901820"},
	} {
		got, err := identifier.Parse(c.in, c.region)
		if (err != nil) != (c.want == "") || got.Value != c.want {
			t.Errorf("Parse(%q, %q) = %q, %v; want %q", c.in, c.region, got.Value, err, c.want)
		}
	}
}

// What is refused is refused for what is wrong with it: a number is never
// called a bad address.
func TestRefusalsSayWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		in, region string
		want       error
	}{
		{"1-800-GOT-JUNK", "US", identifier.ErrPhoneLetters},
		{"1 800 flowers", "US", identifier.ErrPhoneLetters},
		{"+1 (800) call-now", "", identifier.ErrPhoneLetters},
		{"+33 6 39 98 12 12 / +33 6 39 98 12 13", "", identifier.ErrSeveral},
		{"06 39 98 12 12, 06 39 98 12 13", "FR", identifier.ErrSeveral},
		{"06 39 98 12 12 ou 01 42 68 53 00", "FR", identifier.ErrSeveral},
		{"+447700900123+447700900124", "", identifier.ErrSeveral},
		{"06 39 98 12 12 (perso)", "", identifier.ErrPhoneRegion},
		{"011 33 6 39 98 12 12", "", identifier.ErrPhoneRegion},
		{"+33 6 39 98 12", "", identifier.ErrPhoneLength},
		{"pat.mail.com", "", identifier.ErrEmail},
		{"--", "FR", identifier.ErrEmpty},
		{"+", "", identifier.ErrEmpty},
		{"whatsapp send phone=33639981212", "", identifier.ErrPhoneLetters},
		{"pat@mail.com / +33639981212", "", identifier.ErrSeveral},
		{"pat2024", "", identifier.ErrEmail},
		{"pat@mail.com, kim@mail.com", "", identifier.ErrSeveral},
		{"Pat <pat@mail.com>; Kim <kim@mail.com>", "", identifier.ErrSeveral},
	} {
		if _, err := identifier.Parse(c.in, c.region); !errors.Is(err, c.want) {
			t.Errorf("Parse(%q, %q): %v; want %v", c.in, c.region, err, c.want)
		}
	}
}

// An address is taken out of what is copied along with it.
func TestParseEmailAsWritten(t *testing.T) {
	for _, in := range []string{
		"\u200epat@mail.com\u200f", "\ufeffpat@mail.com", "\u00a0pat@mail.com\u00a0", "<pat@mail.com>", "Pat Doe <pat@mail.com>",
		"pat@mail.com <pat@mail.com>", "Doe, Pat <pat@mail.com>", "MAILTO:pat@mail.com", "mailto:pat%40mail.com", "(pat@mail.com)",
		`"pat@mail.com"`, "pat@mail.com;", "pat@mail.com,", "p\u00adat@ma\u200bil.com",
	} {
		if got, err := identifier.Parse(in, ""); err != nil || got.Value != "pat@mail.com" {
			t.Errorf("Parse(%q) = %q, %v", in, got.Value, err)
		}
	}
}

// noise is what stands between digits and does not count.
var noise = []string{
	"", " ", "\u00a0", "\u202f", "\u2009", ".", "-", "\u2011", "\u2013", "/", "\u200b", "\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\u00ad", "\ufeff",
	"\ufe0e", "\u2060", " (", ") ",
}

// Noise in a number never makes another number of it.
func TestNoiseChangesNothing(t *testing.T) {
	numbers := []string{
		"+33639981212", "+447700900123", "+12025550123", "+5491123456789", "+525512345678", "+5531988887777", "+2250707123456", "+2290197123456",
		"+390669821234", "+6598765432", "+4930901820", "+919876543210", "+84321234567", "+37061234567",
	}
	zeros := []rune{'0', '٠', '۰', '०', '０'}
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SampledFrom(numbers).Draw(t, "number")
		zero := rapid.SampledFrom(zeros).Draw(t, "digits")
		var b strings.Builder
		b.WriteString(rapid.SampledFrom([]string{"+", "00", "＋", "(+", "tel:+", "Tel: +", "00 "}).Draw(t, "prefix"))
		for i, r := range want[1:] {
			if i > 0 {
				b.WriteString(rapid.SampledFrom(noise).Draw(t, "noise"))
			}
			b.WriteRune(zero + r - '0')
		}
		b.WriteString(rapid.SampledFrom([]string{"", " ext. 12", " x12", ";ext=12", " (home)", " - work", "\u202c"}).Draw(t, "suffix"))
		if got, err := identifier.Parse(b.String(), ""); err != nil || got.Value != want {
			t.Fatalf("Parse(%q) = %q, %v; want %q", b.String(), got.Value, err, want)
		}
	})
}
