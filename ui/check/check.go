// Package check is the page of the leaks: what has leaked? The local match
// sends nothing; a source is asked only after the person said yes to it, for
// each of their addresses and numbers.
package check

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Page is the page Check.
type Page struct {
	d  Deps
	st state
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Catalog() *catalog.Catalog
	Breaches() *breach.Catalogue
	Importers() []evidence.Importer
	Sources() []breach.Source
	Scheduler([]breach.Source) breach.Scheduler
	Passwords() *pwned.Source
	Key(source string) string
	SetKey(source, key string, done func(error))
	Newer(context.Context) (*breach.Catalogue, error) // asks whether there is a new leak, with the person's yes to watching
	UseBreaches(*breach.Catalogue)                    // from now on
	Text() *text.Printer
	Now() time.Time
	Window
}

// Window is what the page needs of the window itself.
type Window interface {
	Apply(session.Change) bool
	Go(page, arg string)
	Redraw()
	Tell(error)
	Open(address string)
	Run(step string, work kit.Work, end func(error))
	Choose(folder bool, picked func(path string))
	Notify(title, text string) // on the desktop; nothing personal belongs there
}

// state is what the person did here and has not finished.
type state struct {
	yes       map[breach.Question]bool // said for the next check, not remembered
	exact     bool                     // show what is sent unmasked
	asking    []breach.Slot            // of the check that runs
	left      []breach.Result          // what the last check did not get to
	keySays   *keyCheck
	passwords *passwordCheck
	corpus    string // path of the offline copy, once chosen
}

// passwordCheck is what one export was told.
type passwordCheck struct {
	sites    []pwned.Site
	distinct int
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d, st: state{yes: map[breach.Question]bool{}}} }

// The pages of the place; the address of one leak begins with leakArg, of one
// source with sourceArg.
const (
	leakArg    = "leak/"
	sourceArg  = "source/"
	previewArg = "preview"
	keyArg     = "key"
)

// Build draws the place, or the page arg names.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	o := p.d.Overview()
	if id, ok := strings.CutPrefix(arg, incidentArg); ok {
		return p.incident(s, o, id)
	}
	if id, ok := strings.CutPrefix(arg, sourceArg); ok {
		return p.sourcePage(s, id)
	}
	switch arg {
	case "":
		return p.all(s, o)
	case previewArg:
		return p.preview(s)
	case keyArg:
		return p.keyPage(s)
	}
	return p.leak(s, o, arg)
}

func (p *Page) all(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	objects := []fyne.CanvasObject{kit.CompactColumn(s.Title(t.T("check.title")), s.Body(t.T("check.intro")))}
	if news := p.news(s, pr, o); news != nil {
		objects = append(objects, news)
	}
	objects = append(objects, p.leaks(s, o))
	if len(o.Accounts) > 0 {
		objects = append(objects, p.incidents(s, o))
	}
	objects = append(objects, p.sources(s, pr))
	if card := p.queue(s, pr); card != nil {
		objects = append(objects, card)
	}
	if len(pr.Lookups) > 0 {
		objects = append(objects, p.results(s, pr))
	}
	objects = append(objects, p.passwordCard(s), p.watchCard(s, pr), p.links(s), s.Button(t.T("check.next"), kit.Secondary, func() { p.d.Go("fix", "") }))
	return s.Sheet(objects...)
}

func (p *Page) back(s *kit.Scope) fyne.CanvasObject {
	return s.Button(s.Text.T("check.back"), kit.Quiet, func() { p.d.Go("check", "") })
}

