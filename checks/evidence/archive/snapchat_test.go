package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

var snapchat = map[string]string{
	"json/account.json": `{"Basic Information":{"Username":"pat.doe","Name":"Pat","Creation Date":"2015-04-05 06:07:08 UTC","Registration IP":"192.0.2.1","Country":"FR","Email":"pat@mail.example","Phone Number":"+33639981234"},"Device Information":{"Make":"x","Phone Id":"0639980009"}}`,
	"json/account_history.json": `{"Display Name Change":[{"Date":"2020-01-01 00:00:00 UTC","Display Name":"Pat"}],"Email Change":[{"Date":"2021-02-03 04:05:06 UTC","Email Address":"old@mail.example"}],
		"Mobile Number Change":[{"Date":"2021-02-03 04:05:06 UTC","Mobile Number":"+33639980001"}],"Password Change":[{"Date":"2021-02-03 04:05:06 UTC"}],
		"Two-Factor Authentication":[{"Date":"2022-01-01 00:00:00 UTC","Event":"Enabled SMS"},{"Date":"2023-01-01 00:00:00 UTC","Event":"Enabled OTP"}]}`,
	"json/user_profile.json":   `{"App Profile":{"Country":"FR"},"Interest Categories":["Cooking"],"Off-Platform Sharing":[]}`,
	"json/connected_apps.json": `{"Login History":[{"App":"Old"}],"Permissions":[{"App":"Bitmoji","Time":"2020-01-02 03:04:05 UTC","Type":"Allowed"}],"Connected Applications":["Recipes"]}`,
	"json/friends.json":        `{"Friends":[{"Username":"ann","Display Name":"ann@mail.example"}]}`,
	"json/chat_history.json":   `{"ann":[{"Content":"+33639989999"}]}`,
	"html/account.html":        `<html><title>My Snapchat data</title><td>html@mail.example</td></html>`,
}

func TestSnapchat(t *testing.T) {
	r := scanBoth(t, snapchat,
		"snapchat.com account confirmed pat.doe sign-in",
		"snapchat.com ads-use confirmed advertising",
		"snapchat.com holds-email confirmed old@mail.example profile",
		"snapchat.com holds-email confirmed pat@mail.example profile",
		"snapchat.com holds-phone confirmed +33639980001 profile",
		"snapchat.com holds-phone confirmed +33639981234 profile",
		"snapchat.com linked confirmed Bitmoji", "Bitmoji linked likely snapchat.com",
		"snapchat.com linked confirmed Recipes", "Recipes linked likely snapchat.com",
		"snapchat.com phone-2fa confirmed second-factor",
		"snapchat.com totp-on confirmed")
	for _, f := range r.Findings {
		if f.Fact == "account" && f.First.Year() != 2015 {
			t.Errorf("opened %v", f.First)
		}
	}
}

// The last change of two-factor counts, whatever the order of the file.
func TestSnapchatTwoFactor(t *testing.T) {
	for changes, want := range map[string][]string{
		`{"Date":"2023-01-01 00:00:00 UTC","Event":"Disabled SMS"},{"Date":"2022-01-01 00:00:00 UTC","Event":"Enabled SMS"}`:                         nil,
		`{"Date":"2022-01-01 00:00:00 UTC","Event":"Enabled SMS"},{"Date":"2023-01-01 00:00:00 UTC","Event":"Disabled"}`:                             nil,
		`{"Date":"2022-01-01 00:00:00 UTC","Event":"Disabled OTP"},{"Date":"2023-01-01 00:00:00 UTC","Event":"Enabled OTP"}`:                         {"snapchat.com totp-on confirmed"},
		`{"Date":"2022-01-01 00:00:00 UTC","Event":"Enabled","Device":"iPhone"}`:                                                                     nil,
		`{"Date":"2022-01-01 00:00:00 UTC","Method":"SMS","Status":"Enabled"},{"Date":"2023-01-01 00:00:00 UTC","Method":"OTP","Status":"Disabled"}`: {"snapchat.com phone-2fa confirmed second-factor"},
	} {
		got := Lines(Scan(t, Folder(t, map[string]string{"account_history.json": `{"Email Change":[],"Two-Factor Authentication":[` + changes + `]}`})))
		Equal(t, got, append([]string{"snapchat.com account confirmed"}, want...))
	}
}

// Web pages only, empty lists, damage.
func TestSnapchatDamaged(t *testing.T) {
	r := Scan(t, Folder(t, map[string]string{
		"html/account.html":         `<html><head><title>My Snapchat data</title></head><table><tr><td>Username</td><td>pat.doe</td></tr><tr><td>Email</td><td>pat@mail.example</td></tr></table></html>`,
		"html/account_history.html": `<html><table><tr><th>Date</th><th>Mobile Number</th></tr><tr><td>2021</td><td>+33639981234</td></tr></table></html>`,
		"html/friends.html":         `<html><td>ann@mail.example</td></html>`,
	}))
	Equal(t, Lines(r), []string{"snapchat.com account confirmed pat.doe sign-in", "snapchat.com holds-email confirmed pat@mail.example profile", "snapchat.com holds-phone confirmed +33639981234 profile"})
	Equal(t, Problems(r), []string{"archive_html"})

	r = Scan(t, Folder(t, map[string]string{
		"json/account.json":         `{"Basic Information":["x"]}`,
		"json/account_history.json": `{"Email Change":[{"Date":"2021","Email Address":"pat@mail.example"},{"Date":`,
		"json/user_profile.json":    `{"Interest Categories":{},"Off-Platform Sharing":"None"}`,
		"json/connected_apps.json":  `{"Permissions":[7,null,{"App":9}]}`,
	}))
	Equal(t, Lines(r), []string{"snapchat.com account confirmed", "snapchat.com holds-email confirmed pat@mail.example profile"})
	Equal(t, Problems(r), []string{"damaged_member"})
}
