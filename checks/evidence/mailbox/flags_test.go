package mailbox_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/identifier"
)

// What a mail's own flags and labels say of it; each is counted by its reason.
func TestFlags(t *testing.T) {
	for header, want := range map[string]evidence.Reason{
		"X-Gmail-Labels: Spam,Unread\n":                                             evidence.Unwanted,
		"X-Gmail-Labels: =?UTF-8?B?6L+35oOR44Oh44O844Or?=\n":                        evidence.Unwanted,
		"X-Gmail-Labels: =?UTF-8?Q?S=C3=B8ppelpost,Ulest?=\n":                       evidence.Unwanted,
		"X-Gmail-Labels: =?UTF-8?Q?Ungelesen,Entw=C3=BCrfe?=\n":                     evidence.Unwanted,
		"X-Gmail-Labels: =?utf-8?b?0JrQvtGA0LfQuNC90LA=?=\n":                        evidence.Unwanted,
		"X-Gmail-Labels: =?UTF-8?Q?Inneh=C3=A5ll,?=\n =?UTF-8?Q?Skr=C3=A4ppost?=\n": evidence.Unwanted,
		"X-Gmail-Labels: Inbox\nX-Gmail-Labels: Trash\n":                            evidence.Unwanted,
		"X-Gmail-Labels: Sent,Spam\n":                                               evidence.Unwanted,
		"X-Gmail-Labels: Inbox,Category Updates,Spam reports\n":                     "",
		"X-Gmail-Labels: Sent\n":                                                    "", // somebody else wrote it, and it was delivered
		"X-Google-Groups: g\n":                                                      evidence.Unwanted,
		"X-Mozilla-Status: 0009\n":                                                  evidence.Unwanted,
		"X-Mozilla-Status: 0801\n":                                                  evidence.Unwanted,
		"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00200000\n":                     evidence.Unwanted,
		"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys: \n":   "",
		"X-Mozilla-Keys: $label1 Junk\n":                                            evidence.Unwanted,
		"X-Mozilla-Draft-Info: internal/draft; vcard=0\n":                           evidence.Unwanted,
		"Status: RO\nX-Status: D\n":                                                 evidence.Unwanted,
		"Status: RO\nX-Status: AT\n":                                                evidence.Unwanted,
		"Status: RO\nX-Status: AF\nX-Keywords: NonJunk\n":                           "",
		"X-Keywords: $Junk                \n":                                       evidence.Unwanted,
		"X-Keywords: $Phishing $Forwarded\n":                                        evidence.Unwanted,
		"X-Keywords: Junk NonJunk\n":                                                "",
		"X-Evolution: 00000010-0080\n":                                              evidence.Unwanted,
		"X-Evolution: 00000010-0012\n":                                              evidence.Unwanted,
		"X-Evolution: 00000010-0010\n":                                              "",
		"X-Unsent: 1\n":                                                             evidence.Unwanted,
		"X-Uniform-Type-Identifier: com.apple.mail-draft\n":                         evidence.Unwanted,
		"X-Spam-Flag: YES\n":                                                        "", // a filter's guess, not where the mail was put
	} {
		out := box(t, "Inbox", one(header+proven+plain, "Welcome to Shop", "Hi"))
		if got := out.sites(); want == "" && len(got) != 1 || want != "" && (len(got) != 0 || out.why[want] != 1) {
			t.Errorf("%q shows %q, passed over %v, want %q", header, got, out.why, want)
		}
	}
	for name, c := range map[string]struct {
		mail string
		want evidence.Reason
	}{
		"sent by label alone": {one("X-Gmail-Labels: Sent\n"+strings.Replace(plain, "no-reply@shop.example", "pat.old@else.example", 1), "Welcome to the club", "Hi"), evidence.Sent},
		"no sender":           {one("To: pat.doe@gmail.example\n", "Welcome to Shop", "Hi"), evidence.NoSender},
		"a friend's":          {one(strings.Replace(plain, "no-reply@shop.example", "ann@gmail.com", 1)+"In-Reply-To: <1@x.example>\n", "Lunch?", "Hi"), evidence.Personal},
		"the person's own":    {one(strings.ReplaceAll(plain, "no-reply@shop.example", "pat@mail.example"), "Welcome", "Hi"), evidence.Sent},
	} {
		out := &noted{own: own}
		read(t, "Inbox", c.mail, out)
		if len(out.sites()) != 0 || out.why[c.want] != 1 {
			t.Errorf("%s shows %q, passed over %v", name, out.sites(), out.why)
		}
	}
}

