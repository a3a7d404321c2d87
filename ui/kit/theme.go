package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Look is the appearance the person chose.
type Look struct {
	Name    string // "light", "dark", "contrast"; "" follows the system
	TextPct int    // 100 to 200
}

// palette is every colour of one look. Words on whatever they stand on reach WCAG
// AA (4.5 : 1), in high contrast AAA (7 : 1), signs 3 : 1: TestContrast lists the
// pairs and holds the palette to that.
type palette struct {
	ground, rail, surface, line color.NRGBA
	text, muted                 color.NRGBA
	accent, onAccent, tint      color.NRGBA
	danger, onDanger, dangerBG  color.NRGBA
	warning, warningBG          color.NRGBA
	good, goodBG                color.NRGBA
	hover, pressed, inputBorder color.NRGBA
	button, shadow              color.NRGBA
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

func light() palette {
	return palette{
		ground: rgb(
			0xF5F6F4,
		), rail: rgb(0xEEF1EE), surface: rgb(0xFFFFFF), line: rgb(0xDFE4E0), text: rgb(0x17201D), muted: rgb(0x55615C),
		accent: rgb(0x0F6E5C), onAccent: rgb(0xFFFFFF), tint: rgb(0xD6EAE3),
		danger: rgb(
			0xB3261E,
		), onDanger: rgb(0xFFFFFF), dangerBG: rgb(0xFBE9E7), warning: rgb(0x7A4B00), warningBG: rgb(0xFFF3DA),
		good: rgb(
			0x1E6B3A,
		), goodBG: rgb(0xE3F3E6), hover: rgb(0xEAEFEC), pressed: rgb(0xD9E2DD), inputBorder: rgb(0x7C8883), button: rgb(0xE4EAE6), shadow: color.NRGBA{A: 0x10},
	}
}

func dark() palette {
	return palette{
		ground: rgb(
			0x141917,
		), rail: rgb(0x101513), surface: rgb(0x1E2522), line: rgb(0x36403B), text: rgb(0xE9EEEB), muted: rgb(0xA9B5AF),
		accent: rgb(0x5CC7B2), onAccent: rgb(0x06251F), tint: rgb(0x1D3A34),
		danger: rgb(
			0xFF8A80,
		), onDanger: rgb(0x2C0503), dangerBG: rgb(0x3B1C1A), warning: rgb(0xFFC56B), warningBG: rgb(0x3A2D14),
		good: rgb(
			0x86D79B,
		), goodBG: rgb(0x1C3324), hover: rgb(0x29322E), pressed: rgb(0x333E39), inputBorder: rgb(0x7C8A84), button: rgb(0x313B36), shadow: color.NRGBA{A: 0x30},
	}
}

func contrast() palette {
	return palette{
		ground: rgb(
			0x000000,
		), rail: rgb(0x000000), surface: rgb(0x000000), line: rgb(0xFFFFFF), text: rgb(0xFFFFFF), muted: rgb(0xFFFFFF),
		accent: rgb(0xFFE600), onAccent: rgb(0x000000), tint: rgb(0x2B2700),
		danger: rgb(
			0xFF9C94,
		), onDanger: rgb(0x000000), dangerBG: rgb(0x2B0400), warning: rgb(0xFFD27A), warningBG: rgb(0x2B1E00),
		good: rgb(
			0x9BFFB5,
		), goodBG: rgb(0x00250B), hover: rgb(0x262626), pressed: rgb(0x404040), inputBorder: rgb(0xFFFFFF), button: rgb(0x303030), shadow: color.NRGBA{},
	}
}

// The toolkit lays the colours of the pointer, the focus and a press over the
// ground of a button, and its words stay as they are: what is laid over lets the
// ground through. How opaque it is, of 255.
const (
	hoverVeil = 0x14
	pressVeil = 0x2a
	focusVeil = 0x30
)

func veiled(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

// Theme is the program's fyne.Theme.
type Theme struct{ look Look }

var _ fyne.Theme = (*Theme)(nil)

// NewTheme returns the theme for a look.
func NewTheme(l Look) *Theme { return &Theme{l} }

func (t *Theme) palette(v fyne.ThemeVariant) palette {
	switch {
	case t.look.Name == "contrast":
		return contrast()
	case t.look.Name == "dark", t.look.Name == "" && v == theme.VariantDark:
		return dark()
	}
	return light()
}

// Color implements fyne.Theme.
func (t *Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := t.palette(v)
	switch n {
	case theme.ColorNameBackground:
		return p.ground
	case theme.ColorNameForeground:
		return p.text
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return p.accent
	case theme.ColorNameFocus:
		return veiled(p.accent, focusVeil)
	case theme.ColorNameForegroundOnPrimary:
		return p.onAccent
	case theme.ColorNameButton:
		return p.button
	case theme.ColorNameShadow:
		return p.shadow
	case theme.ColorNameInputBackground,
		theme.ColorNameOverlayBackground,
		theme.ColorNameMenuBackground,
		theme.ColorNameHeaderBackground:
		return p.surface
	case theme.ColorNameInputBorder:
		return p.inputBorder
	case theme.ColorNameSeparator:
		return p.line
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return p.muted
	case theme.ColorNameDisabledButton:
		return p.hover
	case theme.ColorNameHover:
		return veiled(p.text, hoverVeil)
	case theme.ColorNamePressed:
		return veiled(p.text, pressVeil)
	case theme.ColorNameSelection:
		return p.tint
	case theme.ColorNameError:
		return p.danger
	case theme.ColorNameForegroundOnError:
		return p.onDanger
	case theme.ColorNameWarning:
		return p.warning
	case theme.ColorNameSuccess:
		return p.good
	case theme.ColorNameScrollBar:
		return p.muted
	case theme.ColorNameScrollBarBackground:
		return color.Transparent
	}
	return theme.DefaultTheme().Color(n, v)
}

// Font implements fyne.Theme.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(s) }

// Icon implements fyne.Theme.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme: text follows the person's choice at once; what
// surrounds it grows with it so that nothing is cut.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	scale := float32(max(100, min(200, t.look.TextPct))) / 100
	switch n {
	case theme.SizeNameText:
		return sizeBody * scale
	case theme.SizeNameCaptionText:
		return sizeCaption * scale
	case theme.SizeNameSubHeadingText, sizeNameHeading:
		return sizeHeading * scale
	case theme.SizeNameHeadingText, sizeNameTitle:
		// Titles grow less: at 200 % a title must not fill the window.
		return sizeTitle * (1 + (scale-1)*0.6)
	case theme.SizeNameInlineIcon:
		return 20 * scale
	case theme.SizeNamePadding:
		return 5
	case theme.SizeNameInnerPadding:
		return innerPadding
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return radius
	case theme.SizeNameLineSpacing:
		return 4
	case theme.SizeNameScrollBar:
		return 12
	}
	return theme.DefaultTheme().Size(n)
}
