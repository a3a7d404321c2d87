package mailbox

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
	"unlisted/checks/identifier"
)

// Bounds of what one mailbox may make us remember.
const (
	maxSenders  = 50_000
	maxKnown    = 1000
	ownMinCount = 3 // a delivery address seen this often is proposed as the person's own
)

// proofKey is what one line of proof is about.
type proofKey struct {
	domain string
	class  class
	why    string
	to     identifier.Identifier
	trust  evidence.Confidence
}

// heldKey is an identifier of the person's that stands in a sender's mails.
type heldKey struct {
	domain string
	class  class
	id     identifier.Identifier
	sure   evidence.Confidence
}

type proof struct {
	count       int
	first, last time.Time
	subject     string // of the earliest mail; "" of what stands in bodies
}

// collector adds mails up, so that a hundred thousand of them cost what their
// senders cost.
type collector struct {
	out       evidence.Sink
	own       []identifier.Identifier
	match     *ownMatcher
	reads     bodyReader
	seen      map[proofKey]*proof
	held      map[heldKey]*proof
	got       map[string]int                   // delivery address -> mails
	addressed map[string]int                   // address of account mail that does not tell where it was delivered -> mails
	known     map[string]identifier.Identifier // addresses as written -> parsed; most mail goes to a few
}

func newCollector(out evidence.Sink) *collector {
	own := out.Own()
	return &collector{
		out: out, own: own, match: newOwnMatcher(own),
		seen: map[proofKey]*proof{}, held: map[heldKey]*proof{}, got: map[string]int{}, addressed: map[string]int{}, known: map[string]identifier.Identifier{},
	}
}

// message takes one mail of a folder and tells why it shows nothing, or "". body
// is called for the few kinds of mail whose text matters.
func (c *collector) message(h header, folder foldername.Kind, body func() []byte) evidence.Reason {
	why, labelled := passedOver(h, folder)
	if why != "" {
		return why
	}
	from, display := address(h.first("from"))
	m := message{h, from, display, h.text("subject")}
	switch {
	case from == "":
		return evidence.NoSender
	case c.sentByPerson(m, labelled):
		return evidence.Sent
	}
	to := c.recipient(h)
	delivered := h.first("delivered-to", "x-original-to", "envelope-to") != ""
	if delivered && !to.IsZero() && h.first("list-id") == "" { // an archive of a list was delivered to the list
		c.count(c.got, to)
	}
	r := judge(m)
	if r.skip != "" {
		return r.skip
	}
	s, at := r.sender, h.date()
	note(
		c.seen,
		proofKey{domain: s.domain, class: r.class, why: r.why, to: to, trust: s.trust},
		at,
		func() string { return snippet(m.subject, display, s.domain) },
	)
	if !delivered && !to.IsZero() && s.trust == evidence.Confirmed && r.fact() == evidence.FactAccount {
		c.count(c.addressed, to)
	}
	if r.fact() == evidence.FactAccount && r.class != classSocial { // what others wrote stands in those
		c.search(h, body, heldKey{domain: s.domain, class: r.class, sure: s.trust}, to, at)
	}
	return ""
}

// sent reports mail the person wrote.
func (c *collector) sent(from string) bool {
	id := identifier.Identifier{Kind: identifier.KindEmail, Value: from}
	return slices.ContainsFunc(c.own, func(o identifier.Identifier) bool { return identifier.Same(o, id) })
}

// search looks for the person's own identifiers in the text of a mail. What
// stands there whole is as sure as the sender; a masked part is possible, and
// only where mails speak of sign-in and contact data.
func (c *collector) search(h header, body func() []byte, k heldKey, to identifier.Identifier, at time.Time) {
	masked := k.class == classContact || k.class == classSecurity || k.class == classVerification ||
		k.class == classReset
	unnamed := (k.class == classContact || k.class == classSecurity) && len(c.match.phones) == 0
	if c.match.empty() && !unnamed {
		return
	}
	c.reads.texts(h, body(), func(text []byte) bool {
		for _, hit := range c.match.find(text, masked) {
			if identifier.Same(hit.id, to) {
				continue // the mail itself shows that
			}
			k := k
			k.id = hit.id
			if hit.masked {
				k.sure = evidence.Possible
			}
			note(c.held, k, at, func() string { return "" })
		}
		if !unnamed {
			return true
		}
		id := numberAdded(text, k.class, c.out.Region())
		if !id.IsZero() {
			k.id, k.sure = id, min(k.sure, evidence.Likely)
			note(c.held, k, at, func() string { return "" })
		}
		return id.IsZero()
	})
}

