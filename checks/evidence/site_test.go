package evidence_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unlisted/checks/evidence"
)

func placesOf(value string) string {
	var out []string
	for _, p := range evidence.Places(value) {
		out = append(out, p.Host+p.App)
	}
	return strings.Join(out, " ")
}

// What people and programs save as an address names the site all the same; what
// is none names nothing.
func TestSavedAddresses(t *testing.T) {
	for value, want := range map[string]string{
		// As they should be.
		"https://shop.example/login": "shop.example", "HTTP://Shop.Example": "shop.example", "shop.example": "shop.example",
		"shop.example:8443/x": "shop.example", "https://shop.example.": "shop.example", "shop.example/": "shop.example",
		"https://shop.example:443:443/": "shop.example", "https://shop.example?x=1": "shop.example", "https://shop.example#a": "shop.example",
		// What a parser of addresses refuses.
		"https://shop.example/50%-off": "shop.example", "https://shop.example/?q=%zz&%": "shop.example", "shop.example/%": "shop.example",
		"https://shop.example/a b": "shop.example", "https://shop.example/\x7f": "shop.example", "https://sh%6fp.example/": "shop.example",
		"https%3A%2F%2Fshop.example%2Flogin%3Fx": "shop.example",
		// Signs of @.
		"shop.example/@pat": "shop.example", "www.shop.example/@pat/videos": "www.shop.example", "https://shop.example/@pat": "shop.example",
		"https://pat:p@ss@shop.example/x": "shop.example", "pat:secret@shop.example": "shop.example", "pat@shop.example/login": "shop.example",
		"https://pat@mail.example@shop.example/": "shop.example", "pat@mail.example": "", "mailto:pat@mail.example": "",
		// Schemes that lost something.
		"//shop.example/x": "shop.example", "https:/shop.example/x": "shop.example", "https:shop.example": "shop.example", "http//shop.example": "shop.example",
		`https:\\shop.example\x`: "shop.example", "https:// shop.example": "shop.example", "http://https://shop.example": "shop.example",
		"https://https//shop.example": "shop.example", "view-source:https://shop.example": "shop.example",
		"htps://shop.example/x": "shop.example", "ttps://shop.example": "shop.example", "htttps://shop.example": "shop.example", "https//:shop.example": "shop.example",
		"htp://shop.example": "shop.example", "httpss://shop.example": "shop.example", "ttp://shop.example": "", "ssh://shop.example": "", "tts://shop.example": "",
		// Ends of a name that lost their sign.
		"https://shop.example&x=1": "shop.example", "shop.example%zz": "shop.example", "https://shop.example%": "shop.example", "shop.example&co": "",
		"https：／／shop.example／login": "shop.example", "shop.example／login": "shop.example", "shop．example？x=1": "shop.example",
		// Quotes, brackets, punctuation, marks nobody sees.
		`"https://shop.example/signin"`: "shop.example", `""shop.example""`: "shop.example", "<https://shop.example>": "shop.example", "https://shop.example>": "shop.example",
		"'shop.example'": "shop.example", "(shop.example)": "shop.example", "“https://shop.example”": "shop.example", "https://shop.example,": "shop.example",
		"https://shop.example;": "shop.example", "https://shop.example)": "shop.example", "shop.example.": "shop.example", "`shop.example`": "shop.example",
		"\u200ehttps://shop.example\u202c": "shop.example", "shop\u200b.example": "shop.example", "\ufeffshop.example": "shop.example", "https://shop.example\u00a0": "shop.example",
		"shop。example": "shop.example", "https://shop.example/<br>": "shop.example", "URL: https://shop.example": "shop.example", "URL: shop.example": "shop.example",
		// Several in one field.
		"https://shop.example, https://bank.example": "shop.example bank.example", "https://shop.example,https://bank.example/x": "shop.example bank.example",
		"shop.example;bank.example": "shop.example bank.example", "shop.example bank.example": "shop.example bank.example", "shop.example|bank.example": "shop.example bank.example",
		"https://shop.example\nhttps://bank.example\r\nmail.example": "shop.example bank.example mail.example", "shop.example and bank.example": "shop.example bank.example",
		"https://shop.example/?a=1,https://bank.example/?b=2": "shop.example bank.example", "https://shop.example/,bank.example": "shop.example bank.example",
		"https://shop.example\t https://shop.example/": "shop.example", "shop.example, androidapp://com.bank.app": "shop.example com.bank.app",
		// Signs of separators in a path or query are part of it.
		"https://shop.example/a,b;c|d": "shop.example", "https://shop.example/x;jsessionid=1.ab": "shop.example", "https://shop.example/?scope=a,mail.readonly": "shop.example",
		"https://shop.example/@48.85,2.35,12z": "shop.example", "https://shop.example/a,b.html": "shop.example",
		// Patterns.
		".*shop.example": "shop.example", "https://.*shop.example": "shop.example", "*.shop.example": "shop.example", "https://*.shop.example/*": "shop.example", "*shop.example": "shop.example",
		"*://*.shop.example/*": "shop.example", `^https?://(www\.)?shop\.example/.*$`: "shop.example", `https?:\/\/([a-z0-9-]+\.)*shop\.example`: "shop.example",
		`(https?://)?(www\.)?shop\.example`: "shop.example", `^(.+\.)?shop\.example$`: "shop.example", `http(s)?://shop.example`: "shop.example", `https://[^/]+\.shop\.example/`: "shop.example",
		`(shop|bank)\.example`: "shop.example bank.example", `shop\.(example|test)`: "shop.example shop.test", "{shop,bank}.example": "shop.example bank.example",
		`https://\w+\.shop\.example:\d+`: "shop.example", "login*.shop.example": "shop.example", "*.co.uk": "", "google.*": "", ".*": "", "*": "",
		// Apps.
		"android://aB3-_==@com.shop.app/": "com.shop.app", "androidapp://com.shop.app": "com.shop.app", "android-app://com.shop.app/https/x": "com.shop.app",
		"iosapp://com.shop.app": "com.shop.app", "ios://com.shop.app/": "com.shop.app", "android://hash@": "", "androidapp://": "",
		// No websites.
		"": "", " ": "", "http://sn": "", "https://": "", "localhost:3000": "", "https://router/": "", "192.168.1.1": "", "http://10.0.0.1:8080/x": "", "https://[::1]/": "", "8.8.8.8": "",
		"nas.local": "", "https://printer.lan": "", "server.home.arpa": "", "chrome-extension://abcdef/x.html": "", "file:///C:/x.html": "", "about:logins": "", "javascript:alert(1)": "",
		"ftp://shop.example": "", "otpauth://totp/Shop?secret=x": "", "chrome://settings": "", `C:\Users\pat\notes.kdbx`: "", "chrome://FirefoxAccounts": "accounts.firefox.com",
		"My bank, the one with the blue card": "", "see the letter of shop.example": "", "report.pdf": "", "e.g. nothing": "", "1.2.3": "", "v1.0": "", "Node.j": "", "a..example": "", "-": "", ".": "",
		"sh$op.example": "", "sh!op.x.example": "", "shop.example$more": "", "sh op.": "",
		// Names in other scripts stay as they are written.
		"https://münchen.example/": "münchen.example", "пример.example": "пример.example", "xn--mnchen-3ya.example": "xn--mnchen-3ya.example",
	} {
		if got := placesOf(value); got != want {
			t.Errorf("%q names %q, want %q", value, got, want)
		}
	}
}

