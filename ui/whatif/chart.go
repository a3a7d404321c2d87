package whatif

import (
	"cmp"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/reach/picture"
	"unlisted/ui/kit"
)

// eye is how the person looks at the picture; it outlives a redraw.
type eye struct {
	zoom float32 // 0: as it fits
	at   fyne.Position
}

const (
	zoomStep = 1.25
	zoomMin  = 0.2
	zoomMax  = 3
	fitMin   = 0.72 // of words that still read well; large text gets no smaller than fitLarge
	fitLarge = 0.65
	lowest   = 300 // of the picture where the page gives it no height; the rest is a drag away
	tallest  = 620
	margin   = 16 // kept around a box that has the focus

	thin, firm, thick, thickest = 1, 1.4, 2, 3 // strokes
)

// chart draws a picture. It moves and grows without being made anew: only what
// changes is touched.
type chart struct {
	widget.BaseWidget
	kit    *kit.Kit
	pic    *picture.Picture
	eye    *eye
	boxes  []*box
	lines  *canvas.Raster
	heads  []*canvas.Text
	stack  *fyne.Container
	marked int // the box whose chain is shown; -1: none
	chosen int // the box of the account in the side panel; -1: none
	scale  float32
	motion motion

	hooks
}

// hooks is what the page does about the picture.
type hooks struct {
	said  func(item int) // -1: nothing
	press func(item int)
	seen  func() // the picture has the focus
}

var _ fyne.Draggable = (*chart)(nil)

// newChart makes the picture and puts every box into the semantic tree.
func newChart(s *kit.Scope, p *picture.Picture, e *eye) *chart {
	c := &chart{kit: s.Kit, pic: p, eye: e, marked: -1, chosen: -1}
	c.scale = s.Theme().Size(theme.SizeNameCaptionText) / picture.FontSize
	paper := s.Palette()
	c.lines = canvas.NewRaster(c.drawLines)
	objects := []fyne.CanvasObject{c.lines}
	for _, h := range p.Heads {
		w := canvas.NewText(h.Text, paper.Muted)
		w.TextStyle.Bold = true
		c.heads = append(c.heads, w)
		objects = append(objects, w)
	}
	c.boxes = make([]*box, len(p.Items))
	for _, i := range inOrder(p) {
		b := newBox(c, i)
		c.boxes[i] = b
		objects = append(objects, b)
		s.Add(&kit.Node{
			Role: "row", Name: p.Items[i].Name, Object: b, Press: func() { b.Tapped(nil) },
			Value: func() string { return value(s, p, i) },
		})
	}
	c.stack = container.NewWithoutLayout(objects...)
	c.ExtendBaseWidget(c)
	c.paint()
	return c
}

// value says in a word or two how a box fares.
func value(s *kit.Scope, p *picture.Picture, item int) string {
	if key := "picture.state." + string(p.Question()) + "." + p.StateKey(item); s.Text.Has(key) {
		return s.Text.T(key)
	}
	return ""
}

// inOrder lists the boxes as they are read: column by column, top to bottom.
func inOrder(p *picture.Picture) []int {
	out := make([]int, len(p.Items))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int {
		x, y := p.Items[a], p.Items[b]
		return cmp.Or(cmp.Compare(min(x.Role, picture.Account), min(y.Role, picture.Account)),
			cmp.Compare(x.Box.Y, y.Box.Y), cmp.Compare(x.Box.X, y.Box.X))
	})
	return out
}

func (c *chart) MinSize() fyne.Size {
	f := float32(1)
	if w := c.Size().Width; w > 0 { // what is drawn smaller needs less
		f = max(c.smallest(), min(1, w/(c.pic.Width*c.scale)))
	}
	return fyne.NewSize(200, max(lowest, min(tallest, c.pic.Least()*c.scale*f)))
}

func (c *chart) CreateRenderer() fyne.WidgetRenderer { return &chartRenderer{c} }

// chartRenderer draws nothing outside the frame. The toolkit's own clipping would
// take the place of that of the page around it.
type chartRenderer struct{ c *chart }

func (r *chartRenderer) Destroy()           {}
func (r *chartRenderer) Refresh()           { r.c.place(true) }
func (r *chartRenderer) MinSize() fyne.Size { return r.c.MinSize() }

func (r *chartRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.c.stack}
}

