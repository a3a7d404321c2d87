package archive_test

import (
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
)

// scanBoth scans files as a zip, and as a folder below another root, and
// expects the same lines of both.
func scanBoth(t *testing.T, files map[string]string, want ...string) evidence.Report {
	t.Helper()
	zipped := Scan(t, Write(t, "export.zip", string(Zip(t, files))))
	Equal(t, Lines(zipped), want)
	folder := Scan(t, Folder(t, under("parent/root-2024/", files)))
	for i := range folder.Findings {
		folder.Findings[i].Source = ""
	}
	Equal(t, Lines(folder), want)
	Equal(t, Problems(folder), Problems(zipped))
	return zipped
}

// Everything that shows the owner's own addresses and numbers, each only as
// sure as Facebook is.
func TestFacebookIdentifiers(t *testing.T) {
	scanBoth(t, map[string]string{
		"personal_information/profile_information/profile_information.json": `{"profile_v2":{"username":"pat.doe","emails":{"emails":["pat@mail.example"],"pending_emails":["new@mail.example"]},
			"phone_numbers":[{"phone_number":"+33639981234","verified":true,"creation_time":1500000000},{"phone_number":"+33639980002","verified":false},{"phone_number":"+7"},"+33639980003"]}}`,
		"security_and_login_information/email_address_verifications.json": `{"contact_verifications_v2":[{"contact":"second@mail.example","contact_type":2,"verification_time":1272035278}]}`,
		"security_and_login_information/record_details.json": `{"admin_records_v2":[
			{"event":"Email change","session":{"created_timestamp":1400000000},"extra_info":{"old_email":"old@mail.example","new_email":"pat@mail.example"}},
			{"event":"Phone change","session":{},"extra_info":{"old_number":"06 39 98 00 04","new_number":""}},{"event":"Password change","extra_info":[]}]}`,
		"ads_information/information_you've_submitted_to_advertisers.json":   `{"lead_gen_info_v2":[{"label":"Email","value":"form@mail.example"},{"label":"Phone number","value":"06 39 98 00 05"},{"label":"Post code","value":"75001"},{"label":"Order","value":"0639980006"}]}`,
		"personal_information/facebook_accounts_center/accounts_center.json": `{"accounts_center_v2":[{"service_name":"Instagram","username":"pat","email":"insta@mail.example","phone_number":"","linked_time":1600000000}]}`,
		"messages/autofill_information.json":                                 `{"autofill_information_v2":{"EMAIL":["pat@work.example"],"PHONE":["+33639980007"],"FULL_NAME":["Pat Doe"],"ADDRESS_LINE_1":["0639980008"]}}`,
		"other_personal_information/your_address_books.json":                 `{"address_book_v2":{"address_book":[{"name":"Ann","details":[{"contact_point":"+33639989999"}]},{"name":"Bob","details":[{"contact_point":"bob@mail.example"}]}]}}`,
		"friends_and_followers/your_friends.json":                            `{"friends_v2":[{"name":"Ann","contact_info":"ann@mail.example"}]}`,
	},
		"facebook.com account confirmed",
		"facebook.com account confirmed pat.doe sign-in",
		"facebook.com contact-upload confirmed contact-look-up x2",
		"facebook.com holds-email confirmed form@mail.example advertising",
		"facebook.com holds-email confirmed insta@mail.example profile",
		"facebook.com holds-email confirmed new@mail.example",
		"facebook.com holds-email confirmed old@mail.example",
		"facebook.com holds-email confirmed pat@mail.example",
		"facebook.com holds-email confirmed pat@mail.example sign-in",
		"facebook.com holds-email possible pat@work.example",
		"facebook.com holds-email confirmed second@mail.example profile",
		"facebook.com holds-phone likely +33639980002 profile",
		"facebook.com holds-phone confirmed +33639980003 profile",
		"facebook.com holds-phone confirmed +33639980004",
		"facebook.com holds-phone confirmed +33639980005 advertising",
		"facebook.com holds-phone possible +33639980007",
		"facebook.com holds-phone confirmed +33639981234 profile",
		"facebook.com linked confirmed Instagram", "instagram.com linked likely facebook.com")
}

