package archive_test

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/archive"
	. "unlisted/checks/evidence/evidencetest"
)

// scanned scans with the importers of services alone.
func scanned(t testing.TB, path string) evidence.Report {
	t.Helper()
	r, err := evidence.Scan(context.Background(), []string{path}, evidence.Options{Importers: archive.Services(), Region: "FR"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// everyForm scans an archive as zip, as folder and below a root folder, which
// must all show the same.
func everyForm(t *testing.T, files map[string]string, want, problems []string) {
	t.Helper()
	rooted := map[string]string{"__MACOSX/._x": "noise"}
	for n, c := range files {
		rooted["export 2024-05-01/"+n] = c
	}
	want = slices.Sorted(slices.Values(want))
	for _, path := range []string{Write(t, "export.zip", string(Zip(t, files))), Folder(t, files), Write(t, "rooted.zip", string(Zip(t, rooted)))} {
		r := scanned(t, path)
		got := Lines(r)
		slices.Sort(got)
		Equal(t, got, want)
		Equal(t, Problems(r), append([]string{}, problems...))
	}
}

const other = "+33639989999" // somebody else's, which must never show

// hostile is what must neither crash, hang, prove anything nor be held whole.
func hostile() map[string]string {
	return map[string]string{
		"empty": "", "a brace": "{", "nothing": "null", "a list": "[1,2,3]", "a string": `"x"`, "zeros": strings.Repeat("\x00", 5000),
		"deep":      strings.Repeat("[", 20000),
		"deep keys": strings.Repeat(`{"a":`, 20000), "a quote": "email,phone\n\"" + strings.Repeat("x", 100000),
		"long line": strings.Repeat("a,", 20000), "tags": strings.Repeat("<li>", 20000), "open tag": "<" + strings.Repeat("a", 3<<19),
		"attributes": "<li " + strings.Repeat(`a="b" `, 20000) + ">", "wrong shapes": `{"User":[],"personal_information":3,"email":{"x":1},"list":"y"}`,
	}
}

// Each member of each archive is replaced by something hostile, cut off and
// filled with random bytes: what is left is read, and what was there before is
// the most that may show.
func TestServicesHostile(t *testing.T) {
	for name, files := range samples {
		all := Lines(inMemory(t, files, archive.Services()))
		if len(all) == 0 {
			t.Errorf("%s: the sample shows nothing", name)
		}
		for member, content := range files {
			bad := hostile()
			bad["cut off"] = content[:len(content)/2]
			for what, b := range bad {
				for _, line := range changed(t, files, member, b) {
					// Dates and totals may be lost with the member; nothing new may appear.
					if strings.Contains(line, other) || !slices.Contains(all, line) && !strings.Contains(line, " account ") && !strings.Contains(line, "contact-upload") {
						t.Errorf("%s with %s (%s) shows %q", name, member, what, line)
					}
				}
			}
			r := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				b := []byte(content)
				for range 20 {
					b[r.IntN(len(b))] = byte(r.IntN(256))
				}
				_ = changed(t, files, member, string(b)) // ends, without a panic
			}
		}
	}
}

// changed scans a sample with one member changed.
func changed(t *testing.T, files map[string]string, member, content string) []string {
	t.Helper()
	files = maps.Clone(files)
	files[member] = content
	r := inMemory(t, files, archive.Services())
	if slices.Contains(Problems(r), "damaged") { // what a panic is turned into; these importers tell of members
		t.Errorf("a changed %s ends in a panic", member)
	}
	return Lines(r)
}

// inMemory scans without a disk, with the importer of unknown archives behind
// the others.
func inMemory(t *testing.T, files map[string]string, importers []evidence.Importer) evidence.Report {
	t.Helper()
	tree := fstest.MapFS{}
	for n, c := range files {
		tree[n] = &fstest.MapFile{Data: []byte(c)}
	}
	r, err := evidence.ScanFS(context.Background(), "sample", tree, evidence.Options{Importers: append(importers, archive.Generic(importers)), Region: "FR"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Each sample is recognised by its own importer alone, among all those of
// archives.
func TestServicesRecognise(t *testing.T) {
	for name, files := range samples {
		formats := map[string]bool{}
		for _, s := range inMemory(t, files, archive.Importers()).Sources {
			formats[s.Format] = true
		}
		if len(formats) != 1 || !formats[strings.Fields(name)[0]+"-archive"] {
			t.Errorf("%s is read as %v", name, formats)
		}
	}
	for name, files := range map[string]map[string]string{
		"named like one": {"user.json": `{"id":1}`, "data.json": "{}", "result.json": `{"name":"Chat","messages":[]}`, "profile_data.csv": "a,b\n1,2\n", "Autofill.json": "[]", "account.html": "<p>Shop</p>"},
		"nothing":        {"readme.txt": "x"},
	} {
		if got := Lines(scanned(t, Folder(t, files))); len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A scan that is cancelled ends within the archive.
func TestServicesCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, files := range samples {
		if r, err := evidence.Scan(ctx, []string{Folder(t, files)}, evidence.Options{Importers: archive.Services(), Region: "FR"}, nil); err == nil || len(r.Findings) > 0 {
			t.Errorf("%s: %v, %d findings", name, err, len(r.Findings))
		}
	}
}

// Every platform has its sample; their tests say what it shows.
var samples = map[string]map[string]string{
	"google": google, "apple": apple, "microsoft": microsoft, "amazon": amazon, "whatsapp page": whatsappPage, "whatsapp json": whatsappJSON,
	"telegram": telegram, "uber": uber, "airbnb page": airbnbPage, "airbnb sheet": airbnbSheets, "paypal": paypal, "openai": openai,
	"tinder": tinder, "hinge": hinge,
}

// csvForms writes a table as Excel and old systems re-save it.
func csvForms(table string) map[string]string {
	var wide bytes.Buffer
	wide.WriteString("\xff\xfe")
	for _, r := range table { // all of it is in the basic plane
		wide.Write([]byte{byte(r), byte(r >> 8)})
	}
	return map[string]string{
		"plain": table, "mark": "\ufeff" + table, "crlf": strings.ReplaceAll(table, "\n", "\r\n"), "semicolons": strings.ReplaceAll(table, ",", ";"),
		"tabs": strings.ReplaceAll(table, ",", "\t"), "sixteen bits": wide.String(),
		"told": "sep=;\r\n" + strings.ReplaceAll(table, ",", ";"), "bars": strings.ReplaceAll(table, ",", "|"), "carets": "\ufeffsep=^\n" + strings.ReplaceAll(table, ",", "^"),
		"old line ends": strings.ReplaceAll(table, "\n", "\r"), "blank line": "\n" + table,
	}
}
