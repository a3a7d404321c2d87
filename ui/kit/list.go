package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Item is one row of a list: two lines and a word at the end.
type Item struct {
	Title, Detail string
	Badge         string
	Tone          Tone
}

// rowHeight is a row at 100 % text.
const rowHeight = 62

// List shows many rows fast; only those in sight exist. picked is called with
// the row's index by mouse, Enter or Space.
func (s *Scope) List(items []Item, picked func(int)) *widget.List {
	k := s.Kit
	l := widget.NewList(
		func() int { return len(items) },
		func() fyne.CanvasObject { return newRow(k) },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*row).show(items[i]) },
	)
	l.OnSelected = func(i widget.ListItemID) {
		l.Unselect(i) // a row leads somewhere; it does not stay marked
		picked(i)
	}
	for i, it := range items {
		s.add(&Node{Role: "row", Name: it.Title, Object: l, Press: func() { picked(i) }, Value: func() string { return it.Detail + " " + it.Badge }})
	}
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

// Bounded gives a list a height of its own within a page: its rows, up to limit.
func (k *Kit) Bounded(l *widget.List, rows, limit int) fyne.CanvasObject {
	h := l.MinSize().Height
	r := canvas.NewRectangle(color.Transparent)
	each := max(h, rowHeight*k.size(theme.SizeNameText)/sizeBody*0.96)
	r.SetMinSize(fyne.NewSize(100, each*float32(max(1, min(rows, limit)))+gapSmall))
	return k.surface(k.colors.surface, k.colors.line, container.NewStack(r, l))
}
