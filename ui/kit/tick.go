package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// Tick is a box with a sentence that wraps, where Check would run out of a
// narrow card. A tap on the sentence ticks too; Disable greys both out.
func (s *Scope) Tick(label string, on bool, changed func(bool)) fyne.CanvasObject {
	c := s.box(text.VisibleLines(label), on, changed)
	l := &sentence{box: c}
	l.Text, l.Wrapping = text.VisibleLines(label), fyne.TextWrapWord
	l.ExtendBaseWidget(l)
	near := container.New(layout.NewCustomPaddedLayout(0, 0, -2*gap, 0), l)
	return container.NewBorder(nil, nil, container.NewVBox(c), nil, near)
}

// sentence is the words of a tick.
type sentence struct {
	widget.Label
	box *box
}

var _ fyne.Disableable = (*sentence)(nil)

// Enable implements fyne.Disableable.
func (l *sentence) Enable() {
	l.Importance = widget.MediumImportance
	l.Refresh()
}

// Disable implements fyne.Disableable.
func (l *sentence) Disable() {
	l.Importance = widget.LowImportance
	l.Refresh()
}

// Disabled implements fyne.Disableable.
func (l *sentence) Disabled() bool { return l.box.Disabled() }

// Tapped ticks or unticks.
func (l *sentence) Tapped(*fyne.PointEvent) {
	if !l.box.Disabled() {
		l.box.SetChecked(!l.box.Checked)
	}
}

// Called gives the control made last a fuller name in the semantic tree: what
// is written on it may say enough only beside what surrounds it.
func (s *Scope) Called(name string) {
	if nodes := s.part.nodes; len(nodes) > 0 {
		nodes[len(nodes)-1].Name = name
	}
}
