package outlook

import (
	"unlisted/checks/evidence/mapi"
)

// heap is the data of a node as small pieces (MS-PST, 2.3.1).
type heap struct {
	f     *file
	parts [][]byte
	sub   uint64 // the node's subnodes
	kind  byte
	root  uint32
}

// What a heap holds.
const (
	heapSignature = 0xec
	properties    = 0xbc
	table         = 0x7c
)

// heapOf reads the heap of a node.
func (f *file) heapOf(n node) (*heap, error) {
	parts, err := f.data(n.data)
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 || len(parts[0]) < 12 || parts[0][2] != heapSignature {
		return nil, errDamaged
	}
	return &heap{f: f, parts: parts, sub: n.sub, kind: parts[0][3], root: order.Uint32(parts[0][4:])}, nil
}

// item is one piece of a heap; nil for none.
func (h *heap) item(id uint32) ([]byte, error) {
	if id == 0 {
		return nil, nil
	}
	at, part := int(id>>5&0x7ff), int(id>>16)
	if h.f.large {
		at, part = int(id>>5&0x3fff), int(id>>19)
	}
	if id&31 != 0 || at == 0 || part >= len(h.parts) || len(h.parts[part]) < 2 {
		return nil, errDamaged
	}
	b := h.parts[part]
	ends := int(order.Uint16(b)) + 4 // the list of where the pieces begin
	if ends+2*(at+1) > len(b) || at > int(order.Uint16(b[ends-4:])) {
		return nil, errDamaged
	}
	from, to := int(order.Uint16(b[ends+2*(at-1):])), int(order.Uint16(b[ends+2*at:]))
	if from > to || to > len(b) {
		return nil, errDamaged
	}
	return b[from:to], nil
}

// value is what an identifier points at: a piece, or the data of a subnode.
func (h *heap) value(id uint32) ([]byte, error) {
	if id&31 == 0 {
		return h.item(id)
	}
	n, err := h.f.subnode(h.sub, id)
	if err != nil {
		return nil, err
	}
	parts, err := h.f.data(n.data)
	if len(parts) == 1 {
		return parts[0], err
	}
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out[:min(len(out), maxValue)], err
}

// maxRecords bounds the records of one tree on a heap.
const maxRecords = 1 << 14

// records calls each with the records of a tree on a heap (MS-PST, 2.3.2), until
// it returns false.
func (h *heap) records(id uint32, keySize, dataSize int, each func([]byte) bool) error {
	b, err := h.item(id)
	if err != nil {
		return err
	}
	if len(b) < 8 || b[0] != 0xb5 || int(b[1]) != keySize || int(b[2]) != dataSize || b[3] > maxLevels {
		return errDamaged
	}
	w := &recordWalk{h: h, key: keySize, size: keySize + dataSize, each: each}
	return w.level(order.Uint32(b[4:]), int(b[3]))
}

type recordWalk struct {
	h         *heap
	key, size int
	seen      int
	each      func([]byte) bool
	stopped   bool
}

func (w *recordWalk) level(id uint32, level int) error {
	b, err := w.h.item(id)
	if err != nil {
		return err
	}
	size := w.size
	if level > 0 {
		size = w.key + 4
	}
	for ; len(b) >= size && !w.stopped; b = b[size:] {
		if w.seen++; w.seen > maxRecords {
			return errDamaged
		}
		if level > 0 {
			if err := w.level(order.Uint32(b[w.key:]), level-1); err != nil {
				return err
			}
			continue
		}
		w.stopped = !w.each(b[:size])
	}
	return nil
}

// bag is the properties of a node; a long value is read when it is asked for.
type bag struct {
	h       *heap
	records map[uint16][6]byte // type and value, or where that stands
	broken  error              // the first value that could not be read
}

var _ mapi.Message = (*bag)(nil)

// bagOf reads the properties of a node (MS-PST, 2.3.3).
func (f *file) bagOf(n node) (*bag, error) {
	h, err := f.heapOf(n)
	if err != nil {
		return nil, err
	}
	if h.kind != properties {
		return nil, errDamaged
	}
	b := &bag{h: h, records: map[uint16][6]byte{}}
	err = h.records(h.root, 2, 6, func(r []byte) bool {
		b.records[order.Uint16(r)] = [6]byte(r[2:8])
		return true
	})
	return b, err
}

// Property implements mapi.Message.
func (b *bag) Property(id uint16) (kind uint16, value []byte) {
	r, ok := b.records[id]
	if !ok {
		return 0, nil
	}
	kind = order.Uint16(r[:])
	switch kind {
	case 0x02, mapi.TypeLong, 0x04, 0x0a, mapi.TypeBool:
		return kind, r[2:]
	}
	value, err := b.h.value(order.Uint32(r[2:]))
	if err != nil && b.broken == nil {
		b.broken = err
	}
	return kind, value
}
