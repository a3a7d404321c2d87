package outbound

import (
	"slices"
	"time"
)

// Limit allows so many requests within a time.
type Limit struct {
	N   int
	Per time.Duration
}

// Next is when the limits allow another request after those at the times used:
// now, or later. Times that lie ahead of now are from a clock since set right,
// and would hold the source back until then; they do not count.
func Next(limits []Limit, used []time.Time, now time.Time) time.Time {
	used = slices.DeleteFunc(slices.Clone(used), func(t time.Time) bool { return t.After(now) })
	return After(limits, used, now)
}

// After is Next for times that may lie ahead because they are planned.
func After(limits []Limit, used []time.Time, now time.Time) time.Time {
	used = slices.Clone(used)
	slices.SortFunc(used, time.Time.Compare)
	at := now
	if n := len(used); n > 0 && used[n-1].After(at) {
		at = used[n-1] // what is planned goes in its order
	}
	for _, l := range limits {
		if l.N > 0 && len(used) >= l.N {
			if free := used[len(used)-l.N].Add(l.Per); free.After(at) {
				at = free
			}
		}
	}
	return at
}
