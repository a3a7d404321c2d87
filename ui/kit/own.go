package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// Add puts a control that a page draws itself into the semantic tree.
func (s *Scope) Add(n *Node) { s.add(n) }

// Colors gives the colours of a tone: of words and lines, and of what they stand
// on.
func (k *Kit) Colors(t Tone) (ink, ground color.Color) { return k.tone(t) }

// Palette is what a page draws on and with.
type Palette struct{ Ground, Line, Faint, Text, Muted color.Color }

// Palette gives the colours of the look.
func (k *Kit) Palette() Palette {
	p := k.colors
	return Palette{Ground: p.surface, Line: p.inputBorder, Faint: p.pressed, Text: p.text, Muted: p.muted}
}

// SideBySide stands cards of one size side by side, as many as have room.
func (s *Scope) SideBySide(cards ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&tileGrid{least: 230 * s.scale()}, cards...)
}

// IconTitle is the heading of a card with a picture before it.
func (s *Scope) IconTitle(n IconName, title string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, container.New(middle{}, s.icon(n, Accent)), nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, gap, 0), s.Heading(title)))
}

// Wrap lays objects side by side at their own size, in as many lines as they
// need.
func (k *Kit) Wrap(objects ...fyne.CanvasObject) fyne.CanvasObject { return k.wrap(objects...) }

// BringIn scrolls the page until an object is in sight.
func (s *Scope) BringIn(o fyne.CanvasObject) {
	body := s.part.scrolls[""]
	if body == nil || o.Size().Height <= 0 { // not laid out yet
		return
	}
	top := Driver().AbsolutePositionForObject(o).Y - Driver().AbsolutePositionForObject(body).Y
	by := float32(0)
	switch {
	case top < 0:
		by = top
	case top+o.Size().Height > body.Size().Height:
		by = min(top, top+o.Size().Height-body.Size().Height)
	}
	if by != 0 {
		body.ScrollToOffset(body.Offset.AddXY(0, by))
	}
}
