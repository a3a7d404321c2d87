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

// Mark is one circle: of an event, or of several of the same years that had no
// room of their own.
type Mark struct {
	Event    int // index into the events; -1: of several
	More     int // how many events, where of several
	From, To int // their years, where of several

	X, Y, R float32
	Label   string // "" where the name has no room
	LabelX  float32
	LabelW  float32
}

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
	axis      = 24 // height of the row of years
	least     = 5  // radius of the smallest circle
	most      = 15 // and of the largest
	beside    = 5  // between a circle and its name
	apart     = 4  // between two marks
	edge      = 18 // kept free at both ends
	sure      = 12 // events that get their names first
	few       = 60 // events that are drawn singly
	span      = 4  // years the axis has at least
	groupSize = 8  // radius of a circle that stands for several
	oldest    = 40 // years the axis goes back at most
)

// Height is that of the picture of n events, whatever its width.
func Height(n int, unit float32) float32 {
	g := gridOf(n)
	return (float32(g.lanes)*g.lane + axis) * unit
}

// grid is how closely events stand.
type grid struct {
	lanes int
	lane  float32 // height of a row of circles
	size  float32 // of the circles, beside their usual
}

func gridOf(n int) grid {
	switch {
	case n <= 3:
		return grid{2, 34, 1}
	case n <= 12:
		return grid{3, 34, 1}
	case n <= 30:
		return grid{5, 34, 1}
	}
	return grid{8, 25, 0.75}
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

// New lays the events out.
func New(events []Event, o Options) Layout {
	p := plot{o: o, events: events, grid: gridOf(len(events))}
	p.out = Layout{Width: o.Width, Height: Height(len(events), o.Unit)}
	p.out.Axis = p.out.Height - axis*o.Unit
	var dated []int
	for i, e := range events {
		if e.Date.IsZero() {
			p.out.Undated++
			continue
		}
		dated = append(dated, i)
	}
	if len(dated) == 0 || o.Width <= 4*edge*o.Unit {
		return p.out
	}
	p.years(dated)
	slices.SortStableFunc(dated, func(a, b int) int {
		x, y := events[a], events[b]
		return cmp.Or(-cmp.Compare(x.Rank, y.Rank), -cmp.Compare(x.Count, y.Count), -x.Date.Compare(y.Date))
	})
	if left := p.place(dated, 0); len(left) > 0 {
		p.out.Marks = nil
		p.group(p.place(dated, 1))
	}
	slices.SortStableFunc(p.out.Marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	return p.out
}

type plot struct {
	o      Options
	events []Event
	grid
	from  int // first year of the axis
	to    int // the year after its last
	taken [][]interval
	out   Layout
}

// interval is what a mark takes of its lane.
type interval struct{ from, to float32 }

// years lays the axis.
func (p *plot) years(dated []int) {
	p.from, p.to = p.o.Now.Year(), p.o.Now.Year()+1
	for _, i := range dated {
		y := p.events[i].Date.Year()
		p.from, p.to = min(p.from, y), max(p.to, min(y, p.o.Now.Year()+1)+1)
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

// place gives events their places in the lanes from the one named on, and
// returns those that have none. The first get a place with their name; then all
// get one, then a name where there is room left.
func (p *plot) place(order []int, first int) (left []int) {
	p.taken = make([][]interval, p.lanes)
	for n, i := range order {
		if n < sure && p.putNamed(i, first) || n < few && p.put(i, first) {
			continue
		}
		left = append(left, i)
	}
	for k := range p.out.Marks {
		p.name(&p.out.Marks[k])
	}
	return left
}

// mark is the circle of an event, without a name.
func (p *plot) mark(i int) Mark {
	return Mark{Event: i, X: p.at(p.events[i].Date), R: Radius(p.events[i].Count) * p.size * p.o.Unit}
}

// sides are where the name of a mark may stand: to its right, else to its left.
func (p *plot) sides(m Mark) [2]Mark {
	right, left := m, m
	right.Label, right.LabelW = p.events[m.Event].Name, p.o.Measure(p.events[m.Event].Name)
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
func (p *plot) putNamed(i, first int) bool {
	for _, m := range p.sides(p.mark(i)) {
		for l := first; l < p.lanes; l++ {
			if p.free(m.extent(), l, -1) {
				p.add(m, l)
				return true
			}
		}
	}
	return false
}

// put finds a place for a circle: in the lane that has most room to its right.
func (p *plot) put(i, first int) bool {
	m := p.mark(i)
	best, most := -1, float32(-1)
	for l := first; l < p.lanes; l++ {
		if !p.free(m.extent(), l, -1) {
			continue
		}
		room := p.o.Width
		for _, t := range p.taken[l] {
			if t.from > m.X {
				room = min(room, t.from)
			}
		}
		if room > most {
			best, most = l, room
		}
	}
	if best < 0 {
		return false
	}
	p.add(m, best)
	return true
}

// name writes the name beside a circle that has none, where there is room.
func (p *plot) name(m *Mark) {
	if m.Label != "" || m.Event < 0 {
		return
	}
	l := p.laneOf(*m)
	own := slices.Index(p.taken[l], m.extent())
	for _, named := range p.sides(*m) {
		if p.free(named.extent(), l, own) {
			*m, p.taken[l][own] = named, named.extent()
			return
		}
	}
}

// free reports whether a lane has room for an interval, but for what one of its
// marks takes itself.
func (p *plot) free(of interval, l, own int) bool {
	if of.from < 0 || of.to > p.o.Width {
		return false
	}
	gap := apart * p.o.Unit
	for k, t := range p.taken[l] {
		if k != own && of.from < t.to+gap && t.from < of.to+gap {
			return false
		}
	}
	return true
}

func (p *plot) laneOf(m Mark) int { return int((p.out.Axis - m.Y) / (p.lane * p.o.Unit)) }

func (p *plot) add(m Mark, l int) {
	p.taken[l] = append(p.taken[l], m.extent())
	m.Y = p.out.Axis - (float32(l)+0.5)*p.lane*p.o.Unit
	p.out.Marks = append(p.out.Marks, m)
}

// group puts events that have no place into circles of a year in the lowest
// lane; where years are narrow, of several.
func (p *plot) group(events []int) {
	count := map[int]int{}
	for _, i := range events {
		count[max(p.from, min(p.to-1, p.events[i].Date.Year()))]++
	}
	var marks []Mark
	for y := p.from; y < p.to; y++ {
		if count[y] == 0 {
			continue
		}
		m := p.several(y, y, count[y])
		for n := len(marks); n > 0; n = len(marks) {
			before := marks[n-1]
			if before.LabelX+before.LabelW+apart*p.o.Unit <= m.X-m.R {
				break
			}
			m = p.several(before.From, y, before.More+m.More)
			marks = marks[:n-1]
		}
		marks = append(marks, m)
	}
	for _, m := range marks {
		p.add(m, 0)
	}
}

// several is the circle of so many events, in the middle of their years as far
// as it fits.
func (p *plot) several(from, to, n int) Mark {
	u := p.o.Unit
	m := Mark{Event: -1, More: n, From: from, To: to, R: groupSize * u, Label: "+" + strconv.Itoa(n)}
	m.LabelW = p.o.Measure(m.Label)
	middle := (p.at(time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC)) + p.at(time.Date(to+1, 1, 1, 0, 0, 0, 0, time.UTC))) / 2
	whole := 2*m.R + beside*u + m.LabelW
	m.X = max(0, min(p.o.Width-whole, middle-whole/2)) + m.R
	m.LabelX = m.X + m.R + beside*u
	return m
}
