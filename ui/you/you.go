// Package you is the page of the person's identifiers: what do I want to
// protect? It looks nothing up.
package you

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// Page is the page You.
type Page struct {
	d  Deps
	st state
}

// Deps is what the page needs of the window.
type Deps interface {
	Profile() *profile.Profile
	Overview() overview.Overview
	Try(session.Change) error
	Apply(session.Change) bool
	Go(page, arg string)
	Redraw()
	Sample() // shows the invented person
	Leave()  // back from there
}

// state is what the person did here and has not finished.
type state struct {
	region  string             // chosen for the next number; "" until the person chooses
	added   int                // how many of what was typed last went on the list
	refused []identifier.Typed // what of it did not, and why
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Build draws the page.
func (p *Page) Build(s *kit.Scope, _ string) fyne.CanvasObject {
	return p.render(s, makeView(p.d.Profile(), p.d.Overview(), p.st, s.Text))
}

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	parts := kit.PageParts{Title: t.T("you.title"), Lead: t.T("you.intro")}
	main := []fyne.CanvasObject{p.add(s, v)}
	if len(v.yours) > 0 {
		main = append(main, p.yours(s, v))
		parts.Foot = s.ActionBar("", s.Button(t.T("you.next"), kit.Primary, func() { p.d.Go("find", "") }))
	}
	var aside []fyne.CanvasObject
	if v.sample {
		leave := s.Button(t.T("you.sample.leave"), kit.Secondary, p.d.Leave)
		aside = append(aside, s.Banner(kit.Accent, t.Message("you.sample.note"), leave))
	}
	if len(v.candidates) > 0 {
		aside = append(aside, p.candidates(s, v))
	}
	if len(v.yours) == 0 && !v.sample {
		aside = append(aside, s.Panel(t.T("you.sample.title"), s.Caption(t.T("you.sample.why")),
			s.Button(t.T("you.sample"), kit.Secondary, p.d.Sample)))
	}
	if len(aside) == 0 {
		parts.Body = kit.Stack(main...)
	} else {
		parts.Body = s.Columns(kit.Stack(main...), kit.Stack(aside...))
	}
	return s.Page(parts)
}

// add takes one identifier, or many at once.
func (p *Page) add(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	var f *kit.Field
	submit := func(typed string) { p.submit(f, typed, v.region) }
	f = s.Field("identifier", t.T("you.add.label"), t.T("you.add.placeholder"), false, submit).Several()
	options := make([]kit.Choice, len(v.regions))
	for i, r := range v.regions {
		options[i] = kit.Choice{Value: r.code, Word: r.name}
	}
	where := s.Select(t.T("you.region"), options, v.region, func(r string) { p.st.region = r })
	kind := kit.Primary
	if len(v.yours) > 0 {
		kind = kit.Secondary
	}
	button := s.Button(t.T("you.add"), kind, func() { submit(f.Text()) })
	rows := []fyne.CanvasObject{f.Object, s.Caption(t.T("you.add.several")), where, button}
	if v.added != "" {
		rows = append(rows, s.Strong(v.added))
	}
	for _, r := range v.refused {
		rows = append(rows, s.Caption(r))
	}
	return s.Card(rows...)
}

// submit puts what was typed on the list. What is refused stays in the field, to
// be put right.
func (p *Page) submit(f *kit.Field, typed, region string) {
	if p.st.region != "" {
		region = p.st.region
	}
	ids, refused := sortOut(p.d.Profile(), typed, region)
	if len(ids)+len(refused) == 0 {
		p.st.added, p.st.refused = 0, nil
		f.Fail(identifier.ErrEmpty)
		return
	}
	if len(ids) > 0 {
		if err := p.d.Try(session.AddIdentifier{ID: ids[0], More: ids[1:]}); err != nil {
			f.Fail(err)
			return
		}
	}
	f.Clear()
	left := make([]string, 0, len(refused))
	for _, r := range refused {
		if r.ID.IsZero() { // else it is on the list already
			left = append(left, r.Text)
		}
	}
	if len(left) > 0 {
		f.Put(strings.Join(left, ", "))
	}
	p.st.added, p.st.refused = len(ids), refused
	if len(ids) == 0 && len(refused) == 1 {
		p.st.refused = nil
		f.Fail(refused[0].Err) // below the field, as it is about what stands there
	}
	p.d.Redraw()
}

// yours is the list, each with a way to take it off.
func (p *Page) yours(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	for i, r := range v.yours {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		remove := s.IconButton(kit.IconRemove, t.T("you.remove", "what", r.shown), kit.Quiet, func() {
			p.st.added, p.st.refused = 0, nil
			p.d.Apply(session.RemoveIdentifier{ID: r.id})
		})
		rows = append(rows, container.NewBorder(nil, nil, nil, remove, p.words(s, r)))
	}
	return s.Panel(t.T("you.yours"), append(rows, s.Line(), s.Tick(t.T("you.show"), v.whole, func(on bool) {
		set := p.d.Profile().Settings
		set.ShowValues = on
		p.d.Apply(session.SetSettings{Settings: set})
	}))...)
}

// words are an identifier, and how many hold it.
func (p *Page) words(s *kit.Scope, r row) fyne.CanvasObject {
	icon := kit.IconPhone
	if r.id.Kind == identifier.KindEmail {
		icon = kit.IconMail
	}
	lines := []fyne.CanvasObject{s.Strong(r.shown)}
	if r.held != "" {
		lines = append(lines, s.Caption(r.held))
	}
	return s.Marked(s.Icon(icon), kit.CompactColumn(lines...))
}

// candidates proposes what the evidence shows as probably the person's own.
func (p *Page) candidates(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Caption(t.T("you.maybe.why"))}
	for i, c := range v.candidates {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		rows = append(rows, p.words(s, c.row))
		if c.unplaced {
			rows = append(rows, s.Caption(t.T("you.maybe.unplaced")))
			rows = append(rows, p.refuse(s, c))
			continue
		}
		accept := s.Button(t.T("you.mine.short"), kit.Secondary, func() { p.d.Apply(session.AddIdentifier{ID: c.id}) })
		s.Called(t.T("you.mine", "what", c.shown))
		rows = append(rows, s.Wrap(accept, p.refuse(s, c)))
	}
	if v.more > 0 {
		rows = append(rows, s.Caption(t.N("you.maybe.more", v.more)))
	}
	return s.Panel(t.T("you.maybe"), rows...)
}

func (p *Page) refuse(s *kit.Scope, c candidate) fyne.CanvasObject {
	no := s.Button(s.Text.T("you.notmine.short"), kit.Quiet, func() { p.d.Apply(session.DismissIdentifier{ID: c.id}) })
	s.Called(s.Text.T("you.notmine", "what", c.shown))
	return no
}
