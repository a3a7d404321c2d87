package find

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/text"
)

// The parts of what is shown of an account or a platform.
const (
	partHolds = "holds" // what they hold, what happened, what to do
	partProof = "proof" // why we think so
	partAbout = "about" // what is known of the platform
	partSay   = "say"   // what no file can know
	partGuide = "guide" // the whole way through a platform, to read
)

// held is one identifier a platform holds.
type held struct {
	id         identifier.Identifier
	shown, why string
	proof      []tag
	whose      overview.Whose
}

// event is something that happened at a platform, and the page that tells it.
type event struct {
	year        int
	title, why  string
	tags        []tag
	page, route string
}

// line is a fact with where it comes from, or a step with what to do.
type line struct{ head, text, source, link string } // head begins a group of lines; "" goes on

// deed is what can be done at an account.
type deed struct {
	words, how string // of the button, and what it takes where that has no room on it
	urgent     bool   // the plan asks for it: the first button of the page
	letter     bool   // a letter can be written
}

// detail is an account, or a platform without one, in one view.
type detail struct {
	id, platform, name, caption string
	account                     bool
	gone                        bool // no such account, and nothing is known of such a platform
	exit                        line // whether the number can go
	tags                        []tag
	do                          deed
	parts                       []chip
	part                        string
	held                        []held
	facts                       []line
	events                      []event
	lines                       []line // of the part in sight, where it is of lines
}

// makeDetail shows what is known of an account, or of a platform at which there is none.
func makeDetail(d data, id string, st state, t *text.Printer) detail {
	a, is := d.overview.Find(id)
	if !is {
		return platformDetail(d, id, st, t)
	}
	w := newWriter(d, t)
	pl := d.catalog.Get(a.Platform, a.Name)
	v := detail{
		id: a.ID, platform: a.Platform, name: a.Label(w.id), account: true, part: st.part,
		caption: a.Platform + " · " + t.T("find.sure."+max(a.Confidence, evidence.Claimed).String()),
	}
	v.exit = exitLine(pl, t)
	if day := cmp.Or(a.NumberProved, a.NumberGone); !day.IsZero() {
		v.exit = line{text: t.T("find.out", "date", t.Date(day))}
	}
	v.tags = w.tags(a, groupsOf(d, a))
	v.parts = []chip{{partHolds, t.T("find.part.holds"), -1}}
	if n := len(a.Findings); n > 0 {
		v.parts = append(v.parts, chip{partProof, t.T("find.part.proof"), n})
	}
	v.parts = append(v.parts, chip{partAbout, t.T("find.part.about"), -1})
	v.do = whatToDo(d, a, t)
	v.do.letter = canWrite(d, a, pl)
	switch v.part {
	case partProof:
		v.lines = proofLines(a, t)
	case partAbout:
		v.lines = aboutLines(d, pl, t)
	case partSay:
	default:
		v.part = partHolds
		v.held = w.heldBy(a)
		v.facts = w.facts(a)
		v.events = events(d, a.Platform, t)
	}
	return v
}

func groupsOf(d data, a account.Account) (in []overview.Group) {
	for _, g := range overview.AllGroups() {
		if d.groups.In(a, g) {
			in = append(in, g)
		}
	}
	return in
}

// platformDetail shows a platform at which the person has no known account.
func platformDetail(d data, id string, st state, t *text.Printer) detail {
	pl, known := d.catalog.ByID(id)
	if !known {
		site, name, _ := d.catalog.Resolve(id)
		if site == "" || !catalog.IsSite(id) {
			return detail{gone: true}
		}
		return detail{id: site, platform: site, name: name, caption: t.T("find.unknown"), part: partAbout}
	}
	v := detail{id: id, platform: id, name: pl.Name, caption: t.T("find.elsewhere", "site", id), part: st.part}
	v.exit = exitLine(pl, t)
	v.parts = []chip{{partAbout, t.T("find.part.about"), -1}, {partGuide, t.T("find.part.guide"), len(pl.Steps())}}
	if v.part == partGuide {
		v.lines = guideLines(d, pl, t)
		return v
	}
	v.part, v.lines = partAbout, aboutLines(d, pl, t)
	for _, i := range d.catalog.Incidents(id) {
		sure := tag{t.T("incident.status." + string(i.Status)), plain}
		v.events = append(v.events, event{year: i.Known().First.Year(), title: t.In(i.Title), why: t.In(i.Text), tags: []tag{sure}})
	}
	v.events = dated(v.events, t)
	return v
}

