package offline

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the corpus's own index, not protection
	"errors"
	"io"
	"io/fs"
	"strings"
)

const (
	prefixLen = 5
	rangeMax  = 4 << 20 // bytes of one range; a real one has some 60 thousand
)

// Folder is a corpus of one file for each of the 1,048,576 prefixes, "00000.txt"
// to "FFFFF.txt", each with the lines of one range.
type Folder struct{ fsys fs.FS }

// NewFolder checks that a folder has the first and the last range.
func NewFolder(fsys fs.FS) (*Folder, error) {
	f := &Folder{fsys}
	for i, prefix := range []string{"00000", "FFFFF"} {
		b, err := f.read(prefix)
		if errors.Is(err, ErrIncomplete) && i == 0 {
			return nil, ErrFormat
		} else if err != nil {
			return nil, err
		}
		first, _ := cutLine(b)
		if err := kind(first, hashLen-prefixLen, ntlmLen-prefixLen); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Close does nothing.
func (f *Folder) Close() error { return nil }

// Count implements pwned.Counter. The whole range is read: every line must be
// one, in order, since every prefix has data.
func (f *Folder) Count(sum [sha1.Size]byte) (int64, error) {
	hash := hexOf(sum)
	b, err := f.read(strings.ToUpper(string(hash[:prefixLen])))
	if err != nil {
		return 0, err
	}
	var found, last line
	const n = hashLen - prefixLen
	for len(b) > 0 {
		var l line
		l, b = cutLine(b)
		switch {
		case l.valid(ntlmLen - prefixLen):
			return 0, ErrNTLM
		case !l.valid(n):
			return 0, ErrDamaged
		case last != nil && bytes.Compare(l[:n], last[:n]) <= 0:
			return 0, ErrUnsorted
		}
		if last = l; bytes.Equal(l[:n], hash[prefixLen:]) {
			found = l
		}
	}
	if found == nil {
		return 0, nil
	}
	return found.count(n)
}

// read returns a range in lower case, without the line end after its last line.
func (f *Folder) read(prefix string) ([]byte, error) {
	file, err := f.fsys.Open(prefix + ".txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrIncomplete
	} else if err != nil {
		return nil, ErrUnreadable
	}
	defer file.Close()
	b, err := io.ReadAll(io.LimitReader(file, rangeMax+1))
	switch b = bytes.ToLower(bytes.TrimSpace(b)); {
	case err != nil:
		return nil, ErrUnreadable
	case len(b) > rangeMax:
		return nil, ErrDamaged
	case len(b) == 0:
		return nil, ErrIncomplete
	}
	return b, nil
}
