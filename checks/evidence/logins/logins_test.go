package logins_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/logins"
	"unlisted/checks/identifier"
)

// scanWith scans with every importer and what the person offers.
func scanWith(t testing.TB, unlock []evidence.Unlock, own []identifier.Identifier, paths ...string) evidence.Report {
	t.Helper()
	r, err := evidence.Scan(context.Background(), paths, evidence.Options{Importers: all.Importers(), Region: "FR", Unlock: unlock, Own: own}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// One file of each kind, and what it has to show; nothing of a secret.
func TestFormats(t *testing.T) {
	for i, c := range slices.Concat(csvSamples, otherSamples) {
		t.Run(fmt.Sprint(i, " ", c.format), func(t *testing.T) {
			r := scanWith(t, offers, nil, Write(t, c.name, c.file))
			if len(r.Sources) != 1 || r.Sources[0].Format != c.format {
				t.Fatalf("sources %+v, want one %s", r.Sources, c.format)
			}
			same(t, r, c.want)
			Equal(t, Problems(r), []string{})
			if s := fmt.Sprintf("%+v", r); strings.Contains(s, "Sunny-Day") || strings.Contains(s, "JBSWY3DPEHPK3PXP") || strings.Contains(s, "note.example") {
				t.Errorf("a secret or a note is in %s", s)
			}
		})
	}
}

func same(t testing.TB, r evidence.Report, want []string) {
	t.Helper()
	got, want := Lines(r), slices.Clone(want)
	slices.Sort(got)
	slices.Sort(want)
	Equal(t, got, want)
}

// Every importer recognises its own sample, and nothing recognises it more
// surely or comes before.
func TestRecognised(t *testing.T) {
	proved := map[string]bool{}
	profile := string(read(t, loginData(t, chromiumTable)))
	sealed := []sample{{format: "chromium-profile", name: "x", file: profile}, {format: "samsung-pass", name: "samsung.spass", file: "AAECAwQFBgcICQ=="}}
	for _, c := range slices.Concat(csvSamples, otherSamples, sealed) {
		in := evidence.Input{Label: c.name, Name: c.name, Size: int64(len(c.file)), Head: []byte(c.file)[:min(len(c.file), 64<<10)]}
		best, surest := "", evidence.No
		for _, imp := range all.Importers() {
			if imp.Format().Tree {
				continue
			}
			if got := imp.Recognise(context.Background(), in); got > surest {
				best, surest = imp.Format().ID, got
			}
		}
		if best != c.format {
			t.Errorf("%s is read as %q: %.80q", c.format, best, c.file)
		}
		proved[c.format] = true
	}
	seen := map[string]bool{}
	for _, imp := range logins.Importers() {
		id := imp.Format().ID
		if !proved[id] || seen[id] {
			t.Errorf("%s has no sample, or is listed twice", id)
		}
		seen[id] = true
	}
}

// What spreadsheets, editors and old systems do to any list of logins must not
// change what it shows.
func TestDialects(t *testing.T) {
	for i, c := range csvSamples {
		header, _, _ := strings.Cut(c.file, "\n")
		variants := map[string]string{
			"byte order mark":  "\xef\xbb\xbf" + c.file,
			"CRLF":             strings.ReplaceAll(c.file, "\n", "\r\n"),
			"CR CR LF":         strings.ReplaceAll(c.file, "\n", "\r\r\n"),
			"semicolons":       separated(t, c.file, ';'),
			"tabs":             separated(t, c.file, '\t'),
			"commas":           separated(t, c.file, ','),
			"blank lines":      c.file + "\n\n,,,,\n",
			"no last line end": strings.TrimRight(c.file, "\n"),
		}
		if !strings.ContainsAny(c.file, "’") {
			variants["UTF-16 LE"], variants["UTF-16 BE"] = utf16(c.file, false), utf16(c.file, true)
		}
		if strings.Contains(strings.ToLower(header), "password") && strings.HasPrefix(c.format, "chrome") {
			variants["header twice"] = c.file + header + "\n"
			variants["short row"] = c.file + "Cut,https://\n"
			variants["long row"] = strings.Replace(c.file, "\n", ",,,,more\n", 2)
			variants["blanks in header"] = strings.Replace(c.file, ",url,", " , url , ", 1)
			variants["twice the same column"] = strings.Replace(c.file, "\n", ",url\n", 1)
			variants["capital header"] = strings.Replace(c.file, header, strings.ToUpper(header), 1)
			variants["a line break in a cell"] = strings.Replace(c.file, "Shop,", "\"Sh\n\"\"op\"\"\",", 1)
			variants["a note to oneself"] = c.file + "Wifi,not a site,pat,zz,\n"
		}
		for name, file := range variants {
			t.Run(fmt.Sprint(i, " ", c.format, " ", name), func(t *testing.T) {
				r := Scan(t, Write(t, "x.csv", file))
				same(t, r, c.want)
				if len(r.Sources) != 1 || r.Sources[0].Format != c.format {
					t.Errorf("sources %+v, want one %s", r.Sources, c.format)
				}
			})
		}
	}
}

// separated writes a CSV with another separator, as a spreadsheet does.
func separated(t *testing.T, file string, sep rune) string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(file))
	r.FieldsPerRecord = -1
	if strings.HasPrefix(file, "Website;") {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = sep
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A header alone is a list of no logins.
func TestHeaderOnly(t *testing.T) {
	for _, c := range csvSamples {
		if c.format == "keeper-csv" || c.format == "dashlane-old-csv" || strings.HasPrefix(c.file, "Boutique") {
			continue // have no header
		}
		header, _, _ := strings.Cut(c.file, "\n")
		r := Scan(t, Write(t, "x.csv", header+"\n"))
		if Equal(t, Problems(r), []string{}); len(r.Sources) != 1 || r.Sources[0].Items != 0 || r.Sources[0].Format != c.format {
			t.Errorf("%s: %+v", c.format, r.Sources)
		}
	}
}

// A table without header is one of logins only where it shows: a list of links
// or of orders is not.
func TestNotLogins(t *testing.T) {
	for name, file := range map[string]string{
		"bookmarks":         "Shop,https://shop.example,2024-01-02,a nice shop,\nForum,https://forum.example,2024-01-02,a forum,\n",
		"orders":            "1,https://shop.example,pat@mail.example,two words here,3,4\n",
		"no address":        "Shop,https://shop.example,pat,Sunny-Day,\nForum,https://forum.example,pat,Sunny-Day,\n",
		"contacts":          "Mum,mum@mail.example,+33639980000,x,y\n",
		"mostly other rows": "a,b,c,d,e\nf,g,h,i,j\nShop,https://shop.example,pat@mail.example,Sunny-Day,\n",
		"address book":      "Name,Email,Website\nMum,mum@mail.example,https://mum.example\n",
		"prose":             "Dear Pat, as I said, yes, no, maybe, and so on.\nhttps://shop.example, pat@mail.example\n",
		"another CSV":       "date,amount\n2024-01-01,3\n",
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "x", file))
			Equal(t, Lines(r), []string{})
			if p := Problems(r); len(p) != 1 || !slices.Contains([]string{"unknown", "no_columns", "unknown_columns"}, p[0]) || strings.Contains(fmt.Sprintf("%+v", r), "Sunny") {
				t.Errorf("%+v", r.Sources)
			}
		})
	}
}

