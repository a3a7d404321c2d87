package evidencetest

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// PST is an Outlook data file to be written as MS-PST lays it out. Debian's
// readpst reads what it writes.
type PST struct {
	Version int  // 14 (ANSI), 23 (Unicode) or 36 (pages of 4 KiB)
	Coding  byte // 0 none, 1 permute, 2 cyclic
	Shared  int  // so many more messages that are the first one's bytes, which no real file has
	Folders []PSTFolder
}

// PSTFolder is a folder with its messages.
type PSTFolder struct {
	Name     string
	Role     string // "trash", "junk", "drafts", "sent" or ""
	Messages []map[uint32]any
}

// The tags of properties that tests set: number and type.
const (
	PSTClass    = 0x001a001f
	PSTSubject  = 0x0037001f
	PSTHeaders  = 0x007d001f
	PSTFromName = 0x0c1a001f
	PSTFromKind = 0x0c1e001f
	PSTFrom     = 0x0c1f001f
	PSTGot      = 0x5d07001f
	PSTDate     = 0x0e060040
	PSTFlags    = 0x0e070003
	PSTBody     = 0x1000001f
	PSTHTML     = 0x10130102
	PSTRTF      = 0x10090102
	PSTCodePage = 0x3fde0003
)

type pstBlock struct {
	id, at       uint64
	stored, full int
}

type pstNode struct {
	id, parent uint32
	data, sub  uint64
}

// pstWriter puts a file together from its blocks.
type pstWriter struct {
	PST
	r, s, i        [256]byte
	body           []byte
	blocks         []pstBlock
	nodes          []pstNode
	next           uint64
	align, trailer int
}

var le = binary.LittleEndian

// writer makes a writer; tables is the text of the encodings' tables.
func (p PST) writer(tables string) *pstWriter {
	w := &pstWriter{PST: p, next: 4, body: make([]byte, 0x4600), align: 64, trailer: 16}
	switch {
	case p.Version < 20:
		w.trailer = 12
	case p.Version > 30:
		w.align, w.trailer = 512, 24
	}
	var all []byte
	for line := range strings.Lines(tables) {
		if !strings.HasPrefix(line, "#") {
			b, _ := hex.DecodeString(strings.TrimSpace(line))
			all = append(all, b...)
		}
	}
	copy(w.r[:], all)
	copy(w.s[:], all[256:])
	for n, v := range w.r {
		w.i[v] = byte(n)
	}
	return w
}

func (w *pstWriter) wide() bool { return w.Version >= 20 }
func (w *pstWriter) big() bool  { return w.Version > 30 }

// number is a block's number or a place.
func (w *pstWriter) number(v uint64) []byte {
	if w.wide() {
		return le.AppendUint64(nil, v)
	}
	return le.AppendUint32(nil, uint32(v))
}

func pstSum(b []byte) uint32 { return ^crc32.Update(^uint32(0), crc32.IEEETable, b) }

func pstSignature(at, id uint64) uint16 {
	v := uint32(at ^ id)
	return uint16(v>>16) ^ uint16(v)
}

func (w *pstWriter) encode(b []byte, id uint64) []byte {
	out := bytes.Clone(b)
	k := uint16(id>>16) ^ uint16(id)
	for n, v := range out {
		switch w.Coding {
		case 1:
			out[n] = w.r[v]
		case 2:
			low, high := byte(k), byte(k>>8)
			out[n] = w.i[w.s[w.r[v+low]+high]-high] - low
			k++
		}
	}
	return out
}

func (w *pstWriter) pad(n int) {
	for len(w.body)%n != 0 {
		w.body = append(w.body, 0)
	}
}

