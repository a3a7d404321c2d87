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
	"unlisted/ui/parts"
)

// Page is the page Check.
type Page struct {
	d   Deps
	arg string // the address last taken up
	st  state

	list list // worked out last
	of   source
}

// source is what a list was worked out of.
type source struct {
	profile  *profile.Profile
	breaches *breach.Catalogue
	lang     string
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
	// Newer asks whether there is a new leak, with the person's yes to watching.
	Newer(context.Context) (*breach.Catalogue, error)
	UseBreaches(*breach.Catalogue) // from now on
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
	look
	asks
	keySays   *keyCheck
	passwords *passwordCheck
	corpus    string // path of the offline copy, once chosen
}

// New returns the page.
func New(d Deps) *Page {
	return &Page{d: d, st: state{asks: asks{yes: map[breach.Question]bool{}}}}
}

// show chooses what an address names, in the list where it stands.
func (l *look) show(arg string) {
	l.chosen = arg
	if misuse := strings.HasPrefix(arg, incidentArg); arg != "" && misuse != (l.filter == misuseChip) {
		if l.filter, l.search = "", ""; misuse {
			l.filter = misuseChip
		}
	}
}

// The addresses under the page; that of one leak begins with leakArg, of one
// incident with incidentArg, of one source with sourceArg.
const (
	leakArg      = "leak/"
	incidentArg  = parts.IncidentArg
	sourceArg    = "source/"
	askArg       = "ask"
	previewArg   = "preview"
	keyArg       = "key"
	passwordsArg = "passwords"
	watchArg     = "watch"
	linksArg     = "links"
)

// Build draws the page, or what arg names.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	if id, ok := strings.CutPrefix(arg, sourceArg); ok {
		return p.sourcePage(s, id)
	}
	switch arg {
	case askArg:
		return p.askPage(s)
	case previewArg:
		return p.previewPage(s)
	case keyArg:
		return p.keyPage(s)
	case passwordsArg:
		return p.passwordPage(s)
	case watchArg:
		return p.watchPage(s)
	case linksArg:
		return p.linksPage(s)
	}
	if arg != p.arg {
		p.arg = arg
		p.st.show(arg)
	}
	return p.leaks(s, arg)
}

func (p *Page) data() data {
	return data{
		profile: p.d.Profile(), overview: p.d.Overview(), catalog: p.d.Catalog(),
		newest: p.d.Breaches().Newest(), known: p.d.Breaches().Len(),
	}
}

// viewOf works the view out; what is costly, once for the same profile and
// language.
func (p *Page) viewOf(t *text.Printer) view {
	if of := (source{p.d.Profile(), p.d.Breaches(), t.Lang()}); p.of != of {
		p.list, p.of = makeList(p.data(), t), of
	}
	return makeView(p.list, p.st.look, t)
}

// askData is what the pages of the sources are made from. Those that share
// another's key are left out until it is there.
func (p *Page) askData() askData {
	usable := slices.DeleteFunc(slices.Clone(p.d.Sources()), func(s breach.Source) bool {
		info := s.Info()
		return info.With != "" && p.d.Key(info.Purpose()) == ""
	})
	return askData{profile: p.d.Profile(), sources: usable, ready: p.ready, now: p.d.Now()}
}

// ready reports whether nothing but the person's yes is missing.
func (p *Page) ready(info breach.Info) bool { return info.Key == nil || p.d.Key(info.Key.ID) != "" }

// to leads to another page, or to what of one an address names.
func (p *Page) to(page, arg string) func() { return func() { p.d.Go(page, arg) } }

// back leads to the page of the leaks.
func (p *Page) back(s *kit.Scope) fyne.CanvasObject { return p.backTo(s, s.Text.T("check.back"), "") }

func (p *Page) backTo(s *kit.Scope, words, arg string) fyne.CanvasObject {
	return s.Button(words, kit.Quiet, p.to("check", arg))
}

// link opens an address; where the page is narrow its words stand above it.
func (p *Page) link(s *kit.Scope, l link) fyne.CanvasObject {
	if s.Narrow() {
		return p.stackedLink(s, l)
	}
	return s.Link(l.words, l.address, p.d.Open)
}

// stackedLink is a link for a column of a page: its words wrap, as those of a
// button do not.
func (p *Page) stackedLink(s *kit.Scope, l link) fyne.CanvasObject {
	return kit.CompactColumn(s.Caption(l.words), s.Link(s.Text.T("check.open"), l.address, p.d.Open))
}

// linksPage lists the services that are opened in the browser, and why.
func (p *Page) linksPage(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	for i, l := range breach.Links() {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		name := p.link(s, link{t.T("source.link." + l.ID + ".name"), l.Address})
		rows = append(rows, kit.CompactColumn(name, s.Caption(t.T(l.Reason))))
	}
	return s.Page(kit.PageParts{
		Above: p.back(s), Title: t.T("check.links"), Lead: t.T("check.links.why"), Body: s.Panel("", rows...),
	})
}

// tags are the kit's, of a view.
func tags(list []tag) []kit.Tag {
	out := make([]kit.Tag, len(list))
	for i, x := range list {
		out[i] = kit.Tag{Word: x.word, Tone: kit.Tone(x.tone)}
	}
	return out
}
