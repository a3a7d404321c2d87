package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// column stacks objects with a gap; unlike the toolkit's own it lays hidden
// objects out as nothing.
type column struct{ gap float32 }

func (c column) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if n > 0 {
			m.Height += c.gap
		}
		s := o.MinSize()
		m.Width, m.Height = max(m.Width, s.Width), m.Height+s.Height
		n++
	}
	return m
}

func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		// A wrapped text knows its height only once it knows its width.
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, h))
		o.Move(fyne.NewPos(0, y))
		y += h + c.gap
	}
}

// Column stacks objects with the usual gap.
func Column(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gap}, objects...)
}

// CompactColumn stacks what belongs together.
func CompactColumn(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gapSmall}, objects...)
}

// Row lays objects side by side at their own size.
func Row(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// Flow is Row that breaks into lines of n where text is large.
func (k *Kit) Flow(objects ...fyne.CanvasObject) *fyne.Container {
	if k.Narrow() {
		return container.New(column{gapSmall}, objects...)
	}
	return Row(objects...)
}

// SplitRow puts two objects side by side, the first taking what the second leaves;
// large text stacks them.
func (k *Kit) SplitRow(left, right fyne.CanvasObject) fyne.CanvasObject {
	if k.Narrow() {
		return Column(left, right)
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(right), left)
}

// Card is a titled or plain surface.
func (k *Kit) Card(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return k.surface(k.colors.surface, k.colors.line, Column(objects...))
}

func (k *Kit) surface(fill, stroke color.Color, content fyne.CanvasObject) fyne.CanvasObject {
	back := canvas.NewRectangle(fill)
	back.CornerRadius = cardRadius
	back.StrokeColor, back.StrokeWidth = stroke, 1
	return container.NewStack(
		back,
		container.New(layout.NewCustomPaddedLayout(cardInset, cardInset, cardInset, cardInset), content),
	)
}

// Wide gives an object a least width, at 100 % text.
func (k *Kit) Wide(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width*k.size(theme.SizeNameText)/sizeBody, 1))
	return container.NewStack(r, o)
}

// Line is a thin rule.
func (k *Kit) Line() fyne.CanvasObject {
	l := canvas.NewRectangle(k.colors.line)
	l.SetMinSize(fyne.NewSize(1, 1))
	return l
}

// Space fills what is left of a row.
func Space() fyne.CanvasObject { return layout.NewSpacer() }
