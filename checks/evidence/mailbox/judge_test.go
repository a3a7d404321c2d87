package mailbox

import (
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
	"unlisted/checks/identifier"
)

// checkedBy is what a receiving provider writes on top of a mail of shop.example.
const checkedBy = "Delivered-To: pat@mail.example\nAuthentication-Results: mx.google.com; dkim=pass header.i=@shop.example; spf=pass smtp.mailfrom=shop.example; dmarc=pass header.from=shop.example\n"

// decided judges a mail and names what it makes.
func decided(head string) string {
	h := parseHeader([]byte(head))
	from, display := address(h.first("from"))
	r := judge(message{h, from, display, decode(h.first("subject"))})
	if r.skip != "" {
		return "passed over: " + string(r.skip)
	}
	return string(r.fact()) + " " + r.sender.domain + " " + r.why
}

// What a mail makes, and why.
func TestJudge(t *testing.T) {
	shop := checkedBy + "From: Shop <no-reply@shop.example>\nTo: pat@mail.example\nSubject: "
	ann := checkedBy + "Return-Path: <ann@shop.example>\nFrom: Ann <ann@shop.example>\nTo: pat@mail.example\nSubject: "
	for head, want := range map[string]string{
		// A checked service is an account, or it writes to the person: never nothing.
		shop + "Your account has been created":                                  "account shop.example mail.why.proven",
		shop + "Your subscription has been renewed":                             "account shop.example mail.why.usual",
		shop + "Your order is on its way":                                       "account shop.example mail.why.order",
		shop + "Réservé aux curieux":                                            "mailed-you shop.example mail.why.other",
		shop + "":                                                               "mailed-you shop.example mail.why.other",
		shop + "Invitation: lunch":                                              "mailed-you shop.example mail.why.other",
		shop + "20% off everything":                                             "mailed-you shop.example mail.why.newsletter",
		shop + "Your PayPal account is limited":                                 "mailed-you shop.example mail.why.pretends",
		checkedBy + "From: PayPal <help@shop.example>\nSubject: Hello":          "mailed-you shop.example mail.why.pretends",
		"From: Shop <no-reply@shop.example>\nSubject: Your account was created": "account shop.example mail.why.unproven",
		"From: Shop <no-reply@shop.example>\nSubject: Hello":                    "passed over: no_account",
		"DKIM-Signature: v=1; d=shop.example; b=x\nFrom: <no-reply@shop.example>\nSubject: Verify your email":                                                           "account shop.example mail.why.signed",
		"Authentication-Results: mx.google.com; dmarc=pass header.from=mcsv.net; dkim=pass header.d=mcsv.net\nFrom: Shop <no-reply@mcsv.net>\nSubject: Welcome to Shop": "mailed-you mcsv.net mail.why.relay",
		"Authentication-Results: mx.google.com; dmarc=fail header.from=shop.example\nFrom: Shop <no-reply@shop.example>\nSubject: Welcome to Shop":                      "passed over: unproven",

		// A person at a domain of their own is no service.
		ann + "Your order from the bakery":                                               "mailed-you shop.example mail.why.person",
		ann + "Can you send me the code for Uber?":                                       "passed over: personal",
		ann + "the wifi password":                                                        "passed over: personal",
		ann + "Tu peux m'envoyer le code Netflix ?":                                      "passed over: personal",
		ann + "Kannst du mir den Code schicken?":                                         "passed over: personal",
		ann + "photos":                                                                   "passed over: personal",
		ann + "Your verification code\nIn-Reply-To: <1@mail.example>":                    "passed over: personal",
		"From: Ann <ann@gmail.com>\nSubject: Your Uber code is 4821":                     "passed over: personal",
		ann + "Welcome to Shop\nFeedback-ID: 1:shop":                                     "account shop.example mail.why.proven",
		ann + "Welcome to Shop\nAuto-Submitted: auto-generated":                          "account shop.example mail.why.proven",
		ann + "Welcome to Shop\nDKIM-Signature: v=1; d=sendgrid.net; b=x":                "account shop.example mail.why.proven",
		ann + "Welcome to Shop\nDKIM-Signature: v=1; d=shop.20230601.gappssmtp.com; b=x": "mailed-you shop.example mail.why.person",

		// Who writes in the name of the site is the site, whatever the address is called.
		checkedBy + "From: Shop <pat7@shop.example>\nSubject: Your verification code":       "account shop.example mail.why.proven",
		checkedBy + "From: <shop@shop.example>\nSubject: Your account has been created":     "account shop.example mail.why.proven",
		checkedBy + "From: Shop.Example <x@shop.example>\nSubject: Your verification code":  "account shop.example mail.why.proven",
		checkedBy + "From: Ann of Shop <ann@shop.example>\nSubject: Your verification code": "mailed-you shop.example mail.why.person",
		"From: Gmail <ann@gmail.com>\nSubject: Your Uber code is 4821":                      "passed over: personal",

		// Machines among themselves.
		shop + "Your order\nAuto-Submitted: auto-replied":                     "passed over: automatic",
		shop + "Your order\nContent-Type: multipart/report; boundary=b":       "passed over: automatic",
		shop + "Your order\nContent-Type: text/calendar; method=REQUEST":      "passed over: automatic",
		checkedBy + "From: <mailer-daemon@shop.example>\nSubject: Your order": "passed over: automatic",
	} {
		if got := decided(head); got != want {
			t.Errorf("%q\n  is   %q\n  want %q", head, got, want)
		}
	}
}

