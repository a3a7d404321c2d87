package overview_test

import (
	"testing"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
)

// A last day is near within a month, a week, a day; over it stays over. Numbers
// that are no longer the person's are passed over.
func TestFarewells(t *testing.T) {
	number, _ := identifier.Parse("+33639981234", "")
	mail, _ := identifier.Parse("pat@mail.example", "")
	day := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
	p := &profile.Profile{Document: profile.Document{
		Identifiers: []profile.Own{{ID: number}, {ID: mail}},
		Leaving:     map[string]time.Time{number.Value: day, mail.Value: day, "+12025550101": day},
	}}
	paris := time.FixedZone("", 2*3600)
	for _, c := range []struct {
		now    time.Time
		days   int
		notice overview.Notice
	}{
		{day.AddDate(0, 0, -31), 31, overview.NoticeNone},
		{day.AddDate(0, 0, -30), 30, overview.NoticeMonth},
		{day.AddDate(0, 0, -8).Add(23 * time.Hour), 8, overview.NoticeMonth},
		{day.AddDate(0, 0, -7), 7, overview.NoticeWeek},
		{day.AddDate(0, 0, -1), 1, overview.NoticeDay},
		{day.Add(12 * time.Hour), 0, overview.NoticeDay},
		{time.Date(2027, 3, 31, 0, 30, 0, 0, paris), 0, overview.NoticeDay}, // the day is the person's own
		{day.AddDate(0, 0, 1), -1, overview.NoticeOver},
	} {
		got := overview.LeavingNumbers(p, c.now)
		if len(got) != 1 || got[0].Number != number || got[0].Days != c.days || got[0].Notice() != c.notice {
			t.Errorf("%v: %+v", c.now, got)
		}
	}
}
