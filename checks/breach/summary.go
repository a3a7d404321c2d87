package breach

import "slices"

// Summary is what a check adds up to: "3 of 5 sources answered; nothing found
// in those 3".
type Summary struct {
	Sources Tally    // a source answered if it answered every question put to it
	Lookups Tally    // single questions: one identifier, one source
	Gaps    []string // sources that were asked and did not answer everything, in order of name
	Skipped int      // questions never put: no yes, stopped, or the source cannot search the kind
}

// Tally counts questions. What was asked and is in none of the last three did
// not answer.
type Tally struct {
	Asked    int
	Answered int
	Found    int
	Nothing  int // answered that there is nothing, and hides nothing
}

// Summarise adds results up.
func Summarise(results []Result) Summary {
	var s Summary
	asked := map[string]*Tally{}
	for _, r := range results {
		if r.Outcome == NotChecked {
			s.Skipped++
			continue
		}
		if asked[r.Source] == nil {
			asked[r.Source] = &Tally{}
		}
		asked[r.Source].add(r.Outcome)
		s.Lookups.add(r.Outcome)
	}
	for id, t := range asked {
		s.Sources.Asked++
		if t.Found > 0 {
			s.Sources.Found++
		}
		if t.Nothing == t.Asked {
			s.Sources.Nothing++
		}
		if t.Answered == t.Asked {
			s.Sources.Answered++
		} else {
			s.Gaps = append(s.Gaps, id)
		}
	}
	slices.Sort(s.Gaps)
	return s
}

func (t *Tally) add(o Outcome) {
	t.Asked++
	if o.Answered() {
		t.Answered++
	}
	switch o {
	case Found:
		t.Found++
	case NotFound:
		t.Nothing++
	}
}

// AllClear is true only if every question was put and every answer was that
// there is nothing: a gap, a source that hides something and a question never
// put are no good news.
func (s Summary) AllClear() bool {
	return s.Lookups.Asked > 0 && s.Lookups.Nothing == s.Lookups.Asked && s.Skipped == 0
}

// Key is the text that tells the summary; its places are {answered} and {asked},
// both sources.
func (s Summary) Key() string {
	switch {
	case s.Sources.Asked == 0:
		return "source.summary.none"
	case s.Lookups.Found > 0:
		return "source.summary.found"
	case s.Lookups.Answered == 0:
		return "source.summary.silent"
	case s.Lookups.Nothing < s.Lookups.Answered:
		return "source.summary.hidden"
	}
	return "source.summary.nothing"
}
