package mailbox_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/identifier"
)

const (
	separator = "From 1700000000000000001@xxx Tue Nov 14 22:13:20 +0000 2023\n"
	proven    = "Delivered-To: pat.doe@gmail.example\nAuthentication-Results: mx.google.com; dkim=pass header.i=@shop.example; spf=pass smtp.mailfrom=b.shop.example; dmarc=pass (p=REJECT) header.from=shop.example\n"
	plain     = "From: Shop <no-reply@shop.example>\nTo: pat.doe@gmail.example\nDate: Tue, 14 Nov 2023 22:13:19 +0000\n"
)

// one is a mailbox of one mail.
func one(header, subject, body string) string {
	return separator + header + "Subject: " + subject + "\nContent-Type: text/plain; charset=utf-8\n\n" + body + "\n\n"
}

func scan(t *testing.T, box string) []string {
	t.Helper()
	return Lines(Scan(t, Write(t, "mail.mbox", box)))
}

// facts leaves the proof out of a line: what is shown, and how surely.
func facts(lines []string) string {
	var out []string
	for _, l := range lines {
		f := strings.Fields(l)
		out = append(out, strings.Join(f[:3], " "))
	}
	return strings.Join(out, "; ")
}

// The message of the reference, with everything that proves its sender.
func TestProvenSender(t *testing.T) {
	box := separator + `X-GM-THRID: 1700000000000000001
X-Gmail-Labels: Inbox,Category Updates
Delivered-To: pat.doe@gmail.example
Authentication-Results: mx.google.com; dkim=pass header.i=@shop.example header.s=s1; dkim=pass header.i=@amazonses.com;
 spf=pass smtp.mailfrom=bounces.shop.example; dmarc=pass (p=REJECT) header.from=shop.example
From: Shop <no-reply@shop.example>
To: pat.doe+shop@gmail.example
Subject: =?utf-8?q?Best=C3=A4tige_deine_E-Mail-Adresse?=
Date: Tue, 14 Nov 2023 22:13:19 +0000
Content-Type: text/plain; charset=utf-8

Hallo Pat, bestätige bitte deine Adresse.
`
	Equal(t, scan(t, box), []string{
		"shop.example account confirmed pat.doe@gmail.example verification: Bestätige deine E-Mail-Adresse",
		"shop.example holds-email confirmed pat.doe@gmail.example sign-in",
	})
}

