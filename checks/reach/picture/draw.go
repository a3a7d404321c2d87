package picture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/reach"
	"unlisted/checks/text"
)

// What has a box of its own at most; what is used less goes into one box.
const (
	maxNumbers   = 3
	maxMailboxes = 4
)

// source is a box that an account hangs on.
type source struct {
	box   string // id of the item
	falls bool
}

// drawer builds a picture.
type drawer struct {
	Picture
	graph *access.Graph
	list  []account.Account
	alone map[access.Node]bool        // numbers and mailboxes with a box of their own
	hand  map[access.Node]bool        // what the question is about
	gone  map[access.Node]bool        // what is opened, or lost, with it
	opens map[access.Node]access.Step // how what is opened was opened
	from  map[access.Node][]source    // account -> what it hangs on
	into  map[string][]source         // a box on the way -> what opened it
	nodes map[string]access.Node      // box of a step or a have -> a node it stands for
	count map[string]map[string]bool  // box -> accounts that hang on it
	at    map[string]int              // id -> item
	drawn map[[2]int]int              // edges by their boxes
}

func newDrawer(m *reach.Model, t *text.Printer, o Options) *drawer {
	d := &drawer{
		Picture: Picture{model: m, text: t, opts: o, compromised: map[access.Node]reach.Compromised{}},
		graph:   m.Graph(), list: m.Accounts(),
		alone: map[access.Node]bool{}, hand: map[access.Node]bool{}, gone: map[access.Node]bool{},
		opens: map[access.Node]access.Step{}, from: map[access.Node][]source{}, into: map[string][]source{},
		nodes: map[string]access.Node{}, count: map[string]map[string]bool{}, at: map[string]int{}, drawn: map[[2]int]int{},
	}
	d.total = len(d.list)
	for _, n := range o.Outcome.Have {
		d.hand[n] = true
	}
	var gone []access.Node
	switch o.Outcome.Question {
	case reach.Steal:
		gone = d.graph.Takeover(o.Outcome.Have...).Opened()
	case reach.Lose:
		gone = d.graph.Lockout(o.Outcome.Have...).Nodes()
	}
	for _, n := range gone {
		d.gone[n] = true
	}
	for _, f := range o.Outcome.Compromised {
		d.compromised[f.Node] = f
		for _, s := range f.Chain {
			if _, twice := d.opens[s.Opens]; !twice {
				d.opens[s.Opens] = s
			}
		}
	}
	d.most(access.KindNumber, maxNumbers)
	d.most(access.KindMailbox, maxMailboxes)
	for _, n := range o.Outcome.Have {
		if d.graph.Kind(n) != access.KindAccount {
			d.nodes[d.boxOf(n)] = n
		}
	}
	return d
}

// most gives a box of their own to the numbers or mailboxes that are used most,
// and to those that the question is about.
func (d *drawer) most(kind access.Kind, limit int) {
	uses := map[access.Node]int{}
	for _, a := range d.list {
		for _, w := range d.graph.Ways(reach.AccountNode(a.ID)) {
			for _, n := range w.Needs {
				uses[n]++
			}
		}
	}
	nodes := d.graph.Nodes(kind)
	rank := func(n access.Node) int {
		if d.hand[n] {
			return 1 << 30
		}
		return uses[n]
	}
	slices.SortStableFunc(nodes, func(a, b access.Node) int { return cmp.Compare(rank(b), rank(a)) })
	for _, n := range nodes[:min(limit, len(nodes))] {
		d.alone[n] = true
	}
}

// trace finds what each account hangs on, and what opens that in turn.
func (d *drawer) trace() {
	for _, a := range d.list {
		n := reach.AccountNode(a.ID)
		for _, s := range d.sources(n) {
			if d.count[s.box] == nil {
				d.count[s.box] = map[string]bool{}
			}
			d.count[s.box][a.ID] = true
			d.from[n] = append(d.from[n], s)
		}
	}
}

// sources are the boxes an account hangs on: with which it falls; of one that
// stays, those that keep it.
func (d *drawer) sources(n access.Node) []source {
	f, falls := d.compromised[n]
	if falls {
		with := d.lacking(n)
		if d.Question() == reach.Steal {
			with = d.opens[n].With
			if len(f.Chain) == 0 {
				with = d.behind(n)
			}
		}
		return d.boxes(with, true)
	}
	for _, recovery := range []bool{false, true} {
		for _, w := range d.graph.Ways(n) {
			if keeps := d.keeps(w); len(keeps) > 0 && w.Recovery == recovery {
				return d.boxes(keeps, false)
			}
		}
	}
	return nil
}

// keeps is what a way needs and nobody else has. A way that needs something lost
// keeps nothing.
func (d *drawer) keeps(w access.Way) (out []access.Node) {
	for _, n := range w.Needs {
		if !d.hand[n] && !d.gone[n] {
			out = append(out, n)
		} else if d.Question() == reach.Lose {
			return nil
		}
	}
	return out
}

