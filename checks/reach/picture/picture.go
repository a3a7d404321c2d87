// Package picture arranges the access graph as a drawing of three columns: what
// a person has, what is opened on the way, the accounts. The window and the
// report draw the same one.
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
	Step                // opened on the way: a mailbox, an account that signs in to others
	Account             // one account
	Group               // accounts of one kind
	More                // accounts folded together so that the rest is seen
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
	Tier        reach.Tier
	Count       int  // accounts in a group; of the others, accounts that hang on it
	Compromised int  // of a group: how many fall
	Open        bool // the accounts of a group are shown below it
	Box         Box

	node access.Node
}

// Edge is one line, from a box to a box that it helps to open.
type Edge struct {
	From, To int
	Falls    bool    // part of what falls now
	Points   []Point // of the line
}

// Head is the heading of a column.
type Head struct {
	Text string
	Box  Box
}

// Options say what is drawn.
type Options struct {
	Outcome reach.Outcome              // the question asked, with its answer
	Tier    func(id string) reach.Tier // of an account
	Open    map[string]bool            // ids of groups that are open
	Show    bool                       // identifiers in full
}

// Limit is how many accounts are drawn one by one; more are drawn in groups.
const Limit = 40

// Rows is how many accounts a picture without groups shows until its folded ones
// are opened.
const Rows = 10

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
	least       float32
	total       int // accounts
	compromised map[access.Node]reach.Compromised
}

// New makes the picture of a model and an answer, as large as it is on paper;
// Arrange fits it to a frame.
func New(m *reach.Model, t *text.Printer, o Options) *Picture {
	d := newDrawer(m, t, o)
	d.trace()
	d.haves()
	d.accounts()
	d.edges()
	p := &d.Picture
	p.Arrange(paperW, 0)
	p.least = p.Height
	return p
}

// Least is the height below which the picture does not fit its frame.
func (p *Picture) Least() float32 { return p.least }

// Question says which question the picture answers.
func (p *Picture) Question() reach.Kind { return p.opts.Outcome.Question }

// Chain lists the lines to show with a box: those that lead to it, back to where
// they begin; of what the person has, and of what is opened on the way, those
// that lead on from it too.
func (p *Picture) Chain(item int) (edges []int) {
	seen := map[int]bool{}
	var follow func(at int, back bool)
	follow = func(at int, back bool) {
		for i, e := range p.Edges {
			from, to := e.To, e.From
			if !back {
				from, to = e.From, e.To
			}
			if from == at && !seen[i] {
				seen[i] = true
				edges = append(edges, i)
				follow(to, back)
			}
		}
	}
	follow(item, true)
	follow(item, false) // from an account leads none
	return edges
}
