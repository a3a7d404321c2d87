package evidence

import (
	"context"
	"errors"
	"io"
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
			err = kindDamagedZip
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
			return kindMany
		}
		var e *sevenzip.ReadError
		if locked = locked || errors.As(err, &e) && e.Encrypted; err != nil {
			continue
		}
		for _, f := range z.File {
			if f.Mode().IsRegular() {
				t.add(
					&member{
						name:   f.Name,
						size:   int64(min(f.UncompressedSize, 1<<62)),
						packed: uint64(size),
						open:   func() (io.ReadCloser, error) { return open7z(f) },
					},
				)
			}
		}
		return nil
	}
	switch {
	case locked && len(unlock) > 0:
		return kindPassword
	case locked:
		return kindLocked
	}
	return kindDamagedZip
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

// maxDictionary is what a member may take to be unpacked. The format lets a file
// ask for 4 GB; programs ask for 64 MB at most where a person does not choose
// otherwise.
const maxDictionary = 160 << 20

// allocated is how many bytes the process asked for since it started; freeing
// does not lower it.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func open7z(f *sevenzip.File) (r io.ReadCloser, err error) {
	defer func() {
		if recover() != nil {
			r, err = nil, io.ErrUnexpectedEOF
		}
	}()
	before := allocated()
	r, err = f.Open()
	var e *sevenzip.ReadError
	if errors.As(err, &e) && e.Encrypted {
		return nil, kindEncrypted
	}
	if err == nil && allocated()-before > maxDictionary {
		return nil, errors.Join(kindWork, r.Close())
	}
	if err != nil && strings.Contains(err.Error(), "unsupported") {
		return nil, &errPacked{"7z"}
	}
	return r, err
}
