package mailbox_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"github.com/emersion/go-message"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	. "unlisted/checks/evidence/evidencetest"
)

// number is the person's own, as texts show it.
const number = "+33 6 39 98 12 34"

// phoneIn tells whether a mail with these fields and body shows the number.
func phoneIn(t interface{ Fatalf(string, ...any) }, fields, body string) bool {
	mail := proven + plain + "Subject: A phone number was added to your account\n" + fields + "\n" + body
	out := &noted{own: own}
	read(t, "a.eml", mail, out)
	for _, f := range out.found {
		if string(f.Fact) == "holds-phone" && f.Identifier.Value == "+33639981234" {
			return true
		}
	}
	return false
}

// charsets are those in which the texts of TestParts are written.
var charsets = map[string]encoding.Encoding{
	"utf-8": unicode.UTF8, "": unicode.UTF8, "x-unknown": unicode.UTF8, "windows-1252": charmap.Windows1252, "ISO-8859-15": charmap.ISO8859_15, "cp850": charmap.CodePage850, "koi8-r": charmap.KOI8R,
	"iso-2022-jp": japanese.ISO2022JP, "utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// A mail library of others writes mails of random parts; the number is found in
// the text that holds it, however deep and encoded, and never in an attachment.
func TestParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shown := rapid.Bool().Draw(t, "shown")
		var b bytes.Buffer
		h := message.Header{}
		leaf := randomPart(t, &h, 0)
		w, err := message.CreateWriter(&b, h)
		if err != nil {
			t.Fatal(err)
		}
		if err := leaf(w, shown); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		fields, body, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "x-charset=", "charset="), "\n\n")
		if got := phoneIn(t, fields+"\n", body); got != shown {
			t.Fatalf("shown %v, found %v in\n%s", shown, got, b.String())
		}
	})
}

// randomPart fills a header and returns what writes its part; the number stands
// in it if shown.
func randomPart(t *rapid.T, h *message.Header, depth int) func(w *message.Writer, shown bool) error {
	if depth < 4 && rapid.IntRange(0, 2).Draw(t, "kind") > 0 {
		h.SetContentType("multipart/"+rapid.SampledFrom([]string{"mixed", "alternative", "related", "x-odd"}).Draw(t, "multipart"), nil)
		n := rapid.IntRange(1, 3).Draw(t, "parts")
		which := rapid.IntRange(0, n-1).Draw(t, "which")
		heads, write := make([]message.Header, n), make([]func(*message.Writer, bool) error, n)
		for i := range n {
			write[i] = randomPart(t, &heads[i], depth+1)
		}
		file := message.Header{}
		file.SetContentType("text/plain", nil)
		file.SetContentDisposition("attachment", map[string]string{"filename": "numéro.txt"})
		return func(w *message.Writer, shown bool) error {
			for i := range n {
				p, err := w.CreatePart(heads[i])
				if err != nil {
					return err
				}
				if err := write[i](p, shown && i == which); err != nil {
					return err
				}
				if err := p.Close(); err != nil {
					return err
				}
			}
			p, err := w.CreatePart(file)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(p, number); err != nil {
				return err
			}
			return p.Close()
		}
	}
	kind := rapid.SampledFrom([]string{"text/plain", "text/html", "text/plain; format=flowed"}).Draw(t, "text")
	charset := rapid.SampledFrom([]string{"utf-8", "", "x-unknown", "windows-1252", "ISO-8859-15", "cp850", "koi8-r", "iso-2022-jp", "utf-16le", "utf-16"}).Draw(t, "charset")
	how := rapid.SampledFrom([]string{"quoted-printable", "base64"}).Draw(t, "encoding")
	if charset != "" {
		kind += "; x-charset=" + charset // the library refuses those it does not write itself
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Transfer-Encoding", how)
	return func(w *message.Writer, shown bool) error {
		text := "No number here.\n"
		switch {
		case shown && strings.Contains(kind, "html"):
			text = "<p>Your number <b>+33&nbsp;6 39</b> 98 12&#160;34</p>\n"
		case shown && strings.Contains(kind, "flowed"):
			text = "Your number +33 6 39 \n98 12 34 was added.\n"
		case shown:
			text = "Your number " + number + " was added.\n"
		}
		coded, err := charsets[charset].NewEncoder().String(text)
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, coded)
		return err
	}
}

