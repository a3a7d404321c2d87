package overview

import (
	"slices"
	"strings"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	sums "unlisted/checks/overview"
	"unlisted/checks/overview/holders"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// data is what the page is made from.
type data struct {
	profile  *profile.Profile
	overview sums.Overview
	catalog  *catalog.Catalog
	formats  []evidence.Format
	now      time.Time
	stolen   reach.Outcome // what falls with a stolen number, today
}

// state is what the person did on the page; it outlives a redraw.
type state struct {
	allSources bool // every source is listed
}

// target is where something leads.
type target struct{ page, arg string }

// toSources is where a person chooses what is read.
var toSources = target{"find", "sources"}

// figure is one big number. A value that is not known is no number.
type figure struct {
	value, words string
	tone         kit.Tone
	to           target
}

// next is the one thing to do now.
type next struct {
	when, title, why, button string
	to                       target
}

// source is one line of what was read, asked for, or is missing.
type source struct {
	state         sums.SourceState
	title, detail string
	to            target
	format        string // of an archive that can be asked for, or was; else ""
	asked         bool
}

// side is the words of one box of the map.
type side struct {
	name, detail string // detail: how many accounts, or which
	tone         kit.Tone
	to           target
	shares       []string // by box of the other side: how many accounts they have in common, in words; "" for none
	value        string   // the same, for who does not see the map
}

// view is the whole page, in words and values.
type view struct {
	begun       bool     // something was read or said; else the page welcomes
	mine        []string // of who is welcomed: what they want to protect
	sample      bool
	title, lead string
	figures     []figure
	chart       holders.Map // counts and groups behind the map
	left, right []side
	next        next
	sources     []source
	moreSources int // all of them, where some are left out; else 0
	read        int
	sourcesAll  int
}

// shortSources is how many sources are listed until all are wanted.
const shortSources = 7

// maker works the page out.
type maker struct {
	data
	state
	t     *text.Printer
	own   []identifier.Identifier
	lines []sums.SourceLine
	chart holders.Map
	held  int  // accounts that hold one of the person's numbers, or one that may be theirs
	phone bool // a number is on the person's list
}

// makeView works the page out.
func makeView(d data, st state, t *text.Printer) view {
	m := maker{data: d, state: st, t: t, own: sums.Own(d.profile)}
	m.phone = slices.ContainsFunc(m.own, identifier.Identifier.IsNumber)
	m.lines = sums.Sources(d.profile, d.overview, d.catalog, d.formats)
	v := view{begun: sums.Begun(d.profile), sample: d.profile.Sample}
	if !v.begun {
		v.title, v.lead = t.T("overview.start.title"), t.T("overview.start.lead")
		v.next, v.mine = m.start(), m.mine()
		return v
	}
	lists := sums.ListsOf(d.profile)
	for _, a := range d.overview.Accounts {
		if lists.HoldsYours(a) {
			m.held++
		}
	}
	m.chart = holders.Of(d.overview.Accounts, m.own, d.catalog)
	v.title, v.lead = m.title(), m.lead()
	v.figures = m.figures()
	v.next = m.next()
	v.chart = m.chart
	v.left, v.right = m.sides(v.chart)
	v.sources, v.moreSources = m.sources()
	for _, l := range m.lines {
		if v.sourcesAll++; l.State <= sums.SourcePartial {
			v.read++
		}
	}
	return v
}

// mostMine is how many numbers and addresses the welcome names.
const mostMine = 6

// mine names what the person wants to protect.
func (m maker) mine() (out []string) {
	for _, id := range m.own[:min(mostMine, len(m.own))] {
		out = append(out, m.t.Identifier(id, m.profile.Settings.ShowValues))
	}
	if more := len(m.own) - len(out); more > 0 {
		out = append(out, m.t.N("overview.map.others", more))
	}
	return out
}

// start is the first step of somebody who has done nothing yet.
func (m maker) start() next {
	if len(m.own) == 0 {
		return next{title: m.t.T("overview.start.you"), button: m.t.T("overview.start.you.go"), to: target{"you", ""}}
	}
	return next{title: m.t.T("overview.start.find"), button: m.t.T("overview.start.find.go"), to: toSources}
}

// holding counts the accounts that hold a number; known says whether a count of
// none means anything.
func (m maker) holding() (n int, known bool) {
	return m.held, m.held > 0 || sums.NumbersShown(m.lines)
}

// opened counts what a stolen number opens; known says whether a count of none
// means anything.
func (m maker) opened() (n int, known bool) {
	n = len(m.stolen.Compromised)
	return n, n > 0 || m.phone && len(m.overview.Accounts) > 0 && m.stolen.Unknown < len(m.overview.Accounts)
}

// title is the answer of the page: three figures in a sentence, as far as they
// are known.
func (m maker) title() string {
	t, all := m.t, len(m.overview.Accounts)
	if all == 0 {
		return t.T("overview.title.none")
	}
	if !m.phone {
		return text.Join(t.N("overview.title.accounts", all), t.T("overview.title.number"))
	}
	held, known := m.holding()
	first := t.N("overview.title.holds", held)
	switch {
	case !known:
		first = t.T("overview.title.holds.unknown")
	case held == 0:
		first = t.T("overview.title.holds.none")
	}
	open, known := m.opened()
	second := t.N("overview.title.opens", all, "opens", t.Number(int64(open)))
	switch {
	case !known:
		second = t.T("overview.title.opens.unknown")
	case open == 0:
		second = t.N("overview.title.opens.none", all)
	}
	return text.Join(first, second)
}

// lead says where that comes from.
func (m maker) lead() string {
	t := m.t
	var from []string
	archives := 0
	for _, l := range m.lines {
		switch {
		case l.State > sums.SourcePartial:
		case l.Format != "":
			archives++
		default:
			if word := m.from(l.Family); !slices.Contains(from, word) {
				from = append(from, word)
			}
		}
	}
	if archives > 0 {
		from = append(from, t.N("overview.from.archives", archives))
	}
	if len(from) == 0 {
		return t.T("overview.from.said")
	}
	words := t.T("overview.from", "list", list(t, from))
	if slices.ContainsFunc(m.lines, func(l sums.SourceLine) bool { return l.State == sums.SourcePartial }) {
		words = text.Join(words, t.T("overview.from.gaps"))
	}
	return words
}

// tells says what a source that was not read would show.
func (m maker) tells(l sums.SourceLine) string {
	if l.Format != "" {
		return m.t.T("overview.tells.archive", "platform", m.platform(l.Platform))
	}
	return m.t.T("overview.tells." + l.Family)
}

// longestName is how much of a platform's name a line of the page shows.
const longestName = 40

func (m maker) platform(id string) string {
	return text.Short(m.catalog.Get(id, id).Name, longestName)
}

// from names a family in the middle of a sentence, familyName at its beginning.
// One that this program does not know the word for is something else.
func (m maker) from(family string) string {
	if key := "overview.from." + family; m.t.Has(key) {
		return m.t.T(key)
	}
	return m.t.T("overview.from.other")
}

func (m maker) familyName(family string) string {
	if key := "family." + family; m.t.Has(key) {
		return m.t.T(key)
	}
	return m.t.T("overview.source.other")
}

// list writes several things in a row, such as "your mail, 2 archives and your
// saved passwords".
func list(t *text.Printer, words []string) string {
	if last := len(words) - 1; last > 0 {
		return t.T("reach.and", "list", strings.Join(words[:last], ", "), "last", words[last])
	}
	return strings.Join(words, "")
}

// figures are the tiles. What is not known shows no number.
func (m maker) figures() []figure {
	t := m.t
	out := []figure{m.heldFigure()}
	leaks, checked := len(m.overview.Leaks), len(m.profile.Lookups) > 0
	leak := figure{m.number(leaks, leaks > 0 || checked), t.N("overview.leaks", leaks), kit.Neutral, target{"check", ""}}
	switch {
	case leaks > 0:
		leak.tone = kit.Warning
	case !checked:
		leak.words = t.T("overview.leaks.unknown")
	}
	open, known := m.opened()
	fall := figure{m.number(open, known), t.N("overview.falls", open), kit.Neutral, target{"whatif", "steal/number"}}
	switch {
	case open > 0:
		fall.tone = kit.Danger
	case !m.phone:
		fall.words, fall.to = t.T("overview.falls.number"), target{"you", ""}
	case !known:
		fall.words = t.T("overview.falls.unknown")
	}
	out = append(out, fall, leak)
	if len(m.overview.Actions) > 0 {
		out = append(out, m.planFigure())
	}
	return out
}

// heldFigure counts who holds the number; without a number, the address.
func (m maker) heldFigure() figure {
	t := m.t
	if !m.phone {
		n := 0
		for _, a := range m.overview.Accounts {
			if slices.ContainsFunc(a.Identifiers, isMail) {
				n++
			}
		}
		return figure{m.number(n, n > 0), t.N("overview.mail", n), tone(n, kit.Warning), target{"find", ""}}
	}
	n, known := m.holding()
	f := figure{m.number(n, known), t.N("overview.number", n), tone(n, kit.Warning), target{"find", findNumber}}
	if !known {
		f.words, f.to = t.T("overview.number.unknown"), toSources
	}
	return f
}

func isMail(id identifier.Identifier) bool { return id.Kind == identifier.KindEmail }

// tone colours a count of something.
func tone(n int, some kit.Tone) kit.Tone {
	if n == 0 {
		return kit.Neutral
	}
	return some
}

// number writes a count, or that it is not known.
func (m maker) number(n int, known bool) string {
	if !known {
		return m.t.T("overview.unknown")
	}
	return m.t.Number(int64(n))
}

// planFigure says how far the plan is carried out, and how long the rest takes.
func (m maker) planFigure() figure {
	t := m.t
	minutes := 0
	for _, a := range m.overview.Actions {
		if a.State == plan.StateOpen || a.State == plan.StateBlocked {
			minutes += a.Minutes
		}
	}
	done, all := m.overview.Progress()
	f := figure{to: target{"fix", ""}, tone: tone(done, kit.Good)}
	f.value = t.T("overview.steps", "done", t.Number(int64(done)), "all", t.Number(int64(all)))
	if f.words = t.T("overview.steps.words"); minutes > 0 {
		f.words = t.T("overview.steps.left", "time", m.time(minutes))
	}
	return f
}

// time writes minutes as a person would say them.
func (m maker) time(minutes int) string {
	if minutes < 90 {
		return m.t.N("overview.minutes", minutes)
	}
	return m.t.N("overview.hours", (minutes+30)/60)
}

// next is the one thing to do now: the first open step of the plan, or what is
// needed before there can be one.
func (m maker) next() next {
	t := m.t
	switch {
	case len(m.own) == 0:
		return m.nextOf("overview.next.you", target{"you", ""})
	case len(m.overview.Accounts) == 0:
		return m.nextSource(t.T("overview.next.find"))
	}
	i := slices.IndexFunc(m.overview.Actions, func(a plan.Action) bool { return a.State == plan.StateOpen })
	if i < 0 {
		if slices.ContainsFunc(m.lines, func(l sums.SourceLine) bool { return l.State == sums.SourceMissing }) {
			return m.nextSource(t.T("overview.next.more"))
		}
		return m.nextOf("overview.next.done", target{"report", ""})
	}
	a := m.overview.Actions[i]
	others := make([]string, 0, len(a.Args))
	for _, id := range a.Args {
		others = append(others, m.platform(id))
	}
	name := m.catalog.Get(a.Platform, a.Platform).Name
	if of, ok := m.overview.Find(a.Account); ok && of.Name != "" {
		name = of.Name
	}
	return next{
		when:  t.T("overview.next.about", "time", m.time(a.Minutes)),
		title: t.T("plan.action."+string(a.Kind), "platform", text.Short(name, longestName)),
		why:   t.T(a.Why, "others", list(t, others)), button: t.T("overview.next.go"), to: target{"fix", a.Account},
	}
}

// nextOf is a next step whose words stand under one key.
func (m maker) nextOf(key string, to target) next {
	t := m.t
	return next{t.T("overview.next"), t.T(key), t.T(key + ".why"), t.T(key + ".go"), to}
}

// nextSource proposes the most telling source that was not read.
func (m maker) nextSource(title string) next {
	n := next{when: m.t.T("overview.next"), title: title, button: m.t.T("overview.next.find.go"), to: toSources}
	if i := slices.IndexFunc(m.lines, func(l sums.SourceLine) bool { return l.State == sums.SourceMissing }); i >= 0 {
		n.why = m.tells(m.lines[i])
	}
	return n
}

// Addresses of the page Find that show a part of the accounts.
const (
	findNumber = "group/number" // those that hold a number
	findExit   = "exit/"        // of an exit rating, which follows
)

// mostNames is how many platforms a group of the map names; the rest does not
// fit its box.
const mostNames = 14

// sides are the words of the map.
func (m maker) sides(chart holders.Map) (left, right []side) {
	t := m.t
	for _, h := range chart.Holdings {
		s := side{detail: t.N("overview.map.accounts", h.Accounts), to: target{"find", ""}}
		switch h.Kind {
		case holders.One:
			if h.ID.IsNumber() {
				s.to.arg = findNumber
			}
			s.name = t.Identifier(h.ID, m.profile.Settings.ShowValues)
		case holders.Others:
			s.name = t.N("overview.map.others", h.IDs)
		case holders.Unplaced:
			s.name = t.T("overview.map.unplaced")
		case holders.Nothing:
			s.name = t.T("overview.map.nothing")
		}
		if h.Accounts == 0 {
			s.detail = t.T("overview.map.nowhere")
		}
		left = append(left, s)
	}
	for _, g := range chart.Groups {
		names := make([]string, 0, mostNames)
		for _, a := range g.Accounts[:min(mostNames, len(g.Accounts))] {
			names = append(names, text.Short(text.Visible(a.Label(func(id identifier.Identifier) string {
				return t.Identifier(id, m.profile.Settings.ShowValues)
			})), longestName))
		}
		exit := t.T("exit." + string(g.Exit) + ".name")
		right = append(right, side{
			name:   t.T("overview.map.group", "exit", exit, "n", t.Number(int64(len(g.Accounts)))),
			detail: strings.Join(slices.Compact(names), ", "),
			tone:   exitTone[g.Exit], to: target{"find", findExit + string(g.Exit)},
		})
	}
	for i := range left {
		left[i].shares, left[i].value = make([]string, len(right)), left[i].detail
	}
	for i := range right {
		right[i].shares, right[i].value = make([]string, len(left)), right[i].detail
	}
	for _, f := range chart.Flows {
		g, h := &right[f.Group], &left[f.Holding]
		n := t.Number(int64(f.Accounts))
		h.shares[f.Group] = t.T("overview.map.share", "n", n, "all", t.Number(int64(chart.Holdings[f.Holding].Accounts)))
		g.shares[f.Holding] = t.T("overview.map.share", "n", n, "all", t.Number(int64(len(chart.Groups[f.Group].Accounts))))
		exit := t.T("exit." + string(chart.Groups[f.Group].Exit) + ".name")
		h.value += "; " + t.T("overview.map.part", "what", exit, "n", n)
		g.value += "; " + t.T("overview.map.part", "what", h.name, "n", n)
	}
	return left, right
}

// exitTone colours a group: what can be done is green or blue, what cannot is
// amber or red, and what nobody knows has no colour.
var exitTone = map[catalog.ExitRating]kit.Tone{
	catalog.ExitRemovable: kit.Good, catalog.ExitAfterApp: kit.Accent, catalog.ExitReplaceOnly: kit.Warning,
	catalog.ExitForcedFallback: kit.Warning, catalog.ExitForced: kit.Danger, catalog.ExitUnknown: kit.Neutral, catalog.ExitNoNumber: kit.Good,
}

// sources lists what was read, asked for and is missing. Where there are many,
// the families and what is under way stand first.
func (m maker) sources() (out []source, all int) {
	lines := m.lines
	if !m.allSources && len(lines) > shortSources+1 {
		all = len(lines)
		lines = telling(lines, shortSources)
	}
	for _, l := range lines {
		out = append(out, m.source(l))
	}
	return out, all
}

// telling keeps so many lines in their order: families, then what was asked for,
// then the others.
func telling(lines []sums.SourceLine, n int) (out []sums.SourceLine) {
	keep := map[int]bool{}
	for _, wanted := range []func(sums.SourceLine) bool{
		func(l sums.SourceLine) bool { return l.Format == "" },
		func(l sums.SourceLine) bool { return l.State == sums.SourceAsked },
		func(l sums.SourceLine) bool { return true },
	} {
		for i, l := range lines {
			if len(keep) < n && wanted(l) {
				keep[i] = true
			}
		}
	}
	for i, l := range lines {
		if keep[i] {
			out = append(out, l)
		}
	}
	return out
}

func (m maker) source(l sums.SourceLine) source {
	t := m.t
	s := source{state: l.State, title: m.familyName(l.Family), to: toSources, asked: l.State == sums.SourceAsked}
	if l.Format != "" {
		s.title, s.format, s.to.arg = t.T("format."+l.Format), l.Format, "sources/"+l.Format
	}
	day := t.Date(l.At)
	if l.At.IsZero() {
		day = t.T("overview.source.undated")
	}
	switch l.State {
	case sums.SourceRead:
		s.detail, s.format = t.T("overview.source.read", "day", day), ""
	case sums.SourcePartial:
		if s.detail, s.format = t.N("overview.source.gaps", l.Gaps, "day", day), ""; l.Items == 0 {
			s.detail = t.T("overview.source.nothing", "day", day)
		}
	case sums.SourceAsked:
		if s.detail = t.T("overview.source.asked", "day", day); !l.Due.IsZero() && !m.now.Before(l.Due) {
			s.detail = t.T("overview.source.due", "day", day)
		}
	case sums.SourceMissing:
		if s.detail = t.T("overview.source.archive"); l.Format == "" {
			s.detail = t.T("overview.source." + l.Family)
		}
	}
	return s
}
