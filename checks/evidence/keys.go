package evidence

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"strings"
)

// Bounds of what is looked at of a JSON file to recognise it.
const (
	maxKeyBytes  = 32 << 20 // bytes; a first list may be large
	maxKeyDepth  = 5        // levels whose keys count
	maxKeys      = 1000     // different keys
	maxKeyLength = 100      // bytes of one
)

// lateKeys lists the keys near the top of a JSON file, or of a file of JSON lines, where the file is longer than its
// head. Nothing else of it is held, and nothing has to be well-formed.
func lateKeys(ctx context.Context, tree fs.FS, name string, size int64, head []byte) []string {
	if size <= int64(len(head)) {
		return nil
	}
	start := strings.TrimLeft(HeadText(head[:min(len(head), 200)]), " \t\r\n")
	if start == "" || start[0] != '{' && start[0] != '[' {
		return nil
	}
	f, err := tree.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	return Keys(&stopped{ctx, Text(f)})
}

// Keys lists the keys near the top of the JSON that r holds, each once, in their order. It reads up to where the JSON
// ends or is beyond reason; what is malformed gives fewer keys.
func Keys(r io.Reader) []string {
	k := keyScan{in: bufio.NewReaderSize(io.LimitReader(r, maxKeyBytes), readChunk), seen: map[string]bool{}}
	for len(k.keys) < maxKeys {
		c, err := k.in.ReadByte()
		if err != nil {
			break
		}
		switch c {
		case '{', '[':
			k.depth++
		case '}', ']':
			k.depth--
		case '"':
			k.text()
		case ':':
			k.key()
		case ',', ' ', '\t', '\r', '\n':
		default:
			k.last = k.last[:0]
		}
	}
	return k.keys
}

// keyScan is the state of Keys: a text is a key where a colon follows it.
type keyScan struct {
	in    *bufio.Reader
	depth int
	last  []byte // the text that was read last, cut
	keys  []string
	seen  map[string]bool
}

func (k *keyScan) text() {
	k.last = k.last[:0]
	for {
		c, err := k.in.ReadByte()
		if err != nil || c == '"' {
			return
		}
		if c == '\\' {
			if _, err := k.in.ReadByte(); err != nil {
				return
			}
			c = '?'
		}
		if len(k.last) < maxKeyLength && k.depth <= maxKeyDepth {
			k.last = append(k.last, c)
		}
	}
}

func (k *keyScan) key() {
	if k.depth > 0 && k.depth <= maxKeyDepth && len(k.last) > 0 && !k.seen[string(k.last)] {
		s := string(k.last)
		k.seen[s] = true
		k.keys = append(k.keys, s)
	}
	k.last = k.last[:0]
}
