package reach

import (
	"slices"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

// Kind is which "what if" is asked.
type Kind string

// The two questions: somebody else gets the means, or the person loses them.
const (
	Steal Kind = "steal"
	Lose  Kind = "lose"
)

// The means that have a word of their own. All others are given by value.
const (
	MeansNumber        = "number"         // every number of the person; stolen: the SIM card was swapped
	MeansPhone         = "phone"          // the phone; stolen: with its screen locked
	MeansPhoneUnlocked = "phone-unlocked" // the phone with its screen open
	MeansMailbox       = "mailbox"        // every mailbox of the person, with the account behind it
	MeansPassword      = "password"       // stolen: those that leaked or are used twice; lost: all of them
)

// MeansWords lists the means that have a word, for menus.
func MeansWords() []string {
	return []string{MeansNumber, MeansPhone, MeansPhoneUnlocked, MeansMailbox, MeansPassword}
}

// Compromised is one account that falls to the thief, or is lost to the person.
type Compromised struct {
	Account account.Account
	Node    access.Node
	Chain   []access.Step // stolen: how; empty for an account that was in hand
	Missing []access.Node // lost: what would open it again; empty for an account that is itself lost
	Assumed bool          // rests on something nobody has confirmed
}

// Outcome is the answer to a "what if".
type Outcome struct {
	Question    Kind
	Means       []string      // as asked
	Have        []access.Node // what they stand for, sorted
	Compromised []Compromised // by account id
	Kept        int           // accounts that stay the person's
	Unknown     int           // of those, accounts that nothing is known to open
}

// ErrUnknownMeans says that a means is neither one of the words nor something the
// person has.
var ErrUnknownMeans = &text.Error{Key: "error.reach.unknown_means"}

// Ask answers what falls, or is lost, with these means together. An account
// that is in hand counts as fallen. Means the person does not have (no number,
// no leaked password) open nothing. The only error is ErrUnknownMeans.
func (m *Model) Ask(q Kind, means []string) (Outcome, error) {
	out := Outcome{Question: q, Means: means, Compromised: []Compromised{}}
	if len(means) == 0 || q != Steal && q != Lose {
		return out, ErrUnknownMeans
	}
	for _, s := range means {
		nodes, err := m.resolve(q, s)
		if err != nil {
			return out, err
		}
		out.Have = append(out.Have, nodes...)
	}
	slices.Sort(out.Have)
	out.Have = slices.Compact(out.Have)
	if q == Steal {
		out.Compromised = m.stolen(out.Have)
	} else {
		out.Compromised = m.lost(out.Have)
	}
	out.Kept = len(m.accounts) - len(out.Compromised)
	out.Unknown = m.unopened()
	return out, nil
}

// resolve turns a word or a value into nodes.
func (m *Model) resolve(q Kind, s string) ([]access.Node, error) {
	switch s {
	case MeansNumber:
		return m.numbers, nil
	case MeansPhone:
		return []access.Node{nodePhone}, nil
	case MeansPhoneUnlocked:
		return []access.Node{nodePhone, nodeUnlocked}, nil
	case MeansMailbox:
		return slices.Concat(m.mail, m.behind), nil
	case MeansPassword:
		if q == Lose {
			return m.all, nil
		}
		return m.weak, nil
	}
	if n := AccountNode(s); m.graph.Kind(n) == access.KindAccount {
		return []access.Node{n}, nil
	}
	id, err := identifier.Parse(s, m.in.Region)
	if err != nil {
		return nil, ErrUnknownMeans
	}
	n := nodeOf(id)
	if _, ok := m.ids[n]; !ok {
		return nil, ErrUnknownMeans
	}
	return append(m.accountsBehind(n), n), nil
}

// accountsBehind lists the accounts that a mailbox is opened by.
func (m *Model) accountsBehind(n access.Node) (out []access.Node) {
	if m.graph.Kind(n) != access.KindMailbox {
		return nil
	}
	for _, w := range m.graph.Ways(n) {
		if len(w.Needs) == 1 && m.graph.Kind(w.Needs[0]) == access.KindAccount {
			out = append(out, w.Needs[0])
		}
	}
	return out
}

func (m *Model) stolen(have []access.Node) []Compromised {
	out := []Compromised{}
	t := m.graph.Takeover(have...)
	for i := range m.accounts {
		n := m.accounts[i].node
		round, fell := t.Round(n)
		if !fell {
			continue
		}
		f := Compromised{Account: m.accounts[i].Account, Node: n}
		if round > 0 {
			f.Chain = t.Chain(n)
			f.Assumed = slices.ContainsFunc(f.Chain, func(s access.Step) bool { return s.Assumed })
		}
		out = append(out, f)
	}
	return out
}

// lost asks twice: what closes besides accounts (the app on a lost phone) is
// lost too, so that what is missing can be named by it.
func (m *Model) lost(have []access.Node) []Compromised {
	out := []Compromised{}
	first := m.graph.Lockout(have...)
	gone := first.Nodes(access.KindNumber, access.KindApp, access.KindPasskey, access.KindMailbox)
	l := m.graph.Lockout(slices.Concat(have, gone)...)
	locked := first.Nodes(access.KindAccount)
	for i := range m.accounts {
		n := m.accounts[i].node
		_, closed := slices.BinarySearch(locked, n)
		if !closed && !slices.Contains(have, n) {
			continue
		}
		f := Compromised{Account: m.accounts[i].Account, Node: n}
		if closed {
			f.Missing = l.Missing(n)
			f.Assumed = !slices.ContainsFunc(m.graph.Ways(n), func(w access.Way) bool { return !w.Assumed })
		}
		out = append(out, f)
	}
	return out
}

// unopened counts the accounts that the person has no known way into.
func (m *Model) unopened() (n int) {
	t := m.graph.Takeover(m.graph.Held()...)
	for i := range m.accounts {
		if _, open := t.Round(m.accounts[i].node); !open {
			n++
		}
	}
	return n
}
