package datafile_test

import (
	"testing"

	"unlisted/checks/datafile"
)

func TestLines(t *testing.T) {
	lines := datafile.Lines([]byte("{\n\"a\": [\n1,\n{\"b\":\n\"x\"}],\n\"c.d\": null,\n\"e\": {\n\n\"f\": {}\n}\n}"))
	for place, want := range map[string]int{"": 1, "a": 2, "a[0]": 3, "a[1]": 4, "a[1].b": 4, "c.d": 6, "e": 7, "e.f": 9, "nothing": 0} {
		if got := lines[place]; got != want {
			t.Errorf("%q: line %d, want %d", place, got, want)
		}
	}
	for _, broken := range []string{"", "{", `{"a": [1, `, `{"a" 1}`, "]"} {
		datafile.Lines([]byte(broken)) // ends, and tells what it can
	}
	if got := datafile.Lines([]byte("{\n\"a\": 1,\n\"b\": [2, }"))["a"]; got != 2 {
		t.Errorf("before a mistake: line %d", got)
	}
}
