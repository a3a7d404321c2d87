package outlook

import (
	"errors"
	"io"
	"strings"

	"unlisted/checks/evidence/mapi"
)

// compoundMagic begins a compound file (MS-CFB): a .msg, an old document.
const compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Limits of a compound file; real messages stay far below.
const (
	maxEntries = 20_000
	maxSectors = 1 << 20 // of one stream, and of all lists of sectors

	noSector = 0xfffffffa // and above: marks, no sectors
	noEntry  = 0xffffffff
)

// compound is a file that holds streams, as a disk holds files. Of its folders
// only the first level is looked at: what lies deeper is attachments.
type compound struct {
	r       io.ReaderAt
	sector  int64    // bytes
	fat     []uint32 // the sectors that say which sector follows which
	held    []byte   // one of those
	heldAt  uint32
	mini    []uint32 // the sectors of the stream that holds small streams
	miniFat []uint32 // the sectors that say which small sector follows which
	cutoff  uint64   // bytes from which a stream is no small one
	work    int      // sectors that may still be followed
	streams map[string]stream
}

type stream struct {
	start uint32
	size  uint64
}

// smallSector is how many bytes small streams are cut into.
const smallSector = 64

// openCompound reads the header and the directory.
func openCompound(r io.ReaderAt) (*compound, error) {
	h := make([]byte, 512)
	if n, _ := r.ReadAt(h, 0); n < len(h) || string(h[:8]) != compoundMagic {
		return nil, errDamaged
	}
	shift := order.Uint16(h[30:])
	if shift != 9 && shift != 12 {
		return nil, errDamaged
	}
	c := &compound{r: r, sector: 1 << shift, heldAt: noEntry, cutoff: uint64(order.Uint32(h[56:])), work: maxSectors}
	for i := range 109 {
		if s := order.Uint32(h[76+4*i:]); s < noSector {
			c.fat = append(c.fat, s)
		}
	}
	for s, n := order.Uint32(h[68:]), order.Uint32(h[72:]); n > 0 && s < noSector; n-- { // more of them
		b, err := c.read(s)
		if err != nil {
			return nil, err
		}
		for i := 0; i+8 <= len(b); i += 4 {
			if v := order.Uint32(b[i:]); v < noSector {
				c.fat = append(c.fat, v)
			}
		}
		s = order.Uint32(b[len(b)-4:])
	}
	miniFat, err := c.chain(order.Uint32(h[60:]))
	if err != nil {
		return nil, err
	}
	c.miniFat = miniFat
	return c, c.directory(order.Uint32(h[48:]))
}

// read reads one sector.
func (c *compound) read(s uint32) ([]byte, error) {
	if c.work--; c.work < 0 {
		return nil, errTooMuch
	}
	b := make([]byte, c.sector)
	if n, err := c.r.ReadAt(b, (int64(s)+1)*c.sector); n < len(b) && (n == 0 || !errors.Is(err, io.EOF)) {
		return nil, errDamaged
	}
	return b, nil
}

// chain lists the sectors of a stream.
func (c *compound) chain(s uint32) (out []uint32, err error) {
	for s < noSector {
		if out = append(out, s); len(out) > maxSectors {
			return nil, errDamaged
		}
		per := uint32(c.sector / 4)
		if s/per >= uint32(len(c.fat)) {
			return nil, errDamaged
		}
		if at := c.fat[s/per]; at != c.heldAt {
			if c.held, err = c.read(at); err != nil {
				return nil, err
			}
			c.heldAt = at
		} else if c.work--; c.work < 0 {
			return nil, errTooMuch
		}
		s = order.Uint32(c.held[4*(s%per):])
	}
	return out, nil
}

// directory finds the streams of the first level.
func (c *compound) directory(start uint32) error {
	sectors, err := c.chain(start)
	if err != nil {
		return err
	}
	const size = 128
	var all [][]byte
	for _, s := range sectors {
		if len(all) >= maxEntries {
			return errDamaged
		}
		b, err := c.read(s)
		if err != nil {
			return err
		}
		for ; len(b) >= size; b = b[size:] {
			all = append(all, b[:size])
		}
	}
	if len(all) == 0 {
		return errDamaged
	}
	if c.mini, err = c.chain(order.Uint32(all[0][116:])); err != nil {
		return err
	}
	c.streams = map[string]stream{}
	seen := make([]bool, len(all))
	for next := []uint32{order.Uint32(all[0][76:])}; len(next) > 0; {
		i := next[len(next)-1]
		next = next[:len(next)-1]
		if i >= uint32(len(all)) || seen[i] {
			continue
		}
		seen[i] = true
		e := all[i]
		if n := int(order.Uint16(e[64:])); e[66] == 2 && n >= 2 && n <= 64 {
			length := uint64(order.Uint32(e[120:]))
			c.streams[mapi.FromUTF16(e[:n-2])] = stream{order.Uint32(e[116:]), length}
		}
		next = append(next, order.Uint32(e[68:]), order.Uint32(e[72:]))
	}
	return nil
}