// guideLines is the whole guide of a platform, to read.
func guideLines(d data, pl *catalog.Platform, t *text.Printer) []line {
	var out []line
	if g := pl.Guide; g != nil && g.Stale(d.now) {
		out = append(out, line{text: t.T("facts.stale")})
	}
	for _, st := range pl.Steps() {
		title, do, _ := st.Words(t, pl.Name)
		out = append(out, line{
			text: title, source: strings.Join(append([]string{do}, st.More(t)...), "\n"), link: st.Link,
		})
	}
	return out
}

// exitLine says whether a number can go, on whose word and of when.
func exitLine(pl *catalog.Platform, t *text.Printer) line {
	l := line{text: t.T("exit." + string(pl.Exit) + ".why")}
	if len(pl.ExitSources) > 0 {
		l.source = told(pl.ExitSources[0], t)
	}
	return l
}

// told says on whose word something is known, and of when; which page that is stands with the platform.
func told(src catalog.SourceRef, t *text.Printer) string {
	when := t.T("source.undated")
	if !src.Checked.IsZero() {
		when = t.Month(src.Checked)
	}
	return t.T("confidence.source."+src.Confidence) + " · " + when
}

// canWrite reports whether there is a letter to write: to who does not let the number go.
func canWrite(d data, a account.Account, pl *catalog.Platform) bool {
	return pl.KeepsNumber() && !letter.NumberOf(a, pl, overview.Own(d.profile)).IsZero()
}

// doFirst orders what can be done at an account by what names the whole.
var doFirst = []plan.Kind{
	plan.KindRemove, plan.KindLimit, plan.KindSecure, plan.KindPassword, plan.KindAds, plan.KindLook,
}

// maxButton is how many signs a button beside a list has room for.
const maxButton = 34

// whatToDo says what the plan asks for at an account, and in how many steps and how long, on the button where that has
// room.
func whatToDo(d data, a account.Account, t *text.Printer) deed {
	minutes, first := 0, len(doFirst)
	for _, act := range d.overview.Actions {
		if act.Account == a.ID && (act.State == plan.StateOpen || act.State == plan.StateBlocked) {
			minutes += act.Minutes
			first = min(first, slices.Index(doFirst, act.Kind))
		}
	}
	if first < 0 || first == len(doFirst) {
		return deed{words: t.T("find.do.open")}
	}
	words, how := t.T("find.do."+string(doFirst[first])), t.T("find.do.minutes", "minutes", t.Number(int64(minutes)))
	sw, _, is := overview.Switch(d.profile, d.overview, d.catalog, a.ID)
	if done, all := sw.Progress(); is && all > done {
		how = t.N("find.do.steps", all-done, "minutes", t.Number(int64(minutes)))
	}
	if whole := words + " · " + how; utf8.RuneCountInString(whole) <= maxButton {
		return deed{words: whole, urgent: true}
	}
	return deed{words: words, how: how, urgent: true}
}

