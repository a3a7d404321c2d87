package access

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Builder collects nodes and ways in any order; its zero value is ready. The
// same thing said twice counts once. Where two kinds or two weights are given
// for one node, the kind listed first and the larger weight stand.
type Builder struct {
	nodes map[Node]declared
	ways  []opening
}

type declared struct {
	kind       Kind
	held, weak bool
	weighed    bool
	weight     int
}

type opening struct {
	node Node
	way  Way
}

// Hold says that the person has these means in hand, without opening them
// through anything else. They are the base means of every question.
func (b *Builder) Hold(kind Kind, means ...Node) {
	for _, m := range means {
		b.declare(m, func(d *declared) { d.held = true; d.setKind(kind) })
	}
}

// Open says what a node is and which ways lead into it. A node with no way,
// and a needed node that was never declared, is opened by nothing: it counts
// only for somebody who is said to have it.
func (b *Builder) Open(kind Kind, node Node, ways ...Way) {
	b.declare(node, func(d *declared) { d.setKind(kind) })
	for _, w := range ways {
		w.Needs = slices.Clone(w.Needs)
		b.ways = append(b.ways, opening{node, w})
		for _, n := range w.Needs {
			b.declare(n, func(*declared) {})
		}
	}
}

// Weak says that these means are known to protect little: a leaked password, or
// one used in two places. A phone number is weak without being said so.
func (b *Builder) Weak(means ...Node) {
	for _, m := range means {
		b.declare(m, func(d *declared) { d.weak = true })
	}
}

// Weigh says how much a node matters when a takeover is weighed. Unsaid, an
// account weighs 1 and a means 0.
func (b *Builder) Weigh(node Node, weight int) {
	b.declare(node, func(d *declared) {
		if !d.weighed || weight > d.weight {
			d.weighed, d.weight = true, weight
		}
	})
}

func (b *Builder) declare(n Node, set func(*declared)) {
	if b.nodes == nil {
		b.nodes = map[Node]declared{}
	}
	d := b.nodes[n]
	set(&d)
	b.nodes[n] = d
}

func (d *declared) setKind(k Kind) {
	if d.kind == KindUnknown || k != KindUnknown && k < d.kind {
		d.kind = k
	}
}

// Graph builds the graph of what was said so far. Nodes get their numbers in
// the order of their names and ways in an order of their own, so that nothing
// depends on the order of the calls.
func (b *Builder) Graph() *Graph {
	g := &Graph{names: slices.Sorted(maps.Keys(b.nodes)), index: make(map[Node]int32, len(b.nodes))}
	for i, n := range g.names {
		d, v := b.nodes[n], int32(i)
		g.index[n] = v
		g.kind = append(g.kind, d.kind)
		g.held = append(g.held, d.held)
		g.weak = append(g.weak, d.weak || d.kind == KindNumber)
		if !d.weighed && d.kind == KindAccount {
			d.weight = 1
		}
		g.weight = append(g.weight, d.weight)
		if d.held {
			g.base = append(g.base, v)
		}
	}
	ways := b.numbered(g.index)
	head, from, needs := make([]int32, 0, len(ways)), make([]int32, 1, len(ways)+1), []int32{}
	for _, w := range ways {
		head, needs = append(head, w.head), append(needs, w.needs...)
		from = append(from, int32(len(needs)))
		g.marks = append(g.marks, w.marks)
	}
	g.shape = newShape(len(g.names), head, from, needs)
	for w := range g.marks {
		if g.marks[w]&planned != 0 {
			g.count[w] = off
		}
	}
	return g
}

// mark holds the yes-or-no facts of a way. The order of the values is the order
// of the ways: what is known comes before what is assumed.
type mark uint8

const (
	planned mark = 1 << iota
	recovery
	assumed
)

func (w Way) mark() (m mark) {
	for _, f := range []struct {
		set bool
		is  mark
	}{{w.Planned, planned}, {w.Recovery, recovery}, {w.Assumed, assumed}} {
		if f.set {
			m |= f.is
		}
	}
	return m
}

type numbered struct {
	head  int32
	marks mark
	needs []int32
}

// order is the same whether a way is planned or not, save for twins: a plan
// carried out reads like a graph that had the way from the start.
func (a numbered) order(b numbered) int {
	return cmp.Or(cmp.Compare(a.head, b.head), cmp.Compare(a.marks&^planned, b.marks&^planned),
		cmp.Compare(len(a.needs), len(b.needs)), slices.Compare(a.needs, b.needs), cmp.Compare(a.marks, b.marks))
}

func (b *Builder) numbered(index map[Node]int32) []numbered {
	ways := make([]numbered, 0, len(b.ways))
	for _, o := range b.ways {
		w := numbered{head: index[o.node], marks: o.way.mark(), needs: make([]int32, len(o.way.Needs))}
		for i, n := range o.way.Needs {
			w.needs[i] = index[n]
		}
		slices.Sort(w.needs)
		w.needs = slices.Compact(w.needs)
		if _, itself := slices.BinarySearch(w.needs, w.head); len(w.needs) > 0 && !itself {
			ways = append(ways, w)
		}
	}
	slices.SortFunc(ways, numbered.order)
	return slices.CompactFunc(ways, func(a, b numbered) bool { return a.order(b) == 0 })
}

