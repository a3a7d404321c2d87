package fix

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/report"
	"unlisted/checks/text"
)

// goodbyeView is the page about leaving one of the person's numbers.
type goodbyeView struct {
	none     bool // no number to leave
	numbers  []chip
	number   identifier.Identifier
	day      string // the last day, where one is noted
	progress progress
	rows     []changeRow
	at       changeView
}

// changeRow is one account of the list.
type changeRow struct {
	id, platform  string
	title, detail string
	tags          []tag
	chosen        bool
}

// changeView is the account in sight: what must change there, what happens
// otherwise, and the step of the guided switch that does it.
type changeView struct {
	id     string // "" where none is in sight
	title  string
	tags   []tag
	do     string
	how    string // how the next holder of the number gets in
	step   catalog.StepKind
	tick   string // "" where there is nothing to tick
	called string // the tick, with the platform
	done   bool
	locked string // why it cannot be ticked yet
	letter bool
}

// leavingNumber is the number whose last day is in sight: the one chosen, else
// the one that is left first, else the first.
func leavingNumber(d data, chosen identifier.Identifier) (number identifier.Identifier, ok bool) {
	numbers := overview.Numbers(d.profile)
	if len(numbers) == 0 {
		return number, false
	}
	if slices.Contains(numbers, chosen) {
		return chosen, true
	}
	if away := overview.LeavingNumbers(d.profile, d.now); len(away) > 0 {
		return away[0].Number, true
	}
	return numbers[0], true
}

// makeGoodbye works the page out, with the account in sight that id names, else
// the first at which something is left to do.
func makeGoodbye(d data, chosen identifier.Identifier, id string, t *text.Printer) goodbyeView {
	number, ok := leavingNumber(d, chosen)
	v := goodbyeView{none: !ok, number: number}
	if !ok {
		return v
	}
	for _, n := range overview.Numbers(d.profile) {
		v.numbers = append(v.numbers, chip{n.Value, t.Identifier(n, d.profile.Settings.ShowValues), -1})
	}
	for _, f := range overview.LeavingNumbers(d.profile, d.now) {
		if f.Number == number {
			v.day = t.T("goodbye.day.is", "date", t.Date(f.LastDay)) + ". " + daysLeft(t, f)
		}
	}
	list := overview.Goodbye(d.profile, d.model, number)
	left, all := overview.ToChange(list)
	v.progress = d.progress(t, "goodbye.progress", all-left, all)
	follows := func(h reach.NumberChange) int {
		if h.Change == reach.ChangeFollows {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b reach.NumberChange) int { return follows(a) - follows(b) })
	at := slices.IndexFunc(list, func(h reach.NumberChange) bool { return h.Account.ID == id })
	if at < 0 {
		at = slices.IndexFunc(list, func(h reach.NumberChange) bool { return h.Change != reach.ChangeFollows && !h.Done })
	}
	for i, h := range list {
		v.rows = append(v.rows, d.changeRow(t, h, i == at))
	}
	if at >= 0 {
		v.at = d.changeView(t, list[at])
	}
	return v
}

func daysLeft(t *text.Printer, f overview.LeavingNumber) string {
	switch {
	case f.Days < 0:
		return t.T("goodbye.over")
	case f.Days == 0:
		return t.T("goodbye.today")
	}
	return t.N("goodbye.days", f.Days)
}

func (d data) changeRow(t *text.Printer, h reach.NumberChange, chosen bool) changeRow {
	row := changeRow{id: h.Account.ID, platform: h.Account.Platform, title: d.label(t, h.Account), chosen: chosen}
	row.detail = t.T("reach.tier." + strconv.Itoa(int(h.Tier)))
	switch {
	case h.Change == reach.ChangeFollows:
		row.detail = t.T("goodbye.follows.row")
	case h.Done:
		row.tags = []tag{{t.T("plan.state.done"), good}}
	case h.Falls:
		row.tags = []tag{{t.T("goodbye.risk"), danger}}
	case h.Locked:
		row.tags = []tag{{t.T("goodbye.risk"), warning}}
	}
	return row
}

