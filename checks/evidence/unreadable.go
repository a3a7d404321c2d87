package evidence

import (
	"bytes"
	_ "embed" // the table of what is known and not read
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// unreadableTable lists kinds of files that are known by name and not read, the most telling first; the last ones
// only say what a file seems to be. Each line is a key below "error.evidence." and the marks that all have to be there.
//
//go:embed unreadable.json
var unreadableTable []byte

// unreadable is one line of the table.
type unreadable struct {
	Key     string
	Name    string   // regular expression on the base name, lower case
	At      int      // where Start stands
	Start   string   // first bytes, one a character
	Wide    string   // ASCII that stands in the first bytes as UTF-16
	Has     []string // all in the first bytes as text, lower case
	Text    string   // regular expression on the first bytes as text
	Tables  []string // of a database
	Members []string // of an archive, from its root
	Max     *int64   // largest size in bytes
	Faint   int      // 0: always told; 1: of a folder only where nothing in it is read; 2: of a file by itself only

	name, text *regexp.Regexp
}

// unreadables parses the table once; one that cannot be parsed is a fault of the program.
var unreadables = sync.OnceValue(func() []unreadable {
	var list []unreadable
	if err := json.Unmarshal(unreadableTable, &list); err != nil {
		panic(err)
	}
	for i := range list {
		u := &list[i]
		if u.Name != "" {
			u.name = regexp.MustCompile(u.Name)
		}
		if u.Text != "" {
			u.text = regexp.MustCompile(u.Text)
		}
		start := make([]byte, 0, len(u.Start))
		for _, r := range u.Start {
			start = append(start, byte(r))
		}
		u.Start = string(start)
	}
	return list
})

// unread names the kind of a file that no importer reads; nil where nothing is known of it.
func unread(in Input) *unreadable {
	name, text := strings.ToLower(path.Base(in.Name)), HeadText(in.Head)
	low := strings.ToLower(text)
	for i := range unreadables() {
		u := &unreadables()[i]
		if len(u.Members) == 0 && u.fits(in, name, text, low) {
			return u
		}
	}
	return nil
}

func (u *unreadable) fits(in Input, name, text, low string) bool {
	switch {
	case u.Max != nil && in.Size > *u.Max,
		u.name != nil && !u.name.MatchString(name),
		u.Start != "" && (len(in.Head) < u.At || !bytes.HasPrefix(in.Head[u.At:], []byte(u.Start))),
		u.Wide != "" && !bytes.Contains(in.Head, wide(u.Wide)),
		slices.ContainsFunc(u.Tables, func(t string) bool { return !in.HasTable(t) }),
		slices.ContainsFunc(u.Has, func(h string) bool { return !strings.Contains(low, h) }):
		return false
	}
	return u.text == nil || u.text.MatchString(text)
}

// unreadTree names the kind of an archive or folder in which nothing is read; nil where nothing is known of it.
func unreadTree(files []string) *unreadable {
	for i := range unreadables() {
		u := &unreadables()[i]
		if len(u.Members) > 0 && !slices.ContainsFunc(u.Members, func(m string) bool { return !slices.Contains(files, m) }) {
			return u
		}
	}
	return nil
}

// wide is ASCII as UTF-16.
func wide(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}
