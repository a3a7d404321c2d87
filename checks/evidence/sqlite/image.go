package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"time"
)

// imageName is what the database is called inside its image.
const imageName = "database"

// maxHeld bounds what is held in memory where the tree cannot be read at any
// offset: a database inside an archive, and a write-ahead log.
const maxHeld = 96 << 20

// errLarge is a database that cannot be read without unpacking it.
var errLarge = errors.New("database too large to read inside an archive")

// image is a tree with one file: the database with its committed write-ahead
// log laid over it, marked as one that has none
// (https://www.sqlite.org/fileformat2.html, sections 1.3.3 and 4).
type image struct {
	db     io.ReaderAt
	closer []io.Closer
	size   int64
	page   int64           // bytes of a page
	log    io.ReaderAt     // the write-ahead log; nil where there is none
	moved  map[int64]int64 // page number from 1 to its place in the log
	cut    map[int64]bool  // places of page numbers that lead astray; see inspect
}

func newImage(tree fs.FS, name string) (*image, error) {
	im := &image{}
	db, size, err := im.readerAt(tree, name)
	if err != nil {
		return nil, errors.Join(err, im.close())
	}
	im.db, im.size = db, size
	var head [100]byte
	if _, err := db.ReadAt(head[:], 0); err != nil || string(head[:16]) != Magic {
		return nil, errors.Join(errors.New("no SQLite database"), im.close())
	}
	im.page = int64(binary.BigEndian.Uint16(head[16:]))
	if im.page == 1 {
		im.page = 1 << 16
	}
	if im.page < 512 || im.page&(im.page-1) != 0 {
		return nil, errors.Join(errors.New("no SQLite page size"), im.close())
	}
	if log, logSize, err := im.readerAt(tree, name+"-wal"); err == nil && logSize > walHeader {
		im.overlay(log, logSize)
	}
	return im, nil
}

// readerAt opens a file for reading at any offset, in memory where it must be.
func (im *image) readerAt(tree fs.FS, name string) (io.ReaderAt, int64, error) {
	f, err := tree.Open(name)
	if err != nil {
		return nil, 0, err
	}
	if r, ok := f.(io.ReaderAt); ok {
		im.closer = append(im.closer, f)
		info, err := f.Stat()
		if err != nil {
			return nil, 0, err
		}
		return r, info.Size(), nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.Size() > maxHeld {
		return nil, 0, errLarge
	}
	b := make([]byte, info.Size()) // in one piece: growing would take twice as much
	n, err := io.ReadFull(f, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return bytes.NewReader(b[:n]), int64(n), err
}

const (
	walHeader   = 32
	frameHeader = 24
)

// overlay reads the log up to its last committed frame: a torn end, a frame of
// an earlier round or a wrong checksum ends it, as in SQLite itself.
func (im *image) overlay(log io.ReaderAt, size int64) {
	var head [walHeader]byte
	if _, err := log.ReadAt(head[:], 0); err != nil {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch binary.BigEndian.Uint32(head[:]) {
	case 0x377f0683:
		order = binary.BigEndian
	case 0x377f0682:
	default:
		return
	}
	if int64(binary.BigEndian.Uint32(head[8:])) != im.page {
		return
	}
	var sum checksum
	if sum.add(head[:24], order); !sum.is(head[24:]) {
		return
	}
	frame := make([]byte, frameHeader+im.page)
	moved, pending := map[int64]int64{}, map[int64]int64{}
	for at := int64(walHeader); at+int64(len(frame)) <= size; at += int64(len(frame)) {
		if _, err := log.ReadAt(frame, at); err != nil || !bytes.Equal(frame[8:16], head[16:24]) {
			break
		}
		sum.add(frame[:8], order)
		if sum.add(frame[frameHeader:], order); !sum.is(frame[16:]) {
			break
		}
		pending[int64(binary.BigEndian.Uint32(frame))] = at + frameHeader
		if pages := int64(binary.BigEndian.Uint32(frame[4:])); pages > 0 { // a commit
			for p, place := range pending {
				moved[p] = place
			}
			clear(pending)
			im.size = pages * im.page
		}
	}
	im.log, im.moved = log, moved
}

// checksum is the running sum of a write-ahead log.
type checksum [2]uint32

func (c *checksum) add(b []byte, order binary.ByteOrder) {
	for ; len(b) >= 8; b = b[8:] {
		c[0] += order.Uint32(b) + c[1]
		c[1] += order.Uint32(b[4:]) + c[0]
	}
}

func (c *checksum) is(b []byte) bool {
	return c[0] == binary.BigEndian.Uint32(b) && c[1] == binary.BigEndian.Uint32(b[4:])
}

// ReadAt reads the database as it is with its log.
func (im *image) ReadAt(p []byte, off int64) (int, error) {
	if off >= im.size {
		return 0, io.EOF
	}
	var end error
	if rest := im.size - off; int64(len(p)) > rest {
		p, end = p[:rest], io.EOF
	}
	for done := 0; done < len(p); {
		at := off + int64(done)
		part := p[done:min(int64(len(p)), int64(done)+im.page-at%im.page)]
		from, place := im.db, at
		if moved, ok := im.moved[at/im.page+1]; ok {
			from, place = im.log, moved+at%im.page
		}
		if n, err := from.ReadAt(part, place); n < len(part) {
			if err == nil {
				err = io.ErrUnexpectedEOF
			}
			return done + n, err
		}
		for i := int64(18); i <= 19; i++ { // "has a write-ahead log"
			if i >= at && i < at+int64(len(part)) {
				part[i-at] = 1
			}
		}
		im.blind(part, at)
		done += len(part)
	}
	return len(p), end
}

func (im *image) close() error {
	var errs []error
	for _, c := range im.closer {
		errs = append(errs, c.Close())
	}
	im.closer = nil
	return errors.Join(errs...)
}

// Open implements fs.FS.
func (im *image) Open(name string) (fs.File, error) {
	if name != imageName && name != "/"+imageName {
		return nil, fs.ErrNotExist
	}
	return &imageFile{SectionReader: io.NewSectionReader(im, 0, im.size), image: im}, nil
}

type imageFile struct {
	*io.SectionReader
	image *image
}

func (f *imageFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *imageFile) Close() error               { return f.image.close() }
func (f *imageFile) Name() string               { return imageName }
func (f *imageFile) Mode() fs.FileMode          { return 0o400 }
func (f *imageFile) ModTime() time.Time         { return time.Time{} }
func (f *imageFile) IsDir() bool                { return false }
func (f *imageFile) Sys() any                   { return nil }
