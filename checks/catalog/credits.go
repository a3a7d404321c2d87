package catalog

import (
	"encoding/json"
	"io/fs"
)

// Credit names a source of embedded data and its terms.
type Credit struct {
	Name    string `json:"name"`
	URL     string `json:"url"`
	Licence string `json:"licence"`
	File    string `json:"file,omitempty"`    // the licence text in the same folder
	Changed string `json:"changed,omitempty"` // what was changed, where the licence asks to say so
}

// Credits reads who made the embedded data, from licences/credits.json.
func Credits(licences fs.FS) ([]Credit, error) {
	b, err := fs.ReadFile(licences, "credits.json")
	if err != nil {
		return nil, err
	}
	var c []Credit
	return c, json.Unmarshal(b, &c)
}
