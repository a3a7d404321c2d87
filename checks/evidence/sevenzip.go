package evidence

import (
	"context"
	"errors"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"

	"github.com/bodgit/sevenzip"

	"unlisted/checks/job"
)

const sevenzipMagic = "7z\xbc\xaf\x27\x1c"

// add7z takes the members of a 7z archive in, with the first of the passwords
// that opens it. Its errors are text keys.
func (t *archiveTree) add7z(ctx context.Context, r io.ReaderAt, size int64, unlock []Unlock) (err error) {
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
		z, err := list7z(ctx, r, size, pass)
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

// list7z reads the list of members; deriving its key takes a while.
func list7z(ctx context.Context, r io.ReaderAt, size int64, pass string) (*sevenzip.Reader, error) {
	type result struct {
		z   *sevenzip.Reader
		err error
	}
	out, err := job.Await(ctx, func() result {
		z, err := sevenzip.NewReaderWithPassword(r, size, pass)
		return result{z, err}
	})
	return out.z, errors.Join(err, out.err)
}

// maxHeap is what may be held while a member is unpacked. The format lets a file
// ask for a dictionary of 4 GB; those of honest archives are no larger than what
// they hold, and at most 256 MB.
const maxHeap = 200 << 20

// heavy reports whether more is held than may be.
func heavy() bool {
	held := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	if metrics.Read(held); held[0].Value.Uint64() <= maxHeap {
		return false
	}
	runtime.GC() // much of it may be garbage
	metrics.Read(held)
	return held[0].Value.Uint64() > maxHeap
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
	if err == nil && heavy() {
		return nil, errors.Join(errWork, r.Close())
	}
	if err != nil && strings.Contains(err.Error(), "unsupported") {
		return nil, &errPacked{"7z"}
	}
	return r, err
}
