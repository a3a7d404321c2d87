package breach

import (
	"slices"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
)

// Slot is when a source will be asked about an identifier.
type Slot struct {
	Source     string
	Identifier identifier.Identifier
	At         time.Time
}

// Schedule says, before anything is asked, when each source can be asked about
// each identifier it searches, source by source. used are the times of earlier
// requests by purpose, as the door keeps them. A source that needs more than
// one request for an answer may take longer.
func Schedule(sources []Source, ids []identifier.Identifier, used map[string][]time.Time, now time.Time) []Slot {
	var out []Slot
	taken := map[string][]time.Time{}
	for _, s := range sources {
		info := s.Info()
		purpose := info.Purpose()
		times, known := taken[purpose]
		if !known {
			times = past(used[purpose], now)
		}
		for _, id := range ids {
			if !info.CanSearch(id.Kind) {
				continue
			}
			at := earliest(info.Limits, times, now)
			times = append(times, at)
			out = append(out, Slot{info.ID, id, at})
		}
		taken[purpose] = times
	}
	return out
}

// past keeps what counts, in order: times that lie ahead are from a clock since
// set right.
func past(used []time.Time, now time.Time) []time.Time {
	times := slices.DeleteFunc(slices.Clone(used), func(t time.Time) bool { return t.After(now) })
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// earliest is when every limit has room after the times given, which are in
// order.
func earliest(limits []outbound.Limit, times []time.Time, now time.Time) time.Time {
	at := now
	if len(times) > 0 && times[len(times)-1].After(at) {
		at = times[len(times)-1]
	}
	for _, l := range limits {
		if l.N > 0 && len(times) >= l.N {
			if free := times[len(times)-l.N].Add(l.Per); free.After(at) {
				at = free
			}
		}
	}
	return at
}
