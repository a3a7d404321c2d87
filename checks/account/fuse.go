package account

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
)

// Platforms is what fusing needs of the catalogue.
type Platforms interface {
	// Resolve ties a host to a platform; an unknown host keeps its registrable
	// domain as id, and "" means no site at all (a device, an intranet).
	Resolve(host string) (id, name string, known bool)
	ByID(id string) (*catalog.Platform, bool)
	ByApp(pkg string) (*catalog.Platform, bool)
	ByName(name string) (*catalog.Platform, bool)
}

// Fuse adds findings and the person's claims up to accounts.
//
// One account a platform: all its domains, all sources. A platform has an
// account when something other than mail or bare possession of an address says
// so: an account, a second factor, a number of at least likely confidence, an
// advertising match, or the person's claim. A platform that only mailed is
// listed under Mailed. An account is as sure as its surest finding; the
// person's claim counts least. Equal input in any order gives equal output.
func Fuse(findings []evidence.Finding, claims []Claim, own []identifier.Identifier, platforms Platforms) Set {
	f := fuser{
		platforms: platforms, list: own,
		groups: map[string]*group{}, unmatched: map[string]int{}, reuse: map[string][]string{},
	}
	for _, x := range findings {
		f.add(x)
	}
	for _, id := range own {
		f.mailbox(id)
	}
	for _, c := range claims {
		f.claim(c)
	}
	return f.set(own)
}

// group is everything at one platform.
type group struct {
	account Account // platform, name, and all findings
	mailed  int
	why     []string // reasons why what was mailed shows no account
	claims  []Claim
}

// mail counts mails that show no account.
func (g *group) mail(count int, why string) {
	g.mailed += max(1, count)
	g.why = appendNew(g.why, why)
}

type fuser struct {
	platforms Platforms
	list      []identifier.Identifier // the person's own
	groups    map[string]*group
	unmatched map[string]int
	reuse     map[string][]string // reuse group -> platforms
	own       []identifier.Identifier
}

func (f *fuser) group(id, name string, known bool) *group {
	g := f.groups[id]
	if g == nil {
		g = &group{account: Account{Platform: id, Name: name, Known: known}}
		f.groups[id] = g
	}
	return g
}

func (f *fuser) resolve(x evidence.Finding) (id, name string, known bool) {
	if x.Site != "" {
		return f.platforms.Resolve(x.Site)
	}
	if x.App != "" {
		if p, ok := f.platforms.ByApp(x.App); ok {
			return p.ID, p.Name, true
		}
	}
	if x.Name != "" {
		if p, ok := f.platforms.ByName(x.Name); ok {
			return p.ID, p.Name, true
		}
	}
	return "", "", false
}

func (f *fuser) add(x evidence.Finding) {
	x.Identifier = identifier.Spelled(x.Identifier, f.list)
	if x.Fact == evidence.FactOwn {
		f.own = append(f.own, x.Identifier)
		return
	}
	id, name, known := f.resolve(x)
	if id == "" {
		if label := cmp.Or(x.Site, x.App, x.Name); label != "" {
			f.unmatched[label] += max(1, x.Count)
		}
		return
	}
	g := f.group(id, name, known)
	g.account.Findings = append(g.account.Findings, x)
	if x.Fact == evidence.FactReuse {
		f.reuse[x.Detail] = append(f.reuse[x.Detail], id)
	}
	onlyHeld := x.Fact == evidence.FactHoldsEmail && x.Confidence < evidence.Likely && x.Family != evidence.FamilyMail
	if x.Fact == evidence.FactMailed || onlyHeld {
		g.mail(x.Count, x.Why)
	}
}

// mailbox adds the account behind one of the person's own addresses: whoever
// has the address has a mailbox there, and every other account hangs on it.
func (f *fuser) mailbox(id identifier.Identifier) {
	p, ok := f.platforms.ByID(first(f.platforms.Resolve(id.Domain())))
	if !ok || !slices.Contains(p.Categories, "email") {
		return
	}
	f.add(evidence.Finding{
		Fact: evidence.FactAccount, Site: p.ID, Identifier: id, Purpose: evidence.PurposeSignIn,
		Confidence: evidence.Claimed, Format: FormatOwn, Count: 1,
	})
}

