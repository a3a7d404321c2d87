package access_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"unlisted/checks/access"
)

const (
	number   access.Node = "number:+33639980001"
	pat      access.Node = "mailbox:pat@mail.example"
	old      access.Node = "mailbox:pat@old.example"
	phone    access.Node = "device:phone"
	pin      access.Node = "password:phone-pin"
	unlocked access.Node = "unlocked:phone"
	app      access.Node = "app:default"
	key      access.Node = "key:yellow"
	mailPwd  access.Node = "password:mail"
	shopPwd  access.Node = "password:shop"
	mail     access.Node = "account:mail.example#pat"
	shop     access.Node = "account:shop.example#pat"
	forum    access.Node = "account:forum.example#pat"
	bank     access.Node = "account:bank.example#pat"
)

func needs(n ...access.Node) access.Way { return access.Way{Needs: n} }

func guessed(n ...access.Node) access.Way { return access.Way{Needs: n, Assumed: true} }

func back(n ...access.Node) access.Way { return access.Way{Needs: n, Recovery: true} }

// The example in the paper's spirit: a shop whose password is reset by mail, a
// mailbox with two factors, an app on a phone with a PIN. And the number in it.
func setup() *access.Builder {
	b := &access.Builder{}
	b.Hold(access.KindNumber, number)
	b.Hold(access.KindDevice, phone)
	b.Hold(access.KindPassword, pin, mailPwd, shopPwd)
	b.Open(access.KindDeviceUnlocked, unlocked, needs(phone, pin))
	b.Open(access.KindApp, app, needs(unlocked))
	b.Open(access.KindAccount, mail, needs(mailPwd, app), access.Way{Needs: []access.Node{number}, Recovery: true, Assumed: true})
	b.Open(access.KindMailbox, pat, needs(mail))
	b.Open(access.KindAccount, shop, needs(shopPwd), back(pat))
	b.Open(access.KindAccount, forum, needs(mail))
	b.Open(access.KindAccount, bank, needs(shopPwd, unlocked), access.Way{Needs: []access.Node{key, shopPwd}, Planned: true})
	b.Hold(access.KindKey, key)
	return b
}

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func nodes(n ...access.Node) []access.Node { return n }

func TestTheNumberOpensTheMailboxAndAllThatHangsOnIt(t *testing.T) {
	steal := setup().Graph().Takeover(number)
	same(t, "accounts", steal.Opened(access.KindAccount), nodes(forum, mail, shop))
	same(t, "all", steal.Opened(), nodes(forum, mail, shop, pat))
	same(t, "chain", steal.Chain(shop), []access.Step{
		{Opens: mail, With: nodes(number), Recovery: true, Assumed: true},
		{Opens: pat, With: nodes(mail)},
		{Opens: shop, With: nodes(pat), Recovery: true},
	})
	for node, want := range map[access.Node]int{number: 0, mail: 1, pat: 2, shop: 3} {
		if round, ok := steal.Round(node); !ok || round != want {
			t.Errorf("%s falls in round %d, %v", node, round, ok)
		}
	}
	if _, ok := steal.Round(bank); ok || steal.Chain(bank) != nil || steal.Chain(number) != nil || steal.Chain("nobody") != nil {
		t.Error("a chain to what does not fall")
	}
	b, err := json.Marshal(steal.Chain(mail))
	if want := `[{"opens":"account:mail.example#pat","with":["number:+33639980001"],"recovery":true,"assumed":true}]`; err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
}

func TestALockedPhoneOpensNothingAndAnUnlockedOneMuch(t *testing.T) {
	g := setup().Graph()
	same(t, "locked", len(g.Takeover(phone).Opened()), 0)
	same(t, "with PIN", g.Takeover(phone, pin).Opened(), nodes(app, unlocked))
	same(t, "and passwords", g.Takeover(unlocked, shopPwd).Opened(access.KindAccount), nodes(bank, shop))
}

