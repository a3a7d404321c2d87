package shell_test

import (
	"slices"
	"strings"
	"testing"

	"unlisted/ui/atspi"
)

// paths lists the keys of all nodes, each behind those of its parents.
func paths(n *atspi.Node, above string) (out []string) {
	at := above + "/" + strings.ReplaceAll(n.Key, "\x00", " ")
	out = append(out, at)
	for _, c := range n.Children {
		out = append(out, paths(c, at)...)
	}
	return out
}

// What stays in the window stays the same to assistive technology, however
// often the page is built anew.
func TestAssistiveStays(t *testing.T) {
	w := open(t, "en", nil)
	for _, page := range []string{"you", "find", "check", "whatif", "fix", "report", "settings"} {
		w.shell.Go(page, "")
		w.pump()
		before := paths(w.shell.Assistive(), "")
		w.shell.Go(page, "")
		w.pump()
		now := paths(w.shell.Assistive(), "")
		if !slices.Equal(before, now) {
			t.Errorf("%s: %q\nbecame\n%q", page, before, now)
		}
		for i, p := range now {
			if slices.Contains(now[:i], p) {
				t.Errorf("%s: %q stands there twice", page, p)
			}
		}
	}
}
