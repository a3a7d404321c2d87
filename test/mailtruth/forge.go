package main

import (
	"fmt"
	"mime"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

func encodedName(name string) string { return mime.QEncoding.Encode("utf-8", name) }

// slug is a brand as a forger writes it in a host.
func slug(brand string) string {
	s, _, _ := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), strings.ToLower(brand))
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, s)
}

var lookalikes = strings.NewReplacer("l", "1", "o", "0", "i", "1", "e", "3")

// undecidable marks a forged mail of which no trace is left: a bare From and a
// mailbox whose provider wrote nothing.
const undecidable = "bare From"

// ways are how forgers write; each fills in a draft.
var ways = []struct {
	how  string
	make func(g *generator, d *draft, b brand)
}{
	{"look-alike domain", func(g *generator, d *draft, b brand) {
		s := slug(b.name)
		d.from = pick(g.r, []string{"service", "no-reply", "security", "support"}) + "@" + pick(g.r, []string{s + "-security", "secure-" + s, s + "-login", "my" + s + "-account", lookalikes.Replace(s) + "-support", s + "-kundenservice", "info-" + s, s + "-client"}) + ".example"
	}},
	{"spelled with digits", func(g *generator, d *draft, b brand) {
		s := lookalikes.Replace(slug(b.name))
		if s == slug(b.name) {
			s += "-info"
		}
		d.from = "no-reply@" + s + ".example"
	}},
	{"brand in front of another domain", func(g *generator, d *draft, b brand) {
		d.from = "account@" + slug(b.name) + "." + pick(g.r, []string{"verify-user", "secure-page", "client-area", "srv-mail"}) + ".example"
	}},
	{"display name, hacked domain", func(g *generator, d *draft, b brand) { d.from = hacked(g) }},
	{"display name, hacked domain, unchecked", func(g *generator, d *draft, b brand) { d.from, d.verdict = hacked(g), unchecked }},
	{"address as display name", func(g *generator, d *draft, b brand) { d.from, d.name = hacked(g), "service@"+b.site }},
	{"free mailbox", func(g *generator, d *draft, b brand) {
		d.from = slug(b.name) + ".service" + fmt.Sprint(g.r.IntN(9999)) + "@" + pick(g.r, []string{"gmail.com", "outlook.com", "hotmail.com", "gmx.de"})
	}},
	{"forged From, DMARC fails", func(g *generator, d *draft, b brand) { d.from, d.verdict = "no-reply@"+b.site, failing }},
	{"forged From, SPF soft fails", func(g *generator, d *draft, b brand) { d.from, d.verdict = "service@"+b.site, soft }},
	{"forged results", func(g *generator, d *draft, b brand) {
		d.from, d.verdict = "service@"+b.site, failing
		d.forgedAuth = "Authentication-Results: mx.google.com;\n       dkim=pass header.i=@" + b.site + ";\n       dmarc=pass (p=REJECT) header.from=" + b.site
	}},
	{"reply to a free mailbox", func(g *generator, d *draft, b brand) {
		d.from, d.verdict, d.replyTo = "support@"+b.site, soft, slug(b.name)+".help@gmail.com"
	}},
	{"mathematical letters", func(g *generator, d *draft, b brand) {
		d.from, d.name, d.subject = hacked(g), mathematical(b.name), mathematical(d.subject)
	}},
	{"brand in the subject only", func(g *generator, d *draft, b brand) { d.from, d.name = hacked(g), "" }},
	{"no brand at all", func(g *generator, d *draft, b brand) {
		d.from, d.name, d.subject = hacked(g), "", strings.TrimSpace(strings.ReplaceAll(d.subject, b.name, ""))
	}},
	{"hosting site", func(g *generator, d *draft, b brand) {
		d.from = "verify@" + slug(b.name) + "-billing.firebaseapp.com"
	}},
	{undecidable, func(g *generator, d *draft, b brand) { d.from, d.verdict = "no-reply@"+b.site, unchecked }},
}

// hacked is a sender of somebody whose site was broken into.
func hacked(g *generator) string {
	n := namer{g.r, map[string]bool{}}
	_, host := n.brand()
	return pick(g.r, []string{"info", "contact", "no-reply", "admin", "wordpress", "service"}) + "@" + strings.TrimSuffix(host, ".example") + pick(g.r, []string{"-bau", "-immo", "travel", "clinic", "-school"}) + ".example"
}

func (g *generator) phishing() draft {
	b := g.cast.brands[g.turn[kindPhishing]%len(g.cast.brands)]
	way := ways[g.r.IntN(len(ways))]
	g.turn[kindPhishing]++
	d := draft{verdict: passing, name: pick(g.r, []string{b.name, b.name + " Service", b.name + " Security", "Support " + b.name, b.name + " Team"})}
	g.wording(&d, kindPhishing, pick(g.r, languages), b.name, b.site)
	way.make(g, &d, b)
	d.How, d.Pretends = way.how, b.site
	d.Host = d.from[strings.IndexByte(d.from, '@')+1:]
	if g.r.IntN(10) < 3 {
		d.labels = "Spam"
	}
	return d
}

// spam comes from its own domains, from free mailboxes, and under forged names;
// half of it is in the folder for it.
func (g *generator) spam() draft {
	s := pick(g.r, g.cast.spammers)
	d := draft{from: s.from, name: pick(g.r, []string{s.name, "", title(pick(g.r, firstNames)), "Info"}), verdict: passing}
	d.How = "own domain"
	switch g.r.IntN(6) {
	case 0:
		d.from, d.How = pick(g.r, firstNames)+fmt.Sprint(g.r.IntN(9999))+"@gmail.com", "free mailbox"
	case 1:
		d.verdict, d.How = unchecked, "own domain, unchecked"
	case 2:
		d.verdict, d.How = soft, "soft fail"
	case 3:
		d.verdict, d.How = byService, "through a mailing service"
	}
	g.wording(&d, kindSpam, s.lang, s.name, s.site)
	d.Host = d.from[strings.IndexByte(d.from, '@')+1:]
	d.unsubscribe = 40
	if g.r.IntN(2) == 0 {
		d.labels = "Spam,Unread"
	}
	return d
}
