package overview

import (
	"context"
	"crypto/sha1" //nolint:gosec // the service's own index, not protection
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
)

// Question is one identifier put to one source.
type Question struct {
	Source     string
	Identifier identifier.Identifier
}

// Questions are all that can be put: every source about every identifier it
// searches, source by source.
func Questions(sources []breach.Source, ids []identifier.Identifier) []Question {
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
func Results(questions []Question, known []breach.Result) []breach.Result {
	out := make([]breach.Result, len(questions))
	for i, q := range questions {
		out[i] = breach.Result{Source: q.Source, Identifier: q.Identifier}
		for _, r := range known {
			if r.Source == q.Source && r.Identifier == q.Identifier {
				out[i] = r
			}
		}
	}
	return out
}

// Consent is the name of a standing yes to one question. It opens the door only
// for a check that goes by it: the door itself knows sources, not identifiers.
func (q Question) Consent() string {
	return q.Source + " " + q.Identifier.Kind.String() + " " + q.Identifier.Value
}

// Standing are the questions with a standing yes, in the order given.
func Standing(p *profile.Profile, questions []Question) []Question {
	var out []Question
	for _, q := range questions {
		if p.Consents[q.Consent()] {
			out = append(out, q)
		}
	}
	return out
}

// Sent is exactly what leaves of an identifier, and whether it is the identifier
// itself rather than a fragment of its hash.
func Sent(info breach.Info, id identifier.Identifier) (content string, whole bool) {
	address := strings.ToLower(id.ASCIIDomain())
	switch info.Level {
	case breach.LevelPrefix:
		sum := sha1.Sum([]byte(address))
		return strings.ToUpper(hex.EncodeToString(sum[:3])), false
	case breach.LevelPseudonym:
		sum := sha256.Sum256([]byte(address))
		return hex.EncodeToString(sum[:12]), false
	}
	if id.Kind == identifier.KindEmail {
		return id.ASCIIDomain(), true
	}
	return id.Value, true
}

// Plan says when each question would be put at the latest, the earliest first.
func Plan(sources []breach.Source, questions []Question, used map[string][]time.Time, now time.Time) []breach.Slot {
	asked, ids := parties(sources, questions)
	out := slices.DeleteFunc(breach.Schedule(asked, ids, used, now), func(s breach.Slot) bool {
		return !slices.Contains(questions, Question{s.Source, s.Identifier})
	})
	slices.SortStableFunc(out, func(a, b breach.Slot) int { return a.At.Compare(b.At) })
	return out
}

// parties are the sources and identifiers of some questions.
func parties(sources []breach.Source, questions []Question) (asked []breach.Source, ids []identifier.Identifier) {
	for _, s := range sources {
		if slices.ContainsFunc(questions, func(q Question) bool { return q.Source == s.Info().ID }) {
			asked = append(asked, s)
		}
	}
	for _, q := range questions {
		if !slices.Contains(ids, q.Identifier) {
			ids = append(ids, q.Identifier)
		}
	}
	return asked, ids
}

// maxWait is how long a check waits for a source's next turn by itself. What
// takes longer is left, with its time, for the person to go on with.
const maxWait = 2 * time.Minute

// Ask puts the questions, and only those: the person said yes to each. own are
// the identifiers of the person, and nobody else is asked about. Where a
// source wants a pause it waits and goes on, as long as that leads to answers.
// It returns one result for every question, in their order; what a stopped check
// did not get to is NotChecked.
func Ask(ctx context.Context, own []identifier.Identifier, sources []breach.Source, questions []Question, now func() time.Time, progress func(job.Progress)) []breach.Result {
	results := Results(questions, nil)
	strangers := func(q Question) bool { return !identifier.Among(own, q.Identifier) }
	for left := slices.DeleteFunc(slices.Clone(questions), strangers); len(left) > 0; {
		done := len(questions) - len(left)
		report := func(n int) {
			progress(job.Progress{Step: "check.asking", Done: int64(done + n), Total: int64(len(questions))})
		}
		for _, r := range round(ctx, sources, left, now, report) {
			results[slices.Index(questions, Question{r.Source, r.Identifier})] = r
		}
		again, at := waiting(results)
		if len(again) == len(left) || !sleep(ctx, at.Sub(now())) {
			break
		}
		left = again
	}
	return results
}

// round puts each question once. Sources that are asked about the same
// identifiers are asked together, so that their pauses overlap.
func round(ctx context.Context, sources []breach.Source, questions []Question, now func() time.Time, report func(int)) (out []breach.Result) {
	done := map[string]bool{}
	for _, s := range sources {
		ids := idsOf(questions, s.Info().ID)
		if len(ids) == 0 || done[s.Info().ID] {
			continue
		}
		var group []breach.Source
		var yes []string
		for _, other := range sources {
			if id := other.Info().ID; !done[id] && slices.Equal(idsOf(questions, id), ids) {
				done[id] = true
				group, yes = append(group, other), append(yes, id)
			}
		}
		before := len(out)
		for _, r := range breach.Check(ctx, group, ids, yes, now, func(p job.Progress) { report(before + int(p.Done)) }) {
			if slices.Contains(questions, Question{r.Source, r.Identifier}) {
				out = append(out, r)
			}
		}
	}
	return out
}

func idsOf(questions []Question, source string) (ids []identifier.Identifier) {
	for _, q := range questions {
		if q.Source == source {
			ids = append(ids, q.Identifier)
		}
	}
	return ids
}

// Detail lets the sources that can say more of what they found: one more request
// each to the same host, with the same content, about one's own identifiers only.
// What fails changes nothing.
func Detail(ctx context.Context, own []identifier.Identifier, sources []breach.Source, results []breach.Result) []breach.Result {
	out := slices.Clone(results)
	for i, r := range out {
		for _, s := range sources {
			d, can := s.(breach.Detailer)
			if info := s.Info(); can && info.ID == r.Source && r.Outcome == breach.Found && identifier.Among(own, r.Identifier) && ctx.Err() == nil {
				out[i] = d.Detail(outbound.WithConsent(outbound.About(ctx, r.Identifier.Masked(), r.Identifier.Canonical()), info.Purpose()), r)
			}
		}
	}
	return out
}

// waiting are the questions a source wants to hear later, and when the first of
// them may be put again.
func waiting(results []breach.Result) (left []Question, at time.Time) {
	for _, r := range results {
		if r.Outcome == breach.RateLimited && !r.RetryAt.IsZero() {
			left = append(left, Question{r.Source, r.Identifier})
			if at.IsZero() || r.RetryAt.Before(at) {
				at = r.RetryAt
			}
		}
	}
	return left, at
}

// Left are the questions of a check that are still open: never put, or to be put
// again later.
func Left(results []breach.Result) []Question {
	left, _ := waiting(results)
	for _, r := range results {
		if r.Outcome == breach.NotChecked {
			left = append(left, Question{r.Source, r.Identifier})
		}
	}
	return left
}

// sleep waits, and says whether it is worth going on.
func sleep(ctx context.Context, d time.Duration) bool {
	if d > maxWait {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
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