func TestLosingThePhone(t *testing.T) {
	g := setup().Graph()
	lost := g.Lockout(phone)
	same(t, "accounts", lost.Nodes(access.KindAccount), nodes(bank))
	same(t, "all", lost.Nodes(), nodes(bank, app, unlocked))
	same(t, "missing", lost.Missing(bank), nodes(phone))
	if lost.Missing(mail) != nil || lost.Missing("nobody") != nil || lost.Missing(phone) != nil {
		t.Error("something is missing for what is not locked")
	}
	both := g.Lockout(phone, number, "nobody", phone)
	same(t, "both", both.Nodes(access.KindAccount), nodes(bank, forum, mail))
	same(t, "either helps the mailbox", both.Missing(mail), nodes(phone))
	same(t, "the closed mailbox", g.Lockout(mail).Nodes(access.KindAccount), nodes(forum))
	same(t, "and what it takes", g.Lockout(mail, shopPwd).Missing(shop), nodes(mail))
}

// A lost means is not brought back by what could open it, and other base means
// stay in the person's hands.
func TestNothingBringsBackWhatIsLost(t *testing.T) {
	b := &access.Builder{}
	b.Hold(access.KindDevice, phone)
	b.Hold(access.KindNumber, number)
	b.Open(access.KindNumber, number, needs(phone))
	b.Open(access.KindAccount, shop, needs(number))
	g := b.Graph()
	same(t, "number gone", g.Lockout(number).Nodes(), nodes(shop))
	same(t, "phone gone", len(g.Lockout(phone).Nodes()), 0)
	same(t, "critical", g.Critical(shop), nodes(number))
	same(t, "independent", g.Independent(shop), 1)
	sets, _ := g.Minimal(shop, 3)
	same(t, "but either is enough for a thief", sets, [][]access.Node{{phone}, {number}})
}

func TestMinimalSets(t *testing.T) {
	g := setup().Graph()
	sets, cut := g.Minimal(shop, 3)
	same(t, "shop", sets, [][]access.Node{{number}, {shopPwd}, {phone, mailPwd, pin}})
	sets, _ = g.Minimal(shop, 2)
	same(t, "shop, two at most", sets, [][]access.Node{{number}, {shopPwd}})
	sets, _ = g.Minimal(number, 3)
	same(t, "the number itself", sets, [][]access.Node{{number}})
	for _, limit := range []int{-1, 0} {
		if sets, cut := g.Minimal(shop, limit); cut || len(sets) > 0 {
			t.Error(limit, sets, cut)
		}
	}
	if sets, _ := g.Minimal("nobody", 3); cut || sets != nil {
		t.Error(cut, sets)
	}
}

func TestSinglePoints(t *testing.T) {
	g := setup().Graph()
	same(t, "bank", g.Critical(bank), nodes(phone, pin, shopPwd))
	same(t, "mail", len(g.Critical(mail)), 0)
	same(t, "nobody", len(g.Critical("nobody")), 0)
	for node, want := range map[access.Node]int{bank: 1, mail: 2, shop: 3, number: 1, "nobody": 0} {
		if got := g.Independent(node); got != want {
			t.Errorf("%s has %d independent ways, want %d", node, got, want)
		}
	}
}