// Advertisers in every layout, with every form of apostrophe: a list names its
// company, a visit is use for advertising, an advertiser is never an account.
func TestFacebookAdvertisers(t *testing.T) {
	for name, c := range map[string]struct{ file, content string }{
		"uploaded":   {"ads_information/advertisers_who_uploaded_a_contact_list_with_your_information.json", `{"custom_audiences_v2":["Caf\u00c3\u00a9 Example", "", "N/A"]}`},
		"flags":      {"ads_information/advertisers_using_your_activity_or_information.json", `{"custom_audiences_all_types_v2":[{"advertiser_name":"Caf\u00c3\u00a9 Example","has_data_file_custom_audience":true},{"advertiser_name":"Visited","has_data_file_custom_audience":false,"has_remarketing_custom_audience":true},{"advertiser_name":"Shop","has_in_person_store_visit":true}]}`},
		"mixed text": {"ads_information/advertisers_using_your_activity_or_information.json", `{"custom_audiences_all_types_v2":[{"advertiser_name":"Café Example","has_data_file_custom_audience":true}]}`},
		"labels":     {"ads_information/advertisers_using_your_activity_or_information.json", `{"media":[],"label_values":[{"label":"Een lijst","vec":[{"value":"Caf\u00c3\u00a9 Example"}]},{"label":"Interacties","vec":[{"value":"Visited"}]}],"fbid":"1"}`},
		"dict":       {"ads_information/advertisers_using_your_activity_or_information.json", `{"label_values":[{"label":"Una lista","vec":[{"dict":[{"ent_field_name":"Name","label":"Nombre","value":"Caf\u00c3\u00a9 Example"},{"label":"ID","value":"77"}]}]}]}`},
	} {
		lines := Lines(Scan(t, Folder(t, map[string]string{c.file: c.content, "profile_information/profile_information.json": fbProfile})))
		var got []string
		for _, l := range lines {
			if strings.Contains(l, "advertiser-list") {
				got = append(got, l)
			}
		}
		if len(got) != 1 || got[0] != "facebook.com advertiser-list confirmed advertising Café Example" {
			t.Errorf("%s: %q", name, got)
		}
	}
	for _, you := range []string{"you've", "you’ve", "you_ve", "youve"} {
		for file, content := range map[string]string{
			"ads_information/advertisers_" + you + "_interacted_with.json":           `{"history_v2":[{"title":"Clicked","action":"Clicked ad","timestamp":1}]}`,
			"ads_information/other_categories_used_to_reach_you.json":                `{"bcts":["Frequent travellers"]}`,
			"apps_and_websites_off_of_facebook/your_off-facebook_activity.json":      `{"off_facebook_activity_v2":[{"name":"shop.example","events":[]}]}`,
			"logged_information/activity/your_activity_off_meta_technologies.json":   `{"off_facebook_activity_v2":[{"name":"shop.example","events":[]}]}`,
			"logged_information/activity/B/your_activity_off_meta_technologies.json": `[{"label_values":[{"label":"Name","value":"shop.example"}]}]`,
		} {
			got := Lines(Scan(t, Folder(t, map[string]string{file: content, "profile_information/profile_information.json": `{"profile_v2":{}}`})))
			Equal(t, got, []string{"facebook.com account confirmed", "facebook.com ads-use confirmed advertising"})
		}
	}
}

// Connected apps in the newest layout, in three languages.
func TestFacebookApps(t *testing.T) {
	got := Lines(Scan(t, Folder(t, map[string]string{
		"profile_information/profile_information.json": `{"profile_v2":{}}`,
		"apps_and_websites_off_of_facebook/connected_apps_and_websites.json": `[{"label_values":[{"label":"Nom","value":"Caf\u00c3\u00a9 App"},{"label":"ID","value":"77"}]},
			{"label_values":[{"label":"Naam","value":"Recipes"}]},{"label_values":[{"ent_field_name":"Name","label":"\u00e5\u0090\u008d","value":"Shop"}]}]`,
	})))
	Equal(t, got, []string{"facebook.com account confirmed", "facebook.com linked confirmed Café App", "Café App linked likely facebook.com", "facebook.com linked confirmed Recipes", "Recipes linked likely facebook.com", "facebook.com linked confirmed Shop", "Shop linked likely facebook.com"})
}

