package identifier_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/runenames"

	"unlisted/checks/identifier"
)

func phone(e164 string) identifier.Identifier {
	return identifier.Identifier{Kind: identifier.KindPhone, Value: e164}
}

func email(t *testing.T, s string) identifier.Identifier {
	t.Helper()
	id, err := identifier.ParseEmail(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return id
}

// examples are numbers of every country, by libphonenumber.
func examples() (out []*phonenumbers.PhoneNumber) {
	for region := range phonenumbers.GetSupportedRegions() {
		for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE, phonenumbers.TOLL_FREE} {
			if n := phonenumbers.GetExampleNumberForType(region, kind); n != nil {
				out = append(out, n)
			}
		}
	}
	return out
}

// Every number that libphonenumber gives as an example of a country is that
// number in every way it is written, of that country, and shown as it shows it.
func TestNumbersOfEveryCountry(t *testing.T) {
	seen := 0
	for _, n := range examples() {
		want := phonenumbers.Format(n, phonenumbers.E164)
		region := phonenumbers.GetRegionCodeForNumber(n)
		international := phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
		id, err := identifier.ParsePhone(international, "")
		if err != nil {
			t.Errorf("%s of %s: %v", international, region, err)
			continue
		}
		if id.Value != want {
			continue // of a former plan: TestRenumbered...
		}
		seen++
		forms := map[string]string{want: "", "00" + want[1:]: "", phonenumbers.Format(n, phonenumbers.RFC3966): ""}
		if region != "AR" { // the library writes "09" for "011" there
			forms[phonenumbers.Format(n, phonenumbers.NATIONAL)] = region
		}
		for in, in2 := range forms {
			if got, err := identifier.ParsePhone(in, in2); err != nil || got.Value != want {
				t.Errorf("%q in %q is %q, %v; want %s", in, in2, got.Value, err, want)
			}
			if abroad := in2 == ""; identifier.International(in) != abroad && !strings.HasPrefix(in, "00") {
				t.Errorf("%q: international is not %v", in, abroad)
			}
		}
		if region != phonenumbers.UNKNOWN_REGION && id.Region() != region {
			t.Errorf("%s is of %q, want %q", want, id.Region(), region)
		}
		if id.Display() != international {
			t.Errorf("%s is shown as %q, want %q", want, id.Display(), international)
		}
		masked(t, id, n)
	}
	if seen < 500 {
		t.Errorf("only %d numbers", seen)
	}
}

// masked checks that a mask keeps the groups, shows the country code, one digit
// behind it and the last two, and no other.
func masked(t *testing.T, id identifier.Identifier, n *phonenumbers.PhoneNumber) {
	t.Helper()
	shown, mask := []rune(id.Display()), []rune(id.Masked())
	code := len(strconv.Itoa(int(n.GetCountryCode())))
	total := 0
	for _, r := range shown {
		if unicode.IsDigit(r) {
			total++
		}
	}
	if len(shown) != len(mask) {
		t.Fatalf("%s is masked %s", id.Display(), id.Masked())
	}
	at := 0
	for i, r := range shown {
		want := r
		if unicode.IsDigit(r) {
			if at++; at != code+1 && at > code && at <= total-2 {
				want = '•'
			}
		}
		if mask[i] != want {
			t.Errorf("%s is masked %s", id.Display(), id.Masked())
			return
		}
	}
}

// The digits of every script are digits, and each counts what its name says.
func TestDigitsOfEveryScript(t *testing.T) {
	names := []string{"ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"}
	scripts := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.IsDigit(r) {
			continue
		}
		name := runenames.Name(r)
		want := slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(name, "DIGIT "+n) })
		if want < 0 {
			t.Fatalf("%U %s", r, name)
		}
		if got, ok := identifier.Unplaced(strings.Repeat(string(r), 7)); !ok || got.Value != strings.Repeat(strconv.Itoa(want), 7) {
			t.Errorf("%U %s is read as %q", r, name, got.Value)
		}
		if want == 0 {
			scripts++
		}
	}
	if scripts < 60 {
		t.Errorf("%d scripts", scripts)
	}
}

