package overview

import (
	"slices"

	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// Whose says how an identifier that the evidence shows stands to the person's own list.
type Whose uint8

// What an identifier may be. The zero value is nobody's word yet: it is proposed, and never called the person's.
const (
	NotListed  Whose = iota
	Yours            // on the person's list
	MaybeYours       // a number that cannot be placed and ends like one of theirs
	NotYours         // the person refused it
)

// Lists are the person's identifiers and those they refused, for telling apart whose one is.
type Lists struct {
	own   []identifier.Identifier
	known map[identifier.Identifier]Whose
}

// ListsOf makes the lists of a profile.
func ListsOf(p *profile.Profile) Lists {
	l := Lists{own: Own(p), known: map[identifier.Identifier]Whose{}}
	for _, id := range p.Dismissed {
		l.known[canonical(id)] = NotYours
	}
	for _, id := range l.own {
		l.known[canonical(id)] = Yours
	}
	return l
}

// canonical is what two identifiers have in common that are one by identifier.Same.
func canonical(id identifier.Identifier) identifier.Identifier {
	return identifier.Identifier{Kind: id.Kind, Value: id.Canonical()}
}

// Of says whose an identifier is.
func (l Lists) Of(id identifier.Identifier) Whose {
	if w, is := l.known[canonical(id)]; is {
		return w
	}
	if slices.ContainsFunc(l.own, id.MayBe) {
		return MaybeYours
	}
	return NotListed
}

// HasNumber reports whether the person named a number at all.
func (l Lists) HasNumber() bool { return slices.ContainsFunc(l.own, identifier.Identifier.IsNumber) }

// HoldsYours reports whether an account holds one of the person's own numbers, or one that ends like it. A number of
// whom nobody said that it is theirs does not count.
func (l Lists) HoldsYours(a account.Account) bool {
	return slices.ContainsFunc(a.Identifiers, func(id identifier.Identifier) bool {
		w := l.Of(id)
		return id.IsNumber() && (w == Yours || w == MaybeYours)
	})
}

// Asks reports whether an account holds an identifier that nobody has said to be the person's or not.
func (l Lists) Asks(a account.Account) bool {
	return slices.ContainsFunc(a.Identifiers, func(id identifier.Identifier) bool {
		w := l.Of(id)
		return w == NotListed || w == MaybeYours
	})
}
