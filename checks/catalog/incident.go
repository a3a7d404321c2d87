package catalog

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"unlisted/checks/datafile"
)

// IncidentKind says who did what.
type IncidentKind string

// The kinds of incident.
const (
	KindMisuse   IncidentKind = "misuse"   // the platform used the data for another purpose
	KindExposure IncidentKind = "exposure" // a flaw, bulk copying, an open store
	KindBreach   IncidentKind = "breach"   // an intrusion
)

// IncidentStatus says how sure an incident is. Nothing else is shipped.
type IncidentStatus string

// The degrees of certainty.
const (
	StatusConfirmed IncidentStatus = "confirmed" // a regulator, a court or the company itself says so
	StatusReported  IncidentStatus = "reported"  // press or research only
	StatusDisputed  IncidentStatus = "disputed"  // the company denies, or the origin is uncertain
)

// Incident is a documented misuse, exposure or breach of contact data.
type Incident struct {
	ID        string
	Platform  string // domain
	Kind      IncidentKind
	Status    IncidentStatus
	Started   Day // when it began; zero where unknown
	Ended     Day // when it was over; zero where unknown
	Disclosed Day
	Affected  int64    // people or records, as Text says; 0 where unknown
	Data      []string // "phone", "email", "password", "other"
	Regulator string   // as it is called; a proper name, not translated
	Carrier   bool     // a phone company: a stolen number follows more easily
	Title     map[string]string
	Text      map[string]string
	Sources   []SourceRef
}

// Day is a date of known precision: a year, a month or a day.
type Day struct {
	First time.Time // first moment it may mean
	Last  time.Time // last day it may mean
}

// IsZero reports whether the date is unknown.
func (d Day) IsZero() bool { return d.First.IsZero() }

// Until is the last day on which data given to the platform may be concerned:
// the end, or where that is unknown the disclosure.
func (i Incident) Until() time.Time {
	if !i.Ended.IsZero() {
		return i.Ended.Last
	}
	return i.Disclosed.Last
}

// incidentFile is incidents.json: readable and writable by hand.
type incidentFile struct {
	Incidents []struct {
		ID        string            `json:"id"`
		Platform  string            `json:"platform"`
		Kind      IncidentKind      `json:"kind"`
		Status    IncidentStatus    `json:"status"`
		Started   string            `json:"started"`
		Ended     string            `json:"ended"`
		Disclosed string            `json:"disclosed"`
		Affected  int64             `json:"affected"`
		Data      []string          `json:"data"`
		Regulator string            `json:"regulator"`
		Carrier   bool              `json:"carrier"`
		Title     map[string]string `json:"title"`
		Text      map[string]string `json:"text"`
		Sources   []string          `json:"sources"`
		Checked   string            `json:"checked"`
	} `json:"incidents"`
}

// LoadIncidents reads incidents.json and refuses the whole set over one mistake:
// a wrong accusation is worse than none.
func LoadIncidents(fsys fs.FS) ([]Incident, error) {
	raw, err := fs.ReadFile(fsys, "incidents.json")
	if err != nil {
		return nil, err
	}
	var f incidentFile
	if err := datafile.Decode("incidents.json", raw, &f); err != nil {
		return nil, err
	}
	out := make([]Incident, 0, len(f.Incidents))
	seen := map[string]bool{}
	for _, r := range f.Incidents {
		fail := func(what string) error {
			return fmt.Errorf("incidents.json: line %d: %s: %s", lineOf(raw, r.ID), r.ID, what)
		}
		checked := statedDate(r.Checked)
		switch {
		case r.ID == "" || r.Platform == "" || seen[r.ID]:
			return nil, fail("an incident needs an id of its own and a platform")
		case !slices.Contains([]IncidentKind{KindMisuse, KindExposure, KindBreach}, r.Kind):
			return nil, fail("unknown kind")
		case !slices.Contains([]IncidentStatus{StatusConfirmed, StatusReported, StatusDisputed}, r.Status):
			return nil, fail("unknown status")
		case !said(r.Title) || !said(r.Text):
			return nil, fail("title and text need English")
		case len(r.Sources) == 0 || checked.IsZero():
			return nil, fail("an incident needs a source and the day it was checked")
		}
		seen[r.ID] = true
		i := Incident{
			ID: r.ID, Platform: r.Platform, Kind: r.Kind, Status: r.Status, Affected: r.Affected, Data: r.Data, Regulator: r.Regulator, Carrier: r.Carrier,
			Title: r.Title, Text: r.Text,
		}
		for to, s := range map[*Day]string{&i.Started: r.Started, &i.Ended: r.Ended, &i.Disclosed: r.Disclosed} {
			if *to = span(s); s != "" && to.IsZero() {
				return nil, fail("date " + s)
			}
		}
		for _, s := range r.Sources {
			if s == "" || !https(s) {
				return nil, fail("source " + s)
			}
			i.Sources = append(i.Sources, SourceRef{URL: s, Checked: checked})
		}
		out = append(out, i)
	}
	return out, nil
}

// span reads YYYY, YYYY-MM or YYYY-MM-DD as all the days it may mean.
func span(s string) Day {
	t := statedDate(s)
	switch len(s) {
	case 4:
		return Day{t, t.AddDate(1, 0, -1)}
	case 7:
		return Day{t, t.AddDate(0, 1, -1)}
	}
	return Day{t, t}
}
