package opendata

import (
	"encoding/json"
	"io"
	"time"

	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// format names the form of the document; a change that readers must know of
// raises its number.
const format = "unlisted open data 1"

// licence is that of the facts this project wrote itself.
const licence = "https://creativecommons.org/publicdomain/zero/1.0/"

type document struct {
	Format    string           `json:"format"`
	Made      string           `json:"made"`    // day
	Serial    int64            `json:"serial"`  // of the set of data
	Licence   string           `json:"licence"` // of the facts written by the project; those of public lists keep their own
	Credits   []catalog.Credit `json:"credits"`
	Platforms []platformDoc    `json:"platforms"`
	Incidents []incidentDoc    `json:"incidents"`
}

// words are a text by language.
type words map[string]string

type sourceDoc struct {
	Name    string `json:"name"`
	URL     string `json:"url,omitempty"`
	Seen    string `json:"seen,omitempty"` // day; of a public list the month in which its record last changed
	Recheck string `json:"recheck,omitempty"`
	Class   string `json:"class,omitempty"`
	Quote   string `json:"quote,omitempty"`
}

type platformDoc struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Domains     []string          `json:"domains"`
	Aliases     []string          `json:"aliases,omitempty"`
	Categories  []string          `json:"categories,omitempty"`
	Regions     []string          `json:"regions,omitempty"`
	Methods     []string          `json:"methods"` // null where nothing is known, [] where there are none
	NumberIsID  bool              `json:"number_is_account,omitempty"`
	Exit        string            `json:"exit_rating"`
	ExitSources []sourceDoc       `json:"exit_sources,omitempty"`
	Links       map[string]string `json:"links,omitempty"`
	Contact     map[string]string `json:"privacy_contact,omitempty"`
	Passkey     map[string]string `json:"passkey,omitempty"`
	Guide       *guideDoc         `json:"guide,omitempty"`
	Sources     []sourceDoc       `json:"sources"`
}

type incidentDoc struct {
	ID        string      `json:"id"`
	Platform  string      `json:"platform"`
	Kind      string      `json:"kind"`
	Status    string      `json:"status"`
	Known     string      `json:"known"`
	Started   string      `json:"started,omitempty"`
	Ended     string      `json:"ended,omitempty"`
	Affected  int64       `json:"affected,omitempty"`
	Data      []string    `json:"data"`
	Title     words       `json:"title"`
	Text      words       `json:"text"`
	DealtWith []actDoc    `json:"dealt_with,omitempty"`
	Sources   []sourceDoc `json:"sources"`
}

type actDoc struct {
	Authority words  `json:"authority"`
	Did       string `json:"did"`
	Date      string `json:"date,omitempty"`
	Case      string `json:"case,omitempty"`
}

// document writes everything as one JSON document.
func (in Input) document(w io.Writer) error {
	doc := document{
		Format: format, Made: in.Now.Format(time.DateOnly), Serial: in.Serial, Licence: licence, Credits: in.Credits,
		Platforms: []platformDoc{}, Incidents: []incidentDoc{},
	}
	for i := range in.Catalog.Len() {
		p := in.Catalog.At(i)
		doc.Platforms = append(doc.Platforms, in.platformDoc(p))
	}
	for _, x := range in.Catalog.AllIncidents() {
		doc.Incidents = append(doc.Incidents, in.incidentDoc(x))
	}
	b, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text.JSON(b), '\n'))
	return err
}

func (in Input) platformDoc(p *catalog.Platform) platformDoc {
	doc := platformDoc{
		ID: p.ID, Name: p.Name, Domains: p.Domains, Aliases: p.Aliases, Categories: p.Categories, Regions: p.Regions,
		NumberIsID: p.NumberIsID, Exit: string(p.Exit), ExitSources: in.sources(p.ExitSources), Sources: in.sources(p.Sources),
		Links: filled(map[string]string{
			"second_factor": p.TwoFactorDoc, "recovery": p.RecoveryDoc, "passkey": p.Passkey.Manage, "change_password": p.ChangePassURL,
			"delete": p.Delete.URL, "delete_mail": p.Delete.Email, "delete_difficulty": p.Delete.Difficulty,
			"get_data": p.GetData.URL, "get_data_mail": p.GetData.Email, "get_data_difficulty": p.GetData.Difficulty,
		}),
		Contact: filled(map[string]string{
			"name": p.Contact.Name, "email": p.Contact.Email, "form": p.Contact.Webform, "address": p.Contact.Address,
		}),
		Passkey: filled(
			map[string]string{
				"passwordless":  p.Passkey.Passwordless,
				"second_factor": p.Passkey.MFA,
				"tested":        p.Passkey.Tested,
			},
		),
		Guide: in.guideDoc(p.Guide),
	}
	if p.MethodsKnown {
		doc.Methods = append([]string{}, p.Methods...)
	}
	return doc
}

func (in Input) incidentDoc(i catalog.Incident) incidentDoc {
	platform := i.Platform
	if id, _, known := in.Catalog.Resolve(platform); known {
		platform = id
	}
	doc := incidentDoc{
		ID: i.ID, Platform: platform, Kind: string(i.Kind), Status: string(i.Status), Known: i.Known().Stated(),
		Started: i.Started.Stated(), Ended: i.Ended.Stated(), Affected: i.Affected, Data: append([]string{}, i.Data...),
		Title: i.Title, Text: i.Text, Sources: in.sources(i.Sources),
	}
	for _, a := range i.DealtWith {
		doc.DealtWith = append(doc.DealtWith, actDoc{a.Authority, a.Did, a.Date.Stated(), a.Case})
	}
	return doc
}

// sources gives each source a name in the first language.
func (in Input) sources(refs []catalog.SourceRef) []sourceDoc {
	out := []sourceDoc{}
	for _, r := range refs {
		seen := day(r.Checked)
		if r.URL == "" && seen != "" {
			seen = r.Checked.Format("2006-01")
		}
		out = append(out, sourceDoc{
			Name: r.Name(
				in.Printers[0],
			), URL: r.URL, Seen: seen, Recheck: day(r.Recheck), Class: string(r.Class), Quote: r.Quote,
		})
	}
	return out
}

// day writes a day, or nothing for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// filled leaves out what is empty.
func filled(m map[string]string) map[string]string {
	for k, v := range m {
		if v == "" {
			delete(m, k)
		}
	}
	return m
}
