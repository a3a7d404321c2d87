// Package find is the page of the evidence: who holds my number and my
// address? It reads the person's own files and nothing else.
package find

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/here"
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

	seen   seen   // shown last
	index  *index // worked out last
	of     basis
	shelf  *shelf
	review *overview.Review // of the reading in sight
	rows   *reviewRows
	about  reviewed
}

// seen is what a list and what stands beside it showed.
type seen struct{ list, beside string }

// basis is what an index was worked out of. Another overview has other accounts,
// or there are none.
type basis struct {
	accounts *account.Account // the first
	n        int
	whole    bool // addresses and numbers unmasked
	lang     string
}

// reviewed is what a review was worked out of.
type reviewed struct {
	profile *profile.Profile
	scan    *scan
	reading int
	whole   bool
	lang    string
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Catalog() *catalog.Catalog
	Importers() []evidence.Importer
	Look(context.Context) ([]here.Found, error) // what lies on this computer; nothing of it is opened
	ReadFiles(context.Context, []string, evidence.Options, func(job.Progress)) (evidence.Report, error)
	Region() string // for national numbers
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
	// Offer goes there if the person is still where they were, else says that
	// something is ready.
	Offer(from kit.Route, page, arg string)
	Redraw()
	Tell(error)
	Forget(page, under string) // what was typed there
	Open(address string)
	ShowFile(path string) // in its folder
	Run(step string, work kit.Work, end func(error))
	Choose(folder bool, picked func(path string))
	TakeDownload() // chooses a file where browsers put them, and reads it
	Save(name string, write func(io.Writer) error)
}

// state is what the person did here and has not finished.
type state struct {
	pending []*scan // each waits for the person's yes; the first is in sight
	form    mailForm
	arg     string            // the address last taken up
	chosen  string            // the account in sight
	group   string            // the accounts in sight
	part    string            // what of the account is in sight
	query   string            // what is searched for
	queries map[string]string // by address
	browse  browse
	family  string // the kind of file that can be added
	here    onComputer
	clear   []evidence.ClearFile // that lie around with secrets in clear, until the person says they are gone
	// allWishes is that the whole personal list is in sight.
	allWishes bool
}

// browse is what of the catalogue is in sight.
type browse struct{ query, filter, chosen string }

// scan is one reading, from the first byte to the person's yes.
type scan struct {
	paths    []string
	unlock   []evidence.Unlock
	found    evidence.Report
	reading  int                  // how many times it was read
	stopped  bool                 // before everything was read
	kind     string               // the accounts in sight
	refused  map[string]bool      // accounts the person took the tick from, by key
	together map[string]bool      // platforms whose accounts the person says are one
	skipped  bool                 // what was not taken is listed by name
	box      *session.KeepMailbox // how far its mailbox is read then; nil: it is of files
	decided  bool                 // the person said yes or no
	locked   map[string]bool      // sources that did not open at once, by name: they hold nothing in clear
}

func newScan(paths ...string) *scan {
	return &scan{paths: paths, refused: map[string]bool{}, together: map[string]bool{}, locked: map[string]bool{}}
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d, st: state{queries: map[string]string{}}} }

// Scan reads files and folders, then asks whether to keep what they show.
func (p *Page) Scan(paths []string) { p.read(newScan(paths...)) }

