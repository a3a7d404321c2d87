// Package atomicfile writes a file whole or not at all: nobody ever reads half
// of it, and what stood there before stays until the new file is on the disk.
package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"unlisted/checks/text"
)

// tempMark is in the name of a file that is being written: NAME.tmp-*.
const tempMark = ".tmp-"

// The ways writing ends badly, with the file's name. Nothing that stood there was
// changed.
var (
	ErrNotAFile = &text.Error{Key: "error.file.not_a_file"} // a link, folder, pipe or device stands there
	ErrWrite    = &text.Error{Key: "error.file.write"}      // no space, no permission
)

// failed is why there was no writing at path.
func failed(why *text.Error, path string, cause error) error {
	return &text.Error{Key: why.Key, Args: map[string]any{"file": filepath.Base(path)}, Cause: cause}
}

// Write puts what write writes at path, for nobody but the person to read
// (0600). It writes through no link: what stands at path must be a plain file or
// nothing. Errors: ErrNotAFile, ErrWrite, and what write returns.
func Write(path string, write func(io.Writer) error) (err error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return failed(ErrNotAFile, path, nil)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed(ErrWrite, path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+tempMark+"*") // 0600
	if err != nil {
		return failed(ErrWrite, path, err)
	}
	defer os.Remove(f.Name()) // gone already once renamed
	out := &counted{w: f}
	if err := write(out); err != nil && out.err == nil {
		_ = f.Close()
		return err
	}
	err = out.err
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err == nil {
		err = SyncFolder(filepath.Dir(path))
	}
	if err != nil {
		return failed(ErrWrite, path, err)
	}
	return nil
}

// WriteBytes is Write of b.
func WriteBytes(path string, b []byte) error {
	return Write(path, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// counted remembers that the disk, and not the one who writes, failed.
type counted struct {
	w   io.Writer
	err error
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	if err != nil {
		c.err = err
	}
	return n, err
}

// Sweep removes what writers of path that were killed left behind. Nobody else
// may be writing there.
func Sweep(path string) {
	left, _ := filepath.Glob(escape(path) + tempMark + "*")
	for _, f := range left {
		_ = os.Remove(f)
	}
}

// escape keeps Glob from reading a name as a pattern.
func escape(path string) string {
	if filepath.Separator == '\\' {
		return path // no escaping there, and no such names either
	}
	out := make([]byte, 0, len(path))
	for i := range len(path) {
		switch path[i] {
		case '*', '?', '[', '\\':
			out = append(out, '\\')
		}
		out = append(out, path[i])
	}
	return string(out)
}
