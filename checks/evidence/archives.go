package evidence

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// packed says what kind of archive the first bytes of a file are: "zip", "7z",
// "gzip", "tar", or "" for none.
func packed(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "zip"
	case bytes.HasPrefix(head, []byte(sevenzipMagic)):
		return "7z"
	case bytes.HasPrefix(head, []byte(gzipMagic)):
		return "gzip"
	case isTar(head):
		return "tar"
	}
	return ""
}

// nested opens an archive on disk or inside another one and reads it as a tree.
// Nothing is ever unpacked to disk: what cannot be read in place is held in
// memory, within bounds.
func (s *scan) nested(label string, dir fs.FS, name string, size int64, kind string, depth int) {
	if depth > maxDepth {
		s.failed(label, problem(label, "error.evidence.too_deep"))
		return
	}
	s.begin(dir, size)
	tree := newArchiveTree(&s.budget)
	done, err := s.unpack(tree, label, dir, name, size, kind)
	defer done()
	if s.ctx.Err() != nil {
		return
	}
	if err != nil {
		kind := kindDamagedZip
		errors.As(err, &kind)
		if u := unread(Input{Name: name, Size: size}); u != nil && kind == kindDamagedZip {
			kind = Kind("error.evidence." + u.Key) // a part of an archive, or of a download: its name says more
		}
		s.failed(label, problem(label, kind))
		if len(tree.names) == 0 {
			return
		}
	}
	s.inside(label, tree, size, depth)
}

// begin starts the work on an archive, unless it is inside another one, whose
// budget it shares.
func (s *scan) begin(dir fs.FS, size int64) {
	if _, inner := dir.(*archiveTree); !inner {
		s.budget.start(size)
	}
}

// inside reads an archive of so many bytes as a tree.
func (s *scan) inside(label string, tree *archiveTree, size int64, depth int) {
	var unpacked int64
	for _, m := range tree.members {
		unpacked += min(m.size, maxMember)
	}
	before := s.share
	if unpacked > size {
		s.share *= float64(size) / float64(unpacked)
	}
	tree.sort()
	s.tree(label, tree, depth)
	s.share = before
}

// unpack takes the members of one archive into tree. done releases it. Errors
// are Kinds.
func (s *scan) unpack(
	tree *archiveTree,
	label string,
	dir fs.FS,
	name string,
	size int64,
	kind string,
) (done func(), err error) {
	again := func() (io.ReadCloser, error) { return dir.Open(name) }
	switch kind {
	case "tar":
		return func() {}, tree.addTar(s.ctx, size, again)
	case "gzip":
		if inner, err := unpackedHead(again); err == nil && isTar(inner) {
			return func() {}, tree.addTar(s.ctx, size, again)
		}
		tree.addGzip(label, size, again)
		return func() {}, nil
	}
	r, size, done, err := s.readAt(dir, name, size)
	if err != nil {
		return done, err
	}
	if kind == "7z" {
		return done, tree.add7z(s.ctx, r, size, s.options.Unlock)
	}
	return done, tree.addZip(r, size)
}

func unpackedHead(open func() (io.ReadCloser, error)) ([]byte, error) {
	r, err := gunzip(open)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b := make([]byte, 512)
	n, err := io.ReadFull(r, b)
	return b[:n], err
}

// readAt opens a file for reading at any offset, in memory where its tree
// cannot. Errors are Kinds.
func (s *scan) readAt(dir fs.FS, name string, size int64) (io.ReaderAt, int64, func(), error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, 0, func() {}, kindUnreadable
	}
	if r, ok := f.(io.ReaderAt); ok {
		return r, size, func() { _ = f.Close() }, nil // it was only read
	}
	defer f.Close()
	b, release, err := s.budget.hold(&stopped{s.ctx, f}, size)
	return bytes.NewReader(b), int64(len(b)), release, err
}

// partName finds the number of a part in the name of an archive, such as
// takeout-20240501T120000Z-002.zip or "Part 2 of 3.zip".
var partName = regexp.MustCompile(`(?i)^(.*\D)(\d{1,3})( of \d+|of\d+)?\.(zip|tgz|tar\.gz|7z)$`)

// dated names end in a date, which is no part number.
var dated = regexp.MustCompile(`\d{4}[-_.]\d{2}[-_.]$`)

// parts groups the parts of one archive, in the order of their numbers; every
// other file is a group of its own. Groups keep the order of their first file.
func parts(names []string) [][]string {
	type part struct {
		name string
		n    int
	}
	sets := map[string][]part{}
	key := func(name string) (string, int) {
		name = tidyName(name, func() []byte { return nil })
		m := partName.FindStringSubmatch(path.Base(strings.ReplaceAll(name, `\`, "/")))
		if m == nil || dated.MatchString(m[1]) {
			return "", 0
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return "", 0
		}
		return strings.TrimSuffix(
			name,
			path.Base(strings.ReplaceAll(name, `\`, "/")),
		) + "\x00" + m[1] + "\x00" + strings.ToLower(
			m[4],
		), n
	}
	for _, name := range names {
		if k, n := key(name); k != "" {
			sets[k] = append(sets[k], part{name, n})
		}
	}
	var out [][]string
	for _, name := range names {
		k, _ := key(name)
		set := sets[k]
		if len(set) < 2 {
			out = append(out, []string{name})
			continue
		}
		if set[0].name != name {
			continue // in the group of the first
		}
		slices.SortStableFunc(set, func(a, b part) int { return a.n - b.n })
		group := make([]string, len(set))
		for i, p := range set {
			group[i] = p.name
		}
		out = append(out, group)
	}
	return out
}

// maxShared is how many members the parts of one archive may have in common:
// Takeout repeats its start page, but two archives of the same platform share
// nearly everything.
const maxShared = 3

// together reads several archives as the parts of one; false where they are
// not, and nothing was read then.
func (s *scan) together(label string, dir fs.FS, names []string, depth int) bool {
	if depth > maxDepth {
		return false
	}
	tree, shared, size := newArchiveTree(&s.budget), 0, int64(0)
	for _, name := range names {
		head, err := readHead(dir, name)
		kind := packed(head)
		if err != nil || kind == "" {
			return false
		}
		info, err := fs.Stat(dir, name)
		if err != nil {
			return false
		}
		size += info.Size()
		s.begin(dir, size)
		one := newArchiveTree(&s.budget)
		done, err := s.unpack(one, label, dir, name, info.Size(), kind)
		defer done()
		if err != nil {
			return false // each for itself, with its own problem
		}
		for _, n := range one.names {
			if tree.members[n] != nil && !noise(path.Base(n)) {
				shared++
			}
			tree.add(one.members[n])
		}
	}
	if shared > maxShared {
		return false
	}
	s.inside(label, tree, size, depth)
	return true
}
