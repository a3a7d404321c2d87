package overview

import (
	"image"
	"image/color"
	"image/draw"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/vector"

	"unlisted/checks/overview/holders"
	"unlisted/ui/kit"
)

// How strongly bands are drawn: as usual, shown with the box that is pointed at,
// and while another box is.
const (
	usual  = 0x66
	strong = 0xc0
	faint  = 0x18
)

// rim is left free on both sides, for the frames of boxes.
const rim = 2

// fontSize is that of the words in the boxes at 100 % text.
const fontSize = 13

// chart draws the map: boxes on both sides, bands between them in one image.
type chart struct {
	widget.BaseWidget
	kit    *kit.Kit
	data   holders.Map
	boxes  []*box // the left side, then the right
	bands  *canvas.Raster
	layout holders.Layout
	scale  float32
	marked int // the box whose bands are shown; -1: none
}

// newChart makes the map and puts every box into the semantic tree, by the way
// it is read: the person's side, then the groups.
func newChart(s *kit.Scope, v view, open func(target)) *chart {
	c := &chart{kit: s.Kit, data: v.chart, marked: -1, scale: s.Theme().Size(theme.SizeNameCaptionText) / fontSize}
	c.bands = canvas.NewRaster(c.draw)
	for i, side := range append(append([]side{}, v.left...), v.right...) {
		b := newBox(c, i, side, func() { open(side.to) })
		c.boxes = append(c.boxes, b)
		s.Add(&kit.Node{Role: "row", Name: side.name, Object: b, Press: b.press, Value: func() string { return side.value }})
	}
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

// right is the first box of the right side.
func (c *chart) right() int { return len(c.data.Holdings) }

func (c *chart) MinSize() fyne.Size { return fyne.NewSize(320, c.data.Least(c.scale)) }

func (c *chart) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{c.bands}
	for _, b := range c.boxes {
		objects = append(objects, b)
	}
	stack := container.NewWithoutLayout(objects...)
	return &chartRenderer{c, stack}
}

type chartRenderer struct {
	c     *chart
	stack *fyne.Container
}

func (r *chartRenderer) Destroy()                     {}
func (r *chartRenderer) Refresh()                     { r.c.place() }
func (r *chartRenderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *chartRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.stack} }

func (r *chartRenderer) Layout(size fyne.Size) {
	r.stack.Resize(size)
	r.c.bands.Resize(size)
	r.c.place()
}

// place lays everything out in the room there is.
func (c *chart) place() {
	size := c.Size()
	if size.Width <= 0 {
		return
	}
	c.layout = c.data.Arrange(size.Width-2*rim, size.Height, c.scale)
	for i, b := range c.boxes {
		at := c.boxAt(i)
		b.Move(fyne.NewPos(at.X+rim, at.Y))
		b.Resize(fyne.NewSize(at.W, at.H))
	}
	c.bands.Refresh()
}

func (c *chart) boxAt(i int) holders.Box {
	if i < c.right() {
		return c.layout.Holdings[i]
	}
	return c.layout.Groups[i-c.right()]
}

// touches reports whether a flow begins or ends at a box.
func (c *chart) touches(f holders.Flow, box int) bool {
	return f.Holding == box || f.Group+c.right() == box
}

// mark shows what a box has in common with the other side; -1 shows all again.
func (c *chart) mark(box int) {
	c.marked = box
	c.paint()
	c.bands.Refresh()
}

// unmark goes back to the box that has the focus, if any.
func (c *chart) unmark() {
	for i, b := range c.boxes {
		if b.focused {
			c.mark(i)
			return
		}
	}
	c.mark(-1)
}

// paint gives the boxes their colours and words.
func (c *chart) paint() {
	for i, b := range c.boxes {
		near, share := c.marked < 0 || c.marked == i, ""
		for _, f := range c.data.Flows {
			if c.marked >= 0 && c.marked != i && c.touches(f, c.marked) && c.touches(f, i) {
				near, share = true, c.share(i)
			}
		}
		b.ink(near, share)
	}
}

// share is what a box has in common with the marked one, in words.
func (c *chart) share(i int) string {
	other := c.marked
	if i < c.right() {
		other -= c.right()
	}
	if other < 0 || other >= len(c.boxes[i].words.shares) {
		return ""
	}
	return c.boxes[i].words.shares[other]
}

