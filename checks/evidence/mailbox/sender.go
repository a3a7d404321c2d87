package mailbox

import (
	"slices"
	"strings"
	"unicode"

	"github.com/emersion/go-msgauth/authres"
	"golang.org/x/net/publicsuffix"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// sender is who really sent a mail, as far as it can be known.
type sender struct {
	domain string // organisational domain; "" when the mail proves nothing
	role   bool   // the local part is a service's, not a person's
	trust  evidence.Confidence

	pretends bool // its name or address looks like somebody else's
	relay    bool // it sends for others
}

// org reduces a host to its organisational domain.
func org(host string) string {
	d, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(strings.Trim(host, ". ")))
	if err != nil {
		return ""
	}
	return d
}

// trueSender follows the order of trust of the evidence formats, C.2: what the
// receiving provider has checked proves a domain; where it speaks and nothing
// passes, the mail proves nothing. Without it, an aligned DKIM signature is
// likely, a bare From only possible. A mailing service is never the sender, a
// forwarding alias is seen through, and who only looks like somebody is nobody.
func trueSender(h header, from, display, subject string) sender {
	host := domainOf(from)
	domain := org(host)
	var s sender
	switch {
	case domain == "":
		return sender{}
	case senderList().has["forwarding"][domain], hidden(from):
		s = relayed(h, from, display, domain)
		host, display = s.domain, "" // the alias rewrites the name as well
	case senderList().has["forums"][domain]:
		_, site := listID(h)
		s = sender{domain: org(site), role: true, trust: min(trust(h, domain), evidence.Likely)}
	case mailingService(domain):
		return checked(sender{domain: domain, role: isRole(from), trust: trust(h, domain), relay: true})
	default:
		s = sender{
			domain: domain,
			role:   isRole(from) || !identifier.FreeMail(domain) && inItsName(from, display, domain),
			trust:  trust(h, domain),
		}
	}
	if s.trust == evidence.ConfidenceNone || s.domain == "" || mailingService(s.domain) ||
		s.trust < evidence.Confirmed && freeReply(h, s.domain) {
		return sender{}
	}
	if looksAlike(host, s.domain) || hosted(s.domain) || baited(s.domain) || disguised(display, s.domain) ||
		impersonates(display, subject, s) {
		s.pretends = true
		return checked(s)
	}
	return s
}

// checked is a sender that counts only where the receiving provider has checked
// it, and nobody otherwise.
func checked(s sender) sender {
	if s.trust < evidence.Confirmed {
		return sender{}
	}
	return s
}

// hidden reports Apple's Hide My Email: an iCloud address longer than the 20
// characters that people can choose.
func hidden(from string) bool {
	local, host, _ := strings.Cut(from, "@")
	return host == "icloud.com" && len(local) > 20 && strings.Contains(local, "_at_")
}

// automatic reports mail systems that answer by themselves.
func automatic(from string) bool {
	local, _, _ := strings.Cut(from, "@")
	return local == "mailer-daemon" || local == "postmaster" || local == "dmarc-noreply" ||
		strings.HasPrefix(local, "noreply-dmarc")
}

// freeReply reports a sender whose answers go to a free mailbox of somebody
// else: a sign of a forged From.
func freeReply(h header, domain string) bool {
	addr, _ := address(h.first("reply-to"))
	d := org(domainOf(addr))
	return d != domain && identifier.FreeMail(d)
}

func trust(h header, domain string) evidence.Confidence {
	receiver := ""
	for i, field := range h["authentication-results"] {
		id, found := results(field)
		if i == 0 {
			receiver = provider(org(id))
		}
		if provider(org(id)) != receiver || !byReceiver(h, receiver) {
			break // somebody else's: anybody can write one
		}
		if c, speaks := authenticated(found, domain); speaks {
			return c
		}
	}
	if signed(h, domain) {
		return evidence.Likely
	}
	if v := strings.ToLower(h.first("received-spf")); strings.HasPrefix(v, "fail") ||
		strings.HasPrefix(v, "softfail") {
		return evidence.ConfidenceNone
	}
	return evidence.Possible
}

