package kit

import (
	"bytes"
	"embed"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// IconName names a picture of the program's own family: strokes on a field of
// 24 by 24, in the colour of the words beside them.
type IconName string

// The icons. Those of pages are named after them.
const (
	IconOverview IconName = "overview"
	IconYou      IconName = "you"
	IconFind     IconName = "find"
	IconCheck    IconName = "check"
	IconWhatIf   IconName = "whatif"
	IconFix      IconName = "fix"
	IconLetters  IconName = "letters"
	IconReport   IconName = "report"
	IconSettings IconName = "settings"
	IconAdd      IconName = "add"
	IconRemove   IconName = "remove"
	IconEdit     IconName = "edit"
	IconOpen     IconName = "open"
	IconFile     IconName = "file"
	IconFolder   IconName = "folder"
	IconMail     IconName = "mail"
	IconPhone    IconName = "phone"
	IconKey      IconName = "key"
	IconLock     IconName = "lock"
	IconWarning  IconName = "warning"
	IconInfo     IconName = "info"
	IconDone     IconName = "done"
	IconWait     IconName = "wait"
	IconSearch   IconName = "search"
	IconBack     IconName = "back"
	IconNext     IconName = "next"
	IconDown     IconName = "down"
	IconClose    IconName = "close"
	IconPrint    IconName = "print"
	IconCopy     IconName = "copy"
	IconShow     IconName = "show"
	IconHide     IconName = "hide"
	IconUndo     IconName = "undo"
	IconCircle   IconName = "circle"

	iconNow    IconName = "now"
	iconLocked IconName = "locked"
	iconMark   IconName = "mark"
)

// raw is an icon as it is drawn, in black; nil for a name that there is none of.
func (n IconName) raw() []byte {
	b, err := iconFiles.ReadFile("icons/" + string(n) + ".svg")
	if err != nil {
		return nil
	}
	return b
}

// in is an icon in a colour. The colour is part of its name: the toolkit keeps
// pictures by name, whatever the theme.
func (n IconName) in(c color.Color) fyne.Resource {
	r, g, b, _ := c.RGBA()
	hex := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
	return fyne.NewStaticResource(string(n)+hex+".svg", bytes.ReplaceAll(n.raw(), []byte("#000000"), []byte(hex)))
}

// icon draws an icon in the colour of a tone, as high as a line of text.
func (k *Kit) icon(n IconName, t Tone) fyne.CanvasObject {
	ink, _ := k.tone(t)
	return k.picture(n.in(ink), iconSize)
}

// picture draws a resource in a square, whose side grows with the text.
func (k *Kit) picture(r fyne.Resource, side float32) *canvas.Image {
	img := canvas.NewImageFromResource(r)
	img.FillMode = canvas.ImageFillContain
	side *= k.scale()
	img.SetMinSize(fyne.NewSize(side, side))
	return img
}

// IconButton is a button of a picture alone. Its name is for who cannot see it,
// and stands beside the pointer's help where there is any.
func (s *Scope) IconButton(n IconName, name string, kind ButtonKind, tapped func()) fyne.CanvasObject {
	name = text.VisibleLines(name)
	ink := map[ButtonKind]color.Color{Primary: s.colors.onAccent, Destructive: s.colors.onDanger}[kind]
	if ink == nil {
		ink = s.colors.text
	}
	k := s.Kit
	b, _ := reuse(s, "iconbutton", string(n)+name, func() *button {
		b := &button{kit: k}
		b.Icon, b.Importance = n.in(ink), importance(kind)
		b.ExtendBaseWidget(b)
		return b
	})
	b.OnTapped = tapped
	if b.Disabled() {
		b.Enable()
	}
	s.add(
		&Node{
			Role:   "button",
			Name:   name,
			Object: b,
			Press:  func() { b.Tapped(nil) },
			On:     func() bool { return !b.Disabled() },
		},
	)
	return container.NewHBox(container.NewVBox(layout.NewSpacer(), b, layout.NewSpacer()))
}

func importance(kind ButtonKind) widget.Importance {
	switch kind {
	case Primary:
		return widget.HighImportance
	case Destructive:
		return widget.DangerImportance
	case Quiet:
		return widget.LowImportance
	}
	return widget.MediumImportance
}
