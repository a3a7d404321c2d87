package whatif

import (
	"cmp"
	"slices"
	"strings"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/text"
)

// question is the "what if" on the screen.
type question struct {
	kind    reach.Kind
	means   []string
	planned bool // as if the plan were carried out
}

// plannedArg ends the address of a question about the time after the plan.
const plannedArg = "/planned"

// Addresses of the lists behind the picture.
const (
	listArg   = "list"
	gradesArg = "grades"
)

// parse reads the address of a question, such as "lose/phone,mailbox/planned".
func parse(arg string) (q question, ok bool) {
	arg, q.planned = strings.CutSuffix(arg, plannedArg)
	kind, means, _ := strings.Cut(arg, "/")
	q.kind = reach.Kind(kind)
	for m := range strings.SplitSeq(means, ",") {
		if m != "" {
			q.means = append(q.means, m)
		}
	}
	return q, q.kind == reach.Steal || q.kind == reach.Lose
}

// arg is the address of a question, today.
func (q question) arg() string { return string(q.kind) + "/" + strings.Join(q.means, ",") }

// presets are the questions that are put by one press.
func presets() []question {
	return []question{
		{kind: reach.Steal, means: []string{reach.MeansNumber}},
		{kind: reach.Lose, means: []string{reach.MeansPhone}},
		{kind: reach.Steal, means: []string{reach.MeansPhoneUnlocked}},
		{kind: reach.Steal, means: []string{reach.MeansMailbox}},
		{kind: reach.Steal, means: []string{reach.MeansPassword}},
	}
}

// moreChip opens the choice of several means.
const moreChip = "more"

// state is what the person did on the page; it outlives a redraw.
type state struct {
	question
	choosing bool            // the choice of several means is open
	chosen   string          // id of the account whose chain is shown; "": the first
	open     map[string]bool // groups of the picture
}

// data is what the page is made from: the models of today and of the time after
// the plan, with what is costly to work out of them.
type data struct {
	profile *profile.Profile
	today   *reach.Model
	after   *reach.Model
	asks    []reach.Question // of today
	grades  map[string]reach.Grade
}

// model is the one of the question.
func (d data) model(planned bool) *reach.Model {
	if planned {
		return d.after
	}
	return d.today
}

// chip is a choice, with how many accounts it is about; -1 where that says
// nothing.
type chip struct {
	id, word string
	count    int
	on       bool
}

// row is one account in a list.
type row struct {
	account, platform, title, detail, badge string
	falls                                   bool
	level                                   access.Level // security, in the list of grades
}

// chain is how one account falls, or why it stays.
type chain struct {
	account, title string
	steps          []string
	falls, assumed bool
}

// view is the whole page, in words.
type view struct {
	title    string
	noNumber bool
	chips    []chip // the questions
	kinds    []chip // stolen or lost, in the choice of several means
	means    []chip
	when     []chip // today, after the plan
	kept     string // what stays, for the foot
	picture  *picture.Picture
	chain    chain
	chainOf  func(account string) chain // of any account, while it is pointed at
	ask      *askRow                    // the question that changes most; nil: none
	answered bool
}

// askRow is one question to the person.
type askRow struct{ key, words string }

// makeView works the page out.
func makeView(d data, st state, t *text.Printer) view {
	show := d.profile.Settings.ShowValues
	v := view{
		noNumber: !hasNumber(d.profile),
		answered: len(d.profile.Answers) > 0,
		means:    choices(d.profile, st, t),
	}
	var counts [2]int
	var outs [2]reach.Outcome
	var err error
	for i := range outs {
		outs[i], err = d.model(i == 1).Ask(st.kind, st.means)
		if counts[i] = len(outs[i].Compromised); err != nil {
			outs[i].Question, counts[i] = st.kind, -1
		}
	}
	out := outs[0]
	if st.planned {
		out = outs[1]
	}
	v.chips, v.kinds = questionChips(st, t), kindChips(st, t)
	v.when = []chip{
		{"", t.T("reach.now"), counts[0], !st.planned},
		{plannedArg, t.T("reach.planned"), counts[1], st.planned},
	}
	v.title = title(d.profile, out, err == nil, t)
	if err == nil {
		v.kept = kept(out, t)
	}
	m := d.model(st.planned)
	v.picture = picture.New(m, t, picture.Options{Outcome: out, Tier: m.Tier, Open: st.open, Show: show})
	v.chainOf = func(account string) chain { return makeChain(m, out, v.picture, account, show, t) }
	v.chain = v.chainOf(st.chosen)
	if len(d.asks) > 0 {
		v.ask = &askRow{d.asks[0].Key, d.today.QuestionWords(t, d.asks[0], show)}
	}
	return v
}