// count adds one to an address.
func (c *collector) count(seen map[string]int, id identifier.Identifier) {
	if _, have := seen[id.Value]; have || len(seen) < maxSenders {
		seen[id.Value]++
	}
}

// mainly is the address that most account mail is written to, where nothing
// tells where it was delivered: others' mail, forwarded or copied, is the lesser
// part. "" where there is none.
func (c *collector) mainly() string {
	total, best := 0, ""
	for v, n := range c.addressed {
		total += n
		if n > c.addressed[best] {
			best = v
		}
	}
	if n := c.addressed[best]; n < ownMinCount || 2*n <= total {
		return ""
	}
	return best
}

func note[K comparable](seen map[K]*proof, k K, at time.Time, subject func() string) {
	p := seen[k]
	if p == nil {
		if len(seen) >= maxSenders {
			return
		}
		p = &proof{first: at, subject: subject()}
		seen[k] = p
	}
	p.count++
	if !at.IsZero() && (p.first.IsZero() || at.Before(p.first)) {
		p.first, p.subject = at, subject()
	}
	if at.After(p.last) {
		p.last = at
	}
}

// snippet is a subject as it may be kept: masked but for the sender's own name.
func snippet(subject, display, domain string) string {
	label, _, _ := strings.Cut(domain, ".")
	keep := []string{label}
	name := strings.Join(letters(display), "")
	if plain := strings.ReplaceAll(label, "-", ""); name != "" &&
		(strings.Contains(name, plain) || strings.Contains(plain, name)) {
		keep = append(keep, display)
	}
	return evidence.MaskSecrets(subject, keep...)
}

// recipientFields say to whom a mail went, the surest first.
var recipientFields = []string{
	"delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-original-recipient", "to",
}

// recipient is the address the mail was delivered to. What only bounces show
// ("b+x-pat=mail.example@shop.example") counts for addresses that are known.
func (c *collector) recipient(h header) identifier.Identifier {
	for _, field := range recipientFields {
		if id := c.parse(h.first(field)); !id.IsZero() {
			return id
		}
	}
	bounce, _ := address(h.first("return-path"))
	for _, id := range c.own {
		if coded := strings.ToLower(strings.Replace(id.ASCIIDomain(), "@", "=", 1)); id.Kind == identifier.KindEmail {
			if at := strings.Index(bounce, coded+"@"); at > 0 && strings.IndexByte("+-=.", bounce[at-1]) >= 0 {
				return id
			}
		}
	}
	return identifier.Identifier{}
}

// parse reads an address field. It is zero where that holds none, and where it
// holds several of which none is known to be the person's.
func (c *collector) parse(field string) identifier.Identifier {
	if field == "" {
		return identifier.Identifier{}
	}
	id, seen := c.known[field]
	if !seen {
		id = c.among(field)
		if len(c.known) < maxKnown && len(field) < 200 {
			c.known[field] = id
		}
	}
	return id
}

// among is the one address of a field, or the person's own of several.
func (c *collector) among(field string) identifier.Identifier {
	if _, err := addressParser.Parse(field); err == nil || !strings.Contains(field, ",") {
		addr, _ := address(field)
		id, _ := identifier.ParseEmail(addr)
		return id
	}
	var all []identifier.Identifier
	for part := range strings.SplitSeq(field, ",") {
		addr, _ := address(strings.TrimSpace(part))
		id, err := identifier.ParseEmail(addr)
		if err != nil || slices.Contains(all, id) {
			continue
		}
		if c.sent(id.Value) {
			return id
		}
		all = append(all, id)
	}
	if len(all) == 1 {
		return all[0]
	}
	return identifier.Identifier{}
}

