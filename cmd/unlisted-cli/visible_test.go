package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"unlisted/checks/evidence/evidencetest"
)

// nasty are words that act on a screen where they are printed as they are; one
// would write a line of its own.
var nasty = []string{
	"\x1b]52;c;eA==\x07\x1b[2J\u009b31m\x7fcod\u202egpj\u2066a\u2067b", "\ra\u2028b\u2029pay\u200bpal\ufeffx\u200fx\u061cx\u2063x", "x\nforged: nothing leaked",
}

// acts reports what must stand in no output: only line ends and tabs of ours
// may.
func acts(r rune) bool {
	return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) || r == 0x200b || r == 0xfeff || r == 0x2063
}

// nastyFiles is a folder whose files carry such a word in names, cells, subjects
// and messages.
func nastyFiles(t *testing.T, word string) string {
	t.Helper()
	cell := strings.NewReplacer("\r", " ", "\n", " ").Replace(word)
	var sheet bytes.Buffer
	c := csv.NewWriter(&sheet)
	must(t, c.Write([]string{"name", "url", "username", "password"}), c.Write([]string{"Shop" + cell, "https://shop.example/" + cell, "pat" + cell, "x"}),
		c.Write([]string{cell, "https://" + cell + ".example", "pat@mail.example", "x"}), c.Write([]string{cell, "android://x@com.shop" + cell, cell, "x"}))
	c.Flush()
	mail := "From x Thu Jan  1 00:00:00 2015\nFrom: " + cell + " <no-reply@shop.example>\nTo: pat@mail.example\nSubject: Welcome to " + cell +
		"\nDate: Thu, 1 Jan 2015 00:00:00 +0000\nAuthentication-Results: mx; dkim=pass header.d=shop.example\n\nThanks for signing up\n\n"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{"in" + word + ".csv": sheet.String(), "bad" + word + ".zip": "PK\x03\x04 no archive", "m" + word + ".mbox": mail} {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(content))
		must(t, err)
	}
	must(t, z.Close())
	return evidencetest.Folder(t, map[string]string{
		"a" + word + ".csv": sheet.String(), "b" + word + ".zip": b.String(), "c" + word + ".mbox": mail, "d" + word + ".txt": "otpauth://totp/" + cell + ":pat?secret=JBSWY3DPEHPK3PXP&issuer=" + cell,
		"e" + word + ".bin": "nothing known",
	})
}

// must ends the test where writing a file failed.
func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever files and people hand in, nothing that acts on a screen comes out,
// in any output.
func TestNothingActsOnTheScreen(t *testing.T) {
	for i, word := range nasty {
		w := newWorld(t)
		folder := nastyFiles(t, word)
		check := func(what, out string) {
			t.Helper()
			if at := strings.IndexFunc(out, acts); at >= 0 {
				t.Errorf("%q, %s: %q", word, what, out[max(0, at-60):min(len(out), at+60)])
			}
			if strings.Contains(out, "\nforged") && !strings.HasSuffix(what, ".html") { // there a line end is a blank
				t.Errorf("%q, %s: a line of its own: %q", word, what, out)
			}
		}
		run := func(args ...string) {
			t.Helper()
			_, out, errs := w.run(append([]string{"--profile", w.profile()}, args...)...)
			check(fmt.Sprint(args, " out"), out)
			check(fmt.Sprint(args, " err"), errs)
		}
		names, err := filepath.Glob(filepath.Join(folder, "*"))
		if err != nil || len(names) != 5 {
			t.Fatalf("%q, %v", names, err)
		}
		run("you", "add", "pat@mail.example", "+33639981234")
		run("scan", "--yes", folder)
		run("--json", "scan", folder)
		run(append([]string{"scan", filepath.Join(folder, "none"+word)}, names...)...)
		for _, args := range [][]string{
			{"accounts"},
			{"--json", "accounts"},
			{"accounts", "show", word},
			{"accounts", "show", "shop.example"},
			{"accounts", "set", "shop.example", "second_factor=" + word},
			{"accounts", "set", "shop.example", word + "=1"},
			{"platform", word},
			{"you", "add", word},
			{"check", word},
			{"--json", "breaches"},
			{"plan"},
			{"--json", "plan"},
			{"plan", "skip", word},
			{"plan", "done", word + "/" + word},
			{"whatif", "steal", word},
			{"whatif", "steal", "number"},
			{"--json", "whatif", "lose", "phone"},
			{"letter", word, "--kind", "objection"},
			{"goodbye", word},
			{word},
			{"--" + word, "plan"},
			{"report", "-o", word},
			{"ledger"},
		} {
			run(args...)
		}
		for _, name := range []string{"r.html", "r.csv", "r.json", "card.html"} {
			path := filepath.Join(w.dir, fmt.Sprint(i, name))
			if name == "card.html" {
				run("card", "-o", path, "--carrier", word)
			} else {
				run("report", "-o", path)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			check(name, string(b))
		}
	}
}

// A name stays readable where nothing in it acts.
func TestOtherScriptsStay(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"کلمه\u200cها.bin", "שלום.bin", "👩🏽\u200d💻.bin", "résumé.bin"} {
		_, out, errs := w.run("--temporary", "scan", evidencetest.Write(t, name, "nothing known"))
		if !strings.Contains(out+errs, name+":") {
			t.Errorf("%s: %q", name, out+errs)
		}
	}
}
