// Package timeline lays dated events out along an axis of years: a circle each,
// larger the more accounts were concerned, with its name beside it where there
// is room. It knows sizes and no screen; equal input gives equal places.
package timeline

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// Event is one leak or incident on the axis.
type Event struct {
	Name  string    // as it is written beside its circle
	Date  time.Time // zero: it is counted, not drawn
	Count int64     // accounts concerned; 0 where unknown
	Rank  int       // the higher, the sooner it gets a place and its name
}

// Options are what the layout depends on. Measures are in pixels.
type Options struct {
	Width   float32
	Unit    float32                // what grows with the text: 1 at 100 %
	Now     time.Time              // the axis ends with its year
	Measure func(s string) float32 // width of a name as it is written
}

// Mark is one circle: of an event, or of all of a year that are not drawn singly.
type Mark struct {
	Event int // index into the events; -1: of several
	Group     // where of several

	X, Y, R float32
	Label   string // "" where the name has no room
	LabelX  float32
	LabelW  float32
}

// Group is how many events of a year stand in one circle.
type Group struct{ Year, N int }

// Tick is one year on the axis.
type Tick struct {
	Year  int
	X     float32 // where the year begins
	Named bool    // its number has room
}

// Layout is the picture.
type Layout struct {
	Width, Height float32
	Axis          float32 // height at which the numbers of the years begin
	Ticks         []Tick
	Marks         []Mark // in the order of their dates
	Undated       int    // events that have no date
	Earliest      bool   // an event is older than the axis: it stands at its start
}

// Measures at 100 % text.
const (
	axis      = 24  // height of the row of years
	least     = 5   // radius of the smallest circle
	most      = 15  // and of the largest
	beside    = 5   // between a circle and its name
	apart     = 4   // between two marks
	edge      = 18  // kept free at both ends
	sure      = 12  // events that get their names first
	few       = 60  // events that are drawn singly
	span      = 4   // years the axis has at least
	groupSize = 8   // radius of a circle that stands for several
	roomy     = 680 // width from which names have room in few lanes
	oldest    = 40  // years the axis goes back at most
)

// Height is that of the picture of n events at a width; 0 stands for a width that
// is not known yet.
func Height(n int, width, unit float32) float32 {
	g := gridOf(n, width/unit)
	return (float32(g.lanes)*g.lane + axis) * unit
}

// grid is how closely events stand.
type grid struct {
	lanes int
	lane  float32 // height of a row of circles
	size  float32 // of the circles, beside their usual
}

func gridOf(n int, width float32) grid {
	g := usual(n)
	if width > 0 && width < roomy {
		g.lanes++
	}
	return g
}

func usual(n int) grid {
	switch {
	case n <= 3:
		return grid{2, 31, 1}
	case n <= 12:
		return grid{3, 31, 1}
	case n <= 18:
		return grid{4, 31, 1}
	case n <= 30:
		return grid{5, 31, 1}
	}
	return grid{7, 23, 0.75}
}

// Radius is that of an event of so many accounts, at 100 % text: it grows with
// the logarithm, so that a hundred thousand and five hundred million both show.
func Radius(count int64) float32 {
	if count <= 0 {
		return least
	}
	const small, large = 4, 8.7 // powers of ten
	share := (math.Log10(float64(count)) - small) / (large - small)
	return least + float32(max(0, min(1, share)))*(most-least)
}

// Split says which events have a circle of their own, in the order of their
// dates, and which years have one for the rest. It does not depend on any width.
func Split(events []Event) (single []int, groups []Group) {
	for i, e := range events {
		if !e.Date.IsZero() {
			single = append(single, i)
		}
	}
	slices.SortStableFunc(single, func(a, b int) int {
		x, y := events[a], events[b]
		return cmp.Or(-cmp.Compare(x.Rank, y.Rank), -cmp.Compare(x.Count, y.Count), -x.Date.Compare(y.Date))
	})
	if len(single) > few {
		rest := map[int]int{}
		for _, i := range single[few:] {
			rest[events[i].Date.Year()]++
		}
		for year, n := range rest {
			groups = append(groups, Group{year, n})
		}
		single = single[:few]
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Year, b.Year) })
	slices.SortStableFunc(single, func(a, b int) int { return events[a].Date.Compare(events[b].Date) })
	return single, groups
}

