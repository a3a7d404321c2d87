package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

var linkedin = map[string]string{
	"Email Addresses.csv":        "Email Address,Confirmed,Primary,Updated On\npat@mail.example,Yes,Yes,\"5/1/24, 3:04 PM\"\nold@mail.example,No,No,Not Available\n",
	"PhoneNumbers.csv":           "Extension,Number,Type\n33,639981234,Mobile\n,06 39 98 00 01,Home\n33,33639980002,Work\n,,\n+1,2025550123,Mobile\n",
	"Whatsapp Phone Numbers.csv": "Number,Extension,Is_WhatsApp_Number\n639980003,33,true\n",
	"Registration.csv":           "Registered At,Registration Ip,Subscription Types\n\"2/3/11, 4:05 PM\",192.0.2.1,\n",
	"Ad_Targeting.csv":           "Member Age,Company Names,Company Names,Job Titles\n35-54,Shop; Bank,Other,Cook; Baker\n",
	"Inferences_about_you.csv":   "Category,Type of inference,Description,Inference\nAge,Demographic,x,35\n",
	"Ads Clicked.csv":            "Ad clicked Date,Ad Title/Id\n2024-01-02,77\n",
	"Connections.csv":            "Notes:\n\"When exporting, some addresses are missing\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nAnn,X,https://linkedin.example,ann@mail.example,Y,Z,01 Jan 2020\n",
	"ImportedContacts.csv":       "FirstName,LastName,Emails,PhoneNumbers\nAnn,X,ann@mail.example,+33639989999\nBob,Y,bob@mail.example,\n",
	"messages.csv":               "CONVERSATION ID,FROM,CONTENT\n1,Ann,call +33639989998\n",
}

// Numbers with the country code beside them, before them or nowhere; of the
// people imported only how many.
func TestLinkedIn(t *testing.T) {
	r := scanBoth(t, linkedin,
		"linkedin.com account confirmed",
		"linkedin.com ads-use confirmed advertising",
		"linkedin.com contact-upload confirmed contact-look-up x2",
		"linkedin.com holds-email likely old@mail.example profile",
		"linkedin.com holds-email confirmed pat@mail.example sign-in",
		"linkedin.com holds-phone confirmed +12025550123 profile",
		"linkedin.com holds-phone confirmed +33639980001 profile",
		"linkedin.com holds-phone confirmed +33639980002 profile",
		"linkedin.com holds-phone confirmed +33639980003 profile",
		"linkedin.com holds-phone confirmed +33639981234 profile")
	for _, f := range r.Findings {
		if f.Fact == "account" && f.First.Year() != 2011 {
			t.Errorf("opened %v", f.First)
		}
	}
}

// Saved again by a European spreadsheet; headers alone; a part that is no table;
// the same names from another program.
func TestLinkedInDamaged(t *testing.T) {
	got := Lines(Scan(t, Folder(t, map[string]string{
		"Email Addresses.csv": "\ufeffEmail Address;Confirmed;Primary;Updated On\r\r\npat@mail.example;Yes;Yes;\r\r\n",
		"PhoneNumbers.csv":    "Extension,Number,Type\n", "Ad_Targeting.csv": "Member Age,Company Names\n", "Contacts.csv": "FirstName,LastName,Emails\n",
		"Registration.csv": "Registered At,Registration Ip\n\"not a date,x\n",
	})))
	Equal(t, got, []string{"linkedin.com account confirmed", "linkedin.com holds-email confirmed pat@mail.example sign-in"})

	r := Scan(t, Folder(t, map[string]string{"Email Addresses.csv": linkedin["Email Addresses.csv"], "PhoneNumbers.csv": "\x00\x00\x00,\x00"}))
	Equal(t, Lines(r), []string{"linkedin.com account confirmed", "linkedin.com holds-email likely old@mail.example profile", "linkedin.com holds-email confirmed pat@mail.example sign-in"})
	Equal(t, Problems(r), []string{"damaged_member"})

	r = Scan(t, Folder(t, map[string]string{"contacts.csv": "Name,Emails\nAnn,ann@mail.example\n", "registration.csv": "Conference,Number\nX,1\n"}))
	Equal(t, Lines(r), []string{})
}
