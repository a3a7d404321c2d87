package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Message is what is true of one mail.
type Message struct {
	Kind     Kind
	Lang     string
	Template string // the wording it was made of
	Half     byte
	Site     string // where it shows an account; "" where it shows none
	Host     string // what From claims
	How      string // of forged and unwanted mail: how it was made
	Pretends string // of forged mail: the platform it pretends to be from
	Number   bool   // the person's own number stands in the text
}

// generator makes one mail after another.
type generator struct {
	r     *rand.Rand
	words corpus
	cast  *cast
	count int
	turn  map[Kind]int // whose turn it is, so that everybody writes
	at    time.Time
}

func newGenerator(seed uint64) (*generator, error) {
	words, err := readCorpus()
	if err != nil {
		return nil, err
	}
	c, err := newCast(rand.New(rand.NewPCG(seed, 1)))
	if err != nil {
		return nil, err
	}
	return &generator{r: rand.New(rand.NewPCG(seed, 2)), words: words, cast: c, turn: map[Kind]int{}, at: time.Date(2012, 3, 1, 8, 0, 0, 0, time.UTC)}, nil
}

// generate writes n mails as an mbox and hands each over with its truth.
func generate(w io.Writer, n int, seed uint64, each func(Message, string) error) error {
	g, err := newGenerator(seed)
	if err != nil {
		return err
	}
	for range n {
		m, raw := g.next()
		if _, err := io.WriteString(w, raw); err != nil {
			return err
		}
		if err := each(m, raw); err != nil {
			return err
		}
	}
	return nil
}

// share says how many of a hundred mails are of a kind; "" is one of the
// proving kinds.
var share = []struct {
	kind Kind
	of   int
}{
	{"", 34},
	{kindSocial, 4},
	{kindNewsletter, 24},
	{kindOptIn, 2},
	{kindPersonal, 9},
	{kindList, 5},
	{kindForwarded, 2},
	{kindAutoReply, 2},
	{kindSpam, 7},
	{kindPhishing, 8},
	{kindInvitation, 1},
	{kindGuest, 1},
	{kindBusiness, 1},
}

// often is how common the proving kinds are, out of a hundred.
var often = []struct {
	kind Kind
	of   int
}{
	{kindReceipt, 23},
	{kindSecurity, 15},
	{kindNotice, 13},
	{kindCode, 11},
	{kindVerify, 9},
	{kindWelcome, 9},
	{kindReset, 7},
	{kindContact, 7},
	{kindClosed, 3},
	{kindBreach, 3},
}

func drawn(r *rand.Rand, list []struct {
	kind Kind
	of   int
},
) Kind {
	n := r.IntN(100)
	for _, s := range list {
		if n -= s.of; n < 0 {
			return s.kind
		}
	}
	return list[0].kind
}

// draft is a mail before it is written down.
type draft struct {
	Message
	from, name  string
	subject     string
	replyTo     string
	fields      []string // more header fields
	verdict     verdict
	unsubscribe int // percent with List-Unsubscribe
	labels      string
	person      bool // somebody wrote it by hand
	number      string
	forgedAuth  string // written by the sender below what the receiver wrote
}

func (g *generator) next() (Message, string) {
	g.count++
	g.at = g.at.Add(time.Duration(1+g.r.IntN(180)) * time.Minute)
	var d draft
	switch k := drawn(g.r, share); k {
	case "":
		d = g.account()
	case kindPersonal, kindList, kindForwarded, kindAutoReply:
		d = g.people(k)
	case kindSpam:
		d = g.spam()
	case kindPhishing:
		d = g.phishing()
	default:
		d = g.company(k)
	}
	to := pickReceiver(g.r)
	if d.Kind == kindPhishing && to.name == "none" && d.verdict >= unchecked && d.replyTo == "" {
		d.How = undecidable
	}
	return d.Message, g.written(d, to)
}

// turnOf returns the next of a list, so that all of them write.
func (g *generator) turnOf(k Kind, list []sender) (sender, int) {
	i := g.turn[k] % len(list)
	g.turn[k]++
	return list[i], i
}

// wording picks a wording and fills it in.
func (g *generator) wording(d *draft, k Kind, lang, brand, site string) {
	d.Kind, d.Lang = k, lang
	d.Template = pick(g.r, g.words[lang][k])
	d.Half = half(d.Template)
	d.subject = dressed(g.r, filled(g.r, d.Template, brand, site, lang), brand)
}