// Of an export made as web pages addresses, numbers and advertisers are read,
// and the person is told that the other form holds more.
func TestFacebookPages(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"profile_information/profile_information.html": `<html><head><style>._a6-p{}</style><script>var x="a@b.example"</script></head><body><h1>Profile</h1>
			<table><tr><td class="_a6_q">Username</td><td class="_a6_r">pat.doe</td></tr>
			<tr><td colspan="2" class="_2pin _a6_q">Emails<div><div>pat@mail.example</div><div>second@mail.example</div></div></td></tr>
			<tr><td colspan="2" class="_a6_q">Phone numbers<div><div>+33 6 39 98 12 34</div></div></td></tr>
			<tr><td>T&eacute;l&eacute;phone</td><td>06 39 98 00 01</td></tr><tr><td>Birthday</td><td>06 39 98 00 02</td></tr>
			<tr><td>About me</td><td>write to friend@mail.example or call +33639989999</td></tr></table></body></html>`,
		"ads_information/advertisers_using_your_activity_or_information.html": `<html><div>A list uploaded or used by the advertiser</div><div>Caf&eacute; Example</div><div>Shop Example</div>
			<div>Interactions you may have had with the advertiser's website, app or store</div><div>Visited Example</div></html>`,
		"friends/your_friends.html": `<html><div>ann@mail.example</div></html>`,
	}))
	Equal(t, Lines(r), []string{
		"facebook.com account confirmed", "facebook.com account confirmed pat.doe sign-in", "facebook.com ads-use confirmed advertising",
		"facebook.com advertiser-list confirmed advertising Café Example", "facebook.com advertiser-list confirmed advertising Shop Example",
		"facebook.com holds-email confirmed pat@mail.example profile", "facebook.com holds-email confirmed second@mail.example profile",
		"facebook.com holds-phone confirmed +33639980001 profile", "facebook.com holds-phone confirmed +33639981234 profile",
	})
	Equal(t, Problems(r), []string{"archive_html"})
}

// The list of advertisers ends where its row or its sentence ends, in every
// language; a company without the sentence is not on the list.
func TestFacebookAdvertiserPages(t *testing.T) {
	for name, page := range map[string]string{
		"one text":   `<table><tr><td><div class="_2pin _a6-p">Acme</div></td></tr><tr><td><div>Une liste importée ou utilisée par l'annonceur : Shop Example</div></td></tr><tr><td><div>Initech</div></td></tr></table>`,
		"rows":       `<table><tr><td colspan="2">A list uploaded or used by the advertiser<div><div>Shop Example</div></div></td></tr><tr><td colspan="2">Interakcje, jakie mogły wystąpić<div><div>Visited</div></div></td></tr></table>`,
		"german":     `<div>Eine Liste, die vom Werbetreibenden hochgeladen oder verwendet wurde</div><div>Shop Example</div><div>Interaktionen, die du möglicherweise mit der Website des Werbetreibenden hattest</div><div>Visited</div>`,
		"apostrophe": `<div>Liste importée ou utilisée par l'annonceur</div><div>Shop Example</div><div>Interactions que vous avez pu avoir avec le site de l'annonceur</div><div>Visited</div>`,
	} {
		r := Scan(t, Folder(t, map[string]string{"ads_information/advertisers_using_your_activity_or_information.html": "<html>" + page + "</html>"}))
		t.Run(name, func(t *testing.T) {
			Equal(t, Lines(r), []string{"facebook.com account confirmed", "facebook.com ads-use confirmed advertising", "facebook.com advertiser-list confirmed advertising Shop Example"})
		})
	}
}

// The name of the archive says as of when it speaks.
func TestFacebookDate(t *testing.T) {
	r := Scan(t, Write(t, "facebook-patdoe-2024-05-01-AbC1.zip", string(Zip(t, map[string]string{"profile_information/profile_information.json": fbProfile}))))
	for _, f := range r.Findings {
		if got := f.Last.Format("2006-01-02"); got != "2024-05-01" {
			t.Errorf("%s: as of %s", f.Fact, got)
		}
	}
}

// Two archives in one folder are two accounts.
func TestFacebookTwice(t *testing.T) {
	got := Lines(Scan(t, Folder(t, map[string]string{
		"a/profile_information/profile_information.json": `{"profile_v2":{"username":"ann.doe","registration_timestamp":1234567890}}`,
		"b/profile_information/profile_information.json": `{"profile_v2":{"username":"pat.doe"}}`,
	})))
	Equal(t, got, []string{"facebook.com account confirmed", "facebook.com account confirmed ann.doe sign-in", "facebook.com account confirmed pat.doe sign-in"})
}

