package sample

import (
	"context"
	_ "embed" // the invented person's tree
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/here"
	"unlisted/checks/job"
)

// Each line is a file: its path, its size in bytes, and how many days ago it was changed.
//
//go:embed computer.txt
var computer string

const home = "/invented/camille"

// Computer is the invented person's: names and sizes without contents.
func Computer(now time.Time) here.Computer {
	t := tree{}
	for line := range strings.Lines(computer) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		n := len(fields)
		size, _ := strconv.ParseInt(fields[n-2], 10, 64)
		days, _ := strconv.Atoi(fields[n-1])
		full := filepath.Join(home, filepath.FromSlash(strings.Join(fields[:n-2], " ")))
		t.add(full, node{filepath.Base(full), size, now.AddDate(0, 0, -days), false})
	}
	return here.Computer{System: "linux", Home: filepath.FromSlash(home), Disk: t}
}

// contents are the embedded files that stand for what a look finds; the rest is empty.
var contents = map[string]string{
	"imap.gmail.com": "Mail.mbox", "Chrome Passwords.csv": "Chrome Passwords.csv",
	"twitter-2026-10-02-0a1b2c.zip": "twitter-archive",
}

// Scan reads what a look at the invented person's computer found: the embedded files in their place.
func Scan(
	ctx context.Context, files fs.FS, paths []string, o evidence.Options, progress func(job.Progress),
) (evidence.Report, error) {
	only := some{files, map[string]bool{}}
	for _, p := range paths {
		only.names[contents[filepath.Base(p)]] = true
	}
	return evidence.ScanFS(ctx, "sample", only, o, progress)
}

// Has reports whether a path is one of the invented person's.
func Has(path string) bool {
	return strings.HasPrefix(path, filepath.FromSlash(home)+string(filepath.Separator))
}

// some is a tree of which only some names at its root are there.
type some struct {
	fs.FS
	names map[string]bool
}

// ReadDir implements fs.ReadDirFS.
func (s some) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(s.FS, name)
	if name == "." {
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !s.names[e.Name()] })
	}
	return entries, err
}

// tree is a disk with names only: folder to what is in it.
type tree map[string][]node

var _ here.Disk = tree{}

func (t tree) add(full string, n node) {
	dir := filepath.Dir(full)
	for _, old := range t[dir] {
		if old.name == n.name {
			return
		}
	}
	t[dir] = append(t[dir], n)
	if dir != full && dir != filepath.Dir(dir) {
		t.add(dir, node{filepath.Base(dir), 0, n.changed, true})
	}
}

// ReadDir implements here.Disk.
func (t tree) ReadDir(name string, most int) ([]fs.DirEntry, error) {
	list, is := t[filepath.Clean(name)]
	if !is {
		return nil, fs.ErrNotExist
	}
	out := make([]fs.DirEntry, 0, len(list))
	for _, n := range list[:min(most, len(list))] {
		out = append(out, n)
	}
	return out, nil
}

// Lstat implements here.Disk.
func (t tree) Lstat(name string) (fs.FileInfo, error) {
	for _, n := range t[filepath.Dir(name)] {
		if n.name == filepath.Base(name) {
			return n, nil
		}
	}
	return nil, fs.ErrNotExist
}

// Foreign implements here.Disk.
func (tree) Foreign(fs.FileInfo) bool { return false }

// Cloud implements here.Disk.
func (tree) Cloud(fs.FileInfo) bool { return false }

// Mount implements here.Disk.
func (tree) Mount(string) (string, bool) { return "", false }

// node is a file or a folder.
type node struct {
	name    string
	size    int64
	changed time.Time
	folder  bool
}

func (n node) Name() string               { return n.name }
func (n node) Size() int64                { return n.size }
func (n node) ModTime() time.Time         { return n.changed }
func (n node) IsDir() bool                { return n.folder }
func (n node) Sys() any                   { return nil }
func (n node) Type() fs.FileMode          { return n.Mode().Type() }
func (n node) Info() (fs.FileInfo, error) { return n, nil }

// Mode implements fs.FileInfo.
func (n node) Mode() fs.FileMode {
	if n.folder {
		return fs.ModeDir | 0o700
	}
	return 0o600
}
