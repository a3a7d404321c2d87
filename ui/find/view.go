package find

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// data is what the page is made from.
type data struct {
	profile  *profile.Profile
	overview overview.Overview
	groups   overview.Groups
	catalog  *catalog.Catalog
	now      time.Time
}

// tone is what a word means: red only for what can be taken over today, amber for what leaked or is reused, green for
// what is done or proved.
type tone uint8

const (
	plain tone = iota
	good
	amber
	red
)

// tag is a short word about something.
type tag struct {
	word string
	tone tone
}

// chip is a filter with how much it shows.
type chip struct {
	id, word string
	count    int
}

// row is one account or platform in a list.
type row struct {
	id, platform, title, detail string
	tags                        []tag
	account                     bool
}

// everything is the filter that leaves nothing out.
const everything = "all"

// index is what of the accounts is costly to work out: it stays until what the accounts rest on changes.
type index struct {
	rows   []row
	folded []string           // what a search looks at
	in     [][]overview.Group // by row
	counts map[overview.Group]int
	have   map[string]bool // platforms with an account
	title  string
	lead   string
}

// makeIndex lists the accounts, those that hold the person's number first.
func makeIndex(d data, t *text.Printer) *index {
	n := len(d.overview.Accounts)
	ix := &index{
		rows: make([]row, 0, n), folded: make([]string, 0, n), in: make([][]overview.Group, 0, n),
		counts: map[overview.Group]int{}, have: make(map[string]bool, n),
	}
	w := newWriter(d, t)
	elsewhere := 0 // hold a number that is not on the list
	for _, a := range byWeight(d.overview.Accounts, d.groups.Lists) {
		var in []overview.Group
		for _, g := range overview.AllGroups() {
			if d.groups.In(a, g) {
				in = append(in, g)
				ix.counts[g]++
			}
		}
		if a.HoldsPhone() && !slices.Contains(in, overview.GroupNumber) {
			elsewhere++
		}
		ix.rows, ix.in = append(ix.rows, w.account(a, in)), append(ix.in, in)
		ix.folded = append(ix.folded, w.searched(a))
		ix.have[a.Platform] = true
	}
	ix.title = t.N("find.accounts", n)
	switch held := ix.counts[overview.GroupNumber]; {
	case held > 0 && n == 1:
		ix.title = t.T("find.title.one")
	case held > 0:
		ix.title = t.N("find.title.held", held, "accounts", ix.title)
	}
	lists := d.overview.Summary().Lists
	switch {
	case elsewhere > 0 && !d.groups.Lists.HasNumber():
		ix.lead = t.N("find.lead.number", elsewhere)
	case lists > 0:
		ix.lead = t.N("find.lists", lists)
	}
	return ix
}

