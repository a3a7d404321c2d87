package opendata

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"html"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/job"
	"unlisted/checks/text"
)

func input(t *testing.T, c *catalog.Catalog) Input {
	t.Helper()
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	return Input{
		Catalog: c, Printers: []*text.Printer{texts.Printer("en"), texts.Printer("fr")}, Serial: 7, Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC),
		Credits: []catalog.Credit{{Name: "A list", URL: "https://list.example", Licence: "MIT"}},
	}
}

func quiet(job.Progress) {}

// hostile is a set as a careless or hostile update might bring it.
const hostile = "unlisted platforms 1\n" +
	"../../evil\t=HYPERLINK(\"http://evil.example\")\t\t\t\t\ttotp\n" +
	"con.example\t<script>alert(1)</script>\t\t\t\t\ttotp\tjavascript:alert(1)\n" +
	"CON.example\t@SUM(1+1)\t\t\t\t\ttotp\n" +
	"good.example\tGood & Co\u202e\t\t\t\t\tsms totp\thttps://good.example/2fa\t\t\thttps://good.example/bye\x1eeasy\x1e-cmd@good.example\t\t\t\t\t\t\t2fa\x1e2024-05-01\n" +
	"unknown.example\tNothing known\t\t\t\t\t?\n\n"

func read(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Whatever a set holds: files stay in the folder, nothing runs in a page or a
// spreadsheet, and each document says the same.
func TestHostileSet(t *testing.T) {
	c, err := catalog.Load(fstest.MapFS{"platforms.tsv": {Data: []byte(strings.ReplaceAll(hostile, "sms totp", "sms\x1ftotp"))}}, fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	parent := t.TempDir()
	folder := filepath.Join(parent, "out")
	made, err := Write(t.Context(), folder, input(t, c), quiet)
	if err != nil || made != (Made{Platforms: 5, Pages: 4}) {
		t.Fatalf("%+v, %v", made, err)
	}
	if left, _ := os.ReadDir(parent); len(left) != 1 {
		t.Errorf("beside the folder: %v", left)
	}
	pages, _ := os.ReadDir(filepath.Join(folder, pageFolder))
	if len(pages) != 4 {
		t.Errorf("pages %v", pages)
	}
	for _, page := range pages {
		name := page.Name()
		if strings.ToLower(name) != name || strings.HasPrefix(name, "con.") || strings.HasPrefix(name, ".") {
			t.Errorf("page %q", name)
		}
		if s := read(t, folder, pageFolder, name); strings.Contains(s, "<script") || strings.Contains(s, `href="javascript`) || strings.Contains(s, "\u202e") {
			t.Errorf("%s runs or hides something:\n%s", name, s)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(read(t, folder, tableFile))).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet runs %q", cell)
			}
		}
	}
	if good := rows[4]; good[4] != "sms totp" || good[9] != "https://good.example/bye" || good[19] != "2FA Directory 2024-05" {
		t.Errorf("good.example: %q", good)
	}
	if rows[5][4] != "?" {
		t.Errorf("methods that nobody knows are %q", rows[5][4])
	}
	var doc document
	if err := json.Unmarshal([]byte(read(t, folder, jsonFile)), &doc); err != nil || len(doc.Platforms) != 5 {
		t.Fatalf("%d platforms, %v", len(doc.Platforms), err)
	}
	if doc.Platforms[3].Sources[0].Seen != "2024-05" || doc.Platforms[4].Methods != nil || doc.Platforms[0].Name != `=HYPERLINK("http://evil.example")` {
		t.Errorf("%+v", doc.Platforms)
	}
}

// The set that ships: every platform, guide and incident is there with all its
// sources, in both languages, and the index leads to every page and no other.
func TestWholeSet(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "out")
	var steps []job.Progress
	made, err := Write(t.Context(), folder, input(t, c), func(p job.Progress) { steps = append(steps, p) })
	if err != nil {
		t.Fatal(err)
	}
	if n := len(steps); n != made.Pages || steps[n-1].Done != steps[n-1].Total || steps[0].Done != 1 {
		t.Errorf("%d steps for %d pages", n, made.Pages)
	}
	var doc document
	if err := json.Unmarshal([]byte(read(t, folder, jsonFile)), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Platforms) != c.Len() || len(doc.Incidents) != len(c.AllIncidents()) || doc.Serial != 7 {
		t.Errorf("%d of %d platforms, %d incidents", len(doc.Platforms), c.Len(), len(doc.Incidents))
	}
	index := read(t, folder, indexFile)
	linked := map[string]bool{}
	for _, m := range regexp.MustCompile(`href="(platforms/[^"]+)"`).FindAllStringSubmatch(index, -1) {
		linked[m[1]] = true
	}
	if len(linked) != made.Pages {
		t.Errorf("the index has %d of %d pages", len(linked), made.Pages)
	}
	guides := 0
	for _, p := range doc.Platforms {
		if p.Guide == nil {
			continue
		}
		guides++
		if !linked["platforms/"+p.ID+".html"] {
			t.Errorf("%s has a guide and no page", p.ID)
			continue
		}
		page := html.UnescapeString(read(t, folder, pageFolder, p.ID+".html"))
		if !strings.Contains(page, `<article id="en"`) || !strings.Contains(page, `<article id="fr"`) || strings.Contains(page, "<script") {
			t.Errorf("%s: not in both languages, or with a script", p.ID)
		}
		for _, s := range p.Guide.Steps {
			for _, src := range s.Sources {
				if strings.Count(page, src.Quote) < 2 || !strings.Contains(page, src.Name) {
					t.Errorf("%s: the page does not show %+v", p.ID, src)
				}
			}
		}
	}
	if guides != made.Guides || guides == 0 {
		t.Errorf("%d of %d guides", guides, made.Guides)
	}
	for _, i := range doc.Incidents {
		if i.Known == "" || len(i.Sources) == 0 || i.Sources[0].Name == "" || i.Sources[0].Seen == "" || i.Title["fr"] == "" {
			t.Errorf("%+v", i)
		}
	}
}

