package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"

	"unlisted/checks/evidence/evidencetest"
)

// hostile is one file made to stall a program, small on the disk.
type hostile struct {
	name     string
	write    func(t *testing.T, path string)
	says     string // problem that is told; "" for a file that is only large
	accounts int    // at least found all the same
	pass     string // password that is offered
}

// args offers the password of a locked file.
func (h hostile) args(t *testing.T) []string {
	if h.pass == "" {
		return nil
	}
	return []string{"--unlock-file", evidencetest.Write(t, "passwords.txt", h.pass)}
}

var hostileFiles = []hostile{
	{name: "photos.tgz", write: photos, accounts: 1},
	{name: "nothing.tgz", write: emptyTar, says: "unknown_tree"},
	{name: "nothing.zip", write: emptyZip, says: "too_many"},
	{name: "names.tgz", write: longNamesTar, says: "too_many"},
	{name: "names.zip", write: longNamesZip, says: "too_many"},
	{name: "overlap.zip", write: overlapping, says: "overlap"},
	{name: "nested.zip", write: nestedZips, says: "too_deep"},
	{name: "bomb.csv.gz", write: bombCSV, says: "too_much", accounts: 1},
	{name: "line.csv", write: longLine, says: "damaged"},
	{name: "wide.json", write: wideJSON, says: "damaged"},
	{name: "deep.json", write: deepJSON, says: "damaged"},
	{name: "line.mbox", write: longHeader, accounts: 0},
	{name: "many.csv", write: manyLogins, says: "full", accounts: 1000},
	{name: "members.zip", write: manyMembers, accounts: 1},
	{name: "sms.db", write: fanOut, says: "damaged", accounts: 1},
	{name: "costly.kdbx", write: costlyKDBX, says: "keepass_costly", pass: "one\ntwo\nthree\n"},
	{name: "aegis.json", write: costlyAegis, says: "authenticator_heavy", pass: "one\n"},
	{name: "ente.json", write: costlyEnte, says: "wrong_password", pass: "one\n"},
	{name: "dictionary.7z", write: dictionary7z, accounts: 1},
	{name: "mail.pst", write: repeatedPST, says: "too_much", accounts: 1},
	{name: "large.png", write: largePicture, says: "picture_large"},
}

const oneLogin = "name,url,username,password\nShop,https://shop.example/login,pat@mail.example,correct-horse\n"

// scaled is the count of a small form, or of the large one where asked for.
func scaled(small, big int) int {
	if *large {
		return big
	}
	return small
}

func create(t *testing.T, path string, write func(w io.Writer)) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write(f)
}

func packedFile(t *testing.T, path string, write func(w io.Writer)) {
	create(t, path, func(w io.Writer) {
		z := gzip.NewWriter(w)
		write(z)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func tarFile(t *testing.T, path string, fill func(put func(name string, b []byte))) {
	packedFile(t, path, func(w io.Writer) {
		tw := tar.NewWriter(w)
		fill(func(name string, b []byte) {
			must(t, tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(b)), Mode: 0o600, Typeflag: tar.TypeReg}))
			_, err := tw.Write(b)
			must(t, err)
		})
		must(t, tw.Close())
	})
}

// photos is what a person with a telephone has: an archive full of pictures.
func photos(t *testing.T, path string) {
	photo := append([]byte("\xff\xd8\xff\xe0"), make([]byte, 70<<10)...)
	for i := range photo[:8<<10] {
		photo[i] |= byte(i * i >> 3)
	}
	tarFile(t, path, func(put func(string, []byte)) {
		for i := range scaled(4500, 40_000) {
			put(fmt.Sprintf("Takeout/Photos/IMG_%d.jpg", i), photo)
		}
		put("passwords.csv", []byte(oneLogin))
	})
}

func emptyTar(t *testing.T, path string) {
	tarFile(t, path, func(put func(string, []byte)) {
		for i := range scaled(100_000, 290_000) {
			put(fmt.Sprintf("%d/nothing.txt", i), nil)
		}
	})
}

// longNamesTar is little more than names, which pack to nothing.
func longNamesTar(t *testing.T, path string) {
	tarFile(t, path, func(put func(string, []byte)) {
		for i := range scaled(25_000, 200_000) {
			put(fmt.Sprintf("%06d%s.txt", i, strings.Repeat("/"+strings.Repeat("n", 200), 8)), nil)
		}
	})
}

