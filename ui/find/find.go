// Package find is the page of the evidence: who holds my number and my
// address? It reads the person's own files and nothing else.
package find

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/logins"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// Page is the page Find.
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
	Browsers() []logins.Profile // that keep logins on this computer; nothing of them is read yet
	Region() string             // for national numbers
	Client() *outbound.Client
	Key(source string) string
	SetKey(source, key string, done func(error))
	Text() *text.Printer
	Now() time.Time
	Window
}

// Window is what the page needs of the window itself.
type Window interface {
	Apply(session.Change) bool
	At() kit.Route
	Go(page, arg string)
	Offer(from kit.Route, page, arg string) // goes there if the person is still where they were, else says that something is ready
	Redraw()
	Tell(error)
	Forget(page, under string) // what was typed there
	Open(address string)
	Run(step string, work kit.Work, end func(error))
	Choose(folder bool, picked func(path string))
}

// state is what the person did here and has not finished.
type state struct {
	pending []*scan // each waits for the person's yes; the first is in sight
	form    mailForm
	query   string
	browse  browse
}

// scan is one reading, from the first byte to the person's yes.
type scan struct {
	paths    []string
	unlock   []evidence.Unlock
	found    evidence.Report
	stopped  bool                 // before everything was read
	refused  map[string]bool      // accounts the person took the tick from
	together map[string]bool      // platforms whose accounts the person says are one
	skipped  bool                 // what was not taken is listed by name
	box      *session.KeepMailbox // how far its mailbox is read then; nil: it is of files
	decided  bool                 // the person said yes or no
}

func newScan(paths ...string) *scan {
	return &scan{paths: paths, refused: map[string]bool{}, together: map[string]bool{}}
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Scan reads files and folders, then asks whether to keep what they show.
func (p *Page) Scan(paths []string) { p.read(newScan(paths...)) }

// read reads the files of a scan, again with what the person offered for locked
// ones. What was found before a stop is offered, not thrown away.
func (p *Page) read(sc *scan) {
	pr, from := p.d.Profile(), p.d.At()
	o := evidence.Options{Importers: p.d.Importers(), Region: p.d.Region(), Own: overview.Own(pr), Unlock: sc.unlock, Identity: pr.SourceID}
	var report evidence.Report
	p.d.Run("find.reading", func(ctx context.Context, progress func(job.Progress)) (err error) {
		report, err = evidence.Scan(ctx, sc.paths, o, progress)
		return err
	}, func(err error) {
		p.d.Tell(err)
		p.ready(sc, report, err != nil, from)
	})
}

// ready offers what a scan found. A second reading that was stopped takes
// nothing from what the first one found.
func (p *Page) ready(sc *scan, found evidence.Report, stopped bool, from kit.Route) {
	again := slices.Contains(p.st.pending, sc)
	switch {
	case sc.decided, again && stopped:
		return
	case !again:
		p.st.pending = append(p.st.pending, sc)
	}
	sc.found, sc.stopped = found, stopped
	p.d.Offer(from, "find", "")
}

// decide takes the scan in sight away; the next one follows.
func (p *Page) decide() {
	p.st.pending[0].decided = true
	p.st.pending = p.st.pending[1:]
}

// Build draws the place, the catalogue where arg is "all", or one platform where
// arg names it.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	switch arg {
	case "":
	case browseArg:
		return p.all(s)
	case sourcesArg:
		return p.sources(s)
	case mailArg:
		return p.mail(s)
	default:
		if id, ok := strings.CutPrefix(arg, sourcesArg+"/"); ok {
			return p.source(s, id)
		}
		return p.account(s, arg)
	}
	t := s.Text
	pr := p.d.Profile()
	o := p.d.Overview()
	objects := []fyne.CanvasObject{kit.CompactColumn(s.Title(t.T("find.title")), s.Body(t.T("find.intro")))}
	if len(p.st.pending) > 0 {
		objects = append(objects, p.review(s, pr, p.st.pending[0]))
		return s.Sheet(objects...)
	}
	kind := kit.Secondary
	if len(o.Accounts) == 0 {
		kind = kit.Primary
	}
	choose := s.Flow(
		s.Button(t.T("find.file"), kind, func() { p.d.Choose(false, func(f string) { p.Scan([]string{f}) }) }),
		s.Button(t.T("find.folder"), kit.Secondary, func() { p.d.Choose(true, func(f string) { p.Scan([]string{f}) }) }),
		s.Button(t.T("find.sources"), kit.Secondary, func() { p.d.Go("find", sourcesArg) }),
	)
	objects = append(objects, s.Card(s.Strong(t.T("find.drop")), s.Caption(t.T("find.drop.why")), choose))
	if len(o.Accounts) > 0 {
		objects = append(objects, p.accounts(s, o, pr.Settings), s.Button(t.T("find.next"), kit.Primary, func() { p.d.Go("check", "") }))
	}
	objects = append(objects, p.byHand(s, pr))
	if len(pr.Scans) > 0 {
		objects = append(objects, p.files(s, pr))
	}
	return s.Sheet(objects...)
}

