package mailbox

import (
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/wording"
	"unlisted/checks/identifier"
)

// Why a mail makes what it makes: text keys "mail.why.<reason>".
const (
	whyProven     = "mail.why.proven"     // only account holders get it, and the sender was checked
	whySigned     = "mail.why.signed"     // the same, with a signature that nobody has checked
	whyUnproven   = "mail.why.unproven"   // the same, and nothing says who sent it
	whyUsual      = "mail.why.usual"      // mostly account holders get it
	whyOrder      = evidence.WhyOrder     // a guest gets it as well
	whyNewsletter = "mail.why.newsletter" // anybody can be on its list
	whyOther      = "mail.why.other"      // its subject tells of no account
	whyPerson     = "mail.why.person"     // it tells of an account, but a person seems to have written it
	whyPretends   = "mail.why.pretends"   // its sender looks like somebody else
	whyRelay      = "mail.why.relay"      // a service that sends for others
)

// ruling is what one mail makes.
type ruling struct {
	class  class
	sender sender
	why    string          // of what it makes
	skip   evidence.Reason // why it makes nothing; "" where it makes something
}

// mail is what the decision is made of.
type message struct {
	header
	from, display, subject string
}

// judge decides what a mail that was not sent by the person makes: proof of an
// account, a sender that writes to the person, or nothing. A service whose mail
// the receiving provider has checked is never passed over.
func judge(m message) ruling {
	if automatic(m.from) || m.machines() {
		return ruling{skip: evidence.Automatic}
	}
	s := trueSender(m.header, m.from, m.display, m.subject)
	if s.domain == "" {
		return ruling{skip: evidence.Unproven}
	}
	r := ruling{class: classify(m.header, m.subject), sender: s}
	service := s.role || m.bulk() || m.machine(s.domain)
	switch {
	case m.amongPeople(s):
		return ruling{skip: evidence.Personal}
	case !service && personalWords(m.subject):
		return ruling{skip: evidence.Personal}
	case s.relay:
		r.why = whyRelay
	case s.pretends:
		r.why = whyPretends
	case !service && r.class != classNone:
		r.why = whyPerson
	case !service:
		return ruling{skip: evidence.Personal}
	case r.class == classNone && s.trust < evidence.Confirmed:
		return ruling{skip: evidence.NoAccount}
	case r.class == classNone:
		r.why = whyOther
	case r.class == classNewsletter:
		r.why = whyNewsletter
	case r.class == classOrder:
		r.why = whyOrder
	default:
		r.why = usual(r.class, s.trust)
	}
	return r
}

// usual is the reason of mail that shows an account.
func usual(k class, trust evidence.Confidence) string {
	switch {
	case trust == evidence.Possible:
		return whyUnproven
	case strength(k, evidence.Confirmed) < evidence.Confirmed:
		return whyUsual
	case trust == evidence.Confirmed:
		return whyProven
	}
	return whySigned
}

// fact is what the mail is entered as.
func (r ruling) fact() evidence.Fact {
	switch r.why {
	case whyProven, whySigned, whyUnproven, whyUsual, whyOrder:
		return evidence.FactAccount
	}
	return evidence.FactMailed
}

// machines reports what machines write to each other: bounces, answers of
// people who are away, invitations of calendars.
func (m message) machines() bool {
	kind := strings.ToLower(m.first("content-type"))
	return strings.HasPrefix(kind, "multipart/report") || strings.HasPrefix(kind, "text/calendar") ||
		strings.EqualFold(m.first("auto-submitted"), "auto-replied")
}

// bulk reports mail to many.
func (m message) bulk() bool {
	return m.first("list-unsubscribe") != "" || strings.EqualFold(m.first("precedence"), "bulk")
}

// machine reports mail that a program sent: it says so, it came through a
// mailing service, or its bounces go to another address than the sender's.
func (m message) machine(domain string) bool {
	if m.first("feedback-id") != "" || strings.EqualFold(m.first("auto-submitted"), "auto-generated") {
		return true
	}
	for _, d := range signers(m.header) {
		if d != domain && !senderList().has["people"][d] {
			return true
		}
	}
	bounce, _ := address(m.first("return-path"))
	return bounce != "" && !strings.EqualFold(bounce, m.from) && !identifier.FreeMail(org(domainOf(bounce)))
}

// amongPeople reports people writing to people: in an answer, from a mailbox
// that anybody can have, or to a list.
func (m message) amongPeople(s sender) bool {
	if identifier.FreeMail(s.domain) && !onlyRole(m.from) {
		return true
	}
	if s.role {
		return false
	}
	return m.first("list-unsubscribe") == "" && m.first("in-reply-to") != "" ||
		m.first("list-id") != "" && strings.EqualFold(m.first("precedence"), "list")
}

// people finds what people write about codes and services do not.
var people = wording.Words().Matcher("personal")

func personalWords(subject string) bool {
	if len(subject) > maxFolded {
		subject = subject[:maxFolded]
	}
	return len(people.Ends(wording.Fold(subject))) > 0
}

// sentByPerson reports mail that the person wrote: from one of their addresses,
// from the address it went to, or in the folder of sent mail with nothing that
// shows it was received from a service. What a rule or a person has put among
// sent mail may well be somebody else's.
func (c *collector) sentByPerson(m message, labelled bool) bool {
	id := identifier.Identifier{Kind: identifier.KindEmail, Value: m.from}
	if c.sent(m.from) {
		return true
	}
	if !labelled {
		return false
	}
	if to, err := identifier.ParseEmail(addressOf(m.first("delivered-to", "x-original-to", "to"))); err == nil &&
		identifier.Same(to, id) {
		return true
	}
	received := m.first("delivered-to", "authentication-results", "x-original-to", "received-spf") != ""
	return !received && !isRole(m.from) && !m.bulk()
}

func addressOf(field string) string {
	addr, _ := address(field)
	return addr
}