// signed reports a DKIM signature of the domain itself. It is not checked: keys
// of old mail are gone.
func signed(h header, domain string) bool { return slices.Contains(signers(h), domain) }

// signers are the organisations whose DKIM signatures a mail carries.
func signers(h header) (out []string) {
	for _, sig := range h["dkim-signature"] {
		for tag := range strings.SplitSeq(sig, ";") {
			if k, v, ok := strings.Cut(strings.TrimSpace(tag), "="); ok && strings.TrimSpace(k) == "d" {
				out = append(out, org(v))
			}
		}
	}
	return out
}

// results reads one Authentication-Results field (RFC 8601) and who wrote it.
// Outlook leaves its name out.
func results(field string) (id string, found []authres.Result) {
	if first, _, _ := strings.Cut(field, ";"); strings.Contains(first, "=") {
		field = "mail.protection.outlook.com; " + field
	}
	id, found, err := authres.Parse(field)
	if err != nil {
		return "", nil
	}
	return id, found
}

// byReceiver reports whether the field was written by who received the mail:
// the provider of the first host that the Received fields, newest first, name.
// Where they name none that can be compared, the topmost field is believed.
// Sources: RFC 8601 sections 1.2 and 5.
func byReceiver(h header, writer string) bool {
	for _, v := range h["received"] {
		_, by, ok := strings.Cut(" "+v, " by ")
		if !ok {
			continue
		}
		host, _, _ := strings.Cut(strings.TrimLeft(by, " "), " ")
		if own := provider(org(strings.Trim(host, ";[]()"))); own != "" && !internal(own) {
			return own == writer
		}
	}
	return true
}

// internal reports names of machines that nobody else can look up.
func internal(domain string) bool {
	tld := domain[strings.LastIndexByte(domain, '.')+1:]
	return tld == "internal" || tld == "local" || tld == "lan" || tld == "localdomain" ||
		strings.Trim(tld, "0123456789") == ""
}

// provider folds the domains one mail provider uses for its machines.
func provider(domain string) string {
	if p, ok := identifier.MailProviderOf(domain); ok {
		return p.ID
	}
	return domain
}

// authenticated tells what the results say of a domain, and whether they say
// anything about senders at all.
func authenticated(found []authres.Result, domain string) (c evidence.Confidence, speaks bool) {
	spf := false
	for _, r := range found {
		switch r := r.(type) {
		case *authres.DMARCResult:
			speaks = true
			if r.Value == authres.ResultFail {
				return evidence.ConfidenceNone, true
			}
			if r.Value == authres.ResultPass && org(domainIn(r.From)) == domain {
				c = evidence.Confirmed
			}
		case *authres.DKIMResult:
			speaks = true
			if r.Value == authres.ResultPass && (org(r.Domain) == domain || org(domainIn(r.Identifier)) == domain) {
				c = evidence.Confirmed
			}
		case *authres.SPFResult:
			speaks = true
			spf = spf || r.Value == authres.ResultPass && org(domainIn(r.From)) == domain
		}
	}
	if c == evidence.ConfidenceNone && spf {
		c = evidence.Likely
	}
	return c, speaks
}

func domainIn(s string) string {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		return s[i+1:]
	}
	return s
}

// listID splits "name <id>"; the id looks like a host.
func listID(h header) (name, id string) {
	v := h.first("list-id")
	lt, gt := strings.LastIndexByte(v, '<'), strings.LastIndexByte(v, '>')
	if lt < 0 || gt < lt {
		return "", strings.TrimSpace(v)
	}
	return v[:lt], v[lt+1 : gt]
}