// stream reads a stream of the first level, up to maxValue bytes.
func (c *compound) stream(name string) ([]byte, error) {
	s, ok := c.streams[name]
	if !ok {
		return nil, nil
	}
	size := int(min(s.size, maxValue))
	if s.size < c.cutoff {
		return c.small(s.start, size)
	}
	out := make([]byte, 0, min(size, 64<<10))
	sectors, err := c.chain(s.start)
	for _, at := range sectors {
		if err != nil || len(out) >= size {
			break
		}
		var b []byte
		b, err = c.read(at)
		out = append(out, b...)
	}
	if err == nil && len(out) < size {
		err = errDamaged
	}
	return out[:min(len(out), size)], err
}

// small reads a small stream.
func (c *compound) small(at uint32, size int) ([]byte, error) {
	var out []byte
	perList, perSector := uint32(c.sector/4), uint32(c.sector/smallSector)
	for len(out) < size {
		if at >= noSector || at/perSector >= uint32(len(c.mini)) || at/perList >= uint32(len(c.miniFat)) {
			return out, errDamaged
		}
		b, err := c.read(c.mini[at/perSector])
		if err != nil {
			return out, err
		}
		out = append(out, b[at%perSector*smallSector:][:smallSector]...)
		if b, err = c.read(c.miniFat[at/perList]); err != nil {
			return out, err
		}
		at = order.Uint32(b[4*(at%perList):])
	}
	return out[:size], nil
}

// message is a .msg (MS-OXMSG, 2.4): numbers stand in one stream, and each text
// in one of its own.
type message struct {
	c      *compound
	fixed  map[uint16]mapi.Value
	broken error // the first value that could not be read
}

var _ mapi.Message = (*message)(nil)

const (
	propertyStream = "__properties_version1.0"
	valueStream    = "__substg1.0_"
)

// openMessage reads the properties of a .msg.
func openMessage(r io.ReaderAt) (*message, error) {
	c, err := openCompound(r)
	if err != nil {
		return nil, err
	}
	b, err := c.stream(propertyStream)
	const head, size = 32, 16
	if err != nil || len(b) < head {
		return nil, errors.Join(errDamaged, err)
	}
	m := &message{c: c, fixed: map[uint16]mapi.Value{}}
	for b = b[head:]; len(b) >= size; b = b[size:] {
		m.fixed[order.Uint16(b[2:])] = mapi.Value{Kind: order.Uint16(b), Data: b[8:size]}
	}
	return m, nil
}

// Property implements mapi.Message.
func (m *message) Property(id uint16) (kind uint16, value []byte) {
	v := m.fixed[id]
	switch v.Kind {
	case 0, mapi.TypeString8, mapi.TypeString, mapi.TypeBinary:
	default:
		return v.Kind, v.Data
	}
	for _, kind := range []uint16{mapi.TypeString, mapi.TypeString8, mapi.TypeBinary} {
		name := valueStream + hex4(id) + hex4(kind)
		if _, have := m.c.streams[name]; !have {
			continue
		}
		b, err := m.c.stream(name)
		if err != nil && m.broken == nil {
			m.broken = err
		}
		return kind, b
	}
	return 0, nil
}

// hex4 writes four digits as the names of streams have them.
func hex4(v uint16) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15]})
}

// isMessage reports a compound file with one of the streams that every message
// has, or that is named as one.
func isMessage(name string, head []byte) bool {
	text := string(head)
	if !strings.HasPrefix(text, compoundMagic) {
		return false
	}
	return hasExt(name, ".msg") ||
		strings.Contains(text, wide(propertyStream)) || strings.Contains(text, wide(valueStream))
}

// wide is ASCII as UTF-16.
func wide(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
