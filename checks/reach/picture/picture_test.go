package picture_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"unlisted/assets"
	"unlisted/checks/access"
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

// numbered is somebody with so many numbers: the first holds one account, the
// second two.
func numbered(n int) (list []account.Account) {
	for i := range n {
		id := identifier.Identifier{Kind: identifier.KindPhone, Value: fmt.Sprintf("+3363998%04d", 1000+i)}
		for j := range i + 1 {
			site := fmt.Sprintf("site%d-%d.example", i, j)
			list = append(list, account.Account{ID: site, Platform: site, Name: site, Identifiers: []identifier.Identifier{id}})
		}
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
	own := []identifier.Identifier{phone, mail}
	for _, a := range accounts {
		for _, id := range a.Identifiers {
			if mine := id.Kind == identifier.KindPhone || strings.HasSuffix(id.Value, "@own.example"); mine && !slices.Contains(own, id) {
				own = append(own, id)
			}
		}
	}
	m := reach.Build(reach.Input{Accounts: accounts, Platform: platform, Own: own, Region: "FR"})
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
		Level: func(id string) access.Level { return m.Grade(id).Security.Level },
	})
}

func isGroup(it picture.Item) bool { return it.Role == picture.Group }

// groups opens every group.
func groups(p *picture.Picture) map[string]bool {
	open := map[string]bool{}
	for _, it := range p.Items {
		if isGroup(it) {
			open[it.ID] = true
		}
	}
	return open
}

// Whatever is drawn: no two boxes touch, all stay inside, lines begin and end
// at their boxes and run behind no other, words fit, each column has its heading
// above it, and nothing is wider or higher than it must be.
func TestLayout(t *testing.T) {
	for _, n := range []int{1, 3, 12, 13, 30, picture.Limit, picture.Limit + 1, 300, 1500} {
		for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
			p := draw(t, crowd(n), q, reach.MeansNumber, nil)
			check(t, fmt.Sprint(n, q), p)
			open := groups(p)
			if grouped := slices.ContainsFunc(p.Items, isGroup); grouped != (n > picture.Limit) {
				t.Errorf("%d accounts, in groups: %t", n, grouped)
			} else if !grouped {
				continue
			}
			if len(p.Items) > 40 {
				t.Errorf("%d accounts make %d boxes while groups are folded", n, len(p.Items))
			}
			check(t, fmt.Sprint(n, q, "open"), draw(t, crowd(n), q, reach.MeansNumber, open))
			for id := range open {
				open[id] = false
				check(t, fmt.Sprint(n, q, "all open but", id), draw(t, crowd(min(n, 300)), q, reach.MeansNumber, open))
				open[id] = true
			}
		}
	}
	for _, means := range []string{reach.MeansPhone, reach.MeansPhoneUnlocked, reach.MeansMailbox, reach.MeansPassword} {
		for _, n := range []int{3, 30} {
			for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
				check(t, fmt.Sprint(n, q, means), draw(t, crowd(n), q, means, nil))
			}
		}
	}
}

// The measures that a reader sees: the margin, the gap between boxes, the height
// in which the columns are centred.
const (
	margin = 10
	gap    = 8
	screen = 520
)

