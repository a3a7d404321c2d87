package find

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// browseArg is the address of the catalogue.
const browseArg = "all"

// browse is what of the catalogue is shown.
type browse struct{ query, filter string }

// filters are the views of the catalogue, by name; "browse.filter.<name>" is
// the word.
func filters(c *catalog.Catalog) []struct {
	name string
	fits func(*catalog.Platform) bool
} {
	return []struct {
		name string
		fits func(*catalog.Platform) bool
	}{
		{"all", func(*catalog.Platform) bool { return true }},
		{"deep", func(p *catalog.Platform) bool { return p.Guide != nil }},
		{"holds", (*catalog.Platform).HoldsNumber},
		{"forced", func(p *catalog.Platform) bool {
			return p.Exit == catalog.ExitForced || p.Exit == catalog.ExitReplaceOnly || p.Exit == catalog.ExitForcedFallback
		}},
		{"sms", func(p *catalog.Platform) bool {
			return p.Offers("sms", "call") && !p.Offers("totp", "passkey", "u2f", "custom-software", "custom-hardware")
		}},
		{"passkey", func(p *catalog.Platform) bool { return p.Offers("passkey") }},
		{"incidents", func(p *catalog.Platform) bool { return len(c.Incidents(p.ID)) > 0 }},
	}
}

// shown lists the platforms that fit a view: with a query the best hits first,
// else by name.
func shown(c *catalog.Catalog, b browse) []*catalog.Platform {
	fits := filters(c)[0].fits
	for _, f := range filters(c) {
		if f.name == b.filter {
			fits = f.fits
		}
	}
	var out []*catalog.Platform
	if b.query != "" {
		for _, p := range c.Search(b.query, 200) {
			if fits(p) {
				out = append(out, p)
			}
		}
		return out
	}
	for i := range c.Len() {
		if p := c.At(i); fits(p) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Platform) int { return strings.Compare(catalog.Fold(a.Name), catalog.Fold(b.Name)) })
	return out
}

// all is the catalogue.
func (p *Page) all(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	deep := 0
	for i := range p.d.Catalog().Len() {
		if p.d.Catalog().At(i).Guide != nil {
			deep++
		}
	}
	search := func(q string) { p.st.browse.query = strings.TrimSpace(q); p.d.Redraw() }
	field := s.Field("search", t.T("browse.search"), t.T("find.hand.placeholder"), false, search)
	field.Start(p.st.browse.query)
	options := []kit.Choice{}
	for _, f := range filters(p.d.Catalog()) {
		options = append(options, kit.Choice{Value: f.name, Word: t.T("browse.filter." + f.name)})
	}
	filter := p.st.browse.filter
	if filter == "" {
		filter = "all"
	}
	list := shown(p.d.Catalog(), p.st.browse)
	items := make([]kit.Item, len(list))
	for i, pl := range list {
		items[i] = platformItem(t, pl)
	}
	choose := s.Select(t.T("browse.filter"), options, filter, func(v string) { p.st.browse.filter = v; p.d.Redraw() })
	head := []fyne.CanvasObject{
		s.Button(t.T("find.back"), kit.Quiet, func() { p.d.Go("find", "") }),
		kit.CompactColumn(s.Title(t.T("browse.title")), s.Body(t.T("browse.intro", "n", t.Number(int64(p.d.Catalog().Len())), "deep", t.Number(int64(deep))))),
		s.Card(s.SplitRow(field.Object, s.Wide(choose, 260)), s.Button(t.T("find.hand.search"), kit.Primary, func() { search(field.Text()) })),
		s.Strong(t.N("browse.found", len(list))),
	}
	if len(list) == 0 {
		return s.Sheet(append(head, s.Body(t.T("browse.none")))...)
	}
	rows := s.List(items, func(i int) { p.d.Go("find", list[i].ID) })
	return s.Sheet(append(head, rows)...)
}

func platformItem(t *text.Printer, pl *catalog.Platform) kit.Item {
	tone := map[catalog.ExitRating]kit.Tone{catalog.ExitRemovable: kit.Good, catalog.ExitAfterApp: kit.Good, catalog.ExitForced: kit.Warning, catalog.ExitReplaceOnly: kit.Warning, catalog.ExitForcedFallback: kit.Warning}[pl.Exit]
	badge := ""
	if pl.Exit != catalog.ExitUnknown {
		badge = t.T("exit." + string(pl.Exit) + ".name")
	}
	return kit.Item{Title: pl.Name, Detail: pl.ID, Badge: badge, Tone: tone}
}

// platform is the page of a platform at which the person has no known account.
func (p *Page) platform(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	back := s.Button(t.T("browse.back"), kit.Quiet, func() { p.d.Go("find", browseArg) })
	pl, ok := p.d.Catalog().ByID(id)
	if !ok {
		return s.Sheet(back, s.Empty(t.T("find.account.none"), t.T("find.account.none.why")))
	}
	objects := []fyne.CanvasObject{
		back, kit.CompactColumn(s.Title(pl.Name), s.Caption(strings.Join(pl.Domains[:min(6, len(pl.Domains))], ", "))),
		s.Button(t.T("browse.add"), kit.Primary, func() {
			c := account.ClaimOf(p.d.Profile().Claims, id, "")
			c.Gone = false
			p.d.Apply(session.SetClaim{Claim: c})
		}),
		exitCard(s, pl), aboutCard(s, pl),
	}
	for _, i := range p.d.Catalog().Incidents(id) {
		objects = append(objects, s.Card(s.Strong(t.In(i.Title)), s.Body(t.In(i.Text)), s.Caption(t.T("incident.status."+string(i.Status)+".why"))))
	}
	return s.Sheet(append(objects, p.guide(s, pl), riskCard(s, pl, p.d.Open))...)
}

// guide is the whole guide of a platform, to read.
func (p *Page) guide(s *kit.Scope, pl *catalog.Platform) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("browse.guide"))}
	if g := pl.Guide; g != nil {
		rows = append(rows, s.Caption(t.T("guide.labels")))
		if g.Stale(p.d.Now()) {
			rows = append(rows, s.Strong(t.T("facts.stale")))
		}
	}
	for _, st := range pl.Steps() {
		title, do, _ := st.Words(t, pl.Name)
		rows = append(rows, kit.CompactColumn(s.Strong(title), s.Body(do)))
		if st.Link != "" {
			rows = append(rows, s.Link(t.T("fix.open"), st.Link, p.d.Open))
		}
	}
	return s.Card(rows...)
}