// What other programs and servers get wrong in a body, and every mail program
// shows nevertheless.
func TestBrokenParts(t *testing.T) {
	two := "--AAA\nContent-Type: text/plain\n\nHi\n--AAA\nContent-Type: text/html\n\n<p>" + number + "</p>\n"
	coded := base64.StdEncoding.EncodeToString([]byte("Your number is " + number + ", thank you."))
	for name, c := range map[string]struct{ fields, body string }{
		"empty type before the real one": {"Content-Type: \nContent-Type: multipart/alternative; boundary=\"AAA\"\n", two + "--AAA--\n"},
		"another type before the real":   {"Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=AAA\n", two + "--AAA--\n"},
		"a type that is none before":     {"Content-Type: text\nContent-Type: text/html; charset=utf-8\n", "<p>+33&nbsp;6&nbsp;39&nbsp;98 12 34</p>"},
		"empty encoding before the real": {"Content-Type: text/plain\nContent-Transfer-Encoding:\nContent-Transfer-Encoding: base64\n", coded},
		"no closing boundary":            {"Content-Type: multipart/mixed; boundary=AAA\n", two},
		"quote opened only":              {"Content-Type: multipart/mixed; boundary=\"AAA\n", two + "--AAA--\n"},
		"quote closed only":              {"Content-Type: multipart/mixed; boundary=AAA\"\n", two + "--AAA--\n"},
		"single quotes":                  {"Content-Type: multipart/mixed; boundary='AAA'\n", two + "--AAA--\n"},
		"blanks around":                  {"Content-Type: multipart/mixed ; boundary = \"AAA\" ;\n", two + "--AAA--\n"},
		"boundary with signs":            {"Content-Type: multipart/mixed; boundary=AAA=:/?;charset=utf-8\n", strings.ReplaceAll(two, "--AAA", "--AAA=:/?")},
		"boundary in pieces":             {"Content-Type: multipart/mixed; boundary*0=\"AA\"; boundary*1=\"A\"\n", two},
		"wrong boundary":                 {"Content-Type: multipart/mixed; boundary=BBB\n", two + "--AAA--\n"},
		"no boundary":                    {"Content-Type: multipart/mixed\n", two + "--AAA--\n"},
		"parts taken away":               {"Content-Type: multipart/mixed; boundary=AAA\n", "Number " + number + "\n"},
		"parts in a text":                {"Content-Type: text/plain\n", two + "--AAA--\n"},
		"no type at all, parts":          {"", "\n" + two + "--AAA--\n"},
		"capitals":                       {"CONTENT-TYPE: MULTIPART/MIXED; BOUNDARY=AAA\n", strings.ReplaceAll(two, "Content-Type", "content-TYPE")},
		"type folded":                    {"Content-Type: multipart/mixed;\n\tboundary=AAA\n", two},
		"blank before the colon":         {"Content-Type : multipart/mixed; boundary=AAA\n", two},
		"charset missing":                {"Content-Type: text/plain\n", "T\xe9l. +33\xa06\xa039\xa098\xa012\xa034"},
		"charset unknown":                {"Content-Type: text/plain; charset=default_charset\n", "T\xe9l. +33\xa06\xa039\xa098\xa012\xa034"},
		"charset spelled oddly":          {"Content-Type: text/plain; charset=\"Windows1252\"\n", "T\xe9l. +33\xa06\xa039\xa098\xa012\xa034"},
		"charset says UTF-8 and is none": {"Content-Type: text/plain; charset=utf-8\n", "T\xe9l. +33\xa06\xa039\xa098\xa012\xa034"},
		"charset says ASCII, is UTF-8":   {"Content-Type: text/plain; charset=us-ascii\n", "T\u00e9l. +33\u00a06\u00a039\u00a098\u00a012\u00a034"},
		"byte order mark":                {"Content-Type: text/plain\n", "\xef\xbb\xbf" + number},
		"UTF-16 that does not say so":    {"Content-Type: text/plain\n", "\xff\xfe" + wide(number)},
		"NUL bytes":                      {"Content-Type: text/plain\n", "Tel. +33 6 39\x00 98 12 34"},
		"base64 with junk":               {"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", coded[:9] + " \r\n!*" + coded[9:] + "\n--\nlist footer"},
		"base64 that is none":            {"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", "Your number is " + number + ", thank you.\n"},
		"part without header":            {"Content-Type: multipart/mixed; boundary=\"b\"\n", "--b\nYour number is " + number + ", thank you.\n--b--\n"},
		"base64 in pieces":               {"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", base64.StdEncoding.EncodeToString([]byte("Your number +33 6 3")) + "\n" + base64.StdEncoding.EncodeToString([]byte("9 98 12 34"))},
		"base64 without its end":         {"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n", strings.TrimRight(coded, "=")[:len(coded)-9]},
		"encoding with a comment":        {"Content-Type: text/plain\nContent-Transfer-Encoding: \"base64\" (standard);\n", coded},
		"quoted-printable, broken codes": {"Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n", "100=% =ZZ =\n=2b33 6 39=20=\r\n98 12 34="},
		"flowed, blanks deleted":         {"Content-Type: text/plain; format=flowed; delsp=yes\n", "Number +33 6 39  \n98 12 34\n"},
		"HTML that says it is nothing":   {"", "<!DOCTYPE html><p>+33&nbsp;6&nbsp;39&nbsp;98&nbsp;12&nbsp;34</p>"},
		"type without a subtype":         {"Content-Type: text\n", "Number " + number},
		"lines ended by CR":              {"Content-Type: multipart/mixed; boundary=AAA\n", two + "--AAA--\n"},
	} {
		t.Run(name, func(t *testing.T) {
			fields, body := c.fields, c.body
			if name == "lines ended by CR" {
				mail := strings.ReplaceAll(proven+plain+"Subject: A phone number was added to your account\n"+fields+"\n"+body, "\n", "\r")
				if got := held(scanOwn(t, mail)); !strings.Contains(got, "holds-phone") {
					t.Errorf("shows %q", got)
				}
				return
			}
			if !phoneIn(t, fields, body) {
				t.Error("the number is missed")
			}
		})
	}
}

