package access

import (
	"cmp"
	"math/bits"
	"slices"
)

// cone is the part of a graph that can matter to one node: what its ways need,
// what the ways of those need, and so on, with numbers of its own in the same
// order. Ways that do not count are left out.
type cone struct {
	shape
	g       *Graph
	global  []int32
	target  int32
	assumed bool // an assumed way is among its ways
}

// cone stops at leaves, whose ways it leaves out, and keeps to what is known if
// asked.
func (g *Graph) cone(target int32, leaf func(v int32) bool, known bool) *cone {
	c := &cone{g: g, global: []int32{target}}
	local := map[int32]int32{target: 0}
	var ways []int32
	for i := 0; i < len(c.global); i++ {
		v := c.global[i]
		for w := g.first[v]; w < g.first[v+1] && !leaf(v); w++ {
			guess := g.marks[w]&assumed != 0
			if g.count[w] == off || known && guess {
				continue
			}
			c.assumed = c.assumed || guess
			ways = append(ways, w)
			for _, n := range g.need(w) {
				if _, ok := local[n]; !ok {
					local[n] = 0
					c.global = append(c.global, n)
				}
			}
		}
	}
	slices.Sort(c.global)
	slices.Sort(ways)
	for i, v := range c.global {
		local[v] = int32(i)
	}
	c.target = local[target]
	head, from, needs := make([]int32, 0, len(ways)), make([]int32, 1, len(ways)+1), []int32{}
	for _, w := range ways {
		head = append(head, local[g.head[w]])
		for _, n := range g.need(w) {
			needs = append(needs, local[n])
		}
		from = append(from, int32(len(needs)))
	}
	c.shape = newShape(len(c.global), head, from, needs)
	return c
}

// where lists the cone's numbers of the nodes wanted.
func (c *cone) where(want func(global int32) bool) (out []int32) {
	for i, v := range c.global {
		if want(v) {
			out = append(out, int32(i))
		}
	}
	return out
}

func (c *cone) nodes(local []int32) (out []Node) {
	for _, i := range local {
		out = append(out, c.g.names[c.global[i]])
	}
	return out
}

// shrinkLimit bounds the sets that are taken apart one by one.
const shrinkLimit = 64

// shrink takes out of a set that opens the target, together with the rest,
// what it does not need. A set over the limit is given back as it is.
func (c *cone) shrink(set, rest []int32) []int32 {
	if len(set) > shrinkLimit {
		return set
	}
	var s spread
	for i := len(set) - 1; i >= 0; i-- {
		fewer := slices.Delete(slices.Clone(set), i, i+1)
		s.run(&c.shape, slices.Concat(fewer, rest), nil)
		if s.opened(c.target) {
			set = fewer
		}
	}
	return set
}

// MaxSet is the largest number of means in a minimal set.
const MaxSet = 4

// setWork bounds the comparisons of sets in one question: about ten
// milliseconds.
const setWork = 1 << 20

// set is a set of the cone's numbers, ascending.
type set struct {
	n int8
	e [MaxSet]int32
}

func (a *set) elements() []int32 { return a.e[:a.n] }

// union fails where the result has more than limit elements.
func (a *set) union(b *set, limit int) (u set, ok bool) {
	i, j := int8(0), int8(0)
	for i < a.n || j < b.n {
		if int(u.n) == limit {
			return u, false
		}
		mine, theirs := i < a.n, j < b.n
		if mine && theirs {
			mine, theirs = a.e[i] <= b.e[j], b.e[j] <= a.e[i]
		}
		if mine {
			u.e[u.n] = a.e[i]
			i++
		}
		if theirs {
			u.e[u.n] = b.e[j]
			j++
		}
		u.n++
	}
	return u, true
}

func (a *set) within(b *set) bool { return a.n <= b.n && a.shared(b) == a.n }

