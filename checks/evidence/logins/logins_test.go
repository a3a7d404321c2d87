package logins_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
)

const (
	firefox = `"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"
"https://forum.example","pat","Sunny-Day-7",,"https://forum.example","{1}","1577880000000","1672574400000","1577880000000"
"chrome://FirefoxAccounts","pat@mail.example","{""version"":1}","Firefox Accounts credentials",,"{2}","1577880000000","1577880000000","1577880000000"
"https://router.example","admin","admin","Router",,"{3}","1577880000000","1577880000000","1577880000000"
`
	chrome = "name,url,username,password,note\nShop,https://shop.example/login,pat@mail.example,x1,\n,android://hash@com.shop.app/,+33 6 39 98 12 34,x2,\n"
)

// One file of each kind, and what it has to show.
func TestFormats(t *testing.T) {
	for name, c := range map[string]struct {
		file, format string
		want         []string
	}{
		"firefox": {firefox, "firefox-csv", []string{
			"accounts.firefox.com account confirmed pat@mail.example sign-in",
			"accounts.firefox.com holds-email confirmed pat@mail.example sign-in",
			"forum.example account confirmed pat sign-in",
			"router.example account possible admin sign-in",
		}},
		"chrome": {chrome, "chrome-csv", []string{
			"com.shop.app account confirmed +33639981234 sign-in",
			"com.shop.app holds-phone confirmed +33639981234 sign-in",
			"shop.example account confirmed pat@mail.example sign-in",
			"shop.example holds-email confirmed pat@mail.example sign-in",
		}},
		"apple": {"Title,URL,Username,Password,Notes,OTPAuth\nShop,https://shop.example/,pat,x,,otpauth://totp/Shop:pat?secret=JBSWY3DPEHPK3PXP\n", "apple-csv", []string{
			"shop.example account confirmed pat sign-in", "shop.example totp-on confirmed",
		}},
		"bitwarden csv": {"folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n" +
			",,login,Shop,,,0,\"https://shop.example,https://pay.example\",pat,x,JBSWY3DPEHPK3PXP\n,,note,Secret,text,,0,,,,\n", "bitwarden-csv", []string{
			"shop.example account confirmed pat sign-in", "shop.example totp-on confirmed",
		}},
		"bitwarden json": {`{"encrypted":false,"folders":[],"items":[
			{"type":1,"name":"Shop","deletedDate":null,"login":{"uris":[{"uri":"https://shop.example"}],"username":"pat@mail.example","password":"x","totp":"JBSWY3DPEHPK3PXP","fido2Credentials":[{"rpId":"shop.example"}]}},
			{"type":1,"name":"Binned","deletedDate":"2024-01-01T00:00:00Z","login":{"uris":[{"uri":"https://binned.example"}],"username":"pat","password":"y"}},
			{"type":2,"name":"Note","notes":"https://note.example"},
			{"type":3,"name":"Card","card":{}},
			{"type":"odd"},
			{"type":4,"name":"Me","identity":{"email":"pat@mail.example","phone":"+1 202 555 0123"}}]}`, "bitwarden-json", []string{
			"own likely +12025550123", "own likely pat@mail.example",
			"shop.example account confirmed pat@mail.example sign-in", "shop.example holds-email confirmed pat@mail.example sign-in",
			"shop.example passkey confirmed", "shop.example totp-on confirmed",
		}},
		"somebody else's": {"Website;User name;Pwd\nhttps://shop.example;pat;x\n", "generic-csv", []string{"shop.example account confirmed pat sign-in"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "export", c.file))
			if len(r.Sources) != 1 || r.Sources[0].Format != c.format {
				t.Fatalf("sources %+v, want one %s", r.Sources, c.format)
			}
			got := Lines(r)
			slices.Sort(got)
			slices.Sort(c.want)
			Equal(t, got, c.want)
			Equal(t, Problems(r), []string{})
		})
	}
}

