package find

import (
	"strings"
	"time"

	"unlisted/checks/evidence/here"
	"unlisted/checks/text"
)

// hereRow is something on this computer that can be ticked.
type hereRow struct {
	key, title, detail, time string
	on                       bool
}

// hereView is what lies on this computer.
type hereView struct {
	why    string
	rows   []hereRow
	closed []offered // what may not be read as it is, and why
	look   string    // the words of the button that looks
	read   string    // those of the button that reads; "" where nothing is ticked
	foot   string    // what is beside it: how long that takes
	paths  []string  // that it reads
}

// makeHere shows what a look found.
func makeHere(st onComputer, now time.Time, t *text.Printer) hereView {
	v := hereView{why: t.T("find.here.before"), look: t.T("find.here.look")}
	if !st.looked {
		return v
	}
	v.why, v.look = t.T("find.here.why"), t.T("find.here.again")
	if len(st.found) == 0 {
		v.why = t.T("here.none")
	}
	sources, all := 0, here.Found{}
	for _, f := range st.found {
		w := f.Words(t, now)
		if !f.Readable() && f.Need != here.NeedPassword {
			v.closed = append(v.closed, offered{title: w.Title, detail: w.Need})
			continue
		}
		r := hereRow{key: f.Key(), title: w.Title, time: w.Time, on: st.ticked(f)}
		r.detail = lines(w.Detail, w.Proves, w.Need)
		v.rows = append(v.rows, r)
		if r.on {
			sources++
			v.paths = append(v.paths, f.Paths...)
			all.Seconds += f.Seconds
		}
	}
	if sources > 0 {
		v.read, v.foot = t.N("find.here.read", sources), all.Words(t, now).Time
	}
	return v
}

// lines puts what there is one below the other.
func lines(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, "\n")
}
