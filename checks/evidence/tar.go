package evidence

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"path"
	"strings"
)

const (
	maxHeldMember = 4 << 20  // bytes of a member that is kept in memory
	maxHeldTree   = 48 << 20 // bytes of all members kept in memory
)

// addTar takes the members of a tar archive in, compressed with gzip or not.
// Such an archive can only be read from its start: one pass lists it and keeps
// what is small, within bounds and pictures aside; the others are found by
// reading on from the last one. Nothing is kept of those.
func (t *archiveTree) addTar(ctx context.Context, size int64, open func() (io.ReadCloser, error)) error {
	s := &tarStream{ctx: ctx, open: open, left: max(largeEnough, size*maxRatio)}
	defer s.close()
	granted, held := s.left, 0
	defer func() { s.left = (granted-s.left)*(maxPasses-1) + largeEnough }() // for the passes to come
	for i := 0; ; i++ {
		h, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, kindBomb):
			return kindBomb
		case err != nil && len(t.names) > 0:
			return kindDamaged // what came before is good
		case err != nil:
			return kindDamagedZip
		case i >= maxMembers:
			return kindMany
		case h.Typeflag != tar.TypeReg:
			continue
		}
		m := &member{name: h.Name, size: h.Size, packed: uint64(size), stream: s, place: i}
		if h.Size <= maxHeldMember && held+int(h.Size) <= maxHeldTree && !picture(h.Name) {
			m.content = make([]byte, h.Size)
			if _, err := io.ReadFull(s.current, m.content); err != nil {
				return kindDamaged
			}
			m.stream = nil
			held += len(m.content)
		} else if start, _ := s.current.Peek(pictureStart); pictured(start) {
			m.picture = true // so that the archive need not be read again for it
		}
		t.add(m)
	}
}

// addGzip takes a single compressed file in, named without its ending.
func (t *archiveTree) addGzip(label string, size int64, open func() (io.ReadCloser, error)) {
	name := path.Base(strings.ReplaceAll(label, "!", "/"))
	if trimmed := strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".GZ"); trimmed != "" {
		name = trimmed
	}
	t.add(&member{name: name, packed: uint64(size), open: func() (io.ReadCloser, error) { return gunzip(open) }})
}

// tarStream reads a tar archive forward, again from its start where it must.
type tarStream struct {
	ctx     context.Context
	open    func() (io.ReadCloser, error)
	left    int64 // bytes that may still come out of it
	src     io.ReadCloser
	tar     *tar.Reader
	index   int           // of the member that next returns
	current *bufio.Reader // of the member before it
	whole   []byte        // its content, where that is small and was asked for
	taken   bool          // it was opened as a stream
}

func (s *tarStream) next() (*tar.Header, error) {
	if s.tar == nil {
		var err error
		if s.src, err = gunzip(s.open); err != nil {
			return nil, err
		}
		s.index = 0
		s.tar = tar.NewReader(s)
	}
	s.index++
	h, err := s.tar.Next()
	if s.current == nil {
		s.current = bufio.NewReaderSize(s.tar, headSize)
	}
	s.current.Reset(s.tar)
	s.whole, s.taken = nil, false
	return h, err
}

// Read implements io.Reader for the archive as a whole: it ends when the person
// stops the scan, and where the archive gives more than it may.
func (s *tarStream) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	if s.left < 0 {
		return 0, kindBomb
	}
	n, err := s.src.Read(p)
	s.left -= int64(n)
	return n, err
}

// seek makes the member with an index the current one, unread.
func (s *tarStream) seek(index int) error {
	if s.tar != nil && (s.index > index+1 || s.index == index+1 && s.taken) {
		s.close()
	}
	for s.tar == nil || s.index <= index {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

// head is the first bytes of a member; they can be read again.
func (s *tarStream) head(m *member) ([]byte, error) {
	if err := s.seek(m.place); err != nil {
		return nil, err
	}
	b, err := s.current.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return bytes.Clone(b), nil
}

// at is the content of a member. The one before is no longer readable then,
// unless it is small.
func (s *tarStream) at(m *member) (io.ReadCloser, error) {
	if m.size <= maxHeldMember && s.index == m.place+1 && s.whole != nil {
		return io.NopCloser(bytes.NewReader(s.whole)), nil
	}
	if err := s.seek(m.place); err != nil {
		return nil, err
	}
	s.taken = true
	if m.size > maxHeldMember {
		return io.NopCloser(s.current), nil
	}
	b := make([]byte, m.size)
	if _, err := io.ReadFull(s.current, b); err != nil {
		return nil, err
	}
	s.whole = b
	return io.NopCloser(bytes.NewReader(b)), nil
}

func (s *tarStream) close() {
	if s.src != nil {
		_ = s.src.Close()
	}
	s.src, s.tar = nil, nil
}

// gunzip opens a stream and unpacks it where it is compressed with gzip.
func gunzip(open func() (io.ReadCloser, error)) (io.ReadCloser, error) {
	f, err := open()
	if err != nil {
		return nil, err
	}
	var magic [2]byte
	n, _ := io.ReadFull(f, magic[:])
	whole := io.MultiReader(bytes.NewReader(magic[:n]), f)
	if string(magic[:n]) != gzipMagic {
		return readCloser{whole, f}, nil
	}
	z, err := gzip.NewReader(whole)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return readCloser{z, f}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

const gzipMagic = "\x1f\x8b"

// isTar reports whether bytes are the start of a tar archive (POSIX.1, "ustar"
// in the first header).
func isTar(head []byte) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }
