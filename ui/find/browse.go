package find

import (
	"fyne.io/fyne/v2"

	"unlisted/ui/kit"
)

// all is the catalogue: platforms beside what is known of the one that is chosen.
func (p *Page) all(s *kit.Scope) fyne.CanvasObject {
	t, d := s.Text, p.data()
	if p.shelf == nil || len(p.shelf.sorted) != d.catalog.Len() {
		p.shelf = newShelf(d.catalog)
	}
	v := makeBrowse(d, p.shelf, p.st.browse, t)
	items := make([]kit.Item, len(v.rows))
	for i, r := range v.rows {
		items[i] = itemOf(r, i == v.chosen && !s.Narrow())
	}
	tools := kit.Column(
		s.Chips(chipsOf(v.chips), v.group, func(id string) { p.st.browse.filter, p.st.browse.chosen = id, ""; p.d.Redraw() }),
		s.Search("search", t.T("browse.search"), func(q string) { p.st.browse.query = q; p.d.Redraw() }),
	)
	beside := ""
	if v.chosen >= 0 {
		beside = v.rows[v.chosen].id
	}
	p.fromTheTop(s, seen{"all\n" + v.group + "\n" + p.st.browse.query, beside + "\n" + p.st.part})
	return s.Page(kit.PageParts{
		Above: s.Button(t.T("find.back"), kit.Quiet, func() { p.d.Go("find", "") }),
		Title: v.title, Lead: v.lead, Tools: tools, Fill: true,
		Body: p.listBeside(s, items, v.none, beside, func(i int) {
			if p.st.part = ""; s.Narrow() {
				p.d.Go("find", v.rows[i].id)
				return
			}
			p.st.browse.chosen = v.rows[i].id
			p.d.Redraw()
		}),
	})
}