func (a *set) shared(b *set) (n int8) {
	for i, j := int8(0), int8(0); i < a.n && j < b.n; {
		switch cmp.Compare(a.e[i], b.e[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

func (a set) order(b set) int {
	return cmp.Or(cmp.Compare(a.n, b.n), slices.Compare(a.elements(), b.elements()))
}

// families holds, for each node of a cone, the minimal sets that open it: no
// set of a family contains another.
type families struct {
	c     *cone
	of    [][]set
	limit int
	work  int
}

// minimal finds the minimal sets of base nodes with at most limit elements that
// open the target when the free nodes are in hand, smallest first, and whether
// the work ran out. It goes up from the nodes in hand until no family grows;
// cycles come to rest because a way round one only adds to a set.
func (c *cone) minimal(limit int, base, free func(global int32) bool) ([]set, bool) {
	f := families{c: c, of: make([][]set, len(c.global)), limit: min(limit, MaxSet), work: setWork}
	for i, v := range c.global {
		if free(v) {
			f.of[i] = []set{{}}
		} else if base(v) && f.limit > 0 {
			f.of[i] = []set{{n: 1, e: [MaxSet]int32{int32(i)}}}
		}
	}
	look := make([]bool, len(c.head))
	for w := range look {
		look[w] = true
	}
	for again := true; again && f.work > 0; {
		again = false
		for w, h := range c.head {
			if !look[w] {
				continue
			}
			look[w] = false
			if !f.grow(h, f.product(c.need(int32(w)))) {
				continue
			}
			again = true
			for _, u := range c.used(h) {
				look[u] = true
			}
		}
	}
	found := f.of[c.target]
	slices.SortFunc(found, set.order)
	return found, f.work <= 0
}

// product gives the minimal unions of one set of each family.
func (f *families) product(needs []int32) []set {
	if slices.ContainsFunc(needs, func(n int32) bool { return len(f.of[n]) == 0 }) {
		return nil
	}
	unions := []set{{}}
	for _, n := range needs {
		if unions = f.unite(unions, f.of[n]); len(unions) == 0 {
			return nil
		}
	}
	return unions
}

// unite gives the minimal unions of one set of each side; out of work it makes
// do with the first.
func (f *families) unite(as, bs []set) (unions []set) {
	for i := range as {
		for j := range bs {
			if f.work <= 0 && len(unions) > 0 {
				return unions
			}
			f.work--
			if u, ok := as[i].union(&bs[j], f.limit); ok {
				unions, _ = f.insert(unions, u)
			}
		}
	}
	return unions
}

func (f *families) grow(v int32, sets []set) (grown bool) {
	for _, s := range sets {
		var in bool
		f.of[v], in = f.insert(f.of[v], s)
		grown = grown || in
	}
	return grown
}

// insert keeps a family minimal, and reports whether the set was new to it.
func (f *families) insert(family []set, s set) ([]set, bool) {
	f.work -= len(family)
	for i := range family {
		if family[i].within(&s) {
			return family, false
		}
	}
	family = slices.DeleteFunc(family, func(old set) bool { return s.within(&old) })
	return append(family, s), true
}

// Minimal lists the minimal sets of base means that open a node, each with at
// most limit (and MaxSet) means: with any of them somebody is in, with any part
// of one not by that alone. Small sets come first, then the order of names.
//
// The work is bounded (setWork comparisons). When it runs out the second result
// is true: every set listed opens the node, but others may be missing and a
// listed one may contain a smaller one.
func (g *Graph) Minimal(node Node, limit int) (sets [][]Node, truncated bool) {
	v, ok := g.index[node]
	if !ok {
		return nil, false
	}
	c := g.cone(v, none, false)
	found, truncated := c.minimal(limit, g.isHeld, none)
	for i := range found {
		sets = append(sets, c.nodes(found[i].elements()))
	}
	return sets, truncated
}

func none(int32) bool                { return false }
func (g *Graph) isHeld(v int32) bool { return g.held[v] }

// Critical lists the base means whose loss alone locks the person out of a
// node, sorted: each is a single point of failure. It is exact.
func (g *Graph) Critical(node Node) []Node {
	v, ok := g.index[node]
	if !ok {
		return nil
	}
	c := g.cone(v, g.isHeld, false)
	return c.nodes(c.critical())
}

// critical tries the loss of each node that one derivation rests on: what is
// not in that one cannot be in all of them. The lost nodes are gone already.
// The cone stops at what the person holds.
func (c *cone) critical(lost ...int32) []int32 {
	base := slices.DeleteFunc(c.where(c.g.isHeld), func(v int32) bool { return slices.Contains(lost, v) })
	var s spread
	s.run(&c.shape, base, nil)
	if !s.opened(c.target) {
		return nil
	}
	among := s.leaves(&c.shape, c.target)
	s.run(&c.shape, slices.DeleteFunc(base, func(v int32) bool {
		_, is := slices.BinarySearch(among, v)
		return is
	}), nil)
	return c.sift(&s, among, nil)
}

// sift appends those of the nodes that the target does not open without, when
// all base means but these are in hand. Halving makes it linear in the size of
// the cone, times the logarithm of their number.
func (c *cone) sift(s *spread, among, out []int32) []int32 {
	if s.opened(c.target) {
		return out
	}
	if len(among) == 1 {
		return append(out, among[0])
	}
	left, right := among[:len(among)/2], among[len(among)/2:]
	before := s.add(&c.shape, right...)
	out = c.sift(s, left, out)
	s.undo(&c.shape, before)
	before = s.add(&c.shape, left...)
	out = c.sift(s, right, out)
	s.undo(&c.shape, before)
	return out
}

// Independent counts the ways in that have no base means in common: the largest
// number of disjoint sets of base means of which each opens the node. It is 0
// for a node the person cannot open. Losing fewer means than that leaves a way.
//
// It never counts too many. It is exact for up to exactSets sets of up to
// MaxSet means; with more sets it takes the smallest one first each time, which
// finds at least one in MaxSet of the largest number.
func (g *Graph) Independent(node Node) int {
	v, ok := g.index[node]
	if !ok {
		return 0
	}
	c := g.cone(v, g.isHeld, false)
	sets, _ := c.minimal(MaxSet, g.isHeld, none)
	if len(sets) > 0 {
		return disjoint(sets)
	}
	var s spread
	s.run(&c.shape, c.where(g.isHeld), nil)
	if s.opened(c.target) {
		return 1 // by more than MaxSet means
	}
	return 0
}

// exactSets is up to how many sets all choices are weighed.
const exactSets = 20

func disjoint(sets []set) int {
	if len(sets) > exactSets {
		var taken []set
		for _, s := range sets {
			if !slices.ContainsFunc(taken, func(t set) bool { return t.shared(&s) > 0 }) {
				taken = append(taken, s)
			}
		}
		return len(taken)
	}
	clash := make([]uint32, len(sets)) // which sets share something with this one
	for i := range sets {
		for j := range sets {
			if sets[i].shared(&sets[j]) > 0 {
				clash[i] |= 1 << j
			}
		}
	}
	return pack(clash, 1<<len(sets)-1)
}

// pack takes or leaves the first set that is open; it is never deeper than
// there are sets.
func pack(clash []uint32, open uint32) int {
	if open == 0 {
		return 0
	}
	first := bits.TrailingZeros32(open)
	take := 1 + pack(clash, open&^clash[first])
	if rest := open &^ (1 << first); take <= bits.OnesCount32(rest) && open&clash[first] != 1<<first {
		return max(take, pack(clash, rest))
	}
	return take
}