// longNamesZip has members whose names are pages long.
func longNamesZip(t *testing.T, path string) {
	zipFile(t, path, func(z *zip.Writer) {
		for i := range scaled(120_000, 290_000) {
			_, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%06d%s.json", i, strings.Repeat("/"+strings.Repeat("y", 100), 8))})
			must(t, err)
		}
	})
}

func zipFile(t *testing.T, path string, fill func(z *zip.Writer)) {
	create(t, path, func(w io.Writer) {
		z := zip.NewWriter(w)
		fill(z)
		must(t, z.Close())
	})
}

func emptyZip(t *testing.T, path string) {
	zipFile(t, path, func(z *zip.Writer) {
		for i := range scaled(310_000, 1_000_000) {
			_, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)})
			must(t, err)
		}
	})
}

// manyMembers is as many small exports as an archive may have.
func manyMembers(t *testing.T, path string) {
	zipFile(t, path, func(z *zip.Writer) {
		for i := range scaled(6_000, 290_000) {
			w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("a/%d.csv", i)})
			must(t, err)
			_, err = io.WriteString(w, strings.ReplaceAll(oneLogin, "shop", fmt.Sprintf("shop%d", i)))
			must(t, err)
		}
	})
}

// overlapping is one mailbox under thousands of names.
func overlapping(t *testing.T, path string) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: "00000.mbox", Method: zip.Deflate})
	must(t, err)
	for i := range 30_000 {
		_, err = fmt.Fprintf(w, "From x Thu Jan  1 00:00:00 2015\nFrom: Shop <no-reply@shop%d.example>\nTo: pat@mail.example\nSubject: Welcome\n\nThanks\n\n", i)
		must(t, err)
	}
	must(t, z.Close())
	whole := b.Bytes()
	at := bytes.Index(whole, []byte("PK\x01\x02"))
	end := bytes.Index(whole[at:], []byte("PK\x05\x06")) + at
	record, n := whole[at:end], scaled(2000, 60_000)
	create(t, path, func(w io.Writer) {
		_, _ = w.Write(whole[:at])
		for i := range n {
			_, _ = w.Write(bytes.Replace(record, []byte("00000"), fmt.Appendf(nil, "%05d", i), 1))
		}
		tail := bytes.Clone(whole[end:])
		binary.LittleEndian.PutUint16(tail[8:], uint16(n))
		binary.LittleEndian.PutUint16(tail[10:], uint16(n))
		binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(record)))
		_, _ = w.Write(tail)
	})
}

// nestedZips is archives in archives, ten in each.
func nestedZips(t *testing.T, path string) {
	content, name := []byte(oneLogin+strings.Repeat("\n", 1<<20)), "a.csv"
	for range 6 {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := range 8 {
			w, err := z.Create(fmt.Sprintf("%d-%s", i, name))
			must(t, err)
			_, err = w.Write(content)
			must(t, err)
		}
		must(t, z.Close())
		content, name = b.Bytes(), "a.zip"
	}
	must(t, os.WriteFile(path, content, 0o600))
}

// repeated is a text over and over, packed where the name says so.
func repeated(t *testing.T, path, first, again string, size int) {
	write := create
	if strings.HasSuffix(path, ".gz") {
		write = packedFile
	}
	write(t, path, func(w io.Writer) {
		_, err := io.WriteString(w, first)
		must(t, err)
		block := strings.Repeat(again, 1+(1<<20)/len(again))
		for n := 0; n < size; n += len(block) {
			_, err := io.WriteString(w, block)
			must(t, err)
		}
	})
}

// bombCSV packs rows that are long and nearly the same.
func bombCSV(t *testing.T, path string) {
	long := strings.Repeat("a", 4000)
	packedFile(t, path, func(w io.Writer) {
		_, err := io.WriteString(w, oneLogin)
		must(t, err)
		for i := range scaled(40_000, 470_000) {
			_, err := fmt.Fprintf(w, "%x%s,https://pad.example/,pad@mail.example,x\n", uint32(i*2654435761), long)
			must(t, err)
		}
	})
}

func longLine(t *testing.T, path string) {
	repeated(t, path, oneLogin, "x", scaled(64<<20, 1<<30))
}

