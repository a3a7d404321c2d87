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
	Sources() []breach.Source
	Key(source string) string // of the person's, for a source; "" where there is none
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

// Build draws the page: an index of the sections, beside the one that arg names.
func (p *Page) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	t := s.Text
	v := makeView(p.data(), p.st, arg, t)
	now := v.sections[v.chosen]
	if s.Narrow() && arg != "" {
		back := s.Button(t.T("settings.back"), kit.Quiet, func() { p.d.Go("settings", "") })
		return s.Page(kit.PageParts{Above: back, Title: now.title, Body: s.Panel("", p.section(s, v)...)})
	}
	items := make([]kit.Item, len(v.sections))
	for i, x := range v.sections {
		items[i] = kit.Item{Icon: icons[x.id], Title: x.title, Detail: x.detail, Chosen: i == v.chosen && !s.Narrow()}
		if x.alarm != "" {
			items[i].Tags = []kit.Tag{{Word: x.alarm, Tone: kit.Warning}}
		}
	}
	page := kit.PageParts{Title: t.T("settings.title"), Lead: t.T("settings.lead"), Fill: true}
	rows := s.Rows(items, func(i int) { p.d.Go("settings", v.sections[i].id) })
	if s.Narrow() {
		page.Body = s.ListDetail(rows, nil)
		return s.Page(page)
	}
	page.Body = s.ListDetail(rows, kit.Column(append([]fyne.CanvasObject{s.Heading(now.title)}, p.section(s, v)...)...))
	return s.Page(page)
}

// icons stand before the sections of the index.
var icons = map[string]kit.IconName{
	lookArg: kit.IconShow, profileArg: kit.IconLock, networkArg: kit.IconNext, sourcesArg: kit.IconKey,
	ledgerArg: kit.IconFile, dataArg: kit.IconUndo, aboutArg: kit.IconInfo,
}

// section is what stands in the section that is chosen.
func (p *Page) section(s *kit.Scope, v view) []fyne.CanvasObject {
	switch v.sections[v.chosen].id {
	case profileArg:
		return p.keeping(s, v)
	case networkArg:
		return p.network(s, v)
	case sourcesArg:
		return p.consents(s, v)
	case ledgerArg:
		return p.ledger(s, v)
	case dataArg:
		return p.newer(s, v)
	case aboutArg:
		return p.about(s, v)
	}
	return p.look(s, v)
}

func (p *Page) data() data {
	d := data{
		profile: p.d.Profile(), languages: p.d.Languages(), damaged: p.d.Damaged(), catalog: p.d.Catalog(),
		breaches: p.d.Breaches(), credits: p.d.Credits(), version: p.d.Version(), keep: kept{where: p.d.Where()},
	}
	if d.keep.where != "" {
		d.keep.passphrase, d.keep.keyring = profile.HasPassphrase(d.keep.where), profile.InKeyring(d.keep.where)
	}
	for _, src := range p.d.Sources() {
		if info := src.Info(); info.Key != nil && info.With == "" {
			d.keys = append(d.keys, key{info.ID, p.d.Key(info.Key.ID) != ""})
		}
	}
	return d
}

// choose is a labelled choice of a view.
func choose(s *kit.Scope, label string, c choice, changed func(string)) fyne.CanvasObject {
	options := make([]kit.Choice, len(c.options))
	for i, o := range c.options {
		options[i] = kit.Choice{Value: o.value, Word: o.word}
	}
	return s.Select(label, options, c.value, changed)
}

func (p *Page) set(change func(*profile.Settings)) {
	set := p.d.Profile().Settings
	change(&set)
	p.d.Apply(session.SetSettings{Settings: set})
}

func (p *Page) look(s *kit.Scope, v view) []fyne.CanvasObject {
	t := s.Text
	return []fyne.CanvasObject{
		choose(s, t.T("settings.language"), v.language, func(l string) {
			p.set(func(x *profile.Settings) { x.Language = l })
		}),
		choose(s, t.T("settings.theme"), v.theme, func(l string) { p.set(func(x *profile.Settings) { x.Theme = l }) }),
		choose(s, t.T("settings.text"), v.text, func(n string) {
			p.set(func(x *profile.Settings) { _, _ = fmt.Sscan(n, &x.TextPct) })
		}),
		s.Line(),
		s.Tick(t.T("settings.shielded"), p.d.Profile().Settings.Shielded, func(on bool) {
			p.set(func(x *profile.Settings) { x.Shielded = on })
		}),
		s.Caption(t.T("settings.shielded.why")),
	}
}

// newer says how new the data is and takes a newer, signed set from a file.
func (p *Page) newer(s *kit.Scope, v view) []fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Body(v.status)}
	if v.temporal {
		return rows
	}
	rows = append(rows, s.Caption(t.T("settings.data.why")))
	if p.st.taken {
		rows = append(rows, s.Strong(t.T("settings.data.done")))
	}
	if p.st.fetch {
		return append(rows, s.Banner(kit.Neutral, t.Message("settings.data.ask", "hosts", hosts()),
			s.Button(t.T("settings.data.ask.yes"), kit.Primary, p.fetchLists),
			s.Button(t.T("settings.data.ask.no"), kit.Secondary, func() { p.st.fetch = false; p.d.Redraw() })))
	}
	return append(rows, s.Button(t.T("settings.data.file"), kit.Secondary, func() {
		p.d.Choose(false, func(file string) { p.d.Update(file, p.ended) })
	}), s.Button(t.T("settings.data.fetch"), kit.Secondary, func() { p.st.fetch = true; p.d.Redraw() }))
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

func (p *Page) about(s *kit.Scope, v view) []fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{
		s.Body(t.T("settings.about.version", "version", p.d.Version())), s.Strong(t.T("settings.credits")),
	}
	for _, c := range v.credits {
		rows = append(rows, kit.CompactColumn(s.Caption(c.words), s.Link(t.T("check.open"), c.address, p.d.Open)))
	}
	return rows
}
