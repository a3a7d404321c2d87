package outlook

import (
	_ "embed"
	"encoding/hex"
	"strings"
	"sync"
)

// The ways in which a data file hides its data from the eye (MS-PST, 2.2.2.6).
// None of them needs a key.
const (
	codedNot    = 0
	codedPermut = 1
	codedCyclic = 2
)

//go:embed tables.txt
var tablesText string

// coding is the tables of MS-PST 5.1 and the inverse of the first.
type coding struct{ r, s, i [256]byte }

var tables = sync.OnceValue(func() *coding {
	c := &coding{}
	var all []byte
	for line := range strings.Lines(tablesText) {
		if !strings.HasPrefix(line, "#") {
			b, _ := hex.DecodeString(strings.TrimSpace(line))
			all = append(all, b...)
		}
	}
	copy(c.r[:], all)
	copy(c.s[:], all[len(c.r):])
	for n, v := range c.r {
		c.i[v] = byte(n)
	}
	return c
})

// decode undoes the encoding of a block in place; id is the block's.
func decode(way byte, b []byte, id uint64) {
	t := tables()
	switch way {
	case codedPermut:
		for n, v := range b {
			b[n] = t.i[v]
		}
	case codedCyclic:
		w := uint16(id>>16) ^ uint16(id)
		for n, v := range b {
			low, high := byte(w), byte(w>>8)
			b[n] = t.i[t.s[t.r[v+low]+high]-high] - low
			w++
		}
	}
}
