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

// What is drawn one by one at most; what is used less goes into one box.
const (
	maxNumbers   = 4
	maxMailboxes = 6
	maxLinked    = 3
	maxWays      = 14
)

// Ids of the boxes that are no single node.
const (
	idPhone     = "have:phone"
	idPasswords = "have:passwords"
	idCodes     = "have:codes"
	idKeys      = "have:keys"
	idNumbers   = "have:numbers"
	idMailboxes = "have:mailboxes"
	idOtherWays = "way:other"
)

// usage is one way into one account, with the box it goes through.
type usage struct {
	account int
	way     string // id
	needs   []access.Node
	falls   bool
}

// drawer builds a picture.
type drawer struct {
	Picture
	graph    *access.Graph
	list     []account.Account
	at       map[string]int         // id -> item
	box      map[access.Node]string // node -> id of its box; "" for none
	hand     map[access.Node]bool
	falls    map[access.Node]bool
	uses     []usage
	edges    map[[2]int]int
	linked   map[access.Node]bool // accounts that a way may name
	ordinary map[string]bool      // ways with a box of their own
}

func newDrawer(m *reach.Model, t *text.Printer, o Options) *drawer {
	d := &drawer{
		Picture: Picture{
			model: m, text: t, opts: o, compromised: map[access.Node]reach.Compromised{}, chains: map[int][]int{},
		},
		graph: m.Graph(), list: m.Accounts(), at: map[string]int{}, box: map[access.Node]string{},
		hand: map[access.Node]bool{}, falls: map[access.Node]bool{}, edges: map[[2]int]int{},
		linked: map[access.Node]bool{}, ordinary: map[string]bool{},
	}
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
		d.falls[n] = true
	}
	for _, f := range o.Outcome.Compromised {
		d.compromised[f.Node] = f
	}
	return d
}

func (d *drawer) add(it Item) int {
	i := len(d.Items)
	d.at[it.ID] = i
	d.Items = append(d.Items, it)
	return i
}

func (d *drawer) state(n access.Node) State {
	switch {
	case d.hand[n]:
		return Hand
	case d.falls[n]:
		return Falls
	}
	return Calm
}

// haves adds what the person has, as far as a way into an account needs it.
func (d *drawer) haves() {
	count := map[access.Node]int{}
	for _, a := range d.list {
		for _, w := range d.graph.Ways(reach.AccountNode(a.ID)) {
			for _, n := range w.Needs {
				count[n]++
			}
		}
	}
	most := func(kind access.Kind, limit int) map[access.Node]bool {
		nodes := d.graph.Nodes(kind)
		slices.SortStableFunc(nodes, func(a, b access.Node) int { return cmp.Compare(count[b], count[a]) })
		out := map[access.Node]bool{}
		for _, n := range nodes[:min(limit, len(nodes))] {
			out[n] = true
		}
		return out
	}
	numbers, mail := most(access.KindNumber, maxNumbers), most(access.KindMailbox, maxMailboxes)
	d.linked = most(access.KindAccount, maxLinked)
	always := []access.Kind{access.KindNumber, access.KindMailbox, access.KindDevice} // drawn with no way that needs them too
	for _, n := range d.graph.Nodes() {
		id := d.boxOf(n, numbers, mail)
		d.box[n] = id
		_, there := d.at[id]
		kind := d.graph.Kind(n)
		if id == "" || kind == access.KindAccount || count[n] == 0 && !slices.Contains(always, kind) {
			continue
		}
		if !there {
			d.add(Item{ID: id, Role: Have, Name: upper(d.haveName(id, n)), node: n})
		}
	}
	for n, id := range d.box {
		if i, ok := d.at[id]; ok && d.state(n) != Calm {
			if s := d.state(n); d.Items[i].State == Calm || s == Hand {
				d.Items[i].State = s
			}
		}
	}
}

// boxOf gives the box a node belongs to.
func (d *drawer) boxOf(n access.Node, numbers, mail map[access.Node]bool) string {
	switch d.graph.Kind(n) {
	case access.KindNumber:
		if numbers[n] {
			return "have:" + string(n)
		}
		return idNumbers
	case access.KindMailbox:
		if mail[n] {
			return "have:" + string(n)
		}
		return idMailboxes
	case access.KindDevice, access.KindDeviceUnlocked, access.KindApp, access.KindPasskey, access.KindSession:
		return idPhone
	case access.KindPassword:
		return idPasswords
	case access.KindCodes:
		return idCodes
	case access.KindKey:
		return idKeys
	case access.KindAccount:
		return string(n)
	}
	return ""
}

func (d *drawer) haveName(id string, n access.Node) string {
	switch id {
	case idPhone, idPasswords, idCodes, idKeys, idNumbers, idMailboxes:
		return d.text.T("picture." + strings.ReplaceAll(id, ":", "."))
	}
	return d.whole(d.model.Name(n).Words(d.text, d.opts.Show), n)
}

