package evidence_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/job"
)

const loginsCSV = "name,url,username,password\nShop,https://shop.example/login,pat@mail.example,correct-horse\n"

func tarball(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o600, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteHeader(&tar.Header{Name: "link.csv", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gz(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sites are the sites of the accounts found.
func sites(r evidence.Report) (out []string) {
	for _, f := range r.Findings {
		if f.Fact == evidence.FactAccount {
			out = append(out, f.Site)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// The same export is read in whatever it comes wrapped in.
func TestContainers(t *testing.T) {
	large := loginsCSV + strings.Repeat("Pad,https://pad.example/,pad@mail.example,x\n", 150_000) // too large to be held
	seven, err := os.ReadFile("testdata/logins.7z")
	if err != nil {
		t.Fatal(err)
	}
	ball := tarball(t, "a/readme.txt", "hello", "a/Passwords.csv", loginsCSV)
	for name, c := range map[string]struct {
		content []byte
		want    []string
	}{
		"x.tar":                        {ball, []string{"shop.example"}},
		"x.tgz":                        {gz(t, ball), []string{"shop.example"}},
		"Passwords.csv.gz":             {gz(t, []byte(loginsCSV)), []string{"shop.example"}},
		"large.tar.gz":                 {gz(t, tarball(t, "b.csv", large, "a.csv", loginsCSV, "c.csv", large)), []string{"pad.example", "shop.example"}},
		"x.7z":                         {seven, []string{"shop.example"}},
		"zip in tgz":                   {gz(t, tarball(t, "a.zip", string(Zip(t, map[string]string{"p.csv": loginsCSV})))), []string{"shop.example"}},
		"tgz in zip":                   {Zip(t, map[string]string{"a.tgz": string(gz(t, ball))}), []string{"shop.example"}},
		"a name that leads out":        {tarball(t, "../../p.csv", loginsCSV), nil},
		"an absolute name":             {tarball(t, "/p.csv", loginsCSV), nil},
		"cut off after the first file": {gz(t, ball)[:len(gz(t, ball))*9/10], []string{"shop.example"}},
	} {
		r := Scan(t, Write(t, name, string(c.content)))
		if got := sites(r); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q; problems %q", name, got, c.want, Problems(r))
		}
	}
}

func TestLocked7z(t *testing.T) {
	scan := func(unlock ...evidence.Unlock) evidence.Report {
		r, err := evidence.Scan(context.Background(), []string{"testdata/locked.7z"}, evidence.Options{Importers: all.Importers(), Unlock: unlock}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	Equal(t, Problems(scan()), []string{"locked"})
	Equal(t, Problems(scan(evidence.Unlock{Passphrase: "wrong"})), []string{"wrong_password"})
	if got := sites(scan(evidence.Unlock{Passphrase: "wrong"}, evidence.Unlock{Passphrase: "sesame"})); !slices.Equal(got, []string{"shop.example"}) {
		t.Errorf("with the password: %q", got)
	}
}

// A bomb in any wrapping ends early, with its own sentence.
func TestBombs(t *testing.T) {
	zeros := make([]byte, 1<<20)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	tw := tar.NewWriter(w)
	if err := tw.WriteHeader(&tar.Header{Name: "p.csv", Size: 400 << 20, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	for range 400 {
		if _, err := tw.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	tw.Close()
	w.Close()
	for name, content := range map[string][]byte{"x.tgz": b.Bytes(), "x.csv.gz": gz(t, append([]byte(loginsCSV), bytes.Repeat([]byte("\n"), 400<<20)...))} {
		if got := Problems(Scan(t, Write(t, name, string(content)))); len(got) == 0 || got[0] != "bomb" && got[0] != "damaged" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The parts of one archive are read together; two archives that only look like
// parts stay apart, and dates are no part numbers.
func TestParts(t *testing.T) {
	const phone = `window.YTD.phone_number.part0 = [ { "device" : { "phoneNumber" : "+33639980142" } } ]`
	const manifest = `window.__THAR_CONFIG = {"userInfo":{"accountId":"1","userName":"pat"},"archiveInfo":{"generationDate":"2024-01-01T00:00:00.000Z"}}`
	one := Zip(t, map[string]string{"data/manifest.js": manifest, "data/account.js": `window.YTD.account.part0 = [{"account":{"email":"pat@mail.example","username":"pat","accountId":"1","createdAt":"2015-01-01T00:00:00.000Z"}}]`})
	two := Zip(t, map[string]string{"data/phone-number.js": phone})
	folder := Folder(t, map[string]string{"x-archive-001.zip": string(one), "x-archive-002.zip": string(two)})
	for _, paths := range [][]string{{folder}, {filepath.Join(folder, "x-archive-002.zip"), filepath.Join(folder, "x-archive-001.zip")}} {
		r := Scan(t, paths...)
		if len(r.Sources) != 1 || !slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool { return f.Fact == evidence.FactHoldsPhone }) {
			t.Errorf("%d sources: %v, %q", len(r.Sources), Lines(r), Problems(r))
		}
	}
	alone := Scan(t, Write(t, "x-archive-001.zip", string(one)))
	if len(alone.Sources) != 1 || len(Problems(alone)) != 0 {
		t.Errorf("one part alone: %q", Problems(alone))
	}

	files := map[string]string{}
	for i := range 5 {
		files[fmt.Sprintf("%d.csv", i)] = strings.ReplaceAll(loginsCSV, "shop", fmt.Sprintf("shop%d", i))
	}
	same := string(Zip(t, files))
	if r := Scan(t, Folder(t, map[string]string{"export-1.zip": same, "export-2.zip": same})); len(r.Sources) != 10 {
		t.Errorf("two exports with the same files: %d sources", len(r.Sources))
	}
	if r := Scan(t, Folder(t, map[string]string{"twitter-2024-05-01.zip": string(one), "twitter-2024-05-02.zip": string(one)})); len(r.Sources) != 2 {
		t.Errorf("two dated archives: %d sources", len(r.Sources))
	}
}

// Progress never goes back and never past the end, however much an archive
// expands.
func TestArchiveProgress(t *testing.T) {
	big := loginsCSV + strings.Repeat("Pad,https://pad.example/,pad@mail.example,x\n", 50_000)
	var last job.Progress
	_, err := evidence.Scan(context.Background(), []string{Write(t, "x.zip", string(Zip(t, map[string]string{"a.csv": big, "b.csv": big})))}, evidence.Options{Importers: all.Importers()}, func(p job.Progress) {
		if p.Done < last.Done || p.Done > p.Total {
			t.Fatalf("%+v after %+v", p, last)
		}
		last = p
	})
	if err != nil || last.Done < last.Total*9/10 {
		t.Errorf("ended at %+v, %v", last, err)
	}
}

// greedy7z is an archive whose one member, packed with LZMA2, asks for a
// dictionary of 2 to the power of bits.
func greedy7z(bits int) []byte {
	le := binary.LittleEndian
	stream := make([]byte, 64)
	head := []byte{1, 4, 6, 0, 1, 9, byte(len(stream)), 0, 7, 11, 1, 0, 1, 0x21, 0x21, 1, byte(2 * (bits - 12)), 12, 100, 0, 0, 5, 1, 0x11, 13, 0}
	for _, r := range "a.csv\x00" {
		head = le.AppendUint16(head, uint16(r))
	}
	head = append(head, 0, 0)
	start := le.AppendUint64(nil, uint64(len(stream)))
	start = le.AppendUint64(start, uint64(len(head)))
	start = le.AppendUint32(start, crc32.ChecksumIEEE(head))
	out := le.AppendUint32([]byte("7z\xbc\xaf\x27\x1c\x00\x04"), crc32.ChecksumIEEE(start))
	return slices.Concat(out, start, stream, head)
}

// What a 7z member asks for to be unpacked is bounded, and told.
func TestGreedy7z(t *testing.T) {
	if got := Problems(Scan(t, Write(t, "x.7z", string(greedy7z(30))))); !slices.Contains(got, "too_much") {
		t.Errorf("a gigabyte: %q", got)
	}
	if got := Problems(Scan(t, Write(t, "x.7z", string(greedy7z(24))))); slices.Contains(got, "too_much") {
		t.Errorf("16 MB: %q", got)
	}
}
