package whatif

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/reach/picture"
	"unlisted/checks/text"
)

// box is one thing in the picture: it takes the focus, the pointer, a press.
type box struct {
	widget.BaseWidget
	chart   *chart
	item    int
	rect    *canvas.Rectangle
	lines   []*canvas.Text
	focused bool
	hovered bool
}

var (
	_ fyne.Focusable    = (*box)(nil)
	_ fyne.Tappable     = (*box)(nil)
	_ desktop.Hoverable = (*box)(nil)
)

// corner is how round a box is, in measures of the picture.
const corner = 6

func newBox(c *chart, item int) *box {
	it := c.pic.Items[item]
	b := &box{chart: c, item: item, rect: canvas.NewRectangle(nil)}
	for _, l := range it.Lines {
		w := canvas.NewText(text.Visible(l), c.kit.Palette().Text)
		w.TextSize = picture.FontSize
		w.TextStyle.Bold = it.State != picture.Calm || it.Role == picture.Group
		shorten(w, it.Box.W-2.4*picture.Inset) // type set small runs a little wider
		b.lines = append(b.lines, w)
	}
	b.ExtendBaseWidget(b)
	return b
}

// shorten cuts words that are wider than was reckoned with.
func shorten(w *canvas.Text, width float32) {
	r := []rune(w.Text)
	for n := len(r); n > 1 && fyne.MeasureText(w.Text, w.TextSize, w.TextStyle).Width > width; n-- {
		w.Text = string(r[:n-1]) + "…"
	}
}

func (b *box) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

func (b *box) CreateRenderer() fyne.WidgetRenderer { return &boxRenderer{b} }

type boxRenderer struct{ b *box }

func (r *boxRenderer) Destroy()           {}
func (r *boxRenderer) MinSize() fyne.Size { return r.b.MinSize() }
func (r *boxRenderer) Layout(fyne.Size)   {}
func (r *boxRenderer) Refresh()           { r.b.rect.Refresh() }

func (r *boxRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.b.rect}
	for _, l := range r.b.lines {
		out = append(out, l)
	}
	return out
}

// fit lays the box out at a size; what is out of sight is not drawn, and keeps
// its place in the walk of the focus.
func (b *box) fit(f float32, resized bool) {
	at, size, frame := b.Position(), b.Size(), b.chart.Size()
	out := at.X > frame.Width || at.Y > frame.Height || at.X+size.Width < 0 || at.Y+size.Height < 0
	changed := resized || b.rect.Hidden != out
	b.rect.Hidden = out
	b.rect.CornerRadius = corner * f
	b.rect.Resize(size)
	y := (size.Height - float32(len(b.lines))*picture.LineHeight*f) / 2
	for _, l := range b.lines {
		l.Hidden = out
		l.TextSize = picture.FontSize * f
		l.Move(fyne.NewPos(picture.Inset*f, y))
		l.Resize(fyne.NewSize(size.Width-2*picture.Inset*f, picture.LineHeight*f))
		if changed && !out {
			l.Refresh()
		}
		y += picture.LineHeight * f
	}
}

// ink colours the box; one that stays as it is costs nothing.
func (b *box) ink(fill, stroke color.Color, width float32) {
	if r := b.rect; r.FillColor != fill || r.StrokeColor != stroke || r.StrokeWidth != width {
		r.FillColor, r.StrokeColor, r.StrokeWidth = fill, stroke, width
		r.Refresh()
	}
}

// Tapped opens what the box stands for; where it leads nowhere it takes the
// focus and tells what it is.
func (b *box) Tapped(*fyne.PointEvent) {
	if it := b.chart.pic.Items[b.item]; it.Role < picture.Account {
		b.chart.focus(b.item)
		return
	}
	b.chart.press(b.item)
}

// FocusGained shows the chain.
func (b *box) FocusGained() {
	b.focused = true
	b.chart.bringIn(b.item)
	b.chart.mark(b.item)
	b.chart.look()
}

// FocusLost hides it again.
func (b *box) FocusLost() { b.focused = false; b.chart.unmark() }

// MouseIn shows the chain.
func (b *box) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.chart.mark(b.item) }

// MouseMoved changes nothing.
func (b *box) MouseMoved(*desktop.MouseEvent) {}

// MouseOut hides it again.
func (b *box) MouseOut() { b.hovered = false; b.chart.unmark() }

// TypedRune changes the size of the picture.
func (b *box) TypedRune(r rune) {
	switch r {
	case '+', '=':
		b.chart.zoom(zoomStep)
	case '-', '−':
		b.chart.zoom(1 / zoomStep)
	case '0':
		b.chart.whole()
	}
}

// TypedKey goes to the next box, or opens this one.
func (b *box) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.Tapped(nil)
		return
	}
	if to, ok := arrows[e.Name]; ok {
		if i := b.chart.next(b.item, to[0], to[1]); i >= 0 {
			b.chart.focus(i)
		}
	}
}
