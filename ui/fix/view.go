package fix

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// data is what the pages of Fix are made from.
type data struct {
	profile  *profile.Profile
	overview overview.Overview
	catalog  *catalog.Catalog
	model    *reach.Model // of today
	now      time.Time
	several  map[string]account.Account // by id, where the person has several at one platform
}

func newData(p *profile.Profile, o overview.Overview, c *catalog.Catalog, m *reach.Model, now time.Time) data {
	d := data{profile: p, overview: o, catalog: c, model: m, now: now, several: map[string]account.Account{}}
	for _, a := range o.Accounts {
		if a.ID != a.Platform {
			d.several[a.ID] = a
		}
	}
	return d
}

// tone is what the colour of a word means, in the order of the kit's tones.
type tone uint8

const (
	plain tone = iota
	accent
	good
	warning
	danger
)

// tag is a short word beside something.
type tag struct {
	word string
	tone tone
}

// chip is one choice of a filter, with how many it leads to; -1: not counted.
type chip struct {
	id, word string
	count    int
}

// The parts of the plan a person can look at.
const (
	showTodo  = "todo"
	showReady = "ready"
	showDone  = "done"
	showOut   = "out"
)

// longPlan is from how many actions on the plan can be searched.
const longPlan = 20

// progress is how much of something is done, with its words.
type progress struct {
	words     string
	done, all int
}

func (d data) progress(t *text.Printer, key string, done, all int) progress {
	return progress{t.T(key, "done", t.Number(int64(done)), "all", t.Number(int64(all))), done, all}
}

// planView is the whole plan, in words.
type planView struct {
	nothing  bool // no action at all
	accounts int  // where there is none
	progress progress
	hero     *hero
	rest     string // why no action is open
	chips    []chip // empty where there is nothing to choose
	search   bool
	rows     []actionRow
	none     string // why there is no row
	notices  []notice
	due      []dueRow
	news     []string
	seen     map[string]profile.Seen
}

// hero is the next action.
type hero struct {
	id, account, platform string
	caption, title, why   string
	first                 string // the step it begins with
	start                 string
	tags                  []tag
}

// actionRow is one action of the plan.
type actionRow struct {
	id, platform  string
	name          string // of the platform
	arg           string // its address
	title, detail string
	tags          []tag
	out           bool // left out: can be taken back
}

// notice is about one number that is left soon, or was.
type notice struct {
	number identifier.Identifier
	tone   tone
	words  text.Message
}

// dueRow is an account to look at again.
type dueRow struct{ account, platform, name, why string }

// wholePlan is the plan with every row, of which a view shows a part.
type wholePlan struct {
	view   planView // without rows
	counts map[string]int
	rows   []wholeRow
}

// wholeRow is a row with the parts of the plan it is in, and what a search looks
// through.
type wholeRow struct {
	actionRow
	parts  []string
	folded string
}

// makePlan works out what of the plan is in sight.
func makePlan(d data, st state, t *text.Printer) planView { return newPlan(d, t).shown(st, t) }

// newPlan works the plan out. It takes time where there are thousands of
// accounts.
func newPlan(d data, t *text.Printer) *wholePlan {
	actions := d.overview.Actions
	w := &wholePlan{counts: map[string]int{}, view: planView{
		nothing: len(actions) == 0, accounts: len(d.overview.Accounts), search: len(actions) > longPlan,
		notices: notices(d, t), due: dueRows(d, t),
	}}
	v := &w.view
	v.news, v.seen = news(d, t)
	if v.nothing {
		return w
	}
	minutes := 0
	for _, a := range actions {
		for _, part := range parts(a) {
			w.counts[part]++
		}
		if a.State == plan.StateOpen || a.State == plan.StateBlocked {
			minutes += a.Minutes
		}
	}
	v.progress = d.progress(t, "fix.progress", w.counts[showDone], len(actions))
	if minutes > 0 {
		v.progress.words += " · " + t.T("fix.left", "time", duration(t, minutes))
	}
	if i := slices.IndexFunc(actions, func(a plan.Action) bool { return a.State == plan.StateOpen }); i >= 0 {
		v.hero = makeHero(d, actions[i], t)
	} else {
		v.rest = t.T("fix.rest.out")
		if v.progress.done == v.progress.all {
			v.rest = t.T("fix.rest.done")
		}
	}
	w.rows = planRows(d, t)
	return w
}