func TestSecurity(t *testing.T) {
	tests := []struct {
		name  string
		build func(b *access.Builder)
		want  access.Grade
	}{
		{"the number alone", func(b *access.Builder) { b.Open(0, bank, needs(number)) }, access.Grade{Level: access.Poor, Why: [][]access.Node{{number}}}},
		{"a mailbox that falls to the number", func(b *access.Builder) { b.Open(0, bank, back(pat)); b.Open(0, pat, needs(number)) }, access.Grade{Level: access.Poor, Why: [][]access.Node{{number}}}},
		{"a leaked password", func(b *access.Builder) { b.Weak(shopPwd); b.Open(0, bank, needs(shopPwd)) }, access.Grade{Level: access.Poor, Why: [][]access.Node{{shopPwd}}}},
		{"a leaked password and the number", func(b *access.Builder) { b.Weak(shopPwd); b.Open(0, bank, needs(number, shopPwd)) }, access.Grade{Level: access.Poor, Why: [][]access.Node{{number, shopPwd}}}},
		{"the number, not in the person's hands", func(b *access.Builder) { b.Open(access.KindNumber, "number:2"); b.Open(0, bank, needs("number:2")) }, access.Grade{Level: access.Poor, Why: [][]access.Node{{"number:2"}}}},
		{"password and number", func(b *access.Builder) { b.Open(0, bank, needs(shopPwd, number)) }, access.Grade{Level: access.Fair, Why: [][]access.Node{{number, shopPwd}}}},
		{"password alone", func(b *access.Builder) { b.Open(0, bank, needs(shopPwd, number), needs(shopPwd)) }, access.Grade{Level: access.Fair, Why: [][]access.Node{{shopPwd}}}},
		{"the smallest set that is fair", func(b *access.Builder) { b.Open(0, bank, needs(mailPwd, number), needs(shopPwd)) }, access.Grade{Level: access.Fair, Why: [][]access.Node{{shopPwd}}}},
		{"password and app", func(b *access.Builder) { b.Open(0, bank, needs(shopPwd, phone)) }, access.Grade{Level: access.Good, Why: [][]access.Node{{phone, shopPwd}}}},
		{"hardware key", func(b *access.Builder) { b.Open(0, bank, needs(key)) }, access.Grade{Level: access.Good, Why: [][]access.Node{{key}}}},
		{"hardware key, with the number as a guessed way back", func(b *access.Builder) {
			b.Open(0, bank, needs(key), guessed(number))
		}, access.Grade{Level: access.Poor, Why: [][]access.Node{{number}}, Assumed: true}},
		{"the first of two that are fair alone", func(b *access.Builder) {
			b.Hold(access.KindCodes, "codes:a", "codes:b")
			b.Open(0, bank, needs("codes:b"), needs("codes:a"))
		}, access.Grade{Level: access.Fair, Why: [][]access.Node{{"codes:a"}}}},
		{"guesses that change nothing", func(b *access.Builder) {
			b.Open(0, bank, needs(number), guessed(shopPwd))
		}, access.Grade{Level: access.Poor, Why: [][]access.Node{{number}}}},
		{"no way known", func(b *access.Builder) { b.Open(0, bank) }, access.Grade{}},
		{"a way nobody can go", func(b *access.Builder) { b.Open(0, bank, needs("codes:bank")) }, access.Grade{}},
		{"in hand only as itself", func(b *access.Builder) { b.Hold(access.KindAccount, bank) }, access.Grade{}},
		{"not in the graph", func(*access.Builder) {}, access.Grade{}},
	}
	for _, tt := range tests {
		b := &access.Builder{}
		b.Hold(access.KindNumber, number)
		b.Hold(access.KindPassword, shopPwd, mailPwd)
		b.Hold(access.KindDevice, phone)
		b.Hold(access.KindKey, key)
		tt.build(b)
		same(t, tt.name, b.Graph().Security(bank), tt.want)
	}
}

