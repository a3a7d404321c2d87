package archive_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

var x = map[string]string{
	"data/manifest.js": `window.__THAR_CONFIG = {"userInfo":{"accountId":"1"},"archiveInfo":{"generationDate":"2024-03-01T10:00:00.000Z"}}`,
	"data/account.js":  `window.YTD.account.part0 = [ { "account" : { "email" : "pat@mail.example", "createdVia" : "web", "username" : "pat", "accountId" : "1", "createdAt" : "2011-02-03T04:05:06.000Z" } } ]`,
	"data/phone-number.js": `window.YTD.phone_number.part0 = [ { "device" : { "phoneNumber" : "+33639981234" } } ];
`,
	"data/email-address-change.js": `window.YTD.email_address_change.part0 = [ { "emailAddressChange" : { "accountId" : "1", "emailChange" : { "changedAt" : "2015-01-02T03:04:05.000Z", "changedFrom" : "old@mail.example", "changedTo" : "pat@mail.example" } } } ]`,
	"data/ni-devices.js": `window.YTD.ni_devices.part0 = [
		{ "niDeviceResponse" : { "messagingDevice" : { "phoneNumber" : "+33639981234", "deviceType" : "Auth", "createdDate" : "2017.05.06" } } },
		{ "niDeviceResponse" : { "messagingDevice" : { "phoneNumber" : "+33639980001", "deviceType" : "Full", "createdDate" : "2012.05.06" } } },
		{ "niDeviceResponse" : { "pushDevice" : { "deviceVersion" : "x", "token" : "secret" } } } ]`,
	"data/contact.js":               `window.YTD.contact.part0 = [ { "contact" : { "id" : "1", "emails" : [ "friend@mail.example" ], "phoneNumbers" : [ "+33639989999" ] } } ]`,
	"data/connected-application.js": `window.YTD.connected_application.part0 = [ { "connectedApplication" : { "organization" : { "name" : "" }, "name" : "Recipes", "approvedAt" : "2014-01-02T03:04:05.000Z" } } ]`,
	"data/personalization.js":       `window.YTD.personalization.part0 = [ { "p13nData" : { "demographics" : {}, "interests" : { "interests" : [], "audienceAndAdvertisers" : { "lookalikeAdvertisers" : [ "Similar Example" ], "advertisers" : [ "@shop", "@bank" ], "numAudiences" : "3" } } } } ]`,
	"data/ad-impressions.js":        `window.YTD.ad_impressions.part0 = [ { "ad" : { "adsUserData" : { "adImpressions" : { "impressions" : [ ` + impression("Listed Example", "List") + `,` + impression("Aged Example", "Age") + ` ] } } } } ]`,
	"data/ad-impressions-part1.js":  `window.YTD.ad_impressions.part1 = [ { "ad" : { "adsUserData" : { "adImpressions" : { "impressions" : [ ` + impression("Second Example", "Tailored audiences (lists)") + ` ] } } } } ]`,
	"data/tweets.js":                `window.YTD.tweets.part0 = [ { "tweet" : { "full_text" : "call me +33 6 39 98 55 55" } } ]`,
	"Your archive.html":             `<html></html>`,
}

func impression(advertiser, targeting string) string {
	return fmt.Sprintf(`{"advertiserInfo":{"advertiserName":%q},"matchedTargetingCriteria":[{"targetingType":%q,"targetingValue":"x"}]}`, advertiser, targeting)
}

var xLines = []string{
	"x.com account confirmed pat sign-in",
	"x.com ads-use confirmed advertising",
	"x.com advertiser-list confirmed advertising @bank",
	"x.com advertiser-list confirmed advertising @shop",
	"x.com advertiser-list confirmed advertising Listed Example",
	"x.com advertiser-list confirmed advertising Second Example",
	"x.com contact-upload confirmed contact-look-up",
	"x.com holds-email confirmed old@mail.example",
	"x.com holds-email confirmed pat@mail.example",
	"x.com holds-email confirmed pat@mail.example sign-in",
	"x.com holds-phone confirmed +33639980001 profile",
	"x.com holds-phone confirmed +33639981234 profile",
	"x.com holds-phone confirmed +33639981234 second-factor",
	"x.com linked confirmed Recipes", "Recipes linked likely x.com",
	"x.com phone-2fa confirmed +33639981234 second-factor",
}

// The founding story: number held, number given for sign-in codes, and who
// matched the person by a list; of nobody but the owner.
func TestX(t *testing.T) {
	Equal(t, Lines(Scan(t, Write(t, "twitter-2024.zip", string(Zip(t, x))))), xLines)
	Equal(t, Lines(Scan(t, Folder(t, x))), xLines)
	r := Scan(t, Folder(t, under("twitter-2024-01-01-abc/", x)))
	Equal(t, Lines(r), xLines)
	for _, f := range r.Findings {
		if f.Last.IsZero() {
			t.Errorf("%s does not say as of when: the manifest does", f.Fact)
		}
	}
}