// block writes a block and returns its number.
func (w *pstWriter) block(b []byte, internal bool) uint64 {
	id := w.next
	w.next += 4
	full := len(b)
	if internal {
		id |= 2
	} else {
		b = w.encode(b, id)
		if w.big() && full > 1000 {
			var z bytes.Buffer
			c := zlib.NewWriter(&z)
			_, _ = c.Write(b)
			_ = c.Close()
			if z.Len() < full {
				b = z.Bytes()
			}
		}
	}
	w.pad(w.align)
	at := uint64(len(w.body))
	w.body = append(w.body, b...)
	for (len(w.body)+w.trailer)%w.align != 0 {
		w.body = append(w.body, 0)
	}
	t := le.AppendUint16(nil, uint16(len(b)))
	t = le.AppendUint16(t, pstSignature(at, id))
	if w.wide() {
		t = append(le.AppendUint32(t, pstSum(b)), w.number(id)...)
	} else {
		t = le.AppendUint32(append(t, w.number(id)...), pstSum(b))
	}
	if w.big() {
		t = le.AppendUint32(le.AppendUint16(le.AppendUint16(t, 2), uint16(full)), 0)
	}
	w.body = append(w.body, t...)
	w.blocks = append(w.blocks, pstBlock{id, at, len(b), full})
	return id
}

// data writes data of any length.
func (w *pstWriter) data(b []byte) uint64 {
	most := 8192 - w.trailer
	if w.big() {
		most = 65536 - w.trailer
	}
	if len(b) <= most {
		return w.block(b, false)
	}
	var ids []byte
	n := 0
	for part := range slices.Chunk(b, most) {
		ids = append(ids, w.number(w.block(part, false))...)
		n++
	}
	head := le.AppendUint32(le.AppendUint16([]byte{1, 1}, uint16(n)), uint32(len(b)))
	return w.block(append(head, ids...), true)
}

func pstHeap(client byte, items [][]byte) []byte {
	h := make([]byte, 12)
	ends := []int{12}
	for _, it := range items {
		h = append(h, it...)
		ends = append(ends, len(h))
	}
	if len(h)%2 == 1 {
		h = append(h, 0)
	}
	le.PutUint16(h, uint16(len(h)))
	h[2], h[3] = 0xec, client
	le.PutUint32(h[4:], 0x20)
	h = le.AppendUint16(le.AppendUint16(h, uint16(len(items))), 0)
	for _, e := range ends {
		h = le.AppendUint16(h, uint16(e))
	}
	return h
}

// bag writes the properties of a node.
func (w *pstWriter) bag(props map[uint32]any) (data, sub uint64) {
	items := [][]byte{{0xb5, 2, 6, 0, 0x40, 0, 0, 0}, nil}
	var subs []byte
	count := 0
	for _, tag := range sortedTags(props) {
		kind := uint16(tag)
		if kind == 0x1f && !w.wide() {
			kind = 0x1e
		}
		record := le.AppendUint16(le.AppendUint16(nil, uint16(tag>>16)), kind)
		var v []byte
		switch x := props[tag].(type) {
		case int:
			items[1] = append(items[1], le.AppendUint32(record, uint32(x))...)
			continue
		case uint64:
			v = le.AppendUint64(nil, x)
		case []byte:
			v = x
		case string:
			if v = UTF16(x); kind == 0x1e {
				v, _ = charmap.Windows1252.NewEncoder().Bytes([]byte(x))
			}
		}
		at := uint32(0)
		if len(v) > 1500 {
			at = uint32(0x40+count)<<5 | 0x1f
			count++
			subs = slices.Concat(subs, w.number(uint64(at)), w.number(w.data(v)), w.number(0))
		} else if len(v) > 0 {
			items = append(items, v)
			at = uint32(len(items)) << 5
		}
		items[1] = append(items[1], le.AppendUint32(record, at)...)
	}
	if count > 0 {
		head := le.AppendUint16([]byte{2, 0}, uint16(count))
		if w.wide() {
			head = append(head, 0, 0, 0, 0)
		}
		sub = w.block(append(head, subs...), true)
	}
	return w.block(pstHeap(0xbc, items), false), sub
}

