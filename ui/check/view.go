package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/overview/timeline"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// tone is what a colour means; the kit's, in its order.
type tone uint8

const (
	neutral tone = iota
	accent
	good
	warning
	danger
)

// tag is a short word in its tone; brief is what has room in a row, "" for the
// word itself.
type tag struct {
	word  string
	tone  tone
	brief string
}

// chip is a filter and how many rows it leaves.
type chip struct {
	id, word string
	count    int
}

// shape is how an event is drawn on the line of years.
type shape struct {
	phones bool // phone numbers were among it
	later  bool // the account began after it
	misuse bool // done or let happen by the platform itself
	found  bool // a source found the person in it
}

// row is one leak or incident: in the list, and on the line of years.
type row struct {
	arg       string // its address
	monogram  string // id of the platform
	title     string
	detail    string
	tags      []tag
	event     timeline.Event
	shape     shape
	password  bool // a password of the person's may be in it
	accounts  string
	searching string // what a search looks through
}

// data is what the page of the leaks is made from.
type data struct {
	profile  *profile.Profile
	overview overview.Overview
	catalog  *catalog.Catalog
	newest   time.Time // of the leaks known
	known    int       // how many
}

// look is what the person chose to see of the leaks.
type look struct {
	filter string // id of a chip; "" for all
	search string
	chosen string // address of a row; "" for none
}

// list is what the page of the leaks says whatever the person looks at.
type list struct {
	title, lead string
	empty       bool // nothing to compare yet
	leaks       int
	all         []row
	news        string
	marks       map[string]profile.Seen // to remember once the news is read
	upTo        string
}

// view is the page of the leaks, in words and values.
type view struct {
	list
	chips   []chip // none where there is nothing to choose between
	filter  string
	drawn   []row // on the line of years
	rows    []row // beside the detail: they pass filter and search
	chosen  int   // index into rows; -1 where it is not among them
	legend  []legend
	undated string
}

// legend explains one shape.
type legend struct {
	shape shape
	words string
}

// makeList works out what does not depend on the person's choice.
func makeList(d data, t *text.Printer) list {
	o := d.overview
	v := list{empty: len(o.Accounts) == 0 && len(o.Leaks) == 0, leaks: len(o.Leaks)}
	v.upTo = t.T("check.local.upto", "date", t.Date(d.newest), "n", t.Number(int64(d.known)))
	fresh, marks := overview.NewLeaks(d.profile, o)
	if len(fresh) > 0 {
		v.news, v.marks = t.N("check.new", len(fresh)), marks
	}
	v.all = allRows(d, fresh, t)
	v.title, v.lead = headline(d, t)
	return v
}

// makeView chooses from the list what the person looks at.
func makeView(of list, l look, t *text.Printer) view {
	v := view{list: of, chosen: -1, filter: l.filter, chips: chips(of.all, l.filter, t)}
	if !slices.ContainsFunc(v.chips, func(c chip) bool { return c.id == l.filter }) {
		v.filter = ""
	}
	if v.filter == "" && v.leaks == 0 {
		v.filter = misuseChip // no leak is known
	}
	drawn := v.filter
	if _, _, ok := years(drawn); ok {
		drawn = "" // a part of the line, chosen on it
	}
	search, undated := strings.ToLower(strings.TrimSpace(l.search)), 0
	for _, r := range v.all {
		if r.passes(drawn) {
			v.drawn = append(v.drawn, r)
			if r.event.Date.IsZero() {
				undated++
			}
		}
		if !r.passes(v.filter) || !strings.Contains(r.searching, search) {
			continue
		}
		if r.arg == l.chosen {
			v.chosen = len(v.rows)
		}
		v.rows = append(v.rows, r)
	}
	v.legend = legends(v.drawn, t)
	if undated > 0 {
		v.undated = t.N("check.line.undated", undated)
	}
	return v
}

// headline is the sentence the page answers its question with, and what it rests
// on. Nothing compared is no answer, and no known leak is no all-clear.
func headline(d data, t *text.Printer) (title, lead string) {
	o := d.overview
	found, phones := 0, 0
	for _, n := range o.Leaks {
		if n.Certainty != breach.Possible {
			found++
		}
	}
	about := o.Leaks
	if found > 0 {
		about = o.Leaks[:found] // the surest come first
	}
	for _, n := range about {
		if slices.Contains(n.Data, breach.DataPhones) {
			phones++
		}
	}
	switch {
	case len(o.Accounts) == 0 && len(o.Leaks) == 0:
		return t.T("check.title"), t.T("check.intro")
	case len(o.Leaks) == 0:
		return t.T("check.answer.none"), t.T("check.answer.none.why")
	case found > 0:
		title = t.N("check.answer.found", found)
	default:
		title = t.N("check.answer.local", len(o.Leaks))
	}
	if phones > 0 {
		title = t.N("check.answer.phones", phones, "leaks", title)
	}
	switch more := len(o.Leaks) - found; {
	case len(o.Accounts) == 0:
		return title, t.T("check.answer.unmatched")
	case found > 0 && more > 0:
		return title, t.N("check.answer.more", more)
	}
	return title, t.T("check.answer.why")
}

