// Package reach builds the access graph of one person from what is known of
// their accounts, and answers with it: what does a stolen number open, what is
// lost with a phone, how strong is each account, what is worth asking, what
// must change before a number is given up.
//
// It computes. It keeps nothing, sends nothing and does not say in which order
// to act: that is the plan's job. Equal input gives equal answers, whatever the
// order it comes in.
//
// The graph follows Hammann, Radomirović, Sasse and Basin, "User Account Access
// Graphs", ACM CCS 2019: accounts and means are nodes, devices hold several
// means, recovery is a way like any other. Where a guide states how an account
// opens (Guide.Ways, each with its sources) that is taken, see builder.stated;
// the rest comes from the general rule below. What is "assumed" belongs to a
// question, see Model.Questions: a yes makes it known, a no takes it out.
//
//	node           is opened by                              known, or assumed and asked as
//	phone-unlocked phone and its screen lock                 known
//	number         unlocked phone                            known: the SIM card is in it
//	               locked phone: codes on its screen, SIM    assumed: locked-phone
//	               account at a phone company: a new SIM     assumed: carrier
//	app, passkeys  unlocked phone                            known: they are on it
//	               a copy elsewhere                          only after a yes: app-copy, passkey-copy
//	mailbox        account at the provider                   known
//	               unlocked phone: mail stays open on it     assumed: mail-on-phone
//	               held by the person                        where nothing is known of the provider
//	account        password and one factor                   known
//	               password alone, no factor known           assumed: second-factor
//	               mailbox it holds and one factor           assumed: mailbox-resets
//	               number it holds and one factor            known by Guide.Uses "recovery", else assumed:
//	                                                         number-resets; only where the platform, its guide
//	                                                         or the proof uses numbers for codes at all
//	               passkey alone                             known, where one is on
//	               account it signs in with                  known by its own record; assumed: linked, where
//	                                                         only the other's archive tells
//	               number, with the PIN once set             known, Platform.NumberIsID
//	               unlocked phone                            known, Platform.NumberIsID: the app is open on it
//
// A factor is a number that receives codes, an authenticator app, a passkey or
// saved recovery codes, each where evidence, a claim or a done step shows it.
// Where the exit rating is "forced-fallback" no factor is asked for beside the
// number. An account that must have a number, and of which no number is known,
// is assumed to have each of the person's: holds-number. An answer to a
// question that evidence has overtaken is passed over.
//
// With Input.Planned the same model is built as if the whole plan were carried
// out, see known.carryOut.
package reach

import (
	"slices"
	"strings"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
)

// Input is everything the graph is made from.
type Input struct {
	Accounts []account.Account
	Platform func(id, name string) *catalog.Platform // such as Catalog.Get
	Own      []identifier.Identifier
	Region   string                               // for numbers in national form among the means asked about
	Ticks    map[string]map[catalog.StepKind]bool // steps done, by account id
	Leaked   map[string]bool                      // platforms whose leak took passwords the person had there
	Answers  map[string]string                    // by Question.Key: Yes or No
	Planned  bool                                 // as if the whole plan were carried out
}

// The answers to a question.
const (
	Yes = "yes"
	No  = "no"
)

// The nodes there is one of. All others have a prefix and a value.
const (
	nodePhone       access.Node = "phone"
	nodeUnlocked    access.Node = "phone-unlocked"
	nodeLock        access.Node = "screen-lock"
	nodeApp         access.Node = "app"
	nodeAppCopy     access.Node = "app-copy"
	nodePasskeys    access.Node = "passkeys"
	nodePasskeyCopy access.Node = "passkey-copy"
	nodeIdentity    access.Node = "identity"
	nodeSecond      access.Node = "second-device" // with the app or a passkey on it

	prefixNumber   = "number:"
	prefixMailbox  = "mailbox:"
	prefixAccount  = "account:"
	prefixPassword = "password:"
	prefixShared   = "shared-password:"
	prefixCodes    = "codes:"
	prefixPIN      = "pin:"
	prefixFactor   = "factor:"
)

func node(prefix, value string) access.Node { return access.Node(prefix + value) }

// nodeOf is the node of an identifier.
func nodeOf(id identifier.Identifier) access.Node {
	if id.IsNumber() {
		return node(prefixNumber, id.Canonical())
	}
	return node(prefixMailbox, id.Canonical())
}

// Model is the graph of one person with what is needed to name its parts. It
// never changes.
type Model struct {
	graph    *access.Graph
	in       Input
	accounts []known // by account id
	at       map[access.Node]int
	ids      map[access.Node]identifier.Identifier // of numbers and mailboxes
	numbers  []access.Node                         // the person's own, sorted
	mail     []access.Node                         // the person's own mailboxes, sorted
	behind   []access.Node                         // the accounts behind those mailboxes, sorted
	weak     []access.Node                         // leaked or reused passwords, sorted
	all      []access.Node                         // every password, sorted
	asks     map[string]*ask
	uses     map[access.Node]int // account -> how many ways need it
}