func sortedTags(props map[uint32]any) []uint32 {
	var tags []uint32
	for t := range props {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	return tags
}

// UTF16 is text as Windows keeps it.
func UTF16(s string) (out []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, u)
	}
	return out
}

// emptyTable writes a table without rows.
func (w *pstWriter) emptyTable() uint64 {
	row := byte(4)
	if !w.wide() {
		row = 2
	}
	info := []byte{
		0x7c, 2, 8, 0, 8, 0, 8, 0, 9, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // sizes, index, rows
		3, 0, 0xf2, 0x67, 0, 0, 4, 0, 3, 0, 0xf3, 0x67, 4, 0, 4, 1, // two columns
	}
	return w.block(pstHeap(0x7c, [][]byte{info, {0xb5, 4, row, 0, 0, 0, 0, 0}}), false)
}

func (w *pstWriter) node(id, parent uint32, data, sub uint64) {
	w.nodes = append(w.nodes, pstNode{id, parent, data, sub})
}

func (w *pstWriter) folder(id, parent uint32, props map[uint32]any) {
	data, sub := w.bag(props)
	w.node(id, parent, data, sub)
	for _, kind := range []uint32{0x0d, 0x0e, 0x0f} {
		w.node(id&^31|kind, 0, w.emptyTable(), 0)
	}
}

// entryID names a node as other nodes do.
func entryID(node uint32) []byte {
	return le.AppendUint32([]byte("\x00\x00\x00\x00abcdefghijklmnop"), node)
}

// Bytes writes the file. tables is the text of the encodings' tables.
func (p PST) Bytes(tables string) []byte {
	w := p.writer(tables)
	const top, first = 0x8022, 0x8042
	store := map[uint32]any{
		0x3001001f: "Store", 0x0ff90102: []byte("abcdefghijklmnop"),
		0x35e00102: entryID(top), 0x67ff0003: 0, 0x35df0003: 0x89,
	}
	root := map[uint32]any{0x3001001f: "", 0x36020003: 0, 0x36030003: 0, 0x360a000b: 1}
	for i, f := range p.Folders {
		id := uint32(first + 32*i)
		switch f.Role {
		case "trash":
			store[0x35e30102] = entryID(id)
		case "sent":
			store[0x35e40102] = entryID(id)
		case "drafts":
			root[0x36d70102] = entryID(id)
		case "junk":
			list := le.AppendUint32(nil, 5)
			for n := range uint32(5) {
				list = le.AppendUint32(list, 24+24*n)
			}
			for range 4 {
				list = append(list, entryID(0)...)
			}
			root[0x36d81102] = append(list, entryID(id)...)
		}
	}
	data, sub := w.bag(store)
	w.node(0x21, 0, data, sub)
	data, sub = w.bag(map[uint32]any{
		0x00010003: 251, 0x00020102: []byte("abcdefghijklmnop"),
		0x00030102: []byte("\x54\x85\x00\x00\x00\x00\x00\x00"), 0x00040102: []byte("\x04\x00\x00\x00a\x00b\x00"),
	})
	w.node(0x61, 0, data, sub)
	w.folder(0x122, 0x122, root)
	w.folder(top, 0x122, map[uint32]any{
		0x3001001f: "Top of Personal Folders", 0x36020003: 0, 0x36030003: 0, 0x360a000b: 1,
	})
	message := uint32(0x200024)
	for i, f := range p.Folders {
		id := uint32(first + 32*i)
		w.folder(id, top, map[uint32]any{0x3001001f: f.Name, 0x36020003: len(f.Messages), 0x36030003: 0, 0x360a000b: 0})
		for _, m := range f.Messages {
			data, sub := w.bag(m)
			w.node(message, id, data, sub)
			message += 32
			for range p.Shared {
				w.node(message, id, data, sub)
				message += 32
			}
			p.Shared = 0
		}
	}
	return w.finish()
}

