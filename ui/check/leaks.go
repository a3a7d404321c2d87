package check

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/breach"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// leaks is the line of years, and the list beside what is chosen in it.
func (p *Page) leaks(s *kit.Scope, arg string) fyne.CanvasObject {
	v := p.viewOf(s.Text)
	if s.Narrow() && arg != "" {
		return s.Page(kit.PageParts{Above: p.back(s), Title: p.titleOf(s, arg), Body: p.detail(s, arg, false)})
	}
	page := kit.PageParts{Title: v.title, Lead: v.lead}
	if len(v.all) == 0 {
		page.Body = s.Columns(p.nothing(s, v), s.Panel("", p.hub(s, v)))
		return s.Page(page)
	}
	page.Tools = p.tools(s, v)
	years := s.Panel("", newLine(s, v, p.d.Now(), p.choose(s), p.filter))
	rows := p.rowsOf(s, v)
	if s.Narrow() {
		if p.canAsk() { // what else stands below a long list
			ask := s.Button(s.Text.T("check.hub.go"), kit.Primary, p.to("check", askArg))
			page.Foot = s.ActionBar(s.Text.T("check.hub"), ask)
		}
		page.Body = kit.Column(years, s.ListDetail(rows, nil), s.Panel("", p.hub(s, v)))
		return s.Page(page)
	}
	beside := p.hub(s, v)
	if p.st.chosen != "" {
		beside = p.detail(s, p.st.chosen, true)
	}
	page.Fill = true
	page.Body = container.NewBorder(kit.Column(years, kit.Space()), nil, nil, nil, s.ListDetail(rows, beside))
	return s.Page(page)
}

// nothing is what stands where there is no leak to show: why, and what to do.
func (p *Page) nothing(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	if v.empty {
		find := s.Button(t.T("check.local.find"), kit.Primary, p.to("find", ""))
		return s.Empty(t.T("check.local.empty"), t.T("check.local.empty.why"), find)
	}
	return s.Empty(t.T("check.answer.none"), v.upTo)
}

// tools are the filters and the search.
func (p *Page) tools(s *kit.Scope, v view) fyne.CanvasObject {
	search := s.Search("search", s.Text.T("check.search"), func(typed string) {
		p.st.search = typed
		p.d.Redraw()
	})
	chips := make([]kit.Chip, len(v.chips))
	for i, c := range v.chips {
		chips[i] = kit.Chip{ID: c.id, Word: c.word, Count: c.count}
	}
	if len(chips) == 0 {
		return search
	}
	return s.SplitRow(s.Chips(chips, v.filter, p.filter), search)
}

func (p *Page) filter(id string) {
	p.st.filter = id
	p.d.Redraw()
}

// choose shows a row beside the list; where there is no room for that, on a page
// of its own.
func (p *Page) choose(s *kit.Scope) func(arg string) {
	narrow := s.Narrow()
	return func(arg string) {
		if p.st.chosen = arg; narrow {
			p.d.Go("check", arg)
			return
		}
		p.d.Redraw()
	}
}

func (p *Page) rowsOf(s *kit.Scope, v view) fyne.CanvasObject {
	if len(v.rows) == 0 {
		return s.Panel("", s.Strong(s.Text.T("check.none")), s.Caption(s.Text.T("check.none.why")))
	}
	items := make([]kit.Item, len(v.rows))
	for i, r := range v.rows {
		shown := r.tags
		if !s.Narrow() {
			shown = foremost(shown)
		}
		items[i] = kit.Item{ID: r.monogram, Title: r.title, Detail: r.detail, Tags: tags(shown), Chosen: i == v.chosen}
	}
	choose := p.choose(s)
	return s.Rows(items, func(i int) { choose(v.rows[i].arg) })
}

// foremost is the one tag that has room in a row beside the list: the strongest,
// in brief.
func foremost(list []tag) []tag {
	if len(list) == 0 {
		return nil
	}
	best := slices.MaxFunc(list, func(a, b tag) int { return cmp.Compare(a.tone, b.tone) })
	return []tag{{word: cmp.Or(best.brief, best.word), tone: best.tone}}
}

// credits are the sources that can be named.
func (p *Page) credits() []breach.Info {
	out := make([]breach.Info, len(p.d.Sources()))
	for i, s := range p.d.Sources() {
		out[i] = s.Info()
	}
	return out
}

func (p *Page) titleOf(s *kit.Scope, arg string) string {
	if d, ok := makeDetail(p.data(), arg, nil, s.Text); ok {
		return d.title
	}
	return s.Text.T("check.leak.gone")
}

// monogramWidth is the room of a letter before a name, at 100 % text.
const monogramWidth = 44

