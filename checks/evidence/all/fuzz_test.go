package all_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
)

// seeds are small files of many formats, real in shape and invented in content.
// The name is where such a file stands in an archive.
var seeds = map[string]string{
	"passwords.csv":            "name,url,username,password,note\nShop,https://shop.example/login,pat@mail.example,x,\n",
	"firefox.csv":              `"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"` + "\n" + `"https://forum.example","pat","x",,"https://forum.example","{1}","1577880000000","1672574400000","1577880000000"` + "\n",
	"keepass.xml":              `<KeePassFile><Root><Group><Name>Root</Name><Entry><String><Key>URL</Key><Value>https://shop.example</Value></String><String><Key>UserName</Key><Value>pat</Value></String></Entry></Group></Root></KeePassFile>`,
	"export.data":              `{"accounts":[{"attrs":{"email":"pat@mail.example"},"vaults":[{"attrs":{"type":"P"},"items":[{"uuid":"a","state":"active","categoryUuid":"001","overview":{"url":"https://shop.example"},"details":{"loginFields":[{"value":"pat","designation":"username"}]}}]}]}]}`,
	"bitwarden.json":           `{"encrypted":false,"folders":[],"items":[{"id":"1","type":1,"name":"Shop","login":{"uris":[{"uri":"https://shop.example"}],"username":"pat@mail.example","password":"x","totp":"JBSWY3DPEHPK3PXP"}}]}`,
	"lastpass.csv":             "url,username,password,totp,extra,name,grouping,fav\nhttps://shop.example,pat@mail.example,x,,,Shop,,0\n",
	"db.kdbx":                  "\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\x01\x00\x04\x00\x02\x10\x00\x00\x00",
	"aegis.json":               `{"version":1,"header":{"slots":null,"params":null},"db":{"version":2,"entries":[{"type":"totp","name":"pat@mail.example","issuer":"Shop","info":{"secret":"JBSWY3DPEHPK3PXP"}}]}}`,
	"codes.txt":                "otpauth://totp/Shop:pat%40mail.example?secret=JBSWY3DPEHPK3PXP&issuer=Shop\n",
	"migration.txt":            "otpauth-migration://offline?data=Ci8KCkhlbGxvId6tvu8SFVNob3A6cGF0QG1haWwuZXhhbXBsZRoEU2hvcCABKAEwAhABGAEgACjnJA%3D%3D\n",
	"x.2fas":                   `{"services":[{"name":"Shop","secret":"JBSWY3DPEHPK3PXP","otp":{"account":"pat@mail.example","issuer":"Shop"},"order":{"position":0}}],"groups":[],"schemaVersion":4}`,
	"sms.xml":                  `<?xml version='1.0' encoding='UTF-8'?><smses count="1"><sms protocol="0" address="Google" date="1686823200000" type="1" body="G-123456 is your Google verification code. &#55357;&#56846;" sub_id="1" /></smses>`,
	"messages.json":            `[{"address":"PayPal","body":"PayPal: Your security code is 123456","date":"1686823200000","date_sent":"1686823200000","type":"1","read":"1","sub_id":"1","service_center":"x"}]`,
	"chat.db":                  "SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20 CREATE TABLE message CREATE TABLE handle",
	"All mail.mbox":            "From 1700000000000000001@xxx Tue Nov 14 22:13:20 +0000 2023\nX-Gmail-Labels: Inbox\nDelivered-To: pat@mail.example\nAuthentication-Results: mx.google.com; dmarc=pass header.from=shop.example\nFrom: Shop <no-reply@shop.example>\nTo: pat@mail.example\nSubject: =?utf-8?q?Best=C3=A4tige_deine_E-Mail-Adresse?=\nDate: Tue, 14 Nov 2023 22:13:19 +0000\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>+33 6 39 98 01 42</p>\n--b--\n",
	"cur/1.host:2,S":           "From: Shop <no-reply@shop.example>\nTo: pat@mail.example\nSubject: Welcome\n\nHello\n",
	"Messages/1.emlx":          "40        \nFrom: a@shop.example\nSubject: x\n\nHello\n",
	"data/account.js":          `window.YTD.account.part0 = [{"account":{"email":"pat@mail.example","username":"pat"}}]`,
	"data/phone-number.js":     `window.YTD.phone_number.part0 = [{"device":{"phoneNumber":"+12025550123"}}]`,
	"profile_information.json": `{"profile_v2":{"username":"pat","emails":{"emails":["pat@mail.example"]},"phone_numbers":[{"phone_number":"+1202"}]}}`,
	"personal_information/personal_information.json": `{"profile_user":[{"string_map_data":{"Adresse e-mail":{"value":"pat@mail.example"},"Num\u00c3\u00a9ro de t\u00c3\u00a9l\u00c3\u00a9phone":{"value":"+33199001234"}}}]}`,
	"Google Account/x.SubscriberInfo.html":           `<ul><li>Google Account ID: 1</li><li>e-Mail: pat@gmail.example</li><li>Recovery SMS: +12025550123 [US]</li></ul>`,
	"Email Addresses.csv":                            "Email Address,Confirmed,Primary,Updated On\npat@mail.example,Yes,Yes,\"5/1/24, 3:04 PM\"\n",
	"user_data.json":                                 `{"Profile":{"Profile Information":{"ProfileMap":{"emailAddress":"pat@mail.example","telephoneNumber":"None","userName":"pat"}}}}`,
	"account/user.json":                              `{"id":"1","username":"pat","email":"pat@mail.example","phone":"+12025550123","verified":true,"connections":[]}`,
	"result.json":                                    `{"personal_information":{"user_id":1,"phone_number":"+12025550123","username":"@pat"},"contacts":{"list":[]}}`,
	"Userdata.json":                                  `{"username":"pat","email":"pat@mail.example","mobileNumber":"+12025550123","creationTime":"2015-06-07"}`,
	"json/account_history.json":                      `{"Mobile Number Change":[{"Date":"2021-02-03 04:05:06 UTC","Mobile Number":"+12025550123"}],"Email Change":[]}`,
}

