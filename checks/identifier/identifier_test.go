package identifier_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"unlisted/checks/identifier"
)

func TestParseEmail(t *testing.T) {
	for in, want := range map[string]string{
		"pat@mail.com":                  "pat@mail.com",
		"  Pat.Doe+shop@Mail.COM ":      "Pat.Doe+shop@mail.com",
		"mailto:pat@mail.com?subject=x": "pat@mail.com",
		"Pat Doe <pat@mail.com>":        "pat@mail.com",
		"pat@bücher.de":                 "pat@bücher.de",
		"pat@xn--bcher-kva.de":          "pat@bücher.de",
		"zoë@mail.fr":                   "zoë@mail.fr",
		"pat@mail.com.":                 "pat@mail.com",
		"o'neil@mail.co.uk":             "o'neil@mail.co.uk",
		"pat＠mail.com":                  "pat@mail.com",
	} {
		got, err := identifier.ParseEmail(in)
		if err != nil || got.Value != want {
			t.Errorf("ParseEmail(%q) = %q, %v; want %q", in, got.Value, err, want)
		}
	}
	for in, want := range map[string]error{
		"":                                      identifier.ErrEmpty,
		"pat":                                   identifier.ErrEmail,
		"pat@":                                  identifier.ErrEmail,
		"@mail.com":                             identifier.ErrEmail,
		"pat doe@mail.com":                      identifier.ErrEmail,
		".pat@mail.com":                         identifier.ErrEmail,
		"pa..t@mail.com":                        identifier.ErrEmail,
		"\"pat\"@mail.com":                      identifier.ErrEmail,
		"pat@mail":                              identifier.ErrEmailDomain,
		"pat@co.uk":                             identifier.ErrEmailDomain,
		"pat@[127.0.0.1]":                       identifier.ErrEmailDomain,
		"pat@127.0.0.1":                         identifier.ErrEmailDomain,
		"pat@-mail.com":                         identifier.ErrEmailDomain,
		"a@b@mail.com":                          identifier.ErrEmail,
		strings.Repeat("a", 65) + "@mail.com":   identifier.ErrEmail,
		strings.Repeat("a", 1<<20) + "@mail.fr": identifier.ErrEmail,
		"pat\x00@mail.com":                      identifier.ErrEmail,
	} {
		if _, err := identifier.ParseEmail(in); !errors.Is(err, want) {
			t.Errorf("ParseEmail(%.40q): %v; want %v", in, err, want)
		}
	}
}

func TestSameByProvider(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Pat.Doe@gmail.com", "patdoe+news@googlemail.com", true},
		{"pat.doe@mail.com", "patdoe@mail.com", false},
		{"Pat@Mail.com", "pat@mail.com", true},
		{"pat+a@mail.com", "pat+b@mail.com", false},
		{"pat+a@outlook.com", "pat@outlook.com", true},
	} {
		a, _ := identifier.ParseEmail(c.a)
		b, _ := identifier.ParseEmail(c.b)
		if identifier.Same(a, b) != c.want {
			t.Errorf("Same(%s, %s) != %v", c.a, c.b, c.want)
		}
	}
}

func TestParsePhone(t *testing.T) {
	for _, c := range []struct{ in, region, want string }{
		{"06 39 98 12 34", "FR", "+33639981234"},
		{"+33 6 39 98 12 34", "", "+33639981234"},
		{"0033 639981234", "", "+33639981234"},
		{"07700 900123", "gb", "+447700900123"},
		{"(202) 555-0123", "US", "+12025550123"},
		{"tel:+12025550123", "", "+12025550123"},
	} {
		got, err := identifier.ParsePhone(c.in, c.region)
		if err != nil || got.Value != c.want {
			t.Errorf("ParsePhone(%q, %q) = %q, %v; want %q", c.in, c.region, got.Value, err, c.want)
		}
	}
	for _, c := range []struct {
		in, region string
		want       error
	}{
		{"", "FR", identifier.ErrEmpty},
		{"06 39 98 12 34", "", identifier.ErrPhoneRegion},
		{"06 39", "FR", identifier.ErrPhoneLength},
		{"06 39 98 12 34 56 78 90", "FR", identifier.ErrPhoneLength},
		{"1-800-FLOWERS", "US", identifier.ErrPhoneLetters},
		{"+999 123456", "", identifier.ErrPhone},
		{strings.Repeat("1", 100), "US", identifier.ErrPhone},
	} {
		if _, err := identifier.ParsePhone(c.in, c.region); !errors.Is(err, c.want) {
			t.Errorf("ParsePhone(%.30q, %q): %v; want %v", c.in, c.region, err, c.want)
		}
	}
}

