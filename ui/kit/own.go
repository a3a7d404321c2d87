package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
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

// PageScrolled hands a turn of the wheel on to the page, for what a page draws
// itself and takes the wheel only sometimes.
func (s *Scope) PageScrolled(e *fyne.ScrollEvent) {
	if body := s.part.scrolls[""]; body != nil {
		body.Scrolled(e)
	}
}

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
