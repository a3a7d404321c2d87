package evidence_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	. "unlisted/checks/evidence/evidencetest"
)

// sealed are headers of mail that its receiver has checked.
const sealed = "Delivered-To: pat@mail.example\nAuthentication-Results: mx.google.com; dmarc=pass header.from=slack.com; dkim=pass header.i=@slack.com\nFrom: Slack <no-reply@slack.com>\nTo: pat@mail.example\nDate: Tue, 14 Nov 2023 22:13:19 +0000\n"

// Nothing that a scan hands over holds a secret: not of a subject, a text
// message, the name of a saved mail or of an entry without a site.
func TestNoScanKeepsASecret(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for shape, make := range secretShapes {
		if strings.Contains(shape, "link") || strings.Contains(shape, "query") {
			continue // no file can be named so; TestNoSecretIsKept has them
		}
		t.Run(shape, func(t *testing.T) {
			for range 2 {
				secret := make(r)
				var mails []string
				files := map[string]string{}
				for i, text := range []string{"Your Slack code is " + secret, secret + " est votre code de vérification", "Ihr Passwort: " + secret, "Slack: temporary password " + secret} {
					mail := sealed + "Subject: " + text + "\n\nHi\n"
					mails = append(mails, "From x Tue Nov 14 22:13:20 2023\n"+mail+"\n")
					files[fmt.Sprintf("%s %d.eml", strings.NewReplacer("/", "_", ":", "").Replace(text), i)] = mail
				}
				sms := `<?xml version='1.0'?><smses count="2">`
				for _, sender := range []string{"Slack", "+447700900323"} {
					sms += fmt.Sprintf(`<sms protocol="0" address="%s" date="1700000000000" type="1" subject="null" body="Your Slack code is %s. Do not share it." read="1" status="-1" />`, sender, secret)
				}
				logins := "name,url,username,password\nDoor PIN: " + strings.ReplaceAll(secret, ",", " ") + ",,pat,x\nShop,https://shop.example,pat,y\n"
				single := ""
				for name, mail := range files {
					single = Write(t, name, mail)
				}
				report := Scan(t, Write(t, "a.mbox", strings.Join(mails, "")), Folder(t, files), single, Write(t, "sms.xml", sms+"</smses>"), Write(t, "logins.csv", logins))
				b, err := json.Marshal(report)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(string(b), "slack.com") {
					t.Fatal("nothing was found at all")
				}
				for _, part := range strings.Split(string(b), `"`) {
					if shown := shownOf(secret, part); shown != "" && !strings.Contains(part, "2023-11-14T") {
						t.Errorf("%q: the scan keeps %q, which shows %q", secret, part, shown)
					}
				}
			}
		})
	}
}

// A saved mail keeps a name that tells which one it is.
func TestNamesOfSavedMails(t *testing.T) {
	path := Write(t, "Your Slack code is QX7-9PM.eml", sealed+"Subject: Hello\n\nHi\n")
	r := Scan(t, path)
	if got := r.Sources[0].Path; got != "Your ••••• code is •••••••.eml" {
		t.Errorf("%s is shown as %q", filepath.Base(path), got)
	}
}