// New lays the events out.
func New(events []Event, o Options) Layout {
	p := plot{o: o, events: events, grid: gridOf(len(events), o.Width/o.Unit)}
	p.out = Layout{Width: o.Width, Height: Height(len(events), o.Width, o.Unit)}
	p.out.Axis = p.out.Height - axis*o.Unit
	single, groups := Split(events)
	for _, e := range events {
		if e.Date.IsZero() {
			p.out.Undated++
		}
	}
	if len(single) == 0 || o.Width <= 4*edge*o.Unit {
		return p.out
	}
	p.years(single, groups)
	p.in, p.first = make([][]int, p.lanes), min(len(groups), 1)
	p.group(groups)
	p.place(single)
	slices.SortStableFunc(p.out.Marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	return p.out
}

type plot struct {
	o      Options
	events []Event
	grid
	from  int     // first year of the axis
	to    int     // the year after its last
	first int     // lane of the single events that is nearest to the axis
	in    [][]int // marks by lane
	out   Layout
}

// interval is what a mark takes of its lane.
type interval struct{ from, to float32 }

// years lays the axis.
func (p *plot) years(single []int, groups []Group) {
	last := p.o.Now.Year() + 1
	p.from, p.to = last-1, last
	with := func(y int) { p.from, p.to = min(p.from, y), max(p.to, min(y, last)+1) }
	for _, i := range single {
		with(p.events[i].Date.Year())
	}
	for _, g := range groups {
		with(g.Year)
	}
	if p.from < p.to-oldest {
		p.from, p.out.Earliest = p.to-oldest, true
	}
	p.from = min(p.from, p.to-span)
	each := p.at(time.Date(p.from+1, 1, 1, 0, 0, 0, 0, time.UTC)) - p.at(time.Date(p.from, 1, 1, 0, 0, 0, 0, time.UTC))
	step := 1
	for _, n := range []int{1, 2, 5, 10, 20} {
		if step = n; each*float32(n) >= p.o.Measure("2000")+2*apart*p.o.Unit {
			break
		}
	}
	for y := p.from; y <= p.to; y++ {
		p.out.Ticks = append(p.out.Ticks, Tick{y, p.at(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)), y%step == 0})
	}
}

// at is where a day stands.
func (p *plot) at(day time.Time) float32 {
	start := time.Date(p.from, 1, 1, 0, 0, 0, 0, time.UTC)
	end := time.Date(p.to, 1, 1, 0, 0, 0, 0, time.UTC)
	share := day.Sub(start).Hours() / end.Sub(start).Hours()
	margin := edge * p.o.Unit
	return margin + float32(max(0, min(1, share)))*(p.o.Width-2*margin)
}

// place gives events their places: the most telling with their names, then the
// others, then names where there is room left.
func (p *plot) place(single []int) {
	order := slices.Clone(single)
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := p.events[a], p.events[b]
		return cmp.Or(-cmp.Compare(x.Rank, y.Rank), -cmp.Compare(x.Count, y.Count))
	})
	for n, i := range order {
		if n >= sure || !p.putNamed(p.mark(i)) {
			p.put(p.mark(i))
		}
	}
	for k := range p.out.Marks {
		p.name(k)
	}
}

// mark is the circle of an event, without a name.
func (p *plot) mark(i int) Mark {
	return Mark{Event: i, X: p.at(p.events[i].Date), R: Radius(p.events[i].Count) * p.size * p.o.Unit}
}

// sides are where the name of a mark may stand: to its right, else to its left.
func (p *plot) sides(m Mark) [2]Mark {
	right, left := m, m
	if right.Label = "+" + strconv.Itoa(m.N); m.Event >= 0 {
		right.Label = p.events[m.Event].Name
	}
	right.LabelW = p.o.Measure(right.Label)
	right.LabelX = m.X + m.R + beside*p.o.Unit
	left.Label, left.LabelW = right.Label, right.LabelW
	left.LabelX = m.X - m.R - beside*p.o.Unit - left.LabelW
	return [2]Mark{right, left}
}

