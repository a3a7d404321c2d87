package evidence

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// What browsers, mail programs and people do to the name of a file that they save or copy: "… (1).json", "Copy of …",
// "… - Kopie.csv", "….json.txt".
var (
	savedAsText = regexp.MustCompile(`(?i)(\.(?:json|ndjson|jsonl|js|csv|html?|xml|mbox|eml))(?:\.txt)+$`)
	copyBehind  = regexp.MustCompile(
		`(?i)(?: ?\(\d{1,3}\)| - (?:copy|kopie|copie|copia|cópia|kopia|копия)(?: ?\(\d{1,3}\))?| (?:copy|kopie|copie|copia|cópia|kopia)(?: \d{1,3})?)$`,
	)
	copyBefore = regexp.MustCompile(
		`(?i)^(?:copy(?: \(?\d{1,3}\)?)? of|kopie von|kopia|kopie|copie de|copia de|cópia de|copia di|копия) +`,
	)
)

// tidyName is the name that an export gave a file, undoing what was done to it later; one without an ending gets the one
// that its first bytes ask for.
func tidyName(name string, head func() []byte) string {
	dir, file := path.Split(name)
	file = savedAsText.ReplaceAllString(file, "$1")
	ext := path.Ext(file)
	stem := strings.TrimSuffix(file, ext)
	switch strings.ToLower(ext) {
	case ".json", ".ndjson", ".jsonl", ".js", ".csv", ".html", ".htm", ".xml", ".txt", ".zip":
	case "":
		ext = ending(head())
	default:
		return name
	}
	for before := ""; before != stem; { // copies of copies
		before = stem
		stem = copyBefore.ReplaceAllString(copyBehind.ReplaceAllString(stem, ""), "")
	}
	if stem == "" {
		return name
	}
	return dir + stem + ext
}

// ending is the ending that goes with the first bytes of a file; "" where they do not tell.
func ending(head []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	line, _, _ := bytes.Cut(start, []byte("\n"))
	switch {
	case len(start) == 0:
		return ""
	case start[0] == '{', start[0] == '[':
		return ".json"
	case bytes.HasPrefix(start, []byte("window.")):
		return ".js"
	case bytes.HasPrefix(bytes.ToLower(start[:min(len(start), 16)]), []byte("<html")),
		bytes.HasPrefix(bytes.ToLower(start[:min(len(start), 16)]), []byte("<!doctype html")):
		return ".html"
	case bytes.Count(line, []byte(",")) > 0 && bytes.IndexByte(line, 0) < 0 && !bytes.HasPrefix(line, []byte("From ")):
		return ".csv"
	}
	return ""
}

// maxSniffed is in how many files at most the first bytes stand in for a missing ending: folders of mail have thousands.
const maxSniffed = 200

// tidied shows files by the names their export gave them. A name that is taken stays with the file that has it. Files
// are opened for it only where sniff allows that.
func tidied(tree fs.FS, files []string, sniff bool) (fs.FS, []string) {
	sniff = sniff && len(files) <= maxSniffed
	taken := make(map[string]bool, len(files))
	for _, f := range files {
		taken[f] = true
	}
	var t *tidyTree
	out := files
	for i, f := range files {
		name := tidyName(f, func() []byte {
			if !sniff {
				return nil
			}
			head, _ := readHead(tree, f) // what cannot be read keeps its name
			return head
		})
		if name == f || taken[name] {
			continue
		}
		if t == nil {
			t = &tidyTree{FS: tree, names: map[string]string{}}
			out = append([]string(nil), files...)
		}
		taken[name] = true
		t.names[name], out[i] = f, name
	}
	if t == nil {
		return tree, files
	}
	return t, out
}

type tidyTree struct {
	fs.FS
	names map[string]string // tidy name to the one it has
}

func (t *tidyTree) name(tidy string) string {
	if name, ok := t.names[tidy]; ok {
		return name
	}
	return tidy
}

// Open implements fs.FS.
func (t *tidyTree) Open(name string) (fs.File, error) { return t.FS.Open(t.name(name)) }

// Stat implements fs.StatFS.
func (t *tidyTree) Stat(name string) (fs.FileInfo, error) { return fs.Stat(t.FS, t.name(name)) }

// ReadDir implements fs.ReadDirFS, with the names the files have.
func (t *tidyTree) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(t.FS, name) }
