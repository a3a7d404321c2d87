package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

// The first years kept everything at the root; files are split; a semicolon
// ends the assignment.
func TestXLayouts(t *testing.T) {
	want := []string{"x.com account confirmed pat sign-in", "x.com contact-upload confirmed contact-look-up x3", "x.com holds-email confirmed pat@mail.example sign-in"}
	files := map[string]string{
		"account.js":       `window.YTD.account.part0 = [ { "account" : { "email" : "pat@mail.example", "username" : "pat", "accountId" : "1", "createdAt" : "2011-02-03T04:05:06.000Z" } } ];`,
		"contact.js":       `window.YTD.contact.part0 = [ { "contact" : { "id" : "1", "emails" : [ "ann@mail.example" ] } }, { "contact" : { "id" : "2", "phoneNumbers" : [ "+33639989999" ] } } ]`,
		"contact-part1.js": `window.YTD.contact.part1 = [ { "contact" : { "id" : "3" } } ]`,
	}
	scanBoth(t, files, want...)
	// Scripts of other programs in the same place are left alone.
	files["site/contact.js"], files["site/account.js"] = "function contact() { return {}; }", "var a = 1"
	r := scanBoth(t, files, want...)
	Equal(t, Problems(r), []string{})
}

// Accounts of others that sign in here, apps that are connected, and which are
// X's own.
func TestXLinked(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"data/account.js": `window.YTD.account.part0 = [ ]`,
		"data/sso.js": `window.YTD.sso.part0 = [ { "sso" : { "ssoId" : "1", "ssoEmail" : "pat@mail.example", "associationMethodType" : "Signup", "createdAt" : "2022-01-02T03:04:05.000Z" } },
			{ "sso" : { "ssoId" : "2", "ssoEmail" : "", "associationMethodType" : "Google" } } ]`,
		"data/connected-application.js": `window.YTD.connected_application.part0 = [
			{ "connectedApplication" : { "organization" : { "name" : "Twitter, Inc.", "url" : "http://twitter.com" }, "name" : "Twitter for iPhone" } },
			{ "connectedApplication" : { "organization" : { "name" : "", "url" : "https://twitter.com/" }, "name" : "Twitter Web App" } },
			{ "connectedApplication" : { "organization" : { "name" : "Twitterrific Example", "url" : "https://app.example" }, "name" : "Bird" } },
			{ "connectedApplication" : { "organization" : { "name" : "y" }, "name" : "" } } ]`,
		"data/email-address-change.js": `window.YTD.email_address_change.part0 = [ { "emailAddressChange" : { "accountId" : "1", "emailChange" : { "changedAt" : "2015-01-02T03:04:05.000Z", "changedTo" : "first@mail.example" } } } ]`,
		"data/ni-devices.js":           `window.YTD.ni_devices.part0 = [ { "niDeviceResponse" : { "messagingDevice" : { "phoneNumber" : "", "deviceType" : "Auth" } } } ]`,
		"data/ad-engagements.js":       `window.YTD.ad_engagements.part0 = [ { "ad" : { "adsUserData" : { "adEngagements" : { "engagements" : [ { "impressionAttributes" : ` + impression("Shop Example", "Customer Match") + ` }, { "impressionAttributes" : ` + impression("Other", "Locations") + ` } ] } } } } ]`,
	}))
	Equal(t, Lines(r), []string{
		"x.com ads-use confirmed advertising", "x.com advertiser-list confirmed advertising Shop Example", "x.com holds-email confirmed first@mail.example",
		"x.com holds-email confirmed pat@mail.example sign-in", "x.com linked confirmed", "x.com linked confirmed Bird", "app.example linked likely x.com", "x.com linked confirmed Google", "google.com linked likely x.com", "x.com phone-2fa confirmed second-factor",
	})
}

// An archive of which only tweets are left shows the account, and that the rest is missing.
func TestXWithoutAccount(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{"data/tweets.js": x["data/tweets.js"]}))
	Equal(t, Lines(r), []string{"x.com account confirmed"})
	Equal(t, Problems(r), []string{"no_account_pages"})
}
