package logins_test

import (
	"path/filepath"
	"slices"
	"strings"
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

const (
	localState  = `{"profile":{"info_cache":{"Default":{"name":"Pat"},"Profile 1":{"name":"Work"}}}}`
	profilesINI = "[Install1]\nDefault=Profiles/a.main\n\n[Profile1]\nName=main\nIsRelative=1\nPath=Profiles/a.main\nDefault=1\n\n[Profile0]\nName=empty\nIsRelative=1\nPath=Profiles/b.empty\n\n[General]\nStartWithLastProfile=1\n"
)

// layouts are the folders of the three systems and the profiles in them.
var layouts = map[string]struct {
	files map[string]string
	want  []string
}{
	"windows": {map[string]string{
		"Local/Google/Chrome/User Data/Local State": localState, "Local/Google/Chrome/User Data/Default/Login Data": "x", "Local/Google/Chrome/User Data/Default/Login Data For Account": "x",
		"Local/Google/Chrome/User Data/Profile 1/Login Data": "x", "Local/Google/Chrome/User Data/Crashpad/settings.dat": "x", "Local/Google/Chrome/User Data/Guest Profile/Login Data": "x",
		"Local/Microsoft/Edge/User Data/Default/Login Data": "x", "Roaming/Opera Software/Opera Stable/Login Data": "x",
		"Roaming/Mozilla/Firefox/profiles.ini": profilesINI, "Roaming/Mozilla/Firefox/Profiles/a.main/logins.json": "{}",
	}, []string{
		"Chrome: Pat: Local/Google/Chrome/User Data/Default/Login Data, Local/Google/Chrome/User Data/Default/Login Data For Account",
		"Chrome: Work: Local/Google/Chrome/User Data/Profile 1/Login Data",
		"Edge: Default: Local/Microsoft/Edge/User Data/Default/Login Data",
		"Opera: Opera Stable: Roaming/Opera Software/Opera Stable/Login Data",
		"Firefox: main: Roaming/Mozilla/Firefox/Profiles/a.main/logins.json",
	}},
	"darwin": {map[string]string{
		"Library/Application Support/Google/Chrome/Local State": "broken", "Library/Application Support/Google/Chrome/Default/Login Data": "x",
		"Library/Application Support/BraveSoftware/Brave-Browser/Default/Login Data": "x", "Library/Application Support/Vivaldi/Default/Login Data": "",
		"Library/Application Support/Firefox/profiles.ini": profilesINI, "Library/Application Support/Firefox/Profiles/a.main/logins.json": "{}",
	}, []string{
		"Chrome: Default: Library/Application Support/Google/Chrome/Default/Login Data",
		"Brave: Default: Library/Application Support/BraveSoftware/Brave-Browser/Default/Login Data",
		"Firefox: main: Library/Application Support/Firefox/Profiles/a.main/logins.json",
	}},
	"linux": {map[string]string{
		".config/chromium/Local State": localState, ".config/chromium/Default/Login Data": "x", "snap/chromium/common/chromium/Default/Login Data": "x", ".config/vivaldi/Default/Login Data": "x",
		".mozilla/firefox/profiles.ini": strings.ReplaceAll(profilesINI, "Profiles/", ""), ".mozilla/firefox/a.main/logins.json": "{}",
		".var/app/org.mozilla.firefox/.mozilla/firefox/profiles.ini": profilesINI, ".var/app/org.mozilla.firefox/.mozilla/firefox/Profiles/a.main/logins.json": "{}",
	}, []string{
		"Chromium: Pat: .config/chromium/Default/Login Data", "Chromium: Default: snap/chromium/common/chromium/Default/Login Data", "Vivaldi: Default: .config/vivaldi/Default/Login Data",
		"Firefox: main: .mozilla/firefox/a.main/logins.json", "Firefox: main: .var/app/org.mozilla.firefox/.mozilla/firefox/Profiles/a.main/logins.json",
	}},
}

// Browsers keep their profiles in different places on each system; the list
// calls them what the person called them.
func TestBrowsers(t *testing.T) {
	for goos, c := range layouts {
		t.Run(goos, func(t *testing.T) {
			root := Folder(t, c.files)
			at := map[string]logins.Folders{
				"windows": {GOOS: goos, Home: root, Config: filepath.Join(root, "Roaming"), Local: filepath.Join(root, "Local")},
				"darwin":  {GOOS: goos, Home: root, Config: filepath.Join(root, "Library", "Application Support")},
				"linux":   {GOOS: goos, Home: root, Config: filepath.Join(root, ".config")},
			}[goos]
			var got []string
			for _, p := range logins.Browsers(at) {
				var paths []string
				for _, full := range p.Paths {
					rel, err := filepath.Rel(root, full)
					if err != nil {
						t.Fatal(err)
					}
					paths = append(paths, filepath.ToSlash(rel))
				}
				got = append(got, p.Browser+": "+p.Name+": "+strings.Join(paths, ", "))
			}
			Equal(t, got, c.want)
		})
	}
	if got := logins.Browsers(logins.Folders{GOOS: "linux"}); len(got) > 0 {
		t.Errorf("without folders there are %d profiles", len(got))
	}
	if at := logins.ThisComputer(); at.GOOS == "" {
		t.Error("this computer has no system")
	}
}
