package mailbox

import (
	"slices"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"

	"unlisted/checks/evidence"
)

// sender is who really sent a mail, as far as it can be known.
type sender struct {
	domain string // organisational domain; "" when the mail proves nothing
	role   bool   // the local part is a service's, not a person's
	trust  evidence.Confidence
}

// org reduces a host to its organisational domain.
func org(host string) string {
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(strings.Trim(host, ". ")))
	if err != nil {
		return ""
	}
	return d
}

// trueSender follows the order of trust: the topmost Authentication-Results is
// the own provider's and the only one that cannot be forged; where it speaks and
// nothing passes, the mail proves nothing. Without one, an aligned DKIM
// signature is likely, a bare From only possible.
func trueSender(h header) sender {
	from, display := address(h.first("from"))
	if original := relayed(h, from); original != "" {
		return judge(sender{domain: org(domainOf(original)), role: isRole(original), trust: evidence.Likely}, display)
	}
	s := sender{domain: org(domainOf(from)), role: isRole(from)}
	if s.domain == "" || mailingServices[s.domain] {
		return sender{}
	}
	s.trust = trust(h, s.domain)
	return judge(s, display)
}

// judge drops senders that only look like somebody.
func judge(s sender, display string) sender {
	if s.trust == evidence.ConfidenceNone || s.domain == "" || looksAlike(s.domain) {
		return sender{}
	}
	if s.trust < evidence.Confirmed && impersonates(display, s.domain) {
		return sender{}
	}
	return s
}

func trust(h header, domain string) evidence.Confidence {
	if ar := h.first("authentication-results"); ar != "" {
		return authenticated(ar, domain)
	}
	for _, sig := range h["dkim-signature"] {
		for tag := range strings.SplitSeq(sig, ";") {
			if k, v, ok := strings.Cut(strings.TrimSpace(tag), "="); ok && strings.TrimSpace(k) == "d" && org(v) == domain {
				return evidence.Likely
			}
		}
	}
	return evidence.Possible
}

// authenticated reads one Authentication-Results field (RFC 8601).
func authenticated(field, domain string) evidence.Confidence {
	_, results, err := authres.Parse(field)
	if err != nil { // Outlook leaves the server's name out
		_, results, err = authres.Parse("unnamed.invalid; " + field)
	}
	if err != nil {
		return evidence.ConfidenceNone
	}
	best, spf := evidence.ConfidenceNone, false
	for _, r := range results {
		switch r := r.(type) {
		case *authres.DMARCResult:
			if r.Value == authres.ResultFail {
				return evidence.ConfidenceNone
			}
			if r.Value == authres.ResultPass && org(domainIn(r.From)) == domain {
				best = evidence.Confirmed
			}
		case *authres.DKIMResult:
			if r.Value == authres.ResultPass && (org(r.Domain) == domain || org(domainIn(r.Identifier)) == domain) {
				best = evidence.Confirmed
			}
		case *authres.SPFResult:
			spf = spf || r.Value == authres.ResultPass && org(domainIn(r.From)) == domain
		}
	}
	if best == evidence.ConfidenceNone && spf {
		return evidence.Likely
	}
	return best
}

func domainIn(s string) string {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		return s[i+1:]
	}
	return s
}

// relayed recovers the sender behind a forwarding alias, or "".
func relayed(h header, from string) string {
	if v := h.first("x-simplelogin-original-from", "x-anonaddy-original-from-header"); v != "" && aliasHosts[org(domainOf(from))] {
		addr, _ := address(v)
		return addr
	}
	local, host, _ := strings.Cut(from, "@")
	if !aliasHosts[org(host)] {
		return ""
	}
	who, site, ok := strings.Cut(local, "_at_")
	if !ok {
		return ""
	}
	if cut := strings.LastIndexByte(site, '_'); cut > 0 && strings.Count(site, "_") > 1 {
		site = site[:cut] // the alias's own random tail
	}
	return who + "@" + strings.ReplaceAll(site, "_", ".")
}

// aliasHosts forward mail under rewritten senders.
var aliasHosts = map[string]bool{
	"simplelogin.co": true, "simplelogin.com": true, "simplelogin.io": true, "slmail.me": true, "aleeas.com": true, "anonaddy.com": true, "anonaddy.me": true,
	"addy.io": true, "mozmail.com": true, "appleid.com": true, "duck.com": true,
}

