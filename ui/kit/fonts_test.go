package kit_test

import (
	"encoding/json"
	"io/fs"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font/sfnt"

	"unlisted/assets"
	"unlisted/ui/kit"
)

// Every character of every text is in the fonts that come with the program, in
// both weights: none depends on what the computer has.
func TestFontsHoldEveryCharacter(t *testing.T) {
	used := map[rune]string{}
	for _, dir := range []string{"text", "guides", "facts"} {
		files := assets.Sub(dir)
		err := fs.WalkDir(files, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := fs.ReadFile(files, path)
			if err != nil {
				return err
			}
			var v any
			if json.Unmarshal(b, &v) != nil {
				return nil // a note for authors
			}
			collect(v, func(s string) {
				for _, r := range s {
					used[r] = dir + "/" + path
				}
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range "•‹›…–—·’“”«»\u202f\u00a0\ufffd" {
		used[r] = "the kit"
	}
	for _, bold := range []bool{false, true} {
		f, err := sfnt.Parse(kit.NewTheme(kit.Look{}).Font(fyne.TextStyle{Bold: bold}).Content())
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		for r, where := range used {
			if unicode.IsControl(r) {
				continue
			}
			if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 {
				t.Errorf("%s has %q (%U), which the font has not (bold %v)", where, r, r, bold)
			}
		}
	}
}

// collect hands on every string of a document.
func collect(v any, take func(string)) {
	switch v := v.(type) {
	case string:
		take(v)
	case []any:
		for _, x := range v {
			collect(x, take)
		}
	case map[string]any:
		for k, x := range v {
			if k == "sources" {
				continue // pages are quoted in their own languages, and shown where the font can
			}
			take(k)
			collect(x, take)
		}
	}
}
