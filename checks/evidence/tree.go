package evidence

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// errPacked is a member that is packed by a method that cannot be undone here; it is whole and not damaged.
type errPacked struct{ method string }

func (e *errPacked) Error() string { return "packed with " + e.method }

// openProblem tells what opening or reading a member failed with, where that
// deserves a sentence of its own.
func openProblem(where string, err error) *Problem {
	for _, known := range []Kind{kindEncrypted, kindBomb, kindWork} {
		if errors.Is(err, known) {
			return NewProblem(where, known)
		}
	}
	var p *errPacked
	if errors.As(err, &p) {
		return &Problem{
			Where: where,
			What:  "error.evidence.packed_method",
			Args:  map[string]any{"method": p.method},
		}
	}
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return NewProblem(where, "error.evidence.damaged")
	}
	return nil
}

// member is one file of an archive. There may be hundreds of thousands.
type member struct {
	name    string
	size    int64
	packed  uint64                        // bytes of the archive it may come from, to tell a bomb by
	index   int                           // in the tree; reading in this order is fastest
	picture bool                          // known to be one by its first bytes; nothing reads those in archives
	content []byte                        // all of it, where it is kept in memory
	stream  *tarStream                    // where it is read from a tar archive
	place   int                           // in that archive, all entries counted
	open    func() (io.ReadCloser, error) // from its first byte; nil where content or stream is set
}

// reader opens the member from its first byte.
func (m *member) reader() (io.ReadCloser, error) {
	switch {
	case m.open != nil:
		return m.open()
	case m.stream != nil:
		return m.stream.at(m)
	}
	return io.NopCloser(bytes.NewReader(m.content)), nil
}

// Name implements fs.FileInfo and fs.DirEntry: the whole path, which fs.WalkDir
// joins to the root.
func (m *member) Name() string               { return m.name }
func (m *member) Size() int64                { return m.size }
func (m *member) Mode() fs.FileMode          { return 0o400 }
func (m *member) Type() fs.FileMode          { return 0 }
func (m *member) ModTime() time.Time         { return time.Time{} }
func (m *member) IsDir() bool                { return false }
func (m *member) Sys() any                   { return nil }
func (m *member) Info() (fs.FileInfo, error) { return m, nil }

// archiveTree is an archive, or several parts of one, as a read-only tree. It
// lists its members flat, since importers match by suffix, and refuses names
// that lead out.
type archiveTree struct {
	members map[string]*member
	names   []string // sorted by sort
	spelled int      // bytes of all names
	full    bool     // names were left out, since they are longer than any export's
	budget  *budget
}

// maxSpelled bounds the bytes of all names of an archive, which are held and gone
// through many times: a hundred each for as many members as there may be.
const maxSpelled = 32 << 20

func newArchiveTree(b *budget) *archiveTree {
	return &archiveTree{members: map[string]*member{}, budget: b}
}

// add takes a member in, unless its name leads out, is absolute, or is taken, or
// the names of all are too long.
func (t *archiveTree) add(m *member) {
	name := path.Clean(strings.ReplaceAll(m.name, `\`, "/"))
	if strings.HasPrefix(name, "../") || name == ".." || name == "." || strings.HasPrefix(name, "/") ||
		!fs.ValidPath(name) {
		return
	}
	if _, twice := t.members[name]; !twice {
		if t.spelled += len(name); t.spelled > maxSpelled {
			t.full = true
			return
		}
		m.name, m.index = name, len(t.names)
		t.members[name] = m
		t.names = append(t.names, name)
	}
}

func (t *archiveTree) sort() { slices.Sort(t.names) }

// Open opens a member for streaming.
func (t *archiveTree) Open(name string) (fs.File, error) {
	if name == "." {
		return treeRoot{}, nil
	}
	m, ok := t.members[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: "member", Err: fs.ErrNotExist}
	}
	if m.size > maxMember {
		return nil, kindBomb
	}
	r, err := m.reader()
	if err != nil {
		return nil, err
	}
	f := &memberFile{member: m, r: r, budget: t.budget}
	if at, ok := r.(io.ReaderAt); ok {
		return &storedFile{f, at}, nil
	}
	return f, nil
}

// Stat answers without opening.
func (t *archiveTree) Stat(name string) (fs.FileInfo, error) {
	if m, ok := t.members[name]; ok {
		return m, nil
	}
	if name == "." {
		return treeRoot{}, nil
	}
	return nil, fs.ErrNotExist
}

// ReadDir lists every member under the root, noise left out.
func (t *archiveTree) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, fs.ErrNotExist
	}
	out := make([]fs.DirEntry, 0, len(t.names))
	for _, n := range t.names {
		if !slices.ContainsFunc(strings.Split(n, "/"), noise) {
			out = append(out, t.members[n])
		}
	}
	return out, nil
}

type treeRoot struct{}

func (treeRoot) Stat() (fs.FileInfo, error) { return treeRoot{}, nil }
func (treeRoot) Read([]byte) (int, error)   { return 0, fs.ErrInvalid }
func (treeRoot) Close() error               { return nil }
func (treeRoot) Name() string               { return "." }
func (treeRoot) Size() int64                { return 0 }
func (treeRoot) Mode() fs.FileMode          { return fs.ModeDir }
func (treeRoot) ModTime() time.Time         { return time.Time{} }
func (treeRoot) IsDir() bool                { return true }
func (treeRoot) Sys() any                   { return nil }

// memberFile streams one member and stops where it expands beyond reason,
// whatever its header claims.
type memberFile struct {
	member *member
	r      io.ReadCloser
	budget *budget
	n      uint64
}

// storedFile is a member that stands in its archive as it is, so that it can be
// read at any offset.
type storedFile struct {
	*memberFile
	io.ReaderAt
}

func (f *memberFile) Stat() (fs.FileInfo, error) { return f.member, nil }
func (f *memberFile) Close() error               { return f.r.Close() }

func (f *memberFile) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	f.n += uint64(n)
	if f.n > largeEnough && f.n/maxRatio > f.member.packed {
		return n, kindBomb
	}
	if f.budget != nil {
		if over := f.budget.take(int64(n)); over != nil {
			return n, over
		}
	}
	return n, err
}

// readHead reads the first bytes of a file.
func readHead(tree fs.FS, name string) ([]byte, error) {
	if t, ok := tree.(*tidyTree); ok {
		tree, name = t.FS, t.name(name)
	}
	if t, ok := tree.(*archiveTree); ok {
		switch m := t.members[name]; {
		case m != nil && m.picture:
			return []byte(jpegMagic), nil // as good as its own for telling that nothing reads it
		case m != nil && m.stream != nil:
			return m.stream.head(m)
		}
	}
	f, err := tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := int64(headSize) // less where less is known to be there: most members are small
	if info, err := f.Stat(); err == nil {
		size = min(size, max(info.Size()+1, 512))
	}
	b := make([]byte, size)
	n, err := io.ReadFull(f, b)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return b[:n:n], nil
}
