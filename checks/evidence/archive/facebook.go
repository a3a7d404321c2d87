package archive

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// facebookArchive imports Facebook's "Download your information", as JSON of
// all three generations; of HTML, the list of advertisers.
type facebookArchive struct{}

var _ evidence.Importer = facebookArchive{}

// Format implements evidence.Importer.
func (facebookArchive) Format() evidence.Format {
	return evidence.Format{ID: "facebook-archive", Family: "archive", Tree: true}
}

// facebookFiles are the members that are read, by base name with every form of
// apostrophe taken out.
var facebookFiles = map[string]func(platform, map[string]any){
	"profile_information.json":                                           fbProfile,
	"email_address_verifications.json":                                   fbVerifications,
	"contact_verifications.json":                                         fbVerifications,
	"advertisers_who_uploaded_a_contact_list_with_your_information.json": fbUploaded,
	"advertisers_using_your_activity_or_information.json":                fbAdvertisers,
	"apps_and_websites.json":                                             fbApps,
	"connected_apps_and_websites.json":                                   fbApps,
	"accounts_center.json":                                               fbAccountsCenter,
	"your_address_books.json":                                            fbAddressBook,
	"two-factor_authentication.json":                                     fbTwoFactor,
}

// Recognise implements evidence.Importer.
func (facebookArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if len(in.Find("profile_information/profile_information.json", "profile_information/profile_information.html")) > 0 {
		return evidence.Sure
	}
	for f := range facebookFiles {
		if f != "two-factor_authentication.json" && f != "advertisers_using_your_activity_or_information.json" && len(in.Find(f)) > 0 {
			return evidence.Maybe
		}
	}
	if len(in.Find("ads_information/advertisers_using_your_activity_or_information.json", "ads_information/advertisers_using_your_activity_or_information.html")) > 0 && len(in.Find("instagram_ads_and_businesses/advertisers_using_your_activity_or_information.json")) == 0 {
		return evidence.Maybe
	}
	return evidence.No
}

// maxFacebookFile bounds one member that is held whole; the ones read here are
// lists of names, not of posts.
const maxFacebookFile = 64 << 20

// Read implements evidence.Importer.
func (facebookArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	p := platform{site: "facebook.com", out: out}
	p.finding(evidence.Finding{Fact: evidence.FactAccount})
	htmlOnly := false
	for _, f := range in.Files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		base := strings.ToLower(f[strings.LastIndexByte(f, '/')+1:])
		switch {
		case facebookFiles[base] != nil:
			fbMember(in, f, p, facebookFiles[base])
		case base == "advertisers_using_your_activity_or_information.html":
			fbHTML(in, f, p)
			htmlOnly = true
		}
	}
	if htmlOnly {
		out.Problem(*evidence.NewProblem(in.Label, "error.evidence.facebook_html"))
	}
	return nil
}

func fbMember(in evidence.Input, name string, p platform, read func(platform, map[string]any)) {
	f, err := in.FS.Open(name)
	if err != nil {
		p.out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
		return
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(&progress{r: f, out: p.out}, maxFacebookFile))
	var top any
	if err == nil {
		err = json.Unmarshal(b, &top)
	}
	if err != nil {
		p.out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
		return
	}
	p.out.Item()
	if m, ok := repair(top).(map[string]any); ok {
		read(p, m)
	}
}

// repair undoes Facebook's double encoding, where each byte of a UTF-8 text is
// written as a character of its own, in values and in keys. Text that is right
// already stays.
func repair(v any) any {
	switch v := v.(type) {
	case string:
		return repairText(v)
	case []any:
		for i := range v {
			v[i] = repair(v[i])
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[repairText(k)] = repair(x)
		}
		return out
	}
	return v
}

func repairText(s string) string {
	b := make([]byte, 0, len(s))
	high := false
	for _, r := range s {
		if r > 0xff {
			return s
		}
		high = high || r >= 0x80
		b = append(b, byte(r))
	}
	if !high || !utf8.Valid(b) {
		return s
	}
	return string(b)
}

// any of the keys that is there
func pick(m map[string]any, keys ...string) any {
	for _, k := range keys {
		if v, ok := m[k]; ok {
			return v
		}
	}
	return nil
}

