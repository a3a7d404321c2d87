package here_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/assets"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/here"
	"unlisted/checks/text"
)

// shelf is a disk on which some files are what a test says: names of their ends.
type shelf struct {
	here.Disk
	foreign, cloud, remote, closed string
	listed                         *int
}

func (s shelf) is(name, end string) bool {
	return end != "" && strings.HasSuffix(filepath.ToSlash(name), end)
}

func (s shelf) Foreign(i fs.FileInfo) bool { return s.is(i.Name(), s.foreign) }
func (s shelf) Cloud(i fs.FileInfo) bool   { return s.is(i.Name(), s.cloud) }

func (s shelf) Mount(name string) (string, bool) {
	if s.remote != "" && strings.Contains(filepath.ToSlash(name), s.remote) {
		return s.remote, true
	}
	return "/", false
}

func (s shelf) ReadDir(name string, most int) ([]fs.DirEntry, error) {
	if s.is(name, s.closed) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	e, err := s.Disk.ReadDir(name, most)
	if s.listed != nil {
		*s.listed += len(e)
	}
	return e, err
}

// on is a computer whose person's home is a folder of the test.
func on(system, home string, s shelf) here.Computer {
	s.Disk = here.ThisComputer().Disk
	return here.Computer{System: system, Home: home, Disk: s}
}

// look looks, and gives one line for each find: kind, name, parts, need, and the paths below the home.
func look(t *testing.T, c here.Computer) (lines []string) {
	t.Helper()
	found, err := here.Look(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		line := string(f.Kind) + " " + f.Name
		if len(f.Parts) > 0 {
			line += " [" + strings.Join(f.Parts, ", ") + "]"
		}
		if f.Need != "" {
			line += " needs " + string(f.Need)
		}
		if f.Ticked() {
			line += " ticked"
		}
		for _, p := range f.Paths {
			rel, err := filepath.Rel(c.Home, p)
			if err != nil {
				t.Fatal(err)
			}
			line += " " + filepath.ToSlash(rel)
		}
		if f.Seconds < 1 {
			t.Errorf("%s takes %d seconds", line, f.Seconds)
		}
		lines = append(lines, line)
	}
	return lines
}

func has(t *testing.T, got []string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%q is missing in\n%s", w, strings.Join(got, "\n"))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d found, not %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
}

var big = strings.Repeat("x", 30_000)

// On Linux programs come as packages of the system, as Flatpak and as snap.
func TestLinux(t *testing.T) {
	const tb = ".var/app/net.thunderbird.Thunderbird/.thunderbird/q1.default"
	home := Folder(t, map[string]string{
		".config/google-chrome/Default/Login Data": "x", ".config/google-chrome/Profile 2/Login Data": "x",
		".config/google-chrome/Profile 2/Login Data For Account": "x", ".config/google-chrome/Guest Profile/Login Data": "x",
		".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser/Default/Login Data": "x",
		"snap/vivaldi/12/.config/vivaldi/Default/Login Data":                               "x",
		"snap/firefox/common/.mozilla/firefox/a1b2.default/logins.json":                    "{}",
		".mozilla/firefox/zz9.work/logins.json":                                            "{}",
		".mozilla/firefox/zz9.work/key4.db":                                                "x",
		".config/unheard-of/Local State":                                                   "{}",
		".config/unheard-of/Default/Login Data":                                            big,
		".config/chatter/Local State":                                                      "{}",
		".config/chatter/Default/Login Data":                                               "x", // a program that is no browser
		tb + "/ImapMail/imap.example.org/INBOX":                                            "From ",
		tb + "/Mail/Local Folders/Inbox":                                                   "From ",
		tb + "/Mail/pop.example.org/Inbox":                                                 "",
		tb + "/logins.json":                                                                "{}",
		".local/share/evolution/mail/local/cur/1":                                          "From: a",
		"Maildir/cur/1":   "From: a",
		"Mail/letter.txt": "no mail folder",
	})
	if err := os.Symlink("12", filepath.Join(home, "snap/vivaldi/current")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(home, ".config"), filepath.Join(home, ".config/loop")); err != nil {
		t.Fatal(err)
	}
	has(t, look(t, on("linux", home, shelf{})),
		"browser Brave [Default] ticked .var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser/Default/Login Data",
		"browser Chrome [Default, Profile 2] ticked .config/google-chrome/Default/Login Data .config/google-chrome/Profile 2/Login Data .config/google-chrome/Profile 2/Login Data For Account",
		"browser Firefox [work, default] ticked .mozilla/firefox/zz9.work/logins.json snap/firefox/common/.mozilla/firefox/a1b2.default/logins.json",
		"browser unheard-of [Default] ticked .config/unheard-of/Default/Login Data",
		"browser Vivaldi [Default] ticked snap/vivaldi/current/.config/vivaldi/Default/Login Data",
		"mail Evolution [local] ticked .local/share/evolution/mail/local",
		"mail Maildir [Maildir] ticked Maildir",
		"mail Thunderbird [imap.example.org, Local Folders] ticked "+tb+"/ImapMail/imap.example.org "+tb+"/Mail/Local Folders",
	)
}

