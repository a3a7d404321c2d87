package sqlite

import (
	"context"
	"encoding/binary"
)

// Pages of a b-tree, https://www.sqlite.org/fileformat2.html section 1.6.
const (
	indexInterior = 2
	tableInterior = 5
	tableLeaf     = 13
	maxLevels     = 40 // of a tree; one of 2 to the power of 32 pages has fewer
)

// inspect walks the trees with these roots before they are queried. In a sound
// database each page has one place and each byte belongs to one row; a database
// made to stall programs leads to the same pages and bytes again and again, so
// that a few kilobytes read like terabytes. What leads to a page for the second
// time is cut: the query finds the database damaged there, and what came before
// is read.
func (im *image) inspect(ctx context.Context, roots []int64) error {
	w := &walk{image: im, ctx: ctx, seen: make([]uint64, im.size/im.page/64+1), left: im.size}
	for _, root := range roots {
		if !w.visit(root) {
			continue
		}
		if err := w.descend(root, 0); err != nil {
			return err
		}
	}
	return nil
}

// walk is one inspection.
type walk struct {
	*image
	ctx  context.Context
	seen []uint64 // a bit for each page
	left int64    // bytes that rows not seen yet can take
}

// visit notes a page; false where it was noted before or is not there.
func (w *walk) visit(page int64) bool {
	if page < 1 || page > w.size/w.page {
		return false
	}
	at, bit := page/64, uint64(1)<<(page%64)
	if w.seen[at]&bit != 0 {
		return false
	}
	w.seen[at] |= bit
	return true
}

// descend looks at a page and all below it.
func (w *walk) descend(number int64, level int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	start := (number - 1) * w.image.page
	b := make([]byte, w.image.page)
	if n, _ := w.ReadAt(b, start); n < len(b) {
		return nil // the query will find that too
	}
	head := 0
	if number == 1 {
		head = 100
	}
	cells := int(binary.BigEndian.Uint16(b[head+3:]))
	switch kind := b[head]; kind {
	case tableLeaf:
		w.rows(b, head, cells)
	case tableInterior, indexInterior:
		pointers := b[head+12:]
		for i := 0; i < cells && 2*i+2 <= len(pointers); i++ {
			at := int(binary.BigEndian.Uint16(pointers[2*i:]))
			if at+4 > len(b) {
				continue
			}
			if err := w.child(b, start, at, level); err != nil {
				return err
			}
		}
		return w.child(b, start, head+8, level)
	}
	return nil
}

// child follows the page number that stands at an offset of a page.
func (w *walk) child(b []byte, start int64, at, level int) error {
	number := int64(binary.BigEndian.Uint32(b[at:]))
	if level >= maxLevels || w.left < 0 || !w.visit(number) {
		if w.cut == nil {
			w.cut = map[int64]bool{}
		}
		w.cut[start+int64(at)] = true
		return nil
	}
	return w.descend(number, level+1)
}

// rows counts what the rows of a leaf claim to hold.
func (w *walk) rows(b []byte, head, cells int) {
	pointers := b[head+8:]
	for i := 0; i < cells && 2*i+2 <= len(pointers); i++ {
		at := int(binary.BigEndian.Uint16(pointers[2*i:]))
		if at >= len(b) {
			continue
		}
		size, n := int64(0), 0
		for _, c := range b[at:] { // a varint of up to nine bytes
			if n++; n == 9 {
				size = size<<8 | int64(c)
				break
			}
			size = size<<7 | int64(c&0x7f)
			if c < 0x80 {
				break
			}
		}
		if size < 0 || size > w.left {
			w.left = -1
			return
		}
		w.left -= size
	}
}

// blind puts zero, which is no page, where a page number was cut.
func (im *image) blind(b []byte, off int64) {
	if len(im.cut) == 0 {
		return
	}
	for i := range b {
		for back := range int64(4) {
			if im.cut[off+int64(i)-back] {
				b[i] = 0
			}
		}
	}
}
