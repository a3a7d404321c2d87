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

// word is a button without a ground: words that can be pressed, on the left edge
// of the words around it.
type word struct {
	pressable
	text     *canvas.Text
	tone     color.Color
	disabled bool
}

var _ fyne.Disableable = (*word)(nil)

func newWord(k *Kit) *word {
	w := &word{text: canvas.NewText("", k.colors.text)}
	w.pressable = pressable{kit: k, back: canvas.NewRectangle(color.Transparent)}
	w.content = container.New(layout.NewCustomPaddedLayout(gapSmall, gapSmall, 0, 0), w.text)
	w.back.CornerRadius = gapSmall
	w.ExtendBaseWidget(w)
	return w
}

// word makes a quiet button, in the colour of a tone; Neutral is that of text.
func (s *Scope) word(label string, tone Tone, tapped func()) *word {
	k := s.Kit
	w, _ := reuse(s, "word", label, func() *word { return newWord(k) })
	w.press = func() {
		if !w.disabled {
			tapped()
		}
	}
	w.tone, _ = s.tone(tone)
	if tone == Neutral {
		w.tone = s.colors.text
	}
	w.text.Text, w.text.TextSize = label, s.size(theme.SizeNameText)
	w.disabled = false
	w.recolor()
	s.add(&Node{Role: "button", Name: label, Object: w, Press: w.press, On: func() bool { return !w.disabled }})
	return w
}

func (w *word) recolor() {
	w.text.Color = w.tone
	if w.disabled {
		w.text.Color = w.kit.colors.muted
	}
	w.paint()
	w.text.Refresh()
}

// FocusGained implements fyne.Focusable.
func (w *word) FocusGained() { w.pressable.FocusGained(); w.kit.reveal(w) }

// Enable implements fyne.Disableable.
func (w *word) Enable() { w.disabled = false; w.recolor() }

// Disable implements fyne.Disableable.
func (w *word) Disable() { w.disabled = true; w.recolor() }

// Disabled implements fyne.Disableable.
func (w *word) Disabled() bool { return w.disabled }

// StatusWord is a line of the status bar: words that lead to where they are
// explained, and a dot in the colour of what they mean; Neutral has none.
func (s *Scope) StatusWord(label string, tone Tone, tapped func()) fyne.CanvasObject {
	w := s.word(text.VisibleLines(label), Neutral, tapped)
	w.text.TextSize = s.size(theme.SizeNameCaptionText)
	w.Refresh()
	if tone == Neutral {
		return container.New(middle{}, w)
	}
	ink, _ := s.tone(tone)
	dot := canvas.NewCircle(ink)
	return container.New(
		layout.NewCustomPaddedHBoxLayout(gapSmall+2),
		container.New(square{gap}, dot),
		container.New(middle{}, w),
	)
}