// searched is what a search for an account looks at, folded.
func (w *writer) searched(a account.Account) string {
	parts := []string{catalog.Fold(a.Name), catalog.Fold(a.Platform)}
	for _, name := range a.UserNames {
		parts = append(parts, catalog.Fold(name))
	}
	for _, id := range a.Identifiers {
		s, is := w.folded[id]
		if !is {
			s = catalog.Fold(id.Value) + "\n" + catalog.Fold(id.Display())
			w.folded[id] = s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "\n")
}

// byWeight puts accounts that hold the person's number first, then by name.
func byWeight(accounts []account.Account, lists overview.Lists) []account.Account {
	type weighed struct {
		name      string
		light, at int
	}
	order := make([]weighed, len(accounts))
	for i, a := range accounts {
		order[i] = weighed{name: catalog.Fold(a.Name), light: 1, at: i}
		if lists.HoldsYours(a) {
			order[i].light = 0
		}
	}
	slices.SortFunc(order, func(a, b weighed) int {
		return cmp.Or(a.light-b.light, strings.Compare(a.name, b.name), a.at-b.at)
	})
	out := make([]account.Account, len(accounts))
	for i, w := range order {
		out[i] = accounts[w.at]
	}
	return out
}

// writer writes rows in one language.
type writer struct {
	d      data
	t      *text.Printer
	words  map[string]string
	shown  map[identifier.Identifier]string
	folded map[identifier.Identifier]string
}

func newWriter(d data, t *text.Printer) *writer {
	w := &writer{d: d, t: t, words: map[string]string{}}
	w.shown, w.folded = map[identifier.Identifier]string{}, map[identifier.Identifier]string{}
	return w
}

// word is t.T, once for each key.
func (w *writer) word(key string) string {
	s, is := w.words[key]
	if !is {
		s = w.t.T(key)
		w.words[key] = s
	}
	return s
}

// id writes an identifier as the person wants to see it.
func (w *writer) id(id identifier.Identifier) string {
	s, is := w.shown[id]
	if !is {
		s = w.t.Identifier(id, w.d.profile.Settings.ShowValues)
		w.shown[id] = s
	}
	return s
}

// Bounds of what a row says.
const (
	maxRowPurposes = 2
	maxRowTags     = 20 // signs in all: behind them there must be room for the name
)

// account writes an account as a row.
func (w *writer) account(a account.Account, in []overview.Group) row {
	return row{
		id: a.ID, platform: a.Platform, title: a.Label(w.id), detail: w.holds(a), account: true,
		tags: fitting(w.tags(a, in)),
	}
}

// holds says in a line what an account holds and what for.
func (w *writer) holds(a account.Account) string {
	var parts []string
	if n := len(a.Identifiers); n > 0 {
		first := w.id(a.Identifiers[0])
		if n > 1 {
			first = w.t.N("find.row.more", n-1, "first", first)
		}
		parts = append(parts, first)
	} else if len(a.UserNames) > 0 {
		parts = append(parts, a.UserNames[0])
	}
	var why []string
	for _, p := range a.Purposes[:min(len(a.Purposes), maxRowPurposes)] {
		why = append(why, w.word("purpose."+string(p)))
	}
	if len(why) > 0 {
		parts = append(parts, strings.Join(why, ", "))
	}
	if n := len(a.Advertisers); n > 0 {
		parts = append(parts, w.t.N("find.row.lists", n))
	}
	if len(parts) == 0 {
		parts = append(parts, w.word("find.row.nothing"))
	}
	return strings.Join(parts, " · ")
}

// tags are what matters most about an account, the gravest first.
func (w *writer) tags(a account.Account, in []overview.Group) []tag {
	var out []tag
	add := func(is bool, key string, tone tone) {
		if is {
			out = append(out, tag{w.word(key), tone})
		}
	}
	has := func(g overview.Group) bool { return slices.Contains(in, g) }
	add(has(overview.GroupCodes), "find.tag.codes", red)
	add(has(overview.GroupLeaked), "find.tag.leaked", amber)
	add(has(overview.GroupReused), "find.tag.reused", amber)
	add(has(overview.GroupConfirm), "find.tag.confirm", plain)
	add(!a.NumberGone.IsZero() || !a.NumberProved.IsZero(), "find.tag.out", good)
	add(slices.Contains(a.SecondFactor, "passkey"), "find.tag.passkey", good)
	add(slices.Contains(a.SecondFactor, "totp"), "find.tag.app", good)
	return out
}

// fitting are the first tags, as many as a row has room for and at least one.
func fitting(tags []tag) []tag {
	signs := 0
	for i, t := range tags {
		if signs += utf8.RuneCountInString(t.word); i > 0 && signs > maxRowTags {
			return tags[:i]
		}
	}
	return tags
}

// listView is the list of accounts, with what narrows it down.
type listView struct {
	title, lead string
	chips       []chip
	group       string // the chip that is on
	rows        []row
	chosen      int    // the row whose detail is in sight; -1 for none
	none        string // why there is no row
}

// exitArg begins the filter for accounts by whether the number can go; the exit rating follows.
const exitArg = "exit/"

// fits says which rows a filter shows; nil where it shows none.
func (ix *index) fits(d data, group string) func(i int) bool {
	fits := func(i int) bool { return slices.Contains(ix.in[i], overview.Group(group)) }
	if rating, is := strings.CutPrefix(group, exitArg); is {
		fits = func(i int) bool {
			return string(d.catalog.Get(ix.rows[i].platform, ix.rows[i].title).Exit) == rating
		}
	}
	if ix.count(fits) == 0 {
		return nil
	}
	return fits
}

func (ix *index) count(fits func(i int) bool) (n int) {
	for i := range ix.rows {
		if fits(i) {
			n++
		}
	}
	return n
}

// maxElsewhere is how many platforms without an account a search shows.
const maxElsewhere = 30

// maxNearest is how many names close to an unknown one are offered.
const maxNearest = 5

// makeList narrows the accounts down to what the person asks for. A search also finds platforms at which they have no
// account, and says so where nothing is known.
func makeList(d data, ix *index, st state, t *text.Printer) listView {
	v := listView{title: ix.title, lead: ix.lead, group: st.group, chosen: -1}
	fits := ix.fits(d, st.group)
	if fits == nil {
		v.group = everything
	}
	v.chips = []chip{{everything, t.T("find.group.all"), len(ix.rows)}}
	for _, g := range overview.AllGroups() {
		if n := ix.counts[g]; n > 0 {
			v.chips = append(v.chips, chip{string(g), t.T("find.group." + string(g)), n})
		}
	}
	if rating, is := strings.CutPrefix(v.group, exitArg); is {
		v.chips = append(v.chips, chip{v.group, t.T("exit." + rating + ".name"), ix.count(fits)})
	}
	query := catalog.Fold(strings.TrimSpace(st.query))
	for i, r := range ix.rows {
		if v.group != everything && !fits(i) {
			continue
		}
		if query == "" || strings.Contains(ix.folded[i], query) {
			v.rows = append(v.rows, r)
		}
	}
	if query != "" && v.group == everything {
		v.rows = append(v.rows, elsewhere(d, ix, strings.TrimSpace(st.query), t)...)
	}
	if len(v.rows) == 0 {
		v.none = t.T("find.search.none", "query", short(strings.TrimSpace(st.query)))
		if query != "" && v.group == everything {
			v.near(nearest(d, strings.TrimSpace(st.query), t))
		}
	}
	v.chosen = slices.IndexFunc(v.rows, func(r row) bool { return r.id == st.chosen })
	if v.chosen < 0 && len(v.rows) > 0 {
		v.chosen = 0
	}
	return v
}

// elsewhere are the platforms a search finds beyond the accounts; a site that nobody knows is offered too, for an
// account may be anywhere.
func elsewhere(d data, ix *index, query string, t *text.Printer) (rows []row) {
	for _, pl := range d.catalog.Search(query, maxElsewhere) {
		if !ix.have[pl.ID] {
			rows = append(rows, row{id: pl.ID, platform: pl.ID, title: pl.Name, detail: t.T("find.elsewhere", "site", pl.ID)})
		}
	}
	for _, r := range unknownSite(d, query, t) {
		if !ix.have[r.id] {
			rows = append(rows, r)
		}
	}
	return rows
}

// near shows names close to one that is not known, and says that it is not.
func (v *listView) near(rows []row) {
	if len(rows) > 0 {
		v.rows, v.lead = rows, v.none
	}
}

// nearest are the platforms whose names come closest to one that nobody has.
func nearest(d data, query string, t *text.Printer) (rows []row) {
	for _, pl := range d.catalog.Nearest(query, maxNearest) {
		rows = append(rows, row{id: pl.ID, platform: pl.ID, title: pl.Name, detail: t.T("find.near", "site", pl.ID)})
	}
	return rows
}

// unknownSite is a site that was typed and that the catalogue does not know; none where it knows it.
func unknownSite(d data, query string, t *text.Printer) []row {
	host := strings.ToLower(query)
	if !catalog.IsSite(host) {
		return nil
	}
	id, name, known := d.catalog.Resolve(host)
	if id == "" || known {
		return nil
	}
	return []row{{id: id, platform: id, title: name, detail: t.T("find.unknown")}}
}

// short cuts what a person typed to what a sentence bears.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// surest is the finding that proves most of an identifier; false where none is of it.
func surest(a account.Account, id identifier.Identifier) (best evidence.Finding, is bool) {
	for _, f := range a.Findings {
		if identifier.SameLine(f.Identifier, id) && (!is || f.Confidence > best.Confidence) {
			best, is = f, true
		}
	}
	return best, is
}