// Whatever stands around the address of a site, the site is found, and nothing
// else is.
func TestSavedAddressesDecorated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		host := rapid.StringMatching(`([a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\.){0,2}[a-z]([a-z0-9-]{0,9}[a-z0-9])?\.example`).Draw(t, "host")
		scheme := rapid.SampledFrom([]string{"", "https://", "http://", "HTTPS://", "//", "https:/", "http:\\\\", "https: //"}).Draw(t, "scheme")
		user := ""
		if scheme != "" {
			user = rapid.SampledFrom([]string{"", "pat@", "pat:s3cr@t!@", "pat%40mail.example:x@"}).Draw(t, "user")
		}
		port := rapid.SampledFrom([]string{"", ":443", ":8443", ":443:443"}).Draw(t, "port")
		tail := rapid.SampledFrom([]string{"", "/", "/@pat", "/100%-off", "/?q=%zz", "?a=b,c;d", "#x|y", "/a,b;c", "/x?u=pat@mail.example"}).Draw(t, "tail")
		around := rapid.SampledFrom([][2]string{{"", ""}, {`"`, `"`}, {"<", ">"}, {" ", "\n"}, {"\u200e", "\u200f"}, {"«", "»"}, {"\ufeff", ""}, {"'", "'"}}).Draw(t, "around")
		value := around[0] + scheme + user + host + port + tail + around[1]
		if got := placesOf(value); got != host {
			t.Fatalf("%q names %q, want %q", value, got, host)
		}
	})
}

// Whatever stands in a field, only names come out.
func TestSavedAddressesHostile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z.*()|\[\]{}\\/:?@ ,;<>"%^$+-]{0,60}`)).Draw(t, "value")
		for _, p := range evidence.Places(value) {
			if strings.ContainsAny(p.Host+p.App, " <>\"'`(){}[]|\\/:?@,;%^$+*\n\t") || p.Host == "" == (p.App == "") {
				t.Fatalf("%q names %+v", value, p)
			}
		}
	})
}
