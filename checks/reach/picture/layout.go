package picture

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Box is a place in the picture, in pixels at 100 % text.
type Box struct{ X, Y, W, H float32 }

// Point is a corner of a line.
type Point struct{ X, Y float32 }

func (b Box) left() Point  { return Point{b.X, b.Y + b.H/2} }
func (b Box) right() Point { return Point{b.X + b.W, b.Y + b.H/2} }

// Measures of the picture, in pixels at 100 % text.
const (
	pad       = 10  // around everything; lines along the left edge run in it
	haveW     = 170 // boxes of the first column
	wayW      = 190
	accountW  = 150 // each of two accounts side by side
	aloneW    = 240 // accounts in one column
	columnGap = 50
	sideGap   = 14
	rowGap    = 8
	lineH     = 18
	headH     = 30 // headings of the columns
	letter    = 7.3

	// FontSize is the size of the words.
	FontSize = 13
	// LineHeight is the distance of two lines of words.
	LineHeight = lineH
	// Inset is the distance of the words to the edge of their box.
	Inset = 10

	alone   = 12  // so many accounts stand in one column
	onePage = 520 // the height in which columns are centred, so that they are in sight at first
)

// arrange places all boxes: no two touch, equal input gives equal places.
func (p *Picture) arrange() {
	haves, ways, accounts := p.column(Have), p.column(Way), append(p.column(Account), p.column(Group)...)
	slices.Sort(accounts)
	x := float32(pad)
	width := func(list []int, w float32) {
		for _, i := range list {
			it := &p.Items[i]
			it.Box.X, it.Box.W = x, w
			it.Lines = wrap(it.Name, w-2*Inset)
			it.Box.H = float32(len(it.Lines))*lineH + rowGap*1.25
		}
		x += w + columnGap
	}
	width(haves, haveW)
	width(ways, wayW)
	height := p.stackAccounts(accounts, x)
	p.order(ways)
	h1 := p.stack(ways)
	p.order(haves)
	h2 := p.stack(haves)
	height = max(height, h1, h2)
	for _, c := range []struct {
		list []int
		h    float32
	}{{haves, h2}, {ways, h1}} {
		p.shift(c.list, (max(c.h, min(height, onePage))-c.h)/2)
	}
	if h := p.bottom(accounts); h < height {
		p.shift(accounts, (height-h)/2)
	}
	p.head(haves, ways, accounts)
	p.Height = height + headH + 2*pad
	for i := range p.Items {
		p.Items[i].Box.Y += pad + headH
		p.Width = max(p.Width, p.Items[i].Box.X+p.Items[i].Box.W+pad)
	}
}

// head names the columns.
func (p *Picture) head(columns ...[]int) {
	for i, list := range columns {
		if len(list) > 0 {
			b := p.Items[list[0]].Box
			key := "picture.col." + []string{"have", "way", "account"}[i]
			p.Heads = append(p.Heads, Head{p.text.T(key), Box{b.X, pad, b.W, lineH}})
		}
	}
}

func (p *Picture) column(r Role) (out []int) {
	for i, it := range p.Items {
		if it.Role == r {
			out = append(out, i)
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

// stack puts boxes below each other in the given order.
func (p *Picture) stack(list []int) (y float32) {
	for _, i := range list {
		p.Items[i].Box.Y = y
		y += p.Items[i].Box.H + rowGap
	}
	return max(0, y-rowGap)
}

// stackAccounts puts accounts below each other, two in a row where there are
// many; a group takes the whole width.
func (p *Picture) stackAccounts(list []int, x float32) (y float32) {
	two := len(list) > alone
	var row []int
	flush := func() {
		h := float32(0)
		for _, i := range row {
			h = max(h, p.Items[i].Box.H)
		}
		for _, i := range row {
			p.Items[i].Box.Y, p.Items[i].Box.H = y, h
		}
		if len(row) > 0 {
			y += h + rowGap
		}
		row = row[:0]
	}
	for _, i := range list {
		it := &p.Items[i]
		w := float32(aloneW)
		if two {
			w = 2*accountW + sideGap
		}
		if two && it.Role == Account {
			w = accountW
		}
		if len(row) == 2 || len(row) == 1 && (!two || it.Role == Group) {
			flush()
		}
		it.Box.X, it.Box.W = x+float32(len(row))*(accountW+sideGap), w
		it.Lines = wrap(it.Name, w-2*Inset)
		it.Box.H = float32(len(it.Lines))*lineH + rowGap*1.25
		row = append(row, i)
		if it.Role == Group {
			flush()
		}
	}
	flush()
	return max(0, y-rowGap)
}

// order sorts a column by the middle of what its boxes lead to; what falls
// counts more, so that its lines run straight.
func (p *Picture) order(list []int) {
	sum, weight := map[int]float32{}, map[int]float32{}
	for _, e := range p.Edges {
		w := float32(1)
		if e.Falls {
			w = 6
		}
		b := p.Items[e.To].Box
		sum[e.From] += w * (b.Y + b.H/2)
		weight[e.From] += w
	}
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(sum[a]/max(1, weight[a]), sum[b]/max(1, weight[b])),
			strings.Compare(p.Items[a].ID, p.Items[b].ID))
	})
}

// route lays the lines: straight from box to box; to the right one of two
// accounts along the gap below its row, so that no line runs behind a box.
func (p *Picture) route() {
	first := p.Width
	for _, it := range p.Items {
		if it.Role >= Account {
			first = min(first, it.Box.X)
		}
	}
	for i := range p.Edges {
		e := &p.Edges[i]
		from, to := p.Items[e.From].Box, p.Items[e.To].Box
		if e.Back && from.X == to.X {
			a, b := from.left(), to.left()
			e.Points = []Point{a, {a.X - pad/2, a.Y}, {b.X - pad/2, b.Y}, b}
			continue
		}
		e.Points = append([]Point{from.right()}, p.into(to, first)...)
		if from.X > to.X {
			e.Points = append([]Point{to.right()}, p.into(from, first)...)
			slices.Reverse(e.Points)
		}
	}
}

// into is how a line reaches a box of the account column.
func (p *Picture) into(b Box, first float32) []Point {
	if b.X <= first {
		return []Point{b.left()}
	}
	y := b.Y + b.H + rowGap/2
	return []Point{{first - sideGap/2, y}, {b.X - sideGap/2, y}, b.left()}
}

// maxLines is how many lines of words a box has at most.
const maxLines = 3

// wrap breaks words into lines of about a width; what is left over is cut.
func wrap(s string, width float32) (lines []string) {
	limit := int(width / letter)
	line := ""
	for w := range strings.SplitSeq(s, " ") {
		next := strings.TrimPrefix(line+" "+w, " ")
		if line != "" && len(lines) < maxLines-1 && utf8.RuneCountInString(next) > limit {
			lines = append(lines, cut(line, limit))
			next = w
		}
		line = next
	}
	return append(lines, cut(line, limit))
}

func cut(s string, limit int) string {
	if r := []rune(s); len(r) > limit {
		return string(r[:max(0, limit-1)]) + "…"
	}
	return s
}
