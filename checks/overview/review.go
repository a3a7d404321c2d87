package overview

import (
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
)

// ReviewKind says how an account that a reading shows stands to what was known before; "find.review.<kind>" is the
// word.
type ReviewKind string

// The kinds, in the order they are shown.
const (
	ReviewSure     ReviewKind = "sure"     // new, and proved
	ReviewLikely   ReviewKind = "likely"   // new
	ReviewPossible ReviewKind = "possible" // new, and perhaps not the person's
	ReviewChanged  ReviewKind = "changed"  // known, and more is known of it now
	ReviewSame     ReviewKind = "same"     // known as it is
)

// ReviewKinds lists the kinds in the order they are shown.
func ReviewKinds() []ReviewKind {
	return []ReviewKind{ReviewSure, ReviewLikely, ReviewPossible, ReviewChanged, ReviewSame}
}

// Reviewed is an account that a reading shows.
type Reviewed struct {
	account.Account
	Kind ReviewKind
	More account.Account // what of it was not known before; of a new account nothing
}

// Known reports an account that was there before the reading.
func (r Reviewed) Known() bool { return r.Kind == ReviewChanged || r.Kind == ReviewSame }

// Review is what a reading shows beside what was known, before anything of it is kept.
type Review struct {
	Accounts []Reviewed              // in no order of importance: as account.Fuse sorts them
	Proposed []identifier.Identifier // that it shows and nobody said to be the person's or not
	Unknown  []account.Unmatched     // sites and apps that nobody knows
	found    evidence.Report
	before   map[string]account.Account   // by each of its keys
	replaced map[finding]evidence.Finding // what an earlier reading of the same sources showed
}

// ReviewOf compares what a reading found with a profile, which it leaves as it is.
func ReviewOf(p *profile.Profile, found evidence.Report, c *catalog.Catalog, now time.Time) Review {
	after, own := *p, Own(p)
	after.AcceptReport(found, now)
	r := Review{found: found, before: map[string]account.Account{}, replaced: replaced(p, found, now)}
	for _, a := range account.Fuse(p.Findings, p.Claims, own, c).Accounts {
		for _, k := range append(a.Keys(), a.Key()) {
			r.before[k] = a
		}
	}
	set := account.Fuse(after.Findings, after.Claims, own, c)
	from := map[source]bool{}
	for _, f := range found.Findings {
		from[sourceOf(f)] = true
	}
	for _, a := range set.Accounts {
		if slices.ContainsFunc(a.Findings, func(f evidence.Finding) bool { return from[sourceOf(f)] }) {
			r.Accounts = append(r.Accounts, r.compare(a))
		}
	}
	alone := account.Fuse(found.Findings, nil, own, c)
	r.Unknown = alone.Unmatched
	r.Proposed = without(alone.Own, p.Dismissed)
	return r
}

// replaced are the findings of a profile whose source was read anew.
func replaced(p *profile.Profile, found evidence.Report, now time.Time) map[finding]evidence.Finding {
	rest, stay := *p, map[finding]bool{}
	rest.AcceptReport(evidence.Report{Sources: found.Sources}, now)
	for _, f := range rest.Findings {
		stay[findingOf(f)] = true
	}
	out := map[finding]evidence.Finding{}
	for _, f := range p.Findings {
		if !stay[findingOf(f)] {
			out[findingOf(f)] = f
		}
	}
	return out
}

// source tells the sources of findings apart.
type source struct{ id, label, format string }

func sourceOf(f evidence.Finding) source { return source{f.SourceID, f.Source, f.Format} }

// known returns an account as it was before the reading.
func (r Review) known(a account.Account) (account.Account, bool) {
	for _, k := range append(a.Keys(), a.Key()) {
		if b, is := r.before[k]; is {
			return b, true
		}
	}
	return account.Account{}, false
}