// Build makes the model. It takes any input: an account said twice counts once,
// and one that nothing is known to open stays shut.
func Build(in Input) *Model {
	b := newBuilder(in)
	b.device()
	for _, id := range in.Own {
		b.identifier(id)
	}
	for i := range b.accounts {
		b.open(&b.accounts[i])
	}
	b.seal()
	return &b.Model
}

// Graph is the access graph, for pictures and further questions.
func (m *Model) Graph() *access.Graph { return m.graph }

// Accounts lists the accounts of the model, by id.
func (m *Model) Accounts() []account.Account {
	out := make([]account.Account, len(m.accounts))
	for i := range m.accounts {
		out[i] = m.accounts[i].Account
	}
	return out
}

// AccountNode is the node of an account.
func AccountNode(id string) access.Node { return node(prefixAccount, id) }

// Node is the node of a number or an address.
func Node(id identifier.Identifier) access.Node { return nodeOf(id) }

// builder collects what the model is made of.
type builder struct {
	Model
	graph     access.Builder
	providers map[string][]int // mail domain -> accounts at that provider
	named     map[string][]int // name of a platform -> accounts there
}

func newBuilder(in Input) *builder {
	b := &builder{
		Model: Model{
			in: in, at: make(map[access.Node]int, len(in.Accounts)), ids: map[access.Node]identifier.Identifier{},
			asks: make(map[string]*ask, 3*len(in.Accounts)), uses: map[access.Node]int{},
		},
		providers: make(map[string][]int, len(in.Accounts)), named: make(map[string][]int, 2*len(in.Accounts)),
	}
	sorted := slices.Clone(in.Accounts)
	slices.SortStableFunc(sorted, func(x, y account.Account) int { return strings.Compare(x.ID, y.ID) })
	sorted = slices.CompactFunc(sorted, func(x, y account.Account) bool { return x.ID == y.ID })
	own := map[string]bool{}
	for _, id := range in.Own {
		own[id.Domain()] = id.Domain() != ""
	}
	shared := sharedPasswords(sorted)
	b.accounts = make([]known, len(sorted))
	for i, a := range sorted {
		b.accounts[i] = b.know(a, own, shared)
		b.index(i)
	}
	return b
}

// index makes an account findable by its node, its domains and its names.
func (b *builder) index(i int) {
	k := &b.accounts[i]
	b.at[k.node] = i
	for _, d := range k.domains() {
		b.providers[d] = append(b.providers[d], i)
	}
	names := append([]string{k.Platform, catalog.Fold(k.Name), catalog.Fold(k.at.Name)}, k.domains()...)
	for _, alias := range k.at.Aliases {
		names = append(names, catalog.Fold(alias))
	}
	slices.Sort(names)
	for _, n := range slices.Compact(names) {
		b.named[n] = append(b.named[n], i)
	}
}

// device adds the person's phone with what is on it.
func (b *builder) device() {
	b.graph.Hold(access.KindDevice, nodePhone)
	b.graph.Hold(access.KindPassword, nodeLock)
	b.way(access.KindDeviceUnlocked, nodeUnlocked, way(nodePhone, nodeLock))
	if slices.ContainsFunc(b.accounts, func(k known) bool { return k.app }) {
		b.copied(access.KindApp, nodeApp, nodeAppCopy, askAppCopy)
	}
	if slices.ContainsFunc(b.accounts, func(k known) bool { return k.passkey }) {
		b.copied(access.KindPasskey, nodePasskeys, nodePasskeyCopy, askPasskeyCopy)
	}
}

// copied adds what is on the phone and, once the person said so, elsewhere too.
func (b *builder) copied(kind access.Kind, what, elsewhere access.Node, question askKind) {
	b.way(kind, what, way(nodeUnlocked))
	b.graph.Hold(kind, elsewhere)
	b.maybe(kind, what, way(elsewhere), b.ask(question, nobody, noID))
}

