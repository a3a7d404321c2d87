package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// The page counts what is done and what is left, without what was left out, and
// shows the newest lines of the history first.
func TestView(t *testing.T) {
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	p := &profile.Profile{}
	for i := range 40 {
		p.History = append(p.History, profile.Event{At: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), What: "history.added", Args: []string{fmt.Sprintf("p%d", i)}})
	}
	o := overview.Overview{Set: account.Set{Accounts: make([]account.Account, 5)}}
	for _, s := range []plan.State{plan.StateDone, plan.StateOpen, plan.StateOpen, plan.StateBlocked, plan.StateSkipped} {
		o.Actions = append(o.Actions, plan.Action{State: s})
	}
	for _, lang := range []string{"en", "fr"} {
		word := c.Printer(lang)
		v := makeView(p, o, state{}, word)
		if want := []string{word.N("find.accounts", 5), word.N("find.phones", 0), word.N("report.done", 1), word.N("report.left", 3)}; fmt.Sprint(v.now) != fmt.Sprint(want) {
			t.Errorf("%q, want %q", v.now, want)
		}
		if len(v.history) != 30 || !strings.Contains(v.history[0], "p39") || !v.masked {
			t.Errorf("%d lines, the first %q, masked %v", len(v.history), v.history[0], v.masked)
		}
	}
	if v := makeView(&profile.Profile{}, overview.Overview{}, state{whole: true}, c.Printer("en")); v.masked || v.history != nil {
		t.Errorf("%+v", v)
	}
}
