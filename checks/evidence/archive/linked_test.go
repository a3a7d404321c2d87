package archive_test

import (
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

// An app or service that an archive lists as connected is a link here and a likely account there: by its site where its
// name or address tells it, else by its name, which may match the catalogue or is listed as unknown.
func TestLinkedIsAccount(t *testing.T) {
	for name, c := range map[string]struct {
		file, content string
		want          []string
	}{
		"facebook": {
			"apps_and_websites/apps_and_websites.json", `{"installed_apps_v2":[{"name":"Spotify","added_timestamp":1500000000,"category":"active"},{"name":"Left Example","category":"removed"},{"name":"Corner Bakery Quiz"}]}`,
			[]string{"facebook.com account confirmed", "facebook.com linked confirmed Spotify", "spotify.com linked likely facebook.com", "facebook.com linked confirmed Corner Bakery Quiz", "Corner Bakery Quiz linked likely facebook.com"},
		},
		"x": {
			"data/connected-application.js", `window.YTD.connected_application.part0 = [
				{"connectedApplication":{"organization":{"name":"Buffer Example","url":"https://www.buffer.example/about"},"name":"Buffer"}},
				{"connectedApplication":{"organization":{"name":"","url":"https://play.google.com/store/apps/x"},"name":"Chess Club"}},
				{"connectedApplication":{"organization":{"name":"Someone","url":"https://someone.github.io/"},"name":"Pocket for iPhone"}},
				{"connectedApplication":{"organization":{"name":"X Corp.","url":"https://x.com"},"name":"X for Websites"}}]`,
			[]string{"x.com account confirmed", "x.com linked confirmed Buffer", "buffer.example linked likely x.com", "x.com linked confirmed Chess Club", "Chess Club linked likely x.com", "x.com linked confirmed Pocket for iPhone", "Pocket linked likely x.com"},
		},
		"discord": {
			"user.json", `{"id":"1","username":"pat","email":"","avatar_hash":"","connections":[{"type":"leagueoflegends"},{"type":"domain","name":"pat.example"},{"type":"contacts"},{"type":"quizland"}]}`,
			[]string{"discord.com account confirmed pat sign-in", "discord.com linked confirmed leagueoflegends", "riotgames.com linked likely discord.com", "discord.com linked confirmed domain", "discord.com contact-upload confirmed contact-look-up", "discord.com linked confirmed quizland", "quizland linked likely discord.com"},
		},
		"snapchat": {
			"json/connected_apps.json", `{"Login History":[],"Permissions":[{"App":"Reddit","Time":"2020-01-02 03:04:05 UTC","Type":"ENABLED"}]}`,
			[]string{"snapchat.com account confirmed", "snapchat.com linked confirmed Reddit", "reddit.com linked likely snapchat.com"},
		},
		"instagram": {
			"apps_and_websites/active_apps.json", `{"apps_and_websites_active_apps":[{"title":"","string_map_data":{"App Name":{"value":"Twitch"}}}]}`,
			[]string{"instagram.com account confirmed", "instagram.com linked confirmed Twitch", "twitch.tv linked likely instagram.com"},
		},
		"linkedin": {
			"Permitted Services.csv", "Service,Permission Granted On\nMicrosoft,\"1/2/20, 3:04 PM\"\nHire Example,\"1/2/20, 3:04 PM\"\n",
			[]string{"linkedin.com account confirmed", "linkedin.com linked confirmed Microsoft", "microsoft.com linked likely linkedin.com", "linkedin.com linked confirmed Hire Example", "Hire Example linked likely linkedin.com"},
		},
		"apple": {
			"Apps Using Sign In with Apple.csv", "App Name,Created Date\ncom.example.shop.app,2022-03-04\nwww.forum.example,2022-03-04\n",
			[]string{"apple.com account confirmed", "apple.com linked likely com.example.shop.app", "com.example.shop.app linked likely apple.com", "apple.com linked likely www.forum.example", "www.forum.example linked likely apple.com"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{c.file: c.content}
			if name == "snapchat" {
				files["json/account.json"] = `{"Basic Information":{"Username":""}}`
			}
			if name == "linkedin" {
				files["Registration.csv"] = "Registered At,Registration Ip,Subscription Types\n"
			}
			Equal(t, Lines(Scan(t, Folder(t, files))), c.want)
		})
	}
}
