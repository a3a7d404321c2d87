package kit_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

func newKit(t *testing.T) (*kit.Kit, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	w := app.NewWindow("")
	t.Cleanup(w.Close)
	return kit.New(c.Printer("en"), kit.Look{}, theme.VariantLight), w
}

// A row is ticked by pressing it, short list or long; its tick is what the tree says of it.
func TestTicks(t *testing.T) {
	for _, n := range []int{3, 200} {
		k, w := newKit(t)
		items := make([]kit.TickItem, n)
		for i := range items {
			items[i] = kit.TickItem{Item: kit.Item{ID: "a", Title: fmt.Sprintf("row %d", i), Detail: "d", Tags: []kit.Tag{{Word: "sure"}}}, On: i%2 == 0}
		}
		memory := kit.NewMemory()
		var draw func()
		draw = func() {
			s := k.Begin("page", memory)
			w.SetContent(s.ListCard(s.Ticks(items, func(i int, on bool) { items[i].On = on; draw() })))
		}
		draw()
		w.Resize(fyne.NewSize(600, 400))
		for _, i := range []int{0, 1, n - 1} {
			name, was := fmt.Sprintf("row %d", i), items[i].On
			word := map[bool]string{true: "on", false: "off"}
			if got := k.Find("check", name).Value(); got != word[was] {
				t.Errorf("%d rows: %s says %s", n, name, got)
			}
			if !k.Press(name) || items[i].On == was || k.Find("check", name).Value() != word[!was] {
				t.Errorf("%d rows: pressing %s does not turn its tick", n, name)
			}
		}
		w.Canvas().Capture()
	}
}

// Lines that are pasted into a field that takes several stay apart, where the cursor stands; another field joins them
// as it always did.
func TestPasteLines(t *testing.T) {
	k, w := newKit(t)
	s := k.Begin("page", nil)
	f := s.Field("many", "Many", "", false, nil).Several()
	w.SetContent(f.Object)
	n := k.Find("entry", "Many")
	entry := n.Object.(fyne.Focusable)
	w.Canvas().Focus(entry)
	for _, r := range "<>" {
		entry.TypedRune(r)
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	clip := test.NewClipboard()
	clip.SetContent("rose@mail.example\r\n\n lou@mail.example \n+33 6 39 98 12 34\n")
	entry.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip})
	if got := n.Text(); got != "<rose@mail.example, lou@mail.example, +33 6 39 98 12 34>" {
		t.Errorf("pasted: %q", got)
	}
	entry.TypedRune('!')
	if got := n.Text(); got != "<rose@mail.example, lou@mail.example, +33 6 39 98 12 34!>" {
		t.Errorf("the cursor is elsewhere: %q", got)
	}
	f.Put("left over")
	if f.Text() != "left over" {
		t.Errorf("%q", f.Text())
	}
}

// The row that is chosen is in sight when its list is first shown, whole or long; afterwards the list stays where it
// was scrolled to, until another one is shown.
func TestChosenRowInSight(t *testing.T) {
	for _, n := range []int{40, 300} {
		k, w := newKit(t)
		memory := kit.NewMemory()
		items := make([]kit.Item, n)
		for i := range items {
			items[i] = kit.Item{ID: "a", Title: fmt.Sprintf("row %d", i), Detail: "d"}
		}
		draw := func(chosen int, another bool) *kit.Scope {
			k.Remember("page", nil)
			for i := range items {
				items[i].Chosen = i == chosen
			}
			s := k.Begin("page", memory)
			if another {
				s.ListTop()
			}
			w.SetContent(s.ListDetail(s.Rows(items, func(int) {}), s.Body("d")))
			w.Resize(fyne.NewSize(1000, 400))
			k.Restore("page", func(fyne.Focusable) {})
			return s
		}
		if at := draw(n-1, false).ListOffset(); at < 500 {
			t.Errorf("%d rows: scrolled to %v", n, at)
		}
		last := draw(n-1, false).ListOffset()
		if at := draw(0, false).ListOffset(); at != last {
			t.Errorf("%d rows: after another choice at %v, was at %v", n, at, last)
		}
		if at := draw(0, true).ListOffset(); at != 0 {
			t.Errorf("%d rows: another list begins at %v", n, at)
		}
	}
}
