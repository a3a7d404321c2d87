package reach

import "unlisted/checks/catalog"

// Tier is how much hangs on an account; smaller comes first.
type Tier uint8

// The tiers in the safe order: whoever holds the mailbox resets the rest.
const (
	TierMailbox Tier = iota
	TierCarrier
	TierMoney
	TierState
	TierSocial
	TierRest
)

// tierOf maps catalogue categories (the vocabulary of 2fa.directory) to tiers.
// "telecommunication", of the list of privacy contacts, names web hosts and
// shops too and so is no phone company.
var tierOf = map[string]Tier{
	"email": TierMailbox, "telecom": TierCarrier, "banking": TierMoney, "finance": TierMoney, "investing": TierMoney,
	"payments": TierMoney, "cryptocurrencies": TierMoney, "crypto": TierMoney, "insurance": TierMoney,
	"government": TierState, "legal": TierState, "identity": TierState, "health": TierState,
	"social": TierSocial, "communication": TierSocial,
}

var weights = [...]int{100, 90, 80, 70, 50, 30}

// Weight says how much an account of the tier matters in a takeover, and so how
// much taking a number out of it is worth.
func (t Tier) Weight() int { return weights[t] }

// TierOf says how much hangs on an account at a platform.
func TierOf(p *catalog.Platform) Tier {
	t := TierRest
	for _, c := range p.Categories {
		if x, ok := tierOf[c]; ok {
			t = min(t, x)
		}
	}
	return t
}
