package overview

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	if !v.begun {
		return p.welcome(s, v)
	}
	objects := []fyne.CanvasObject{s.Title(v.title), s.Caption(v.lead)}
	for _, f := range v.figures {
		objects = append(objects, s.Strong(f.value+" "+f.words))
	}
	objects = append(objects, s.Card(s.Heading(t.T("overview.map")), newChart(s, v, func(to target) { p.d.Go(to.page, to.arg) })),
		s.Card(s.Caption(v.next.when), s.Heading(v.next.title), s.Body(v.next.why), s.Button(v.next.button, kit.Primary, func() { p.d.Go(v.next.to.page, v.next.to.arg) })))
	for _, x := range v.sources {
		objects = append(objects, s.Body(x.title), s.Caption(x.detail))
		if x.format != "" {
			objects = append(objects, s.Button(t.T("overview.source.ask"), kit.Secondary, func() { p.d.Apply(session.AskFor{Format: x.format, Back: x.asked}) }))
		}
	}
	return s.Sheet(objects...)
}

func (p *Page) welcome(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	begin := s.Button(v.next.button, kit.Primary, func() { p.d.Go(v.next.to.page, v.next.to.arg) })
	sample := s.Button(t.T("overview.start.sample"), kit.Secondary, p.d.Sample)
	return s.Sheet(s.Title(v.title), s.Caption(v.lead), parts.Promises(s), s.Strong(v.next.title), begin, s.Caption(t.T("overview.start.or")), sample)
}
