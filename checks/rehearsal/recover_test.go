package rehearsal_test

import (
	"strings"
	"testing"

	"unlisted/checks/rehearsal"
)

// A recovery code is taken as people copy it from paper, and once.
func TestRecover(t *testing.T) {
	p := at(t, rehearsal.StateRecover)
	code := p.Codes()[4].Text
	for typed, want := range map[string]rehearsal.Kind{
		code: rehearsal.RecoveryRight, strings.ToUpper(code): rehearsal.RecoveryRight, strings.ReplaceAll(code, "-", ""): rehearsal.RecoveryRight,
		" " + strings.ReplaceAll(code, "-", " \u2013 ") + "\n": rehearsal.RecoveryRight,
		"": rehearsal.RecoveryEmpty, "--": rehearsal.RecoveryEmpty, code[:8]: rehearsal.RecoveryWrong, code + "x": rehearsal.RecoveryWrong,
		"0000-0000": rehearsal.RecoveryWrong, "123 456": rehearsal.RecoveryApp, strings.Repeat("z", 1<<20): rehearsal.RecoveryWrong, "\xff": rehearsal.RecoveryWrong,
	} {
		if _, o := p.Recover(typed); o.Kind != want {
			t.Errorf("%.40q: %s, want %s", typed, o.Kind, want)
		}
	}
	var all string
	for _, c := range p.Codes() {
		all += c.Text
		for _, misread := range []string{"o1", "OI", "ol", "OL"} {
			typed := strings.NewReplacer("0", misread[:1], "1", misread[1:]).Replace(c.Text)
			if _, o := p.Recover(typed); o.Kind != rehearsal.RecoveryRight {
				t.Errorf("%s for %s: %s", typed, c.Text, o.Kind)
			}
		}
	}
	if !strings.Contains(all, "0") || !strings.Contains(all, "1") {
		t.Fatal("no code to be misread")
	}

	p, o := p.Recover(code)
	if o.Count != 7 || p.State() != rehearsal.StateLoss || !p.Codes()[4].Used || p.Codes()[3].Used {
		t.Errorf("%+v, %+v", o, p.Codes())
	}
	p, _ = p.Lose(rehearsal.WayCodes, rehearsal.WayBackup)
	if same, o := p.Recover(code); o.Kind != rehearsal.RecoveryUsed || same.State() != rehearsal.StateReturn {
		t.Errorf("the same code again: %+v", o)
	}
	if p, o = p.Recover(p.Codes()[0].Text); o.Kind != rehearsal.RecoveryRight || o.Count != 6 || p.State() != rehearsal.StateDone {
		t.Errorf("another one: %+v", o)
	}
}

// The day the phone is gone: what opens the account, answer by answer.
func TestLose(t *testing.T) {
	p := at(t, rehearsal.StateLoss)
	for _, c := range []struct {
		chosen []rehearsal.Way
		wrong  int
	}{
		{[]rehearsal.Way{rehearsal.WayCodes, rehearsal.WayBackup}, 0},
		{[]rehearsal.Way{rehearsal.WayBackup, rehearsal.WayCodes, rehearsal.WayBackup}, 0},
		{nil, 2},
		{[]rehearsal.Way{rehearsal.WayCodes}, 1},
		{[]rehearsal.Way{rehearsal.WaySMS}, 3},
		{[]rehearsal.Way{"pigeon", rehearsal.WayCodes, rehearsal.WayBackup}, 0},
		{rehearsal.Ways(), 4},
	} {
		next, o := p.Lose(c.chosen...)
		if o.Count != c.wrong || o.Accepted() != (c.wrong == 0) || len(o.Answers) != len(rehearsal.Ways()) {
			t.Errorf("%q: %+v", c.chosen, o)
		}
		if (next.State() == rehearsal.StateReturn) != o.Accepted() {
			t.Errorf("%q leads to %s", c.chosen, next.State())
		}
	}
	_, o := p.Lose(rehearsal.WaySMS, rehearsal.WayCodes)
	for _, a := range o.Answers {
		opens := a.Way == rehearsal.WayCodes || a.Way == rehearsal.WayBackup
		if a.Opens != opens || a.Chosen != (a.Way == rehearsal.WaySMS || a.Way == rehearsal.WayCodes) || a.Right() != (a.Opens == a.Chosen) {
			t.Errorf("%+v", a)
		}
	}
}