// Whom a mail is really from decides how much it shows.
func TestTrust(t *testing.T) {
	for name, c := range map[string]struct{ header, subject, want string }{
		"proven by the own provider": {proven + plain, "Welcome to Shop", "shop.example account confirmed; shop.example holds-email confirmed"},
		"no proof in the file":       {plain, "Welcome to Shop", "shop.example account possible; shop.example holds-email possible"},
		"signed, not checked":        {"DKIM-Signature: v=1; a=rsa-sha256; d=mail.shop.example; s=k; b=x\n" + plain, "Welcome to Shop", "shop.example account likely; shop.example holds-email likely"},
		"signed by a mailing service only": {
			"DKIM-Signature: v=1; d=sendgrid.net; b=x\n" + plain, "Welcome to Shop", "shop.example account possible; shop.example holds-email possible",
		},
		"provider says it failed": {
			"Authentication-Results: mx.google.com; dkim=fail header.i=@shop.example; dmarc=fail header.from=shop.example\n" + plain, "Welcome to Shop", "",
		},
		"a forged result below the real one": {
			"Authentication-Results: mx.google.com; dmarc=fail header.from=shop.example\nAuthentication-Results: mx.google.com; dmarc=pass header.from=shop.example\n" + plain, "Welcome to Shop", "",
		},
		"somebody else's pass": {
			"Authentication-Results: mx.google.com; dkim=pass header.i=@evil.example\n" + plain, "Welcome to Shop", "",
		},
		"sent by a mailing service for itself": {strings.ReplaceAll(plain, "shop.example", "sendgrid.net"), "Welcome to Shop", ""},
		"look-alike domain":                    {strings.ReplaceAll(plain, "shop.example", "paypa1.com"), "Welcome to PayPal", ""},
		"brand in a hyphenated domain":         {strings.ReplaceAll(plain, "shop.example", "secure-paypal.com"), "Your account has been limited", ""},
		"punycode":                             {strings.ReplaceAll(plain, "shop.example", "xn--pypal-4ve.com"), "Welcome", ""},
		"display name of a brand":              {strings.Replace(plain, "Shop <", "PayPal <", 1), "Welcome to PayPal", ""},
		"a friend":                             {"From: Ann <ann@gmail.com>\nTo: pat.doe@gmail.example\nDate: Tue, 14 Nov 2023 22:13:19 +0000\n", "Welcome to the club", ""},
		"an alias that forwards": {
			"From: no-reply_at_shop_example_x1@simplelogin.co\nX-SimpleLogin-Original-From: Shop <no-reply@shop.example>\nTo: alias@simplelogin.co\n", "Welcome to Shop", "shop.example account likely; shop.example holds-email likely",
		},
		"no sender at all": {"To: pat.doe@gmail.example\n", "Welcome to Shop", ""},
		"a best guess is no pass": {
			"Authentication-Results: mx.google.com; dmarc=bestguesspass header.from=shop.example\n" + plain, "Welcome to Shop", "",
		},
		"sender checked by address only": {
			"Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=bounces.shop.example\n" + plain, "Welcome to Shop", "shop.example account likely; shop.example holds-email likely",
		},
		"two signatures": {
			"Authentication-Results: mx.google.com; dkim=pass header.d=amazonses.com; dkim=pass header.d=mail.shop.example\n" + plain, "Welcome to Shop", "shop.example account confirmed; shop.example holds-email confirmed",
		},
		"signature of the mailing service alone passes": {
			"Authentication-Results: mx.google.com; dkim=pass header.d=sendgrid.net\n" + plain, "Welcome to Shop", "",
		},
		"Outlook names nobody": {
			"Received: from x.shop.example by AM1.mail.protection.outlook.com with SMTP\nAuthentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=shop.example; dkim=pass (signature was verified) header.d=shop.example;dmarc=pass action=none header.from=shop.example;compauth=pass reason=100\n" + plain,
			"Welcome to Shop", "shop.example account confirmed; shop.example holds-email confirmed",
		},
		"iCloud writes one field a check": {
			"Received: from x.shop.example by p00.mail.me.com with ESMTPS\nAuthentication-Results: bimi.icloud.com; bimi=skipped\nAuthentication-Results: dmarc.icloud.com; dmarc=pass header.from=shop.example\n" + plain,
			"Welcome to Shop", "shop.example account confirmed; shop.example holds-email confirmed",
		},
		"a result that the receiver did not write": {
			"Received: from x.evil.example by mx.orange.fr with ESMTP\nAuthentication-Results: mx.google.com; dmarc=pass header.from=shop.example\n" + plain, "Welcome to Shop", "shop.example account possible; shop.example holds-email possible",
		},
		"a forged hop below": {
			"Received: from x.evil.example by mx.orange.fr with ESMTP\nAuthentication-Results: mx.google.com; dmarc=pass header.from=shop.example\nReceived: from shop.example by mx.google.com\n" + plain,
			"Welcome to Shop", "shop.example account possible; shop.example holds-email possible",
		},
		"SPF failed, not signed":               {"Received-SPF: SoftFail (x) client-ip=192.0.2.1\n" + plain, "Welcome to Shop", ""},
		"answers go to a free mailbox":         {"Reply-To: shop.help@gmail.com\n" + plain, "Welcome to Shop", ""},
		"a proven one may have a free mailbox": {proven + "Reply-To: shop@gmail.com\n" + plain, "Welcome to Shop", "shop.example account confirmed; shop.example holds-email confirmed"},
		"a proven stranger calls itself a brand": {
			proven + strings.Replace(plain, "Shop <", "PayPal Service <", 1), "Confirm your account", "shop.example mailed-you likely",
		},
		"a proven stranger writes of a brand's account": {proven + plain, "Verify your PayPal account", "shop.example mailed-you likely"},
		"a proven shop may name a brand":                {proven + plain, "Subscription renewed, paid with PayPal", "shop.example account likely; shop.example holds-email likely"},
		"brand of two words":                            {proven + strings.Replace(plain, "Shop <", "Orange <", 1), "Welcome to Orange", "shop.example account confirmed; shop.example holds-email confirmed"},
		"letters that look alike":                       {strings.ReplaceAll(proven+plain, "shop.example", "paypai.com"), "Welcome", "paypai.com mailed-you likely"},
		"brand beside bait":                             {strings.ReplaceAll(proven+plain, "shop.example", "paypalsecurity.com"), "Confirm your account", "paypalsecurity.com mailed-you likely"},
		"brand in front of another domain":              {strings.ReplaceAll(proven+plain, "shop.example", "paypal.com.evil.example"), "Confirm your account", "evil.example mailed-you likely"},
		"a subdomain of the brand":                      {strings.ReplaceAll(proven+plain, "shop.example", "accounts.google.com"), "Security alert", "google.com account confirmed; google.com holds-email confirmed"},
		"numbered mailing service":                      {strings.ReplaceAll(proven+plain, "shop.example", "cmail27.com"), "Welcome to Shop", "cmail27.com mailed-you likely"},
		"forum host": {
			strings.ReplaceAll(proven+plain, "shop.example", "discoursemail.com") + "List-Id: Forum <forum.shop.example>\n", "Welcome to Forum", "shop.example account likely; shop.example holds-email likely",
		},
		"proven, but scam": {proven + plain, "You have won a phone", "shop.example mailed-you likely"},
		"a bounce":         {proven + strings.Replace(plain, "no-reply@", "mailer-daemon@", 1), "Your account", ""},
		"a forum's report": {proven + plain, "Undelivered Mail Returned to Sender", "shop.example mailed-you likely"},
		"Addy": {
			"From: x <a+no-reply=shop.example@anonaddy.me>\nX-AnonAddy-Original-From-Header: Shop <no-reply@shop.example>\nTo: alias@anonaddy.me\n", "Welcome to Shop", "shop.example account likely; shop.example holds-email likely",
		},
		"Firefox Relay":     {"From: \"no-reply@shop.example [via Relay]\" <x1@mozmail.com>\nTo: alias@mozmail.com\n", "Welcome to Shop", "shop.example account likely; shop.example holds-email likely"},
		"DuckDuckGo":        {"From: Shop <no-reply_at_shop.example_pat@duck.com>\nTo: pat@duck.com\n", "Welcome to Shop", "shop.example account likely; shop.example holds-email likely"},
		"Apple's relay":     {"From: Shop <no-reply_at_mail_shop_co_uk_x1y2z3@privaterelay.appleid.com>\nTo: a1@privaterelay.appleid.com\n", "Welcome to Shop", "shop.co.uk account likely; shop.co.uk holds-email likely"},
		"Hide My Email":     {"From: Shop <no-reply_at_mail_shop_com_x1y2z3_0a1b@icloud.com>\nTo: a1@icloud.com\n", "Welcome to Shop", "shop.com account likely; shop.com holds-email likely"},
		"a person's iCloud": {"From: Shop <hi_at_shop_com@icloud.com>\nTo: a1@icloud.com\n", "Welcome to Shop", ""},
		"an alias that failed": {
			"Authentication-Results: mx.google.com; dmarc=fail header.from=duck.com\nFrom: <no-reply_at_shop.example_pat@duck.com>\nTo: pat@duck.com\n", "Welcome to Shop", "",
		},
		"an alias of a forger": {"From: Shop <no-reply_at_paypa1.com_pat@duck.com>\nTo: pat@duck.com\n", "Welcome to PayPal", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := facts(scan(t, one(c.header, c.subject, "Hi"))); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// The kind of mail is told in seven languages; advertising makes no account.
func TestKinds(t *testing.T) {
	for subject, want := range map[string]string{
		"Welcome to Shop": "sign-up", "Bienvenue sur Shop": "sign-up", "Willkommen bei Shop": "sign-up", "Te damos la bienvenida a Shop": "sign-up",
		"Benvenuto in Shop": "sign-up", "Bem-vindo ao Shop": "sign-up", "Welkom bij Shop": "sign-up",
		"Reset your password": "reset", "Réinitialisez votre mot de passe": "reset", "Setze dein Passwort zurück": "reset",
		"Your phone number was changed": "contact-change", "Nouveau numéro de téléphone": "contact-change", "Deine Telefonnummer wurde geändert": "contact-change",
		"New sign-in on Linux": "security", "Nouvelle connexion à votre compte": "security", "Neue Anmeldung": "security", "Nieuwe aanmelding": "security",
		"Notice of data breach": "breach-notice", "Violation de données personnelles": "breach-notice",
		"Your account has been deleted": "closed", "Votre compte a été supprimé": "closed",
		"𝐖𝐞𝐥𝐜𝐨𝐦𝐞 𝐭𝐨 Shop":     "sign-up", // letters from the mathematical block, to slip past filters
		"50 % off everything": "", "Black Friday!": "", "Confirm your subscription": "", "Ann invited you to Shop": "", "Lunch?": "",
	} {
		t.Run(subject, func(t *testing.T) {
			got := ""
			for _, l := range scan(t, one(proven+plain, subject, "Hi")) {
				if strings.Contains(l, " account ") {
					got, _, _ = strings.Cut(strings.Fields(l)[4], ":")
				}
			}
			if got != want {
				t.Errorf("%q is %q, want %q", subject, got, want)
			}
		})
	}
	bulk := scan(t, one(proven+plain+"List-Unsubscribe: <https://shop.example/u>\n", "News of the week", "Hi"))
	if got := facts(bulk); got != "shop.example mailed-you likely" {
		t.Errorf("a newsletter shows %q", got)
	}
}

// Each dialect of mbox gives the same three mails.
func TestDialects(t *testing.T) {
	mails := []string{one(proven+plain, "Welcome to Shop", "Hi,\n>From the shop"), one(proven+plain, "New sign-in", "Hi"), one(proven+plain, "Reset your password", "Hi")}
	want := facts(scan(t, strings.Join(mails, "")))
	if strings.Count(want, "account") != 3 {
		t.Fatalf("three mails show %q", want)
	}
	all := strings.Join(mails, "")
	for name, box := range map[string]string{
		"CRLF":                    strings.ReplaceAll(all, "\n", "\r\n"),
		"byte order mark":         "\xef\xbb\xbf" + all,
		"unescaped From":          strings.ReplaceAll(all, ">From the shop", "From the shop to your door at 10:30 in 2023"),
		"Content-Length lies":     strings.ReplaceAll(all, "Content-Type:", "Content-Length: 999999\nContent-Type:"),
		"Thunderbird":             strings.ReplaceAll(strings.ReplaceAll(all, separator, "From - Tue Nov 14 22:13:20 2023\nX-Mozilla-Status: 0001\n"), "Hi\n\n", "Hi\n"),
		"classic separator":       strings.ReplaceAll(all, separator, "From no-reply@shop.example Tue Nov 14 22:13:20 2023\n"),
		"cut off in a mail":       strings.TrimSuffix(all, "Hi\n\n"),
		"a mail in an attachment": strings.Replace(all, "Hi\n", "--b\nContent-Type: message/rfc822\n\nFrom: PayPal <service@paypal.com>\nSubject: Welcome to PayPal\n\nHi\n--b--\n", 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got := facts(scan(t, box)); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// Mail the person wrote, threw away or never wanted shows nothing.
func TestIgnored(t *testing.T) {
	for name, header := range map[string]string{
		"spam": "X-Gmail-Labels: Spam,Unread\n", "spam, encoded label": "X-Gmail-Labels: =?UTF-8?Q?Correo_no_deseado?=\n",
		"draft, German": "X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\n", "deleted in Thunderbird": "X-Mozilla-Status: 0009\n", "a group": "X-Google-Groups: g\n",
	} {
		if got := scan(t, one(header+proven+plain, "Welcome to Shop", "Hi")); len(got) != 0 {
			t.Errorf("%s shows %q", name, got)
		}
	}
}

// A number in a mail about a number is proof; a code in a subject is not kept.
func TestBody(t *testing.T) {
	for body, want := range map[string]string{
		"Your number +33 6 39 98 12 34 was added": "+33639981234", "Le numéro 06 39 98 12 34 a été ajouté": "+33639981234", "ends in 34": "", "order 0123": "",
		"ref 00000000000000000000000000000000": "",
	} {
		got := ""
		for _, l := range scan(t, one(proven+plain, "Phone number added", body)) {
			if strings.Contains(l, "holds-phone") {
				got = strings.Fields(l)[3]
			}
		}
		if got != want {
			t.Errorf("%q shows %q, want %q", body, got, want)
		}
	}
	for _, l := range scan(t, one(proven+plain, "Verify your email: 493 021 or 771-234 or 8842", "Hi")) {
		if strings.ContainsAny(strings.ReplaceAll(l, "@gmail", ""), "4738") {
			t.Errorf("a code is kept in %q", l)
		}
	}
}

// An address mail is delivered to again and again is proposed as the person's.
func TestOwn(t *testing.T) {
	box := strings.Repeat(one(proven+plain, "Lunch?", "Hi"), 3)
	Equal(t, scan(t, box), []string{"own likely pat.doe@gmail.example x3", "shop.example mailed-you likely pat.doe@gmail.example x3 other: Lunch?"})
}

func FuzzMbox(f *testing.F) {
	f.Add([]byte(one(proven+plain, "Welcome to Shop", "Hi")))
	f.Add([]byte(one("Content-Type: multipart/mixed; boundary=b\n"+plain, "Phone number added", "--b\n\n+33 6 39 98 12 34\n--b--")))
	f.Add([]byte("From - \nX: y\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := Scan(t, Write(t, "m", separator+string(b)))
		for _, f := range r.Findings {
			if !f.First.IsZero() && (f.First.Year() < 1990 || f.First.Year() > 2100 || f.Last.Before(f.First)) {
				t.Errorf("impossible dates in %+v", f)
			}
		}
	})
}

// endless is a mailbox of any size that takes no memory of its own.
type endless struct {
	mail string
	left int64
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) {
		c := copy(p[n:], e.mail[e.at:])
		n += c
		e.at = (e.at + c) % len(e.mail)
	}
	e.left -= int64(n)
	return n, nil
}
func (e *endless) Close() error               { return nil }
func (e *endless) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }

type endlessFS struct{ *endless }

func (e endlessFS) Open(string) (fs.File, error) { return e.endless, nil }

// own is what the benchmark's person has told.
var own = []identifier.Identifier{
	{Kind: identifier.KindPhone, Value: "+33639981234"},
	{Kind: identifier.KindPhone, Value: "+12025550123"},
	{Kind: identifier.KindEmail, Value: "pat.doe@gmail.example"},
	{Kind: identifier.KindEmail, Value: "pat@mail.example"},
}

// count is a sink that keeps nothing.
type count struct {
	items, findings int
	bytes           int64
}

func (c *count) Finding(evidence.Finding)        { c.findings++ }
func (c *count) Problem(evidence.Problem)        {}
func (c *count) Item()                           { c.items++ }
func (c *count) Skip(evidence.Reason, string)    {}
func (c *count) Advance(n int64)                 { c.bytes += n }
func (c *count) Region() string                  { return "FR" }
func (c *count) Unlock() []evidence.Unlock       { return nil }
func (c *count) Own() []identifier.Identifier    { return own }
func (c *count) Secret(string, evidence.Finding) {}

// BenchmarkGigabyte reads one gigabyte of account mail, looks for the person in
// every body, and reports the heap it needed:
// what grows with the mailbox would show.
func BenchmarkGigabyte(b *testing.B) {
	var mails strings.Builder
	for i := range 200 {
		mails.WriteString(one(strings.ReplaceAll(proven+plain, "shop.example", fmt.Sprintf("shop%d.example", i)), "Welcome to Shop", strings.Repeat("lorem ipsum dolor sit amet 0123456789\n", 400)+"+33 6 39 98 12 34"))
	}
	b.SetBytes(1 << 30)
	for b.Loop() {
		out := &count{}
		done := make(chan uint64)
		ctx, cancel := context.WithCancel(context.Background())
		go func() { done <- peak(ctx) }()
		in := evidence.Input{Label: "x", FS: endlessFS{&endless{mail: mails.String(), left: 1 << 30}}, Name: "x", Size: 1 << 30}
		_ = mailbox.Importers()[0].Read(ctx, in, out)
		cancel()
		b.ReportMetric(float64(<-done)/(1<<20), "peak-MB")
		if out.items < 60_000 || out.findings < 600 {
			b.Fatalf("read %d mails, %d findings", out.items, out.findings)
		}
	}
}

func peak(ctx context.Context) (most uint64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
		select {
		case <-ctx.Done():
			return most
		case <-tick.C:
		}
	}
}

// Addresses of others are not proposed: of a list's archive, of mail that was
// forwarded, of copies. Without a record of delivery, the address that most
// account mail is written to is.
func TestOwnIsNoStranger(t *testing.T) {
	to := func(addr, more, subject string) string {
		return one(more+strings.ReplaceAll(proven+plain, "pat.doe@gmail.example", addr), subject, "Hi")
	}
	own := func(box string) (out []string) {
		for _, l := range scan(t, box) {
			if strings.HasPrefix(l, "own ") {
				out = append(out, strings.Fields(l)[2])
			}
		}
		return out
	}
	bare := strings.NewReplacer("Delivered-To: pat@mail.example\n", "", "Delivered-To: ann@else.example\n", "")
	list := strings.Repeat(to("dev@list.example", "Delivered-To: dev@list.example\nList-Id: <dev.list.example>\n", "Welcome to Shop"), 5)
	mine := bare.Replace(strings.Repeat(to("pat@mail.example", "", "Welcome to Shop"), 4))
	theirs := bare.Replace(strings.Repeat(to("ann@else.example", "", "Welcome to Shop"), 3))
	for name, c := range map[string]struct {
		box  string
		want []string
	}{
		"an archive of a list":         {list, nil},
		"account mail":                 {mine, []string{"pat@mail.example"}},
		"account mail, some forwarded": {mine + theirs, []string{"pat@mail.example"}},
		"as much of another's":         {bare.Replace(strings.Repeat(to("pat@mail.example", "", "Welcome to Shop"), 3)) + theirs, nil},
		"two mails":                    {bare.Replace(strings.Repeat(to("pat@mail.example", "", "Welcome to Shop"), 2)), nil},
	} {
		if got := own(c.box); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
