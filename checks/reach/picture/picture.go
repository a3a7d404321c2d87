// Package picture arranges the access graph as a drawing of three columns: what
// a person has, the ways in, the accounts. The window and the report draw the
// same one.
//
// It places boxes and lines and finds the words for them. It draws nothing and
// weighs nothing: what falls and how strong an account is comes from reach.
package picture

import (
	"unlisted/checks/access"
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

// Role is what a box stands for.
type Role uint8

// The roles, in the order of the columns.
const (
	Have    Role = iota // something the person has: number, phone, mailbox, passwords
	Way                 // a way in, the same for all accounts that have it
	Account             // one account
	Group               // accounts of one kind and one grade
)

// State is how a box fares in the question asked.
type State uint8

// The states.
const (
	Calm  State = iota
	Hand        // what the question is about: in other hands, or gone
	Falls       // falls with it, or is lost with it
)

// Item is one box.
type Item struct {
	ID          string // stable: the same thing has the same one in every picture of a person
	Role        Role
	Name        string   // in words, masked unless they may be shown
	Lines       []string // the name as it fits the box
	Account     string   // id of the account; "" for all others
	State       State
	Level       access.Level // security of an account, or of those in a group
	Tier        reach.Tier
	Count       int  // accounts in a group; of the others, accounts that open with it
	Compromised int  // of those, how many fall
	Open        bool // the accounts of the group are shown below it
	Box         Box

	node access.Node
}

// Edge is one line, from a box to a box that it helps to open.
type Edge struct {
	From, To int
	Falls    bool    // part of what falls now
	Back     bool    // against the reading direction (an account behind a mailbox): drawn with its chain only
	Points   []Point // of the line
}

// Head is the heading of a column.
type Head struct {
	Text string
	Box  Box
}

// Options say what is drawn.
type Options struct {
	Outcome reach.Outcome                // the question asked, with its answer
	Tier    func(id string) reach.Tier   // of an account
	Level   func(id string) access.Level // security of an account
	Open    map[string]bool              // ids of groups that are open
	Show    bool                         // identifiers in full
}

// Limit is how many accounts are drawn one by one; more are drawn in groups.
const Limit = 40

// Picture is the drawing. Items are in reading order: column by column, top to
// bottom.
type Picture struct {
	Items         []Item
	Edges         []Edge
	Heads         []Head
	Width, Height float32

	model       *reach.Model
	text        *text.Printer
	opts        Options
	compromised map[access.Node]reach.Compromised
	chains      map[int][]int // item -> edges of its chain
}

// New makes the picture of a model and an answer.
func New(m *reach.Model, t *text.Printer, o Options) *Picture {
	d := newDrawer(m, t, o)
	d.haves()
	d.ways()
	d.accounts()
	d.link()
	p := &d.Picture
	p.arrange()
	for _, f := range o.Outcome.Compromised {
		d.chain(f)
	}
	p.route()
	return p
}

// Question says which question the picture answers.
func (p *Picture) Question() reach.Kind { return p.opts.Outcome.Question }

// Chain lists the lines to show with a box: how an account falls; of what does
// not fall, the ways it hangs on or that hang on it.
func (p *Picture) Chain(item int) (edges []int) {
	if own, ok := p.chains[item]; ok {
		return own
	}
	near := map[int]bool{item: true}
	role := p.Items[item].Role
	for range 2 {
		next := map[int]bool{}
		for i, e := range p.Edges {
			if e.Back {
				continue
			}
			if role != Have && near[e.To] {
				edges, next[e.From] = append(edges, i), true
			} else if role < Account && near[e.From] {
				edges, next[e.To] = append(edges, i), true
			}
		}
		if near = next; role == Way {
			break
		}
	}
	return edges
}