// What no export writes: other shapes, deep nesting, endless lists. Whatever can
// be read is kept.
func TestFacebookHostile(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"profile_information/profile_information.json":                  `{"profile_v2":{"username":7,"emails":["pat@mail.example"],"phone_numbers":{"a":1},"registration_timestamp":"x"}}`,
		"security/record_details.json":                                  `{"admin_records_v2":` + strings.Repeat("[", 100_000),
		"messages/autofill_information.json":                            `{"autofill_information_v2":` + strings.Repeat(`{"EMAIL":`, 5000) + "1",
		"ads/information_youve_submitted_to_advertisers.json":           `{"lead_gen_info_v2":[{"label":"Email","value":"pat@mail.example"},{"label":`,
		"apps_and_websites/apps_and_websites.json":                      `{"installed_apps_v2":[{"name":` + `"` + strings.Repeat("x", 1<<20) + `"}]}`,
		"ads/advertisers_using_your_activity_or_information.json":       `{"label_values":{"label":"x","vec":"y"}}`,
		"other/your_address_books.json":                                 `{"address_book_v2":[1,null,"x"]}`,
		"security/contact_verifications.json":                           "\x00\x01\x02",
		"security/email_address_verifications.json":                     "",
		"security_and_login_information/two-factor_authentication.json": `{"label_values":[{"ent_field_name":"State","label":"Status","value":"Enabled"},{"label":"Code","value":"0639980001"}]}`,
	}))
	lines := Lines(r)
	if len(lines) != 4 || lines[1] != "facebook.com account confirmed" || lines[2] != "facebook.com holds-email confirmed pat@mail.example advertising" || !strings.HasPrefix(lines[3], "facebook.com linked confirmed xxx") || len(lines[0]) > 300 || len(lines[3]) > 300 {
		t.Errorf("%.400q", lines)
	}
	if got := Problems(r); len(got) != 5 {
		t.Errorf("%d parts are damaged: %q", len(got), got)
	}
}

// Advertisers are counted: an endless list names no more than any real one.
func TestFacebookEndlessList(t *testing.T) {
	var b strings.Builder
	for i := range 6000 {
		b.WriteString(`"Company ` + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + `",`)
	}
	r := Scan(t, Folder(t, map[string]string{"ads/advertisers_who_uploaded_a_contact_list_with_your_information.json": `{"custom_audiences":[` + b.String() + `"Last"]}`}))
	if n := len(r.Findings); n > 5001 || n < 4000 {
		t.Errorf("%d findings", n)
	}
}

// An archive locked with a password shows nothing and says so.
func TestFacebookLocked(t *testing.T) {
	b := Zip(t, map[string]string{"profile_information/profile_information.json": fbProfile})
	for i := range len(b) - 10 { // set the flag of an encrypted member in both headers
		switch string(b[i : i+4]) {
		case "PK\x03\x04":
			b[i+6] |= 1
		case "PK\x01\x02":
			b[i+8] |= 1
		}
	}
	r := Scan(t, Write(t, "facebook.zip", string(b)))
	if len(r.Findings) > 0 {
		t.Errorf("%q", Lines(r))
	}
	Equal(t, Problems(r), []string{"encrypted_zip"})
}

