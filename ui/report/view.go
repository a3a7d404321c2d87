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

// figure is a number that counts, and the page it leads to.
type figure struct {
	value, words string
	good         bool
	page         string
}

// event is one line of the history.
type event struct{ what, when string }

// view is the whole page, in words.
type view struct {
	title   string
	nothing bool // nothing was read yet: there is nothing to report
	figures []figure
	masked  bool
	history []event
	more    string // how many lines are in the report alone; "" for none
}

// makeView works the page out.
func makeView(p *profile.Profile, o overview.Overview, st state, t *text.Printer) view {
	v := view{
		title: t.T("report.title"), masked: !st.whole,
		nothing: len(o.Accounts) == 0 && len(o.Leaks) == 0 && len(p.History) == 0,
	}
	if len(o.Accounts) > 0 {
		v.title, v.figures = figures(o, t)
	}
	for i := len(p.History) - 1; i >= 0; i-- {
		if len(v.history) == maxHistory {
			v.more = t.N("report.history.more", i+1)
			break
		}
		v.history = append(v.history, event{doc.Event(t, p.History[i]), t.Date(p.History[i].At)})
	}
	return v
}

// figures are where the person stands, and the sentence that counts. What was
// left out of the plan counts nowhere.
func figures(o overview.Overview, t *text.Printer) (title string, out []figure) {
	sum, done, left := o.Summary(), 0, 0
	for _, a := range o.Actions {
		switch a.State {
		case plan.StateDone:
			done++
		case plan.StateOpen, plan.StateBlocked:
			left++
		}
	}
	title = t.T("report.title")
	switch {
	case done > 0 && left == 0:
		title = t.N("report.answer.all", done)
	case done > 0:
		title = t.N("report.answer", done, "all", t.Number(int64(done+left)))
	}
	add := func(n int, words, page string) {
		out = append(out, figure{t.Number(int64(n)), t.N(words, n), false, page})
	}
	add(sum.Accounts, "report.figure.accounts", "find")
	if sum.Phones > 0 { // none is no all-clear: not every source could have shown it
		add(sum.Phones, "report.figure.phones", "find")
	}
	if len(o.Leaks) > 0 {
		add(len(o.Leaks), "report.figure.leaks", "check")
	}
	if done+left > 0 {
		of := t.T("report.figure.of", "n", t.Number(int64(done)), "all", t.Number(int64(done+left)))
		out = append(out, figure{of, t.T("report.figure.steps"), done > 0, "fix"})
	}
	return title, out
}
