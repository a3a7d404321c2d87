package whatif

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"unlisted/checks/reach/picture"
	"unlisted/ui/kit"
)

// few is how many lines of a chain are drawn thick.
const few = 8

// line is one line with how strongly it is drawn.
type line struct {
	points []picture.Point
	share  float32 // 1: whole; less while it comes or goes
}

// layer is lines of one colour and width.
type layer struct {
	color color.Color
	width float32
	lines []line
}

// layers sorts the lines: what falls over the rest, a chain that is shown over
// all. While one is shown, all others step back.
func (c *chart) layers() []layer {
	alarm, _ := c.kit.Colors(toneOf(c.pic.Question()))
	accent, _ := c.kit.Colors(kit.Accent)
	calm := layer{color: c.kit.Palette().Faint, width: thin}
	fall := layer{color: alarm, width: firm}
	lit, litFall := layer{color: accent, width: thickest}, layer{color: alarm, width: thickest}
	chain := map[int]bool{}
	if c.marked >= 0 {
		for _, e := range c.pic.Chain(c.marked) {
			chain[e] = true
		}
		if len(chain) > few {
			lit.width, litFall.width = firm, firm
		}
	}
	for i, e := range c.pic.Edges {
		to := &calm
		switch {
		case chain[i] && e.Falls:
			to = &litFall
		case chain[i]:
			to = &lit
		case e.Falls && c.marked < 0:
			to = &fall
		}
		to.lines = append(to.lines, c.motion.coming(c.pic, e))
	}
	for _, e := range c.motion.going {
		to := &calm
		if e.Falls {
			to = &fall
		}
		to.lines = append(to.lines, line{e.Points, 1 - c.motion.at})
	}
	return []layer{calm, fall, lit, litFall}
}

// drawLines draws all lines in one image, as large as the frame on the screen:
// a thousand objects of the toolkit would each be drawn over the whole page.
func (c *chart) drawLines(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if c.Size().Width <= 0 || w == 0 || h == 0 {
		return img
	}
	dots := float32(w) / c.Size().Width
	f := c.factor() * dots
	r := vector.NewRasterizer(w, h)
	ink := image.NewAlpha(img.Rect)
	for _, l := range c.layers() {
		if len(l.lines) == 0 {
			continue
		}
		r.Reset(w, h)
		r.DrawOp = draw.Src
		x, y := c.eye.at.X*dots, c.eye.at.Y*dots
		for _, e := range l.lines {
			half := l.width * dots / 2 * e.share
			for i, b := range e.points[1:] {
				a := e.points[i]
				stroke(r, a.X*f+x, a.Y*f+y, b.X*f+x, b.Y*f+y, half, float32(w), float32(h))
			}
		}
		r.Draw(ink, ink.Rect, image.Opaque, image.Point{})
		put(img, ink, l.color)
	}
	return img
}

// put lays a colour over an image where there is ink: most of it has none, so
// this is several times faster than the toolkit's way for whole images.
func put(img *image.RGBA, ink *image.Alpha, c color.Color) {
	red, green, blue, _ := c.RGBA()
	rgba := [4]uint32{red >> 8, green >> 8, blue >> 8, 255}
	for i, a := range ink.Pix {
		if a == 0 {
			continue
		}
		for k, v := range rgba {
			p := &img.Pix[4*i+k]
			*p = uint8((v*uint32(a) + uint32(*p)*(255-uint32(a))) / 255)
		}
	}
}

// stroke adds a line of twice a half width, as far as it is inside.
func stroke(r *vector.Rasterizer, x0, y0, x1, y1, half, w, h float32) {
	x0, y0, x1, y1, ok := clip(x0, y0, x1, y1, w, h)
	length := float32(math.Hypot(float64(x1-x0), float64(y1-y0)))
	if !ok || length == 0 {
		return
	}
	dx, dy := (y1-y0)/length*half, (x0-x1)/length*half
	r.MoveTo(x0+dx, y0+dy)
	r.LineTo(x1+dx, y1+dy)
	r.LineTo(x1-dx, y1-dy)
	r.LineTo(x0-dx, y0-dy)
	r.ClosePath()
}

// clip cuts a line to a frame (Liang and Barsky, ACM TOG 3(1), 1984); false
// where none of it is inside.
func clip(x0, y0, x1, y1, w, h float32) (a, b, c, d float32, ok bool) {
	from, to := float32(0), float32(1)
	dx, dy := x1-x0, y1-y0
	for _, s := range [4][2]float32{{-dx, x0}, {dx, w - x0}, {-dy, y0}, {dy, h - y0}} {
		switch p, q := s[0], s[1]; {
		case p == 0 && q < 0:
			return 0, 0, 0, 0, false
		case p < 0:
			from = max(from, q/p)
		case p > 0:
			to = min(to, q/p)
		}
	}
	return x0 + from*dx, y0 + from*dy, x0 + to*dx, y0 + to*dy, from < to
}