// What may be wrong with a header without costing the mail.
func TestBrokenHeaders(t *testing.T) {
	long := "X-MS-Exchange-Data: " + strings.Repeat("QUFB", 20) + "\n"
	sender := "From: Shop <no-reply@shop.example>\n"
	subject := "Subject: Please verify your email address\n"
	rest := "To: pat.doe@gmail.example\nDate: Tue, 14 Nov 2023 22:13:19 +0000\nMessage-ID: <1@shop.example>\nMIME-Version: 1.0\n"
	for name, mail := range map[string]string{
		"banner":                       "Microsoft Mail Internet Headers Version 2.0\n" + proven + sender + subject + rest,
		"banner and an empty line":     "Exported by an archive\n\n" + proven + sender + subject + rest,
		"separator above":              "From no-reply@shop.example Tue Nov 14 22:13:20 2023\n" + proven + sender + subject + rest,
		"quoted separator above":       ">From no-reply@shop.example Tue Nov 14 22:13:20 2023\n" + proven + sender + subject + rest,
		"quoted separator below":       proven + ">From no-reply@shop.example Tue Nov 14 22:13:20 2023\n" + sender + subject + rest,
		"empty lines above":            "\r\n\n \n" + proven + sender + subject + rest,
		"NUL bytes above":              "\x00\x00" + proven + sender + subject + rest,
		"NUL bytes in between":         proven + "From:\x00 Shop <no-reply@shop.example>\n" + subject + rest,
		"empty line in the middle":     proven + sender + "To: pat.doe@gmail.example\n\n" + subject + strings.TrimPrefix(rest, "To: pat.doe@gmail.example\n"),
		"empty lines everywhere":       strings.ReplaceAll(proven+sender+subject+rest, "\n", "\n\n"),
		"empty line in a folded field": strings.Replace(proven, "; spf", ";\n\n spf", 1) + sender + subject + rest,
		"blank line in a folded field": strings.Replace(proven, "; spf", ";\n \n spf", 1) + sender + subject + rest,
		"line without a colon":         proven + "this is no field\n" + sender + "neither is this\n" + subject + rest,
		"blank before the colon":       strings.ReplaceAll(proven+sender+subject+rest, ": ", " : "),
		"no blank behind the colon":    strings.ReplaceAll(proven+sender+subject+rest, ": ", ":"),
		"capitals":                     strings.Replace(proven, "Authentication-Results", "AUTHENTICATION-RESULTS", 1) + strings.Replace(sender, "From", "FROM", 1) + strings.ToUpper(subject[:7]) + subject[7:] + rest,
		"empty fields before":          "From:\nSubject:\nTo:\n" + proven + sender + subject + rest,
		"long header":                  strings.Repeat(long, 200) + proven + sender + subject + rest,
		"sender behind 64 KB":          rest + strings.Repeat(long, 700) + proven + sender + subject,
		"long chain":                   proven + strings.Repeat("Received: from a.example by mx.google.com; Tue, 14 Nov 2023 22:13:19 +0000\n", 300) + sender + subject + rest,
		"unknown charset":              proven + sender + "Subject: =?unknown-8bit?Q?Please_verify_your_email_address?=\n" + rest,
		"charset that is none":         proven + sender + "Subject: =?x-user-defined?B?UGxlYXNlIHZlcmlmeSB5b3VyIGVtYWlsIGFkZHJlc3M=?=\n" + rest,
		"small letters":                proven + sender + "Subject: =?UTF-8?b?UGxlYXNlIHZlcmlmeSB5b3VyIGVtYWlsIGFkZHJlc3M=?=\n" + rest,
		"language in the word":         proven + sender + "Subject: =?us-ascii*en?q?Please_verify_your_email_address?=\n" + rest,
		"blanks in the word":           proven + sender + "Subject: =?utf-8?Q?Please verify your email address?=\n" + rest,
		"word without its end":         proven + sender + "Subject: =?utf-8?Q?Please_verify_your_email_address\n" + rest,
		"word without its end, next":   proven + sender + "Subject: =?utf-8?Q?Please_verify?= =?utf-8?Q?_your_email =?utf-8?Q?_address?=\n" + rest,
		"one bad word":                 proven + sender + "Subject: =?utf-8?X?zzz?= Please verify your email address\n" + rest,
		"word in the sender's name":    proven + "From: =?unknown?Q?Sh=F6p?= <no-reply@shop.example>\n" + subject + rest,
		"quoted word in the name":      proven + "From: \"=?utf-8?Q?Sh=C3=B6p?=\" <no-reply@shop.example>\n" + subject + rest,
		"raw letters in the name":      proven + "From: Sh\xf6p AB <no-reply@shop.example>\n" + subject + rest,
		"folded without reason":        proven + sender + "Subject:\n Please verify\n your email\n\taddress\n" + rest,
		"separator in the header":      proven + sender + subject + rest + "From no-reply@shop.example\n",
		"date of another form":         proven + sender + subject + strings.Replace(rest, "Tue, 14 Nov 2023 22:13:19 +0000", "2023-11-14T22:13:19Z", 1),
	} {
		t.Run(name, func(t *testing.T) {
			for how, mail := range map[string]string{"LF": mail, "CRLF": strings.ReplaceAll(mail, "\n", "\r\n")} {
				r := Scan(t, Write(t, "renamed.txt", mail+"\nHello\n"))
				if got := facts(Lines(r)); got != shown {
					t.Errorf("%s shows %q", how, got)
				}
				for _, f := range r.Findings {
					if f.First.Year() != 2023 {
						t.Errorf("%s: dated %v", how, f.First)
					}
				}
			}
		})
	}
}