// account is a mail to who has an account. Every fourth platform only ever
// writes mail of one kind.
func (g *generator) account() draft {
	s, i := g.turnOf("", g.cast.accounts)
	k := drawn(g.r, often)
	if i%4 == 0 {
		k = proving[i/4%len(proving)]
	}
	lang := s.lang
	if g.r.IntN(100) < 15 {
		lang = pick(g.r, languages)
	}
	d := g.legitimate(s)
	d.Site = s.site
	g.wording(&d, k, lang, s.name, s.site)
	d.unsubscribe = map[Kind]int{kindNotice: 25, kindReceipt: 20, kindWelcome: 30, kindVerify: 8, kindBreach: 10, kindClosed: 10}[k]
	if d.unsubscribe == 0 {
		d.unsubscribe = 4
	}
	if k == kindContact && !strings.Contains(strings.ToLower(d.subject), "mail") && g.r.IntN(2) == 0 {
		d.number, d.Number = pick(g.r, []string{ownNumber, ownNational}), true
	}
	if g.r.IntN(10) == 0 {
		d.fields = append(d.fields, "Auto-Submitted: auto-generated")
	}
	if g.r.IntN(25) == 0 {
		d.labels = "Sent,Opened" // a rule of the person's put it there
	}
	if g.r.IntN(5) == 0 {
		d.fields = append(d.fields, "Feedback-ID: 1.eu-west-1.Zm9v:AmazonSES")
	}
	return alias(g.r, d, s)
}

// legitimate is a mail of a company, as its receiver sees it.
func (g *generator) legitimate(s sender) draft {
	d := draft{from: s.from, name: pick(g.r, []string{s.name, s.name, s.name, s.name + " Team", s.name + " Support", "The " + s.name + " Team", s.name + ".", ""})}
	switch n := g.r.IntN(100); {
	case n < 88:
		d.verdict = passing
	case n < 95:
		d.verdict = signedOnly
	case n < 98:
		d.verdict = byService
	default:
		d.verdict = unchecked
	}
	return d
}

// company is a mail of somebody who knows the address, without an account but
// for social mail and some newsletters.
func (g *generator) company(k Kind) draft {
	list := map[Kind][]sender{
		kindSocial: g.cast.accounts, kindNewsletter: g.cast.newsletters, kindOptIn: g.cast.newsletters,
		kindGuest: g.cast.guests, kindInvitation: g.cast.inviting, kindBusiness: g.cast.businesses,
	}[k]
	if k == kindNewsletter && g.r.IntN(10) < 3 {
		list = g.cast.accounts
	}
	s := pick(g.r, list)
	d := g.legitimate(s)
	if k == kindSocial {
		d.Site = s.site
	}
	g.wording(&d, k, s.lang, s.name, s.site)
	d.unsubscribe = map[Kind]int{kindNewsletter: 93, kindOptIn: 60, kindSocial: 80, kindInvitation: 40, kindGuest: 15}[k]
	if k == kindNewsletter && g.r.IntN(2) == 0 {
		d.fields = append(d.fields, pick(g.r, []string{"Precedence: bulk", "Feedback-ID: 8123:campaign:mailchimp", "Precedence: list", "X-Campaign: 81"}))
	}
	if k == kindBusiness {
		d.name = pick(g.r, []string{s.name, s.name + " GmbH", "Praxis " + s.name, s.name + " SARL"})
	}
	return alias(g.r, d, s)
}

var forwards = map[string]string{"en": "Fwd: ", "fr": "TR : ", "de": "WG: ", "es": "RV: ", "it": "I: ", "pt": "Enc: ", "nl": "FW: "}

// people is mail between people, of their lists and of their programs.
func (g *generator) people(k Kind) draft {
	s, _ := g.turnOf(kindPersonal, g.cast.people)
	d := draft{from: s.from, name: s.name, verdict: passing, person: true}
	switch k {
	case kindForwarded:
		b := pick(g.r, g.cast.brands)
		g.wording(&d, pick(g.r, proving), s.lang, b.name, b.site)
		d.Kind = k
		d.subject = forwards[s.lang] + d.subject
	case kindAutoReply:
		g.wording(&d, k, s.lang, s.name, "")
		d.fields = append(d.fields, "Auto-Submitted: auto-replied", "In-Reply-To: <42@doe-home.example>")
		if strings.Contains(d.Template, "Deliver") {
			d.from, d.name = "mailer-daemon@"+pick(g.r, g.cast.newsletters).site, "Mail Delivery Subsystem"
		}
	case kindList:
		l := pick(g.r, g.cast.lists)
		g.wording(&d, k, s.lang, l.name, l.site)
		d.fields = append(d.fields, "List-Id: "+l.name+" list <dev.lists."+l.site+">", "Precedence: list", "List-Post: <mailto:dev@lists."+l.site+">")
		d.unsubscribe, d.verdict = 90, pick(g.r, []verdict{passing, failing, unchecked})
	default:
		g.wording(&d, k, s.lang, "", "")
		if strings.HasPrefix(d.Template, "Re") || g.r.IntN(2) == 0 {
			d.fields = append(d.fields, "In-Reply-To: <41@doe-home.example>", "References: <41@doe-home.example>")
		}
		d.number = pick(g.r, []string{othersNumber, ""})
	}
	return d
}