// shape is the bare hypergraph: nodes and ways are numbers, and each list of
// lists is one array with the places where the lists start.
type shape struct {
	first []int32 // node v has the ways first[v] up to first[v+1]
	head  []int32 // way -> the node it opens
	from  []int32 // way w needs needs[from[w]] up to needs[from[w+1]]
	needs []int32
	useAt []int32 // node v is needed by uses[useAt[v]] up to uses[useAt[v+1]]
	uses  []int32
	count []int32 // way -> how many nodes it needs, or off
}

// off is the count of a way that does not count: no graph has so many nodes
// that it would be used up.
const off = math.MaxInt32

// newShape takes ways that are sorted by the node they open.
func newShape(nodes int, head, from, needs []int32) shape {
	s := shape{
		first: make([]int32, nodes+1), head: head, from: from, needs: needs,
		useAt: make([]int32, nodes+1), uses: make([]int32, len(needs)), count: make([]int32, len(head)),
	}
	for w, v := range head {
		s.first[v+1]++
		s.count[w] = from[w+1] - from[w]
	}
	for _, n := range needs {
		s.useAt[n+1]++
	}
	for v := range nodes {
		s.first[v+1] += s.first[v]
		s.useAt[v+1] += s.useAt[v]
	}
	free := slices.Clone(s.useAt)
	for w := range head {
		for _, n := range s.need(int32(w)) {
			s.uses[free[n]] = int32(w)
			free[n]++
		}
	}
	return s
}

func (s *shape) need(w int32) []int32 { return s.needs[s.from[w]:s.from[w+1]] }
func (s *shape) used(v int32) []int32 { return s.uses[s.useAt[v]:s.useAt[v+1]] }

// Graph is the access graph. It never changes, so any number of goroutines may
// ask it at once; Without and With give a changed one that shares nearly all.
type Graph struct {
	shape
	names  []Node // sorted
	index  map[Node]int32
	kind   []Kind
	held   []bool
	weak   []bool
	weight []int
	base   []int32 // the held nodes, ascending
	marks  []mark  // of the ways
}

// Without gives the graph that lacks those ways into the given nodes that drop
// picks. The Way handed to drop is good only during the call.
func (g *Graph) Without(drop func(Node, Way) bool, into ...Node) *Graph {
	return g.edit(drop, into, func(int32) int32 { return off })
}

// With gives the graph in which those planned ways into the given nodes that
// take picks count. The Way handed to take is good only during the call.
func (g *Graph) With(take func(Node, Way) bool, into ...Node) *Graph {
	return g.edit(take, into, func(w int32) int32 {
		if g.marks[w]&planned == 0 {
			return g.count[w]
		}
		return g.from[w+1] - g.from[w]
	})
}

// edit sets the picked ways to the count they shall have. The counts are all
// that two graphs of one building do not share.
func (g *Graph) edit(pick func(Node, Way) bool, into []Node, count func(w int32) int32) *Graph {
	out := *g
	out.count = slices.Clone(g.count)
	var needs []Node
	for _, v := range g.numbers(into) {
		for w := g.first[v]; w < g.first[v+1]; w++ {
			to := count(w)
			if to == g.count[w] {
				continue
			}
			needs = g.appendNames(needs[:0], g.need(w))
			if pick(g.names[v], g.way(w, needs)) {
				out.count[w] = to
			}
		}
	}
	return &out
}

// Nodes lists the nodes of these kinds, or all where no kind is given, sorted.
func (g *Graph) Nodes(kinds ...Kind) []Node {
	return g.list(kinds, func(int32) bool { return true })
}

// Held lists the base means, sorted.
func (g *Graph) Held() []Node { return g.appendNames(nil, g.base) }

// Kind says what a node is.
func (g *Graph) Kind(node Node) Kind {
	if v, ok := g.index[node]; ok {
		return g.kind[v]
	}
	return KindUnknown
}

// Ways lists the ways into a node that count: known ones first, short ones
// first.
func (g *Graph) Ways(node Node) (ways []Way) {
	for _, v := range g.numbers([]Node{node}) {
		for w := g.first[v]; w < g.first[v+1]; w++ {
			if g.count[w] != off {
				ways = append(ways, g.way(w, g.appendNames(nil, g.need(w))))
			}
		}
	}
	return ways
}

func (g *Graph) way(w int32, needs []Node) Way {
	m := g.marks[w]
	return Way{Needs: needs, Recovery: m&recovery != 0, Assumed: m&assumed != 0, Planned: m&planned != 0}
}

// numbers looks names up and passes over those the graph does not have.
func (g *Graph) numbers(nodes []Node) []int32 {
	return g.appendNumbers(make([]int32, 0, len(nodes)), nodes)
}

func (g *Graph) appendNumbers(to []int32, nodes []Node) []int32 {
	for _, n := range nodes {
		if v, ok := g.index[n]; ok {
			to = append(to, v)
		}
	}
	return to
}

func (g *Graph) appendNames(to []Node, numbers []int32) []Node {
	for _, v := range numbers {
		to = append(to, g.names[v])
	}
	return to
}

func (g *Graph) list(kinds []Kind, want func(v int32) bool) (out []Node) {
	for i, n := range g.names {
		if (len(kinds) == 0 || slices.Contains(kinds, g.kind[i])) && want(int32(i)) {
			out = append(out, n)
		}
	}
	return out
}
