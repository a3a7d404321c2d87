package find

import (
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// tap is a question with what can be tapped.
type tap struct {
	title string
	chips []chip
	on    map[string]bool
}

// wish is one line of the personal list.
type wish struct {
	format, title, detail string
	state                 overview.WishState
}

// wishesView is what the person uses, and what they should ask for.
type wishesView struct {
	taps   []tap
	wishes []wish
	more   int // that are not listed, until all are wanted
}

// shortWishes is how many lines the list has until all are wanted.
const shortWishes = 7

// makeWishes makes the personal list.
func makeWishes(d data, importers []evidence.Importer, st state, t *text.Printer) (v wishesView) {
	for _, q := range overview.Taps() {
		p := tap{title: t.T("tap." + q.ID), on: map[string]bool{}}
		for _, c := range q.Choices {
			p.chips = append(p.chips, chip{c, choiceWord(d.catalog, c, t), -1})
			p.on[c] = overview.Uses(d.profile, d.overview, c)
		}
		v.taps = append(v.taps, p)
	}
	for _, w := range overview.Wishes(d.profile, d.overview, formatsOf(importers), d.now) {
		v.wishes = append(v.wishes, wish{w.Format, t.T("format." + w.Format), wishDetail(w, t), w.State})
	}
	if n := len(v.wishes) - shortWishes; n > 1 && !st.allWishes {
		v.more, v.wishes = len(v.wishes), v.wishes[:shortWishes]
	}
	return v
}

func choiceWord(c *catalog.Catalog, choice string, t *text.Printer) string {
	if key := "tap." + choice; t.Has(key) {
		return t.T(key)
	}
	return c.Get(choice, choice).Name
}

func formatsOf(importers []evidence.Importer) (out []evidence.Format) {
	for _, imp := range importers {
		out = append(out, imp.Format())
	}
	return out
}

// wishDetail says how far a wish is.
func wishDetail(w overview.Wish, t *text.Printer) string {
	day := t.Date(w.At)
	switch {
	case w.State == overview.WishOpen:
		return t.T("wish.open", "minutes", t.N("wish.minutes", w.Minutes), "wait", waitWords(w, t))
	case w.State == overview.WishAsked:
		return t.T("wish.asked", "day", day, "wait", waitWords(w, t))
	case w.State == overview.WishDue:
		return t.T("wish.due", "day", day)
	case w.Number:
		return t.T("wish.added.number", "day", day)
	case w.Accounts > 0:
		return t.N("wish.added.accounts", w.Accounts, "day", day)
	}
	return t.T("wish.added", "day", day)
}

func waitWords(w overview.Wish, t *text.Printer) string {
	switch {
	case w.Days < 0:
		return t.T("wish.unsaid")
	case w.Days == 0:
		return t.T("wish.once")
	}
	return t.N("wish.days", w.Days)
}

// wishOf is the wish for one format, if it is on the person's list or could be.
func wishOf(p *profile.Profile, format string, importers []evidence.Importer, d data) (overview.Wish, bool) {
	for _, w := range overview.Wishes(p, d.overview, formatsOf(importers), d.now) {
		if w.Format == format {
			return w, true
		}
	}
	return overview.Wish{}, false
}
