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
	w.shell.Go("check", "")
	w.pump()
	var first, last *kit.Node
	for _, g := range w.shell.Kit().Groups() {
		for _, n := range g.Nodes {
			if _, can := n.Object.(fyne.Focusable); can && g.Scope == "page" && n.Role == "row" {
				if first == nil {
					first = n
				}
				last = n
			}
		}
	}
	w.win.Canvas().Capture()
	w.win.Canvas().Focus(first.Object.(fyne.Focusable))
	w.shell.Kit().Reveal("page", last.Object)
	before := kit.Driver().AbsolutePositionForObject(w.shell.Kit().Find("heading", "What has leaked?").Object).Y
	w.shell.Go("check", "")
	w.pump()
	w.win.Canvas().Capture()
	after := kit.Driver().AbsolutePositionForObject(w.shell.Kit().Find("heading", "What has leaked?").Object).Y
	if before >= 0 || after != before {
		t.Errorf("the title was at %v and is at %v", before, after)
	}
}