// heldBy lists what an account holds, what for, and what proves it.
func (w *writer) heldBy(a account.Account) (out []held) {
	for _, id := range a.Identifiers {
		h := held{id: id, shown: w.id(id), whose: w.d.groups.Lists.Of(id)}
		h.why = w.purposes(a, id)
		f, is := surest(a, id)
		switch {
		case h.whose == overview.NotListed || h.whose == overview.MaybeYours:
			h.proof = append(h.proof, tag{w.word("find.tag.confirm"), plain})
		case h.whose == overview.NotYours:
			h.proof = append(h.proof, tag{w.word("find.tag.notyours"), plain})
		}
		if is {
			h.proof = append(h.proof, proofTag(f, w.t))
		} else {
			h.proof = append(h.proof, tag{w.word("confidence.claimed"), plain})
		}
		out = append(out, h)
	}
	for _, name := range a.UserNames {
		out = append(out, held{shown: name, why: w.word("find.username"), whose: overview.Yours})
	}
	return out
}

// purposes says what an account has an identifier for.
func (w *writer) purposes(a account.Account, id identifier.Identifier) string {
	var why []string
	for _, f := range a.Findings {
		if f.Purpose == evidence.PurposeUnknown || !identifier.SameLine(f.Identifier, id) {
			continue
		}
		if p := w.word("purpose." + string(f.Purpose)); !slices.Contains(why, p) {
			why = append(why, p)
		}
	}
	return strings.Join(why, " · ")
}

// proofTag says in few words what proves something, and of when.
func proofTag(f evidence.Finding, t *text.Printer) tag {
	key := "find.proof." + f.Family
	if f.Format == account.FormatOwn || !t.Has(key) {
		key = "find.proof.other"
		if f.Format == account.FormatOwn {
			key = "find.proof.own"
		}
	}
	where := t.T(key)
	if m := t.Month(latest(f)); m != "" {
		where += " · " + m
	}
	if f.Confidence == evidence.Confirmed {
		return tag{t.T("find.proof", "where", where), good}
	}
	return tag{t.T("find.seen", "where", where), plain}
}

func latest(f evidence.Finding) time.Time {
	if f.Last.IsZero() {
		return f.First
	}
	return f.Last
}

// facts are what else is known of an account.
func (w *writer) facts(a account.Account) (out []line) {
	names := make([]string, len(a.SecondFactor))
	for i, f := range a.SecondFactor {
		names[i] = w.word("factor." + f)
	}
	if len(names) > 0 {
		out = append(out, line{text: w.t.T("find.factors", "list", strings.Join(names, ", "))})
	} else {
		out = append(out, line{text: w.word("find.factors.none")})
	}
	if n := len(a.ReusedWith); n > 0 {
		const most = 6
		var where []string
		for _, id := range a.ReusedWith[:min(n, most)] {
			where = append(where, w.d.catalog.Get(id, id).Name)
		}
		list := strings.Join(where, ", ")
		if n > most {
			list = w.t.N("find.files_more", n-most, "names", list)
		}
		out = append(out, line{text: w.t.T("find.reused", "list", list)})
	}
	if n := len(a.Advertisers); n > 0 {
		who := w.t.N("find.advertisers", n) + w.t.T("kit.colon") + strings.Join(a.Advertisers, ", ")
		out = append(out, line{text: who, source: w.word("find.advertisers.why")})
	}
	return out
}

// events are the leaks and misuses at a platform that may concern the person, the earliest first.
func events(d data, platform string, t *text.Printer) []event {
	var out []event
	for _, c := range d.overview.Incidents {
		if c.Account != platform {
			continue
		}
		e := event{year: c.Known().First.Year(), title: t.In(c.Title), page: "check", route: "incident/" + c.ID}
		e.why = t.T("incident.status." + string(c.Status))
		if c.Number == breach.HadYes {
			e.tags = []tag{{t.T("incident.badge.number"), amber}}
		}
		out = append(out, e)
	}
	for _, l := range d.overview.Leaks {
		if l.Account != platform || !overview.Concerns(l) {
			continue
		}
		e := event{year: l.Date.Year(), title: t.T("find.leak", "title", l.Title), page: "check", route: "leak/" + overview.Key(l)}
		e.why = t.T("leak.certainty." + string(l.Certainty))
		if slices.Contains(l.Data, breach.DataPhones) {
			e.tags = append(e.tags, tag{t.T("find.tag.phones"), amber})
		}
		if slices.Contains(l.Data, breach.DataPasswords) {
			e.tags = append(e.tags, tag{t.T("find.tag.passwords"), amber})
		}
		out = append(out, e)
	}
	return dated(out, t)
}

