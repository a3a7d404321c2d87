package reach

import (
	"cmp"
	"slices"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
)

// Change is what must be done at an account before a number is given up;
// "reach.change.<change>" is the sentence.
type Change string

// The changes.
const (
	ChangeNumber  Change = "change"  // move the account to another number while this one still works
	ChangeRemove  Change = "remove"  // take the number out
	ChangeLook    Change = "look"    // nobody knows what is possible: look
	ChangeFollows Change = "follows" // nothing here: it hangs on accounts that come before it in the list
)

// NumberChange is one account on the list of a number that is given up.
type NumberChange struct {
	Account account.Account
	Tier    Tier
	Change  Change
	Step    catalog.StepKind // the step of the guide that does it; "" where there is none
	Done    bool             // the step is done
	Falls   bool             // whoever has the number next gets in
	Chain   []access.Step    // how
	Locked  bool             // the person does not get in without the number
	Worth   int              // weight of what falls with this account
}

// Goodbye lists what must change before a number is given up: every account
// that holds it, that its next holder would get into, or that the person would
// be locked out of. The order is safe: mailboxes first, then the phone company,
// money, state, social and the rest; within a tier what opens most.
func (m *Model) Goodbye(id identifier.Identifier) []NumberChange {
	n := nodeOf(id)
	out := []NumberChange{}
	if m.graph.Kind(n) != access.KindNumber {
		return out
	}
	fall := m.graph.Takeover(n)
	locked := m.graph.Lockout(n).Nodes(access.KindAccount)
	var e access.Evaluator
	for i := range m.accounts {
		k := &m.accounts[i]
		h := NumberChange{Account: k.Account, Tier: k.tier, Change: ChangeFollows, Worth: m.worth(&e, k)}
		_, h.Falls = fall.Round(k.node)
		_, h.Locked = slices.BinarySearch(locked, k.node)
		holds := m.needs(k, n)
		if !h.Falls && !h.Locked && !holds {
			continue
		}
		h.Chain = fall.Chain(k.node)
		if holds {
			h.Change, h.Step = k.change()
			h.Done = m.in.Ticks[k.ID][h.Step]
		}
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b NumberChange) int {
		return cmp.Or(cmp.Compare(a.Tier, b.Tier), -cmp.Compare(a.Worth, b.Worth), cmp.Compare(a.Account.ID, b.Account.ID))
	})
	return out
}

// needs reports whether an account has this number: as its own, or in a way
// into it.
func (m *Model) needs(k *known, n access.Node) bool {
	return slices.Contains(k.possible, n) ||
		slices.ContainsFunc(k.phones, func(id identifier.Identifier) bool { return nodeOf(id) == n }) ||
		slices.ContainsFunc(m.graph.Ways(k.node), func(w access.Way) bool { return slices.Contains(w.Needs, n) })
}

// worth is the weight of an account with all that falls with it.
func (m *Model) worth(e *access.Evaluator, k *known) int {
	if m.uses[k.node] == 0 {
		return k.tier.Weight()
	}
	return k.tier.Weight() + e.Weight(m.graph, k.node)
}

// change says what the guide, or the exit rating, allows.
func (k *known) change() (Change, catalog.StepKind) {
	switch {
	case k.removable() && k.has(catalog.StepRemove):
		return ChangeRemove, catalog.StepRemove
	case k.removable() && k.has(catalog.StepRemove2FA):
		return ChangeRemove, catalog.StepRemove2FA
	case k.removable():
		return ChangeRemove, catalog.StepRecovery
	case k.has(catalog.StepChange):
		return ChangeNumber, catalog.StepChange
	case k.at.KeepsNumber():
		return ChangeNumber, ""
	}
	return ChangeLook, catalog.StepSee
}

// Card is what stands on the emergency card: "my phone has no network and I did
// not do that".
type Card struct {
	Accounts []NumberChange // to secure, in this order
	More     int            // others that fall too
	Say      []string       // text keys: what to do and say, in order
}

// maxCard is how many accounts a person can be asked to secure at once.
const maxCard = 5

// cardTexts are the lines of the card.
var cardTexts = []string{
	"reach.card.sign", "reach.card.call", "reach.card.say", "reach.card.bank", "reach.card.mail", "reach.card.note",
}

// Card lists the first accounts to secure once the numbers are in other hands:
// of those that fall, the order of Goodbye.
func (m *Model) Card() Card {
	c := Card{Accounts: []NumberChange{}, Say: slices.Clone(cardTexts)}
	fall := m.graph.Takeover(m.numbers...)
	var e access.Evaluator
	for i := range m.accounts {
		k := &m.accounts[i]
		if _, falls := fall.Round(k.node); falls {
			h := NumberChange{Account: k.Account, Tier: k.tier, Falls: true, Chain: fall.Chain(k.node), Worth: m.worth(&e, k)}
			h.Change, h.Step = k.change()
			c.Accounts = append(c.Accounts, h)
		}
	}
	slices.SortFunc(c.Accounts, func(a, b NumberChange) int {
		return cmp.Or(cmp.Compare(a.Tier, b.Tier), -cmp.Compare(a.Worth, b.Worth), cmp.Compare(a.Account.ID, b.Account.ID))
	})
	if c.More = len(c.Accounts) - maxCard; c.More > 0 {
		c.Accounts = c.Accounts[:maxCard]
	} else {
		c.More = 0
	}
	return c
}