// title is the answer, with its two figures.
func title(p *profile.Profile, out reach.Outcome, asked bool, t *text.Printer) string {
	if !asked {
		return t.T("whatif.nothing")
	}
	n, all := len(out.Compromised), len(out.Compromised)+out.Kept
	key := "whatif.title." + string(out.Question)
	switch {
	case n > 0:
		return t.N(key, all, "what", meansWords(p, out, t), "falls", t.Number(int64(n)))
	case out.Unknown >= all:
		return t.T(key+".unknown", "what", meansWords(p, out, t))
	}
	return t.N(key+".none", all, "what", meansWords(p, out, t))
}

// meansWords names what is stolen or lost, such as "your number and your
// mailbox".
func meansWords(p *profile.Profile, out reach.Outcome, t *text.Printer) string {
	words := make([]string, 0, len(out.Means))
	for _, m := range out.Means {
		key := "whatif.with." + m
		if k := "whatif.with." + string(out.Question) + "." + m; t.Has(k) {
			key = k
		}
		if t.Has(key) {
			words = append(words, t.T(key))
			continue
		}
		for _, id := range overview.Own(p) {
			if id.Value == m {
				words = append(words, t.Identifier(id, p.Settings.ShowValues))
			}
		}
	}
	if last := len(words) - 1; last > 0 {
		return t.T("reach.and", "list", strings.Join(words[:last], ", "), "last", words[last])
	}
	return strings.Join(words, "")
}

// kept says what stays, and of how many nothing is known.
func kept(out reach.Outcome, t *text.Printer) string {
	if out.Kept == 0 {
		return t.T("whatif.kept.none")
	}
	words := t.N("reach.kept", out.Kept)
	if out.Unknown > 0 {
		words = text.Join(words, t.N("reach.unknown", out.Unknown))
	}
	return words
}

// questionChips are the questions of one press, and the way to all others.
func questionChips(st state, t *text.Printer) (out []chip) {
	preset := false
	for _, q := range presets() {
		on := !st.choosing && q.arg() == st.arg()
		preset = preset || on
		out = append(out, chip{q.arg(), t.T("whatif.chip." + string(q.kind) + "." + q.means[0]), -1, on})
	}
	return append(out, chip{moreChip, t.T("whatif.chip.more"), -1, !preset})
}

func kindChips(st state, t *text.Printer) []chip {
	return []chip{
		{string(reach.Steal), t.T("whatif.question.steal"), -1, st.kind == reach.Steal},
		{string(reach.Lose), t.T("whatif.question.lose"), -1, st.kind == reach.Lose},
	}
}

func hasNumber(p *profile.Profile) bool {
	return slices.ContainsFunc(overview.Own(p), func(id identifier.Identifier) bool {
		return id.Kind == identifier.KindPhone
	})
}

// choices lists what a question can be about: the words, and each number and
// address where the person has several.
func choices(p *profile.Profile, st state, t *text.Printer) (out []chip) {
	add := func(value, label string) {
		out = append(out, chip{value, label, -1, slices.Contains(st.means, value)})
	}
	for _, w := range reach.MeansWords() {
		if st.kind == reach.Lose && w == reach.MeansPhoneUnlocked {
			continue // a lost phone is lost, open or not
		}
		key := "whatif.means." + string(st.kind) + "." + w
		if !t.Has(key) {
			key = "whatif.means." + w
		}
		add(w, t.T(key))
	}
	own := overview.Own(p)
	same := map[identifier.Kind]int{}
	for _, id := range own {
		same[id.Kind]++
	}
	for _, id := range own {
		if same[id.Kind] > 1 {
			add(id.Value, t.Identifier(id, p.Settings.ShowValues))
		}
	}
	return out
}

