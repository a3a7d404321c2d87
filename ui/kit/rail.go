package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// RailItem is one page in the rail.
type RailItem struct {
	ID, Name string
	Icon     fyne.Resource
}

// Rail is the list of pages; the chosen one is marked.
func (s *Scope) Rail(items []RailItem, chosen string, choose func(id string)) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(items))
	for _, it := range items {
		b := &button{}
		b.Text, b.Icon, b.Alignment = it.Name, it.Icon, widget.ButtonAlignLeading
		b.Importance = widget.LowImportance
		b.OnTapped = func() { choose(it.ID) }
		b.ExtendBaseWidget(b)
		back := canvas.NewRectangle(s.colors.ground)
		mark := canvas.NewRectangle(s.colors.ground)
		if it.ID == chosen {
			back.FillColor, mark.FillColor = s.colors.tint, s.colors.accent
		}
		back.CornerRadius = radius
		mark.SetMinSize(fyne.NewSize(3, 1))
		s.add(&Node{
			Role: "tab", ID: it.ID, Name: it.Name, Object: b, Press: func() { b.Tapped(nil) },
			State: func() State { return State{Selected: it.ID == chosen} },
		})
		objects = append(objects, container.NewStack(back, container.NewBorder(nil, nil, mark, nil, b)))
	}
	width := canvas.NewRectangle(color.Transparent)
	width.SetMinSize(fyne.NewSize(railWidth, 1))
	objects = append(objects, width)
	return container.New(layout.NewCustomPaddedLayout(gap, gap, gapSmall, gapSmall), container.New(column{gapSmall}, objects...))
}

// Surround puts the rail, the status bar and a job bar around a body.
func (k *Kit) Surround(rail, body, bottom fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, container.NewVBox(k.Line(), bottom), container.NewBorder(nil, nil, nil, k.Line(), rail), nil, body)
}