// behind are the mailboxes in hand that an account in hand opens.
func (d *drawer) behind(n access.Node) (out []access.Node) {
	for _, m := range d.graph.Nodes(access.KindMailbox) {
		opens := func(w access.Way) bool { return slices.Equal(w.Needs, []access.Node{n}) }
		if d.hand[m] && slices.ContainsFunc(d.graph.Ways(m), opens) {
			out = append(out, m)
		}
	}
	return out
}

// lacking is what the ways into something need and is gone.
func (d *drawer) lacking(n access.Node) (out []access.Node) {
	for _, w := range d.graph.Ways(n) {
		for _, need := range w.Needs {
			if (d.hand[need] || d.gone[need]) && !slices.Contains(out, need) {
				out = append(out, need)
			}
		}
	}
	return out
}

// boxes turns nodes into boxes, and follows those on the way back to what they
// were opened with.
func (d *drawer) boxes(nodes []access.Node, falls bool) (out []source) {
	for _, n := range nodes {
		id := d.boxOf(n)
		if id == "" || slices.Contains(out, source{id, falls}) {
			continue
		}
		out = append(out, source{id, falls})
		if _, known := d.nodes[id]; known {
			continue
		}
		d.nodes[id] = n
		if d.onTheWay(n) {
			d.into[id] = nil // before its sources: a circle ends here
			d.into[id] = d.boxes(d.before(n), true)
		}
	}
	return out
}

// onTheWay reports what is opened by the question and opens something itself.
func (d *drawer) onTheWay(n access.Node) bool { return d.gone[n] && !d.hand[n] }

// before is what something was opened with. The account behind a mailbox is one
// with it.
func (d *drawer) before(n access.Node) (out []access.Node) {
	with := d.opens[n].With
	if d.Question() == reach.Lose {
		with = d.lacking(n)
	}
	for _, w := range with {
		if d.graph.Kind(n) == access.KindMailbox && d.graph.Kind(w) == access.KindAccount {
			out = append(out, d.before(w)...) // no deeper: an account is no mailbox
			continue
		}
		out = append(out, w)
	}
	return out
}

const boxPhone = "phone"

// boxNames are the boxes that stand for several nodes of a kind; "picture.have.<name>" is the word.
var boxNames = map[access.Kind]string{
	access.KindNumber: "numbers", access.KindMailbox: "mailboxes", access.KindPassword: "passwords",
	access.KindDevice: boxPhone, access.KindDeviceUnlocked: boxPhone, access.KindSession: boxPhone,
	access.KindCodes: "codes", access.KindKey: "keys", access.KindUnknown: "other",
}

// boxOf gives the box a node belongs to. What is in other hands, or opened, has
// another than what is not.
func (d *drawer) boxOf(n access.Node) string {
	kind := d.graph.Kind(n)
	if kind == access.KindAccount {
		if d.hand[n] {
			return "hand:" + string(n)
		}
		return "step:" + string(n)
	}
	name, state := boxNames[kind], d.state(n)
	if name == "" || d.alone[n] {
		return "have:" + string(n)
	}
	if name == boxPhone && state != Calm && d.phoneInHand() {
		state = Hand // what is on it goes with it
	}
	return fmt.Sprintf("have:%s:%s", name, []string{"calm", "hand", "falls"}[state])
}

func (d *drawer) phoneInHand() bool {
	return slices.ContainsFunc(d.opts.Outcome.Have, func(n access.Node) bool {
		return boxNames[d.graph.Kind(n)] == boxPhone
	})
}

func (d *drawer) state(n access.Node) State {
	switch {
	case d.hand[n]:
		return Hand
	case d.gone[n]:
		return Falls
	}
	return Calm
}

