package main

import (
	"slices"
	"strings"

	"unlisted/checks/catalog"
)

// factMethods maps the fact sheets' words to the catalogue's.
var factMethods = map[string]string{
	"sms": "sms", "call": "call", "email": "email", "totp": "totp", "passkey": "passkey", "security_key": "u2f",
	"push_app": "custom-software", "prompt": "custom-software", "device_prompt": "custom-software", "whatsapp": "sms",
}

func (b *builder) facts() {
	b.count("platform-facts", len(b.in.facts.Platforms))
	for _, f := range b.in.facts.Platforms {
		p := b.platform(catalog.Site(f.Domain))
		b.name(p, factName(f), "platform-facts")
		for _, d := range f.Domains {
			b.platform(catalog.Site(d))
		}
		if c := f.Confidence["methods"]; c != "unverified" {
			p.MethodsKnown = true
			for _, m := range f.Methods {
				addAll(&p.Methods, []string{factMethods[m]})
			}
		}
		p.TwoFactorDoc = f.Links["two_factor"]
		p.Exit, p.ExitSources = exit(f)
		b.source(p, "platform-facts", f.LastSourceDate)
	}
}

// exit derives the exit rating of a fact sheet. Facts marked unverified rate as
// unknown. "yes" with SMS among the sign-in methods and something to take its
// place is after-app; a number that the second factor itself needs is a
// fallback that stays; without SMS the number can simply go.
func exit(f recFact) (catalog.ExitRating, []catalog.SourceRef) {
	if f.Confidence["phone_removable"] == "unverified" {
		return catalog.ExitUnknown, nil
	}
	sms := slices.Contains(f.Methods, "sms") || slices.Contains(f.Methods, "call")
	rating := catalog.ExitUnknown
	switch f.PhoneRemovable {
	case "no":
		rating = catalog.ExitForced
	case "replace_only":
		rating = catalog.ExitReplaceOnly
	case "yes":
		switch {
		case f.NeededFor2FA != nil && *f.NeededFor2FA:
			rating = catalog.ExitForcedFallback
		case !sms:
			rating = catalog.ExitRemovable
		default:
			rating = catalog.ExitAfterApp
		}
	}
	if rating == catalog.ExitUnknown {
		return rating, nil
	}
	return rating, sources(f, "phone_removable")
}

func sources(f recFact, field string) []catalog.SourceRef {
	var out []catalog.SourceRef
	for _, u := range f.FieldSources[field] {
		ref := catalog.SourceRef{URL: u, Confidence: f.Confidence[field]}
		for _, s := range f.Sources {
			if s.URL == u {
				// The date of an undated page is not guessed.
				ref.Title, ref.Checked = s.Title, month(s.Date)
			}
		}
		out = append(out, ref)
	}
	return out
}

// added are the platforms that no data set knows. One that a data set knows by
// now is reported, to be taken off the list.
func (b *builder) added() {
	for _, r := range b.in.decisions.Platforms {
		d := catalog.Site(r.Domain)
		for _, m := range b.mentions[d] {
			if m.input != "decisions" && m.directory {
				b.conflict("%s: on our own list and in %s as well", d, m.input)
			}
		}
		for _, p := range b.of(r.record()) {
			b.nameIt(p, r.record())
			addAll(&p.Aliases, r.Aliases)
			addAll(&p.Categories, r.Categories)
			ref := catalog.SourceRef{URL: "https://" + r.Domain + "/", Confidence: "official"}
			p.Sources = append(p.Sources, ref)
		}
	}
}

func (b *builder) twoFA() {
	b.count("2fa", len(b.in.twoFA))
	for _, r := range b.in.twoFA {
		b.twoFARecord(r)
	}
}

// twoFARecord gives what a record knows to all its platforms: a sign-in that
// several share is the same for each of them.
func (b *builder) twoFARecord(r rec2FA) {
	for _, p := range b.of(r.record()) {
		b.nameIt(p, r.record())
		if fresh := strings.Join(p.Methods, " ") + "|"; p.MethodsKnown && !sameSet(p.Methods, r.Methods) {
			b.conflict("%s: methods %s%s", p.ID, fresh, strings.Join(r.Methods, " "))
		}
		if !hasSource(p, "platform-facts") {
			addAll(&p.Methods, r.Methods)
			p.MethodsKnown = true
		}
		b.setOnce(p, "2FA page", &p.TwoFactorDoc, r.Documentation)
		b.setOnce(p, "recovery page", &p.RecoveryDoc, r.Recovery)
		addAll(&p.Categories, r.Categories)
		addAll(&p.Regions, r.Regions)
		b.source(p, "2fa", r.Updated)
	}
}

func hasSource(p *catalog.Platform, set string) bool {
	return slices.ContainsFunc(p.Sources, func(s catalog.SourceRef) bool { return s.Title == set })
}

func sameSet(a, c []string) bool {
	a, c = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(c))
	return slices.Equal(a, c)
}

func (b *builder) passkeys() {
	b.count("passkeys", len(b.in.passkeys))
	for _, r := range b.in.passkeys {
		b.passkeyRecord(r)
	}
}

