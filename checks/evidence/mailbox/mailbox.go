// Package mailbox reads mail kept in files: mbox of every dialect. A mail shows
// that a platform holds an address; its kind and its true sender decide whether
// it shows an account. Nothing of a body is kept, and of a subject at most a
// short proof with every code masked.
package mailbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/jhillyerd/enmime/v2"
	"github.com/nyaruka/phonenumbers"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer { return []evidence.Importer{mbox{}} }

// Bounds of what one mailbox may make us remember.
const (
	maxSenders  = 50_000
	maxSubject  = 120 // runes of a subject kept as proof
	ownMinCount = 3   // a delivery address seen this often is proposed as the person's own
)

type mbox struct{}

var _ evidence.Importer = mbox{}

// Format implements evidence.Importer.
func (mbox) Format() evidence.Format { return evidence.Format{ID: "mbox", Family: "mailbox"} }

// Recognise implements evidence.Importer.
func (mbox) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := bytes.TrimPrefix(in.Head, []byte("\xef\xbb\xbf"))
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	if isSeparator(line) && looksLikeHeader(rest) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer. What was found before a stop or damage is
// handed over in any case.
func (mbox) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	c := collector{out: out, seen: map[proofKey]*proof{}, own: map[string]int{}}
	defer c.flush()
	s := newSplitter(f)
	var told int64
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		msg, err := s.next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		out.Advance(s.offset - told)
		told = s.offset
		out.Item()
		if !c.message(msg) {
			out.Skip()
		}
	}
}

// proofKey is what one line of proof is about.
type proofKey struct {
	domain string
	class  class
	to     identifier.Identifier
	trust  evidence.Confidence
	phone  identifier.Identifier
}

type proof struct {
	count       int
	first, last time.Time
	subject     string // of the earliest mail
}

// collector adds mails up, so that a hundred thousand of them cost what their
// senders cost.
type collector struct {
	out  evidence.Sink
	seen map[proofKey]*proof
	own  map[string]int
}

// message takes one mail; false where it shows nothing.
func (c *collector) message(m *raw) bool {
	h := parseHeader(m.header)
	if h.first("from") == "" || ignored(h) {
		return false
	}
	to := recipient(h)
	if d := h.first("delivered-to", "x-original-to", "envelope-to"); d != "" && !to.IsZero() {
		c.count(to)
	}
	s := trueSender(h)
	if s.domain == "" {
		return false
	}
	subject := decode(h.first("subject"))
	k := classify(h, subject)
	bulk := h.first("list-unsubscribe") != ""
	if k == classNone || !s.role && !bulk && (freeMailers[s.domain] || h.first("in-reply-to") != "") || freeMailers[s.domain] && !s.role {
		return false // people writing to people
	}
	key := proofKey{domain: s.domain, class: k, to: to, trust: s.trust}
	if k == classContact || k == classSecurity {
		key.phone = numberIn(m, c.out.Region())
	}
	c.add(key, h.date(), subject)
	return true
}

func (c *collector) count(id identifier.Identifier) {
	if len(c.own) < maxSenders {
		c.own[id.Value]++
	}
}

func (c *collector) add(k proofKey, at time.Time, subject string) {
	p := c.seen[k]
	if p == nil {
		if len(c.seen) >= maxSenders {
			return
		}
		p = &proof{first: at, subject: maskCodes(subject)}
		c.seen[k] = p
	}
	p.count++
	if !at.IsZero() && (p.first.IsZero() || at.Before(p.first)) {
		p.first, p.subject = at, maskCodes(subject)
	}
	if at.After(p.last) {
		p.last = at
	}
}

// ignored reports mail that proves nothing: drafts, sent mail, chats, spam,
// what Thunderbird has deleted, groups.
func ignored(h header) bool {
	if st := h.first("x-mozilla-status"); len(st) == 4 {
		if n := strings.IndexByte("0123456789abcdef", st[3]|0x20); n >= 0 && n&8 != 0 {
			return true // 0x0008, expunged
		}
	}
	if h.first("x-google-groups") != "" {
		return true
	}
	for label := range strings.SplitSeq(fold(decode(h.first("x-gmail-labels"))), ",") {
		if slices.Contains(ignoredLabels, strings.TrimSpace(label)) {
			return true
		}
	}
	return false
}

// ignoredLabels are Gmail's own labels, folded, in the seven languages.
var ignoredLabels = []string{
	"spam", "pourriel", "correo no deseado", "draft", "drafts", "brouillons", "entwurfe", "borradores", "bozze", "rascunhos", "concepten",
	"sent", "messages envoyes", "gesendet", "enviados", "inviata", "posta inviata", "verzonden", "chat", "chats",
}

