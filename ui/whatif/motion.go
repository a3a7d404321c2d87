package whatif

import (
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/reach/picture"
)

// moving is how long one picture takes to become another.
const moving = 320 * time.Millisecond

// motion is a picture on its way from another: what is in both moves and changes
// its colour, lines that are in one only grow or fade.
type motion struct {
	at    float32                 // 0: as before; 1: there
	was   map[string]picture.Item // by id, as they were; nil: nothing moves
	lines map[[2]string]picture.Edge
	going []picture.Edge // lines that are no longer there
}

func (m *motion) on() bool { return m.was != nil && m.at < 1 }

// moveFrom lets the picture grow out of another one, if there is one.
func (c *chart) moveFrom(before *picture.Picture) {
	if before == nil || alike(before, c.pic) {
		return
	}
	c.begin(before)
	run := fyne.NewAnimation(moving, c.moved)
	run.Curve = fyne.AnimationEaseInOut
	run.Start()
}

// alike reports whether two pictures show the same things in the same state.
func alike(a, b *picture.Picture) bool {
	return len(a.Edges) == len(b.Edges) && slices.EqualFunc(a.Items, b.Items, func(x, y picture.Item) bool {
		return x.ID == y.ID && x.State == y.State && x.Name == y.Name
	})
}

// begin stands where the other picture was.
func (c *chart) begin(before *picture.Picture) {
	m := motion{was: map[string]picture.Item{}, lines: map[[2]string]picture.Edge{}}
	for _, it := range before.Items {
		m.was[it.ID] = it
	}
	there := map[[2]string]bool{}
	for _, e := range c.pic.Edges {
		there[ends(c.pic, e)] = true
	}
	for _, e := range before.Edges {
		if key := ends(before, e); there[key] {
			m.lines[key] = e
		} else {
			m.going = append(m.going, e)
		}
	}
	c.motion = m
}

// moved shows one moment of the way.
func (c *chart) moved(at float32) {
	c.motion.at = at
	if at >= 1 {
		c.motion = motion{}
	}
	c.paint()
	c.place(false)
}

// ends names a line by its boxes.
func ends(p *picture.Picture, e picture.Edge) [2]string {
	return [2]string{p.Items[e.From].ID, p.Items[e.To].ID}
}

// boxAt is where a box is at this moment.
func (c *chart) boxAt(item int) picture.Box {
	to := c.pic.Items[item]
	from, known := c.motion.was[to.ID]
	if !known || !c.motion.on() {
		return to.Box
	}
	u := c.motion.at
	return picture.Box{
		X: between(from.Box.X, to.Box.X, u), Y: between(from.Box.Y, to.Box.Y, u),
		W: between(from.Box.W, to.Box.W, u), H: between(from.Box.H, to.Box.H, u),
	}
}

// coming is how a line of the new picture is drawn at this moment.
func (m *motion) coming(p *picture.Picture, e picture.Edge) line {
	if !m.on() {
		return line{e.Points, 1}
	}
	was, known := m.lines[ends(p, e)]
	if !known || len(was.Points) != len(e.Points) {
		return line{e.Points, m.at}
	}
	points := make([]picture.Point, len(e.Points))
	for i, to := range e.Points {
		points[i] = picture.Point{X: between(was.Points[i].X, to.X, m.at), Y: between(was.Points[i].Y, to.Y, m.at)}
	}
	return line{points, 1}
}

func between(a, b, u float32) float32 { return a + (b-a)*u }

// mix is a look between two others.
func mix(a, b look, u float32) look {
	return look{blend(a.fill, b.fill, u), blend(a.stroke, b.stroke, u), between(a.width, b.width, u)}
}

func blend(a, b color.Color, u float32) color.Color {
	if u >= 1 {
		return b
	}
	r0, g0, b0, a0 := a.RGBA()
	r1, g1, b1, a1 := b.RGBA()
	part := func(x, y uint32) uint16 { return uint16(between(float32(x), float32(y), u)) }
	return color.RGBA64{R: part(r0, r1), G: part(g0, g1), B: part(b0, b1), A: part(a0, a1)}
}
