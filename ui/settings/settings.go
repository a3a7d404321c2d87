// Package settings is where the person decides: language, appearance, what may
// leave this computer, how the profile is kept.
package settings

import (
	"fmt"
	"io"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/checks/update"
	"unlisted/ui/kit"
)

// Page is the page Settings.
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
	Credits() []catalog.Credit
	Languages() []string
	Version() string
	Apply(session.Change) bool
	Go(page, arg string)
	Redraw()
	Tell(error)
	Open(address string)
	Choose(folder bool, picked func(path string))
	Save(name string, write func(io.Writer) error)
	Keeper
}

// Keeper is what the window can do about what it keeps. What takes time is done
// aside; done is called at its end.
type Keeper interface {
	Where() string // path of the profile; "" in temporary mode
	Protect(passphrase string, done func(error))
	RecoveryKey() string
	UseKeyring(done func(error))
	ForgetKeyring(secret string, done func(error))
	Lock()
	Erase()
	EraseLedger()
	Damaged() int                         // places of the ledger that cannot be read
	Update(file string, done func(error)) // takes newer data: a signed set or a public list
	Fetch(done func(error))               // asks for the public lists, with the person's yes
}

// state is what the person did here and has not finished.
type state struct {
	erase     bool   // asked once
	taken     bool   // newer data was taken since the start
	fetch     bool   // asked whether to fetch the public lists
	protected bool   // a passphrase was set
	out       string // way out that is being set up
	only      string // purpose the ledger shows; "" for all
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Build draws the page.
func (p *Page) Build(s *kit.Scope, _ string) fyne.CanvasObject {
	pr := p.d.Profile()
	return s.Sheet(s.Title(s.Text.T("settings.title")), p.look(s, pr), p.keeping(s, pr), p.network(s, pr), p.consents(s, pr), p.ledger(s, pr), p.data(s, pr), p.about(s))
}

func (p *Page) set(change func(*profile.Settings)) {
	set := p.d.Profile().Settings
	change(&set)
	p.d.Apply(session.SetSettings{Settings: set})
}

func (p *Page) look(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	langs := []kit.Choice{{Value: "", Word: t.T("settings.system")}}
	for _, l := range p.d.Languages() {
		langs = append(langs, kit.Choice{Value: l, Word: text.Language(l)})
	}
	themes := []kit.Choice{{Value: "", Word: t.T("settings.system")}, {Value: "light", Word: t.T("theme.light")}, {Value: "dark", Word: t.T("theme.dark")}, {Value: "contrast", Word: t.T("theme.contrast")}}
	var sizes []kit.Choice
	for _, n := range []int{100, 125, 150, 175, 200} {
		sizes = append(sizes, kit.Choice{Value: fmt.Sprint(n), Word: fmt.Sprintf("%d %%", n)})
	}
	pct := max(100, pr.Settings.TextPct)
	return s.Card(
		s.Heading(t.T("settings.look")),
		s.Select(t.T("settings.language"), langs, pr.Settings.Language, func(v string) { p.set(func(x *profile.Settings) { x.Language = v }) }),
		s.Select(t.T("settings.theme"), themes, pr.Settings.Theme, func(v string) { p.set(func(x *profile.Settings) { x.Theme = v }) }),
		s.Select(t.T("settings.text"), sizes, fmt.Sprint(pct), func(v string) {
			p.set(func(x *profile.Settings) { _, _ = fmt.Sscan(v, &x.TextPct) })
		}),
	)
}

// data says how new the data is and takes a newer, signed set from a file.
func (p *Page) data(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	guides := 0
	for i := range p.d.Catalog().Len() {
		if p.d.Catalog().At(i).Guide != nil {
			guides++
		}
	}
	rows := []fyne.CanvasObject{
		s.Heading(t.T("settings.data")),
		s.Body(t.T("settings.data.status", "platforms", t.Number(int64(p.d.Catalog().Len())), "guides", t.Number(int64(guides)), "breaches", t.Number(int64(p.d.Breaches().Len())), "date", t.Date(p.d.Breaches().Newest()))),
	}
	if p.d.Where() == "" || pr.Sample {
		return s.Card(rows...)
	}
	rows = append(rows, s.Caption(t.T("settings.data.why")))
	if p.st.taken {
		rows = append(rows, s.Strong(t.T("settings.data.done")))
	}
	if p.st.fetch {
		rows = append(rows, s.Banner(kit.Neutral, t.Message("settings.data.ask", "hosts", hosts()),
			s.Button(t.T("settings.data.ask.yes"), kit.Primary, p.fetchLists),
			s.Button(t.T("settings.data.ask.no"), kit.Secondary, func() { p.st.fetch = false; p.d.Redraw() })))
		return s.Card(rows...)
	}
	return s.Card(append(rows, kit.Row(s.Button(t.T("settings.data.file"), kit.Secondary, func() {
		p.d.Choose(false, func(file string) { p.d.Update(file, p.ended) })
	}), s.Button(t.T("settings.data.fetch"), kit.Secondary, func() { p.st.fetch = true; p.d.Redraw() })))...)
}

// fetchLists asks for the public lists: the person just said yes.
func (p *Page) fetchLists() {
	p.st.fetch = false
	p.d.Fetch(p.ended)
	p.d.Redraw()
}

func (p *Page) ended(err error) {
	p.st.taken = err == nil
	p.d.Tell(err)
	p.d.Redraw()
}

// hosts are those that fetching asks.
func hosts() string {
	var hosts []string
	for _, l := range update.Lists() {
		hosts = append(hosts, l.Host())
	}
	return strings.Join(hosts, ", ")
}

func (p *Page) about(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("settings.about")), s.Body(t.T("settings.about.version", "version", p.d.Version())), s.Body(t.T("settings.credits"))}
	for _, c := range p.d.Credits() {
		line := c.Name + " · " + c.Licence
		if c.Changed != "" {
			line += " · " + t.T("settings.credits.changed")
		}
		rows = append(rows, s.Link(line, c.URL, p.d.Open))
	}
	return s.Card(rows...)
}
