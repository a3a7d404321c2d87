package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/overview/timeline"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func day(y, m int) time.Time { return time.Date(y, time.Month(m), 15, 0, 0, 0, 0, time.UTC) }

// seven pixels a letter, as text of the usual size has about.
func options(width, unit float32) timeline.Options {
	return timeline.Options{
		Width: width, Unit: unit, Now: now,
		Measure: func(s string) float32 { return 7 * unit * float32(len([]rune(s))) },
	}
}

// crowd is n events, most of them in a few years, as leaks are.
func crowd(n int) (out []timeline.Event) {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	for i := range n {
		y := 2011 + r.IntN(16)
		if i%2 == 0 {
			y = 2018 + r.IntN(4)
		}
		out = append(out, timeline.Event{
			Name: strings.Repeat("n", 3+r.IntN(14)), Date: day(y, 1+r.IntN(12)), Count: 1 << r.IntN(32), Rank: r.IntN(3),
		})
	}
	return out
}

type box struct{ x0, y0, x1, y1 float32 }

func (a box) meets(b box) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

// boxes are what a picture draws: circles, then names.
func boxes(l timeline.Layout, unit float32) (circles, names []box) {
	for _, m := range l.Marks {
		circles = append(circles, box{m.X - m.R, m.Y - m.R, m.X + m.R, m.Y + m.R})
		if m.Label != "" {
			names = append(names, box{m.LabelX, m.Y - 9*unit, m.LabelX + m.LabelW, m.Y + 9*unit})
		}
	}
	return circles, names
}

// Whatever the number of events, the width and the size of text: no name stands
// on another or on a circle, nothing leaves the picture, and every dated event is
// in it, by itself or counted with others of its year.
func TestNamesNeverOverlap(t *testing.T) {
	for _, n := range []int{1, 2, 11, 30, 60, 300, 5000} {
		for _, width := range []float32{280, 560, 740, 1010, 2400} {
			for _, unit := range []float32{1, 1.5, 2} {
				events := crowd(n)
				l := timeline.New(events, options(width, unit))
				where := fmt.Sprintf("%d events, %g wide, text %g", n, width, unit)
				circles, names := boxes(l, unit)
				for i, a := range append(slices.Clone(circles), names...) {
					if a.x0 < 0 || a.x1 > width || a.y0 < 0 || a.y1 > l.Axis {
						t.Errorf("%s: %v is outside", where, a)
					}
					for j, b := range names {
						if len(circles)+j != i && a.meets(b) {
							t.Errorf("%s: %v stands on the name %v", where, a, b)
						}
					}
				}
				held := 0
				for _, m := range l.Marks {
					if m.Event >= 0 {
						held++
					}
					held += m.N
				}
				if held != n {
					t.Errorf("%s: %d are in the picture", where, held)
				}
				if want := timeline.Height(n, width, unit); l.Height != want {
					t.Errorf("%s: %g high, not %g", where, l.Height, want)
				}
			}
		}
	}
}

// Sixty leaks on the smallest window: each has its circle, none is hidden behind
// another, and many have their name.
func TestSixty(t *testing.T) {
	for _, width := range []float32{740, 1010} {
		l := timeline.New(crowd(60), options(width, 1))
		named := 0
		for i, m := range l.Marks {
			if m.Event < 0 {
				t.Errorf("%g wide: one of several", width)
			}
			if m.Label != "" {
				named++
			}
			for _, o := range l.Marks[:i] {
				if m.Y == o.Y && max(m.X-o.X, o.X-m.X)+min(m.R, o.R) < max(m.R, o.R) {
					t.Errorf("%g wide: %+v hides %+v", width, m, o)
				}
			}
		}
		if len(l.Marks) != 60 || named < 20 {
			t.Errorf("%g wide: %d circles, %d named", width, len(l.Marks), named)
		}
	}
}

// Of a dozen leaks, half of them in four years, nearly all have their names, in
// a narrow window too.
func TestADozenIsNamed(t *testing.T) {
	for _, width := range []float32{630, 740, 1010} {
		named := 0
		for _, m := range timeline.New(crowd(12), options(width, 1)).Marks {
			if m.Label != "" {
				named++
			}
		}
		if named < 10 {
			t.Errorf("%g wide: %d have their names", width, named)
		}
	}
}