// changeTags say what happens at an account that is left as it is.
func (d data) changeTags(t *text.Printer, h reach.NumberChange) (tags []tag) {
	if h.Done {
		return nil
	}
	if h.Falls {
		tags = append(tags, tag{t.T("goodbye.falls"), danger})
	}
	if h.Locked {
		tags = append(tags, tag{t.T("goodbye.locked"), warning})
	}
	return tags
}

func (d data) changeView(t *text.Printer, h reach.NumberChange) changeView {
	name := d.label(t, h.Account)
	v := changeView{
		id: h.Account.ID, title: name, tags: d.changeTags(t, h), done: h.Done,
		do: t.T("reach.change."+string(h.Change), "platform", name),
	}
	if h.Change == reach.ChangeFollows {
		v.do = t.T("goodbye.follows.why")
	}
	if !h.Done {
		steps := make([]string, len(h.Chain))
		for i, step := range h.Chain {
			steps[i] = d.model.StepWords(t, step, d.profile.Settings.ShowValues)
		}
		v.how = strings.Join(steps, " ")
	}
	sw, _, ok := overview.Switch(d.profile, d.overview, d.catalog, h.Account.ID)
	if !ok || h.Change == reach.ChangeFollows {
		return v
	}
	v.letter = letterFor(d, h.Account, sw.Platform)
	if v.step = h.Step; v.step == "" {
		return v
	}
	v.tick = t.T("guide.step."+string(h.Step)+".title", "platform", sw.Platform.Name)
	v.called = t.T("goodbye.tick", "platform", name, "title", v.tick)
	g := guide{data: d, Switch: sw, t: t}
	if st, there := g.find(h.Step); there && st.State == plan.StateBlocked {
		v.locked = strings.Join(g.hold(st).words, " ")
	}
	return v
}

// carrierView is the page about the number itself.
type carrierView struct {
	progress progress
	rows     []adviceRow
	at       adviceView
	reviewed string
}

// adviceRow is one thing to do with the phone company.
type adviceRow struct {
	id, title, where string
	done, chosen     bool
}

// adviceView is the one in sight.
type adviceView struct {
	adviceRow
	ask, words string
	sources    []sourceRow
}

