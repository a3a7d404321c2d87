package kit

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/text"
)

// changed counts the pixels that differ between two pictures of an object by at
// least 3 : 1, as WCAG asks of the mark of the focus.
func changed(a, b image.Image) (n int) {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if p, q := a.At(x, y), b.At(x, y); p != q && ratio(p, q) >= 3 {
				n++
			}
		}
	}
	return n
}

// Whatever takes the focus shows so, in every look: what changes is as much as a
// line around it, and contrasts with what was there.
func TestFocusShows(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	for _, look := range []string{"light", "dark", "contrast"} {
		app := test.NewTempApp(t)
		k := New(texts.Printer("en"), Look{Name: look}, theme.VariantLight)
		app.Settings().SetTheme(k.Theme())
		s := k.Begin("page", NewMemory())
		nothing := func() {}
		objects := []fyne.CanvasObject{
			s.Button("Secondary", Secondary, nothing), s.Button("Primary", Primary, nothing), s.Button("Destructive", Destructive, nothing),
			s.Button("Quiet", Quiet, nothing), s.IconButton(IconCopy, "Icon", Secondary, nothing), s.IconButton(IconCopy, "Icon, primary", Primary, nothing),
			s.Check("Check", true, func(bool) {}), s.Tick("Tick", false, func(bool) {}),
			s.Select("Select", []Choice{{"a", "One"}, {"b", "Two"}}, "a", func(string) {}),
			s.Field("field", "Field", "", false, nil).Object, s.Field("secret", "Secret", "", true, nil).Object,
			s.Chips([]Chip{{"on", "On", 3}, {"off", "Off", -1}}, "on", func(string) {}),
			s.List([]Item{{Title: "Row"}, {Title: "Chosen row", Chosen: true}}, func(int) {}),
			s.Rail([]RailItem{{ID: "a", Name: "Page", Icon: IconFind}}, "a", func(string) {}),
		}
		w := app.NewWindow("")
		w.SetContent(container.NewVBox(objects...))
		w.Resize(fyne.NewSize(600, 900))
		before := w.Canvas().Capture()
		n := 0
		for _, node := range k.Nodes() {
			f, can := node.Object.(fyne.Focusable)
			if !can {
				continue
			}
			n++
			w.Canvas().Focus(f)
			size := node.Object.Size()
			if got, least := changed(before, w.Canvas().Capture()), int(size.Width+size.Height); got < least {
				t.Errorf("%s: %d pixels show that the %s %q has the focus, not %d", look, got, node.Role, node.Name, least)
			}
			w.Canvas().Focus(nil)
		}
		if n != 16 {
			t.Errorf("%s: %d take the focus", look, n)
		}
		if got := changed(before, w.Canvas().Capture()); got != 0 {
			t.Errorf("%s: %d pixels still show a focus that is gone", look, got)
		}
		w.Close()
	}
}
