package mailbox_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/mailbox"
)

// welcome is one mail as a file of its own.
func welcome() string {
	return strings.TrimPrefix(one(proven+plain, "Welcome to Shop", "Hi"), separator)
}

func appleFile(mail string, flags int) string {
	return fmt.Sprintf("%-10d\n%s<?xml version=\"1.0\"?>\n<plist><dict><key>date-received</key><integer>1700000000</integer>\n\t<key>flags</key>\n\t<integer>%d</integer></dict></plist>\n", len(mail), mail, flags)
}

// sources lists format, records and records passed over.
func sources(r evidence.Report) (out []string) {
	for _, s := range r.Sources {
		out = append(out, fmt.Sprint(s.Format, " ", s.Items, " ", s.Skipped))
	}
	return out
}

var shown = "shop.example account confirmed; shop.example holds-email confirmed"

// written is a mail that the person wrote.
const written = "From: Pat <pat@mail.example>\nTo: ann@shop.example\nSubject: Welcome to the club\nDate: Tue, 14 Nov 2023 22:13:20 +0000\nMessage-ID: <w@mail.example>\n\nHi\n"

// A folder of mails is one source, whatever kind of folder, and each mail in it
// is read once.
func TestFolders(t *testing.T) {
	m := welcome()
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"Maildir": {map[string]string{
			"Maildir/cur/1700000000.M1P2.host:2,S": m, "Maildir/new/1700000001.M1P2.host": m, "Maildir/tmp/1700000002.x": m, "Maildir/dovecot-uidlist": "3 V1", "Maildir/dovecot.index": m,
			"Maildir/.Shops.2023/cur/1.host:2,RS": m, "Maildir/.Sent/cur/1.host:2,S": written, "Maildir/.INBOX.Drafts/cur/1.host:2,": m,
		}, []string{"maildir 5 2"}},
		"Maildir flags": {map[string]string{
			"cur/1.h:2,T": m, "cur/2.h;2,ST": m, "cur/3.h!2,D": m, "cur/4.h-2,DS": m, "cur/5.h;2,S": m, "cur/6.h!2,": m, "cur/7.h-2,F": m, "cur/8.h:2,Sabd": m, "cur/dovecot.x": m,
		}, []string{"maildir 8 4"}},
		"Thunderbird's Maildir": {map[string]string{"Mail/server/Inbox/cur/1700.eml": m, "Mail/server/Inbox.msf": "// <!-- <mdb:mork:z v=\"1.4\"/> -->"}, []string{"maildir 1 0"}},
		"folder of eml":         {map[string]string{"a/1.eml": m, "a/2.EML": m, "a/2.metadata.json": `{"Version":1}`, "a/picture.jpg": "x", "Sent/3.eml": written, "Sent/4.eml": m}, []string{"eml-folder 4 1"}},
		"Apple Mail": {map[string]string{
			"V10/A/INBOX.mbox/B/Data/Messages/1.emlx": appleFile(m, 1), "V10/A/INBOX.mbox/B/Data/Messages/2.partial.emlx": appleFile(m, 8590195713), "V10/A/INBOX.mbox/B/Data/Messages/3.emlx": appleFile(m, 2),
			"V10/A/Junk.mbox/B/Data/Messages/4.emlx": appleFile(m, 0), "V10/A/INBOX.mbox/B/Data/Messages/5.emlx": appleFile(m, 64),
		}, []string{"apple-mail 5 3"}},
		"Thunderbird": {map[string]string{
			"Profiles/x/Mail/server/Inbox": separator + m, "Profiles/x/Mail/server/Inbox.msf": "// <!-- <mdb:mork:z", "Profiles/x/Mail/server/Inbox.sbd/Shops": strings.ReplaceAll(separator+"X-Mozilla-Status: 0009\n"+m+"\n"+separator+m, separator, "From - Tue Nov 14 22:13:20 2023\n"),
			"Profiles/x/Mail/server/Junk": separator + m,
		}, []string{"mbox 1 0", "mbox 2 1", "mbox 1 1"}},
		"everything": {map[string]string{"a/1.eml": m, "b/cur/1.h:2,S": m, "c/1.emlx": appleFile(m, 1), "d/mbox": separator + m}, []string{"apple-mail 1 0", "eml-folder 1 0", "maildir 1 0", "mbox 1 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			for how, path := range map[string]string{"folder": Folder(t, c.files), "zip": Write(t, "x.zip", string(Zip(t, c.files)))} {
				r := Scan(t, path)
				Equal(t, sources(r), c.want)
				Equal(t, Problems(r), []string{})
				for _, f := range r.Findings {
					if f.Site != "shop.example" && f.Fact != evidence.FactOwn || f.Confidence != evidence.Confirmed && f.Fact != evidence.FactOwn {
						t.Errorf("%s shows %+v", how, f)
					}
				}
				if len(r.Findings) == 0 {
					t.Errorf("%s shows nothing", how)
				}
			}
		})
	}
}

