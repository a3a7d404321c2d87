package outlook_test

import (
	_ "embed"
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

//go:embed tables.txt
var tables string

// kinds are all kinds of data files there are.
func kinds() map[string]PST {
	out := map[string]PST{}
	for name, version := range map[string]int{"ANSI": 14, "Unicode": 23, "4K": 36} {
		for way, coding := range map[string]byte{"plain": 0, "permute": 1, "cyclic": 2} {
			out[name+" "+way] = PST{Version: version, Coding: coding}
		}
	}
	return out
}

// header is that of a mail as it arrived.
func header(site, subject string) string {
	return "Authentication-Results: mx.mail.example; dkim=pass header.d=" + site + "; dmarc=pass header.from=" + site + "\r\n" +
		"Received: from out." + site + " by mx.mail.example; Tue, 14 Nov 2023 22:13:20 +0000\r\n" +
		"Delivered-To: pat@mail.example\r\nFrom: =?utf-8?q?Caf=C3=A9?= <no-reply@" + site + ">\r\nTo: pat@mail.example\r\n" +
		"Subject: " + subject + "\r\nDate: Tue, 14 Nov 2023 22:13:19 +0000\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
}

func arrived(site, subject, body string) map[uint32]any {
	return map[uint32]any{
		PSTClass: "IPM.Note", PSTSubject: "\x01\x01" + subject, PSTHeaders: header(site, subject), PSTBody: body,
		PSTFromName: "Café", PSTFromKind: "SMTP", PSTFrom: "no-reply@" + site,
		PSTDate: uint64(133444808000000000), PSTFlags: 1,
	}
}

func boxes() []PSTFolder {
	return []PSTFolder{
		{Name: "Boîte de réception", Messages: []map[uint32]any{
			arrived("shop.example", "Confirm your email address", "Please confirm. "+strings.Repeat("Long text. ", 9000)),
			arrived("bank.example", "Your password was changed", "Your password was changed."),
		}},
		{Name: "Wastepaper", Role: "trash", Messages: []map[uint32]any{arrived("binned.example", "Your password was changed", "x")}},
		{Name: "Unloved", Role: "junk", Messages: []map[uint32]any{arrived("junk.example", "Your password was changed", "x")}},
		{Name: "Gelöschte Elemente", Messages: []map[uint32]any{arrived("geloescht.example", "Your password was changed", "x")}},
		{Name: "Half written", Role: "drafts", Messages: []map[uint32]any{arrived("draft.example", "Your password was changed", "x")}},
	}
}

// Every kind of data file shows the same; what lies in the bin or among junk,
// whatever that folder is called, shows nothing.
func TestStore(t *testing.T) {
	for name, p := range kinds() {
		t.Run(name, func(t *testing.T) {
			p.Folders = boxes()
			r := Scan(t, Write(t, "mail.pst", string(p.Bytes(tables))))
			Equal(t, Problems(r), []string{})
			for _, l := range Lines(r) {
				if !strings.Contains(l, "shop.example") && !strings.Contains(l, "bank.example") && !strings.HasPrefix(l, "own ") {
					t.Errorf("shows %q", l)
				}
			}
			for _, site := range []string{"shop.example", "bank.example"} {
				if !strings.Contains(strings.Join(Lines(r), "\n"), site+" account") {
					t.Errorf("no account at %s in %q", site, Lines(r))
				}
			}
			if s := r.Sources[0]; s.Items != 6 || s.Skipped != 4 || s.Format != "outlook" {
				t.Errorf("%+v", s)
			}
		})
	}
}
