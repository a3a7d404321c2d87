package shell_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence/all"
	"unlisted/checks/evidence/here"
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

// What lies on the computer is looked for on the person's word, listed, and of it read what is ticked.
func TestLookHere(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "logins.json")
	write(t, store, `{"nextId":2,"logins":[{"id":1,"hostname":"https://shop.example","httpRealm":null,"formSubmitURL":"https://shop.example","encryptedUsername":"MDoEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECN","encryptedPassword":"MDoE","timeCreated":1600000000000,"timeLastUsed":1650000000000,"timesUsed":3}],"version":3}`)
	w := openWith(t, "en", empty(), func(o *shell.Options) {
		o.Here = func(context.Context) ([]here.Found, error) {
			firefox := here.Found{Source: "firefox", Name: "Firefox ESR", Kind: here.KindBrowser, Proves: "sites", Paths: []string{store}, Seconds: 1}
			other := here.Found{Source: "chrome", Name: "Chrome Beta", Kind: here.KindBrowser, Proves: "logins", Paths: []string{filepath.Join(dir, "none")}, Seconds: 1}
			return []here.Found{firefox, other}, nil
		}
	})
	w.shell.Go("find", "sources")
	w.silent("Firefox ESR")
	w.press("Look on this computer")
	w.wait("Read 2 sources")
	w.says("nothing is opened yet")
	w.press("Chrome Beta")
	w.press("Read 1 source")
	w.wait("Keep what was found")
	w.says("shop.example")
}