func (r *chartRenderer) Layout(size fyne.Size) {
	r.c.stack.Resize(size)
	r.c.lines.Resize(size)
	r.c.arrange(size)
	r.c.place(true)
}

// arrange fits the picture to the frame; what is too high for it is arranged
// wider, to be seen smaller.
func (c *chart) arrange(size fyne.Size) {
	w, h := size.Width/c.scale, size.Height/c.scale
	c.pic.Arrange(w, h)
	if z := max(c.smallest(), h/c.pic.Height); z < 1 {
		c.pic.Arrange(w/z, h/z)
	}
}

// fits is the size at which the whole picture is seen; words are kept large
// enough to read, and the rest is a drag away.
func (c *chart) fits() float32 {
	size := c.Size()
	return max(c.smallest(), min(1, size.Width/(c.pic.Width*c.scale), size.Height/(c.pic.Height*c.scale)))
}

// smallest is the size below which words cannot be read.
func (c *chart) smallest() float32 {
	if c.kit.Narrow() {
		return fitLarge
	}
	return fitMin
}

// factor turns measures of the picture into pixels.
func (c *chart) factor() float32 {
	if c.eye.zoom == 0 {
		return c.fits() * c.scale
	}
	return c.eye.zoom * c.scale
}

// place moves everything to where the eye sees it; resized says that words grow
// or shrink too.
func (c *chart) place(resized bool) {
	if c.Size().Width <= 0 {
		return // not laid out yet: the eye stays where it was
	}
	f := c.factor()
	c.eye.at = c.inside(c.eye.at, f)
	for i, h := range c.heads {
		h.Hidden = i >= len(c.pic.Heads)
		if h.Hidden {
			continue
		}
		b := c.pic.Heads[i].Box
		at := c.see(b.X, b.Y, f)
		h.TextSize = picture.FontSize * f
		h.Move(at)
		h.Hidden = at.X < 0 || at.Y < 0 || at.X+h.MinSize().Width > c.Size().Width || at.Y+b.H*f > c.Size().Height
		if resized {
			h.Refresh()
		}
	}
	for i, b := range c.boxes {
		at := c.boxAt(i)
		b.fit(c.see(at.X, at.Y, f), fyne.NewSize(at.W*f, at.H*f), f, resized)
	}
	c.lines.Refresh()
}

// see gives where a point of the picture is on the screen.
func (c *chart) see(x, y, f float32) fyne.Position {
	return fyne.NewPos(x*f+c.eye.at.X, y*f+c.eye.at.Y)
}

// inside keeps the picture in the frame: what is smaller than the frame stays
// in the middle of it, what is larger covers it.
func (c *chart) inside(at fyne.Position, f float32) fyne.Position {
	axis := func(at, picture, frame float32) float32 {
		if picture <= frame {
			return (frame - picture) / 2
		}
		return min(0, max(at, frame-picture))
	}
	return fyne.NewPos(axis(at.X, c.pic.Width*f, c.Size().Width), axis(at.Y, c.pic.Height*f, c.Size().Height))
}

// paint gives every box its colour: red only for what falls now.
func (c *chart) paint() {
	lit := map[int]bool{}
	if c.marked >= 0 {
		for _, e := range c.pic.Chain(c.marked) {
			lit[c.pic.Edges[e].From], lit[c.pic.Edges[e].To] = true, true
		}
	}
	for i, b := range c.boxes {
		look := c.look(c.pic.Items[i].State, lit[i])
		if was, moved := c.motion.was[c.pic.Items[i].ID]; moved && c.motion.on() {
			look = mix(c.look(was.State, false), look, c.motion.at)
		}
		accent, _ := c.kit.Colors(kit.Accent)
		switch {
		case b.focused || b.hovered:
			look.stroke, look.width = accent, thickest
		case i == c.chosen && c.marked < 0:
			look.width = thickest
		}
		b.ink(look)
	}
}

// look is how a box is drawn.
type look struct {
	fill, stroke color.Color
	width        float32
}

func (c *chart) look(state picture.State, lit bool) look {
	paper := c.kit.Palette()
	alarm, ground := c.kit.Colors(toneOf(c.pic.Question()))
	accent, _ := c.kit.Colors(kit.Accent)
	switch {
	case state == picture.Falls:
		return look{ground, alarm, firm}
	case state == picture.Hand:
		return look{ground, alarm, thickest}
	case lit:
		return look{paper.Ground, accent, thick}
	}
	return look{paper.Ground, paper.Line, thin}
}

