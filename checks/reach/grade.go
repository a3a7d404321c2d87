package reach

import (
	"unlisted/checks/access"
	"unlisted/checks/text"
)

// Grade says how an account fares, each with its reason.
type Grade struct {
	Security       access.Grade
	Recoverability access.Grade
}

// Grade grades an account by its id; an unknown account has no levels.
func (m *Model) Grade(id string) Grade {
	n := AccountNode(id)
	return Grade{Security: m.graph.Security(n), Recoverability: m.graph.Recoverability(n)}
}

// Tier is how much hangs on an account, by its id; an unknown one has no weight.
func (m *Model) Tier(id string) Tier {
	if i, ok := m.at[AccountNode(id)]; ok {
		return m.accounts[i].tier
	}
	return TierRest
}

// SecurityWords writes the reason of a security grade in one sentence.
func (m *Model) SecurityWords(t *text.Printer, g access.Grade, show bool) string {
	return m.assumed(t, g, t.T("reach.security."+level(g), "means", m.first(t, g, 0, show)))
}

// RecoverabilityWords writes the reason of a recoverability grade in one
// sentence.
func (m *Model) RecoverabilityWords(t *text.Printer, g access.Grade, show bool) string {
	key := "reach.recovery." + level(g)
	if g.Level == access.Fair && len(g.Why) == 0 {
		key = "reach.recovery.tied"
	}
	if g.Level == access.Poor {
		var each []access.Node // any one of them
		for _, set := range g.Why {
			each = append(each, set...)
		}
		if len(each) > 1 {
			key = "reach.recovery.poor_any"
		}
		return m.assumed(t, g, t.T(key, "means", m.List(t, each, show)))
	}
	return m.assumed(t, g, t.T(key, "means", m.first(t, g, 0, show), "second", m.first(t, g, 1, show)))
}

func level(g access.Grade) string {
	if g.Level == access.Unknown {
		return "unknown"
	}
	return g.Level.String()
}

// first lists a set of the reason; "" where there is none.
func (m *Model) first(t *text.Printer, g access.Grade, set int, show bool) string {
	if set >= len(g.Why) {
		return ""
	}
	return m.List(t, g.Why[set], show)
}

// assumed adds that the grade rests on what is usual.
func (m *Model) assumed(t *text.Printer, g access.Grade, s string) string {
	if !g.Assumed {
		return s
	}
	return text.Join(s, t.T("reach.assumed"))
}
