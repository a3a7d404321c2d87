package fix

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/text"
)

// mark is where a step stands, as its sign in a list says.
type mark uint8

const (
	markOpen mark = iota
	markNow
	markDone
	markWaiting // for another account
	markLocked  // by a step of its own account
)

// guideView is the guided switch of one account, with one step in sight.
type guideView struct {
	found    bool
	id       string // of the account
	platform string
	title    string
	lead     string // the account, whether a number can be taken out there, how far one is
	progress progress
	notes    []string // what to know of the guide as a whole
	way      []wayRow
	beside   []wayRow
	absent   []absentRow
	verdict  verdict
	at       stepView
	letter   bool // there is a letter that asks for the number to go
}

// absentRow is something that does not exist at a platform.
type absentRow struct {
	title, why string
	sources    []sourceRow
}

// wayRow is one step in the list of all.
type wayRow struct {
	kind          catalog.StepKind
	title, detail string
	mark          mark
	chosen        bool
}

// stepView is the step in sight. A kind of "" means that none is left.
type stepView struct {
	kind     catalog.StepKind
	title    string
	mark     mark
	tags     []tag
	ask      string // what nobody has confirmed
	control  control
	why      string
	asks     []string // what will be asked for
	see      string
	wrong    []string // what may happen and what to do then; the way back
	sources  []sourceRow
	practise bool // an authenticator is set up here
	held     held
	acts     []act
}

// control is where a step is done, and how.
type control struct {
	say        string
	variants   []chip // web and app, where they differ
	variant    string // of them the one in sight
	path       []string
	labels     string // that they are in English, where the person reads another language
	open, link string // the button and where it leads
	first      bool   // the page is what to go to next
}

// held is what holds a step up. Without words nothing does.
type held struct {
	words       []string
	first       string // the address of the action that comes first, at another account
	overridable bool
	asked       bool   // how to do it all the same is in sight
	override    string // what that means
}

// pair is what may happen, and what to do then.
type pair struct{ when, do string }

// sourceRow is one source, shortly and, a click deeper, in full.
type sourceRow struct {
	words, quote, url string
}

// verdict says where the account stands after the steps so far.
type verdict struct {
	tone      tone
	words     text.Message
	unguarded *text.Message
	again     string // when to look once more, or that it was done
	tick      bool   // that another look was taken can be noted
	looked    bool
	first     bool // it comes before the steps
}

// act is one thing a person can do at the foot of a step.
type act struct {
	id, word string
	primary  bool
}

// What a person can do at the foot of a step.
const (
	actDone    = "done"
	actUndo    = "undo"
	actDiffers = "differs"
	actLater   = "later"
	actNext    = "next"
	actSkip    = "skip"
	actPlan    = "plan"
	actFirst   = "first"
)

// split takes an address apart: an account, and a step of it or "".
func split(arg string) (id string, step catalog.StepKind) {
	if i := strings.LastIndexByte(arg, '/'); i >= 0 {
		k := catalog.StepKind(arg[i+1:])
		if k == catalog.StepPassword || slices.Contains(catalog.Kinds(), k) {
			return arg[:i], k
		}
	}
	return arg, ""
}

// guide is what the view of one account is made from.
type guide struct {
	data
	plan.Switch
	account  account.Account
	password *plan.Action // the action of a password to change; nil where there is none
	st       state
	t        *text.Printer
}

