package picture_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/text"
)

var (
	phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail  = identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
)

// crowd is somebody with so many accounts: the first is the mailbox, a third
// hold the number, a fifth have an app, and names are of all lengths.
func crowd(n int) []account.Account {
	list := []account.Account{{ID: "post.example", Platform: "post.example", Name: "Post", Identifiers: []identifier.Identifier{phone, mail}, SignIn: mail.Value, Names: []string{mail.Value}}}
	for i := 1; i < n; i++ {
		id := fmt.Sprintf("site%04d.example", i)
		a := account.Account{ID: id, Platform: id, Name: strings.Repeat("Long ", i%9) + id, Confidence: evidence.Confirmed, Identifiers: []identifier.Identifier{mail}}
		if i%3 == 0 {
			a.Identifiers = []identifier.Identifier{phone, mail}
		}
		if i%5 == 0 {
			a.SecondFactor = []string{"totp"}
		}
		if i%50 == 7 {
			a.Identifiers = append(a.Identifiers, identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("alias%d@other.example", i)})
		}
		list = append(list, a)
	}
	return list
}

func platform(id, _ string) *catalog.Platform {
	p := &catalog.Platform{ID: id, Name: id, Domains: []string{id}, Exit: catalog.ExitAfterApp, Methods: []string{"sms", "totp"}}
	if id == "post.example" {
		p.Categories = []string{"email"}
	}
	return p
}

func printer(t testing.TB) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer("en")
}

func draw(t testing.TB, accounts []account.Account, q reach.Kind, means string, open map[string]bool) *picture.Picture {
	t.Helper()
	m := reach.Build(reach.Input{Accounts: accounts, Platform: platform, Own: []identifier.Identifier{phone, mail}, Region: "FR"})
	out, err := m.Ask(q, []string{means})
	if err != nil {
		t.Fatal(err)
	}
	return picture.New(m, printer(t), picture.Options{
		Outcome: out, Open: open,
		Tier: func(id string) reach.Tier {
			if id == "post.example" {
				return reach.TierMailbox
			}
			return reach.TierRest
		},
	})
}

// groups opens everything that is folded.
func groups(p *picture.Picture) map[string]bool {
	open := map[string]bool{}
	for _, it := range p.Items {
		open[it.ID] = it.Role >= picture.Group
	}
	return open
}

// accounts counts those that boxes stand for, and those of them that fall.
func accounts(p *picture.Picture) (all, falls int) {
	for _, it := range p.Items {
		switch {
		case it.Role == picture.Account:
			if all++; it.State != picture.Calm {
				falls++
			}
		case it.Role > picture.Account && !it.Open:
			all, falls = all+it.Count, falls+it.Compromised
		}
	}
	return all, falls
}

// Whatever is drawn, in whatever frame: no two boxes touch, all stay inside,
// lines begin and end at their boxes and run behind none, and words fit.
func TestLayout(t *testing.T) {
	for _, n := range []int{1, 3, 13, picture.Limit, picture.Limit + 1, 300} {
		for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
			for _, means := range []string{reach.MeansNumber, reach.MeansMailbox, reach.MeansPhoneUnlocked, reach.MeansPassword} {
				p := draw(t, crowd(n), q, means, nil)
				if len(p.Items) > 40 {
					t.Errorf("%d accounts make %d boxes while what is much is folded", n, len(p.Items))
				}
				open := draw(t, crowd(n), q, means, groups(p))
				for _, size := range [][2]float32{{760, 0}, {300, 100}, {1600, 1300}} {
					p.Arrange(size[0], size[1])
					open.Arrange(size[0], size[1])
					check(t, fmt.Sprint(n, q, means, size), p)
					if n < 100 {
						check(t, fmt.Sprint(n, q, means, size, "open"), open)
					}
					if p.Height < size[1] || p.Width < size[0] {
						t.Errorf("%d %s: %v × %v does not fill %v", n, q, p.Width, p.Height, size)
					}
				}
			}
		}
	}
}

// What is drawn fits a window of the smallest size without scrolling, until what
// is folded is opened.
func TestFits(t *testing.T) {
	for _, n := range []int{1, 20, 40, 41, 300} {
		for _, means := range []string{reach.MeansNumber, reach.MeansMailbox, reach.MeansPassword} {
			p := draw(t, crowd(n), reach.Steal, means, nil)
			if p.Arrange(640, 560); p.Height > 561 {
				t.Errorf("%d accounts, %s: %v high", n, means, p.Height)
			}
		}
	}
}

