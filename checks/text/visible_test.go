package text_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"unlisted/checks/text"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain, é, 漢字":                    "plain, é, 漢字",
		"a\x1b]52;c;x\x07.csv":            `a\x1b]52;c;x\x07.csv`,
		"a\x00b\x7fc":                     `a\x00b\x7fc`,
		"c1 \u009b31m":                    `c1 \x9b31m`,
		"raw \x9b31m":                     `raw \x9b31m`,
		"two\nlines\r\tof it":             `two\x0alines\x0d\x09of it`,
		"cod\u202egpj.exe":                "cod‹U+202E›gpj.exe",
		"\u2066a\u2069\u200e\u200f\u061c": "‹U+2066›a‹U+2069›‹U+200E›‹U+200F›‹U+061C›",
		"a\u2028b\u2029":                  "a‹U+2028›b‹U+2029›",
		"pay\u200bpal \ufeff\u00ad\u2060": "pay‹U+200B›pal ‹U+FEFF›‹U+00AD›‹U+2060›",
		"ad\u200dmin ad\u200cmin":         "ad‹U+200D›min ad‹U+200C›min",
		"\u3164\u034f\u115f":              "‹U+3164›‹U+034F›‹U+115F›",
		"\U000e0041x":                     "‹U+E0041›x",
		"family 👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥":                         "family 👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥",
		"dark 👩🏽\u200d💻":                                                "dark 👩🏽\u200d💻",
		"می\u200cخواهم":                                                 "می\u200cخواهم",
		"क्\u200dष":                                                     "क्\u200dष",
		"שלום עולם, مرحبا":                                              "שלום עולם, مرحبا",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
	} {
		if got := text.Visible(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if again := text.Visible(text.Visible(in)); again != text.Visible(in) {
			t.Errorf("%q: twice gives %q", in, again)
		}
	}
	if got := text.VisibleLines("a\tb\nc\x1b"); got != "a\tb\nc\\x1b" {
		t.Errorf("lines: %q", got)
	}
}

// acts reports a character that must reach no screen.
func acts(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0x2028 || r == 0x2029 || r == 0x200b || r == 0xfeff
}

// Whatever comes in, nothing that acts on a screen comes out; a JSON document
// keeps its meaning.
func TestNothingActs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\x1b\x00\x7f\u009b\u202e\u2066\u2028\u200b\u200d\ufeff👩א\n")))).Draw(t, "s")
		if out := text.Visible(s); strings.ContainsFunc(out, acts) {
			t.Fatalf("%q gives %q", s, out)
		}
		doc, err := json.Marshal(map[string]string{"v": s})
		if err != nil {
			t.Fatal(err)
		}
		out := text.JSON(doc)
		var back map[string]string
		if err := json.Unmarshal(out, &back); err != nil || back["v"] != strings.ToValidUTF8(s, "\ufffd") || strings.ContainsFunc(string(out), acts) {
			t.Fatalf("%q gives %q, %v", s, out, err)
		}
	})
}

// What a sentence is filled with is made visible, the sentence is not touched.
func TestValuesInSentences(t *testing.T) {
	p := load(t).Printer("en")
	if got := p.T("cli.mail.would", "host", "a\x1b[2J\u202eb"); !strings.Contains(got, `a\x1b[2J‹U+202E›b`) {
		t.Errorf("%q", got)
	}
}

// No character that acts or is not seen comes through by itself, whatever short
// way the common ones take.
func TestEveryCharacter(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		acts := unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
		for _, s := range []string{string(r), "a" + string(r) + "b", "é–“" + string(r)} {
			if same := text.Visible(s) == s; acts && same {
				t.Errorf("%U comes through in %q", r, s)
			} else if !same && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && r != 0x2800 && r != 0x115f && r != 0x1160 {
				t.Errorf("%U is taken for something that acts in %q", r, s)
			}
		}
	}
}
