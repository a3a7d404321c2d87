package check

import (
	"slices"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// askData is what the pages of the sources are made from.
type askData struct {
	profile *profile.Profile
	sources []breach.Source // that can be asked
	ready   func(breach.Info) bool
	now     time.Time
}

// asks is what the person ticked, and how the last check stands.
type asks struct {
	yes    map[breach.Question]bool // said for the next check, not remembered
	exact  bool                     // show what is sent unmasked
	asking []breach.Slot            // of the check that runs
	left   []breach.Result          // what the last check did not get to
}

// askView is the page that asks the sources, in words and values.
type askView struct {
	title, lead string
	gaps        []string // what was not answered, in sentences
	clear       string   // the good news, where there is nothing else
	offline     bool     // every connection is forbidden
	nobody      bool     // there is no address and no number to ask about
	sources     []sourceRow
	phones      string // which sources search numbers
	queue       queue
	answers     []answer
	numbers     string // what no answer says of a number; "" where there is none
	bar         string // what the next check sends
	can         bool   // it can be asked now
}

// sourceRow is one source: who it is, what goes where, and how its answers
// stand.
type sourceRow struct {
	id, name, detail string
	state            tag
	sends            string // what goes to whom; "" where there is nothing to ask or no key
	yes              bool   // to all it can be asked
	key              bool   // its key is missing
}

// queue is when questions are put, or what was left open.
type queue struct {
	title, why string
	rows       []turn
	open       []breach.Question // to go on with; nil while the check runs
}

// turn is one question and its time.
type turn struct{ title, detail, at string }

// answer is what one source said of one identifier.
type answer struct {
	title, detail string
	state         tag
}

// possible are all questions that can be put to sources.
func (d askData) possible(list []breach.Source) []breach.Question {
	return breach.Questions(list, overview.Own(d.profile))
}

// says reports whether the person said yes to a question: now, or for good.
func (d askData) says(a asks, q breach.Question) bool {
	if yes, said := a.yes[q]; said {
		return yes
	}
	return d.profile.Consents[q.Consent()]
}

// ticked are the questions the next check puts.
func (d askData) ticked(a asks) []breach.Question {
	ready := slices.DeleteFunc(slices.Clone(d.sources), func(s breach.Source) bool { return !d.ready(s.Info()) })
	return slices.DeleteFunc(d.possible(ready), func(q breach.Question) bool { return !d.says(a, q) })
}

// sent writes what leaves of an identifier: a fragment as it is, the identifier
// itself as the person wants to see it.
func (d askData) sent(a asks, info breach.Info, id identifier.Identifier, t *text.Printer) string {
	if info.Whole() && !a.exact {
		return t.Identifier(id, d.profile.Settings.ShowValues)
	}
	return info.Sends(id)
}

// makeAsk works the page of the sources out.
func makeAsk(d askData, a asks, t *text.Printer) askView {
	v := askView{
		title: t.T("check.ask"), lead: t.T("check.ask.why"), phones: t.T("check.ask.phones"),
		offline: d.profile.Settings.Offline, nobody: len(d.profile.Identifiers) == 0,
	}
	all := breach.Results(d.possible(d.sources), d.profile.Lookups)
	if sum := breach.Summarise(all); sum.Sources.Asked > 0 {
		said := t.T(sum.Key(), "answered", t.Number(int64(sum.Sources.Answered)), "asked", t.Number(int64(sum.Sources.Asked)))
		v.title = strings.TrimSuffix(said, ".")
		v.gaps, v.clear = remains(sum, t)
		v.answers = answersOf(d, all, t)
		if slices.ContainsFunc(d.profile.Identifiers, func(own profile.Own) bool {
			return own.ID.Kind == identifier.KindPhone
		}) {
			v.numbers = t.T("check.results.phone")
		}
	}
	if v.offline || v.nobody {
		return v
	}
	for _, s := range d.sources {
		v.sources = append(v.sources, rowOf(d, a, s, t))
	}
	v.queue = queueOf(d, a, t)
	ticked := d.ticked(a)
	var asked []string
	for _, q := range ticked {
		if !slices.Contains(asked, q.Source) {
			asked = append(asked, q.Source)
		}
	}
	v.can = len(ticked) > 0 && a.asking == nil
	if v.bar = t.T("check.bar.none"); len(ticked) > 0 {
		v.bar = t.N("check.bar", len(ticked), "sources", names(t, asked))
	}
	return v
}

// remains says what was not answered. Only where nothing is left open and every
// answer was "nothing" is there good news.
func remains(sum breach.Summary, t *text.Printer) (gaps []string, clear string) {
	if len(sum.Gaps) > 0 {
		gaps = append(gaps, t.T("check.summary.gaps", "sources", names(t, sum.Gaps)))
	}
	if sum.Skipped > 0 {
		gaps = append(gaps, t.N("check.summary.skipped", sum.Skipped))
	}
	if sum.AllClear() {
		clear = t.T("check.summary.clear")
	}
	return gaps, clear
}

// rowOf is one source in the list.
func rowOf(d askData, a asks, src breach.Source, t *text.Printer) sourceRow {
	info, questions := src.Info(), d.possible([]breach.Source{src})
	r := sourceRow{id: info.ID, name: t.T("source." + info.ID + ".name"), detail: terms(info, t), key: !d.ready(info)}
	switch {
	case len(questions) == 0:
		r.state = tag{word: t.T("check.state.nothing"), tone: neutral}
		return r
	case r.key:
		r.state = tag{word: t.T("check.state.key"), tone: neutral}
		return r
	}
	r.state = stateOf(breach.Results(questions, d.profile.Lookups), t)
	sent := make([]string, len(questions))
	for i, q := range questions {
		sent[i] = d.sent(a, info, q.Identifier, t)
	}
	r.sends = t.T("check.sends", "host", info.Host, "what", strings.Join(sent, ", "))
	r.yes = !slices.ContainsFunc(questions, func(q breach.Question) bool { return !d.says(a, q) })
	return r
}

// terms says in a line what a source costs and learns.
func terms(info breach.Info, t *text.Printer) string {
	key := "check.terms.free"
	if info.Key != nil {
		key = "check.terms.key"
	}
	return t.T(key) + " · " + t.T("check.terms."+string(info.Level))
}

// stateOf says in a word or two how the answers of one source stand. A gap is
// never told as "nothing found".
func stateOf(results []breach.Result, t *text.Printer) tag {
	sum := breach.Summarise(results)
	switch {
	case sum.Lookups.Found > 0:
		return tag{word: t.T("outcome.found"), tone: warning}
	case sum.Lookups.Asked == 0:
		return tag{word: t.T("outcome.not-checked"), tone: neutral}
	case sum.Lookups.Answered < len(results):
		if len(results) == 1 {
			return tag{word: t.T("outcome." + results[0].Outcome.String()), tone: neutral}
		}
		return tag{word: t.N("check.state.part", sum.Lookups.Answered, "all", t.Number(int64(len(results)))), tone: neutral}
	case sum.AllClear():
		return tag{word: t.T("outcome.not-found"), tone: accent}
	}
	return tag{word: t.T("outcome.partial"), tone: neutral}
}

// queueOf shows when each question of the running check is put, or what the last
// one left open.
func queueOf(d askData, a asks, t *text.Printer) (v queue) {
	row := func(q breach.Question, at time.Time) turn {
		return turn{
			t.Identifier(q.Identifier, d.profile.Settings.ShowValues), names(t, []string{q.Source}), clock(t, at, d.now),
		}
	}
	if a.asking != nil {
		v.title, v.why = t.N("check.queue", len(a.asking)), t.T("check.queue.why")
		for _, x := range a.asking {
			v.rows = append(v.rows, row(breach.Question{Source: x.Source, Identifier: x.Identifier}, x.At))
		}
		return v
	}
	if len(a.left) == 0 {
		return v
	}
	v.title, v.why = t.N("check.left", len(a.left)), t.T("check.left.why")
	for _, r := range a.left {
		q := breach.Question{Source: r.Source, Identifier: r.Identifier}
		v.rows, v.open = append(v.rows, row(q, r.RetryAt)), append(v.open, q)
	}
	return v
}

// answersOf is one row for every identifier and source, asked or not: a gap is
// shown as a gap.
func answersOf(d askData, all []breach.Result, t *text.Printer) (out []answer) {
	for _, own := range d.profile.Identifiers {
		who := t.Identifier(own.ID, d.profile.Settings.ShowValues)
		for _, r := range all {
			if r.Identifier == own.ID {
				x := answerOf(r, d.now, t)
				x.title = who + " · " + t.T("source."+r.Source+".name")
				out = append(out, x)
			}
		}
	}
	return out
}

// answerOf is what one source said, what that means, and when.
func answerOf(r breach.Result, now time.Time, t *text.Printer) answer {
	key := "outcome." + r.Outcome.String()
	v := answer{state: tag{word: t.T(key), tone: neutral}, detail: t.T(key + ".means")}
	switch {
	case r.Outcome == breach.NotChecked:
		return v
	case r.Outcome == breach.Found:
		v.state.tone = warning
	case r.AllClear():
		v.state.tone = accent
	}
	if len(r.Hits) > 0 {
		titles := make([]string, len(r.Hits))
		for i, h := range r.Hits {
			titles[i] = h.Title
		}
		const most = 12
		if n := len(titles) - most; n > 0 {
			titles = append(titles[:most], t.N("check.results.more", n))
		}
		v.detail = strings.Join(titles, ", ") + "."
	}
	at := r.At.Local()
	v.detail = text.Join(v.detail, t.T("check.asked.on", "date", t.Date(at)+" "+at.Format("15:04")))
	if r.RetryAt.After(now) {
		v.detail = text.Join(v.detail, t.T("check.retry", "time", clock(t, r.RetryAt, now)))
	}
	return v
}

// sourceView is everything about one source, and one yes for each identifier.
type sourceView struct {
	name, who string
	state     tag
	facts     []fact
	credit    link
	key       bool // it needs a key
	without   bool // and the key is missing
	questions []question
	answers   []answer
	cannot    string // what no answer of it says
}

// fact is one thing to know of a source.
type fact struct{ label, words string }

// question is the yes to one question, and apart from it the wish to keep it.
type question struct {
	of         breach.Question
	sends      string
	once, keep string // the words of the two yeses
	yes, kept  bool
}

// makeSource works the page of one source out.
func makeSource(d askData, a asks, src breach.Source, t *text.Printer) sourceView {
	info := src.Info()
	id := "source." + info.ID
	v := sourceView{
		name: t.T(id + ".name"), who: t.T(id + ".who"), state: rowOf(d, a, src, t).state,
		key: info.Key != nil, without: !d.ready(info),
		credit: link{t.T(id + ".credit"), info.Credit}, cannot: t.T(id + ".cannot"),
		facts: []fact{{t.T("check.source.level"), t.T("check.level." + string(info.Level) + ".means")}},
	}
	for _, f := range []string{"sends", "cost", "limits", "cannot"} {
		v.facts = append(v.facts, fact{t.T("check.source." + f), t.T(id + "." + f)})
	}
	if v.without {
		return v
	}
	results := breach.Results(d.possible([]breach.Source{src}), d.profile.Lookups)
	for i, q := range d.possible([]breach.Source{src}) {
		who := t.Identifier(q.Identifier, d.profile.Settings.ShowValues)
		v.questions = append(v.questions, question{
			of: q, sends: t.T("check.sends", "host", info.Host, "what", d.sent(a, info, q.Identifier, t)),
			once: t.T("check.consent.once", "who", who), keep: t.T("check.consent.keep", "who", who),
			yes: d.says(a, q), kept: d.profile.Consents[q.Consent()],
		})
		x := answerOf(results[i], d.now, t)
		x.title = who
		v.answers = append(v.answers, x)
	}
	return v
}

// preview is what would be asked, of whom and when.
type preview struct {
	intro   string
	sources []previewSource
}

// previewSource is what would go to one source.
type previewSource struct {
	name  string
	level tag
	host  string
	rows  []turn
}

// makePreview lists the questions that are ticked or, where none is, all that
// could be put; plan says when.
func makePreview(d askData, a asks, plan func([]breach.Question) []breach.Slot, t *text.Printer) preview {
	questions, v := d.ticked(a), preview{intro: t.T("check.preview.ticked")}
	if len(questions) == 0 {
		questions, v.intro = d.possible(d.sources), t.T("check.preview.all")
	}
	slots := plan(questions)
	for _, src := range d.sources {
		info := src.Info()
		x := previewSource{name: t.T("source." + info.ID + ".name"), level: tag{
			word: t.T("check.level." + string(info.Level)), tone: levelTone(info.Level),
		}}
		for _, s := range slots {
			if s.Source == info.ID {
				x.rows = append(x.rows, turn{title: d.sent(a, info, s.Identifier, t), at: clock(t, s.At, d.now)})
			}
		}
		if len(x.rows) > 0 {
			x.host = t.N("check.preview.host", len(x.rows), "host", info.Host)
			v.sources = append(v.sources, x)
		}
	}
	return v
}

func levelTone(l breach.Level) tone {
	switch l {
	case breach.LevelNothing, breach.LevelPrefix:
		return good
	case breach.LevelPseudonym:
		return accent
	}
	return warning
}

// keyView is how to get the key of a source, and what it said of it.
type keyView struct {
	source            string // what the key is kept under
	how, without, why string
	page              link
	have              bool
	says              []string // the first is the one that counts
}

// makeKey works the page of a source's key out.
func makeKey(info breach.Info, have bool, said *keyCheck, t *text.Printer) keyView {
	id := "source." + info.Key.ID + ".key."
	v := keyView{
		source: info.Key.ID, how: t.T(id + "how"), without: t.T(id + "without"), why: t.T(id + "check"), have: have,
		page: link{t.T("check.key.get"), info.Key.Page},
	}
	switch {
	case said == nil || !have:
	case said.outcome != breach.Found:
		key := "outcome." + said.outcome.String()
		v.says = []string{t.T(key), t.T(key + ".means")}
	default:
		v.says = []string{t.T("check.key.good", "plan", said.plan.Name, "n", t.Number(said.plan.PerMinute))}
		if !said.plan.Until.IsZero() {
			v.says = append(v.says, t.T("check.key.until", "date", t.Date(said.plan.Until)))
		}
		if said.plan.KAnonymity {
			v.says = append(v.says, t.T("check.key.range"))
		}
	}
	return v
}

// passwordView is what one export was told.
type passwordView struct {
	title string   // how many logins use a leaked password
	lines []string // what was compared, what could not be
	rows  []answer // the sites of those
}

// makePasswords works out what was found; nil where nothing was checked.
func makePasswords(c *passwordCheck, t *text.Printer) *passwordView {
	if c == nil {
		return nil
	}
	v, unasked := &passwordView{}, 0
	for _, x := range c.sites {
		switch {
		case x.Outcome == breach.Found:
			v.rows = append(v.rows, answer{
				x.Site, t.N("check.pw.count", int(min(x.Count, 1<<30))), tag{word: t.T("check.pw.leaked"), tone: warning},
			})
		case !x.Outcome.Answered():
			unasked++
		}
	}
	v.title = t.N("check.pw.found", len(v.rows), "all", t.Number(int64(len(c.sites))))
	v.lines = []string{t.N("check.pw.distinct", c.distinct)}
	if unasked > 0 {
		v.lines = append([]string{t.N("check.pw.unasked", unasked)}, v.lines...)
	}
	if unasked > 0 && len(v.rows) == 0 {
		v.title, v.lines = v.lines[0], v.lines[1:] // a count of zero would be taken for an answer
	}
	v.title = strings.TrimSuffix(v.title, ".")
	return v
}

// clock says when something can be done, as short as it is clear.
func clock(t *text.Printer, at, now time.Time) string {
	switch d := at.Sub(now); {
	case d < time.Second:
		return t.T("check.when.now")
	case d < 2*time.Minute:
		return t.T("check.when.seconds", "n", t.Number(int64((d+time.Second-1)/time.Second)))
	case at.Local().YearDay() != now.Local().YearDay():
		return t.T("check.when.at", "time", t.Date(at.Local())+" "+at.Local().Format("15:04"))
	}
	return t.T("check.when.at", "time", at.Local().Format("15:04"))
}

// names are the sources in words.
func names(t *text.Printer, ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = t.T("source." + id + ".name")
	}
	return strings.Join(slices.Compact(out), ", ")
}
