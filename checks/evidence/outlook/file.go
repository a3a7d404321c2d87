package outlook

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// Errors of reading a data file.
var (
	errDamaged   = errors.New("damaged")
	errVersion   = errors.New("a version that is not known")
	errProtected = errors.New("encrypted for an organisation")
	errTooMuch   = errors.New("more to read than a file of its size has")
)

var order = binary.LittleEndian

// Limits of what a file may ask for. Real files stay far below.
const (
	maxLevels = 8       // of any tree; real ones have 2 to 4
	maxValue  = 4 << 20 // bytes of the data of one node
	maxBlocks = 1024    // blocks of one node, the lists of blocks included
	maxPages  = 4096    // pages of the block tree held in memory
	maxReread = 4       // bytes read for each byte of the file
	spare     = 64 << 20
	inflated  = 16 // bytes that were unpacked cost a sixteenth of those that were read
)

// layout is where things stand in the three kinds of files (MS-PST, 2.2.2; of
// the kind with pages of 4 KiB nothing is published but what libpff's authors
// found).
type layout struct {
	page    int // bytes of a page
	id      int // bytes of a block's number or a place in the file
	nodes   int // in the header: the root of the node tree
	blocks  int // in the header: the root of the block tree
	coded   int // in the header: how data is encoded
	counts  int // in a page: behind the entries
	tail    int // in a page: its trailer
	sum     int // in a page: its checksum
	align   int // of blocks
	trailer int // of blocks: bytes
	large   bool
}

var (
	ansi    = layout{512, 4, 0xb8, 0xc0, 0x1cd, 496, 500, 508, 64, 12, false}
	unicode = layout{512, 8, 0xd8, 0xe8, 0x201, 488, 496, 500, 64, 16, false}
	large   = layout{4096, 8, 0xd8, 0xe8, 0x201, 4056, 4072, 4076, 512, 24, true}
)

// place is a place in the file and how many bytes stand there.
type place struct {
	at   uint64
	size int // as stored
	full int // unpacked
}

// file is an Outlook data file (.pst, .ost). It reads pages and blocks as they
// are asked for and holds a few thousand small pages at most.
type file struct {
	layout
	r         io.ReaderAt
	size      uint64
	way       byte // how data is encoded
	root      uint64
	blockRoot uint64
	pages     map[uint64][]byte
	loaded    []uint64 // the places of those pages, a ring
	oldest    int
	budget    int64 // bytes that may still be read
	damaged   bool  // something did not fit; the rest was read
}

const magic = "!BDN"

// openFile reads the header of a data file.
func openFile(r io.ReaderAt, size int64) (*file, error) {
	h := make([]byte, 564)
	n, _ := r.ReadAt(h, 0)
	if n < 512 || string(h[:4]) != magic || string(h[8:10]) == "AB" {
		return nil, errDamaged
	}
	f := &file{r: r, size: uint64(size), pages: map[uint64][]byte{}, budget: maxReread*size + spare}
	switch version := order.Uint16(h[10:]); {
	case version == 14 || version == 15:
		f.layout = ansi
	case version >= 21 && version < 36:
		f.layout = unicode
	case version == 36:
		f.layout = large
	default:
		return nil, errVersion
	}
	if weakCRC(h[8:8+471]) != order.Uint32(h[4:]) {
		f.damaged = true
	}
	if f.way = h[f.coded]; f.way > codedCyclic {
		return nil, errProtected
	}
	f.root, f.blockRoot = f.number(h[f.nodes+f.id:]), f.number(h[f.blocks+f.id:])
	return f, nil
}

// number reads the number of a block, or a place in the file.
func (f *file) number(b []byte) uint64 {
	if f.id == 8 {
		return order.Uint64(b)
	}
	return uint64(order.Uint32(b))
}

// weakCRC is the checksum of MS-PST 5.3: CRC-32 without inversion at the start
// and the end.
func weakCRC(b []byte) uint32 { return ^crc32.Update(^uint32(0), crc32.IEEETable, b) }

