package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// reveal brings what has just got the focus into sight.
func (k *Kit) reveal(o fyne.CanvasObject) {
	if k.restoring {
		return
	}
	for name := range k.tree {
		k.Reveal(name, o)
	}
}

// Reveal scrolls what of a scope an object stands in until it is in sight.
func (k *Kit) Reveal(name string, o fyne.CanvasObject) {
	p := k.tree[name]
	if p == nil || o == nil {
		return
	}
	for _, b := range p.scrolls {
		frame := b.Size().Height
		if frame <= 0 || !holds(b.Content, o) {
			continue
		}
		top := Driver().AbsolutePositionForObject(o).Y - Driver().AbsolutePositionForObject(b).Y
		over := top + o.Size().Height - frame
		switch {
		case top < 0 && over < 0:
			b.ScrollToOffset(b.Offset.AddXY(0, top-gap))
		case top > 0 && over > 0:
			b.ScrollToOffset(b.Offset.AddXY(0, min(top-gap, over+gap)))
		}
	}
}

// holds reports whether an object stands in another.
func holds(in, o fyne.CanvasObject) bool {
	switch in := in.(type) {
	case *fyne.Container:
		if slices.ContainsFunc(in.Objects, func(c fyne.CanvasObject) bool { return holds(c, o) }) {
			return true
		}
	case *container.Scroll:
		return holds(in.Content, o)
	case *pressable:
		return in == o || holds(in.content, o)
	}
	return in == o
}

// The toolkit shows the focus of its buttons, boxes and choices by the colour of
// their ground alone, which is hard to see, and on the primary button cannot be
// seen at all; that of a field by another colour of its thin border. They get a
// ring.

// ringWidth is how thick the ring is.
const ringWidth = 2

// ringed is a widget of the toolkit with a ring.
type ringed struct {
	fyne.WidgetRenderer
	ring  *canvas.Rectangle
	inset float32
	show  func() bool
	ink   func() fyne.ThemeColorName
}

func newRinged(r fyne.WidgetRenderer, show func() bool, ink func() fyne.ThemeColorName) *ringed {
	w := &ringed{WidgetRenderer: r, ring: canvas.NewRectangle(nil), show: show, ink: ink}
	w.ring.CornerRadius, w.ring.StrokeWidth = radius, ringWidth
	w.ring.Hide()
	return w
}

// Objects implements fyne.WidgetRenderer.
func (r *ringed) Objects() []fyne.CanvasObject {
	under := r.WidgetRenderer.Objects()
	return append(under[:len(under):len(under)], r.ring)
}

// Layout implements fyne.WidgetRenderer.
func (r *ringed) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Move(fyne.NewPos(r.inset, r.inset))
	r.ring.Resize(size.SubtractWidthHeight(2*r.inset, 2*r.inset))
}

// Refresh implements fyne.WidgetRenderer.
func (r *ringed) Refresh() {
	r.ring.Hidden = !r.show()
	r.ring.StrokeColor = theme.Color(r.ink())
	r.ring.Refresh()
	r.WidgetRenderer.Refresh()
}

func accentRing() fyne.ThemeColorName { return theme.ColorNamePrimary }

// CreateRenderer implements fyne.Widget. On a coloured button the ring lies
// inside and has the colour of its words.
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	r := newRinged(b.Button.CreateRenderer(), func() bool { return b.focused }, nil)
	r.ink = func() fyne.ThemeColorName {
		r.inset = ringWidth + 1
		switch b.Importance {
		case widget.HighImportance:
			return theme.ColorNameForegroundOnPrimary
		case widget.DangerImportance:
			return theme.ColorNameForegroundOnError
		}
		r.inset = 0
		return theme.ColorNamePrimary
	}
	return r
}

// FocusGained implements fyne.Focusable.
func (b *button) FocusGained() { b.focused = true; b.Button.FocusGained(); b.kit.reveal(b) }

// FocusLost implements fyne.Focusable.
func (b *button) FocusLost() { b.focused = false; b.Button.FocusLost() }

// box is the toolkit's check with a ring.
type box struct {
	widget.Check
	spoken
	kit     *Kit
	focused bool
}

// CreateRenderer implements fyne.Widget.
func (b *box) CreateRenderer() fyne.WidgetRenderer {
	return newRinged(b.Check.CreateRenderer(), func() bool { return b.focused }, accentRing)
}

// FocusGained implements fyne.Focusable.
func (b *box) FocusGained() { b.focused = true; b.Check.FocusGained(); b.kit.reveal(b) }

// FocusLost implements fyne.Focusable.
func (b *box) FocusLost() { b.focused = false; b.Check.FocusLost() }

// selector is the toolkit's select with a ring.
type selector struct {
	widget.Select
	spoken
	kit     *Kit
	focused bool
}

// CreateRenderer implements fyne.Widget.
func (c *selector) CreateRenderer() fyne.WidgetRenderer {
	return newRinged(c.Select.CreateRenderer(), func() bool { return c.focused }, accentRing)
}

// FocusGained implements fyne.Focusable.
func (c *selector) FocusGained() { c.focused = true; c.Select.FocusGained(); c.kit.reveal(c) }

// FocusLost implements fyne.Focusable.
func (c *selector) FocusLost() { c.focused = false; c.Select.FocusLost() }

// CreateRenderer implements fyne.Widget.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	r := newRinged(e.Entry.CreateRenderer(), func() bool { return e.focused }, accentRing)
	r.inset = 1 // inside the border
	return r
}

// FocusGained implements fyne.Focusable.
func (e *entry) FocusGained() { e.focused = true; e.Entry.FocusGained(); e.kit.reveal(e) }

// FocusLost implements fyne.Focusable.
func (e *entry) FocusLost() { e.focused = false; e.Entry.FocusLost() }