func check(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	for i, a := range p.Items {
		x := a.Box
		if x.X < 0 || x.Y < 0 || x.X+x.W > p.Width || x.Y+x.H > p.Height || len(a.Lines) == 0 || len(a.Lines) > 3 || a.Name == "" {
			t.Fatalf("%s: box %+v of %v × %v", what, a, p.Width, p.Height)
		}
		if float32(len(a.Lines))*picture.LineHeight > x.H {
			t.Errorf("%s: the words of %q do not fit", what, a.Name)
		}
		for _, b := range p.Items[:i] {
			y := b.Box
			if x.X < y.X+y.W && y.X < x.X+x.W && x.Y < y.Y+y.H && y.Y < x.Y+x.H {
				t.Fatalf("%s: %q %v and %q %v overlap", what, a.Name, x, b.Name, y)
			}
		}
	}
	for _, e := range p.Edges {
		for k, pt := range e.Points {
			if pt.X < 0 || pt.Y < 0 || pt.X > p.Width || pt.Y > p.Height {
				t.Fatalf("%s: line %+v leaves the picture", what, e)
			}
			if k > 0 {
				behind(t, what, p, e, e.Points[k-1], pt)
			}
		}
		if !at(p.Items[e.From].Box, e.Points[0]) || !at(p.Items[e.To].Box, e.Points[len(e.Points)-1]) {
			t.Fatalf("%s: the line from %q to %q ends beside them", what, p.Items[e.From].Name, p.Items[e.To].Name)
		}
	}
}

// at tells whether a point lies on the edge of a box.
func at(b picture.Box, p picture.Point) bool {
	const hair = 0.01
	return (p.X-b.X < hair && b.X-p.X < hair || p.X-b.X-b.W < hair && b.X+b.W-p.X < hair) && p.Y > b.Y && p.Y < b.Y+b.H
}

// behind looks whether a stretch of a line runs behind a box that is not its
// own.
func behind(t *testing.T, what string, p *picture.Picture, e picture.Edge, a, b picture.Point) {
	t.Helper()
	for i, it := range p.Items {
		x := it.Box
		if i == e.From || i == e.To {
			continue
		}
		for s := range 21 {
			u := float32(s) / 20
			px, py := a.X+(b.X-a.X)*u, a.Y+(b.Y-a.Y)*u
			if px > x.X && px < x.X+x.W && py > x.Y && py < x.Y+x.H {
				t.Fatalf("%s: the line from %q to %q runs behind %q", what, p.Items[e.From].Name, p.Items[e.To].Name, it.Name)
			}
		}
	}
}

// The same person gives the same picture, in whatever order the accounts come.
func TestSamePicture(t *testing.T) {
	for _, n := range []int{30, 120} {
		list := crowd(n)
		want := draw(t, list, reach.Steal, reach.MeansNumber, nil)
		for range 5 {
			rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			got := draw(t, list, reach.Steal, reach.MeansNumber, nil)
			if !reflect.DeepEqual(got.Items, want.Items) || !reflect.DeepEqual(got.Edges, want.Edges) {
				t.Fatalf("%d accounts in another order give another picture", n)
			}
		}
	}
}

// What falls, and nothing else, is drawn as falling, and every account is there
// once, alone or counted by the box that stands for it.
func TestFalls(t *testing.T) {
	for _, n := range []int{0, 1, 20, 40, 100} {
		list := crowd(max(1, n))[:n]
		m := reach.Build(reach.Input{Accounts: list, Platform: platform, Own: []identifier.Identifier{phone, mail}})
		for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
			for _, means := range reach.MeansWords() {
				out, _ := m.Ask(q, []string{means})
				p := draw(t, list, q, means, nil)
				for _, p := range []*picture.Picture{p, draw(t, list, q, means, groups(p))} {
					if all, falls := accounts(p); falls != len(out.Compromised) || all != n {
						t.Errorf("%d accounts, %s %s: %d of %d fall in the picture, %d in the answer", n, q, means, falls, all, len(out.Compromised))
					}
				}
			}
		}
	}
}

