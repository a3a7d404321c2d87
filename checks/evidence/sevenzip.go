package evidence

import (
	"errors"
	"io"
	"strings"

	"github.com/bodgit/sevenzip"
)

const sevenzipMagic = "7z\xbc\xaf\x27\x1c"

// add7z takes the members of a 7z archive in, with the first of the passwords
// that opens it. Its errors are text keys.
func (t *archiveTree) add7z(r io.ReaderAt, size int64, unlock []Unlock) (err error) {
	defer func() {
		if recover() != nil { // the reader is not ours, and the file may be hostile
			err = errors.New("error.evidence.damaged_zip")
		}
	}()
	tries := []string{""}
	for _, u := range unlock {
		tries = append(tries, u.Passphrase)
	}
	locked := false
	for _, pass := range tries {
		z, err := sevenzip.NewReaderWithPassword(r, size, pass)
		if err == nil && len(z.File) > maxMembers {
			return errors.New("error.evidence.too_many")
		}
		var e *sevenzip.ReadError
		if locked = locked || errors.As(err, &e) && e.Encrypted; err != nil {
			continue
		}
		for _, f := range z.File {
			if f.Mode().IsRegular() {
				t.add(&member{name: f.Name, size: int64(min(f.UncompressedSize, 1<<62)), packed: uint64(size), open: func() (io.ReadCloser, error) { return open7z(f) }})
			}
		}
		return nil
	}
	switch {
	case locked && len(unlock) > 0:
		return errors.New("error.evidence.wrong_password")
	case locked:
		return errors.New("error.evidence.locked")
	}
	return errors.New("error.evidence.damaged_zip")
}

func open7z(f *sevenzip.File) (r io.ReadCloser, err error) {
	defer func() {
		if recover() != nil {
			r, err = nil, io.ErrUnexpectedEOF
		}
	}()
	r, err = f.Open()
	var e *sevenzip.ReadError
	if errors.As(err, &e) && e.Encrypted {
		return nil, errEncrypted
	}
	if err != nil && strings.Contains(err.Error(), "unsupported") {
		return nil, &errPacked{"7z"}
	}
	return r, err
}