// haves adds what the person has, as far as an account hangs on it, and all that
// the question is about; and what is opened on the way.
func (d *drawer) haves() {
	ids := make([]string, 0, len(d.nodes))
	for id := range d.nodes {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, role := range []Role{Have, Step} {
		for _, id := range ids {
			n := d.nodes[id]
			step := d.onTheWay(n) || d.graph.Kind(n) == access.KindAccount
			if step == (role == Step) {
				d.add(Item{ID: id, Role: role, Name: upper(d.name(id, n)), State: d.state(n), Count: len(d.count[id]), node: n})
			}
		}
	}
}

func (d *drawer) add(it Item) int {
	i := len(d.Items)
	d.at[it.ID] = i
	d.Items = append(d.Items, it)
	return i
}

// name names a box of what the person has, or of what is opened on the way.
func (d *drawer) name(id string, n access.Node) string {
	name, of, _ := strings.Cut(strings.TrimPrefix(id, "have:"), ":")
	if slices.Contains([]string{"calm", "hand", "falls"}, of) {
		if key := "picture.have." + name + "." + string(d.Question()); of == "hand" && d.text.Has(key) {
			return d.text.T(key)
		}
		return d.text.T("picture.have." + name)
	}
	words := d.model.Name(n).Words(d.text, d.opts.Show)
	if d.graph.Kind(n) == access.KindAccount {
		return d.text.T("picture.step.account", "platform", words)
	}
	return d.whole(words, n)
}

// whole keeps the parts of a number on one line.
func (d *drawer) whole(name string, n access.Node) string {
	id := d.model.Name(n).ID
	shown := id.Masked()
	if d.opts.Show {
		shown = id.Display()
	}
	if shown == "" {
		return name
	}
	return strings.ReplaceAll(name, shown, strings.ReplaceAll(shown, " ", "\u00a0"))
}

// accounts adds one box for each account: what falls before the rest, and what
// matters most first. Many are folded, very many stand in groups.
func (d *drawer) accounts() {
	var falls, kept []Item
	for _, a := range d.list {
		n := reach.AccountNode(a.ID)
		it := Item{
			ID: string(n), Role: Account, Name: d.model.Name(n).Words(d.text, d.opts.Show), Account: a.ID,
			Tier: d.opts.Tier(a.ID), node: n,
		}
		if _, is := d.compromised[n]; is {
			if it.State = Falls; d.hand[n] {
				it.State = Hand
			}
			falls = append(falls, it)
		} else {
			kept = append(kept, it)
		}
	}
	for _, list := range [][]Item{falls, kept} {
		slices.SortFunc(list, func(a, b Item) int {
			return cmp.Or(cmp.Compare(a.Tier, b.Tier), strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
				strings.Compare(a.ID, b.ID))
		})
	}
	if len(d.list) > Limit {
		d.groups("falls", falls)
		d.groups("kept", kept)
		return
	}
	forKept := min(len(kept), max(3, Rows-len(falls)))
	d.fold("falls", falls, Rows-forKept)
	d.fold("kept", kept, forKept)
}

// fold adds so many accounts; where there are more, the last box stands for the
// rest until it is opened.
func (d *drawer) fold(name string, list []Item, rows int) {
	id := "more:" + name
	if len(list) <= rows {
		rows = len(list)
	} else {
		rows--
	}
	for _, it := range list[:rows] {
		d.add(it)
	}
	rest := list[rows:]
	if len(rest) == 0 {
		return
	}
	open := d.opts.Open[id]
	words := d.text.N("picture.more", len(rest))
	if open {
		words = d.text.N("picture.more.open", len(rest))
	}
	more := Item{ID: id, Role: More, Name: words, State: rest[0].State, Tier: rest[0].Tier, Count: len(rest), Open: open}
	if rest[0].State != Calm {
		more.State, more.Compromised = Falls, len(rest)
	}
	d.box(more, rest)
}

// box adds a box that stands for several accounts, or has them below it.
func (d *drawer) box(g Item, of []Item) {
	at := d.add(g)
	for _, it := range of {
		if g.Open {
			d.add(it)
		} else {
			d.at[it.ID] = at
		}
	}
}

// groups adds a box for each kind of account.
func (d *drawer) groups(name string, list []Item) {
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Tier == list[0].Tier {
			n++
		}
		of := list[:n]
		list = list[n:]
		if len(of) == 1 {
			d.add(of[0])
			continue
		}
		id := fmt.Sprintf("group:%d:%s", of[0].Tier, name)
		g := Item{ID: id, Role: Group, Tier: of[0].Tier, Count: len(of), Open: d.opts.Open[id]}
		kind := d.text.T(fmt.Sprintf("reach.tier.%d", g.Tier))
		g.Name = d.text.T("picture.group", "kind", kind, "n", d.text.Number(int64(len(of))))
		if of[0].State != Calm {
			g.State, g.Compromised = Falls, len(of)
		}
		d.box(g, of)
	}
}

// Level is the last part of the text keys of a grade.
func Level(l access.Level) string {
	if l == access.Unknown {
		return "unknown"
	}
	return l.String()
}

// edges draws the lines between what is there.
func (d *drawer) edges() {
	for _, a := range d.list {
		n := reach.AccountNode(a.ID)
		for _, s := range d.from[n] {
			d.edge(s, string(n))
		}
	}
	for i := range d.Items {
		for _, s := range d.into[d.Items[i].ID] {
			d.edge(s, d.Items[i].ID)
		}
	}
	slices.SortFunc(d.Edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
}

// edge draws a line once.
func (d *drawer) edge(s source, to string) {
	from, ok := d.at[s.box]
	at, there := d.at[to]
	if !ok || !there || from == at {
		return
	}
	key := [2]int{from, at}
	i, twice := d.drawn[key]
	if !twice {
		i = len(d.Edges)
		d.drawn[key] = i
		d.Edges = append(d.Edges, Edge{From: from, To: at})
	}
	d.Edges[i].Falls = d.Edges[i].Falls || s.falls
}

// upper writes the first letter large.
func upper(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