func (p *Page) leaks(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	if len(o.Accounts) == 0 && len(o.Leaks) == 0 {
		return s.Empty(t.T("check.local.empty"), t.T("check.local.empty.why"), s.Button(t.T("check.local.find"), kit.Primary, func() { p.d.Go("find", "") }))
	}
	found := 0
	for _, n := range o.Leaks {
		if n.Certainty != breach.Possible {
			found++
		}
	}
	rows := []fyne.CanvasObject{}
	if found > 0 {
		rows = append(rows, s.Heading(t.N("check.found", found)), s.Body(t.T("check.found.why")), p.leakList(s, o.Leaks[:found]))
	}
	if len(o.Accounts) > 0 {
		rows = append(rows, s.Heading(t.N(localKey(found), len(o.Leaks)-found)), s.Body(t.T("check.local.why")))
	}
	if len(o.Leaks) > found {
		rows = append(rows, p.leakList(s, o.Leaks[found:]))
	}
	return kit.Column(append(rows, s.Caption(t.T("check.local.upto", "date", t.Date(p.d.Breaches().Newest()), "n", t.Number(int64(p.d.Breaches().Len())))))...)
}

func (p *Page) leakList(s *kit.Scope, list []breach.Named) fyne.CanvasObject {
	items := make([]kit.Item, len(list))
	for i, n := range list {
		items[i] = leakItem(s.Text, n)
	}
	return s.List(items, func(i int) { p.d.Go("check", leakArg+overview.Key(list[i])) })
}

func leakItem(t *text.Printer, n breach.Named) kit.Item {
	words := dataNames(t, n.Data)
	it := kit.Item{Title: n.Title, Detail: strings.Join(words[:min(4, len(words))], ", "), Badge: t.T("check.badge." + string(n.Certainty)), Tone: kit.Warning}
	if !n.Date.IsZero() {
		it.Title += " · " + t.Month(n.Date)
	}
	if n.Kind != breach.HitBreach {
		it.Detail = t.T("check.kind." + string(n.Kind))
	}
	switch {
	case n.Certainty == breach.Confirmed:
		it.Tone = kit.Danger
	case n.Certainty == breach.Possible:
		it.Badge = t.T("had." + string(n.Had))
		if n.Had != breach.HadYes {
			it.Tone = kit.Neutral
		}
	}
	return it
}

func dataNames(t *text.Printer, classes []string) []string {
	out := make([]string, len(classes))
	for i, d := range classes {
		out[i] = dataName(t, d)
	}
	return out
}

// dataName translates a data class where the words are known.
func dataName(t *text.Printer, d string) string {
	key := "data." + strings.NewReplacer(" ", "_", "'", "", "/", "_", "(", "", ")", "").Replace(strings.ToLower(d))
	if t.Has(key) {
		return t.T(key)
	}
	return d
}

// news tells which leaks are new for this person since they last read of them.
func (p *Page) news(s *kit.Scope, pr *profile.Profile, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	fresh, marks := overview.NewLeaks(pr, o)
	if len(fresh) == 0 {
		return nil
	}
	return s.Card(
		s.Heading(t.N("check.new", len(fresh))), s.Body(t.T("check.new.why")), p.leakList(s, fresh),
		s.Button(t.T("check.new.read"), kit.Secondary, func() { p.d.Apply(session.MarkSeen{Seen: marks}) }),
	)
}

// links lists the services that are opened in the browser, and why.
func (p *Page) links(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.links")), s.Body(t.T("check.links.why"))}
	for _, l := range breach.Links() {
		rows = append(rows, kit.CompactColumn(p.link(s, t.T("source.link."+l.ID+".name"), l.Address), s.Caption(t.T(l.Reason))))
	}
	return s.Card(rows...)
}

// link opens an address; where text is large its words stand above it, since a
// button does not wrap.
func (p *Page) link(s *kit.Scope, words, address string) fyne.CanvasObject {
	if s.Narrow() {
		return kit.CompactColumn(s.Strong(words), s.Link(s.Text.T("check.open"), address, p.d.Open))
	}
	return s.Link(words, address, p.d.Open)
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

// localKey is the heading of the local match: of all, or of what sources have
// not found.
func localKey(found int) string {
	if found > 0 {
		return "check.local.more"
	}
	return "check.local"
}