// draw draws the bands, those of one colour and strength at once.
func (c *chart) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if c.Size().Width <= 0 || w == 0 || h == 0 {
		return img
	}
	dots := float32(w) / c.Size().Width
	type ink struct {
		tone  kit.Tone
		alpha uint8
	}
	layers := map[ink][]holders.Band{}
	for i, f := range c.data.Flows {
		if i >= len(c.layout.Bands) {
			return img
		}
		alpha := uint8(usual)
		switch {
		case c.marked >= 0 && c.touches(f, c.marked):
			alpha = strong
		case c.marked >= 0:
			alpha = faint
		}
		k := ink{c.boxes[c.right()+f.Group].words.tone, alpha}
		layers[k] = append(layers[k], c.layout.Bands[i])
	}
	r := vector.NewRasterizer(w, h)
	for _, alpha := range []uint8{faint, usual, strong} {
		for tone := kit.Neutral; tone <= kit.Danger; tone++ {
			list := layers[ink{tone, alpha}]
			if len(list) == 0 {
				continue
			}
			r.Reset(w, h)
			r.DrawOp = draw.Over
			for _, b := range list {
				addBand(r, b, dots)
			}
			c0, _ := c.kit.Colors(tone)
			r.Draw(img, img.Rect, image.NewUniform(see(c0, alpha)), image.Point{})
		}
	}
	return img
}

// see is a colour through which what is behind it is seen.
func see(c color.Color, alpha uint8) color.Color {
	r, g, b, _ := c.RGBA()
	return color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: alpha}
}

// addBand adds the outline of a band: level at both ends.
func addBand(r *vector.Rasterizer, b holders.Band, dots float32) {
	half, mid := b.Thick/2*dots, ((b.X0+b.X1)/2+rim)*dots
	x0, y0, x1, y1 := (b.X0+rim)*dots, b.Y0*dots, (b.X1+rim)*dots, b.Y1*dots
	r.MoveTo(x0, y0-half)
	r.CubeTo(mid, y0-half, mid, y1-half, x1, y1-half)
	r.LineTo(x1, y1+half)
	r.CubeTo(mid, y1+half, mid, y0+half, x0, y0+half)
	r.ClosePath()
}

// box is one box of the map: it takes the focus, the pointer, a press.
type box struct {
	widget.BaseWidget
	chart   *chart
	at      int
	words   side
	press   func()
	rect    *canvas.Rectangle
	name    *canvas.Text
	lines   []*canvas.Text // of the detail
	said    string         // what the lines hold
	focused bool
	hovered bool
}

var (
	_ fyne.Focusable    = (*box)(nil)
	_ fyne.Tappable     = (*box)(nil)
	_ desktop.Hoverable = (*box)(nil)
)

// inset is the distance of the words to the edge of their box, at 100 % text.
const inset = 10

// mostLines is how many lines of detail a box has room for.
const mostLines = 3

func newBox(c *chart, at int, words side, press func()) *box {
	b := &box{chart: c, at: at, words: words, press: press, rect: canvas.NewRectangle(nil), said: words.detail}
	b.name = canvas.NewText("", nil)
	b.name.TextStyle.Bold = true
	for range mostLines {
		b.lines = append(b.lines, canvas.NewText("", nil))
	}
	b.ExtendBaseWidget(b)
	return b
}

func (b *box) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

func (b *box) CreateRenderer() fyne.WidgetRenderer { return &boxRenderer{b} }

type boxRenderer struct{ b *box }

func (r *boxRenderer) Destroy()           {}
func (r *boxRenderer) MinSize() fyne.Size { return r.b.MinSize() }
func (r *boxRenderer) Layout(fyne.Size)   { r.b.fit() }
func (r *boxRenderer) Refresh()           { r.b.rect.Refresh() }

func (r *boxRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.b.rect, r.b.name}
	for _, l := range r.b.lines {
		out = append(out, l)
	}
	return out
}

