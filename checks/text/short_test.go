package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"unlisted/checks/text"
)

// Words are cut at the end of a letter, and say that they were.
func TestShort(t *testing.T) {
	family := "👨\u200d👩\u200d👧"
	for _, x := range []struct {
		in    string
		limit int
		want  string
	}{
		{"Deezer", 6, "Deezer"},
		{"Deezer!", 6, "Deeze…"},
		{"", 3, ""},
		{"abc", 1, "…"},
		{"e\u0301te\u0301", 4, "e\u0301t…"},
		{"ee\u0301e", 3, "e…"},
		{"a" + family + "b", 5, "a…"},
		{"مرحبا بكم", 6, "مرحبا…"},
		{strings.Repeat("a", 200), 24, strings.Repeat("a", 23) + "…"},
	} {
		got := text.Short(x.in, x.limit)
		if got != x.want {
			t.Errorf("%q in %d is %q, want %q", x.in, x.limit, got, x.want)
		}
		if utf8.RuneCountInString(got) > max(1, x.limit) {
			t.Errorf("%q is longer than %d", got, x.limit)
		}
	}
}