// utf16 writes ASCII as UTF-16, as PowerShell and Notepad save it.
func utf16(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// A folder's name, in whatever language and form, and the files beside a mail
// say where it belongs.
func TestPlaces(t *testing.T) {
	m := welcome()
	label := func(ids string) string {
		return `{"Version":1,"Payload":{"ID":"x","LabelIDs":[` + ids + `],"Subject":"x"}}`
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"Proton Mail": {map[string]string{
			"m/a.eml": m, "m/a.metadata.json": label(`"0","5","15"`), "m/b.eml": m, "m/b.metadata.json": label(`"4","5"`), "m/c.eml": m, "m/c.metadata.json": label(`"3"`), "m/d.eml": m, "m/d.metadata.json": label(`"1","8"`),
			"m/e.eml": written, "m/e.metadata.json": label(`"2","7"`), "m/f.eml": m, "m/f.metadata.json": label(`5,"4"`), "m/g.eml": m, "m/g.metadata.json": "{", "m/labels.json": `{"Version":1}`,
		}, []string{"eml-folder 7 5"}},
		"labels beside": {map[string]string{"a.eml": m, "a.metadata.json": `{"LabelIDs":["6"]}`, "b.eml": m, "b.metadata.json": `{"LabelIDs":["4"]}`}, []string{"eml-folder 2 1"}},
		"Dovecot's keywords": {map[string]string{
			"M/cur/1.h:2,Sa": m, "M/cur/2.h:2,Sb": m, "M/cur/3.h:2,Sab": m, "M/cur/4.h:2,S": m, "M/dovecot-keywords": "0 $Junk\n1 NonJunk\n",
		}, []string{"maildir 4 1"}},
		"Apple's flag of spam": {map[string]string{"Mail/INBOX.mbox/Messages/1.emlx": appleFile(m, 1), "Mail/INBOX.mbox/Messages/2.emlx": appleFile(m, 1<<24|1)}, []string{"apple-mail 2 1"}},
		"names of many languages": {map[string]string{
			"x/迷惑メール/1.eml": m, "x/Søppelpost/1.eml": m, "x/Корзина/1.eml": m, "x/Entw&APw-rfe/1.eml": m, "x/Courrier inde\u0301sirable/1.eml": m, "x/Wys&AUI-ane/1.eml": written, "x/휴지통/1.eml": m, "x/Roskaposti/1.eml": m, "x/Archiv/1.eml": m,
		}, []string{"eml-folder 9 8"}},
		"MH":                  {map[string]string{"Mail/inbox/1": m, "Mail/inbox/2": m, "Mail/inbox/.mh_sequences": "cur: 1", "Mail/trash/3": m, "Mail/inbox/4": "no mail"}, []string{"eml-folder 3 1"}},
		"mbox of Apple's":     {map[string]string{"Export/INBOX.mbox/mbox": separator + m, "Export/INBOX.mbox/table_of_contents": "\x00\x01", "Export/Junk.mbox/mbox": separator + m}, []string{"mbox 1 0", "mbox 1 1"}},
		"Takeout, by label":   {map[string]string{"Takeout/Mail/Inbox.mbox": separator + m, "Takeout/Mail/垃圾邮件-002.mbox": separator + m, "Takeout/Mail/All mail Including Spam and Trash.mbox": separator + m}, []string{"mbox 1 0", "mbox 1 0", "mbox 1 1"}},
		"a folder of another": {map[string]string{"Trash.sbd/2019": separator + m, "Reise": separator + m}, []string{"mbox 1 0", "mbox 1 1"}},
		"a separator in each": {map[string]string{"a/1.eml": separator + m, "a/2.eml": separator + m}, []string{"eml-folder 2 0"}},
		"UTF-16":              {map[string]string{"a/1.eml": utf16("\ufeff" + m), "a/2.eml": utf16(m), "inbox": utf16("\ufeff" + separator + m + "\n" + separator + m), "x.txt": utf16("\ufeffDear Pat,\nFrom: here\n")}, []string{"eml-folder 2 0", "mbox 2 0"}},
		"names that lie":      {map[string]string{"a/Welcome to Shop.txt": m, "a/2023-11-14.mht": m, "a/mail.eml.download": m, "a/note.txt": "From: here\nSubject: there\n"}, []string{"eml 1 0", "eml 1 0", "eml 1 0"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Folder(t, c.files))
			Equal(t, sources(r), c.want)
			Equal(t, Problems(r), []string{})
		})
	}
	alone := Folder(t, map[string]string{"b.eml": m, "b.metadata.json": label(`"4"`)})
	if got := Lines(Scan(t, alone+"/b.eml")); len(got) != 0 {
		t.Errorf("a mail by itself, called spam beside it, shows %q", got)
	}
}

// A folder of mails is one, whatever lies before the first readable mail.
func TestFoldersBegin(t *testing.T) {
	files := map[string]string{"z/last.eml": strings.Repeat("X-MS-Exchange-Data: "+strings.Repeat("QUFB", 20)+"\n", 300) + welcome()}
	for i := range 40 {
		files[fmt.Sprintf("a/%02d.eml", i)] = "this is no mail\n"
	}
	r := Scan(t, Folder(t, files))
	if got := facts(Lines(r)); got != shown {
		t.Errorf("shows %q", got)
	}
	Equal(t, sources(r), []string{"eml-folder 41 40"})
}

