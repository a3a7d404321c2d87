// Package sms reads histories of text messages: what services wrote to the
// person's number shows who holds it. Messages between people are passed over,
// only received ones count, and of a message nothing is kept but its kind and
// its date. Rules: reference/evidence-formats.md, section B.
package sms

import (
	"context"
	"io"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer {
	c := newClassifier()
	return []evidence.Importer{
		backupXML{c},
		messagesJSON{c},
		appleDatabase{c},
		appleBackup{c},
		voiceTakeout{c},
		signalBackup{},
	}
}

// Bounds of what one history may make us remember.
const (
	maxProofs  = 20_000 // lines of proof, about as many senders
	maxOwn     = 256    // numbers proposed as the person's own
	maxNumbers = 4096   // numbers as written whose normal form is remembered
	maxSlots   = 64     // SIM cards
	maxPeers   = 50_000 // numbers the person wrote to
	maxBody    = 2000   // bytes of a message that are looked at; the longest are 1,530
	maxSender  = 128    // bytes of a sender
)

// maxShortCode is the longest short code that is no telephone number anywhere, in digits.
const maxShortCode = 6

// Codes over at least this long, at least this many, are sign-in codes: one
// alone may only have confirmed the number.
const (
	severalCodes = 3
	codesSpan    = 30 * 24 * time.Hour
)

// message is one received text message.
type message struct {
	sender  string // number, short code or sender name, as written
	contact string // the name in the person's address book; "" where there is none
	body    string
	at      time.Time
	own     string // the receiving number as written, where the record tells it
	slot    string // the SIM card that received it; "" where the record does not say
	network string // a number of the network it came through

	group      bool // it went to others as well
	subscriber bool // the sender is a number of the region, however short
}

// proofKey is what one line of proof is about.
type proofKey struct {
	site, name string
	kind       kind
	confidence evidence.Confidence
	own        identifier.Identifier
	slot       string
	peer       uint64 // the sender, where it may be a person
}

type proof struct {
	count       int
	first, last time.Time
}

func (p *proof) add(count int, first, last time.Time) {
	p.count += count
	if !first.IsZero() && (p.first.IsZero() || first.Before(p.first)) {
		p.first = first
	}
	if last.After(p.last) {
		p.last = last
	}
}

// collector adds messages up, so that a hundred thousand of them cost what
// their senders cost.
type collector struct {
	out     evidence.Sink
	rules   *classifier
	seen    map[proofKey]*proof
	own     map[identifier.Identifier]int
	slots   map[string]map[identifier.Identifier]bool
	numbers map[string]identifier.Identifier
	wrote   map[uint64]bool // whom the person wrote to, see peer
	used    map[string]bool // SIM cards that received something
}

func newCollector(rules *classifier, out evidence.Sink) *collector {
	return &collector{
		out: out, rules: rules, seen: map[proofKey]*proof{}, own: map[identifier.Identifier]int{},
		slots: map[string]map[identifier.Identifier]bool{}, numbers: map[string]identifier.Identifier{}, used: map[string]bool{}, wrote: map[uint64]bool{},
	}
}

// message takes one received message; what shows nothing is skipped.
func (c *collector) message(m message) {
	own := c.owner(m.own, m.slot)
	m.subscriber = len(m.sender) > maxShortCode && !c.number(m.sender).IsZero()
	if m.slot != "" && len(c.used) < maxSlots {
		c.used[m.slot] = true
	}
	v, ok := c.rules.classify(m, c.american(m, own))
	if !ok {
		c.out.Skip(evidence.Private, "")
		return
	}
	k := proofKey{site: v.brand.site, name: v.brand.name, kind: v.kind, confidence: v.confidence, own: own}
	if v.anybody {
		k.peer = peer(m.sender)
	}
	if own.IsZero() {
		k.slot = m.slot
	}
	p := c.seen[k]
	if p == nil {
		if len(c.seen) >= maxProofs {
			c.out.Skip(evidence.TooMany, "")
			return
		}
		p = &proof{}
		c.seen[k] = p
	}
	p.add(1, m.at, m.at)
}

// sent notes whom the person wrote to: whoever gets an answer is a person, and
// passing a code on to a friend proves nothing.
func (c *collector) sent(to string) {
	for number := range strings.SplitSeq(to, "~") {
		if p := peer(number); p != 0 && len(c.wrote) < maxPeers {
			c.wrote[p] = true
		}
	}
}

// peer tells full numbers apart by their last nine digits, which national and
// international form share; 0 for what is shorter.
func peer(number string) (n uint64) {
	digits := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			n = (n*10 + uint64(r-'0')) % 1e9
			digits++
		}
	}
	if digits < 9 {
		return 0
	}
	return n + 1
}

// number reads a number as written; the same few come again and again.
func (c *collector) number(s string) identifier.Identifier {
	if s == "" || len(s) > maxSender {
		return identifier.Identifier{}
	}
	id, known := c.numbers[s]
	if !known {
		id, _ = identifier.ParsePhone(s, c.out.Region())
		id = identifier.Spelled(id, c.out.Own())
		if len(c.numbers) < maxNumbers {
			c.numbers[strings.Clone(s)] = id
		}
	}
	return id
}

