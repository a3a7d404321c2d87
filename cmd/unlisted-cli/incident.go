package main

import "unlisted/checks/catalog"

// incidentJSON is an incident as the command line tells it to a machine. Dates
// are as exact as they are known: YYYY, YYYY-MM or YYYY-MM-DD.
type incidentJSON struct {
	ID        string       `json:"id"`
	Platform  string       `json:"platform"`
	Kind      string       `json:"kind"`
	Status    string       `json:"status"`
	Known     string       `json:"known"`
	Started   string       `json:"started"`
	Until     string       `json:"until"`
	Affected  int64        `json:"affected"`
	Data      []string     `json:"data"`
	Title     string       `json:"title"`
	Text      string       `json:"text"`
	DealtWith []actJSON    `json:"dealt_with"`
	Sources   []sourceJSON `json:"sources"`
}

type actJSON struct {
	Authority string `json:"authority"`
	Did       string `json:"did"`
	Date      string `json:"date"`
	Case      string `json:"case"`
}

func (c *cli) incidentJSON(i catalog.Incident) incidentJSON {
	doc := incidentJSON{
		ID: i.ID, Platform: i.Platform, Kind: string(i.Kind), Status: string(i.Status),
		Known: i.Known().Stated(), Started: i.Started.Stated(), Until: i.Ended.Stated(), Affected: i.Affected,
		Data: append([]string{}, i.Data...), Title: c.text.In(i.Title), Text: c.text.In(i.Text),
		DealtWith: []actJSON{}, Sources: sourcesJSON(i.Sources),
	}
	for _, a := range i.DealtWith {
		doc.DealtWith = append(doc.DealtWith, actJSON{c.text.In(a.Authority), a.Did, a.Date.Stated(), a.Case})
	}
	return doc
}

// printIncident tells the whole story: when it became known, what happened and
// when, what was done about it, and who says so.
func (c *cli) printIncident(i catalog.Incident) {
	t := c.text
	status := t.T("incident.status." + string(i.Status))
	c.printf("%s\n", t.T("incident.line", "date", i.Known().Words(t), "title", t.In(i.Title), "status", status))
	c.printf("   %s\n", t.In(i.Text))
	if period := i.Period(t); period != "" {
		c.printf("   %s\n", period)
	}
	for _, a := range i.DealtWith {
		c.printf("   %s\n", a.Words(t))
	}
	c.printf("   %s\n", t.T("incident.sources"))
	for _, s := range i.Sources {
		c.printf("   - %s: %s\n", s.Title, s.URL)
	}
	c.printf("   %s\n", t.T("incident.checked", "date", t.Date(i.Sources[0].Checked)))
}
