package evidence

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// errEncrypted is a member that needs a password.
var errEncrypted = errors.New("error.evidence.encrypted_zip")

// errBomb is a member that expands beyond reason.
var errBomb = errors.New("error.evidence.bomb")

// openProblem tells what opening or reading a member failed with, where that
// deserves a sentence of its own.
func openProblem(where string, err error) *Problem {
	for _, known := range []error{errEncrypted, errBomb} {
		if errors.Is(err, known) {
			return NewProblem(where, known.Error())
		}
	}
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) || errors.Is(err, io.ErrUnexpectedEOF) {
		return NewProblem(where, "error.evidence.damaged")
	}
	return nil
}

// zipTree is a zip archive as a read-only tree. Unlike archive/zip's own it
// refuses names that lead out, encrypted members and bombs, and does not stat
// its way through large archives.
type zipTree struct {
	members map[string]*zip.File
	names   []string
}

func newZipTree(z *zip.Reader) (*zipTree, error) {
	t := &zipTree{members: map[string]*zip.File{}}
	if len(z.File) > maxMembers {
		return nil, errors.New("error.evidence.too_many")
	}
	for _, f := range z.File {
		name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/"))
		// Leading out, absolute, or a link: never what an export holds.
		if strings.HasPrefix(name, "../") || name == ".." || strings.HasPrefix(name, "/") || !fs.ValidPath(name) || !f.Mode().IsRegular() {
			continue
		}
		if _, twice := t.members[name]; !twice {
			t.members[name] = f
			t.names = append(t.names, name)
		}
	}
	slices.Sort(t.names)
	return t, nil
}

// Open opens a member for streaming.
func (t *zipTree) Open(name string) (fs.File, error) {
	if name == "." {
		return &zipDir{tree: t}, nil
	}
	f, ok := t.members[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: "member", Err: fs.ErrNotExist}
	}
	if f.Flags&1 != 0 {
		return nil, errEncrypted
	}
	if f.UncompressedSize64 > maxMember {
		return nil, errBomb
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &zipMember{file: f, r: r}, nil
}

// Stat answers without opening.
func (t *zipTree) Stat(name string) (fs.FileInfo, error) {
	if f, ok := t.members[name]; ok {
		return f.FileInfo(), nil
	}
	if name == "." {
		return dirInfo{}, nil
	}
	return nil, fs.ErrNotExist
}

// ReadDir lists every member flat under the root: importers match by suffix.
func (t *zipTree) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, fs.ErrNotExist
	}
	out := make([]fs.DirEntry, 0, len(t.names))
	for _, n := range t.names {
		if !slices.ContainsFunc(strings.Split(n, "/"), noise) {
			out = append(out, zipEntry{n, t.members[n]})
		}
	}
	return out, nil
}

// zipEntry is named by its whole path, which fs.WalkDir joins to the root.
type zipEntry struct {
	name string
	file *zip.File
}

func (e zipEntry) Name() string               { return e.name }
func (e zipEntry) IsDir() bool                { return false }
func (e zipEntry) Type() fs.FileMode          { return 0 }
func (e zipEntry) Info() (fs.FileInfo, error) { return e.file.FileInfo(), nil }

type zipDir struct{ tree *zipTree }

func (d *zipDir) Stat() (fs.FileInfo, error) { return dirInfo{}, nil }
func (d *zipDir) Read([]byte) (int, error)   { return 0, fs.ErrInvalid }
func (d *zipDir) Close() error               { return nil }

type dirInfo struct{}

func (dirInfo) Name() string       { return "." }
func (dirInfo) Size() int64        { return 0 }
func (dirInfo) Mode() fs.FileMode  { return fs.ModeDir }
func (dirInfo) ModTime() time.Time { return time.Time{} }
func (dirInfo) IsDir() bool        { return true }
func (dirInfo) Sys() any           { return nil }

// zipMember streams one member and stops where it expands beyond reason,
// whatever its header claims.
type zipMember struct {
	file *zip.File
	r    io.ReadCloser
	n    uint64
}

func (m *zipMember) Stat() (fs.FileInfo, error) { return m.file.FileInfo(), nil }
func (m *zipMember) Close() error               { return m.r.Close() }

func (m *zipMember) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.n += uint64(n)
	if m.n > largeEnough && m.n/maxRatio > m.file.CompressedSize64 {
		return n, errBomb
	}
	return n, err
}

// readHead reads the first bytes of a file.
func readHead(tree fs.FS, name string) ([]byte, error) {
	f, err := tree.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, headSize)
	n, err := io.ReadFull(f, b)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return b[:n:n], nil
}
