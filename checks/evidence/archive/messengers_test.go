package archive_test

import (
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

var whatsappPage = map[string]string{
	"index.html": `<html><head><style>` + strings.Repeat("p{color:red}", 1000) + `</style><title>WhatsApp</title></head><body><h1>Account Information</h1><table>
		<tr><td>Phone Number</td><td>+33 6 39 98 12 34</td></tr><tr><td>Registration date</td><td>2016-01-02 03:04:05 UTC</td></tr>
		<tr><td>Device model</td><td>33639980005</td></tr><tr><td>Two-step verification email</td><td>pat@safe.example</td></tr>
		<tr><td>Contact phone number</td><td>` + other + `</td></tr></table></body></html>`,
	"contacts.html": `<table><tr><td>Phone</td><td>` + other + `</td></tr></table>`,
}

var whatsappJSON = map[string]string{
	"account/registration_info.json": `{"product":"WhatsApp","registration":{"phone_number":"33639981234","registered_at":"2016-01-02T03:04:05Z","device":{"device_phone_model":"X"}},"email":null,
		"contacts":[{"phone_number":"` + other + `"}],"groups":{"admin_phone":"` + other + `"}}`,
	"account/contacts.json": `[{"phone_number":"` + other + `"}]`,
}

func TestWhatsApp(t *testing.T) {
	number := []string{"whatsapp.com account confirmed", "whatsapp.com holds-phone likely +33639981234 sign-in"}
	everyForm(t, whatsappPage, append([]string{"whatsapp.com holds-email likely pat@safe.example recovery"}, number...), nil)
	everyForm(t, whatsappJSON, number, nil)
	for _, f := range scanned(t, Folder(t, whatsappJSON)).Findings {
		if f.Fact == "account" && f.First.Year() != 2016 {
			t.Errorf("the account is from %v", f.First)
		}
	}
	everyForm(t, map[string]string{
		"index.html": `<h1>WhatsApp, informations du compte</h1><p>Numéro de téléphone : +33639981234</p>`, "settings.json": `{"a"`,
	}, number, []string{"damaged_member"})
	everyForm(t, map[string]string{"index.html": `<h1>WhatsApp account info</h1><p>Phone number:</p><p>N/A</p>`}, number[:1], nil)
}

// Of a folder with hundreds of files the report is not a part.
func TestWhatsAppElsewhere(t *testing.T) {
	files := map[string]string{"connected_whatsapp_information.json": `{"label":"WhatsApp registration","phone":"+33639981234"}`}
	for i := range 100 {
		files[strings.Repeat("p", i+1)+".txt"] = "x"
	}
	if got := Lines(scanned(t, Folder(t, files))); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

var telegram = map[string]string{
	"DataExport_2024-01-01/result.json": `{"about":"Here is the data you requested.","personal_information":{"user_id":1,"first_name":"Pat","phone_number":"+33 6 39 98 12 34","username":"@pat","bio":"call ` + other + `"},
		"profile_pictures":[{"a":{"b":[1,2,{"c":"d"}]}}],
		"contacts":{"about":"x","list":[{"first_name":"Ann","phone_number":"` + other + `"},{"first_name":"Ben","phone_number":"+33639989998"}]},
		"sessions":{"list":[{"last_ip":"192.0.2.1"}]},"web_sessions":{"list":[{"domain_url":"forum.example","bot_username":"forumbot"},{"app_name":"Games Example"},{"domain":""}]},
		"chats":{"list":[{"messages":[{"text":"my number is ` + other + `"`, // cut off where the chats are: they are not read
}

func TestTelegram(t *testing.T) {
	everyForm(t, telegram, []string{
		"telegram.org account confirmed pat sign-in", "telegram.org holds-phone confirmed +33639981234 sign-in", "telegram.org contact-upload confirmed contact-look-up x2",
		"telegram.org linked confirmed forum.example", "forum.example linked likely telegram.org",
		"telegram.org linked confirmed Games Example", "Games Example linked likely telegram.org",
	}, nil)
	everyForm(t, map[string]string{"result.json": `{"personal_information":{"phone_number":"12025550123","username":null},"contacts":{"list":[]},"web_sessions":{"list":[]}}`},
		[]string{"telegram.org account confirmed", "telegram.org holds-phone confirmed +12025550123 sign-in"}, nil)
	everyForm(t, map[string]string{"result.json": `{"personal_information":{"phone_number":"-","username":"null"},"chats":{}}`}, []string{"telegram.org account confirmed"}, nil)
	everyForm(t, map[string]string{"result.json": `{"personal_information":{"phone_number":"33639981234"},"contacts":{"list":[{`},
		[]string{"telegram.org account confirmed", "telegram.org holds-phone confirmed +33639981234 sign-in"}, []string{"damaged_member"})
	everyForm(t, map[string]string{"export_results.html": "<html><title>Exported Data</title><p>+33639981234</p></html>"}, []string{"telegram.org account confirmed"}, []string{"telegram_html"})
}