// alias rewrites the sender as the service does that the person signed up
// through.
func alias(r *rand.Rand, d draft, s sender) draft {
	d.Host = s.host()
	if s.via == "" {
		return d
	}
	local, host, _ := strings.Cut(s.from, "@")
	under := strings.ReplaceAll(host, ".", "_")
	switch s.via {
	case "simplelogin":
		d.from, d.name = local+"_at_"+under+"_kxqzt@simplelogin.co", s.name+" - "+local+" at "+host
		d.fields = append(d.fields, "X-SimpleLogin-Type: Forward", "X-SimpleLogin-Original-From: "+s.name+" <"+s.from+">")
	case "anonaddy":
		d.from, d.name = "shop+"+local+"="+host+"@anonaddy.me", s.name+" '"+local+" at "+host+"'"
		d.fields = append(d.fields, "X-AnonAddy-Original-Sender: "+s.from, "X-AnonAddy-Original-From-Header: "+s.name+" <"+s.from+">")
	case "apple":
		d.from = local + "_at_" + under + "_8f2kd7_1c3a9e@privaterelay.appleid.com"
	case "duck":
		d.from = local + "_at_" + host + "_pat@duck.com"
	case "relay":
		d.from, d.name = "q8x2kd@mozmail.com", s.from+" [via Relay]"
	}
	d.verdict = pick(r, []verdict{passing, passing, signedOnly})
	return d
}

// org is what a host's owner has registered.
func org(host string) string {
	d, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return d
}

func (d draft) transport(g *generator, to string) transport {
	host := d.from[strings.LastIndexByte(d.from, '@')+1:]
	t := transport{to: to, from: host, org: org(host), relay: "mail." + org(host), bounce: "bounces." + org(host), service: pick(g.r, services), verdict: d.verdict, at: g.at}
	if d.verdict == byService && t.service == "" {
		t.service = "amazonses.com"
	}
	if d.person { // no mailing service, and bounces come back to whoever wrote
		t.service = ""
		t.bounce, t.relay = host, "mail."+t.org
		t.sender = d.from
		return t
	}
	if t.service != "" && (d.verdict == byService || d.verdict == signedOnly || g.r.IntN(2) == 0) {
		t.bounce, t.relay = "eu-west-1."+t.service, "a1."+t.service
	}
	if d.verdict >= failing {
		t.bounce, t.relay = host, "vps"+fmt.Sprint(g.r.IntN(99))+".hoster.example"
	}
	return t
}

// written is the mail with its separator.
func (g *generator) written(d draft, to receiver) string {
	t := d.transport(g, to.address)
	if to.name == "none" && g.r.IntN(10) < 3 && t.verdict == passing {
		t.verdict = unchecked // nobody signed in those days
	}
	fields := to.results(t)
	if d.labels != "" && to.name == "gmail" {
		fields = append([]string{"X-GM-THRID: 17" + fmt.Sprint(g.count), "X-Gmail-Labels: " + d.labels}, fields...)
	} else if to.name == "gmail" {
		fields = append([]string{"X-GM-THRID: 17" + fmt.Sprint(g.count), "X-Gmail-Labels: Inbox,Opened,Category Updates"}, fields...)
	}
	if d.forgedAuth != "" {
		fields = append(fields, d.forgedAuth)
	}
	fields = append(fields, t.signatures()...)
	fields = append(fields, d.fields...)
	if g.r.IntN(100) < d.unsubscribe {
		fields = append(fields, "List-Unsubscribe: <https://"+t.org+"/u/8f3>,\n <mailto:unsub@"+t.org+">", "List-Unsubscribe-Post: List-Unsubscribe=One-Click")
	}
	if d.replyTo != "" {
		fields = append(fields, "Reply-To: "+d.replyTo)
	}
	from := d.from
	switch name := d.name; {
	case name == "":
	case isASCII(name) && !strings.ContainsAny(name, `.,@[]()'"&`):
		from = name + " <" + from + ">"
	case isASCII(name):
		from = `"` + name + `" <` + from + ">"
	default:
		from = encodedName(name) + " <" + from + ">"
	}
	fields = append(fields, "From: "+from, "To: "+pick(g.r, []string{"", "Pat Doe ", "\"Doe, Pat\" "})+"<"+to.address+">", "Subject: "+encoded(g.r, d.subject),
		"Date: "+g.at.Format(time.RFC1123Z), fmt.Sprintf("Message-ID: <%d@%s>", g.count, t.org), "MIME-Version: 1.0")
	return "From b@" + t.bounce + " " + g.at.Format(time.ANSIC) + "\n" + strings.Join(fields, "\n") + "\n" + body(g.r, text(g.r, d.Lang, d.subject, d.number)) + "\n"
}
