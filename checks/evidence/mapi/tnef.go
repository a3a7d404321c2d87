package mapi

import (
	"bytes"
	"encoding/binary"
)

// Signature begins every winmail.dat (MS-OXTNEF, 2.1.3.2).
const Signature = "\x78\x9f\x3e\x22"

// The attributes of a winmail.dat that are read (MS-OXTNEF, 2.1.3.3).
const (
	attSubject = 0x00018004
	attBody    = 0x0002800c
	attProps   = 0x00069003
	attPage    = 0x00069007
)

// Bag is a message whose properties are in memory.
type Bag map[uint16]Value

// Value is one property.
type Value struct {
	Kind uint16 // its type
	Data []byte
}

// Property implements Message.
func (b Bag) Property(id uint16) (kind uint16, value []byte) { return b[id].Kind, b[id].Data }

// Key is equal for two copies of one mail.
func (b Bag) Key() string {
	id := Text(b, MessageID)
	if id == "" {
		id = from(b) + "\x00" + SubjectOf(b)
	}
	return id + "\x00" + date(b).String()
}

// TNEF reads the message of a winmail.dat. whole is false where it is cut off
// or damaged; the bag holds what stands before.
func TNEF(b []byte) (bag Bag, whole bool) {
	bag = Bag{}
	if !bytes.HasPrefix(b, []byte(Signature)) || len(b) < 6 {
		return bag, false
	}
	props := Bag{}
	for b = b[6:]; len(b) > 0; {
		const head, sum = 9, 2
		if len(b) < head+sum {
			return merged(bag, props), false
		}
		level, id, size := b[0], binary.LittleEndian.Uint32(b[1:]), uint64(binary.LittleEndian.Uint32(b[5:]))
		if level < 1 || level > 2 || size > uint64(len(b)-head-sum) {
			return merged(bag, props), false
		}
		data := b[head : head+int(size)]
		b = b[head+int(size)+sum:]
		if level == 2 {
			continue // an attachment
		}
		switch id {
		case attSubject:
			bag[Subject] = Value{TypeString8, data}
		case attBody:
			bag[BodyText] = Value{TypeString8, data}
		case attPage:
			bag[codePage] = Value{TypeLong, data}
		case attProps:
			if !readProps(data, props) {
				return merged(bag, props), false
			}
		}
	}
	return merged(bag, props), true
}

// merged lets properties win over the older attributes.
func merged(bag, props Bag) Bag {
	for id, v := range props {
		bag[id] = v
	}
	return bag
}

// fields reads numbers off the front of bytes; after the end it gives zeros.
type fields struct {
	b   []byte
	bad bool
}

func (f *fields) take(n uint64) []byte {
	if n > uint64(len(f.b)) {
		f.b, f.bad = nil, true
		return nil
	}
	out := f.b[:n]
	f.b = f.b[n:]
	return out
}

func (f *fields) long() uint32 {
	if b := f.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// padded takes bytes that are filled up to a multiple of four.
func (f *fields) padded(n uint32) []byte {
	out := f.take(uint64(n))
	f.take(min(uint64(-n&3), uint64(len(f.b))))
	return out
}

const multiple = 0x1000 // of a type: more than one value

// readProps reads a list of properties (MS-OXTNEF, 2.1.3.4).
func readProps(b []byte, into Bag) bool {
	f := &fields{b: b}
	for n := f.long(); n > 0 && !f.bad; n-- {
		tag := f.long()
		kind, id := uint16(tag), uint16(tag>>16)
		if id >= 0x8000 { // a name of its own
			f.take(16)
			if f.long() == 0 {
				f.long()
			} else {
				f.padded(f.long())
			}
		}
		count := uint32(1)
		switch one := kind &^ multiple; {
		case kind != one, one == TypeString8, one == TypeString, one == TypeBinary, one == typeObject:
			count = f.long()
		}
		var first []byte
		for i := uint32(0); i < count && !f.bad; i++ {
			v := f.value(kind &^ multiple)
			if i == 0 {
				first = v
			}
		}
		if !f.bad && kind&multiple == 0 {
			into[id] = Value{kind, first}
		}
	}
	return !f.bad
}

// value takes one value of a type.
func (f *fields) value(kind uint16) []byte {
	switch kind {
	case 0x02, TypeLong, 0x04, 0x0a, TypeBool:
		return f.take(4)
	case 0x05, 0x06, 0x07, 0x14, TypeTime:
		return f.take(8)
	case 0x48:
		return f.take(16)
	case TypeString8, TypeString, TypeBinary, typeObject:
		return f.padded(f.long())
	}
	f.bad = true
	return nil
}
