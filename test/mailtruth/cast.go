package main

import (
	"math/rand/v2"
	"strings"
)

// sender is who writes: a platform, a shop, a forger.
type sender struct {
	site string // the platform as a person knows it; "" for people
	from string // address
	name string
	lang string
	via  string // alias service the person signed up through; "" mostly
}

func (s sender) host() string { return s.from[strings.LastIndexByte(s.from, '@')+1:] }

// brand is a platform that forgers use; the person has no account there.
type brand struct{ name, site string }

// cast is everybody who writes to the person.
type cast struct {
	accounts    []sender // the person has an account
	newsletters []sender // the person only reads
	guests      []sender // the person bought once, without an account
	inviting    []sender // others invite the person there
	businesses  []sender // craftsmen, doctors, landlords
	lists       []sender
	people      []sender
	spammers    []sender
	brands      []brand
}

var (
	syllables  = strings.Fields("al bar cor da el fen gor hal is jun kel lum mar nor ol pra qui ros sal tor ul ven wes yar zan bel cam dro fil gra hov kri lan mel nim pol ras ster tam vor")
	endings    = strings.Fields("ana ello ino ora ux ify eo ix aro ento ide oka una ette ium ara isto ova ado eli")
	mailRoles  = strings.Fields("no-reply noreply hello info support account notifications donotreply service contact team mailer do-not-reply auto-confirm security welcome billing orders")
	newsRoles  = strings.Fields("news newsletter hello info marketing offers shop mail contact updates")
	mailLabels = []string{"", "", "", "mail.", "email.", "e.", "notify.", "news.", "accounts.", "t.", "em1234."}
	firstNames = strings.Fields("anna paul lena jonas clara luca marta diego ines hugo emma noah sofia tiago femke daan julie marc elena carlos")
	lastNames  = strings.Fields("meier dupont rossi garcia silva jansen weber martin ferrari lopez costa bakker schulz bernard romano ruiz")
	aliases    = []string{"simplelogin", "anonaddy", "duck", "relay"}
)

// namer invents names, each once.
type namer struct {
	r    *rand.Rand
	used map[string]bool
}

func (n *namer) brand() (name, host string) {
	for {
		w := pick(n.r, syllables) + pick(n.r, syllables) + pick(n.r, endings)
		if !n.used[w] {
			n.used[w] = true
			return strings.ToUpper(w[:1]) + w[1:], w + ".example"
		}
	}
}

func (n *namer) company(roles []string) sender {
	name, host := n.brand()
	return sender{site: host, from: pick(n.r, roles) + "@" + pick(n.r, mailLabels) + host, name: name, lang: pick(n.r, languages)}
}

func many(count int, invent func() sender) []sender {
	out := make([]sender, count)
	for i := range out {
		out[i] = invent()
	}
	return out
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// newCast invents about 700 senders; 110 accounts are at real platforms, whose
// sender domains the trust rules and the catalogue must know.
func newCast(r *rand.Rand) (*cast, error) {
	n := &namer{r, map[string]bool{}}
	c := &cast{}
	real, err := rows("senders.tsv")
	if err != nil {
		return nil, err
	}
	for i, row := range real {
		s := sender{site: row[0], from: row[1], name: row[2], lang: pick(r, languages)}
		if i%25 == 24 {
			s.via = "apple" // which only tells real domains from its own additions
		}
		c.accounts = append(c.accounts, s)
	}
	for len(c.accounts) < 250 {
		s := n.company(mailRoles)
		switch i := len(c.accounts); {
		case i >= 235:
			s.via = aliases[i%len(aliases)]
		case i >= 225: // a person's name before the brand's domain
			s.from = pick(r, firstNames) + "@" + s.site
		}
		c.accounts = append(c.accounts, s)
	}
	c.newsletters = many(220, func() sender { return n.company(newsRoles) })
	c.guests = many(15, func() sender { return n.company(mailRoles) })
	c.inviting = many(15, func() sender { return n.company(mailRoles) })
	c.businesses = many(15, func() sender {
		s := n.company([]string{"info", "office", "kontakt", pick(r, firstNames), "rechnung"})
		s.from = s.from[:strings.IndexByte(s.from, '@')+1] + s.site
		return s
	})
	c.lists = many(25, func() sender { return n.company([]string{"dev", "announce", "users"}) })
	c.people = many(60, func() sender { return n.person() })
	c.spammers = many(60, func() sender { return n.company(append(newsRoles, "promo", "prize", "admin")) })
	brands, err := rows("brands.tsv")
	for _, row := range brands {
		c.brands = append(c.brands, brand{row[0], row[1]})
	}
	return c, err
}

// person writes from a free mailbox, or from a domain of their own.
func (n *namer) person() sender {
	first, last := pick(n.r, firstNames), pick(n.r, lastNames)
	host := pick(n.r, []string{"gmail.com", "outlook.com", "gmx.de", "orange.fr", "libero.it", "yahoo.es", "icloud.com", "ziggo.nl", "sapo.pt"})
	if n.r.IntN(3) == 0 {
		_, host = n.brand()
	}
	return sender{from: first + "." + last + "@" + host, name: title(first) + " " + title(last), lang: pick(n.r, languages)}
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
