package reach

import (
	"slices"

	"unlisted/checks/access"
)

// maxReduced bounds how many accounts that open others are taken out one by
// one: mailboxes and accounts to sign in with are few.
const maxReduced = 200

// RiskReduction says for every account, by its id, how much of what a stolen number
// opens today it would take out of reach if its own ways did without the number:
// in percent of the whole, weighed by how much each account matters. An account
// that falls by another way too relieves nothing; a mailbox relieves what is
// reset through it.
func (m *Model) RiskReduction() map[string]int {
	out := make(map[string]int, len(m.accounts))
	var e access.Evaluator
	before := e.Weight(m.graph, m.numbers...)
	if before == 0 {
		return out
	}
	uses, fall, hubs := access.Using(m.numbers...), m.graph.Takeover(m.numbers...), 0
	for _, k := range m.accounts {
		gone := 0
		if m.uses[k.node] == 0 {
			if m.restsOnNumber(fall, k.node) {
				gone = k.tier.Weight()
			}
		} else if hubs < maxReduced {
			hubs++
			gone = before - e.Weight(m.graph.Without(uses, k.node), m.numbers...)
		}
		if gone > 0 {
			out[k.ID] = max(1, (100*gone+before/2)/before)
		}
	}
	return out
}

// restsOnNumber reports whether an account falls with the numbers, and by no way
// that does without them.
func (m *Model) restsOnNumber(fall *access.Takeover, n access.Node) bool {
	if _, fell := fall.Round(n); !fell {
		return false
	}
	uses := access.Using(m.numbers...)
	for _, w := range m.graph.Ways(n) {
		open := !slices.ContainsFunc(w.Needs, func(need access.Node) bool { _, has := fall.Round(need); return !has })
		if open && !uses(n, w) {
			return false
		}
	}
	return true
}
