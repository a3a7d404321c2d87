package check

import (
	"image/color"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/overview/timeline"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// line draws the leaks along the years. Which circles there are is known when it
// is made; where they stand, when it knows its width.
type line struct {
	widget.BaseWidget
	kit    *kit.Kit
	events []timeline.Event
	now    time.Time
	unit   float32 // how much larger than usual text is
	marks  []*mark // in the order of their dates
	axis   []fyne.CanvasObject
	legend []*swatch
	said   *canvas.Text // what the mark under the pointer, or with the focus, is
	words  string       // all of it
	width  float32
	bottom float32
}

// Measures at 100 % text.
const (
	captionSize = 13 // of the text that the layout is reckoned with
	legendLine  = 20 // height of a line of the legend
	legendGap   = 16
	legendSize  = 6 // radius of a shape in the legend
	thin        = 1
	firm        = 2
	thick       = 3 // of what has the focus
)

// newLine makes the picture of rows and puts every circle into the semantic
// tree. choose opens a row, filter shows the rows of some years.
func newLine(s *kit.Scope, v view, now time.Time, choose, filter func(string)) *line {
	t := s.Text
	l := &line{kit: s.Kit, now: now, unit: s.Theme().Size(theme.SizeNameCaptionText) / captionSize}
	for _, r := range v.drawn {
		l.events = append(l.events, r.event)
	}
	l.said = canvas.NewText("", s.Palette().Text)
	l.said.TextStyle.Bold, l.said.TextSize = true, captionSize*l.unit
	for _, x := range v.legend {
		l.legend = append(l.legend, newSwatch(s.Kit, x, l.unit))
	}
	single, groups := timeline.Split(l.events)
	for _, i := range single {
		r := v.drawn[i]
		words := text.VisibleLines(r.title + " · " + text.Join(r.accounts, r.detail))
		l.marks = append(l.marks, newMark(l, timeline.Mark{Event: i}, r.shape, words, func() { choose(r.arg) }))
		s.Add(&kit.Node{
			Role: "button", ID: r.arg, Name: text.VisibleLines(r.title), Value: func() string { return words },
			Object: l.marks[len(l.marks)-1], Press: func() { choose(r.arg) },
		})
	}
	for _, g := range groups {
		name := t.N("check.line.several", g.N, "years", strconv.Itoa(g.Year))
		press := func() { filter(yearsFilter(g.Year, g.Year)) }
		l.marks = append(l.marks, newMark(l, timeline.Mark{Event: -1, Group: g}, shape{}, name, press))
		s.Add(&kit.Node{
			Role: "button", ID: "year" + strconv.Itoa(g.Year), Name: name, Object: l.marks[len(l.marks)-1], Press: press,
		})
	}
	for _, m := range l.marks {
		m.chosen = m.of.Event >= 0 && v.chosen >= 0 && v.drawn[m.of.Event].arg == v.rows[v.chosen].arg
		m.paint()
	}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return lineRenderer{l} }

type lineRenderer struct{ l *line }

func (r lineRenderer) Destroy()           {}
func (r lineRenderer) Refresh()           { canvas.Refresh(r.l) }
func (r lineRenderer) Layout(s fyne.Size) { r.l.place(s.Width) }
func (r lineRenderer) MinSize() fyne.Size { return r.l.MinSize() }
func (l *line) height() float32           { return timeline.Height(len(l.events), l.width, l.unit) }
func (l *line) textHeight() float32       { return l.said.MinSize().Height }
func (l *line) measure(s string) float32  { return measure(s, captionSize*l.unit, false) }
func measure(s string, size float32, bold bool) float32 {
	return fyne.MeasureText(s, size, fyne.TextStyle{Bold: bold}).Width
}

// Objects implements fyne.WidgetRenderer.
func (r lineRenderer) Objects() []fyne.CanvasObject {
	out := slices.Clone(r.l.axis)
	for _, m := range r.l.marks {
		out = append(out, m)
	}
	for _, x := range r.l.legend {
		out = append(out, x.objects()...)
	}
	return append(out, r.l.said)
}

// MinSize implements fyne.CanvasObject: as high as it was at its last width.
func (l *line) MinSize() fyne.Size {
	return fyne.NewSize(200, max(l.bottom, l.height()+legendLine*l.unit))
}

// place lays everything out for a width.
func (l *line) place(width float32) {
	if width <= 0 || width == l.width {
		return
	}
	l.width = width
	out := timeline.New(l.events, timeline.Options{Width: width, Unit: l.unit, Now: l.now, Measure: l.measure})
	l.years(out)
	for _, at := range out.Marks {
		for _, m := range l.marks {
			if m.of.Event == at.Event && m.of.Year == at.Year {
				m.put(at)
			}
		}
	}
	x, y := float32(0), l.height()+(legendLine-captionSize)*l.unit/2
	l.said.Move(fyne.NewPos(0, y))
	for _, s := range l.legend {
		if w := s.width(); x > 0 && x+w > width {
			x, y = 0, y+legendLine*l.unit
		}
		s.move(x, y, l.textHeight())
		x += s.width() + legendGap*l.unit
	}
	l.bottom = y + legendLine*l.unit
	l.tell(l.words)
}

// years draws the axis.
func (l *line) years(out timeline.Layout) {
	l.axis = nil
	paper := l.kit.Palette()
	for _, y := range out.Ticks {
		rule := canvas.NewRectangle(paper.Faint)
		rule.Move(fyne.NewPos(y.X, 0))
		rule.Resize(fyne.NewSize(thin, out.Axis))
		l.axis = append(l.axis, rule)
		if !y.Named {
			continue
		}
		word := canvas.NewText(strconv.Itoa(y.Year), paper.Muted)
		word.TextSize = captionSize * l.unit
		size := word.MinSize()
		word.Resize(size)
		word.Move(fyne.NewPos(min(max(0, y.X-size.Width/2), out.Width-size.Width), out.Axis+2))
		l.axis = append(l.axis, word)
	}
}

// tell says what a mark is, in the place of the legend; "" brings that back.
func (l *line) tell(words string) {
	l.words = words
	said := []rune(words)
	for len(said) > 1 && measure(string(said), l.said.TextSize, true) > l.width {
		said = append(said[:max(1, len(said)*9/10-1)], '…')
	}
	l.said.Text = string(said)
	for _, x := range l.legend {
		for _, o := range x.objects() {
			if words == "" {
				o.Show()
			} else {
				o.Hide()
			}
		}
	}
	l.said.Refresh()
}

// next gives the focus to the mark before or after one.
func (l *line) next(m *mark, by int) {
	i := slices.Index(l.marks, m) + by
	if on := kit.Driver().CanvasForObject(l); on != nil && i >= 0 && i < len(l.marks) {
		on.Focus(l.marks[i])
	}
}

// ink gives the colours of a shape: of its outline, its fill, and the mark in
// it.
func ink(k *kit.Kit, s shape) (stroke, fill, sign color.Color) {
	tone := kit.Accent
	if s.phones {
		tone = kit.Danger
	}
	strong, _ := k.Colors(tone)
	paper := k.Palette().Ground
	switch {
	case s.later:
		return strong, paper, strong
	case s.phones:
		return strong, strong, paper
	}
	return strong, mix(strong, paper), paper
}

// mix is halfway between two colours.
func mix(a, b color.Color) color.Color {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	return color.NRGBA{uint8((ar + br) >> 9), uint8((ag + bg) >> 9), uint8((ab + bb) >> 9), 0xFF}
}

// figure is one shape as it is drawn: round, or square where the platform did
// it; with the sign of a phone where numbers were among it.
type figure struct {
	of     shape
	circle *canvas.Circle
	square *canvas.Rectangle
	phone  *canvas.Rectangle
}

func newFigure(k *kit.Kit, s shape) figure {
	_, fill, sign := ink(k, s)
	f := figure{of: s, circle: canvas.NewCircle(fill), square: canvas.NewRectangle(fill), phone: canvas.NewRectangle(sign)}
	f.square.CornerRadius, f.phone.CornerRadius = thick, thin
	f.circle.Hidden, f.square.Hidden, f.phone.Hidden = s.misuse, !s.misuse, !s.phones
	f.outline(k, false)
	return f
}

// outline draws its edge, firm where it is a ring, thick where it is marked.
func (f figure) outline(k *kit.Kit, marked bool) {
	stroke, _, _ := ink(k, f.of)
	width := float32(thin)
	switch {
	case marked:
		stroke, width = k.Palette().Text, thick
	case f.of.later:
		width = firm
	}
	f.circle.StrokeColor, f.circle.StrokeWidth = stroke, width
	f.square.StrokeColor, f.square.StrokeWidth = stroke, width
}

// put draws it around a point.
func (f figure) put(x, y, r float32) {
	side := r * 0.88 // a square looks larger than a circle
	f.circle.Move(fyne.NewPos(x-r, y-r))
	f.circle.Resize(fyne.NewSize(2*r, 2*r))
	f.square.Move(fyne.NewPos(x-side, y-side))
	f.square.Resize(fyne.NewSize(2*side, 2*side))
	w, h := max(thick, r*0.55), max(2*thick, r*0.95)
	f.phone.Move(fyne.NewPos(x-w/2, y-h/2))
	f.phone.Resize(fyne.NewSize(w, h))
}

// objects are what is drawn of it.
func (f figure) objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if out = append(out, f.circle); f.of.misuse {
		out[0] = f.square
	}
	if f.of.phones {
		out = append(out, f.phone)
	}
	return out
}