// fit lays the words out: the name, and as much of the detail as there is room
// for.
func (b *box) fit() {
	size, s := b.Size(), b.chart.scale
	b.rect.CornerRadius = 6 * s
	b.rect.Resize(size)
	lineH := 19 * s
	room := min(mostLines, int((size.Height-8*s)/lineH)-1)
	width := size.Width - 2*inset*s
	b.name.TextSize = (fontSize + 0.5) * s
	fill(b.name, b.words.name, width)
	words := wrap(b.said, width, max(0, room), fontSize*s)
	y := (size.Height - float32(1+len(words))*lineH) / 2
	b.name.Move(fyne.NewPos(inset*s, y))
	b.name.Resize(fyne.NewSize(width, lineH))
	for i, l := range b.lines {
		l.TextSize = fontSize * s
		l.Text = ""
		if i < len(words) {
			l.Text = words[i]
		}
		l.Move(fyne.NewPos(inset*s, y+float32(i+1)*lineH))
		l.Resize(fyne.NewSize(width, lineH))
		l.Refresh()
	}
}

// fill writes as much as fits a width.
func fill(t *canvas.Text, words string, width float32) {
	if lines := cut(words, width, t.TextSize, t.TextStyle); t.Text != lines {
		t.Text = lines
	}
	t.Refresh()
}

// cut shortens words that are wider than there is room.
func cut(words string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(words, size, style).Width <= width {
		return words
	}
	r := []rune(words)
	low, high := 0, len(r)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(r[:mid])+"…", size, style).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(r[:low]) + "…"
}

// wrap breaks words into lines of a width; what is left over is cut.
func wrap(words string, width float32, lines int, size float32) (out []string) {
	line := ""
	for w := range strings.SplitSeq(words, " ") {
		next := strings.TrimPrefix(line+" "+w, " ")
		if line != "" && len(out) < lines-1 && fyne.MeasureText(next, size, fyne.TextStyle{}).Width > width {
			out = append(out, line)
			next = w
		}
		line = next
		if len(out) >= lines-1 && fyne.MeasureText(line, size, fyne.TextStyle{}).Width > width {
			break
		}
	}
	if lines < 1 || line == "" {
		return out
	}
	return append(out, cut(line, width, size, fyne.TextStyle{}))
}

// ink colours the box; share takes the place of its detail while another box is
// pointed at.
func (b *box) ink(near bool, share string) {
	paper := b.chart.kit.Palette()
	tone, _ := b.chart.kit.Colors(b.words.tone)
	accent, tint := b.chart.kit.Colors(kit.Accent)
	b.rect.FillColor, b.rect.StrokeColor, b.rect.StrokeWidth = paper.Ground, tone, 1.4
	b.name.Color = tone
	if b.at < b.chart.right() {
		b.rect.FillColor, b.rect.StrokeColor, b.name.Color = tint, accent, paper.Text
	}
	text := paper.Text
	if !near {
		b.rect.StrokeColor, b.name.Color, text = paper.Faint, paper.Muted, paper.Muted
	}
	if b.focused || b.hovered {
		b.rect.StrokeColor, b.rect.StrokeWidth = accent, 3
	}
	for _, l := range b.lines {
		l.Color = text
	}
	if b.said = b.words.detail; share != "" {
		b.said = share
	}
	if b.Size().Width > 0 {
		b.fit()
	}
	b.rect.Refresh()
}

// Tapped leads on.
func (b *box) Tapped(*fyne.PointEvent) { b.press() }

// FocusGained shows its bands.
func (b *box) FocusGained() { b.focused = true; b.chart.mark(b.at) }

// FocusLost shows all again.
func (b *box) FocusLost() { b.focused = false; b.chart.unmark() }

// MouseIn shows its bands.
func (b *box) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.chart.mark(b.at) }

// MouseMoved changes nothing.
func (b *box) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows all again.
func (b *box) MouseOut() { b.hovered = false; b.chart.unmark() }

// TypedRune does nothing.
func (b *box) TypedRune(rune) {}

// TypedKey leads on, or to the next box.
func (b *box) TypedKey(e *fyne.KeyEvent) {
	to := b.at
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.press()
		return
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyRight:
		to = max(to, b.chart.right())
	case fyne.KeyLeft:
		to = min(to, b.chart.right()-1)
	}
	if to != b.at && to >= 0 && to < len(b.chart.boxes) {
		if on := kit.Driver().CanvasForObject(b.chart); on != nil {
			on.Focus(b.chart.boxes[to])
		}
	}
}
