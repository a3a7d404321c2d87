package account

import (
	"cmp"
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// clone is a copy that shares nothing with c, so that a caller may alter it.
func (c Claim) clone() Claim {
	c.Together, c.Identifiers = slices.Clone(c.Together), slices.Clone(c.Identifiers)
	c.SecondFactor = slices.Clone(c.SecondFactor)
	return c
}

// ClaimOf returns what the person said of a platform so far, or of one account
// there (by its Key). The caller may alter it.
func ClaimOf(claims []Claim, platform, key string) Claim {
	for _, c := range claims {
		if c.Platform == platform && c.Account == key {
			return c.clone()
		}
	}
	return Claim{Platform: platform, Account: key}
}

// ClaimFor is ClaimOf an account: under its key, or as it was said of the
// platform while it was the only account there. The caller may alter it.
func ClaimFor(claims []Claim, a Account) Claim {
	for _, k := range a.Keys() {
		for _, c := range claims {
			if c.Platform == a.Platform && (c.Account == k || c.Account == "" && k == a.Platform) {
				return c.clone()
			}
		}
	}
	c := Claim{Platform: a.Platform}
	if a.ID != a.Platform {
		c.Account = a.Key()
	}
	return c
}

// SetClaim returns a copy of claims with c in place of what was said of the same
// account, sorted.
func SetClaim(claims []Claim, c Claim) []Claim {
	out := make([]Claim, 0, len(claims)+1)
	for _, x := range claims {
		if x.Platform != c.Platform || x.Account != c.Account {
			out = append(out, x)
		}
	}
	out = append(out, c.clone())
	slices.SortFunc(out, func(a, b Claim) int {
		return cmp.Or(strings.Compare(a.Platform, b.Platform), strings.Compare(a.Account, b.Account))
	})
	return out
}

// ProvedGone lists the sites whose own archive, read now, shows no number any
// more, where an older archive of theirs showed one: what the history can tell
// as proved. A site that was known to show none is not told again.
func ProvedGone(before, found []evidence.Finding) []string {
	var out []string
	for _, f := range found {
		if f.Fact != evidence.FactNoPhone || f.Last.IsZero() {
			continue
		}
		held := func(x evidence.Finding) bool {
			return x.Site == f.Site && x.Identifier.IsNumber() && x.Confidence == evidence.Confirmed && x.Last.Before(f.Last)
		}
		known := func(x evidence.Finding) bool { return x.Fact == evidence.FactNoPhone && x.Site == f.Site }
		if slices.ContainsFunc(before, held) && !slices.ContainsFunc(before, known) {
			out = append(out, f.Site)
		}
	}
	return out
}