// What spreadsheets, editors and old systems do to a list of logins must not
// change what it shows.
func TestDialects(t *testing.T) {
	plain := "name,url,username,password,note\nShop,https://shop.example,pat@mail.example,\"a\"\"b\",\"two\nlines\"\nBank,https://bank.example,pat,zz,\n"
	want := Lines(Scan(t, Write(t, "x.csv", plain)))
	if len(want) != 3 {
		t.Fatalf("the plain file shows %q", want)
	}
	crlf := strings.ReplaceAll(plain, "\n", "\r\n")
	for name, file := range map[string]string{
		"byte order mark":   "\xef\xbb\xbf" + plain,
		"CRLF":              crlf,
		"CR CR LF":          strings.ReplaceAll(plain, "\n", "\r\r\n"),
		"semicolons":        strings.ReplaceAll(plain, ",", ";"),
		"tabs":              strings.ReplaceAll(plain, ",", "\t"),
		"UTF-16 LE":         utf16(plain, false),
		"UTF-16 BE":         utf16(plain, true),
		"header twice":      plain + "name,url,username,password,note\n",
		"blank lines":       strings.ReplaceAll(plain, "zz,\n", "zz,\n\n,,,,\n\n"),
		"short row":         plain + "Cut,https://\n",
		"long row":          strings.Replace(plain, "zz,", "zz,,,,,more", 1),
		"no last line end":  strings.TrimSuffix(plain, "\n"),
		"capital header":    strings.Replace(plain, "name,url,username,password,note", "Name,URL,Username,Password,Note", 1),
		"blanks in header":  strings.Replace(plain, "url,username", " url , username", 1),
		"a note to oneself": plain + "Wifi,not a site,pat,zz,\n",
	} {
		t.Run(name, func(t *testing.T) { Equal(t, Lines(Scan(t, Write(t, "x.csv", file))), want) })
	}
}

// Files that hold nothing to use end in a sentence, never in findings.
func TestNothingToUse(t *testing.T) {
	for name, c := range map[string]struct{ file, problem string }{
		"encrypted by the account": {`{"encrypted":true,"passwordProtected":false,"encKeyValidation_DO_NOT_EDIT":"2.x","data":"2.y"}`, "bitwarden_encrypted"},
		"encrypted by a password":  {`{"encrypted": true, "passwordProtected": true, "salt":"s", "kdfIterations":600000, "encKeyValidation_DO_NOT_EDIT":"2.x","data":"2.y"}`, "bitwarden_encrypted"},
		"empty":                    {"", "empty"},
		"half a vault":             {`{"encrypted":false,"items":[{"type":1,"login":{"uris":[{"uri":"https://sh`, "damaged"},
		"another CSV":              {"date,amount\n2024-01-01,3\n", "unknown"},
		"one endless line":         {"name,url,username,password\n" + strings.Repeat("x", 6<<20), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "x", c.file))
			Equal(t, Lines(r), []string{})
			Equal(t, Problems(r), []string{c.problem})
		})
	}
	r := Scan(t, Write(t, "x.csv", "name,url,username,password\n"))
	if Equal(t, Problems(r), []string{}); len(r.Sources) != 1 || r.Sources[0].Items != 0 {
		t.Errorf("a header alone is a list of no logins: %+v", r.Sources)
	}
}

// Reuse is a group of different sites with the same password; the same site
// twice, or the browser's own key bundle, is none.
func TestReuse(t *testing.T) {
	r := Scan(t, Write(t, "x.csv", `"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"
"https://a.example","pat","same",,"","{1}","1","1","1"
"https://b.example","pat","same",,"","{2}","1","1","1"
"https://c.example","pat","same",,"","{3}","1","1","1"
"https://d.example","pat","alone",,"","{4}","1","1","1"
"https://d.example","pat2","alone",,"","{5}","1","1","1"
"chrome://FirefoxAccounts","p@mail.example","same","Firefox Accounts credentials",,"{6}","1","1","1"
`))
	var got []string
	for _, f := range r.Findings {
		if f.Fact == evidence.FactReuse {
			got = append(got, f.Site+" "+f.Detail)
		}
	}
	Equal(t, got, []string{"a.example 1", "b.example 1", "c.example 1"})
	for _, l := range Lines(r) {
		if strings.Contains(l, "same") || strings.Contains(l, "alone") {
			t.Errorf("a password is in %q", l)
		}
	}
}

// A scan can be stopped in the middle of a large file.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := evidence.Scan(ctx, []string{Write(t, "x.csv", chrome)}, evidence.Options{Importers: all.Importers()}, nil)
	if err == nil {
		t.Error("a cancelled scan says nothing of it")
	}
}

func FuzzLogins(f *testing.F) {
	for _, s := range []string{firefox, chrome, `{"encrypted":false,"items":[{"type":1,"login":{"uris":[{"uri":"a.b"}]}}]}`, "\xff\xfea\x00,\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r := Scan(t, Write(t, "x", string(b)))
		for _, f := range r.Findings {
			if f.Site == "" && f.App == "" && f.Fact != evidence.FactOwn && f.Fact != evidence.FactMailed {
				t.Errorf("a finding about nothing: %+v", f)
			}
		}
	})
}

// utf16 writes ASCII text as UTF-16 with its byte order mark.
func utf16(s string, big bool) string {
	var b strings.Builder
	for _, c := range []byte("\xfe" + s) {
		hi, lo := byte(0), c
		if c == 0xfe {
			hi, lo = 0xfe, 0xff
		}
		if !big {
			hi, lo = lo, hi
		}
		b.WriteByte(hi)
		b.WriteByte(lo)
	}
	return b.String()
}
