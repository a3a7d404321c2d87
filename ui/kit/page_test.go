package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"unlisted/ui/kit"
)

// sides gives where an object stands on the canvas.
func sides(o fyne.CanvasObject) (left, top, right, bottom float32) {
	at := kit.Driver().AbsolutePositionForObject(o)
	return at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height
}

// whole reports whether no two controls lie over each other, and none over the
// right edge.
func (s *screen) whole(t *testing.T, roles ...string) {
	t.Helper()
	var nodes []*kit.Node
	for _, n := range s.Nodes() {
		if strings.Contains(" "+strings.Join(roles, " ")+" ", " "+n.Role+" ") {
			nodes = append(nodes, n)
		}
	}
	width := s.win.Canvas().Size().Width
	for i, a := range nodes {
		l, to, r, b := sides(a.Object)
		if r > width+1 || r-l < 2 || b-to < 2 {
			t.Errorf("%s %q from %v to %v in a window of %v", a.Role, a.Name, l, r, width)
		}
		for _, c := range nodes[i+1:] {
			l2, t2, r2, b2 := sides(c.Object)
			if l+1 < r2 && l2+1 < r && to+1 < b2 && t2+1 < b {
				t.Errorf("%q lies over %q", a.Name, c.Name)
			}
		}
	}
}

// Chips and tiles take the lines they need, at every width and size of text.
func TestLinesBreak(t *testing.T) {
	var chips []kit.Chip
	var figures []kit.Figure
	for i := range 9 {
		chips = append(chips, kit.Chip{ID: fmt.Sprint(i), Word: strings.Repeat("word ", i+1), Count: i})
		figures = append(figures, kit.Figure{Value: fmt.Sprint(i), Words: strings.Repeat("some words ", i+1), Press: func() {}})
	}
	chosen := ""
	for _, pct := range []int{100, 150, 200} {
		for _, width := range []float32{420, 900, 1024, 1920} {
			s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
				return s.Page(kit.PageParts{
					Title: "Title", Tools: s.Chips(chips, "2", func(id string) { chosen = id }), Body: s.Tiles(figures),
					Foot: s.ActionBar("A few words about it.", s.Button("Keep", kit.Primary, func() {}), s.Button("Leave", kit.Secondary, func() {})),
				})
			})
			s.Set(s.Text, kit.Look{Name: "light", TextPct: pct}, 0)
			test.ApplyTheme(t, s.Theme())
			s.win.Resize(fyne.NewSize(width, 700))
			s.SetWidth(width)
			s.draw()
			s.win.Resize(fyne.NewSize(width, 701))
			s.whole(t, "chip", "button")
			s.whole(t, "figure")
			if !s.Press("word word  1") && !s.Press("word word 1") || chosen != "1" {
				t.Errorf("chose %q", chosen)
			}
		}
	}
}

// The foot of a page is in sight however much is above it.
func TestFootStaysInSight(t *testing.T) {
	for _, fill := range []bool{false, true} {
		s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
			var items []kit.Item
			for i := range 40 {
				items = append(items, kit.Item{ID: fmt.Sprint(i), Title: fmt.Sprint("Row ", i)})
			}
			return s.Page(kit.PageParts{
				Title: "Title", Body: s.ListDetail(s.Rows(items, func(int) {}), s.Body("Detail")), Fill: fill,
				Foot: s.ActionBar("", s.Button("Keep", kit.Primary, func() {})),
			})
		})
		s.win.Resize(fyne.NewSize(1024, 700))
		s.SetWidth(1024)
		s.draw()
		if _, top, _, bottom := sides(s.Find("button", "Keep").Object); bottom > 700 || top < 600 {
			t.Errorf("the button stands from %v to %v", top, bottom)
		}
	}
}

// Columns stand side by side from a window of 1,000 on, at the usual size of
// text; at twice the size from one of 2,000 on.
func TestNarrow(t *testing.T) {
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject { return s.Sheet() })
	if !s.SetWidth(999) || s.SetWidth(400) || !s.SetWidth(1000) || s.Narrow() {
		t.Error("the edge is elsewhere than at 1,000")
	}
	s.Set(s.Text, kit.Look{TextPct: 200}, 0)
	if !s.Narrow() || !s.SetWidth(2000) {
		t.Error("large text is not counted in")
	}
}