func (b *builder) passkeyRecord(r recPasskey) {
	for _, p := range b.of(r.record()) {
		b.nameIt(p, r.record())
		b.setOnce(p, "passwordless", &p.Passkey.Passwordless, r.Passwordless)
		b.setOnce(p, "passkey as second step", &p.Passkey.MFA, r.MFA)
		if r.Passwordless != "" || r.MFA != "" {
			addAll(&p.Methods, []string{"passkey"})
		}
		if p.Passkey.Manage == "" {
			p.Passkey.Manage = r.Documentation
		}
		b.setOnce(p, "recovery page", &p.RecoveryDoc, r.Recovery)
		addAll(&p.Categories, r.Categories)
		addAll(&p.Regions, r.Regions)
		b.source(p, "passkeys", r.Updated)
	}
}

// verified adds what was tried by hand and what sites publish themselves; both
// know the page where passkeys are managed better than a directory does.
func (b *builder) verified() {
	b.count("passkeys-verified", len(b.in.verified))
	for _, r := range b.in.verified {
		rec := r.record()
		for _, p := range b.of(rec) {
			if rec.fits(p.ID) != "" || slices.ContainsFunc(p.Domains, func(d string) bool { return rec.fits(d) != "" }) {
				b.nameIt(p, rec)
			} else { // the list names some services by a site that writes about them
				b.conflict("%s: not called %q (passkeys-verified), which does not fit", p.ID, r.Name)
			}
			b.setOnce(p, "passkey test", &p.Passkey.Tested, r.Status)
			if r.Status == "available" {
				addAll(&p.Methods, []string{"passkey"})
			}
			if r.Manage != "" {
				p.Passkey.Manage = r.Manage
			}
			b.source(p, "passkeys-verified", "2025")
		}
	}
	b.count("passkey-endpoints", len(b.in.endpoints))
	for _, r := range b.in.endpoints {
		p := b.platform(catalog.Site(clean(r.Domain)))
		if r.Manage != "" {
			p.Passkey.Manage = r.Manage
		}
		addAll(&p.Methods, []string{"passkey"})
		b.source(p, "passkey-endpoints", "2025-08-07")
	}
}

func (b *builder) links(set string, recs []recLink, field func(*catalog.Platform) *catalog.Link) {
	b.count(set, len(recs))
	for _, r := range recs {
		// One record may name several platforms; each of them gets it.
		for _, p := range b.of(r.record(set)) {
			b.nameIt(p, r.record(set))
			l := field(p)
			if l.URL == "" && l.Email == "" {
				*l = catalog.Link{URL: r.URL, Difficulty: r.Difficulty, Email: r.Email}
				if r.HomepageOnly {
					l.URL = "" // a start page leads nowhere in particular
				}
			} else if l.URL != r.URL && !r.HomepageOnly {
				b.conflict("%s: second %s link left out: %s", p.ID, set, r.URL)
			}
			b.source(p, set, r.Updated)
		}
	}
}

func (b *builder) passwords() {
	b.count("change-password", len(b.in.passwords))
	for _, r := range b.in.passwords {
		p := b.platform(catalog.Site(clean(r.Domain)))
		b.setOnce(p, "change-password page", &p.ChangePassURL, r.URL)
		b.source(p, "change-password", "2026-08-22")
	}
}

func (b *builder) contacts() {
	b.count("gdpr-contacts", len(b.in.contacts))
	for _, r := range b.in.contacts {
		rec := b.contactRecord(r)
		if len(rec.hosts) == 0 {
			why := "neither site nor mail"
			if r.Web != "" || r.Email != "" {
				why = "no site or mail that its name fits"
			}
			b.conflict("contact %q has %s: left out", r.Name, why)
			continue
		}
		for _, p := range b.of(rec) {
			b.nameIt(p, rec)
			if p.Contact != (catalog.Contact{}) {
				b.conflict("%s: second contact left out: %s", p.ID, r.Name)
				continue
			}
			p.Contact = catalog.Contact{Name: r.Name, Email: r.Email, Webform: r.Webform, Address: r.Address}
			addAll(&p.Categories, r.Categories)
			b.source(p, "gdpr-contacts", r.Updated)
		}
	}
}

// decide adds what is kept by hand: other names, mailboxes, carriers, accounts
// that are the number.
func (b *builder) decide() {
	d := b.in.decisions
	for _, id := range sortedKeys(d.Aliases) {
		if p, ok := b.platforms[id]; ok {
			addAll(&p.Aliases, d.Aliases[id])
		}
	}
	for category, ids := range map[string][]string{"email": d.Mailboxes, "telecom": d.Carriers} {
		for _, id := range ids {
			p := b.platform(catalog.Site(id))
			addAll(&p.Categories, []string{category})
		}
	}
	for _, id := range d.NumberIsAccount {
		p := b.platform(catalog.Site(id))
		p.NumberIsID = true
	}
	for id := range d.Families { // domains the data sets do not know
		for _, h := range d.Families[id] {
			b.platform(catalog.Site(h))
		}
	}
	for _, host := range sortedKeys(catalog.SharedHosts()) {
		operator := b.root(catalog.Site(catalog.SharedHosts()[host]))
		if b.platforms[b.anchors[operator]] != nil && b.root(host) == operator {
			b.platform(host) // what is not a customer's there is the operator's
		}
	}
	for _, p := range b.platforms {
		if p.Name == "" {
			p.Name = p.ID
			if len(p.Domains) > 1 { // one of several country sites is not the name of all
				p.Name = brandLabel(p.ID)
			}
		}
		slices.Sort(p.Domains[1:])
		slices.Sort(p.Categories)
		slices.Sort(p.Methods)
	}
}