func TestRecoverability(t *testing.T) {
	tests := []struct {
		name string
		ways []access.Way
		want access.Grade
	}{
		{"one way", []access.Way{needs(shopPwd, phone)}, access.Grade{Level: access.Poor, Why: [][]access.Node{{phone}, {shopPwd}}}},
		{"two ways over one phone", []access.Way{needs(phone, shopPwd), needs(phone, mailPwd)}, access.Grade{Level: access.Poor, Why: [][]access.Node{{phone}}}},
		{"two apart", []access.Way{needs(phone, shopPwd), back(number, mailPwd)}, access.Grade{Level: access.Good, Why: [][]access.Node{{phone, shopPwd}, {number, mailPwd}}}},
		{"one of two is a guess", []access.Way{needs(phone, shopPwd), guessed(number)}, access.Grade{Level: access.Good, Why: [][]access.Node{{number}, {phone, shopPwd}}, Assumed: true}},
		{"any two of three", []access.Way{needs(phone, shopPwd), needs(phone, number), needs(shopPwd, number)}, access.Grade{Level: access.Fair, Why: [][]access.Node{{phone, number}}}},
		{"any two of three, with codes of each way that never matter", []access.Way{
			needs("codes:0", phone, shopPwd), needs("codes:2", phone, number), needs("codes:4", shopPwd, number),
			needs("codes:1", phone, shopPwd), needs("codes:3", phone, number), needs("codes:5", shopPwd, number),
		}, access.Grade{Level: access.Fair, Why: [][]access.Node{{phone, number}}}},
		{"nothing known", nil, access.Grade{}},
	}
	for _, tt := range tests {
		b := &access.Builder{}
		b.Hold(access.KindNumber, number)
		b.Hold(access.KindPassword, shopPwd, mailPwd)
		b.Hold(access.KindDevice, phone)
		b.Hold(access.KindCodes, "codes:0", "codes:1", "codes:2", "codes:3", "codes:4", "codes:5")
		b.Open(access.KindAccount, bank, tt.ways...)
		same(t, tt.name, b.Graph().Recoverability(bank), tt.want)
	}
	same(t, "not in the graph", (&access.Builder{}).Graph().Recoverability(bank), access.Grade{})
}

// What the planner asks: what is it worth to take the number out here, and is
// there a way left?
func TestWhatIf(t *testing.T) {
	b := setup()
	b.Weigh(mail, 3)
	b.Weigh(mail, 10)
	b.Weigh(mail, 5)
	b.Weigh(pat, 1)
	g, e := b.Graph(), access.Evaluator{}
	same(t, "before", e.Weight(g, number), 10+1+1+1)
	safe := g.Without(access.Using(number), mail)
	same(t, "after", e.Weight(safe, number), 0)
	same(t, "the first graph has not changed", e.Weight(g, number), 13)
	same(t, "but the phone is now needed", safe.Critical(mail), nodes(phone, mailPwd, pin))
	same(t, "no node named, nothing removed", e.Weight(g.Without(access.Using(number)), number), 13)

	same(t, "planned ways do not count", g.Takeover(key, shopPwd).Opened(access.KindAccount), nodes(shop))
	same(t, "nor are they listed", g.Ways(bank), []access.Way{needs(shopPwd, unlocked)})
	done := g.With(access.Using(key), bank)
	same(t, "until carried out", done.Takeover(key, shopPwd).Opened(access.KindAccount), nodes(bank, shop))
	same(t, "and can be taken back", done.Without(access.Using(key), g.Nodes()...).Ways(bank), g.Ways(bank))
	same(t, "With brings back nothing that was removed", len(safe.With(func(access.Node, access.Way) bool { return true }, g.Nodes()...).Takeover(number).Opened()), 0)
	same(t, "single points", done.Critical(bank), nodes(shopPwd))
}

func TestWhatCountsAsAWay(t *testing.T) {
	b := &access.Builder{}
	b.Open(access.KindAccount, shop, needs(), needs(shop, number), guessed(number, number), needs(number), needs(number), back(number))
	g := b.Graph()
	same(t, "ways", g.Ways(shop), []access.Way{needs(number), back(number), guessed(number)})
	same(t, "the known way is told", g.Takeover(number).Chain(shop), []access.Step{{Opens: shop, With: nodes(number)}})
	same(t, "kinds", [2]access.Kind{g.Kind(shop), g.Kind(number)}, [2]access.Kind{access.KindAccount, access.KindUnknown})
	same(t, "of nobody", g.Kind("nobody"), access.KindUnknown)
	same(t, "ways of nobody", len(g.Ways("nobody")), 0)
	same(t, "nobody holds what was never held", len(g.Held()), 0)
	same(t, "in hand from the start", g.Takeover(shop, number).Opened(), nil)
}

