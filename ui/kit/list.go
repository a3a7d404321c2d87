package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// Item is one row of a list: two lines and a word at the end.
type Item struct {
	Title, Detail string
	Badge         string
	Tone          Tone
}

// rowHeight is a row of a long list at 100 % text.
const rowHeight = 62

// Lists up to listWhole rows are laid out whole and scroll with their page;
// longer ones show listShort rows and scroll by themselves.
const (
	listWhole = 60
	listShort = 9
)

// Whole reports whether a list of n rows is laid out whole.
func (k *Kit) Whole(n int) bool { return n <= listWhole }

// List shows rows on a surface. picked is called with a row's index by mouse,
// Enter or Space; nil where rows lead nowhere.
func (s *Scope) List(items []Item, picked func(int)) fyne.CanvasObject {
	items = visible(items)
	if !s.Whole(len(items)) {
		return s.long(items, picked)
	}
	rows := make([]fyne.CanvasObject, 0, 2*len(items))
	for i, it := range items {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		rows = append(rows, s.entryRow(it, func() {
			if picked != nil {
				picked(i)
			}
		}, picked != nil))
	}
	return s.surface(s.colors.surface, s.colors.line, container.New(column{1}, rows...))
}

// visible makes the words of rows visible: they may come from anywhere.
func visible(items []Item) []Item {
	items = slices.Clone(items)
	for i, it := range items {
		items[i].Title, items[i].Detail, items[i].Badge = text.VisibleLines(it.Title), text.VisibleLines(it.Detail), text.VisibleLines(it.Badge)
	}
	return items
}

// entryRow is one row laid out whole: its words wrap instead of being cut.
func (s *Scope) entryRow(it Item, press func(), leads bool) fyne.CanvasObject {
	title := &widget.Label{Text: it.Title, Wrapping: fyne.TextWrapWord, TextStyle: fyne.TextStyle{Bold: true}}
	detail := &widget.Label{Text: it.Detail, Wrapping: fyne.TextWrapWord, SizeName: theme.SizeNameCaptionText, Importance: widget.LowImportance}
	title.ExtendBaseWidget(title)
	detail.ExtendBaseWidget(detail)
	words := []fyne.CanvasObject{title}
	if it.Detail != "" {
		words = append(words, detail)
	}
	var content fyne.CanvasObject = container.New(column{-8}, words...)
	if it.Badge != "" {
		badge := s.badge(it.Badge, it.Tone)
		if s.Large() {
			content = container.New(column{2}, content, badge)
		} else {
			content = container.NewBorder(nil, nil, nil, container.NewVBox(layout.NewSpacer(), badge, layout.NewSpacer()), content)
		}
	}
	n := &Node{Role: "row", Name: it.Title, Object: content, Value: func() string { return it.Detail + " " + it.Badge }}
	if leads {
		r := &pressable{kit: s.Kit, content: content, press: press, back: canvas.NewRectangle(color.Transparent)}
		r.back.CornerRadius = radius
		r.ExtendBaseWidget(r)
		n.Object, n.Press = r, press
	}
	s.add(n)
	return n.Object
}

// pressable makes a row lead somewhere, by mouse and by keyboard.
type pressable struct {
	widget.BaseWidget
	kit     *Kit
	content fyne.CanvasObject
	back    *canvas.Rectangle
	press   func()
	focused bool
	hovered bool
}

var (
	_ fyne.Focusable    = (*pressable)(nil)
	_ fyne.Tappable     = (*pressable)(nil)
	_ desktop.Hoverable = (*pressable)(nil)
)

func (p *pressable) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.back, p.content))
}

func (p *pressable) paint() {
	p.back.FillColor, p.back.StrokeWidth = color.Transparent, 0
	if p.hovered {
		p.back.FillColor = p.kit.colors.hover
	}
	if p.focused {
		p.back.StrokeColor, p.back.StrokeWidth = p.kit.colors.accent, 2
	}
	p.back.Refresh()
}

func (p *pressable) Tapped(*fyne.PointEvent)        { p.press() }
func (p *pressable) FocusGained()                   { p.focused = true; p.paint() }
func (p *pressable) FocusLost()                     { p.focused = false; p.paint() }
func (p *pressable) MouseIn(*desktop.MouseEvent)    { p.hovered = true; p.paint() }
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}
func (p *pressable) MouseOut()                      { p.hovered = false; p.paint() }
func (p *pressable) TypedRune(rune)                 {}

func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.press()
	}
}