// read reads bytes at a place of the file.
func (f *file) read(at uint64, n int) ([]byte, error) {
	if f.budget -= int64(n); f.budget < 0 {
		return nil, errTooMuch
	}
	if at > f.size || uint64(n) > f.size-at {
		return nil, errDamaged
	}
	b := make([]byte, n)
	if got, err := f.r.ReadAt(b, int64(at)); got < n {
		return nil, errors.Join(errDamaged, err)
	}
	return b, nil
}

// The two trees of a file: what its nodes are, and where its blocks lie.
const (
	blockTree = 0x80
	nodeTree  = 0x81
)

// page is a page of a tree.
type page struct {
	raw          []byte
	level, n, sz int
}

// entry is one entry of a page.
func (p page) entry(i int) []byte { return p.raw[i*p.sz : (i+1)*p.sz] }

// page reads a page of a tree. Entries are as long as they must be; a checksum
// that is wrong is noted.
func (f *file) page(at uint64, kind byte) (page, error) {
	raw, held := f.pages[at]
	if !held {
		var err error
		if raw, err = f.read(at, f.layout.page); err != nil {
			return page{}, err
		}
		if raw[f.tail] != kind || raw[f.tail+1] != kind {
			return page{}, errDamaged
		}
		if weakCRC(raw[:f.tail]) != order.Uint32(raw[f.sum:]) {
			f.damaged = true
		}
		if kind == blockTree {
			f.keep(at, raw)
		}
	} else if raw[f.tail] != kind {
		return page{}, errDamaged
	}
	p := page{raw: raw}
	if c := raw[f.counts:]; f.large {
		p.n, p.sz, p.level = int(order.Uint16(c)), int(c[4]), int(c[5])
	} else {
		p.n, p.sz, p.level = int(c[0]), int(c[2]), int(c[3])
	}
	least := 3 * f.id
	switch {
	case p.level == 0 && kind == nodeTree:
		least += 4
	case p.level == 0 && f.id == 4:
		least = 2*f.id + 4
	}
	if p.n > 0 && p.sz < least || p.n*p.sz > f.counts || p.level > maxLevels {
		return page{}, errDamaged
	}
	return p, nil
}

// keep holds a page, in the place of the oldest where there are too many.
func (f *file) keep(at uint64, raw []byte) {
	f.pages[at] = raw
	if most := maxPages * 512 / f.layout.page; len(f.loaded) < most {
		f.loaded = append(f.loaded, at)
		return
	}
	delete(f.pages, f.loaded[f.oldest])
	f.loaded[f.oldest] = at
	f.oldest = (f.oldest + 1) % len(f.loaded)
}

// find looks a block up. Each page is one level below the last, so that a tree
// that bites its tail ends.
func (f *file) find(id uint64) (place, error) {
	id &^= 1
	at, level := f.blockRoot, -1
	for {
		p, err := f.page(at, blockTree)
		if err != nil {
			return place{}, err
		}
		if level >= 0 && p.level != level {
			return place{}, errDamaged
		}
		level = p.level - 1
		i := p.n
		for low := 0; low < i; { // the last entry whose key is not above
			if mid := (low + i) / 2; f.number(p.entry(mid))&^1 <= id {
				low = mid + 1
			} else {
				i = mid
			}
		}
		if i == 0 {
			return place{}, errDamaged
		}
		e := p.entry(i - 1)
		if p.level > 0 {
			at = f.number(e[2*f.id:])
			continue
		}
		if f.number(e)&^1 != id {
			return place{}, errDamaged
		}
		b := place{at: f.number(e[f.id:]), size: int(order.Uint16(e[2*f.id:]))}
		if b.full = b.size; f.large {
			b.full = int(order.Uint16(e[2*f.id+2:]))
		}
		return b, nil
	}
}