// page writes a page of a tree.
func (w *pstWriter) page(kind byte, entries [][]byte, level byte) (id, at uint64) {
	size, counts := 512, 488
	switch {
	case w.big():
		size, counts = 4096, 4056
	case !w.wide():
		counts = 496
	}
	w.pad(size)
	at, id = uint64(len(w.body)), w.next
	w.next += 4
	length := len(entries[0])
	p := append(bytes.Join(entries, nil), make([]byte, counts)...)[:counts]
	if w.big() {
		p = le.AppendUint16(le.AppendUint16(p, uint16(len(entries))), uint16(counts/length))
		p = append(p, byte(length), level, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	} else {
		p = append(p, byte(len(entries)), byte(counts/length), byte(length), level)
		if w.wide() {
			p = append(p, 0, 0, 0, 0)
		}
	}
	sum := pstSum(p)
	p = le.AppendUint16(append(p, kind, kind), pstSignature(at, id))
	if w.wide() {
		p = append(le.AppendUint32(p, sum), w.number(id)...)
	} else {
		p = le.AppendUint32(append(p, w.number(id)...), sum)
	}
	if w.big() {
		p = append(p, w.number(0)...)
	}
	w.body = append(w.body, p...)
	return id, at
}

type pstEntry struct {
	key uint64
	raw []byte
}

// tree writes a tree of entries.
func (w *pstWriter) tree(kind byte, entries []pstEntry) (id, at uint64) {
	slices.SortFunc(entries, func(a, b pstEntry) int { return cmp.Compare(a.key, b.key) })
	for level := byte(0); ; level++ {
		room := 488
		switch {
		case w.big():
			room = 4056
		case !w.wide():
			room = 496
		}
		var above []pstEntry
		for part := range slices.Chunk(entries, room/len(entries[0].raw)) {
			var raw [][]byte
			for _, e := range part {
				raw = append(raw, e.raw)
			}
			id, at = w.page(kind, raw, level)
			above = append(above, pstEntry{part[0].key, slices.Concat(w.number(part[0].key), w.number(id), w.number(at))})
		}
		if len(above) == 1 {
			return id, at
		}
		entries = above
	}
}

func (w *pstWriter) finish() []byte {
	var nodes, blocks []pstEntry
	for _, n := range w.nodes {
		raw := slices.Concat(w.number(uint64(n.id)), w.number(n.data), w.number(n.sub), le.AppendUint32(nil, n.parent))
		if w.wide() {
			raw = append(raw, 0, 0, 0, 0)
		}
		nodes = append(nodes, pstEntry{uint64(n.id), raw})
	}
	for _, b := range w.blocks {
		raw := le.AppendUint16(slices.Concat(w.number(b.id), w.number(b.at)), uint16(b.stored))
		if w.big() {
			raw = le.AppendUint16(raw, uint16(b.full))
		}
		if raw = le.AppendUint16(raw, 2); w.wide() {
			raw = append(raw, make([]byte, 24-len(raw))...)
		}
		blocks = append(blocks, pstEntry{b.id, raw})
	}
	nodeID, nodeAt := w.tree(0x81, nodes)
	blockID, blockAt := w.tree(0x80, blocks)
	w.pad(4096)
	h := w.body[:564]
	copy(h, "!BDN\x00\x00\x00\x00SM")
	h[10], h[12], h[14], h[15] = byte(w.Version), 19, 1, 1
	roots := slices.Concat(w.number(nodeID), w.number(nodeAt), w.number(blockID), w.number(blockAt))
	if w.wide() {
		le.PutUint64(h[0xb8:], uint64(len(w.body)))
		copy(h[0xd8:], roots)
		h[0x200], h[0x201] = 0x80, w.Coding
		le.PutUint32(h[0x20c:], pstSum(h[8:8+516]))
	} else {
		le.PutUint32(h[0xa8:], uint32(len(w.body)))
		copy(h[0xb8:], roots)
		h[0x1cc], h[0x1cd] = 0x80, w.Coding
	}
	le.PutUint32(h[4:], pstSum(h[8:8+471]))
	return w.body
}
