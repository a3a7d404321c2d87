package archive_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	. "unlisted/checks/evidence/evidencetest"
)

// everySample are the samples of all platforms, by the format that reads them.
func everySample() map[string][]map[string]string {
	out := map[string][]map[string]string{}
	for format, files := range socialSamples() {
		out[format] = append(out[format], files)
	}
	for name, files := range samples {
		platform, _, _ := strings.Cut(name, " ")
		out[platform+"-archive"] = append(out[platform+"-archive"], files)
	}
	return out
}

// opened notes which files are opened.
type opened struct {
	fstest.MapFS
	mu    sync.Mutex
	names map[string]bool
}

func (o *opened) Open(name string) (fs.File, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.names[name] = true
	return o.MapFS.Open(name)
}

// members are the files of a sample that its importer reads.
func members(t *testing.T, format string, files map[string]string) []string {
	t.Helper()
	imp := byFormat(format)
	if imp == nil {
		t.Fatalf("no importer %s", format)
	}
	tree, names := treeOf(files)
	if !imp.Format().Tree {
		var out []string
		for _, n := range names {
			if imp.Recognise(t.Context(), evidence.Input{Label: "x", FS: tree, Name: n, Size: int64(len(files[n])), Head: []byte(files[n])}) > evidence.No {
				out = append(out, n)
			}
		}
		return out
	}
	o := &opened{MapFS: tree, names: map[string]bool{}}
	in := evidence.Input{Label: "x.zip", FS: o, Name: ".", Files: names}
	if err := imp.Read(t.Context(), in, &quiet{}); err != nil {
		t.Fatal(err)
	}
	if len(o.names) == 0 { // it is known by its files, and none has to be read
		return slices.DeleteFunc(names, func(n string) bool { return strings.HasSuffix(n, "/BrowsingHistory.csv") }) // every browser calls it so
	}
	maps.DeleteFunc(o.names, func(n string, _ bool) bool { return strings.HasPrefix(n, "xl/") }) // parts of one file
	delete(o.names, "twitter.csv")                                                               // one column of user names: anybody may have such a list
	return slices.Sorted(maps.Keys(o.names))
}

// told reports whether a scan shows that files are of a platform: its importer read them, or they are told by name.
func told(r evidence.Report, format string) bool {
	for _, s := range r.Sources {
		if s.Format == format {
			return true
		}
		for _, p := range s.Problems {
			if s.Format == "" && !strings.HasPrefix(p.What, "error.evidence.unknown") && p.What != "error.evidence.damaged" {
				return true
			}
		}
	}
	return false
}

// Whatever of an archive is left, and whatever was done to the names of its files and the order of their keys: it is
// recognised as that platform's, or told by name.
func TestWhateverIsLeft(t *testing.T) {
	for format, list := range everySample() {
		for i, files := range list {
			t.Run(fmt.Sprintf("%s %d", format, i), func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(uint64(i), 7))
				read := members(t, format, files)
				if len(read) == 0 {
					if files["xl/workbook.xml"] == "" {
						t.Fatal("nothing of the sample is read")
					}
					return
				}
				for _, name := range read {
					some := map[string]string{name: files[name]}
					check(t, format, "alone", some)
					for what, change := range changes {
						check(t, format, what, change(random, some))
					}
				}
				for range 4 {
					some := map[string]string{}
					for range 1 + random.IntN(3) {
						name := read[random.IntN(len(read))]
						some[name] = files[name]
					}
					check(t, format, "some, nested", map[string]string{"a.zip": string(Zip(t, under("b/c/", some)))})
				}
			})
		}
	}
}

func check(t *testing.T, format, what string, files map[string]string) {
	t.Helper()
	if r := Scan(t, Folder(t, files)); !told(r, format) {
		t.Errorf("%s: %q is told as %q", what, slices.Sorted(maps.Keys(files)), Problems(r))
	}
}

// changes are what people and programs do to files.
var changes = map[string]func(r *rand.Rand, files map[string]string) map[string]string{
	"saved again": func(r *rand.Rand, files map[string]string) map[string]string {
		return renamed(files, func(stem, ext string) string {
			return []string{stem + " (1)" + ext, stem + "(2)" + ext, "Copy of " + stem + ext, stem + " - Kopie" + ext, stem + ext + ".txt", "Copie de " + stem + " (3)" + ext}[r.IntN(6)]
		})
	},
	"upper case": func(_ *rand.Rand, files map[string]string) map[string]string {
		return renamed(files, func(stem, ext string) string { return strings.ToUpper(stem + ext) })
	},
	"one deeper": func(_ *rand.Rand, files map[string]string) map[string]string { return under("kept/", files) },
	"keys in another order": func(_ *rand.Rand, files map[string]string) map[string]string {
		return rewritten(files, func(v map[string]any) any { return v })
	},
	"marks behind much else": func(_ *rand.Rand, files map[string]string) map[string]string {
		return rewritten(files, func(v map[string]any) any {
			v["\u0001first"] = slices.Repeat([]string{"nothing of note"}, 4000)
			return v
		})
	},
}

func renamed(files map[string]string, f func(stem, ext string) string) map[string]string {
	out := map[string]string{}
	for n, c := range files {
		dir, file := path.Split(n)
		ext := path.Ext(file)
		out[dir+f(strings.TrimSuffix(file, ext), ext)] = c
	}
	return out
}

// rewritten writes JSON objects anew, with a mark and indented, their keys sorted.
func rewritten(files map[string]string, f func(map[string]any) any) map[string]string {
	out := map[string]string{}
	for n, c := range files {
		var v map[string]any
		if json.Unmarshal([]byte(c), &v) == nil && v != nil {
			b, _ := json.MarshalIndent(f(v), "", "\t")
			c = "\ufeff" + string(b)
		}
		out[n] = c
	}
	return out
}
