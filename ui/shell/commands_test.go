package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// Everything is found by the beginning of its words, and done with the keyboard
// alone.
func TestPalette(t *testing.T) {
	p, err := samplePerson()
	if err != nil {
		t.Fatal(err)
	}
	w := open(t, "en", p)
	w.shell.Do("find")
	title := w.word("palette.title")
	if w.win.Canvas().Focused() != w.shell.Kit().Find("entry", title).Object.(fyne.Focusable) {
		t.Fatal("what is typed right after the key is not for the palette")
	}
	type_ := func(v string) {
		if !w.shell.Kit().Type(title, v) {
			t.Fatal("the palette has no field")
		}
	}
	names := func() (out []string) {
		for _, n := range w.shell.Kit().Nodes() {
			if n.Role == "row" && strings.HasPrefix(n.Name, "") && n.Press != nil {
				out = append(out, n.Name)
			}
		}
		return out
	}
	type_("dark")
	if got := names(); !contains(got, w.word("command.dark")) {
		t.Errorf("dark finds %q", got)
	}
	type_("fix x")
	if got := names(); !contains(got, "Fix X") {
		t.Errorf("an account finds %q", got)
	}
	type_("netf")
	if got := names(); !contains(got, "Netflix") {
		t.Errorf("a platform finds %q", got)
	}
	type_("zzzz")
	if !w.shell.Kit().Contains(w.word("palette.none")) {
		t.Error("nothing is found, and nothing says so")
	}
	type_("what")
	entry := w.win.Canvas().Focused()
	if entry == nil {
		t.Fatal("the palette has no focus")
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	w.pump()
	if !w.shell.Kit().Contains(w.word("page.whatif")) || w.shell.Kit().Find("entry", title) != nil {
		t.Error("Enter did not go to the page, or the palette stays")
	}
	w.shell.Do("find")
	w.pump()
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.shell.Kit().Find("entry", title) != nil {
		t.Error("Escape does not close")
	}
}

func contains(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

// The palette is gone with the profile it looked in, and after it the focus is
// where it was.
func TestPaletteGoes(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("you", "")
	field := w.shell.Kit().Find("entry", "Email address or phone number").Object.(fyne.Focusable)
	w.win.Canvas().Focus(field)
	w.shell.Do("find")
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.pump()
	if w.win.Canvas().Focused() != field {
		t.Error("the focus is elsewhere than before")
	}
	w.shell.Do("find")
	w.shell.Leave()
	w.pump()
	if w.shell.Kit().Find("entry", w.word("palette.title")) != nil {
		t.Error("the palette stays without a profile")
	}
}
