package logins_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
)

// signIns are the accounts a scan of one file shows, as "site identifier".
func signIns(r evidence.Report) (out []string) {
	for _, f := range r.Findings {
		if f.Fact == evidence.FactAccount {
			out = append(out, strings.TrimSpace(f.Site+f.App+" "+f.Identifier.Value))
		}
	}
	slices.Sort(out)
	return out
}

// Tables as spreadsheets, programs and people write them hold these two logins.
func TestTables(t *testing.T) {
	want := []string{"bank.example pat@mail.example", "shop.example pat@mail.example"}
	for name, file := range map[string]string{
		// What stands above the header.
		"sep":                "sep=;\nname;url;username;password\nA;shop.example;pat@mail.example;x1\nB;bank.example;pat@mail.example;x,2\n",
		"sep quoted":         "\"sep=,\"\nurl,username,password\nshop.example,pat@mail.example,x1\nbank.example,pat@mail.example,x2\n",
		"sep tab":            "sep=\t\nurl\tusername\tpassword\nshop.example\tpat@mail.example\tx1\nbank.example\tpat@mail.example\tx2\n",
		"title":              "Passwords of Pat, exported on 1 May\n\nurl,username,password\nshop.example,pat@mail.example,x1\nbank.example,pat@mail.example,x2\n",
		"comments":           "# made by hand; keep safe\n# second line, too\nurl,username,password\nshop.example,pat@mail.example,x1\nbank.example,pat@mail.example,x2\n",
		"empty rows above":   ";;;\n;;;\nurl;username;password\nshop.example;pat@mail.example;x1\nbank.example;pat@mail.example;x2\n",
		"two marks":          "\ufeff\ufeffurl,username,password\nshop.example,pat@mail.example,x1\nbank.example,pat@mail.example,x2\n",
		"two files in one":   "url,username,password\nshop.example,pat@mail.example,x1\n\ufeffurl,username,password\nbank.example,pat@mail.example,x2\n",
		"header twice":       "url,username,password\nshop.example,pat@mail.example,x1\nurl,username,password\nbank.example,pat@mail.example,x2\n",
		"one cell a row":     "\"url,username,password\"\n\"shop.example,pat@mail.example,x1\"\n\"bank.example,pat@mail.example,\"\"x,2\"\"\"\n",
		"one cell, tail":     "\"url,username,password\";;\n\"shop.example,pat@mail.example,x1\";;\n\"bank.example,pat@mail.example,x2\";;\n",
		"one cell, some":     "url,username,password\nshop.example,pat@mail.example,x1\n\"bank.example,pat@mail.example,\"\"x,2\"\"\"\n",
		"pipes":              "url|username|password\nshop.example|pat@mail.example|x1\nbank.example|pat@mail.example|x,;2\n",
		"carets":             "url^username^password\nshop.example^pat@mail.example^x1\nbank.example^pat@mail.example^x2\n",
		"CR":                 "url,username,password\rshop.example,pat@mail.example,x1\rbank.example,pat@mail.example,x2\r",
		"blanks":             "\"url\", \"username\", \"password\"\n\"shop.example\", \"pat@mail.example\", \"x, 1\"\n\"bank.example\" ,\t\"pat@mail.example\" , \"x2\"\n",
		"quote opens":        "url,username,password,note\nshop.example,pat@mail.example,\"x1,\nbank.example,pat@mail.example,x2,n\n",
		"quote opens twice":  "url,username,password,note\nshop.example,pat@mail.example,\"x1,\nbank.example,pat@mail.example,\"x2,n\n",
		"quote in cells":     "url,username,password,note\nshop.example,pat@mail.example,x\"1,\"\nbank.example,pat@mail.example,x\"\"2,n\"\n",
		"quote not doubled":  "\"url\",\"username\",\"password\"\n\"shop.example\",\"pat@mail.example\",\"x\"1\"\n\"bank.example\",\"pat@mail.example\",\"x2\"\"\n",
		"quote and a note":   "url,username,password,note\nshop.example,pat@mail.example,\"x1,\nbank.example,pat@mail.example,x2,\"a note\nof two, no, three\nlines\"\n",
		"notes like rows":    "url,username,password,note\nshop.example,pat@mail.example,x1,\"look:\na,b\"\nbank.example,pat@mail.example,x2,\"\n\n\"\n",
		"one cell missing":   "url,username,password,note\nshop.example,pat@mail.example,x1\nbank.example,pat@mail.example,x2,n,more\n",
		"windows-1252":       "url,username,password,note\nshop.example,pat@mail.example,x1,\xe9tude\nbank.example,pat@mail.example,x2,\x80\n",
		"one byte astray":    "url,username,password,note\nshop.example,pat@mail.example,x1,\u00e9tude" + strings.Repeat(".", 70_000) + "\nbank.example,pat@mail.example,x2,\xe9\n",
		"fields in a cell":   "Password Name,Password URL,SecretData,Notes\nA,https://shop.example,\"SecretType:Web\nUser Name:pat@mail.example\nPassword:x1\",\nB,https://bank.example,\"Password:x2\nEmail : pat@mail.example\",\n",
		"e-mail beside":      "Title,Web Site,Password,E-mail\nA,shop.example,x1,pat@mail.example\nB,bank.example,x2,pat@mail.example\n",
		"hosts as names":     "Title,Username,Password\nshop.example.com,pat@mail.example,x1\nMy bike lock,pat@mail.example,x2\n",
		"second site column": "Website,Username,Password,Login URL\n,pat@mail.example,x1,https://shop.example/a\nbank.example,pat@mail.example,x2,\n",
	} {
		want := want
		if name == "hosts as names" {
			want = []string{"shop.example.com pat@mail.example"}
		}
		r := Scan(t, Write(t, "x.csv", file))
		if got := signIns(r); !slices.Equal(got, want) {
			t.Errorf("%s: %q from %+v", name, got, r.Sources)
		}
		if s := fmt.Sprintf("%+v", r); strings.Contains(s, "x1") || strings.Contains(s, "x2") || strings.Contains(s, "x,2") {
			t.Errorf("%s: a password is in %s", name, s)
		}
	}
}

