// Package you is the page of the person's identifiers: what do I want to
// protect? It looks nothing up.
package you

import (
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
	region string // chosen for the next number; "" until the person chooses
}

// New returns the page.
func New(d Deps) *Page { return &Page{d: d} }

// Build draws the page.
func (p *Page) Build(s *kit.Scope, _ string) fyne.CanvasObject {
	return p.render(s, makeView(p.d.Profile(), p.d.Overview(), p.st, s.Text))
}

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	objects := []fyne.CanvasObject{kit.CompactColumn(s.Title(t.T("you.title")), s.Body(t.T("you.intro")))}
	if v.sample {
		objects = append(objects, s.Banner(kit.Accent, t.Message("you.sample.note"), s.Button(t.T("you.sample.leave"), kit.Secondary, p.d.Leave)))
	}
	objects = append(objects, p.add(s, v))
	if len(v.yours) > 0 {
		objects = append(objects, p.yours(s, v))
	}
	if len(v.candidates) > 0 {
		objects = append(objects, p.candidates(s, v))
	}
	if len(v.yours) > 0 {
		objects = append(objects, s.Button(t.T("you.next"), kit.Primary, func() { p.d.Go("find", "") }))
	} else if !v.sample {
		objects = append(objects, kit.CompactColumn(s.Caption(t.T("you.sample.why")), s.Button(t.T("you.sample"), kit.Secondary, p.d.Sample)))
	}
	return s.Sheet(objects...)
}

func (p *Page) add(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	var f *kit.Field
	submit := func(typed string) {
		region := p.st.region
		if region == "" {
			region = v.region
		}
		id, err := identifier.Parse(typed, region)
		if err == nil {
			err = p.d.Try(session.AddIdentifier{ID: id})
		}
		if err != nil {
			f.Fail(err)
			return
		}
		f.Clear()
		p.d.Redraw()
	}
	f = s.Field("identifier", t.T("you.add.label"), t.T("you.add.placeholder"), false, submit)
	where := s.Select(t.T("you.region"), v.regions, v.region, func(r string) { p.st.region = r })
	kind := kit.Primary
	if len(v.yours) > 0 {
		kind = kit.Secondary
	}
	button := s.Button(t.T("you.add"), kind, func() { submit(f.Text()) })
	if s.Narrow() {
		return s.Card(f.Object, where, button)
	}
	return s.Card(container.NewBorder(nil, nil, nil, s.Wide(where, 230), f.Object), button)
}

func (p *Page) yours(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("you.yours"))}
	for _, r := range v.yours {
		remove := s.Button(t.T("you.remove", "what", r.shown), kit.Quiet, func() { p.d.Apply(session.RemoveIdentifier{ID: r.id}) })
		rows = append(rows, s.SplitRow(s.Strong(r.shown), remove))
	}
	return s.Card(append(rows, s.Tick(t.T("you.show"), v.whole, func(on bool) {
		set := p.d.Profile().Settings
		set.ShowValues = on
		p.d.Apply(session.SetSettings{Settings: set})
	}))...)
}

// candidates proposes what the evidence shows as probably the person's own.
func (p *Page) candidates(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("you.maybe")), s.Body(t.T("you.maybe.why"))}
	for _, c := range v.candidates {
		refuse := s.Button(t.T("you.notmine", "what", c.shown), kit.Quiet, func() { p.d.Apply(session.DismissIdentifier{ID: c.id}) })
		if c.unplaced {
			rows = append(rows, s.SplitRow(s.Strong(c.shown), refuse), s.Body(t.T("you.maybe.unplaced")))
			continue
		}
		accept := s.Button(t.T("you.mine", "what", c.shown), kit.Secondary, func() { p.d.Apply(session.AddIdentifier{ID: c.id}) })
		rows = append(rows, s.SplitRow(s.Strong(c.shown), s.Flow(accept, refuse)))
	}
	return s.Card(rows...)
}
