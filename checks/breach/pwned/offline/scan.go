package offline

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/hex"
)

// scan is what a block of whole lines says about a hash.
type scan struct {
	lines             int
	first, last       line
	firstLen, lastLen int    // with their ends
	low, high         uint64 // the beginnings of the first and the last hash
	below, above      line   // the neighbours of the hash wanted
	found             line
}

// ends reads the first and the last line of a block.
func (s *scan) ends(b []byte) error {
	i := bytes.IndexByte(b, '\n') + 1
	if i == 0 {
		i = len(b)
	}
	j := bytes.LastIndexByte(bytes.TrimSuffix(b, []byte{'\n'}), '\n') + 1
	s.first, s.firstLen = cut(b[:i]), i
	s.last, s.lastLen = cut(b[j:]), len(b)-j
	if !s.first.valid(hashLen) || !s.last.valid(hashLen) {
		return ErrDamaged
	}
	s.low, s.high = number(s.first), number(s.last)
	if s.low > s.high {
		return ErrUnsorted
	}
	return nil
}

// all reads every line of a block: each must have the shape of one and stand
// above the one before it. Only what the answer rests on is looked at to the
// last character: this is the loop that takes the time.
func (s *scan) all(b, want []byte) error {
	var last line
	for len(b) > 0 {
		i := lineEnd(b)
		if i < hashLen+2 || b[hashLen] != ':' {
			return ErrDamaged
		}
		l := line(b[:i])
		b = b[i:]
		if last != nil && compare(last, l) >= 0 {
			return ErrUnsorted
		}
		switch order := compare(l, want); {
		case order < 0:
			s.below = l
		case order == 0:
			s.found = l
		case s.above == nil:
			s.above = l
		}
		s.lines++
		last = l
	}
	for _, l := range []*line{&s.below, &s.above, &s.found} {
		if *l == nil {
			continue
		}
		if *l = cut(*l); !l.valid(hashLen) {
			return ErrDamaged
		}
	}
	return nil
}

// lineEnd is where the first line of a block ends. Its length is known but for
// a few digits.
func lineEnd(b []byte) int {
	for i := hashLen; i < min(len(b), hashLen+countLen+3); i++ {
		if b[i] == '\n' {
			return i + 1
		}
	}
	return min(len(b), hashLen+countLen+3)
}

// number is the first 64 bits of a valid line's hash.
func number(l line) uint64 {
	var b [8]byte
	_, _ = hex.Decode(b[:], l[:16])
	return binary.BigEndian.Uint64(b[:])
}

// compare orders the hashes of two lines whatever their case. Nearly always the
// first characters tell them apart.
func compare(a, b []byte) int {
	const lower = 0x2020202020202020 // leaves digits as they are, and the order too
	for i := 0; i < hashLen; i += 8 {
		x, y := binary.BigEndian.Uint64(a[i:])|lower, binary.BigEndian.Uint64(b[i:])|lower
		if x != y {
			return cmp.Compare(x, y)
		}
	}
	return 0
}

// cut drops the end of a line.
func cut(l []byte) line {
	return bytes.TrimSuffix(bytes.TrimSuffix(l, []byte{'\n'}), []byte{'\r'})
}