// KeePass quotes with backslashes, which CSV does not know.
func TestBackslashes(t *testing.T) {
	var passwords []string
	file := `"Account","Login Name","Password","Web Site","Comments"` + "\n" + `"Shop","pat","a\"b\\","https://shop.example","says \"hi\", twice"` + "\n" + `"Bank","p\at","zz","https://bank.example",""` + "\n"
	r, err := evidence.Scan(context.Background(), []string{Write(t, "x", file)}, evidence.Options{
		Importers: logins.Importers(), Password: func(p, _ string) { passwords = append(passwords, p) },
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, r, []string{`bank.example account confirmed p\at sign-in`, "shop.example account confirmed pat sign-in"})
	Equal(t, passwords, []string{`a"b\`, "zz"})
}

// Two logins at one site stay apart in everything that is found about them.
func TestTwoUsers(t *testing.T) {
	r := Scan(t, Write(t, "x", "Title,URL,Username,Password,Notes,OTPAuth\na,https://shop.example,pat,x,,otpauth://totp/a\nb,https://shop.example,work@mail.example,y,,\n"))
	same(t, r, []string{
		"shop.example account confirmed pat sign-in", "shop.example account confirmed work@mail.example sign-in",
		"shop.example holds-email confirmed work@mail.example sign-in", "shop.example totp-on confirmed pat",
	})
}

// An address or number kept beside a login counts if it is the person's own:
// any other may be the platform's hot line.
func TestOwnBesideLogin(t *testing.T) {
	own, err := identifier.ParsePhone("+33639981234", "")
	if err != nil {
		t.Fatal(err)
	}
	file := `{"records":[{"login":"pat@mail.example","login_url":"https://shop.example","custom_fields":{"$phone::1":"06 39 98 12 34","$phone::2":"+12025550199"}}]}`
	r := scanWith(t, nil, []identifier.Identifier{own}, Write(t, "x", file))
	same(t, r, []string{account, holding, "shop.example holds-phone likely +33639981234 profile"})
}

// Dates tell how old an account is; each export writes them its own way.
func TestDates(t *testing.T) {
	for _, c := range []sample{
		{format: "firefox-csv", file: firefox, want: []string{"forum.example 2020-01-01 2023-01-01"}},
		{format: "keepass-xml", file: keepassXML, want: []string{"shop.example 2020-01-02 2020-11-26"}},
		{format: "firefox-profile", file: `{"nextId":1,"logins":[{"hostname":"https://a.example","timeCreated":1577880000000,"timeLastUsed":1672574400000}]}`, want: []string{"a.example 2020-01-01 2023-01-01"}},
		{format: "keepassxc-csv", file: "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created\nRoot,a,b,c,a.example,,,,2023-01-02T03:04:05Z,2020-01-02T03:04:05Z\n", want: []string{"a.example 2020-01-02 2023-01-02"}},
		{format: "proton-csv", file: "type,name,url,username,password,note,totp,createTime,modifyTime\nlogin,a,a.example,b,c,,,1577880000,1672574400\n", want: []string{"a.example 2020-01-01 2023-01-01"}},
		{format: "bitwarden-json", file: `{"encrypted":false,"items":[{"type":1,"creationDate":"2020-02-03T10:00:00.000Z","revisionDate":"2023-02-03T10:00:00Z","login":{"uris":[{"uri":"a.example"}]}}]}`, want: []string{"a.example 2020-02-03 2023-02-03"}},
	} {
		var got []string
		for _, f := range Scan(t, Write(t, "x", c.file)).Findings {
			if f.Fact == evidence.FactAccount && !slices.Contains([]string{"accounts.firefox.com", "router.example"}, f.Site) {
				got = append(got, f.Site+" "+f.First.Format(time.DateOnly)+" "+f.Last.Format(time.DateOnly))
			}
		}
		Equal(t, got, c.want)
	}
}

// Exports come in archives, too, and their other members say nothing.
func TestArchives(t *testing.T) {
	personal := csvSamples[slices.IndexFunc(csvSamples, func(s sample) bool { return s.format == "dashlane-personal-csv" })].file
	for name, c := range map[string]struct {
		members map[string]string
		want    []string
	}{
		"dashlane": {map[string]string{
			"credentials.csv":  "username,username2,username3,title,password,note,url,category,otpSecret\npat@mail.example,,,Shop,x,,https://shop.example,Shopping,\n",
			"personalInfo.csv": personal, "securenotes.csv": "title,note\nDiary,https://note.example\n", "ids.csv": "type,number,name,issue_date,expiration_date,place_of_issue,state\n",
			"payments.csv": "type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,routing_number,account_number,country,issuing_bank,note,name\n",
		}, []string{account, holding, mine, number}},
		"1pux": {map[string]string{
			"export.attributes": `{"version":3,"description":"1Password Unencrypted Export","createdAt":1700000000}`,
			"export.data":       `{"accounts":[{"attrs":{"email":"","domain":""},"vaults":[{"attrs":{},"items":[{"state":"active","categoryUuid":"001","overview":{"url":"shop.example"},"details":{"loginFields":[{"designation":"username","value":"pat@mail.example"}]}}]}]}]}`,
			"files/a___b.txt":   "a,b,c",
		}, []string{account, holding}},
		"proton": {map[string]string{
			"Proton Pass/data.json": `{"version":"1","userId":"u","encrypted":false,"vaults":{"v":{"items":[{"data":{"type":"login","content":{"itemEmail":"pat@mail.example","urls":["shop.example"]}},"state":1}]}}}`,
		}, []string{account, holding}},
		"bitwarden": {map[string]string{"data.json": `{"encrypted":false,"items":[{"type":1,"login":{"uris":[{"uri":"shop.example"}],"username":"pat@mail.example"}}]}`, "attachments/1/a.bin": "\x00"}, []string{account, holding}},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "export.zip", string(Zip(t, c.members))))
			same(t, r, c.want)
			Equal(t, Problems(r), []string{})
		})
	}
	r := Scan(t, Write(t, "export.zip", string(Zip(t, map[string]string{"Proton Pass/data.pgp": "-----BEGIN PGP MESSAGE-----\n\nabc\n"}))))
	Equal(t, Problems(r), []string{"proton_encrypted"})
}

// Files that hold nothing to use end in a sentence, never in findings.
func TestNothingToUse(t *testing.T) {
	deep := strings.Repeat
	for name, c := range map[string]struct{ name, file, problem string }{
		"encrypted by the account": {"x", `{"encrypted":true,"passwordProtected":false,"encKeyValidation_DO_NOT_EDIT":"2.x","data":"2.y"}`, "bitwarden_encrypted"},
		"encrypted by a password":  {"x", `{"encrypted": true, "passwordProtected": true, "salt":"s", "kdfIterations":600000, "encKeyValidation_DO_NOT_EDIT":"2.x","data":"2.y"}`, "bitwarden_encrypted"},
		"encrypted item by item":   {"x", `{"encrypted":true,"encKeyValidation_DO_NOT_EDIT":"2.x","items":[{"type":1,"login":{"uris":[{"uri":"2.a|b|c"}],"username":"2.a|b|c"}}]}`, "bitwarden_encrypted"},
		"encrypted Proton":         {"x", `{"version":"1","userId":"u","encrypted":true,"vaults":{}}`, "proton_encrypted"},
		"Proton by PGP":            {"data.pgp", "-----BEGIN PGP MESSAGE-----\n\nabc\n", "proton_encrypted"},
		"Dashlane's own":           {"vault.dash", "JDEkYXJnb24yZCQxNiQzJDMy", "dashlane_encrypted"},
		"Samsung Pass":             {"samsung_pass.spass", "AAECAwQFBgcICQ==\n", "samsung_pass"},
		"KeePass 1":                {"x", "\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5" + deep("x", 200), "keepass_old"},
		"empty":                    {"x", "", "empty"},
		"half a vault":             {"x", `{"encrypted":false,"items":[{"type":1,"login":{"uris":[{"uri":"https://sh`, "damaged"},
		"half a 1PUX":              {"x", `{"accounts":[{"attrs":{"email":"","domain":""},"vaults":[{"items":[{"over`, "damaged"},
		"half a 1PIF":              {"x", `{"typeName":"webforms.WebForm","secureContents":{"UR`, "damaged"},
		"half a Proton":            {"x", `{"userId":"u","vaults":{"v":{"items":[{"da`, "damaged"},
		"half an XML":              {"x", `<KeePassFile><Root><Group><Entry><String><Key>UR`, "damaged"},
		"no list where one is due": {"x", `{"encrypted":false,"items":{"a":1}}`, "damaged"},
		"one endless line":         {"x", "name,url,username,password\n" + deep("x", 6<<20), "damaged"},
		"one endless 1PIF":         {"x", `{"typeName":"a","secureContents":"` + deep("x", 6<<20), "damaged"},
		"deep list":                {"x", `{"encrypted":false,"folders":` + deep("[", 1<<20) + `,"items":[]}`, "damaged"},
		"deep item":                {"x", `{"encrypted":false,"items":[` + deep(`{"a":`, 1<<20), "damaged"},
		"deep 1PIF":                {"x", `{"typeName":"a","secureContents":` + deep(`[`, 1<<20) + "\n", "damaged"},
		"deep XML":                 {"x", "<KeePassFile>" + deep("<Group>", 1<<20), "damaged"},
		"XML bomb": {"x", `<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
			<KeePassFile><Root><Group><Entry><String><Key>URL</Key><Value>&b;</Value></String></Entry></Group></Root></KeePassFile>`, "damaged"},
		"XML of others' files": {"x", `<!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><KeePassFile><Root>&a;</Root></KeePassFile>`, "damaged"},
		"endless tag":          {"x", "<KeePassFile><Root " + deep(`a="" `, 1<<20), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, c.name, c.file))
			Equal(t, Lines(r), []string{})
			Equal(t, Problems(r), []string{c.problem})
		})
	}
}

// What stands before the damage is kept.
func TestTruncated(t *testing.T) {
	cut := func(s, at string) string { return s[:strings.Index(s, at)] }
	for name, file := range map[string]string{
		"XML":  cut(keepassXML, "<Name>Recycle"),
		"JSON": `{"encrypted":false,"items":[{"type":1,"login":{"uris":[{"uri":"shop.example"}],"username":"pat@mail.example"}},{"type":1,"lo`,
		"1PIF": `{"typeName":"webforms.WebForm","location":"shop.example","secureContents":{"fields":[{"designation":"username","value":"pat@mail.example"}]}}` + "\n***5642bee8-a5ff-11dc-8314-0800200c9a66***\n{\"typeNa",
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "x", file))
			Equal(t, Problems(r), []string{"damaged"})
			if got := Lines(r); !slices.Contains(got, account) {
				t.Errorf("got %q", got)
			}
		})
	}
}

// Whatever a skipped part of an export weighs, it is never held.
func TestMemory(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"encrypted":false,"folders":[`)
	for i := range 3000 {
		fmt.Fprintf(&b, `{"id":"%d","name":"%s"},`, i, strings.Repeat("x", 30<<10))
	}
	b.WriteString(`{}],"items":[{"type":1,"login":{"uris":[{"uri":"shop.example"}],"username":"pat@mail.example"}}]}`)
	p := Write(t, "x", b.String())
	b.Reset()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r := Scan(t, p)
	same(t, r, []string{account, holding})
	if runtime.ReadMemStats(&after); after.HeapSys > before.HeapSys+48<<20 {
		t.Errorf("the heap grew by %d MiB", (after.HeapSys-before.HeapSys)>>20)
	}
}

// Random bytes behind any start end in a report, never in a panic.
func TestNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	for i, c := range slices.Concat(csvSamples, otherSamples) {
		for j := range 4 {
			b := []byte(c.file)
			if j == 0 {
				b = b[:random.IntN(len(b))]
			}
			for range j * j {
				b[random.IntN(len(b))] = byte(random.Uint32())
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, "-", j)), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range scanWith(t, offers[1:2], nil, dir).Findings {
		if f.Site == "" && f.App == "" && f.Name == "" && f.Fact != evidence.FactOwn {
			t.Errorf("a finding about nothing: %+v", f)
		}
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
	Equal(t, reused(r), []string{"a.example 1", "b.example 1", "c.example 1"})
	for _, l := range Lines(r) {
		if strings.Contains(l, "same") || strings.Contains(l, "alone") {
			t.Errorf("a password is in %q", l)
		}
	}
	r = Scan(t, Write(t, "x.csv", `Group,Title,Username,Password,URL,Notes
Root,a,pat,{REF:P@I:46C9B1FFBD4ABC4BBB260C6190BAD20C},a.example,
Root,b,{REF:U@I:46C9B1FFBD4ABC4BBB260C6190BAD20C},{REF:P@I:46C9B1FFBD4ABC4BBB260C6190BAD20C},b.example,
`))
	same(t, r, []string{"a.example account confirmed pat sign-in", "b.example account confirmed sign-in"})
}

// What is empty or a single character, in any script, is a placeholder and no
// password that two sites share; two characters are one.
func TestPlaceholdersAreNoReuse(t *testing.T) {
	for password, want := range map[string][]string{
		"": nil, "x": nil, "-": nil, "é": nil, "密": nil, "🔑": nil, "xx": {"a.example 1", "b.example 1"}, "密码": {"a.example 1", "b.example 1"},
	} {
		r := Scan(t, Write(t, "x.csv", `"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"
"https://a.example","pat","`+password+`",,"","{1}","1","1","1"
"https://b.example","pat","`+password+`",,"","{2}","1","1","1"
`))
		if got := reused(r); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func reused(r evidence.Report) (got []string) {
	for _, f := range r.Findings {
		if f.Fact == evidence.FactReuse {
			got = append(got, f.Site+" "+f.Detail)
		}
	}
	return got
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
	for _, s := range slices.Concat(csvSamples, otherSamples) {
		f.Add([]byte(s.file))
	}
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := Scan(t, Write(t, "x", string(b)))
		for _, f := range r.Findings {
			if f.Site == "" && f.App == "" && f.Name == "" && f.Fact != evidence.FactOwn && f.Fact != evidence.FactMailed {
				t.Errorf("a finding about nothing: %+v", f)
			}
		}
	})
}

// BenchmarkFiveThousand reads exports of 5,000 logins, more than people have.
func BenchmarkFiveThousand(b *testing.B) {
	for name, file := range map[string]string{
		"csv":   fiveThousand("name,url,username,password,note\n", "s,https://s%[1]d.example/login,pat@mail.example,p%[1]d,\n", ""),
		"sheet": fiveThousand("", "Work,s,pat@mail.example,pass-%[1]d,https://s%[1]d.example,a note,\n", ""),
		"json":  fiveThousand(`{"encrypted":false,"items":[`, `{"type":1,"name":"s","creationDate":"2023-02-03T10:00:00.000Z","login":{"uris":[{"match":null,"uri":"https://s%[1]d.example"}],"username":"pat@mail.example","password":"p%[1]d","totp":"JBSWY3DPEHPK3PXP","fido2Credentials":[]}},`, "{}]}"),
		"xml":   fiveThousand("<KeePassFile><Root><Group>", "<Entry><String><Key>URL</Key><Value>https://s%[1]d.example</Value></String><String><Key>UserName</Key><Value>pat@mail.example</Value></String><String><Key>Password</Key><Value>p%[1]d</Value></String></Entry>", "</Group></Root></KeePassFile>"),
	} {
		b.Run(name, func(b *testing.B) {
			p := Write(b, "x", file)
			for b.Loop() {
				if r := Scan(b, p); len(r.Findings) < 10_000 {
					b.Fatalf("%d findings", len(r.Findings))
				}
			}
		})
	}
}

func fiveThousand(start, entry, end string) string {
	var b strings.Builder
	b.WriteString(start)
	for i := range 5000 {
		fmt.Fprintf(&b, entry, i)
	}
	return b.String() + end
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

// A number one signs in with is the same however it was copied into the list,
// and one from before the country changed its numbers is that of today.
func TestNumbersAsUserNames(t *testing.T) {
	for _, c := range []struct{ user, want string }{
		{"\u202a+33 6 39 98 12 12\u202c", "+33639981212"},
		{"(+33) 6 39 98 12 12", "+33639981212"},
		{"tel:+33639981212", "+33639981212"},
		{"＋33639981212", "+33639981212"},
		{"+5213312345678", "+523312345678"},
		{"+558587654321", "+5585987654321"},
	} {
		r := Scan(t, Write(t, "x", "Title,URL,Username,Password,Notes,OTPAuth\na,https://shop.example,"+c.user+",x,,\n"))
		same(t, r, []string{"shop.example account confirmed " + c.want + " sign-in", "shop.example holds-phone confirmed " + c.want + " sign-in"})
	}
}

// What was thrown away in KeePassXC is no account, whatever language it speaks.
func TestBins(t *testing.T) {
	const head = `"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"` + "\n"
	for group, want := range map[string]bool{
		"Root/Recycle Bin": false, "Wurzel/Papierkorb": false, "Root/Papelera": false, "Root/Koš": false, "Root/Prügikast": false, "Root/ゴミ箱": false, "Root/휴지통/Old": false,
		"Корневая/Корзина": false, "Root/Çöp kutusu": false, "Root/回收站": false, "Root/Κάδος Ανακύκλωσης": false, "Root/Papperskorg": false, "Root/סל־מחזור": false, "Root/Internet": true, "Root/Spam filter": true,
	} {
		r := Scan(t, Write(t, "export.csv", head+`"`+group+`","Shop","pat@mail.example","x","https://shop.example","","","0","2023-11-14T22:13:20Z","2023-11-14T22:13:20Z"`+"\n"))
		if got := len(r.Findings) > 0; got != want {
			t.Errorf("an entry in %q shows an account: %v", group, got)
		}
	}
}