// mark shows the chain of a box, or none.
func (c *chart) mark(item int) {
	c.marked = item
	c.paint()
	c.lines.Refresh()
	if c.said != nil {
		c.said(item)
	}
}

// unmark goes back to the box that has the focus, if any.
func (c *chart) unmark() {
	c.mark(slices.IndexFunc(c.boxes, func(b *box) bool { return b.focused }))
}

// zoom grows or shrinks the picture around its middle.
func (c *chart) zoom(by float32) {
	c.zoomAt(by, fyne.NewPos(c.Size().Width/2, c.Size().Height/2))
}

func (c *chart) zoomAt(by float32, at fyne.Position) {
	before := c.factor()
	c.eye.zoom = max(zoomMin, min(zoomMax, before/c.scale*by))
	f := c.factor() / before
	c.eye.at = fyne.NewPos(at.X-(at.X-c.eye.at.X)*f, at.Y-(at.Y-c.eye.at.Y)*f)
	c.place(true)
}

// whole shows all of the picture.
func (c *chart) whole() {
	c.eye.zoom = max(zoomMin, min(1, c.Size().Width/(c.pic.Width*c.scale), c.Size().Height/(c.pic.Height*c.scale)))
	c.eye.at = fyne.Position{}
	c.place(true)
}

func (c *chart) Dragged(e *fyne.DragEvent) {
	c.eye.at = c.eye.at.AddXY(e.Dragged.DX, e.Dragged.DY)
	c.place(false)
}

func (c *chart) DragEnd() {}

// wheel lies behind a picture that fills the page and takes the turns of the
// mouse wheel there. On a page that scrolls they belong to the page.
type wheel struct {
	widget.BaseWidget
	chart *chart
}

var _ fyne.Scrollable = (*wheel)(nil)

func newWheel(c *chart) *wheel {
	w := &wheel{chart: c}
	w.ExtendBaseWidget(w)
	return w
}

func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// Scrolled changes the size with Ctrl; else it moves what is higher than its
// frame.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	c := w.chart
	d, ok := kit.Driver().(desktop.Driver)
	if !ok || d.CurrentKeyModifiers()&(fyne.KeyModifierControl|fyne.KeyModifierSuper) == 0 {
		c.eye.at = c.eye.at.AddXY(e.Scrolled.DX, e.Scrolled.DY)
		c.place(false)
		return
	}
	by := float32(zoomStep)
	if e.Scrolled.DY < 0 {
		by = 1 / by
	}
	c.zoomAt(by, e.Position)
}

// bringIn moves the picture until a box is in sight.
func (c *chart) bringIn(item int) {
	if c.Size().Width <= 0 {
		return
	}
	f := c.factor()
	b := c.pic.Items[item].Box
	at := c.see(b.X, b.Y, f)
	axis := func(at, size, frame float32) float32 {
		switch {
		case at < margin:
			return margin - at
		case at+size > frame-margin:
			return frame - margin - at - size
		}
		return 0
	}
	dx, dy := axis(at.X, b.W*f, c.Size().Width), axis(at.Y, b.H*f, c.Size().Height)
	if dx != 0 || dy != 0 {
		c.eye.at = c.eye.at.AddXY(dx, dy)
		c.place(false)
	}
}

// next gives the nearest box in a direction, or -1.
func (c *chart) next(item int, dx, dy float32) int {
	from := c.pic.Items[item].Box
	best, least := -1, float32(0)
	for i, it := range c.pic.Items {
		x := it.Box.X + it.Box.W/2 - from.X - from.W/2
		y := it.Box.Y + it.Box.H/2 - from.Y - from.H/2
		along, across := x*dx+y*dy, max(x*dy+y*dx, -x*dy-y*dx)
		if i == item || along <= from.H/4 || dy != 0 && across > from.W {
			continue
		}
		if d := along + 2*across; best < 0 || d < least {
			best, least = i, d
		}
	}
	return best
}

// arrows are the directions of the arrow keys.
var arrows = map[fyne.KeyName][2]float32{
	fyne.KeyLeft: {-1, 0}, fyne.KeyRight: {1, 0}, fyne.KeyUp: {0, -1}, fyne.KeyDown: {0, 1},
}

// focus gives a box the focus.
func (c *chart) focus(item int) {
	if on := kit.Driver().CanvasForObject(c); on != nil {
		on.Focus(c.boxes[item])
	}
}
