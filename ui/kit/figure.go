package kit

import (
	"hash/fnv"
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// Figure is a number that counts, and what it counts.
type Figure struct {
	Value, Words string
	Tone         Tone
	Press        func() // leads on; nil: nowhere
}

// Tiles shows figures in cards of one size, as many side by side as have room.
func (s *Scope) Tiles(figures []Figure) fyne.CanvasObject {
	tiles := make([]fyne.CanvasObject, len(figures))
	for i, f := range figures {
		tiles[i] = s.tile(f)
	}
	return container.New(&tileGrid{least: 165 * s.scale()}, tiles...)
}

func (s *Scope) tile(f Figure) fyne.CanvasObject {
	ink, _ := s.tone(f.Tone)
	if f.Tone == Neutral {
		ink = s.colors.text
	}
	value := canvas.NewText(text.Visible(f.Value), ink)
	value.TextStyle.Bold = true
	value.TextSize = sizeFigure * (1 + (s.scale()-1)*0.6)
	words := &widget.Label{
		Text:       text.VisibleLines(f.Words),
		Wrapping:   fyne.TextWrapWord,
		SizeName:   theme.SizeNameCaptionText,
		Importance: widget.LowImportance,
	}
	words.ExtendBaseWidget(words)
	content := container.New(layout.NewCustomPaddedLayout(rowInset, rowInset, rowInset+gapSmall, rowInset+gapSmall),
		container.New(column{gapSmall}, value, s.prose(words, lineLength)))
	n := &Node{Role: "figure", Name: f.Value + " " + f.Words, Object: content, Press: f.Press}
	var inner fyne.CanvasObject = content
	if f.Press != nil {
		p := newPressable(s.Kit, content, f.Press, cardRadius)
		n.Object, inner = p, p
	}
	s.add(n)
	back := canvas.NewRectangle(s.colors.surface)
	back.CornerRadius, back.StrokeColor, back.StrokeWidth = cardRadius, s.colors.line, 1
	return container.NewStack(back, inner)
}

// tileGrid lays objects out in columns of one width, none under least.
type tileGrid struct{ least, width float32 }

func (g *tileGrid) columns(n int, width float32) int {
	if width == 0 {
		return n
	}
	c := max(1, min(n, int((width+gapLarge)/(g.least+gapLarge))))
	rows := (n + c - 1) / c
	return (n + rows - 1) / rows // 4 in rows of 3 and 1 look torn: 2 and 2
}

func (g *tileGrid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	h := float32(0)
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	c := g.columns(len(objects), g.width)
	rows := float32((len(objects) + c - 1) / c)
	return fyne.NewSize(g.least, rows*h+(rows-1)*gapLarge)
}

func (g *tileGrid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if len(objects) == 0 {
		return
	}
	g.width = size.Width
	c := g.columns(len(objects), size.Width)
	w, h := (size.Width-float32(c-1)*gapLarge)/float32(c), float32(0)
	for _, o := range objects {
		o.Resize(fyne.NewSize(w, o.MinSize().Height))
		h = max(h, o.MinSize().Height)
	}
	for i, o := range objects {
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(float32(i%c)*(w+gapLarge), float32(i/c)*(h+gapLarge)))
	}
}

// squares are the grounds of monograms: white letters reach 4.5 : 1 on each.
var squares = [...]uint32{
	0x2F62D0,
	0x15704A,
	0xB3261E,
	0x6B3FA0,
	0x0A6C8A,
	0x9A4D00,
	0xA8326E,
	0x3F5B2E,
	0x4A4FC4,
	0x7A3B2E,
	0x37474F,
	0x8A5A00,
}

// monogram is the first letter of a name on a colour that stays the platform's.
func (k *Kit) monogram(id, name string) fyne.CanvasObject {
	letter, ground, ink := k.monogramOf(id, name)
	back := canvas.NewRectangle(ground)
	back.CornerRadius = radius
	if k.Look.Name == "contrast" {
		back.StrokeColor, back.StrokeWidth = k.colors.line, 1
	}
	word := canvas.NewText(letter, ink)
	word.TextStyle.Bold, word.Alignment, word.TextSize = true, fyne.TextAlignCenter, k.size(theme.SizeNameText)
	side := squareSize * k.scale()
	back.SetMinSize(fyne.NewSize(side, side))
	return container.New(square{side}, back, word)
}

func (k *Kit) monogramOf(id, name string) (letter string, ground, ink color.Color) {
	for _, r := range text.Visible(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letter = strings.ToUpper(string(r))
			break
		}
	}
	if k.Look.Name == "contrast" {
		return letter, k.colors.surface, k.colors.text
	}
	h := fnv.New32a()
	h.Write([]byte(id))
	return letter, rgb(squares[h.Sum32()%uint32(len(squares))]), color.White
}

// square keeps objects at one size, in the middle of the height they get.
type square struct{ side float32 }

func (q square) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(q.side, q.side) }

func (q square) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(q.side, q.side))
		o.Move(fyne.NewPos(0, max(0, (size.Height-q.side)/2)))
	}
}

// Monogram shows the letter of a platform, in its colour; the name stands beside
// it, so it is none of its own in the tree.
func (s *Scope) Monogram(id, name string) fyne.CanvasObject { return s.monogram(id, name) }

// Meter is a slim bar that says how much is done of all.
func (s *Scope) Meter(name string, done, all int) fyne.CanvasObject {
	f := float32(0)
	if all > 0 {
		f = min(1, float32(max(0, done))/float32(all))
	}
	ground, bar := canvas.NewRectangle(s.colors.pressed), canvas.NewRectangle(s.colors.accent)
	if s.Look.Name == "contrast" {
		ground.StrokeColor, ground.StrokeWidth = s.colors.line, 1
	}
	ground.CornerRadius, bar.CornerRadius = gapSmall, gapSmall
	o := container.New(meter{f}, ground, bar)
	s.add(&Node{Role: "progress", Name: name, Object: o, Value: func() string {
		return s.Text.T("kit.of", "done", s.Text.Number(int64(done)), "all", s.Text.Number(int64(all)))
	}, State: func() State { return State{Part: float64(f)} }})
	return o
}

type meter struct{ share float32 }

func (meter) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 8) }

func (m meter) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(size.Width*m.share, size.Height))
}
