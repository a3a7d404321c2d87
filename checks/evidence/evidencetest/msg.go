package evidencetest

import (
	"bytes"
	"fmt"
	"slices"
)

// MSG writes an Outlook message (MS-OXMSG in a compound file, MS-CFB): property
// tags with numbers, times, texts and bytes. Debian's msgconvert reads it.
func MSG(props map[uint32]any) []byte {
	streams := map[string][]byte{}
	fixed := make([]byte, 32)
	for _, tag := range sortedTags(props) {
		entry := le.AppendUint32(le.AppendUint32(nil, tag), 6)
		switch v := props[tag].(type) {
		case int:
			entry = le.AppendUint64(entry, uint64(v))
		case uint64:
			entry = le.AppendUint64(entry, v)
		case string:
			b := []byte(v)
			if uint16(tag) == 0x1f {
				b = UTF16(v)
			}
			streams[fmt.Sprintf("__substg1.0_%08X", tag)] = b
			entry = le.AppendUint64(entry, uint64(len(b)+2))
		case []byte:
			streams[fmt.Sprintf("__substg1.0_%08X", tag)] = v
			entry = le.AppendUint64(entry, uint64(len(v)))
		}
		fixed = append(fixed, entry...)
	}
	streams["__properties_version1.0"] = fixed
	return compoundFile(streams)
}

const cfbEnd = 0xfffffffe

// chainFAT appends a run of n sectors to a table.
func chainFAT(fat []uint32, n int) []uint32 {
	for i := range n {
		next := uint32(len(fat) + 1)
		if i == n-1 {
			next = cfbEnd
		}
		fat = append(fat, next)
	}
	return fat
}

func padTo(b []byte, n int) []byte { return append(b, make([]byte, (n-len(b)%n)%n)...) }

// compoundFile writes streams below the root of a compound file.
func compoundFile(streams map[string][]byte) []byte {
	var names []string
	for n := range streams {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int { return len(a) - len(b) })
	var mini []byte
	var miniFAT []uint32
	var body []byte
	var fat []uint32
	fatSectors := 1
	for _, s := range streams {
		fatSectors += (len(s)/512 + 2) / 128
	}
	for range fatSectors {
		fat = append(fat, 0xfffffffd)
	}
	body = make([]byte, 512*fatSectors)
	put := func(b []byte) uint32 {
		start := uint32(len(fat))
		b = padTo(b, 512)
		fat = chainFAT(fat, len(b)/512)
		body = append(body, b...)
		return start
	}
	entries := [][]byte{nil}
	for i, name := range names {
		b := streams[name]
		start := uint32(cfbEnd)
		switch {
		case len(b) >= 4096:
			start = put(b)
		case len(b) > 0:
			start = uint32(len(mini) / 64)
			padded := padTo(bytes.Clone(b), 64)
			miniFAT = chainFAT(miniFAT, len(padded)/64)
			mini = append(mini, padded...)
		}
		next := uint32(i + 2)
		if i == len(names)-1 {
			next = 0xffffffff
		}
		entries = append(entries, cfbEntry(name, 2, 0xffffffff, next, start, len(b)))
	}
	entries[0] = cfbEntry("Root Entry", 5, 1, 0xffffffff, put(mini), len(mini))
	var list []byte
	for _, v := range miniFAT {
		list = le.AppendUint32(list, v)
	}
	for len(list)%512 != 0 {
		list = le.AppendUint32(list, 0xffffffff)
	}
	miniAt := put(list)
	dirAt := put(bytes.Join(entries, nil))
	h := make([]byte, 512)
	copy(h, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(h[24:], 0x3e)
	le.PutUint16(h[26:], 3)
	le.PutUint16(h[28:], 0xfffe)
	le.PutUint16(h[30:], 9)
	le.PutUint16(h[32:], 6)
	for at, v := range map[int]uint32{
		44: uint32(fatSectors), 48: dirAt, 56: 4096, 60: miniAt, 64: uint32(len(list) / 512), 68: cfbEnd,
	} {
		le.PutUint32(h[at:], v)
	}
	for i := range 109 {
		v := uint32(0xffffffff)
		if i < fatSectors {
			v = uint32(i)
		}
		le.PutUint32(h[76+4*i:], v)
	}
	for i := range 128 * fatSectors {
		v := uint32(0xffffffff)
		if i < len(fat) {
			v = fat[i]
		}
		le.PutUint32(body[4*i:], v)
	}
	return append(h, body...)
}

// cfbEntry writes one entry of the directory; the root's only link is its child.
func cfbEntry(name string, kind byte, child, right, start uint32, size int) []byte {
	e := make([]byte, 128)
	n := copy(e, UTF16(name))
	le.PutUint16(e[64:], uint16(n+2))
	e[66], e[67] = kind, 1
	le.PutUint32(e[68:], 0xffffffff)
	le.PutUint32(e[72:], right)
	le.PutUint32(e[76:], child)
	le.PutUint32(e[116:], start)
	le.PutUint32(e[120:], uint32(size))
	return e
}

// TNEF writes a winmail.dat (MS-OXTNEF) with one list of properties. Debian's
// tnef reads it.
func TNEF(props map[uint32]any) []byte {
	list := le.AppendUint32(nil, uint32(len(props)))
	for _, tag := range sortedTags(props) {
		list = le.AppendUint32(list, tag)
		switch v := props[tag].(type) {
		case int:
			list = le.AppendUint32(list, uint32(v))
		case uint64:
			list = le.AppendUint64(list, v)
		case string:
			b := append([]byte(v), 0)
			if uint16(tag) == 0x1f {
				b = append(UTF16(v), 0, 0)
			}
			list = append(le.AppendUint32(le.AppendUint32(list, 1), uint32(len(b))), padTo(b, 4)...)
		case []byte:
			list = append(le.AppendUint32(le.AppendUint32(list, 1), uint32(len(v))), padTo(bytes.Clone(v), 4)...)
		}
	}
	out := []byte("\x78\x9f\x3e\x22\x01\x00")
	for _, a := range []struct {
		id   uint32
		data []byte
	}{
		{0x00089006, []byte{0, 0, 1, 0}},
		{0x00069007, le.AppendUint64(nil, 1252)},
		{0x00078008, []byte("IPM.Microsoft Mail.Note\x00")},
		{0x00069003, list},
	} {
		sum := uint16(0)
		for _, c := range a.data {
			sum += uint16(c)
		}
		out = append(out, 1)
		out = le.AppendUint32(le.AppendUint32(out, a.id), uint32(len(a.data)))
		out = le.AppendUint16(append(out, a.data...), sum)
	}
	return out
}
