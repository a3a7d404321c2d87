package access

import "slices"

// cost orders derivations: first by steps, then by how many of them are
// assumed. The steps stand in the upper half.
type cost uint64

const (
	oneStep  cost = 1 << 32
	half          = 1<<32 - 1
	ceiling       = 1 << 30 // both halves stop here, so that two of them can be added
	unpriced      = ^cost(0)
)

func (c cost) plus(d cost) cost {
	return min(c>>32+d>>32, ceiling)<<32 | min(c&half+d&half, ceiling)
}

// price finds for each opened node the derivation that is cheapest when a step
// used twice is paid twice (Knuth, "A generalization of Dijkstra's algorithm",
// 1977). Paying it once would be what we want, but is NP-hard; Chain makes up
// for it. Of equally cheap ways the first in the order of the graph is taken.
func (t *Takeover) price(have []int32) {
	g := t.g
	t.cost, t.way = make([]cost, len(g.names)), make([]int32, len(g.names))
	for v := range t.cost {
		t.cost[v] = unpriced
	}
	left := slices.Clone(g.count)
	sum := make([]cost, len(g.head))
	done := make([]bool, len(g.names))
	next := queue{}
	for _, v := range have {
		t.cost[v], t.way[v] = 0, had
		next.push(entry{0, v})
	}
	for len(next) > 0 {
		e := next.pop()
		if done[e.node] {
			continue
		}
		done[e.node] = true
		for _, w := range g.used(e.node) {
			sum[w] = sum[w].plus(e.cost)
			if left[w]--; left[w] > 0 {
				continue
			}
			c, h := sum[w].plus(g.stepCost(w)), g.head[w]
			if c < t.cost[h] || c == t.cost[h] && w < t.way[h] && !done[h] {
				t.cost[h], t.way[h] = c, w
				next.push(entry{c, h})
			}
		}
	}
}

func (g *Graph) stepCost(w int32) cost {
	if g.marks[w]&assumed != 0 {
		return oneStep + 1
	}
	return oneStep
}

type entry struct {
	cost cost
	node int32
}

func (a entry) before(b entry) bool { return a.cost < b.cost || a.cost == b.cost && a.node < b.node }

// queue is a binary heap, the cheapest entry on top.
type queue []entry

func (q *queue) push(e entry) {
	*q = append(*q, e)
	h := *q
	i := len(h) - 1
	for i > 0 && e.before(h[(i-1)/2]) {
		h[i] = h[(i-1)/2]
		i = (i - 1) / 2
	}
	h[i] = e
}

func (q *queue) pop() entry {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*q = h
	if len(h) == 0 {
		return top
	}
	i := 0
	for {
		child := 2*i + 1
		if child >= len(h) {
			break
		}
		if child+1 < len(h) && h[child+1].before(h[child]) {
			child++
		}
		if !h[child].before(last) {
			break
		}
		h[i] = h[child]
		i = child
	}
	h[i] = last
	return top
}

// Chain gives the steps to a node in the order somebody would do them: as few
// as possible, then as few assumed ones as possible, ties in the order of the
// graph. It is empty for a node that stays shut or was in hand.
//
// The fewest steps are proven up to searchSteps steps and searchTrials trials;
// a chain beyond that is valid, and the best one found.
func (t *Takeover) Chain(node Node) (steps []Step) {
	v, ok := t.g.index[node]
	if !ok || t.spread.round[v] <= 1 {
		return nil
	}
	for _, w := range t.shortest(v) {
		way := t.g.way(w, t.g.appendNames(nil, t.g.need(w)))
		opens := t.g.names[t.g.head[w]]
		steps = append(steps, Step{Opens: opens, With: way.Needs, Recovery: way.Recovery, Assumed: way.Assumed})
	}
	return steps
}

// Bounds of the search for a chain that saves steps by using one twice.
const (
	searchSteps  = 16
	searchTrials = 20_000
)

func (t *Takeover) shortest(target int32) []int32 {
	chain := t.unfold(target, func(v int32) int32 { return t.way[v] })
	var total cost
	for _, w := range chain {
		total = total.plus(t.g.stepCost(w))
	}
	// Sharing a step pays from the third node on: two steps are never too many,
	// three only where another three have fewer assumed.
	if total <= 3*oneStep || len(chain) > searchSteps {
		return chain
	}
	s := search{t: t, goals: []int32{target}, best: total}
	s.try(0, 0)
	if s.found == nil {
		return chain
	}
	return t.unfold(target, func(v int32) int32 {
		if w, ok := s.found[v]; ok {
			return w
		}
		return had
	})
}

// unfold lists the ways of a derivation so that each comes after those that
// open what it needs.
func (t *Takeover) unfold(target int32, pick func(v int32) int32) (order []int32) {
	type frame struct{ way, next int32 }
	g := t.g
	seen := map[int32]bool{target: true}
	first := pick(target)
	for stack := []frame{{first, g.from[first]}}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		if top.next == g.from[top.way+1] {
			order = append(order, top.way)
			stack = stack[:len(stack)-1]
			continue
		}
		n := g.needs[top.next]
		top.next++
		if w := pick(n); w != had && !seen[n] {
			seen[n] = true
			stack = append(stack, frame{w, g.from[w]})
		}
	}
	return order
}

// search goes through the derivations of goals[0] with fewer steps than the
// best one known, depth first. Each goal is a node that takes a step; ways[i]
// is what opens goals[i]. It is never deeper than searchSteps.
type search struct {
	t      *Takeover
	goals  []int32
	ways   []int32
	best   cost
	found  map[int32]int32 // node -> way of the best derivation
	trials int
}

// try opens goals[i] in each possible way; paid is the assumed steps so far.
func (s *search) try(i int, paid cost) {
	g := s.t.g
	if i == len(s.goals) {
		if s.holds() {
			s.best, s.found = cost(i)*oneStep+paid, map[int32]int32{}
			for j, v := range s.goals {
				s.found[v] = s.ways[j]
			}
		}
		return
	}
	v, before := s.goals[i], len(s.goals)
	for w := g.first[v]; w < g.first[v+1]; w++ {
		if s.t.spread.count[w] != 0 {
			continue // off, or needs what stays shut
		}
		if s.trials++; s.trials > searchTrials {
			return
		}
		extra := paid + g.stepCost(w) - oneStep
		if s.want(g.need(w), extra) {
			s.ways = append(s.ways[:i], w)
			s.try(i+1, extra)
		}
		s.goals = s.goals[:before]
	}
}

// want adds what must be opened to the goals, and reports whether that can
// still beat the best.
func (s *search) want(needs []int32, paid cost) bool {
	for _, n := range needs {
		if s.t.spread.round[n] > 1 && !slices.Contains(s.goals, n) {
			s.goals = append(s.goals, n)
		}
		if cost(len(s.goals))*oneStep+paid >= s.best {
			return false
		}
	}
	return true
}

// holds reports whether the chosen ways open all goals, none through itself.
func (s *search) holds() bool {
	opened := make([]bool, len(s.goals))
	for range s.goals {
		for i, w := range s.ways {
			opened[i] = opened[i] || !slices.ContainsFunc(s.t.g.need(w), func(n int32) bool {
				at := slices.Index(s.goals, n)
				return at >= 0 && !opened[at]
			})
		}
	}
	return !slices.Contains(opened, false)
}
