package logins_test

import (
	"slices"
	"testing"
	"time"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/logins"
)

// A browser's own store shows sites, names, dates and providers; what it was
// told never to save is no account.
func TestLoginData(t *testing.T) {
	const insert = "INSERT INTO logins (origin_url, signon_realm, username_value, password_value, date_created, date_last_used, date_password_modified, blacklisted_by_user, federation_url, scheme) VALUES "
	p := loginData(t, chromiumTable,
		insert+"('https://shop.example/login','https://shop.example/','pat@mail.example',x'763130','13222310400000000','13317048000000000',0,0,'',0)",
		insert+"('https://never.example/','https://never.example/','',x'',13222310400000000,0,0,1,'',0)",
		insert+"('https://forum.example/','federation://forum.example/accounts.google.com','pat',x'',13222310400000000,0,13222310400000000,0,'https://accounts.google.com',0)",
		insert+"('android://AbCd==@com.shop.app/','android://AbCd==@com.shop.app/','+12025550123',x'',0,0,0,0,'',0)",
		insert+"('https://router.example/','https://router.example/Router','admin',x'',0,0,0,0,'',1)",
		insert+"('chrome://settings','','x',x'',0,0,0,0,'',0)",
	)
	r := Scan(t, p)
	same(t, r, []string{
		account, holding, "com.shop.app account confirmed +12025550123 sign-in", "com.shop.app holds-phone confirmed +12025550123 sign-in",
		"forum.example account confirmed pat sign-in", "forum.example linked confirmed pat accounts.google.com", "router.example account possible admin sign-in",
	})
	Equal(t, Problems(r), []string{})
	if s := r.Sources[0]; s.Format != "chromium-profile" || s.Items != 6 || s.Skipped != 2 {
		t.Errorf("source %+v", s)
	}
	i := slices.IndexFunc(r.Findings, func(f evidence.Finding) bool { return f.Site == "shop.example" })
	if f := r.Findings[i]; f.First.Format(time.DateOnly) != "2020-01-01" || f.Last.Format(time.DateOnly) != "2023-01-01" {
		t.Errorf("from %s to %s", f.First, f.Last)
	}
	if len(reused(r)) > 0 {
		t.Error("encrypted passwords count as reuse")
	}
}

// Old profiles lack columns, and cells may be of any kind.
func TestOldLoginData(t *testing.T) {
	p := loginData(t, "CREATE TABLE logins (origin_url, username_value, signon_realm, date_created)",
		"INSERT INTO logins VALUES ('https://shop.example/','pat@mail.example','',13222310400)",
		"INSERT INTO logins VALUES (NULL, 1, x'00', 'never')")
	r := Scan(t, p)
	same(t, r, []string{account, holding})
	Equal(t, Problems(r), []string{})
}

// Other databases are not taken, and what only looks alike is refused.
func TestOtherDatabases(t *testing.T) {
	for name, statements := range map[string][]string{
		"messages":   {"CREATE TABLE message (text TEXT)"},
		"no logins":  {"CREATE TABLE other (origin_url TEXT)"},
		"other kind": {"CREATE TABLE logins (who TEXT, at TEXT)"},
		"a view":     {"CREATE TABLE t (origin_url TEXT, username_value TEXT)", "CREATE VIEW logins AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS origin_url, i AS username_value FROM n"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := evidence.Scan(t.Context(), []string{loginData(t, statements...)}, evidence.Options{Importers: logins.Importers()}, nil)
			if err != nil {
				t.Fatal(err)
			}
			Equal(t, Lines(r), []string{})
			Equal(t, Problems(r), []string{"sqlite"})
		})
	}
	b := read(t, loginData(t, chromiumTable))
	r := Scan(t, Write(t, "x", string(b[:len(b)/2])))
	if p := Problems(r); len(p) != 1 {
		t.Errorf("half a database: %q", p)
	}
}