func TestTheBuilderKeepsItsOwnCopy(t *testing.T) {
	b := &access.Builder{}
	list := nodes(number)
	b.Open(access.KindAccount, shop, access.Way{Needs: list})
	list[0] = phone
	same(t, "ways", b.Graph().Ways(shop), []access.Way{needs(number)})
}

func TestAnEmptyGraph(t *testing.T) {
	g := (&access.Builder{}).Graph()
	steal, lost, e := g.Takeover(number), g.Lockout(number), access.Evaluator{}
	if len(steal.Opened())+len(lost.Nodes())+len(g.Nodes())+len(g.Held())+e.Weight(g, number) != 0 {
		t.Error("something in nothing")
	}
	g.Without(access.Using(number), number)
}

func TestTwoMailboxesThatRecoverEachOther(t *testing.T) {
	b := &access.Builder{}
	b.Hold(access.KindPassword, mailPwd)
	b.Open(access.KindMailbox, pat, needs(mailPwd), back(old))
	b.Open(access.KindMailbox, old, back(pat))
	g := b.Graph()
	same(t, "lost", g.Lockout(mailPwd).Nodes(), nodes(pat, old))
	same(t, "stolen", g.Takeover(old).Opened(), nodes(pat))
	same(t, "critical", g.Critical(old), nodes(mailPwd))
	sets, _ := g.Minimal(old, 3)
	same(t, "minimal", sets, [][]access.Node{{mailPwd}})
}

// A long way round over separate nodes must not win over a short one that uses
// a node twice.
func TestSharedStepsCountOnce(t *testing.T) {
	b := &access.Builder{}
	b.Open(0, "target", needs("a", "b"), needs("line4"))
	b.Open(0, "a", needs("shared"))
	b.Open(0, "b", needs("shared"))
	b.Open(0, "shared", needs("s2"))
	b.Open(0, "s2", needs("have"))
	for i := range 5 {
		from := access.Node("have")
		if i > 0 {
			from = access.Node(fmt.Sprint("line", i-1))
		}
		b.Open(0, access.Node(fmt.Sprint("line", i)), needs(from))
	}
	chain := b.Graph().Takeover("have").Chain("target")
	same(t, "steps", len(chain), 5)
	same(t, "last", chain[4], access.Step{Opens: "target", With: nodes("a", "b")})
}

// row opens each node with the one before it.
func row(b *access.Builder, chain ...access.Node) {
	for i, n := range chain[1:] {
		b.Open(0, n, needs(chain[i]))
	}
}

