package kit

import (
	"image/color"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// PageParts is what a page is made of, top to bottom. All but Title may be left
// out.
type PageParts struct {
	Above fyne.CanvasObject // before the title: the way back, how far one is
	Title string            // the answer, or the name of the page
	Lead  string            // one quiet line below it
	Tools fyne.CanvasObject // chips and search
	Body  fyne.CanvasObject
	Foot  fyne.CanvasObject // an ActionBar, always in sight
	Fill  bool              // Body takes the height that is left and scrolls by itself
}

// Page lays a page out. Where there is no room for columns everything above the
// foot scrolls.
func (s *Scope) Page(p PageParts) fyne.CanvasObject {
	var head []fyne.CanvasObject
	if p.Above != nil {
		head = append(head, p.Above)
	}
	before := len(s.part.nodes)
	top := []fyne.CanvasObject{s.Title(p.Title)}
	if p.Lead != "" {
		top = append(top, s.quiet(p.Lead))
	}
	// The parts were made before: the title is read first all the same.
	s.part.nodes = slices.Concat(s.part.nodes[before:], s.part.nodes[:before])
	head = append(head, CompactColumn(top...))
	if p.Tools != nil {
		head = append(head, p.Tools)
	}
	var body fyne.CanvasObject
	if p.Fill && !s.Narrow() {
		inner := container.NewBorder(
			container.New(layout.NewCustomPaddedLayout(0, gapLarge, 0, 0), Column(head...)),
			nil,
			nil,
			nil,
			p.Body,
		)
		body = container.New(&sheet{kit: s.Kit, fill: true}, inner)
	} else {
		objects := []fyne.CanvasObject{Column(head...)}
		if p.Body != nil {
			objects = append(objects, p.Body)
		}
		body = s.Sheet(objects...)
	}
	if p.Foot == nil {
		return body
	}
	return container.NewBorder(nil, p.Foot, nil, nil, body)
}

// quiet is running text that stands behind what is above it.
func (s *Scope) quiet(t string) fyne.CanvasObject {
	return s.label("text", t, theme.SizeNameText, false, widget.LowImportance)
}

// sheet leaves room around a page and takes no more width than reading can use.
type sheet struct {
	kit  *Kit
	fill bool
}

func (l *sheet) inset() float32 {
	if l.kit.Narrow() {
		return pageInset / 2
	}
	return pageInset
}

func (l *sheet) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	w, h := min(m.Width, 300)+2*l.inset(), m.Height+2*l.inset()
	if l.fill {
		h = min(h, 200) // what does not fit scrolls inside
	}
	return fyne.NewSize(w, h)
}

func (l *sheet) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	in := l.inset()
	w := min(size.Width-2*in, widest*l.kit.scale())
	o, h := objects[0], size.Height-2*in
	o.Move(fyne.NewPos(in, in))
	if l.fill {
		o.Resize(fyne.NewSize(w, h+in/2))
		return
	}
	o.Resize(fyne.NewSize(w, o.MinSize().Height))
	o.Resize(fyne.NewSize(w, max(o.MinSize().Height, h)))
}

// Sheet is the scrolling body of a page; one a scope. It stays where it was
// scrolled to.
func (s *Scope) Sheet(objects ...fyne.CanvasObject) *container.Scroll {
	return s.scroll("", container.New(&sheet{kit: s.Kit}, container.New(column{gapLarge}, objects...)))
}

// scroll lets a part of the page scroll by itself. The id tells it from the
// others of the page.
func (s *Scope) scroll(id string, content fyne.CanvasObject) *container.Scroll {
	body, fresh := reuse(s, "sheet", id, func() *container.Scroll { return container.NewVScroll(content) })
	body.OnScrolled = func(fyne.Position) { s.used() }
	if !fresh {
		body.Content = content
		body.Refresh()
	}
	s.part.scrolls[id] = body
	return body
}