// The signs of other scripts stand for those of ASCII.
func TestSignsOfOtherScripts(t *testing.T) {
	for _, in := range []string{
		"﹢33 6 39 98 12 12", "⁺33 6 39 98 12 12", "+33⁄6⁄39⁄98⁄12⁄12", "+33∕6∕39981212", "+33−6−39981212", "+33ー6ー39981212", "+33～6～39981212", "+33⁓639981212",
		"+33∼639981212", "+33\u2800639981212", "+33\u3164639981212", "（+33）639981212", "+33／639981212", "+33．639981212", "+33\u034f639981212", "+33！639981212",
	} {
		got, err := identifier.ParsePhone(in, "")
		if bad := strings.Contains(in, "！"); bad != errors.Is(err, identifier.ErrPhone) || !bad && got.Value != "+33639981212" {
			t.Errorf("%q is %q, %v", in, got.Value, err)
		}
	}
}

// What a local part may hold is RFC 5322's atext and dots; net/mail agrees on
// what is an address.
func TestLocalParts(t *testing.T) {
	const atext = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~."
	for r := rune(1); r < 128; r++ {
		address := "x" + string(r) + "x@mail.com"
		want := strings.ContainsRune(atext, r)
		_, err := identifier.ParseEmail(address)
		if _, std := mail.ParseAddress(address); (err == nil) != want || want && std != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, good := range []string{"a@mail.com", "é@mail.com", "е́@mail.com", "٣@mail.com", strings.Repeat("a", 64) + "@mail.com", "pat@web2.com", "pat@9gag.com"} {
		if got, err := identifier.ParseEmail(good); err != nil || got.Value != good {
			t.Errorf("%q is %q, %v", good, got.Value, err)
		}
	}
	for bad, want := range map[string]error{
		"pat.@mail.com": identifier.ErrEmail, "€@mail.com": identifier.ErrEmail, "pat\xff@mail.com": identifier.ErrEmail, "pat@1.2.3.0": identifier.ErrEmailDomain,
		"pat@1.2.3.9": identifier.ErrEmailDomain, "pat@a.0": identifier.ErrEmailDomain, "pat@a.9": identifier.ErrEmailDomain, "pat@a.5x": identifier.ErrEmailDomain, "pat@com": identifier.ErrEmailDomain, "pat@.com": identifier.ErrEmailDomain, "pat@a..com": identifier.ErrEmailDomain,
		"pat@xn--a.com": identifier.ErrEmailDomain, "pat@mail.com @pat": identifier.ErrEmail, "pat @mail.com": identifier.ErrEmail,
		"pat@mail.com 555012": identifier.ErrEmailDomain, "pat@mail.com 5550123": identifier.ErrSeveral, "5550199|pat@mail.com": identifier.ErrSeveral,
	} {
		if _, err := identifier.ParseEmail(bad); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", bad, err, want)
		}
	}
}

// The lengths of RFC 5321 (64 and 254 octets) and RFC 1035 (63 and 253) are kept
// to the octet, in the form that is sent.
func TestLengths(t *testing.T) {
	label := strings.Repeat("a", 63)
	tail := "." + label + "." + label + ".com"
	umlauts := strings.Repeat("ü.", 31) // eight octets each as they are sent
	for _, c := range []struct {
		in   string
		want error
	}{
		{"pat@" + label + ".com", nil},
		{"pat@a" + label + ".com", identifier.ErrEmailDomain},
		{strings.Repeat("b", 254-1-59-len(tail)) + "@" + strings.Repeat("c", 59) + tail, nil},
		{strings.Repeat("b", 255-1-59-len(tail)) + "@" + strings.Repeat("c", 59) + tail, identifier.ErrEmail},
		{"p@" + umlauts + "a.com", nil},
		{"p@" + umlauts + "aa.com", identifier.ErrEmailDomain},
		{strings.Repeat("x", 508-len(" <pat@mail.com>")) + " <pat@mail.com>", nil},
		{strings.Repeat("x", 509-len(" <pat@mail.com>")) + " <pat@mail.com>", identifier.ErrEmail},
	} {
		if _, err := identifier.ParseEmail(c.in); !errors.Is(err, c.want) {
			t.Errorf("%d octets %.60q: %v, want %v", len(c.in), c.in, err, c.want)
		}
	}
	number := "+1 202 555 0123"
	for _, c := range []struct {
		in   string
		want error
	}{
		{number[:3] + strings.Repeat(" ", 160-len(number)) + number[3:], nil},
		{number[:3] + strings.Repeat(" ", 161-len(number)) + number[3:], identifier.ErrPhone},
		{number + strings.Repeat("\u200b", 208) + " ", nil}, // 640 octets
		{number + strings.Repeat("\u200b", 208) + "  ", identifier.ErrPhone},
	} {
		if _, err := identifier.ParsePhone(c.in, ""); !errors.Is(err, c.want) {
			t.Errorf("%d octets: %v, want %v", len(c.in), err, c.want)
		}
	}
	for n, want := range map[int]bool{640: true, 641: false} {
		if identifier.International(number+strings.Repeat(" ", n-len(number))) != want {
			t.Errorf("International reads %d octets: not %v", n, want)
		}
	}
}

