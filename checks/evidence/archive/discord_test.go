package archive_test

import (
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const discordUser = `{"id":"175928847299117063","username":"pat","discriminator":"0","email":"pat@mail.example","phone":"+33639981234","verified":true,"mfa_enabled":true,"authenticator_types":[2,3],
	"connections":[{"type":"steam","name":"pat","id":"2"},{"type":"contacts","id":"x"}],"relationships":[{"id":"9","user":{"username":"ann","email":"ann@mail.example"}}],"payments":[{"email":"ann@mail.example"}]}`

// The folder is in the person's language; a single file is enough.
func TestDiscord(t *testing.T) {
	want := []string{
		"discord.com account confirmed pat sign-in",
		"discord.com contact-upload confirmed contact-look-up",
		"discord.com holds-email confirmed pat@mail.example sign-in",
		"discord.com holds-phone confirmed +33639981234 profile",
		"discord.com linked confirmed steam", "steampowered.com linked likely discord.com",
		"discord.com phone-2fa confirmed +33639981234 second-factor",
		"discord.com totp-on confirmed",
	}
	for _, folder := range []string{"account", "Account", "Konto", "Compte"} {
		scanBoth(t, map[string]string{
			folder + "/user.json": discordUser, "messages/c1/messages.json": `[{"Contents":"ann@mail.example"}]`, "servers/index.json": `{"1":"x"}`,
			folder + "/applications/1/application.json": `{"id":"1","email":"ann@mail.example","username":"bot"}`,
		}, want...)
	}
	r := Scan(t, Write(t, "user.json", discordUser))
	Equal(t, Lines(r), want)
	for _, f := range r.Findings {
		if f.Fact == "account" && f.First.Format("2006-01-02") != "2016-04-30" {
			t.Errorf("opened %v", f.First)
		}
	}
}

// The sample of the reference, nothing, damage, and files of others.
func TestDiscordDamaged(t *testing.T) {
	for content, want := range map[string][]string{
		`{"id":"1","username":"pat","email":"pat@mail.example","phone":"+12025550123","verified":true,"connections":[{"type":"steam","name":"pat","id":"2"}]}`: {
			"discord.com account confirmed pat sign-in", "discord.com holds-email confirmed pat@mail.example sign-in", "discord.com holds-phone confirmed +12025550123 profile", "discord.com linked confirmed steam", "steampowered.com linked likely discord.com",
		},
		`{"id":"1","username":"pat","email":"pat@mail.example","phone":null,"verified":false,"mfa":true,"connections":[]}`: {
			"discord.com account confirmed pat sign-in", "discord.com holds-email likely pat@mail.example sign-in", "discord.com totp-on likely",
		},
		discordUser[:strings.Index(discordUser, `"relationships"`)+30]: {
			"discord.com account confirmed pat sign-in", "discord.com contact-upload confirmed contact-look-up", "discord.com holds-email confirmed pat@mail.example sign-in",
			"discord.com holds-phone confirmed +33639981234 profile", "discord.com linked confirmed steam", "steampowered.com linked likely discord.com", "discord.com phone-2fa confirmed +33639981234 second-factor", "discord.com totp-on confirmed",
		},
		`{"id":{"a":[1]},"username":{"x":1},"email":7,"discriminator":null,"phone":{},"connections":[1,"x",null]}`: {"discord.com account confirmed"},
	} {
		Equal(t, Lines(Scan(t, Write(t, "user.json", content))), want)
	}
	for _, r := range []string{
		`{"id":"user-1","email":"pat@mail.example","chatgpt_plus_user":false,"phone_number":"+12025550123"}`,
		`[{"id":"1","username":"ann","email":"ann@mail.example","discriminator":"1"}]`,
	} {
		for _, l := range Lines(Scan(t, Write(t, "user.json", r))) {
			if strings.HasPrefix(l, "discord.com") {
				t.Errorf("not Discord's: %s", l)
			}
		}
	}
}