// makeGuide works the switch of an account out, with the step in sight that the
// address names, else that which is due.
func makeGuide(d data, st state, arg string, t *text.Printer) guideView {
	id, want := split(arg)
	sw, acc, ok := overview.Switch(d.profile, d.overview, d.catalog, id)
	if !ok {
		return guideView{}
	}
	g := guide{data: d, Switch: sw, account: acc, st: st, t: t}
	for i, a := range d.overview.Actions {
		if a.Account == acc.ID && a.Kind == plan.KindPassword {
			g.password = &d.overview.Actions[i]
		}
	}
	pl := sw.Platform
	v := guideView{
		found: true, id: acc.ID, platform: acc.Platform, title: d.label(t, acc), letter: letterFor(d, acc, pl),
		verdict: g.verdict(),
	}
	if !sw.Deep {
		v.notes = append(v.notes, t.T("fix.short"))
	}
	if pl.Guide != nil && pl.Guide.Stale(d.now) {
		v.notes = append(v.notes, t.T("facts.stale"))
	}
	done, all := g.count()
	v.progress = d.progress(t, "fix.steps", done, all)
	at := g.inSight(want)
	v.way = g.way(at)
	v.beside, v.absent = g.beside(at), g.absent()
	v.at = g.step(at)
	v.lead = strings.Join([]string{v.title, t.T("exit." + string(pl.Exit) + ".name"), v.progress.words}, " · ")
	if st, there := g.find(at); there && st.Minutes > 0 {
		v.lead += " · " + t.N("fix.minutes", st.Minutes)
	}
	return v
}

// count counts the steps with the password among them.
func (g guide) count() (done, all int) {
	done, all = g.Progress()
	if g.password != nil {
		all++
		if g.password.State == plan.StateDone {
			done++
		}
	}
	return done, all
}

// inSight is the step to show: what is wanted, if it is there; else the password,
// the next step, the first that is held up; "" where none is left.
func (g guide) inSight(want catalog.StepKind) catalog.StepKind {
	if _, there := g.find(want); there || want == catalog.StepPassword && g.password != nil {
		return want
	}
	if g.password != nil && g.password.State == plan.StateOpen {
		return catalog.StepPassword
	}
	if i := g.Next(); i >= 0 {
		return g.Steps[i].Kind
	}
	held := func(s plan.SwitchStep) bool { return s.State == plan.StateBlocked && !s.Optional }
	if i := slices.IndexFunc(g.Steps, held); i >= 0 {
		return g.Steps[i].Kind
	}
	return ""
}

// find looks for a step of the way, or of what stands beside it.
func (g guide) find(k catalog.StepKind) (plan.SwitchStep, bool) {
	for _, st := range g.Steps {
		if st.Kind == k {
			return st, true
		}
	}
	for _, st := range g.Platform.Steps() {
		if st.Kind == k && st.Kind.Aside() {
			return plan.SwitchStep{Step: st, State: plan.StateOpen}, true
		}
	}
	return plan.SwitchStep{}, false
}

// way lists the steps; the first that is locked says what opens it.
func (g guide) way(at catalog.StepKind) (rows []wayRow) {
	due := g.inSight("")
	if g.password != nil {
		row := wayRow{kind: catalog.StepPassword, title: g.title(g.t, *g.password), chosen: at == catalog.StepPassword}
		row.mark = g.markOf(plan.SwitchStep{State: g.password.State, Waits: g.password.Waits}, due == row.kind)
		rows = append(rows, row)
	}
	locked := false
	for _, st := range g.Steps {
		title, _, _ := st.Words(g.t, g.Platform.Name)
		row := wayRow{kind: st.Kind, title: title, chosen: st.Kind == at}
		row.mark = g.markOf(st, due == row.kind)
		if row.mark == markLocked && !locked {
			locked, row.detail = true, g.lockedBy(st)
		}
		rows = append(rows, row)
	}
	return rows
}

// lockedBy says what opens the locked steps, and what the number is until then.
func (g guide) lockedBy(st plan.SwitchStep) string {
	words := g.t.T("fix.way.locked", "steps", g.Titles(g.t, st.Missing))
	if _, removes := g.find(catalog.StepRemove); removes && !g.Secured() {
		words += " " + g.t.T("fix.way.until")
	}
	return words
}