// FormatOwn marks the finding that rests on the person's own list alone.
const FormatOwn = "own"

func first(id, _ string, _ bool) string { return id }

// proves reports whether a finding shows an account rather than a sender.
func proves(x evidence.Finding) bool {
	switch x.Fact {
	case evidence.FactMailed, evidence.FactOwn:
		return false
	case evidence.FactHoldsEmail:
		// Holding an address alone is what every newsletter does.
		return x.Confidence >= evidence.Likely && x.Purpose != evidence.PurposeUnknown
	case evidence.FactHoldsPhone:
		return x.Confidence >= evidence.Likely
	default:
		return x.Confidence >= evidence.Possible || x.Format == FormatOwn
	}
}

func (f *fuser) claim(c Claim) {
	id, name, known := f.platforms.Resolve(c.Platform)
	if id == "" {
		return
	}
	g := f.group(id, name, known)
	c.Identifiers = slices.Clone(c.Identifiers)
	for i, id := range c.Identifiers {
		c.Identifiers[i] = identifier.Spelled(id, f.list)
	}
	g.claims = append(g.claims, c)
}

func (f *fuser) set(own []identifier.Identifier) Set {
	var s Set
	for id, g := range f.groups {
		accounts, gone := f.accounts(g)
		s.Accounts = append(s.Accounts, accounts...)
		if len(accounts) == 0 && !gone && g.mailed > 0 {
			s.Mailed = append(s.Mailed, Mailed{id, g.mailed, slices.Compact(slices.Sorted(slices.Values(g.why)))})
		}
	}
	for d, n := range f.unmatched {
		s.Unmatched = append(s.Unmatched, Unmatched{d, n})
	}
	slices.SortFunc(s.Accounts, func(a, b Account) int {
		return cmp.Or(strings.Compare(a.Platform, b.Platform), strings.Compare(a.SignIn, b.SignIn))
	})
	slices.SortFunc(s.Mailed, func(a, b Mailed) int { return strings.Compare(a.Platform, b.Platform) })
	slices.SortFunc(s.Unmatched, func(a, b Unmatched) int { return strings.Compare(a.Domain, b.Domain) })
	s.Own = f.candidates(s.Accounts, own)
	return s
}

// accounts tells the accounts at one platform apart and finishes each. gone is
// true where the person said that one is not theirs or no more.
func (f *fuser) accounts(g *group) (out []Account, gone bool) {
	var together [][]string
	for _, c := range g.claims {
		if len(c.Together) > 1 {
			together = append(together, c.Together)
		}
	}
	for _, findings := range split(g.account.Findings, together) {
		a := g.account
		a.Findings = findings
		a.Names = signIns(findings)
		a.SignIn = firstOf(a.Names)
		out = append(out, a)
	}
	for i := range out {
		a := &out[i]
		if a.ID = a.Platform; len(out) > 1 {
			a.ID = a.Key()
		}
		claims := slices.DeleteFunc(slices.Clone(g.claims), func(c Claim) bool {
			return !slices.Contains(a.Keys(), cmp.Or(c.Account, c.Platform))
		})
		only := mailOnly(*a)
		shown := only == "" && slices.ContainsFunc(a.Findings, proves)
		for _, c := range claims {
			shown = shown || !c.Gone
		}
		if slices.ContainsFunc(claims, func(c Claim) bool { return c.Gone }) {
			shown, gone = false, true
		}
		if !shown {
			for _, x := range a.Findings {
				if x.Family == evidence.FamilyMail && x.Fact == evidence.FactAccount {
					g.mail(x.Count, cmp.Or(only, x.Why))
				}
			}
			a.Platform = ""
			continue
		}
		*a = f.finish(*a, claims)
	}
	return slices.DeleteFunc(out, func(a Account) bool { return a.Platform == "" }), gone
}