// keeper is a sink of one person.
type keeper struct {
	evidence.Sink
	own      []identifier.Identifier
	findings []evidence.Finding
}

func (k *keeper) Finding(f evidence.Finding)   { k.findings = append(k.findings, f) }
func (k *keeper) Own() []identifier.Identifier { return k.own }
func (k *keeper) Region() string               { return "" }

// The label of sent mail alone throws nothing away: what counts is who wrote it.
func TestSentLabel(t *testing.T) {
	pat, err := identifier.ParseEmail("pat@mail.example")
	if err != nil {
		t.Fatal(err)
	}
	const sent = "X-Gmail-Labels: Sent,Opened\n"
	for head, want := range map[string]evidence.Reason{
		sent + checkedBy + "From: Shop <no-reply@shop.example>\nTo: pat@mail.example\nSubject: Your account was created":                   "",
		sent + "From: Shop <no-reply@shop.example>\nTo: pat@mail.example\nSubject: Your account was created":                               "",
		sent + "List-Unsubscribe: <https://shop.example/u>\nFrom: Shop <ann@shop.example>\nTo: pat@mail.example\nSubject: Welcome to Shop": "",
		sent + "From: Pat <pat@mail.example>\nTo: ann@shop.example\nSubject: Your account was created":                                     evidence.Sent,
		"From: Pat <pat@mail.example>\nTo: ann@shop.example\nSubject: Your account was created":                                            evidence.Sent,
		sent + "From: Pat <pat@other.example>\nTo: ann@shop.example\nSubject: Your account was created":                                    evidence.Sent,
		sent + "Delivered-To: me@other.example\nFrom: Pat <me@other.example>\nTo: me@other.example\nSubject: Your account was created":     evidence.Sent,
		"X-Gmail-Labels: Sent,Spam\n" + checkedBy + "From: Shop <no-reply@shop.example>\nSubject: Your account was created":                evidence.Unwanted,
	} {
		c := newCollector(&keeper{own: []identifier.Identifier{pat}})
		got := c.message(parseHeader([]byte(head+"\n")), foldername.Ordinary, func() []byte { return nil })
		if got != want {
			t.Errorf("%q\n  is passed over for %q, want %q", head, got, want)
		}
	}
}
