package you

import (
	"slices"

	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// maxCandidates is how many own identifiers are proposed at once.
const maxCandidates = 6

// row is one identifier as it is shown.
type row struct {
	id    identifier.Identifier
	shown string
	held  string // by how many accounts; "" where nothing was read that could say
}

// candidate is an identifier that is probably the person's own.
type candidate struct {
	row
	unplaced bool // of no country: it cannot be added as it is
}

// country is a choice of where a number is of.
type country struct{ code, name string }

// view is the whole page, in words and values.
type view struct {
	sample     bool // of the invented person
	region     string
	regions    []country
	yours      []row
	whole      bool // addresses and numbers unmasked
	candidates []candidate
	more       int      // how many further candidates there are
	added      string   // what became of what was added last; "" where that is plain to see
	refused    []string // with the reason, one each
}

// makeView works the page out.
func makeView(p *profile.Profile, o overview.Overview, st state, t *text.Printer) view {
	v := view{sample: p.Sample, region: st.region, whole: p.Settings.ShowValues}
	if v.region == "" {
		v.region = p.Settings.Region
	}
	v.regions = []country{{"", t.T("you.region.none")}}
	countries := identifier.Regions()
	t.SortCountries(countries)
	for _, r := range countries {
		v.regions = append(v.regions, country{r, t.Country(r)})
	}
	held := heldBy(o)
	for _, own := range p.Identifiers {
		r := row{id: own.ID, shown: t.Identifier(own.ID, v.whole)}
		if n := held[key(own.ID)]; n > 0 {
			r.held = t.N("you.held", n)
		} else if len(o.Accounts) > 0 {
			r.held = t.T("you.held.none")
		}
		v.yours = append(v.yours, r)
	}
	for _, id := range o.Own[:min(maxCandidates, len(o.Own))] {
		c := candidate{row{id: id, shown: t.Identifier(id, v.whole)}, id.Kind == identifier.KindUnplaced}
		if n := held[key(id)]; n > 0 {
			c.held = t.N("you.held", n)
		}
		v.candidates = append(v.candidates, c)
	}
	v.more = len(o.Own) - len(v.candidates)
	for _, r := range st.refused {
		what := short(r.Text)
		if !r.ID.IsZero() { // on the list already
			what = t.Identifier(r.ID, v.whole)
		}
		v.refused = append(v.refused, t.T("you.refused", "what", what, "why", t.Sentence(r.Err).String()))
	}
	if st.added+len(st.refused) > 1 {
		v.added = t.N("you.added", st.added)
		if st.added == 0 {
			v.added = t.T("you.added.none")
		}
	}
	return v
}

// key is what spellings of one identifier have in common.
func key(id identifier.Identifier) identifier.Identifier {
	return identifier.Identifier{Kind: id.Kind, Value: id.Canonical()}
}

// heldBy counts the accounts that hold each identifier.
func heldBy(o overview.Overview) map[identifier.Identifier]int {
	out := map[identifier.Identifier]int{}
	for _, a := range o.Accounts {
		seen := map[identifier.Identifier]bool{}
		for _, id := range a.Identifiers {
			if k := key(id); !seen[k] {
				seen[k] = true
				out[k]++
			}
		}
	}
	return out
}

// short cuts what was typed to what a sentence bears.
func short(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// sortOut parts what was typed: what goes on the list, in its order and each once, and what is refused and why.
func sortOut(p *profile.Profile, typed, region string) (ids []identifier.Identifier, refused []identifier.Typed) {
	for _, x := range identifier.ParseMany(typed, region) {
		switch {
		case x.Err != nil:
			refused = append(refused, x)
		case p.Has(x.ID):
			x.Err = session.ErrAlreadyThere
			refused = append(refused, x)
		case !slices.ContainsFunc(ids, func(id identifier.Identifier) bool { return identifier.Same(id, x.ID) }):
			ids = append(ids, x.ID)
		}
	}
	return ids, refused
}