func (p *Page) accounts(s *kit.Scope, o overview.Overview, set profile.Settings) fyne.CanvasObject {
	t := s.Text
	sum := o.Summary()
	lines := []fyne.CanvasObject{s.Heading(t.N("find.accounts", sum.Accounts)), s.Body(t.N("find.phones", sum.Phones))}
	if sum.Lists > 0 {
		lines = append(lines, s.Body(t.N("find.lists", sum.Lists)))
	}
	sorted := byWeight(o.Accounts)
	items := make([]kit.Item, len(sorted))
	for i, a := range sorted {
		items[i] = p.item(t, a, set)
	}
	list := s.List(items, func(i int) { p.d.Go("find", sorted[i].ID) })
	lines = append(lines, list)
	if n := len(o.Mailed); n > 0 {
		lines = append(lines, s.Caption(t.N("find.mailed", n)))
		for _, k := range account.MailedWhy(o.Mailed) {
			lines = append(lines, s.Caption(fmt.Sprintf("%d: %s", k.Senders, t.T(k.Why))))
		}
	}
	if n := len(o.Unmatched); n > 0 {
		lines = append(lines, s.Caption(t.N("find.unmatched", n)))
	}
	return kit.Column(lines...)
}

// byWeight puts accounts that hold the number first, then by name.
func byWeight(accounts []account.Account) []account.Account {
	type weighed struct {
		name  string
		light int // 0: holds the number
		at    int
	}
	order := make([]weighed, len(accounts))
	for i, a := range accounts {
		order[i] = weighed{name: strings.ToLower(a.Name), light: 1, at: i}
		if a.HoldsPhone() {
			order[i].light = 0
		}
	}
	slices.SortFunc(order, func(a, b weighed) int {
		return cmp.Or(a.light-b.light, strings.Compare(a.name, b.name), a.at-b.at)
	})
	out := make([]account.Account, len(accounts))
	for i, w := range order {
		out[i] = accounts[w.at]
	}
	return out
}

// item is an account as a row.
func (p *Page) item(t *text.Printer, a account.Account, set profile.Settings) kit.Item {
	var parts []string
	if a.HoldsPhone() {
		parts = append(parts, t.T("find.row.phone"))
	}
	if len(a.SecondFactor) > 0 {
		names := make([]string, len(a.SecondFactor))
		for i, f := range a.SecondFactor {
			names[i] = t.T("factor." + f)
		}
		parts = append(parts, strings.Join(names, ", "))
	}
	if n := len(a.Advertisers); n > 0 {
		parts = append(parts, t.N("find.row.lists", n))
	}
	if n := len(a.ReusedWith); n > 0 {
		parts = append(parts, t.N("find.row.reused", n))
	}
	if len(parts) == 0 {
		parts = append(parts, t.T("find.row.email"))
	}
	tone := map[evidence.Confidence]kit.Tone{evidence.Confirmed: kit.Good, evidence.Likely: kit.Accent}[a.Confidence]
	return kit.Item{Title: a.Label(func(id identifier.Identifier) string { return p.d.Text().Identifier(id, set.ShowValues) }), Detail: strings.Join(parts, " · "), Badge: t.T("confidence." + a.Confidence.String()), Tone: tone}
}

func (p *Page) files(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.files"))}
	for _, sc := range pr.Scans {
		src := sc.Source
		line := fmt.Sprintf("%s · %s · %s", src.Path, t.T("format."+src.Format), t.Date(sc.At))
		rows = append(rows, s.SplitRow(s.Caption(line), s.Button(t.T("find.forget", "what", src.Path), kit.Quiet, func() {
			p.d.Apply(session.RemoveSource{Source: src})
		})))
	}
	return s.Card(rows...)
}

// byHand adds an account the person knows of.
func (p *Page) byHand(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	f := s.Field("hand", t.T("find.hand"), t.T("find.hand.placeholder"), false, func(v string) { p.st.query = v; p.d.Redraw() })
	rows := []fyne.CanvasObject{f.Object, s.Button(t.T("find.hand.search"), kit.Secondary, func() { p.st.query = f.Text(); p.d.Redraw() })}
	if p.st.query != "" {
		hits := p.d.Catalog().Search(p.st.query, 6)
		if len(hits) == 0 {
			if hits = p.d.Catalog().Nearest(p.st.query, 6); len(hits) > 0 {
				rows = append(rows, s.Caption(t.T("find.hand.near")))
			}
		}
		items := make([]kit.Item, len(hits))
		for i, h := range hits {
			items[i] = kit.Item{Title: h.Name, Detail: h.ID, Badge: t.T("exit." + string(h.Exit) + ".name")}
		}
		if len(hits) == 0 {
			rows = append(rows, s.Caption(t.T("find.hand.none")))
		} else {
			rows = append(rows, s.List(items, func(i int) {
				p.st.query = ""
				f.Clear()
				c := account.ClaimOf(p.d.Profile().Claims, hits[i].ID, "")
				c.Gone = false
				p.d.Apply(session.SetClaim{Claim: c})
			}))
		}
	}
	rows = append(rows, s.Button(t.T("browse.open"), kit.Quiet, func() { p.d.Go("find", browseArg) }))
	return s.Card(rows...)
}
