package atspi

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAround(t *testing.T) {
	const said = "One two. Three\nfour"
	for _, c := range []struct {
		at   int
		g    grain
		want string
	}{
		{0, char, "O"},
		{19, char, ""},
		{1, word, "One "},
		{3, word, "One "},
		{4, word, "two"},
		{7, word, ". "},
		{9, word, "Three\n"},
		{18, word, "four"},
		{19, word, "four"},
		{2, sentence, "One two. "},
		{9, sentence, "Three\n"},
		{15, sentence, "four"},
		{4, line, "One two. Three\n"},
		{16, line, "four"},
		{4, paragraph, "One two. Three\n"},
		{-5, word, "One "},
		{99, word, "four"},
	} {
		from, to := around([]rune(said), c.at, c.g)
		if got := part([]rune(said), from, to); got != c.want {
			t.Errorf("at %d by %d: %q, not %q", c.at, c.g, got, c.want)
		}
	}
	if from, to := around(nil, 0, word); from != 0 || to != 0 {
		t.Errorf("of nothing: %d to %d", from, to)
	}
}

func TestPart(t *testing.T) {
	r := []rune("héllo")
	for _, c := range []struct {
		from, to int
		want     string
	}{{0, -1, "héllo"}, {1, 2, "é"}, {-3, 99, "héllo"}, {4, 2, ""}, {7, 9, ""}} {
		if got := part(r, c.from, c.to); got != c.want {
			t.Errorf("%d to %d: %q", c.from, c.to, got)
		}
	}
}

func TestGrainOf(t *testing.T) {
	for boundary, want := range []grain{char, word, word, sentence, sentence, line, line} {
		if got := grainOf(uint32(boundary)); got != want {
			t.Errorf("boundary %d is by %d", boundary, got)
		}
	}
	if grainOf(1<<31) != line {
		t.Error("an unknown boundary is none of the lines")
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{inserted("0698", 2, "39", 2), "063998"},
		{inserted("é", 1, "è!", 2), "éè"},
		{inserted("a", 99, "b", -1), "ab"},
		{inserted("a", -1, "b", 99), "ba"},
		{deleted("063998", 2, 4), "0698"},
		{deleted("abc", 1, -1), "a"},
		{deleted("abc", 2, 1), "abc"},
		{deleted("abc", -4, 99), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, not %q", c.got, c.want)
		}
	}
}

// Whatever is asked of whatever text, the answer lies within it; the pieces of a
// text follow each other without a gap; an edit that is told leads from one text
// to the other.
func TestTextProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gen := rapid.SliceOfN(rapid.SampledFrom([]rune("ab é.!\n '1•")), 0, 12)
		text, now := gen.Draw(t, "text"), gen.Draw(t, "now")
		g := grain(rapid.Uint32Range(0, 4).Draw(t, "grain"))
		all := ""
		for at := 0; at < len(text); {
			from, to := around(text, at, g)
			if from != at || to <= from {
				t.Fatalf("the piece at %d goes from %d to %d", at, from, to)
			}
			all, at = all+part(text, from, to), to
		}
		if all != string(text) {
			t.Fatalf("the pieces make %q", all)
		}
		from, to := around(text, rapid.Int().Draw(t, "at"), g)
		if from < 0 || to > len(text) || from > to {
			t.Fatalf("%d to %d", from, to)
		}
		at, gone, come := edited(text, now)
		made := inserted(deleted(string(text), at, at+len([]rune(gone))), at, come, -1)
		if made != string(now) {
			t.Fatalf("without %q, with %q at %d: %q", gone, come, at, made)
		}
	})
}
