package evidence

import (
	"archive/zip"
	"cmp"
	"compress/bzip2"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Methods of compression that zip archives name by number (APPNOTE.TXT 6.3.10, section 4.4.5).
const methodBzip2 = 12

var zipMethods = map[uint16]string{
	1: "Shrink", 2: "Reduce", 3: "Reduce", 4: "Reduce", 5: "Reduce", 6: "Implode", 9: "Deflate64", 10: "PKWARE DCL", 14: "LZMA", 16: "IBM CMPSC",
	18: "IBM TERSE", 19: "LZ77", 20: "Zstandard", 93: "Zstandard", 94: "MP3", 95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
}

// methodName names a method as programs that pack do.
func methodName(method uint16) string {
	return cmp.Or(zipMethods[method], "method "+strconv.Itoa(int(method)))
}

// addZip takes the members of a zip archive in. Its errors are text keys.
func (t *archiveTree) addZip(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return errors.New("error.evidence.damaged_zip")
	}
	z.RegisterDecompressor(methodBzip2, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
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
			r, err := f.Open()
			if errors.Is(err, zip.ErrAlgorithm) {
				return nil, &errPacked{methodName(f.Method)}
			}
			return r, err
		}})
	}
	return nil
}
