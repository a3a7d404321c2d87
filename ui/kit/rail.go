package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/text"
)

// RailItem is one page in the rail.
type RailItem struct {
	ID, Name string
	Icon     IconName
	Count    string // what there is behind it; "" for nothing to say
}

// Rail is the list of pages; the chosen one is marked. Counts leave room to the
// names where there is little.
func (s *Scope) Rail(items []RailItem, chosen string, choose func(id string)) fyne.CanvasObject {
	objects := []fyne.CanvasObject{s.brand()}
	for _, it := range items {
		objects = append(objects, s.railRow(it, it.ID == chosen, func() { choose(it.ID) }))
	}
	width := canvas.NewRectangle(color.Transparent)
	width.SetMinSize(fyne.NewSize(railWidth, 1))
	objects = append(objects, width)
	back := canvas.NewRectangle(s.colors.rail)
	return container.NewStack(
		back,
		container.New(
			layout.NewCustomPaddedLayout(gap, gap, gap, gap),
			container.New(column{gapSmall}, objects...),
		),
	)
}

// brand is the program's mark and name.
func (s *Scope) brand() fyne.CanvasObject {
	name := canvas.NewText("Unlisted", s.colors.text)
	name.TextStyle.Bold, name.TextSize = true, s.size(theme.SizeNameText)
	mark := s.picture(fyne.NewStaticResource("mark.svg", iconMark.raw()), iconSize+6)
	return container.New(
		layout.NewCustomPaddedLayout(gapSmall+2, gap, gap-1, 0),
		container.New(
			layout.NewCustomPaddedHBoxLayout(gap-1),
			container.New(middle{}, mark),
			container.New(middle{}, name),
		),
	)
}

func (s *Scope) railRow(it RailItem, chosen bool, press func()) fyne.CanvasObject {
	name := text.VisibleLines(it.Name)
	word := canvas.NewText(name, s.colors.text)
	word.TextSize = s.size(theme.SizeNameText)
	if chosen {
		word.Color, word.TextStyle.Bold = s.colors.accent, true
	}
	objects := []fyne.CanvasObject{
		container.New(middle{}, s.picture(it.Icon.in(word.Color), iconSize)),
		container.New(middle{}, word), layout.NewSpacer(),
	}
	if it.Count != "" && !s.Narrow() {
		objects = append(objects, s.pill(it.Count))
	}
	content := container.New(
		layout.NewCustomPaddedLayout(gap, gap, gap, gap-2),
		container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...),
	)
	r := newPressable(s.Kit, content, press, radius)
	r.chosen = chosen
	r.paint()
	s.add(&Node{
		Role: "tab", ID: it.ID, Name: name, Object: r, Press: press, Value: func() string { return it.Count },
		State: func() State { return State{Selected: chosen} },
	})
	return r
}

// pill is a small count.
func (k *Kit) pill(t string) fyne.CanvasObject {
	back := canvas.NewRectangle(k.colors.pressed)
	back.CornerRadius = gap
	word := canvas.NewText(t, k.colors.text)
	word.TextSize = sizeTag * k.scale()
	return container.New(
		middle{},
		container.NewStack(back, container.New(layout.NewCustomPaddedLayout(1, 1, gap-2, gap-2), word)),
	)
}

// Surround puts the rail, the status bar and a job bar around a body.
func (k *Kit) Surround(rail, body, bottom fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(
		nil,
		container.NewVBox(k.Line(), bottom),
		container.NewBorder(nil, nil, nil, k.Line(), rail),
		nil,
		body,
	)
}

// StatusBar has one thing at its left and the others at its right; below one
// another where they do not fit.
func (s *Scope) StatusBar(left fyne.CanvasObject, right ...fyne.CanvasObject) fyne.CanvasObject {
	bar := container.New(&spread{gap: gapLarge}, append([]fyne.CanvasObject{left}, right...)...)
	return container.New(layout.NewCustomPaddedLayout(gapSmall, gapSmall, gapLarge, gapLarge), bar)
}

// spread lays the first object at the left and the others at the right.
type spread struct{ gap, width float32 }

func (l *spread) wide(objects []fyne.CanvasObject) (width, height float32) {
	for i, o := range objects {
		m := o.MinSize()
		width, height = width+m.Width, max(height, m.Height)
		if i > 0 {
			width += l.gap
		}
	}
	return width, height
}

func (l *spread) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w, h := l.wide(objects)
	if l.width > 0 && w > l.width {
		h *= 2
	}
	return fyne.NewSize(100, h)
}

func (l *spread) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	w, h := l.wide(objects)
	x, y := size.Width, float32(0)
	if w > size.Width {
		y, x = h, w-objects[0].MinSize().Width-l.gap
	}
	for i := len(objects) - 1; i > 0; i-- {
		m := objects[i].MinSize()
		objects[i].Resize(fyne.NewSize(m.Width, h))
		objects[i].Move(fyne.NewPos(x-m.Width, y))
		x -= m.Width + l.gap
	}
	objects[0].Resize(fyne.NewSize(objects[0].MinSize().Width, h))
	objects[0].Move(fyne.Position{})
}
