package offline

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the corpus's own index, not protection
	"encoding/binary"
	"errors"
	"io"
	"math"
	"sync"
)

const (
	block = 4 << 10 // bytes of one read: one page
	// guesses is how often the place is reckoned before the search halves: on
	// evenly spread hashes three are enough, on others halving always ends.
	guesses = 8
	steps   = guesses + 64
	// hole is how many average distances two neighbours may lie apart. Hashes
	// are evenly spread: a wider gap has a chance of e^-64, so lines are missing.
	hole = 64
)

// File is a corpus in one file ordered by hash, read where it lies: nothing of
// it is kept. It is safe for concurrent use if its reader is.
type File struct {
	r     io.ReaderAt
	size  int64
	lines float64 // estimate

	buffers sync.Pool // of *[block]byte
}

// NewFile checks that r, of the size given, begins and ends like a corpus.
func NewFile(r io.ReaderAt, size int64) (*File, error) {
	f := &File{r: r, size: size}
	head, _, err := f.block(make([]byte, block), bracket{to: size}, 0)
	if err != nil {
		return nil, err
	}
	first, _ := cutLine(head)
	if err := kind(first, hashLen, ntlmLen); err != nil {
		return nil, err
	}
	var s, end scan
	if err := s.all(head, make([]byte, hashLen)); err != nil {
		return nil, err
	}
	f.lines = float64(size) * float64(s.lines) / float64(len(head))
	tail, _, err := f.block(make([]byte, block), bracket{to: size}, size)
	if err != nil {
		return nil, err
	}
	if err := s.ends(head); err != nil {
		return nil, err
	}
	if err := end.ends(tail); err != nil && tail[len(tail)-1] != '\n' {
		return nil, ErrIncomplete // broken off within a line
	} else if err != nil {
		return nil, err
	}
	if f.gap(0, s.low) || f.gap(end.high, math.MaxUint64) {
		return nil, ErrIncomplete
	}
	return f, nil
}

// Close does nothing: whoever opened the reader closes it.
func (f *File) Close() error { return nil }

// bracket is the part of the file where the hash must be: from the beginning of
// a line below it to the end of a line above it.
type bracket struct {
	from, to  int64
	low, high uint64
}

// Count implements pwned.Counter: how often a password has leaked, 0 for never.
// The place is reckoned from the hash, then from what stands there.
func (f *File) Count(sum [sha1.Size]byte) (int64, error) {
	n := binary.BigEndian.Uint64(sum[:])
	b, want := bracket{to: f.size, high: math.MaxUint64}, hexOf(sum)
	buffer, _ := f.buffers.Get().(*[block]byte)
	if buffer == nil {
		buffer = new([block]byte)
	}
	defer f.buffers.Put(buffer)
	for step := range steps {
		got, start, err := f.block(buffer[:], b, b.guess(n, step))
		if err != nil {
			return 0, err
		}
		end := start + int64(len(got))
		var s scan
		if err := s.ends(got); err != nil {
			return 0, err
		}
		switch {
		case s.low < b.low || s.high > b.high:
			return 0, ErrUnsorted
		case compare(want, s.first) < 0 && start > 0:
			b.to, b.high = start+int64(s.firstLen), s.low
		case compare(want, s.last) > 0 && end < f.size:
			b.from, b.low = end-int64(s.lastLen), s.high
		default:
			if err := s.all(got, want); err != nil {
				return 0, err
			}
			if s.found != nil {
				return s.found.count(hashLen)
			}
			return 0, f.between(s.below, s.above)
		}
	}
	return 0, ErrUnsorted
}

// between accepts "not found" only if the neighbours are as near as neighbours
// are.
func (f *File) between(below, above line) error {
	low, high := uint64(0), uint64(math.MaxUint64)
	if below != nil {
		low = number(below)
	}
	if above != nil {
		high = number(above)
	}
	if f.gap(low, high) {
		return ErrIncomplete
	}
	return nil
}

func (f *File) gap(low, high uint64) bool {
	return float64(high-low)/math.MaxUint64*f.lines > hole
}

// guess is where the hash should stand or, after enough guesses, the middle.
func (b bracket) guess(n uint64, step int) int64 {
	share := 0.5
	if step < guesses && b.high > b.low {
		share = min(1, float64(n-b.low)/float64(b.high-b.low))
	}
	return b.from + int64(share*float64(b.to-b.from))
}

// block reads the whole lines around a place within the bracket.
func (f *File) block(buffer []byte, b bracket, at int64) (lines []byte, start int64, err error) {
	start = max(b.from, min(at-block/2, b.to-block))
	end := min(b.to, start+block)
	n, err := f.r.ReadAt(buffer[:end-start], start)
	lines = buffer[:n]
	switch {
	case int64(n) == end-start:
	case errors.Is(err, io.EOF):
		return nil, 0, ErrIncomplete // it has become shorter
	default:
		return nil, 0, ErrUnreadable
	}
	if start > b.from { // it begins within a line
		i := bytes.IndexByte(lines, '\n') + 1
		start, lines = start+int64(i), lines[i:]
	}
	if end < b.to {
		lines = lines[:bytes.LastIndexByte(lines, '\n')+1]
	}
	if len(lines) == 0 {
		return nil, 0, ErrFormat // no line of this length
	}
	return lines, start, nil
}
