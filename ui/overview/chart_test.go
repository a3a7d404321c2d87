package overview

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/identifier"
	"unlisted/ui/kit"
)

// shown is the map of somebody with so many accounts in a window.
func shown(t testing.TB, n int, look kit.Look, size fyne.Size, open func(target)) (*chart, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(look))
	p := printer(t, "en")
	v := makeView(person(t, n, []identifier.Identifier{phone, mail}, "mbox"), state{}, p)
	c := newChart(kit.New(p, look, theme.VariantLight).Begin("page", nil), v, open)
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(c)
	w.Resize(size)
	return c, w
}

// In every size and look the boxes stay inside the map, none lies over another,
// and no words are wider than their box.
func TestChartFits(t *testing.T) {
	for _, n := range []int{1, 26, 300} {
		for _, pct := range []int{100, 200} {
			for _, size := range []fyne.Size{{Width: 480, Height: 330}, {Width: 700, Height: 500}, {Width: 330, Height: 200}} {
				c, _ := shown(t, n, kit.Look{Name: "light", TextPct: pct}, size, func(target) {})
				where := fmt.Sprint(n, " accounts, ", pct, " %, ", size)
				frame := c.Size()
				for i, a := range c.boxes {
					at, s := a.Position(), a.Size()
					if at.X < 0 || at.Y < 0 || at.X+s.Width > frame.Width+1 || at.Y+s.Height > max(frame.Height, c.MinSize().Height)+1 {
						t.Errorf("%s: %q at %v %v leaves %v", where, a.words.name, at, s, frame)
					}
					for _, line := range append(slices.Clone(a.lines), a.name) {
						if w := line.MinSize().Width; w > s.Width && strings.TrimSuffix(line.Text, "…") != "" {
							t.Errorf("%s: %q is %v wide in a box of %v", where, line.Text, w, s.Width)
						}
					}
					for _, b := range c.boxes[:i] {
						bt, bs := b.Position(), b.Size()
						if at.X < bt.X+bs.Width && bt.X < at.X+s.Width && at.Y < bt.Y+bs.Height && bt.Y < at.Y+s.Height {
							t.Errorf("%s: %q and %q overlap", where, a.words.name, b.words.name)
						}
					}
				}
			}
		}
	}
}

// Pointing at a box shows its share at the boxes of the other side, strengthens
// its bands, and is forgotten again; a press leads on.
func TestChartMarks(t *testing.T) {
	var at []target
	c, w := shown(t, 26, kit.Look{Name: "light", TextPct: 100}, fyne.NewSize(700, 460), func(to target) { at = append(at, to) })
	plain := c.draw(700, 460).(*image.RGBA)
	said := func() (out []string) {
		for _, b := range c.boxes {
			out = append(out, b.said)
		}
		return out
	}
	before := said()
	c.boxes[0].MouseIn(nil)
	for i, b := range c.boxes[c.right():] {
		share := c.boxes[c.right()+i].words.shares[0]
		if share != "" && b.said != share || share == "" && b.said != b.words.detail {
			t.Errorf("%q says %q, its share is %q", b.words.name, b.said, share)
		}
	}
	if marked := c.draw(700, 460).(*image.RGBA); slices.Equal(marked.Pix, plain.Pix) {
		t.Error("the bands of the marked box look like all others")
	}
	c.boxes[0].MouseOut()
	if !slices.Equal(said(), before) || c.marked != -1 {
		t.Errorf("after leaving it says %q, before %q", said(), before)
	}
	if again := c.draw(700, 460).(*image.RGBA); !slices.Equal(again.Pix, plain.Pix) {
		t.Error("a band stays marked")
	}
	w.Canvas().Focus(c.boxes[1])
	c.boxes[0].MouseIn(nil)
	c.boxes[0].MouseOut()
	if c.marked != 1 {
		t.Errorf("the box with the focus is no longer marked, %d is", c.marked)
	}
	c.boxes[0].Tapped(nil)
	c.boxes[c.right()].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(at) != 2 || at[0] != (target{"find", findNumber}) || at[1].page != "find" || !strings.HasPrefix(at[1].arg, findExit) {
		t.Errorf("it leads to %v", at)
	}
}

// A map of nothing, and one that was not laid out yet, draw nothing and do not
// fail.
func TestChartOfNothing(t *testing.T) {
	c, _ := shown(t, 0, kit.Look{Name: "light"}, fyne.NewSize(300, 200), func(target) {})
	c.mark(0)
	c.draw(0, 0)
	c.draw(300, 200)
	fresh := newChart(kit.New(printer(t, "en"), kit.Look{}, theme.VariantLight).Begin("page", nil), view{}, nil)
	fresh.draw(10, 10)
	fresh.unmark()
}

func BenchmarkBands(b *testing.B) {
	c, _ := shown(b, 300, kit.Look{Name: "light"}, fyne.NewSize(700, 460), func(target) {})
	for b.Loop() {
		c.draw(700, 460)
	}
}
