package archive

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// instagramArchive imports Instagram's "Download your information" as JSON: the
// flat one of 2018 to 2020, and the folders since.
type instagramArchive struct{}

var _ evidence.Importer = instagramArchive{}

// Format implements evidence.Importer.
func (instagramArchive) Format() evidence.Format {
	return evidence.Format{ID: "instagram-archive", Family: "archive", Site: "instagram.com", Tree: true}
}

// instagram lists the members that are read, the flat layout aside.
var instagram = meta{
	site: "instagram.com",
	mine: ofInstagram,
	files: map[string]labelReader{
		"personal_information.json":                           nil,
		"profile_changes.json":                                nil,
		"possible_emails.json":                                nil,
		"possible_phone_numbers.json":                         nil,
		"signup_information.json":                             nil,
		"signup_details.json":                                 nil,
		"instagram_signup_details.json":                       nil,
		"linked_meta_accounts.json":                           nil,
		"autofill_information.json":                           nil,
		"active_apps.json":                                    nil,
		"expired_apps.json":                                   nil,
		"synced_contacts.json":                                nil,
		"ads_interests.json":                                  nil,
		"advertisers_using_your_activity_or_information.json": metaAdvertiserLabel,
		"information_youve_submitted_to_advertisers.json":     metaLeadLabel,
		"other_categories_used_to_reach_you.json":             metaUseLabel,
		"your_activity_off_meta_technologies.json":            metaUseLabel,
		"two-factor_authentication.json":                      metaTwoFactorLabel,
	},
	keys: map[string]func(*owner, any){
		"profile_user":                          igProfile,
		"profile_profile_change":                igChange,
		"ig_custom_audiences_all_types":         metaAdvertiser,
		"ig_lead_gen_info":                      metaLead,
		"inferred_data_inferred_emails":         igGuess,
		"inferred_data_inferred_phone_numbers":  igGuess,
		"inferred_data_ig_interest":             metaUse,
		"account_history_registration_info":     igSignUp,
		"profile_linked_meta_accounts":          igLinkedAccount,
		"ig_autofill_data":                      igAutofill,
		"apps_and_websites_active_apps":         igApp,
		"apps_and_websites_active_applications": igApp,
		"apps_and_websites_expired_apps":        igApp,
		"apps_and_websites_off_meta_activity":   metaUse,
		"contacts_contact_info":                 igContact,
	},
	pages: map[string]func(*owner) pageOf{
		"personal_information.html":                           contactPage,
		"signup_information.html":                             contactPage,
		"signup_details.html":                                 contactPage,
		"instagram_signup_details.html":                       contactPage,
		"advertisers_using_your_activity_or_information.html": advertiserPage,
	},
}

// instagramOpenings begin members that no other platform has.
var instagramOpenings = []string{
	`"profile_user"`, `"profile_profile_change"`, `"ig_custom_audiences`, `"ig_lead_gen_info"`, `"inferred_data_i`, `"account_history_registration_info"`,
	`"profile_linked_meta_accounts"`, `"ig_autofill_data"`, `"apps_and_websites_active_app`, `"apps_and_websites_expired_app`,
	`"apps_and_websites_off_meta_activity"`, `"contacts_contact_info"`,
}

// Recognise implements evidence.Importer.
func (instagramArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if instagram.recognise(in, instagramOpenings...) || len(foldersWith(in, igFlat)) > 0 {
		return evidence.Sure
	}
	if instagram.named(in) {
		return evidence.Maybe
	}
	for _, f := range in.Find("instagram_ads_and_businesses/advertisers_using_your_activity_or_information.json", "personal_information.html") {
		if ofInstagram(f) && hasAny(deepOpening(in, f), `"label_values"`, "<html") {
			return evidence.Maybe
		}
	}
	return evidence.No
}

// igFlat marks the profile of the flat layout.
var igFlat = map[string][]string{"profile.json": {`"username"`, `"date_joined"`}}

// Read implements evidence.Importer.
func (instagramArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	seen := &noting{Sink: out}
	o := &owner{platform: platform{site: instagram.site, out: seen, at: metaDate(in)}}
	if err := instagram.read(ctx, in, o); err != nil {
		return err
	}
	flat := foldersWith(in, igFlat)
	if instagram.named(in) && !instagram.holds(in) && len(flat) == 0 {
		out.Problem(*evidence.NewProblem(in.Label, "error.evidence.no_account_pages"))
	}
	for _, f := range in.Files {
		read := igFlatFiles[base(f)]
		if read == nil || !flat[folder(f)] {
			continue
		}
		if err := entries(ctx, in, f, seen, func(key string, v any) { read(o, key, v) }); err != nil {
			return err
		}
	}
	o.account(o.user, o.since)
	o.rest()
	o.noPhone(seen)
	return nil
}

// igFlatFiles are the members of the flat layout that are read, beside each other.
var igFlatFiles = map[string]func(o *owner, key string, v any){
	"profile.json": igFlatProfile, "account_history.json": igFlatHistory, "contacts.json": func(o *owner, _ string, _ any) { o.contacts++ },
}

