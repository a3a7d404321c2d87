package catalog

import (
	"fmt"
	"io/fs"
	"time"

	"unlisted/checks/datafile"
)

// Advice is one thing to do about the number itself, with the phone company.
type Advice struct {
	ID         string
	Title      map[string]string // language -> text; English always
	Text       map[string]string
	Sources    []SourceRef
	Confidence string // weakest of its sources; "unverified" is put as a question
}

// Carriers is what protects the number itself: for everybody, and by country
// (ISO 3166-1).
type Carriers struct {
	Reviewed  time.Time
	General   []Advice
	Countries map[string][]Advice
}

type adviceFile struct {
	ID      string            `json:"id"`
	Title   map[string]string `json:"title"`
	Text    map[string]string `json:"text"`
	Sources []sourceFile      `json:"sources"`
}

func loadCarriers(facts fs.FS) (Carriers, error) {
	const name = "carriers.json"
	var f struct {
		Reviewed  string                  `json:"reviewed"`
		General   []adviceFile            `json:"general"`
		Countries map[string][]adviceFile `json:"countries"`
	}
	raw, err := fs.ReadFile(facts, name)
	if err != nil {
		return Carriers{}, err
	}
	if err := datafile.Decode(name, raw, &f); err != nil {
		return Carriers{}, err
	}
	out := Carriers{Reviewed: statedDate(f.Reviewed), Countries: map[string][]Advice{}}
	if out.Reviewed.IsZero() {
		return out, fmt.Errorf("%s: the day of the review is missing", name)
	}
	seen := map[string]bool{}
	if out.General, err = advice(name, raw, f.General, seen); err != nil {
		return out, err
	}
	for country, list := range f.Countries {
		if out.Countries[country], err = advice(name, raw, list, seen); err != nil {
			return out, err
		}
	}
	return out, nil
}

func advice(file string, raw []byte, in []adviceFile, seen map[string]bool) ([]Advice, error) {
	var out []Advice
	for _, a := range in {
		if a.ID == "" || seen[a.ID] || !said(a.Title) || !said(a.Text) {
			return nil, fmt.Errorf(
				"%s: line %d: %q: an advice needs an id of its own, a title and a text in English",
				file,
				lineOf(raw, a.ID),
				a.ID,
			)
		}
		seen[a.ID] = true
		refs, weakest, err := sourcesOf(a.Sources)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %s: %w", file, lineOf(raw, a.ID), a.ID, err)
		}
		out = append(out, Advice{a.ID, a.Title, a.Text, refs, weakest})
	}
	return out, nil
}
