package archive_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/identifier"
)

// numbersOf lists what is shown of numbers, by platform.
func numbersOf(r evidence.Report) map[string][]identifier.Identifier {
	out := map[string][]identifier.Identifier{}
	for _, f := range r.Findings {
		if f.Identifier.IsNumber() && (f.Fact == evidence.FactHoldsPhone || f.Fact == evidence.FactPhone2FA) {
			out[f.Site] = append(out[f.Site], f.Identifier)
		}
	}
	return out
}

// unreadable are numbers that no country has, as they come to be in archives:
// of a plan that is no more, cut off, with a digit too many, half hidden.
var unreadable = []string{"+999639981234", "+3363998123", "+33639981234567890", "+336••••••34"}

// samplePhone is how the samples write a number: all digits of it are
// replaced, whatever stands between them.
var samplePhone = regexp.MustCompile(`\+?\b(?:(?:33|0)[ -]?[1-9](?:[ -]?\d\d){4}|(?:1[ -]?)?\(?202\)?[ -]?555[ -]?\d{4})\b`)

// A number that is there and cannot be read is never the fact that there is
// none, in no archive: it stays a number, told by its end.
func TestNumberThatCannotBeReadIsStillThere(t *testing.T) {
	all := socialSamples()
	maps.Copy(all, samples)
	concerned := 0
	for name, files := range all {
		before := numbersOf(inMemory(t, files, archive.Importers()))
		for _, bad := range unreadable {
			changed := map[string]string{}
			for n, content := range files {
				changed[n] = samplePhone.ReplaceAllString(content, bad)
			}
			r := inMemory(t, changed, archive.Importers())
			after := numbersOf(r)
			for site := range before {
				concerned++
				if len(after[site]) == 0 {
					t.Errorf("%s: %s has no number where %q stands; %q", name, site, bad, Lines(r))
				}
				for _, id := range after[site] {
					if id.Kind == identifier.KindUnplaced && !strings.HasSuffix(bad, id.End()) {
						t.Errorf("%s: %q became %s", name, bad, id.Masked())
					}
				}
			}
			for _, f := range r.Findings {
				if f.Fact == evidence.FactNoPhone && len(before[f.Site]) > 0 {
					t.Errorf("%s: %q is taken for no number", name, bad)
				}
				if f.Identifier.Kind == identifier.KindUnplaced && f.Fact == evidence.FactHoldsPhone && f.Detail != f.Identifier.Masked() {
					t.Errorf("%s: the number is not told by its end: %q", name, f.Detail)
				}
			}
		}
	}
	if concerned < 10*len(unreadable) {
		t.Errorf("only %d platforms of the samples show a number", concerned/len(unreadable))
	}
}

// The archives that can say that none is held, dated, with every kind of value
// in their page of numbers.
func TestNoNumberIsSaidOnlyWhereNoneStands(t *testing.T) {
	const manifest = `window.__THAR_CONFIG = {"archiveInfo":{"generationDate":"2025-05-01T00:00:00.000Z"}}`
	const account = `window.YTD.account.part0 = [{"account":{"email":"pat@mail.com","username":"pat"}}]`
	archives := map[string]func(value string) map[string]string{
		"x.com": func(value string) map[string]string {
			return map[string]string{"data/manifest.js": manifest, "data/account.js": account, "data/phone-number.js": `window.YTD.phone_number.part0 = [{"device":{"phoneNumber":` + value + `}}]`}
		},
		"facebook.com": func(value string) map[string]string {
			return map[string]string{"facebook-pat-2025-05-01-AbC/profile_information/profile_information.json": `{"profile_v2":{"username":"pat","emails":{"emails":["pat@mail.com"]},"phone_numbers":[{"phone_number":` + value + `,"verified":true}]}}`}
		},
		"instagram.com": func(value string) map[string]string {
			return map[string]string{"instagram-pat-2025-05-01-AbC/personal_information/personal_information/personal_information.json": `{"profile_user":[{"string_map_data":{"Username":{"value":"pat"},"Email":{"value":"pat@mail.com"},"Phone Number":{"value":` + value + `}}}]}`}
		},
	}
	for site, files := range archives {
		for value, none := range map[string]bool{
			`""`: true, `"+33639981212"`: false, `"0639981212"`: false, `"+99912345678"`: false, `"123456"`: false, `639981212`: false, `"+336******12"`: false,
			`"call 0639981212"`: false, `"+33 6 39 98 12 12 ext 5"`: false, `"+22507123456"`: false,
		} {
			r, err := evidence.Scan(t.Context(), []string{Folder(t, files(value))}, evidence.Options{Importers: archive.Importers()}, nil)
			if err != nil {
				t.Fatal(err)
			}
			said := slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool { return f.Fact == evidence.FactNoPhone })
			if said != none || none == (len(numbersOf(r)[site]) > 0) {
				t.Errorf("%s with %s: none is said: %v; %q", site, value, said, Lines(r))
			}
		}
	}
	// A page that is damaged, or in a layout nobody knows, says nothing.
	for what, files := range map[string]map[string]string{
		"cut off":   {"data/manifest.js": manifest, "data/account.js": account, "data/phone-number.js": `window.YTD.phone_number.part0 = [{"device":{"pho`},
		"other":     {"data/manifest.js": manifest, "data/account.js": account, "data/phone-number.js": `window.YTD.phone_number.part0 = [{"device":["+33639981212"]}]`},
		"no object": {"facebook-pat-2025-05-01-AbC/profile_information/profile_information.json": `{"profile_v3":{"telephones":["+33639981212"]},"profile_v2":[]}`},
	} {
		r, err := evidence.Scan(t.Context(), []string{Folder(t, files)}, evidence.Options{Importers: archive.Importers()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool { return f.Fact == evidence.FactNoPhone }) {
			t.Errorf("%s: none is said", what)
		}
	}
}

