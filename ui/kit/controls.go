package kit

import (
	"slices"
	"strings"
	"unicode/utf8"

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

// button is the toolkit's button with room around its words, that Enter presses
// too.
type button struct {
	widget.Button
	spoken
	kit     *Kit
	focused bool
}

// MinSize implements fyne.CanvasObject.
func (b *button) MinSize() fyne.Size {
	m := b.Button.MinSize()
	switch {
	case b.Text == "":
		side := max(m.Width, m.Height)
		return fyne.NewSize(side, side)
	case b.Importance == widget.LowImportance:
		return m
	}
	return m.AddWidthHeight(14, 4)
}

// TypedKey presses the button by Enter and Space. The toolkit would take the focus
// away with it; who works by keyboard would start again from the top.
func (b *button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	}
}

// Button is a button with a word that says what it does.
func (s *Scope) Button(label string, kind ButtonKind, tapped func()) *fyne.Container {
	label = text.VisibleLines(label)
	if kind == Quiet {
		return container.NewHBox(s.word(label, Accent, tapped))
	}
	k := s.Kit
	b, fresh := reuse(s, "button", label, func() *button {
		b := &button{kit: k}
		b.Text = label
		b.ExtendBaseWidget(b)
		return b
	})
	b.OnTapped = func() { s.used(); tapped() }
	if imp := importance(kind); b.Importance != imp {
		b.Importance = imp
		fresh = true
	}
	if b.Disabled() {
		b.Enable()
	}
	if fresh {
		b.Refresh()
	}
	s.add(
		&Node{
			Role:   "button",
			Name:   label,
			Object: b,
			Press:  func() { b.Tapped(nil) },
			On:     func() bool { return !b.Disabled() },
		},
	)
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
	spoken
	kit     *Kit
	several bool                      // takes many values at once
	onKey   func(*fyne.KeyEvent) bool // takes a key before the entry does; nil: none
	focused bool
}

// TypedKey implements fyne.Focusable.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	e.kit.used()
	if e.onKey == nil || !e.onKey(k) {
		e.Entry.TypedKey(k)
	}
}

func (e *entry) TypedShortcut(sc fyne.Shortcut) {
	if _, ours := sc.(*desktop.CustomShortcut); ours && e.kit.OnShortcut != nil {
		e.kit.OnShortcut(sc)
		return
	}
	if paste, is := sc.(*fyne.ShortcutPaste); is && e.several {
		e.pasteLines(paste.Clipboard.Content())
		return
	}
	e.Entry.TypedShortcut(sc)
}

// Caret is before which character the next one typed will stand.
func (e *entry) Caret() int { return e.CursorColumn }

// SetCaret puts the caret before a character; beyond the text, at its end.
func (e *entry) SetCaret(at int) {
	e.CursorColumn = max(0, min(at, utf8.RuneCountInString(e.Text)))
	e.Refresh()
}

// pasteLines puts lines in place of what is selected, parted by commas.
func (e *entry) pasteLines(s string) {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if e.SelectedText() != "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	}
	at, joined := e.CursorColumn, []rune(strings.Join(lines, ", "))
	all := []rune(e.Text)
	at = min(at, len(all))
	e.SetText(string(all[:at]) + string(joined) + string(all[at:]))
	e.CursorColumn = at + len(joined)
	e.Refresh()
}

// Field is a labelled entry with a place for an error below. What is typed is
// kept by the window from the first letter on, until Clear.
type Field struct {
	Object      fyne.CanvasObject // label, entry and error, to be laid out
	entry       *entry
	name, wrong *widget.Label
	below       fyne.CanvasObject // wrong, laid out
	id, start   string
	memory      *Memory
	text        *text.Printer
}

// Field makes an entry. The id tells it from the other fields of the page, in
// every language. submitted is called on Enter with what is typed; nil for
// nothing.
func (s *Scope) Field(id, label, placeholder string, secret bool, submitted func(string)) *Field {
	f, fresh := reuse(s, "entry", id, func() *Field { return newField(s.Kit, id, secret) })
	if !fresh && s.part.changed {
		f.Object.Refresh()
		f.entry.Refresh()
	}
	f.memory, f.text = s.part.memory, s.Text
	f.entry.OnSubmitted = submitted
	if f.entry.PlaceHolder != placeholder {
		f.entry.SetPlaceHolder(placeholder)
	}
	if f.name.Text != label {
		f.name.SetText(label)
	}
	if typed, is := f.memory.typed[id]; is {
		f.show(typed)
	} else {
		f.show(f.start)
	}
	f.tell()
	s.add(&Node{
		Role: "entry", ID: id, Name: label, Object: f.entry, Type: func(v string) { f.entry.SetText(v) },
		Value: func() string { return f.wrong.Text }, Text: f.Text, Secret: secret,
		State: func() State { return State{Invalid: f.wrong.Text != ""} },
	})
	return f
}

