package access

import "slices"

// Level is a grade; larger is better.
type Level uint8

// The levels.
const (
	Unknown Level = iota // no way in is known
	Poor
	Fair
	Good
)

var levelNames = [...]string{"", "poor", "fair", "good"}

// String returns the stable name used in files and on the command line.
func (l Level) String() string {
	if int(l) < len(levelNames) {
		return levelNames[l]
	}
	return ""
}

// MarshalText writes the stable name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Grade is a level with its reason.
type Grade struct {
	Level   Level
	Why     [][]Node // the sets of means that decide, see Security and Recoverability
	Assumed bool     // with the known ways alone the level would be another
}

// Security says what it takes to get into a node, in the sense of the security
// scoring schemes of the paper: each minimal set of means that opens the node
// is scored, and the node is as secure as the worst of them.
//
// A means is weak if it is a phone number, or was said to be Weak: NIST
// restricts codes sent over the telephone network (SP 800-63B, 5.1.3.3 and
// 5.2.10; in 800-63B-4, 3.2.9), as numbers can be moved to another holder. A
// passkey, a hardware key and an unlocked device stand for two strong means: a
// thing and its lock. All other means are one strong means; a mailbox that
// falls to the number needs no rule of its own, because the graph knows. Then
//
//   - Poor: weak means are enough;
//   - Fair: one strong means is enough, alone or with weak ones;
//   - Good: it takes two strong means or more.
//
// Why holds one set: means that are enough, with none that is not needed (a set
// of more than 64 may have some). Having the node itself in hand is not counted
// as a way into it.
func (g *Graph) Security(node Node) Grade { return g.grade(node, g.security) }

// Recoverability says how the person fares when something is lost, in the sense
// of the recoverability scoring schemes of the paper.
//
//   - Poor: losing one device or other base means locks the person out. Why
//     lists each such means, as a set of one.
//   - Good: there are two ways in that have no base means in common, so no
//     device either. Why holds the two sets.
//   - Fair: neither; some way is left after any single loss, but all ways are
//     tied together. Why holds two means whose loss locks the person out, if
//     two can (looked for among the first 64 of one way).
//
// Good is given only where it is proven with sets of up to MaxSet means.
func (g *Graph) Recoverability(node Node) Grade { return g.grade(node, g.recoverability) }

// grade asks once with everything and, where something is assumed, once with
// the known ways alone.
func (g *Graph) grade(node Node, of func(v int32, known bool) (grade Grade, guessed bool)) Grade {
	v, ok := g.index[node]
	if !ok {
		return Grade{}
	}
	grade, guessed := of(v, false)
	if guessed {
		sure, _ := of(v, true)
		grade.Assumed = sure.Level != grade.Level
	}
	return grade
}

// double reports whether a means stands for two strong ones.
func (g *Graph) double(v int32) bool {
	return g.kind[v] == KindPasskey || g.kind[v] == KindKey || g.kind[v] == KindDeviceUnlocked
}

func (g *Graph) security(v int32, known bool) (Grade, bool) {
	c := g.cone(v, none, known)
	weak := c.where(func(u int32) bool { return u != v && g.weak[u] })
	var s spread
	s.run(&c.shape, weak, nil)
	if s.opened(c.target) {
		return c.because(Poor, &s), c.assumed
	}
	fair := Grade{}
	for _, one := range c.where(func(u int32) bool { return u != v && g.held[u] && !g.double(u) }) {
		before := s.add(&c.shape, one)
		if s.opened(c.target) {
			if is := c.because(Fair, &s); fair.Level == Unknown || len(is.Why[0]) < len(fair.Why[0]) {
				fair = is
			}
		}
		s.undo(&c.shape, before)
	}
	if fair.Level != Unknown {
		return fair, c.assumed
	}
	s.add(&c.shape, c.where(func(u int32) bool { return u != v && g.held[u] })...)
	if s.opened(c.target) {
		return c.because(Good, &s), c.assumed
	}
	return Grade{}, c.assumed
}

// because gives the level with what the opening of the target rests on.
func (c *cone) because(l Level, s *spread) Grade {
	return Grade{Level: l, Why: [][]Node{c.nodes(c.shrink(s.leaves(&c.shape, c.target), nil))}}
}

func (g *Graph) recoverability(v int32, known bool) (Grade, bool) {
	c := g.cone(v, g.isHeld, known)
	var s spread
	s.run(&c.shape, c.where(g.isHeld), nil)
	if !s.opened(c.target) {
		return Grade{}, c.assumed
	}
	if single := c.critical(); len(single) > 0 {
		poor := Grade{Level: Poor}
		for _, m := range single {
			poor.Why = append(poor.Why, c.nodes([]int32{m}))
		}
		return poor, c.assumed
	}
	sets, _ := c.minimal(MaxSet, g.isHeld, none)
	for i := range sets {
		for j := range sets[:i] {
			if sets[i].shared(&sets[j]) == 0 {
				return Grade{Level: Good, Why: [][]Node{c.nodes(sets[j].elements()), c.nodes(sets[i].elements())}}, c.assumed
			}
		}
	}
	fair := Grade{Level: Fair}
	// Two means that lock out between them: one of them is in every derivation
	// there is, so in this one.
	leaves := s.leaves(&c.shape, c.target)
	for _, a := range leaves[:min(len(leaves), shrinkLimit)] {
		if b := c.critical(a); len(b) > 0 {
			pair := []int32{a, b[0]}
			slices.Sort(pair)
			fair.Why = [][]Node{c.nodes(pair)}
			break
		}
	}
	return fair, c.assumed
}