// A circle stands at its day, between the beginnings of its year and the next.
func TestWhere(t *testing.T) {
	events := []timeline.Event{
		{Name: "late", Date: day(2023, 7)}, {Name: "early", Date: day(2012, 1)}, {Name: "between", Date: day(2019, 12)}, {Name: "no day"},
	}
	l := timeline.New(events, options(1000, 1))
	if l.Undated != 1 || len(l.Marks) != 3 {
		t.Fatalf("%+v", l)
	}
	year := map[int]float32{}
	for _, x := range l.Ticks {
		year[x.Year] = x.X
	}
	if l.Ticks[0].Year != 2012 || l.Ticks[len(l.Ticks)-1].Year != 2027 {
		t.Errorf("the axis runs from %d to %d", l.Ticks[0].Year, l.Ticks[len(l.Ticks)-1].Year)
	}
	for i, want := range []string{"early", "between", "late"} {
		m := l.Marks[i]
		e := events[m.Event]
		if e.Name != want || m.X < year[e.Date.Year()] || m.X > year[e.Date.Year()+1] {
			t.Errorf("%d is %s at %g", i, e.Name, m.X)
		}
	}
}

// The size says how many accounts, and what is not known is drawn small.
func TestSize(t *testing.T) {
	last := float32(0)
	for _, n := range []int64{0, 50_000, 1_000_000, 30_000_000, 500_000_000} {
		r := timeline.Radius(n)
		if r <= last {
			t.Errorf("%d: %g, not larger than %g", n, r, last)
		}
		last = r
	}
	if timeline.Radius(1<<62) > 16 {
		t.Error("a circle larger than its lane")
	}
}

// The most telling get their names first.
func TestRankComesFirst(t *testing.T) {
	var events []timeline.Event
	for i := range 40 {
		events = append(events, timeline.Event{Name: "another long name", Date: day(2019, 1+i%12), Count: 1e9})
	}
	events = append(events, timeline.Event{Name: "the one that counts", Date: day(2019, 6), Rank: 1})
	for _, m := range timeline.New(events, options(700, 1)).Marks {
		if m.Event == 40 {
			if m.Label == "" {
				t.Error("it has no name")
			}
			return
		}
	}
	t.Error("it has no circle")
}

// Beyond sixty, the least telling of each year are one circle that counts them.
func TestGroups(t *testing.T) {
	events := crowd(400)
	single, groups := timeline.Split(events)
	if len(single) != 60 {
		t.Fatalf("%d single", len(single))
	}
	byYear := map[int]int{}
	for i, e := range events {
		if !slices.Contains(single, i) {
			byYear[e.Date.Year()]++
			for _, k := range single {
				if events[k].Rank < e.Rank {
					t.Errorf("%+v is counted, %+v drawn", e, events[k])
				}
			}
		}
	}
	for _, g := range groups {
		if byYear[g.Year] != g.N {
			t.Errorf("%d in %d, not %d", g.N, g.Year, byYear[g.Year])
		}
		delete(byYear, g.Year)
	}
	if len(byYear) > 0 {
		t.Errorf("nowhere: %v", byYear)
	}
}

// Dates out of all reason squeeze nothing: the axis ends next year and goes back
// as far as there is anything to see.
func TestStrangeDates(t *testing.T) {
	events := []timeline.Event{{Name: "a", Date: day(2020, 3)}, {Name: "old", Date: day(1203, 1)}, {Name: "to come", Date: day(9000, 1)}}
	l := timeline.New(events, options(740, 1))
	if len(l.Marks) != 3 || !l.Earliest || len(l.Ticks) > 45 {
		t.Errorf("%d marks, %d ticks, %v", len(l.Marks), len(l.Ticks), l.Earliest)
	}
	if l := timeline.New(nil, options(740, 1)); len(l.Marks)+len(l.Ticks) != 0 || l.Height <= 0 {
		t.Errorf("of nothing: %+v", l)
	}
	if l := timeline.New(events, options(0, 1)); len(l.Marks) != 0 {
		t.Errorf("without room: %+v", l)
	}
}

// The numbers of the years never touch.
func TestYearsHaveRoom(t *testing.T) {
	for _, width := range []float32{200, 300, 560, 740, 1500} {
		last := float32(-1000)
		for _, x := range timeline.New(crowd(60), options(width, 1)).Ticks {
			if !x.Named {
				continue
			}
			if x.X-last < 28 {
				t.Errorf("%g wide: %d stands %g after the one before", width, x.Year, x.X-last)
			}
			last = x.X
		}
	}
}

// Equal input gives equal places.
func TestSame(t *testing.T) {
	a, b := timeline.New(crowd(200), options(740, 1)), timeline.New(crowd(200), options(740, 1))
	if !reflect.DeepEqual(a, b) {
		t.Error("another picture of the same")
	}
}