// recipient is the address the mail was delivered to.
func recipient(h header) identifier.Identifier {
	for _, field := range []string{"delivered-to", "x-original-to", "envelope-to", "to"} {
		addr, _ := address(h.first(field))
		if id, err := identifier.ParseEmail(addr); err == nil {
			return id
		}
	}
	return identifier.Identifier{}
}

// numberIn finds a full phone number in the body of a mail about one. It must
// be international, or valid in the person's own region.
func numberIn(m *raw, region string) identifier.Identifier {
	env, err := enmime.NewParser(enmime.MaxStoredPartErrors(1)).ReadEnvelope(io.MultiReader(bytes.NewReader(m.header), strings.NewReader("\r\n"), bytes.NewReader(m.body)))
	if err != nil || env == nil {
		return identifier.Identifier{}
	}
	text := env.Text
	for i := 0; i < len(text); i++ {
		if c := text[i]; c != '+' && (c != '0' || region == "" || i > 0 && text[i-1] >= '0' && text[i-1] <= '9') {
			continue
		}
		end := i + 1
		for end < len(text) && end-i < 24 && strings.IndexByte("0123456789 .-()/\u00a0", text[end]) >= 0 {
			end++
		}
		if id, err := identifier.ParsePhone(phonenumbers.NormalizeDigitsOnly(text[i:end]), region); text[i] == '0' && err == nil {
			return id
		}
		if id, err := identifier.ParsePhone(text[i:end], region); text[i] == '+' && err == nil {
			return id
		}
	}
	return identifier.Identifier{}
}

// maskCodes keeps a subject as proof without what it might let somebody do.
func maskCodes(s string) string {
	r := []rune(evidence.Clean(s))
	if len(r) > maxSubject {
		r = append(r[:maxSubject], '…')
	}
	for i := 0; i < len(r); {
		j := i
		for j < len(r) && (unicode.IsDigit(r[j]) || j > i && (r[j] == '-' || r[j] == ' ') && j+1 < len(r) && unicode.IsDigit(r[j+1])) {
			j++
		}
		if j-i >= 4 {
			for k := i; k < j; k++ {
				r[k] = '•'
			}
		}
		i = max(j, i+1)
	}
	return string(r)
}

// flush hands the sums over.
func (c *collector) flush() {
	keys := make([]proofKey, 0, len(c.seen))
	for k := range c.seen {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b proofKey) int {
		return cmp.Or(strings.Compare(a.domain, b.domain), strings.Compare(string(a.class), string(b.class)), strings.Compare(a.to.Value, b.to.Value), cmp.Compare(a.trust, b.trust), strings.Compare(a.phone.Value, b.phone.Value))
	})
	for _, k := range keys {
		c.emit(k, c.seen[k])
	}
	for v, n := range c.own {
		if id, err := identifier.ParseEmail(v); err == nil && n >= ownMinCount {
			c.out.Finding(evidence.Finding{Fact: evidence.FactOwn, Identifier: id, Confidence: evidence.Likely, Count: n})
		}
	}
}

func (c *collector) emit(k proofKey, p *proof) {
	f := evidence.Finding{
		Site: k.domain, Identifier: k.to, Count: p.count, First: p.first, Last: p.last,
		Confidence: strength(k.class, k.trust), Detail: string(k.class) + ": " + p.subject,
	}
	if k.class == classNewsletter {
		f.Fact = evidence.FactMailed
		c.out.Finding(f)
		return
	}
	f.Fact, f.Purpose = evidence.FactAccount, evidence.PurposeUnknown
	c.out.Finding(f)
	if !k.to.IsZero() {
		f.Fact, f.Detail = evidence.FactHoldsEmail, ""
		f.Purpose = evidence.PurposeSignIn
		c.out.Finding(f)
	}
	if !k.phone.IsZero() {
		f.Fact, f.Identifier, f.Purpose, f.Detail = evidence.FactHoldsPhone, k.phone, evidence.PurposeUnknown, string(k.class)
		f.Confidence = min(f.Confidence, evidence.Likely)
		c.out.Finding(f)
	}
}

// strength is how sure the mail makes an account: what only an account holder
// gets counts as much as its sender is proven; a receipt may be a guest's and a
// notice a mass mailing.
func strength(k class, trust evidence.Confidence) evidence.Confidence {
	switch k {
	case classReceipt, classNotice, classSocial, classNewsletter:
		return min(trust, evidence.Likely)
	}
	return trust
}
