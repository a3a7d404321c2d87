package check

import (
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

// incidentArg begins the address of one incident's page.
const incidentArg = parts.IncidentArg

// incidents lists what the person's platforms did or let happen.
func (p *Page) incidents(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.N("check.incidents", len(o.Incidents))), s.Body(t.T("check.incidents.why"))}
	if list := parts.Incidents(s, p.d, o, ""); list != nil {
		rows = append(rows, list)
	} else {
		rows = append(rows, s.Body(t.T("check.incidents.none")))
	}
	return kit.Column(rows...)
}

// incident is one page: what happened, what it means for this person, what to
// do, whom to turn to, and how we know.
func (p *Page) incident(s *kit.Scope, o overview.Overview, id string) fyne.CanvasObject {
	t := s.Text
	back := s.Button(t.T("check.back"), kit.Quiet, func() { p.d.Go("check", "") })
	i := slices.IndexFunc(o.Incidents, func(c overview.Concern) bool { return c.ID == id })
	if i < 0 {
		return s.Sheet(back, s.Empty(t.T("find.account.none"), t.T("find.account.none.why")))
	}
	c := o.Incidents[i]
	facts := []fyne.CanvasObject{s.Body(t.In(c.Text))}
	if !c.Disclosed.IsZero() {
		facts = append(facts, s.Caption(t.T("incident.disclosed", "date", c.Disclosed.Words(t))))
	}
	if period := c.Period(t); period != "" {
		facts = append(facts, s.Caption(period))
	}
	facts = append(facts, s.Strong(t.T("incident.status."+string(c.Status)+".why")))
	means := []fyne.CanvasObject{s.Heading(t.T("incident.you")), s.Body(t.T("incident.had." + string(c.Had)))}
	if c.Number != "" {
		means = append(means, s.Strong(t.T("incident.number."+string(c.Number))))
	}
	objects := []fyne.CanvasObject{back, s.Title(t.In(c.Title)), s.Card(facts...), s.Card(means...), s.Card(incidentAdvice(s, c)...)}
	objects = append(objects, s.Button(t.T("check.leak.fix"), kit.Primary, func() { p.d.Go("fix", c.Account) }))
	sources := []fyne.CanvasObject{s.Heading(t.T("incident.sources"))}
	for _, src := range c.Sources {
		sources = append(sources, kit.CompactColumn(s.Link(src.Title, src.URL, p.d.Open)))
	}
	sources = append(sources, s.Caption(t.T("incident.checked", "date", t.Date(c.Sources[0].Checked))))
	return s.Sheet(append(objects, s.Card(sources...))...)
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
	for _, act := range c.DealtWith {
		rows = append(rows, s.Body(act.Words(t)))
	}
	return append(rows, s.Body(t.T("incident.complain")))
}
