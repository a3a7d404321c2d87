// Package overview adds a profile up: accounts, leaks, plan. The window, the
// command line and the report all take them from here, so that they agree.
package overview

import (
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
)

// Overview is what a profile adds up to.
type Overview struct {
	account.Set
	Leaks     []breach.Leak
	Incidents []Concern
	Actions   []plan.Action
}

// Of computes the overview. It sends nothing.
func Of(p *profile.Profile, c *catalog.Catalog, breaches *breach.Catalogue) Overview {
	own := Own(p)
	o := Overview{Set: account.Fuse(p.Findings, p.Claims, own, c)}
	o.Own = without(o.Own, p.Dismissed)
	candidates := make([]breach.Candidate, 0, len(o.Accounts))
	for _, a := range o.Accounts {
		candidates = append(candidates, Candidate(a, c))
	}
	o.Leaks = breaches.Match(candidates)
	o.Incidents = concerns(o.Accounts, c)
	o.Actions = plan.Order(plan.Input{
		Accounts: o.Accounts, Platform: c.ByID, Own: own, Ticks: ticks(p), Skipped: p.Skipped, Leaked: leaked(o.Leaks),
	})
	return o
}

// Own lists the person's identifiers.
func Own(p *profile.Profile) []identifier.Identifier {
	ids := make([]identifier.Identifier, 0, len(p.Identifiers))
	for _, o := range p.Identifiers {
		ids = append(ids, o.ID)
	}
	return ids
}

// Candidate is an account as the catalogue match needs it.
func Candidate(a account.Account, c *catalog.Catalog) breach.Candidate {
	domains := []string{a.Platform}
	if p, ok := c.ByID(a.Platform); ok {
		domains = p.Domains
	}
	return breach.Candidate{Platform: a.Platform, Domains: domains, First: a.First}
}

// Switch returns the guided switch of one account, as far as the person has
// come; false where there is no such account.
func Switch(p *profile.Profile, o Overview, c *catalog.Catalog, platform string) (plan.Switch, account.Account, bool) {
	for _, a := range o.Accounts {
		if a.Platform != platform {
			continue
		}
		pl, ok := c.ByID(platform)
		if !ok {
			pl = &catalog.Platform{ID: a.Platform, Name: a.Name, Exit: catalog.ExitUnknown}
		}
		return plan.NewSwitch(pl, a, ticks(p)[platform]), a, true
	}
	return plan.Switch{}, account.Account{}, false
}

func ticks(p *profile.Profile) map[string]plan.Ticks {
	out := make(map[string]plan.Ticks, len(p.Steps))
	for platform, steps := range p.Steps {
		t := plan.Ticks{}
		for kind, at := range steps {
			t[catalog.StepKind(kind)] = at.At
		}
		out[platform] = t
	}
	return out
}

// leaked are the platforms whose leak took passwords while the person had, or
// may have had, an account.
func leaked(leaks []breach.Leak) map[string]bool {
	out := map[string]bool{}
	for _, l := range leaks {
		for _, d := range l.Breach.Data {
			if d == breach.DataPasswords && l.Had == breach.HadYes && !l.Breach.Flags.Has(breach.Unverified) {
				out[l.Platform] = true
			}
		}
	}
	return out
}

func without(ids, drop []identifier.Identifier) []identifier.Identifier {
	var out []identifier.Identifier
	for _, id := range ids {
		keep := true
		for _, d := range drop {
			keep = keep && !identifier.Same(id, d)
		}
		if keep {
			out = append(out, id)
		}
	}
	return out
}
