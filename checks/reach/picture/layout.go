package picture

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"unlisted/checks/text"
)

// Box is a place in the picture, in pixels at 100 % text.
type Box struct{ X, Y, W, H float32 }

// Point is a corner of a line.
type Point struct{ X, Y float32 }

func (b Box) left() Point     { return Point{b.X, b.Y + b.H/2} }
func (b Box) right() Point    { return Point{b.X + b.W, b.Y + b.H/2} }
func (b Box) middle() float32 { return b.Y + b.H/2 }

// Measures of the picture, in pixels at 100 % text.
const (
	pad     = 12 // around everything
	lineH   = 18
	headH   = 26 // headings of the columns
	letter  = 7.3
	apart   = 12 // of boxes in the first two columns
	lane    = 22 // of boxes in the middle, so that lines pass between them
	rowLow  = 25 // boxes of accounts
	rowHigh = 40
	rowGap  = 5
	gapHigh = 20
	parted  = 22 // what falls from what stays, with its heading between
	paperW  = 760
	least   = 560 // width below which nothing gets narrower

	// FontSize is the size of the words.
	FontSize = 13
	// LineHeight is the distance of two lines of words.
	LineHeight = lineH
	// Inset is the distance of the words to the edge of their box.
	Inset = 10
)

// Arrange fits the picture to a frame: no two boxes touch, equal input gives
// equal places. What does not fit makes the picture larger than the frame.
func (p *Picture) Arrange(width, height float32) {
	p.Width = max(width, least)
	columns := p.columns()
	room := max(0, height-headH-2*pad)
	tall := p.stackAccounts(columns[2], room)
	for i, gap := range []float32{apart, lane} {
		tall = max(tall, p.stackHeight(columns[i], gap))
	}
	room = max(room, tall)
	p.shift(columns[2], (room-p.bottom(columns[2]))/2)
	p.spread(columns[1], room, lane)
	p.spread(columns[0], room, apart)
	p.Height = room + headH + 2*pad
	p.Heads = nil
	for i, list := range columns {
		for _, item := range list {
			p.Items[item].Box.Y += pad + headH
		}
		if len(list) > 0 && i < int(Account) {
			b := p.Items[list[0]].Box
			words := p.text.T("picture.col." + []string{"have", "step." + string(p.Question())}[i])
			p.Heads = append(p.Heads, Head{words, Box{b.X, b.Y - lineH - 2, b.W, lineH}})
		}
	}
	p.headAccounts(columns[2])
	p.route(columns[1])
}

// headAccounts says above what falls that it does, and above what stays.
func (p *Picture) headAccounts(list []int) {
	count := map[bool]int{true: len(p.compromised), false: p.total - len(p.compromised)}
	seen := map[bool]bool{}
	for _, i := range list {
		it := p.Items[i]
		falls := it.State != Calm
		if seen[falls] {
			continue
		}
		seen[falls] = true
		key := "picture.col.kept"
		if falls {
			key = "picture.col." + string(p.Question())
		}
		words := p.text.T(key, "n", p.text.Number(int64(count[falls])))
		p.Heads = append(p.Heads, Head{words, Box{it.Box.X, it.Box.Y - lineH - 2, it.Box.W, lineH}})
	}
}

// columns sorts the boxes into columns, and gives them their place across and
// their words.
func (p *Picture) columns() (out [3][]int) {
	for i, it := range p.Items {
		c := int(min(it.Role, Account))
		out[c] = append(out[c], i)
	}
	// The narrowest still hold a masked number in one piece: its end tells it from others.
	share := func(part, low, high float32) float32 { return min(high, max(low, part*p.Width)) }
	w := [3]float32{share(0.28, 155, 210), share(0.23, 146, 200), share(0.31, 170, 300)}
	last := p.Width - pad - w[2]
	x := [3]float32{pad, (pad + w[0] + last - w[1]) / 2, last}
	lines := [3]int{3, 3, 1}
	for c, list := range out {
		for _, i := range list {
			it := &p.Items[i]
			it.Box.X, it.Box.W = x[c], w[c]
			it.Lines = wrap(it.Name, w[c]-2*Inset, lines[c])
			it.Box.H = float32(len(it.Lines))*lineH + 12
		}
	}
	return out
}

func (p *Picture) shift(list []int, by float32) {
	for _, i := range list {
		p.Items[i].Box.Y += by
	}
}

func (p *Picture) bottom(list []int) (h float32) {
	for _, i := range list {
		h = max(h, p.Items[i].Box.Y+p.Items[i].Box.H)
	}
	return h
}

func (p *Picture) stackHeight(list []int, gap float32) (h float32) {
	for _, i := range list {
		h += p.Items[i].Box.H + gap
	}
	return max(0, h-gap)
}

