package access_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"unlisted/checks/access"
)

// A world is a small access graph that can be computed by trying everything.
// Sets of its nodes are bit masks.
type world struct {
	kinds      []access.Kind
	held, weak uint
	ways       []worldWay
}

type worldWay struct {
	opens int
	needs uint
	access.Way
}

const worldSize = 7

func worldName(i int) access.Node { return access.Node(rune('a' + i)) }

func names(mask uint) []access.Node {
	out := []access.Node{}
	for i := range worldSize {
		if mask>>i&1 == 1 {
			out = append(out, worldName(i))
		}
	}
	return out
}

func mask(nodes []access.Node) (m uint) {
	for _, n := range nodes {
		m |= 1 << (n[0] - 'a')
	}
	return m
}

// worlds are dense enough to have cycles, shared steps and several ways into
// most nodes. Only their seed is drawn: rapid's own draws lean to small numbers,
// and small worlds have little in them.
var worlds = rapid.Custom(func(t *rapid.T) world {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	n := 4 + r.IntN(worldSize-3)
	w := world{held: uint(r.IntN(1 << n)), weak: uint(r.IntN(1<<n) & r.IntN(1<<n))}
	for range n {
		w.kinds = append(w.kinds, access.Kind(1+r.IntN(11)))
	}
	for range n + r.IntN(3*n) {
		y := worldWay{opens: r.IntN(n)}
		for range []int{0, 1, 1, 1, 2, 2, 2, 3, 3, 5}[r.IntN(10)] {
			y.needs |= 1 << r.IntN(n)
		}
		y.Way = access.Way{Needs: names(y.needs), Recovery: r.IntN(3) == 0, Assumed: r.IntN(3) == 0, Planned: r.IntN(8) == 0}
		w.ways = append(w.ways, y)
	}
	return w
})

func (w world) size() int { return len(w.kinds) }

// graph builds the world, telling it in the order given by the draw.
func (w world) graph(order func(n int) []int) *access.Graph {
	var calls []func(b *access.Builder)
	for i, k := range w.kinds {
		calls = append(calls, func(b *access.Builder) { b.Open(k, worldName(i)) })
		if w.held>>i&1 == 1 {
			calls = append(calls, func(b *access.Builder) { b.Hold(k, worldName(i)) })
		}
		if w.weak>>i&1 == 1 {
			calls = append(calls, func(b *access.Builder) { b.Weak(worldName(i)) })
		}
	}
	for _, y := range w.ways {
		calls = append(calls, func(b *access.Builder) { b.Open(w.kinds[y.opens], worldName(y.opens), y.Way) })
	}
	b := &access.Builder{}
	for _, i := range order(len(calls)) {
		calls[i](b)
	}
	return b.Graph()
}

func inOrder(n int) (out []int) {
	for i := range n {
		out = append(out, i)
	}
	return out
}

func (w world) plain() *access.Graph { return w.graph(inOrder) }

// closure opens what follows from have, round by round, as the definition says:
// nothing outside may is ever opened, nodes outside guess open by known ways
// only.
func (w world) closure(have, may, guess uint) (all uint, rounds [worldSize]int) {
	all = have
	for round := 1; ; round++ {
		next := all
		for _, y := range w.ways {
			self := uint(1) << y.opens
			if y.Planned || y.needs == 0 || y.needs&^all != 0 || all&self != 0 || may&self == 0 || y.Assumed && guess&self == 0 {
				continue
			}
			next |= self
			rounds[y.opens] = round
		}
		if next == all {
			return all, rounds
		}
		all = next
	}
}

const everything = ^uint(0)

func (w world) opens(have uint) uint {
	all, _ := w.closure(have, everything, everything)
	return all
}

// after is what stays open when the lost nodes are gone for good.
func (w world) after(lost uint) uint {
	all, _ := w.closure(w.held&^lost, ^lost, everything)
	return all
}

// supports reports whether these base means open node without the person's
// other base means, even where they could be derived.
func (w world) supports(set uint, node int) bool {
	all, _ := w.closure(set, ^w.held, everything)
	return all>>node&1 == 1
}