// detail is everything about one leak or incident; with its name where nothing
// above it says it.
func (p *Page) detail(s *kit.Scope, arg string, named bool) fyne.CanvasObject {
	t := s.Text
	d, ok := makeDetail(p.data(), arg, p.credits(), t)
	if !ok {
		return kit.Column(s.Heading(t.T("check.leak.gone")), s.Body(t.T("check.leak.gone.why")), p.unchoose(s))
	}
	var objects []fyne.CanvasObject
	if named {
		letter := s.Wide(s.Monogram(d.monogram, d.title), monogramWidth)
		objects = append(objects, p.unchoose(s), container.NewBorder(nil, nil, letter, nil, s.Heading(d.title)))
	}
	objects = append(objects, s.Tags(tags(d.tags)...), s.Body(d.facts[0]))
	if d.fix != "" {
		objects = append(objects, s.Button(t.T("check.leak.fix"), kit.Primary, p.to("fix", d.fix)))
	}
	var facts []fyne.CanvasObject
	for _, f := range d.facts[1:] {
		facts = append(facts, s.Caption(f))
	}
	objects = append(objects, kit.CompactColumn(facts...))
	for _, x := range d.sections {
		objects = append(objects, p.section(s, x))
	}
	objects = append(objects, s.Line())
	for _, l := range d.links {
		objects = append(objects, p.stackedLink(s, l))
	}
	if named {
		return kit.Column(objects...)
	}
	return s.Panel("", objects...)
}

func (p *Page) section(s *kit.Scope, x section) fyne.CanvasObject {
	rows := []fyne.CanvasObject{s.Heading(x.title)}
	if x.strong != "" {
		rows = append(rows, s.Strong(x.strong))
	}
	for _, line := range x.lines {
		rows = append(rows, s.Body(line))
	}
	if x.carrier {
		rows = append(rows, s.Button(s.Text.T("check.do.phone.carrier"), kit.Secondary, p.to("fix", "carrier")))
	}
	return kit.Column(rows...)
}

// unchoose brings the sources back beside the list.
func (p *Page) unchoose(s *kit.Scope) fyne.CanvasObject {
	return s.Button(s.Text.T("check.hub.back"), kit.Quiet, func() {
		if p.st.chosen = ""; p.arg != "" {
			p.d.Go("check", "")
			return
		}
		p.d.Redraw()
	})
}

// hub is what else can be checked: the sources and how their answers stand,
// passwords, the watch, services in the browser.
func (p *Page) hub(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	ask := makeAsk(p.askData(), p.st.asks, t)
	kind := kit.Primary
	if v.empty {
		kind = kit.Secondary // finding accounts comes first
	}
	var objects []fyne.CanvasObject
	if v.news != "" {
		objects = append(objects, kit.CompactColumn(s.Strong(v.news), s.Button(t.T("check.new.read"), kit.Quiet, func() {
			p.d.Apply(session.MarkSeen{Seen: v.marks})
		})))
	}
	objects = append(objects, s.Heading(t.T("check.hub")))
	switch {
	case ask.offline:
		objects = append(objects, s.Body(t.T("check.forbidden")),
			s.Button(t.T("check.forbidden.change"), kit.Secondary, p.to("settings", "network")))
	case ask.nobody:
		objects = append(objects, s.Body(t.T("check.ask.none")),
			s.Button(t.T("check.ask.you"), kit.Secondary, p.to("you", "")))
	default:
		objects = append(objects, s.Caption(t.T("check.hub.why")))
		if len(ask.answers) > 0 {
			objects = append(objects, s.Strong(ask.title))
		}
		if !s.Narrow() || len(v.all) == 0 {
			objects = append(objects, s.Button(t.T("check.hub.go"), kind, p.to("check", askArg)))
		}
		objects = append(objects, p.sourceRows(s, ask))
	}
	var watching []tag
	if watched(p.d.Profile()) {
		watching = []tag{{word: t.T("check.watch.is.on"), tone: good}}
	}
	more := []struct {
		item kit.Item
		arg  string
	}{
		{kit.Item{Icon: kit.IconKey, Title: t.T("check.pw"), Detail: t.T("check.pw.short")}, passwordsArg},
		{kit.Item{
			Icon: kit.IconWait, Title: t.T("check.watch"), Detail: t.T("check.watch.short"), Tags: tags(watching),
		}, watchArg},
		{kit.Item{Icon: kit.IconOpen, Title: t.T("check.links"), Detail: t.T("check.links.short")}, linksArg},
	}
	items := make([]kit.Item, len(more))
	for i, m := range more {
		items[i] = m.item
	}
	objects = append(objects, s.Heading(t.T("check.hub.more")), s.Rows(items, func(i int) {
		p.d.Go("check", more[i].arg)
	}))
	if v.undated != "" {
		objects = append(objects, s.Caption(v.undated))
	}
	return kit.Column(append(objects, s.Caption(v.upTo))...)
}

// canAsk reports whether there is anybody to ask about, and no ban on asking.
func (p *Page) canAsk() bool {
	pr := p.d.Profile()
	return !pr.Settings.Offline && len(pr.Identifiers) > 0
}

// sourceRows are the sources, each leading to its page.
func (p *Page) sourceRows(s *kit.Scope, v askView) fyne.CanvasObject {
	items := make([]kit.Item, len(v.sources))
	for i, r := range v.sources {
		items[i] = kit.Item{Title: r.name, Detail: r.detail, Tags: tags([]tag{r.state})}
	}
	return s.Rows(items, func(i int) { p.d.Go("check", sourceArg+v.sources[i].id) })
}
