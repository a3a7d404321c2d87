package mapi

import (
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// pageNames are Windows' code pages (MS-UCODEREF, 2.2.1) by the names that
// mails have for them.
var pageNames = map[uint32]string{
	874: "windows-874", 932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5", 1200: "utf-16le",
	1250: "windows-1250", 1251: "windows-1251", 1252: "windows-1252", 1253: "windows-1253", 1254: "windows-1254",
	1255: "windows-1255", 1256: "windows-1256", 1257: "windows-1257", 1258: "windows-1258",
	10000: "macintosh", 20127: "windows-1252", 20866: "koi8-r", 21866: "koi8-u",
	28591: "iso-8859-1", 28592: "iso-8859-2", 28593: "iso-8859-3", 28594: "iso-8859-4", 28595: "iso-8859-5",
	28596: "iso-8859-6", 28597: "iso-8859-7", 28598: "iso-8859-8", 28599: "windows-1254", 28603: "iso-8859-13",
	28605: "iso-8859-15", 50220: "iso-2022-jp", 50221: "iso-2022-jp", 50222: "iso-2022-jp", 51932: "euc-jp",
	51949: "euc-kr", 52936: "gb18030", 54936: "gb18030", 65001: "utf-8",
}

const western = 1252

// stringPage is the code page of a message's strings.
func stringPage(m Message) uint32 {
	for _, id := range []uint16{stringCodePage, codePage} {
		if page := Long(m, id); pageNames[page] != "" && page != 1200 {
			return page
		}
	}
	return western
}

// decode reads text of a code page; what is no text of it becomes marks.
func decode(page uint32, b []byte) string {
	e, err := htmlindex.Get(pageNames[page])
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(out)
}
