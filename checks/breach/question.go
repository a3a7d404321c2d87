package breach

import (
	"slices"
	"strings"

	"unlisted/checks/identifier"
)

// CanSearch reports whether a source can look a kind of identifier up.
func (i Info) CanSearch(k identifier.Kind) bool { return slices.Contains(i.Kinds, k) }

// SendsItself is what sources send that are asked about the identifier as it is.
func SendsItself(id identifier.Identifier) string {
	if id.Kind == identifier.KindEmail {
		return id.ASCIIDomain()
	}
	return id.Value
}

// Question is one identifier put to one source.
type Question struct {
	Source     string
	Identifier identifier.Identifier
}

// Questions are all that can be put: every source about every identifier it
// searches, source by source.
func Questions(sources []Source, ids []identifier.Identifier) []Question {
	var out []Question
	for _, s := range sources {
		for _, id := range ids {
			if info := s.Info(); info.CanSearch(id.Kind) {
				out = append(out, Question{info.ID, id})
			}
		}
	}
	return out
}

// Results gives one result for every question: the one known, or NotChecked, so
// that a gap is never left out of a summary.
func Results(questions []Question, known []Result) []Result {
	out := make([]Result, len(questions))
	for i, q := range questions {
		out[i] = Result{Source: q.Source, Identifier: q.Identifier}
		for _, r := range known {
			if r.Source == q.Source && identifier.SameLine(r.Identifier, q.Identifier) {
				out[i] = r
				out[i].Identifier = q.Identifier
			}
		}
	}
	return out
}

// Left are the questions of a check that are still open: to be put again later,
// or never put.
func Left(results []Result) []Question {
	var left []Question
	for _, r := range results {
		if r.Outcome == RateLimited && !r.RetryAt.IsZero() {
			left = append(left, Question{r.Source, r.Identifier})
		}
	}
	for _, r := range results {
		if r.Outcome == NotChecked {
			left = append(left, Question{r.Source, r.Identifier})
		}
	}
	return left
}

// Consent is the name of a standing yes to one question.
func (q Question) Consent() string {
	return q.Source + " " + q.Identifier.Kind.String() + " " + q.Identifier.Value
}

// ParseConsent reads what Consent wrote; false for a yes to something else.
func ParseConsent(key string) (Question, bool) {
	source, rest, _ := strings.Cut(key, " ")
	kind, value, _ := strings.Cut(rest, " ")
	for _, k := range []identifier.Kind{identifier.KindEmail, identifier.KindPhone} {
		if k.String() == kind && value != "" {
			return Question{source, identifier.Identifier{Kind: k, Value: value}}, true
		}
	}
	return Question{}, false
}