// identifier adds one of the person's own numbers or addresses.
func (b *builder) identifier(id identifier.Identifier) {
	n := nodeOf(id)
	if _, twice := b.ids[n]; twice {
		return
	}
	b.ids[n] = id
	if id.Kind == identifier.KindPhone {
		b.numbers = append(b.numbers, n)
		b.way(access.KindNumber, n, way(nodeUnlocked))
		b.way(access.KindNumber, n, back(nodePhone), b.ask(askLocked, nobody, noID))
		return
	}
	b.mail = append(b.mail, n)
	behind := b.provider(id)
	for _, i := range behind {
		k := &b.accounts[i]
		k.mailbox, k.tier = true, TierMailbox
		b.behind = append(b.behind, k.node)
		b.way(access.KindMailbox, n, way(k.node))
	}
	if len(behind) == 0 {
		b.graph.Hold(access.KindMailbox, n)
	}
	b.way(access.KindMailbox, n, way(nodeUnlocked), b.ask(askMailOnPhone, nobody, noID))
}

// provider lists the accounts an address is the mailbox of.
func (b *builder) provider(id identifier.Identifier) (out []int) {
	holds := func(i int) bool {
		return identifier.Among(b.accounts[i].Identifiers, id)
	}
	for _, i := range b.providers[id.Domain()] {
		if slices.Contains(b.accounts[i].Names, id.Canonical()) {
			out = append(out, i)
		}
	}
	for _, i := range b.providers[id.Domain()] {
		if len(out) == 0 && holds(i) {
			return []int{i}
		}
	}
	return out
}

// other names a number or address that an account holds and that is not on the
// person's list: somebody else may have it by now, so the person does not hold
// it. An address still leads to its account.
func (b *builder) other(id identifier.Identifier) access.Node {
	n := nodeOf(id)
	if _, seen := b.ids[n]; seen {
		return n
	}
	b.ids[n] = id
	if id.Kind == identifier.KindPhone {
		b.graph.Open(access.KindNumber, n)
		return n
	}
	b.graph.Open(access.KindMailbox, n)
	for _, i := range b.provider(id) {
		b.way(access.KindMailbox, n, way(b.accounts[i].node))
	}
	return n
}

// seal sorts the lists and builds the graph.
func (b *builder) seal() {
	for i := range b.accounts {
		k := &b.accounts[i]
		b.graph.Weigh(k.node, k.tier.Weight())
		if !k.signsIn {
			continue
		}
		b.graph.Hold(access.KindPassword, k.password)
		b.all = append(b.all, k.password)
		if k.weak {
			b.graph.Weak(k.password)
			b.weak = append(b.weak, k.password)
		}
	}
	for _, list := range []*[]access.Node{&b.numbers, &b.mail, &b.behind, &b.weak, &b.all} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	b.Model.graph = b.graph.Graph()
}

// way and back make a way from what it needs.
func way(needs ...access.Node) access.Way {
	slices.Sort(needs)
	return access.Way{Needs: slices.Compact(needs)}
}

func back(needs ...access.Node) access.Way {
	w := way(needs...)
	w.Recovery = true
	return w
}

// way adds a way in. The questions it waits for make it known by a yes, take it
// out by a no, and leave it assumed.
func (b *builder) way(kind access.Kind, into access.Node, w access.Way, waits ...*ask) {
	for _, q := range waits {
		if q != nil && b.answer(q) == No {
			return
		}
	}
	for _, q := range waits {
		if q != nil && b.answer(q) != Yes {
			w.Assumed = true
			q.ways = append(q.ways, opening{into, w.Needs})
		}
	}
	for _, n := range w.Needs {
		if strings.HasPrefix(string(n), prefixAccount) {
			b.uses[n]++
		}
	}
	b.graph.Open(kind, into, w)
}

// maybe adds a way that exists only once the person says so; unasked it is
// planned, so that the question can be weighed.
func (b *builder) maybe(kind access.Kind, into access.Node, w access.Way, q *ask) {
	q.adds = true
	if b.answer(q) != "" {
		b.way(kind, into, w, q)
		return
	}
	w.Planned, w.Assumed = true, true
	q.ways = append(q.ways, opening{into, w.Needs})
	b.graph.Open(kind, into, w)
}

// sharedPasswords gives the accounts that share a password one node, by account
// id. The evidence numbers the groups of equal passwords; one account in two of
// them joins them.
func sharedPasswords(accounts []account.Account) map[string]access.Node {
	parent := map[string]string{}
	root := func(s string) string {
		for parent[s] != s {
			s = parent[s]
		}
		return s
	}
	groups := make([]string, len(accounts))
	for i, a := range accounts {
		for _, g := range reuseGroups(a) {
			if _, ok := parent[g]; !ok {
				parent[g] = g
			}
			if groups[i] == "" {
				groups[i] = g
				continue
			}
			x, y := root(groups[i]), root(g)
			parent[max(x, y)] = min(x, y)
		}
	}
	out := map[string]access.Node{}
	for i, a := range accounts {
		if groups[i] != "" {
			out[a.ID] = node(prefixShared, root(groups[i]))
		}
	}
	return out
}
