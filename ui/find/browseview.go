package find

import (
	"slices"
	"strings"

	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// filter is a view of the catalogue; "browse.filter.<name>" is its word.
type filter struct {
	name string
	fits func(*catalog.Platform) bool
}

// filters are the views of the catalogue.
func filters(c *catalog.Catalog) []filter {
	return []filter{
		{everything, func(*catalog.Platform) bool { return true }},
		{"deep", func(p *catalog.Platform) bool { return p.Guide != nil }},
		{"holds", (*catalog.Platform).HoldsNumber},
		{"forced", (*catalog.Platform).KeepsNumber},
		{"sms", func(p *catalog.Platform) bool {
			return p.Offers("sms", "call") && !p.Offers("totp", "passkey", "u2f", "custom-software", "custom-hardware")
		}},
		{"passkey", func(p *catalog.Platform) bool { return p.Offers("passkey") }},
		{"incidents", func(p *catalog.Platform) bool { return len(c.Incidents(p.ID)) > 0 }},
	}
}

// shelf is the catalogue in order, with what each view of it holds: worked out once.
type shelf struct {
	sorted []*catalog.Platform
	fits   map[string]map[*catalog.Platform]bool
}

func newShelf(c *catalog.Catalog) *shelf {
	s := &shelf{sorted: make([]*catalog.Platform, c.Len()), fits: map[string]map[*catalog.Platform]bool{}}
	folded := make(map[*catalog.Platform]string, c.Len())
	for i := range s.sorted {
		s.sorted[i] = c.At(i)
		folded[c.At(i)] = catalog.Fold(c.At(i).Name)
	}
	slices.SortFunc(s.sorted, func(a, b *catalog.Platform) int { return strings.Compare(folded[a], folded[b]) })
	for _, f := range filters(c) {
		fits := map[*catalog.Platform]bool{}
		for _, p := range s.sorted {
			if f.fits(p) {
				fits[p] = true
			}
		}
		s.fits[f.name] = fits
	}
	return s
}

// maxHits is how many platforms a search of the catalogue lists.
const maxHits = 200

// makeBrowse lists the platforms that fit a view: with a query the best hits first, else by name.
func makeBrowse(d data, sh *shelf, b browse, t *text.Printer) listView {
	v := listView{title: t.T("browse.title"), group: b.filter, chosen: -1}
	v.lead = t.T("browse.intro", "n", t.Number(int64(d.catalog.Len())), "deep", t.Number(int64(len(sh.fits["deep"]))))
	if sh.fits[v.group] == nil {
		v.group = everything
	}
	for _, f := range filters(d.catalog) {
		if n := len(sh.fits[f.name]); n > 0 {
			v.chips = append(v.chips, chip{f.name, t.T("browse.filter." + f.name), n})
		}
	}
	list := sh.sorted
	if q := strings.TrimSpace(b.query); q != "" {
		list = d.catalog.Search(q, maxHits)
		v.none = t.T("find.search.none", "query", short(q))
	} else {
		v.none = t.T("browse.none")
	}
	w := newWriter(d, t)
	for _, p := range list {
		if sh.fits[v.group][p] {
			v.rows = append(v.rows, w.platform(p))
		}
	}
	if v.group == everything {
		v.rows = append(v.rows, unknownSite(d, strings.TrimSpace(b.query), t)...)
	}
	switch {
	case len(v.rows) > 0:
		v.none = ""
	case v.group == everything && b.query != "":
		v.near(nearest(d, strings.TrimSpace(b.query), t))
	}
	v.chosen = slices.IndexFunc(v.rows, func(r row) bool { return r.id == b.chosen })
	if v.chosen < 0 && len(v.rows) > 0 {
		v.chosen = 0
	}
	return v
}

func (w *writer) platform(p *catalog.Platform) row {
	r := row{id: p.ID, platform: p.ID, title: p.Name, detail: p.ID}
	tone := good
	switch p.Exit {
	case catalog.ExitUnknown:
		return r
	case catalog.ExitForced, catalog.ExitReplaceOnly, catalog.ExitForcedFallback:
		tone = amber
	}
	r.tags = []tag{{w.word("exit." + string(p.Exit) + ".name"), tone}}
	return r
}