func newField(k *Kit, id string, secret bool) *Field {
	f := &Field{id: id, entry: &entry{kit: k}}
	f.entry.Password = secret
	f.entry.ExtendBaseWidget(f.entry)
	f.entry.OnChanged = f.typed
	f.wrong = &widget.Label{Wrapping: fyne.TextWrapWord, Importance: widget.DangerImportance}
	f.wrong.ExtendBaseWidget(f.wrong)
	f.name = &widget.Label{SizeName: theme.SizeNameCaptionText, TextStyle: fyne.TextStyle{Bold: true}}
	f.name.ExtendBaseWidget(f.name)
	f.below = k.prose(f.wrong, lineLength)
	f.below.Hide()
	f.Object = CompactColumn(k.prose(f.name, lineLength), f.entry, f.below)
	return f
}

// typed keeps every letter.
func (f *Field) typed(v string) {
	f.memory.typed[f.id] = v
	if f.memory.wrong[f.id] != nil {
		f.Fail(nil)
	}
}

// show writes into the entry without counting as typed.
func (f *Field) show(v string) {
	if f.entry.Text == v {
		return
	}
	f.entry.OnChanged = nil
	f.entry.SetText(v)
	f.entry.OnChanged = f.typed
}

// Text is what stands in the field.
func (f *Field) Text() string { return f.entry.Text }

// Start gives what stands in the field before anything is typed.
func (f *Field) Start(v string) *Field {
	f.start = v
	if _, is := f.memory.typed[f.id]; !is {
		f.show(v)
	}
	return f
}

// Clear empties the field and forgets what was typed: it was used.
func (f *Field) Clear() {
	delete(f.memory.typed, f.id)
	f.show(f.start)
	f.Fail(nil)
}

// Fail says below the field what is wrong with it, until something is typed; nil
// takes it away.
func (f *Field) Fail(err error) {
	f.memory.wrong[f.id] = err
	f.tell()
}

func (f *Field) tell() {
	sentence := ""
	if err := f.memory.wrong[f.id]; err != nil {
		sentence = text.VisibleLines(f.text.Sentence(err).String())
	}
	if f.wrong.Text == sentence {
		return
	}
	f.wrong.SetText(sentence)
	if sentence == "" {
		f.below.Hide()
	} else {
		f.below.Show()
	}
	f.Object.Refresh()
}

// Check is a box with a word or two; Tick has room for a sentence.
func (s *Scope) Check(label string, on bool, changed func(bool)) fyne.CanvasObject {
	label = text.VisibleLines(label)
	c := s.box(label, on, changed)
	if c.Text != label {
		c.Text = label
		c.Refresh()
	}
	return c
}

// box is a check without its words.
func (s *Scope) box(name string, on bool, changed func(bool)) *box {
	k := s.Kit
	c, _ := reuse(s, "check", name, func() *box {
		c := &box{kit: k}
		c.ExtendBaseWidget(c)
		return c
	})
	c.OnChanged = nil
	if c.Checked != on {
		c.SetChecked(on)
	}
	if c.Disabled() {
		c.Enable()
	}
	c.OnChanged = changed
	s.add(&Node{
		Role: "check", Name: name, Object: c, Press: func() { c.SetChecked(!c.Checked) }, On: func() bool { return !c.Disabled() },
		Value: func() string {
			if c.Checked {
				return "on"
			}
			return "off"
		},
		State: func() State { return State{Checked: c.Checked} },
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
	k := s.Kit
	sel, _ := reuse(s, "select", label, func() *selector {
		c := &selector{kit: k}
		c.ExtendBaseWidget(c)
		return c
	})
	sel.OnChanged = nil
	if !slices.Equal(sel.Options, words) || sel.Selected != now {
		sel.Options, sel.Selected = words, now
		sel.Refresh()
	}
	sel.OnChanged = func(w string) {
		if i := slices.Index(words, w); i >= 0 {
			changed(options[i].Value)
		}
	}
	name := &widget.Label{Text: label, SizeName: theme.SizeNameCaptionText, TextStyle: fyne.TextStyle{Bold: true}}
	name.ExtendBaseWidget(name)
	s.add(&Node{
		Role: "select", Name: label, Object: sel, Type: sel.SetSelected, Options: words,
		Value: func() string { return sel.Selected }, On: func() bool { return !sel.Disabled() },
	})
	return CompactColumn(s.prose(name, lineLength), sel)
}
