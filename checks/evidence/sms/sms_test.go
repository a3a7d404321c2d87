package sms_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"howett.net/plist"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/sms"
)

func scan(t testing.TB, paths ...string) evidence.Report {
	t.Helper()
	r, err := evidence.Scan(context.Background(), paths, evidence.Options{Importers: sms.Importers(), Region: "FR"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// smses wraps messages into a backup.
func smses(inner string) string {
	return "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup & Restore <v10> -->\n" +
		"<?xml-stylesheet type=\"text/xsl\" href=\"sms.xsl\"?>\n<smses count=\"99\" backup_set=\"0b0e\" backup_date=\"1686900000000\" type=\"full\">\n" + inner + "</smses>"
}

func smsTag(sender, body, more string) string {
	return `<sms protocol="0" address="` + sender + `" date="1686823200000" type="1" subject="null" body="` + body + `" toa="null" sc_toa="null" read="1" status="-1" ` + more + ` contact_name="(Unknown)" />` + "\n"
}

func TestBackupXML(t *testing.T) {
	for name, x := range map[string]struct {
		xml      string
		want     []string
		problems []string
	}{
		"reference sample": {
			smses(`  <sms protocol="0" address="22000" date="1686823200000" type="1" subject="null" body="G-123456 is your Google verification code." toa="null"
   sc_toa="null" service_center="+12025550100" read="1" status="-1" locked="0" date_sent="1686823199000" sub_id="1"
   readable_date="Jun 15, 2023 10:00:00 AM" contact_name="(Unknown)" />
  <mms date="1686823300000" msg_box="1" address="+12025550111" m_type="132"><parts><part seq="0" ct="text/plain" text="hello"/></parts>
    <addrs><addr address="+12025550111" type="137"/><addr address="+12025550123" type="151"/></addrs></mms>`),
			[]string{"own likely +12025550123", "google.com holds-phone likely +12025550123 code"},
			nil,
		},
		"two SIM cards": {
			smses(smsTag("22000", "G-123456 is your Google verification code.", `sub_id="1"`) + smsTag("Uber", "Your Uber code is 4821", `sub_id="2"`) + smsTag("Uber", "Your Uber code is 4822", `sub_id="-1"`) +
				`<mms date="1686823300" msg_box="1" sub_id="1"><parts><part ct="text/plain" text="a"/></parts><addrs><addr address="+33639980001" type="137"/><addr address="06 39 98 12 34" type="151"/></addrs></mms>
				<mms date="1686823300" msg_box="1" sub_id="2"><parts/><addrs><addr address="+33639985678" type="151"/></addrs></mms>`),
			[]string{
				"own likely +33639981234", "own likely +33639985678", "google.com holds-phone likely +33639981234 code",
				"uber.com holds-phone likely code", "uber.com holds-phone likely +33639985678 code",
			},
			nil,
		},
		"a group is not ours to list": {
			smses(`<mms date="1" msg_box="1"><addrs><addr address="+33639980001" type="137"/><addr address="+33639980002" type="151"/><addr address="+33639980003" type="130"/></addrs></mms>
				<mms date="1" msg_box="1"><addrs><addr address="+33639980001" type="137"/><addr address="insert-address-token" type="151"/></addrs></mms>
				<mms date="1" msg_box="2"><addrs><addr address="insert-address-token" type="137"/><addr address="+33639980004" type="151"/></addrs></mms>`),
			nil, nil,
		},
		"sent codes do not count":      {smses(strings.ReplaceAll(smsTag("22000", "G-123456 is your Google verification code.", ""), `type="1"`, `type="2"`)), nil, nil},
		"people do not count":          {smses(strings.ReplaceAll(smsTag("+33639980001", "Your Google code is 123456", ""), "(Unknown)", "Camille")), nil, nil},
		"a contact named like a brand": {smses(strings.ReplaceAll(smsTag("+33639980001", "Your Google code is 123456", ""), "(Unknown)", "Google")), []string{"google.com holds-phone likely code"}, nil},
		"whom one writes to is a person": {
			smses(smsTag("+33639980001", "Ton code Netflix est 482913", "") + `<sms address="06 39 98 00 01" type="2" date="1" body="merci"/>` + smsTag("+33639980002", "Ton code Netflix est 482914", "")),
			[]string{"netflix.com holds-phone likely code"},
			nil,
		},
		"what XML forbids": {
			smses(smsTag("WhatsApp", "&#0;&#11;Your&#55357;&#56846; WhatsApp\x01 code:&#10;123-456 &amp; &lt;3 &bogus; &#xD83D;", "")),
			[]string{"whatsapp.com holds-phone likely code"},
			nil,
		},
		"line breaks": {smses(smsTag("22395", "123456 is your code.&#10;&#10;@shop.example #123456", "")), []string{"shop.example holds-phone confirmed code"}, nil},
		"cut off in a tag": {
			strings.TrimSuffix(smses(smsTag("Uber", "Your Uber code is 4821", ""))+"<sms address='+33639980001", "</smses>"),
			[]string{"uber.com holds-phone likely code"},
			nil,
		},
		"cut off in an attribute": {
			strings.ReplaceAll(smses(smsTag("Uber", "Your Uber code is 4821", "")), "</smses>", `<sms address="1" body="abc`),
			[]string{"uber.com holds-phone likely code"},
			[]string{"damaged"},
		},
		"cut off between tags": {
			strings.ReplaceAll(smses(smsTag("Uber", "Your Uber code is 4821", "")), "</smses>", ""),
			[]string{"uber.com holds-phone likely code"},
			[]string{"damaged"},
		},
		"old layout": {`<allsms count="1"><sms address='Uber' date='1386823200000' type='1' body='Your Uber code is 4821'></sms></allsms>`, []string{"uber.com holds-phone likely code"}, nil},
		"calls":      {`<?xml version="1.0"?><calls count="1"><call number="+33639980001" duration="1" date="1" type="1"/></calls>`, nil, []string{"sms_calls"}},
		"empty":      {`<smses count="0"/>`, nil, nil},
		"odd markup": {smses(`<sms address = "Uber"  body='Your "Uber" code is 4821' flag type="1" date=12 x=""/><![CDATA[ <sms ]]><other a="b">`), []string{"uber.com holds-phone likely code"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := scan(t, evidencetest.Write(t, "sms.xml", x.xml))
			evidencetest.Equal(t, evidencetest.Lines(r), x.want)
			evidencetest.Equal(t, evidencetest.Problems(r), x.problems)
		})
	}
}

func TestBackupInUTF16(t *testing.T) {
	xml := smses(smsTag("Uber", "Votre code Uber est 4821 &#55357;&#56846; é", ""))
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		b := order.(binary.AppendByteOrder).AppendUint16(nil, 0xfeff)
		for _, u := range utf16.Encode([]rune(xml)) {
			b = order.(binary.AppendByteOrder).AppendUint16(b, u)
		}
		r := scan(t, evidencetest.Write(t, "sms.xml", string(b)))
		evidencetest.Equal(t, evidencetest.Lines(r), []string{"uber.com holds-phone likely code"})
	}
}

// dated is one code from Uber on a day.
func dated(day time.Time, sender, body string) string {
	return fmt.Sprintf(`<sms address="%s" date="%d" type="1" body="%s" />`, sender, day.UnixMilli(), body)
}

func TestSecondFactor(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2023, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, n) }
	x := func(n int) string { return dated(day(n), "40404", "Your X confirmation code is 123456") }
	off := func(n int) string {
		return dated(day(n), "Twitter", "Login verification has been turned off for your account.")
	}
	bare := func(n int) string { return dated(day(n), "Fabrikam", "Your code is 123456") }
	for name, c := range map[string]struct {
		xml  string
		want []string
	}{
		"one code":             {x(0), []string{"x.com holds-phone likely code"}},
		"three in a week":      {x(0) + x(3) + x(6), []string{"x.com holds-phone likely x3 code"}},
		"two over months":      {x(0) + x(90), []string{"x.com holds-phone likely x2 code"}},
		"three over months":    {x(0) + x(15) + x(30), []string{"x.com holds-phone likely x3 code", "x.com phone-2fa likely second-factor x3 code"}},
		"switched off":         {x(0) + x(40) + x(80) + off(81), []string{"x.com holds-phone possible two-step-off", "x.com holds-phone likely x3 code"}},
		"switched on again":    {x(0) + x(40) + off(60) + x(80), []string{"x.com holds-phone possible two-step-off", "x.com holds-phone likely x3 code", "x.com phone-2fa likely second-factor x3 code"}},
		"by sender name alone": {bare(0) + bare(40) + bare(80), []string{"Fabrikam holds-phone possible x3 code", "Fabrikam phone-2fa possible second-factor x3 code"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := scan(t, evidencetest.Write(t, "sms.xml", smses(c.xml)))
			evidencetest.Equal(t, evidencetest.Lines(r), c.want)
		})
	}
	r := scan(t, evidencetest.Write(t, "sms.xml", smses(x(30)+x(0)+x(15))))
	if f := r.Findings[0]; !f.First.Equal(day(0)) || !f.Last.Equal(day(30)) {
		t.Errorf("dates are %v to %v", f.First, f.Last)
	}
}

