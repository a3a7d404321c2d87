package holders_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/overview/holders"
)

func mail(s string) identifier.Identifier {
	return identifier.Identifier{Kind: identifier.KindEmail, Value: s}
}

var phone = identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}

var sites = sync.OnceValues(func() (*catalog.Catalog, error) {
	return catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
})

func catalogue(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := sites()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// crowd is n accounts at platforms of the catalogue, each holding some of the
// identifiers, and some nothing or a number nobody can place.
func crowd(c *catalog.Catalog, n int, own []identifier.Identifier, r *rand.Rand) []account.Account {
	out := make([]account.Account, n)
	for i := range out {
		p := c.At(i % c.Len())
		out[i] = account.Account{ID: fmt.Sprint(p.ID, "#", i), Platform: p.ID, Name: p.Name}
		if i%17 == 0 {
			out[i].Platform, out[i].Name = fmt.Sprintf("unknown%d.example", i), strings.Repeat("Ω", i%250)
		}
		for _, id := range own {
			if r.IntN(3) == 0 {
				out[i].Identifiers = append(out[i].Identifiers, id, id)
			}
		}
		if i%29 == 0 {
			lost := identifier.Identifier{Kind: identifier.KindUnplaced, Value: []string{"0639981256", "0639981234"}[i%2]}
			out[i].Identifiers = append(out[i].Identifiers, lost, mail("other@mail.example"))
		}
	}
	return out
}

func people(n int) (own []identifier.Identifier) {
	own = append(own, phone)
	for i := 1; i < n; i++ {
		own = append(own, mail(fmt.Sprintf("p%02d@mail.example", i)))
	}
	return own[:n]
}

// Every account stands in one group, and in the flow of each thing it holds; the
// count is done again here, one account after the other.
func TestEveryAccountCountedOnce(t *testing.T) {
	c, r := catalogue(t), rand.New(rand.NewPCG(7, 9))
	for _, n := range []int{0, 1, 5, 26, 300, 5000} {
		for _, ids := range []int{0, 1, 3, 6, 7, 60} {
			own := people(ids)
			list := crowd(c, n, own, r)
			m := holders.Of(list, own, c)
			seen := map[string]int{}
			for _, g := range m.Groups {
				for _, a := range g.Accounts {
					seen[a.ID]++
					if p, known := c.ByID(a.Platform); known && p.Exit != g.Exit && p.Exit != "" {
						t.Errorf("%s stands under %s, the catalogue says %s", a.ID, g.Exit, p.Exit)
					}
				}
			}
			for _, a := range list {
				if seen[a.ID] != 1 {
					t.Fatalf("%d accounts: %s is there %d times", n, a.ID, seen[a.ID])
				}
			}
			if len(seen) != n || len(m.Holdings) > holders.MaxHoldings+2 {
				t.Errorf("%d accounts, %d identifiers: %d counted, %d boxes", n, ids, len(seen), len(m.Holdings))
			}
			again(t, m, own)
		}
	}
}

// again counts the flows by hand.
func again(t *testing.T, m holders.Map, own []identifier.Identifier) {
	t.Helper()
	alone, stood := map[identifier.Identifier]bool{}, 0
	for _, h := range m.Holdings {
		if h.Kind == holders.One {
			alone[h.ID] = true
		}
		stood += h.IDs
	}
	if stood != len(own) {
		t.Errorf("%d identifiers stand for %d", stood, len(own))
	}
	holds := func(a account.Account, h holders.Holding) bool {
		mine, others, unplaced := false, false, false
		for _, id := range a.Identifiers {
			unplaced = unplaced || id.Kind == identifier.KindUnplaced
			for _, o := range own {
				if o == id {
					mine = true
					others = others || !alone[o]
				}
			}
		}
		switch h.Kind {
		case holders.One:
			for _, id := range a.Identifiers {
				if id == h.ID {
					return true
				}
			}
			return false
		case holders.Others:
			return others
		case holders.Unplaced:
			return unplaced
		}
		return !mine && !unplaced
	}
	got := map[[2]int]int{}
	for _, f := range m.Flows {
		got[[2]int{f.Holding, f.Group}] += f.Accounts
	}
	for h, x := range m.Holdings {
		all := 0
		for g, group := range m.Groups {
			want := 0
			for _, a := range group.Accounts {
				if holds(a, x) {
					want++
				}
			}
			all += want
			if got[[2]int{h, g}] != want {
				t.Errorf("%+v holds %d of %s, the map says %d", x, want, group.Exit, got[[2]int{h, g}])
			}
		}
		if all != x.Accounts {
			t.Errorf("%+v is held by %d", x, all)
		}
	}
}

// An address that a platform writes with a tag or with dots is the person's own,
// and stands under the spelling that is nearest.
func TestSpellings(t *testing.T) {
	own := []identifier.Identifier{mail("pat.doe@gmail.com"), mail("pat.doe+shop@gmail.com")}
	list := []account.Account{
		{ID: "a.example", Platform: "a.example", Identifiers: []identifier.Identifier{mail("patdoe+news@gmail.com")}},
		{ID: "b.example", Platform: "b.example", Identifiers: []identifier.Identifier{mail("pat.doe+shop@gmail.com")}},
		{ID: "c.example", Platform: "c.example", Identifiers: []identifier.Identifier{mail("pat.doe@gmail.com")}},
	}
	m := holders.Of(list, own, catalogue(t))
	if len(m.Holdings) != 2 || m.Holdings[0].ID != own[0] || m.Holdings[0].Accounts != 2 || m.Holdings[1].Accounts != 1 {
		t.Errorf("%+v", m.Holdings)
	}
}

// Nothing overlaps, nothing leaves the frame, and the ends of bands lie side by
// side within the edge of their box, thicker where there are more accounts.
func TestArrange(t *testing.T) {
	c, r := catalogue(t), rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 2, 26, 300, 5000} {
		for _, ids := range []int{1, 3, 8, 60} {
			m := holders.Of(crowd(c, n, people(ids), r), people(ids), c)
			for _, size := range [][3]float32{{640, 420, 1}, {320, 200, 1}, {1800, 1400, 1}, {560, 900, 2}, {10, 10, 1}} {
				l := m.Arrange(size[0], size[1], size[2])
				where := fmt.Sprint(n, " accounts, ", ids, " identifiers, in ", size)
				if l.Height < size[1] || len(l.Holdings) != len(m.Holdings) || len(l.Groups) != len(m.Groups) || len(l.Bands) != len(m.Flows) {
					t.Fatalf("%s: %+v", where, l)
				}
				apart(t, where, append(append([]holders.Box{}, l.Holdings...), l.Groups...), size[0], l.Height)
				bands(t, where, m, l)
			}
		}
	}
}

