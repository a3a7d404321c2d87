package fix

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/ui/kit"
)

// carrierArg is the address of the page about phone companies, and what its
// ticks are kept under; "/" and an id lead to one advice.
const carrierArg = "carrier"

// carrier is the page about the number itself.
func (p *Page) carrier(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	v := makeCarrier(p.data(), p.st.chosen.of(carrierArg, id), t)
	items := make([]kit.Item, len(v.rows))
	for i, r := range v.rows {
		items[i] = kit.Item{Icon: kit.IconPhone, Title: r.title, Detail: r.where, Chosen: r.chosen}
		if r.done {
			items[i].Icon, items[i].Tags = kit.IconDone, []kit.Tag{{Word: t.T("plan.state.done"), Tone: kit.Good}}
		}
	}
	list := s.Rows(items, func(i int) { p.choose(carrierArg, v.rows[i].id) })
	rows := []fyne.CanvasObject{s.Heading(v.at.title)}
	if v.at.ask != "" {
		rows = append(rows, s.Badge(v.at.ask, kit.Accent))
	}
	rows = append(rows, s.Body(v.at.words))
	for _, src := range v.at.sources {
		rows = append(rows, s.Caption(src.words))
	}
	rows = append(rows, s.Caption(v.reviewed))
	word, kind := "fix.act.done", kit.Primary
	if v.at.done {
		word, kind = "fix.act.undo", kit.Secondary
	}
	tick := s.Button(t.T(word), kind, func() { p.mark(carrierArg, catalog.StepKind(v.at.id), !v.at.done) })
	return s.Page(kit.PageParts{
		Above: p.back(s), Title: t.T("carrier.title"), Lead: t.T("carrier.intro"),
		Tools: kit.CompactColumn(s.Caption(v.progress.words), meter(s, v.progress)),
		Body:  s.ListDetail(list, kit.Column(rows...)), Fill: true,
		Foot: s.ActionBar(v.at.title, tick),
	})
}