// stackAccounts puts accounts below each other, what falls apart from what
// stays, as wide apart as there is room.
func (p *Picture) stackAccounts(list []int, room float32) float32 {
	if len(list) == 0 {
		return 0
	}
	each := max(0, room-parted) / float32(len(list))
	gap := min(gapHigh, max(rowGap, each*0.22))
	h := min(rowHigh, max(rowLow, each-gap))
	y := float32(0)
	for k, i := range list {
		it := &p.Items[i]
		if k > 0 && (it.State == Calm) != (p.Items[list[k-1]].State == Calm) {
			y += parted
		}
		it.Box.Y, it.Box.H = y, h
		y += h + gap
	}
	return y - gap
}

// spread places the boxes of a column beside the middle of what hangs on them,
// as near as the others let them.
func (p *Picture) spread(list []int, room, gap float32) {
	wish := map[int]float32{}
	for _, i := range list {
		sum, weight := float32(0), float32(0)
		for _, e := range p.Edges {
			to := p.Items[e.To]
			if e.From != i || to.Role <= p.Items[i].Role {
				continue
			}
			w := float32(1)
			if e.Falls {
				w = 4
			}
			sum, weight = sum+w*to.Box.middle(), weight+w
		}
		if wish[i] = room / 2; weight > 0 {
			wish[i] = sum / weight
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(rank(p.Items[a].State), rank(p.Items[b].State)), cmp.Compare(wish[a], wish[b]),
			strings.Compare(p.Items[a].ID, p.Items[b].ID))
	})
	y := float32(0)
	for _, i := range list { // down: none above its wish, none over another
		b := &p.Items[i].Box
		b.Y = max(y, wish[i]-b.H/2)
		y = b.Y + b.H + gap
	}
	for k := len(list) - 1; k >= 0; k-- { // up: none below the edge
		b := &p.Items[list[k]].Box
		b.Y = min(b.Y, room-b.H)
		room = b.Y - gap
	}
}

// rank puts what is in the question on top.
func rank(s State) int {
	if s == Calm {
		return 1
	}
	return 0
}

// bend is how many straight pieces a curve is made of.
const bend = 12

// curve leads from one point to another, level at both ends.
func curve(a, b Point) []Point {
	out := make([]Point, bend+1)
	for i := range out {
		u := float32(i) / bend
		s := u * u * (3 - 2*u) // of a curve of Bézier's with level handles
		x := a.X + (b.X-a.X)*(1.5*u*(1-u)*(1-u)+1.5*u*u*(1-u)+u*u*u)
		out[i] = Point{x, a.Y + (b.Y-a.Y)*s}
	}
	return out
}

// route lays the lines: level from box to box, and past the middle column
// between its boxes, so that no line runs behind one.
func (p *Picture) route(middle []int) {
	for i := range p.Edges {
		e := &p.Edges[i]
		from, to := p.Items[e.From], p.Items[e.To]
		e.Points = curve(from.Box.right(), to.Box.left())
		if from.Role == Step && to.Role == Step {
			e.Points = arc(from.Box.left(), to.Box.left())
		}
		if from.Role == Have && to.Role >= Account && len(middle) > 0 {
			a, b := from.Box.right(), to.Box.left()
			box := p.Items[middle[0]].Box
			y := p.passage(middle, (a.Y+b.Y)/2)
			in, out := Point{box.X, y}, Point{box.X + box.W, y}
			e.Points = append(curve(a, in), curve(out, b)...)
		}
	}
}

// passage is the height nearest to y at which a line passes the middle column:
// y itself, or the edge of a box with its clearance.
func (p *Picture) passage(middle []int, y float32) float32 {
	const clear = 7
	var taken [][2]float32
	at := []float32{y}
	for k, i := range middle {
		b := p.Items[i].Box
		top, bottom := b.Y-clear, b.Y+b.H+clear
		if k == 0 {
			top -= lineH // its heading
		}
		taken = append(taken, [2]float32{top, bottom})
		at = append(at, top, bottom)
	}
	at = slices.DeleteFunc(at, func(at float32) bool { // never all: nothing is above the first
		return slices.ContainsFunc(taken, func(t [2]float32) bool { return at > t[0] && at < t[1] })
	})
	far := func(at float32) float32 { return max(at-y, y-at) }
	return slices.MinFunc(at, func(a, b float32) int { return cmp.Compare(far(a), far(b)) })
}

// arc leads from one box of a column to another, along their left.
func arc(a, b Point) []Point {
	out := make([]Point, bend+1)
	for i := range out {
		u := float32(i) / bend
		out[i] = Point{a.X - 4*u*(1-u)*lane, a.Y + (b.Y-a.Y)*u}
	}
	return out
}

// wrap breaks words into so many lines of about a width; what is left over is
// cut.
func wrap(s string, width float32, most int) (lines []string) {
	limit := int(width / letter)
	line := ""
	for w := range strings.SplitSeq(s, " ") {
		next := strings.TrimPrefix(line+" "+w, " ")
		if line != "" && len(lines) < most-1 && utf8.RuneCountInString(next) > limit {
			lines = append(lines, text.Short(line, limit))
			next = w
		}
		line = next
	}
	return append(lines, text.Short(line, limit))
}