// headers are what people and programs call the site, the user name and the
// password.
var headers = [][3]string{
	{"Web Site", "User ID", "Password"},
	{"URL", "Login", "Pass"},
	{"login_url", "E-mail", "pwd"},
	{"Website URL", "Email / Username", "Password"}, // various
	{"Webseite", "Benutzername", "Kennwort"},
	{"Internetadresse", "E-Mail-Adresse", "Passwort"}, // German
	{"Adresse du site", "Identifiant", "Mot de passe"},
	{"Site web", "Nom d’utilisateur", "MOT DE PASSE"}, // French
	{"Sitio web", "Nombre de usuario", "Contraseña"},
	{"Página web", "Usuario", "Clave"}, // Spanish
	{"Sito web", "Nome utente", "Parola d'ordine"},
	{"Endereço do site", "Utilizador", "Palavra-passe"},
	{"Site", "Nome de usuário", "Senha"}, // Italian, Portuguese
	{"Website", "Gebruikersnaam", "Wachtwoord"},
	{"Strona internetowa", "Nazwa użytkownika", "Hasło"},
	{"Сайт", "Имя пользователя", "Пароль"},
	{"Адреса сайту", "Логін", "Пароль"},
	{"ウェブサイト", "ユーザー名", "パスワード"},
	{"网站", "用户名", "密码"},
	{"網址", "帳號", "密碼"},
	{"웹사이트", "아이디", "비밀번호"},
	{"Webbplats", "Användarnamn", "Lösenord"},
	{"Nettsted", "Brukernavn", "Passord"},
	{"Hjemmeside", "Brugernavn", "Adgangskode"},
	{"Verkkosivusto", "Käyttäjätunnus", "Salasana"},
	{"Weboldal", "Felhasználónév", "Jelszó"},
	{"Webová stránka", "Uživatelské jméno", "Heslo"},
	{"Pagină web", "Nume de utilizator", "Parolă"},
	{"Web sitesi", "Kullanıcı adı", "Şifre"},
	{"Ιστοσελίδα", "Όνομα χρήστη", "Κωδικός πρόσβασης"},
	{"الموقع", "اسم المستخدم", "كلمة المرور"},
	{"אתר", "שם משתמש", "סיסמה"},
	{"Trang web", "Tên đăng nhập", "Mật khẩu"},
	{"Situs web", "Nama pengguna", "Kata sandi"},
}

