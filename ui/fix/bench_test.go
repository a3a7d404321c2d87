package fix

import "testing"

// The plan of somebody with 5,000 accounts: worked out, once a change, and then
// searched and filtered, at each letter.
func BenchmarkPlan(b *testing.B) {
	d := dataOf(loadCatalog(b), claims(loadCatalog(b), 5000))
	en := printer(b, "en")
	b.Run("change", func(b *testing.B) {
		for b.Loop() {
			newPlan(d, en)
		}
	})
	w := newPlan(d, en)
	for name, st := range map[string]state{"whole": {}, "search": {query: "bank"}, "done": {shown: showDone}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w.shown(st, en)
			}
		})
	}
}

// One step of a guide.
func BenchmarkGuide(b *testing.B) {
	c := loadCatalog(b)
	d := dataOf(c, claims(c, 5000))
	en := printer(b, "en")
	id := d.overview.Actions[0].Account
	for b.Loop() {
		makeGuide(d, state{}, id, en)
	}
}