// A single mail is known by its content, and a text that only looks similar is
// not one.
func TestSingleMail(t *testing.T) {
	m := welcome()
	for name, c := range map[string]struct{ file, want, problem string }{
		"eml":                   {m, shown, ""},
		"eml, CRLF":             {strings.ReplaceAll(m, "\n", "\r\n"), shown, ""},
		"eml, byte order mark":  {"\xef\xbb\xbf" + m, shown, ""},
		"eml, From in the body": {strings.Replace(m, "Hi\n", "Hi\n\nFrom pat Tue Nov 14 22:13:20 2023\nFrom: PayPal <service@paypal.com>\nSubject: Welcome to PayPal\n\n", 1), shown, ""},
		"eml, header only":      {strings.TrimSuffix(strings.Split(m, "\n\n")[0], "\n"), shown, ""},
		"emlx":                  {appleFile(m, 1), shown, ""},
		"emlx, deleted":         {appleFile(m, 3), "", ""},
		"emlx, cut off":         {appleFile(m, 1)[:len(m)-3], shown, "damaged"},
		"emlx, wrong length":    {"99999999  \n" + m, shown, "damaged"},
		"notes":                 {"From: here\nSubject: to there\n\nBuy milk\n", "", "unknown"},
		"key and value":         {"name: x\ndate: y\n", "", "unknown"},
		"number, then text":     {"12\nhello\n", "", "unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "download", c.file))
			if got := facts(Lines(r)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := strings.Join(Problems(r), " "); got != c.problem {
				t.Errorf("problems %q, want %q", got, c.problem)
			}
		})
	}
}

func wide(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }

