package main

import (
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
)

// leakJSON is a leak in the form of the command-line contract.
type leakJSON struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Date      string   `json:"date"` // "" where nobody says
	Data      []string `json:"data"`
	Certainty string   `json:"certainty"`
	Account   string   `json:"account"` // platform of the person's account there, or ""
}

func leakOf(n breach.Named) leakJSON {
	j := leakJSON{
		ID: n.ID, Title: n.Title, Data: append([]string{}, n.Data...), Certainty: string(n.Certainty), Account: n.Account,
	}
	if !n.Date.IsZero() {
		j.Date = n.Date.UTC().Format(time.DateOnly)
	}
	return j
}

// resultJSON is one identifier at one source. A time that is not known is null.
type resultJSON struct {
	Identifier identifier.Identifier `json:"identifier"`
	Source     string                `json:"source"`
	State      breach.Outcome        `json:"state"`
	CheckedAt  *string               `json:"checked_at"`
	RetryAt    *string               `json:"retry_at"`
	Limits     []string              `json:"limits"` // what this source cannot know
	Leaks      []leakJSON            `json:"leaks"`
}

// checkJSON is the document of a check: every answer, and the leaks they add up
// to, each once.
type checkJSON struct {
	Results []resultJSON `json:"results"`
	Leaks   []leakJSON   `json:"leaks"`
}

func (c *cli) checked(results []breach.Result) checkJSON {
	all := overview.Leaks(results, c.overview(), c.catalog, c.breaches)
	doc := checkJSON{Results: []resultJSON{}, Leaks: []leakJSON{}}
	for _, r := range results {
		j := resultJSON{
			Identifier: r.Identifier, Source: r.Source, State: r.Outcome, RetryAt: moment(r.RetryAt),
			Limits: []string{c.text.T("source." + r.Source + ".cannot")}, Leaks: []leakJSON{},
		}
		if r.Outcome != breach.NotChecked {
			j.CheckedAt = moment(r.At)
		}
		if r.Outcome == breach.Partial {
			j.Limits = append(j.Limits, c.text.T("outcome.partial.means"))
		}
		for _, n := range overview.LeaksOf(r, all, c.breaches) {
			j.Leaks = append(j.Leaks, leakOf(n))
		}
		doc.Results = append(doc.Results, j)
	}
	for _, n := range all {
		doc.Leaks = append(doc.Leaks, leakOf(n))
	}
	return doc
}

func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(time.RFC3339)
	return &s
}
