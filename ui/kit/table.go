package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// cells lays objects out in columns: the first half as wide again as the
// others. The row is as high as its highest cell.
type cells struct{}

func (cells) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		s := o.MinSize()
		m.Width += s.Width
		m.Height = max(m.Height, s.Height)
	}
	return m
}

func (cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	part := size.Width / (float32(len(objects)) + 0.5)
	x := float32(0)
	for i, o := range objects {
		w := part
		if i == 0 {
			w *= 1.5
		}
		o.Resize(fyne.NewSize(w, size.Height))
		o.Move(fyne.NewPos(x, 0))
		x += w
	}
}

// Table compares rows by columns, the first of which names them; large text
// stacks the columns. picked is called with a row's index by mouse, Enter or
// Space.
func (s *Scope) Table(head []string, rows [][]string, picked func(int)) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, 2*len(rows)+1)
	if !s.Narrow() {
		names := make([]fyne.CanvasObject, len(head))
		for i, h := range head {
			names[i] = cell(h, true, widget.LowImportance)
		}
		objects = append(objects, container.New(cells{}, names...))
	}
	for i, r := range rows {
		if len(objects) > 0 {
			objects = append(objects, s.Line())
		}
		objects = append(objects, s.tableRow(head, r, func() { picked(i) }))
	}
	return s.sheetOf(container.New(column{1}, objects...), rowsInset)
}

func (s *Scope) tableRow(head, values []string, press func()) fyne.CanvasObject {
	said := make([]string, 0, len(values))
	parts := []fyne.CanvasObject{cell(values[0], true, widget.MediumImportance)}
	for i := 1; i < len(values); i++ {
		line := head[i] + s.Text.T("kit.colon") + values[i]
		said = append(said, line)
		if !s.Narrow() {
			line = values[i]
		}
		parts = append(parts, cell(line, false, widget.MediumImportance))
	}
	content := container.New(cells{}, parts...)
	if s.Narrow() {
		content = container.New(column{-6}, parts...)
	}
	r := newPressable(s.Kit, content, press, radius)
	s.add(
		&Node{
			Role:   "row",
			Name:   values[0],
			Object: r,
			Press:  press,
			Value:  func() string { return strings.Join(said, "; ") },
		},
	)
	return r
}

func cell(t string, bold bool, imp widget.Importance) *widget.Label {
	t = text.VisibleLines(t)
	l := &widget.Label{
		Text:       t,
		Wrapping:   fyne.TextWrapWord,
		SizeName:   theme.SizeNameCaptionText,
		Importance: imp,
		TextStyle:  fyne.TextStyle{Bold: bold},
	}
	l.ExtendBaseWidget(l)
	return l
}

// Picture shows an image in a square of a given side, whatever the look.
func (s *Scope) Picture(name string, side float32, img *canvas.Image) fyne.CanvasObject {
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSize(side, side))
	s.add(&Node{Role: "image", Name: name, Object: img})
	return container.NewHBox(img)
}
