package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// StepState is how one of several things stands.
type StepState uint8

// The states. Each has a mark of its own shape.
const (
	StateOpen StepState = iota
	StateNow
	StateDone
	StateWaiting
	StateLocked
	StateWrong
)

var stateMarks = map[StepState]struct {
	icon IconName
	tone Tone
	key  string
}{
	StateOpen:    {IconCircle, Neutral, "kit.state.open"},
	StateNow:     {iconNow, Accent, "kit.state.now"},
	StateDone:    {IconDone, Good, "kit.state.done"},
	StateWaiting: {IconWait, Warning, "kit.state.waiting"},
	StateLocked:  {iconLocked, Neutral, "kit.state.locked"},
	StateWrong:   {IconWarning, Danger, "kit.state.wrong"},
}

// StepItem is one of several things to do, or that were done.
type StepItem struct {
	State         StepState
	Title, Detail string
	Chosen        bool        // it is what is shown beside the list
	Press         func()      // leads to it; nil: nowhere
	Action        *ItemAction // a button beside it; nil: none
}

// Steps lists things with how each stands.
func (s *Scope) Steps(items []StepItem) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, 2*len(items))
	for i, it := range items {
		if i > 0 && (it.Detail != "" || items[i-1].Detail != "") {
			objects = append(objects, s.Line())
		}
		objects = append(objects, s.step(it))
	}
	return container.New(column{2}, objects...)
}

func (s *Scope) step(it StepItem) fyne.CanvasObject {
	it.Title, it.Detail = text.VisibleLines(it.Title), text.VisibleLines(it.Detail)
	mark := stateMarks[it.State]
	imp := widget.MediumImportance
	if it.State == StateLocked {
		imp = widget.LowImportance
	}
	title := &widget.Label{
		Text:       it.Title,
		Wrapping:   fyne.TextWrapWord,
		Importance: imp,
		TextStyle:  fyne.TextStyle{Bold: it.State == StateNow},
	}
	title.ExtendBaseWidget(title)
	words := []fyne.CanvasObject{s.prose(title, lineLength)}
	if it.Detail != "" {
		words = append(words, s.prose(s.small(it.Detail), lineLength))
	}
	icon := container.New(layout.NewCustomPaddedLayout(1, 0, 0, 0), container.NewVBox(s.icon(mark.icon, mark.tone)))
	n := &Node{
		Role:  "row",
		Name:  it.Title,
		Press: it.Press,
		Value: func() string { return text.Join(s.Text.T(mark.key), it.Detail) },
	}
	s.add(n)
	var action fyne.CanvasObject
	if it.Action != nil {
		action = container.New(middle{}, s.Button(it.Action.Name, Secondary, it.Action.Press))
	}
	inner := fyne.CanvasObject(
		container.NewBorder(
			nil,
			nil,
			icon,
			action,
			container.New(layout.NewCustomPaddedLayout(0, 0, gap, gap), container.New(column{2}, words...)),
		),
	)
	content := container.New(layout.NewCustomPaddedLayout(7, 7, 2, 2), inner)
	n.Object = content
	if it.Press == nil {
		return content
	}
	p := newPressable(s.Kit, content, it.Press, radius)
	p.chosen = it.Chosen
	p.paint()
	n.Object = p
	p.is(n)
	return p
}

// small is quiet text that wraps, for the parts of a row.
func (k *Kit) small(t string) *widget.Label {
	l := &widget.Label{
		Text:       t,
		Wrapping:   fyne.TextWrapWord,
		SizeName:   theme.SizeNameCaptionText,
		Importance: widget.LowImportance,
	}
	l.ExtendBaseWidget(l)
	return l
}