// dated puts events in order and their year before them.
func dated(out []event, t *text.Printer) []event {
	slices.SortStableFunc(out, func(a, b event) int { return cmp.Compare(a.year, b.year) })
	for i := range out {
		if out[i].year > 1 {
			out[i].title = strconv.Itoa(out[i].year) + t.T("kit.colon") + out[i].title
		}
	}
	return out
}

// maxProof is how many pieces of proof are listed.
const maxProof = 40

// proofLines answers "why do you think so?".
func proofLines(a account.Account, t *text.Printer) (out []line) {
	for i, f := range a.Findings {
		if i == maxProof {
			return append(out, line{text: t.N("find.more", len(a.Findings)-i)})
		}
		if f.Fact != evidence.FactAdvertiserList { // named elsewhere
			out = append(out, line{text: t.T("fact." + string(f.Fact)), source: proofLine(t, f)})
		}
	}
	return out
}

func proofLine(t *text.Printer, f evidence.Finding) string {
	parts := []string{t.T("format." + f.Format)}
	if f.Source != "" {
		parts = append(parts, f.Source)
	}
	if f.Count > 1 {
		parts = append(parts, t.N("find.times", f.Count))
	}
	if d := span(t, f.First, f.Last); d != "" {
		parts = append(parts, d)
	}
	if f.Fact == evidence.FactAccount || f.Fact == evidence.FactMailed {
		if class, subject, ok := strings.Cut(f.Detail, ": "); ok && t.Has("mail.class."+class) {
			parts = append(parts, t.T("mail.class."+class), "“"+subject+"”")
		}
	}
	if t.Has("sms.class." + f.Detail) {
		parts = append(parts, t.T("sms.class."+f.Detail))
	}
	parts = append(parts, t.T("confidence."+f.Confidence.String()))
	if f.Why != "" {
		parts = append(parts, t.T(f.Why))
	}
	return strings.Join(parts, " · ")
}

func span(t *text.Printer, first, last time.Time) string {
	a, b := t.Month(first), t.Month(last)
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return a + " – " + b
}

// aboutLines say what is known of a platform, whoever the person is: facts, how an account opens, how people have
// locked themselves out.
func aboutLines(d data, pl *catalog.Platform, t *text.Printer) []line {
	add := func(out []line, head string, texts ...string) []line {
		for i, x := range texts {
			l := line{text: x}
			if i == 0 && head != "" {
				l.head = t.T(head)
			}
			out = append(out, l)
		}
		return out
	}
	rating := line{head: t.T("find.about.number"), text: t.T("exit." + string(pl.Exit) + ".why")}
	for i, src := range pl.ExitSources {
		if i > 0 {
			rating.source += "; "
		}
		rating.source += src.Words(t)
	}
	out := append([]line{rating}, add(nil, "", pl.About(t)...)...)
	g := pl.Guide
	if g == nil {
		return append(out, line{text: t.T("fix.short")})
	}
	var ways, risks []string
	for _, w := range g.Ways {
		ways = append(ways, w.Words(t))
	}
	for _, r := range g.Risks {
		risks = append(risks, r.Words(t))
	}
	out = add(add(out, "find.about.ways", ways...), "find.about.risks", risks...)
	last := line{source: t.T("facts.reviewed", "date", t.Date(g.Reviewed))}
	if g.Stale(d.now) {
		last.source = t.T("facts.stale")
	}
	return append(out, last)
}