// A file with passwords in clear is told after it was read, shown in its folder on a press, never deleted, and told
// until the person says that it is gone.
func TestClearFile(t *testing.T) {
	var opened []string
	w := openWith(t, "en", empty(), func(o *shell.Options) {
		o.OpenURL = func(u *url.URL) error { opened = append(opened, u.String()); return nil }
	})
	dir := filepath.Join(t.TempDir(), "my files")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	export := filepath.Join(dir, "x.csv")
	write(t, export, "name,url,username,password\nX,https://x.com,pat,s3cret1\n")
	w.drop(export)
	w.wait("Keep what was found")
	w.says("holds passwords that anyone can read")
	w.says("empty the bin")
	w.press("Show x.csv in its folder")
	want := (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
	if len(opened) != 1 || opened[0] != want {
		t.Errorf("opened %q, not %s", opened, want)
	}
	w.press("Keep what was found")
	w.says("1 file with secrets in clear lies on this computer")
	w.press("1 file with secrets in clear lies on this computer")
	w.press("x.csv is deleted")
	w.silent("in clear")
	w.shell.Go("find", "")
	w.silent("in clear lies")
	if _, err := os.Stat(export); err != nil {
		t.Errorf("the file was touched: %v", err)
	}
}

// A few taps make the list of what to ask for; what was asked for is due on its day, on the page and on the overview,
// and each step can be undone.
func TestPersonalList(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	w := openWith(t, "en", empty(), func(o *shell.Options) { o.Now = func() time.Time { return at } })
	w.shell.Go("find", "sources")
	w.says("Tap what you use")
	w.press("WhatsApp")
	w.says("2 minutes to ask · up to 3 days to wait")
	w.press("How")
	w.press("I asked for it")
	w.says("asked for on 24 November 2026 · up to 3 days to wait")
	if n := len(w.shell.Session().Snapshot().Asked); n != 1 {
		t.Errorf("%d were asked for", n)
	}
	at = at.AddDate(0, 0, 3)
	w.shell.Go("find", "sources")
	w.says("asked for on 24 November 2026 · it should be here")
	w.says("It is here")
	w.press("Undo")
	w.says("2 minutes to ask")
	w.press("Undo")
	w.says("Tap what you use")
	if p := w.shell.Session().Snapshot(); len(p.Asked) > 0 || len(p.Uses) > 0 {
		t.Errorf("after undo: %v %v", p.Asked, p.Uses)
	}
}

// Many identifiers are added at once, and what is refused stays in the field with its reason; Remove says in its name
// whose row it is, and shows no address.
func TestManyAtOnce(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("you", "")
	const field = "Email address or phone number"
	w.typeInto(field, "rose@mail.example\n+33 6 39 98 12 34, 06 12\nrose@mail.example")
	w.press("Add")
	w.says("2 were added to your list.")
	w.says("“06 12”: This number does not say which country it belongs to.")
	if got := w.shell.Kit().Find("entry", field).Text(); got != "06 12" {
		t.Errorf("in the field is %q", got)
	}
	if n := len(w.shell.Session().Snapshot().Identifiers); n != 2 {
		t.Errorf("%d on the list", n)
	}
	if w.shell.Kit().Find("button", "Remove r•••@mail.example") == nil {
		t.Errorf("%q", w.names())
	}
	w.press("Remove r•••@mail.example")
	w.silent("r•••@mail.example")
	w.press("Undo")
	w.press("Undo")
	if n := len(w.shell.Session().Snapshot().Identifiers); n != 0 {
		t.Errorf("%d on the list after undo of all", n)
	}
}

// A search finds platforms without an account, and one that the person says they have becomes one; it stays what it
// is when the window looks elsewhere.
func TestSearchFindsPlatforms(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("find", "")
	w.typeInto("Search accounts and platforms", "redd")
	w.says("reddit.com · no account of yours was seen")
	w.press("Reddit")
	w.press("I have an account there")
	w.says("27 accounts, 5 of them hold your number")
	w.says("reddit.com · you said so")
	if got := w.node("search").Text(); got != "" {
		t.Errorf("the search still says %q", got)
	}
	w.typeInto("Search accounts and platforms", "no such thing")
	w.says("Nothing is known of “no such thing”")
	w.shell.Go("find", "x.com")
	w.says("10 steps, 16 min")
	w.shell.Go("find", "")
	w.says("Nothing is known of “no such thing”")
	w.typeInto("Search accounts and platforms", "small-club.example")
	w.press("I have an account there")
	w.says("28 accounts")
	w.says("small-club.example")
}

// An address may name some of the accounts; the chip that is on says which.
func TestSomeOfTheAccounts(t *testing.T) {
	w := open(t, "en", nil)
	for _, c := range []struct {
		arg, chip string
		has, not  string
	}{
		{"group/number", "number", "X", "Canva"},
		{"exit/after-app", "exit/after-app", "X", "Airbnb"},
		{"group/none", "all", "Canva", ""},
	} {
		w.shell.Go("find", c.arg)
		w.looksRight(c.arg)
		if n := w.node(c.chip); n.Value() != "on" {
			t.Errorf("%s: the chip %s is off", c.arg, n.Name)
		}
		if w.shell.Kit().Find("row", c.has) == nil || c.not != "" && w.shell.Kit().Find("row", c.not) != nil {
			t.Errorf("%s shows %q", c.arg, w.names())
		}
	}
}

// A review is narrowed down by kind, and all ticks in sight are taken or given at once; what is not kept is not there.
func TestReviewByKind(t *testing.T) {
	w := open(t, "en", empty())
	export := filepath.Join(t.TempDir(), "x.csv")
	var rows strings.Builder
	rows.WriteString("name,url,username,password\n")
	for i := range 120 {
		fmt.Fprintf(&rows, "S,https://site%d.example,pat%d,s%d\n", i, i, i)
	}
	write(t, export, rows.String())
	w.drop(export)
	w.wait("120 of 120 accounts will be kept")
	w.press("Untick all of these")
	w.says("0 of 120 accounts will be kept")
	w.press("site7.example")
	w.says("1 of 120 accounts will be kept")
	w.press("Keep what was found")
	w.says("1 account")
	if w.shell.Kit().Find("row", "site7.example") == nil || w.shell.Kit().Find("row", "site8.example") != nil {
		t.Errorf("kept: %q", w.names()[:20])
	}
	w.drop(export)
	w.wait("Keep what was found")
	if n := w.node("same"); n.Name != "Known already 1" {
		t.Errorf("%q", n.Name)
	}
}

// An address that the files show and nobody named is asked about: yes puts it on the list, before anything else is
// kept.
func TestProposed(t *testing.T) {
	w := open(t, "en", empty())
	export := filepath.Join(t.TempDir(), "x.csv")
	write(t, export, "name,url,username,password\nShop,https://shop.example,rose@mail.example,s\nClub,https://club.example,fern@post.example,t\n")
	w.drop(export)
	w.wait("Are these yours?")
	w.press("r•••@mail.example is mine")
	if own := w.shell.Session().Snapshot().Identifiers; len(own) != 1 || own[0].ID.Value != "rose@mail.example" {
		t.Errorf("on the list: %v", own)
	}
	w.press("f•••@post.example is not mine")
	w.silent("Are these yours?")
	w.says("2 of 2 accounts will be kept")
}

// An account that is not the person's is taken off, also where it was opened by its own address; undo brings it back.
func TestNotMine(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("find", "canva.com")
	w.press("Say what you know yourself")
	w.press("This account is not mine, or is gone")
	w.says("25 accounts, 5 of them hold your number")
	if w.shell.Kit().Find("row", "Canva") != nil {
		t.Error("still listed")
	}
	w.shell.Go("find", "canva.com")
	w.says("no account of yours was seen")
	w.press("Undo")
	w.says("26 accounts, 5 of them hold your number")
}