// Of equally long chains the one with fewer guesses is told, then the first by
// the order of the graph.
func TestWhichOfEquallyLongChains(t *testing.T) {
	tests := []struct {
		name  string
		build func(b *access.Builder)
		want  []access.Node // what opens, in order
	}{
		{"the known one", func(b *access.Builder) {
			b.Open(0, "target", needs("a"), needs("b"))
			b.Open(0, "a", guessed("have"))
			b.Open(0, "b", needs("have"))
		}, nodes("b", "target")},
		{"the first", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "z"), needs("b", "c"))
			for _, n := range nodes("a", "b", "c", "z") {
				b.Open(0, n, needs("have"))
			}
		}, nodes("a", "z", "target")},
		{"the known one that uses a step twice", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "c"), needs("x"))
			b.Open(0, "a", needs("c"))
			b.Open(0, "c", needs("have"))
			b.Open(0, "x", guessed("y"))
			b.Open(0, "y", needs("have"))
		}, nodes("c", "a", "target")},
		{"the shorter one that uses a step twice", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "c"), needs("x"))
			b.Open(0, "a", needs("c"))
			b.Open(0, "c", needs("have"))
			b.Open(0, "x", needs("y"))
			b.Open(0, "y", needs("z"))
			b.Open(0, "z", needs("have"))
		}, nodes("c", "a", "target")},
		{"the shortest of those that use a step twice", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "b"), needs("line6"), needs("v", "w"))
			row(b, "have", "d", "e", "f")
			row(b, "f", "a")
			row(b, "f", "b")
			row(b, "have", "y", "x", "v")
			row(b, "x", "w")
			row(b, "have", "line1", "line2", "line3", "line4", "line5", "line6")
		}, nodes("y", "x", "v", "w", "target")},
		{"the known one of those that use a step twice", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "b"), needs("line5"), needs("v", "w"))
			b.Open(0, "a", guessed("e"))
			row(b, "have", "d", "e", "b")
			row(b, "have", "y", "x", "v")
			row(b, "x", "w")
			row(b, "have", "line1", "line2", "line3", "line4", "line5")
		}, nodes("y", "x", "v", "w", "target")},
		{"the first of those that use a step twice", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "b"), needs("line5"), needs("v", "w"))
			row(b, "have", "d", "e", "a")
			row(b, "e", "b")
			row(b, "have", "y", "x", "v")
			row(b, "x", "w")
			row(b, "have", "line1", "line2", "line3", "line4", "line5")
		}, nodes("d", "e", "a", "b", "target")},
		{"none through itself", func(b *access.Builder) {
			b.Open(0, "target", needs("a", "c"))
			b.Open(0, "a", needs("target"), needs("z"))
			b.Open(0, "z", needs("c"))
			b.Open(0, "c", needs("have"))
		}, nodes("c", "z", "a", "target")},
	}
	for _, tt := range tests {
		b := &access.Builder{}
		tt.build(b)
		var got []access.Node
		for _, s := range b.Graph().Takeover("have").Chain("target") {
			got = append(got, s.Opens)
		}
		same(t, tt.name, got, tt.want)
	}
}

// A plan carried out tells the same chain as a graph that had the way from the
// start.
func TestACarriedOutPlanKeepsItsPlaceInTheOrder(t *testing.T) {
	b := &access.Builder{}
	b.Open(0, shop, needs("b"), access.Way{Needs: nodes("a"), Planned: true})
	g := b.Graph().With(access.Using("a"), shop)
	same(t, "chain", g.Takeover("a", "b").Chain(shop), []access.Step{{Opens: shop, With: nodes("a")}})
}

func ExampleGraph() {
	var b access.Builder
	b.Hold(access.KindNumber, "number")
	b.Hold(access.KindPassword, "password")
	b.Hold(access.KindApp, "app")
	b.Open(access.KindAccount, "mail", access.Way{Needs: []access.Node{"password", "app"}}, access.Way{Needs: []access.Node{"number"}, Recovery: true})
	b.Open(access.KindAccount, "shop", access.Way{Needs: []access.Node{"mail"}, Recovery: true})
	g := b.Graph()

	stolen := g.Takeover("number")
	for _, account := range stolen.Opened(access.KindAccount) {
		fmt.Println(account, stolen.Chain(account))
	}

	// What is it worth to take the number out of the mailbox, and may one?
	var e access.Evaluator
	changed := g.Without(access.Using("number"), "mail")
	fmt.Println(e.Weight(g, "number"), "to", e.Weight(changed, "number"), "and then", changed.Critical("mail"), "must not be lost")
	// Output:
	// mail [{mail [number] true false}]
	// shop [{mail [number] true false} {shop [mail] true false}]
	// 2 to 0 and then [app password] must not be lost
}

func TestTwoKindsForOneNode(t *testing.T) {
	for _, kinds := range [][2]access.Kind{{access.KindMailbox, access.KindAccount}, {access.KindAccount, access.KindMailbox}, {access.KindUnknown, access.KindMailbox}, {access.KindMailbox, access.KindUnknown}} {
		b := &access.Builder{}
		b.Open(kinds[0], pat)
		b.Open(kinds[1], pat)
		same(t, fmt.Sprint(kinds), b.Graph().Kind(pat), access.KindMailbox)
	}
}