// The web pages of the years up to 2018: contact details, apps, companies with a list; of the address book nothing.
func TestFacebookOldPages(t *testing.T) {
	nav := `<div class="nav"><ul><li><a href="../index.htm">Profile</a></li><li>Contact Info</li><li>Apps</li></ul></div>`
	contact := `<html><head><title>Pat Doe - Contact Info</title></head><body>` + nav + `<h1>Pat Doe</h1><h2>Contact Info</h2>
		<table><tr><th>Emails</th><td><ul><li>pat@mail.example</li><li>old@mail.example</li></ul></td></tr>
		<tr><th>Phones</th><td><ul><li>Mobile: +33 6 39 98 12 34</li><li>+33639980001 </li></ul></td></tr>
		<tr><th>Website</th><td><ul><li>https://pat.example</li></ul></td></tr></table>
		<h2>Address Book</h2><table><tr><th>Name</th><th>Phones</th></tr><tr><td>Ann</td><td><ul><li>Mobile: +33639989999</li></ul></td></tr>
		<tr><td>Ben</td><td><ul><li>ben@mail.example</li></ul></td></tr></table></body></html>`
	files := map[string]string{
		"html/contact_info.htm": contact,
		"html/apps.htm":         `<html><body>` + nav + `<h1>Pat Doe</h1><h2>Installed Apps</h2><ul><li>Spotify</li><li>Farm Example</li></ul><div class="footer">Downloaded by Pat Doe</div></body></html>`,
		"html/ads.htm":          `<html><body>` + nav + `<h2>Ads Topics</h2><ul><li>Cooking</li></ul><h2>Advertisers with your contact info</h2><ul><li>Shop Example</li></ul></body></html>`,
		"html/friends.htm":      `<html><body>` + nav + `<h2>Friends</h2><ul><li>ann@mail.example</li></ul></body></html>`,
		"index.htm":             `<html><body><ul><li><a href="html/contact_info.htm">Contact Info</a></li></ul><table><tr><th>Email</th><td>pat@mail.example</td></tr></table></body></html>`,
	}
	account := []string{
		"facebook.com account confirmed", "facebook.com holds-email confirmed pat@mail.example profile", "facebook.com holds-email confirmed old@mail.example profile",
		"facebook.com holds-phone confirmed +33639981234 profile", "facebook.com holds-phone confirmed +33639980001 profile",
	}
	more := []string{
		"facebook.com holds-email confirmed pat@mail.example profile", // the first page says so too
		"facebook.com linked confirmed Spotify", "spotify.com linked likely facebook.com", "facebook.com linked confirmed Farm Example", "Farm Example linked likely facebook.com",
		"facebook.com ads-use confirmed advertising", "facebook.com advertiser-list confirmed advertising Shop Example",
	}
	for name, r := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"whole":         {files, append(slices.Clone(account), more...)},
		"one deeper":    {under("facebook-patdoe/", files), append(slices.Clone(account), more...)},
		"one page":      {map[string]string{"contact_info.htm": contact}, account},
		"localised":     {map[string]string{"html/contact_info.htm": `<html><h2>Coordonnées</h2><table><tr><th>Adresses e-mail</th><td><ul><li>pat@mail.example</li></ul></td></tr><tr><th>Téléphones</th><td><ul><li>Portable : +33639981234</li></ul></td></tr></table></html>`}, []string{account[0], account[1], account[3]}},
		"the rest only": {map[string]string{"index.htm": `<html><a href="html/contact_info.htm">x</a></html>`, "html/timeline.htm": `<html>me@mail.example</html>`}, account[:1]},
	} {
		t.Run(name, func(t *testing.T) {
			got := Scan(t, Folder(t, r.files))
			Equal(t, slices.Compact(slices.Sorted(slices.Values(trimCounts(Lines(got))))), slices.Compact(slices.Sorted(slices.Values(r.want))))
			Equal(t, Problems(got), []string{"archive_html"})
		})
	}
}

// trimCounts leaves off how often something was seen.
func trimCounts(lines []string) []string {
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, " x2")
	}
	return lines
}

// Pages of the archive as web pages are known by their layout where only some are left, and those of others are not.
func TestFacebookSomePages(t *testing.T) {
	page := func(class, body string) string {
		return `<html><head><style>.x{}</style></head><body><div class="` + class + `">` + body + `</div></body></html>`
	}
	for name, html := range map[string]string{
		"contact_verifications.html": page("_a6-g", `<div>Contact</div><div>pat@mail.example</div>`),
		"record_details.html":        page("_2pin", `<div>Old email</div><div>old@mail.example</div>`),
		"apps_and_websites.html":     page("pam _3-95", `<h2>Installed apps</h2><ul><li>Spotify</li></ul>`),
	} {
		if lines := Lines(Scan(t, Folder(t, map[string]string{"kept/" + name: html}))); len(lines) < 2 || lines[0] != "facebook.com account confirmed" {
			t.Errorf("%s: %q", name, lines)
		}
	}
	Equal(t, Lines(Scan(t, Folder(t, map[string]string{"record_details.html": page("main", "<p>Old records</p>")}))), []string{})
}

// An archive of which only posts and chats are left is told by the name it has.
func TestMetaWithoutAccount(t *testing.T) {
	for _, site := range []string{"facebook", "instagram"} {
		files := map[string]string{site + "-pat-2024-05-01-AbC1/your_activity/posts/your_posts_1.json": `[{"data":[{"post":"call +33639989999 or ann@mail.example"}]}]`}
		for _, path := range []string{Folder(t, files), Write(t, site+"-pat-2024-05-01-AbC1 (1).zip", string(Zip(t, map[string]string{"posts/your_posts_1.json": "[]"})))} {
			r := Scan(t, path)
			if lines := Lines(r); len(lines) != 1 || lines[0] != site+".com account confirmed" {
				t.Errorf("%s: %q", site, lines)
			}
			Equal(t, Problems(r), []string{"no_account_pages"})
		}
	}
}