// On Windows programs keep their data in two folders of the person's, which may be elsewhere.
func TestWindows(t *testing.T) {
	const local, roaming = "AppData/Local/", "D/Roaming/"
	home := Folder(t, map[string]string{
		local + "Google/Chrome/User Data/Default/Login Data":                                                     "x",
		local + "Google/Chrome SxS/User Data/Default/Login Data":                                                 "x",
		local + "Microsoft/Edge/User Data/Profile 1/Login Data":                                                  "x",
		local + "Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4/LocalCache/Local/Arc/User Data/Default/Login Data": "x",
		local + "Odd/User Data/Local State":                                                                      "{}",
		local + "Odd/User Data/Default/Login Data":                                                               big,
		roaming + "Opera Software/Opera GX Stable/Login Data":                                                    "x",
		roaming + "Mozilla/Firefox/Profiles/a.main/logins.json":                                                  "{}",
		roaming + "Thunderbird/Profiles/a.main/ImapMail/imap.example.org/INBOX":                                  "From ",
		roaming + "Apple Computer/MobileSync/Backup/00008030-000A/Manifest.plist":                                "x",
		"Apple/MobileSync/Backup/00008110-000B/Manifest.plist":                                                   "x",
		"Apple/MobileSync/Backup/00008110-000B/ab/abcd":                                                          "x",
		"Apple/MobileSync/Backup/half/Info.plist":                                                                "x",
		"OneDrive/Documents/Database.kdbx":                                                                       "x",
		"Documents/Takeout-old.zip":                                                                              "x",
	})
	c := on("windows", home, shelf{})
	c.Env = map[string]string{"APPDATA": filepath.Join(home, "D", "Roaming")}
	c.Folders = map[string]string{"documents": filepath.Join(home, "OneDrive", "Documents")}
	has(t, look(t, c),
		"browser Arc [Default] ticked AppData/Local/Packages/TheBrowserCompany.Arc_ttt1ap7aakyb4/LocalCache/Local/Arc/User Data/Default/Login Data",
		"browser Chrome [Default, Default] ticked AppData/Local/Google/Chrome/User Data/Default/Login Data AppData/Local/Google/Chrome SxS/User Data/Default/Login Data",
		"browser Edge [Profile 1] ticked AppData/Local/Microsoft/Edge/User Data/Profile 1/Login Data",
		"browser Firefox [main] ticked D/Roaming/Mozilla/Firefox/Profiles/a.main/logins.json",
		"browser Odd [Default] ticked AppData/Local/Odd/User Data/Default/Login Data",
		"browser Opera [Opera GX Stable] ticked D/Roaming/Opera Software/Opera GX Stable/Login Data",
		"mail Thunderbird [imap.example.org] ticked D/Roaming/Thunderbird/Profiles/a.main/ImapMail/imap.example.org",
		"phone iPhone ticked Apple/MobileSync/Backup/00008110-000B",
		"phone iPhone ticked D/Roaming/Apple Computer/MobileSync/Backup/00008030-000A",
		"vault Database.kdbx needs password OneDrive/Documents/Database.kdbx",
	)
}

var mac = map[string]string{
	"Library/Application Support/Google/Chrome/Default/Login Data":          "x",
	"Library/Application Support/Firefox/Profiles/a.main/logins.json":       "{}",
	"Library/Application Support/MobileSync/Backup/00008030/Manifest.plist": "x",
	"Library/Mail/V10/A/INBOX.mbox/B/Data/Messages/1.emlx":                  "x",
	"Library/Messages/chat.db":                                              "x",
	"Library/Thunderbird/Profiles/a.main/Mail/pop.example.org/Inbox":        "From ",
	"Downloads/.takeout-20261101T000000Z-001.zip.icloud":                    "x",
}

