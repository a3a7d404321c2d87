package session

import (
	"reflect"

	"unlisted/checks/profile"
)

// Changed says which parts of the profile changed, as a set of bits, so that a
// page looks anew only at what concerns it.
type Changed uint32

// The parts.
const (
	Identifiers Changed = 1 << iota // the person's list, what was dismissed, numbers given up
	Findings                        // what was read, what it showed, what a platform was asked for
	Lookups                         // the answers of breach sources
	Claims                          // what the person says of accounts
	Answers                         // what the person says of how they open
	Plan                            // steps done, actions left out, the practice account
	Settings
	Consents
	Ledger
	Limits
	Seen
	Mailboxes
	History
	Saving // how the profile on disk stands; see State
	Locked // the session was locked or ended
)

// Has reports whether one of the parts is in the set.
func (c Changed) Has(parts Changed) bool { return c&parts != 0 }

// compare tells what differs between two states of one profile. Changes copy
// what they alter, so that what is the same in memory is the same.
func compare(a, b *profile.Profile) (c Changed) {
	mark := func(part Changed, same bool) {
		if !same {
			c |= part
		}
	}
	mark(Identifiers, sameSlice(a.Identifiers, b.Identifiers) && sameSlice(a.Dismissed, b.Dismissed) &&
		sameMap(a.Leaving, b.Leaving))
	mark(Findings, sameSlice(a.Scans, b.Scans) && sameSlice(a.Findings, b.Findings) &&
		sameMap(a.Asked, b.Asked) && sameMap(a.Uses, b.Uses))
	mark(Lookups, sameSlice(a.Lookups, b.Lookups))
	mark(Claims, sameSlice(a.Claims, b.Claims))
	mark(Answers, sameMap(a.Answers, b.Answers))
	mark(Plan, sameMap(a.Steps, b.Steps) && sameSlice(a.Skipped, b.Skipped) && a.Practised.Equal(b.Practised))
	mark(Settings, a.Settings == b.Settings)
	mark(Consents, sameMap(a.Consents, b.Consents))
	mark(Ledger, sameSlice(a.Ledger, b.Ledger))
	mark(Limits, sameMap(a.Limits, b.Limits))
	mark(Seen, sameMap(a.Seen, b.Seen))
	mark(Mailboxes, sameSlice(a.Mailboxes, b.Mailboxes))
	mark(History, sameSlice(a.History, b.History))
	return c
}

// document is what undo and redo change.
const document = Identifiers | Findings | Lookups | Claims | Answers | Plan

func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func sameMap[K comparable, V any](a, b map[K]V) bool {
	return len(a) == 0 && len(b) == 0 || reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer()
}
