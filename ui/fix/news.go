package fix

import (
	"fyne.io/fyne/v2"

	"unlisted/checks/overview"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// news tells what changed in the data about the person's platforms; nil where
// nothing did.
func (p *Page) news(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	list, marks := overview.Unseen(p.d.Profile(), o, p.d.Catalog())
	if len(list) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{s.Heading(t.T("news.title"))}
	for _, n := range list {
		name := p.name(n.Platform)
		if n.Exit {
			rows = append(rows, s.Body(t.T("news.exit", "platform", name)))
		}
		if n.Guide {
			rows = append(rows, s.Body(t.T("news.guide", "platform", name)))
		}
		for _, i := range n.Incidents {
			rows = append(rows, s.Body(t.T("news.incident", "platform", name, "title", t.In(i.Title))))
		}
	}
	return s.Card(append(rows, s.Button(t.T("news.read"), kit.Secondary, func() { p.d.Apply(session.MarkSeen{Seen: marks}) }))...)
}