// On a Mac some folders open only to programs with Full Disk Access. What may not be looked into is listed, not
// passed over.
func TestMac(t *testing.T) {
	home := Folder(t, mac)
	open := []string{
		"browser Chrome [Default] ticked Library/Application Support/Google/Chrome/Default/Login Data",
		"browser Firefox [main] ticked Library/Application Support/Firefox/Profiles/a.main/logins.json",
		"mail Thunderbird [pop.example.org] ticked Library/Thunderbird/Profiles/a.main/Mail/pop.example.org",
	}
	has(t, look(t, on("darwin", home, shelf{})), append(open,
		"mail Apple Mail [V10] ticked Library/Mail/V10",
		"phone iPhone ticked Library/Application Support/MobileSync/Backup/00008030",
		"messages Messages [Messages] ticked Library/Messages/chat.db",
		"archive takeout-20261101T000000Z-001.zip needs cloud Downloads/.takeout-20261101T000000Z-001.zip.icloud")...)
	if got := look(t, on("darwin", home, shelf{closed: "Library/Mail"})); !slices.Contains(got, "mail Apple Mail needs full-disk") {
		t.Errorf("%q", got)
	}
	if got := look(t, on("darwin", home, shelf{closed: "Downloads"})); !slices.Contains(got, "archive  needs folders") {
		t.Errorf("%q", got)
	}
}