// shown is the part of the plan that was chosen and holds what was searched for.
func (w *wholePlan) shown(st state, t *text.Printer) planView {
	v := w.view
	if v.nothing {
		return v
	}
	if v.progress.all > w.counts[showTodo] || v.search {
		for _, part := range []string{showTodo, showReady, showDone, showOut} {
			if w.counts[part] > 0 || part == showTodo {
				v.chips = append(v.chips, chip{part, t.T("fix.show." + part), w.counts[part]})
			}
		}
	}
	query, part := catalog.Fold(st.query), cmp.Or(st.shown, showTodo)
	for _, r := range w.rows {
		if slices.Contains(r.parts, part) && strings.Contains(r.folded, query) {
			v.rows = append(v.rows, r.actionRow)
		}
	}
	if len(v.rows) == 0 {
		v.none = t.T("fix.show.empty")
		if query != "" {
			v.none = t.T("fix.show.none")
		}
	}
	return v
}

// parts are the parts of the plan an action is shown in.
func parts(a plan.Action) []string {
	switch a.State {
	case plan.StateOpen:
		return []string{showTodo, showReady}
	case plan.StateBlocked:
		return []string{showTodo}
	case plan.StateDone:
		return []string{showDone}
	}
	return []string{showOut}
}

// duration is a time in the words of a plan: minutes, from an hour and a half on
// hours.
func duration(t *text.Printer, minutes int) string {
	if minutes < 90 {
		return t.N("fix.minutes", minutes)
	}
	return t.N("fix.hours", (minutes+30)/60)
}

// names are what a person calls things here.
func (d data) name(id string) string {
	if p, ok := d.catalog.ByID(id); ok {
		return p.Name
	}
	return id
}

// title names an action; that of one of several accounts there with its sign-in.
func (d data) title(t *text.Printer, a plan.Action) string {
	title := t.T("plan.action."+string(a.Kind), "platform", d.name(a.Platform))
	if acc, is := d.several[a.Account]; is {
		title += strings.TrimPrefix(d.label(t, acc), acc.Name)
	}
	return title
}

// why writes the reason of an action, with the names of what it names.
func (d data) why(t *text.Printer, a plan.Action) string {
	names := make([]string, len(a.Args))
	for i, id := range a.Args {
		names[i] = d.name(id)
	}
	return t.T(a.Why, "others", strings.Join(names, ", "))
}

// label names an account as the screen may.
func (d data) label(t *text.Printer, a account.Account) string {
	return a.Label(func(id identifier.Identifier) string { return t.Identifier(id, d.profile.Settings.ShowValues) })
}

// quoted lists the titles of actions.
func (d data) quoted(t *text.Printer, ids []string) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if a, ok := d.overview.Action(id); ok {
			names = append(names, t.T("fix.quoted", "title", d.title(t, a)))
		}
	}
	return short(t, names)
}

// maxNamed is how many things a sentence names before it counts the rest.
const maxNamed = 3

// short lists names; a long list ends with how many there are more.
func short(t *text.Printer, names []string) string {
	if len(names) <= maxNamed {
		return strings.Join(names, ", ")
	}
	return t.N("fix.more.named", len(names)-maxNamed, "names", strings.Join(names[:maxNamed], ", "))
}

func makeHero(d data, a plan.Action, t *text.Printer) *hero {
	h := &hero{
		id: a.ID, account: argOf(a), platform: a.Platform, title: d.title(t, a), why: d.why(t, a),
		caption: t.T("fix.next") + " · " + t.N("fix.minutes", a.Minutes), start: t.T("fix.start"), tags: marks(a, t),
	}
	first := "fix.first"
	if a.Begun {
		h.start, first = t.T("fix.go_on"), "fix.first.begun"
	}
	if v := makeGuide(d, state{}, h.account, t); v.at.title != "" && v.at.mark == markNow {
		h.first = t.T(first, "step", v.at.title)
	}
	return h
}

// marks are the words about an action itself.
func marks(a plan.Action, t *text.Printer) (tags []tag) {
	if a.Critical {
		tags = append(tags, tag{t.T("fix.tag.critical"), warning})
	}
	if a.Begun {
		tags = append(tags, tag{t.T("fix.tag.begun"), accent})
	}
	return tags
}

// argOf is the address of an action: its account, and where it is one step of
// its own, that step.
func argOf(a plan.Action) string {
	step := map[plan.Kind]catalog.StepKind{plan.KindPassword: catalog.StepPassword, plan.KindAds: catalog.StepAds}[a.Kind]
	if step == "" {
		return a.Account
	}
	return a.Account + "/" + string(step)
}