// Empty lists show an account and nothing else; a damaged page is told and the
// others are read.
func TestXDamaged(t *testing.T) {
	bare := map[string]string{"data/account.js": x["data/account.js"], "data/phone-number.js": "window.YTD.phone_number.part0 = [ ]", "data/ni-devices.js": "window.YTD.ni_devices.part0 = [ ]"}
	Equal(t, Lines(Scan(t, Folder(t, bare))), []string{"x.com account confirmed pat sign-in", "x.com holds-email confirmed pat@mail.example sign-in"})
	for name, page := range map[string]string{"cut off": `window.YTD.phone_number.part0 = [ { "dev`, "not a list": `window.YTD.phone_number.part0 = {}`, "a web page": "<html>"} {
		bare["data/phone-number.js"] = page
		r := Scan(t, Folder(t, bare))
		if len(Lines(r)) != 2 {
			t.Errorf("%s: %q", name, Lines(r))
		}
		Equal(t, Problems(r), []string{"damaged_member"})
	}
}

func under(root string, files map[string]string) map[string]string {
	out := map[string]string{}
	for n, c := range files {
		out[root+n] = c
	}
	return out
}

const fbProfile = `{"profile_v2":{"name":{"full_name":"Pat Doe"},"emails":{"emails":["pat@mail.example"],"previous_emails":["old@mail.example"],"pending_emails":[],"ad_account_emails":[]},
	"registration_timestamp":1234567890,"username":"pat.doe","phone_numbers":[{"phone_type":"Mobile","phone_number":"+33639981234","verified":true}]}}`

// Three generations of layout, in folders of their time.
func TestFacebook(t *testing.T) {
	account := []string{
		"facebook.com account confirmed", "facebook.com account confirmed pat.doe sign-in", "facebook.com holds-email confirmed old@mail.example",
		"facebook.com holds-email confirmed pat@mail.example sign-in", "facebook.com holds-phone confirmed +33639981234 profile",
	}
	for name, c := range map[string]struct {
		files map[string]string
		more  []string
	}{
		"2018": {map[string]string{
			"profile_information/profile_information.json":                           strings.Replace(fbProfile, "profile_v2", "profile", 1),
			"ads/advertisers_who_uploaded_a_contact_list_with_your_information.json": `{"custom_audiences":["Shop Example","Caf\u00c3\u00a9 Example"]}`,
			"about_you/your_address_books.json":                                      `{"address_book":{"address_book":[{"name":"Friend","details":[{"contact_point":"+33639989999"}]}]}}`,
		}, []string{
			"facebook.com advertiser-list confirmed advertising Café Example", "facebook.com advertiser-list confirmed advertising Shop Example",
			"facebook.com contact-upload confirmed contact-look-up",
		}},
		"2022": {map[string]string{
			"profile_information/profile_information.json": fbProfile,
			"ads_information/advertisers_using_your_activity_or_information.json": `{"custom_audiences_all_types_v2":[
				{"advertiser_name":"Listed Example","has_data_file_custom_audience":true,"has_remarketing_custom_audience":false,"has_in_person_store_visit":false},
				{"advertiser_name":"Visited Example","has_data_file_custom_audience":false,"has_remarketing_custom_audience":true,"has_in_person_store_visit":true}]}`,
			"apps_and_websites_off_of_facebook/apps_and_websites.json": `{"installed_apps_v2":[{"name":"Recipes","added_timestamp":1500000000,"category":"active"},{"name":"Gone","added_timestamp":1,"category":"removed"}]}`,
		}, []string{
			"facebook.com ads-use confirmed advertising", "facebook.com advertiser-list confirmed advertising Listed Example", "facebook.com linked confirmed Recipes", "Recipes linked likely facebook.com",
		}},
		"2024": {map[string]string{
			"personal_information/profile_information/profile_information.json":   fbProfile,
			"ads_information/advertisers_using_your_activity_or_information.json": `{"media":[],"label_values":[{"label":"Une liste import\u00c3\u00a9e","vec":[{"value":"Caf\u00c3\u00a9 Example"}]},{"label":"Interactions","vec":[{"value":"Visited Example"}]}],"fbid":"1"}`,
			"security_and_login_information/two-factor_authentication.json":       `{"label_values":[{"label":"Phone","vec":[{"value":"+33 6 39 98 12 34"},{"value":"Authenticator app"}]}]}`,
			"personal_information/profile_information/contact_verifications.json": `{"contact_verifications_v2":[{"verification_time":1500000000,"contact":"+33639980001","contact_type":2}]}`,
		}, []string{
			"facebook.com ads-use confirmed advertising", "facebook.com advertiser-list confirmed advertising Café Example",
			"facebook.com holds-phone confirmed +33639980001 profile", "facebook.com phone-2fa confirmed +33639981234 second-factor",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			want := slices.Sorted(slices.Values(slices.Concat(account, c.more)))
			for _, path := range []string{Write(t, "facebook.zip", string(Zip(t, c.files))), Folder(t, under("facebook-patdoe/", c.files))} {
				got := Lines(Scan(t, path))
				slices.Sort(got)
				Equal(t, got, want)
			}
		})
	}
}

// A damaged page, a page of another shape and other people's numbers.
func TestFacebookDamaged(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"profile_information/profile_information.json": fbProfile[:100],
		"apps_and_websites/apps_and_websites.json":     `["unexpected", 3]`,
		"friends/friends.json":                         `{"friends_v2":[{"name":"Ann","phone_number":"+33639989999"}]}`,
	}))
	Equal(t, Lines(r), []string{"facebook.com account confirmed"})
	Equal(t, Problems(r), []string{"damaged_member"})
}