// whySingle is the reason of a sender whose only mail about an account is too
// little to show one.
const whySingle = "mail.why.single"

// mailOnly returns why an account that rests on mail alone is none: it is a
// single mail from a site that nobody knows or from a sender that nothing
// proves, which is what unasked mail looks like and what a forger sends; or all
// its mails are about orders and bills from a site that nobody knows, which
// guests get as well. "" where it is one.
func mailOnly(a Account) string {
	mails, orders, sure := 0, 0, evidence.ConfidenceNone
	for _, x := range slices.DeleteFunc(slices.Clone(a.Findings), func(x evidence.Finding) bool { return !proves(x) }) {
		if x.Family != evidence.FamilyMail {
			return ""
		}
		if x.Fact != evidence.FactAccount {
			continue
		}
		if x.Why == evidence.WhyOrder {
			orders += max(1, x.Count)
			continue
		}
		mails += max(1, x.Count)
		sure = max(sure, x.Confidence)
	}
	if mails == 0 && orders > 0 && !a.Known {
		return evidence.WhyOrder
	}
	if mails+orders == 1 && (!a.Known || sure <= evidence.Possible) {
		return whySingle
	}
	return ""
}

// signIns lists the sign-in names of findings, addresses first, then user names
// and numbers, each sorted: the first is the account's own.
func signIns(findings []evidence.Finding) []string {
	var all []string
	for _, f := range findings {
		if opens(f) {
			all = append(all, names(f)...)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		rank := func(s string) int { return strings.IndexByte(byEmail+"u"+byPhone, s[0]) }
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
	all = slices.Compact(all)
	for i, n := range all {
		for _, kind := range []string{byEmail, byUser, byPhone} {
			if name, ok := strings.CutPrefix(n, kind); ok {
				all[i] = name
				break
			}
		}
	}
	return all
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// finish fills in what an account's findings and claims add up to.
func (f *fuser) finish(a Account, claims []Claim) Account {
	sortFindings(a.Findings)
	factors := map[string]bool{}
	for _, x := range a.Findings {
		a.Confidence = max(a.Confidence, x.Confidence)
		a.First = earliest(a.First, x.First)
		a.Last = latest(a.Last, cmpTime(x.Last, x.First))
		if !x.Identifier.IsZero() {
			a.Identifiers = append(a.Identifiers, x.Identifier)
		}
		a.UserNames = appendNew(a.UserNames, x.UserName)
		if x.Purpose != evidence.PurposeUnknown {
			a.Purposes = append(a.Purposes, x.Purpose)
		}
		switch x.Fact {
		case evidence.FactPhone2FA:
			factors["phone"] = true
		case evidence.FactTOTPOn:
			factors["totp"] = true
		case evidence.FactPasskey:
			factors["passkey"] = true
		case evidence.FactAdvertiserList:
			a.Advertisers = appendNew(a.Advertisers, x.Detail)
		case evidence.FactReuse:
			for _, other := range f.reuse[x.Detail] {
				if other != a.Platform {
					a.ReusedWith = appendNew(a.ReusedWith, other)
				}
			}
		}
	}
	for k := range factors {
		a.SecondFactor = append(a.SecondFactor, k)
	}
	for _, c := range claims {
		applyClaim(&a, c)
	}
	proveGone(&a)
	a.Identifiers = sortIdentifiers(a.Identifiers)
	slices.Sort(a.Purposes)
	a.Purposes = slices.Compact(a.Purposes)
	for _, list := range []*[]string{&a.UserNames, &a.SecondFactor, &a.Advertisers, &a.ReusedWith} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return a
}

// applyClaim lets the person's word complete the proof: it adds identifiers,
// replaces the second factors, and takes the number out unless newer evidence
// still shows it.
func applyClaim(a *Account, c Claim) {
	a.Confidence = max(a.Confidence, evidence.Claimed)
	a.Identifiers = append(a.Identifiers, c.Identifiers...)
	if c.SecondFactor != nil {
		a.SecondFactor = slices.DeleteFunc(slices.Clone(c.SecondFactor), func(s string) bool { return s == "none" })
	}
	if c.NumberGone.IsZero() || heldAfter(a.Findings, c.NumberGone) {
		return
	}
	a.NumberGone = c.NumberGone
	a.dropNumber()
}

// proveGone takes the number out where the platform's own archive no longer
// shows one and nothing newer does.
func proveGone(a *Account) {
	for _, x := range a.Findings {
		at := cmpTime(x.Last, x.First)
		if x.Fact == evidence.FactNoPhone && at.After(a.NumberProved) && !heldAfter(a.Findings, at) {
			a.NumberProved = at
		}
	}
	if !a.NumberProved.IsZero() {
		a.dropNumber()
	}
}

func (a *Account) dropNumber() {
	a.Identifiers = slices.DeleteFunc(a.Identifiers, identifier.Identifier.IsNumber)
	a.SecondFactor = slices.DeleteFunc(a.SecondFactor, func(s string) bool { return s == "phone" })
}

func heldAfter(findings []evidence.Finding, t time.Time) bool {
	return slices.ContainsFunc(findings, func(x evidence.Finding) bool {
		return x.Identifier.IsNumber() && cmpTime(x.Last, x.First).After(t)
	})
}

// candidates lists identifiers the evidence shows as the person's own and that
// are not on the list yet: named as such, or held by a platform that confirmed
// it. Most frequent first would shuffle as evidence grows, so: phones, then
// addresses, each sorted.
func (f *fuser) candidates(accounts []Account, own []identifier.Identifier) []identifier.Identifier {
	have := map[string]bool{}
	for _, id := range own {
		have[id.Canonical()] = true
	}
	all := slices.Clone(f.own)
	for _, a := range accounts {
		for _, x := range a.Findings {
			if x.Confidence == evidence.Confirmed && x.Family != evidence.FamilyMail && !x.Identifier.IsZero() {
				all = append(all, x.Identifier)
			}
		}
	}
	var out []identifier.Identifier
	for _, id := range sortIdentifiers(all) {
		if slices.ContainsFunc(own, id.MayBe) {
			continue // asked about where it matters, at its account
		}
		if c := id.Canonical(); c != "" && !have[c] {
			have[c] = true
			out = append(out, id)
		}
	}
	return out
}

func sortIdentifiers(ids []identifier.Identifier) []identifier.Identifier {
	slices.SortFunc(ids, func(a, b identifier.Identifier) int {
		// Phones first: they are what the person came for.
		return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), strings.Compare(a.Value, b.Value))
	})
	seen := make(map[identifier.Identifier]bool, len(ids)) // a file may name tens of thousands
	return slices.DeleteFunc(ids, func(id identifier.Identifier) bool {
		twice := seen[id.Line()]
		seen[id.Line()] = true
		return twice
	})
}

func rank(k identifier.Kind) int {
	return slices.Index([]identifier.Kind{
		identifier.KindPhone, identifier.KindUnplaced, identifier.KindEmail, identifier.KindNone,
	}, k)
}

func sortFindings(fs []evidence.Finding) {
	slices.SortFunc(fs, func(a, b evidence.Finding) int {
		return cmp.Or(-cmp.Compare(a.Confidence, b.Confidence), strings.Compare(string(a.Fact), string(b.Fact)),
			strings.Compare(a.Format, b.Format), strings.Compare(a.Source, b.Source),
			strings.Compare(a.Identifier.Value, b.Identifier.Value), strings.Compare(a.UserName, b.UserName),
			strings.Compare(a.Site, b.Site), strings.Compare(string(a.Purpose), string(b.Purpose)),
			strings.Compare(a.Detail, b.Detail), a.First.Compare(b.First), a.Last.Compare(b.Last), cmp.Compare(a.Count, b.Count))
	})
}

func appendNew(list []string, s string) []string {
	if s == "" {
		return list
	}
	return append(list, s)
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// cmpTime returns the first of two times that is set.
func cmpTime(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}
