package holders

// Box is a place in the drawing, in pixels.
type Box struct{ X, Y, W, H float32 }

// Band is a flow as it is drawn: from the right edge of a holding to the left
// edge of a group, as thick as it has accounts.
type Band struct {
	X0, Y0, X1, Y1 float32 // the middle of its ends
	Thick          float32
}

// Layout is where everything stands; its lists go with those of the Map.
type Layout struct {
	Holdings, Groups []Box
	Bands            []Band
	Height           float32
}

// Measures at 100 % text, in pixels.
const (
	holdingH   = 46 // two lines of words
	groupH     = 46
	groupMost  = 86 // with room for four lines
	gapLeast   = 8
	holdingW   = 190
	groupW     = 330
	groupLeast = 150
	between    = 50 // of the two sides, at least
	most       = 6  // thickness of one account
	least      = 1.5
	rim        = 8 // of a box, above and below its bands together
)

// Least is the height that the map needs at a text scale (1: 100 %).
func (m Map) Least(scale float32) float32 {
	return max(stackHeight(len(m.Holdings), holdingH, scale), stackHeight(len(m.Groups), groupH, scale))
}

func stackHeight(n int, each, scale float32) float32 {
	return max(0, float32(n)*(each+gapLeast)-gapLeast) * scale
}

// Arrange places the map in a frame. A frame that is too low is left at the
// bottom, one that is too narrow makes the boxes narrower.
func (m Map) Arrange(width, height, scale float32) Layout {
	l := Layout{Height: max(height, m.Least(scale))}
	left, right := columns(width, scale)
	l.Holdings = slots(len(m.Holdings), 0, left, l.Height, holdingH*scale, holdingH*scale)
	l.Groups = slots(len(m.Groups), width-right, right, l.Height, groupH*scale, groupMost*scale)
	thick := m.thickness(l, scale)
	outs, ins := m.stacked(l, thick)
	for i, f := range m.Flows {
		a, b := l.Holdings[f.Holding], l.Groups[f.Group]
		l.Bands = append(l.Bands, Band{a.X + a.W, outs[i], b.X, ins[i], thick(f.Accounts)})
	}
	return l
}

// columns gives the widths of the two sides.
func columns(width, scale float32) (left, right float32) {
	left, right = min(holdingW*scale, 0.37*width), min(groupW*scale, 0.5*width)
	if rest := width - left - right; rest < between {
		right = max(min(right, groupLeast*scale), right-(between-rest))
	}
	return left, min(right, max(0, width-left))
}

// slots puts boxes below each other, spread over the whole height.
func slots(n int, x, w, height, lowest, highest float32) []Box {
	out := make([]Box, n)
	for i := range out {
		slot := height / float32(n)
		h := min(highest, max(lowest, slot*0.84))
		out[i] = Box{x, float32(i)*slot + (slot-h)/2, w, h}
	}
	return out
}

// thickness gives how thick a band is drawn: so much an account that no box has
// more than its height.
func (m Map) thickness(l Layout, scale float32) func(accounts int) float32 {
	sum, bands := map[int]int{}, map[int]int{}
	each := float32(most) * scale
	for _, f := range m.Flows {
		for _, box := range []int{f.Holding, -1 - f.Group} {
			sum[box] += f.Accounts
			bands[box]++
		}
	}
	for box, n := range sum {
		h := float32(0)
		if box >= 0 {
			h = l.Holdings[box].H
		} else {
			h = l.Groups[-1-box].H
		}
		each = min(each, (h-rim*scale-least*float32(bands[box]))/float32(n))
	}
	return func(accounts int) float32 { return least + max(0, each)*float32(accounts) }
}

// stacked places the ends of the bands at their boxes, one below the other, in
// the order of what they lead to.
func (m Map) stacked(l Layout, thick func(int) float32) (outs, ins []float32) {
	ends := func(box func(Flow) int, boxes []Box) []float32 {
		total := map[int]float32{}
		for _, f := range m.Flows {
			total[box(f)] += thick(f.Accounts)
		}
		used := map[int]float32{}
		out := make([]float32, len(m.Flows))
		for i, f := range m.Flows { // by holding, then by group: so both sides are in order
			b, t := boxes[box(f)], thick(f.Accounts)
			out[i] = b.Y + (b.H-total[box(f)])/2 + used[box(f)] + t/2
			used[box(f)] += t
		}
		return out
	}
	return ends(func(f Flow) int { return f.Holding }, l.Holdings), ends(func(f Flow) int { return f.Group }, l.Groups)
}
