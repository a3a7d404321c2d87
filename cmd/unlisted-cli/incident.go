package main

import (
	"unlisted/checks/catalog"
	"unlisted/checks/overview"
)

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

// concernJSON is an incident at a platform of the person's, with what their own
// dates say of it.
type concernJSON struct {
	incidentJSON
	Account string `json:"account"`
	Had     string `json:"had_account"`
	Number  string `json:"had_number"` // "" where no number was concerned or none is held
}

func (c *cli) concernsJSON() []concernJSON {
	out := []concernJSON{}
	for _, x := range c.overview().Incidents {
		out = append(out, concernJSON{c.incidentJSON(x.Incident), x.Account, string(x.Had), string(x.Number)})
	}
	return out
}

// printConcerns tells the incidents at the person's platforms, and what each
// means for them.
func (c *cli) printConcerns() {
	list := c.overview().Incidents
	if len(list) == 0 {
		return
	}
	c.printf("\n%s\n", c.text.N("check.incidents", len(list)))
	for _, x := range list {
		c.printf("\n%s\n", c.name(x.Account))
		c.printIncident(x.Incident)
		c.printf("   %s\n", c.concerns(x))
	}
	c.printf("\n%s\n", c.text.T("check.incidents.why"))
}

// concerns says what an incident means for the person: for the number where it was
// concerned, else for the account.
func (c *cli) concerns(x overview.Concern) string {
	if x.Number != "" {
		return c.text.T("incident.number." + string(x.Number))
	}
	return c.text.T("incident.had." + string(x.Had))
}
