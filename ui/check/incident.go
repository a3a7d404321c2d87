package check

import (
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/text"
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// incidentArg begins the address of one incident's page.
const incidentArg = "incident/"

// incidents lists what the person's platforms did or let happen.
func (p *Place) incidents(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.N("check.incidents", len(o.Incidents))), s.Body(t.T("check.incidents.why"))}
	if list := Incidents(s, p.h, o, ""); list != nil {
		rows = append(rows, list)
	} else {
		rows = append(rows, s.Body(t.T("check.incidents.none")))
	}
	return kit.Column(rows...)
}

// Incidents lists the incidents of one platform, or of all where platform is
// "", each leading to its page; nil where there is none. Those that reach the
// person's number come first.
func Incidents(s *kit.Scope, h *host.Host, o overview.Overview, platform string) fyne.CanvasObject {
	var list []overview.Concern
	for _, c := range o.Incidents {
		if platform == "" || c.Account == platform {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b overview.Concern) int { return rank(b) - rank(a) })
	items := make([]kit.Item, len(list))
	for i, c := range list {
		items[i] = concernItem(s.Text, h, c)
	}
	return s.List(items, func(i int) { h.Go("check", incidentArg+list[i].ID) })
}

func rank(c overview.Concern) int {
	switch {
	case c.Status == catalog.StatusDisputed, c.Had == breach.HadLater:
		return 0
	case c.Number == breach.HadYes:
		return 3
	case c.Number == breach.HadUnknown:
		return 2
	}
	return 1
}

func concernItem(t *text.Printer, h *host.Host, c overview.Concern) kit.Item {
	name := c.Platform
	if p, ok := h.Catalog.ByID(c.Account); ok {
		name = p.Name
	}
	it := kit.Item{Title: name + " · " + t.In(c.Title), Detail: t.T("incident.status."+string(c.Status)) + " · " + t.T("incident.kind."+string(c.Kind)) + " · " + t.Month(c.Until()), Badge: t.T("had." + string(c.Had))}
	if c.Had == breach.HadYes {
		it.Tone = kit.Warning
	}
	if rank(c) == 3 {
		it.Badge, it.Tone = t.T("incident.badge.number"), kit.Danger
	}
	return it
}

// incident is one page: what happened, what it means for this person, what to
// do, whom to turn to, and how we know.
func (p *Place) incident(s *kit.Scope, o overview.Overview, id string) fyne.CanvasObject {
	t := s.Text
	back := s.Button(t.T("check.back"), kit.Quiet, func() { p.h.Go("check", "") })
	i := slices.IndexFunc(o.Incidents, func(c overview.Concern) bool { return c.ID == id })
	if i < 0 {
		return kit.Page(back, s.Empty(t.T("find.account.none"), t.T("find.account.none.why")))
	}
	c := o.Incidents[i]
	facts := []fyne.CanvasObject{s.Body(t.In(c.Text))}
	if !c.Ended.IsZero() {
		facts = append(facts, s.Caption(t.T("incident.ended", "date", t.Month(c.Ended.Last))))
	}
	if !c.Disclosed.IsZero() {
		facts = append(facts, s.Caption(t.T("incident.disclosed", "date", t.Month(c.Disclosed.Last))))
	}
	facts = append(facts, s.Strong(t.T("incident.status."+string(c.Status)+".why")))
	means := []fyne.CanvasObject{s.Heading(t.T("incident.you")), s.Body(t.T("incident.had." + string(c.Had)))}
	if c.Number != "" {
		means = append(means, s.Strong(t.T("incident.number."+string(c.Number))))
	}
	objects := []fyne.CanvasObject{back, s.Title(t.In(c.Title)), s.Card(facts...), s.Card(means...), s.Card(incidentAdvice(s, c)...)}
	objects = append(objects, s.Button(t.T("check.leak.fix"), kit.Primary, func() { p.h.Go("fix", c.Account) }))
	sources := []fyne.CanvasObject{s.Heading(t.T("incident.sources"))}
	for _, src := range c.Sources {
		sources = append(sources, kit.Tight(s.Link(t.T("incident.checked", "date", t.Date(src.Checked)), src.URL, p.h.Open)))
	}
	return kit.Page(append(objects, s.Card(sources...))...)
}

func incidentAdvice(s *kit.Scope, c overview.Concern) []fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.leak.todo"))}
	if c.Kind == catalog.KindMisuse {
		rows = append(rows, s.Body(t.T("incident.do.misuse")))
	}
	for _, d := range []string{"phone", "password", "email"} {
		if slices.Contains(c.Data, d) && (c.Kind != catalog.KindMisuse || d == "password") {
			rows = append(rows, s.Body(t.T("advice."+d)))
		}
	}
	if c.Carrier {
		rows = append(rows, s.Body(t.T("incident.do.carrier")))
	}
	if c.Regulator != "" {
		rows = append(rows, s.Body(t.T("incident.authority", "name", c.Regulator)))
	}
	return append(rows, s.Body(t.T("incident.complain")))
}
