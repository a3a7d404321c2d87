package outlook_test

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/outlook"
)

// macMail is one message as Outlook for Mac exports it.
func macMail(site, id, body string) string {
	return `<email xml:space="preserve"><OPFMessageCopyMessageID xml:space="preserve">` + html.EscapeString(id) + `</OPFMessageCopyMessageID>` +
		`<OPFMessageCopySubject>` + reset + `</OPFMessageCopySubject><OPFMessageCopySentTime>2023-11-14T22:13:19</OPFMessageCopySentTime>` +
		`<OPFMessageCopyFromAddresses><emailAddress OPFContactEmailAddressAddress="no-reply@` + site + `" OPFContactEmailAddressName="Caf&#233;" OPFContactEmailAddressType="0"/></OPFMessageCopyFromAddresses>` +
		`<OPFMessageCopyToAddresses><emailAddress><OPFContactEmailAddressAddress>pat@mail.example</OPFContactEmailAddressAddress></emailAddress></OPFMessageCopyToAddresses>` +
		`<OPFMessageCopySource>` + html.EscapeString(header(site, reset)) + `</OPFMessageCopySource>` +
		`<OPFMessageCopyBody>` + html.EscapeString(body) + "\x01</OPFMessageCopyBody></email>"
}

func macFile(mails ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><emails elementCount="1">` + strings.Join(mails, "\n") + `</emails>`
}

// An archive of Outlook for Mac shows each of its mails once, in folders that
// are what they are called; attachments are not looked into.
func TestMacArchive(t *testing.T) {
	const root = "Accounts/pat@mail.example/com.microsoft.__Messages/"
	shop := macMail("shop.example", "<1@shop.example>", "<html><p>Your number +33 6 39 98 01 42</p></html>")
	bank := macMail("bank.example", "", "plain +33639980142")
	r := own(t, Write(t, "a.olm", string(Zip(t, map[string]string{
		root + "Posteingang/message_00000.xml":      macFile(shop),
		root + "Posteingang/many.xml":               macFile(bank, macMail("forum.example", "<3@forum.example>", "x")),
		root + "Deleted Items/message_00000.xml":    macFile(macMail("binned.example", "<4@x>", "x")),
		root + "Spam/message_00000.xml":             macFile(macMail("junk.example", "<5@x>", "x")),
		root + "Posteingang/message_00009.xml":      "<emails><email><OPFMessageCopySubject>cut of",
		root + "com.microsoft.__Attachments/0.xml":  macFile(macMail("attached.example", "<6@x>", "x")),
		"Local/com.microsoft.__Messages/On/m_0.xml": strings.Replace(macFile(shop), "<emails", `<emails xmlns="http://schemas.microsoft.com/outlook/mac/2011"`, 1),
		"Categories.xml":                            "<categories/>",
	}))))
	got := Lines(r)
	for _, want := range []string{
		"shop.example " + confirmed, "shop.example holds-phone confirmed +33639980142",
		"bank.example " + confirmed, "bank.example holds-phone confirmed +33639980142", "forum.example " + confirmed,
	} {
		if !has(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	for _, site := range []string{"binned", "junk", "attached"} {
		if has(got, site) {
			t.Errorf("%s shows something: %q", site, got)
		}
	}
	Equal(t, Problems(r), []string{"damaged"})
	if s := r.Sources[0]; s.Format != "olm" || s.Items != 6 || s.Skipped != 3 || len(r.Sources) != 1 {
		t.Errorf("%+v", r.Sources)
	}
}

// FuzzMac holds the reader of Outlook for Mac's files to it: any bytes end.
func FuzzMac(f *testing.F) {
	f.Add(macFile(macMail("shop.example", "<1@x>", "x")))
	f.Add(fmt.Sprint("<email>", strings.Repeat("<a>", 100)))
	f.Fuzz(func(t *testing.T, text string) {
		const name = "Local/com.microsoft.__Messages/Inbox/m.xml"
		for _, imp := range outlook.Importers() {
			if imp.Format().Tree {
				in := evidence.Input{Label: "f", FS: fstest.MapFS{name: {Data: []byte(text)}}, Name: ".", Files: []string{name}}
				_ = imp.Read(t.Context(), in, &counted{})
			}
		}
	})
}
