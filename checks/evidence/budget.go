package evidence

import (
	"context"
	"errors"
	"io"
)

const (
	maxWhole    = 50       // bytes read out of an archive for each byte on the disk: text is packed to a tenth, seldom a thirtieth
	spareBytes  = 64 << 20 // of a scan: what may be read beyond that, for small archives
	maxPasses   = 6        // over a tar archive, which can only be read from its start
	maxHeld     = 96 << 20 // bytes of archives inside archives that are held in memory at a time
	heldTooMuch = "error.evidence.nested_large"
)

// budget bounds the work of a scan, whatever its files claim.
type budget struct {
	left  int64 // bytes that may still come out of the archive on the disk that is read
	spare int64 // bytes that any archive of the scan may take beyond
	held  int64 // bytes held now
	over  bool  // the archive being read has used up its share
}

// start gives an archive on the disk its share, by its size.
func (b *budget) start(size int64) { b.left, b.over = size*maxWhole, false }

// take counts bytes that came out of an archive. The error is kindWork.
func (b *budget) take(n int64) error {
	if b.left -= n; b.left < 0 {
		b.spare += b.left
		b.left = 0
	}
	if b.spare < 0 {
		b.spare, b.over = 0, true
	}
	if b.over {
		return kindWork
	}
	return nil
}

// hold reads a stream that is needed as a whole into memory; release gives it
// back. The error is a text key.
func (b *budget) hold(r io.Reader, size int64) (held []byte, release func(), err error) {
	none := func() {}
	free := maxHeld - b.held
	if size > free {
		return nil, none, errors.New(heldTooMuch)
	}
	held = make([]byte, 0, max(size, 512)) // in one piece: growing would take twice as much
	for {
		n, err := r.Read(held[len(held):cap(held)])
		held = held[:len(held)+n]
		switch {
		case errors.Is(err, io.EOF):
			size = int64(cap(held))
			b.held += size
			return held, func() { b.held -= size }, nil
		case errors.Is(err, kindWork), errors.Is(err, kindBomb):
			return nil, none, err
		case err != nil, int64(len(held)) >= free:
			return nil, none, errors.New(heldTooMuch)
		case len(held) == cap(held):
			held = append(held, 0)[:len(held)]
		}
	}
}

// stopped ends a stream when the person stops the scan.
type stopped struct {
	ctx context.Context
	r   io.Reader
}

func (s *stopped) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
