package check

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/breach"
	"unlisted/ui/kit"
)

// drawn is the line of years of a page, in a window of a width.
type drawn struct {
	*line
	kit    *kit.Kit
	win    fyne.Window
	chose  string
	filter string
}

func draw(t *testing.T, v view, width float32) *drawn {
	t.Helper()
	app := test.NewTempApp(t)
	d := &drawn{kit: kit.New(printer(t, "en"), kit.Look{}, theme.VariantLight)}
	d.line = newLine(d.kit.Begin("page", nil), v, now, func(arg string) { d.chose = arg }, func(id string) { d.filter = id })
	d.win = app.NewWindow("line")
	t.Cleanup(d.win.Close)
	d.win.SetContent(d.line)
	d.win.Resize(fyne.NewSize(width, 400))
	return d
}

func (d *drawn) key(k fyne.KeyName) {
	d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
}

func threeLeaks(t *testing.T) view {
	return shown(known([]breach.Named{
		leak("Faces", 2019, breach.DataPhones), leak("Shop", 2021, breach.DataPasswords), leak("Old", 2012),
	}), look{chosen: "leak/Shop"}, printer(t, "en"))
}

// Each leak is a control with a name, and what it is beside it; a press chooses
// it, by pointer, by keys and from the tree.
func TestLineIsReached(t *testing.T) {
	d := draw(t, threeLeaks(t), 800)
	n := d.kit.Find("button", "Faces · May 2019")
	if n == nil || !strings.Contains(n.Value(), "1,000,000 accounts taken") || !strings.Contains(n.Value(), "phone numbers") {
		t.Fatalf("%+v", n)
	}
	if !d.kit.Press("Shop · May 2021") || d.chose != "leak/Shop" {
		t.Errorf("chose %q", d.chose)
	}
	test.Tap(n.Object.(fyne.Tappable))
	if d.chose != "leak/Faces" {
		t.Errorf("chose %q", d.chose)
	}
	d.win.Canvas().Focus(d.marks[0])
	d.key(fyne.KeyReturn)
	if d.chose != "leak/Old" {
		t.Errorf("chose %q", d.chose)
	}
	d.key(fyne.KeyRight)
	d.key(fyne.KeySpace)
	if d.chose != "leak/Faces" {
		t.Errorf("to the right of the first is %q", d.chose)
	}
	d.key(fyne.KeyRight)
	d.key(fyne.KeyRight) // there is none
	d.key(fyne.KeyEnter)
	if d.chose != "leak/Shop" {
		t.Errorf("the last is %q", d.chose)
	}
}

// What has the focus, or the pointer on it, is told in the place of the legend.
func TestLineTells(t *testing.T) {
	d := draw(t, threeLeaks(t), 800)
	if d.said.Text != "" || !d.legend[0].word.Visible() {
		t.Errorf("%q", d.said.Text)
	}
	d.win.Canvas().Focus(d.marks[1])
	if !strings.HasPrefix(d.said.Text, "Faces · May 2019") || d.legend[0].word.Visible() {
		t.Errorf("with the focus: %q", d.said.Text)
	}
	d.win.Canvas().Unfocus()
	if d.said.Text != "" || !d.legend[0].word.Visible() {
		t.Errorf("without: %q", d.said.Text)
	}
	d.marks[2].MouseIn(nil)
	if !strings.HasPrefix(d.said.Text, "Shop") {
		t.Errorf("under the pointer: %q", d.said.Text)
	}
	d.marks[2].MouseOut()
	narrow := draw(t, threeLeaks(t), 260)
	narrow.marks[1].MouseIn(nil)
	if narrow.measure(narrow.said.Text) > 260 {
		t.Errorf("%q runs out of the picture", narrow.said.Text)
	}
}

// Red alone says nothing: numbers have their sign, and what came before the
// account is a ring.
func TestSigns(t *testing.T) {
	d := draw(t, shown(known([]breach.Named{
		leak("Faces", 2019, breach.DataPhones), leak("Shop", 2021),
		with(leak("Old", 2012, breach.DataPhones), func(n *breach.Named) { n.Had = breach.HadLater }),
	}), look{}, printer(t, "en")), 800)
	paper := d.line.kit.Palette().Ground
	for i, want := range []struct{ phone, ring bool }{{true, true}, {true, false}, {false, false}} {
		f := d.marks[i].figure
		if f.phone.Visible() != want.phone || (f.circle.FillColor == paper) != want.ring {
			t.Errorf("%s: phone %v, ring %v", d.marks[i].label.Text, f.phone.Visible(), f.circle.FillColor == paper)
		}
	}
	if len(d.legend) != 3 {
		t.Errorf("%d in the legend", len(d.legend))
	}
}

// The picture fits its width and takes the height that it needs, whatever both
// are; beyond sixty, a year's circle leads to its leaks.
func TestLineOfMany(t *testing.T) {
	v := shown(manyLeaks(), look{}, printer(t, "en"))
	for _, width := range []float32{300, 760, 1400} {
		d := draw(t, v, width)
		for _, m := range d.marks {
			at, size := m.Position(), m.Size()
			if at.X < -thick || at.X+size.Width > width+thick || at.Y+size.Height > d.height() {
				t.Errorf("%g wide: %q at %v, %v", width, m.label.Text, at, size)
			}
		}
		if d.MinSize().Height > 360 || d.MinSize().Height < d.height() {
			t.Errorf("%g wide: %g high", width, d.MinSize().Height)
		}
		if !d.kit.Press("264 more in 2009") { // each nineteenth of the 5,000
			t.Fatalf("%g wide: no circle of the year", width)
		}
		if from, to, ok := years(d.filter); !ok || from != 2009 || to != 2009 {
			t.Errorf("shows %q", d.filter)
		}
	}
}
