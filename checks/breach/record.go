package breach

import "slices"

// Record returns a copy of known with the answers of sources added. A source
// that did not answer never replaces an answer, whose date stays too; an earlier
// failure to answer is replaced by either. What was not checked is not recorded.
func Record(known, results []Result) []Result {
	out := slices.Clone(known)
	for _, r := range results {
		if r.Outcome == NotChecked {
			continue
		}
		out = slices.DeleteFunc(out, func(x Result) bool {
			same := x.Source == r.Source && x.Identifier == r.Identifier
			return same && (r.Outcome.Answered() || !x.Outcome.Answered())
		})
		out = append(out, r)
	}
	return out
}
