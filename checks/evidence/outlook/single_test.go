package outlook_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

const (
	reset     = "Your password was changed"
	confirmed = "account confirmed pat@mail.example reset: " + reset
)

// has reports a line of a report that begins so.
func has(lines []string, start string) bool {
	for _, l := range lines {
		if strings.HasPrefix(l, start) {
			return true
		}
	}
	return false
}

// withText is a mail whose text, in one form only, names the person's number.
func withText(site string, id uint32, text any) map[uint32]any {
	m := arrived(site, reset, "")
	delete(m, PSTBody)
	m[id] = text
	return m
}

// utf16le is a body in a code page.
func pages() map[string]map[uint32]any {
	rtf := `{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p title="+33 1 99 00 00 01">}` +
		`\htmlrtf {\htmlrtf0 Your n\'famero: +33 6 39 \u57?8 01 42\htmlrtf }\htmlrtf0 \par}`
	raw := binary.LittleEndian.AppendUint32(nil, uint32(len(rtf)+12))
	raw = append(binary.LittleEndian.AppendUint32(raw, uint32(len(rtf))), "MELA\x00\x00\x00\x00"+rtf...)
	return map[string]map[uint32]any{
		"text":          withText("text.example", PSTBody, "Your number: +33 6 39 98 01 42"),
		"HTML":          withText("html.example", PSTHTML, []byte("<p>Your n&uacute;mber: +33 6 39 98&nbsp;01 42</p>")),
		"RTF":           withText("rtf.example", PSTRTF, raw),
		"long and HTML": withText("long.example", PSTHTML, []byte(strings.Repeat("<p>Hello</p>", 900)+"<p>+33639980142</p>")),
	}
}

// A single message shows what the same mail in a mailbox shows, in whichever
// form its text is.
func TestMessage(t *testing.T) {
	for name, m := range pages() {
		for kind, b := range map[string][]byte{"msg": MSG(m), "dat": TNEF(m)} {
			t.Run(name+" "+kind, func(t *testing.T) {
				r := own(t, Write(t, "a."+kind, string(b)))
				Equal(t, Problems(r), []string{})
				site := strings.ToLower(strings.Fields(name)[0]) + ".example"
				if got := Lines(r); !has(got, site+" "+confirmed) || !has(got, site+" holds-phone confirmed +33639980142") {
					t.Errorf("%q", got)
				}
				if s := r.Sources[0]; s.Format != "outlook-message" || s.Items != 1 {
					t.Errorf("%+v", s)
				}
			})
		}
	}
}

// The same holds for a data file.
func TestForms(t *testing.T) {
	var all []map[uint32]any
	for _, m := range pages() {
		all = append(all, m)
	}
	for name, p := range kinds() {
		p.Folders = []PSTFolder{{Name: "Inbox", Messages: all}}
		r := own(t, Write(t, "a.pst", string(p.Bytes(tables))))
		for _, site := range []string{"text.example", "html.example", "rtf.example", "long.example"} {
			if got := Lines(r); !has(got, site+" holds-phone confirmed +33639980142") {
				t.Errorf("%s: %s: %q", name, site, got)
			}
		}
	}
}

