package fix

import (
	"slices"
	"time"

	"unlisted/checks/rehearsal"
	"unlisted/checks/text"
)

// practiceView is the practice account where it stands. A state of "" means that
// it was not started.
type practiceView struct {
	state    rehearsal.State
	title    string
	words    string
	progress progress
	way      []wayRow // the states as steps
	last     string   // the day it was done before
	start    string
	tried    *text.Message // what came of the last try
	accepted bool
	secret   string // only where it was asked for
	codes    []codeRow
	clock    string
	ways     []wayBack
	back     bool // one state back is possible
	restart  bool
}

// codeRow is one recovery code in sight.
type codeRow struct {
	text string
	used bool
}

// wayBack is one possible answer to what opens the account without the phone.
type wayBack struct {
	way         rehearsal.Way
	word, wrong string
	on          bool
}

// makePractice works the practice out.
func makePractice(pr practice, last, now time.Time, t *text.Printer) practiceView {
	at := pr.at
	v := practiceView{state: at.State(), title: t.T("rehearsal.title"), words: t.T("rehearsal.intro")}
	v.start = t.T("rehearsal.start")
	if at.State() == "" {
		if !last.IsZero() {
			v.start, v.last = t.T("rehearsal.again"), t.T("rehearsal.done", "date", t.Date(last))
		}
		return v
	}
	key := "rehearsal.state." + string(at.State())
	v.title, v.words = t.T(key+".title"), t.T(key+".text")
	n, all := slices.Index(rehearsal.States(), at.State()), len(rehearsal.States())
	v.progress = progress{t.T("practice.progress", "n", t.Number(int64(n+1)), "all", t.Number(int64(all))), n, all}
	for i, state := range rehearsal.States() {
		row := wayRow{title: t.T("rehearsal.state." + string(state) + ".title"), chosen: i == n, mark: markOpen}
		switch {
		case i < n || at.State() == rehearsal.StateDone:
			row.mark = markDone
		case i == n:
			row.mark = markNow
		}
		v.way = append(v.way, row)
	}
	if pr.tried != nil {
		m := pr.tried.Message(t)
		v.tried, v.accepted = &m, pr.tried.Accepted()
	}
	v.back, v.restart = at.CanGoBack(), !at.CanGoBack() && at.State() != rehearsal.StateScan
	v.fill(pr, now, t)
	return v
}

// fill adds what belongs to one state alone.
func (v *practiceView) fill(pr practice, now time.Time, t *text.Printer) {
	switch v.state {
	case rehearsal.StateScan:
		if pr.shown {
			v.secret = pr.at.Secret()
		}
	case rehearsal.StateCode, rehearsal.StateNext:
		left := int(rehearsal.Remaining(now).Seconds() + 0.5)
		v.clock = t.T("practice.clock") + " " + t.N("rehearsal.remaining", max(1, left))
	case rehearsal.StateCodes:
		if pr.shown {
			for _, c := range pr.at.Codes() {
				v.codes = append(v.codes, codeRow{c.Text, c.Used})
			}
		}
	case rehearsal.StateLoss:
		wrong := map[rehearsal.Way]bool{}
		if pr.tried != nil {
			for _, a := range pr.tried.Answers {
				wrong[a.Way] = !a.Right()
			}
		}
		for _, w := range rehearsal.Ways() {
			row := wayBack{way: w, word: t.T("rehearsal.way." + string(w)), on: pr.chosen[w]}
			if wrong[w] {
				row.wrong = t.T("rehearsal.loss." + string(w))
			}
			v.ways = append(v.ways, row)
		}
	}
}
