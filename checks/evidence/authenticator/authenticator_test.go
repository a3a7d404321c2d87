package authenticator_test

import (
	"context"
	"encoding/base64"
	"os"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/authenticator"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/logins"
)

// javaMap is a map as Java 21 writes it: a master key, an entry's encrypted
// secret, and its description in the clear.
const javaMap = "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwACRgAKbG9hZEZhY3RvckkACXRocmVzaG9sZHhwP0AAAAAAAAx3CAAAABAAAAADdAACMTF0AC17ImtleSI6" +
	"IntcIm1DaXBoZXJcIjpcIkFFUy9HQ00vTm9QYWRkaW5nXCJ9In10AAltYXN0ZXJLZXl0ACV7Im1BbGdvcml0aG0iOiJQQktERjJ3aXRoSG1hY1NIQTUxMiJ9dAAIMTEtdG9r" +
	"ZW50AHV7ImFsZ28iOiJTSEExIiwiZGlnaXRzIjo2LCJpc3N1ZXJFeHQiOiJTaG9wIiwiaXNzdWVySW50IjoiU2hvcCIsImxhYmVsIjoicGF0QG1haWwuZXhhbXBsZSIsInBl" +
	"cmlvZCI6MzAsInR5cGUiOiJUT1RQIn14"

func unbase64(t testing.TB, s string) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// One file of each plain format, and what it has to show.
func TestFormats(t *testing.T) {
	for name, c := range map[string]struct {
		file, format string
		want         []string
	}{
		"list": {"otpauth://totp/Shop:pat%40mail.example?secret=" + seed + "&issuer=Shop\r\n\r\n" +
			"otpauth://hotp/Air%20Example:Ben?secret=" + seed + "&issuer=Air+Example&counter=5\r\n" +
			"OTPAUTH://steam/Steam:pat?secret=" + seed + "\r\n", "otpauth-list", []string{
			"Air Example totp-on likely Ben",
			shop[0], shop[1],
			"Steam totp-on likely pat",
		}},
		"ente plain text": {"otpauth://totp/Shop:pat@mail.example?secret=" + seed + "&issuer=Shop&codeDisplay=%7B%22pinned%22%3Afalse%2C%22trashed%22%3Afalse%7D\n" +
			"otpauth://totp/Binned:pat?secret=" + seed + "&issuer=Binned&codeDisplay=%7B%22pinned%22%3Afalse%2C%22trashed%22%3Atrue%7D\n", "otpauth-list", shop},
		"migration": {"otpauth-migration://offline?data=Ci8KCkhlbGxvId6tvu8SFVNob3A6cGF0QG1haWwuZXhhbXBsZRoEU2hvcCABKAEwAhABGAEgACjnJA%3D%3D", "otpauth-list", shop},
		"aegis": {`{"version":1,"header":{"slots":null,"params":null},"db":{"version":2,"entries":[
			{"type":"totp","uuid":"u","name":"pat@mail.example","issuer":"Shop","info":{"secret":"` + seed + `","algo":"SHA1","digits":6,"period":30}},
			{"type":"steam","uuid":"v","name":"pat","issuer":"","info":{"secret":"` + seed + `"}}]}}`, "aegis", []string{shop[0], shop[1], "Steam totp-on likely pat"}},
		"2fas": {`{"services":[{"name":"Shop","secret":"` + seed + `","otp":{"account":"pat@mail.example","issuer":"Shop","tokenType":"TOTP","digits":6,"period":30,"algorithm":"SHA1"},"order":{"position":0}},
			{"name":"By hand","secret":"` + seed + `","otp":{"label":"pat","tokenType":"HOTP"}}],"groups":[],"schemaVersion":4,"appOrigin":"android"}`, "2fas", []string{"By hand totp-on likely pat", shop[0], shop[1]}},
		"andotp": {`[{"secret":"` + seed + `","issuer":"Shop","label":"pat@mail.example","digits":6,"type":"TOTP","algorithm":"SHA1","last_used":1608146844162,"period":30,"tags":[]},
			{"secret":"` + seed + `","label":"Old - pat","digits":6,"type":"HOTP","algorithm":"SHA1"}]`, "andotp", []string{"Old totp-on likely pat", shop[0], shop[1]}},
		"raivo": {`[{"issuer":"Shop","account":"pat@mail.example","secret":"` + seed + `","kind":"TOTP","algorithm":"SHA1","digits":"6","timer":"30","counter":"0","pinned":"false","iconType":"","iconValue":""}]`, "raivo", shop},
		"proton": {`{"version":1,"entries":[{"id":"1","content":{"uri":"otpauth://totp/Shop:pat%40mail.example?secret=` + seed + `&issuer=Shop","entry_type":"Totp","name":"pat@mail.example"},"note":null},
			{"id":"2","content":{"uri":"steam://` + seed + `","entry_type":"Steam","name":"pat"},"note":null}]}`, "proton-authenticator", []string{shop[0], shop[1], "Steam totp-on likely pat"}},
		"lastpass":  {`{"deviceId":"","version":3,"accounts":[{"accountID":"1","issuerName":"My shop","originalIssuerName":"Shop","userName":"pat@mail.example","secret":"` + seed + `","timeStep":30,"digits":6,"creationTimestamp":1610101010101,"algorithm":"SHA1"}],"folders":[]}`, "lastpass-authenticator", shop},
		"freeotp+":  {`{"tokenOrder":["Shop:pat@mail.example"],"tokens":[{"algo":"SHA1","counter":0,"digits":6,"issuerExt":"Shop","issuerInt":"Shop","label":"pat@mail.example","period":30,"secret":[-28,-110,112],"type":"TOTP"}]}`, "freeotp", shop},
		"freeotp 2": {unbase64(t, javaMap), "freeotp", shop},
		"stratum":   {`{"Authenticators":[{"Type":2,"Icon":null,"Issuer":"Shop","Username":"pat@mail.example","Secret":"` + seed + `","Pin":null,"Algorithm":0,"Digits":6,"Period":30,"Counter":0},{"Type":4,"Issuer":"","Username":null,"Secret":"` + seed + `"}],"Categories":[]}`, "stratum", []string{shop[0], shop[1], "Steam totp-on likely"}},
		"bitwarden json": {`{"encrypted":false,"items":[{"id":"1","name":"Shop","folderId":null,"type":1,"login":{"totp":"otpauth://totp/Shop%3Apat%40mail.example?secret=` + seed + `&issuer=Shop"},"favorite":false},
			{"id":"2","name":"Boat","folderId":null,"type":1,"login":{"totp":"` + seed + `","username":"pat","uris":null,"password":null}},
			{"id":"3","name":"","type":1,"login":{"totp":"steam://` + seed + `"}}]}`, "bitwarden-authenticator-json", []string{"Boat totp-on likely pat", shop[0], shop[1], "Steam totp-on likely"}},
		"bitwarden csv": {"folder,favorite,type,name,login_uri,login_totp\n,,1,Shop,,otpauth://totp/Shop%3Apat%40mail.example?secret=" + seed + "&issuer=Shop,Shop,30,6\n,,1,Boat,,steam://" + seed + ",Boat,30,6\n", "bitwarden-authenticator-csv", []string{
			"Boat totp-on likely", shop[0], shop[1],
		}},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, "backup", c.file)
			if format(r) != c.format {
				t.Errorf("read as %q", format(r))
			}
			Equal(t, Lines(r), c.want)
			Equal(t, Problems(r), []string{})
			if c.file[0] < 0x80 {
				Equal(t, Lines(read(t, "backup", units(c.file, 2, false, true))), c.want)
			}
			r = read(t, "backup", "\ufeff"+c.file)
			if !strings.HasPrefix(c.file, "\xac") && format(r) != c.format {
				t.Errorf("with a byte order mark read as %q", format(r))
			}
		})
	}
}