// split stands two objects side by side, the first taking a share of the width.
type split struct{ share float32 }

func (split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+gapLarge, max(a.Height, b.Height))
}

func (l split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - gapLarge) * l.share
	widths := [2]float32{w, size.Width - gapLarge - w}
	x := float32(0)
	for i, o := range objects {
		// A wrapped text knows its height only once it knows its width.
		o.Resize(fyne.NewSize(widths[i], o.MinSize().Height))
		o.Resize(fyne.NewSize(widths[i], size.Height))
		o.Move(fyne.NewPos(x, 0))
		x += widths[i] + gapLarge
	}
}

// Columns stands a main part beside an aside of half its width; the one below
// the other where there is no room. Each is as high as what is in it.
func (s *Scope) Columns(main, aside fyne.CanvasObject) fyne.CanvasObject {
	if s.Narrow() {
		return container.New(column{gapLarge}, main, aside)
	}
	return container.New(split{0.645}, container.New(top{}, main), container.New(top{}, aside))
}

// FillColumns is Columns for a page that fills its height: main takes all of it,
// the aside scrolls where it must.
func (s *Scope) FillColumns(main, aside fyne.CanvasObject) fyne.CanvasObject {
	if s.Narrow() {
		return container.New(column{gapLarge}, main, aside)
	}
	return container.New(split{0.7}, main, s.scroll("aside", aside))
}

// top leaves an object as high as it is.
type top struct{}

func (top) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (top) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
	o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
}

// ListDetail stands rows (of Rows) beside what is chosen among them, two cards
// that scroll by themselves; for a page that fills its height. The one below the
// other where there is no room; detail may be nil there.
func (s *Scope) ListDetail(list, detail fyne.CanvasObject) fyne.CanvasObject {
	if s.Narrow() {
		out := []fyne.CanvasObject{s.rowsCard(list)}
		if detail != nil {
			out = append(out, s.surface(s.colors.surface, s.colors.line, detail))
		}
		return container.New(column{gapLarge}, out...)
	}
	if detail == nil {
		detail = Column()
	}
	in := container.New(layout.NewCustomPaddedLayout(cardInset, cardInset, cardInset, cardInset), detail)
	return container.New(
		split{0.52},
		s.sheetOf(s.scrolled(listID, list), rowsInset),
		s.sheetOf(s.scroll(detailID, in), 1),
	)
}

// rowsInset is what a card leaves around rows, which have room of their own.
const rowsInset = 4

// scrolled is an object that scrolls: by itself, or made to.
func (s *Scope) scrolled(id string, o fyne.CanvasObject) fyne.CanvasObject {
	if _, itself := o.(*rows); itself {
		return o
	}
	return s.scroll(id, o)
}

// sheetOf puts an object on a white card with little room around it.
func (k *Kit) sheetOf(o fyne.CanvasObject, inset float32) fyne.CanvasObject {
	back := canvas.NewRectangle(k.colors.surface)
	back.CornerRadius = cardRadius
	back.StrokeColor, back.StrokeWidth = k.colors.line, 1
	return container.NewStack(back, container.New(layout.NewCustomPaddedLayout(inset, inset, inset, inset), o))
}

// rowsCard puts rows on a card; a list that scrolls by itself gets a height.
func (s *Scope) rowsCard(list fyne.CanvasObject) fyne.CanvasObject {
	if l, itself := list.(*rows); itself {
		r := canvas.NewRectangle(color.Transparent)
		r.SetMinSize(fyne.NewSize(100, l.height()*listShort+gapSmall))
		list = container.NewStack(r, l)
	}
	return s.sheetOf(list, rowsInset)
}

// Panel is a card with a heading; "" for none.
func (s *Scope) Panel(title string, objects ...fyne.CanvasObject) fyne.CanvasObject {
	if title != "" {
		objects = append([]fyne.CanvasObject{s.Heading(title)}, objects...)
	}
	return s.Card(objects...)
}