// scanOwn scans for somebody who has told who they are.
func scanOwn(t testing.TB, box string) []string {
	t.Helper()
	r, err := evidence.Scan(context.Background(), []string{Write(t, "m.mbox", box)}, evidence.Options{Importers: mailbox.Importers(), Region: "FR", Own: own}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Lines(r)
}

// held leaves what bodies prove.
func held(lines []string) string {
	lines = slices.DeleteFunc(lines, func(l string) bool {
		return !strings.Contains(l, "holds-phone") && (!strings.Contains(l, "holds-email") || strings.Contains(l, "sign-in"))
	})
	return strings.Join(lines, "; ")
}

// A number or address of the person's in account mail is proof, however the
// body is written; in other mail it is none.
func TestOwnInBody(t *testing.T) {
	const number = "shop.example holds-phone confirmed +33639981234 "
	body := func(header, text string) string { return "Content-Type: text/plain\n" + header + "\n" + text + "\n\n" }
	html := `<html><style>p{width:06 39 98 12 34}</style><!-- 06 39 98 12 34 --><p>Votre num&eacute;ro <b>06&nbsp;39</b>&nbsp;98 <span>12</span>&#32;34</p></html>`
	for name, c := range map[string]struct{ subject, rest, want string }{
		"plain":               {"Receipt", body("", "Tel. 06 39 98 12 34"), number + "order"},
		"sign-up":             {"Welcome to Shop", body("", "Tel. +33 (0)6.39.98.12.34"), number + "sign-up"},
		"a breach":            {"Notice of data breach", body("", "Your number +33639981234 was exposed"), number + "breach-notice"},
		"number changed":      {"Your phone number was changed", body("", "+33 6 39 98 12 34"), number + "contact-change"},
		"not their number":    {"Your phone number was changed", body("", "call +33 6 39 98 99 99"), ""},
		"quoted-printable":    {"Receipt", body("Content-Transfer-Encoding: quoted-printable\n", "T=C3=A9l=2E 06=C2=A039=\n 98 12=20=\n34"), number + "order"},
		"base64":              {"Receipt", body("Content-Transfer-Encoding: BASE64\n", base64.StdEncoding.EncodeToString([]byte("Tel. 06 39 98"))[:16]+"\r\n!"+base64.StdEncoding.EncodeToString([]byte("Tel. 06 39 98 12 34."))[16:]), number + "order"},
		"HTML":                {"Receipt", strings.Replace(body("", html), "text/plain", "text/html", 1), number + "order"},
		"only in a style":     {"Receipt", "Content-Type: text/html\n\n<style>06 39 98 12 34</style><SCRIPT>06 39 98 12 34</SCRIPT><!-- 06 39 98 12 34 --><a title='06 39 98 12 34'>x</a>\n\n", ""},
		"UTF-16":              {"Receipt", "Content-Type: text/plain; charset=utf-16be\n\n" + "\x00" + strings.TrimSuffix(wide("0639981234 ok"), "\x00") + "\n\n", number + "order"},
		"parts":               {"Receipt", "Content-Type: multipart/mixed; boundary=\"b 1\"\n\n--b 1\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<td>06 39 98 12=\n 34</td>\n--c--\n--b 1--\n\n", number + "order"},
		"an attachment":       {"Receipt", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\n06 39 98 12 34\n--b\nContent-Type: message/rfc822\n\nFrom: x\n\n06 39 98 12 34\n--b--\n\n", ""},
		"masked":              {"Verification code", body("", "We sent it to •••• 34"), "shop.example holds-phone possible +33639981234 verification"},
		"a card":              {"Receipt", body("", "Visa •••• 1234"), ""},
		"another address":     {"Recovery email added", body("", "pat@mail.example can reset it"), "shop.example holds-email confirmed pat@mail.example contact-change"},
		"the same address":    {"Receipt", body("", "sent to pat.doe@gmail.example"), ""},
		"advertising":         {"50 % off everything", body("", "06 39 98 12 34"), ""},
		"a message of others": {"Ann sent you a message", body("", "his number is 06 39 98 12 34"), ""},
		"a friend's mail":     {"Lunch?", body("", "06 39 98 12 34"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := held(scanOwn(t, separator+proven+plain+"Subject: "+c.subject+"\n"+c.rest)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	unproven := held(scanOwn(t, separator+plain+"Subject: Receipt\n\n06 39 98 12 34\n"))
	if unproven != "shop.example holds-phone possible +33639981234 order" {
		t.Errorf("an unproven sender shows %q", unproven)
	}
	mine := strings.ReplaceAll(plain, "Shop <no-reply@shop.example>", "Pat <pat@mail.example>")
	if got := scanOwn(t, separator+mine+"Subject: Welcome to the order confirmation\n\n06 39 98 12 34\n"); len(got) != 0 {
		t.Errorf("own mail shows %q", got)
	}
	bounce := separator + "Return-Path: <b+12.34-pat@mail.example=x@shop.example>\n"
	bounce = strings.Replace(bounce, "pat@mail.example=x", "pat=mail.example", 1)
	if got := facts(scanOwn(t, bounce+proven[strings.Index(proven, "Auth"):]+"From: Shop <no-reply@shop.example>\nTo: undisclosed-recipients:;\nSubject: Welcome to Shop\n\nHi\n")); got != shown {
		t.Errorf("a bounce address shows %q", got)
	}
}

// Hostile structure costs little and shows nothing that is not there.
func TestHostileMail(t *testing.T) {
	nested := &strings.Builder{}
	for i := range 3000 {
		fmt.Fprintf(nested, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	for name, mail := range map[string]string{
		"deep nesting":            "Subject: Receipt\n" + nested.String() + "\n06 39 98 12 34\n",
		"a giant folded field":    "Subject: Receipt\nTo: x\n" + strings.Repeat(" y\n", 60_000) + "\n\nHi\n",
		"thousands of results":    strings.Repeat("Authentication-Results: evil.example; dmarc=pass header.from=shop.example\n", 20_000) + "Subject: Receipt\n\nHi\n",
		"a giant result":          "Authentication-Results: x; " + strings.Repeat("dkim=pass header.d=a.example; ", 40_000) + "\nSubject: Receipt\n\nHi\n",
		"base64 garbage":          "Subject: Receipt\nContent-Transfer-Encoding: base64\n\n" + strings.Repeat("=!$\x00A", 60_000) + "\n",
		"open tags":               "Subject: Receipt\nContent-Type: text/html\n\n" + strings.Repeat("<style>", 40_000) + strings.Repeat("<a", 10_000) + "\n",
		"closing tags":            "Subject: Receipt\nContent-Type: text/html\n\n" + strings.Repeat("<style></style>", 20_000) + strings.Repeat("&", 10_000) + "\n",
		"parts without end":       "Subject: Receipt\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\n", 60_000),
		"boundary of one letter":  "Subject: Receipt\nContent-Type: multipart/mixed; boundary=-\n\n" + strings.Repeat("-", 200_000),
		"ends of numbers":         "Subject: Receipt\n\n" + strings.Repeat("4", 250_000) + "\n",
		"ends between separators": "Subject: Receipt\n\n" + strings.Repeat("34 ", 80_000) + "\n",
		"addresses":               "Subject: Receipt\n\n" + strings.Repeat("a@mail.example", 20_000) + "\n",
		"separators in a body":    "Subject: Receipt\n\n" + strings.Repeat("\nFrom x y", 40_000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got := held(scanOwn(t, separator+plain+mail)); got != "" {
				t.Errorf("shows %q", got)
			}
			if got := held(Lines(Scan(t, Write(t, "x.eml", plain+mail)))); got != "" {
				t.Errorf("shows %q", got)
			}
		})
	}
}

// FuzzFiles reads anything as a single mail, of Apple's or not, and as a member
// of each kind of folder.
func FuzzFiles(f *testing.F) {
	f.Add([]byte(welcome()))
	f.Add([]byte(appleFile(welcome(), 1)))
	f.Add([]byte("12\nFrom: a@b.example\nDate: x\n\n<key>flags</key><integer>1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := fstest.MapFS{"a": {Data: b}, "a.eml": {Data: b}, "b.emlx": {Data: b}, "cur/1:2,S": {Data: b}, "c.msg": {Data: b}}
		for _, imp := range mailbox.Importers() {
			input := evidence.Input{Label: "a", FS: in, Name: "a", Size: int64(len(b)), Head: b}
			if imp.Format().Tree {
				input.Name, input.Head, input.Files = ".", nil, []string{"a", "a.eml", "b.emlx", "c.msg", "cur/1:2,S"}
			}
			out := &count{}
			if imp.Recognise(context.Background(), input) > evidence.No {
				_ = imp.Read(context.Background(), input, out)
			}
			_ = imp.Read(context.Background(), input, out) // even where it is not its own
			if out.bytes > 8*int64(len(b)) {
				t.Errorf("%s tells of %d bytes of %d", imp.Format().ID, out.bytes, len(b))
			}
		}
	})
}
