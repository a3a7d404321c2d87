package evidence

import (
	"archive/zip"
	"errors"
	"io"
	"strings"
)

// addZip takes the members of a zip archive in. Its errors are text keys.
func (t *archiveTree) addZip(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return errors.New("error.evidence.damaged_zip")
	}
	if len(z.File) > maxMembers {
		return errors.New("error.evidence.too_many")
	}
	for _, f := range z.File {
		if !f.Mode().IsRegular() || strings.HasSuffix(f.Name, "/") { // links are never what an export holds
			continue
		}
		t.add(&member{name: f.Name, size: int64(min(f.UncompressedSize64, 1<<62)), packed: f.CompressedSize64, open: func() (io.ReadCloser, error) {
			if f.Flags&1 != 0 {
				return nil, errEncrypted
			}
			return f.Open()
		}})
	}
	return nil
}