// What labels hold, and what may be said of them.
func TestLabels(t *testing.T) {
	for uri, want := range map[string][]string{
		"totp/Shop%3A%20pat?secret=X":                                      {"Shop totp-on likely pat"},
		"totp/Old:pat?issuer=New%20Name&secret=X":                          {"New Name totp-on likely pat"},
		"totp/github.com:pat?secret=X":                                     {"github.com totp-on likely pat"},
		"totp/https%3A%2F%2Fgithub.com%2Flogin?secret=X":                   {"github.com totp-on possible"},
		"totp/pat?issuer=GitHub.com":                                       {"github.com totp-on likely pat"},
		"totp/pat?issuer=Node.js":                                          {"Node.js totp-on likely pat"},
		"totp/pat?issuer=Acme,%20Inc.":                                     {"Acme, Inc. totp-on likely pat"},
		"totp/Caf%C3%A9%20%E2%98%95:zo%C3%AB?secret=X":                     {"Café ☕ totp-on likely zoë"},
		"totp/Shop:%2B33639981234?secret=X":                                {"Shop holds-phone likely +33639981234 sign-in", "Shop totp-on likely +33639981234"},
		"totp/Shop:0639981234?secret=X":                                    {"Shop totp-on likely 0639981234"},
		"totp/AWS:root@123456789012?secret=X":                              {"AWS totp-on likely root@123456789012"},
		"totp/Dropbox?secret=X":                                            {"Dropbox totp-on possible"},
		"totp/pat@mail.example?secret=X":                                   {},
		"totp/?secret=X&issuer=Shop":                                       {"Shop totp-on likely"},
		"totp/pat@mail.example?issuer=pat@mail.example":                    {},
		"totp/Shop:pat%ZZ?secret=X":                                        {"Shop totp-on likely pat%ZZ"},
		"totp/Shop:pat&secret=" + seed:                                     {"Shop totp-on likely pat"},
		"totp/Shop%3Fsecret%3D" + seed + ":pat":                            {"Shop totp-on possible"},
		"totp/Shop:pat/secret=" + seed + "&issuer=New":                     {"New totp-on likely pat"},
		"totp/Shop:pat%3Fsecret%3D" + seed + "%26issuer%3DNew%20Name":      {"New Name totp-on likely pat"},
		"totp/Shop:pat secret=" + seed + " issuer=New":                     {"Shop totp-on likely pat"},
		"totp/pat?secret=" + seed + "&amp;issuer=Shop":                     {"Shop totp-on likely pat"},
		"totp/pat@shop.example&secret=" + seed + "&issuer=Shop":            {"Shop holds-email likely pat@shop.example sign-in", "Shop totp-on likely pat@shop.example"},
		"totp/Shop:patsecret=" + seed:                                      {"Shop totp-on likely pat"},
		"TOTP/Shop%3Apat?SECRET=" + seed + "&ISSUER=New":                   {"New totp-on likely pat"},
		"totp?secret=" + seed + "&issuer=Shop":                             {"Shop totp-on likely"},
		"/totp/Shop:pat&algorithm=SHA1&digits=6&issuer=New&secret=" + seed: {"New totp-on likely pat"},
		"totp/Shop:pat?issuer=Shop;secret=" + seed:                         {"Shop totp-on likely pat"},
		"totp/Shop:pat%253Fsecret%253D" + seed:                             {"Shop totp-on likely"},
		"totp/Shop:pat?issuer=null":                                        {"Shop totp-on likely pat"},
		"totp/Shop:steam%3A%2F%2F" + seed:                                  {"Shop totp-on likely"},
		"totp/STEAM%3A%2F%2F" + seed + ":pat?issuer=Shop":                  {"Shop totp-on likely pat"},
		"totp/Shop:pat steam://" + seed:                                    {"Shop totp-on likely"},
		"totp/pat?secret=X&issuer=steam%3A%2F%2F" + seed:                   {"pat totp-on possible"},
		"totp": {},
		"totp/Line%0ABreak%E2%80%AE:pat?secret=X":            {"Line Break totp-on likely pat"},
		"totp/Shop:pat?codeDisplay=%7B%22trashed%22:true%7D": {},
	} {
		got := Lines(read(t, "codes.txt", "otpauth://"+uri+"\n"))
		for i, w := range want {
			if i >= len(got) || got[i] != w {
				t.Errorf("%s: got %q, want %q", uri, got, want)
				break
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: got %q, want %q", uri, got, want)
		}
	}
}

// Records are counted, also those that show nothing; dates are kept.
func TestCountsAndDates(t *testing.T) {
	r := read(t, "codes.txt", "# exported\notpauth://totp/Shop:pat?secret=X\nhello\notpauth://totp/?secret=X\n")
	if s := r.Sources[0]; s.Items != 3 || s.Skipped != 2 {
		t.Errorf("%d read, %d passed over", s.Items, s.Skipped)
	}
	r = read(t, "andotp.json", `[{"secret":"X","issuer":"Shop","label":"pat","digits":6,"type":"TOTP","last_used":1608146844162},{"label":7},{"secret":"X","issuer":"Boat","label":"pat","digits":6,"type":"TOTP"}]`)
	if got := r.Findings[1].Last.Format("2006-01-02"); got != "2020-12-16" {
		t.Errorf("last used %s", got)
	}
	if s := r.Sources[0]; s.Items != 3 || s.Skipped != 1 {
		t.Errorf("%d read, %d passed over", s.Items, s.Skipped)
	}
}

// A password manager's export is left to its own importer, whatever it says of
// second factors.
func TestBitwardenVaultIsNotOurs(t *testing.T) {
	for name, file := range map[string]string{
		"uris":      `{"encrypted":false,"items":[{"type":1,"name":"A","login":{"totp":"` + seed + `"}},{"type":1,"name":"B","login":{"uris":[{"uri":"https://shop.example"}],"totp":"` + seed + `"}}]}`,
		"password":  `{"encrypted":false,"items":[{"type":1,"name":"A","login":{"password":"x","totp":"` + seed + `"}}]}`,
		"note":      `{"encrypted":false,"items":[{"type":1,"name":"A","login":{"totp":"` + seed + `"}},{"type":2,"name":"N"}]}`,
		"no totp":   `{"encrypted":false,"items":[{"type":1,"name":"A","login":{"totp":null}}]}`,
		"encrypted": `{"encrypted":true,"items":[{"type":1,"name":"A","login":{"totp":"2.x|y|z"}}]}`,
		"locked":    `{"encrypted":true,"encKeyValidation_DO_NOT_EDIT":"x","items":[{"type":1,"name":"A","login":{"totp":"2.x|y|z"}}]}`,
		"csv":       "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n,,login,A,,,0,https://shop.example,pat,x," + seed + "\n",
	} {
		for _, imp := range authenticator.Importers() {
			in := evidence.Input{Label: "vault.json", Name: "vault.json", Head: []byte(file)}
			if c := imp.Recognise(context.Background(), in); c != evidence.No {
				t.Errorf("%s: claimed by %s", name, imp.Format().ID)
			}
		}
	}
}

// Beside the logins, an authenticator's export is the authenticator's.
func TestBesideLogins(t *testing.T) {
	p := Write(t, "bitwarden.json", `{"encrypted":false,"items":[{"id":"1","name":"Shop","folderId":null,"type":1,"login":{"totp":"`+seed+`"}}]}`)
	r, err := evidence.Scan(context.Background(), []string{p}, evidence.Options{Importers: append(authenticator.Importers(), logins.Importers()...)}, nil)
	if err != nil || format(r) != "bitwarden-authenticator-json" {
		t.Errorf("read as %q, %v", format(r), err)
	}
}

// Files of other kinds are nobody's here.
func TestOthersAreNotClaimed(t *testing.T) {
	for name, file := range map[string]string{
		"a text":            "Dear Pat,\notpauth://totp/Shop:pat?secret=X\n",
		"a message":         `{"version":1,"salt":"x","content":"y","title":"z"}`,
		"content":           `{"version":"1","content":"y"}`,
		"services":          `{"services":["a"]}`,
		"tokens":            `{"tokens":3}`,
		"accounts":          `{"accounts":[{"issuerName":"x"}]}`,
		"labels":            `[{"label":"x","type":"y"}]`,
		"a Java list":       "\xac\xed\x00\x05sr\x00\x13java.util.ArrayList",
		"another Java map":  strings.ReplaceAll(strings.ReplaceAll(unbase64(t, javaMap), "masterKey", "sisterKey"), "-token", "-tiken"),
		"numbers":           "\x00\x02\x30\x00" + strings.Repeat("x", 200),
		"nothing":           "",
		"a lone bracket":    "[",
		"a brace of braces": strings.Repeat(`{"db":`, 1000),
	} {
		for _, imp := range authenticator.Importers() {
			in := evidence.Input{Label: "file", Name: "file", Head: []byte(file)}
			if c := imp.Recognise(context.Background(), in); c != evidence.No {
				t.Errorf("%s: claimed by %s", name, imp.Format().ID)
			}
		}
	}
}

// Each file is one importer's, and each format is said in words.
func TestOneImporterEach(t *testing.T) {
	words, err := os.ReadFile("../../../assets/text/en/authenticator.json")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, imp := range authenticator.Importers() {
		id := imp.Format().ID
		if seen[id] || imp.Format().Tree {
			t.Errorf("%s twice", id)
		}
		seen[id] = true
		for _, key := range []string{`"format.` + id + `"`, `"format.` + id + `.how"`} {
			if !strings.Contains(string(words), key) {
				t.Errorf("no text for %s", key)
			}
		}
	}
}

// A list is read in any encoding and with any line ends, quotes and bullets
// around its links, and says whose entries it could not tell.
func TestLists(t *testing.T) {
	links := []string{"otpauth://totp/Shop:pat?secret=" + seed, "OTPAUTH://totp/Bank:pat?secret=" + seed, "otpauth://totp/pat@mail.example?secret=" + seed}
	want := []string{"Bank totp-on likely pat", "Shop totp-on likely pat"}
	lf, cr := strings.Join(links, "\n"), strings.Join(links, "\r")
	for name, file := range map[string]string{
		"as it should be": lf + "\n", "CR": cr, "CRLF": strings.ReplaceAll(lf, "\n", "\r\n"), "quotes": "\"" + strings.Join(links, "\"\n\"") + "\"",
		"bullets": "- " + strings.Join(links, "\n- "), "a comment": "# my codes\n\n" + lf, "a mark": "\ufeff" + lf,
		"links of others": "motp://Shop:pat?secret=0123456789abcdef\n" + lf, "no slashes": strings.ReplaceAll(lf, "://totp", ":totp"),
		"coded as a whole": "otpauth%3A%2F%2Ftotp%2FShop%3Apat%3Fsecret%3D" + seed + "\n" + links[1] + "\n" + links[2],
		"a picture's address": "https://api.shop.example/qr/?size=200&data=otpauth%3A%2F%2Ftotp%2FShop%3Apat%3Fsecret%3D" + seed + "&margin=4\n" +
			"https://chart.shop.example/chart?cht=qr&chl=otpauth://totp/Bank:pat%3Fsecret%3D" + seed + "\n" + links[2],
		"UTF-16 LE": units(lf, 2, false, true), "UTF-16 BE": units(lf, 2, true, true), "UTF-16 LE bare": units(lf, 2, false, false), "UTF-16 BE bare": units(cr, 2, true, false),
		"UTF-32 LE": units(lf, 4, false, true), "UTF-32 BE bare": units(lf, 4, true, false),
	} {
		r := Scan(t, Write(t, "codes.txt", file))
		if got := Lines(r); !slices.Equal(got, want) {
			t.Errorf("%s: %q", name, got)
		}
		s := r.Sources[0]
		if name == "links of others" { // the one that is not read is counted
			s.Items, s.Passed = s.Items-1, slices.DeleteFunc(s.Passed, func(k evidence.Skipped) bool { return k.Reason == evidence.Broken && k.Count == 1 })
		}
		if s.Items != 3 || len(s.Passed) != 1 || s.Passed[0].Reason != evidence.NoIssuer || !slices.Equal(s.Passed[0].Names, []string{"pat@mail.example"}) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// units writes text in UTF-16 or UTF-32, with a mark or without.
func units(s string, width int, big, mark bool) string {
	var out []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, r := range s {
		unit := make([]byte, width)
		for i := range width {
			at := i
			if big {
				at = width - 1 - i
			}
			unit[at] = byte(r >> (8 * i))
		}
		out = append(out, unit...)
	}
	return string(out)
}