// Where an export writes numbers in full, one without its "+" is of the country
// it names, whatever region the person lives in.
func TestFullNumbersWithoutPlus(t *testing.T) {
	exports := map[string]func(number string) map[string]string{
		"telegram.org": func(number string) map[string]string {
			return map[string]string{"result.json": fmt.Sprintf(`{"about":"x","personal_information":{"user_id":1,"first_name":"Pat","phone_number":%q,"username":"@pat","bio":""}}`, number)}
		},
		"whatsapp.com": func(number string) map[string]string {
			return map[string]string{"account_information.html": `<html><head><title>WhatsApp</title></head><body><h1>Account information</h1><table><tr><td>Phone number</td><td>` + number + `</td></tr></table></body></html>`}
		},
		"facebook.com": func(number string) map[string]string {
			return map[string]string{"profile_information/profile_information.json": `{"profile_v2":{"username":"pat","phone_numbers":[{"phone_number":"` + number + `"}]}}`}
		},
	}
	for _, c := range []struct{ number, region, want string }{
		{"6598765432", "US", "+6598765432"},
		{"6598765432", "", "+6598765432"},
		{"4915123456789", "AT", "+4915123456789"},
		{"85291234567", "FR", "+85291234567"},
		{"5491123456789", "IT", "+5491123456789"},
		{"5215512345678", "US", "+525512345678"},
		{"0639981212", "FR", "+33639981212"},
		{"12025550123", "FR", "+12025550123"},
	} {
		for site, files := range exports {
			r, err := evidence.Scan(t.Context(), []string{Folder(t, files(c.number))}, evidence.Options{Importers: archive.Importers(), Region: c.region}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := numbersOf(r)[site]; len(got) != 1 || got[0].Value != c.want {
				t.Errorf("%s: %s in %q is %v, want %s; %q", site, c.number, c.region, got, c.want, Lines(r))
			}
		}
	}
}

// A number without its country is the person's where it is written as theirs is
// at home.
func TestNationalFormOfAnOwnNumber(t *testing.T) {
	own, err := identifier.Parse("+33639981212", "")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"profile_information/profile_information.json": `{"profile_v2":{"username":"pat","phone_numbers":[{"phone_number":"06 39 98 12 12"},{"phone_number":"06 39 98 12 13"}]}}`}
	r, err := evidence.Scan(t.Context(), []string{Folder(t, files)}, evidence.Options{Importers: archive.Importers(), Own: []identifier.Identifier{own}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := numbersOf(r)["facebook.com"]
	if len(got) != 2 || !slices.Contains(got, own) || !slices.ContainsFunc(got, func(id identifier.Identifier) bool { return id.Kind == identifier.KindUnplaced && id.End() == "13" }) {
		t.Errorf("%+v", got)
	}
}
