package authenticator

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"strings"

	"unlisted/checks/evidence"
)

// hashMap is how a Java object stream with a map begins: magic and version, the
// class with its number and two fields (Java Object Serialization
// Specification, chapter 6). FreeOTP 2 writes its preferences so: the secrets
// are encrypted, issuer and label stand beside them in the clear.
const hashMap = "\xac\xed\x00\x05sr\x00\x11java.util.HashMap\x05\x07\xda\xc1\xc3\x16\x60\xd1\x03\x00\x02F\x00\x0aloadFactorI\x00\x09thresholdxp"

// What follows the class: the two fields, then a block with capacity and size.
const (
	mapFields = 8
	mapBlock  = "w\x08"
	mapCounts = 8
)

// tokenSuffix ends the names of the preferences that describe an entry.
const tokenSuffix = "-token"

func fitsFreeOTP(in evidence.Input) evidence.Certainty {
	if !bytes.HasPrefix(in.Head, []byte(hashMap)) ||
		!bytes.Contains(in.Head, []byte(tokenSuffix)) && !bytes.Contains(in.Head, []byte("masterKey")) {
		return evidence.No
	}
	return evidence.Sure
}

func readFreeOTP(ctx context.Context, b []byte, _ string, out evidence.Sink) error {
	b = b[min(len(b), len(hashMap)+mapFields):]
	if !bytes.HasPrefix(b, []byte(mapBlock)) || len(b) < len(mapBlock)+mapCounts {
		return io.ErrUnexpectedEOF
	}
	b = b[len(mapBlock)+mapCounts:]
	for len(b) > 0 && b[0] != 'x' {
		if err := ctx.Err(); err != nil {
			return err
		}
		var name, value string
		var ok bool
		if name, b, ok = javaString(b); !ok {
			return io.ErrUnexpectedEOF
		}
		if value, b, ok = javaString(b); !ok {
			return io.ErrUnexpectedEOF
		}
		if !strings.HasSuffix(name, tokenSuffix) {
			continue
		}
		var v freeOTPEntry
		if json.Unmarshal([]byte(value), &v) != nil {
			v = freeOTPEntry{}
		}
		record(out, v.entry())
	}
	if len(b) == 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// javaString takes a string off an object stream; a reference to an earlier
// object is an empty one.
func javaString(b []byte) (s string, rest []byte, ok bool) {
	size, start := uint64(0), 0
	switch {
	case len(b) >= 3 && b[0] == 't':
		size, start = uint64(binary.BigEndian.Uint16(b[1:])), 3
	case len(b) >= 9 && b[0] == '|':
		size, start = binary.BigEndian.Uint64(b[1:]), 9
	case len(b) >= 5 && b[0] == 'q':
		return "", b[5:], true
	default:
		return "", nil, false
	}
	if size > uint64(len(b)-start) {
		return "", nil, false
	}
	return string(b[start : start+int(size)]), b[start+int(size):], true
}
