package overview

import (
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
)

// AnswerUnknown is the answer of somebody who does not know: the question is
// not put again, and what it is about stays assumed.
const AnswerUnknown = "unknown"

// Reach builds the access graph of a profile; planned: as if the whole plan
// were carried out.
func Reach(p *profile.Profile, o Overview, c *catalog.Catalog, planned bool) *reach.Model {
	in := reach.Input{
		Accounts: o.Accounts, Platform: c.ByID, Own: Own(p), Region: p.Settings.Region,
		Ticks: map[string]map[catalog.StepKind]bool{}, Leaked: leaked(o.Leaks), Answers: p.Answers, Planned: planned,
	}
	for id, done := range ticks(p, o.Accounts) {
		in.Ticks[id] = map[catalog.StepKind]bool{}
		for kind := range done {
			in.Ticks[id][kind] = true
		}
	}
	return reach.Build(in)
}

// OpenQuestions lists the questions that are worth most and that the person has not
// been asked yet.
func OpenQuestions(p *profile.Profile, m *reach.Model, limit int) []reach.Question {
	var out []reach.Question
	for _, q := range m.Questions(0) {
		if len(out) == limit {
			break
		}
		if p.Answers[q.Key] != AnswerUnknown {
			out = append(out, q)
		}
	}
	return out
}

// Tiers says how much hangs on each account. The model tells it of accounts
// that hold a number only, so each is asked about as if it held one.
func Tiers(p *profile.Profile, o Overview, c *catalog.Catalog) func(id string) reach.Tier {
	number := identifier.Identifier{Kind: identifier.KindPhone, Value: "+10000000000"}
	in := reach.Input{Platform: c.ByID, Own: append(Own(p), number), Accounts: make([]account.Account, len(o.Accounts))}
	for i, a := range o.Accounts {
		a.Identifiers = append([]identifier.Identifier{number}, a.Identifiers...)
		in.Accounts[i] = a
	}
	tiers := map[string]reach.Tier{}
	for _, h := range reach.Build(in).Goodbye(number) {
		tiers[h.Account.ID] = h.Tier
	}
	return func(id string) reach.Tier {
		if t, ok := tiers[id]; ok {
			return t
		}
		return reach.TierRest
	}
}
