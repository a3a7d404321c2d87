package archive_test

import (
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

var microsoft = map[string]string{
	"ProductExport/SearchRequestsAndQuery.json": `[{"time":"2024-01-02T03:04:05Z","properties":{"query":"pat@mail.example"}}]`,
	"ProductExport/BrowsingHistory.csv":         "DateTime,Url\n2024-01-02,https://shop.example/?phone=%2B33639981234\n",
}

// Microsoft's archive holds what was searched, not whose it is.
func TestMicrosoft(t *testing.T) {
	everyForm(t, microsoft, []string{"microsoft.com account likely"}, nil)
	everyForm(t, map[string]string{"BrowsingHistory.csv": "DateTime,Url\n"}, nil, []string{"unknown_tree"})
}

const uberProfile = "First Name,Last Name,Email,Mobile,Rating,Sign-up date,Emergency contact phone\nPat,Doe,pat@mail.example,+33639981234,4.9,2017-02-03 04:05:06 +0000 UTC," + other + "\n"

var uber = map[string]string{
	"Uber Data/Account and Profile/profile_data.csv":    uberProfile,
	"Uber Data/Account and Profile/payment_methods.csv": "Issuer,Billing phone\nBank," + other + "\n",
	"Uber Data/Rider/trips_data.csv":                    "City,Product Type,Trip or Order Status,Request Time,Fare Amount\nTown,Car,COMPLETED,2020-01-02 03:04:05 +0000 UTC,9\n",
}

func TestUber(t *testing.T) {
	lines := []string{"uber.com account confirmed", "uber.com holds-email confirmed pat@mail.example profile", "uber.com holds-phone confirmed +33639981234 profile"}
	everyForm(t, uber, append([]string{lines[0]}, lines...), nil) // the trips say so too
	if f := scanned(t, Write(t, "profile_data.csv", uberProfile)).Findings; len(f) != 3 || f[0].First.Year() != 2017 {
		t.Errorf("the account is not from 2017: %v", f)
	}
	for what, c := range csvForms("Email,Mobile,Rating\npat@mail.example,0639981234,4.9\n") {
		t.Run(what, func(t *testing.T) { everyForm(t, map[string]string{"profile_data.csv": c}, lines, nil) })
	}
	everyForm(t, map[string]string{"profile_data.csv": "Email,Mobile,Rating\n"}, lines[:1], nil)
	everyForm(t, map[string]string{"profile_data.csv": "Email,Mobile,Rating\npat@mail.example\n\"" + strings.Repeat("x", 2<<20)}, lines[:2], []string{"damaged_member"})
	everyForm(t, map[string]string{"Rider/trips_data.csv": uber["Uber Data/Rider/trips_data.csv"]}, lines[:1], nil)
}

var airbnbPage = map[string]string{
	"user_data.html":          `<html><title>Airbnb personal data</title><h2>Profile</h2><dl><dt>Email</dt><dd>pat@mail.example</dd><dt>Phone number</dt><dd>+33639981234</dd><dt>Emergency contact phone</dt><dd>` + other + `</dd></dl></html>`,
	"attachments/message.txt": "call " + other,
}

const sheetHead = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`

// book is a workbook as Airbnb sends it: a read-me, a profile, messages.
func book(profile string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Read me" sheetId="1" r:id="rId1"/><sheet name="User Profile" sheetId="2" r:id="rId2"/><sheet name="Messages" sheetId="3" r:id="rId3"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Target="worksheets/sheet3.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>Your Airbnb data</t></si><si><t>Email</t></si><si><r><t>pat@</t></r><r><t>mail.example</t></r></si><si><t>Phone</t></si><si><t>+33639981234</t></si><si><t>Date of birth</t></si><si><t>Emergency contact</t></si><si><t>` + other + `</t></si></sst>`,
		"xl/worksheets/sheet1.xml":   sheetHead + `<row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml":   sheetHead + profile + `</sheetData></worksheet>`,
		"xl/worksheets/sheet3.xml":   sheetHead + `<row r="1"><c r="A1" t="s"><v>3</v></c><c r="B1" t="s"><v>7</v></c></row></sheetData></worksheet>`,
	}
}

var airbnbSheets = book(`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c></row><row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" t="s"><v>4</v></c></row>
	<row r="3"><c r="A3" t="s"><v>6</v></c></row><row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4" t="s"><v>7</v></c></row>`)

func TestAirbnb(t *testing.T) {
	soft := []string{"airbnb.com account confirmed", "airbnb.com holds-email likely pat@mail.example profile", "airbnb.com holds-phone likely +33639981234 profile"}
	sure := []string{soft[0], strings.Replace(soft[1], "likely", "confirmed", 1), strings.Replace(soft[2], "likely", "confirmed", 1)}
	everyForm(t, airbnbPage, soft, nil)
	everyForm(t, map[string]string{"json/user_data.json": `{"site":"airbnb.com","profile":{"email":"pat@mail.example","phoneNumbers":["+33639981234"],"emergencyContacts":[{"phone":"` + other + `"}],"phone":"N/A"}}`}, soft, nil)
	everyForm(t, airbnbSheets, sure, nil)
	across := book(`<row r="1"><c r="A1" t="s"><v>5</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c><c r="D1" t="s"><v>6</v></c></row>
		<row r="2"><c r="B2" t="inlineStr"><is><t>pat@mail.example</t></is></c><c r="C2" t="s"><v>4</v></c><c r="D2" t="s"><v>7</v></c></row>`)
	everyForm(t, map[string]string{"data/x": "y", "data/user_data.xlsx": string(Zip(t, across))}, sure, nil)
	everyForm(t, book(""), sure[:1], nil)
	broken := book("")
	broken["xl/worksheets/sheet2.xml"] = sheetHead + "<row"
	everyForm(t, broken, sure[:1], []string{"damaged_member"})
}

var paypal = map[string]string{
	"activity/Download.csv":       "\"Date\",\"Time\",\"Name\",\"Gross\",\"Fee\",\"Net\",\"From Email Address\",\"To Email Address\",\"Transaction ID\"\n\"1/2/2024\",\"03:04\",\"Friend\",\"1\",\"0\",\"1\",\"friend@mail.example\",\"pat@mail.example\",\"X\"\n",
	"profile/AccountProfile.json": `{"source":"PayPal","account":{"primaryEmail":"pat@mail.example","phones":[{"phone_number":"+33639981234","country_code":"33"}],"payerEmail":"friend@mail.example"}}`,
}

// A list of transactions names others: it shows the account and nobody.
func TestPayPal(t *testing.T) {
	lines := []string{"paypal.com account likely", "paypal.com holds-email likely pat@mail.example sign-in", "paypal.com holds-phone likely +33639981234 profile"}
	everyForm(t, paypal, lines, nil)
	for _, header := range []string{"Date,Heure,Avant commission,Net,Numéro de transaction", "Datum,Brutto,Netto,Absender E-Mail-Adresse,Transaktionscode"} {
		for what, c := range csvForms(header + "\n1,friend@mail.example,friend@mail.example,friend@mail.example,X\n") {
			t.Run(header+" "+what, func(t *testing.T) { everyForm(t, map[string]string{"Download.csv": c}, lines[:1], nil) })
		}
	}
	everyForm(t, map[string]string{"a.csv": paypal["activity/Download.csv"], "profile.html": "<p>PayPal</p><p>Phone: None</p>"}, lines[:1], nil)
	everyForm(t, map[string]string{"a.csv": paypal["activity/Download.csv"], "profile.json": `{"paypal"`}, lines[:1], []string{"damaged_member"})
}

var openai = map[string]string{
	"user.json":          `{"id":"user-1","email":"pat@mail.example","chatgpt_plus_user":false,"phone_number":"+33639981234"}`,
	"conversations.json": `[{"title":"x","mapping":{"a":{"message":{"content":{"parts":["call ` + other + `"]}}}}}]`,
	"chat.html":          "<html>" + other + "</html>",
}

func TestOpenAI(t *testing.T) {
	lines := []string{"openai.com account confirmed", "openai.com holds-email confirmed pat@mail.example sign-in", "openai.com holds-phone confirmed +33639981234 profile"}
	everyForm(t, openai, lines, nil)
	everyForm(t, map[string]string{"user.json": `[{"user":{"email":"pat@mail.example"},"chatgpt_plus_user":true}]`}, lines[:2], nil)
	everyForm(t, map[string]string{"user.json": `{"id":"user-1","email":"pat@mail.example","phone_number":null}`, "chat.html": "x"}, lines[:2], nil)
	everyForm(t, map[string]string{"user.json": `{"chatgpt_plus_user":true,"email":`}, lines[:1], []string{"damaged_member"})
	everyForm(t, map[string]string{"user.json": `{"chatgpt_plus_user":true,"email":["x"],"phone_number":{}}`}, lines[:1], nil)
}

var (
	tinder = map[string]string{"data.json": `{"Usage":{"app_opens":{"2020-01-01":3}},"Messages":[{"messages":[{"message":"` + other + `"}]}],
		"User":{"email":"pat@mail.example","phone_id":"33639980007","create_date":"2018-01-02T03:04:05.000Z"},"Purchases":{}}`}
	hinge = map[string]string{
		"user.json":    `{"preferences":{"age":"x"},"identity":{"phone_number":"+33639981234","email":"pat@mail.example","device_phone":"33639980008"},"account":{"signup_time":"2019-01-02 03:04:05"}}`,
		"matches.json": `[{"chats":[{"body":"` + other + `"}],"phone":"` + other + `"}]`,
	}
)

func TestDating(t *testing.T) {
	tinderLines := []string{"tinder.com account confirmed", "tinder.com holds-email confirmed pat@mail.example profile"}
	everyForm(t, tinder, tinderLines, nil)
	everyForm(t, hinge, []string{"hinge.co account confirmed", "hinge.co holds-email likely pat@mail.example profile", "hinge.co holds-phone likely +33639981234 profile"}, nil)
	everyForm(t, map[string]string{"data.json": `{"Usage":{"app_opens":{}},"Messages":[],"User":{"email":"pat@mail.example"`}, tinderLines[:1], []string{"damaged_member"})
	everyForm(t, map[string]string{"data.json": `{"User":{"email":null,"create_date":""},"Messages":[]}`}, tinderLines[:1], nil)
	for _, files := range []map[string]string{tinder, hinge} {
		for _, f := range scanned(t, Folder(t, files)).Findings {
			if f.Fact == "account" && f.First.IsZero() {
				t.Errorf("%s does not say since when", f.Site)
			}
		}
	}
}