// FillPanel is a card whose one object takes all its height: a picture.
func (s *Scope) FillPanel(title string, o fyne.CanvasObject) fyne.CanvasObject {
	inner := o
	if title != "" {
		inner = container.NewBorder(s.Heading(title), nil, nil, nil, o)
	}
	return s.surface(s.colors.surface, s.colors.line, inner)
}

// ActionBar is the foot of a page: what can be done, always in sight, and a few
// words about it. The first button is the one the page is for. By their place the
// buttons are found again, whatever they say: the focus stays where one goes on.
func (s *Scope) ActionBar(words string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	for i, o := range buttons {
		if n := s.nodeIn(o); n != nil {
			n.ID = "foot" + strconv.Itoa(i)
		}
	}
	inset := float32(pageInset)
	var content fyne.CanvasObject
	switch {
	case s.Narrow():
		inset = pageInset / 2
		content = s.wrap(buttons...)
		if words != "" {
			content = CompactColumn(s.Caption(words), content)
		}
	case words == "":
		content = Row(buttons...)
	default:
		content = container.NewBorder(nil, nil, container.New(middle{}, Row(buttons...)), nil,
			container.New(layout.NewCustomPaddedLayout(0, 0, gapLarge, 0), container.New(middle{}, s.quiet(words))))
	}
	back := canvas.NewRectangle(s.colors.surface)
	return container.NewStack(back, container.NewBorder(s.Line(), nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(gap, gap, inset, inset), content)))
}

// nodeIn is the node of what a container holds alone; nil where there is none.
func (s *Scope) nodeIn(o fyne.CanvasObject) *Node {
	if c, is := o.(*fyne.Container); is && len(c.Objects) == 1 {
		for _, n := range s.part.nodes {
			if n.Object == c.Objects[0] {
				return n
			}
		}
	}
	return nil
}

// middle centres an object from top to bottom.
type middle struct{}

func (middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(size.Width, h))
	o.Move(fyne.NewPos(0, max(0, (size.Height-h)/2)))
}

// flow lays objects out in lines, as words are.
type flow struct {
	x, y  float32
	width float32 // laid out last
}

// wrap lays objects side by side at their own size, in as many lines as they
// need.
func (k *Kit) wrap(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&flow{x: gap - 2, y: gap - 2}, objects...)
}

func (f *flow) place(
	objects []fyne.CanvasObject,
	width float32,
	put func(o fyne.CanvasObject, x, y float32, s fyne.Size),
) float32 {
	y := float32(0)
	for i := 0; i < len(objects); {
		x, high, next := float32(0), float32(0), i
		for ; next < len(objects); next++ {
			m := f.size(objects[next], width)
			if x > 0 && x+m.Width > width {
				break
			}
			if m.Width > 0 {
				x, high = x+m.Width+f.x, max(high, m.Height)
			}
		}
		for x = 0; i < next; i++ {
			if m := f.size(objects[i], width); m.Width > 0 {
				put(objects[i], x, y+(high-m.Height)/2, m)
				x += m.Width + f.x
			}
		}
		if y += high; next < len(objects) {
			y += f.y
		}
	}
	return y
}

// size is what an object takes of a line; nothing where it is hidden.
func (f *flow) size(o fyne.CanvasObject, width float32) fyne.Size {
	if !o.Visible() {
		return fyne.Size{}
	}
	m := o.MinSize()
	return fyne.NewSize(min(m.Width, width), m.Height)
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, least := f.width, float32(0)
	for _, o := range objects {
		least = max(least, min(o.MinSize().Width, 200))
	}
	if width == 0 {
		width = 1e6
	}
	return fyne.NewSize(least, f.place(objects, width, func(fyne.CanvasObject, float32, float32, fyne.Size) {}))
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, size.Width, func(o fyne.CanvasObject, x, y float32, s fyne.Size) {
		o.Resize(s)
		o.Move(fyne.NewPos(x, y))
	})
}
