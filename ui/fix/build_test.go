package fix

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/ui/kit"
)

// still is a window in which nothing happens but what a test does.
type still struct {
	Deps
	d data
}

func (s still) Profile() *profile.Profile   { return s.d.profile }
func (s still) Overview() overview.Overview { return s.d.overview }
func (s still) Reach(bool) *reach.Model     { return s.d.model }
func (s still) Catalog() *catalog.Catalog   { return s.d.catalog }
func (s still) Now() time.Time              { return s.d.now }
func (s still) Redraw()                     {}

// The plan of somebody with 5,000 accounts as it is built at each letter of a
// search.
func BenchmarkBuild(b *testing.B) {
	app := test.NewTempApp(b)
	c := loadCatalog(b)
	p := New(still{d: dataOf(c, claims(c, 5000))})
	k := kit.New(printer(b, "en"), kit.Look{}, theme.VariantLight)
	app.Settings().SetTheme(k.Theme())
	k.SetWidth(1280)
	m := kit.NewMemory()
	for _, q := range []string{"", "b", "bank"} {
		b.Run("search "+q, func(b *testing.B) {
			p.st.query = q
			for b.Loop() {
				p.Build(k.Begin("page", m), "")
			}
		})
	}
	b.Run("guide", func(b *testing.B) {
		for b.Loop() {
			p.Build(k.Begin("page", m), p.d.Overview().Actions[0].Account)
		}
	})
}
