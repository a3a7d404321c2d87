package find

import (
	"cmp"
	"slices"
	"strings"

	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/text"
)

// ticked is an account a reading shows, with the person's tick.
type ticked struct {
	row
	key string
	on  bool
}

// joint are several accounts at one platform that may be one.
type joint struct {
	platform, words string
	on              bool
}

// readFile is a file that was read, and what of it was not taken, in words.
type readFile struct {
	name, what string
	passed     []string
}

// reviewView is what a reading shows, before anything of it is kept.
type reviewView struct {
	title, lead string
	chips       []chip
	kind        string // the chip that is on
	rows        []ticked
	foot        string
	keep        bool // there is something to keep
	joints      []joint
	proposed    []held
	read        readNow
	refused     []text.Message // files that could not be read, and why
	locked      bool           // a password would help
	notes       []string
}

// readNow is what was read, and what of it was not taken.
type readNow struct {
	files   []readFile
	named   bool     // what was not taken can be listed by name
	names   []string // it is listed
	unknown string   // sites that nobody knows
}

// Bounds of what a review lists in words.
const (
	maxProposed     = 6
	maxSkippedNames = 60
)

// reviewRows is what of a review is costly to work out: it stays until the reading, the profile or the words change.
type reviewRows struct {
	rows   []row
	keys   []string // of the accounts, by row
	kinds  []overview.ReviewKind
	counts map[overview.ReviewKind]int
	joints []joint // as if none were on
}

// makeReviewRows writes the accounts of a review, the surest new ones first.
func makeReviewRows(d data, r overview.Review, t *text.Printer) *reviewRows {
	w := newWriter(d, t)
	out := &reviewRows{counts: map[overview.ReviewKind]int{}}
	several := map[string]int{}
	for _, a := range r.Accounts {
		several[a.Platform]++
	}
	for _, i := range byKind(r.Accounts, d.groups.Lists) {
		a := r.Accounts[i]
		out.rows, out.keys, out.kinds = append(out.rows, w.reviewed(a)), append(out.keys, a.Key()), append(out.kinds, a.Kind)
		out.counts[a.Kind]++
		if n := several[a.Platform]; n > 1 {
			several[a.Platform] = 0
			words := t.T("find.review.together", "n", t.Number(int64(n)), "platform", a.Name)
			out.joints = append(out.joints, joint{platform: a.Platform, words: words})
		}
	}
	return out
}

// makeReview writes a review. What stands in it is worked out by checks/overview.
func makeReview(d data, r overview.Review, from *reviewRows, sc *scan, more int, t *text.Printer) reviewView {
	v := reviewView{kind: sc.kind, keep: len(sc.found.Findings) > 0}
	v.title, v.lead = answer(r, sc, t)
	if from.counts[overview.ReviewKind(v.kind)] == 0 {
		v.kind = everything
	}
	if len(from.rows) > 0 {
		v.chips = append(v.chips, chip{everything, t.T("find.group.all"), len(from.rows)})
	}
	for _, k := range overview.ReviewKinds() {
		if n := from.counts[k]; n > 0 {
			v.chips = append(v.chips, chip{string(k), t.T("find.review." + string(k)), n})
		}
	}
	on := 0
	for i, one := range from.rows {
		yes := !sc.refused[from.keys[i]]
		if yes {
			on++
		}
		if v.kind == everything || v.kind == string(from.kinds[i]) {
			v.rows = append(v.rows, ticked{one, from.keys[i], yes})
		}
	}
	for _, j := range from.joints {
		j.on = sc.together[j.platform]
		v.joints = append(v.joints, j)
	}
	if v.foot = t.T("find.review.nothing"); len(from.rows) > 0 {
		v.foot = t.N("find.review.ticked", on, "all", t.Number(int64(len(from.rows))))
	}
	if n := passedOver(sc); n > 0 {
		v.foot += " · " + t.N("find.review.passed", n)
	}
	w := newWriter(d, t)
	for _, id := range r.Proposed[:min(len(r.Proposed), maxProposed)] {
		v.proposed = append(v.proposed, held{id: id, shown: w.id(id), whose: d.groups.Lists.Of(id)})
	}
	if sc.stopped {
		v.notes = append(v.notes, t.T("find.review.stopped"))
	}
	if more > 0 {
		v.notes = append(v.notes, t.N("find.review.next", more))
	}
	v.read = skipped(sc, t)
	v.refused, v.locked = refusals(sc.found.Sources, t)
	v.read.unknown = unknownSites(r, t)
	return v
}

// passedOver counts what a reading did not take.
func passedOver(sc *scan) (n int) {
	for _, src := range sc.found.Sources {
		for _, k := range src.Passed {
			n += k.Count
		}
	}
	return n
}

// answer says what a reading showed. That a file could not be read is never told as nothing found.
func answer(r overview.Review, sc *scan, t *text.Printer) (title, lead string) {
	items, problems := 0, 0
	for _, src := range sc.found.Sources {
		items, problems = items+src.Items, problems+len(src.Problems)
	}
	switch {
	case len(r.Accounts) > 0:
		return t.N("find.review", len(r.Accounts)), t.T("find.review.why")
	case items == 0 && problems > 0:
		return t.T("find.review.unread"), t.T("find.review.unread.why")
	case problems > 0 || sc.stopped:
		return t.T("find.review.partly"), t.T("find.review.partly.why")
	}
	return t.T("find.review.none"), t.T("find.review.none.why")
}