// read reads the files of a scan, again with what the person offered for locked
// ones. What was found before a stop is offered, not thrown away.
func (p *Page) read(sc *scan) {
	pr, from := p.d.Profile(), p.d.At()
	o := evidence.Options{Importers: p.d.Importers(), Region: p.d.Region(), Own: overview.Own(pr), Identity: pr.SourceID}
	o.Unlock = sc.unlock
	var report evidence.Report
	p.d.Run("find.reading", func(ctx context.Context, progress func(job.Progress)) (err error) {
		report, err = p.d.ReadFiles(ctx, sc.paths, o, progress)
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
	p.lyingAround(sc)
	sc.reading++
	p.d.Offer(from, "find", "")
}

// decide takes the scan in sight away; the next one follows.
func (p *Page) decide() {
	p.st.pending[0].decided = true
	p.st.pending, p.review = p.st.pending[1:], nil
}

// Addresses within the page. Everything else is the id of an account or a
// platform.
const (
	browseArg  = "all"     // the catalogue
	sourcesArg = "sources" // what was read, and what else can be
	groupArg   = "group/"  // begins the address of some of the accounts, by overview.Group; exitArg by exit rating
)

// isFilter reports the address of some of the accounts.
func isFilter(arg string) bool {
	return strings.HasPrefix(arg, groupArg) || strings.HasPrefix(arg, exitArg)
}

// Build draws what an address stands for: the accounts, with the one it names;
// some of them; the sources; the catalogue.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	switch {
	case arg == browseArg:
		return p.all(s)
	case arg == sourcesArg:
		return p.sources(s)
	case arg == mailArg:
		return p.mail(s)
	case strings.HasPrefix(arg, sourcesArg+"/"):
		return p.format(s, strings.TrimPrefix(arg, sourcesArg+"/"))
	}
	if arg == "" && len(p.st.pending) > 0 {
		return p.reviewing(s, p.st.pending[0])
	}
	if arg != p.st.arg {
		p.take(arg)
	}
	one := arg != "" && !isFilter(arg)
	switch none := len(p.d.Overview().Accounts) == 0; {
	case none && !one:
		return p.sources(s)
	case none, one && s.Narrow():
		v := makeDetail(p.data(), arg, p.st, s.Text)
		return s.Sheet(p.back(s), s.Card(p.detail(s, v)...))
	}
	return p.accounts(s)
}

// take takes up an address: another group, or another account.
func (p *Page) take(arg string) {
	p.st.arg, p.st.query = arg, p.st.queries[arg]
	if isFilter(arg) {
		p.st.group, p.st.chosen = strings.TrimPrefix(arg, groupArg), ""
		return
	}
	if arg != "" {
		p.st.group, p.st.chosen, p.st.part = everything, arg, partHolds
	}
}

// search takes up what is searched for.
func (p *Page) search(query string) {
	p.st.query, p.st.queries[p.st.arg] = query, query
}

// data is what the page shows.
func (p *Page) data() data {
	d := data{profile: p.d.Profile(), overview: p.d.Overview(), catalog: p.d.Catalog(), now: p.d.Now()}
	d.groups = overview.GroupsOf(d.profile, d.overview)
	return d
}

// indexOf works the index out, once for the same profile and words.
func (p *Page) indexOf(d data, t *text.Printer) *index {
	list := d.overview.Accounts
	of := basis{n: len(list), whole: d.profile.Settings.ShowValues, lang: t.Lang()}
	if len(list) > 0 {
		of.accounts = &list[0]
	}
	if p.index == nil || p.of != of {
		p.index, p.of = makeIndex(d, t), of
	}
	return p.index
}

// reviewOf compares a scan with the profile, once for the same profile and words.
func (p *Page) reviewOf(sc *scan, d data, t *text.Printer) (overview.Review, *reviewRows) {
	about := reviewed{d.profile, sc, sc.reading, d.profile.Settings.ShowValues, t.Lang()}
	if p.review == nil || p.about != about {
		r := overview.ReviewOf(d.profile, sc.found, d.catalog, d.now)
		p.review, p.rows, p.about = &r, makeReviewRows(d, r, t), about
	}
	return *p.review, p.rows
}

// claim says that the person has an account at a platform.
func (p *Page) claim(platform string) {
	p.search("")
	p.st.chosen = platform
	p.d.Forget("find", p.st.arg)
	c := claimAt(p.d.Profile(), platform)
	p.d.Apply(session.SetClaim{Claim: c})
}
