package access

import "slices"

// Lockout is what the person can no longer open once some nodes are gone.
type Lockout struct {
	g      *Graph
	lost   []int32
	is     []bool // lost, by node
	spread spread
	before spread
}

// Lockout works out what the person, who has all base means, can no longer
// open when these nodes are gone: means no longer in hand, accounts closed. No
// way brings a lost node back, and what only it opens is lost with it; other
// base means stay, even those that a lost node could open as well.
func (g *Graph) Lockout(lost ...Node) *Lockout {
	l := &Lockout{g: g, lost: g.numbers(lost), is: make([]bool, len(g.names))}
	slices.Sort(l.lost)
	l.lost = slices.Compact(l.lost)
	for _, v := range l.lost {
		l.is[v] = true
	}
	l.before.run(&g.shape, g.base, nil)
	l.spread.run(&g.shape, g.base, l.lost)
	return l
}

// Nodes lists what is locked, of these kinds or of all, sorted: what opened
// before and does no longer, without the lost nodes themselves. What never
// opened is not listed.
func (l *Lockout) Nodes(kinds ...Kind) []Node { return l.g.list(kinds, l.locked) }

func (l *Lockout) locked(v int32) bool {
	return l.before.opened(v) && !l.spread.opened(v) && !l.is[v]
}

// Missing gives the smallest set of lost nodes that would open a locked node
// again, sorted; of several the first. It is empty for a node that is not
// locked. Sets of more than MaxSet nodes, and those beyond the bound of
// Minimal, are only without anything needless.
func (l *Lockout) Missing(node Node) []Node {
	v, ok := l.g.index[node]
	if !ok || !l.locked(v) {
		return nil
	}
	c := l.g.cone(v, func(v int32) bool { return l.is[v] || l.g.held[v] }, false)
	free := func(v int32) bool { return l.g.held[v] && !l.is[v] }
	sets, _ := c.minimal(MaxSet, func(v int32) bool { return l.is[v] }, free)
	if len(sets) > 0 {
		return c.nodes(sets[0].elements())
	}
	var s spread
	rest := c.where(free)
	s.run(&c.shape, append(c.where(func(v int32) bool { return l.is[v] }), rest...), nil)
	needed := slices.DeleteFunc(s.leaves(&c.shape, c.target), func(i int32) bool { return free(c.global[i]) })
	return c.nodes(c.shrink(needed, rest))
}