// ways finds the way boxes: one for all accounts that open with the same kinds
// of means.
func (d *drawer) ways() {
	names := map[string]string{}
	count := map[string]int{}
	for i, a := range d.list {
		n := reach.AccountNode(a.ID)
		var last access.Step
		if f, ok := d.compromised[n]; ok && len(f.Chain) > 0 {
			last = f.Chain[len(f.Chain)-1]
		}
		for _, w := range d.graph.Ways(n) {
			id, name := d.way(w)
			u := usage{account: i, way: id, needs: w.Needs, falls: slices.Equal(w.Needs, last.With)}
			d.uses = append(d.uses, u)
			names[id] = name
			if count[id]++; u.falls {
				count[id] += len(d.list) // what falls is always seen
			}
		}
	}
	ids := make([]string, 0, len(names))
	for id := range names {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a, b)) })
	for _, id := range ids[:min(len(ids), maxWays)] {
		d.ordinary[id] = true
		d.add(Item{ID: id, Role: Way, Name: names[id]})
	}
	if len(ids) > maxWays {
		d.add(Item{ID: idOtherWays, Role: Way, Name: d.text.T("picture.way.other")})
	}
	for i := range d.uses {
		if !d.ordinary[d.uses[i].way] {
			d.uses[i].way = idOtherWays
		}
		if d.uses[i].falls {
			d.Items[d.at[d.uses[i].way]].State = Falls
		}
	}
}

// part is one means of a way, in words; order puts the everyday first.
type part struct {
	order    int
	id, name string
}

// way gives the id and the name of the box of a way.
func (d *drawer) way(w access.Way) (id, name string) {
	parts := make([]part, 0, len(w.Needs))
	for _, n := range w.Needs {
		parts = append(parts, d.part(n))
	}
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.id, b.id))
	})
	parts = slices.Compact(parts)
	ids, names := make([]string, len(parts)), make([]string, len(parts))
	for i, p := range parts {
		ids[i], names[i] = p.id, p.name
	}
	id, name = "way:"+strings.Join(ids, "+"), strings.Join(names, " + ")
	if w.Recovery {
		return id + ":reset", d.text.T("picture.way.reset", "means", name)
	}
	return id, upper(name)
}

type kindName struct {
	kind access.Kind
	key  string
}

// kindNames are the text keys of means by their kind, in the order they are
// named in.
var kindNames = []kindName{
	{access.KindPassword, "password"},
	{access.KindApp, "app"},
	{access.KindPasskey, "passkey"},
	{access.KindKey, "key"},
	{access.KindCodes, "codes"},
	{access.KindNumber, "number"},
	{access.KindMailbox, "mailbox"},
	{access.KindDeviceUnlocked, "phone"},
	{access.KindDevice, "phone"},
	{access.KindSession, "phone"},
	{access.KindAccount, "account"},
	{access.KindUnknown, "other"},
}

func (d *drawer) part(n access.Node) part {
	kind := d.graph.Kind(n)
	i := slices.IndexFunc(kindNames, func(k kindName) bool { return k.kind == kind })
	p := part{order: i, id: kindNames[i].key}
	prefix, _, _ := strings.Cut(string(n), ":")
	if slices.Contains([]string{"pin", "identity", "second-device"}, prefix) {
		return part{i, prefix, d.text.T("picture.part." + prefix)}
	}
	switch kind {
	case access.KindNumber, access.KindMailbox:
		if d.box[n] != idNumbers && d.box[n] != idMailboxes {
			return part{i, string(n), d.whole(d.text.T("picture.part."+p.id, "id", d.shown(n)), n)}
		}
		p.id += "s"
	case access.KindAccount:
		if d.linked[n] {
			name := d.model.Name(n).Words(d.text, d.opts.Show)
			return part{i, string(n), d.text.T("picture.part.account", "platform", name)}
		}
		p.id = "accounts"
	}
	p.name = d.text.T("picture.part." + p.id)
	return p
}

// shown writes the number or address of a node.
func (d *drawer) shown(n access.Node) string {
	id := d.model.Name(n).ID
	if d.opts.Show {
		return id.Display()
	}
	return id.Masked()
}

// whole keeps the parts of a number on one line.
func (d *drawer) whole(name string, n access.Node) string {
	if id := d.shown(n); id != "" {
		return strings.ReplaceAll(name, id, strings.ReplaceAll(id, " ", "\u00a0"))
	}
	return name
}