func check(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	right, bottom, first := float32(0), float32(0), p.Width // first is the left edge of the accounts
	for i, a := range p.Items {
		x := a.Box
		if a.Role >= picture.Account {
			first = min(first, x.X)
		}
		right, bottom = max(right, x.X+x.W), max(bottom, x.Y+x.H)
		if x.X < margin || x.Y < margin || len(a.Lines) == 0 || len(a.Lines) > 3 || a.Name == "" {
			t.Fatalf("%s: box %+v of %v × %v", what, a, p.Width, p.Height)
		}
		if height := float32(len(a.Lines)) * picture.LineHeight; height > x.H || x.H > 2*height+margin && a.Role < picture.Account {
			t.Fatalf("%s: %d lines of %q in a box of %v", what, len(a.Lines), a.Name, x.H)
		}
		fits(t, what, a)
		for _, b := range p.Items[:i] {
			y := b.Box
			if x.X < y.X+y.W+gap && y.X < x.X+x.W+gap && x.Y < y.Y+y.H+gap && y.Y < x.Y+x.H+gap {
				t.Fatalf("%s: %q %v and %q %v touch", what, a.Name, x, b.Name, y)
			}
		}
	}
	if len(p.Items) > 0 && (p.Width != right+margin || p.Height != bottom+margin) {
		t.Fatalf("%s: boxes reach to %v, %v in a picture of %v × %v", what, right, bottom, p.Width, p.Height)
	}
	heads(t, what, p)
	rows(t, what, p)
	straight(t, what, p)
	for _, e := range p.Edges {
		from, to := p.Items[e.From].Box, p.Items[e.To].Box
		if !beside(e.Points[0], from) || !beside(e.Points[len(e.Points)-1], to) {
			t.Fatalf("%s: the line %v does not lead from %v to %v", what, e.Points, from, to)
		}
		if e.Back != (from.X >= to.X) {
			t.Fatalf("%s: against the reading direction: %t, from %v to %v", what, e.Back, from, to)
		}
		if direct := to.X <= first; !e.Back && direct != (len(e.Points) == 2) {
			t.Fatalf("%s: %d corners on the way to %v", what, len(e.Points)-2, to)
		}
		for _, pt := range e.Points[:len(e.Points)-1] {
			if !e.Back && pt.X > to.X {
				t.Fatalf("%s: the line %v passes the side of %v", what, e.Points, to)
			}
		}
		if e.Back && from.X == to.X { // along the left edge, in sight and behind no box
			for _, pt := range e.Points[1:3] {
				if pt.X <= 0 || pt.X >= from.X {
					t.Fatalf("%s: the line %v does not pass the boxes at %v", what, e.Points, from)
				}
			}
		} else if last := e.Points[len(e.Points)-1]; (last.X == to.X) != (to.X > from.X) {
			t.Fatalf("%s: the line %v comes to %v from behind", what, e.Points, to)
		}
		for k, pt := range e.Points {
			if pt.X < 0 || pt.Y < 0 || pt.X > p.Width || pt.Y > p.Height {
				t.Fatalf("%s: line %+v leaves the picture", what, e)
			}
			if k > 0 && !e.Back {
				behind(t, what, p, e, e.Points[k-1], pt)
			}
		}
	}
}

// beside reports whether a point is in the middle of the left or right side of
// a box.
func beside(pt picture.Point, b picture.Box) bool {
	return (pt.X == b.X || pt.X == b.X+b.W) && pt.Y == b.Y+b.H/2
}

// fits looks whether the words of a box fit it, and are broken only where they
// must be.
func fits(t *testing.T, what string, it picture.Item) {
	t.Helper()
	limit := int((it.Box.W - 2*picture.Inset) / 7.3) // the width of a letter
	if len(it.Lines) < 3 && strings.Join(it.Lines, " ") != it.Name {
		t.Fatalf("%s: %q is written %q", what, it.Name, it.Lines)
	}
	for i, line := range it.Lines {
		if utf8.RuneCountInString(line) > limit {
			t.Fatalf("%s: %q is too long for %v", what, line, it.Box.W)
		}
		word, _, _ := strings.Cut(line, " ")
		if i > 0 && utf8.RuneCountInString(it.Lines[i-1]+" "+word) <= limit {
			t.Fatalf("%s: %q is broken before %q", what, it.Name, line)
		}
	}
}

