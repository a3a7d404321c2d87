package kit_test

import (
	"errors"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

func texts(t testing.TB) *text.Catalog {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// screen is a scope in a window, drawn as a page is.
type screen struct {
	*kit.Kit
	win    fyne.Window
	memory *kit.Memory
	build  func(*kit.Scope) fyne.CanvasObject
}

func newScreen(t testing.TB, build func(*kit.Scope) fyne.CanvasObject) *screen {
	t.Helper()
	app := test.NewTempApp(t)
	s := &screen{Kit: kit.New(texts(t).Printer("en"), kit.Look{Name: "light"}, theme.VariantLight), win: app.NewWindow(""), memory: kit.NewMemory(), build: build}
	app.Settings().SetTheme(s.Theme())
	s.win.Resize(fyne.NewSize(400, 300))
	s.draw()
	return s
}

func (s *screen) draw() {
	s.Remember("page", s.win.Canvas().Focused())
	s.win.SetContent(s.build(s.Begin("page", s.memory)))
	s.Restore("page", func(f fyne.Focusable) { s.win.Canvas().Focus(f) })
}

// A page that is built anew hands out the same widgets with new values; with the
// memory of another route, new ones.
func TestWidgetsStay(t *testing.T) {
	on, presses := false, ""
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
		was := presses
		return s.Sheet(
			s.Field("name", "Name", "", false, nil).Object,
			s.Tick("Agreed", on, func(yes bool) { on = yes }),
			s.Button("Yes", kit.Primary, func() { presses = was + "1" }), s.Button("Yes", kit.Primary, func() { presses = was + "2" }),
		)
	})
	before := s.Nodes()
	on = true
	s.Press("Yes")
	s.draw()
	for i, n := range s.Nodes() {
		if n.Object != before[i].Object {
			t.Errorf("the %s %s is another one", n.Role, n.Name)
		}
	}
	if s.Find("check", "Agreed").Value() != "on" {
		t.Error("the new value was not copied in")
	}
	s.Nodes()[3].Press()
	if presses != "12" {
		t.Errorf("pressed %q: the buttons do what they did before, or one another's", presses)
	}
	s.memory = kit.NewMemory()
	s.draw()
	if s.Nodes()[0].Object == before[0].Object {
		t.Error("another page got the field of this one")
	}
}

// What is typed is kept from the first letter, shown again by a new widget, and
// forgotten when it was used. What is wrong with it goes when it is changed.
func TestFieldMemory(t *testing.T) {
	var field *kit.Field
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
		field = s.Field("name", "Name", "", false, nil).Start("first")
		return s.Sheet(field.Object)
	})
	if field.Text() != "first" {
		t.Errorf("starts with %q", field.Text())
	}
	s.Type("Name", "half typ")
	other := s.memory
	s.memory = kit.NewMemory()
	s.draw()
	if field.Text() != "first" {
		t.Errorf("another page says %q", field.Text())
	}
	s.memory = other
	s.draw()
	if field.Text() != "half typ" {
		t.Errorf("back again it says %q", field.Text())
	}
	field.Fail(errors.New("wrong"))
	s.Set(texts(t).Printer("fr"), kit.Look{Name: "dark", TextPct: 200}, theme.VariantDark)
	s.draw()
	if got, want := s.Find("entry", "Name").Value(), texts(t).Printer("fr").Sentence(errors.New("wrong")).String(); got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	s.Type("Name", "half type")
	if got := s.Find("entry", "Name").Value(); got != "" {
		t.Errorf("still says %q", got)
	}
	field.Clear()
	s.draw()
	if field.Text() != "first" {
		t.Errorf("after its use it says %q", field.Text())
	}
	s.Type("Name", "")
	s.draw()
	if field.Text() != "" {
		t.Errorf("emptied by hand it says %q", field.Text())
	}
}