// Before and after, the same thing has the same name, so that one picture can
// move into the other.
func TestSameThings(t *testing.T) {
	for _, n := range []int{20, 100} {
		a, b := draw(t, crowd(n), reach.Steal, reach.MeansNumber, nil), draw(t, crowd(n), reach.Steal, reach.MeansMailbox, nil)
		for _, p := range []*picture.Picture{a, b} {
			seen := map[string]bool{}
			for _, it := range p.Items {
				if seen[it.ID] {
					t.Errorf("%s is there twice", it.ID)
				}
				seen[it.ID] = true
			}
		}
		same := 0
		for _, x := range a.Items {
			for _, y := range b.Items {
				if x.ID == y.ID {
					if same++; x.Role < picture.More && x.Role != picture.Group && x.Name != y.Name {
						t.Errorf("%s is %q, then %q", x.ID, x.Name, y.Name)
					}
				}
			}
		}
		if same < 3 {
			t.Errorf("%d accounts: only %d boxes stay", n, same)
		}
	}
}

// A mailbox that a stolen number opens stands on the way, between the number and
// what a mail to it resets.
func TestOnTheWay(t *testing.T) {
	p := draw(t, crowd(20), reach.Steal, reach.MeansNumber, nil)
	step := slices.IndexFunc(p.Items, func(it picture.Item) bool { return it.Role == picture.Step && it.State == picture.Falls })
	if step < 0 {
		t.Fatalf("nothing is on the way: %+v", p.Items)
	}
	in, out := 0, 0
	for _, e := range p.Edges {
		if e.To == step && p.Items[e.From].State == picture.Hand {
			in++
		}
		if e.From == step && p.Items[e.To].Role >= picture.Account {
			out++
		}
	}
	if in != 1 || out < 3 || !strings.Contains(p.Items[step].Name, mail.Masked()) {
		t.Errorf("%q is opened by %d and opens %d", p.Items[step].Name, in, out)
	}
}

// The chain of an account leads from what was stolen to the account, and the
// words say the same.
func TestChain(t *testing.T) {
	p := draw(t, crowd(20), reach.Steal, reach.MeansNumber, nil)
	for i, it := range p.Items {
		if it.Role != picture.Account || it.State != picture.Falls {
			continue
		}
		chain := p.Chain(i)
		hand := slices.ContainsFunc(chain, func(e int) bool { return p.Items[p.Edges[e].From].State == picture.Hand })
		self := slices.ContainsFunc(chain, func(e int) bool { return p.Edges[e].To == i })
		if !hand || !self {
			t.Errorf("%s falls by %d lines, from the number: %v, to it: %v", it.Name, len(chain), hand, self)
		}
		for _, e := range chain {
			if !p.Edges[e].Falls {
				t.Errorf("%s: a line of its chain is not drawn as falling", it.Name)
			}
		}
		if say := strings.Join(p.Say(i), " "); !strings.Contains(say, phone.Masked()) || strings.Contains(say, "639981234") {
			t.Errorf("%s says %q", it.Name, say)
		}
	}
	for i := range p.Items {
		if len(p.Say(i)) == 0 {
			t.Errorf("%s says nothing", p.Items[i].Name)
		}
	}
}

// Hostile names make a picture too.
func TestHostile(t *testing.T) {
	list := crowd(60)
	for i := range list {
		list[i].Name = []string{"", " ", strings.Repeat("x", 5000), "<script>", "\u202e", "a  b", strings.Repeat("ä ", 900)}[i%7]
	}
	p := draw(t, list, reach.Steal, reach.MeansMailbox, nil)
	draw(t, list, reach.Lose, reach.MeansPhone, groups(p))
	if p := draw(t, nil, reach.Steal, reach.MeansNumber, nil); len(p.Edges) != 0 {
		t.Errorf("a picture of nothing has lines: %+v", p.Edges)
	}
}

func BenchmarkPicture300(b *testing.B) {
	list := crowd(300)
	open := groups(draw(b, list, reach.Steal, reach.MeansNumber, nil))
	m := reach.Build(reach.Input{Accounts: list, Platform: platform, Own: []identifier.Identifier{phone, mail}})
	out, _ := m.Ask(reach.Steal, []string{reach.MeansNumber})
	t := printer(b)
	for b.Loop() {
		picture.New(m, t, picture.Options{Outcome: out, Open: open, Tier: func(string) reach.Tier { return reach.TierRest }})
	}
}
