package evidence

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"path"
	"strings"
)

const (
	maxHeldMember = 4 << 20   // bytes of a member that is kept in memory
	maxHeldTree   = 128 << 20 // bytes of all members kept in memory
)

// addTar takes the members of a tar archive in, compressed with gzip or not.
// Such an archive can only be read from its start: one pass lists it and keeps
// what is small, and a large member is found by reading on from the last one.
func (t *archiveTree) addTar(ctx context.Context, size int64, open func() (io.ReadCloser, error)) error {
	s := &tarStream{ctx: ctx, open: open, limit: max(largeEnough, size*maxRatio)}
	defer s.close()
	held := 0
	for i := 0; ; i++ {
		h, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && len(t.names) > 0:
			return errors.New("error.evidence.damaged") // what came before is good
		case err != nil:
			return errors.New("error.evidence.damaged_zip")
		case i >= maxMembers:
			return errors.New("error.evidence.too_many")
		case h.Typeflag != tar.TypeReg:
			continue
		}
		m := &member{name: h.Name, size: h.Size, packed: uint64(size), open: func() (io.ReadCloser, error) { return s.at(i) }}
		keep := int64(headSize)
		if h.Size <= maxHeldMember && held < maxHeldTree && !media(h.Name) {
			keep = h.Size
		}
		b, err := io.ReadAll(io.LimitReader(s.tar, keep))
		if err != nil {
			return errors.New("error.evidence.damaged")
		}
		m.head = b[:min(len(b), headSize):min(len(b), headSize)]
		if int64(len(b)) == h.Size {
			held += len(b)
			m.open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
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
	ctx   context.Context
	open  func() (io.ReadCloser, error)
	limit int64 // bytes that may come out in one pass
	src   io.ReadCloser
	tar   *tar.Reader
	index int // of the member that next returns
}

func (s *tarStream) next() (*tar.Header, error) {
	if s.tar == nil {
		var err error
		if s.src, err = gunzip(s.open); err != nil {
			return nil, err
		}
		s.index = 0
		s.tar = tar.NewReader(&bounded{s.ctx, s.src, s.limit})
	}
	s.index++
	return s.tar.Next()
}

// at is the content of the member with an index. The one before is no longer
// readable then.
func (s *tarStream) at(index int) (io.ReadCloser, error) {
	if s.tar != nil && s.index > index {
		s.close()
	}
	for s.tar == nil || s.index <= index {
		if _, err := s.next(); err != nil {
			return nil, err
		}
	}
	return io.NopCloser(s.tar), nil
}

func (s *tarStream) close() {
	if s.src != nil {
		s.src.Close()
	}
	s.src, s.tar = nil, nil
}

// bounded ends a stream at a limit, and when the person stops the scan.
type bounded struct {
	ctx  context.Context
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errBomb
	}
	return n, err
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