// once is what is made of a key, made the first time.
func once[K comparable](made map[K]string, key K, build func(K) string) string {
	s, is := made[key]
	if !is {
		s = build(key)
		made[key] = s
	}
	return s
}

// planRows are all actions.
func planRows(d data, t *text.Printer) []wholeRow {
	titles, quoted, minutes := map[string]string{}, map[string]string{}, map[int]string{}
	for _, a := range d.overview.Actions {
		titles[a.ID] = d.title(t, a)
	}
	quote := func(id string) string { return t.T("fix.quoted", "title", titles[id]) }
	long := func(n int) string { return t.N("fix.min", n) }
	rows := make([]wholeRow, len(d.overview.Actions))
	for i, a := range d.overview.Actions {
		r := wholeRow{parts: parts(a), actionRow: actionRow{
			id: a.ID, platform: a.Platform, name: d.name(a.Platform), arg: argOf(a), title: titles[a.ID],
			out: a.State == plan.StateSkipped,
		}}
		r.folded = catalog.Fold(r.title + " " + a.Account)
		if len(a.Waits) > 0 {
			names := make([]string, len(a.Waits))
			for j, id := range a.Waits {
				names[j] = once(quoted, id, quote)
			}
			r.detail = t.T("fix.after", "actions", short(t, names))
		} else {
			r.detail = d.why(t, a)
		}
		if a.State != plan.StateDone {
			r.detail = once(minutes, a.Minutes, long) + " · " + r.detail
		}
		r.tags = marks(a, t)
		switch a.State {
		case plan.StateDone:
			r.tags = []tag{{t.T(a.StateKey()), good}}
		case plan.StateOpen:
			r.tags = append(r.tags, tag{t.T(a.StateKey()), accent})
		case plan.StateBlocked:
			r.tags = append(r.tags, tag{t.T(a.StateKey()), plain})
		}
		rows[i] = r
	}
	return rows
}

// notices are the last days of numbers that are near, or over.
func notices(d data, t *text.Printer) (out []notice) {
	for _, f := range overview.LeavingNumbers(d.profile, d.now) {
		n := f.Notice()
		if n == overview.NoticeNone {
			continue
		}
		id := t.Identifier(f.Number, d.profile.Settings.ShowValues)
		row := notice{number: f.Number, tone: danger}
		switch {
		case f.Days < 0:
			row.words.What = t.T("goodbye.notice.over", "id", id, "date", t.Date(f.LastDay))
		case f.Days == 0:
			row.words.What = t.T("goodbye.notice.today", "id", id)
		default:
			row.words.What = t.N("goodbye.notice", f.Days, "id", id, "date", t.Date(f.LastDay))
		}
		switch left, _ := overview.ToChange(overview.Goodbye(d.profile, d.model, f.Number)); {
		case left == 0:
			row.tone, row.words.Means = good, t.T("goodbye.left.none")
		default:
			row.words.Means = t.N("goodbye.left", left)
			if n == overview.NoticeMonth {
				row.tone = accent
			} else if n == overview.NoticeWeek {
				row.tone = warning
			}
		}
		out = append(out, row)
	}
	return out
}

// dueRows are the accounts to look at again.
func dueRows(d data, t *text.Printer) (out []dueRow) {
	for _, a := range overview.LookAgain(d.profile, d.overview, d.catalog, d.now) {
		why := t.T("fix.due.why", "date", t.Date(a.Left))
		out = append(out, dueRow{a.Account.ID, a.Account.Platform, d.label(t, a.Account), why})
	}
	return out
}

// news tells what changed in the data about the person's platforms, and what to
// remember once it is read.
func news(d data, t *text.Printer) (lines []string, seen map[string]profile.Seen) {
	list, seen := overview.Unseen(d.profile, d.overview, d.catalog)
	for _, n := range list {
		name := d.name(n.Platform)
		if n.Exit {
			lines = append(lines, t.T("news.exit", "platform", name))
		}
		if n.Guide {
			lines = append(lines, t.T("news.guide", "platform", name))
		}
		for _, i := range n.Incidents {
			lines = append(lines, t.T("news.incident", "platform", name, "title", t.In(i.Title)))
		}
	}
	return lines, seen
}

// back is the change that takes an action that was left out back in.
func (r actionRow) back() session.Change { return session.SkipAction{ID: r.id, Back: true} }
