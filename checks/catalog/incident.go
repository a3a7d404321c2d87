package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"time"

	"unlisted/checks/datafile"
	"unlisted/checks/text"
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
	StatusConfirmed IncidentStatus = "confirmed" // an authority, a court, the company itself or two newspapers say so
	StatusReported  IncidentStatus = "reported"  // by weaker sources only
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
	DealtWith []Act    // what authorities did about it
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

// Act is what an authority did about an incident.
type Act struct {
	Authority map[string]string // its name, by language
	Did       string            // see acts
	Date      Day               // zero where unknown
	Case      string            // the authority's own number, or ""
}

// acts are what an authority may have done; "incident.did.<act>" is the sentence.
var acts = []string{"fine", "order", "settlement", "inquiry", "notified"}

// Words writes an act for a person.
func (a Act) Words(t *text.Printer) string {
	parts := []string{t.T("incident.did."+a.Did, "name", t.In(a.Authority))}
	if !a.Date.IsZero() {
		parts = append(parts, a.Date.Words(t))
	}
	if a.Case != "" {
		parts = append(parts, a.Case)
	}
	return strings.Join(parts, " · ")
}

// Words writes a date as exactly as it is known: a year, a month or a day; ""
// where it is not.
func (d Day) Words(t *text.Printer) string {
	switch {
	case d.IsZero():
		return ""
	case d.First.Equal(d.Last):
		return t.Date(d.First)
	case d.Last.Before(d.First.AddDate(0, 1, 0)):
		return t.Month(d.First)
	}
	return d.First.Format("2006")
}

// Stated writes a date as data: YYYY, YYYY-MM or YYYY-MM-DD; "" where unknown.
func (d Day) Stated() string {
	switch {
	case d.IsZero():
		return ""
	case d.First.Equal(d.Last):
		return d.First.Format(time.DateOnly)
	case d.Last.Before(d.First.AddDate(0, 1, 0)):
		return d.First.Format("2006-01")
	}
	return d.First.Format("2006")
}

// Known is when the incident became known, which is what it is listed under; for
// want of that, when it was over or began.
func (i Incident) Known() Day {
	for _, d := range []Day{i.Disclosed, i.Ended} {
		if !d.IsZero() {
			return d
		}
	}
	return i.Started
}

// Period says when it happened; "" where that is not known.
func (i Incident) Period(t *text.Printer) string {
	from, to := i.Started.Words(t), i.Ended.Words(t)
	switch {
	case from == "" && to == "":
		return ""
	case from == "":
		return t.T("incident.period.until", "to", to)
	case to == "":
		return t.T("incident.period.since", "from", from)
	case from == to:
		return t.T("incident.period.at", "date", from)
	}
	return t.T("incident.period.from", "from", from, "to", to)
}

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
	Publishers  []publisher `json:"publishers"`
	Authorities []struct {
		ID   string            `json:"id"`
		Name map[string]string `json:"name"`
	} `json:"authorities"`
	Incidents []incidentRecord `json:"incidents"`
}

type incidentRecord struct {
	ID        string            `json:"id"`
	Platform  string            `json:"platform"`
	Kind      IncidentKind      `json:"kind"`
	Status    IncidentStatus    `json:"status"`
	Started   string            `json:"started"`
	Ended     string            `json:"ended"`
	Disclosed string            `json:"disclosed"`
	Affected  int64             `json:"affected"`
	Data      []string          `json:"data"`
	DealtWith []actRecord       `json:"dealt_with"`
	Carrier   bool              `json:"carrier"`
	Title     map[string]string `json:"title"`
	Text      map[string]string `json:"text"`
	Sources   []string          `json:"sources"`
	Checked   string            `json:"checked"`
}

type actRecord struct {
	By   string `json:"by"`
	Did  string `json:"did"`
	Date string `json:"date"`
	Case string `json:"case"`
}

// publisher is who speaks at an address. Its class is what the word confirmed
// rests on: "authority", "court" and "company" speak of what they did
// themselves, "press" are newsrooms with editors, "other" is everybody else.
type publisher struct {
	At    string `json:"at"` // host, perhaps with the beginning of a path
	Name  string `json:"name"`
	Class string `json:"class"`
}

// publisherClasses are the classes of publisher as those of sources.
var publisherClasses = map[string]Class{
	"authority": ClassAuthority, "court": ClassAuthority, "company": ClassOfficial, "press": ClassPress, "other": ClassOther,
}

// firstHand reports a publisher that speaks of what it did itself.
func (p publisher) firstHand() bool {
	return slices.Contains([]string{"authority", "court", "company"}, p.Class)
}

