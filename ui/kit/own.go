package kit

import "image/color"

// Add puts a control that a page draws itself into the semantic tree.
func (s *Scope) Add(n *Node) { s.add(n) }

// Ink gives the colours of a tone: of words and lines, and of what they stand
// on.
func (k *Kit) Ink(t Tone) (ink, ground color.Color) { return k.tone(t) }

// Paper is what a page draws on and with.
type Paper struct{ Ground, Line, Faint, Text, Muted color.Color }

// Paper gives the colours of the look.
func (k *Kit) Paper() Paper {
	p := k.colors
	return Paper{Ground: p.surface, Line: p.inputBorder, Faint: p.pressed, Text: p.text, Muted: p.muted}
}
