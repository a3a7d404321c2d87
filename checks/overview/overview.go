// Package overview adds a profile up: accounts, leaks, plan. The window, the
// command line and the report all take them from here, so that they agree.
package overview

import (
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
)

// Overview is what a profile adds up to.
type Overview struct {
	account.Set
	Leaks     []breach.Named // those of look-ups and of the local match, each once
	Incidents []Concern
	Actions   []plan.Action
}

// Of computes the overview. It sends nothing.
func Of(p *profile.Profile, c *catalog.Catalog, breaches *breach.Catalogue) Overview {
	own := Own(p)
	o := Overview{Set: account.Fuse(p.Findings, p.Claims, own, c)}
	o.Own = without(o.Own, p.Dismissed)
	o.Leaks = Leaks(about(p.Lookups, own), o, c, breaches)
	o.Incidents = concerns(o.Accounts, c)
	o.Actions = plan.Order(plan.Input{
		Accounts: o.Accounts, Platform: c.Get, Own: own, Ticks: ticks(p, o.Accounts), Skipped: p.Skipped,
		Leaked:        leaked(o.Leaks),
		RiskReduction: Reach(p, o, c, false).RiskReduction(),
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

// candidates are the accounts as the catalogue match needs them, one a platform.
func candidates(accounts []account.Account, c *catalog.Catalog) []breach.Candidate {
	var out []breach.Candidate
	for _, a := range merged(accounts) {
		domains := []string{a.Platform}
		if p, ok := c.ByID(a.Platform); ok {
			domains = p.Domains
		}
		out = append(out, breach.Candidate{Platform: a.Platform, Domains: domains, First: a.First})
	}
	return out
}

// Find returns the account with an id, or the only one at a platform.
func (o Overview) Find(id string) (account.Account, bool) {
	var found []account.Account
	for _, a := range o.Accounts {
		if a.ID == id || slices.Contains(a.Keys(), id) {
			return a, true
		}
		if a.Platform == id {
			found = append(found, a)
		}
	}
	if len(found) != 1 {
		return account.Account{}, false
	}
	return found[0], true
}

// Switch returns the guided switch of one account, as far as the person has
// come; false where there is no such account.
func Switch(p *profile.Profile, o Overview, c *catalog.Catalog, id string) (plan.Switch, account.Account, bool) {
	if a, ok := o.Find(id); ok {
		return switchOf(a, c, ticksOf(p, a)).InOrder(a.ID, o.Actions), a, true
	}
	return plan.Switch{}, account.Account{}, false
}

func switchOf(a account.Account, c *catalog.Catalog, done plan.Ticks) plan.Switch {
	return plan.NewSwitch(c.Get(a.Platform, a.Name), a, done)
}

func ticks(p *profile.Profile, accounts []account.Account) map[string]plan.Ticks {
	out := make(map[string]plan.Ticks, len(p.Steps))
	for _, a := range accounts {
		if t := ticksOf(p, a); len(t) > 0 {
			out[a.ID] = t
		}
	}
	return out
}

// ticksOf gathers the steps done under any of an account's names.
func ticksOf(p *profile.Profile, a account.Account) plan.Ticks {
	t := plan.Ticks{}
	for _, k := range a.Keys() {
		for kind, at := range p.Steps[k] {
			t[catalog.StepKind(kind)] = at.At
		}
	}
	on := func(method string, step catalog.StepKind) bool {
		_, done := t[step]
		return done || slices.Contains(a.SecondFactor, method)
	}
	copied := reach.Copied(p.Answers, on("totp", catalog.StepAddApp), on("passkey", catalog.StepAddPasskey))
	if _, done := t[catalog.StepSecond]; !done && copied {
		t[catalog.StepSecond] = time.Time{} // the person said so, of no day
	}
	return t
}

// Action returns the action of the plan with an id; false where there is none.
func (o Overview) Action(id string) (plan.Action, bool) {
	i := slices.IndexFunc(o.Actions, func(a plan.Action) bool { return a.ID == id })
	if i < 0 {
		return plan.Action{}, false
	}
	return o.Actions[i], true
}

// leaked are the platforms whose leak took passwords while the person had an
// account, or where a source found the person.
func leaked(leaks []breach.Named) map[string]bool {
	out := map[string]bool{}
	for _, l := range leaks {
		theirs := l.Certainty == breach.Confirmed ||
			l.Certainty == breach.Possible && l.Had == breach.HadYes && !l.Breach.Flags.Has(breach.Unverified)
		if theirs && l.Account != "" && slices.Contains(l.Data, breach.DataPasswords) {
			out[l.Account] = true
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