func igFlatProfile(o *owner, key string, v any) {
	switch key {
	case "username":
		o.named(text(v))
	case "date_joined":
		o.since = stamp(text(v))
	case "email":
		o.contact(evidence.Confirmed, key, text(v), evidence.PurposeSignIn, time.Time{})
	case "phone_number":
		o.contact(evidence.Confirmed, key, text(v), evidence.PurposeProfile, time.Time{})
	}
}

// igFlatHistory reads what was given when the account was opened.
func igFlatHistory(o *owner, key string, v any) {
	if key != "registration_info" {
		return
	}
	m := object(v)
	at := stamp(text(m["registration_time"]))
	for _, key := range []string{"registration_email", "registration_phone_number"} {
		o.contact(evidence.Confirmed, key, text(m[key]), evidence.PurposeUnknown, at)
	}
}

// igField is one field of a string_map_data: the label is English, or in older
// archives in the person's language.
type igField struct {
	label, value string
	at           time.Time
}

// igFields lists the fields of a record, in the order of their labels.
func igFields(v any) []igField {
	data := object(object(v)["string_map_data"])
	var out []igField
	for _, label := range slices.Sorted(maps.Keys(data)) {
		f := object(data[label])
		out = append(out, igField{plain(label), scalar(f["value"]), unix(f["timestamp"])})
	}
	return out
}

// igProfile knows fields by the shape of their value. The one that is true or
// false beside a word for the phone says whether the number was ever confirmed.
func igProfile(o *owner, v any) {
	sure := evidence.Confirmed
	fields := igFields(v)
	o.paged = o.paged || len(fields) > 0
	for _, f := range fields {
		if phoneWords.MatchString(f.label) && strings.EqualFold(f.value, "false") {
			sure = evidence.Likely
		}
	}
	for _, f := range fields {
		switch {
		case userNameLabel(f.label):
			o.named(f.value)
		case mailWords.MatchString(f.label):
			o.contact(evidence.Confirmed, f.label, f.value, evidence.PurposeSignIn, time.Time{})
		case strings.Contains(f.value, "@"): // an address in a biography, or below a label in a language not known here
			o.contact(evidence.Confirmed, f.label, f.value, evidence.PurposeProfile, time.Time{})
		default:
			o.contact(sure, f.label, f.value, evidence.PurposeProfile, time.Time{})
		}
	}
}

// igChange reads earlier addresses and numbers.
func igChange(o *owner, v any) {
	fields := igFields(v)
	what := igChanged(fields)
	if what == "" {
		return
	}
	var at time.Time
	for _, f := range fields {
		if !f.at.IsZero() {
			at = f.at
		}
	}
	for _, f := range fields {
		o.contact(evidence.Confirmed, what, f.value, evidence.PurposeUnknown, at)
	}
}

// igChanged names what a record says was changed, if that is an address or a
// number: a biography may hold anybody's.
func igChanged(fields []igField) string {
	for _, f := range fields {
		if f.label == "changed" {
			return contactWord(f.value)
		}
	}
	for _, f := range fields {
		if what := contactWord(f.value); what != "" {
			return what
		}
	}
	return ""
}

// contactWord is s where it is a name for an address or a number, in a few words.
func contactWord(s string) string {
	name := plain(s)
	if strings.Contains(s, "@") || len(strings.Fields(name)) > 4 ||
		!mailWords.MatchString(name) && !phoneWords.MatchString(name) {
		return ""
	}
	return name
}

// igGuess reads what Instagram guesses to be the person's: it has it, but whose
// it is nobody confirmed.
func igGuess(o *owner, v any) {
	for _, x := range items(object(v)["string_list_data"]) {
		o.contact(evidence.Possible, "phone", text(object(x)["value"]), evidence.PurposeUnknown, time.Time{})
	}
}

func igSignUp(o *owner, v any) {
	fields := igFields(v)
	for _, f := range fields {
		if !f.at.IsZero() {
			o.since = f.at
		}
	}
	for _, f := range fields {
		o.contact(evidence.Confirmed, f.label, f.value, evidence.PurposeUnknown, o.since)
	}
}

// igLinkedAccount reads other accounts at Meta that are signed in together.
func igLinkedAccount(o *owner, v any) {
	for _, f := range igFields(v) {
		if f.label == "account type" {
			o.linked(f.value, f.at)
		}
		o.contact(evidence.Confirmed, f.label, f.value, evidence.PurposeProfile, time.Time{})
	}
}

func igAutofill(o *owner, v any) {
	m := object(v)
	o.contact(evidence.Possible, "email", text(m["email"]), evidence.PurposeUnknown, time.Time{})
	o.contact(evidence.Possible, "phone", text(m["tel"]), evidence.PurposeUnknown, time.Time{})
}

// igApp reads apps that are, or were, connected. The name is the title of a
// record, or a field of it.
func igApp(o *owner, v any) {
	name, at := text(object(v)["title"]), time.Time{}
	for _, f := range igFields(v) {
		if f.label == "app name" || f.label == "name" {
			name = f.value
		}
	}
	o.linked(name, at)
}

func igContact(o *owner, _ any) { o.contacts++ }
