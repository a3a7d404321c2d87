package imapbox

import (
	"slices"
	"strings"
)

// Provider is a mail provider and what it asks of a program that reads mail.
type Provider struct {
	Name    string
	Host    string // the IMAP server; "" where there is none to be reached
	Hint    string // text key: how to get the password, in one or two sentences
	Link    string // where that is done, https; "" where none is known
	Refusal string // text key of an error where reading is not possible; else ""

	hosts, domains []string
}

// Providers lists the known providers.
func Providers() []Provider {
	return []Provider{
		{
			Name: "Gmail", Host: "imap.gmail.com", Hint: "imap.hint.gmail", Link: "https://myaccount.google.com/apppasswords",
			hosts: []string{"imap.googlemail.com"}, domains: []string{"gmail.com", "googlemail.com"},
		},
		{
			Name: "iCloud", Host: "imap.mail.me.com", Hint: "imap.hint.icloud", Link: "https://account.apple.com",
			domains: []string{"icloud.com", "me.com", "mac.com"},
		},
		{
			Name: "Yahoo", Host: "imap.mail.yahoo.com", Hint: "imap.hint.yahoo", Link: "https://login.yahoo.com/account/security",
			domains: []string{"yahoo.com", "yahoo.fr", "yahoo.de", "yahoo.es", "yahoo.it", "yahoo.co.uk", "yahoo.ca", "yahoo.com.br", "ymail.com", "rocketmail.com"},
		},
		{
			Name: "AOL", Host: "imap.aol.com", Hint: "imap.hint.yahoo", Link: "https://login.aol.com/account/security",
			domains: []string{"aol.com", "aol.fr", "aol.de", "aol.co.uk"},
		},
		{
			Name: "Fastmail", Host: "imap.fastmail.com", Hint: "imap.hint.fastmail", Link: "https://app.fastmail.com/settings/security",
			domains: []string{"fastmail.com", "fastmail.fm"},
		},
		{
			Name: "GMX", Host: "imap.gmx.net", Hint: "imap.hint.gmx", Link: "https://www.gmx.net",
			domains: []string{"gmx.net", "gmx.de", "gmx.at", "gmx.ch"},
		},
		{
			Name: "GMX", Host: "imap.gmx.com", Hint: "imap.hint.gmx", Link: "https://www.gmx.com",
			domains: []string{"gmx.com", "gmx.fr", "gmx.es", "gmx.co.uk", "gmx.us"},
		},
		{Name: "WEB.DE", Host: "imap.web.de", Hint: "imap.hint.gmx", Link: "https://web.de", domains: []string{"web.de"}},
		{
			Name: "Outlook.com", Hint: "imap.hint.microsoft", Link: "https://account.microsoft.com/privacy", Refusal: "error.imap.microsoft",
			hosts:   []string{"outlook.office365.com", "imap-mail.outlook.com", "imap.outlook.com", "imap.hotmail.com", "outlook.com"},
			domains: []string{"outlook.com", "outlook.fr", "outlook.de", "outlook.es", "outlook.it", "hotmail.com", "hotmail.fr", "hotmail.de", "hotmail.es", "hotmail.it", "hotmail.co.uk", "live.com", "live.fr", "live.de", "live.co.uk", "live.nl", "live.it", "msn.com"},
		},
		{
			Name: "Proton", Hint: "imap.hint.proton", Link: "https://proton.me/support/proton-mail-export-tool", Refusal: "error.imap.proton",
			hosts:   []string{"127.0.0.1", "localhost", "imap.proton.me", "imap.protonmail.com"},
			domains: []string{"proton.me", "protonmail.com", "protonmail.ch", "pm.me"},
		},
	}
}

// ProviderOf returns the provider of an address.
func ProviderOf(address string) (Provider, bool) {
	_, domain, _ := strings.Cut(strings.ToLower(strings.TrimSpace(address)), "@")
	return find(func(p Provider) bool { return slices.Contains(p.domains, domain) })
}

// ProviderAt returns the provider behind a server's name.
func ProviderAt(host string) (Provider, bool) {
	host = strings.ToLower(strings.TrimSpace(host))
	return find(func(p Provider) bool { return host != "" && (p.Host == host || slices.Contains(p.hosts, host)) })
}

func find(is func(Provider) bool) (Provider, bool) {
	all := Providers()
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	return Provider{Hint: "imap.hint.other"}, false
}