// minimalSets tries all subsets.
func minimalSets(of uint, most int, opens func(set uint) bool) (out []uint) {
	for size := 0; size <= most; size++ {
		var level []uint
		for set := range uint(1 << worldSize) {
			if set&^of == 0 && bits.OnesCount(set) == size && opens(set) && !slices.ContainsFunc(out, func(o uint) bool { return o&^set == 0 }) {
				level = append(level, set)
			}
		}
		slices.SortFunc(level, func(a, b uint) int { return slices.Compare(names(a), names(b)) })
		out = append(out, level...)
	}
	return out
}

func drawSet(t *rapid.T, w world, label string) (set uint) {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, label), 1))
	for range r.IntN(4) {
		set |= 1 << r.IntN(w.size())
	}
	return set
}

func expect[T any](t *rapid.T, what string, got, want T) {
	if g, w := fmt.Sprintf("%v", got), fmt.Sprintf("%v", want); g != w {
		t.Fatalf("%s: got %s, want %s", what, g, w)
	}
}

func TestTakeoverIsTheLeastFixedPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		have, more := drawSet(t, w, "have"), drawSet(t, w, "more")
		g := w.plain()
		steal := g.Takeover(names(have)...)
		all, rounds := w.closure(have, everything, everything)
		expect(t, "opened", steal.Opened(), names(all&^have))
		for i := range w.size() {
			round, ok := steal.Round(worldName(i))
			expect(t, "reached", ok, all>>i&1 == 1)
			expect(t, "round", round, rounds[i])
		}
		for _, n := range g.Nodes() {
			for _, y := range g.Ways(n) {
				if m := mask(y.Needs); m&^all == 0 && all&mask([]access.Node{n}) == 0 {
					t.Fatalf("%v opens %s and did not", y, n)
				}
			}
		}
		bigger := have | more | mask(g.Takeover(names(have|more)...).Opened())
		if all&^bigger != 0 {
			t.Fatalf("with %b more, less opens", more)
		}
		e := access.Evaluator{}
		e.Weight(g, names(more)...)
		expect(t, "weight", e.Weight(g, names(have)...), len(steal.Opened(access.KindAccount)))
	})
}

func TestChainsAreValidAndShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		have := drawSet(t, w, "have")
		g := w.plain()
		steal := g.Takeover(names(have)...)
		for _, n := range steal.Opened() {
			chain, inHand, guesses := steal.Chain(n), have, 0
			for _, s := range chain {
				if mask(s.With)&^inHand != 0 || inHand&mask([]access.Node{s.Opens}) != 0 {
					t.Fatalf("step %v of %v cannot be done", s, chain)
				}
				if !slices.ContainsFunc(g.Ways(s.Opens), func(y access.Way) bool {
					return slices.Equal(y.Needs, s.With) && y.Assumed == s.Assumed && y.Recovery == s.Recovery
				}) {
					t.Fatalf("no way like %v", s)
				}
				inHand |= mask([]access.Node{s.Opens})
				if s.Assumed {
					guesses++
				}
			}
			expect(t, "last", chain[len(chain)-1].Opens, n)
			steps, fewest := w.cheapest(have, mask([]access.Node{n}))
			expect(t, "steps and assumed", [2]int{len(chain), guesses}, [2]int{steps, fewest})
		}
	})
}

// cheapest tries all sets of nodes that may be opened and all of those that may
// be opened by an assumed way.
func (w world) cheapest(have, target uint) (steps, guesses int) {
	steps, guesses = worldSize+1, worldSize+1
	for may := range uint(1 << worldSize) {
		if may&have != 0 || bits.OnesCount(may) > steps {
			continue
		}
		for guess := may; ; guess = (guess - 1) & may {
			n, m := bits.OnesCount(may), bits.OnesCount(guess)
			if all, _ := w.closure(have, may, guess); all&target != 0 && (n < steps || n == steps && m < guesses) {
				steps, guesses = n, m
			}
			if guess == 0 {
				break
			}
		}
	}
	return steps, guesses
}