// byKind orders accounts: the surest new ones first and what is known already last; within a kind those that hold the
// person's number come first, then it goes by name.
func byKind(list []overview.Reviewed, lists overview.Lists) []int {
	type weighed struct {
		rank, at int
		name     string
	}
	kinds, order := overview.ReviewKinds(), make([]weighed, len(list))
	for i, a := range list {
		order[i] = weighed{2 * slices.Index(kinds, a.Kind), i, catalog.Fold(a.Name)}
		if !lists.HoldsYours(a.Account) {
			order[i].rank++
		}
	}
	slices.SortFunc(order, func(a, b weighed) int {
		return cmp.Or(a.rank-b.rank, strings.Compare(a.name, b.name), a.at-b.at)
	})
	out := make([]int, len(order))
	for i, w := range order {
		out[i] = w.at
	}
	return out
}

// reviewed writes an account of a reading as a row: what is new about it, where it was known.
func (w *writer) reviewed(a overview.Reviewed) row {
	r := row{id: a.ID, platform: a.Platform, title: a.Label(w.id), detail: w.holds(a.Account)}
	kind := tag{word: w.word("find.review.tag." + string(a.Kind))}
	switch a.Kind {
	case overview.ReviewSure:
		kind.tone = good
	case overview.ReviewPossible:
		kind.tone = amber
	}
	r.tags = []tag{kind} // what else there is to say of it follows once it is kept
	if news := w.news(a); news != "" {
		r.detail = w.t.T("find.review.news", "what", news)
	}
	return r
}

// news says what a reading shows of an account that was not known before.
func (w *writer) news(a overview.Reviewed) string {
	if a.Kind != overview.ReviewChanged {
		return ""
	}
	var out []string
	for _, id := range a.More.Identifiers {
		out = append(out, w.id(id))
	}
	out = append(out, a.More.UserNames...)
	for _, f := range a.More.SecondFactor {
		out = append(out, w.word("factor."+f))
	}
	for _, p := range a.More.Purposes {
		out = append(out, w.word("purpose."+string(p)))
	}
	if n := len(a.More.Advertisers); n > 0 {
		out = append(out, w.t.N("find.row.lists", n))
	}
	if len(a.More.ReusedWith) > 0 {
		out = append(out, w.word("find.tag.reused"))
	}
	if a.More.Confidence > 0 {
		out = append(out, w.word("confidence."+a.More.Confidence.String()))
	}
	return strings.Join(out, " · ")
}

// skipped says of every file what it was and what of it was not taken, and why; by name where the person wants to see
// it.
func skipped(sc *scan, t *text.Printer) (out readNow) {
	for _, src := range sc.found.Sources {
		if src.Format == "" {
			continue
		}
		f := readFile{name: src.Path, what: t.T("format." + src.Format)}
		if src.Items > 0 || len(src.Problems) == 0 {
			f.what += " · " + t.N("find.items", src.Items)
		}
		for _, k := range src.Passed {
			out.named = true
			why := t.N("skip."+string(k.Reason), k.Count)
			f.passed = append(f.passed, why)
			if sc.skipped {
				out.names = append(out.names, skippedNames(src.Path+t.T("kit.colon")+why, k, t))
			}
		}
		out.files = append(out.files, f)
	}
	return out
}

func skippedNames(what string, k evidence.Skipped, t *text.Printer) string {
	names := k.Names[:min(len(k.Names), maxSkippedNames)]
	if len(names) == 0 {
		return what
	}
	what += t.T("kit.colon") + strings.Join(names, ", ")
	if more := k.Count - len(names); more > 0 {
		what += " " + t.N("skip.more", more)
	}
	return what
}

// refusals say which files could not be read and why, what holds for many once.
func refusals(sources []evidence.Source, t *text.Printer) (out []text.Message, locked bool) {
	for _, r := range evidence.Refusals(sources) {
		names := strings.Join(r.Names, ", ")
		if r.More > 0 {
			names = t.N("find.files_more", r.More, "names", names)
		}
		m := t.Sentence(&r.Problem)
		m.What = names + t.T("kit.colon") + m.What
		out = append(out, m)
		locked = locked || r.Problem.Locked()
	}
	return out, locked
}

func unknownSites(r overview.Review, t *text.Printer) string {
	if len(r.Unknown) == 0 {
		return ""
	}
	var names []string
	for _, u := range r.Unknown[:min(len(r.Unknown), maxSkippedNames)] {
		names = append(names, u.Domain)
	}
	return t.N("skip.unknown", len(r.Unknown), "names", strings.Join(names, ", "))
}

// tickAll gives every row in sight the tick, or takes it.
func (sc *scan) tickAll(rows []ticked, yes bool) {
	for _, r := range rows {
		sc.refused[r.key] = !yes
	}
}

// proposal says whether an identifier can be put on the list as it stands: a number of no country cannot.
func proposal(id identifier.Identifier) bool { return id.Kind != identifier.KindUnplaced }
