package overview

import (
	"slices"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// Leaks merges what sources found with what the accounts of an overview alone
// let fear.
func Leaks(results []breach.Result, o Overview, c *catalog.Catalog, breaches *breach.Catalogue) []breach.Named {
	return breach.Leaks(results, breaches, candidates(o.Accounts, c)...)
}

// about keeps the results about the person's own identifiers: what was once
// asked about one since taken off the list is no leak of theirs.
func about(results []breach.Result, own []identifier.Identifier) []breach.Result {
	var out []breach.Result
	for _, r := range results {
		if slices.ContainsFunc(
			own,
			func(id identifier.Identifier) bool { return identifier.Same(id, r.Identifier) },
		) {
			out = append(out, r)
		}
	}
	return out
}

// LeaksOf are the leaks one result names, each as it stands in the merged list.
func LeaksOf(r breach.Result, all []breach.Named, breaches *breach.Catalogue) []breach.Named {
	out := []breach.Named{}
	for _, own := range breach.Leaks([]breach.Result{r}, breaches) {
		i := slices.IndexFunc(
			all,
			func(n breach.Named) bool { return tells(n, r) && (same(n, own) || sameYear(n, own)) },
		)
		switch {
		case i < 0:
			out = append(out, own)
		case !slices.ContainsFunc(out, func(n breach.Named) bool { return same(n, all[i]) }):
			out = append(out, all[i])
		}
	}
	return out
}

func tells(n breach.Named, r breach.Result) bool {
	return slices.Contains(n.Sources, r.Source) && slices.Contains(n.Identifiers, r.Identifier)
}

// same goes by what is stable; devices and pastes may share a name.
func same(a, b breach.Named) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Device == b.Device &&
		(a.Kind == breach.HitBreach || a.Date.Equal(b.Date))
}

func sameYear(a, b breach.Named) bool {
	return a.Kind == breach.HitBreach && b.Kind == breach.HitBreach && a.Domain != "" && a.Domain == b.Domain &&
		a.Date.Year() == b.Date.Year()
}

// Key names one leak so that a page can be found again.
func Key(n breach.Named) string {
	if n.Kind == breach.HitBreach {
		return n.ID
	}
	return string(n.Kind) + "-" + n.ID + "-" + n.Date.Format("20060102") + "-" + n.Device
}

// seenLeaks is where the profile keeps which leaks the person has read of; no
// platform is called so, since platforms have a dot.
const seenLeaks = "leaks"

const markFound = " found"

// NewLeaks are those the person has not read of yet, and marks is what to
// remember once they have. Before the first look nothing is new.
func NewLeaks(p *profile.Profile, o Overview) (fresh []breach.Named, marks map[string]profile.Seen) {
	before, looked := p.Seen[seenLeaks]
	now := profile.Seen{Incidents: slices.Clone(before.Incidents)}
	for _, n := range o.Leaks {
		mark := Key(n)
		if n.Certainty != breach.Possible {
			mark += markFound // that a source knows the person there is news of its own
		}
		if slices.Contains(before.Incidents, mark) {
			continue
		}
		now.Incidents = append(now.Incidents, mark)
		if looked && !slices.Contains(before.Incidents, mark+markFound) {
			fresh = append(fresh, n)
		}
	}
	return fresh, map[string]profile.Seen{seenLeaks: now}
}
