package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// home gives the run a home folder with these files.
func home(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, ".config"))
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, full, content)
	}
	return dir
}

// marks are the names, times and contents of everything in a folder.
func marks(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var sum [32]byte
		if info.Mode().IsRegular() {
			content, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			sum = sha256.Sum256(content)
		}
		fmt.Fprintln(&b, p, info.Mode(), info.Size(), info.ModTime().UnixNano(), sum)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	firefoxLogins = `{"nextId":2,"logins":[{"id":1,"hostname":"https://forum.example","timeCreated":1600000000000}]}`
	exportedCSV   = "name,url,username,password\nShop,https://shop.example,pat@mail.example,s3cret\n"
	oneMail       = "From - Thu Jan  1 00:00:00 2020\nFrom: Bank <no-reply@bank.example>\nTo: pat@mail.example\nSubject: Confirm your address\n\nhi\n"
)

// What lies on the computer is listed without opening it, read on a yes, and left exactly as it was.
func TestScanHere(t *testing.T) {
	w := newWorld(t)
	dir := home(t, map[string]string{
		".mozilla/firefox/q7.default/logins.json":               firefoxLogins,
		".thunderbird/q8.default/ImapMail/imap.mail.test/INBOX": oneMail,
		"Downloads/passwords.csv":                               exportedCSV,
		"Documents/vault.kdbx":                                  "\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\x01\x00\x04\x00",
		"Documents/novel.txt":                                   "passwords",
	})
	before := marks(t, dir)
	listed := w.ok("--json", "scan", "--here")
	var got struct {
		Here []struct {
			Name     string
			Kind     string
			Paths    []string
			Need     string
			Readable bool
		}
	}
	if err := json.Unmarshal([]byte(listed), &got); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range got.Here {
		lines = append(lines, fmt.Sprint(f.Kind, " ", f.Name, " ", len(f.Paths), " ", f.Need, " ", f.Readable))
	}
	want := "browser Firefox 1  true\nmail Thunderbird 1  true\nvault vault.kdbx 1 password false\npasswords passwords.csv 1  true"
	if s := strings.Join(lines, "\n"); s != want {
		t.Errorf("listed\n%s\nnot\n%s", s, want)
	}
	read := w.ok("--temporary", "--json", "scan", "--here", "--yes")
	for _, s := range []string{"forum.example", "shop.example", "bank.example"} {
		if !strings.Contains(read, s) {
			t.Errorf("%s was not found: %s", s, read)
		}
	}
	if strings.Contains(read, "vault.kdbx") || strings.Contains(read, "s3cret") {
		t.Errorf("read what is locked, or showed a password: %s", read)
	}
	only := w.ok("--temporary", "--json", "scan", "--browsers")
	if !strings.Contains(only, "forum.example") || strings.Contains(only, "shop.example") {
		t.Errorf("the browsers alone: %s", only)
	}
	if after := marks(t, dir); after != before {
		t.Errorf("something was changed or left behind:\n%s\nbefore:\n%s", after, before)
	}
	for _, lang := range []string{"en", "fr"} {
		if out := w.ok("--lang", lang, "scan", "--here"); !strings.Contains(out, "Thunderbird · imap.mail.test") || strings.Contains(out, "here.") {
			t.Errorf("%s: %s", lang, out)
		}
	}
}

// A computer with nothing on it is told as that; a list takes no paths.
func TestScanHereNothing(t *testing.T) {
	w := newWorld(t)
	dir := home(t, nil)
	if out := w.ok("--lang", "en", "scan", "--here"); !strings.Contains(out, "Nothing was found") {
		t.Error(out)
	}
	if out := w.ok("--json", "scan", "--here"); out != `{"here":[]}`+"\n" {
		t.Error(out)
	}
	for _, args := range [][]string{{"--temporary", "scan", "--here", "--yes"}, {"--temporary", "scan", "--browsers"}} {
		if code, out, said := w.run(args...); code != exitFailed || out != "" || !strings.Contains(said, "nothing to read") {
			t.Errorf("%q ended with %d, %q %q", args, code, out, said)
		}
	}
	if code, _, said := w.run("scan", "--here", dir); code != exitUsage || !strings.Contains(said, "--yes") {
		t.Errorf("%d %q", code, said)
	}
}