func items(v any) []any {
	l, _ := v.([]any)
	return l
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

func fbProfile(p platform, m map[string]any) {
	prof := object(pick(m, "profile_v2", "profile"))
	if prof == nil {
		return
	}
	first := unix(prof["registration_timestamp"])
	p.finding(evidence.Finding{Fact: evidence.FactAccount, UserName: text(prof["username"]), Purpose: evidence.PurposeSignIn, First: first})
	emails := object(prof["emails"])
	for _, e := range items(emails["emails"]) {
		p.holds(text(e), evidence.PurposeSignIn, first)
	}
	for _, key := range []string{"previous_emails", "pending_emails", "ad_account_emails"} {
		for _, e := range items(emails[key]) {
			p.holds(text(e), evidence.PurposeUnknown, time.Time{})
		}
	}
	for _, n := range items(prof["phone_numbers"]) {
		o := object(n)
		number := text(o["phone_number"])
		if o == nil {
			number = text(n)
		}
		p.holds(number, evidence.PurposeProfile, unix(o["creation_time"]))
	}
}

func fbVerifications(p platform, m map[string]any) {
	for _, v := range items(pick(m, "contact_verifications_v2", "contact_verifications")) {
		o := object(v)
		p.holds(text(o["contact"]), evidence.PurposeProfile, unix(o["verification_time"]))
	}
	p.labels(m, func(_ int, value string) { p.holds(value, evidence.PurposeProfile, time.Time{}) })
}

// fbUploaded reads the list of those who uploaded a contact list: every name
// counts.
func fbUploaded(p platform, m map[string]any) {
	for i, v := range items(pick(m, "custom_audiences_v2", "custom_audiences")) {
		if i == maxAdvertisers {
			return
		}
		p.advertiser(text(v))
	}
}

// fbAdvertisers reads the later, merged list. Only a company marked as having
// used a data file had the person on a list; a visit to its site or shop is use
// for ads. In the newest layout the first block is the list, whatever language
// its label is in.
func fbAdvertisers(p platform, m map[string]any) {
	used := false
	for i, v := range items(pick(m, "custom_audiences_all_types_v2", "custom_audiences_all_types")) {
		o := object(v)
		if yes, _ := o["has_data_file_custom_audience"].(bool); yes && i < maxAdvertisers {
			p.advertiser(text(o["advertiser_name"]))
		}
		used = true
	}
	p.labels(m, func(block int, value string) {
		if block == 0 {
			p.advertiser(value)
		}
		used = true
	})
	if used {
		p.finding(evidence.Finding{Fact: evidence.FactAdsUse, Purpose: evidence.PurposeAds})
	}
}

// labels walks the generic layout of 2024: label_values, each a value or a vec
// of values.
func (p platform) labels(m map[string]any, f func(block int, value string)) {
	n := 0
	for block, lv := range items(m["label_values"]) {
		o := object(lv)
		if v := text(o["value"]); v != "" {
			f(block, v)
		}
		for _, v := range items(o["vec"]) {
			if n++; n > maxAdvertisers {
				return
			}
			f(block, text(object(v)["value"]))
		}
	}
}

func fbApps(p platform, m map[string]any) {
	for _, v := range items(pick(m, "installed_apps_v2", "installed_apps")) {
		o := object(v)
		if state := text(o["category"]); state == "removed" {
			continue
		}
		if name := evidence.Clean(text(o["name"])); name != "" {
			p.finding(evidence.Finding{Fact: evidence.FactLinked, Detail: name, First: unix(o["added_timestamp"])})
		}
	}
}

func fbAccountsCenter(p platform, m map[string]any) {
	for _, v := range items(pick(m, "accounts_center_v2", "accounts_center")) {
		o := object(v)
		p.holds(text(o["email"]), evidence.PurposeProfile, unix(o["linked_time"]))
		p.holds(text(o["phone_number"]), evidence.PurposeProfile, unix(o["linked_time"]))
	}
}

func fbAddressBook(p platform, m map[string]any) {
	book := object(pick(m, "address_book_v2", "address_book"))
	if len(items(book["address_book"])) > 0 {
		p.finding(evidence.Finding{Fact: evidence.FactContactUpload, Purpose: evidence.PurposeLookup})
	}
}

// fbTwoFactor reads numbers listed for sign-in codes. That two-factor is on does
// not say by which method, so it shows nothing else.
func fbTwoFactor(p platform, m map[string]any) {
	p.labels(m, func(_ int, value string) {
		id, err := identifier.ParsePhone(value, p.out.Region())
		if err != nil {
			return
		}
		p.finding(evidence.Finding{Fact: evidence.FactPhone2FA, Identifier: id, Purpose: evidence.PurposeSecondFactor})
	})
}

// listSentence begins what Facebook's HTML writes beside a company that used a
// list, in the languages seen.
var listSentence = []string{
	"A list uploaded or used by the advertiser", "Liste importée ou utilisée par l’annonceur", "Une liste importée ou utilisée par l’annonceur",
	"Una lista subida o utilizada por el anunciante", "Een lijst die is geüpload of gebruikt door de adverteerder", "Eine Liste, die vom Werbetreibenden hochgeladen oder verwendet wurde",
}

// fbHTML streams the advertisers page: a cell with the sentence is followed by
// the companies, one a text.
func fbHTML(in evidence.Input, name string, p platform) {
	f, err := in.FS.Open(name)
	if err != nil {
		p.out.Problem(*evidence.NewProblem(name, "error.evidence.damaged_member"))
		return
	}
	defer f.Close()
	z := html.NewTokenizer(&progress{r: f, out: p.out})
	z.SetMaxBuf(1 << 20)
	inList, n := false, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			t := strings.TrimSpace(string(z.Text()))
			switch {
			case t == "":
			case startsWithAny(t, listSentence):
				inList = true
			case inList && strings.HasPrefix(t, "Interactions you may have had"), inList && strings.HasPrefix(t, "Interactions que vous"):
				inList = false
			case inList && n < maxAdvertisers:
				n++
				p.advertiser(t)
			}
		}
	}
}

func startsWithAny(s string, prefixes []string) bool {
	s = strings.ReplaceAll(s, "'", "’")
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
