package evidence

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
)

// Random is a file that can be read at any place.
type Random struct {
	io.ReaderAt
	Size  int64 // bytes
	close func() error
}

// Close gives back what the file holds.
func (r *Random) Close() error { return r.close() }

// OpenRandom opens a file for reading at any place. Where the tree only gives
// streams, as archives do, it is held in memory, up to limit bytes; the error of
// one that is larger is the sentence that says to unpack the archive.
func OpenRandom(tree fs.FS, name string, limit int64) (*Random, error) {
	f, err := tree.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if r, ok := f.(io.ReaderAt); ok {
		return &Random{r, info.Size(), f.Close}, nil
	}
	defer f.Close()
	if info.Size() > limit {
		return nil, NewProblem(name, heldTooMuch)
	}
	b := make([]byte, info.Size()) // in one piece: growing would take twice as much
	n, err := io.ReadFull(f, b)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return &Random{bytes.NewReader(b[:n]), int64(n), func() error { return nil }}, nil
}
