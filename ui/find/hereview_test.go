package find

import (
	"strings"
	"testing"

	"unlisted/checks/evidence/here"
	"unlisted/checks/sample"
)

// What programs keep is ticked, what lies about is not; the button reads exactly what is ticked, and what may not be
// read has no tick at all.
func TestHere(t *testing.T) {
	f := load(t)
	for _, lang := range f.texts.Languages() {
		p := f.texts.Printer(lang)
		before := makeHere(onComputer{}, now, p)
		if len(before.rows) > 0 || before.read != "" || before.look == "" {
			t.Errorf("before the look: %+v", before)
		}
		found, err := here.Look(t.Context(), sample.Computer(now))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, here.Found{Source: "apple-mail", Name: "Apple Mail", Kind: here.KindMail, Proves: "mail", Need: here.NeedFullDisk, Seconds: 1},
			here.Found{Source: "chrome", Name: "Chrome", Kind: here.KindBrowser, Proves: "logins", Paths: []string{"/x"}, Need: here.NeedOwner, Seconds: 1})
		st := onComputer{looked: true, found: found}
		v := makeHere(st, now, p)
		if len(v.closed) != 2 || len(v.rows) != len(found)-2 {
			t.Fatalf("%s: %d rows, %d closed of %d", lang, len(v.rows), len(v.closed), len(found))
		}
		on := map[string]bool{}
		for _, r := range v.rows {
			on[r.title] = r.on
			for _, s := range []string{r.title, r.detail, r.time} {
				if s == "" || strings.Contains(s, "[") {
					t.Errorf("%s: %+v", lang, r)
				}
			}
		}
		mail := "Thunderbird · imap.gmail.com, posteo.example"
		for title, want := range map[string]bool{mail: true, "Chrome": true, "vault.kdbx": false, "Chrome Passwords.csv": false} {
			if got, is := on[title]; !is || got != want {
				t.Errorf("%s: %s is ticked: %v, %v", lang, title, got, on)
			}
		}
		if want := p.N("find.here.read", 3); v.read != want || len(v.paths) != 5 {
			t.Errorf("%s: %q reads %q", lang, v.read, v.paths)
		}
		st.ticks = map[string]bool{}
		for _, x := range found {
			st.ticks[x.Key()] = x.Name == "vault.kdbx"
		}
		if v := makeHere(st, now, p); len(v.paths) != 1 || !strings.HasSuffix(v.paths[0], "vault.kdbx") {
			t.Errorf("%s: the locked one alone: %q", lang, v.paths)
		}
	}
}