// long is a list of which only the rows in sight exist.
func (s *Scope) long(items []Item, picked func(int)) fyne.CanvasObject {
	k := s.Kit
	l, fresh := reuse(s, "list", "", func() *rows { return newRows(k) })
	l.items, l.picked = items, picked
	if !fresh {
		l.Refresh()
	}
	for i, it := range items {
		n := &Node{Role: "row", Name: it.Title, Object: l, Value: func() string { return it.Detail + " " + it.Badge }}
		if picked != nil {
			n.Press = func() { picked(i) }
		}
		s.add(n)
	}
	r := canvas.NewRectangle(color.Transparent)
	each := max(l.MinSize().Height, rowHeight*k.size(theme.SizeNameText)/sizeBody*0.96)
	r.SetMinSize(fyne.NewSize(100, each*listShort+gapSmall))
	return k.surface(k.colors.surface, k.colors.line, container.NewStack(r, l))
}

// rows is the list behind long; its values change and it stays.
type rows struct {
	widget.List
	items  []Item
	picked func(int)
}

func newRows(k *Kit) *rows {
	l := &rows{}
	l.Length = func() int { return len(l.items) }
	l.CreateItem = func() fyne.CanvasObject { return newRow(k) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*row).show(l.items[i]) }
	l.OnSelected = func(i widget.ListItemID) {
		l.Unselect(i) // a row leads somewhere; it does not stay marked
		if l.picked != nil {
			l.picked(i)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// row is the template of a list row.
type row struct {
	widget.BaseWidget
	kit           *Kit
	title, detail *canvas.Text
	badge         *canvas.Text
	back          *canvas.Rectangle
	content       *fyne.Container
}

func newRow(k *Kit) *row {
	r := &row{kit: k, title: canvas.NewText("", k.colors.text), detail: canvas.NewText("", k.colors.muted), badge: canvas.NewText("", k.colors.muted), back: canvas.NewRectangle(k.colors.hover)}
	r.title.TextStyle.Bold, r.badge.TextStyle.Bold = true, true
	r.title.TextSize, r.detail.TextSize, r.badge.TextSize = k.size(theme.SizeNameText), k.size(theme.SizeNameCaptionText), k.size(theme.SizeNameCaptionText)
	r.back.CornerRadius = 9
	badge := container.NewVBox(layout.NewSpacer(), container.NewStack(r.back, container.New(layout.NewCustomPaddedLayout(2, 3, 9, 9), r.badge)), layout.NewSpacer())
	lines := container.New(clip{}, r.title, r.detail)
	r.content = container.New(layout.NewCustomPaddedLayout(6, 6, 6, 6), container.NewBorder(nil, nil, nil, badge, lines))
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

func (r *row) show(it Item) {
	ink, ground := r.kit.tone(it.Tone)
	small := r.kit.size(theme.SizeNameCaptionText)
	r.title.Color, r.title.TextSize = r.kit.colors.text, r.kit.size(theme.SizeNameText)
	r.detail.Color, r.detail.TextSize, r.badge.TextSize = r.kit.colors.muted, small, small
	r.title.Text, r.detail.Text, r.badge.Text = it.Title, it.Detail, it.Badge
	r.badge.Color, r.back.FillColor = ink, ground
	if it.Badge == "" {
		r.back.Hide()
		r.badge.Hide()
	} else {
		r.back.Show()
		r.badge.Show()
	}
	r.Refresh()
	r.content.Refresh()
}

// clip stacks lines of text and shortens what is too wide, so that nothing runs
// into the badge.
type clip struct{}

func (clip) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m.Height += fyne.MeasureText("Ág", o.(*canvas.Text).TextSize, o.(*canvas.Text).TextStyle).Height + 3
	}
	m.Width = 80
	return m
}

func (clip) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		t := o.(*canvas.Text)
		shorten(t, size.Width)
		h := fyne.MeasureText("Ág", t.TextSize, t.TextStyle).Height
		t.Move(fyne.NewPos(0, y))
		t.Resize(fyne.NewSize(size.Width, h))
		y += h + 3
	}
}

func shorten(t *canvas.Text, width float32) {
	if width <= 0 || fyne.MeasureText(t.Text, t.TextSize, t.TextStyle).Width <= width {
		return
	}
	r := []rune(t.Text)
	lo, hi := 0, len(r)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fyne.MeasureText(string(r[:mid])+"…", t.TextSize, t.TextStyle).Width <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	t.Text = string(r[:lo]) + "…"
}
