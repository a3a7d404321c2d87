package report

import (
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	doc "unlisted/checks/report"
	"unlisted/checks/text"
)

// maxHistory is how many lines of the history are shown, the newest first.
const maxHistory = 30

// view is the whole page, in words.
type view struct {
	now     []string // where the person stands
	masked  bool
	history []string
}

// makeView works the page out.
func makeView(p *profile.Profile, o overview.Overview, st state, t *text.Printer) view {
	sum, done, left := o.Summary(), 0, 0
	for _, a := range o.Actions {
		switch a.State {
		case plan.StateDone:
			done++
		case plan.StateOpen, plan.StateBlocked:
			left++
		}
	}
	v := view{
		now:    []string{t.N("find.accounts", sum.Accounts), t.N("find.phones", sum.Phones), t.N("report.done", done), t.N("report.left", left)},
		masked: !st.whole,
	}
	for i := len(p.History) - 1; i >= 0 && len(v.history) < maxHistory; i-- {
		v.history = append(v.history, t.Date(p.History[i].At)+" · "+doc.Event(t, p.History[i]))
	}
	return v
}
