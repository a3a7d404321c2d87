package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// ButtonKind is how much a button asks to be pressed.
type ButtonKind uint8

// The kinds of button. One primary button a screen.
const (
	Secondary ButtonKind = iota
	Primary
	Destructive
	Quiet
)

// button is the toolkit's button that Enter presses too.
type button struct{ widget.Button }

func (b *button) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		b.Tapped(nil)
		return
	}
	b.Button.TypedKey(e)
}

// Button is a button with a word that says what it does.
func (s *Scope) Button(label string, kind ButtonKind, tapped func()) *fyne.Container {
	label = text.VisibleLines(label)
	b := &button{}
	b.Text, b.OnTapped = label, tapped
	switch kind {
	case Primary:
		b.Importance = widget.HighImportance
	case Destructive:
		b.Importance = widget.DangerImportance
	case Quiet:
		b.Importance = widget.LowImportance
		b.Alignment = widget.ButtonAlignLeading
	}
	b.ExtendBaseWidget(b)
	s.add(&Node{Role: "button", Name: label, Object: b, Press: func() { b.Tapped(nil) }, On: func() bool { return !b.Disabled() }})
	return container.NewHBox(b)
}

// Disable greys a button, check or field made by this kit out.
func Disable(o fyne.CanvasObject) {
	switch o := o.(type) {
	case fyne.Disableable:
		o.Disable()
	case *fyne.Container:
		for _, c := range o.Objects {
			Disable(c)
		}
	}
}

// entry is the toolkit's entry that hands the window's shortcuts on: a focused
// field would otherwise swallow them.
type entry struct {
	widget.Entry
	kit *Kit
}

func (e *entry) TypedShortcut(sc fyne.Shortcut) {
	if _, ours := sc.(*desktop.CustomShortcut); ours && e.kit.OnShortcut != nil {
		e.kit.OnShortcut(sc)
		return
	}
	e.Entry.TypedShortcut(sc)
}

// Field is a labelled entry with a place for an error below.
type Field struct {
	Object fyne.CanvasObject // label, entry and error, to be laid out
	Entry  *entry
	error  *widget.Label
}

// Field makes an entry. submitted is called on Enter; nil for nothing.
func (s *Scope) Field(label, placeholder string, secret bool, submitted func(string)) *Field {
	e := &entry{kit: s.Kit}
	e.Password, e.PlaceHolder, e.OnSubmitted = secret, placeholder, submitted
	e.ExtendBaseWidget(e)
	wrong := &widget.Label{Wrapping: fyne.TextWrapWord, Importance: widget.DangerImportance}
	wrong.ExtendBaseWidget(wrong)
	wrong.Hide()
	name := &widget.Label{Text: label, SizeName: theme.SizeNameCaptionText, TextStyle: fyne.TextStyle{Bold: true}}
	name.ExtendBaseWidget(name)
	f := &Field{Object: Tight(name, e, wrong), Entry: e, error: wrong}
	s.add(&Node{Role: "entry", Name: label, Object: e, Type: func(v string) { e.SetText(v) }, Value: func() string { return wrong.Text }})
	return f
}

// Fail shows an error below the field; "" takes it away.
func (f *Field) Fail(sentence string) {
	f.error.SetText(text.VisibleLines(sentence))
	if sentence == "" {
		f.error.Hide()
	} else {
		f.error.Show()
	}
	f.Object.Refresh()
}

// Check is a box with a sentence.
func (s *Scope) Check(label string, on bool, changed func(bool)) *widget.Check {
	label = text.VisibleLines(label)
	c := &widget.Check{Text: label, Checked: on, OnChanged: changed}
	c.ExtendBaseWidget(c)
	s.add(&Node{
		Role: "check", Name: label, Object: c, Press: func() { c.SetChecked(!c.Checked) }, On: func() bool { return !c.Disabled() },
		Value: func() string {
			if c.Checked {
				return "on"
			}
			return "off"
		},
	})
	return c
}

// Choice is one of several; options are pairs of value and word.
type Choice struct{ Value, Word string }

// Select is a labelled choice.
func (s *Scope) Select(label string, options []Choice, value string, changed func(string)) fyne.CanvasObject {
	words := make([]string, len(options))
	now := ""
	for i, o := range options {
		words[i] = o.Word
		if o.Value == value {
			now = o.Word
		}
	}
	sel := widget.NewSelect(words, nil)
	sel.Selected = now
	sel.OnChanged = func(w string) {
		for _, o := range options {
			if o.Word == w {
				changed(o.Value)
			}
		}
	}
	name := &widget.Label{Text: label, SizeName: theme.SizeNameCaptionText, TextStyle: fyne.TextStyle{Bold: true}}
	name.ExtendBaseWidget(name)
	s.add(&Node{Role: "select", Name: label, Object: sel, Type: sel.SetSelected, Value: func() string { return sel.Selected }})
	return Tight(name, sel)
}
