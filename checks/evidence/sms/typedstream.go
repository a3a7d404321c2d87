package sms

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// typedText takes the text out of an NSAttributedString in Apple's typedstream
// form, where newer systems keep it: behind the class NSString stands 84 01 2B,
// then the length, one byte or 81 and two or 82 and four, then UTF-8. It returns
// "" for what looks otherwise.
func typedText(b []byte) string {
	at := bytes.Index(b, []byte("NSString"))
	if at < 0 {
		return ""
	}
	b = b[at+len("NSString"):]
	at = bytes.Index(b[:min(len(b), 16)], []byte{0x84, 0x01, '+'})
	if at < 0 || len(b) < at+4 {
		return ""
	}
	b = b[at+3:]
	size := uint64(b[0])
	switch b = b[1:]; {
	case size == 0x81 && len(b) >= 2:
		size, b = uint64(binary.LittleEndian.Uint16(b)), b[2:]
	case size == 0x82 && len(b) >= 4:
		size, b = uint64(binary.LittleEndian.Uint32(b)), b[4:]
	case size >= 0x80:
		return ""
	}
	if size > uint64(len(b)) {
		return ""
	}
	if b = b[:size]; !utf8.Valid(b) {
		return ""
	}
	return string(b)
}
