package overview

import (
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
)

// LeavingNumber is a number the person gives up.
type LeavingNumber struct {
	Number  identifier.Identifier
	LastDay time.Time
	Days    int // until the last day; below zero once it is over
}

// Notice is how near a last day is, in days: the smallest of these it is within.
type Notice int

// The notices: a month before there is time for letters, a week before for
// what takes days, a day before for what takes minutes.
const (
	NoticeNone  Notice = 0
	NoticeDay   Notice = 1
	NoticeWeek  Notice = 7
	NoticeMonth Notice = 30
	NoticeOver  Notice = -1 // the day is past
)

// Notice says whether it is time to be reminded.
func (f LeavingNumber) Notice() Notice {
	if f.Days < 0 {
		return NoticeOver
	}
	for _, n := range []Notice{NoticeDay, NoticeWeek, NoticeMonth} {
		if f.Days <= int(n) {
			return n
		}
	}
	return NoticeNone
}

// LeavingNumbers lists the numbers given up that are still the person's, the nearest
// day first.
func LeavingNumbers(p *profile.Profile, now time.Time) []LeavingNumber {
	var out []LeavingNumber
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	for _, o := range p.Identifiers {
		if day, ok := p.Leaving[o.ID.Value]; ok && o.ID.Kind == identifier.KindPhone {
			out = append(out, LeavingNumber{o.ID, day, int(day.Sub(today).Hours() / 24)})
		}
	}
	slices.SortStableFunc(out, func(a, b LeavingNumber) int { return a.LastDay.Compare(b.LastDay) })
	return out
}

// Numbers lists the person's numbers.
func Numbers(p *profile.Profile) []identifier.Identifier {
	return slices.DeleteFunc(Own(p), func(id identifier.Identifier) bool { return id.Kind != identifier.KindPhone })
}

// Goodbye lists what must change before a number is given up, as the model says,
// with the ticks also of platforms whose guide has no step for it.
func Goodbye(p *profile.Profile, m *reach.Model, number identifier.Identifier) []reach.NumberChange {
	list := m.Goodbye(number)
	for i := range list {
		if h := &list[i]; h.Change == reach.ChangeNumber && h.Step == "" {
			h.Step = catalog.StepChange
			_, h.Done = ticksOf(p, h.Account)[h.Step]
		}
	}
	return list
}

// ToChange counts the accounts of such a list at which something must change,
// and those of them that are left.
func ToChange(list []reach.NumberChange) (left, all int) {
	for _, h := range list {
		if h.Change == reach.ChangeFollows {
			continue
		}
		all++
		if !h.Done {
			left++
		}
	}
	return left, all
}

// Again is an account whose number left some weeks ago and that should be
// looked at once more.
type Again struct {
	Account account.Account
	Left    time.Time
}

// LookAgain lists the accounts that are due for another look.
func LookAgain(p *profile.Profile, o Overview, c *catalog.Catalog, now time.Time) []Again {
	var out []Again
	for _, a := range o.Accounts {
		if !slices.ContainsFunc(a.Keys(), func(k string) bool { return len(p.Steps[k]) > 0 }) {
			continue // nothing was ever taken out there
		}
		sw := switchOf(a, c, ticksOf(p, a))
		if due, seen := sw.LookAgain(); !due.IsZero() && seen.IsZero() && !now.Before(due) {
			out = append(out, Again{a, sw.Left()})
		}
	}
	return out
}