// Files of many mails that are framed in other ways than an mbox.
func TestFrames(t *testing.T) {
	a, b := letter(1, "", "Hi\n"), letter(2, "", "Hi\n")
	sep := func(i int) string {
		return fmt.Sprintf("From no-reply@shop%d.example Tue Nov 14 22:13:2%d 2023\n", i, i)
	}
	cl := func(i int, body string) string {
		return sep(i) + strings.TrimSuffix(letter(i, fmt.Sprintf("Content-Length: %d\n", len(body)), body), "\n")
	}
	paste := "Dear Pat,\n\n" + foreign("no-reply@stranger.example Tue Nov 14 22:13:20 2023") + "\nBye\n"
	for name, file := range map[string]string{
		"MMDF":                        "\x01\x01\x01\x01\n" + a + "\x01\x01\x01\x01\n\x01\x01\x01\x01\n" + b + "\x01\x01\x01\x01\n",
		"MMDF with separators":        "\x01\x01\x01\x01\n" + sep(1) + a + "\x01\x01\x01\x01\n\x01\x01\x01\x01\n" + sep(2) + b + "\x01\x01\x01\x01\n",
		"Babyl":                       "BABYL OPTIONS: -*- rmail -*-\nVersion: 5\nLabels:\n\x1f\x0c\n1,,\n" + strings.Replace(a, "\n\n", "\n\n*** EOOH ***\n", 1) + "\x1f\x0c\n0, unseen,,\n*** EOOH ***\n" + b + "\x1f",
		"lengths":                     cl(1, paste) + cl(2, paste),
		"lengths and a blank line":    cl(1, paste) + "\n" + cl(2, paste) + "\n",
		"a length that lies":          sep(1) + letter(1, "Content-Length: 7000000\n", "Hi\n") + "\n" + sep(2) + letter(2, "Content-Length: 1\n", "Hi\n"),
		"no blank line between":       sep(1) + a + sep(2) + b,
		"tight and not":               sep(1) + strings.TrimRight(a, "\n") + "\n" + sep(2) + b + "\n\n" + "From - Tue Nov 14 22:13:20 2023\n" + letter(2, "", "Hi"),
		"lines end in different ways": strings.ReplaceAll(sep(1)+a, "\n", "\r\n") + "\r\n" + strings.ReplaceAll(sep(2)+b, "\n", "\r"),
		"CR first, LF then":           strings.ReplaceAll(sep(1)+a+"\n", "\n", "\r") + sep(2) + b,
		"CR CR LF":                    strings.ReplaceAll(sep(1)+a+"\n"+sep(2)+b, "\n", "\r\r\n"),
		"no body, no blank line":      sep(1) + strings.Split(a, "\n\n")[0] + "\n" + sep(2) + b,
		"blank line behind a From":    sep(1) + "\n" + a + "\n" + sep(2) + "\n\n" + b,
		"words above":                 "Mail folder, exported 2023\n" + sep(1) + a + "\n" + sep(2) + b,
		"another dialect further on":  sep(1) + a + "\n" + "From - Tue Nov 14 22:13:20 2023\n" + b,
	} {
		t.Run(name, func(t *testing.T) {
			out := box(t, "Old.mbox", file)
			if got := strings.Join(out.sites(), " "); got != "shop1.example shop2.example" || len(out.strangers()) != 0 {
				t.Errorf("%d mails: %s, strangers %q, passed over %v", out.items, got, out.strangers(), out.why)
			}
		})
	}
	if got := box(t, "Saved.mbox", a).sites(); len(got) != 1 {
		t.Errorf("one mail without a separator shows %q", got)
	}
	report := "I found this in my mailbox, please look into it.\n\n" + foreign("no-reply@stranger.example Tue Nov 14 22:13:20 2023")
	if got := Lines(Scan(t, Write(t, "report.txt", report))); len(got) != 0 {
		t.Errorf("a text with a mail pasted into it shows %q", got)
	}
}

// A mailbox put together of two people's accounts loses neither.
func TestTwoAccounts(t *testing.T) {
	var b strings.Builder
	for i := range 8 {
		mail := letter(i, "", "Regards,\nShop\n")
		if i >= 4 { // older mail, to another address, of another shape
			mail = "Return-Path: <b@shop.example>\n" + strings.ReplaceAll(mail, "pat.doe@gmail.example", "pat@mail.example")
		}
		fmt.Fprintf(&b, "From a@shop.example Tue Nov 1%d 22:13:20 202%d\n%s\n", i%4, 3-i/4, mail)
	}
	out := box(t, "all", b.String())
	if got := out.sites(); len(got) != 8 || out.items != 8 {
		t.Errorf("%d mails, %q, passed over %v", out.items, got, out.why)
	}
}

// A mail to several people proposes none of them as the person.
func TestSeveralRecipients(t *testing.T) {
	mail := one(strings.Replace(plain, "To: pat.doe@gmail.example", "To: \"Doe, Ann\" <ann@else.example>, Pat <pat@mail.example>, bob@else.example", 1), "Welcome to Shop", "Hi")
	for _, o := range [][]identifier.Identifier{nil, own} {
		out := &noted{own: o}
		read(t, "Inbox", mail, out)
		got := out.strangers()
		if len(out.sites()) != 1 || len(o) == 0 && len(got) > 0 || len(o) > 0 && strings.Join(slices.Compact(got), " ") != "pat@mail.example" {
			t.Errorf("with %d own: %q for %q", len(o), out.sites(), got)
		}
	}
}
