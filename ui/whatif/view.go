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

// maxQuestions is how many questions are put at once.
const maxQuestions = 3

// question is the "what if" on the screen.
type question struct {
	kind    reach.Kind
	means   []string
	planned bool // as if the plan were carried out
}

// plannedArg ends the address of a question about the time after the plan.
const plannedArg = "/planned"

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

// state is what the person did on the page; it outlives a redraw.
type state struct {
	question
	open           map[string]bool // groups of the picture
	allCompromised bool            // the whole list
	allGrades      bool
}

// data is what the page is made from: the models of today and of the time after
// the plan, with what is costly to work out of them.
type data struct {
	profile *profile.Profile
	model   *reach.Model // of the question
	asks    []reach.Question
	grades  map[string]reach.Grade
	tier    func(id string) reach.Tier
}

// means is one thing a question can be about.
type means struct {
	value, label string
	on           bool
}

// row is one account in a list.
type row struct {
	account, title, detail, badge string
	falls                         bool
	level                         access.Level // security, in the list of grades
}

// view is the whole page, in words.
type view struct {
	noNumber        bool
	asks            []askRow
	answered        bool
	means           []means
	count           string // what falls, or that nothing does
	kept            string
	compromised     []row
	moreCompromised int
	grades          []row
	moreGrades      int
	picture         *picture.Picture
}

// askRow is one question to the person.
type askRow struct{ key, words string }

// short is how many rows a list has until the person wants all.
const short = 10

// makeView works the page out.
func makeView(d data, st state, t *text.Printer) view {
	show := d.profile.Settings.ShowValues
	v := view{noNumber: !hasNumber(d.profile), answered: len(d.profile.Answers) > 0, means: choices(d.profile, st, t)}
	for _, q := range d.asks {
		v.asks = append(v.asks, askRow{q.Key, d.model.QuestionWords(t, q, show)})
	}
	out, err := d.model.Ask(st.kind, st.means)
	switch {
	case err != nil:
		v.count = t.T("whatif.nothing")
		out.Question = st.kind
	case len(out.Compromised) == 0:
		v.count = t.T("reach." + string(st.kind) + ".none")
	default:
		v.count = t.N("reach."+string(st.kind)+".count", len(out.Compromised))
	}
	if err == nil {
		if v.kept = t.N("reach.kept", out.Kept); out.Kept == 0 {
			v.kept = t.T("whatif.kept.none")
		}
		if out.Unknown > 0 {
			v.kept = text.Join(v.kept, t.N("reach.unknown", out.Unknown))
		}
	}
	v.compromised, v.moreCompromised = compromisedRows(d, out, t, show, st.allCompromised)
	v.grades, v.moreGrades = gradeRows(d, t, show, st.allGrades)
	v.picture = picture.New(d.model, t, picture.Options{
		Outcome: out, Tier: d.tier, Open: st.open, Show: show,
		Level: func(id string) access.Level { return d.grades[id].Security.Level },
	})
	return v
}

func hasNumber(p *profile.Profile) bool {
	return slices.ContainsFunc(overview.Own(p), func(id identifier.Identifier) bool { return id.Kind == identifier.KindPhone })
}

// choices lists what a question can be about: the words, and each number and
// address where the person has several.
func choices(p *profile.Profile, st state, t *text.Printer) (out []means) {
	add := func(value, label string) {
		out = append(out, means{value, label, slices.Contains(st.means, value)})
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
	for _, id := range own {
		same := 0
		for _, other := range own {
			if other.Kind == id.Kind {
				same++
			}
		}
		if same < 2 {
			continue
		}
		if p.Settings.ShowValues {
			add(id.Value, id.Display())
		} else {
			add(id.Value, id.Masked())
		}
	}
	return out
}

// first is the beginning of a long list, until the person wants all, and how
// many there are in all where some are left out.
func first[T any](list []T, all bool) ([]T, int) {
	if all || len(list) <= short+2 {
		return list, 0
	}
	return list[:short], len(list)
}

// compromisedRows says of each account how it falls; what matters most first.
func compromisedRows(d data, out reach.Outcome, t *text.Printer, show, all bool) ([]row, int) {
	list := slices.Clone(out.Compromised)
	slices.SortStableFunc(list, func(a, b reach.Compromised) int {
		return cmp.Or(cmp.Compare(d.tier(a.Account.ID), d.tier(b.Account.ID)), cmp.Compare(len(a.Chain), len(b.Chain)))
	})
	list, more := first(list, all)
	rows := make([]row, len(list))
	for i, f := range list {
		rows[i] = row{
			account: f.Account.ID, title: d.model.Name(f.Node).Words(t, show), falls: true,
			detail: strings.Join(picture.Why(d.model, t, out.Question, f, show), " "), badge: t.T("whatif.badge." + string(out.Question)),
		}
		if f.Assumed {
			rows[i].badge = t.T("whatif.badge.assumed")
		}
	}
	return rows, more
}

// gradeRows grades every account, the weakest first; what is not known last.
func gradeRows(d data, t *text.Printer, show, all bool) ([]row, int) {
	list := d.model.Accounts()
	slices.SortStableFunc(list, func(a, b account.Account) int {
		x, y := d.grades[a.ID], d.grades[b.ID]
		return cmp.Or(cmp.Compare(worst(x.Security), worst(y.Security)), cmp.Compare(worst(x.Recoverability), worst(y.Recoverability)), cmp.Compare(d.tier(a.ID), d.tier(b.ID)))
	})
	list, more := first(list, all)
	rows := make([]row, len(list))
	for i, a := range list {
		g := d.grades[a.ID]
		level := func(l access.Level) string { return t.T("reach.level." + picture.Level(l)) }
		rows[i] = row{
			account: a.ID, title: d.model.Name(reach.AccountNode(a.ID)).Words(t, show),
			detail: strings.Join(picture.Graded(d.model, t, g, show), " "),
			badge: t.T("whatif.badges", "security", t.T("whatif.grade.security", "level", level(g.Security.Level)),
				"recovery", t.T("whatif.grade.recovery", "level", level(g.Recoverability.Level))),
			level: g.Security.Level,
		}
	}
	return rows, more
}

func worst(g access.Grade) access.Level {
	if g.Level == access.Unknown {
		return access.Good + 1
	}
	return g.Level
}
