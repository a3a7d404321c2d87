// Package holders is the map of who holds what: the person's numbers and
// addresses on one side, the accounts on the other, grouped by whether a number
// can be taken out there. It counts and places; it draws nothing.
package holders

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
)

// Kind is what a box on the side of the person stands for.
type Kind uint8

// The kinds, from top to bottom.
const (
	One      Kind = iota // one number or address
	Others               // those that are held least, together
	Unplaced             // a number that could not be placed
	Nothing              // no number or address is known to be held
)

// Holding is one box of the person's side.
type Holding struct {
	Kind     Kind
	ID       identifier.Identifier // of One
	IDs      int                   // how many numbers and addresses stand for it
	Accounts int                   // that hold at least one of them
}

// Group is the accounts of one exit rating.
type Group struct {
	Exit     catalog.ExitRating
	Accounts []account.Account // those that hold a number first, then by name
}

// Flow is how many accounts of a group hold what a box stands for.
type Flow struct{ Holding, Group, Accounts int }

// Map says who holds what. An account stands in one group, and in as many flows
// as it holds numbers and addresses.
type Map struct {
	Holdings []Holding
	Groups   []Group
	Flows    []Flow // by holding, then by group
}

// MaxHoldings is how many boxes the person's side has at most.
const MaxHoldings = 6

// exits are the ratings in the order of the groups: what can be done first.
var exits = []catalog.ExitRating{
	catalog.ExitNoNumber, catalog.ExitRemovable, catalog.ExitAfterApp, catalog.ExitReplaceOnly, catalog.ExitForcedFallback, catalog.ExitForced,
	catalog.ExitUnknown,
}

// Of makes the map of accounts that hold some of the person's own identifiers.
func Of(accounts []account.Account, own []identifier.Identifier, c *catalog.Catalog) Map {
	m := Map{Groups: groups(accounts, c)}
	held := holdings(accounts, own)
	count := map[[2]int]int{}
	for i, h := range held {
		m.Holdings = append(m.Holdings, h.Holding)
		for g, group := range m.Groups {
			for _, a := range group.Accounts {
				if h.holders[a.ID] {
					count[[2]int{i, g}]++
				}
			}
		}
		for g := range m.Groups {
			if n := count[[2]int{i, g}]; n > 0 {
				m.Flows = append(m.Flows, Flow{i, g, n})
			}
		}
	}
	return m
}

// Exit is the rating of the platform of an account, as the map groups it.
func Exit(a account.Account, c *catalog.Catalog) catalog.ExitRating {
	if p, ok := c.ByID(a.Platform); ok && slices.Contains(exits, p.Exit) {
		return p.Exit
	}
	return catalog.ExitUnknown
}

func groups(accounts []account.Account, c *catalog.Catalog) (out []Group) {
	by := map[catalog.ExitRating][]account.Account{}
	for _, a := range accounts {
		e := Exit(a, c)
		by[e] = append(by[e], a)
	}
	for _, e := range exits {
		list := by[e]
		if len(list) == 0 {
			continue
		}
		out = append(out, Group{e, sorted(list)})
	}
	return out
}

// sorted puts those that hold a number first, then goes by name.
func sorted(list []account.Account) []account.Account {
	type key struct {
		without bool // a number
		name    string
		at      int
	}
	keys := make([]key, len(list))
	for i, a := range list {
		keys[i] = key{!a.HoldsPhone(), strings.ToLower(a.Name), i}
	}
	slices.SortFunc(keys, func(a, b key) int {
		switch {
		case a.without != b.without && b.without:
			return -1
		case a.without != b.without:
			return 1
		}
		return cmp.Or(strings.Compare(a.name, b.name), strings.Compare(list[a.at].ID, list[b.at].ID))
	})
	out := make([]account.Account, len(list))
	for i, k := range keys {
		out[i] = list[k.at]
	}
	return out
}

// holding is a box with the accounts that hold what it stands for.
type holding struct {
	Holding
	holders map[string]bool // by id of the account
}

// holdings are the boxes of the person's side. Numbers come first, then what
// more accounts hold; what does not fit stands together in one box.
func holdings(accounts []account.Account, own []identifier.Identifier) (out []holding) {
	var unplaced, nothing holding
	unplaced.Kind, nothing.Kind = Unplaced, Nothing
	at := map[identifier.Identifier]int{}    // an own identifier, as Line writes it -> its place in out
	alike := map[identifier.Identifier]int{} // the same, by the rule of identifier.Same
	for _, id := range own {
		if _, twice := at[id.Line()]; twice {
			continue
		}
		at[id.Line()] = len(out)
		if _, first := alike[same(id)]; !first {
			alike[same(id)] = len(out)
		}
		out = append(out, holding{Holding: Holding{Kind: One, ID: id, IDs: 1}})
	}
	for _, a := range accounts {
		known := false
		for _, id := range a.Identifiers {
			i, isOwn := at[id.Line()]
			if !isOwn {
				i, isOwn = alike[same(id)]
			}
			switch {
			case isOwn:
				out[i].add(a)
			case id.Kind == identifier.KindUnplaced:
				unplaced.add(a)
			default:
				continue
			}
			known = true
		}
		if !known {
			nothing.add(a)
		}
	}
	slices.SortStableFunc(out, func(a, b holding) int {
		return cmp.Or(cmp.Compare(number(b.ID), number(a.ID)), cmp.Compare(b.Accounts, a.Accounts))
	})
	out = folded(out)
	for _, h := range []holding{unplaced, nothing} {
		if h.Accounts > 0 {
			out = append(out, h)
		}
	}
	return out
}

// same is equal for identifiers that are one by identifier.Same.
func same(id identifier.Identifier) identifier.Identifier {
	return identifier.Identifier{Kind: id.Kind, Value: id.Canonical()}
}

func number(id identifier.Identifier) int {
	if id.IsNumber() {
		return 1
	}
	return 0
}

// add counts an account once.
func (h *holding) add(a account.Account) {
	if h.holders == nil {
		h.holders = map[string]bool{}
	}
	if !h.holders[a.ID] {
		h.holders[a.ID] = true
		h.Accounts++
	}
}

// folded puts what is too much into one box.
func folded(list []holding) []holding {
	if len(list) <= MaxHoldings {
		return list
	}
	rest := holding{Holding: Holding{Kind: Others}, holders: map[string]bool{}}
	for _, h := range list[MaxHoldings-1:] {
		maps.Copy(rest.holders, h.holders)
		rest.IDs++
	}
	rest.Accounts = len(rest.holders)
	return append(slices.Clip(list[:MaxHoldings-1]), rest)
}