// relayed recovers the sender behind a forwarding alias: from the field the
// service adds, from the rewritten address, or from the rewritten name. What a
// service forwards is at best likely: it checked the sender, not we.
func relayed(h header, from, display, relay string) sender {
	original := ""
	if v := h.first("x-simplelogin-original-from", "x-anonaddy-original-from-header"); v != "" {
		original, _ = address(v)
	}
	if original == "" {
		original = unaliased(from)
	}
	if original == "" {
		original = named(display)
	}
	if original == "" {
		return sender{}
	}
	t := evidence.Likely
	if len(h["authentication-results"]) > 0 {
		t = min(t, trust(h, relay))
	}
	return sender{domain: org(domainOf(original)), role: isRole(original), trust: t}
}

// unaliased undoes "no-reply_at_shop_example_x1@alias.example" (SimpleLogin,
// Apple) and "no-reply_at_shop.example_pat@duck.com" (DuckDuckGo).
func unaliased(from string) string {
	local, _, _ := strings.Cut(from, "@")
	who, site, ok := strings.Cut(local, "_at_")
	if !ok || who == "" {
		return ""
	}
	if strings.Contains(site, ".") {
		site, _, _ = strings.Cut(site, "_")
		return who + "@" + site
	}
	labels := strings.Split(site, "_")
	for n := len(labels); n >= 2; n-- { // the longest that ends like a domain: behind it is the alias's own tail
		host := strings.Join(labels[:n], ".")
		if suffix, icann := publicsuffix.PublicSuffix(host); icann && suffix != host {
			return who + "@" + host
		}
	}
	if len(labels) > 2 {
		labels = labels[:len(labels)-1]
	}
	return who + "@" + strings.Join(labels, ".")
}

// named takes an address out of a display name: "no-reply@shop.example [via
// Relay]" (Firefox Relay), "Shop - no-reply at shop.example" (SimpleLogin).
func named(display string) string {
	f := strings.Fields(strings.ToLower(display))
	for i, w := range f {
		w = strings.Trim(w, `"'<>()[],`)
		if strings.Count(w, "@") == 1 && org(domainOf(w)) != "" {
			return w
		}
		if w == "at" && i > 0 && i+1 < len(f) && strings.Contains(f[i+1], ".") {
			return strings.Trim(f[i-1], `"'<>()`) + "@" + strings.Trim(f[i+1], `"'<>()`)
		}
	}
	return ""
}

// isRole reports whether a local part is a service's.
func isRole(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	local = punctuation.Replace(local)
	return slices.ContainsFunc(senderList().Roles, func(w string) bool { return strings.Contains(local, w) })
}

var punctuation = strings.NewReplacer("-", "", "_", "", ".", "")

// inItsName reports a sender that writes as the site itself and not as somebody
// there: "Shop <pat7@shop.example>", "shop@shop.example", "Shop.example <x@shop.example>".
func inItsName(from, display, domain string) bool {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	name, _, _ := strings.Cut(domain, ".")
	name = plain(name)
	local, _, _ := strings.Cut(from, "@")
	shown := plain(display)
	return name != "" && (plain(local) == name || shown == name || shown == plain(domain))
}

// onlyRole reports a local part that is a service's and nothing else: at a free
// mailbox anybody can be "bank.service.77".
func onlyRole(addr string) bool {
	local, _, _ := strings.Cut(addr, "@")
	return slices.Contains(senderList().Roles, punctuation.Replace(local))
}

// hosted reports a name that a hosting service hands out to anybody.
func hosted(domain string) bool {
	suffix, icann := publicsuffix.PublicSuffix(domain)
	return !icann && strings.Contains(suffix, ".")
}

// baited reports a domain that calls itself safe: "secure-bank", "bank-login".
func baited(domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	parts := strings.Split(label, "-")
	return len(parts) > 1 && slices.ContainsFunc(parts, func(p string) bool { return senderList().has["lure"][p] })
}

// disguised reports a display name that is somebody else's address, or is
// written with letters that only look like letters.
func disguised(display, domain string) bool {
	for _, w := range strings.Fields(display) {
		if d := org(domainOf(strings.Trim(w, `"'<>()[],`))); d != "" && strings.Contains(w, "@") && d != domain {
			return true
		}
	}
	return strings.ContainsFunc(display, func(r rune) bool { return r >= 0x1d400 && r <= 0x1d7ff })
}