// markOf is the sign of a step; due is the one to do next.
func (g guide) markOf(st plan.SwitchStep, due bool) mark {
	switch {
	case st.State == plan.StateDone:
		return markDone
	case st.State == plan.StateBlocked && len(st.Missing) == 0:
		return markWaiting
	case st.State == plan.StateBlocked:
		return markLocked
	case due:
		return markNow
	}
	return markOpen
}

// beside lists what can be done there at any time and is no part of the way.
func (g guide) beside(at catalog.StepKind) (rows []wayRow) {
	for _, st := range g.Platform.Steps() {
		if st.Kind.Aside() {
			title, _, _ := st.Words(g.t, g.Platform.Name)
			rows = append(rows, wayRow{kind: st.Kind, title: title, chosen: st.Kind == at})
		}
	}
	return rows
}

// absent lists what has been looked for there and is not there.
func (g guide) absent() (rows []absentRow) {
	if g.Platform.Guide == nil {
		return nil
	}
	for _, a := range g.Platform.Guide.Absent {
		title := g.t.T("guide.step."+string(a.Kind)+".title", "platform", g.Platform.Name)
		rows = append(rows, absentRow{title, g.t.In(a.Why), sourceRows(g.t, a.Sources, g.now)})
	}
	return rows
}

// nameOf is the name of another account's platform.
func (g guide) nameOf(id string) string {
	if a, ok := g.overview.Find(id); ok {
		return g.name(a.Platform)
	}
	return id
}

// step writes the step in sight out.
func (g guide) step(k catalog.StepKind) stepView {
	t := g.t
	if k == "" {
		return stepView{acts: []act{{actPlan, t.T("fix.act.plan"), true}}}
	}
	if k == catalog.StepPassword && g.password != nil {
		return g.passwordStep()
	}
	st, _ := g.find(k)
	title, _, why := st.Words(t, g.Platform.Name)
	v := stepView{kind: k, title: title, mark: g.markOf(st, true), why: why, tags: g.stepTags(st)}
	if v.mark == markLocked || v.mark == markWaiting {
		v.held = g.hold(st) // without the instructions: they would be followed
	} else {
		g.instruct(&v, st)
	}
	v.why = text.Join(v.why, g.needed(k))
	v.acts = g.acts(v, st)
	return v
}

// stepTags are the words about a step itself.
func (g guide) stepTags(st plan.SwitchStep) (tags []tag) {
	t := g.t
	switch {
	case st.State == plan.StateDone && !st.DoneAt.IsZero():
		tags = append(tags, tag{t.T("fix.done", "date", t.Date(st.DoneAt)), good})
	case st.State != plan.StateDone && st.From.After(g.now):
		tags = append(tags, tag{t.T("fix.from", "date", t.Date(st.From)), warning})
	}
	return tags
}

// needed is what the platform asks for before a step; "" for nothing known.
func (g guide) needed(k catalog.StepKind) (why string) {
	if g.Platform.Guide == nil {
		return ""
	}
	for _, c := range g.Platform.Guide.Preconditions {
		if c.Before == k {
			why = text.Join(why, g.t.In(c.Why))
		}
	}
	return why
}

// instruct says how a step is done, what is then seen, and what if not.
func (g guide) instruct(v *stepView, st plan.SwitchStep) {
	t := g.t
	v.practise = st.Kind == catalog.StepAddApp && st.State == plan.StateOpen
	v.control = g.control(st)
	g.page(&v.control, st)
	switch {
	case st.AskPerson != nil:
		v.ask = t.In(st.AskPerson)
	case st.Confidence == "unverified":
		v.ask = t.T("guide.ask", "platform", g.Platform.Name)
	}
	for _, a := range st.Asks {
		v.asks = append(v.asks, t.T("asks."+a))
	}
	v.see = t.In(st.See)
	for _, w := range st.Wrong {
		v.wrong = append(v.wrong, t.T("guide.wrong", "when", t.In(w.When), "do", t.In(w.Do)))
	}
	if back := t.In(st.Back); back != "" {
		v.wrong = append(v.wrong, t.T("guide.back", "back", back))
	}
	v.sources = sourceRows(t, st.Sources, g.now)
}