func wideJSON(t *testing.T, path string) {
	repeated(t, path, `{"encrypted":false,"folders":[],"items":[{"type":1,"name":"`, "wide", scaled(64<<20, 1<<30))
}

func deepJSON(t *testing.T, path string) {
	repeated(t, path, `{"encrypted":false,"folders":[],"items":[{"type":1,"login":`, `[{"a":`, scaled(64<<20, 1<<30))
}

func longHeader(t *testing.T, path string) {
	repeated(t, path, "From x Thu Jan  1 00:00:00 2015\nFrom: Shop <no-reply@shop.example>\nTo: pat@mail.example\nSubject: ", "Welcome ", scaled(64<<20, 1<<30))
}

func manyLogins(t *testing.T, path string) {
	create(t, path, func(w io.Writer) {
		_, _ = io.WriteString(w, oneLogin)
		var b bytes.Buffer
		for i := range scaled(60_000, 2_000_000) {
			fmt.Fprintf(&b, "S,https://s%d.example/,u%d@mail.example,p%d\n", i, i, i)
		}
		_, _ = w.Write(b.Bytes())
	})
}

// fanOut is a database whose table leads to the same page along very many ways.
func fanOut(t *testing.T, path string) {
	db := evidencetest.DB(t, path)
	for _, q := range []string{
		"PRAGMA page_size=4096",
		`CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, service TEXT, account TEXT, date INTEGER, is_from_me INTEGER, destination_caller_id TEXT)`,
		`CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, country TEXT, service TEXT)`,
		`INSERT INTO handle (id) VALUES ('Uber')`,
		`INSERT INTO message (text, handle_id, service, date) VALUES ('Your Uber code is 4821', 1, 'SMS', 700000000000000000)`,
	} {
		_, err := db.Exec(q)
		must(t, err)
	}
	var root int
	must(t, db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = 'message'").Scan(&root))
	must(t, db.Close())
	b, err := os.ReadFile(path)
	must(t, err)
	const page = 4096
	level := append([]byte{}, b[(root-1)*page:root*page]...) // the leaf
	for range 10 {
		b = append(b, level...)
		level = interior(page, len(b)/page)
	}
	copy(b[(root-1)*page:], level)
	binary.BigEndian.PutUint32(b[28:], uint32(len(b)/page))
	must(t, os.WriteFile(path, b, 0o600))
}

// interior is a page of a table that names one child as often as it can.
func interior(size, child int) []byte {
	const cells = 400
	p := make([]byte, size)
	p[0] = 5
	binary.BigEndian.PutUint16(p[3:], cells)
	at := size
	for i := range cells {
		key := i + 1
		at -= 6
		binary.BigEndian.PutUint32(p[at:], uint32(child))
		p[at+4], p[at+5] = 0x80|byte(key>>7), byte(key&0x7f)
		binary.BigEndian.PutUint16(p[12+2*i:], uint16(at))
	}
	binary.BigEndian.PutUint16(p[5:], uint16(at))
	binary.BigEndian.PutUint32(p[8:], uint32(child))
	return p
}

// costlyKDBX asks for a gigabyte and thirty passes over it.
func costlyKDBX(t *testing.T, path string) {
	var kdf bytes.Buffer
	kdf.Write([]byte{0, 1})
	value := func(kind byte, name string, v []byte) {
		kdf.WriteByte(kind)
		_ = binary.Write(&kdf, binary.LittleEndian, uint32(len(name)))
		kdf.WriteString(name)
		_ = binary.Write(&kdf, binary.LittleEndian, uint32(len(v)))
		kdf.Write(v)
	}
	u64 := func(n uint64) []byte { return binary.LittleEndian.AppendUint64(nil, n) }
	value(0x42, "$UUID", []byte("\xef\x63\x6d\xdf\x8c\x29\x44\x4b\x91\xf7\xa9\xa4\x03\xe3\x0a\x0c"))
	value(0x42, "S", bytes.Repeat([]byte{7}, 32))
	value(0x05, "M", u64(1<<30))
	value(0x05, "I", u64(30))
	value(0x04, "P", []byte{2, 0, 0, 0})
	value(0x04, "V", []byte{0x13, 0, 0, 0})
	kdf.WriteByte(0)
	var b bytes.Buffer
	b.WriteString("\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\x00\x00\x04\x00")
	field := func(id byte, v []byte) {
		b.WriteByte(id)
		_ = binary.Write(&b, binary.LittleEndian, uint32(len(v)))
		b.Write(v)
	}
	field(2, []byte("\x31\xc1\xf2\xe6\xbf\x71\x43\x50\xbe\x58\x05\x21\x6a\xfc\x5a\xff"))
	field(3, []byte{0, 0, 0, 0})
	field(4, bytes.Repeat([]byte{1}, 32))
	field(7, bytes.Repeat([]byte{2}, 16))
	field(11, kdf.Bytes())
	field(0, []byte("\r\n\r\n"))
	b.Write(make([]byte, 128))
	must(t, os.WriteFile(path, b.Bytes(), 0o600))
}

func costlyAegis(t *testing.T, path string) {
	slot := `{"type":1,"uuid":"1","key":"00","key_params":{"nonce":"000000000000000000000000","tag":"00000000000000000000000000000000"},"n":262144,"r":8,"p":1,"salt":"00"}`
	must(t, os.WriteFile(path, []byte(`{"version":1,"header":{"slots":[`+slot+`],"params":{"nonce":"000000000000000000000000","tag":"00000000000000000000000000000000"}},"db":"AAAA"}`), 0o600))
}

// costlyEnte asks for nearly all the memory that a key may take.
func costlyEnte(t *testing.T, path string) {
	must(t, os.WriteFile(path, []byte(`{"version":1,"kdfParams":{"memLimit":251658240,"opsLimit":3,"salt":"AAAAAAAAAAAAAAAAAAAAAA=="},"encryptedData":"`+strings.Repeat("AAAA", 30)+`","encryptionNonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`), 0o600))
}

// dictionary7z is an archive whose packed header asks for a dictionary of almost
// 2 GB.
func dictionary7z(t *testing.T, path string) {
	b, err := os.ReadFile("../../checks/evidence/testdata/logins.7z")
	must(t, err)
	at := bytes.LastIndex(b, []byte{5, 0x5d, 0, 0x10, 0, 0})
	if at < 0 {
		t.Fatal("the archive has no such header")
	}
	copy(b[at+2:], []byte{0, 0, 0, 0x70})
	le := binary.LittleEndian
	start := b[12:32] // where the header is, its size and checksum
	head := b[32+le.Uint64(start):]
	le.PutUint32(start[16:], crc32.ChecksumIEEE(head))
	le.PutUint32(b[8:], crc32.ChecksumIEEE(start))
	must(t, os.WriteFile(path, b, 0o600))
}

// largePicture is 30,000 points wide and high, and all white.
func largePicture(t *testing.T, path string) {
	create(t, path, func(w io.Writer) {
		_, _ = io.WriteString(w, "\x89PNG\r\n\x1a\n")
		chunk := func(kind string, b []byte) {
			_ = binary.Write(w, binary.BigEndian, uint32(len(b)))
			body := append([]byte(kind), b...)
			_, _ = w.Write(body)
			_ = binary.Write(w, binary.BigEndian, crc32.ChecksumIEEE(body))
		}
		size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, 30_000), 30_000)
		chunk("IHDR", append(size, 8, 2, 0, 0, 0))
		chunk("IDAT", make([]byte, 1000))
		chunk("IEND", nil)
	})
}

// repeatedPST is a data file of 300 MB, most of it a hole, whose messages are all
// the same long one.
func repeatedPST(t *testing.T, path string) {
	tables, err := os.ReadFile("../../checks/evidence/outlook/tables.txt")
	must(t, err)
	mail := map[uint32]any{
		evidencetest.PSTHeaders: "Authentication-Results: mx.mail.example; dkim=pass header.d=shop.example\r\n" +
			"Delivered-To: pat@mail.example\r\nFrom: no-reply@shop.example\r\nSubject: Your password was changed\r\n" +
			strings.Repeat("X-Long: "+strings.Repeat("x", 900)+"\r\n", 1000),
	}
	folders := []evidencetest.PSTFolder{{Name: "Inbox", Messages: []map[uint32]any{mail}}}
	must(t, os.WriteFile(path, evidencetest.PST{Version: 23, Coding: 2, Shared: 100_000, Folders: folders}.Bytes(string(tables)), 0o600))
	must(t, os.Truncate(path, 300<<20))
}