// publisherOf finds who speaks at an address: the longest entry that fits.
func publisherOf(list []publisher, address string) (best publisher) {
	u, err := url.Parse(address)
	if err != nil {
		return best
	}
	for _, p := range list {
		host, path, _ := strings.Cut(p.At, "/")
		there := u.Host == host || strings.HasSuffix(u.Host, "."+host)
		below := path == "" || strings.HasPrefix(u.Path+"/", "/"+path+"/")
		if there && below && len(p.At) > len(best.At) {
			best = p
		}
	}
	return best
}

// deserves reports whether sources bear out that an incident is confirmed: one
// that speaks first hand, or two newspapers.
func deserves(sources []publisher) bool {
	press := map[string]bool{}
	for _, p := range sources {
		if p.firstHand() {
			return true
		}
		if p.Class == "press" {
			press[p.Name] = true
		}
	}
	return len(press) >= 2
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
	if err := f.checkNames(); err != nil {
		return nil, fmt.Errorf("incidents.json: %w", err)
	}
	out := make([]Incident, 0, len(f.Incidents))
	seen := map[string]bool{}
	for _, r := range f.Incidents {
		i, err := f.incident(r)
		if err == nil && seen[r.ID] {
			err = errors.New("an incident needs an id of its own")
		}
		if err != nil {
			return nil, fmt.Errorf("incidents.json: line %d: %s: %w", lineOf(raw, r.ID), r.ID, err)
		}
		seen[r.ID] = true
		out = append(out, i)
	}
	return out, nil
}

// checkNames reads the tables that incidents refer to.
func (f *incidentFile) checkNames() error {
	for _, p := range f.Publishers {
		if p.At == "" || p.Name == "" || publisherClasses[p.Class] == "" {
			return fmt.Errorf("publisher %q: it needs an address, a name and a class", p.At)
		}
	}
	for _, a := range f.Authorities {
		if a.ID == "" || !said(a.Name) {
			return fmt.Errorf("authority %q: it needs an id and its name in English", a.ID)
		}
	}
	return nil
}

func (f *incidentFile) incident(r incidentRecord) (Incident, error) {
	i := Incident{
		ID: r.ID, Platform: r.Platform, Kind: r.Kind, Status: r.Status, Affected: r.Affected, Data: r.Data, Carrier: r.Carrier,
		Title: r.Title, Text: r.Text,
	}
	switch {
	case r.ID == "" || r.Platform == "":
		return i, errors.New("an incident needs an id and a platform")
	case !slices.Contains([]IncidentKind{KindMisuse, KindExposure, KindBreach}, r.Kind):
		return i, errors.New("unknown kind")
	case !slices.Contains([]IncidentStatus{StatusConfirmed, StatusReported, StatusDisputed}, r.Status):
		return i, errors.New("unknown status")
	case !said(r.Title) || !said(r.Text):
		return i, errors.New("title and text need English")
	}
	for to, s := range map[*Day]string{&i.Started: r.Started, &i.Ended: r.Ended, &i.Disclosed: r.Disclosed} {
		if *to = span(s); s != "" && to.IsZero() {
			return i, fmt.Errorf("date %s", s)
		}
	}
	if i.Known().IsZero() {
		return i, errors.New("no date at all")
	}
	var err error
	if i.DealtWith, err = f.acts(r.DealtWith); err != nil {
		return i, err
	}
	i.Sources, err = f.sources(r)
	return i, err
}

func (f *incidentFile) acts(in []actRecord) ([]Act, error) {
	var out []Act
	for _, r := range in {
		act := Act{Did: r.Did, Date: span(r.Date), Case: r.Case}
		for _, a := range f.Authorities {
			if a.ID == r.By {
				act.Authority = a.Name
			}
		}
		if act.Authority == nil || !slices.Contains(acts, r.Did) || r.Date != "" && act.Date.IsZero() {
			return nil, fmt.Errorf("dealt_with %q, %q, %q: unknown authority, act or date", r.By, r.Did, r.Date)
		}
		out = append(out, act)
	}
	return out, nil
}

// sources names who speaks, and refuses the word confirmed where nobody does
// whose word it takes.
func (f *incidentFile) sources(r incidentRecord) ([]SourceRef, error) {
	checked := statedDate(r.Checked)
	if len(r.Sources) == 0 || checked.IsZero() {
		return nil, errors.New("an incident needs a source and the day it was checked")
	}
	var refs []SourceRef
	var speakers []publisher
	for _, s := range r.Sources {
		p := publisherOf(f.Publishers, s)
		if s == "" || !https(s) || p.Name == "" {
			return nil, fmt.Errorf("source %s: no https address, or of no known publisher", s)
		}
		class := publisherClasses[p.Class]
		ref := SourceRef{URL: s, Title: p.Name, Checked: checked, Class: class, Confidence: class.confidence()}
		refs, speakers = append(refs, ref), append(speakers, p)
	}
	if r.Status == StatusConfirmed && !deserves(speakers) {
		return nil, errors.New("status: confirmed needs an authority, a court, the company or two newspapers")
	}
	return refs, nil
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