// makeChain says how the chosen account falls, or why it stays. Where none was
// chosen it is the first that the picture shows.
func makeChain(
	m *reach.Model, out reach.Outcome, pic *picture.Picture, chosen string, show bool, t *text.Printer,
) chain {
	item := slices.IndexFunc(
		pic.Items,
		func(it picture.Item) bool { return it.Account != "" && it.Account == chosen },
	)
	falls := slices.IndexFunc(out.Compromised, func(f reach.Compromised) bool { return f.Account.ID == chosen })
	switch {
	case falls >= 0:
		return fallChain(m, out, out.Compromised[falls], show, t)
	case item >= 0:
		c := chain{account: chosen, title: t.T("whatif.chain.kept", "platform", pic.Items[item].Name)}
		c.steps = picture.Graded(m, t, m.Grade(chosen), show)
		return c
	}
	first := slices.IndexFunc(
		pic.Items,
		func(it picture.Item) bool { return it.Account != "" && it.State != picture.Calm },
	)
	if first >= 0 {
		return makeChain(m, out, pic, pic.Items[first].Account, show, t)
	}
	return chain{}
}

// fallChain is one sentence a step.
func fallChain(m *reach.Model, out reach.Outcome, f reach.Compromised, show bool, t *text.Printer) chain {
	name := m.Name(f.Node).Words(t, show)
	return chain{
		account: f.Account.ID, title: t.T("whatif.chain."+string(out.Question), "platform", name), falls: true,
		assumed: f.Assumed, steps: picture.Why(m, t, out.Question, f, show),
	}
}

// listView is what falls, in a list.
func listView(d data, st state, t *text.Printer) []row {
	m := d.model(st.planned)
	out, err := m.Ask(st.kind, st.means)
	if err != nil {
		return nil
	}
	return compromisedRows(m, out, t, d.profile.Settings.ShowValues)
}

// compromisedRows says of each account how it falls; what matters most first.
func compromisedRows(m *reach.Model, out reach.Outcome, t *text.Printer, show bool) []row {
	list := slices.Clone(out.Compromised)
	slices.SortStableFunc(list, func(a, b reach.Compromised) int {
		return cmp.Or(
			cmp.Compare(m.Tier(a.Account.ID), m.Tier(b.Account.ID)),
			cmp.Compare(len(a.Chain), len(b.Chain)),
		)
	})
	rows := make([]row, len(list))
	for i, f := range list {
		rows[i] = row{
			account: f.Account.ID, platform: f.Account.Platform, title: m.Name(f.Node).Words(t, show), falls: true,
			detail: strings.Join(picture.Why(m, t, out.Question, f, show), " "),
			badge:  t.T("whatif.badge." + string(out.Question)),
		}
		if f.Assumed {
			rows[i].badge = t.T("whatif.badge.assumed")
		}
	}
	return rows
}

// gradesView grades every account, the weakest first; what is not known last.
func gradesView(d data, st state, t *text.Printer) []row {
	m, show := d.model(st.planned), d.profile.Settings.ShowValues
	list := m.Accounts()
	slices.SortStableFunc(list, func(a, b account.Account) int {
		x, y := d.grades[a.ID], d.grades[b.ID]
		return cmp.Or(cmp.Compare(worst(x.Security), worst(y.Security)),
			cmp.Compare(worst(x.Recoverability), worst(y.Recoverability)), cmp.Compare(m.Tier(a.ID), m.Tier(b.ID)))
	})
	rows := make([]row, len(list))
	for i, a := range list {
		g := d.grades[a.ID]
		level := func(l access.Level) string { return t.T("reach.level." + picture.Level(l)) }
		rows[i] = row{
			account: a.ID, platform: a.Platform, title: m.Name(reach.AccountNode(a.ID)).Words(t, show),
			detail: strings.Join(picture.Graded(m, t, g, show), " "),
			badge: t.T("whatif.badges", "security", t.T("whatif.grade.security", "level", level(g.Security.Level)),
				"recovery", t.T("whatif.grade.recovery", "level", level(g.Recoverability.Level))),
			level: g.Security.Level,
		}
	}
	return rows
}

func worst(g access.Grade) access.Level {
	if g.Level == access.Unknown {
		return access.Good + 1
	}
	return g.Level
}
