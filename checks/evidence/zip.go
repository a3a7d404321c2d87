package evidence

import (
	"archive/zip"
	"bytes"
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
	d := &directory{ReaderAt: r}
	z, err := zip.NewReader(d, size)
	d.listed = true
	switch {
	case d.n > maxMembers:
		return kindMany
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return kindDamagedZip
	}
	left := size // members that stand apart cannot take more than there is
	z.RegisterDecompressor(methodBzip2, func(r io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(r)) })
	for _, f := range z.File {
		if !f.Mode().IsRegular() || strings.HasSuffix(f.Name, "/") { // links are never what an export holds
			continue
		}
		if f.CompressedSize64 > uint64(left) {
			return kindOverlap
		}
		left -= int64(f.CompressedSize64)
		m := &member{name: f.Name, size: int64(min(f.UncompressedSize64, 1<<62)), packed: f.CompressedSize64}
		if f.UncompressedSize64 > 0 || f.CompressedSize64 > 0 {
			m.open = func() (io.ReadCloser, error) { return openZipped(r, f) }
		}
		t.add(m)
	}
	return nil
}

func openZipped(r io.ReaderAt, f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, kindEncrypted
	}
	content, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, &errPacked{methodName(f.Method)}
	}
	if err != nil || f.Method != zip.Store {
		return content, err
	}
	at, err := f.DataOffset()
	if err != nil {
		return nil, errors.Join(err, content.Close())
	}
	return stored{content, io.NewSectionReader(r, at, int64(f.CompressedSize64))}, nil
}

// stored is a member that is not compressed.
type stored struct {
	io.ReadCloser
	io.ReaderAt
}

// directory ends the listing of an archive that has more members than any
// export: the reader below would hold them all before it says how many.
type directory struct {
	io.ReaderAt
	n      int  // members seen, those aside that two reads cut in two
	listed bool // the listing is done
}

var entryMagic = []byte("PK\x01\x02")

func (d *directory) ReadAt(p []byte, off int64) (int, error) {
	n, err := d.ReaderAt.ReadAt(p, off)
	if d.listed {
		return n, err
	}
	if d.n += bytes.Count(p[:n], entryMagic); d.n > maxMembers {
		return 0, kindWork
	}
	return n, err
}
