package you

import (
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// maxCandidates is how many own identifiers are proposed at once.
const maxCandidates = 6

// row is one identifier as it is shown.
type row struct {
	id    identifier.Identifier
	shown string
}

// candidate is an identifier that is probably the person's own.
type candidate struct {
	row
	unplaced bool // of no country: it cannot be added as it is
}

// view is the whole page, in words and values.
type view struct {
	sample     bool // of the invented person
	region     string
	regions    []kit.Choice
	yours      []row
	whole      bool // addresses and numbers unmasked
	candidates []candidate
}

// makeView works the page out.
func makeView(p *profile.Profile, o overview.Overview, st state, t *text.Printer) view {
	v := view{sample: p.Sample, region: st.region, whole: p.Settings.ShowValues}
	if v.region == "" {
		v.region = p.Settings.Region
	}
	v.regions = []kit.Choice{{Value: "", Word: t.T("you.region.none")}}
	countries := identifier.Regions()
	t.SortCountries(countries)
	for _, r := range countries {
		v.regions = append(v.regions, kit.Choice{Value: r, Word: t.Country(r)})
	}
	for _, own := range p.Identifiers {
		v.yours = append(v.yours, row{own.ID, t.Identifier(own.ID, v.whole)})
	}
	for _, id := range o.Own[:min(maxCandidates, len(o.Own))] {
		v.candidates = append(v.candidates, candidate{row{id, t.Identifier(id, v.whole)}, id.Kind == identifier.KindUnplaced})
	}
	return v
}