// sink keeps nothing but what must hold of every finding.
type sink struct {
	t *testing.T
	n int
}

func (s *sink) Finding(f evidence.Finding) {
	if s.n++; f.Fact == "" || f.Confidence == evidence.ConfidenceNone {
		s.t.Errorf("a finding without fact or confidence: %+v", f)
	}
	if f.Fact == evidence.FactOwn && f.Identifier.IsZero() {
		s.t.Error("an own identifier that is none")
	}
}
func (*sink) Problem(evidence.Problem)        {}
func (*sink) Item()                           {}
func (*sink) Skip(evidence.Reason, string)    {}
func (*sink) Advance(int64)                   {}
func (*sink) Region() string                  { return "FR" }
func (*sink) Secret(string, evidence.Finding) {}
func (*sink) Unlock() []evidence.Unlock       { return []evidence.Unlock{{Passphrase: "x"}} }
func (*sink) Own() []identifier.Identifier    { return own }

var own = []identifier.Identifier{{Kind: identifier.KindEmail, Value: "pat@mail.example"}, {Kind: identifier.KindPhone, Value: "+33639980142"}}

// each runs every importer on a file, whatever it says it recognises: importers
// must end on any bytes.
func each(t *testing.T, name, content string) {
	tree := fstest.MapFS{name: {Data: []byte(content)}}
	head := []byte(content)[:min(len(content), 64<<10)]
	for _, imp := range all.Importers() {
		in := evidence.Input{Label: "f!" + name, FS: tree, Name: name, Size: int64(len(content)), Head: head}
		if imp.Format().Tree {
			in = evidence.Input{Label: "f", FS: tree, Name: ".", Files: []string{name}}
		}
		start := time.Now()
		imp.Recognise(context.Background(), in)
		_ = imp.Read(context.Background(), in, &sink{t: t}) // an error is a fine end
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s takes %s for %d bytes", imp.Format().ID, took, len(content))
		}
	}
}

// FuzzImporters holds every importer to it: no panic, no hang, no empty finding.
func FuzzImporters(f *testing.F) {
	for name, content := range seeds {
		f.Add(name, content)
	}
	err := fs.WalkDir(assets.Sub("sample"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(assets.Sub("sample"), name)
		f.Add(name, string(b[:min(len(b), 4<<10)]))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, content string) {
		if !fs.ValidPath(name) || name == "." || len(content) > 1<<20 {
			t.Skip()
		}
		each(t, name, content)
	})
}

// Each seed is read by at least one importer: a corpus that nothing reads tests
// nothing.
func TestSeedsAreRead(t *testing.T) {
	for name, content := range seeds {
		if name == "chat.db" || name == "db.kdbx" || name == "Messages/1.emlx" || strings.HasPrefix(name, "cur/") {
			continue // only starts of such files, or a part that needs its folder
		}
		r, err := evidence.ScanFS(context.Background(), "f", fstest.MapFS{name: {Data: []byte(content)}}, evidence.Options{Importers: all.Importers(), Region: "FR", Own: own}, nil)
		if err != nil || len(r.Findings) == 0 {
			t.Errorf("%s shows nothing: %+v %v", name, r.Sources, err)
		}
	}
}

// What every importer meets in old and damaged files.
func TestOddities(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	for _, content := range []string{
		"", "\x00", "\xff\xfe", strings.Repeat("\x00", 100_000), strings.Repeat("[", 200_000), strings.Repeat(`{"a":`, 100_000), strings.Repeat("<a>", 100_000),
		"From a@shop.example Mon Jan  1 00:00:00 1900\nDate: Mon, 1 Jan 1900 00:00:00 +0000\nFrom: a@shop.example\nTo: pat@mail.example\nSubject: Welcome\n\nx\n",
		"From a@shop.example Fri Jan  1 00:00:00 2100\nDate: Fri, 1 Jan 2100 00:00:00 +0000\nFrom: a@shop.example\nTo: pat@mail.example\nSubject: " + long + "\n\nx\n",
		"name,url,username,password\n" + long + ",https://shop.example,pat,x\n", `{"items":[{"type":1,"name":"` + long + `"}],"encrypted":false}`,
	} {
		for _, name := range []string{"a.csv", "a.json", "a.mbox", "a.xml", "data/account.js", "a.html", "a.png"} {
			each(t, name, content)
		}
	}
}