// allRows are the leaks and the incidents, what presses most first.
func allRows(d data, fresh []breach.Named, t *text.Printer) []row {
	isNew := map[string]bool{}
	for _, n := range fresh {
		isNew[overview.Key(n)] = true
	}
	means := overview.Exposures(d.profile, d.overview)
	rows := make([]row, 0, len(d.overview.Leaks)+len(d.overview.Incidents))
	for i, n := range d.overview.Leaks {
		r := leakRow(n, means[i], t)
		if isNew[overview.Key(n)] {
			r.tags = append([]tag{{word: t.T("check.tag.new"), tone: accent}}, r.tags...)
		}
		rows = append(rows, r)
	}
	for _, c := range d.overview.Incidents {
		rows = append(rows, incidentRow(c, d.catalog, t))
	}
	for i := range rows {
		r := &rows[i]
		r.searching = strings.ToLower(r.title + " " + r.detail + " " + r.searching)
		r.event.Rank = r.pressing()
		if n := r.event.Count; n > 0 {
			key := "check.line.accounts"
			if r.shape.misuse {
				key = "check.line.affected" // people or records, as the case may be
			}
			r.accounts = t.T(key, "n", t.Number(n))
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return -cmp.Compare(a.event.Rank, b.event.Rank) })
	return rows
}

// pressing is the strongest of its tags.
func (r row) pressing() (most int) {
	for _, x := range r.tags {
		if x.tone == warning || x.tone == danger {
			most = max(most, int(x.tone))
		}
	}
	return most
}

// leakTags say what matters of a leak, in words.
func leakTags(n breach.Named, means overview.Exposure, t *text.Printer) (tags []tag) {
	switch n.Certainty {
	case breach.Confirmed:
		tags = append(tags, tag{word: t.T("check.badge.confirmed"), tone: danger})
	case breach.Reported:
		tags = append(tags, tag{word: t.T("check.badge.reported"), tone: warning})
	}
	if means.Number {
		tags = append(tags, tag{t.T("check.tag.number"), danger, t.T("check.tag.number.brief")})
	}
	if means.Password != overview.PasswordNone {
		tones := map[overview.PasswordFate]tone{overview.PasswordChanged: good}
		tone, known := tones[means.Password]
		if !known {
			tone = warning
		}
		tags = append(tags, tag{
			t.T("check.tag.password." + string(means.Password)), tone,
			t.T("check.tag.password.brief." + string(means.Password)),
		})
	}
	if n.Certainty == breach.Possible {
		switch {
		case n.Had == breach.HadLater:
			tags = append(tags, tag{word: t.T("check.tag.later"), tone: neutral})
		case n.Had == breach.HadUnknown && len(tags) == 0:
			tags = append(tags, tag{word: t.T("check.tag.undated"), tone: neutral})
		}
	}
	return tags
}

func leakRow(n breach.Named, means overview.Exposure, t *text.Printer) row {
	words := dataNames(t, n.Data)
	all := strings.Join(words, " ")
	if len(words) > few {
		words = append(words[:few:few], "…")
	}
	r := row{
		arg: leakArg + overview.Key(n), monogram: cmp.Or(n.Account, n.Domain, n.Title), title: n.Title,
		detail: strings.Join(words, ", "), tags: leakTags(n, means, t),
		event: timeline.Event{Name: short(n.Title), Date: n.Date, Count: n.Count},
		shape: shape{
			phones: n.Kind == breach.HitBreach && slices.Contains(n.Data, breach.DataPhones),
			found:  n.Certainty != breach.Possible,
			later:  n.Certainty == breach.Possible && n.Had == breach.HadLater,
		},
		password: means.Password != overview.PasswordNone,
	}
	r.searching = all + " " + n.Domain
	if !n.Date.IsZero() {
		r.title += " · " + t.Month(n.Date)
	}
	if n.Kind != breach.HitBreach {
		r.detail = t.T("check.kind." + string(n.Kind))
	}
	return r
}