// A subject in the raw bytes or words of any script is read.
func TestSubjects(t *testing.T) {
	raw := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	word := func(s string) string { return "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?=" }
	french, german := "Confirmez votre adresse e-mail à café", "Bestätige deine E-Mail-Adresse"
	japanese1 := "メールアドレスの確認"
	for name, c := range map[string]struct{ subject, more, want string }{
		"raw UTF-8":            {french, "", french},
		"raw Windows-1252":     {raw(charmap.Windows1252, french), "", french},
		"raw, as the body is":  {raw(charmap.ISO8859_2, "Potwierdź adres e-mail"), "Content-Type: text/plain; charset=iso-8859-2\n", "Potwierdź adres e-mail"},
		"raw Shift_JIS":        {"Confirm your email " + raw(japanese.ShiftJIS, japanese1), "", "Confirm your email " + japanese1},
		"raw EUC-JP":           {"Confirm your email " + raw(japanese.EUCJP, japanese1), "", "Confirm your email " + japanese1},
		"raw ISO-2022-JP":      {"Confirm your email " + raw(japanese.ISO2022JP, japanese1), "", "Confirm your email " + japanese1},
		"letter cut in two":    {word(german)[:0] + "=?utf-8?B?" + base64.StdEncoding.EncodeToString([]byte(german[:5])) + "?=\n =?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(german[5:])) + "?=", "", german},
		"letter cut in two, Q": {"=?utf-8?q?Best=C3?= =?utf-8?q?=A4tige_deine_E-Mail-Adresse?=", "", german},
		"words and text":       {"Re: " + word("Bestätige") + " deine " + word("E-Mail-Adresse"), "", "Re: " + german},
		"two charsets":         {"=?iso-8859-1?q?Best=E4tige?=\n =?utf-8?q?_deine_E-Mail-Adresse?=", "", german},
		"an equals sign":       {"Confirm your email: a=?b and c", "", "Confirm your email: a=?b and c"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Lines(Scan(t, Write(t, "a.eml", proven+plain+"Subject: "+c.subject+"\n"+c.more+"\nHi\n")))
			if len(got) == 0 || !strings.HasSuffix(got[0], ": "+c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
