package reach_test

import (
	"testing"

	"pgregory.net/rapid"

	"unlisted/checks/access"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
)

// What is said of one account equals taking its number out and looking again.
func TestReliefIsWhatTheTakeoverLoses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := everybody(t)
		m := reach.Build(in)
		var numbers []access.Node
		for _, id := range in.Own {
			if id.Kind == identifier.KindPhone {
				numbers = append(numbers, reach.Node(id))
			}
		}
		reduction := m.RiskReduction()
		var e access.Evaluator
		before := e.Weight(m.Graph(), numbers...)
		for _, a := range m.Accounts() {
			after := e.Weight(m.Graph().Without(access.Using(numbers...), reach.AccountNode(a.ID)), numbers...)
			want := 0
			if before > after {
				want = max(1, (100*(before-after)+before/2)/before)
			}
			if got := reduction[a.ID]; got != want {
				t.Fatalf("%s relieves %d, want %d of %d", a.ID, got, want, before)
			}
		}
	})
}