func incidentRow(c overview.Concern, all *catalog.Catalog, t *text.Printer) row {
	name := platformName(c.Account, all)
	r := row{
		arg: incidentArg + c.ID, monogram: c.Account, title: name + " · " + t.In(c.Title), tags: incidentTags(c, t),
		detail: t.T("incident.kind." + string(c.Kind)),
		event:  timeline.Event{Name: short(name), Date: c.Known().Last, Count: c.Affected},
		shape:  shape{phones: slices.Contains(c.Data, "phone"), later: c.Had == breach.HadLater, misuse: true},
	}
	if known := c.Known().Words(t); known != "" {
		r.detail += " · " + known
	}
	return r
}

// incidentTags say how sure an incident is and what it means for the person.
func incidentTags(c overview.Concern, t *text.Printer) (tags []tag) {
	switch {
	case c.Urgency() == overview.UrgencyNumber:
		tags = append(tags, tag{word: t.T("incident.badge.number"), tone: danger})
	case c.Had == breach.HadLater:
		tags = append(tags, tag{word: t.T("check.tag.later"), tone: neutral})
	case c.Had == breach.HadYes:
		tags = append(tags, tag{word: t.T("check.tag.there"), tone: warning})
	default:
		tags = append(tags, tag{word: t.T("check.tag.undated"), tone: neutral})
	}
	return append(tags, tag{word: t.T("incident.status." + string(c.Status)), tone: neutral})
}

func platformName(id string, all *catalog.Catalog) string {
	if p, ok := all.ByID(id); ok {
		return p.Name
	}
	return id
}

// few is how many kinds of data a row names.
const few = 2

// short is a name as it stands beside its circle.
func short(name string) string {
	const letters = 22
	r := []rune(text.Visible(name))
	if len(r) > letters {
		return string(r[:letters-1]) + "…"
	}
	return string(r)
}

// The ids of the chips. A chip of years is yearsChip and "2019-2021".
const (
	numberChip   = "number"
	passwordChip = "password"
	foundChip    = "found"
	misuseChip   = "misuse"
	yearsChip    = "years "
)

// yearsFilter is the chip of what happened in some years.
func yearsFilter(from, to int) string {
	return yearsChip + strconv.Itoa(from) + "-" + strconv.Itoa(to)
}

// passes reports whether a filter leaves a row. Without one, those are the
// leaks.
func (r row) passes(filter string) bool {
	if filter == misuseChip || r.shape.misuse {
		return filter == misuseChip && r.shape.misuse
	}
	switch filter {
	case "":
		return true
	case numberChip:
		return r.shape.phones && !r.shape.later
	case passwordChip:
		return r.password
	case foundChip:
		return r.shape.found
	}
	from, to, ok := years(filter)
	return ok && !r.event.Date.IsZero() && r.event.Date.Year() >= from && r.event.Date.Year() <= to
}

// years reads what yearsFilter wrote.
func years(filter string) (from, to int, ok bool) {
	both, is := strings.CutPrefix(filter, yearsChip)
	a, b, two := strings.Cut(both, "-")
	from, err := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	return from, to, is && two && err == nil && err2 == nil
}

// chips are the filters that leave something, but not everything; a chosen one
// stays.
func chips(rows []row, chosen string, t *text.Printer) (out []chip) {
	leaks := count(rows, "")
	if leaks > 0 {
		out = append(out, chip{"", t.T("check.chip.leaks"), leaks})
	}
	for _, id := range []string{numberChip, passwordChip, foundChip} {
		if n := count(rows, id); n > 0 && n < leaks || id == chosen {
			out = append(out, chip{id, t.T("check.chip." + id), n})
		}
	}
	if from, to, ok := years(chosen); ok {
		word := strconv.Itoa(from)
		if to > from {
			word += "–" + strconv.Itoa(to)
		}
		out = append(out, chip{chosen, word, count(rows, chosen)})
	}
	if n := count(rows, misuseChip); n > 0 {
		out = append(out, chip{misuseChip, t.T("check.chip.misuse"), n})
	}
	if len(out) == 1 {
		return nil
	}
	return out
}

func count(rows []row, filter string) (n int) {
	for _, r := range rows {
		if r.passes(filter) {
			n++
		}
	}
	return n
}

// legends explain the shapes that are drawn.
func legends(rows []row, t *text.Printer) (out []legend) {
	if len(rows) == 0 {
		return nil
	}
	out = []legend{{shape{}, t.T("check.line.size")}}
	for _, l := range []legend{
		{shape{phones: true}, t.T("check.line.phones")},
		{shape{later: true}, t.T("check.line.later")},
		{shape{misuse: true}, t.T("check.line.misuse")},
	} {
		if slices.ContainsFunc(rows, func(r row) bool {
			return l.shape.phones && r.shape.phones || l.shape.later && r.shape.later || l.shape.misuse && r.shape.misuse
		}) {
			out = append(out, l)
		}
	}
	return out
}