// Addresses of one mailbox by the rules the providers publish, and of two.
func TestMailboxesByProvider(t *testing.T) {
	for _, domain := range []string{
		"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "mac.com", "fastmail.com", "proton.me",
		"protonmail.com", "pm.me",
	} {
		a, b := email(t, "pat+news@"+domain), email(t, "Pat@"+strings.ToUpper(domain))
		if !identifier.Same(a, b) || a == b {
			t.Errorf("%s and %s are two", a.Value, b.Value)
		}
	}
	for _, pair := range [][2]string{
		{"p.at@outlook.com", "pat@outlook.com"}, {"pat@outlook.com", "pat@hotmail.com"}, {"pat+a@mail.com", "pat@mail.com"}, {"pat@gmail.com", "pat@mail.com"},
	} {
		if identifier.Same(email(t, pair[0]), email(t, pair[1])) {
			t.Errorf("%s and %s are one", pair[0], pair[1])
		}
	}
	odd := identifier.Identifier{Kind: identifier.KindEmail, Value: "No Address"}
	if odd.Canonical() != "no address" || odd.Masked() != "•••" || odd.ASCIIDomain() != odd.Value {
		t.Errorf("%q, %q, %q", odd.Canonical(), odd.Masked(), odd.ASCIIDomain())
	}
}

// What an identifier says of itself, by a table.
func TestIdentifierSays(t *testing.T) {
	hidden := identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639••••12"}
	for _, c := range []struct {
		id                                             identifier.Identifier
		kind, ascii, domain, display, masked, end, reg string
		number, zero                                   bool
	}{
		{email(t, "pat@bücher.de"), "email", "pat@xn--bcher-kva.de", "bücher.de", "pat@bücher.de", "p•••@bücher.de", "", "", false, false},
		{email(t, "a@mail.com"), "email", "a@mail.com", "mail.com", "a@mail.com", "a•••@mail.com", "", "", false, false},
		{phone("+33639981212"), "phone", "+33639981212", "", "+33 6 39 98 12 12", "+33 6 •• •• •• 12", "12", "FR", true, false},
		{phone("+4477009001"), "phone", "+4477009001", "", "+44 77009001", "+44 7•••••01", "01", "GB", true, false},
		{phone("junk"), "phone", "junk", "", "junk", "junk", "", "", true, false},
		{phone("+80012345678"), "phone", "+80012345678", "", "+800 1234 5678", "+800 1••• ••78", "78", "", true, false},
		{hidden, "unplaced", hidden.Value, "", hidden.Value, "•••• 12", "12", "", true, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "7"}, "unplaced", "7", "", "7", "•••• 7", "7", "", true, false},
		{identifier.Identifier{}, "", "", "", "", "", "", "", false, true},
	} {
		id := c.id
		got := fmt.Sprintf("%q %q %q %q %q %q", id.Kind, id.ASCIIDomain(), id.Domain(), id.Display(), id.Masked(), id.Region())
		want := fmt.Sprintf("%q %q %q %q %q %q", c.kind, c.ascii, c.domain, c.display, c.masked, c.reg)
		if got != want || id.IsNumber() != c.number || id.IsZero() != c.zero || c.number && id.End() != c.end {
			t.Errorf("%s; end %q, number %v, zero %v\nnot %s", got, id.End(), id.IsNumber(), id.IsZero(), want)
		}
		if logged := id.LogValue(); logged.Kind() != slog.KindString || logged.String() != c.masked {
			t.Errorf("%s is logged as %s", id.Value, logged)
		}
		if id.Kind != identifier.KindPhone && id.Canonical() != strings.ToLower(id.Value) {
			t.Errorf("%q compares as %q", id.Value, id.Canonical())
		}
	}
}