func (r Review) compare(a account.Account) Reviewed {
	b, is := r.known(a)
	if !is {
		return Reviewed{Account: a, Kind: kindOf(a.Confidence)}
	}
	more := account.Account{
		Identifiers: beyond(a.Identifiers, b.Identifiers), UserNames: beyond(a.UserNames, b.UserNames),
		Purposes: beyond(a.Purposes, b.Purposes), SecondFactor: beyond(a.SecondFactor, b.SecondFactor),
		Advertisers: beyond(a.Advertisers, b.Advertisers), ReusedWith: beyond(a.ReusedWith, b.ReusedWith),
	}
	if a.Confidence > b.Confidence {
		more.Confidence = a.Confidence
	}
	gone := len(beyond(b.Identifiers, a.Identifiers))+len(beyond(b.SecondFactor, a.SecondFactor)) > 0
	news := len(more.Identifiers) + len(more.UserNames) + len(more.Purposes)
	news += len(more.SecondFactor) + len(more.Advertisers) + len(more.ReusedWith)
	if news > 0 || more.Confidence > 0 || gone {
		return Reviewed{Account: a, Kind: ReviewChanged, More: more}
	}
	return Reviewed{Account: a, Kind: ReviewSame}
}

// kindOf is the kind of a new account, by how sure it is.
func kindOf(sure evidence.Confidence) ReviewKind {
	switch sure {
	case evidence.Confirmed:
		return ReviewSure
	case evidence.Likely:
		return ReviewLikely
	}
	return ReviewPossible
}

// beyond lists what is in now and was not in before.
func beyond[T comparable](now, before []T) (out []T) {
	for _, x := range now {
		if !slices.Contains(before, x) {
			out = append(out, x)
		}
	}
	return out
}

// Kept is what is left of a reading once the person took the tick from some accounts (by their Key) and said at which
// platforms all accounts are one. A new account that was refused is remembered as not theirs; one that was known stays
// what it was, as if this reading had said nothing of it.
func (r Review) Kept(refused, together map[string]bool, said []account.Claim) (evidence.Report, []account.Claim) {
	var claims []account.Claim
	names := map[string][]string{}
	drop, keep, old := map[finding]bool{}, map[finding]bool{}, []evidence.Finding(nil)
	for _, a := range r.Accounts {
		no := refused[a.Key()]
		switch {
		case together[a.Platform]:
			names[a.Platform] = append(names[a.Platform], a.Joinable()...)
			no = false
		case no && !a.Known():
			claim := account.ClaimFor(said, a.Account)
			claim.Gone = true
			claims = append(claims, claim)
		case no:
			before, _ := r.known(a.Account)
			for _, f := range before.Findings {
				if was, is := r.replaced[findingOf(f)]; is {
					old = append(old, was)
				}
			}
		}
		for _, f := range a.Findings {
			if no && a.Known() {
				drop[findingOf(f)] = true
			} else {
				keep[findingOf(f)] = true
			}
		}
	}
	for _, platform := range sorted(names) {
		claim := account.ClaimOf(said, platform, "")
		claim.Together = names[platform]
		claims = append(claims, claim)
	}
	report := r.found
	if len(drop) > 0 {
		report.Findings = slices.DeleteFunc(slices.Clone(report.Findings), func(f evidence.Finding) bool {
			return drop[findingOf(f)] && !keep[findingOf(f)]
		})
		report.Findings = append(report.Findings, old...)
	}
	return report, claims
}

// finding is what of a finding stays the same when accounts are told apart: its confidence may fall then.
type finding struct {
	fact              evidence.Fact
	site, app, name   string
	id                identifier.Identifier
	user, acct, extra string
	purpose           evidence.Purpose
	source            source
}

func findingOf(f evidence.Finding) finding {
	return finding{
		f.Fact, f.Site, f.App, f.Name, f.Identifier.Line(), f.UserName, f.Account, f.Detail, f.Purpose, sourceOf(f),
	}
}

func sorted(m map[string][]string) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
