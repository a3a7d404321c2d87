package kit

import "image/color"

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
