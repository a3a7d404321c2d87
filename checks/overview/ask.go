package overview

import (
	"unlisted/checks/breach"
	"unlisted/checks/profile"
)

// Standing are the questions with a standing yes, in the order given.
func Standing(p *profile.Profile, questions []breach.Question) []breach.Question {
	var out []breach.Question
	for _, q := range questions {
		if p.Consents[q.Consent()] {
			out = append(out, q)
		}
	}
	return out
}
