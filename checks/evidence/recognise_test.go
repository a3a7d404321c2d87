package evidence_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
)

// grown makes a database in which a program kept so many other tables first that its own stand far behind the first
// bytes, and returns its content.
func grown(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db := DB(t, path)
	for i := range 700 {
		if _, err := db.Exec(fmt.Sprintf("CREATE TABLE other_%d (a TEXT, %s TEXT)", i, strings.Repeat("b", 150))); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"origin_url", "handle_id", "visit_count"} {
		if at := strings.Index(string(b), word); at >= 0 && at < 64<<10 {
			t.Fatalf("%q stands at %d: nothing is tested", word, at)
		}
	}
	return string(b)
}

// A database is known by its tables wherever they stand, whatever the file is called, also inside an archive.
func TestDatabaseByItsTables(t *testing.T) {
	logins := grown(t,
		`CREATE TABLE logins (origin_url VARCHAR NOT NULL, username_value VARCHAR, password_value BLOB, date_created INTEGER, blacklisted_by_user INTEGER)`,
		`INSERT INTO logins VALUES ('https://shop.example/login', 'pat@mail.example', x'00', 13300000000000000, 0)`)
	for name, path := range map[string]string{
		"renamed": Write(t, "Login Data (2).bak", logins), "no name": Write(t, "x", logins), "in a zip": Write(t, "x.zip", string(Zip(t, map[string]string{"profile/data": logins}))),
	} {
		if got := Lines(Scan(t, path)); !slices.Contains(got, "shop.example account confirmed pat@mail.example sign-in") {
			t.Errorf("%s: %q", name, got)
		}
	}
	messages := grown(t,
		`CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, handle_id INTEGER, date INTEGER, is_from_me INTEGER, service TEXT)`,
		`CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT)`,
		`INSERT INTO handle VALUES (1, 'Amazon')`, `INSERT INTO message VALUES (1, 'Your Amazon code is 482913', 1, 600000000000000000, 0, 'SMS')`)
	r := Scan(t, Write(t, "backup-of-messages", messages))
	if r.Sources[0].Format != "apple-messages" || len(r.Findings) == 0 {
		t.Errorf("messages: %+v", r.Sources)
	}
	for key, statements := range map[string][]string{
		"browser_history":  {`CREATE TABLE urls (url TEXT, visit_count INTEGER)`, `CREATE TABLE visits (url INTEGER)`},
		"android_messages": {`CREATE TABLE sms (address TEXT, body TEXT)`, `CREATE TABLE threads (a)`},
		"whatsapp_backup":  {`CREATE TABLE ZWAMESSAGE (ZTEXT TEXT)`},
		"sqlite":           {`CREATE TABLE recipes (name TEXT)`},
	} {
		if got := keys(Scan(t, Write(t, "x.sqlite", grown(t, statements...)))); !slices.Equal(got, []string{key}) {
			t.Errorf("%s is told as %q", key, got)
		}
	}
}

// JSON is known by its keys wherever they stand: behind a first list that fills all that is looked at, in any order,
// indented or not, with a mark.
func TestJSONByLateKeys(t *testing.T) {
	much := `[` + strings.Repeat(`{"name":"x \"quoted\" {[","id":"1"},`, 4000) + `{}]`
	for name, c := range map[string]struct{ format, content string }{
		"bitwarden":   {"bitwarden-json", `{"folders":` + much + `,"items":[{"type":1,"name":"Shop","login":{"username":"pat@mail.example","password":"x","uris":[{"uri":"https://shop.example"}]}}],"encrypted":false}`},
		"telegram":    {"telegram-archive", `{"frequent_contacts":` + much + `, "personal_information": {"user_id":1,"username":"@pat","phone_number":"+33639981234"}}`},
		"chats first": {"telegram-archive", `{"chats":{"list":` + much + `}, "personal_information": {"user_id":1,"username":"@pat","phone_number":"+33639981234"}}`},
		"tiktok":      {"tiktok-archive", `{"Direct Message":{"History":` + much + `},"Profile":{"Profile Info":{"ProfileMap":{"userName":"pat","telephoneNumber":"+33639981234","emailAddress":"pat@mail.example"}}}}`},
		"discord":     {"discord-archive", `{"settings":` + much + `,"id":"1","username":"pat","email":"pat@mail.example","verified":true,"avatar_hash":"x"}`},
		"mark":        {"telegram-archive", "\ufeff\r\n{\n\t\"frequent_contacts\" : " + much + ",\n\t\"personal_information\" : {\"phone_number\":\"+33639981234\"}}"},
	} {
		r := Scan(t, Write(t, "export.json", c.content))
		if len(r.Sources) != 1 || r.Sources[0].Format != c.format || len(r.Findings) == 0 {
			t.Errorf("%s: %+v, %d findings", name, r.Sources, len(r.Findings))
		}
	}
}

// Keys are listed whatever the JSON is: cut off, malformed, deep, endless; a text is no key.
func TestKeys(t *testing.T) {
	for content, want := range map[string]string{
		`{"a":{"b":["c",{"d":1}]},"e":"f:g","h" : null}`: "a b d e h",
		`[{"a":1},{"a":2,"b":3}]`:                        "a b",
		`{"a":"x\":\"y","b`:                              "a",
		`{"a\"b":1}` + "\n" + `{"c":2}`:                  `a?b c`,
		`}}]{"a":1}`:                                     "",
		``:                                               "",
		strings.Repeat(`{"k":`, 50_000) + `{"deep":1}`: "k",
		`{"` + strings.Repeat("x", 1<<20) + `":1}`:     strings.Repeat("x", 100),
	} {
		if got := strings.Join(evidence.Keys(strings.NewReader(content)), " "); got != want {
			t.Errorf("%.40q: %.200q, want %.200q", content, got, want)
		}
	}
}

// A file is what it is, whatever browsers and people did to its name; where two lie beside each other, each keeps its own.
func TestSavedAgain(t *testing.T) {
	x := `window.YTD.account.part0 = [ { "account" : { "email" : "pat@mail.example", "username" : "pat" } } ]`
	want := []string{"x.com account confirmed pat sign-in", "x.com holds-email confirmed pat@mail.example sign-in"}
	for _, name := range []string{"account (1).js", "ACCOUNT.JS", "Copy of account.js", "account - Copy (2).js", "account copy.js", "account", "account.js.txt", "Kopie von account(3).js", "account - копия.js"} {
		Equal(t, Lines(Scan(t, Write(t, name, x))), want)
		Equal(t, Lines(Scan(t, Folder(t, map[string]string{"data/" + name: x}))), want)
	}
	Equal(t, Lines(Scan(t, Write(t, "a (1).zip", string(Zip(t, map[string]string{"data/account (1).js": x, "data/account.js": "window.YTD.account.part0 = [ ]"}))))), nil)
	r := Scan(t, Folder(t, map[string]string{"passwords (1).csv": csv}))
	if Equal(t, Lines(r), csvLines); r.Sources[0].Path != "folder!passwords (1).csv" {
		t.Errorf("the person knows the file by another name than %q", r.Sources[0].Path)
	}
}
