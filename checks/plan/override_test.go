package plan_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/plan"
)

// Only a step that takes the number away, and is blocked, can be overridden, and
// only with the name of the platform.
func TestOverride(t *testing.T) {
	guide := platform("x.com", "")
	p := &catalog.Platform{ID: guide.ID, Name: "X", Exit: guide.Exit, Guide: guide.Guide}
	sw := plan.NewSwitch(p, holds("x.com", "phone"), plan.Ticks{})
	for _, typed := range []string{"", " ", "x.com", "Twitter", "yes"} {
		if err := sw.Override(catalog.StepRemove2FA, typed); !errors.Is(err, plan.ErrNotConfirmed) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if err := sw.Override(catalog.StepRemove2FA, " x "); err != nil {
		t.Errorf("the name is refused: %v", err)
	}
	var refused *plan.Refused
	for _, k := range []catalog.StepKind{catalog.StepCodes, catalog.StepTest, catalog.StepSee} {
		if err := sw.Override(k, p.Name); !errors.As(err, &refused) {
			t.Errorf("%s can be overridden: %v", k, err)
		}
	}
	sw = plan.NewSwitch(p, holds("x.com", "phone"), plan.Ticks{catalog.StepRemove2FA: today})
	if got := sw.Unguarded(); !slices.Contains(got, catalog.StepAddApp) || !slices.Contains(got, catalog.StepTest) {
		t.Errorf("an overridden step leaves %v to do", got)
	}
	if err := sw.Untick(catalog.StepRemove2FA); err != nil {
		t.Errorf("no way back: %v", err)
	}
}

// Eight weeks after the number left it is time to look again, until the person
// did or an archive proved it. What happened before the number left counts for
// neither.
func TestLookAgain(t *testing.T) {
	p := platform("x.com", "")
	ticks := plan.Ticks{plan.StepAgain: today.AddDate(0, 0, -1), catalog.StepRemove2FA: today}
	ask := func(proved time.Time) (due, seen time.Time) {
		a := account.Account{ID: "x.com", Platform: "x.com", NumberProved: proved}
		return plan.NewSwitch(p, a, ticks).LookAgain()
	}
	if due, _ := ask(time.Time{}); !due.IsZero() {
		t.Errorf("due %v while the number is in", due)
	}
	ticks[catalog.StepRemove] = today.AddDate(0, 0, 1)
	left := today.AddDate(0, 0, 1)
	if due, seen := ask(today); !due.Equal(left.AddDate(0, 0, 56)) || !seen.IsZero() {
		t.Errorf("due %v, seen %v", due, seen)
	}
	if _, seen := ask(left.AddDate(0, 1, 0)); !seen.Equal(left.AddDate(0, 1, 0)) {
		t.Errorf("proved, and seen %v", seen)
	}
	ticks[plan.StepAgain] = left.AddDate(0, 2, 0)
	if _, seen := ask(time.Time{}); !seen.Equal(left.AddDate(0, 2, 0)) {
		t.Errorf("looked, and seen %v", seen)
	}
}

// What is done and proved by an archive says so; a changed password counts by
// its tick.
func TestProvedAndPassword(t *testing.T) {
	in := everything()
	in.Ticks = map[string]plan.Ticks{"x.com": {catalog.StepPassword: today, catalog.StepRemove2FA: today, catalog.StepRemove: today}}
	in.Leaked = map[string]bool{"x.com": true}
	for i := range in.Accounts {
		if in.Accounts[i].ID == "x.com" {
			in.Accounts[i].NumberProved = today
		}
	}
	actions := plan.Order(in)
	if _, a := find(t, actions, "x.com/remove-number"); a.State != plan.StateDone || !a.Proved.Equal(today) || a.StateKey() != "plan.state.proved" {
		t.Errorf("%+v", a)
	}
	if _, a := find(t, actions, "x.com/change-password"); a.State != plan.StateDone || a.StateKey() != "plan.state.done" {
		t.Errorf("%+v", a)
	}
}
