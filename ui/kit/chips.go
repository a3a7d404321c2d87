package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// Tag is a word or two in the colour of what they mean.
type Tag struct {
	Word string
	Tone Tone
}

// Tags lays tags out in lines.
func (s *Scope) Tags(tags ...Tag) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(tags))
	for i, t := range tags {
		objects[i] = s.Badge(t.Word, t.Tone)
	}
	return container.New(&flow{x: gapSmall + 2, y: gapSmall}, objects...)
}

// Chip is one of several views of a list, with how much is in it.
type Chip struct {
	ID, Word string
	Count    int // -1: none is shown
}

func (k *Kit) chipWord(c Chip) string {
	w := text.VisibleLines(c.Word)
	if c.Count >= 0 {
		w += " " + k.Text.Number(int64(c.Count))
	}
	return w
}

// Chips lets the person choose one of several, all in sight.
func (s *Scope) Chips(chips []Chip, chosen string, choose func(id string)) fyne.CanvasObject {
	return s.ChipsMany(chips, func(id string) bool { return id == chosen }, choose)
}

// ChipsMany lets the person choose several of several.
func (s *Scope) ChipsMany(chips []Chip, on func(id string) bool, toggle func(id string)) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(chips))
	for i, c := range chips {
		objects[i] = s.chip(c, on(c.ID), func() { toggle(c.ID) })
	}
	return s.wrap(objects...)
}

func (s *Scope) chip(c Chip, on bool, press func()) fyne.CanvasObject {
	k, word := s.Kit, s.chipWord(c)
	w, _ := reuse(s, "chip", c.ID, func() *chip { return newChip(k) })
	w.on, w.press, w.word.Text = on, press, word
	w.paint()
	s.add(&Node{Role: "chip", ID: c.ID, Name: word, Object: w, Press: press, Value: func() string {
		if on {
			return "on"
		}
		return "off"
	}, State: func() State { return State{Checked: on} }})
	return w
}

// chip is a rounded word that can be pressed.
type chip struct {
	widget.BaseWidget
	spoken
	kit                  *Kit
	back                 *canvas.Rectangle
	word                 *canvas.Text
	press                func()
	on, focused, hovered bool
}

var (
	_ fyne.Focusable    = (*chip)(nil)
	_ fyne.Tappable     = (*chip)(nil)
	_ desktop.Hoverable = (*chip)(nil)
)

func newChip(k *Kit) *chip {
	c := &chip{kit: k, back: canvas.NewRectangle(color.Transparent), word: canvas.NewText("", k.colors.text)}
	c.word.Alignment = fyne.TextAlignCenter
	c.ExtendBaseWidget(c)
	return c
}

// MinSize implements fyne.CanvasObject.
func (c *chip) MinSize() fyne.Size {
	c.word.TextSize = c.kit.size(theme.SizeNameCaptionText)
	m := c.word.MinSize()
	return fyne.NewSize(m.Width+2*rowInset, max(30, m.Height+10))
}

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.back, c.word))
}

func (c *chip) paint() {
	p := c.kit.colors
	c.back.FillColor, c.back.StrokeColor, c.back.StrokeWidth = p.surface, p.line, 1
	c.word.Color, c.word.TextSize = p.text, c.kit.size(theme.SizeNameCaptionText)
	switch {
	case c.on:
		c.back.FillColor, c.word.Color, c.back.StrokeColor = p.text, p.surface, p.text
	case c.hovered:
		c.back.FillColor = p.hover
	}
	if c.focused {
		c.back.StrokeColor, c.back.StrokeWidth = p.accent, 2.5
	}
	c.back.CornerRadius = c.MinSize().Height / 2
	c.Refresh()
}

func (c *chip) Tapped(*fyne.PointEvent)        { c.press() }
func (c *chip) FocusGained()                   { c.kit.used(); c.focused = true; c.paint(); c.kit.reveal(c) }
func (c *chip) FocusLost()                     { c.focused = false; c.paint() }
func (c *chip) MouseIn(*desktop.MouseEvent)    { c.kit.used(); c.hovered = true; c.paint() }
func (c *chip) MouseMoved(*desktop.MouseEvent) {}
func (c *chip) MouseOut()                      { c.hovered = false; c.paint() }
func (c *chip) TypedRune(rune)                 {}

func (c *chip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.press()
	}
}

// Search is a field that narrows a list while it is typed in. The id and what is
// typed are kept as those of a Field; label names it and stands in it while it is
// empty.
func (s *Scope) Search(id, label string, changed func(string)) fyne.CanvasObject {
	f := s.Field(id, label, label, false, nil)
	f.entry.OnChanged = func(v string) {
		f.typed(v)
		changed(v)
	}
	f.entry.Icon = IconSearch.in(s.colors.muted)
	return s.Wide(f.entry, 200)
}