// flush hands over what was added up.
func (c *collector) flush() {
	for _, k := range slices.SortedFunc(maps.Keys(c.seen), func(a, b proofKey) int {
		return cmp.Or(strings.Compare(a.domain, b.domain), strings.Compare(string(a.class), string(b.class)), strings.Compare(a.why, b.why), strings.Compare(a.to.Value, b.to.Value), cmp.Compare(a.trust, b.trust))
	}) {
		c.emit(k, c.seen[k])
	}
	for k, p := range c.held {
		fact := evidence.FactHoldsEmail
		if k.id.Kind == identifier.KindPhone {
			fact = evidence.FactHoldsPhone
		}
		c.out.Finding(evidence.Finding{
			Fact: fact, Site: k.domain, Identifier: k.id, Count: p.count, First: p.first, Last: p.last,
			Confidence: k.sure, Purpose: evidence.PurposeUnknown, Detail: string(k.class),
		})
	}
	if v := c.mainly(); v != "" {
		c.got[v] += c.addressed[v]
	}
	for v, n := range c.got {
		if id, err := identifier.ParseEmail(v); err == nil && n >= ownMinCount {
			c.out.Finding(
				evidence.Finding{Fact: evidence.FactOwn, Identifier: id, Confidence: evidence.Likely, Count: n},
			)
		}
	}
}

func (c *collector) emit(k proofKey, p *proof) {
	f := evidence.Finding{
		Fact: ruling{
			why: k.why,
		}.fact(), Site: k.domain, Identifier: k.to, Count: p.count, First: p.first, Last: p.last,
		Confidence: strength(
			k.class,
			k.trust,
		), Detail: string(cmp.Or(k.class, classOther)) + ": " + p.subject, Why: k.why,
	}
	if f.Fact == evidence.FactMailed {
		f.Confidence = min(k.trust, evidence.Likely)
	}
	c.out.Finding(f)
	if f.Fact != evidence.FactAccount || k.class == classOrder || k.to.IsZero() {
		return
	}
	f.Fact, f.Detail, f.Purpose, f.Why = evidence.FactHoldsEmail, "", evidence.PurposeSignIn, ""
	c.out.Finding(f)
}

// strength is how sure the mail makes an account: what only an account holder
// gets counts as much as its sender is proven; a receipt or a notice may be a
// mass mailing, and an order a guest's.
func strength(k class, trust evidence.Confidence) evidence.Confidence {
	switch k {
	case classOrder:
		return min(trust, evidence.Possible)
	case classReceipt, classNotice, classSocial, classNewsletter, classNone:
		return min(trust, evidence.Likely)
	}
	return trust
}

// maxLine bounds a line that may say that a number was added.
const maxLine = 500

// numberAdded finds the number that a mail says was added or changed, for a
// person who has not named one yet. It must stand in the sentence that says so,
// be international or valid in the person's region, and is likely at best.
func numberAdded(text []byte, k class, region string) identifier.Identifier {
	for line := range strings.Lines(string(text)) {
		if len(line) > maxLine || !strings.ContainsAny(line, "0+") {
			continue
		}
		if c, _ := said(fold(line)); c != classContact && k != classContact {
			continue
		}
		if id := numberIn(line, region); !id.IsZero() {
			return id
		}
	}
	return identifier.Identifier{}
}

func numberIn(text, region string) identifier.Identifier {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != '+' &&
			(c != '0' || region == "" || i > 0 && (isDigit(text[i-1]) || isLetter(text[i-1]))) {
			continue
		}
		end := i + 1
		for end < len(text) && end-i < 24 && strings.IndexByte("0123456789 .-()/\u00a0", text[end]) >= 0 {
			end++
		}
		id, err := identifier.ParsePhone(text[i:end], region)
		if err == nil {
			return id
		}
		i = end - 1
	}
	return identifier.Identifier{}
}
