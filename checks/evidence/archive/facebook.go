package archive

import (
	"context"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// facebookArchive imports Facebook's "Download your information", as JSON of
// all three generations; of web pages, the profile, addresses and numbers, and
// the list of advertisers.
type facebookArchive struct{}

var _ evidence.Importer = facebookArchive{}

// Format implements evidence.Importer.
func (facebookArchive) Format() evidence.Format {
	return evidence.Format{ID: "facebook-archive", Family: "archive", Site: "facebook.com", Tree: true}
}

// facebook lists the members that are read. Facebook used numbers given for
// two-factor for advertising until 2019; no member says so, and nothing here does.
var facebook = meta{
	site: "facebook.com",
	mine: func(name string) bool { return !ofInstagram(name) },
	files: map[string]labelReader{
		"profile_information.json":                                           nil,
		"email_address_verifications.json":                                   fbVerifiedLabel,
		"contact_verifications.json":                                         fbVerifiedLabel,
		"record_details.json":                                                nil,
		"administrative_records.json":                                        nil,
		"advertisers_who_uploaded_a_contact_list_with_your_information.json": nil,
		"advertisers_using_your_activity_or_information.json":                metaAdvertiserLabel,
		"advertisers_youve_interacted_with.json":                             nil,
		"information_youve_submitted_to_advertisers.json":                    metaLeadLabel,
		"other_categories_used_to_reach_you.json":                            nil,
		"apps_and_websites.json":                                             fbAppLabel,
		"connected_apps_and_websites.json":                                   fbAppLabel,
		"your_off-facebook_activity.json":                                    metaUseLabel,
		"your_activity_off_meta_technologies.json":                           metaUseLabel,
		"accounts_center.json":                                               nil,
		"your_address_books.json":                                            nil,
		"autofill_information.json":                                          nil,
		"two-factor_authentication.json":                                     metaTwoFactorLabel,
	},
	keys: map[string]func(*owner, any){
		"profile_v2": fbProfile, "profile": fbProfile,
		"contact_verifications_v2": fbVerified, "contact_verifications": fbVerified,
		"admin_records_v2": fbRecord, "admin_records": fbRecord,
		"custom_audiences_v2": fbUploaded, "custom_audiences": fbUploaded,
		"custom_audiences_all_types_v2": metaAdvertiser, "custom_audiences_all_types": metaAdvertiser,
		"lead_gen_info_v2": metaLead, "lead_gen_info": metaLead,
		"history_v2": metaUse, "history": metaUse, "bcts": metaUse,
		"off_facebook_activity_v2": metaUse, "off_facebook_activity": metaUse,
		"installed_apps_v2": fbApp, "installed_apps": fbApp,
		"accounts_center_v2": fbLinkedAccount, "accounts_center": fbLinkedAccount,
		"address_book_v2": fbAddressBook, "address_book": fbAddressBook,
		"autofill_information_v2": fbAutofill, "autofill_information": fbAutofill,
	},
	pages: map[string]func(*owner) pageOf{
		"profile_information.html":                                           contactPage,
		"email_address_verifications.html":                                   contactPage,
		"contact_verifications.html":                                         contactPage,
		"record_details.html":                                                contactPage,
		"advertisers_using_your_activity_or_information.html":                advertiserPage,
		"advertisers_who_uploaded_a_contact_list_with_your_information.html": advertiserPage,
		"apps_and_websites.html":                                             fbOldApps, "contact_info.htm": fbOldContacts, "index.htm": fbOldContacts, "apps.htm": fbOldApps, "ads.htm": fbOldAds,
	},
}

// ofInstagram reports members that Instagram calls as Facebook does.
func ofInstagram(name string) bool {
	return hasAny(strings.ToLower(name), "instagram", "device_information/")
}

// facebookOpenings begin members that no other platform has; web pages are known
// by the folder their layout has.
var facebookOpenings = []string{
	`"profile_v2"`, `"profile":`, `"contact_verifications`, `"admin_records`, `"custom_audiences`, `"lead_gen_info`, `"installed_apps`,
	`"off_facebook_activity`, `"accounts_center`, `"address_book`, `"autofill_information`, `"bcts"`,
}

// facebookStyles are in the pages of the archive made as web pages, by the classes of their layout; facebookFolders are
// pages that lie where only that archive has them.
var (
	facebookStyles  = []string{`class="_a6`, `class="_2pin`, `class="_3-`, `class="pam`, "facebook"}
	facebookFolders = []string{
		"profile_information/profile_information.html",
		"ads_information/advertisers_using_your_activity_or_information.html",
	}
)

// Recognise implements evidence.Importer.
func (facebookArchive) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if facebook.recognise(in, facebookOpenings...) {
		return evidence.Sure
	}
	switch {
	case fbOldPages(in):
		return evidence.Sure
	case facebook.named(in):
		return evidence.Maybe
	}
	for _, f := range in.Find("profile_information/profile_information.json", "ads_information/advertisers_using_your_activity_or_information.json") {
		if !ofInstagram(f) && hasAny(deepOpening(in, f), `"label_values"`, `"profile"`) {
			return evidence.Maybe
		}
	}
	for _, f := range in.Files {
		if facebook.pages[metaName(f)] == nil || ofInstagram(f) {
			continue
		}
		if head := opening(in, f); strings.Contains(head, "<html") &&
			(hasAny(head, facebookStyles...) || len(in.Find(facebookFolders...)) > 0) {
			return evidence.Maybe
		}
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (facebookArchive) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	seen := &noting{Sink: out}
	o := &owner{platform: platform{site: facebook.site, out: seen, at: metaDate(in)}}
	o.finding(
		evidence.Finding{Fact: evidence.FactAccount},
	) // the archive itself shows it, whatever of it can be read
	err := facebook.read(ctx, in, o)
	if !facebook.holds(in) {
		out.Problem(*evidence.NewProblem(in.Label, "error.evidence.no_account_pages"))
	}
	if o.user != "" || !o.since.IsZero() {
		o.account(o.user, o.since)
	}
	o.rest()
	if err == nil {
		o.noPhone(seen)
	}
	return err
}

func fbProfile(o *owner, v any) {
	prof := object(v)
	if prof == nil {
		return
	}
	o.paged = true
	o.named(text(prof["username"]))
	o.since = unix(prof["registration_timestamp"])
	emails := object(prof["emails"])
	for _, e := range items(emails["emails"]) {
		o.holds(text(e), evidence.PurposeSignIn, o.since)
	}
	for _, key := range []string{"previous_emails", "pending_emails", "ad_account_emails"} {
		for _, e := range items(emails[key]) {
			o.holds(text(e), evidence.PurposeUnknown, time.Time{})
		}
	}
	for _, n := range items(prof["phone_numbers"]) {
		p := object(n)
		number := scalar(p["phone_number"])
		if p == nil {
			number = scalar(n)
		}
		sure := evidence.Confirmed
		if verified, is := p["verified"].(bool); is && !verified {
			sure = evidence.Likely
		}
		o.holdsAs(sure, number, evidence.PurposeProfile, unix(p["creation_time"]))
	}
}

func fbVerified(o *owner, v any) {
	c := object(v)
	o.holds(text(c["contact"]), evidence.PurposeProfile, unix(c["verification_time"]))
}

func fbVerifiedLabel(o *owner, l label) {
	o.contact(evidence.Confirmed, l.field, l.value, evidence.PurposeProfile, time.Time{})
}

// fbRecord reads what the account's addresses and numbers were changed from and
// to: old ones are still known.
func fbRecord(o *owner, v any) {
	r := object(v)
	at := unix(pick(object(r["session"]), "created_timestamp", "timestamp"))
	extra := object(r["extra_info"])
	for key, first := range map[string]time.Time{"old_email": {}, "old_number": {}, "new_email": at, "new_number": at} {
		label := strings.ReplaceAll(key, "number", "phone")
		o.contact(evidence.Confirmed, label, text(extra[key]), evidence.PurposeUnknown, first)
	}
}

// fbUploaded reads the list of those who uploaded a contact list: every name
// counts.
func fbUploaded(o *owner, v any) { o.advertiser(text(v)) }

// metaAdvertiser reads the later, merged list. Only a company marked as having
// used a data file had the person on a list; a visit to its site or shop is use
// for advertising.
func metaAdvertiser(o *owner, v any) {
	a := object(v)
	if listed, _ := a["has_data_file_custom_audience"].(bool); listed {
		o.advertiser(text(a["advertiser_name"]))
	}
	o.ads = true
}

// metaAdvertiserLabel reads the newest layout: the first block is the list,
// whatever language its label is in.
func metaAdvertiserLabel(o *owner, l label) {
	if l.block == 0 && (!l.inner || l.isName()) {
		o.advertiser(l.value)
	}
	o.ads = true
}

// metaUse reads lists that show advertising by being there.
func metaUse(o *owner, _ any) { o.ads = true }

func metaUseLabel(o *owner, _ label) { o.ads = true }

// metaLead reads what the person wrote into forms of advertisers: the platform
// has it too.
func metaLead(o *owner, v any) {
	a := object(v)
	o.contact(evidence.Confirmed, text(a["label"]), text(a["value"]), evidence.PurposeAds, time.Time{})
}

func metaLeadLabel(o *owner, l label) {
	o.contact(evidence.Confirmed, l.field, l.value, evidence.PurposeAds, time.Time{})
}

func fbApp(o *owner, v any) {
	a := object(v)
	if text(a["category"]) != "removed" {
		o.linked(text(a["name"]), unix(a["added_timestamp"]))
	}
}

// fbAppLabel reads the name of an app; its label is in the person's language.
func fbAppLabel(o *owner, l label) {
	if l.isName() {
		o.linked(l.value, time.Time{})
	}
}

func fbLinkedAccount(o *owner, v any) {
	a := object(v)
	at := unix(a["linked_time"])
	o.holds(text(a["email"]), evidence.PurposeProfile, at)
	o.contact(evidence.Confirmed, "phone", text(a["phone_number"]), evidence.PurposeProfile, at)
	o.linked(text(a["service_name"]), at)
}

func fbAddressBook(o *owner, v any) {
	book := object(v)
	if list := items(book["address_book"]); list != nil {
		o.contacts += len(list)
	} else if book != nil { // the list itself, element by element
		o.contacts++
	}
}

// fbAutofill reads what the app offers to fill in: held, but perhaps typed once
// for somebody else.
func fbAutofill(o *owner, v any) {
	for key, list := range object(v) {
		switch key {
		case "EMAIL", "WORK_EMAIL", "PHONE", "WORK_PHONE":
			for _, x := range items(list) {
				o.contact(evidence.Possible, strings.ToLower(key), text(x), evidence.PurposeUnknown, time.Time{})
			}
		}
	}
}

// metaTwoFactorLabel reads numbers listed for sign-in codes. That two-factor is
// on does not say by which method, so it shows nothing else.
func metaTwoFactorLabel(o *owner, l label) {
	if !isNumber(l.field, l.value) {
		return
	}
	if id := o.number(l.value); !id.IsZero() {
		o.secondFactor(id)
	}
}
