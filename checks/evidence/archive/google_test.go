package archive_test

import (
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const subscriberInfo = `<!DOCTYPE html><html><head><style>li{color:red}</style></head><body><h1>SUBSCRIBER INFO</h1><ul>
<li>Google Account ID: 123456789012345678901</li><li>Name: Pat Doe</li><li><b>e-Mail:</b> pat.doe@gmail.example</li>
<li>Alternate e-Mails: pat@old.example, pat@older.example</li><li>Created on: 2009-03-04 05:06:07 Z</li>
<li>Terms of Service IP: 192.0.2.1</li><li>Services: Gmail, YouTube &amp; more</li><li>Deletion Date: </li><li>Last Logins: 2024-01-01 00:00:00 Z</li></ul>
<ul><li>Contact e-Mail: pat@mail.example</li><li>Recovery e-Mail: pat@safe.example</li><li>Recovery SMS: +33639981234 [FR]</li></ul>
<ul><li>User phone numbers: +33639981234 [FR], +33639980001 [FR]</li><li>2-Step Verification Phone Numbers: +33639981234 [FR]</li></ul></body></html>`

var google = map[string]string{
	"Takeout/Google Account/pat.doe.SubscriberInfo.html": subscriberInfo,
	"Takeout/Google Account/pat.doe.ChangeHistory.html": `<table><tr><th>Timestamp</th><th>IP</th><th>Change</th><th>Old</th><th>New</th></tr>
		<tr><td>2015-01-02 03:04:05 Z</td><td>192.0.2.1</td><td>Recovery phone changed</td><td></td><td>+33639980002</td></tr></table>`,
	"Takeout/Profile/Profile.json": `{"name":{"formattedName":"Pat Doe"},"displayName":"Pat","emails":[{"value":"pat.doe@gmail.example"}]}`,
	"Takeout/Chrome/Autofill.json": `{"Autofill":[{"name":"email","value":"pat@forms.example","usage_timestamp":[1,2,3]},{"name":"email","value":"friend@mail.example","usage_timestamp":[1]},{"name":"search","value":"+33639980004","usage_timestamp":[1,2,3,4]}],
		"Autofill Profile":[{"name_first":["Pat"],"phone_home_whole_number":["+33639980003"],"email_address":["pat@mail.example"]}]}`,
	"Takeout/Contacts/All Contacts.vcf": "BEGIN:VCARD\nTEL:" + other + "\nEND:VCARD\n",
}

func TestGoogle(t *testing.T) {
	everyForm(t, google, []string{
		"google.com account confirmed",
		"google.com holds-email confirmed pat.doe@gmail.example sign-in", "google.com holds-email confirmed pat.doe@gmail.example profile",
		"google.com holds-email confirmed pat@old.example sign-in", "google.com holds-email confirmed pat@older.example sign-in",
		"google.com holds-email confirmed pat@mail.example profile", "google.com holds-email confirmed pat@safe.example recovery",
		"google.com holds-phone confirmed +33639981234 recovery", "google.com holds-phone confirmed +33639981234 profile",
		"google.com holds-phone confirmed +33639980001 profile", "google.com holds-phone confirmed +33639981234 second-factor",
		"google.com phone-2fa confirmed +33639981234 second-factor", "google.com holds-phone likely +33639980002 recovery",
		"google.com linked confirmed Gmail", "google.com linked confirmed YouTube & more",
		"own likely pat.doe@gmail.example", "own likely +33639980003", "own likely pat@mail.example", "own possible pat@forms.example",
	}, nil)
	for _, f := range scanned(t, Folder(t, google)).Findings {
		if f.Fact == "account" && f.First.Format("2006-01-02") != "2009-03-04" {
			t.Errorf("the account is from %v", f.First)
		}
		if f.Identifier.Value == "+33639980002" && f.First.Format("2006-01-02") != "2015-01-02" {
			t.Errorf("the change is from %v", f.First)
		}
	}
}

// Labels in the person's language are read by their words, and where those are
// not known by the shape of what stands beside them.
func TestGoogleLanguages(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"french":  {`<li>Adresse e-mail : pat.doe@gmail.example</li><li>Adresse e-mail de récupération : pat@safe.example</li><li>Numéros de téléphone pour la validation en deux étapes : +33639981234 [FR]</li>`, "confirmed"},
		"german":  {`<li>E-Mail-Adresse: pat.doe@gmail.example</li><li>E-Mail-Adresse zur Kontowiederherstellung: pat@safe.example</li><li>Telefonnummern für die Bestätigung in zwei Schritten: +33639981234 [FR]</li>`, "confirmed"},
		"spanish": {`<li>Correo electrónico: pat.doe@gmail.example</li><li>Correo de recuperación: pat@safe.example</li><li>Teléfonos de la verificación en dos pasos: +33639981234 [FR]</li>`, "confirmed"},
	} {
		t.Run(name, func(t *testing.T) {
			everyForm(t, map[string]string{"Takeout/Compte/pat.SubscriberInfo.v2.html": "<html><ul>" + c.page + "</ul></html>"}, []string{
				"google.com account confirmed", "google.com holds-email confirmed pat.doe@gmail.example sign-in", "google.com holds-email confirmed pat@safe.example recovery",
				"google.com holds-phone confirmed +33639981234 second-factor", "google.com phone-2fa confirmed +33639981234 second-factor", "own likely pat.doe@gmail.example",
			}, nil)
		})
	}
	everyForm(t, map[string]string{"x.SubscriberInfo.html": "<ul><li>電話番号: +33639981234</li><li>メール: pat@mail.example</li><li>IP: 2001:db8::1</li></ul>"}, []string{
		"google.com account confirmed", "google.com holds-email likely pat@mail.example profile", "google.com holds-phone likely +33639981234 profile",
	}, nil)
}

// Empty lists show the account only; a damaged member is told and the others
// are read.
func TestGoogleDamaged(t *testing.T) {
	files := map[string]string{
		"Takeout/Google Account/pat.SubscriberInfo.html": "<ul><li>e-Mail: pat@gmail.example</li><li>Recovery e-Mail:</li><li>Recovery SMS: None</li><li>User phone numbers: </li></ul>",
		"Takeout/Chrome/Autofill.json":                   `{"Autofill":[{"name":`,
	}
	everyForm(t, files, []string{"google.com account confirmed", "google.com holds-email confirmed pat@gmail.example sign-in", "own likely pat@gmail.example"}, []string{"damaged_member"})
	files["Takeout/Chrome/Autofill.json"] = `{"Autofill":"` + strings.Repeat("x", 9<<20) + `"}`
	everyForm(t, files, []string{"google.com account confirmed", "google.com holds-email confirmed pat@gmail.example sign-in", "own likely pat@gmail.example"}, []string{"damaged_member"})
}
