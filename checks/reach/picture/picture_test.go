package picture_test

import (
	"fmt"
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

func platform(id, _ string) *catalog.Platform {
	p := &catalog.Platform{ID: id, Name: id, Domains: []string{id}, Exit: catalog.ExitAfterApp, Methods: []string{"sms", "totp"}}
	switch id {
	case "post.example":
		p.Categories = []string{"email"}
	case "taxi.example":
		p.Guide = &catalog.Guide{Ways: []catalog.Way{
			{Needs: []string{"number"}, Confidence: "official"}, {Needs: []string{"password", "app"}, Confidence: "official"},
		}}
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
			if id.Kind == identifier.KindPhone && !slices.Contains(own, id) {
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
					if size[1] == 0 {
						full(t, fmt.Sprint(n, q, means, size), p)
					}
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

// Lines between boxes of one column keep to the same rules.
func TestLayoutOnTheWay(t *testing.T) {
	p := draw(t, relayed(), reach.Steal, reach.MeansNumber, nil)
	arcs := 0
	for _, e := range p.Edges {
		if p.Items[e.From].Role == picture.Step && p.Items[e.To].Role == picture.Step {
			arcs++
		}
	}
	if arcs != 2 {
		t.Errorf("%d lines lead from a step to a step, want 2:\n%s", arcs, told(p))
	}
	for _, size := range [][2]float32{{760, 0}, {300, 100}, {900, 700}, {1600, 1300}} {
		p.Arrange(size[0], size[1])
		check(t, fmt.Sprint(size), p)
	}
}

// A wider frame gives wider columns, between what a masked number needs and what
// reads well.
func TestColumns(t *testing.T) {
	p := draw(t, crowd(8), reach.Steal, reach.MeansNumber, nil)
	for _, c := range []struct {
		width float32
		want  [3][2]float32 // left edge and width
	}{
		{300, [3][2]float32{{12, 156.8}, {198.6, 146}, {374.4, 173.6}}},
		{560, [3][2]float32{{12, 156.8}, {198.6, 146}, {374.4, 173.6}}},
		{760, [3][2]float32{{12, 210}, {279.8, 174.8}, {512.4, 235.6}}},
		{1600, [3][2]float32{{12, 210}, {655, 200}, {1288, 300}}},
	} {
		p.Arrange(c.width, 500)
		for _, it := range p.Items {
			if want := c.want[min(it.Role, picture.Account)]; !near(it.Box.X, want[0]) || !near(it.Box.W, want[1]) {
				t.Errorf("%v wide: %q at %v, %v wide, want %v", c.width, it.Name, it.Box.X, it.Box.W, want)
			}
		}
	}
}

// Rows of accounts grow with the height, and a fifth or so of that goes between
// them.
func TestRows(t *testing.T) {
	p := draw(t, crowd(8), reach.Steal, reach.MeansNumber, nil)
	for _, c := range []struct{ height, row, between float32 }{
		{0, 25, 5}, {250, 25, 5}, {400, 31.98, 9.02}, {500, 40, 11.77}, {1000, 40, 20},
	} {
		p.Arrange(760, c.height)
		list := p.Items[len(p.Items)-8:]
		a, b := list[0].Box, list[1].Box
		if !near(a.H, c.row) || !near(b.Y-a.Y-a.H, c.between) {
			t.Errorf("%v high: rows of %v, %v between, want %v", c.height, a.H, b.Y-a.Y-a.H, c)
		}
	}
}

// Ten accounts are shown one by one, of more the rest is folded into the tenth
// row; over forty stand in groups.
func TestFolding(t *testing.T) {
	for n, want := range map[int][3]int{ // accounts, in the last row, groups
		3: {3, 0, 0}, 10: {10, 0, 0}, 11: {9, 2, 0}, 39: {9, 30, 0}, 40: {9, 31, 0}, 41: {1, 0, 1}, 42: {1, 0, 1},
	} {
		var got [3]int
		for _, it := range draw(t, crowd(n), reach.Steal, reach.MeansPassword, nil).Items {
			switch it.Role {
			case picture.Account:
				got[0]++
			case picture.More:
				got[1] += it.Count
			case picture.Group:
				got[2]++
			}
		}
		if got != want {
			t.Errorf("%d accounts: %v shown, folded, groups, want %v", n, got, want)
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
		if x.X < margin || x.Y < margin || x.X+x.W > p.Width-margin+0.1 || x.Y+x.H > p.Height-margin+0.1 || len(a.Lines) == 0 || len(a.Lines) > 3 || a.Name == "" {
			t.Fatalf("%s: box %+v of %v × %v", what, a, p.Width, p.Height)
		}
		if float32(len(a.Lines))*picture.LineHeight > x.H {
			t.Errorf("%s: the words of %q do not fit", what, a.Name)
		}
		for _, b := range p.Items[:i] {
			y := b.Box
			if x.X < y.X+y.W+gap && y.X < x.X+x.W+gap && x.Y < y.Y+y.H+gap && y.Y < x.Y+x.H+gap {
				t.Fatalf("%s: %q %v and %q %v touch", what, a.Name, x, b.Name, y)
			}
		}
		words(t, what, a)
	}
	rows(t, what, p)
	heads(t, what, p)
	for role, apart := range []float32{12, 22} {
		spread(t, what, p, picture.Role(role), apart)
	}
	for _, e := range p.Edges {
		if from := p.Items[e.From]; e.Falls != (from.State != picture.Calm) {
			t.Fatalf("%s: a line from %q is drawn as falling: %v", what, from.Name, e.Falls)
		}
		shape(t, what, p, e)
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

// The measures that a reader sees: the margin, and the least gap between boxes.
const (
	margin = 12
	gap    = 4.9
)

// at tells whether a point lies in the middle of a side of a box.
func at(b picture.Box, p picture.Point) bool {
	return (near(p.X, b.X) || near(p.X, b.X+b.W)) && near(p.Y, b.Y+b.H/2)
}

func near(a, b float32) bool { return a-b < 0.1 && b-a < 0.1 }

// words looks whether those of a box fit it, and are broken or cut only where
// they must be.
func words(t *testing.T, what string, it picture.Item) {
	t.Helper()
	limit, most := int((it.Box.W-2*picture.Inset)/7.3), 3 // the width of a letter
	if it.Role >= picture.Account {
		most = 1
	}
	last := it.Lines[len(it.Lines)-1]
	if cut := strings.HasSuffix(last, "…"); !cut && strings.Join(it.Lines, " ") != it.Name || len(it.Lines) > most || cut && len(it.Lines) < most {
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

// rows looks whether accounts stand below each other, alike, at the right edge
// and in the middle of the height, what falls apart from what stays.
func rows(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	list := slices.DeleteFunc(slices.Clone(p.Items), func(it picture.Item) bool { return it.Role < picture.Account })
	if len(list) == 0 {
		return
	}
	first, between := list[0].Box, float32(0)
	for i, it := range list {
		b := it.Box
		if b.X != first.X || b.W != first.W || b.H != first.H || b.H < 25 || b.H > 40 || !near(b.X+b.W, p.Width-margin) {
			t.Fatalf("%s: %q at %v, the first at %v", what, it.Name, b, first)
		}
		if i == 0 {
			continue
		}
		above := list[i-1]
		g := b.Y - above.Box.Y - above.Box.H
		if (it.State == picture.Calm) != (above.State == picture.Calm) {
			g -= 22
		}
		if between == 0 {
			between = g
		}
		if !near(g, between) || g < gap || g > 20.1 {
			t.Fatalf("%s: %v between %q and %q", what, g, above.Name, it.Name)
		}
	}
	last := list[len(list)-1].Box
	if top, bottom := first.Y-margin-26, p.Height-margin-last.Y-last.H; !near(top, bottom) {
		t.Fatalf("%s: %v above the accounts, %v below", what, top, bottom)
	}
}

// spread looks whether each box of a column stands beside the middle of what
// hangs on it, what falls counting four times, or as near as its neighbours and
// the edges let it.
func spread(t *testing.T, what string, p *picture.Picture, role picture.Role, apart float32) {
	t.Helper()
	for i, it := range p.Items {
		if it.Role != role {
			continue
		}
		sum, weight := float32(0), float32(0)
		for _, e := range p.Edges {
			to, w := p.Items[e.To], float32(1)
			if e.From != i || to.Role <= role {
				continue
			}
			if e.Falls {
				w = 4
			}
			sum, weight = sum+w*(to.Box.Y+to.Box.H/2), weight+w
		}
		wish := (26 + p.Height) / 2 // of what nothing hangs on
		if weight > 0 {
			wish = sum / weight
		}
		b, top, high, low := it.Box, wish-it.Box.H/2, false, false
		high = near(b.Y, margin+26)
		low = near(b.Y+b.H, p.Height-margin)
		for k, other := range p.Items {
			o := other.Box
			if k == i || other.Role != role {
				continue
			}
			high, low = high || near(o.Y+o.H+apart, b.Y), low || near(b.Y+b.H+apart, o.Y)
			if o.Y < b.Y && other.State == picture.Calm && it.State != picture.Calm {
				t.Fatalf("%s: %q stands over %q", what, other.Name, it.Name)
			}
		}
		// Held from above where it would rise, from below where it would sink.
		if b.Y > top+0.1 && !high || b.Y < top-0.1 && !low {
			t.Fatalf("%s: %q at %v has its middle far from %v", what, it.Name, b, wish)
		}
	}
}

// full looks whether a picture without a frame is no higher than its highest
// column.
func full(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	var top, bottom [3]bool
	for _, it := range p.Items {
		column := min(it.Role, picture.Account)
		top[column] = top[column] || near(it.Box.Y, margin+26)
		bottom[column] = bottom[column] || near(it.Box.Y+it.Box.H, p.Height-margin)
	}
	if !top[0] && !top[1] && !top[2] || !(top[0] && bottom[0] || top[1] && bottom[1] || top[2] && bottom[2]) {
		t.Fatalf("%s: no column fills the height of %v", what, p.Height)
	}
}

// shape looks whether a line goes on to its end, level at both ends, and passes
// the middle column as near to the straight way as the boxes let it.
func shape(t *testing.T, what string, p *picture.Picture, e picture.Edge) {
	t.Helper()
	from, to, pts := p.Items[e.From], p.Items[e.To], e.Points
	if from.Role == picture.Step && to.Role == picture.Step {
		arc(t, what, from.Box, to.Box, pts)
		return
	}
	for i, pt := range pts[1:] {
		if pt.X <= pts[i].X {
			t.Fatalf("%s: the line %v goes back", what, pts)
		}
	}
	if len(pts) < 20 {
		mid := pts[len(pts)/2]
		if a, b := pts[0], pts[len(pts)-1]; !near(2*mid.X, a.X+b.X) || !near(2*mid.Y, a.Y+b.Y) {
			t.Fatalf("%s: the line %v is no curve of two equal halves", what, pts)
		}
		return
	}
	y, want, first := pts[len(pts)/2].Y, (pts[0].Y+pts[len(pts)-1].Y)/2, p.Height
	for _, it := range p.Items {
		if it.Role == picture.Step {
			first = min(first, it.Box.Y)
		}
	}
	free := func(y float32) bool {
		return !slices.ContainsFunc(p.Items, func(it picture.Item) bool {
			top, bottom := it.Box.Y-7, it.Box.Y+it.Box.H+7
			if it.Box.Y == first {
				top -= 18 // its heading
			}
			return it.Role == picture.Step && y > top+0.1 && y < bottom-0.1
		})
	}
	if !free(y) {
		t.Fatalf("%s: the line %v passes at %v, too near to a box", what, pts, y)
	}
	for d, far := float32(0), max(y-want, want-y)-0.5; d < far; d += 0.2 {
		if free(want+d) || free(want-d) {
			t.Fatalf("%s: the line %v passes at %v, could %v from %v", what, pts, y, d, want)
		}
	}
}

// arc looks whether a line between two boxes of a column leaves both on the left
// and bends evenly around what is between them.
func arc(t *testing.T, what string, from, to picture.Box, pts []picture.Point) {
	t.Helper()
	last := len(pts) - 1
	mid, step := last/2, (to.Y+to.H/2-from.Y-from.H/2)/float32(last)
	good := last >= 8 && near(pts[0].X, from.X) && near(pts[last].X, to.X) && near(pts[mid].X, from.X-22)
	for i := range pts {
		good = good && near(pts[i].X, pts[last-i].X) && near(pts[i].Y, pts[0].Y+float32(i)*step)
		if i > 0 && i <= mid {
			good = good && pts[i].X < pts[i-1].X
		}
	}
	if !good {
		t.Fatalf("%s: the line %v does not bend around the left of %v and %v", what, pts, from, to)
	}
}

// heads looks whether each column has its heading, above it and beside nothing
// else, and what falls and what stays has one with how many there are.
func heads(t *testing.T, what string, p *picture.Picture) {
	t.Helper()
	all, falls := accounts(p)
	want := map[string]int{} // heading -> accounts
	for _, it := range p.Items {
		switch {
		case it.Role < picture.Account:
			want[fmt.Sprint(it.Role)] = -1
		case it.State == picture.Calm:
			want["kept"] = all - falls
		default:
			want["falls"] = falls
		}
	}
	if len(p.Heads) != len(want) {
		t.Fatalf("%s: headings %+v of %v", what, p.Heads, want)
	}
	for _, h := range p.Heads {
		i := slices.IndexFunc(p.Items, func(it picture.Item) bool { return near(it.Box.X, h.Box.X) && it.Box.Y > h.Box.Y })
		if i < 0 || h.Text == "" || h.Box.Y < margin {
			t.Fatalf("%s: heading %+v above nothing", what, h)
		}
		if it := p.Items[i]; it.Role >= picture.Account {
			n := want["kept"]
			if it.State != picture.Calm {
				n = want["falls"]
			}
			if !strings.Contains(h.Text, fmt.Sprint(n)) || !near(h.Box.Y+h.Box.H+2, it.Box.Y) {
				t.Fatalf("%s: heading %+v of %d accounts above %v", what, h, n, it.Box)
			}
		}
		for _, it := range p.Items {
			x, y := it.Box, h.Box
			if x.X < y.X+y.W && y.X < x.X+x.W && x.Y < y.Y+y.H && y.Y < x.Y+x.H {
				t.Fatalf("%s: heading %+v over %q at %v", what, h, it.Name, x)
			}
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

// A box lights the lines that lead to it, back to their beginning, and those that
// lead on from it; and says what it is in the question.
func TestLights(t *testing.T) {
	p, words := draw(t, crowd(8), reach.Steal, reach.MeansNumber, nil), printer(t)
	numbered := "The number +336••••••34 > "
	opened := []string{
		"The mailbox p•••@post > site0001", "The mailbox p•••@post > site0002", "The mailbox p•••@post > site0004",
		"The mailbox p•••@post > site0007",
	}
	for name, c := range map[string]struct {
		lines, say []string
	}{
		"Your authenticator app": {[]string{"Your authenticator app > site0005"}, []string{words.N("picture.say.have", 1)}},
		"The number +336••••••34": {
			append(slices.Clone(opened), numbered+"Post", numbered+"The mailbox p•••@post", numbered+"site0003", numbered+"site0006"),
			[]string{words.T("picture.state.steal.hand"), words.N("picture.say.have", 3)},
		},
		"The mailbox p•••@post": {
			append(slices.Clone(opened), numbered+"The mailbox p•••@post"),
			[]string{words.T("picture.state.steal.falls"), words.N("picture.say.step", 4)},
		},
		"site0007": {[]string{"The mailbox p•••@post > site0007", numbered + "The mailbox p•••@post"}, nil},
		"site0003": {[]string{numbered + "site0003"}, nil},
		"site0005": {[]string{"Your authenticator app > site0005", "Your passwords > site0005"}, nil},
	} {
		i := slices.IndexFunc(p.Items, func(it picture.Item) bool { return short(it.Name) == name })
		if i < 0 {
			t.Fatalf("%s is not there", name)
		}
		var got []string
		for _, e := range p.Chain(i) {
			got = append(got, short(p.Items[p.Edges[e].From].Name)+" > "+short(p.Items[p.Edges[e].To].Name))
		}
		slices.Sort(got)
		slices.Sort(c.lines)
		if !slices.Equal(got, c.lines) {
			t.Errorf("%s lights %q, want %q", name, got, c.lines)
		}
		if say := p.Say(i); c.say != nil && !slices.Equal(say, c.say) {
			t.Errorf("%s says %q, want %q", name, say, c.say)
		}
	}
}

// An account says how it falls step by step; one that is lost, what is missing, and
// whether that is only assumed; one that nothing leads to, that it is in hand or
// lost itself.
func TestWhy(t *testing.T) {
	m := reach.Build(reach.Input{Accounts: crowd(4), Platform: platform, Own: []identifier.Identifier{phone, mail}})
	number, site := access.Node("number:"+phone.Value), reach.AccountNode("site0001.example")
	chain := []access.Step{{Opens: site, With: []access.Node{number}}}
	for name, c := range map[string]struct {
		question reach.Kind
		falls    reach.Compromised
		want     []string
	}{
		"opened":             {reach.Steal, reach.Compromised{Chain: chain}, []string{"chain"}},
		"in hand":            {reach.Steal, reach.Compromised{}, []string{"reach.steal.in_hand"}},
		"lost itself":        {reach.Lose, reach.Compromised{}, []string{"reach.lose.itself"}},
		"missing":            {reach.Lose, reach.Compromised{Missing: []access.Node{number}}, []string{"reach.lose.missing"}},
		"missing, assumed":   {reach.Lose, reach.Compromised{Missing: []access.Node{number}, Assumed: true}, []string{"reach.lose.missing_assumed"}},
		"lost itself, doubt": {reach.Lose, reach.Compromised{Assumed: true}, []string{"reach.lose.itself"}},
		"lost by a chain":    {reach.Lose, reach.Compromised{Chain: chain}, []string{"chain"}},
	} {
		words, want := printer(t), c.want
		c.falls.Node = site
		for i, key := range want {
			want[i] = words.T(key, "platform", "Long site0001.example", "means", m.List(words, c.falls.Missing, false))
			if key == "chain" {
				want[i] = m.StepWords(words, chain[0], false)
			}
		}
		got := picture.Why(m, words, c.question, c.falls, false)
		if len(got) != len(want) || !strings.EqualFold(strings.Join(got, "|"), strings.Join(want, "|")) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Each grade has words of its own, the unknown one too.
func TestLevel(t *testing.T) {
	words, seen := printer(t), map[string]bool{}
	for _, l := range []access.Level{access.Unknown, access.Poor, access.Fair, access.Good} {
		key := "reach.level." + picture.Level(l)
		if !words.Has(key) || seen[key] {
			t.Errorf("%v: %q", l, key)
		}
		seen[key] = true
	}
}

// short makes names of the tests easy to write.
func short(name string) string {
	return strings.NewReplacer("Long ", "", ".example", "", "\u00a0", "").Replace(name)
}

// told writes the boxes of a picture in their order, with what they stand for, and
// its lines.
func told(p *picture.Picture) string {
	var out []string
	for _, it := range p.Items {
		line := fmt.Sprintf("%s %s%s", []string{"have", "step", "account", "group", "more"}[it.Role], short(it.Name), []string{"", ", in hand", ", falls"}[it.State])
		if it.Count > 0 {
			line += fmt.Sprintf(" (%d, %d fall)", it.Count, it.Compromised)
		}
		out = append(out, line)
	}
	for _, e := range p.Edges {
		line := short(p.Items[e.From].Name) + " > " + short(p.Items[e.To].Name)
		if e.Falls {
			line += ", falls"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
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

// signedIn is somebody who signs in to a shop with Google.
func signedIn() []account.Account {
	linked := evidence.Finding{Fact: evidence.FactLinked, Detail: "google", Confidence: evidence.Confirmed}
	return []account.Account{
		{ID: "google.com", Platform: "google.com", Name: "Google", Identifiers: []identifier.Identifier{phone}},
		{ID: "shop.example", Platform: "shop.example", Name: "Shop", Findings: []evidence.Finding{linked}},
	}
}

// relayed is somebody whose number opens the mailbox, the mailbox two networks,
// and those a shop each.
func relayed() []account.Account {
	list := crowd(1)
	for _, network := range []string{"google", "facebook"} {
		id, shop := network+".com", "shop-"+network+".example"
		linked := evidence.Finding{Fact: evidence.FactLinked, Detail: network, Confidence: evidence.Confirmed}
		list = append(list,
			account.Account{ID: id, Platform: id, Name: network, Identifiers: []identifier.Identifier{mail}},
			account.Account{ID: shop, Platform: shop, Name: shop, Findings: []evidence.Finding{linked}})
	}
	return list
}

// riding is somebody with a taxi account, which opens with the number, or with
// the password and the app.
func riding() []account.Account {
	return []account.Account{{
		ID: "taxi.example", Platform: "taxi.example", Name: "Taxi", SecondFactor: []string{"totp"},
		Identifiers: []identifier.Identifier{phone},
	}}
}

// What is drawn, in which order, and what falls: what the question is about and
// what an account hangs on; what it opens on the way; the accounts, what falls
// first. A line leads from each to what hangs on it.
func TestWhatIsDrawn(t *testing.T) {
	for name, c := range map[string]struct {
		p    *picture.Picture
		want []string
	}{
		"the number stolen": {draw(t, crowd(8), reach.Steal, reach.MeansNumber, nil), []string{
			"have Your authenticator app (1, 0 fall)", "have The number +336••••••34, in hand (3, 0 fall)",
			"have Your passwords (1, 0 fall)", "step The mailbox p•••@post, falls (4, 0 fall)",
			"account Post, falls", "account site0007, falls", "account site0006, falls", "account site0004, falls",
			"account site0003, falls", "account site0002, falls", "account site0001, falls", "account site0005",
			"Your authenticator app > site0005", "The number +336••••••34 > The mailbox p•••@post, falls",
			"The number +336••••••34 > Post, falls", "The number +336••••••34 > site0006, falls",
			"The number +336••••••34 > site0003, falls", "Your passwords > site0005",
			"The mailbox p•••@post > site0007, falls", "The mailbox p•••@post > site0004, falls",
			"The mailbox p•••@post > site0002, falls", "The mailbox p•••@post > site0001, falls",
		}},
		"the phone stolen, unlocked": {draw(t, crowd(4), reach.Steal, reach.MeansPhoneUnlocked, nil), []string{
			"have Your phone, in hand", "step The mailbox p•••@post, falls (2, 0 fall)",
			"step The number +336••••••34, falls (2, 0 fall)", "account Post, falls", "account site0003, falls",
			"account site0002, falls", "account site0001, falls", "Your phone > The mailbox p•••@post, falls",
			"Your phone > The number +336••••••34, falls", "The mailbox p•••@post > site0002, falls",
			"The mailbox p•••@post > site0001, falls", "The number +336••••••34 > Post, falls",
			"The number +336••••••34 > site0003, falls",
		}},
		"the phone lost": {draw(t, crowd(6), reach.Lose, reach.MeansPhone, nil), []string{
			"have Your passwords (5, 0 fall)", "have Your phone, in hand",
			"step Your authenticator app, falls (1, 0 fall)", "account site0005, falls", "account Post",
			"account site0004", "account site0003", "account site0002", "account site0001", "Your passwords > Post",
			"Your passwords > site0004", "Your passwords > site0003", "Your passwords > site0002",
			"Your passwords > site0001", "Your phone > Your authenticator app, falls",
			"Your authenticator app > site0005, falls",
		}},
		"the mailbox stolen, many accounts": {draw(t, crowd(48), reach.Steal, reach.MeansMailbox, nil), []string{
			"have Your authenticator app (9, 0 fall)", "have The mailbox p•••@post, in hand (39, 0 fall)",
			"have Your passwords (9, 0 fall)", "account Post, in hand",
			"group Everything else · 38, falls (38, 38 fall)", "group Everything else · 9 (9, 0 fall)",
			"Your authenticator app > Everything else · 9", "The mailbox p•••@post > Post, falls",
			"The mailbox p•••@post > Everything else · 38, falls", "Your passwords > Everything else · 9",
		}},
		"the mailbox stolen": {draw(t, crowd(6), reach.Steal, reach.MeansMailbox, nil), []string{
			"have Your authenticator app (1, 0 fall)", "have The mailbox p•••@post, in hand (5, 0 fall)",
			"have Your passwords (1, 0 fall)", "account Post, in hand", "account site0004, falls",
			"account site0003, falls", "account site0002, falls", "account site0001, falls", "account site0005",
			"Your authenticator app > site0005", "The mailbox p•••@post > Post, falls",
			"The mailbox p•••@post > site0004, falls", "The mailbox p•••@post > site0003, falls",
			"The mailbox p•••@post > site0002, falls", "The mailbox p•••@post > site0001, falls",
			"Your passwords > site0005",
		}},
		"the mailbox lost": {draw(t, crowd(6), reach.Lose, reach.MeansMailbox, nil), []string{
			"have Your authenticator app (1, 0 fall)", "have The mailbox p•••@post, in hand",
			"have Your passwords (5, 0 fall)", "account Post, in hand", "account site0005", "account site0004",
			"account site0003", "account site0002", "account site0001", "Your authenticator app > site0005",
			"Your passwords > site0005", "Your passwords > site0004", "Your passwords > site0003",
			"Your passwords > site0002", "Your passwords > site0001",
		}},
		"nothing falls": {draw(t, numbered(5)[:12], reach.Steal, reach.MeansPassword, nil), []string{
			"have Your passwords (12, 0 fall)", "account site0-0", "account site1-0", "account site1-1",
			"account site2-0", "account site2-1", "account site2-2", "account site3-0", "account site3-1",
			"account site3-2", "more and 3 more (3, 0 fall)", "Your passwords > site0-0", "Your passwords > site1-0",
			"Your passwords > site1-1", "Your passwords > site2-0", "Your passwords > site2-1",
			"Your passwords > site2-2", "Your passwords > site3-0", "Your passwords > site3-1",
			"Your passwords > site3-2", "Your passwords > and 3 more",
		}},
		"more numbers than have boxes": {draw(t, numbered(5)[:6], reach.Steal, reach.MeansNumber, nil), []string{
			"have The number +336••••••00, in hand (1, 0 fall)", "have The number +336••••••01, in hand (2, 0 fall)",
			"have The number +336••••••02, in hand (3, 0 fall)", "have Other numbers, in hand",
			"account site0-0, falls", "account site1-0, falls", "account site1-1, falls", "account site2-0, falls",
			"account site2-1, falls", "account site2-2, falls", "The number +336••••••00 > site0-0, falls",
			"The number +336••••••01 > site1-0, falls", "The number +336••••••01 > site1-1, falls",
			"The number +336••••••02 > site2-0, falls", "The number +336••••••02 > site2-1, falls",
			"The number +336••••••02 > site2-2, falls",
		}},
		"the most used numbers": {draw(t, numbered(5)[3:], reach.Steal, reach.MeansPhoneUnlocked, nil), []string{
			"have Your phone, in hand", "step The number +336••••••02, falls (3, 0 fall)",
			"step The number +336••••••03, falls (4, 0 fall)", "step The number +336••••••04, falls (5, 0 fall)",
			"account site2-0, falls", "account site2-1, falls", "account site2-2, falls", "account site3-0, falls",
			"account site3-1, falls", "account site3-2, falls", "account site3-3, falls", "account site4-0, falls",
			"account site4-1, falls", "more and 3 more, falls (3, 3 fall)",
			"Your phone > The number +336••••••02, falls", "Your phone > The number +336••••••03, falls",
			"Your phone > The number +336••••••04, falls", "The number +336••••••02 > site2-0, falls",
			"The number +336••••••02 > site2-1, falls", "The number +336••••••02 > site2-2, falls",
			"The number +336••••••03 > site3-0, falls", "The number +336••••••03 > site3-1, falls",
			"The number +336••••••03 > site3-2, falls", "The number +336••••••03 > site3-3, falls",
			"The number +336••••••04 > site4-0, falls", "The number +336••••••04 > site4-1, falls",
			"The number +336••••••04 > and 3 more, falls",
		}},
		"an account that opens another": {draw(t, signedIn(), reach.Steal, reach.MeansNumber, nil), []string{
			"have The number +336••••••34, in hand (1, 0 fall)", "step Sign-in with Google, falls (1, 0 fall)",
			"account Google, falls", "account Shop, falls", "The number +336••••••34 > Sign-in with Google, falls",
			"The number +336••••••34 > Google, falls", "Sign-in with Google > Shop, falls",
		}},
		"what a mailbox opens opens more": {draw(t, relayed(), reach.Steal, reach.MeansNumber, nil), []string{
			"have The number +336••••••34, in hand (1, 0 fall)", "step The mailbox p•••@post, falls (2, 0 fall)",
			"step Sign-in with facebook, falls (1, 0 fall)", "step Sign-in with google, falls (1, 0 fall)",
			"account Post, falls", "account facebook, falls", "account google, falls", "account shop-facebook, falls",
			"account shop-google, falls", "The number +336••••••34 > The mailbox p•••@post, falls",
			"The number +336••••••34 > Post, falls", "The mailbox p•••@post > Sign-in with facebook, falls",
			"The mailbox p•••@post > Sign-in with google, falls", "The mailbox p•••@post > facebook, falls",
			"The mailbox p•••@post > google, falls", "Sign-in with facebook > shop-facebook, falls",
			"Sign-in with google > shop-google, falls",
		}},
		"the number lost, not the only way in": {draw(t, riding(), reach.Lose, reach.MeansNumber, nil), []string{
			"have Your authenticator app (1, 0 fall)", "have The number +336••••••34, in hand",
			"have Your passwords (1, 0 fall)", "account Taxi", "Your authenticator app > Taxi", "Your passwords > Taxi",
		}},
		"the passwords lost, not the way back": {draw(t, crowd(6), reach.Lose, reach.MeansPassword, nil), []string{
			"have Your authenticator app (1, 0 fall)", "have The mailbox p•••@post (5, 0 fall)",
			"have The number +336••••••34 (1, 0 fall)", "have Your passwords, in hand", "account Post",
			"account site0005", "account site0004", "account site0003", "account site0002", "account site0001",
			"Your authenticator app > site0005", "The mailbox p•••@post > site0005",
			"The mailbox p•••@post > site0004", "The mailbox p•••@post > site0003",
			"The mailbox p•••@post > site0002", "The mailbox p•••@post > site0001",
			"The number +336••••••34 > Post",
		}},
		"an account that opens another, lost": {draw(t, signedIn(), reach.Lose, reach.MeansNumber, nil), []string{
			"have The number +336••••••34, in hand", "have Your passwords (1, 0 fall)",
			"step Sign-in with Google (1, 0 fall)", "account Google", "account Shop", "Your passwords > Google",
			"Sign-in with Google > Shop",
		}},
	} {
		for _, it := range c.p.Items {
			if it.Role < picture.Account && strings.Contains(it.Name, "+33") && !strings.Contains(it.Name, "+33\u00a06\u00a0••\u00a0••") {
				t.Errorf("%s: the number in %q may break", name, it.Name)
			}
		}
		if got := told(c.p); got != strings.Join(c.want, "\n") {
			t.Errorf("%s:\ngot\n%s\nwant\n%s", name, got, strings.Join(c.want, "\n"))
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
