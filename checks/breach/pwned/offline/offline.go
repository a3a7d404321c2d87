// Package offline looks passwords up in a downloaded copy of Pwned Passwords,
// so that nothing leaves the computer. It reads what the official downloader
// writes: one text file ordered by hash, or a folder with one file for each
// prefix. It never says "not found" from a file that is not what it should be:
// each such answer rests on two neighbouring lines around the place where the
// hash would stand.
package offline

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // the corpus's own index, not protection
	"encoding/hex"
	"io"
	"os"
	"strconv"

	"unlisted/checks/breach/pwned"
	"unlisted/checks/text"
)

// The reasons a corpus is refused. None names a hash.
var (
	ErrNTLM       = &text.Error{Key: "error.pwned.ntlm"}       // hashes of the other kind
	ErrFormat     = &text.Error{Key: "error.pwned.format"}     // no corpus at all
	ErrUnsorted   = &text.Error{Key: "error.pwned.unsorted"}   // not ordered by hash
	ErrDamaged    = &text.Error{Key: "error.pwned.damaged"}    // lines that are none
	ErrIncomplete = &text.Error{Key: "error.pwned.incomplete"} // a part is missing
	ErrUnreadable = &text.Error{Key: "error.pwned.unreadable"} // the disk failed
)

// Corpus is an open copy.
type Corpus interface {
	pwned.Counter
	io.Closer
}

// Open opens a copy: a file ordered by hash, or a folder of prefixes.
func Open(path string) (Corpus, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, ErrUnreadable
	}
	if info.IsDir() {
		return NewFolder(os.DirFS(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, ErrUnreadable
	}
	c, err := NewFile(f, info.Size())
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return closing{c, f}, nil
}

// closing is a corpus with the file to close after it.
type closing struct {
	pwned.Counter
	io.Closer
}

const (
	hashLen  = 2 * sha1.Size // hexadecimal characters
	ntlmLen  = 32
	countLen = 19 // digits of the largest count
)

// line is one line of the corpus without its end. It checks the shape: so many
// hexadecimal characters, a colon, digits.
type line []byte

func (l line) valid(n int) bool {
	if len(l) < n+2 || len(l) > n+1+countLen || l[n] != ':' {
		return false
	}
	for _, c := range l[:n] {
		if (c < '0' || c > '9') && (c < 'A' || c > 'F') && (c < 'a' || c > 'f') {
			return false
		}
	}
	for _, c := range l[n+1:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// count is the number after the colon.
func (l line) count(n int) (int64, error) {
	c, err := strconv.ParseInt(string(l[n+1:]), 10, 64)
	if err != nil {
		return 0, ErrDamaged
	}
	return c, nil
}

// kind says what a first line shows the corpus to be.
func kind(l line, n, other int) error {
	switch {
	case l.valid(n):
		return nil
	case l.valid(other):
		return ErrNTLM
	}
	return ErrFormat
}

// cutLine takes the first line off a text and drops its end.
func cutLine(b []byte) (l line, rest []byte) {
	i := bytes.IndexByte(b, '\n') + 1
	if i == 0 {
		i = len(b)
	}
	return cut(b[:i]), b[i:]
}

func hexOf(sum [sha1.Size]byte) []byte {
	return hex.AppendEncode(make([]byte, 0, hashLen), sum[:])
}