func tiny(t *testing.T) Input {
	t.Helper()
	c, err := catalog.Load(fstest.MapFS{"platforms.tsv": {Data: []byte("unlisted platforms 1\na.example\tA\t\t\t\t\ttotp\nb.example\tB\t\t\t\t\ttotp\n\n")}}, fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return input(t, c)
}

// tree is every file below a folder with what is in it.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			out[path] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Only a new place, an empty folder or an export with nothing added is written;
// everything else stays as it is.
func TestOnlyItsOwnFolder(t *testing.T) {
	for name, prepare := range map[string]func(folder string) error{
		"a foreign file": func(f string) error {
			return errors.Join(os.Mkdir(f, 0o700), os.WriteFile(filepath.Join(f, "letter.txt"), []byte("mine"), 0o600))
		},
		"a file of an export's name": func(f string) error {
			return errors.Join(os.Mkdir(f, 0o700), os.WriteFile(filepath.Join(f, indexFile), []byte("my site"), 0o600))
		},
		"a readme of another": func(f string) error {
			return errors.Join(os.Mkdir(f, 0o700), os.WriteFile(filepath.Join(f, readmeFile), []byte("Other data\n"), 0o600))
		},
		"a file": func(f string) error { return os.WriteFile(f, []byte("mine"), 0o600) },
		"a link": func(f string) error { return os.Symlink(t.TempDir(), f) },
		"an export and more": func(f string) error {
			_, err := Write(t.Context(), f, tiny(t), quiet)
			return errors.Join(err, os.WriteFile(filepath.Join(f, "notes.txt"), []byte("mine"), 0o600))
		},
		"a page added by hand": func(f string) error {
			_, err := Write(t.Context(), f, tiny(t), quiet)
			return errors.Join(err, os.WriteFile(filepath.Join(f, pageFolder, "notes.txt"), []byte("mine"), 0o600))
		},
	} {
		parent := t.TempDir()
		folder := filepath.Join(parent, "out")
		if err := prepare(folder); err != nil {
			t.Fatal(err)
		}
		before := tree(t, parent)
		if _, err := Write(t.Context(), folder, tiny(t), quiet); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
		if !maps.Equal(before, tree(t, parent)) {
			t.Errorf("%s: something was changed", name)
		}
	}
	if _, err := Write(t.Context(), filepath.Join(t.TempDir(), "no", "such", "place"), tiny(t), quiet); !errors.Is(err, ErrWrite) {
		t.Errorf("a place that is not there: %v", err)
	}
}

// An earlier export is replaced whole; one that is stopped changes nothing.
func TestReplacedWholeOrNotAtAll(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "out")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(t.Context(), folder, tiny(t), quiet); err != nil {
		t.Fatal(err)
	}
	before := tree(t, parent)
	in := tiny(t)
	in.Serial = 8
	ctx, stop := context.WithCancel(t.Context())
	if _, err := Write(ctx, folder, in, func(job.Progress) { stop() }); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if !maps.Equal(before, tree(t, parent)) {
		t.Error("an export that was stopped changed something")
	}
	if _, err := Write(t.Context(), folder, in, quiet); err != nil {
		t.Fatal(err)
	}
	after := tree(t, parent)
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) || maps.Equal(before, after) {
		t.Errorf("not replaced: %q", slices.Sorted(maps.Keys(after)))
	}
}

// Every id gives a name that is one on every system, and its own.
func TestFileNames(t *testing.T) {
	var list []*catalog.Platform
	ids := []string{"x.com", "con.com", "nul", "a/b", `a\b`, "a:b", "..", ".", "", "ü.example", "A.example", "a.example", strings.Repeat("long.", 60) + "example", strings.Repeat("long.", 60) + "other", "com1.net", "trailing.", "a b", "a\x00b"}
	for _, id := range ids {
		list = append(list, &catalog.Platform{ID: id})
	}
	names, taken := fileNames(list), map[string]string{}
	for _, id := range ids {
		name := names[id]
		if other := taken[strings.ToLower(name)]; other != "" {
			t.Errorf("%q and %q are both %s", id, other, name)
		}
		taken[strings.ToLower(name)] = id + "?"
		if !regexp.MustCompile(`^[a-z0-9_-][a-z0-9._-]*\.html$`).MatchString(name) || len(name) > 120 || slices.Contains(reserved, strings.SplitN(name, ".", 2)[0]) {
			t.Errorf("%q is written as %q", id, name)
		}
	}
	if names["x.com"] != "x.com.html" {
		t.Errorf("x.com is written as %q", names["x.com"])
	}
}
