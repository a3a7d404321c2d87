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
	t := s.Text
	pr := p.d.Profile()
	objects := []fyne.CanvasObject{kit.Tight(s.Title(t.T("you.title")), s.Body(t.T("you.intro")))}
	if pr.Sample {
		objects = append(objects, s.Banner(kit.Accent, t.Message("you.sample.note"), s.Button(t.T("you.sample.leave"), kit.Secondary, p.d.Leave)))
	}
	objects = append(objects, p.add(s, pr))
	if len(pr.Identifiers) > 0 {
		objects = append(objects, p.list(s, pr))
	}
	if c := p.candidates(s, pr); c != nil {
		objects = append(objects, c)
	}
	if len(pr.Identifiers) > 0 {
		objects = append(objects, s.Button(t.T("you.next"), kit.Primary, func() { p.d.Go("find", "") }))
	} else if !pr.Sample {
		objects = append(objects, kit.Tight(s.Caption(t.T("you.sample.why")), s.Button(t.T("you.sample"), kit.Secondary, p.d.Sample)))
	}
	return s.Sheet(objects...)
}

func (p *Page) add(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	region := p.st.region
	if region == "" {
		region = pr.Settings.Region
	}
	var f *kit.Field
	submit := func(v string) {
		id, err := identifier.Parse(v, region)
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
	options := []kit.Choice{{Value: "", Word: t.T("you.region.none")}}
	regions := identifier.Regions()
	t.SortCountries(regions)
	for _, r := range regions {
		options = append(options, kit.Choice{Value: r, Word: t.Country(r)})
	}
	where := s.Select(t.T("you.region"), options, region, func(v string) { p.st.region, region = v, v })
	button := s.Button(t.T("you.add"), kindOf(len(pr.Identifiers) == 0), func() { submit(f.Text()) })
	if s.Large() {
		return s.Card(f.Object, where, button)
	}
	return s.Card(container.NewBorder(nil, nil, nil, s.Wide(where, 230), f.Object), button)
}

func kindOf(first bool) kit.ButtonKind {
	if first {
		return kit.Primary
	}
	return kit.Secondary
}

func (p *Page) list(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("you.yours"))}
	for _, o := range pr.Identifiers {
		id := o.ID
		shown := s.Text.Identifier(id, pr.Settings.ShowValues)
		remove := s.Button(t.T("you.remove", "what", shown), kit.Quiet, func() { p.d.Apply(session.RemoveIdentifier{ID: id}) })
		rows = append(rows, s.Sides(s.Strong(shown), remove))
	}
	show := s.Tick(t.T("you.show"), pr.Settings.ShowValues, func(on bool) {
		set := p.d.Profile().Settings
		set.ShowValues = on
		p.d.Apply(session.SetSettings{Settings: set})
	})
	rows = append(rows, show)
	return s.Card(rows...)
}

// candidates proposes what the evidence shows as probably the person's own.
func (p *Page) candidates(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	own := p.d.Overview().Own
	if len(own) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{s.Heading(t.T("you.maybe")), s.Body(t.T("you.maybe.why"))}
	for i, id := range own {
		if i == 6 {
			break
		}
		shown := t.Identifier(id, pr.Settings.ShowValues)
		refuse := s.Button(t.T("you.notmine", "what", shown), kit.Quiet, func() { p.d.Apply(session.DismissIdentifier{ID: id}) })
		if id.Kind == identifier.KindUnplaced {
			rows = append(rows, s.Sides(s.Strong(shown), refuse), s.Body(t.T("you.maybe.unplaced")))
			continue
		}
		accept := s.Button(t.T("you.mine", "what", shown), kit.Secondary, func() { p.d.Apply(session.AddIdentifier{ID: id}) })
		rows = append(rows, s.Sides(s.Strong(shown), s.Flow(accept, refuse)))
	}
	return s.Card(rows...)
}
