package access

import "slices"

// spread is the working memory of forward chaining: from the nodes somebody
// has to all they open, each way counting down what it still needs. It takes
// time linear in the size of the graph (Dowling and Gallier, "Linear-time
// algorithms for testing the satisfiability of propositional Horn formulae",
// 1984).
type spread struct {
	count []int32 // way -> what it still needs
	round []int32 // node -> 1 for had, 2 for opened by what was had, and so on; shut or barred
	by    []int32 // opened node -> the way that opened it first, or had
	queue []int32 // opened nodes in order
}

const (
	shut   = 0
	barred = -1 // may not be opened
	had    = -1 // opened by no way
)

// start forgets what was before. Nothing opens the nodes in bar.
func (s *spread) start(g *shape, bar []int32) {
	nodes := len(g.first) - 1
	s.count = append(s.count[:0], g.count...)
	s.round = slices.Grow(s.round[:0], nodes)[:nodes]
	clear(s.round)
	s.by = slices.Grow(s.by[:0], nodes)[:nodes]
	s.queue = s.queue[:0]
	for _, v := range bar {
		s.round[v] = barred
	}
}

// add gives nodes into somebody's hands and opens what follows. It returns the
// length of the queue before, for undo.
func (s *spread) add(g *shape, have ...int32) int {
	before := len(s.queue)
	for _, v := range have {
		s.open(v, 1, had)
	}
	for i := before; i < len(s.queue); i++ {
		v := s.queue[i]
		for _, w := range g.used(v) {
			s.count[w]--
			if s.count[w] == 0 {
				s.open(g.head[w], s.round[v]+1, w)
			}
		}
	}
	return before
}

func (s *spread) open(v, round, by int32) {
	if s.round[v] == shut {
		s.round[v], s.by[v] = round, by
		s.queue = append(s.queue, v)
	}
}

// undo takes back the last add.
func (s *spread) undo(g *shape, before int) {
	for _, v := range s.queue[before:] {
		s.round[v] = shut
		for _, w := range g.used(v) {
			s.count[w]++
		}
	}
	s.queue = s.queue[:before]
}

func (s *spread) run(g *shape, have, bar []int32) {
	s.start(g, bar)
	s.add(g, have...)
}

func (s *spread) opened(v int32) bool { return s.round[v] > shut }

// leaves gives the nodes in hand that the opening of v rests on, ascending.
func (s *spread) leaves(g *shape, v int32) (out []int32) {
	seen := map[int32]bool{v: true}
	for todo := []int32{v}; len(todo) > 0; {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s.by[v] == had {
			out = append(out, v)
			continue
		}
		for _, n := range g.need(s.by[v]) {
			if !seen[n] {
				seen[n] = true
				todo = append(todo, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Evaluator weighs takeovers one after the other in the same memory, also of
// different graphs. Its zero value is ready; it serves one goroutine.
type Evaluator struct {
	spread spread
	have   []int32
}

// Weight adds up the weights of what somebody opens who has these means; what
// they had is not counted.
func (e *Evaluator) Weight(g *Graph, have ...Node) (weight int) {
	e.have = g.appendNumbers(e.have[:0], have)
	e.spread.run(&g.shape, e.have, nil)
	for _, v := range e.spread.queue {
		if e.spread.by[v] != had {
			weight += g.weight[v]
		}
	}
	return weight
}

// Takeover is what somebody can open who has certain means.
type Takeover struct {
	g      *Graph
	spread spread
	cost   []cost
	way    []int32 // node -> the way of its cheapest derivation, or had
}

// Takeover works out what somebody opens who has these means and nothing else.
// Means that the graph does not know are passed over.
func (g *Graph) Takeover(have ...Node) *Takeover {
	t := &Takeover{g: g}
	in := g.numbers(have)
	slices.Sort(in)
	t.spread.run(&g.shape, in, nil)
	t.price(in)
	return t
}

// Opened lists what is opened, of these kinds or of all, sorted, without what
// was in hand.
func (t *Takeover) Opened(kinds ...Kind) []Node {
	return t.g.list(kinds, func(v int32) bool { return t.spread.round[v] > 1 })
}

// Round says how many rounds it takes to open a node when everything that can
// be opened is opened in each round: 0 for what was in hand, 1 for what that
// opens. The second result is false where the node stays shut.
func (t *Takeover) Round(node Node) (int, bool) {
	v, ok := t.g.index[node]
	if !ok || t.spread.round[v] == shut {
		return 0, false
	}
	return int(t.spread.round[v]) - 1, true
}
