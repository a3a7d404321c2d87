package kit

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	channel := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n.R) + 0.7152*channel(n.G) + 0.0722*channel(n.B)
}

// ratio is the contrast ratio of WCAG 2.2, 1 to 21.
func ratio(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// over lays a colour that may be seen through over one that is not.
func over(under, above color.Color) color.Color {
	u, a := color.NRGBAModel.Convert(under).(color.NRGBA), color.NRGBAModel.Convert(above).(color.NRGBA)
	mix := func(u, v uint8) uint8 { return uint8((int(u)*(255-int(a.A)) + int(v)*int(a.A) + 127) / 255) }
	return color.NRGBA{mix(u.R, a.R), mix(u.G, a.G), mix(u.B, a.B), 255}
}

// pair is words, or a sign, on what it stands on.
type pair struct {
	name       string
	ink, under color.Color
	sign       bool // no words: WCAG asks for 3 : 1
}

// pairs lists every colour of words with every ground they stand on.
func pairs(k *Kit) (out []pair) {
	p := k.colors
	words := func(name string, ink, under color.Color) { out = append(out, pair{name, ink, under, false}) }
	sign := func(name string, ink, under color.Color) { out = append(out, pair{name, ink, under, true}) }
	grounds := map[string]color.Color{"ground": p.ground, "rail": p.rail, "surface": p.surface}
	for name, g := range grounds {
		words("text on "+name, p.text, g)
		words("quiet text on "+name, p.muted, g)
		words("a quiet button on "+name, p.accent, g)
		words("an error on "+name, p.danger, g)
		sign("the border of a field on "+name, p.inputBorder, g)
		sign("the mark of the focus on "+name, p.accent, g)
		for _, t := range []Tone{Accent, Good, Warning, Danger} {
			ink, _ := k.tone(t)
			words(fmt.Sprintf("tone %d on %s", t, name), ink, g)
		}
	}
	for _, t := range []Tone{Neutral, Accent, Good, Warning, Danger} {
		ink, g := k.tone(t)
		words(fmt.Sprintf("a badge of tone %d", t), ink, g)
		words(fmt.Sprintf("text in a banner of tone %d", t), p.text, g)
		if t != Neutral {
			words(fmt.Sprintf("a quiet button in a banner of tone %d", t), p.accent, g)
		}
	}
	for name, g := range map[string]color.Color{"chosen": p.tint, "under the pointer": p.hover} {
		words("text of a row "+name, p.text, g)
		words("quiet text of a row "+name, p.muted, g)
		words("a page of the rail "+name, p.accent, g)
		sign("the mark of the focus of a row "+name, p.accent, g)
	}
	words("a count in the rail", p.text, p.pressed)
	words("a chip that is on", p.surface, p.text)
	sign("how much is done", p.accent, p.pressed)
	for i, v := range squares {
		if k.Look.Name != "contrast" {
			words(fmt.Sprintf("monogram %d", i), color.White, rgb(v))
		}
	}
	return out
}

// toolkitPairs are the words of the toolkit's own widgets, as it mixes their
// colours (widget/button.go, select.go, menu_item.go, label.go).
func toolkitPairs(th fyne.Theme, v fyne.ThemeVariant) (out []pair) {
	c := func(n fyne.ThemeColorName) color.Color { return th.Color(n, v) }
	states := map[string]fyne.ThemeColorName{
		"": "", ", under the pointer": theme.ColorNameHover, ", with the focus": theme.ColorNameFocus, ", pressed": theme.ColorNamePressed,
	}
	for state, blend := range states {
		mixed := func(n fyne.ThemeColorName) color.Color {
			if blend == "" {
				return c(n)
			}
			return over(c(n), c(blend))
		}
		out = append(out,
			pair{"a button" + state, c(theme.ColorNameForeground), mixed(theme.ColorNameButton), false},
			pair{"the primary button" + state, c(theme.ColorNameForegroundOnPrimary), mixed(theme.ColorNamePrimary), false},
			pair{"a dangerous button" + state, c(theme.ColorNameForegroundOnError), mixed(theme.ColorNameError), false},
			pair{"a choice" + state, c(theme.ColorNameForeground), mixed(theme.ColorNameInputBackground), false},
			pair{"a line of a menu" + state, c(theme.ColorNameForeground), mixed(theme.ColorNameMenuBackground), false},
			pair{"the tick of a box" + state, c(theme.ColorNamePrimary), mixed(theme.ColorNameBackground), true},
		)
	}
	for name, n := range map[string]fyne.ThemeColorName{
		"error": theme.ColorNameError, "warning": theme.ColorNameWarning, "success": theme.ColorNameSuccess,
		"link": theme.ColorNameHyperlink, "quiet text": theme.ColorNameDisabled, "what a field is for": theme.ColorNamePlaceHolder,
	} {
		for _, g := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameInputBackground} {
			out = append(out, pair{name + " on " + string(g), c(n), c(g), false})
		}
	}
	return append(out,
		pair{"a button that is off", c(theme.ColorNameDisabled), c(theme.ColorNameDisabledButton), false},
		pair{"marked text", c(theme.ColorNameForeground), c(theme.ColorNameSelection), false},
		pair{"a scroll bar", c(theme.ColorNameScrollBar), c(theme.ColorNameBackground), true},
	)
}

// Every word on every ground reaches AA (4.5 : 1), signs 3 : 1; in high contrast
// words reach AAA (7 : 1).
func TestContrast(t *testing.T) {
	for _, look := range []string{"light", "dark", "contrast"} {
		k := New(nil, Look{Name: look}, theme.VariantLight)
		want, n := 4.5, 0
		if look == "contrast" {
			want = 7
		}
		for _, p := range append(pairs(k), toolkitPairs(k.theme, theme.VariantLight)...) {
			n++
			least := want
			if p.sign {
				least = 3
			}
			if got := ratio(p.ink, p.under); got < least {
				t.Errorf("%s: %s has %.2f : 1, not %.1f", look, p.name, got, least)
			}
		}
		if n < 80 {
			t.Errorf("%s: only %d pairs", look, n)
		}
	}
}

// The measure is WCAG's own.
func TestRatio(t *testing.T) {
	if got := ratio(color.Black, color.White); math.Abs(got-21) > 0.001 {
		t.Errorf("black on white: %v", got)
	}
	if got := ratio(rgb(0x777777), color.White); math.Abs(got-4.48) > 0.01 { // the example of WebAIM: just short of AA
		t.Errorf("grey on white: %v", got)
	}
	if got := over(color.White, color.NRGBA{A: 0x80}); got != (color.NRGBA{127, 127, 127, 255}) {
		t.Errorf("half black on white: %v", got)
	}
}