func TestMaskShowsNeitherAddressNorNumber(t *testing.T) {
	for in, want := range map[string]string{
		"+33639981212":  "+33 6 •• •• •• 12",
		"+447700900123": "+44 7••• ••••23",
		"pat@mail.com":  "p•••@mail.com",
		"zoë@mail.com":  "z•••@mail.com",
		"éva@mail.com":  "é•••@mail.com",
	} {
		id, err := identifier.Parse(in, "")
		if err != nil {
			t.Fatal(in, err)
		}
		if id.Masked() != want {
			t.Errorf("%s masked: %q, want %q", in, id.Masked(), want)
		}
		if s := fmt.Sprintf("%v %s", id, id); strings.Contains(s, in) {
			t.Errorf("formatting shows the value: %s", s)
		}
	}
}

func TestJSONRoundTrip(t *testing.T) {
	id, _ := identifier.Parse("+33639981212", "")
	b, _ := json.Marshal(id)
	var back identifier.Identifier
	if err := json.Unmarshal(b, &back); err != nil || back != id {
		t.Errorf("%s -> %v, %v", b, back.Value, err)
	}
	if err := json.Unmarshal([]byte(`{"kind":"fax","value":"1"}`), &back); err == nil {
		t.Error("an unknown kind was accepted")
	}
}

// Whatever is accepted must be accepted again and stay the same: what is
// stored is compared for the rest of the profile's life.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"pat@mail.com", "+33 6 39 98 12 34", "06 39 98 12 34", "é@ü.de", "a@xn--", "＋33639981234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := identifier.Parse(s, "FR")
		if err != nil {
			return
		}
		again, err := identifier.Parse(id.Value, "")
		if err != nil || again != id {
			t.Fatalf("%q -> %q -> %q, %v", s, id.Value, again.Value, err)
		}
		if id.Masked() == id.Display() {
			t.Fatalf("%q is not masked", id.Value)
		}
	})
}

// The country of a number decides which advice is shown.
func TestRegion(t *testing.T) {
	for number, want := range map[string]string{"+33639981234": "FR", "+12025550123": "US", "+16135550123": "CA", "+447700900123": "GB", "+80012345678": ""} {
		id, err := identifier.ParsePhone(number, "")
		if err == nil && id.Region() != want {
			t.Errorf("%s is of %q, want %q", number, id.Region(), want)
		}
	}
}

// Line is a key for what SameLine compares: two spellings share it, and two
// addresses of one mailbox do not.
func TestLineIsTheKeyOfSameLine(t *testing.T) {
	list := []identifier.Identifier{
		{Kind: identifier.KindPhone, Value: "+5491123456789"},
		{Kind: identifier.KindPhone, Value: "+541123456789"},
		{Kind: identifier.KindPhone, Value: "+525512345678"},
		{Kind: identifier.KindPhone, Value: "+33639981234"},
		{Kind: identifier.KindUnplaced, Value: "0639981234"},
		{Kind: identifier.KindEmail, Value: "pat@gmail.com"},
		{Kind: identifier.KindEmail, Value: "p.at@gmail.com"},
		{},
	}
	for i, a := range list {
		for j, b := range list {
			same := i == j || i+j == 1 // the first two are one line
			if identifier.SameLine(a, b) != same || (a.Line() == b.Line()) != same {
				t.Errorf("%v and %v: one line %v, one key %v, want %v", a, b, identifier.SameLine(a, b), a.Line() == b.Line(), same)
			}
		}
	}
}
