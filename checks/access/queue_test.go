package access

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// Whatever goes into the queue and in what order, it comes out cheapest first,
// and of equally cheap ones by its place in the graph.
func TestTheQueueSorts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		var q queue
		var want, got []entry
		for range n {
			e := entry{cost(r.IntN(6)), int32(r.IntN(6))}
			q.push(e)
			want = append(want, e)
		}
		slices.SortFunc(want, func(a, b entry) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.node, b.node)) })
		for len(q) > 0 {
			got = append(got, q.pop())
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d entries come out as %v, want %v", n, got, want)
		}
	}
	a, b := entry{1, 2}, entry{1, 3}
	if !a.before(b) || b.before(a) || a.before(a) || !a.before(entry{2, 0}) || (entry{2, 0}).before(a) {
		t.Error("entries are not ordered by cost, then by place")
	}
}

// A cost counts steps before what is assumed, and both halves stop at the
// ceiling rather than run into one another.
func TestCosts(t *testing.T) {
	for _, c := range []struct{ a, b, want cost }{
		{oneStep, oneStep, 2 * oneStep},
		{oneStep + 1, oneStep + 1, 2*oneStep + 2},
		{0, 3 * oneStep, 3 * oneStep},
		{(ceiling - 1) * oneStep, oneStep, ceiling * oneStep},
		{ceiling * oneStep, ceiling * oneStep, ceiling * oneStep},
		{ceiling - 1, 2, ceiling},
		{ceiling*oneStep + ceiling, ceiling*oneStep + ceiling, ceiling*oneStep + ceiling},
	} {
		if got := c.a.plus(c.b); got != c.want {
			t.Errorf("%x and %x are %x, want %x", c.a, c.b, got, c.want)
		}
	}
	if half != oneStep-1 || oneStep.plus(0) <= cost(half) {
		t.Error("a step costs no more than all that can be assumed")
	}
}
