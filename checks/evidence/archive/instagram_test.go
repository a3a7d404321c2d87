package archive_test

import (
	"maps"
	"slices"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

// The flat layout of 2018 to 2020; the people in contacts.json are counted only.
func TestInstagramFlat(t *testing.T) {
	scanBoth(t, map[string]string{
		"profile.json":         `{"biography":"call +33639989999","date_joined":"2014-05-06T07:08:09","email":"pat@mail.example","gender":"x","phone_number":"+33639981234","username":"pat.doe"}`,
		"account_history.json": `{"registration_info":{"registration_username":"pat","registration_email":"old@mail.example","registration_phone_number":"","ip_address":"192.0.2.1"},"login_history":[{"cookie_name":"x"}]}`,
		"contacts.json":        `[{"first_name":"Ann","contact":"ann@mail.example"},{"first_name":"Bob","contact":"+33639989998"}]`,
		"devices.json":         `{"devices":[{"phone_id":"0639980001"}]}`,
		"messages.json":        `[{"participants":["ann"],"conversation":[{"text":"ann@mail.example"}]}]`,
	},
		"instagram.com account confirmed pat.doe sign-in",
		"instagram.com contact-upload confirmed contact-look-up x2",
		"instagram.com holds-email confirmed old@mail.example",
		"instagram.com holds-email confirmed pat@mail.example sign-in",
		"instagram.com holds-phone confirmed +33639981234 profile")
}

const igPersonal = `{"profile_user":[{"title":"User Information","media_map_data":{},"string_map_data":{"Email":{"href":"","value":"pat@mail.example","timestamp":0},
	"Phone Number":{"href":"","value":"+33639981234","timestamp":0},"Phone Confirmed":{"value":"True"},"Phone Confirmation Method":{"value":"SMS"},"Username":{"value":"pat.doe"},
	"Name":{"value":"Pat"},"Bio":{"value":""},"Date of birth":{"value":"1990-01-02"},"Private Account":{"value":"False"}}}]}`

var igMembers = map[string]string{
	"personal_information.json":                           igPersonal,
	"profile_changes.json":                                `{"profile_profile_change":[{"title":"Profile Change","string_map_data":{"Changed":{"value":"Email"},"Previous Value":{"value":"old@mail.example"},"New Value":{"value":"pat@mail.example"},"Change Date":{"value":"","timestamp":1500000000}}},{"string_map_data":{"Changed":{"value":"Phone Number"},"Previous Value":{"value":""},"New Value":{"value":"+33639981234"},"Change Date":{"timestamp":1500000001}}},{"string_map_data":{"Changed":{"value":"Bio"},"Previous Value":{"value":"friend@mail.example"},"New Value":{"value":"hi"}}}]}`,
	"advertisers_using_your_activity_or_information.json": `{"ig_custom_audiences_all_types":[{"advertiser_name":"Caf\u00c3\u00a9 Example","has_data_file_custom_audience":true},{"advertiser_name":"Visited","has_data_file_custom_audience":false,"has_remarketing_custom_audience":true}]}`,
	"information_you've_submitted_to_advertisers.json":    `{"ig_lead_gen_info":[{"label":"Email","value":"form@mail.example"}]}`,
	"possible_emails.json":                                `{"inferred_data_inferred_emails":[{"title":"","string_list_data":[{"value":"maybe@mail.example"}]}]}`,
	"possible_phone_numbers.json":                         `{"inferred_data_inferred_phone_numbers":[{"string_list_data":[{"value":"+33639980009"},{"value":"+7"}]}]}`,
	"signup_information.json":                             `{"account_history_registration_info":[{"string_map_data":{"Email":{"value":"first@mail.example"},"Phone Number":{"value":""},"IP Address":{"value":"192.0.2.1"},"Time":{"timestamp":1400000000}}}]}`,
	"linked_meta_accounts.json":                           `{"profile_linked_meta_accounts":[{"string_map_data":{"Account type":{"value":"Facebook"},"Email address":{"value":"fb@mail.example"},"Phone number":{"value":""}}}]}`,
	"autofill_information.json":                           `{"ig_autofill_data":{"email":"typed@mail.example","tel":"0639980008","street_address":"1 rue"}}`,
	"active_apps.json":                                    `{"apps_and_websites_active_apps":[{"title":"","string_map_data":{"App Name":{"value":"Recipes"}}}]}`,
	"expired_apps.json":                                   `{"apps_and_websites_expired_apps":[{"title":"Printer","string_map_data":{"Expired on":{"timestamp":1600000000}}}]}`,
	"synced_contacts.json":                                `{"contacts_contact_info":[{"string_map_data":{"Contact Information":{"value":"ann@mail.example"}}},{"string_map_data":{"Contact Information":{"value":"+33639989999"}}}]}`,
	"your_activity_off_meta_technologies.json":            `{"apps_and_websites_off_meta_activity":[{"name":"shop.example","events":[]}]}`,
	"followers_1.json":                                    `[{"string_list_data":[{"value":"ann@mail.example"}]}]`,
}

var igLines = []string{
	"instagram.com account confirmed pat.doe sign-in",
	"instagram.com ads-use confirmed advertising",
	"instagram.com advertiser-list confirmed advertising Café Example",
	"instagram.com contact-upload confirmed contact-look-up x2",
	"instagram.com holds-email confirmed fb@mail.example profile",
	"instagram.com holds-email confirmed first@mail.example",
	"instagram.com holds-email confirmed form@mail.example advertising",
	"instagram.com holds-email possible maybe@mail.example",
	"instagram.com holds-email confirmed old@mail.example",
	"instagram.com holds-email confirmed pat@mail.example",
	"instagram.com holds-email confirmed pat@mail.example sign-in",
	"instagram.com holds-email possible typed@mail.example",
	"instagram.com holds-phone possible +33639980008",
	"instagram.com holds-phone possible +33639980009",
	"instagram.com holds-phone confirmed +33639981234",
	"instagram.com holds-phone confirmed +33639981234 profile",
	"instagram.com linked confirmed Facebook", "facebook.com linked likely instagram.com",
	"instagram.com linked confirmed Printer", "Printer linked likely instagram.com",
	"instagram.com linked confirmed Recipes", "Recipes linked likely instagram.com",
}

// The folders since 2021, which moved in 2024.
func TestInstagramFolders(t *testing.T) {
	old := map[string]string{
		"personal_information.json": "account_information/", "profile_changes.json": "account_information/", "advertisers_using_your_activity_or_information.json": "ads_and_businesses/",
		"information_you've_submitted_to_advertisers.json": "ads_and_businesses/", "possible_emails.json": "information_about_you/", "possible_phone_numbers.json": "information_about_you/",
		"signup_information.json": "login_and_account_creation/", "active_apps.json": "apps_and_websites/", "expired_apps.json": "apps_and_websites/",
	}
	recent := map[string]string{
		"personal_information.json": "personal_information/personal_information/", "profile_changes.json": "personal_information/personal_information/",
		"advertisers_using_your_activity_or_information.json": "ads_information/instagram_ads_and_businesses/",
		"signup_information.json":                             "security_and_login_information/login_and_profile_creation/",
		"your_activity_off_meta_technologies.json":            "apps_and_websites_off_of_instagram/apps_and_websites/",
	}
	for _, folders := range []map[string]string{old, recent} {
		files := map[string]string{}
		for name, content := range igMembers {
			files[folders[name]+name] = content
		}
		scanBoth(t, files, igLines...)
	}
	for _, name := range []string{"signup_details.json", "instagram_signup_details.json"} {
		got := Lines(Scan(t, Folder(t, map[string]string{name: igMembers["signup_information.json"]})))
		Equal(t, got, []string{"instagram.com account confirmed", "instagram.com holds-email confirmed first@mail.example"})
	}
}

// Labels in the person's language, doubly encoded, are known by their values; a
// number never confirmed is less sure; a birthday is no number.
func TestInstagramLanguages(t *testing.T) {
	for name, labels := range map[string]string{
		"fr": `"Adresse e-mail":{"value":"pat@mail.example"},"Num\u00c3\u00a9ro de t\u00c3\u00a9l\u00c3\u00a9phone":{"value":"+33639981234"},"Num\u00c3\u00a9ro de t\u00c3\u00a9l\u00c3\u00a9phone confirm\u00c3\u00a9":{"value":"False"},"Nom d\u00e2\u0080\u0099utilisateur":{"value":"pat.doe"},"Date de naissance":{"value":"1990-01-02"}`,
		"de": `"E-Mail-Adresse":{"value":"pat@mail.example"},"Telefonnummer":{"value":"06 39 98 12 34"},"Telefon best\u00c3\u00a4tigt":{"value":"False"},"Benutzername":{"value":"pat.doe"},"Geburtsdatum":{"value":"1990-01-02"}`,
		"es": `"Correo electr\u00c3\u00b3nico":{"value":"pat@mail.example"},"N\u00c3\u00bamero de tel\u00c3\u00a9fono":{"value":"+33639981234"},"Tel\u00c3\u00a9fono confirmado":{"value":"False"},"Nombre de usuario":{"value":"pat.doe"}`,
	} {
		t.Run(name, func(t *testing.T) {
			got := Lines(Scan(t, Folder(t, map[string]string{"account_information/personal_information.json": `{"profile_user":[{"string_map_data":{` + labels + `}}]}`})))
			Equal(t, got, []string{
				"instagram.com account confirmed pat.doe sign-in", "instagram.com holds-email confirmed pat@mail.example sign-in", "instagram.com holds-phone likely +33639981234 profile",
			})
		})
	}
	got := Lines(Scan(t, Folder(t, map[string]string{"personal_information.json": `{"profile_user":[{"string_map_data":{"\u00e3\u0083\u00a1\u00e3\u0083\u00bc\u00e3\u0083\u00ab":{"value":"pat@mail.example"},"\u00e9\u009b\u00bb":{"value":"+33639981234"}}}]}`})))
	Equal(t, got, []string{"instagram.com account confirmed", "instagram.com holds-email confirmed pat@mail.example profile", "instagram.com holds-phone confirmed +33639981234 profile"})
}

// The generic layout, which Facebook writes too: each platform reads its own.
func TestInstagramBesideFacebook(t *testing.T) {
	list := func(name string) string {
		return `{"label_values":[{"label":"Liste","vec":[{"value":"` + name + `"}]},{"label":"Interactions","vec":[{"value":"Visited"}]}]}`
	}
	ig := map[string]string{
		"ads_information/instagram_ads_and_businesses/advertisers_using_your_activity_or_information.json": list("Insta Shop"),
		"device_information/two-factor_authentication.json":                                                `{"label_values":[{"ent_field_name":"PhoneNumber","label":"Telefon","value":"+33639980001"},{"label":"State","value":"Enabled"}]}`,
	}
	fb := map[string]string{
		"profile_information/profile_information.json":                        `{"profile_v2":{"username":"fb.pat"}}`,
		"ads_information/advertisers_using_your_activity_or_information.json": list("Face Shop"),
	}
	igWant := []string{
		"instagram.com account confirmed", "instagram.com ads-use confirmed advertising", "instagram.com advertiser-list confirmed advertising Insta Shop",
		"instagram.com phone-2fa confirmed +33639980001 second-factor",
	}
	fbWant := []string{
		"facebook.com account confirmed", "facebook.com account confirmed fb.pat sign-in", "facebook.com ads-use confirmed advertising", "facebook.com advertiser-list confirmed advertising Face Shop",
	}
	Equal(t, Lines(Scan(t, Folder(t, ig))), igWant)
	Equal(t, Lines(Scan(t, Folder(t, fb))), fbWant)
	both := map[string]string{}
	maps.Copy(both, ig)
	maps.Copy(both, fb)
	got := Lines(Scan(t, Folder(t, both)))
	slices.Sort(got)
	Equal(t, got, slices.Sorted(slices.Values(slices.Concat(fbWant, igWant))))
}

// Web pages, empty lists, damage and other shapes.
func TestInstagramDamaged(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{"instagram-pat/personal_information/personal_information/personal_information.html": `<html><body><table><tr><td>Email</td><td>pat@mail.example</td></tr><tr><td>Username</td><td>pat.doe</td></tr></table></body></html>`}))
	Equal(t, Lines(r), []string{"instagram.com account confirmed pat.doe sign-in", "instagram.com holds-email confirmed pat@mail.example profile"})
	Equal(t, Problems(r), []string{"archive_html"})

	r = Scan(t, Folder(t, map[string]string{
		"personal_information.json":   igPersonal,
		"possible_emails.json":        `{"inferred_data_inferred_emails":[]}`,
		"possible_phone_numbers.json": `{"inferred_data_inferred_phone_numbers":[{"string_list_data":[{"value":"+33639980009"}]},{"str`,
		"profile_changes.json":        `{"profile_profile_change":{"string_map_data":[1,2]}}`,
		"linked_meta_accounts.json":   `[[[{"profile_linked_meta_accounts":7}]]]`,
		"active_apps.json":            `{"apps_and_websites_active_apps":null}`,
		"signup_details.json":         `{"account_history_registration_info":[{"string_map_data":{"Email":"pat","Time":{"timestamp":-5}}}]`,
	}))
	Equal(t, Lines(r), []string{
		"instagram.com account confirmed pat.doe sign-in", "instagram.com holds-email confirmed pat@mail.example sign-in",
		"instagram.com holds-phone possible +33639980009", "instagram.com holds-phone confirmed +33639981234 profile",
	})
	Equal(t, Problems(r), []string{"damaged_member", "damaged_member"})
}