// countries lists the countries there is advice for: those of the person's
// numbers, else all.
func countries(c catalog.Carriers, pr *profile.Profile) []string {
	var out []string
	for _, o := range pr.Identifiers {
		if r := o.ID.Region(); c.Countries[r] != nil && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		return out
	}
	for r := range c.Countries {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// makeCarrier works the page out, with the advice in sight that id names, else
// the first that is not done.
func makeCarrier(d data, id string, t *text.Printer) carrierView {
	c := d.catalog.Carriers()
	v := carrierView{reviewed: t.T("facts.reviewed", "date", t.Date(c.Reviewed))}
	var all []catalog.Advice
	count := 0
	add := func(where string, list []catalog.Advice) {
		for _, a := range list {
			_, done := d.profile.Steps[carrierArg][a.ID]
			v.rows = append(v.rows, adviceRow{id: a.ID, title: t.In(a.Title), where: where, done: done})
			if all = append(all, a); done {
				count++
			}
		}
	}
	for _, r := range countries(c, d.profile) {
		add(t.T("carrier.country", "country", t.Country(r)), c.Countries[r])
	}
	add(t.T("carrier.general"), c.General)
	v.progress = d.progress(t, "fix.progress", count, len(all))
	at := slices.IndexFunc(v.rows, func(r adviceRow) bool { return r.id == id })
	if at < 0 {
		at = max(0, slices.IndexFunc(v.rows, func(r adviceRow) bool { return !r.done }))
	}
	if at < len(v.rows) {
		v.rows[at].chosen = true
		v.at = adviceView{adviceRow: v.rows[at], words: t.In(all[at].Text), sources: sourceRows(t, all[at].Sources, d.now)}
		if all[at].Confidence == "unverified" {
			v.at.ask = t.T("carrier.ask")
		}
	}
	return v
}

// sourceRows names sources; one that should have been looked at again says so.
func sourceRows(t *text.Printer, list []catalog.SourceRef, now time.Time) []sourceRow {
	rows := make([]sourceRow, len(list))
	for i, src := range list {
		rows[i] = sourceRow{words: src.Words(t), quote: legible(src.Quote), url: src.URL}
		if !src.Recheck.IsZero() && src.Stale(now) {
			rows[i].words += " · " + t.T("fix.stale")
		}
	}
	return rows
}

// comparison is what makes codes or takes their place, side by side.
type comparison struct {
	head     []string
	ids      []string
	rows     [][]string
	reviewed string
}

func makeComparison(all catalog.Authenticators, t *text.Printer) comparison {
	v := comparison{reviewed: t.T("authenticators.reviewed", "date", t.Date(all.Reviewed))}
	v.head = []string{t.T("authenticators.name")}
	for _, f := range catalog.AuthenticatorFacts() {
		v.head = append(v.head, t.T("authenticators.fact."+f))
	}
	for _, a := range all.List {
		row := []string{a.Name}
		for _, name := range catalog.AuthenticatorFacts() {
			words := factWords(t, name, a.Facts[name])
			if a.Facts[name].Confidence == "unverified" {
				words += " (" + t.T("authenticators.unverified") + ")"
			}
			row = append(row, words)
		}
		v.ids, v.rows = append(v.ids, a.ID), append(v.rows, row)
	}
	return v
}

// authenticatorView is one of them, each fact with its sources.
type authenticatorView struct {
	name, note string
	facts      []factView
}

type factView struct {
	name, words string
	notes       []string
	ask         bool // nobody has confirmed it
	sources     []sourceRow
}

func makeAuthenticator(
	all catalog.Authenticators, id string, now time.Time, t *text.Printer,
) (v authenticatorView, ok bool) {
	i := slices.IndexFunc(all.List, func(a catalog.Authenticator) bool { return a.ID == id })
	if i < 0 {
		return v, false
	}
	a := all.List[i]
	v.name, v.note = a.Name, t.In(a.Note)
	for _, name := range catalog.AuthenticatorFacts() {
		f := a.Facts[name]
		row := factView{
			name: t.T("authenticators.fact." + name), words: factWords(t, name, f),
			ask: f.Confidence == "unverified", sources: sourceRows(t, f.Sources, now),
		}
		if how := t.In(f.How); how != "" {
			row.notes = append(row.notes, how)
		}
		if f.Licence != "" {
			row.notes = append(row.notes, t.T("authenticators.licence", "licence", f.Licence))
		}
		v.facts = append(v.facts, row)
	}
	return v, true
}

// factWords writes the values of a fact.
func factWords(t *text.Printer, name string, f catalog.AuthenticatorFact) string {
	words := make([]string, len(f.Values))
	for i, v := range f.Values {
		words[i] = t.T("authenticators." + name + "." + v)
	}
	return strings.Join(words, " · ")
}

// cardView is the emergency card as it will be written.
type cardView struct {
	in       report.CardInput
	say      []string
	accounts []pair // name, and what to do there
	more     string
}

func makeCard(d data, whole bool, t *text.Printer) cardView {
	v := cardView{in: report.CardInput{
		Card: d.model.Card(), Numbers: overview.Numbers(d.profile), Text: t, Masked: !whole, Now: d.now,
	}}
	for _, key := range v.in.Card.Say {
		v.say = append(v.say, t.T(key))
	}
	for i, h := range v.in.Card.Accounts {
		v.accounts = append(v.accounts, pair{t.Number(int64(i+1)) + ". " + d.label(t, h.Account), t.T(report.CardDo(h))})
	}
	if v.in.Card.More > 0 {
		v.more = t.N("card.more", v.in.Card.More)
	}
	return v
}

// legible is a quotation in letters the program's own font has: Latin, Greek, Cyrillic and punctuation. Another is left
// out, for it might show as boxes; the page itself is a press away.
func legible(quote string) string {
	strange := func(r rune) bool {
		return r >= 0x0530 && (r < 0x1e00 || r > 0x206f) && (r < 0x20a0 || r > 0x20cf) && r != '™'
	}
	if strings.ContainsFunc(quote, strange) {
		return ""
	}
	return quote
}