// Where a step is done, where that differs.
const (
	onWeb = "web"
	inApp = "app"
)

// control is where a step is done and how, in the browser or the app as the
// person chose. What only one of them says is of both.
func (g guide) control(st plan.SwitchStep) control {
	t, from := g.t, st.Control
	var c control
	if st.Web != nil && st.App != nil {
		c.variants = []chip{{onWeb, t.T("fix.variant.web"), -1}, {inApp, t.T("fix.variant.app"), -1}}
		c.variant = cmp.Or(g.st.variant, onWeb)
	}
	special := st.Web
	if special == nil || c.variant == inApp {
		special = st.App
	}
	if special != nil {
		if special.Say != nil {
			from.Say = special.Say
		}
		if special.Path != nil {
			from.Path = special.Path
		}
		from.Link = cmp.Or(special.Link, from.Link)
	}
	c.link, c.path, c.say = from.Link, from.Labels(t.Lang()), t.In(from.Say)
	if t.Lang() != text.Fallback && len(c.path) > 0 && len(from.Path[t.Lang()]) == 0 {
		c.labels = t.T("guide.labels")
	}
	if c.say == "" && st.AskPerson == nil {
		c.say = g.usual(st.Kind, &c)
	}
	if st.Hint != "" {
		c.say = text.Join(c.say, t.T(st.Hint))
	}
	return c
}

// usual is the sentence of a step that has none of its own. An address to write
// to is part of it, and no path.
func (g guide) usual(k catalog.StepKind, c *control) string {
	place := g.t.T("guide.path.unknown")
	if k == catalog.StepWrite {
		place = g.t.T("guide.write.unknown")
	}
	if len(c.path) == 1 && strings.Contains(c.path[0], "@") {
		place, c.path, c.labels = c.path[0], nil, ""
	}
	return g.t.T("guide.step."+string(k)+".do", "platform", g.Platform.Name, "path", place)
}

// hold says what a step waits for.
func (g guide) hold(st plan.SwitchStep) (h held) {
	if len(st.Missing) > 0 {
		h.words = append(h.words, g.t.T("fix.blocked", "steps", g.Titles(g.t, st.Missing)))
	}
	if len(st.Waits) > 0 {
		h.words = append(h.words, g.t.T("fix.blocked.order", "actions", g.quoted(g.t, st.Waits)))
		if a, ok := g.overview.Action(st.Waits[0]); ok {
			h.first = argOf(a)
		}
	}
	h.override = g.t.T("fix.override.why", "steps", g.Titles(g.t, st.Missing))
	if len(st.Missing) == 0 {
		h.override = g.t.T("fix.override.order", "steps", g.quoted(g.t, st.Waits))
	}
	h.overridable, h.asked = g.CanOverride(st.Kind), g.st.overriding == g.address(st.Kind)
	return h
}

// address is that of a step.
func (g guide) address(k catalog.StepKind) string { return g.account.ID + "/" + string(k) }

// passwordStep is the step of a password to change, which is in no guide.
func (g guide) passwordStep() stepView {
	a, t := *g.password, g.t
	st := plan.SwitchStep{Step: catalog.Step{Kind: catalog.StepPassword}, State: a.State}
	v := stepView{
		kind: catalog.StepPassword, title: g.title(t, a), mark: g.markOf(st, true),
		control: control{say: g.why(t, a), link: g.Platform.ChangePassURL},
	}
	if a.State == plan.StateBlocked {
		st.State = plan.StateOpen // it changes no way in of another account: the order is advice
		v.mark = markWaiting
		v.held.words = []string{t.T("fix.blocked.order", "actions", g.quoted(t, a.Waits))}
	}
	g.page(&v.control, st)
	v.acts = g.acts(v, st)
	return v
}

