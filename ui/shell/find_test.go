package shell_test

import (
	"path/filepath"
	"strings"
	"testing"

	"unlisted/checks/evidence/all"
	"unlisted/checks/evidence/logins"
	"unlisted/ui/shell"
)

// Every kind of file that can be read has a page that says how to get it, in
// every language.
func TestSources(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, empty())
		w.shell.Go("find", "sources")
		w.looksRight("sources")
		rows := 0
		for _, family := range []string{"mailbox", "logins", "messages", "archive", "authenticator"} {
			w.node(family).Press()
			w.pump()
			for _, n := range w.shell.Kit().Nodes() {
				if n.Role == "row" {
					rows++
				}
			}
		}
		if want := len(all.Importers()) + 1; rows != want { // and the mailbox at its provider
			t.Errorf("%d kinds of files are listed, want %d", rows, want)
		}
		for _, imp := range all.Importers() {
			w.shell.Go("find", "sources/"+imp.Format().ID)
			w.looksRight(imp.Format().ID)
			if len(w.names()) < 6 {
				t.Errorf("%s: the page says only %q", imp.Format().ID, w.names())
			}
		}
	}
}

// A locked file is told as such, opens with its password, and the password is
// asked for again where it is wrong.
func TestLockedFile(t *testing.T) {
	w := open(t, "en", empty())
	locked, err := filepath.Abs("../../checks/evidence/testdata/locked.7z")
	if err != nil {
		t.Fatal(err)
	}
	w.drop(locked)
	w.wait("locked with a password")
	w.typeInto("Password of the locked file", "wrong")
	w.press("Read again")
	w.wait("does not open this file")
	w.typeInto("Password of the locked file", "sesame")
	w.press("Read again")
	w.wait("Keep what was found")
	w.press("Keep what was found")
	if w.shell.Kit().Find("row", "shop.example") == nil {
		t.Errorf("not kept: %q", w.names())
	}
	for _, n := range w.shell.Kit().Nodes() {
		if strings.Contains(n.Name, "sesame") || n.Value != nil && strings.Contains(n.Value(), "sesame") {
			t.Error("the password is still on the screen")
		}
	}
}

// What the person takes the tick from is not kept as an account; what they say
// is one account becomes one; undo takes all of it back.
func TestReview(t *testing.T) {
	w := open(t, "en", empty())
	export := filepath.Join(t.TempDir(), "x.csv")
	write(t, export, "name,url,username,password\nX,https://x.com,pat,s1\nX,https://x.com,shop,s2\nGitHub,https://github.com,pat@mail.example,s3\nForum,https://forum.example,pat,s4\n")
	w.drop(export)
	w.wait("Keep what was found")
	w.press("forum.example")
	w.press("These 2 accounts at X are one and the same")
	w.press("Keep what was found")
	rows := 0
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == "row" && n.Name == "X" {
			rows++
		}
	}
	if rows != 1 || w.shell.Kit().Find("row", "forum.example") != nil || w.shell.Kit().Find("row", "GitHub") == nil {
		t.Errorf("%d rows of X: %q", rows, w.names())
	}
	w.press("Undo")
	if w.shell.Kit().Find("row", "GitHub") != nil {
		t.Error("undo kept the accounts")
	}
}

// Two accounts at one platform are two rows, each with its own page.
func TestTwoAccounts(t *testing.T) {
	w := open(t, "en", empty())
	export := filepath.Join(t.TempDir(), "x.csv")
	write(t, export, "name,url,username,password\nX,https://x.com,pat,s1\nX,https://x.com,shop,s2\n")
	w.drop(export)
	w.wait("Keep what was found")
	w.press("Keep what was found")
	for _, user := range []string{"pat", "shop"} {
		w.shell.Go("find", "x.com#"+user)
		w.looksRight(user)
		if w.shell.Kit().Find("text", user) == nil {
			t.Errorf("the user name %s is not told: %q", user, w.names())
		}
	}
	w.shell.Go("fix", "x.com#pat")
	w.looksRight("the switch of one of them")
}

// A browser is listed, and read only once it is picked.
func TestBrowsers(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "logins.json")
	write(t, store, `{"nextId":2,"logins":[{"id":1,"hostname":"https://shop.example","httpRealm":null,"formSubmitURL":"https://shop.example","encryptedUsername":"MDoEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECN","encryptedPassword":"MDoE","timeCreated":1600000000000,"timeLastUsed":1650000000000,"timesUsed":3}],"version":3}`)
	w := openWith(t, "en", empty(), func(o *shell.Options) {
		o.Browsers = func() []logins.Profile {
			return []logins.Profile{{Browser: "Firefox", Name: "default-release", Paths: []string{store}}}
		}
	})
	w.shell.Go("find", "sources")
	w.says("Passwords are not read.")
	w.press("Firefox")
	w.wait("Keep what was found")
	w.says("shop.example")
}