func TestLockoutComplementsTakeover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		lost := drawSet(t, w, "lost")
		g := w.plain()
		out := g.Lockout(names(lost)...)
		before := w.opens(w.held)
		locked := before &^ w.after(lost) &^ lost
		expect(t, "locked", out.Nodes(), names(locked))

		// Where no way leads to what is lost, it is what a thief of the rest
		// does not get.
		if lost&^w.held == 0 && !slices.ContainsFunc(w.ways, func(y worldWay) bool { return lost>>y.opens&1 == 1 }) {
			rest := w.held &^ lost
			expect(t, "complement", locked, before&^(rest|mask(g.Takeover(names(rest)...).Opened()))&^lost)
		}
		for _, n := range out.Nodes() {
			sets := minimalSets(lost, worldSize, func(back uint) bool {
				all, _ := w.closure(w.held&^lost|back, ^lost|back, everything)
				return all&mask([]access.Node{n}) != 0
			})
			missing := out.Missing(n)
			if bits.OnesCount(sets[0]) <= access.MaxSet {
				expect(t, "missing", missing, names(sets[0]))
			} else if !slices.Contains(sets, mask(missing)) {
				t.Fatalf("%v is missing, not one of %v", missing, sets)
			}
		}
	})
}

func TestMinimalSetsAreMinimalAndAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		limit := rapid.IntRange(0, access.MaxSet).Draw(t, "limit")
		g := w.plain()
		for i := range w.size() {
			var want [][]access.Node
			for _, s := range minimalSets(w.held, limit, func(s uint) bool { return w.opens(s)>>i&1 == 1 }) {
				want = append(want, names(s))
			}
			got, cut := g.Minimal(worldName(i), limit)
			expect(t, "cut", cut, false)
			expect(t, "sets", got, want)
		}
	})
}

func TestSinglePointsAndIndependentWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		g := w.plain()
		for i := range w.size() {
			open := w.after(0)>>i&1 == 1
			var critical uint
			for _, n := range names(w.held) {
				if m := mask([]access.Node{n}); open && w.after(m)>>i&1 == 0 {
					critical |= m
				}
			}
			expect(t, "critical", g.Critical(worldName(i)), names(critical))

			sets := minimalSets(w.held, worldSize, func(s uint) bool { return w.supports(s, i) })
			got, want := g.Independent(worldName(i)), packing(sets, 0)
			large := slices.ContainsFunc(sets, func(s uint) bool { return bits.OnesCount(s) > access.MaxSet })
			if got > want || got < want && !large && len(sets) <= 20 || open != (got > 0) {
				t.Fatalf("%d independent ways into %s, tried out %d", got, worldName(i), want)
			}
			for lost := range uint(1 << w.size()) {
				if lost&^w.held == 0 && bits.OnesCount(lost) < got && w.after(lost)>>i&1 == 0 {
					t.Fatalf("%d ways into %s, and the loss of %v locks it", got, worldName(i), names(lost))
				}
			}
		}
	})
}

func packing(sets []uint, used uint) (most int) {
	for i, s := range sets {
		if s&used == 0 {
			most = max(most, 1+packing(sets[i+1:], used|s))
		}
	}
	return most
}

// strong is the number of strong means in a set, by the rule of Security.
func (w world) strong(set uint) (n int) {
	for i, k := range w.kinds {
		switch {
		case set>>i&1 == 0 || w.weak>>i&1 == 1 || k == access.KindNumber:
		case k == access.KindPasskey || k == access.KindKey || k == access.KindDeviceUnlocked:
			n += 2
		default:
			n++
		}
	}
	return n
}

func (w world) known() world {
	w.ways = slices.DeleteFunc(slices.Clone(w.ways), func(y worldWay) bool { return y.Assumed })
	return w
}

func (w world) security(i int) access.Level {
	means := w.held | w.weak
	for j, k := range w.kinds {
		if k == access.KindNumber {
			means |= 1 << j
		}
	}
	level := access.Unknown
	for _, s := range minimalSets(means&^(1<<i), worldSize, func(s uint) bool { return w.opens(s)>>i&1 == 1 }) {
		if l := access.Level(min(w.strong(s), 2) + 1); level == access.Unknown || l < level {
			level = l
		}
	}
	return level
}

func TestSecurityIsTheWorstMinimalSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		g := w.plain()
		for i := range w.size() {
			got := g.Security(worldName(i))
			expect(t, "level", got.Level, w.security(i))
			expect(t, "assumed", got.Assumed, got.Level != w.known().security(i))
			if got.Level == access.Unknown {
				continue
			}
			why := mask(got.Why[0])
			expect(t, "score of the reason", access.Level(min(w.strong(why), 2)+1), got.Level)
			for _, n := range append(got.Why[0], "") {
				fewer := why
				if n != "" {
					fewer &^= mask([]access.Node{n})
				}
				expect(t, "the reason opens, a part of it does not", w.opens(fewer)>>i&1 == 1, n == "")
			}
		}
	})
}

func (w world) recoverability(i int) access.Level {
	sets := minimalSets(w.held, worldSize, func(s uint) bool { return w.supports(s, i) })
	common := everything
	for _, s := range sets {
		common &= s
	}
	small := slices.DeleteFunc(sets, func(s uint) bool { return bits.OnesCount(s) > access.MaxSet })
	switch {
	case len(sets) == 0:
		return access.Unknown
	case common != 0:
		return access.Poor
	case packing(small, 0) > 1:
		return access.Good
	default:
		return access.Fair
	}
}

func TestRecoverabilityIsWhatALossLeaves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		g := w.plain()
		for i := range w.size() {
			got := g.Recoverability(worldName(i))
			expect(t, "level", got.Level, w.recoverability(i))
			expect(t, "assumed", got.Assumed, got.Level != w.known().recoverability(i))
			for _, why := range got.Why {
				m := mask(why)
				if got.Level == access.Good {
					expect(t, "opens", w.supports(m, i), true)
				} else {
					expect(t, "locks", w.after(m)>>i&1, 0)
				}
			}
		}
	})
}

// dump is all a graph can be asked, as text.
func dump(g *access.Graph) string {
	var b strings.Builder
	for _, n := range g.Nodes() {
		sets, _ := g.Minimal(n, 3)
		fmt.Fprintln(&b, n, g.Kind(n), g.Critical(n), g.Independent(n), sets, g.Security(n), g.Recoverability(n))
		for _, y := range g.Ways(n) {
			fmt.Fprintln(&b, y.Needs, y.Recovery, y.Assumed)
		}
		for _, m := range g.Nodes() {
			steal, lose := g.Takeover(n, m), g.Lockout(n, m)
			for _, o := range steal.Opened() {
				fmt.Fprintln(&b, o, steal.Chain(o))
			}
			for _, o := range lose.Nodes() {
				fmt.Fprintln(&b, o, lose.Missing(o))
			}
		}
	}
	return b.String()
}

func TestTheOrderOfTellingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		shuffled := w.graph(func(n int) []int { return rapid.Permutation(inOrder(n)).Draw(t, "order") })
		if a, b := dump(w.plain()), dump(shuffled); a != b {
			t.Fatalf("%s\nand\n%s", a, b)
		}
	})
}

// A changed graph is the graph one would have built.
func TestAChangedGraphEqualsARebuiltOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worlds.Draw(t, "world")
		into, using, carryOut := drawSet(t, w, "into"), drawSet(t, w, "using"), drawSet(t, w, "carry out")
		g := w.plain()
		before := dump(g)
		changed := g.With(access.Using(names(carryOut)...), names(into)...).Without(access.Using(names(using)...), names(into)...)
		expect(t, "untouched", dump(g), before)

		rebuilt := w
		rebuilt.ways = nil
		for _, y := range w.ways {
			if touched := into>>y.opens&1 == 1; touched {
				y.Planned = y.Planned && y.needs&carryOut == 0
				if y.needs&using != 0 {
					continue
				}
			}
			if !y.Planned {
				rebuilt.ways = append(rebuilt.ways, y)
			}
		}
		// The graph lists twins apart where one was planned; a rebuilt one has
		// no twins.
		if a, b := lines(dump(changed)), lines(dump(rebuilt.plain())); a != b {
			t.Fatalf("%s\nand\n%s", a, b)
		}
	})
}

func lines(s string) string { return strings.Join(slices.Compact(strings.Split(s, "\n")), "\n") }