// Text grows with the look at once, in what stays too.
func TestLookReachesWhatStays(t *testing.T) {
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
		return s.Sheet(s.Field("name", "Name", "", false, nil).Object, s.Body("Words"))
	})
	before := make([]float32, 2)
	for i, n := range s.Nodes() {
		before[i] = n.Object.MinSize().Height
	}
	s.Set(texts(t).Printer("en"), kit.Look{Name: "light", TextPct: 200}, theme.VariantLight)
	test.ApplyTheme(t, s.Theme())
	s.draw()
	for i, n := range s.Nodes() {
		if now := n.Object.MinSize().Height; now < 1.5*before[i] {
			t.Errorf("the %s %s is %v high, was %v", n.Role, n.Name, now, before[i])
		}
	}
}

// Scroll and focus are where they were, whatever the page is built with.
func TestScrollAndFocusStay(t *testing.T) {
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
		var rows []fyne.CanvasObject
		for range 40 {
			rows = append(rows, s.Button(s.Text.T("kit.close"), kit.Secondary, func() {}))
		}
		return s.Sheet(rows...)
	})
	s.win.Canvas().Focus(s.Nodes()[7].Object.(fyne.Focusable))
	s.win.Content().(*container.Scroll).ScrollToOffset(fyne.NewPos(0, 150))
	s.Set(texts(t).Printer("fr"), kit.Look{}, theme.VariantLight)
	s.draw()
	if got := s.win.Canvas().Focused(); got != s.Nodes()[7].Object.(fyne.Focusable) {
		t.Error("the focus is elsewhere")
	}
	other := s.memory
	s.memory = kit.NewMemory()
	s.draw()
	s.memory = other
	s.draw()
	if got := s.win.Content().(*container.Scroll).Offset.Y; got != 150 {
		t.Errorf("scrolled to %v, was 150", got)
	}
}

// What destroys looks like it: its button has the colour of danger, and no other
// has.
func TestDestructiveLooksDestructive(t *testing.T) {
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
		return kit.Column(s.Button("Erase", kit.Destructive, func() {}), s.Button("Keep", kit.Secondary, func() {}), s.Button("Go", kit.Primary, func() {}), s.Button("More", kit.Quiet, func() {}))
	})
	danger := s.Theme().Color(theme.ColorNameError, theme.VariantLight)
	img := s.win.Canvas().Capture()
	scale := s.win.Canvas().Scale()
	for _, n := range s.Nodes() {
		at := kit.Driver().AbsolutePositionForObject(n.Object).AddXY(4, n.Object.Size().Height/2)
		if got, want := same(img.At(int(at.X*scale), int(at.Y*scale)), danger), n.Name == "Erase"; got != want {
			t.Errorf("%s looks dangerous: %v", n.Name, got)
		}
	}
}

func same(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	return r>>8 == r2>>8 && g>>8 == g2>>8 && bl>>8 == b2>>8
}

// The focus goes along to the control of the same name on the next route, and to
// no other; a route that has one of its own keeps it.
func TestFocusFollows(t *testing.T) {
	names := []string{"Open", "Done"}
	s := newScreen(t, func(s *kit.Scope) fyne.CanvasObject {
		objects := make([]fyne.CanvasObject, len(names))
		for i, n := range names {
			objects[i] = s.Button(n, kit.Primary, nil)
		}
		return s.Sheet(objects...)
	})
	focused := func() (name string) {
		s.Restore("page", func(f fyne.Focusable) {
			for _, n := range s.Nodes() {
				if any(n.Object) == any(f) {
					name = n.Name
				}
			}
		})
		return name
	}
	first := s.memory
	s.Remember("page", s.Find("button", "Done").Object.(fyne.Focusable))
	for _, c := range []struct {
		names []string
		want  string
	}{{[]string{"Back", "Later", "Done"}, "Done"}, {[]string{"Back", "Later"}, ""}} {
		names, s.memory = c.names, kit.NewMemory()
		s.memory.Follow(first)
		s.draw()
		if got := focused(); got != c.want {
			t.Errorf("among %q the focus is on %q", c.names, got)
		}
	}
	names, s.memory = []string{"Open", "Done"}, kit.NewMemory()
	s.draw()
	s.Remember("page", s.Find("button", "Open").Object.(fyne.Focusable))
	s.memory.Follow(first)
	if got := focused(); got != "Open" {
		t.Errorf("a focus of its own went to %q", got)
	}
	s.memory.Follow(nil)
}
