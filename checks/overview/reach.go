package overview

import (
	"unlisted/checks/catalog"
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
		Accounts: o.Accounts, Platform: c.Get, Own: Own(p), Region: p.Settings.Region,
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
