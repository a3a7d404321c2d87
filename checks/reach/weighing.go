package reach

import (
	"slices"

	"unlisted/checks/access"
)

// weighing compares what can happen before and after an answer.
type weighing struct {
	m       *Model
	attacks [][]access.Node
	falls   []*access.Takeover // by attack
	weights []int              // by attack
	locked  int                // weight of what a lost phone locks
	e       access.Evaluator
	active  map[access.Node][]access.Way // ways into a leaf
}

func newWeighing(m *Model) *weighing {
	w := &weighing{m: m, active: map[access.Node][]access.Way{}}
	w.attacks = [][]access.Node{m.numbers, {nodePhone}, {nodePhone, nodeUnlocked}, slices.Concat(m.mail, m.behind)}
	for _, have := range w.attacks {
		w.falls = append(w.falls, m.graph.Takeover(have...))
		w.weights = append(w.weights, w.e.Weight(m.graph, have...))
	}
	w.locked = w.lockout(m.graph)
	return w
}

func (w *weighing) lockout(g *access.Graph) (sum int) {
	for _, n := range g.Lockout(nodePhone).Nodes(access.KindAccount) {
		sum += w.m.accounts[w.m.at[n]].tier.Weight()
	}
	return sum
}

type weighed struct {
	ask           *ask
	worth, number int
}

// worth takes the ways of a question out, or puts them in, and looks.
func (w *weighing) worth(q *ask) weighed {
	into := make([]access.Node, len(q.ways))
	for i, o := range q.ways {
		into[i] = o.node
	}
	slices.Sort(into)
	into = slices.Compact(into)
	pick := func(n access.Node, x access.Way) bool {
		return slices.ContainsFunc(q.ways, func(o opening) bool { return o.node == n && slices.Equal(o.needs, x.Needs) })
	}
	changed := w.m.graph.Without(pick, into...)
	if q.adds {
		changed = w.m.graph.With(pick, into...)
	}
	out := weighed{ask: q, worth: apart(w.lockout(changed), w.locked)}
	for i, have := range w.attacks {
		d := apart(w.e.Weight(changed, have...), w.weights[i])
		out.worth += d
		if i == 0 {
			out.number = d
		}
	}
	return out
}

func apart(a, b int) int { return max(a-b, b-a) }

// leaf reports whether a question is only about ways into one account that
// opens nothing else: then its worth is that of the account, or nothing.
func (w *weighing) leaf(q *ask) bool {
	if q.account == nobody || q.adds {
		return false
	}
	n := w.m.accounts[q.account].node
	return w.m.uses[n] == 0 && !slices.ContainsFunc(q.ways, func(o opening) bool { return o.node != n })
}

// leafWorth looks whether the account falls by other ways too. The lost phone
// is left out here: it is what the grades of the account are for.
func (w *weighing) leafWorth(q *ask) weighed {
	k := &w.m.accounts[q.account]
	out := weighed{ask: q}
	for i, fall := range w.falls {
		if w.rests(fall, k.node, q) {
			out.worth += k.tier.Weight()
			if i == 0 {
				out.number = k.tier.Weight()
			}
		}
	}
	return out
}

// rests reports whether a fallen account fell by ways of this question alone.
func (w *weighing) rests(fall *access.Takeover, n access.Node, q *ask) bool {
	if round, fell := fall.Round(n); !fell || round == 0 {
		return false
	}
	ways, ok := w.active[n]
	if !ok {
		ways = w.m.graph.Ways(n)
		w.active[n] = ways
	}
	for _, x := range ways {
		open := !slices.ContainsFunc(x.Needs, func(need access.Node) bool { _, has := fall.Round(need); return !has })
		if open && !slices.ContainsFunc(q.ways, func(o opening) bool { return slices.Equal(o.needs, x.Needs) }) {
			return false
		}
	}
	return true
}
