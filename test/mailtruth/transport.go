package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// verdict is what the checks of a receiving provider say.
type verdict uint8

const (
	passing    verdict = iota // SPF and DKIM of the sender's domain
	signedOnly                // DKIM only: forwarded, or sent by a service under its own bounce address
	byService                 // only the mailing service's own signature: nothing says who wrote
	unchecked                 // the sender publishes nothing, nothing fails
	failing                   // DMARC fails
	soft                      // SPF softfail, no DKIM
)

// receiver is who the person's mailbox is with.
type receiver struct {
	name, address string
	results       func(t transport) []string // what it writes on top of a mail
}

var receivers = []receiver{
	{"gmail", "pat.doe@gmail.com", gmail},
	{"outlook", "pat.doe@outlook.com", outlook},
	{"yahoo", "pat.doe@yahoo.com", yahoo},
	{"fastmail", "pat@doe-home.example", fastmail},
	{"none", "pat.doe@gmail.com", func(t transport) []string {
		return []string{"Received: from " + t.relay + " (" + t.relay + " [192.0.2.7])\n\tby mx.isp.example (Postfix) with ESMTP id 4Tq;\n\t" + t.at.Format(time.RFC1123Z)}
	}},
}

func pickReceiver(r *rand.Rand) receiver {
	switch n := r.IntN(100); {
	case n < 50:
		return receivers[0]
	case n < 65:
		return receivers[1]
	case n < 77:
		return receivers[2]
	case n < 87:
		return receivers[3]
	}
	return receivers[4]
}

// transport is how one mail came.
type transport struct {
	to, from, relay string // from is the domain in the From field
	sender          string // the envelope sender of people; "" where it is b@bounce
	bounce          string // domain of the envelope sender
	org             string // what signs
	service         string // a mailing service that signs as well, or ""
	verdict         verdict
	at              time.Time
}

var services = []string{"amazonses.com", "sendgrid.info", "mandrillapp.com", "mailchimpapp.net", "mailgun.org", "sparkpostmail.com", ""}

// spf, dkim and dmarc tell the results as every provider spells them.
func (t transport) spf() string {
	switch t.verdict {
	case failing:
		return "fail"
	case soft:
		return "softfail"
	case unchecked:
		return "none"
	}
	return "pass"
}

func (t transport) signers() (out []string) {
	if t.verdict == passing || t.verdict == signedOnly {
		out = append(out, t.org)
	}
	if t.service != "" && (t.verdict <= byService) {
		out = append(out, t.service)
	}
	return out
}

func (t transport) dmarc() string {
	switch t.verdict {
	case passing, signedOnly:
		return "pass"
	case failing:
		return "fail"
	}
	return "none"
}

func gmail(t transport) []string {
	ar := "Authentication-Results: mx.google.com;\n"
	for _, d := range t.signers() {
		ar += "       dkim=pass header.i=@" + d + " header.s=s1 header.b=Qx3f;\n"
	}
	ar += fmt.Sprintf("       spf=%s (google.com: domain of b@%s designates 192.0.2.7 as permitted sender) smtp.mailfrom=b@%s", t.spf(), t.bounce, t.bounce)
	if d := t.dmarc(); d != "none" {
		ar += ";\n       dmarc=" + d + " (p=REJECT sp=REJECT dis=NONE) header.from=" + t.from
	}
	stamp := t.at.Format("Mon, 02 Jan 2006 15:04:05 -0700 (MST)")
	return []string{
		"Delivered-To: " + t.to,
		"Received: by 2002:a05:6102:1:b0:44e:1 with SMTP id g9csp1;\n        " + stamp,
		"ARC-Authentication-Results: i=1; " + strings.TrimPrefix(ar, "Authentication-Results: "),
		"Return-Path: <" + cmp.Or(t.sender, "b@"+t.bounce) + ">",
		"Received: from " + t.relay + " (" + t.relay + ". [192.0.2.7])\n        by mx.google.com with ESMTPS id y1\n        for <" + t.to + ">;\n        " + stamp,
		"Received-SPF: " + t.spf() + " (google.com: domain of b@" + t.bounce + ") client-ip=192.0.2.7;",
		ar,
	}
}

