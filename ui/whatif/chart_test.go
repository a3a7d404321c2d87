package whatif

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/ui/kit"
)

// shown is a chart of so many accounts in a window, everything opened that is
// folded.
func shown(t testing.TB, n int) (*chart, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(kit.Look{Name: "light", TextPct: 100}))
	st := asks(reach.Steal, reach.MeansNumber)
	p := printer(t, "en")
	d := person(n, phone, mail)
	for _, it := range makeView(d, st, p).picture.Items {
		st.open[it.ID] = it.Role > picture.Account
	}
	c := newChart(kit.New(p, kit.Look{Name: "light", TextPct: 100}, theme.VariantLight).Begin("page", nil), makeView(d, st, p).picture, &eye{})
	c.said, c.press, c.seen = func(int) {}, func(int) {}, func() {}
	w := app.NewWindow("")
	w.SetContent(c)
	w.Resize(fyne.NewSize(800, 560))
	return c, w
}

// Whatever is done, the picture covers its frame and every box can have the
// focus, by the arrow keys too.
func TestMoving(t *testing.T) {
	c, w := shown(t, 300)
	for range 30 {
		c.zoom(zoomStep)
	}
	if c.eye.zoom != zoomMax {
		t.Errorf("zoom %v", c.eye.zoom)
	}
	c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(1e5, -1e5)})
	if f := c.factor(); c.eye.at.X > 0 || c.eye.at.Y < c.Size().Height-c.pic.Height*f-1 {
		t.Errorf("dragged out of the frame: %v", c.eye.at)
	}
	newWheel(c).Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -60)})
	if at := c.eye.at.Y; at > 0 {
		t.Errorf("turned out of the frame: %v", at)
	}
	for i, b := range c.boxes {
		at, size := b.Position(), b.Size()
		if at.X < 0 || at.Y < 0 || at.X+size.Width > c.Size().Width+1 || at.Y+size.Height > c.Size().Height+1 {
			t.Errorf("%q is drawn outside the frame, at %v %v", c.pic.Items[i].Name, at, size)
		}
	}
	reached := map[int]bool{}
	w.Canvas().Focus(c.boxes[0])
	for range 2 * len(c.boxes) {
		for i, b := range c.boxes {
			if b.focused {
				reached[i] = true
				at, size := b.Position(), b.Size()
				if at.X+size.Width < 0 || at.Y+size.Height < 0 || at.X > c.Size().Width || at.Y > c.Size().Height {
					t.Fatalf("%s has the focus out of sight, at %v", c.pic.Items[i].Name, at)
				}
			}
		}
		w.Canvas().FocusNext()
	}
	if len(reached) != len(c.boxes) {
		t.Errorf("Tab reaches %d of %d boxes", len(reached), len(c.boxes))
	}
	for i := range c.boxes {
		for _, d := range arrows {
			if to := c.next(i, d[0], d[1]); to == i {
				t.Errorf("an arrow leads from %d to itself", i)
			}
		}
	}
	for range 40 {
		c.zoom(1 / zoomStep)
	}
	c.whole()
	if f := c.factor(); c.pic.Height*f > c.Size().Height+1 && c.eye.zoom > zoomMin {
		t.Errorf("the whole picture is %v high in a frame of %v", c.pic.Height*f, c.Size().Height)
	}
}

// Hovering shows a chain, and leaving hides it again.
func TestMark(t *testing.T) {
	c, _ := shown(t, 20)
	said := []int{}
	c.said = func(i int) { said = append(said, i) }
	b := c.boxes[len(c.boxes)-1]
	b.MouseIn(nil)
	if c.marked != b.item {
		t.Error("nothing is marked")
	}
	b.MouseOut()
	if c.marked != -1 || len(said) != 2 || said[1] != -1 {
		t.Errorf("marked %d, said %v", c.marked, said)
	}
}

