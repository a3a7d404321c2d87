package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"unlisted/ui/kit"
)

// Wherever the keyboard goes on a page, the window scrolls along: what has the
// focus is in sight, whole where it fits.
func TestFocusIsInSight(t *testing.T) {
	w := open(t, "en", nil)
	w.win.Resize(fyne.NewSize(900, 600))
	w.pump()
	driver := kit.Driver()
	moved := 0
	for _, page := range allPages {
		w.shell.Go(page, "")
		w.pump()
		w.win.Canvas().Capture() // lays the page out
		for _, g := range w.shell.Kit().Groups() {
			if g.Scope != "page" {
				continue
			}
			for _, n := range g.Nodes {
				f, can := n.Object.(fyne.Focusable)
				if d, is := n.Object.(fyne.Disableable); !can || is && d.Disabled() {
					continue
				}
				before := driver.AbsolutePositionForObject(n.Object)
				w.win.Canvas().Focus(f)
				at, size := driver.AbsolutePositionForObject(n.Object), n.Object.Size()
				if at != before {
					moved++
				}
				if at.Y < 0 || size.Height < 400 && at.Y+size.Height > 600 || at.Y > 560 {
					t.Errorf("%s: the %s %q has the focus and lies at %v, %v high", page, n.Role, n.Name, at.Y, size.Height)
				}
			}
		}
	}
	if moved < 20 {
		t.Errorf("the window scrolled %d times: the pages are too short to tell", moved)
	}
}

// A page that is built anew stays where the person scrolled it, though what has
// the focus is out of sight.
func TestRedrawDoesNotScroll(t *testing.T) {
	w := open(t, "en", nil)
	w.win.Resize(fyne.NewSize(900, 600))
	controls := func() (out []fyne.CanvasObject) {
		w.win.Canvas().Capture() // lays the page out
		for _, g := range w.shell.Kit().Groups() {
			for _, n := range g.Nodes {
				if _, can := n.Object.(fyne.Focusable); g.Scope == "page" && can {
					out = append(out, n.Object)
				}
			}
		}
		return out
	}
	show := func(page string) []fyne.CanvasObject {
		w.shell.Go(page, "")
		w.pump()
		return controls()
	}
	long := 0
	for _, page := range allPages {
		if page == "whatif" {
			continue // its picture brings the box that has the focus into sight by itself
		}
		was, all := show(page), show(page)
		i := 0 // the first that is made anew: such a one is given the focus again
		for i < len(all) && was[i] == all[i] {
			i++
		}
		if i == len(all) {
			continue
		}
		top := func() float32 { return kit.Driver().AbsolutePositionForObject(controls()[i]).Y }
		w.win.Canvas().Focus(all[i].(fyne.Focusable))
		w.shell.Kit().Reveal("page", all[len(all)-1])
		before := top()
		if before >= 0 {
			continue // it is still in sight
		}
		long++
		show(page)
		if after := top(); after != before {
			t.Errorf("%s: what has the focus was at %v and is at %v", page, before, after)
		}
	}
	if long < 2 {
		t.Errorf("only %d pages are long enough to tell", long)
	}
}