// rows looks whether the boxes of a column stand below each other with one gap
// between them, accounts two in a row where there are more than twelve boxes, a
// group over the whole width.
func rows(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	columns := map[int][]picture.Item{}
	for _, it := range p.Items {
		c := min(int(it.Role), 2)
		columns[c] = append(columns[c], it)
	}
	for c, list := range columns {
		two := c == 2 && len(list) > 12
		slices.SortFunc(list, func(a, b picture.Item) int {
			return cmp.Or(cmp.Compare(a.Box.Y, b.Box.Y), cmp.Compare(a.Box.X, b.Box.X))
		})
		full := list[0].Box.W
		if two && list[0].Role == picture.Account {
			full = 2*list[0].Box.W + 14
		}
		for i, it := range list[1:] {
			above := list[i]
			beside := it.Box.Y == above.Box.Y
			if !beside && (it.Box.Y < above.Box.Y+above.Box.H+gap-0.01 || it.Box.Y > above.Box.Y+above.Box.H+gap+0.01) {
				t.Fatalf("%s: %q at %v is below %q at %v", what, it.Name, it.Box, above.Name, above.Box)
			}
			if may := two && it.Role == picture.Account && above.Role == picture.Account; beside && (!may || it.Box.X <= above.Box.X) {
				t.Fatalf("%s: %q stands beside %q", what, it.Name, above.Name)
			}
			if lone := i == 0 || list[i-1].Box.Y != above.Box.Y; two && !beside && lone && it.Role == picture.Account && above.Role == picture.Account {
				t.Fatalf("%s: there is room beside %q for %q", what, above.Name, it.Name)
			}
			if it.Role == picture.Group && it.Box.W != full || !two && it.Box.W != full {
				t.Fatalf("%s: %q is %v wide in a column of %v", what, it.Name, it.Box.W, full)
			}
		}
	}
}