// The picture after the plan grows out of that of today: what is in both moves
// from its old place to its new one, and everything ends where it belongs.
func TestMotion(t *testing.T) {
	_, w := shown(t, 30)
	d, st := person(30, phone, mail), asks(reach.Steal, reach.MeansNumber)
	before := makeView(d, st, printer(t, "en")).picture
	before.Arrange(800, 560)
	st.planned = true
	c := newChart(kit.New(printer(t, "en"), kit.Look{Name: "light", TextPct: 100}, theme.VariantLight).Begin("page", nil), makeView(d, st, printer(t, "en")).picture, &eye{})
	w.SetContent(c)
	if again := makeView(d, st, printer(t, "en")).picture; !alike(again, c.pic) || alike(before, c.pic) {
		t.Error("what stays as it is moves, or what changes does not")
	}
	at := map[string]picture.Box{}
	for _, it := range before.Items {
		at[it.ID] = it.Box
	}
	moves := 0
	for _, u := range []float32{0, 0.5, 1} {
		c.begin(before)
		c.moved(u)
		for i, it := range c.pic.Items {
			was, known := at[it.ID]
			if !known {
				was = it.Box
			}
			want := was.Y + (it.Box.Y-was.Y)*u
			if got := c.boxAt(i).Y; got-want > 0.1 || want-got > 0.1 {
				t.Errorf("at %v %q is at %v, want %v", u, it.Name, got, want)
			}
			if was.Y != it.Box.Y {
				moves++
			}
		}
		lines := 0
		for _, l := range c.layers() {
			for _, e := range l.lines {
				lines++
				if e.share < 0 || e.share > 1 || len(e.points) < 2 {
					t.Errorf("at %v a line is drawn %+v", u, e)
				}
			}
		}
		if want := len(c.pic.Edges); u == 1 && lines != want || lines < want {
			t.Errorf("at %v there are %d lines of %d", u, lines, want)
		}
	}
	if moves == 0 {
		t.Error("nothing moves")
	}
}

func BenchmarkRelayout300(b *testing.B) {
	c, _ := shown(b, 300)
	for i := 0; b.Loop(); i++ {
		c.zoom([]float32{zoomStep, 1 / zoomStep}[i%2])
	}
}

func BenchmarkMark300(b *testing.B) {
	c, _ := shown(b, 300)
	for i := 0; b.Loop(); i++ {
		c.mark(i % len(c.boxes))
	}
}

func BenchmarkPan300(b *testing.B) {
	c, _ := shown(b, 300)
	for i := 0; b.Loop(); i++ {
		c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, float32(i%3-1)*20)})
	}
}

func BenchmarkLines300(b *testing.B) {
	c, _ := shown(b, 300)
	for b.Loop() {
		c.drawLines(800, 560)
	}
}

func BenchmarkPaint300(b *testing.B) {
	c, w := shown(b, 300)
	for i := 0; b.Loop(); i++ {
		c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, float32(i%3-1)*20)})
		w.Canvas().Capture()
	}
}

// BenchmarkBareRepaint300 is what the toolkit itself takes to paint the same
// area: one image that changes, in a bare window.
func BenchmarkBareRepaint300(b *testing.B) {
	app := test.NewTempApp(b)
	shade := uint8(0)
	r := canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		shade++
		draw.Draw(img, img.Rect, image.NewUniform(color.Gray{Y: shade}), image.Point{}, draw.Src)
		return img
	})
	w := app.NewWindow("")
	w.SetContent(r)
	w.Resize(fyne.NewSize(800, 560))
	for b.Loop() {
		r.Refresh()
		w.Canvas().Capture()
	}
}

func BenchmarkMotion300(b *testing.B) {
	c, w := shown(b, 300)
	st := asks(reach.Steal, reach.MeansMailbox)
	before := makeView(person(300, phone, mail), st, printer(b, "en")).picture
	before.Arrange(800, 560)
	for i := 0; b.Loop(); i++ {
		if i%10 == 0 {
			c.begin(before)
		}
		c.moved(float32(i%10) / 10)
		w.Canvas().Capture()
	}
}
