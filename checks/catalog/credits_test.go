package catalog_test

import (
	"io/fs"
	"testing"

	"unlisted/assets"
	"unlisted/checks/catalog"
)

func TestCreditsShipTheirLicences(t *testing.T) {
	dir := assets.Sub("licences")
	credits, err := catalog.Credits(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range credits {
		if c.Name == "" || c.URL == "" || c.Licence == "" {
			t.Errorf("incomplete credit %+v", c)
		}
		if c.File == "" {
			continue
		}
		if b, err := fs.ReadFile(dir, c.File); err != nil || len(b) < 100 {
			t.Errorf("%s: licence text missing: %v", c.Name, err)
		}
	}
}