func TestJSON(t *testing.T) {
	for name, x := range map[string]struct {
		file     string
		want     []string
		problems []string
	}{
		"SMS Import/Export list": {
			`[{"_id":"1","address":"Uber","date":"1686823200000","date_sent":"1","read":"1","type":"1","body":"Your Uber code is 4821","sub_id":"1","service_center":"+33639980000","__display_name":null},
			{"_id":"2","address":"+33639980001","date":"1686823200000","read":"1","type":"1","body":"Your Google code is 123456","__display_name":"Camille"},
			{"_id":"3","date":"1686823200","msg_box":"1","sub_id":"1","__sender_address":{"address":"+33639980001","type":"137"},"__recipient_addresses":[{"address":"+33639981234","type":"151"}],"__parts":[{"ct":"text/plain","text":"hi"},{"ct":"image/jpeg","binary_data":"AAAA"}]}]`,
			[]string{"own likely +33639981234", "uber.com holds-phone likely +33639981234 code"},
			nil,
		},
		"SMS Import/Export lines": {
			`{"_id":"1","address":"Uber","date":"1686823200000","read":"1","type":"1","body":"Your Uber code is 4821"}` + "\n" +
				`{"_id":"2","address":"Uber","date":"1686823200000","read":"1","type":"2","body":"Your Uber code is 4821"}` + "\n" +
				`{"_id":"3","address":"22395","date":"bad","read":"1","type":"1","body":"Your Lyft code is 4821"}` + "\n",
			[]string{"lyft.com holds-phone likely code", "uber.com holds-phone likely code"},
			nil,
		},
		"Fossify": {
			`[{"subscriptionId":1,"address":"PayPal","body":"PayPal: Your security code is 123456","date":1686823200000,"dateSent":0,"locked":0,"protocol":null,"read":1,"status":-1,"type":1,"serviceCenter":null,"backupType":"sms"},
			{"backupType":"mms","messageBox":1,"date":1686823200000,"read":1,"subscriptionId":1,"addresses":[{"address":"+33639980001","type":137,"charset":106},{"address":"+33639981234","type":151,"charset":106}],"parts":[{"contentType":"text/plain","text":"salut"}]}]`,
			[]string{"own likely +33639981234", "paypal.com holds-phone likely +33639981234 code"},
			nil,
		},
		"Simple, lists inside": {
			`[{"sms":[{"address":"PayPal","body":"PayPal: Your security code is 123456","date":1686823200000,"read":1,"type":1,"sub_id":1},{"address":"Uber","body":"Your Uber code is 4821","date":1,"read":1,"type":1}],"mms":[]}]`,
			[]string{"paypal.com holds-phone likely code", "uber.com holds-phone likely code"},
			nil,
		},
		"QUIK": {
			`{"messageCount":2,"messages":[{"type":1,"address":"Uber","date":1686823200000,"dateSent":1,"read":true,"status":0,"body":"Your Uber code is 4821","protocol":0,"serviceCenter":null,"locked":false,"subId":1},
			{"type":2,"address":"Uber","date":1686823200000,"read":true,"body":"Your Lyft code is 4821","subId":1}]}`,
			[]string{"uber.com holds-phone likely code"},
			nil,
		},
		"one odd record": {
			`[{"address":"Uber","date":1,"read":1,"type":1,"body":"Your Uber code is 4821","sub_id":1},{"address":"Uber","type":"1","__parts":7},{"address":"Lyft","date":1,"type":1,"body":"Your Lyft code is 4821"}]`,
			[]string{"lyft.com holds-phone likely code", "uber.com holds-phone likely code"},
			nil,
		},
		"cut off": {
			`[{"address":"Uber","date":1,"read":1,"type":1,"body":"Your Uber code is 4821","sub_id":1},{"address":"Ub`,
			[]string{"uber.com holds-phone likely code"},
			[]string{"damaged"},
		},
		"somebody else's JSON": {`[{"name":"a","url":"b"}]`, nil, []string{"unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := scan(t, evidencetest.Write(t, "messages.json", x.file))
			evidencetest.Equal(t, evidencetest.Lines(r), x.want)
			evidencetest.Equal(t, evidencetest.Problems(r), x.problems)
		})
	}
}