// Which identifiers are one, and which of a list one is.
func TestSameAndAmong(t *testing.T) {
	pat, ann := email(t, "Pat@gmail.com"), email(t, "ann@mail.com")
	mobile, bare := phone("+5491123456789"), phone("+541123456789")
	list := []identifier.Identifier{ann, mobile, pat}
	for _, c := range []struct {
		id                 identifier.Identifier
		among              bool
		spelled            identifier.Identifier
		line, sameAsMobile bool
	}{
		{pat, true, pat, false, false},
		{email(t, "p.at@gmail.com"), true, email(t, "p.at@gmail.com"), false, false},
		{email(t, "eve@mail.com"), false, email(t, "eve@mail.com"), false, false},
		{bare, true, mobile, true, true},
		{phone("+33639981212"), false, phone("+33639981212"), false, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: mobile.Value}, false, identifier.Identifier{Kind: identifier.KindUnplaced, Value: mobile.Value}, false, false},
	} {
		if identifier.Among(list, c.id) != c.among || identifier.Spelled(c.id, list) != c.spelled || identifier.SameLine(c.id, mobile) != c.line ||
			identifier.Same(c.id, mobile) != c.sameAsMobile {
			t.Errorf("%s: among %v, spelled %s", c.id.Value, identifier.Among(list, c.id), identifier.Spelled(c.id, list).Value)
		}
		if !identifier.SameLine(c.id, c.id) {
			t.Errorf("%s is not itself", c.id.Value)
		}
	}
	if identifier.SameLine(pat, email(t, "p.at@gmail.com")) {
		t.Error("two addresses of one mailbox are written alike")
	}
}

// A number with a letter in it is told from an address whose "@" is missing.
func TestNumberOrAddress(t *testing.T) {
	for in, want := range map[string]error{
		"a123456": identifier.ErrPhoneLetters, "a000000": identifier.ErrPhoneLetters, "a999999": identifier.ErrPhoneLetters, "a12345": identifier.ErrEmail,
		"abcdef123456": identifier.ErrEmail, "abcde123456": identifier.ErrPhoneLetters, "abcdefghij12345678": identifier.ErrPhoneLetters,
		"abcdefghij1234567": identifier.ErrEmail, "0abc": identifier.ErrPhoneLetters, "9abc": identifier.ErrPhoneLetters, "(abc": identifier.ErrPhoneLetters,
		"+abc": identifier.ErrPhoneLetters, "mailto:": identifier.ErrEmpty, "MAILTO:x": identifier.ErrEmail, "pat﹫mail": identifier.ErrEmailDomain,
		"  ": identifier.ErrEmpty, "\u200b": identifier.ErrEmpty, "/x": identifier.ErrEmail,
	} {
		if _, err := identifier.Parse(in, ""); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", in, err, want)
		}
	}
}

// Each refusal has a sentence of its own.
func TestRefusalsExplain(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range []*identifier.Problem{
		identifier.ErrEmpty, identifier.ErrEmail, identifier.ErrEmailDomain, identifier.ErrPhone, identifier.ErrPhoneRegion, identifier.ErrPhoneLength,
		identifier.ErrPhoneLetters, identifier.ErrSeveral,
	} {
		key, _ := p.Explain()
		if !strings.HasPrefix(key, "error.identifier.") || seen[key] || p.Error() == "" {
			t.Errorf("%q", key)
		}
		seen[key] = true
	}
}

