package report_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/ui/kit"
	"unlisted/ui/report"
)

// window is what the page needs; once its thread has gone on, nothing may be
// asked of it.
type window struct {
	*testing.T
	gone     bool
	profile  *profile.Profile
	catalog  *catalog.Catalog
	breaches *breach.Catalogue
	went     string
	name     string
	write    func(io.Writer) error
	redrawn  int
}

func (w *window) here() {
	if w.gone {
		w.Error("the window is asked away from its thread")
	}
}

func (w *window) Profile() *profile.Profile { w.here(); return w.profile }
func (w *window) Overview() overview.Overview {
	w.here()
	return overview.Of(w.profile, w.catalog, w.breaches)
}
func (w *window) Catalog() *catalog.Catalog   { w.here(); return w.catalog }
func (w *window) Breaches() *breach.Catalogue { w.here(); return w.breaches }
func (w *window) Credits() []catalog.Credit   { w.here(); return nil }
func (w *window) Version() string             { w.here(); return "1.0" }
func (w *window) Now() time.Time              { w.here(); return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
func (w *window) Go(page, _ string)           { w.went = page }
func (w *window) Redraw()                     { w.redrawn++ }
func (w *window) Save(name string, write func(io.Writer) error) {
	w.name, w.write = name, write
}

// A file is made of what the window knew when its button was pressed, masked
// unless the person wants it whole, and the window is not asked while it is
// written.
func TestFilesAreWrittenAside(t *testing.T) {
	test.NewTempApp(t)
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	w := &window{T: t, profile: &profile.Profile{}}
	pat := identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@mail.example"}
	w.profile.Identifiers = []profile.Own{{ID: pat}}
	w.profile.Claims = []account.Claim{{Platform: "adobe.com", Identifiers: []identifier.Identifier{pat}}}
	if w.catalog, err = catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts")); err != nil {
		t.Fatal(err)
	}
	if w.breaches, err = breach.LoadCatalogue(assets.Sub("breaches")); err != nil {
		t.Fatal(err)
	}
	k := kit.New(texts.Printer("en"), kit.Look{}, theme.VariantLight)
	page := report.New(w)
	written := func(button string) string {
		t.Helper()
		w.gone = false
		page.Build(k.Begin("page", nil), "")
		if !k.Press(button) {
			t.Fatalf("no %s", button)
		}
		w.gone = true
		var b bytes.Buffer
		if err := w.write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for button, name := range map[string]string{"Report (HTML)": "unlisted-report.html", "CSV": "unlisted-report.csv", "JSON": "unlisted-report.json"} {
		file := written(button)
		if w.name != name || !strings.Contains(file, "Adobe") || strings.Contains(file, "pat@mail.example") {
			t.Errorf("%s: %s, %d bytes", button, w.name, len(file))
		}
	}
	w.gone = false
	page.Build(k.Begin("page", nil), "")
	k.Press("Mask addresses and numbers")
	if file := written("CSV"); !strings.Contains(file, "pat@mail.example") || w.redrawn == 0 {
		t.Error("masked all the same")
	}
	w.gone = false
	page.Build(k.Begin("page", nil), "")
	if !k.Press("1 account") || w.went != "find" {
		t.Errorf("went to %q", w.went)
	}
}
