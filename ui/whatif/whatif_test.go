package whatif

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/access"
	accounts "unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

var (
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
	work  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@work.example"}
)

func printer(t testing.TB) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer("en")
}

// person is what the page of somebody with n accounts is made from.
func person(n int, own ...identifier.Identifier) data {
	list := make([]accounts.Account, n)
	for i := range list {
		id := fmt.Sprintf("site%03d.example", i)
		list[i] = accounts.Account{ID: id, Platform: id, Name: "Site " + id, Identifiers: []identifier.Identifier{phone, mail}[i%2:]}
	}
	p := &profile.Profile{Version: profile.Version}
	for _, id := range own {
		p.Identifiers = append(p.Identifiers, profile.Own{ID: id})
	}
	m := reach.Build(reach.Input{Accounts: list, Own: own, Platform: func(id, _ string) *catalog.Platform {
		return &catalog.Platform{ID: id, Name: id, Exit: catalog.ExitAfterApp, Methods: []string{"sms"}}
	}})
	d := data{profile: p, model: m, asks: m.Questions(maxQuestions), grades: map[string]reach.Grade{}, tier: func(id string) reach.Tier { return reach.TierRest }}
	for _, a := range m.Accounts() {
		d.grades[a.ID] = m.Grade(a.ID)
	}
	return d
}

// An address of the page is a question; anything else is none.
func TestParse(t *testing.T) {
	for arg, want := range map[string]string{
		"steal/number":               "steal [number] false",
		"lose/phone,mailbox/planned": "lose [phone mailbox] true",
		"steal/+33639981234":         "steal [+33639981234] false",
		"steal":                      "steal [] false",
		"":                           "", "x.com": "", "/planned": "", "burn/number": "",
	} {
		q, ok := parse(arg)
		got := fmt.Sprint(q.kind, " ", q.means, " ", q.planned)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is %q, want %q", arg, got, want)
		}
	}
}

// The page says what falls, keeps lists short until all is wanted, and puts the
// weakest account first.
func TestView(t *testing.T) {
	d := person(60, phone, mail)
	st := state{question: question{kind: reach.Steal, means: []string{reach.MeansNumber}}, open: map[string]bool{}}
	v := makeView(d, st, printer(t))
	if v.noNumber || len(v.asks) == 0 || len(v.asks) > maxQuestions || v.kept == "" || len(v.compromised) != short || v.moreCompromised < short || v.moreGrades != 60 {
		t.Fatalf("view %+v", v)
	}
	st.allCompromised, st.allGrades = true, true
	v = makeView(d, st, printer(t))
	if len(v.grades) != 60 || v.moreGrades != 0 || len(v.compromised) < short {
		t.Errorf("all: %d grades, %d compromised", len(v.grades), len(v.compromised))
	}
	last := access.Poor
	for _, r := range v.grades {
		if r.level == access.Unknown {
			r.level = access.Good + 1
		}
		if r.level < last {
			t.Errorf("%s comes after a better one", r.title)
		}
		last = r.level
		if r.title == "" || r.detail == "" || r.badge == "" {
			t.Errorf("row %+v", r)
		}
	}
}

// Each number and address can be asked about alone where there are several;
// an unlocked phone cannot be lost in another way than a locked one.
func TestChoices(t *testing.T) {
	p := printer(t)
	for _, c := range []struct {
		own  []identifier.Identifier
		kind reach.Kind
		want int
	}{
		{[]identifier.Identifier{phone, mail}, reach.Steal, 5},
		{[]identifier.Identifier{phone, mail}, reach.Lose, 4},
		{[]identifier.Identifier{phone, mail, work}, reach.Steal, 7},
		{nil, reach.Steal, 5},
	} {
		got := choices(person(1, c.own...).profile, state{question: question{kind: c.kind}}, p)
		if len(got) != c.want {
			t.Errorf("%v %s: %d choices", c.own, c.kind, len(got))
		}
		for _, m := range got {
			if m.label == "" || m.label == mail.Value {
				t.Errorf("choice %+v", m)
			}
		}
	}
}

// Nothing chosen, and nothing known, is a page too.
func TestViewOfNothing(t *testing.T) {
	for _, st := range []state{
		{question: question{kind: reach.Steal}},
		{question: question{kind: reach.Lose, means: []string{"gone@post.example"}}},
	} {
		v := makeView(person(2, mail), st, printer(t))
		if v.count == "" || v.kept != "" || !v.noNumber || len(v.compromised) != 0 || v.picture == nil || len(v.grades) != 2 {
			t.Errorf("view %+v", v)
		}
	}
}

// shown is a chart of so many accounts in a window, every group open.
func shown(t testing.TB, n int) (*chart, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(kit.Look{Name: "light", TextPct: 100}))
	st := state{question: question{kind: reach.Steal, means: []string{reach.MeansNumber}}, open: map[string]bool{}}
	p := printer(t)
	d := person(n, phone, mail)
	for _, it := range makeView(d, st, p).picture.Items {
		st.open[it.ID] = it.Role == picture.Group
	}
	c := newChart(kit.New(p, kit.Look{Name: "light", TextPct: 100}, theme.VariantLight).Begin("page", nil), makeView(d, st, p).picture, &eye{})
	c.said, c.press, c.look, c.scroll = func(int) {}, func(int) {}, func() {}, func(*fyne.ScrollEvent) {}
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

// The picture of 300 open accounts moves and grows well within a frame; the
// bound is loose, the benchmark has the figure.
func TestFastEnough(t *testing.T) {
	c, _ := shown(t, 300)
	start := time.Now()
	for i := range 20 {
		c.zoom([]float32{zoomStep, 1 / zoomStep}[i%2])
		c.mark(i)
	}
	if each := time.Since(start) / 40; each > 100*time.Millisecond {
		t.Errorf("a redraw takes %v", each)
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