func TestHeaders(t *testing.T) {
	for _, h := range headers {
		for _, sep := range []string{",", ";", "\t", "|"} {
			file := strings.Join(h[:], sep) + sep + "X\n" + strings.Join([]string{"https://shop.example/a", "pat@mail.example", "x1", "y"}, sep) + "\n"
			if got := signIns(Scan(t, Write(t, "x.csv", file))); !slices.Equal(got, []string{"shop.example pat@mail.example"}) {
				t.Errorf("%q: %q", file, got)
			}
		}
	}
}

// cell writes one value as a program does: quoted always, or where it has to be.
func cell(v, sep string, always bool) string {
	if always || strings.ContainsAny(v, sep+"\"\n\r") || strings.TrimSpace(v) != v {
		return `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
	}
	return v
}

func encoded(order unicode.Endianness, mark unicode.BOMPolicy, s string) string {
	out, _ := unicode.UTF16(order, mark).NewEncoder().String(s)
	return out
}

// Whatever wrote a table, exactly its accounts come out of it, and no password.
func TestTablesGenerated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sep := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "separator")
		always := rapid.Bool().Draw(t, "quotes everywhere")
		blank := ""
		if always {
			blank = rapid.SampledFrom([]string{"", " "}).Draw(t, "blank before quotes")
		}
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r", "\r\r\n"}).Draw(t, "line end")
		var b strings.Builder
		line := func(cells ...string) {
			for i := range cells {
				cells[i] = cell(cells[i], sep, always)
			}
			b.WriteString(strings.Join(cells, sep+blank) + end)
		}
		b.WriteString(rapid.SampledFrom([]string{"", "sep=" + sep + end, "# exported by hand" + end + end, "My logins" + end, sep + sep + sep + end}).Draw(t, "above"))
		h := rapid.SampledFrom(headers).Draw(t, "header")
		note := rapid.SampledFrom([]string{"Notes", "Bemerkungen", "備考", "Zusatz"}).Draw(t, "note")
		line(h[0], h[1], h[2], note)
		var want []string
		for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
			site := fmt.Sprintf("s%d.example", i)
			user := fmt.Sprintf("u%d@mail.example", i)
			password := "Sunny-Day" + rapid.StringMatching(`[a-z,;|"' ]{0,8}`).Draw(t, "password") + "!"
			text := rapid.SampledFrom([]string{"", "a note", "two\nlines", "a, b; c | d", `says "so"`, "\n", "é ü ж"}).Draw(t, "text")
			line(rapid.SampledFrom([]string{"", "https://", "https://www."}).Draw(t, "scheme")+site, user, password, text)
			want = append(want, user)
		}
		file := b.String()
		switch rapid.SampledFrom([]string{"UTF-8", "UTF-8", "mark", "UTF-16 LE", "UTF-16 BE", "LE bare", "BE bare"}).Draw(t, "encoding") {
		case "mark":
			file = "\ufeff" + file
		case "UTF-16 LE":
			file = encoded(unicode.LittleEndian, unicode.UseBOM, file)
		case "UTF-16 BE":
			file = encoded(unicode.BigEndian, unicode.UseBOM, file)
		case "LE bare":
			file = encoded(unicode.LittleEndian, unicode.IgnoreBOM, file)
		case "BE bare":
			file = encoded(unicode.BigEndian, unicode.IgnoreBOM, file)
		}
		tree := fstest.MapFS{"x.csv": {Data: []byte(file)}}
		r, err := evidence.ScanFS(context.Background(), "x", tree, evidence.Options{Importers: all.Importers()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range signIns(r) {
			site, user, _ := strings.Cut(s, " ")
			if strings.TrimPrefix(site, "www.") != "s"+strings.TrimPrefix(strings.TrimSuffix(user, "@mail.example"), "u")+".example" {
				t.Fatalf("%s at %s in\n%s", user, site, b.String())
			}
			got = append(got, user)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) || strings.Contains(fmt.Sprintf("%+v", r), "Sunny") {
			t.Fatalf("got %q, want %q from %+v of\n%s", got, want, r.Sources, b.String())
		}
	})
}

// A login with several addresses is an account at each of them, in every program,
// and its password is used once for all that.
func TestSeveralAddresses(t *testing.T) {
	for name, file := range map[string]string{
		"bitwarden":      `{"encrypted":false,"folders":[],"items":[{"type":1,"login":{"uris":[{"uri":"https://shop.example"},{"uri":"androidapp://com.bank.app"},{"uri":"mail.example"}],"username":"pat","password":"same-one"}}]}`,
		"proton":         `{"version":"1","userId":"u","encrypted":false,"vaults":{"v":{"items":[{"data":{"type":"login","content":{"itemUsername":"pat","password":"same-one","urls":["https://shop.example","mail.example","android://h@com.bank.app/"]}},"state":1}]}}}`,
		"enpass":         `{"items":[{"category":"login","template_type":"login.default","fields":[{"type":"url","value":"shop.example","sensitive":0},{"type":"url","value":"https://mail.example"},{"type":"url","value":"androidapp://com.bank.app"},{"type":"username","value":"pat"},{"type":"password","value":"same-one"}]}]}`,
		"1pux":           `{"accounts":[{"attrs":{},"vaults":[{"items":[{"state":"active","categoryUuid":"001","overview":{"url":"https://shop.example","urls":[{"url":"https://mail.example"},{"url":"androidapp://com.bank.app"}]},"details":{"loginFields":[{"designation":"username","value":"pat"},{"designation":"password","value":"same-one"}]}}]}]}]}`,
		"1pif":           `{"typeName":"webforms.WebForm","location":"https://shop.example","secureContents":{"URLs":[{"url":"https://mail.example"},{"url":"androidapp://com.bank.app"}],"fields":[{"designation":"username","value":"pat"},{"designation":"password","value":"same-one"}]}}`,
		"keeper":         `{"shared_folders":[],"records":[{"title":"A","login":"pat","password":"same-one","login_url":"https://shop.example","custom_fields":{"$url:2":"https://mail.example","$url:3":"androidapp://com.bank.app"}}]}`,
		"nordpass":       "name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,full_name,phone_number,email,type\nA,https://shop.example,\"[\"\"https://mail.example\"\",\"\"androidapp://com.bank.app\"\"]\",pat,same-one,,,,,,,,password\n",
		"keepass":        "<KeePassFile><Root><Group><Entry><String><Key>URL</Key><Value>https://shop.example</Value></String><String><Key>KP2A_URL</Key><Value>mail.example</Value></String><String><Key>AndroidApp1</Key><Value>com.bank.app</Value></String><String><Key>UserName</Key><Value>pat</Value></String><String><Key>Password</Key><Value>same-one</Value></String></Entry></Group></Root></KeePassFile>",
		"chrome":         "name,url,username,password\nA,\"https://shop.example, https://mail.example androidapp://com.bank.app\",pat,same-one\n",
		"1password":      "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nA,\"https://shop.example\nhttps://mail.example\nandroidapp://com.bank.app\",pat,same-one,,false,false,,\n",
		"bitwarden csv":  "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n,,login,A,,,0,\"https://shop.example,androidapp://com.bank.app,mail.example\",pat,same-one,\n",
		"keepassxc":      "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\"\n\"Root\",\"A\",\"pat\",\"same-one\",\"\"\"https://shop.example\"\" mail.example androidapp://com.bank.app\",\"\"\n",
		"semicolon, any": "Webseite;Benutzer;Passwort\nshop.example|mail.example|androidapp://com.bank.app;pat;same-one\n",
	} {
		r := Scan(t, Write(t, "export", file))
		if got := signIns(r); !slices.Equal(got, []string{"com.bank.app", "mail.example", "shop.example"}) {
			t.Errorf("%s: %q from %+v", name, got, r.Sources)
		}
		if s := fmt.Sprintf("%+v", r); strings.Contains(s, "reuse") || strings.Contains(s, "same-one") {
			t.Errorf("%s: %s", name, s)
		}
	}
}

// Who signs in stands in more than one column: all names and addresses of the
// person count, those of others in columns nobody knows do not.
func TestBesideTheUserName(t *testing.T) {
	for file, want := range map[string][]string{
		"Title,Username,Password,URL,e-mail,Notes\nA,patdoe,x1,shop.example,pat@mail.example,call mum@mail.example\n": {
			"shop.example account confirmed pat@mail.example patdoe sign-in", "shop.example holds-email confirmed pat@mail.example patdoe sign-in",
		},
		"url;user;login;email;password\nshop.example;;patdoe;pat@mail.example;x1\n": {
			"shop.example account confirmed pat@mail.example patdoe sign-in", "shop.example holds-email confirmed pat@mail.example patdoe sign-in",
		},
		"url,username,password,Mail\nshop.example,pat@mail.example,x1,doe@mail.example\n": {
			"shop.example account confirmed pat@mail.example sign-in", "shop.example holds-email confirmed pat@mail.example sign-in",
			"shop.example holds-email likely doe@mail.example profile",
		},
		"name,\"web\nsite\",\"user\nname\",password\r\nA,shop.example,pat@mail.example,x1\r\n": {
			"shop.example account confirmed pat@mail.example sign-in", "shop.example holds-email confirmed pat@mail.example sign-in",
		},
		"url,username,password\nshop.example,patdoe / pat@mail.example,x1\n": {
			"shop.example account confirmed pat@mail.example sign-in", "shop.example holds-email confirmed pat@mail.example sign-in",
		},
		"url,username,password\nshop.example,pat@mail.example (main),x1\n": {
			"shop.example account confirmed pat@mail.example sign-in", "shop.example holds-email confirmed pat@mail.example sign-in",
		},
		`{"encrypted":false,"items":[{"type":1,"name":"A","fields":[{"name":"E-mail","value":"pat@mail.example","type":0},{"name":"Friend","value":"mum@mail.example","type":0}],` +
			`"login":{"uris":[{"uri":"https://shop.example"}],"username":"patdoe","password":"x1"}}]}`: {
			"shop.example account confirmed pat@mail.example patdoe sign-in", "shop.example holds-email confirmed pat@mail.example patdoe sign-in",
		},
		"url,username,password,Shared with\nshop.example,pat@mail.example,x1,mum@mail.example\n": {
			"shop.example account confirmed pat@mail.example sign-in", "shop.example holds-email confirmed pat@mail.example sign-in",
		},
	} {
		same(t, Scan(t, Write(t, "x.csv", file)), want)
	}
}

// A table that nobody understands is called one, with the names of its columns
// and never with what stands in them.
func TestUnknownTables(t *testing.T) {
	for file, want := range map[string]string{
		"Kohde;Merkintä;Avainsana\nhttps://shop.example;a1;Sunny-Day-1\nhttps://bank.example;b2;Sunny-Day-2\n": "unknown_columns kohde, merkintä, avainsana",
		"Foo|Bar|Baz\n1|pat@mail.example|Sunny-Day-1\n2|doe@mail.example|Sunny-Day-2\n":                        "unknown_columns foo, bar, baz",
		"https://shop.example,pat,Sunny-Day\nhttps://bank.example,pat,Sunny-Day\n":                             "no_columns ",
		"amazon,pat,Sunny\ngithub,pat,Sunny\n":                                                                 "no_columns ",
		"Sunny,pat\nSunny,doe\n":                                                                               "no_columns ",
		"Dear Pat,\nthe weather, the sunny day, all is well.\nYours\n":                                         "unknown_text ",
	} {
		r := Scan(t, Write(t, "x.csv", file))
		p := r.Sources[0].Problems[0]
		columns, _ := p.Args["columns"].(string)
		if got := strings.TrimPrefix(p.What, "error.evidence.") + " " + columns; got != want || len(r.Findings) != 0 || strings.Contains(fmt.Sprintf("%+v", r), "Sunny") {
			t.Errorf("%q: %q, want %q", file, got, want)
		}
	}
}