// mailingServices send for others and are never the platform.
var mailingServices = map[string]bool{
	"amazonses.com": true, "sendgrid.net": true, "sendgrid.info": true, "mailgun.org": true, "mailgun.net": true, "mcsv.net": true, "mcdlv.net": true,
	"rsgsv.net": true, "list-manage.com": true, "mandrillapp.com": true, "sparkpostmail.com": true, "pmmailer.com": true, "mailjet.com": true,
	"sendinblue.com": true, "brevo.com": true, "exacttarget.com": true, "exct.net": true, "klaviyomail.com": true, "customeriomail.com": true,
	"intercom-mail.com": true, "zendesk.com": true, "freshdesk.com": true, "helpscout.net": true, "constantcontact.com": true, "ccsend.com": true,
	"createsend.com": true, "cmail19.com": true, "cmail20.com": true, "mailerlite.com": true, "discoursemail.com": true, "hubspotemail.net": true,
	"hubspot.net": true, "sailthru.com": true, "responsys.net": true, "bounce.email": true, "mtasv.net": true,
}

// freeMailers are written from by people; only a service's local part counts.
var freeMailers = map[string]bool{
	"gmail.com": true, "googlemail.com": true, "hotmail.com": true, "hotmail.fr": true, "outlook.com": true, "outlook.fr": true, "live.com": true, "live.fr": true,
	"msn.com": true, "yahoo.com": true, "yahoo.fr": true, "ymail.com": true, "icloud.com": true, "me.com": true, "mac.com": true, "aol.com": true, "gmx.de": true,
	"gmx.net": true, "gmx.com": true, "web.de": true, "t-online.de": true, "orange.fr": true, "wanadoo.fr": true, "free.fr": true, "sfr.fr": true, "neuf.fr": true,
	"laposte.net": true, "bbox.fr": true, "proton.me": true, "protonmail.com": true, "pm.me": true, "posteo.de": true, "posteo.net": true, "mailbox.org": true,
	"fastmail.com": true, "tutanota.com": true, "zoho.com": true, "yandex.ru": true, "mail.ru": true, "libero.it": true, "bluewin.ch": true, "skynet.be": true,
}

// isRole reports whether a local part is a service's.
func isRole(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	local = strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)
	return slices.ContainsFunc(roleWords, func(w string) bool { return strings.Contains(local, w) })
}

var roleWords = []string{
	"noreply", "donotreply", "nepasrepondre", "neparepondre", "keineantwort", "notification", "notify", "security", "securite", "sicherheit", "account", "compte",
	"verify", "confirm", "welcome", "bienvenue", "billing", "receipt", "invoice", "facture", "order", "commande", "support", "service", "info", "contact", "hello",
	"bonjour", "news", "newsletter", "team", "mail", "alert", "update", "marketing", "member", "customer", "client", "help", "auto",
}

// brands are names worth forging, with the domains that are really theirs
// although their label is not the bare name.
var brands = map[string][]string{
	"paypal": {"paypal-communication.com"}, "google": {"googlemail.com", "withgoogle.com", "googleblog.com"}, "facebook": {"facebookmail.com"},
	"instagram": nil, "twitter": nil, "amazon": {"amazonses.com"}, "apple": nil, "icloud": nil, "microsoft": {"microsoftonline.com"}, "outlook": nil,
	"netflix": nil, "spotify": {"spotifymail.com"}, "whatsapp": nil, "linkedin": nil, "dropbox": {"dropboxmail.com"}, "adobe": nil, "ameli": nil,
	"impots": nil, "leboncoin": nil, "vinted": nil, "doctolib": nil, "laposte": nil, "chronopost": nil, "colissimo": nil, "boursorama": {"boursorama-banque.com"},
	"revolut": nil, "coinbase": nil, "binance": nil, "discord": {"discordapp.com"}, "tiktok": nil, "snapchat": nil, "telegram": nil, "ebay": nil, "airbnb": {"airbnbmail.com"},
	"booking": nil, "uber": nil, "orange": nil, "sfr": nil, "bouygues": {"bouyguestelecom.fr", "bouygues-construction.com"}, "labanquepostale": nil, "creditagricole": nil,
	"societegenerale": nil, "bnpparibas": nil, "fedex": nil, "dhl": nil, "ups": nil,
}

// looksAlike reports whether a domain wears a brand's name without being its
// own: the brand as one part of a hyphenated label, or spelled with look-alike
// characters.
func looksAlike(domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	if strings.HasPrefix(label, "xn--") {
		return true // an accented brand is rarer than a forged one; this only drops proof
	}
	plain := strings.NewReplacer("0", "o", "1", "l", "3", "e", "5", "s", "rn", "m", "vv", "w").Replace(label)
	for brand, own := range brands {
		if slices.Contains(own, domain) || label == brand {
			continue
		}
		if plain == brand || slices.Contains(strings.Split(plain, "-"), brand) || len(brand) >= 6 && strings.HasPrefix(plain, brand) && strings.ContainsAny(label, "0123456789-") {
			return true
		}
	}
	return false
}

// impersonates reports whether the display name claims a brand that the domain
// is not.
func impersonates(display, domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	for _, w := range strings.FieldsFunc(fold(display), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if own, ok := brands[w]; ok && w != label && !slices.Contains(own, domain) && len(w) > 4 {
			return true
		}
	}
	return false
}