// swatch is one shape of the legend, with what it means.
type swatch struct {
	figure
	size float32
	word *canvas.Text
}

func newSwatch(k *kit.Kit, l legend, unit float32) *swatch {
	s := &swatch{figure: newFigure(k, l.shape), size: legendSize * unit, word: canvas.NewText(l.words, k.Palette().Muted)}
	s.word.TextSize = captionSize * unit
	return s
}

func (s *swatch) width() float32 { return 3*s.size + s.word.MinSize().Width }

func (s *swatch) move(x, y, height float32) {
	s.put(x+s.size, y+height/2, s.size)
	s.word.Move(fyne.NewPos(x+3*s.size, y))
	s.word.Resize(s.word.MinSize())
}

func (s *swatch) objects() []fyne.CanvasObject { return append(s.figure.objects(), s.word) }

// mark is one circle with its name: it takes the focus, the pointer, a press.
type mark struct {
	widget.BaseWidget
	line   *line
	of     timeline.Mark // where it stands, once that is known
	figure figure
	label  *canvas.Text
	words  string
	press  func()

	chosen, focused, hovered bool
}

var (
	_ fyne.Focusable    = (*mark)(nil)
	_ fyne.Tappable     = (*mark)(nil)
	_ desktop.Hoverable = (*mark)(nil)
)

