package overview

import (
	"slices"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/evidence"
	"unlisted/checks/profile"
)

// Group is a set of accounts that a person asks for by name; "find.group.<name>" is the word.
type Group string

// The groups. An account may be in several.
const (
	GroupNumber  Group = "number"  // hold one of the person's numbers
	GroupCodes   Group = "codes"   // send sign-in codes to a number
	GroupLeaked  Group = "leaked"  // the platform leaked, not surely before the person came
	GroupReused  Group = "reused"  // share their password with another account
	GroupConfirm Group = "confirm" // may not be the person's, or hold what nobody said to be theirs
)

// AllGroups lists the groups in the order they are offered.
func AllGroups() []Group {
	return []Group{GroupNumber, GroupCodes, GroupLeaked, GroupReused, GroupConfirm}
}

// Groups puts accounts into groups.
type Groups struct {
	Lists  Lists
	leaked map[string]bool // by platform
}

// GroupsOf prepares the groups of a profile and its overview.
func GroupsOf(p *profile.Profile, o Overview) Groups {
	g := Groups{Lists: ListsOf(p), leaked: map[string]bool{}}
	for _, l := range o.Leaks {
		if l.Account != "" && Concerns(l) {
			g.leaked[l.Account] = true
		}
	}
	return g
}

// Concerns reports whether a leak may hold the person's data: a source found them in it, or they may have had their
// account then.
func Concerns(l breach.Named) bool {
	return l.Certainty != breach.Possible || l.Had != breach.HadLater && !l.Breach.Flags.Has(breach.Unverified)
}

// In reports whether an account is in a group.
func (g Groups) In(a account.Account, group Group) bool {
	switch group {
	case GroupNumber:
		return g.Lists.HoldsYours(a)
	case GroupCodes:
		return slices.Contains(a.SecondFactor, "phone")
	case GroupLeaked:
		return g.leaked[a.Platform]
	case GroupReused:
		return len(a.ReusedWith) > 0
	case GroupConfirm:
		return a.Confidence == evidence.Possible || g.Lists.Asks(a)
	}
	return false
}