// Taking the first set that comes would find one way only.
func TestTheMostIndependentWays(t *testing.T) {
	b := &access.Builder{}
	b.Hold(access.KindCodes, "a", "b", "c", "d")
	b.Open(access.KindAccount, shop, needs("a", "b"), needs("a", "c"), needs("b", "d"))
	same(t, "ways", b.Graph().Independent(shop), 2)
	for i := range 6 {
		id := func(s string) access.Node { return access.Node(fmt.Sprint(s, i)) }
		b.Hold(access.KindCodes, id("a"), id("b"), id("c"), id("d"))
		b.Open(access.KindAccount, bank, needs(id("a"), id("b")), needs(id("a"), id("c")), needs(id("b"), id("d")))
	}
	b.Open(access.KindAccount, bank, needs("a"), needs("b"))
	same(t, "of the most sets that are weighed exactly", b.Graph().Independent(bank), 2*6+2)
	b.Hold(access.KindCodes, "e", "f")
	b.Open(access.KindAccount, forum, needs("a", "b", "c", "d"), needs("e", "f"))
	same(t, "the largest set and one apart", b.Graph().Independent(forum), 2)
}

func TestNames(t *testing.T) {
	for k, want := range map[fmt.Stringer]string{
		access.KindDeviceUnlocked: "device-unlocked", access.KindSession: "session", access.KindUnknown: "", access.Kind(99): "",
		access.Poor: "poor", access.Good: "good", access.Unknown: "", access.Level(99): "",
	} {
		if k.String() != want {
			t.Errorf("%d is called %q", k, k.String())
		}
	}
	named := map[string]bool{}
	for k := range 256 { // whatever a damaged file says
		if name := access.Kind(k).String(); name != "" {
			named[name] = true
		}
		if name := access.Level(k).String(); name != "" {
			named[name] = true
		}
	}
	if len(named) != 11+3 {
		t.Errorf("%d names: %v", len(named), named)
	}
	b, err := json.Marshal(map[string]any{"kind": access.KindKey, "level": access.Fair})
	if err != nil || string(b) != `{"kind":"key","level":"fair"}` {
		t.Errorf("%s %v", b, err)
	}
}