// An extension is dialled behind the number and is no part of it, whatever digit
// the number ends in; few digits have none.
func TestExtensions(t *testing.T) {
	for last := '0'; last <= '9'; last++ {
		want := "+1202555012" + string(last)
		for _, in := range []string{want + "x11", want + " x11", want + " ext 0", want + " #9", want + ";ext=12", want + ",,12"} {
			if got, err := identifier.ParsePhone(in, ""); err != nil || got.Value != want {
				t.Errorf("%q is %q, %v", in, got.Value, err)
			}
		}
	}
	for in, want := range map[string]string{"+49 30 1234 x12": "+49301234", "+290 22158 x5": "", "+290 22 1 58 x5": "", "+4930123 x12": "+4930123"} {
		got, err := identifier.ParsePhone(in, "")
		if got.Value != want && !(want == "" && err == nil) {
			t.Errorf("%q is %q, %v; want %q", in, got.Value, err, want)
		}
	}
}

// How many digits make two numbers of one line: nine each where the whole may be
// one number, seven where it is none.
func TestTwoNumbersOnALine(t *testing.T) {
	for in, want := range map[string]bool{
		"202555012/202555013": true, "202555012 202555013": false, "5550123/5550124": true, "555012/555013": false, "5550123/555012": false,
		"+447700900+447700901": true, "+44770090+447700901": true, "+44770+447700901": false, "2025550123 or 2025550199": true, "5550123+5550124": true, "555012+5550124": false, "2025550123\n2025550199": true,
	} {
		if _, err := identifier.ParsePhone(in, "US"); err == nil || errors.Is(err, identifier.ErrSeveral) != want {
			t.Errorf("%q: %v, two numbers %v", in, err, want)
		}
	}
}

// "00" and then another exit code is Australia's "0011" and no other.
func TestExitCodes(t *testing.T) {
	for in, want := range map[string]string{
		"0011 33 6 39 98 12 12": "+33639981212", "0012 33 6 39 98 12 12": "", "0099 33 6 39 98 12 12": "", "0001 33 6 39 98 12 12": "", "0000 33639981212": "",
	} {
		if got, err := identifier.ParsePhone(in, ""); got.Value != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", in, got.Value, err, want)
		}
	}
}

// What is kept of a number that cannot be placed, to the digit.
func TestUnplacedToTheDigit(t *testing.T) {
	for in, want := range map[string]string{
		"012345": "012345", "999990": "999990", "01234": "", "••56": "••56", "•56": "", "••5": "", "abcdef123456": "123456", "abcdefg123456": "",
		"12345678901234567890": "12345678901234567890", "123456789012345678901": "23456789012345678901", "XX09": "••09", "0/1:2;3 4 5": "012345",
		strings.Repeat(" ", 634) + "123456": "123456", strings.Repeat(" ", 635) + "123456": "",
	} {
		if got, ok := identifier.Unplaced(in); got.Value != want || ok != (want != "") {
			t.Errorf("%.30q is %q, %v; want %q", in, got.Value, ok, want)
		}
	}
	own := phone("+33639981256")
	pat, _ := identifier.ParseEmail("pat@mail.com")
	for _, c := range []struct {
		id, own identifier.Identifier
		want    bool
	}{
		{own, own, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "0639981256"}, pat, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "981256"}, own, true},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "81256"}, own, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "39981256"}, own, true},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "739981256"}, own, true}, // only the last eight count
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "29981256"}, own, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "981256•"}, own, false},
		{identifier.Identifier{Kind: identifier.KindUnplaced, Value: "•981256"}, own, true},
	} {
		if c.id.MayBe(c.own) != c.want {
			t.Errorf("%s may be %s: not %v", c.id.Value, c.own.Value, c.want)
		}
	}
}

// Values that were stored and are no numbers compare by themselves.
func TestOddStoredNumbers(t *testing.T) {
	for _, v := range []string{"", "+", "+1", "+52", "+54", "12", "33639981212", "+999", "+54123", "+5", "+225", "+22"} {
		id := phone(v)
		if !identifier.Same(id, phone(v)) || v != "+54"+strings.TrimPrefix(v, "+54") && id.Canonical() != v {
			t.Errorf("%q compares as %q", v, id.Canonical())
		}
	}
	if code, list := email(t, "pat@mail.com").Spellings(); code != "" || list != nil {
		t.Errorf("an address is spelled %s %v", code, list)
	}
	if code, list := phone("junk").Spellings(); code != "" || list != nil {
		t.Errorf("junk is spelled %s %v", code, list)
	}
	if _, list := phone("+5411234").Spellings(); len(list) != 1 {
		t.Errorf("half a number is spelled %v", list)
	}
}