// heads looks whether each column has its heading, with nothing beside it, and
// stands in the middle of what is in sight at first.
func heads(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	column := map[picture.Role]int{picture.Way: 1, picture.Account: 2, picture.Group: 2}
	top, bottom := map[int]float32{}, map[int]float32{}
	left := map[int]float32{}
	for _, it := range p.Items {
		c, b := column[it.Role], it.Box
		if _, ok := left[c]; !ok {
			left[c], top[c] = b.X, b.Y
		}
		left[c], top[c], bottom[c] = min(left[c], b.X), min(top[c], b.Y), max(bottom[c], b.Y+b.H)
	}
	if len(p.Heads) != len(left) {
		t.Fatalf("%s: %d headings of %d columns", what, len(p.Heads), len(left))
	}
	first := top[0]
	for _, y := range top {
		first = min(first, y)
	}
	middle := (first + min(p.Height-margin, first+screen)) / 2
	for i, c := range slices.Sorted(maps.Keys(left)) {
		h := p.Heads[i]
		if h.Text == "" || h.Box.X != left[c] || h.Box.Y != margin || h.Box.Y+h.Box.H > top[c] {
			t.Fatalf("%s: heading %+v over a column at %v, %v", what, h, left[c], top[c])
		}
		if c == 2 {
			middle = (first + p.Height - margin) / 2
		}
		if at := (top[c] + bottom[c]) / 2; bottom[c]-top[c] < screen && (at < middle-1 || at > middle+1) {
			t.Fatalf("%s: column %d has its middle at %v, want %v", what, c, at, middle)
		}
	}
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
		if x.X >= max(a.X, b.X) || x.X+x.W <= min(a.X, b.X) || x.Y >= max(a.Y, b.Y) || x.Y+x.H <= min(a.Y, b.Y) {
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

// What falls, and nothing else, is drawn as falling; groups count it.
func TestFalls(t *testing.T) {
	for _, n := range []int{20, 100} {
		list := crowd(n)
		m := reach.Build(reach.Input{Accounts: list, Platform: platform, Own: []identifier.Identifier{phone, mail}})
		for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
			out, _ := m.Ask(q, []string{reach.MeansNumber})
			p := draw(t, list, q, reach.MeansNumber, nil)
			sum, all := 0, 0
			for _, it := range p.Items {
				switch {
				case it.Role == picture.Group:
					sum, all = sum+it.Compromised, all+it.Count
				case it.Role == picture.Account:
					all++
					if it.State != picture.Calm {
						sum++
					}
				}
			}
			if sum != len(out.Compromised) || all != n {
				t.Errorf("%d accounts, %s: %d of %d fall in the picture, %d in the answer", n, q, sum, all, len(out.Compromised))
			}
		}
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
	for i, it := range p.Items {
		say := p.Say(i)
		state := []string{"", "In other hands.", "Falls with it."}[it.State]
		if len(say) == 0 || it.Role < picture.Account && (state == "") != (len(say) == 1) || it.Role < picture.Account && state != "" && say[0] != state {
			t.Errorf("%s, %q, says %q", it.Name, state, say)
		}
	}
}

// Fourteen ways are drawn one by one; of more the most used, and one box for the
// rest.
func TestManyWays(t *testing.T) {
	ids := []identifier.Identifier{phone, mail}
	for i := range 3 {
		ids = append(ids, identifier.Identifier{Kind: identifier.KindPhone, Value: fmt.Sprintf("+3363998%04d", 1000+i)})
	}
	for i := range 5 {
		ids = append(ids, identifier.Identifier{Kind: identifier.KindEmail, Value: fmt.Sprintf("p%d@own.example", i)})
	}
	var list []account.Account
	has := func(id identifier.Identifier, factors ...string) {
		site := fmt.Sprintf("site%02d.example", len(list))
		list = append(list, account.Account{ID: site, Platform: site, Name: site, Identifiers: []identifier.Identifier{id}, SecondFactor: factors})
	}
	for range 2 {
		for _, id := range ids {
			has(id)
		}
	}
	has(phone, "totp")
	has(phone, "totp")
	has(mail, "totp")
	for _, c := range []struct {
		more  []identifier.Identifier
		other int // accounts that open by the ways without a box
	}{{}, {ids[2:3], 1}, {ids[3:4], 2}} {
		for _, id := range c.more {
			has(id, "totp")
		}
		ways, other := 0, 0
		for _, it := range draw(t, list, reach.Lose, reach.MeansPassword, nil).Items {
			switch {
			case it.Role != picture.Way:
				continue
			case it.Name == "Other ways":
				other = it.Count
			default:
				ways++
			}
			if it.Count < 1 {
				t.Errorf("%s opens nothing", it.Name)
			}
		}
		if ways != 14 || other != c.other {
			t.Errorf("%d accounts: %d ways, and %d accounts by others", len(list), ways, other)
		}
	}
}

// Who signs in to one account with another has a way that names it, and a line
// back from it, drawn with its chain.
func TestSignInWithAnother(t *testing.T) {
	list := []account.Account{
		{ID: "google.com", Platform: "google.com", Name: "Google", Identifiers: []identifier.Identifier{phone}},
		{ID: "shop.example", Platform: "shop.example", Name: "Shop", Findings: []evidence.Finding{
			{Fact: evidence.FactLinked, Detail: "google", Confidence: evidence.Confirmed},
		}},
	}
	p := draw(t, list, reach.Steal, reach.MeansNumber, nil)
	check(t, "sign-in with another", p)
	var chain []string
	for i, it := range p.Items {
		if it.Name == "Shop" {
			for _, e := range p.Chain(i) {
				line := p.Edges[e]
				chain = append(chain, fmt.Sprint(p.Items[line.From].Name, " > ", p.Items[line.To].Name, " ", line.Back))
			}
		}
	}
	slices.Sort(chain)
	want := []string{
		"Google > Sign-in with Google true", "Reset: code to N > Google false", "Sign-in with Google > Shop false",
		"The number N > Reset: code to N false",
	}
	for i := range chain {
		chain[i] = strings.ReplaceAll(chain[i], strings.ReplaceAll(phone.Masked(), " ", "\u00a0"), "N")
	}
	if !slices.Equal(chain, want) {
		t.Errorf("the shop falls by %q, want %q", chain, want)
	}
}

// A name is cut where not even one word of it fits, and no letter sooner.
func TestCut(t *testing.T) {
	for name, want := range map[string]string{
		strings.Repeat("x", 30): strings.Repeat("x", 30),
		strings.Repeat("x", 31): strings.Repeat("x", 29) + "…",
		strings.Repeat("ä", 99): strings.Repeat("ä", 29) + "…",
	} {
		a := account.Account{ID: "a.example", Platform: "a.example", Name: name, Identifiers: []identifier.Identifier{mail}}
		p := draw(t, []account.Account{a}, reach.Lose, reach.MeansPhone, nil)
		for _, it := range p.Items {
			if it.Role == picture.Account && !strings.EqualFold(strings.Join(it.Lines, "|"), want) {
				t.Errorf("%q is written %q", name, it.Lines)
			}
		}
	}
}

// With a box that does not fall go the lines it hangs on, or that hang on it:
// of an account its ways and what they need, of what one has its ways and what
// they open, of a way both.
func TestChainOfWhatStays(t *testing.T) {
	for _, p := range []*picture.Picture{
		draw(t, crowd(20), reach.Steal, reach.MeansPhone, nil), draw(t, crowd(60), reach.Lose, reach.MeansPhoneUnlocked, nil),
	} {
		lines := func(end func(picture.Edge) int, at ...int) (out []int) {
			for i, e := range p.Edges {
				if !e.Back && slices.Contains(at, end(e)) {
					out = append(out, i)
				}
			}
			return out
		}
		from, to := func(e picture.Edge) int { return e.From }, func(e picture.Edge) int { return e.To }
		ends := func(edges []int, end func(picture.Edge) int) (out []int) {
			for _, e := range edges {
				out = append(out, end(p.Edges[e]))
			}
			return out
		}
		for i, it := range p.Items {
			if it.State == picture.Falls {
				continue
			}
			in, out := lines(to, i), lines(from, i)
			want := in
			switch it.Role {
			case picture.Have:
				want = slices.Concat(out, lines(from, ends(out, to)...))
			case picture.Way:
				want = slices.Concat(in, out)
			case picture.Account, picture.Group:
				want = slices.Concat(in, lines(to, ends(in, from)...))
			}
			got := slices.Sorted(slices.Values(p.Chain(i)))
			slices.Sort(want)
			if len(got) == 0 || !slices.Equal(got, want) {
				t.Errorf("%s: lines %v, want %v", it.Name, got, want)
			}
		}
	}
}

// Why an account falls or is lost is told by what is known of it.
func TestWhy(t *testing.T) {
	m := reach.Build(reach.Input{Accounts: crowd(3), Platform: platform, Own: []identifier.Identifier{phone, mail}})
	w, node, missing := printer(t), reach.AccountNode("post.example"), []access.Node{"number:" + access.Node(phone.Value)}
	step := access.Step{Opens: node, With: missing, Recovery: true}
	for want, c := range map[string]struct {
		q reach.Kind
		f reach.Compromised
	}{
		w.T("reach.lose.missing", "platform", "Post", "means", m.List(w, missing, false)):         {reach.Lose, reach.Compromised{Missing: missing}},
		w.T("reach.lose.missing_assumed", "platform", "Post", "means", m.List(w, missing, false)): {reach.Lose, reach.Compromised{Missing: missing, Assumed: true}},
		w.T("reach.lose.itself", "platform", "Post"):                                              {reach.Lose, reach.Compromised{}},
		w.T("reach.steal.in_hand", "platform", "Post"):                                            {reach.Steal, reach.Compromised{}},
		m.StepWords(w, step, false):                                                               {reach.Steal, reach.Compromised{Chain: []access.Step{step}}},
	} {
		c.f.Node = node
		if got := picture.Why(m, w, c.q, c.f, false); len(got) != 1 || got[0] != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
}

// straight looks whether what one has and the ways stand in the order of what
// they lead to, by the middle of it; what falls counts six times.
func straight(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	for _, column := range []picture.Role{picture.Have, picture.Way} {
		type box struct{ y, to float32 }
		var list []box
		for i, it := range p.Items {
			sum, weight := float32(0), float32(0)
			for _, e := range p.Edges {
				if w := float32(1); e.From == i && !e.Back {
					if e.Falls {
						w = 6
					}
					to := p.Items[e.To].Box
					sum, weight = sum+w*(to.Y+to.H/2), weight+w
				}
			}
			if it.Role == column && weight > 0 {
				list = append(list, box{it.Box.Y, sum / weight})
			}
		}
		slices.SortFunc(list, func(a, b box) int { return cmp.Compare(a.y, b.y) })
		for i := range list {
			if i > 0 && list[i].to < list[i-1].to-0.1 {
				t.Fatalf("%s: the boxes at %v and %v lead to %v and %v", what, list[i-1].y, list[i].y, list[i-1].to, list[i].to)
			}
		}
	}
}

// boxes writes the boxes that are no single account, in their order: name, state,
// accounts.
func boxes(p *picture.Picture) (out []string) {
	for _, it := range p.Items {
		if it.Role != picture.Account {
			state := []string{"", " in hand", " falls"}[it.State]
			out = append(out, strings.ReplaceAll(fmt.Sprintf("%s: %d%s", it.Name, it.Count, state), "\u00a0", " "))
		}
	}
	return out
}

// What is drawn, in which order, and what falls: means that some way needs, the
// person's numbers, mailboxes and phone in any case; ways that fall first, then
// the most used; groups that fall first.
func TestBoxes(t *testing.T) {
	for name, c := range map[string]struct {
		p    *picture.Picture
		want []string
	}{
		"the number stolen": {draw(t, crowd(8), reach.Steal, reach.MeansNumber, nil), []string{
			"Your phone: 1", "The mailbox a•••@other.example: 1", "The mailbox p•••@post.example: 7 falls",
			"The number +33 6 •• •• •• 34: 3 in hand", "Your passwords: 8",
			"Reset: mail to p•••@post.example: 6 falls", "Reset: code to +33 6 •• •• •• 34: 3 falls", "Password: 7",
			"Reset: authenticator app + mail to p•••@post.example: 1", "Reset: mail to a•••@other.example: 1",
			"Password + authenticator app: 1",
		}},
		"the phone stolen": {draw(t, crowd(3), reach.Steal, reach.MeansPhone, nil), []string{
			"The mailbox p•••@post.example: 2 falls", "The number +33 6 •• •• •• 34: 1 falls", "Your passwords: 3",
			"Your phone: 0 in hand", "Reset: mail to p•••@post.example: 2 falls", "Reset: code to +33 6 •• •• •• 34: 1 falls",
			"Password: 3",
		}},
		"in groups, the phone lost": {draw(t, crowd(48), reach.Lose, reach.MeansPhone, nil), []string{
			"Your phone: 9 in hand", "The mailbox a•••@other.example: 1", "The mailbox p•••@post.example: 47",
			"The number +33 6 •• •• •• 34: 16 falls", "Your passwords: 48",
			"Password: 39", "Reset: mail to p•••@post.example: 38", "Reset: code to +33 6 •• •• •• 34: 13",
			"Reset: authenticator app + mail to p•••@post.example: 9", "Password + authenticator app: 9",
			"Reset: authenticator app + code to +33 6 •• •• •• 34: 3", "Reset: mail to a•••@other.example: 1",
			"Everything else, good: 9 · 9 lost: 9 falls", "Everything else, weak: 38: 38",
		}},
		"six numbers": {draw(t, numbered(6), reach.Lose, reach.MeansPassword, nil), []string{
			"The mailbox p•••@post.example: 0", "Other numbers: 3", "The number +33 6 •• •• •• 02: 3", "The number +33 6 •• •• •• 03: 4",
			"The number +33 6 •• •• •• 04: 5", "The number +33 6 •• •• •• 05: 6", "Your passwords: 21 in hand",
			"Your phone: 0", "Password: 21", "Reset: code to +33 6 •• •• •• 05: 6", "Reset: code to +33 6 •• •• •• 04: 5",
			"Reset: code to +33 6 •• •• •• 03: 4", "Reset: code to +33 6 •• •• •• 02: 3", "Reset: code to another number: 3",
		}},
	} {
		for _, it := range c.p.Items {
			if it.Role == picture.Have && strings.Contains(it.Name, "+33") && !strings.Contains(it.Name, "+33\u00a06\u00a0••\u00a0••") {
				t.Errorf("%s: the number in %q may break", name, it.Name)
			}
		}
		if got := boxes(c.p); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
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
		picture.New(m, t, picture.Options{Outcome: out, Open: open, Tier: func(string) reach.Tier { return reach.TierRest }, Level: func(string) access.Level { return access.Poor }})
	}
}
