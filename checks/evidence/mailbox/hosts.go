package mailbox

import (
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// aliasHosts forward mail under rewritten senders.
var aliasHosts = set(
	"simplelogin.co", "simplelogin.com", "simplelogin.io", "simplelogin.fr", "slmail.me", "slmails.com", "silomails.com", "aleeas.com", "8alias.com", "8shield.net", "dralias.com",
	"passmail.net", "passinbox.com", "passfwd.com", "anonaddy.com", "anonaddy.me", "addy.io", "addymail.com", "mozmail.com", "appleid.com", "duck.com",
)

// forumHosts run forums for others; the real site stands in List-Id.
var forumHosts = set("discoursemail.com")

// mailingServices send for others and are never the platform.
var mailingServices = set(
	"amazonses.com", "sendgrid.net", "sendgrid.info", "mailgun.org", "mailgun.net", "mailgun.info", "mcsv.net", "mcdlv.net", "rsgsv.net", "list-manage.com", "mailchimpapp.com",
	"mailchimpapp.net", "mandrillapp.com", "sparkpostmail.com", "sparkpost.com", "pmmailer.com", "postmarkapp.com", "mailjet.com", "sendinblue.com", "brevo.com", "exacttarget.com",
	"exct.net", "klaviyomail.com", "klaviyo.com", "customer.io", "customeriomail.com", "intercom-mail.com", "intercom.io", "zendesk.com", "freshdesk.com", "freshemail.io", "helpscout.net",
	"helpscoutapp.com", "constantcontact.com", "ccsend.com", "createsend.com", "braze.com", "appboy.com", "iterable.com", "iterablemail.com", "mailerlite.com", "mlsend.com",
	"sailthru.com", "responsys.net", "rsys.net", "bounce.email", "mtasv.net", "mktomail.com", "mktdns.com", "emarsys.net", "socketlabs.com", "activehosted.com", "cheetahmail.com",
)

// mailingService knows the families with numbered domains as well.
func mailingService(domain string) bool {
	if mailingServices[domain] || forumHosts[domain] {
		return true
	}
	label, _, _ := strings.Cut(domain, ".")
	if n, ok := strings.CutPrefix(label, "cmail"); ok && strings.Trim(n, "0123456789") == "" {
		return true // Campaign Monitor
	}
	return strings.HasPrefix(label, "hubspot") && domain != "hubspot.com"
}

// freeMailers are written from by people; only a service's local part counts.
var freeMailers = set(
	"gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "hotmail.de", "hotmail.es", "hotmail.it", "hotmail.co.uk", "outlook.com", "outlook.fr", "outlook.de", "outlook.es", "outlook.it",
	"live.com", "live.fr", "live.nl", "msn.com", "yahoo.com", "yahoo.fr", "yahoo.de", "yahoo.es", "yahoo.it", "yahoo.co.uk", "yahoo.com.br", "ymail.com", "icloud.com", "me.com", "mac.com",
	"aol.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.ch", "gmx.fr", "web.de", "freenet.de", "t-online.de", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net",
	"bbox.fr", "numericable.fr", "proton.me", "protonmail.com", "pm.me", "posteo.de", "posteo.net", "mailbox.org", "fastmail.com", "tutanota.com", "tuta.io", "zoho.com", "yandex.ru", "mail.ru",
	"libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "bluewin.ch", "skynet.be", "telenet.be", "ziggo.nl", "kpnmail.nl", "xs4all.nl", "uol.com.br", "bol.com.br", "terra.com.br",
	"sapo.pt", "comcast.net", "verizon.net", "att.net", "btinternet.com", "sky.com",
)

func set(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, v := range list {
		m[v] = true
	}
	return m
}

// brands are names worth forging, with the domains that are really theirs
// although their label is not the bare name.
var brands = map[string][]string{
	"paypal": {"paypal-communication.com"}, "google": {"googlemail.com", "withgoogle.com", "googleblog.com", "youtube.com", "gmail.com", "android.com"}, "facebook": {"facebookmail.com", "meta.com"},
	"instagram": {"facebookmail.com", "meta.com"}, "twitter": {"x.com"}, "amazon": {"amazonses.com", "amazonaws.com", "audible.com"}, "apple": {"icloud.com", "itunes.com", "me.com"},
	"icloud": {"apple.com", "me.com"}, "microsoft": {"microsoftonline.com", "outlook.com", "live.com", "office.com", "xbox.com"}, "outlook": {"microsoft.com", "live.com", "office.com"},
	"netflix": nil, "spotify": {"spotifymail.com"}, "whatsapp": {"facebookmail.com", "meta.com"}, "linkedin": nil, "dropbox": {"dropboxmail.com"},
	"adobe": {"adobesign.com", "echosign.com"}, "ameli": {"assurance-maladie.fr"}, "impots": {"finances.gouv.fr"}, "leboncoin": nil, "vinted": nil, "doctolib": nil,
	"laposte": {"notif-colissimo-laposte.info"}, "chronopost": nil, "colissimo": {"notif-colissimo-laposte.info", "laposte.fr"}, "boursorama": {"boursorama-banque.com", "boursobank.com"},
	"revolut": nil, "coinbase": nil, "binance": nil, "discord": {"discordapp.com"}, "tiktok": nil, "snapchat": nil, "telegram": nil, "ebay": {"kleinanzeigen.de"}, "airbnb": {"airbnbmail.com"},
	"booking": nil, "uber": nil, "orange": nil, "sfr": nil, "bouygues": {"bouyguestelecom.fr", "bouygues-telecom.fr", "bouygues-construction.com"}, "labanquepostale": nil,
	"creditagricole": {"credit-agricole.fr", "ca-paris.fr"}, "societegenerale": {"socgen.com"}, "bnpparibas": nil,
	"sparkasse": nil, "volksbank": nil, "commerzbank": nil, "deutschebank": {"deutsche-bank.de", "db.com"}, "santander": {"gruposantander.com"}, "bbva": nil, "caixabank": nil, "rabobank": nil, "abnamro": nil,
	"hsbc": nil, "barclays": nil, "wellsfargo": nil, "intesasanpaolo": nil, "unicredit": nil, "bradesco": nil, "docusign": nil, "postnl": nil, "correos": nil, "metamask": nil, "roblox": nil, "fedex": nil, "dhl": nil, "ups": nil,
}

// everyday are brands that are words as well: they say little in a sentence.
var everyday = set("orange", "booking", "apple", "outlook", "discord", "telegram", "uber")

// bait is what a forged domain or name puts beside a brand.
var bait = set(
	"secure", "security", "securite", "sicherheit", "seguridad", "support", "service", "services", "account", "accounts", "konto", "compte", "cuenta", "login", "signin", "verify", "verification",
	"confirm", "help", "billing", "alert", "alerts", "update", "team", "customer", "client", "kundenservice", "pay", "payment", "info", "center", "notification", "inc", "com",
)

// looksAlike reports whether a host wears a brand's name without being its own:
// the brand as a part of a hyphenated label or beside a word that baits, as a
// label in front of another domain, or spelled with look-alike characters.
func looksAlike(host, domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	if strings.HasPrefix(label, "xn--") || !isASCII(label) {
		return true // an accented brand is rarer than a forged one; this only drops proof
	}
	foreign := func(brand string) bool {
		own, ok := brands[brand]
		return ok && label != brand && !slices.Contains(own, domain)
	}
	plain := digits.Replace(label)
	parts := strings.Split(plain, "-")
	baited := slices.ContainsFunc(parts, func(p string) bool { return bait[p] })
	if slices.ContainsFunc(parts, func(p string) bool { return foreign(p) && (baited || len(parts) == 1 || !everyday[p]) }) {
		return true
	}
	front := strings.TrimSuffix(strings.ToLower(host), domain)
	if front != "" && slices.ContainsFunc(strings.Split(front, "."), func(p string) bool { return foreign(p) && !everyday[p] }) {
		return true
	}
	if foreign(brandShapes[skeleton(label)]) {
		return true
	}
	for _, brand := range longBrands {
		if (strings.HasPrefix(plain, brand) || strings.HasSuffix(plain, brand)) && foreign(brand) && (beside(plain, brand) || !everyday[brand] && strings.HasPrefix(plain, brand) && strings.ContainsAny(label, "0123456789-")) {
			return true
		}
	}
	return false
}

var (
	longBrands  = longOf(brands)       // too long to stand in other words by chance
	brandShapes = shapesOf(longBrands) // finds the brand that a label looks like
)

func longOf(brands map[string][]string) (long []string) {
	for b := range brands {
		if len(b) >= 6 {
			long = append(long, b)
		}
	}
	slices.Sort(long)
	return long
}

func shapesOf(brands []string) map[string]string {
	m := map[string]string{}
	for _, b := range brands {
		m[skeleton(b)] = b
	}
	return m
}

// beside reports "paypalsecurity" and "securepaypal".
func beside(label, brand string) bool {
	word, front := strings.CutPrefix(label, brand)
	if !front {
		var back bool
		if word, back = strings.CutSuffix(label, brand); !back {
			return false
		}
	}
	return bait[word]
}

var (
	digits = strings.NewReplacer("0", "o", "1", "l", "3", "e", "5", "s", "rn", "m", "vv", "w")
	shapes = strings.NewReplacer("0", "o", "1", "l", "i", "l", "3", "e", "5", "s", "rn", "m", "vv", "w", "-", "")
)

// skeleton is the same for spellings that look the same.
func skeleton(label string) string { return shapes.Replace(label) }

// impersonates reports a mail that claims a brand its sender is not. A sender
// that is not proven must not name one in the display name, or in the subject;
// a proven one may mention others, but not call itself by their name, nor write
// about an account there.
func impersonates(display, subject string, s sender) bool {
	label, _, _ := strings.Cut(s.domain, ".")
	foreign := func(w string) bool {
		own, ok := brands[w]
		return ok && len(w) > 3 && w != label && !slices.Contains(own, s.domain)
	}
	name := letters(display)
	if slices.ContainsFunc(name, foreign) {
		claims := !slices.ContainsFunc(name, func(w string) bool { return !bait[w] && !foreign(w) })
		if s.trust < evidence.Confirmed || claims && !(len(name) == 1 && everyday[name[0]]) {
			return true
		}
	}
	said := letters(subject)
	for i, w := range said {
		if !foreign(w) || everyday[w] {
			continue
		}
		if s.trust < evidence.Confirmed || i+1 < len(said) && accountWords[said[i+1]] || i > 0 && accountWords[said[i-1]] {
			return true
		}
	}
	return false
}

var accountWords = set("account", "accounts", "konto", "compte", "cuenta", "conta", "id", "password", "passwort", "kennwort", "wachtwoord", "contrasena", "senha")

// letters are the words of a text, folded.
func letters(s string) []string {
	if s == "" {
		return nil
	}
	return strings.FieldsFunc(fold(s), func(r rune) bool { return r < 'a' || r > 'z' })
}