func newMark(l *line, of timeline.Mark, s shape, words string, press func()) *mark {
	m := &mark{line: l, of: of, figure: newFigure(l.kit, s), words: words, press: press}
	m.label = canvas.NewText("", l.kit.Palette().Text)
	m.label.TextSize = captionSize * l.unit
	m.ExtendBaseWidget(m)
	return m
}

// put moves it to where the layout wants it.
func (m *mark) put(at timeline.Mark) {
	m.of = at
	left, right := at.X-at.R-thick, at.X+at.R+thick
	if at.Label != "" {
		left, right = min(left, at.LabelX), max(right, at.LabelX+at.LabelW)
	}
	half := max(at.R+thick, m.line.textHeight()/2)
	m.Move(fyne.NewPos(left, at.Y-half))
	m.Resize(fyne.NewSize(right-left, 2*half))
	m.figure.put(at.X-left, half, at.R)
	m.label.Text = at.Label
	size := m.label.MinSize()
	m.label.Move(fyne.NewPos(at.LabelX-left, half-size.Height/2))
	m.label.Resize(size)
}

func (m *mark) paint() {
	m.figure.outline(m.line.kit, m.chosen || m.hovered || m.focused)
	m.label.TextStyle.Underline = m.focused || m.chosen
	for _, o := range append(m.figure.objects(), m.label) {
		o.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (m *mark) CreateRenderer() fyne.WidgetRenderer { return markRenderer{m} }

type markRenderer struct{ m *mark }

func (r markRenderer) Destroy()           {}
func (r markRenderer) Layout(fyne.Size)   {}
func (r markRenderer) Refresh()           { r.m.paint() }
func (r markRenderer) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

// Objects implements fyne.WidgetRenderer.
func (r markRenderer) Objects() []fyne.CanvasObject {
	return append(r.m.figure.objects(), r.m.label)
}

// MinSize implements fyne.CanvasObject.
func (m *mark) MinSize() fyne.Size { return fyne.NewSize(1, 1) }

// show says what it is while the pointer or the focus is on it.
func (m *mark) show() {
	m.paint()
	if m.focused || m.hovered {
		m.line.tell(m.words)
		return
	}
	m.line.tell("")
}

// Tapped opens what it stands for.
func (m *mark) Tapped(*fyne.PointEvent) { m.press() }

// FocusGained says what it is.
func (m *mark) FocusGained() { m.focused = true; m.show() }

// FocusLost takes that back.
func (m *mark) FocusLost() { m.focused = false; m.show() }

// MouseIn says what it is.
func (m *mark) MouseIn(*desktop.MouseEvent) { m.hovered = true; m.show() }

// MouseMoved changes nothing.
func (m *mark) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes that back.
func (m *mark) MouseOut() { m.hovered = false; m.show() }

// TypedRune does nothing.
func (m *mark) TypedRune(rune) {}

// TypedKey opens it, or goes to the one before or after.
func (m *mark) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.press()
	case fyne.KeyLeft, fyne.KeyUp:
		m.line.next(m, -1)
	case fyne.KeyRight, fyne.KeyDown:
		m.line.next(m, 1)
	}
}