// internal marks blocks that hold lists of blocks; they are not encoded.
const internal = 2

// block reads one block.
func (f *file) block(id uint64) ([]byte, error) {
	where, err := f.find(id)
	if err != nil {
		return nil, err
	}
	b, err := f.read(where.at, (where.size+f.trailer+f.align-1)/f.align*f.align)
	if err != nil { // the last one of a file that was cut off
		if b, err = f.read(where.at, where.size); err != nil {
			return nil, err
		}
	} else if sum := len(b) - f.trailer + 4; !f.large {
		if f.id == 4 {
			sum += 4
		}
		f.damaged = f.damaged || order.Uint32(b[sum:]) != weakCRC(b[:where.size])
	}
	b = b[:where.size]
	if f.large && where.full != 0 && where.full != where.size {
		if b, err = f.inflate(b, where.full); err != nil {
			return nil, err
		}
	}
	if id&internal == 0 {
		decode(f.way, b, id)
	}
	return b, nil
}

// inflate unpacks a block.
func (f *file) inflate(b []byte, full int) ([]byte, error) {
	if f.budget -= int64(full / inflated); f.budget < 0 {
		return nil, errTooMuch
	}
	var from io.Reader
	from, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		from = flate.NewReader(bytes.NewReader(b))
	}
	out := make([]byte, full)
	if n, err := io.ReadFull(from, out); err != nil {
		return out[:n], errDamaged
	}
	return out, nil
}

// data reads the blocks of a node, each by itself, up to maxValue bytes.
func (f *file) data(id uint64) ([][]byte, error) {
	if id == 0 {
		return nil, nil
	}
	l := &blockList{f: f}
	err := l.add(id, 2)
	if errors.Is(err, errFull) {
		err = nil
	}
	return l.out, err
}

// errFull ends a list that has given enough.
var errFull = errors.New("enough")

// blockList collects the blocks of a node.
type blockList struct {
	f     *file
	out   [][]byte
	size  int
	count int
}

// add reads a block, or the blocks of the list that it is.
func (l *blockList) add(id uint64, level int) error {
	if l.count++; l.count > maxBlocks {
		return errFull
	}
	b, err := l.f.block(id)
	if err != nil {
		return err
	}
	if id&internal == 0 {
		l.out = append(l.out, b)
		if l.size += len(b); l.size >= maxValue {
			return errFull
		}
		return nil
	}
	const head = 8
	if len(b) < head || b[0] != 1 || b[1] == 0 || int(b[1]) > level {
		return errDamaged
	}
	n := int(order.Uint16(b[2:]))
	if head+n*l.f.id > len(b) {
		return errDamaged
	}
	below := int(b[1]) - 1
	for i := range n {
		if err := l.add(l.f.number(b[head+i*l.f.id:]), below); err != nil {
			return err
		}
	}
	return nil
}

// node is where the data and the subnodes of a node lie.
type node struct {
	id, parent uint32
	data, sub  uint64
}

// subnode finds one subnode of a node.
func (f *file) subnode(list uint64, id uint32) (node, error) {
	for level := 1; level >= 0; level-- {
		b, err := f.block(list)
		if err != nil {
			return node{}, err
		}
		if list&internal == 0 || len(b) < 4 || b[0] != 2 || int(b[1]) > level {
			return node{}, errDamaged
		}
		level = int(b[1])
		head, size := f.id, (3-level)*f.id
		n := int(order.Uint16(b[2:]))
		if head+n*size > len(b) {
			return node{}, errDamaged
		}
		found := false
		for i := range n {
			e := b[head+i*size:]
			key := order.Uint32(e)
			if level == 0 && key == id {
				return node{id: id, data: f.number(e[f.id:]), sub: f.number(e[2*f.id:])}, nil
			}
			if level == 1 && (key <= id || !found) {
				list, found = f.number(e[f.id:]), true
			}
		}
		if !found {
			break
		}
	}
	return node{}, errDamaged
}