// Sizes a hostile or odd input may have: nothing overflows, nothing hangs.
func TestLargeAndOddGraphs(t *testing.T) {
	name := func(i int) access.Node { return access.Node(fmt.Sprintf("n%06d", i)) }
	t.Run("a chain of 100,000 steps in a ring", func(t *testing.T) {
		b, n := &access.Builder{}, 100_000
		b.Hold(0, "have")
		b.Open(0, name(0), needs("have"), needs(name(n-1)))
		for i := range n - 1 {
			b.Open(0, name(i+1), needs(name(i)))
		}
		g := b.Graph()
		chain := g.Takeover("have").Chain(name(n - 1))
		same(t, "steps", len(chain), n)
		same(t, "first", chain[0], access.Step{Opens: name(0), With: nodes("have")})
		same(t, "critical", g.Critical(name(n-1)), nodes("have"))
		same(t, "lost", len(g.Lockout("have").Nodes()), n)
	})
	t.Run("a way with 10,000 needs", func(t *testing.T) {
		b, all := &access.Builder{}, []access.Node{}
		for i := range 10_000 {
			all = append(all, name(i))
		}
		b.Hold(0, all...)
		b.Open(0, shop, access.Way{Needs: all})
		g := b.Graph()
		same(t, "with all", g.Takeover(all...).Opened(), nodes(shop))
		same(t, "without one", len(g.Takeover(all[1:]...).Opened()), 0)
		same(t, "critical", g.Critical(shop), all)
		same(t, "independent", g.Independent(shop), 1)
		same(t, "security", g.Security(shop).Level, access.Good)
		same(t, "recoverability", g.Recoverability(shop).Level, access.Poor)
		same(t, "missing", g.Lockout(all[:2]...).Missing(shop), all[:2])
		same(t, "much missing", g.Lockout(all[1:]...).Missing(shop), all[1:])
		sets, cut := g.Minimal(shop, 3)
		same(t, "no small set", len(sets), 0)
		same(t, "cut", cut, false)
	})
	t.Run("sharing that doubles at each of 100 floors", func(t *testing.T) {
		b := &access.Builder{}
		b.Open(0, name(0), needs("have"))
		for i := range 100 {
			b.Open(0, name(i)+"a", needs(name(i)))
			b.Open(0, name(i)+"b", needs(name(i)))
			b.Open(0, name(i+1), needs(name(i)+"a", name(i)+"b"))
		}
		same(t, "steps", len(b.Graph().Takeover("have").Chain(name(100))), 301)
	})
	t.Run("more minimal sets than anybody wants", func(t *testing.T) {
		b := &access.Builder{}
		for _, floor := range []access.Node{"a", "b", "c"} {
			for i := range 200 {
				b.Hold(access.KindPassword, floor+name(i))
				b.Open(0, floor, needs(floor+name(i)))
			}
		}
		b.Open(access.KindAccount, shop, needs("a", "b", "c"))
		g := b.Graph()
		_, cut := g.Minimal(shop, 3)
		same(t, "cut", cut, true)
		same(t, "security", g.Security(shop).Level, access.Good)
		if n := g.Independent(shop); n < 1 {
			t.Error("no way in", n)
		}
	})
	t.Run("more disjoint ways than are weighed against each other", func(t *testing.T) {
		b := &access.Builder{}
		for i := range 30 {
			b.Hold(access.KindCodes, name(i), name(100+i))
			b.Open(access.KindAccount, shop, needs(name(i), name(100+i)), needs(name(i), name(100+(i+1)%30)))
		}
		same(t, "independent", b.Graph().Independent(shop), 30)
	})
	t.Run("more chains than anybody tries", func(t *testing.T) {
		b, floors := &access.Builder{}, 14
		for i := range 12 {
			b.Open(0, "floor00"+name(i), needs("have"))
			for f := range floors {
				for j := range 12 {
					b.Open(0, access.Node(fmt.Sprintf("floor%02d", f+1))+name(i), guessed(access.Node(fmt.Sprintf("floor%02d", f))+name(j)))
				}
			}
		}
		same(t, "steps", len(b.Graph().Takeover("have").Chain("floor14"+name(3))), floors+1)
	})
	t.Run("5,000 accounts that all need each other", func(t *testing.T) {
		b, n := &access.Builder{}, 5000
		b.Hold(access.KindNumber, number)
		for i := range n {
			b.Open(access.KindAccount, name(i), needs(name((i+1)%n), name((i+7)%n)), needs(name((i*31+1)%n)), needs(name((i*17+3)%n), shopPwd))
		}
		b.Open(access.KindAccount, name(0), needs(number))
		g := b.Graph()
		steal := g.Takeover(number)
		opened := steal.Opened()
		for _, a := range opened {
			if len(steal.Chain(a)) == 0 {
				t.Fatal(a, "has no chain")
			}
		}
		same(t, "locked", g.Lockout(number).Nodes(), opened)
	})
}

// A set of more means than MaxSet is still told, without what is needless.
func TestMoreMissingThanASetHolds(t *testing.T) {
	b, all := &access.Builder{}, nodes("a", "b", "c", "d", "e", "f")
	b.Hold(access.KindDevice, all...)
	b.Open(access.KindAccount, shop, needs("a", "b", "c", "d", "e"), needs("a", "b", "c", "d", "e", "f"))
	g := b.Graph()
	lost := append(slices.Clone(all), pat)
	same(t, "missing", g.Lockout(lost...).Missing(shop), all[:5])
	same(t, "independent", g.Independent(shop), 1)
	same(t, "recoverability", g.Recoverability(shop).Level, access.Poor)
}
