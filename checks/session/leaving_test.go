package session_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// The last day of a number goes with the number, comes back with undo, and the
// history names the number masked; an override says that it was one, without the
// sign-in name.
func TestLeavingPractisedOverride(t *testing.T) {
	number, _ := identifier.Parse("+33639981234", "")
	day := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s := session.New(&profile.Profile{Version: profile.Version}, nil, func() time.Time { return now })
	for _, c := range []session.Change{
		session.AddIdentifier{ID: number},
		session.LeaveNumber{Number: number, LastDay: day},
		session.MarkPractised{},
		session.OverrideStep{Account: "x.com#pat@mail.example", Step: catalog.StepRemove},
		session.RemoveIdentifier{ID: number},
	} {
		if err := s.Apply(c); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	p := s.Snapshot()
	if len(p.Leaving) != 0 || !p.Practised.Equal(now) || p.Steps["x.com#pat@mail.example"]["remove-phone"].At.IsZero() {
		t.Errorf("%+v", p)
	}
	var told []string
	for _, e := range p.History {
		told = append(told, e.What+" "+strings.Join(e.Args, " "))
	}
	if !slices.Contains(told, "history.leaving +33 6 •• •• •• 34 2027-03-31") || !slices.Contains(told, "history.override x.com remove-phone") {
		t.Errorf("%q", told)
	}
	s.Undo()
	if p := s.Snapshot(); !p.Leaving[number.Value].Equal(day) {
		t.Error("undo does not bring the last day back")
	}
	if err := s.Apply(session.LeaveNumber{Number: number}); err != nil || len(s.Snapshot().Leaving) != 0 {
		t.Errorf("the number cannot be kept after all: %v", err)
	}
}