// Exports are known by the names that platforms and programs give them, in the usual folders and one level below.
func TestExportsByName(t *testing.T) {
	home := Folder(t, map[string]string{
		"Téléchargements/takeout-20261103T101010Z-001.zip": "x", "Téléchargements/twitter-2026-01-02-0a1b.zip": "x",
		"Téléchargements/Chrome Passwords (2).csv": "x", "Téléchargements/AEGIS-backup-2026.json": "x",
		"Téléchargements/holiday.zip": "x", "Téléchargements/passwords.csv.part": "x", "Téléchargements/empty passwords.csv": "",
		"Téléchargements/Telegram Desktop/DataExport_2026-01-02/result.json": "x",
		"Téléchargements/a/b/passwords.csv":                                  "x",
		"Téléchargements/.hidden/passwords.csv":                              "x",
		"Desktop/bitwarden_export_20260102.json":                             "x",
		"Documents/All mail.MBOX":                                            "x",
	})
	for i := range 300 { // most folders are full of other things
		if err := os.WriteFile(filepath.Join(home, "Téléchargements", fmt.Sprintf("photo %d.jpg", i)), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loop := filepath.Join(home, "Téléchargements", "round")
	if err := os.Symlink(filepath.Join(home, "Téléchargements"), loop); err != nil {
		t.Fatal(err)
	}
	c := on("linux", home, shelf{})
	c.Folders = map[string]string{"downloads": filepath.Join(home, "Téléchargements")}
	has(t, look(t, c),
		"mail All mail.MBOX Documents/All mail.MBOX",
		"archive takeout-20261103T101010Z-001.zip Téléchargements/takeout-20261103T101010Z-001.zip",
		"archive twitter-2026-01-02-0a1b.zip Téléchargements/twitter-2026-01-02-0a1b.zip",
		"archive DataExport_2026-01-02 Téléchargements/Telegram Desktop/DataExport_2026-01-02",
		"passwords Chrome Passwords (2).csv Téléchargements/Chrome Passwords (2).csv",
		"passwords bitwarden_export_20260102.json Desktop/bitwarden_export_20260102.json",
		"codes AEGIS-backup-2026.json Téléchargements/AEGIS-backup-2026.json",
	)
	found, _ := here.Look(t.Context(), c)
	for _, f := range found {
		if want := f.Kind == here.KindPasswords || f.Kind == here.KindCodes; f.Clear != want {
			t.Errorf("%s in clear: %v", f.Name, f.Clear)
		}
	}
}

// A Linux desktop calls these folders what they are in the person's language; one that is the home itself is none.
func TestUserDirs(t *testing.T) {
	file := Write(t, "user-dirs.dirs", "# made by a program\nXDG_DOWNLOAD_DIR=\"$HOME/Téléchargements\"\n"+
		"XDG_DOCUMENTS_DIR=\"/data/papers\"\nXDG_DESKTOP_DIR=\"$HOME/\"\nXDG_MUSIC_DIR=\"$HOME/Musique\"\n")
	got := here.UserDirs(file, "/home/pat")
	if len(got) != 2 || got["downloads"] != "/home/pat/Téléchargements" || got["documents"] != "/data/papers" {
		t.Errorf("%q", got)
	}
}

// What is another user's, in the cloud or on another computer is told and never ticked; a home on a server is home.
func TestNotOffered(t *testing.T) {
	home := Folder(t, map[string]string{
		".config/chromium/Default/Login Data": "x", ".mozilla/firefox/a.b/logins.json": "{}", "Downloads/passwords.csv": "x",
	})
	for name, c := range map[string]struct {
		s    shelf
		want []string
	}{
		"another user": {shelf{foreign: "Login Data"}, []string{
			"browser Chromium [Default] needs owner .config/chromium/Default/Login Data",
			"browser Firefox [b] ticked .mozilla/firefox/a.b/logins.json", "passwords passwords.csv Downloads/passwords.csv",
		}},
		"cloud": {shelf{cloud: ".csv"}, []string{
			"browser Chromium [Default] ticked .config/chromium/Default/Login Data",
			"browser Firefox [b] ticked .mozilla/firefox/a.b/logins.json", "passwords passwords.csv needs cloud Downloads/passwords.csv",
		}},
		"a network drive": {shelf{remote: "/Downloads"}, []string{
			"browser Chromium [Default] ticked .config/chromium/Default/Login Data",
			"browser Firefox [b] ticked .mozilla/firefox/a.b/logins.json", "archive  needs network",
		}},
		"a home on a server": {shelf{remote: "/"}, []string{
			"browser Chromium [Default] ticked .config/chromium/Default/Login Data",
			"browser Firefox [b] ticked .mozilla/firefox/a.b/logins.json", "passwords passwords.csv Downloads/passwords.csv",
		}},
	} {
		t.Run(name, func(t *testing.T) { has(t, look(t, on("linux", home, c.s)), c.want...) })
	}
}

// A home may hold any number of files: only so many names are looked at, and a stop ends the look.
func TestBounded(t *testing.T) {
	home := t.TempDir()
	for d := range 40 {
		dir := filepath.Join(home, "Downloads", fmt.Sprint(d), "deep", "deeper")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for f := range 50 {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(f)), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	listed := 0
	if got := look(t, on("linux", home, shelf{listed: &listed})); len(got) > 0 || listed > 100 {
		t.Errorf("%d names were looked at, %q found", listed, got)
	}
	for i := range 500 {
		if err := os.WriteFile(filepath.Join(home, "Downloads", fmt.Sprintf("passwords %d.csv", i)), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	many := look(t, on("linux", home, shelf{}))
	if n := len(many); n != 401 || !slices.Contains(many, "archive  needs choice") {
		t.Errorf("%d listed, and nobody told that there are more", n)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := here.Look(ctx, on("linux", home, shelf{})); err == nil {
		t.Error("a look that was stopped says it is whole")
	}
	if got := look(t, on("linux", "", shelf{})); len(got) > 0 {
		t.Errorf("without a home %q was found", got)
	}
}

// Everything that is told of a find has its words in every language.
func TestWords(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range texts.Languages() {
		p := texts.Printer(lang)
		for _, s := range here.Sources() {
			for _, key := range []string{"here.proves." + s.Proves, "here.kind." + string(s.Kind)} {
				if !p.Has(key) {
					t.Errorf("%s: %s of %s is missing", lang, key, s.ID)
				}
			}
			if s.Source == "" || s.Date == "" {
				t.Errorf("%s: where is it from, and of when?", s.ID)
			}
		}
		for _, n := range []here.Need{here.NeedFullDisk, here.NeedFolders, here.NeedPassword, here.NeedOwner, here.NeedCloud, here.NeedNetwork, here.NeedChoice} {
			if !p.Has("here.need." + string(n)) {
				t.Errorf("%s: how %s is given is not told", lang, n)
			}
		}
	}
}