// owner notes a number as the person's own and returns it; the zero value
// where there is none.
func (c *collector) owner(number, slot string) identifier.Identifier {
	id := c.number(number)
	if id.IsZero() {
		return id
	}
	if _, known := c.own[id]; known || len(c.own) < maxOwn {
		c.own[id]++
	}
	if slot != "" {
		if c.slots[slot] == nil && len(c.slots) < maxSlots {
			c.slots[strings.Clone(slot)] = map[identifier.Identifier]bool{}
		}
		if s := c.slots[slot]; s != nil && len(s) < maxOwn {
			s[id] = true
		}
	}
	return id
}

// american reports whether a message came through a network with the short
// codes of the United States and Canada.
func (c *collector) american(m message, own identifier.Identifier) bool {
	switch {
	case own.Value != "":
		return strings.HasPrefix(own.Value, "+1")
	case strings.HasPrefix(m.network, "+"):
		return strings.HasPrefix(m.network, "+1")
	}
	return c.out.Region() == "US" || c.out.Region() == "CA"
}

// receiver is the number behind a proof: as its records say, else the only one
// its SIM card had, else the only one of a device with one SIM card.
func (c *collector) receiver(k proofKey, only identifier.Identifier) identifier.Identifier {
	if !k.own.IsZero() {
		return k.own
	}
	if numbers := c.slots[k.slot]; len(numbers) == 1 {
		for id := range numbers {
			return id
		}
	}
	if len(c.used) <= 1 {
		return only
	}
	return identifier.Identifier{}
}

// only is the person's number where there is just one.
func (c *collector) only() (only identifier.Identifier) {
	for id := range c.own {
		switch {
		case id.Kind != identifier.KindPhone:
		case !only.IsZero():
			return identifier.Identifier{}
		default:
			only = id
		}
	}
	return only
}

// account is one platform and the number it has.
type account struct {
	site, name string
	to         identifier.Identifier
}

// merge brings the proofs of every account together, with SIM cards turned
// into numbers.
func (c *collector) merge() map[account]map[proofKey]*proof {
	out := map[account]map[proofKey]*proof{}
	only := c.only()
	for k, p := range c.seen {
		if c.wrote[k.peer] {
			continue
		}
		a := account{k.site, k.name, c.receiver(k, only)}
		k.own, k.slot, k.peer = a.to, "", 0
		if out[a] == nil {
			out[a] = map[proofKey]*proof{}
		}
		if out[a][k] == nil {
			out[a][k] = &proof{}
		}
		out[a][k].add(p.count, p.first, p.last)
	}
	return out
}

// flush hands the sums over.
func (c *collector) flush() {
	for a, proofs := range c.merge() {
		f := evidence.Finding{Site: a.site, Name: a.name, Identifier: a.to}
		for k, p := range proofs {
			f.Fact, f.Purpose, f.Confidence, f.Detail = evidence.FactHoldsPhone, evidence.PurposeUnknown, k.confidence, string(
				k.kind,
			)
			f.Count, f.First, f.Last = p.count, p.first, p.last
			c.out.Finding(f)
		}
		if p, sure := secondFactor(proofs); p != nil {
			f.Fact, f.Purpose, f.Confidence, f.Detail = evidence.FactPhone2FA, evidence.PurposeSecondFactor, sure, string(
				kindCode,
			)
			f.Count, f.First, f.Last = p.count, p.first, p.last
			c.out.Finding(f)
		}
	}
	for id, n := range c.own {
		c.out.Finding(
			evidence.Finding{Fact: evidence.FactOwn, Identifier: id, Confidence: evidence.Likely, Count: n},
		)
	}
}

// secondFactor tells whether an account's codes come again and again, and how
// sure their sender is. A later notice that the second step is off ends it.
func secondFactor(proofs map[proofKey]*proof) (*proof, evidence.Confidence) {
	var named, all proof
	var off time.Time
	for k, p := range proofs {
		switch k.kind {
		case kindOff:
			if p.last.After(off) {
				off = p.last
			}
		case kindCode:
			all.add(p.count, p.first, p.last)
			if k.confidence >= evidence.Likely {
				named.add(p.count, p.first, p.last)
			}
		}
	}
	again := func(p proof) bool {
		return p.count >= severalCodes && !p.first.IsZero() && p.last.Sub(p.first) >= codesSpan
	}
	switch {
	case !off.IsZero() && !off.Before(all.last):
		return nil, evidence.ConfidenceNone
	case again(named):
		return &named, evidence.Likely
	case again(all):
		return &all, evidence.Possible
	}
	return nil, evidence.ConfidenceNone
}

// source reads a file for progress and stops when the context does.
type source struct {
	ctx context.Context
	r   io.Reader
	out evidence.Sink
}

func (s *source) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := s.r.Read(b)
	s.out.Advance(int64(n))
	return n, err
}

// millis is a time in milliseconds, or in seconds where it is too small for
// that: MMS are kept in seconds. Nonsense is the zero time.
func millis(n int64) time.Time {
	switch {
	case n <= 0 || n > 1e14:
		return time.Time{}
	case n < 1e11:
		return time.Unix(n, 0).UTC()
	}
	return time.UnixMilli(n).UTC()
}

// given is a value of an export, or "" for the ways exports write nothing.
func given(s string) string {
	switch s = strings.TrimSpace(s); s {
	case "null", "(Unknown)", "None", "N/A", "-", "insert-address-token":
		return ""
	}
	return s
}

// cut bounds a text without breaking a character.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "")
}
