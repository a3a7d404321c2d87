// Package settings is where the person decides: language, appearance, what may
// leave this computer, how the profile is kept.
package settings

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/checks/update"
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// Place is the place Settings.
type Place struct {
	h     *host.Host
	langs []string
	erase bool   // asked once
	taken bool   // newer data was taken since the start
	fetch bool   // asked whether to fetch the public lists
	out   string // way out that is being set up
	only  string // purpose the ledger shows; "" for all
}

// New returns the place; langs are the languages there are.
func New(h *host.Host, langs []string) *Place { return &Place{h: h, langs: langs} }

// Build draws the place.
func (p *Place) Build(s *kit.Scope, _ string) fyne.CanvasObject {
	pr := p.h.Profile()
	return kit.Page(s.Title(s.Text.T("settings.title")), p.look(s, pr), p.keeping(s, pr), p.network(s, pr), p.consents(s, pr), p.ledger(s, pr), p.data(s, pr), p.about(s))
}

func (p *Place) set(pr *profile.Profile, change func(*profile.Settings)) {
	set := pr.Settings
	change(&set)
	if p.h.Apply(session.SetSettings{Settings: set}) {
		p.h.SetLook(set)
	}
}

func (p *Place) look(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	langs := []kit.Choice{{Value: "", Word: t.T("settings.system")}}
	for _, l := range p.langs {
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
		s.Select(t.T("settings.language"), langs, pr.Settings.Language, func(v string) { p.set(pr, func(x *profile.Settings) { x.Language = v }) }),
		s.Select(t.T("settings.theme"), themes, pr.Settings.Theme, func(v string) { p.set(pr, func(x *profile.Settings) { x.Theme = v }) }),
		s.Select(t.T("settings.text"), sizes, fmt.Sprint(pct), func(v string) {
			p.set(pr, func(x *profile.Settings) { _, _ = fmt.Sscan(v, &x.TextPct) })
		}),
	)
}

func (p *Place) keeping(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	where := p.h.Where()
	if where == "" || pr.Sample {
		return s.Card(s.Heading(t.T("settings.profile")), s.Body(t.T("settings.temporary")))
	}
	var f *kit.Field
	set := func(v string) {
		if err := p.h.Protect(v); err != nil {
			f.Fail(t.Sentence(err).String())
			return
		}
		f.Entry.SetText("")
		p.h.Refresh()
	}
	f = s.Field(t.T("settings.passphrase"), t.T("settings.passphrase.placeholder"), true, set)
	rows := []fyne.CanvasObject{s.Heading(t.T("settings.profile")), s.Body(t.T("settings.where")), s.Caption(where)}
	if profile.HasPassphrase(where) {
		rows = append(rows, s.Body(t.T("settings.passphrase.have")))
	}
	rows = append(rows, f.Object, s.Button(t.T("settings.passphrase.set"), kit.Secondary, func() { set(f.Entry.Text) }))
	if p.erase {
		rows = append(rows, s.Banner(kit.Danger, t.Sentence(eraseNote{}),
			s.Button(t.T("settings.erase.yes"), kit.Destructive, func() { p.erase = false; p.h.Tell(p.h.Erase()) }),
			s.Button(t.T("settings.erase.no"), kit.Secondary, func() { p.erase = false; p.h.Refresh() })))
	} else {
		rows = append(rows, s.Button(t.T("settings.erase"), kit.Quiet, func() { p.erase = true; p.h.Refresh() }))
	}
	return s.Card(rows...)
}

type eraseNote struct{}

func (eraseNote) Error() string                     { return "erase" }
func (eraseNote) Explain() (string, map[string]any) { return "settings.erase.note", nil }

// data says how new the data is and takes a newer, signed set from a file.
func (p *Place) data(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	guides := 0
	for i := range p.h.Catalog.Len() {
		if p.h.Catalog.At(i).Guide != nil {
			guides++
		}
	}
	rows := []fyne.CanvasObject{
		s.Heading(t.T("settings.data")),
		s.Body(t.T("settings.data.status", "platforms", t.Number(int64(p.h.Catalog.Len())), "guides", t.Number(int64(guides)), "breaches", t.Number(int64(p.h.Breaches.Len())), "date", t.Date(p.h.Breaches.Newest()))),
	}
	if p.h.Where() == "" || pr.Sample {
		return s.Card(rows...)
	}
	rows = append(rows, s.Caption(t.T("settings.data.why")))
	if p.taken {
		rows = append(rows, s.Strong(t.T("settings.data.done")))
	}
	if p.fetch {
		rows = append(rows, s.Banner(kit.Neutral, t.Sentence(fetchNote{}),
			s.Button(t.T("settings.data.ask.yes"), kit.Primary, p.fetchLists),
			s.Button(t.T("settings.data.ask.no"), kit.Secondary, func() { p.fetch = false; p.h.Refresh() })))
		return s.Card(rows...)
	}
	return s.Card(append(rows, kit.Row(s.Button(t.T("settings.data.file"), kit.Secondary, func() {
		p.h.Choose(false, func(file string) { p.ended(p.h.Update(file)) })
	}), s.Button(t.T("settings.data.fetch"), kit.Secondary, func() { p.fetch = true; p.h.Refresh() })))...)
}

// fetchLists asks for the public lists: the person just said yes.
func (p *Place) fetchLists() {
	p.fetch = false
	p.h.Run("settings.data.fetching", p.h.Fetch, p.ended)
}

func (p *Place) ended(err error) {
	p.taken = err == nil
	if p.h.Tell(err); err == nil {
		p.h.Refresh()
	}
}

// fetchNote says what fetching sends, and to whom.
type fetchNote struct{}

func (fetchNote) Error() string { return "fetch" }

func (fetchNote) Explain() (string, map[string]any) {
	var hosts []string
	for _, l := range update.Lists() {
		hosts = append(hosts, l.Host())
	}
	return "settings.data.ask", map[string]any{"hosts": strings.Join(hosts, ", ")}
}

func (p *Place) about(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("settings.about")), s.Body(t.T("settings.about.version", "version", p.h.Version)), s.Body(t.T("settings.credits"))}
	for _, c := range p.h.Credits {
		line := c.Name + " · " + c.Licence
		if c.Changed != "" {
			line += " · " + t.T("settings.credits.changed")
		}
		rows = append(rows, s.Link(line, c.URL, p.h.Open))
	}
	return s.Card(rows...)
}