// accounts adds one box for each account, or for each group of them.
func (d *drawer) accounts() {
	order := make([]int, len(d.list))
	items := make([]Item, len(d.list))
	for i, a := range d.list {
		n := reach.AccountNode(a.ID)
		order[i] = i
		items[i] = Item{
			ID: string(n), Role: Account, Name: d.model.Name(n).Words(d.text, d.opts.Show), Account: a.ID,
			State: d.state(n), Level: d.opts.Level(a.ID), Tier: d.opts.Tier(a.ID), node: n,
		}
	}
	slices.SortFunc(order, func(x, y int) int {
		a, b := items[x], items[y]
		return cmp.Or(cmp.Compare(rank(a.State), rank(b.State)), cmp.Compare(a.Tier, b.Tier),
			strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	if len(d.list) <= Limit {
		for _, i := range order {
			d.add(items[i])
		}
		return
	}
	d.groups(order, items)
}

// rank puts what falls on top.
func rank(s State) int {
	if s == Calm {
		return 1
	}
	return 0
}

func (d *drawer) groups(order []int, items []Item) {
	members := map[string][]Item{}
	var groups []Item
	for _, i := range order {
		it := items[i]
		id := fmt.Sprintf("group:%d:%s", it.Tier, it.Level)
		if members[id] == nil {
			groups = append(groups, Item{ID: id, Role: Group, Level: it.Level, Tier: it.Tier, Open: d.opts.Open[id]})
		}
		members[id] = append(members[id], it)
	}
	for i := range groups {
		g := &groups[i]
		for _, it := range members[g.ID] {
			if g.Count++; it.State != Calm {
				g.Compromised++
				g.State = Falls
			}
		}
		g.Name = d.groupName(*g)
	}
	slices.SortStableFunc(groups, func(a, b Item) int {
		return cmp.Or(cmp.Compare(rank(a.State), rank(b.State)), cmp.Compare(a.Tier, b.Tier), cmp.Compare(a.Level, b.Level))
	})
	for _, g := range groups {
		of := members[g.ID]
		if len(of) == 1 {
			d.add(of[0])
			continue
		}
		at := d.add(g)
		for _, it := range of {
			if g.Open {
				d.add(it)
			} else {
				d.at[it.ID] = at
			}
		}
	}
}

func (d *drawer) groupName(g Item) string {
	t := d.text
	kind, grade := t.T(fmt.Sprintf("reach.tier.%d", g.Tier)), t.T("reach.level."+Level(g.Level))
	name := t.T("picture.group", "kind", kind, "grade", grade, "n", t.Number(int64(g.Count)))
	if g.Compromised == 0 {
		return name
	}
	return name + " · " + t.N("picture.group."+string(d.opts.Outcome.Question), g.Compromised)
}

// Level is the last part of the text keys of a grade.
func Level(l access.Level) string {
	if l == access.Unknown {
		return "unknown"
	}
	return l.String()
}

// link draws the lines: what is needed to the way, the way to what it opens.
func (d *drawer) link() {
	seen := map[[2]int]bool{}
	count := func(item, account int) {
		if key := [2]int{item, account}; !seen[key] {
			seen[key] = true
			d.Items[item].Count++
		}
	}
	for _, u := range d.uses {
		way := d.at[u.way]
		count(way, u.account)
		for _, n := range u.needs {
			if i, ok := d.at[d.box[n]]; ok && d.Items[i].Role == Have {
				count(i, u.account)
				d.edge(i, way, u.falls, false)
			}
		}
		d.edge(way, d.at[string(reach.AccountNode(d.list[u.account].ID))], u.falls, false)
	}
}

// edge draws a line once.
func (d *drawer) edge(from, to int, falls, back bool) int {
	key := [2]int{from, to}
	i, ok := d.edges[key]
	if !ok {
		i = len(d.Edges)
		d.edges[key] = i
		d.Edges = append(d.Edges, Edge{From: from, To: to, Back: back})
	}
	d.Edges[i].Falls = d.Edges[i].Falls || falls
	return i
}

// chain remembers how an account falls, step by step.
func (d *drawer) chain(f reach.Compromised) {
	self, ok := d.at[string(f.Node)]
	if !ok || d.Items[self].Role != Account || len(f.Chain) == 0 {
		return
	}
	var edges []int
	for _, s := range f.Chain {
		to, ok := d.at[d.box[s.Opens]]
		if !ok {
			continue
		}
		through := to
		if d.graph.Kind(s.Opens) == access.KindAccount {
			way, _ := d.way(access.Way{Needs: s.With, Recovery: s.Recovery})
			if !d.ordinary[way] {
				way = idOtherWays
			}
			through = d.at[way]
			edges = append(edges, d.edge(through, to, true, false))
		}
		for _, n := range s.With {
			if from, ok := d.at[d.box[n]]; ok && from != through {
				back := d.Items[from].Role != Have || through == to
				edges = append(edges, d.edge(from, through, true, back))
			}
		}
	}
	d.chains[self] = edges
}

// upper writes the first letter large.
func upper(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