// extent is what a mark takes of its lane, its name included.
func (m Mark) extent() interval {
	if m.Label == "" {
		return interval{m.X - m.R, m.X + m.R}
	}
	return interval{min(m.X-m.R, m.LabelX), max(m.X+m.R, m.LabelX+m.LabelW)}
}

// putNamed finds a place for a circle with its name.
func (p *plot) putNamed(m Mark) bool {
	for _, m := range p.sides(m) {
		for l := p.first; l < p.lanes; l++ {
			if p.free(m.extent(), l, -1) {
				p.add(m, l)
				return true
			}
		}
	}
	return false
}

// put gives a circle its place: where it is least on others, and of free places
// where there is most room to its right. A name that would be covered goes.
func (p *plot) put(m Mark) {
	best, least, most := p.first, float32(math.Inf(1)), float32(0)
	for l := p.first; l < p.lanes; l++ {
		over, room := float32(0), p.o.Width
		for _, k := range p.in[l] {
			other := p.out.Marks[k]
			shared := min(m.X+m.R, other.X+other.R) - max(m.X-m.R, other.X-other.R)
			telling := 1 + 0.25*float32(p.rank(other))
			over = max(over, telling*shared/min(m.R, other.R))
			if covers(m, other) {
				over = max(over, telling) // a name is worth half a circle
			}
			if other.extent().from > m.X {
				room = min(room, other.extent().from)
			}
		}
		if over < least || over == least && room > most {
			best, least, most = l, over, room
		}
	}
	for _, k := range p.in[best] {
		if covers(m, p.out.Marks[k]) {
			p.out.Marks[k].Label, p.out.Marks[k].LabelW = "", 0
		}
	}
	p.add(m, best)
}

func (p *plot) rank(m Mark) int {
	if m.Event < 0 {
		return 0
	}
	return p.events[m.Event].Rank
}

// covers reports whether a circle would stand on the name of another in its
// lane.
func covers(m, other Mark) bool {
	return other.Label != "" && m.X-m.R < other.LabelX+other.LabelW && other.LabelX < m.X+m.R
}

// name writes the name beside a circle that has none, where there is room.
func (p *plot) name(k int) {
	if p.out.Marks[k].Label != "" {
		return
	}
	l := int((p.out.Axis - p.out.Marks[k].Y) / (p.lane * p.o.Unit))
	for _, named := range p.sides(p.out.Marks[k]) {
		if p.free(named.extent(), l, k) {
			p.out.Marks[k] = named
			return
		}
	}
}

// free reports whether a lane has room for an interval beside all its marks but
// one.
func (p *plot) free(of interval, l, but int) bool {
	if of.from < 0 || of.to > p.o.Width {
		return false
	}
	gap := apart * p.o.Unit
	return !slices.ContainsFunc(p.in[l], func(k int) bool {
		t := p.out.Marks[k].extent()
		return k != but && of.from < t.to+gap && t.from < of.to+gap
	})
}

func (p *plot) add(m Mark, l int) {
	m.Y = p.out.Axis - (float32(l)+0.5)*p.lane*p.o.Unit
	p.in[l] = append(p.in[l], len(p.out.Marks))
	p.out.Marks = append(p.out.Marks, m)
}

// group puts the circles that stand for several into the lane nearest to the
// axis, each in the middle of its year.
func (p *plot) group(groups []Group) {
	for _, g := range groups {
		start := p.at(time.Date(g.Year, 1, 1, 0, 0, 0, 0, time.UTC))
		end := p.at(time.Date(g.Year+1, 1, 1, 0, 0, 0, 0, time.UTC))
		p.add(Mark{Event: -1, Group: g, X: (start + end) / 2, R: groupSize * p.size * p.o.Unit}, 0)
	}
}
