package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

func printers(t *testing.T) map[string]*text.Printer {
	t.Helper()
	c, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*text.Printer{"en": c.Printer("en"), "fr": c.Printer("fr")}
}

func actions(states ...plan.State) (out []plan.Action) {
	for _, s := range states {
		out = append(out, plan.Action{State: s})
	}
	return out
}

// The page counts what is done and what is left, without what was left out; a
// count of nothing that could be taken for an all-clear is not there.
func TestFigures(t *testing.T) {
	holds := account.Account{Identifiers: []identifier.Identifier{{Kind: identifier.KindPhone, Value: "+33639980142"}}}
	for name, c := range map[string]struct {
		o       overview.Overview
		title   string
		figures string
	}{
		"nothing": {overview.Overview{}, "What was found, and what was done", ""},
		"no plan": {overview.Overview{Set: account.Set{Accounts: make([]account.Account, 2)}}, "What was found, and what was done", "2 accounts"},
		"begun": {
			overview.Overview{
				Set: account.Set{Accounts: append(make([]account.Account, 4), holds)}, Leaks: make([]breach.Named, 3),
				Actions: actions(plan.StateDone, plan.StateOpen, plan.StateOpen, plan.StateBlocked, plan.StateSkipped),
			},
			"1 of 4 steps is done", "5 accounts, 1 holds your number, 3 known leaks, 1 of 4 steps done",
		},
		"not begun": {
			overview.Overview{Set: account.Set{Accounts: []account.Account{holds}}, Actions: actions(plan.StateOpen)},
			"What was found, and what was done", "1 account, 1 holds your number, 0 of 1 steps done",
		},
		"finished": {
			overview.Overview{Set: account.Set{Accounts: make([]account.Account, 1)}, Actions: actions(plan.StateDone, plan.StateDone)},
			"The plan is done: 2 steps", "1 account, 2 of 2 steps done",
		},
	} {
		v := makeView(&profile.Profile{}, c.o, state{}, printers(t)["en"])
		var got []string
		for _, f := range v.figures {
			got = append(got, f.value+" "+f.words)
		}
		if v.title != c.title || strings.Join(got, ", ") != c.figures || v.nothing != (name == "nothing") {
			t.Errorf("%s: %q, %q, nothing %v", name, v.title, got, v.nothing)
		}
	}
}

// The newest lines of the history come first, and what is not shown is counted.
func TestHistory(t *testing.T) {
	p := &profile.Profile{}
	for i := range 40 {
		p.History = append(p.History, profile.Event{At: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC), What: "history.added", Args: []string{fmt.Sprintf("p%d", i)}})
	}
	for lang, word := range printers(t) {
		v := makeView(p, overview.Overview{}, state{}, word)
		if len(v.history) != 30 || !strings.Contains(v.history[0].what, "p39") || v.history[0].when != word.Date(p.History[39].At) || !v.masked || v.nothing {
			t.Errorf("%s: %d lines, the first %+v, masked %v", lang, len(v.history), v.history[0], v.masked)
		}
		if v.more != word.N("report.history.more", 10) {
			t.Errorf("%s: %q", lang, v.more)
		}
	}
	if v := makeView(&profile.Profile{History: p.History[:30]}, overview.Overview{}, state{whole: true}, printers(t)["en"]); v.masked || v.more != "" {
		t.Errorf("%+v", v)
	}
}