// openWord names the button that opens a page, by its host.
func openWord(t *text.Printer, link string) string {
	u, err := url.Parse(link)
	if link == "" || err != nil || u.Host == "" {
		return ""
	}
	return t.T("fix.open.on", "host", strings.TrimPrefix(u.Hostname(), "www."))
}

// works are the steps that are done when they have been seen to work.
var works = []catalog.StepKind{
	catalog.StepAddApp, catalog.StepAddPasskey, catalog.StepAddPIN, catalog.StepSecond, catalog.StepTest,
	catalog.StepEmail,
}

// acts are the buttons at the foot; unless the page is to be opened first, one of
// them is what a person does next.
func (g guide) acts(v stepView, st plan.SwitchStep) []act {
	t := g.t
	later := act{actLater, t.T("fix.act.later"), false}
	next := act{actNext, t.T("fix.act.next"), !v.control.first}
	switch {
	case st.Kind.Aside():
		return []act{next, later}
	case st.State == plan.StateDone:
		return []act{next, {actUndo, t.T("fix.act.undo"), false}, later}
	case v.held.first != "":
		id, _ := split(v.held.first)
		return []act{{actFirst, t.T("fix.act.first", "platform", g.nameOf(id)), true}, later}
	case st.State == plan.StateBlocked:
		return []act{next, later}
	}
	word := "fix.act.done"
	if slices.Contains(works, st.Kind) {
		word = "fix.act.works"
	}
	out := []act{{actDone, t.T(word), !v.control.first}}
	if st.Optional {
		out = append(out, act{actSkip, t.T("fix.act.skip"), false})
	}
	if g.Deep && st.Kind != catalog.StepPassword {
		out = append(out, act{actDiffers, t.T("guide.differs"), false})
	}
	return append(out, later)
}

// page gives a control the button that opens its page.
func (g guide) page(c *control, st plan.SwitchStep) {
	c.open = openWord(g.t, c.link)
	c.first = c.open != "" && st.State == plan.StateOpen && !g.st.opened[g.address(st.Kind)]
}

// letterFor reports whether there is a letter that asks a platform to let the
// number go: to one that does not do so by itself.
func letterFor(d data, a account.Account, pl *catalog.Platform) bool {
	keeps := []catalog.ExitRating{catalog.ExitForced, catalog.ExitReplaceOnly, catalog.ExitForcedFallback}
	return slices.Contains(keeps, pl.Exit) && !letter.NumberOf(a, pl, overview.Own(d.profile)).IsZero()
}

// verdict says where the account stands after the steps so far.
func (g guide) verdict() verdict {
	t := g.t
	if !g.Proved.IsZero() {
		return verdict{tone: good, first: true, words: text.Message{
			What: t.T("fix.verdict.proved", "date", t.Date(g.Proved)), Means: t.T("fix.verdict.proved.why"),
		}}
	}
	key, v := "fix.verdict.open", verdict{first: g.NumberOut()}
	switch {
	case g.NumberOut():
		key, v.tone = "fix.verdict.out", good
	case g.Secured():
		key, v.tone = "fix.verdict.secured", accent
	}
	v.words = text.Message{What: t.T(key), Means: t.T(key + ".why")}
	if missing := g.Unguarded(); len(missing) > 0 {
		means := t.T("fix.unguarded.why", "steps", g.Titles(g.t, missing))
		v.tone, v.unguarded = warning, &text.Message{What: t.T("fix.unguarded"), Means: means}
	}
	switch due, seen := g.LookAgain(); {
	case due.IsZero():
	case !seen.IsZero():
		v.again, v.tick, v.looked = t.T("fix.again.seen", "date", t.Date(seen)), true, true
	case g.now.Before(due):
		v.again = t.T("fix.again.day", "date", t.Date(due))
	default:
		v.again, v.tick = t.T("fix.again.due", "date", t.Date(g.Left())), true
	}
	return v
}