func outlook(t transport) []string {
	dkim := "none (message not signed)\n header.d=none"
	if s := t.signers(); len(s) > 0 {
		dkim = "pass (signature was verified)\n header.d=" + s[0]
	}
	return []string{
		"Received: from AM0PR01.eurprd01.prod.exchangelabs.com (2603:10a6:208::1)\n by AM0PR02.eurprd01.prod.exchangelabs.com with HTTPS; " + t.at.Format(time.RFC1123Z),
		"Authentication-Results: spf=" + t.spf() + " (sender IP is 192.0.2.7)\n smtp.mailfrom=" + t.bounce + "; dkim=" + dkim + ";dmarc=" + t.dmarc() + " action=none\n header.from=" + t.from + ";compauth=pass reason=100",
		"Received-SPF: " + title(t.spf()) + " (protection.outlook.com: domain of " + t.bounce + " designates\n 192.0.2.7 as permitted sender) receiver=protection.outlook.com;",
		"Received: from " + t.relay + " (192.0.2.7) by\n AM0EUR02FT1.mail.protection.outlook.com (10.13.54.1) with Microsoft SMTP Server; " + t.at.Format(time.RFC1123Z),
		"X-MS-Exchange-Organization-SCL: 1",
	}
}

func yahoo(t transport) []string {
	ar := "Authentication-Results: atlas105.free.mail.ir2.yahoo.com;\n"
	for _, d := range t.signers() {
		ar += " dkim=pass header.i=@" + d + " header.s=s1;\n"
	}
	return []string{
		"X-Apparently-To: " + t.to + "; " + t.at.Format(time.RFC1123Z),
		"Return-Path: <" + cmp.Or(t.sender, "b@"+t.bounce) + ">",
		ar + " spf=" + t.spf() + " smtp.mailfrom=" + t.bounce + ";\n dmarc=" + t.dmarc() + "(p=REJECT) header.from=" + t.from + ";",
		"Received: from 192.0.2.7 (EHLO " + t.relay + ")\n by 10.217.151.1 with SMTPs; " + t.at.Format(time.RFC1123Z),
	}
}

func fastmail(t transport) []string {
	ar := "Authentication-Results: mx2.messagingengine.com;\n"
	for _, d := range t.signers() {
		ar += "    dkim=pass (2048-bit rsa key sha256) header.d=" + d + " header.i=@" + d + "\n    header.b=Ab1 header.a=rsa-sha256 header.s=s1;\n"
	}
	return []string{
		"Delivered-To: " + t.to,
		"Received: from compute1.internal (compute1.nyi.internal [10.202.2.41])\n\t by sloti1.internal (Cyrus) with LMTPA;\n\t " + t.at.Format(time.RFC1123Z),
		ar + "    dmarc=" + t.dmarc() + " policy.published-domain-policy=reject\n    policy.applied-disposition=none (p=reject,d=none) policy.policy-from=p\n    header.from=" + t.from + ";\n    iprev=pass smtp.remote-ip=192.0.2.7 (" + t.relay + ");\n    spf=" + t.spf() + " smtp.mailfrom=b@" + t.bounce + " smtp.helo=" + t.relay,
		"X-ME-VSCategory: clean",
		"Received: from " + t.relay + " (" + t.relay + " [192.0.2.7])\n\tby mx2.messagingengine.com (Postfix) with ESMTPS;\n\t" + t.at.Format(time.RFC1123Z),
	}
}

// signatures are the DKIM fields, which every receiver keeps.
func (t transport) signatures() (out []string) {
	for _, d := range t.signers() {
		out = append(out, "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d="+d+"; s=s1;\n\th=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n\tb=Zm9vYmFyYmF6cXV4")
	}
	return out
}
