package imapbox

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/evidence"
)

// alike is a finding without what several readings add up: counts, dates, and
// the subject that stands for many.
func alike(f evidence.Finding) evidence.Finding {
	f.Count, f.First, f.Last = 0, time.Time{}, time.Time{}
	f.Detail, _, _ = strings.Cut(f.Detail, ": ")
	return f
}

// merge adds a report to what was found before.
func merge(old, more evidence.Report) evidence.Report {
	out := evidence.Report{Sources: slices.Clone(old.Sources), Findings: slices.Clone(old.Findings)}
	at := make(map[evidence.Finding]int, len(out.Findings))
	for i, f := range out.Findings {
		at[alike(f)] = i
	}
	for _, f := range more.Findings {
		i, have := at[alike(f)]
		if !have {
			at[alike(f)] = len(out.Findings)
			out.Findings = append(out.Findings, f)
			continue
		}
		out.Findings[i] = sum(out.Findings[i], f)
	}
	for _, s := range more.Sources {
		i := slices.IndexFunc(
			out.Sources,
			func(o evidence.Source) bool { return o.Path == s.Path && o.Format == s.Format },
		)
		if i < 0 {
			out.Sources = append(out.Sources, s)
			continue
		}
		o := &out.Sources[i]
		o.Add(s)
		o.Problems = s.Problems // what went wrong last time may be healed
	}
	slices.SortFunc(out.Findings, compare)
	slices.SortFunc(out.Sources, func(a, b evidence.Source) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// sum is two findings that are alike; the earlier one's proof stands.
func sum(a, b evidence.Finding) evidence.Finding {
	if a.First.IsZero() || !b.First.IsZero() && b.First.Before(a.First) {
		a, b = b, a
	}
	a.Count += b.Count
	if a.First.IsZero() {
		a.First = b.First
	}
	if b.Last.After(a.Last) {
		a.Last = b.Last
	}
	return a
}

// without leaves out what a source showed.
func without(r evidence.Report, source string) evidence.Report {
	return evidence.Report{
		Sources: slices.DeleteFunc(
			slices.Clone(r.Sources),
			func(s evidence.Source) bool { return s.Path == source },
		),
		Findings: slices.DeleteFunc(
			slices.Clone(r.Findings),
			func(f evidence.Finding) bool { return f.Source == source },
		),
	}
}

func compare(a, b evidence.Finding) int {
	return cmp.Or(
		strings.Compare(a.Source, b.Source),
		strings.Compare(a.Site, b.Site),
		strings.Compare(string(a.Fact), string(b.Fact)),
		cmp.Compare(a.Identifier.Kind, b.Identifier.Kind),
		strings.Compare(a.Identifier.Value, b.Identifier.Value),
		strings.Compare(
			a.Name,
			b.Name,
		),
		cmp.Compare(a.Confidence, b.Confidence),
		strings.Compare(a.Detail, b.Detail),
	)
}