const appleSchema = `CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER DEFAULT 0, service TEXT, account TEXT,
	date INTEGER, is_from_me INTEGER DEFAULT 0, destination_caller_id TEXT);
	CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, country TEXT, service TEXT);
	CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
	INSERT INTO handle VALUES (1, '22395', 'us', 'SMS'), (2, '+33639980001', 'fr', 'iMessage'), (3, 'Uber', 'fr', 'SMS');`

// database writes a database with the statements, and returns its path; what
// follows "-- wal" stays in the log.
func database(t testing.TB, name, statements string, args ...any) string {
	t.Helper()
	dir := t.TempDir()
	db := evidencetest.DB(t, filepath.Join(dir, name))
	base, log, _ := strings.Cut(statements, "-- wal")
	for _, s := range []string{base, "PRAGMA wal_checkpoint(TRUNCATE)", log} {
		if s == "" {
			continue
		}
		if s != base {
			args = nil
		}
		if _, err := db.Exec(s, args...); err != nil {
			t.Fatal(err)
		}
	}
	kept := t.TempDir()
	if err := os.CopyFS(kept, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	db.Close()
	return filepath.Join(kept, name)
}

func TestAppleDatabase(t *testing.T) {
	long := "Hello. " + strings.Repeat("Read this first. ", 20) + "Your Lyft code is 4821"
	p := database(t, "sms.db", appleSchema+`
		INSERT INTO message (text, handle_id, service, date, destination_caller_id) VALUES ('Your Uber code is 4821', 3, 'SMS', 700000000000000000, '+33639981234');
		INSERT INTO message (text, handle_id, service, date, destination_caller_id) VALUES ('Your Uber code is 4822', 3, 'SMS', 400000000, '06 39 98 12 34');
		INSERT INTO message (text, handle_id, service, date, account) VALUES ('Your Google code is 123456', 2, 'iMessage', 700000000000000000, 'E:pat@mail.example');
		INSERT INTO message (text, handle_id, service, date, is_from_me, account) VALUES ('Your Google code is 123456', 3, 'SMS', 700000000000000000, 1, 'P:+33639985678');
		INSERT INTO message (attributedBody, handle_id, service, date, destination_caller_id) VALUES (?1, 1, 'SMS', 700000000000000000, '+33639985678');
		INSERT INTO message (text, attributedBody, handle_id, service, date) VALUES (char(65532), ?2, 1, 'SMS', 700000000000000000);
		INSERT INTO message (text, handle_id, service, date) VALUES (zeroblob(100), 'x', 'SMS', 'never');
		-- wal
		INSERT INTO message (text, handle_id, service, date, destination_caller_id) VALUES ('Use 123 456 to verify your Instagram account', 1, 'SMS', 700000000000000000, '+33639981234');`,
		sms.Typed("Your Snapchat code is 123456"), sms.Typed(long))
	r := scan(t, filepath.Dir(p))
	evidencetest.Equal(t, evidencetest.Lines(r), []string{
		"own likely pat@mail.example", "own likely +33639981234 x3", "own likely +33639985678 x2",
		"instagram.com holds-phone likely +33639981234 code", "lyft.com holds-phone likely code",
		"snapchat.com holds-phone likely +33639985678 code", "uber.com holds-phone likely +33639981234 x2 code",
	})
	for _, f := range r.Findings {
		if f.Site == "uber.com" && (f.First.Format(time.DateOnly) != "2013-09-04" || f.Last.Format(time.DateOnly) != "2023-03-08") {
			t.Errorf("dates are %v to %v", f.First, f.Last)
		}
	}
}

func TestAppleBeforeIOS6(t *testing.T) {
	p := database(t, "sms.db", `CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, text TEXT, flags INTEGER, svc_center TEXT, madrid_handle TEXT);
		INSERT INTO message (address, date, text, flags) VALUES ('Facebook', 1300000000, '12345678 is your Facebook code', 2), ('Facebook', 1300000000, 'Your Google code is 123456', 3), (NULL, 3, 'x', 2)`)
	r := scan(t, p)
	evidencetest.Equal(t, evidencetest.Lines(r), []string{"facebook.com holds-phone likely code"})
	if d := r.Findings[0].First.Format(time.DateOnly); d != "2011-03-13" {
		t.Errorf("date is %s", d)
	}
}

func TestAppleDatabasesThatAreNone(t *testing.T) {
	for name, schema := range map[string]string{
		"no such table": "CREATE TABLE chat_message_join (a); CREATE TABLE chat_handle_join (a)",
		"a view":        "CREATE TABLE chat_message_join (a); CREATE TABLE chat_handle_join (a); CREATE VIEW message AS SELECT 1 AS text, 2 AS date, 0 AS is_from_me",
	} {
		r := scan(t, database(t, "chat.db", schema))
		evidencetest.Equal(t, evidencetest.Problems(r), []string{"sqlite"})
		if len(r.Findings) > 0 {
			t.Errorf("%s: %v", name, r.Findings)
		}
	}
	r := scan(t, evidencetest.Write(t, "sms.db", "SQLite format 3\x00"+strings.Repeat("x", 5000)+"CREATE TABLE message handle_id"))
	evidencetest.Equal(t, evidencetest.Problems(r), []string{"damaged"})
}

// backup writes the folder of an iPhone backup.
func backup(t *testing.T, encrypted bool, path string, db string) string {
	t.Helper()
	list := func(v any) string {
		b, err := plist.Marshal(v, plist.BinaryFormat)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	b, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	return evidencetest.Folder(t, map[string]string{
		"0000/Manifest.plist": list(map[string]any{"IsEncrypted": encrypted, "Version": "10.0"}),
		"0000/Manifest.db":    "SQLite format 3\x00",
		"0000/Info.plist":     `<?xml version="1.0"?><plist version="1.0"><dict><key>Phone Number</key><string>+33 6 39 98 12 34</string></dict></plist>`,
		"0000/bf/" + sms.CarrierFile: list(map[string]any{
			"PhoneNumber": "+33639981234", "other": 1,
		}),
		"0000/" + path: string(b),
	})
}

func TestAppleBackup(t *testing.T) {
	db := database(t, "sms.db", appleSchema+`INSERT INTO message (text, handle_id, service, date) VALUES ('Your Uber code is 4821', 3, 'SMS', 700000000000000000)`)
	want := []string{"own likely +33639981234 x2", "uber.com holds-phone likely +33639981234 code"}
	for _, path := range []string{"3d/" + sms.MessagesFile, sms.MessagesFile} {
		r := scan(t, backup(t, false, path, db))
		evidencetest.Equal(t, evidencetest.Lines(r), want)
		evidencetest.Equal(t, evidencetest.Problems(r), []string{})
	}
	r := scan(t, backup(t, true, "3d/"+sms.MessagesFile, db))
	evidencetest.Equal(t, evidencetest.Lines(r), []string{})
	evidencetest.Equal(t, evidencetest.Problems(r), []string{"iphone_encrypted"})
	r = scan(t, backup(t, false, "3d/other", db))
	if p := evidencetest.Problems(r); !slices.Contains(p, "iphone_no_messages") {
		t.Errorf("problems are %v", p)
	}
}

func TestGoogleVoice(t *testing.T) {
	page := func(inner string) string {
		return `<?xml version="1.0" ?><!DOCTYPE html><html><head><title>Uber</title><style>` + strings.Repeat("a{}", 500) + `</style></head><body><div class="hChatLog hfeed">` + inner + `</div></body></html>`
	}
	message := func(number, fn, text string) string {
		return `<div class="message"><abbr class="dt" title="2020-05-06T07:08:09.123-07:00">May 6</abbr>:
<cite class="sender vcard"><a class="tel" href="tel:` + number + `">` + fn + `</a></cite>:
<q>` + text + `</q></div>`
	}
	me, other := `<abbr class="fn" title="">Moi</abbr>`, `<span class="fn">Uber</span>`
	root := evidencetest.Folder(t, map[string]string{
		"Takeout/Voice/Calls/Uber - Text - 2020-05-06T07_08_09Z.html":    page(message("22395", other, "Your Uber code is 4821<br>&#39;x&#39;")),
		"Takeout/Voice/Calls/ - Text - 2020-05-06T07_08_10Z.html":        page(message("+12025550123", me, "Your Google code is 123456") + message("+12025550111", `<span class="fn"></span>`, "Hi")),
		"Takeout/Voice/Calls/Pat - Missed - 2020-05-06T07_08_11Z.html":   `<div class="haudio"></div>`,
		"Takeout/Voice/Calls/Cut - Text - 2020-05-06T07_08_12Z-1-1.html": page(message("Lyft", other, "Your Lyft code is 4821"))[:1850],
	})
	r := scan(t, root)
	evidencetest.Equal(t, evidencetest.Lines(r), []string{"own likely +12025550123", "lyft.com holds-phone likely +12025550123 code", "uber.com holds-phone likely +12025550123 code"})
	for _, f := range r.Findings {
		if f.Site == "uber.com" && !f.First.Equal(time.Date(2020, 5, 6, 14, 8, 9, 123e6, time.UTC)) {
			t.Errorf("date is %v", f.First)
		}
	}
}

func TestSignalBackupIsRefused(t *testing.T) {
	for _, head := range []string{"\x00\x00\x00\x36\x0a\x34\x0a\x10", "\x00\x00\x00\x38\x0a\x36\x0a\x10"} {
		file := head + strings.Repeat("i", 16) + "\x12\x20" + strings.Repeat("s", 200)
		evidencetest.Equal(t, evidencetest.Problems(scan(t, evidencetest.Write(t, "signal.backup", file))), []string{"signal_backup"})
	}
}

// No finding carries what a message says.
func TestNothingOfAMessageIsKept(t *testing.T) {
	var b strings.Builder
	for _, m := range sms.Messages {
		b.WriteString(smsTag(strings.ReplaceAll(m.Sender, "long", "+12025550111"), strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", "\n", "&#10;").Replace(m.Body), ""))
	}
	for _, line := range evidencetest.Lines(scan(t, evidencetest.Write(t, "sms.xml", smses(b.String())))) {
		if digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, line); len(digits) > 3 {
			t.Errorf("a code may stand in %q", line)
		}
	}
}

func TestFormatsHaveTexts(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		b, err := os.ReadFile("../../../assets/text/" + lang + "/sms.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range sms.Importers() {
			for _, k := range []string{"format." + i.Format().ID, "format." + i.Format().ID + ".how"} {
				if !strings.Contains(string(b), `"`+k+`"`) {
					t.Errorf("%s: no %s", lang, k)
				}
			}
		}
	}
}

// hundredThousand is a history of a hundred thousand messages: mostly people,
// 3 % codes, some notices.
func hundredThousand() string {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("ok on se voit demain à la gare vers huit heures je prends le train de six heures dis bonjour aux enfants et merci pour hier c'était super see you at the office tomorrow morning don't forget the keys 12 30 2024 06")
	var b strings.Builder
	b.WriteString("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"100000\">\n")
	for i := range 100_000 {
		sender, body, contact := fmt.Sprintf("+3363998%04d", r.IntN(300)), "", "Camille"
		switch n := r.IntN(100); {
		case n < 3:
			m := sms.Messages[r.IntN(70)]
			sender, contact, body = strings.ReplaceAll(m.Sender, "long", "+12025550111"), "(Unknown)", m.Body
		case n < 15:
			sender, contact, body = "Orange", "(Unknown)", "Votre facture de 12,99 EUR est disponible dans votre espace client, référence 482913."
		default:
			if n%3 == 0 {
				contact = "(Unknown)"
			}
			for range 5 + r.IntN(25) {
				body += words[r.IntN(len(words))] + " "
			}
		}
		body = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", "\n", "&#10;").Replace(body)
		fmt.Fprintf(&b, `  <sms protocol="0" address="%s" date="%d" type="%d" subject="null" body="%s" toa="null" sc_toa="null" service_center="+33639980000" read="1" status="-1" locked="0" date_sent="1686823199000" sub_id="1" readable_date="15 juin 2023 10:00:00" contact_name="%s" />`+"\n",
			sender, 1500000000000+int64(i)*1_500_000, 1+r.IntN(5)/4, body, contact)
	}
	b.WriteString("</smses>\n")
	return b.String()
}

func BenchmarkHundredThousand(b *testing.B) {
	file := evidencetest.Write(b, "sms.xml", hundredThousand())
	b.ReportAllocs()
	for b.Loop() {
		scan(b, file)
	}
	b.ReportMetric(float64(100_000*b.N)/b.Elapsed().Seconds(), "messages/s")
}