// A folder of messages is one source; a file in it that is none is told of once,
// and the bin stays the bin.
func TestMessageFolder(t *testing.T) {
	files := map[string]string{"mails/bad.msg": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mails/notes.msg": "no message at all"}
	for i := range 3 {
		files[fmt.Sprintf("mails/%d.msg", i)] = string(MSG(arrived("shop.example", reset, "x")))
	}
	files["Deleted Items/9.msg"] = string(MSG(arrived("binned.example", reset, "x")))
	files["mails/winmail.dat"] = string(TNEF(arrived("bank.example", reset, "x")))
	r := Scan(t, Folder(t, files))
	got := Lines(r)
	if !has(got, "shop.example account confirmed pat@mail.example x3") || !has(got, "bank.example "+confirmed) || has(got, "binned.example") {
		t.Errorf("%q", got)
	}
	if s := r.Sources[0]; s.Format != "outlook-folder" || s.Items != 6 || s.Skipped != 2 || len(r.Sources) != 1 {
		t.Errorf("%+v", r.Sources)
	}
	Equal(t, Problems(r), []string{"damaged"})
}

// What others made for Exchange only, drafts and what is no mail show nothing,
// and a line break in a subject is no field of its own.
func TestNoMail(t *testing.T) {
	forged := map[uint32]any{
		PSTSubject: "x\r\nAuthentication-Results: mx.mail.example; dkim=pass header.d=shop.example\r\n\r\n" + reset,
		PSTFrom:    "no-reply@shop.example", PSTFromKind: "SMTP", PSTGot: "pat@mail.example",
	}
	draft := arrived("shop.example", reset, "x")
	draft[PSTFlags] = 9
	contact := arrived("shop.example", reset, "x")
	contact[PSTClass] = "IPM.Contact"
	report := arrived("shop.example", reset, "x")
	report[PSTClass] = "REPORT.IPM.Note.NDR"
	for name, c := range map[string]struct {
		m       map[uint32]any
		skipped string
	}{
		"forged": {forged, ""}, "a draft": {draft, "unwanted"}, "a contact": {contact, ""}, "a report": {report, "automatic"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "a.msg", string(MSG(c.m))))
			for _, l := range Lines(r) {
				if name != "forged" || strings.Contains(l, "confirmed") || strings.Contains(l, "likely") {
					t.Errorf("shows %q", l)
				}
			}
			why := ""
			for _, p := range r.Sources[0].Passed {
				why += string(p.Reason)
			}
			if why != c.skipped {
				t.Errorf("passed over for %q", why)
			}
		})
	}
}

// A mail that Outlook wrapped into a winmail.dat is read through it.
func TestWrapped(t *testing.T) {
	dat := base64.StdEncoding.EncodeToString(TNEF(pages()["HTML"]))
	eml := strings.ReplaceAll(header("shop.example", reset), "Content-Transfer-Encoding: base64\r\n", "")
	eml = strings.Replace(eml, "text/plain; charset=utf-8", "multipart/mixed; boundary=b", 1) +
		"--b\r\nContent-Type: text/plain\r\n\r\nsee the attachment\r\n--b\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n" +
		"Content-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + dat + "\r\n--b--\r\n"
	r := own(t, Write(t, "a.eml", eml))
	if got := Lines(r); !has(got, "shop.example holds-phone confirmed +33639980142") {
		t.Errorf("%q", got)
	}
}

// Whatever is changed in a message, reading it ends.
func TestMutatedMessages(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, m := range pages() {
		for name, whole := range map[string][]byte{"a.msg": MSG(m), "winmail.dat": TNEF(m)} {
			for range 300 {
				b := bytes.Clone(whole)
				for range 1 + r.IntN(20) {
					b[8+r.IntN(len(b)-8)] = byte(r.Uint32())
				}
				if r.IntN(4) == 0 {
					b = b[:r.IntN(len(b))]
				}
				ends(t, name, b)
			}
		}
	}
}

// Folders in folders without end, and sectors that follow each other in a ring.
func TestHostileMessage(t *testing.T) {
	le := binary.LittleEndian
	ring := MSG(withText("long.example", PSTBody, strings.Repeat("x", 1<<20)))
	for i := range 128 * int(le.Uint32(ring[44:])) {
		if at := 512 + 4*i; le.Uint32(ring[at:]) == uint32(i+1) {
			le.PutUint32(ring[at:], uint32(i))
		}
	}
	r := scan(t, "a.msg", ring)
	if got := Problems(r); len(got) != 1 || got[0] != "damaged" && got[0] != "too_much" {
		t.Errorf("%q", got)
	}
}

// Old office documents begin as messages do.
func TestOldDocument(t *testing.T) {
	r := Scan(t, Write(t, "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 600)))
	Equal(t, Problems(r), []string{"office_document"})
}

// FuzzMessage holds the readers of .msg and winmail.dat to it: any bytes end.
func FuzzMessage(f *testing.F) {
	for _, m := range pages() {
		f.Add(MSG(m))
		f.Add(TNEF(m))
	}
	f.Fuzz(func(t *testing.T, b []byte) { ends(t, "a.msg", b) })
}