func apart(t *testing.T, where string, boxes []holders.Box, w, h float32) {
	t.Helper()
	const hair = 0.01
	for i, a := range boxes {
		if a.X < -hair || a.Y < -hair || a.X+a.W > w+hair || a.Y+a.H > h+hair || a.W < 0 || a.H <= 0 {
			t.Errorf("%s: %+v leaves %v × %v", where, a, w, h)
		}
		for _, b := range boxes[:i] {
			if a.X+hair < b.X+b.W && b.X+hair < a.X+a.W && a.Y+hair < b.Y+b.H && b.Y+hair < a.Y+a.H {
				t.Errorf("%s: %+v and %+v overlap", where, a, b)
			}
		}
	}
}

func bands(t *testing.T, where string, m holders.Map, l holders.Layout) {
	t.Helper()
	const hair = 0.01
	for i, a := range l.Bands {
		f := m.Flows[i]
		from, to := l.Holdings[f.Holding], l.Groups[f.Group]
		if a.X0 != from.X+from.W || a.X1 != to.X || a.Thick <= 0 ||
			a.Y0-a.Thick/2 < from.Y-hair || a.Y0+a.Thick/2 > from.Y+from.H+hair ||
			a.Y1-a.Thick/2 < to.Y-hair || a.Y1+a.Thick/2 > to.Y+to.H+hair {
			t.Errorf("%s: %+v does not lead from %+v to %+v", where, a, from, to)
		}
		for k, b := range l.Bands[:i] {
			g := m.Flows[k]
			touch := (a.Thick + b.Thick) / 2
			if f.Holding == g.Holding && (a.Y0-b.Y0)+hair < touch || f.Group == g.Group && (a.Y1-b.Y1)+hair < touch {
				t.Errorf("%s: the ends of %+v and %+v lie over each other", where, a, b)
			}
			if f.Accounts > g.Accounts && a.Thick < b.Thick || f.Accounts < g.Accounts && a.Thick > b.Thick {
				t.Errorf("%s: %d accounts are %v thick, %d are %v", where, f.Accounts, a.Thick, g.Accounts, b.Thick)
			}
		}
	}
}

// The order in which accounts come changes nothing.
func TestSameMap(t *testing.T) {
	c, r := catalogue(t), rand.New(rand.NewPCG(5, 6))
	own := people(12)
	list := crowd(c, 400, own, r)
	want := holders.Of(list, own, c)
	for range 4 {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got := holders.Of(list, own, c); !reflect.DeepEqual(got, want) {
			t.Fatal("accounts in another order give another map")
		}
	}
}

func BenchmarkOf5000(b *testing.B) {
	c, r := catalogue(b), rand.New(rand.NewPCG(5, 6))
	own := people(60)
	list := crowd(c, 5000, own, r)
	for b.Loop() {
		holders.Of(list, own, c).Arrange(640, 420, 1)
	}
}
