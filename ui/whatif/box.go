package whatif

import (
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

// mostLines is how many lines of words a box has.
const mostLines = 3

// corner is how round a box is, in measures of the picture.
const corner = 6

func newBox(c *chart, item int) *box {
	it := c.pic.Items[item]
	b := &box{chart: c, item: item, rect: canvas.NewRectangle(nil)}
	for range mostLines {
		w := canvas.NewText("", c.kit.Palette().Text)
		w.TextStyle.Bold = it.State != picture.Calm || it.Role >= picture.Group
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

// fit lays the box out where the eye sees it, as far as that is within the frame.
// What is out of sight takes no room, and keeps its place in the walk of the
// focus.
func (b *box) fit(at fyne.Position, size fyne.Size, f float32, resized bool) {
	frame := b.chart.Size()
	x0, x1 := max(0, at.X), min(frame.Width, at.X+size.Width)
	y0, y1 := max(0, at.Y), min(frame.Height, at.Y+size.Height)
	out := x1-x0 < 1 || y1-y0 < 1
	if out {
		x0, x1, y0, y1 = min(x0, frame.Width), 0, min(y0, frame.Height), 0
	}
	seen := fyne.NewSize(max(0, x1-x0), max(0, y1-y0))
	resized = resized || b.rect.Hidden != out || b.Size() != seen
	b.Move(fyne.NewPos(x0, y0))
	b.Resize(seen)
	b.rect.Hidden = out
	b.rect.CornerRadius = corner * f
	b.rect.Resize(seen)
	words := b.chart.pic.Items[b.item].Lines
	left, line := at.X-x0+picture.Inset*f, picture.LineHeight*f
	y := at.Y - y0 + (size.Height-float32(len(words))*line)/2
	for i, l := range b.lines {
		l.Hidden = out || i >= len(words) || left < 0 || y < 0 || y+line > seen.Height
		if !l.Hidden {
			l.Move(fyne.NewPos(left, y))
			l.Resize(fyne.NewSize(max(0, seen.Width-left), line))
			if resized {
				l.TextSize = picture.FontSize * f
				l.Text = text.Visible(words[i])
				shorten(l, seen.Width-left-0.6*picture.Inset*f)
				l.Refresh()
			}
		}
		y += line
	}
}

// ink colours the box; one that stays as it is costs nothing.
func (b *box) ink(l look) {
	if r := b.rect; r.FillColor != l.fill || r.StrokeColor != l.stroke || r.StrokeWidth != l.width {
		r.FillColor, r.StrokeColor, r.StrokeWidth = l.fill, l.stroke, l.width
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
	b.chart.seen()
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
