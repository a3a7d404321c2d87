package wording

import (
	"slices"
	"strings"
	"testing"
)

// sections are all that a language file may have, and whether each of the seven
// languages must have it.
var sections = map[string]bool{
	"mail none": true, "mail newsletter": true, "mail closed": true, "mail contact-change": true, "mail breach-notice": true, "mail reset": true,
	"mail verification": true, "mail security": true, "mail sign-up": true, "mail receipt": true, "mail order": true, "mail notice": true, "mail social": true,
	"secret": true, "link": true, "plain": true, "personal": true, "mine": true, "service": true,
}

// Every phrase of every language can be found in itself, stands once in its
// section, and every language has every section.
func TestWords(t *testing.T) {
	list, err := files.ReadDir("words")
	if err != nil || len(list) != 8 {
		t.Fatal(len(list), err)
	}
	for _, f := range list {
		b, err := files.ReadFile("words/" + f.Name())
		table := Table{}
		if err = cmpErr(err, table.read(f.Name(), string(b))); err != nil {
			t.Fatal(err)
		}
		for s := range sections {
			if len(table[s]) == 0 && f.Name() != "more.txt" {
				t.Errorf("%s has no section %q", f.Name(), s)
			}
		}
		for s, phrases := range table {
			if _, known := sections[s]; !known {
				t.Errorf("%s: nobody reads section %q", f.Name(), s)
			}
			sorted := slices.Sorted(slices.Values(phrases))
			if n := len(slices.Compact(sorted)); n != len(phrases) && !lists[s] {
				t.Errorf("%s: %q has %d phrases, %d different", f.Name(), s, len(phrases), n)
			}
			if lists[s] {
				continue
			}
			for _, p := range phrases {
				text := strings.NewReplacer("~", "", "|", "", "*", " x ").Replace(Fold(p))
				if len(text) < 2 || len(table.Matcher(s).Ends(text)) == 0 {
					t.Errorf("%s: %q in %q is never found", f.Name(), p, s)
				}
			}
		}
	}
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// A file that starts with a phrase is refused rather than half read.
func TestReadRefuses(t *testing.T) {
	if err := (Table{}).read("x.txt", "# note\nphrase\n[mail closed]\n"); err == nil {
		t.Error("a phrase without a section was taken")
	}
}

// The syntax of phrases: a gap, a place within a word, the end of a word.
func TestPhrases(t *testing.T) {
	m := Table{"a": {"your*account|", "~code|"}, "b": {"welcome"}}.Matcher("b", "a")
	for text, want := range map[string]string{
		"your shop account": "a", "your shop accounts": "", "sicherheitscode": "a", "codes": "", "unwelcome": "", "welcome, your account": "b",
		"your " + strings.Repeat("very ", 12) + "old account": "", "": "", "c": "",
	} {
		if got, _ := m.First(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
