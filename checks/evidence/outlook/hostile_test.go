package outlook_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/outlook"
	"unlisted/checks/identifier"
)

// scan reads bytes as a file of a name with every importer.
func scan(t testing.TB, name string, b []byte) evidence.Report {
	t.Helper()
	r, err := evidence.ScanFS(t.Context(), "f", fstest.MapFS{name: {Data: b}}, evidence.Options{
		Importers: all.Importers(), Region: "FR",
		Own: []identifier.Identifier{{Kind: identifier.KindEmail, Value: "pat@mail.example"}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// own scans a path for somebody who has told a number.
func own(t testing.TB, path string) evidence.Report {
	t.Helper()
	r, err := evidence.Scan(t.Context(), []string{path}, evidence.Options{
		Importers: all.Importers(), Region: "FR",
		Own: []identifier.Identifier{{Kind: identifier.KindPhone, Value: "+33639980142"}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ends hands bytes straight to every importer of Outlook's: none may panic, which
// a scan would catch, and what goes wrong must be a sentence.
func ends(t *testing.T, name string, b []byte) {
	t.Helper()
	tree := fstest.MapFS{name: {Data: b}}
	for _, imp := range outlook.Importers() {
		in := evidence.Input{Label: name, FS: tree, Name: name, Size: int64(len(b)), Head: b[:min(len(b), 64<<10)]}
		if imp.Format().Tree {
			in = evidence.Input{Label: "f", FS: tree, Name: ".", Files: []string{name}}
		}
		imp.Recognise(t.Context(), in)
		_ = imp.Read(t.Context(), in, &counted{})
	}
}

// counted is a sink that only counts.
type counted struct{ items, skipped, problems, advanced int }

func (*counted) Finding(evidence.Finding)        {}
func (c *counted) Problem(evidence.Problem)      { c.problems++ }
func (c *counted) Item()                         { c.items++ }
func (c *counted) Skip(evidence.Reason, string)  { c.skipped++ }
func (c *counted) Advance(n int64)               { c.advanced += int(n) }
func (*counted) Region() string                  { return "FR" }
func (*counted) Secret(string, evidence.Finding) {}
func (*counted) Unlock() []evidence.Unlock       { return nil }
func (*counted) Own() []identifier.Identifier {
	return []identifier.Identifier{{Kind: identifier.KindEmail, Value: "pat@mail.example"}}
}

// sealed puts the right checksum below a page that was changed.
func sealed(page []byte) {
	binary.LittleEndian.PutUint32(page[500:], ^crc32.Update(^uint32(0), crc32.IEEETable, page[:496]))
}

// pagesOf are the places of a Unicode file's pages of a kind and level.
func pagesOf(b []byte, kind, level byte) (out []int) {
	for at := 0x4600 / 512 * 512; at+512 <= len(b); at += 512 {
		if p := b[at:]; p[496] == kind && p[497] == kind && p[491] == level {
			out = append(out, at)
		}
	}
	return out
}

// A file whose trees or blocks lead astray ends with a sentence, and what can be
// reached is kept.
func TestDamagedStore(t *testing.T) {
	le := binary.LittleEndian
	whole := PST{Version: 23, Coding: 1, Folders: boxes()}.Bytes(tables)
	for name, c := range map[string]struct {
		change  func(b []byte) []byte
		problem string
		account bool // the last mail still shows its account
	}{
		"a page that leads to itself": {func(b []byte) []byte {
			at := pagesOf(b, 0x81, 1)[0]
			le.PutUint64(b[at+16:], uint64(at))
			sealed(b[at:])
			return b
		}, "damaged", true},
		"all pages the same": {func(b []byte) []byte {
			at := pagesOf(b, 0x81, 1)[0]
			for i := 1; i < int(b[at+488]); i++ {
				copy(b[at+24*i+16:], b[at+16:at+24])
			}
			sealed(b[at:])
			return b
		}, "damaged", false},
		"a level that no tree has": {func(b []byte) []byte {
			at := pagesOf(b, 0x81, 1)[0]
			b[at+491] = 255
			sealed(b[at:])
			return b
		}, "damaged", false},
		"entries without a size": {func(b []byte) []byte {
			for _, at := range pagesOf(b, 0x81, 0) {
				b[at+490] = 0
				sealed(b[at:])
			}
			return b
		}, "damaged", false},
		"a wrong checksum": {func(b []byte) []byte {
			b[pagesOf(b, 0x80, 0)[0]+500]++
			return b
		}, "damaged", true},
		"cut off before its trees": {func(b []byte) []byte { return b[:pagesOf(b, 0x81, 0)[0]] }, "damaged", false},
		"a header alone":           {func(b []byte) []byte { return b[:564] }, "damaged", false},
		"half a header":            {func(b []byte) []byte { return b[:100] }, "pst", false},
		"a version of tomorrow":    {func(b []byte) []byte { b[10] = 99; return b }, "pst", false},
		"an organisation's":        {func(b []byte) []byte { b[0x201] = 0x10; return b }, "pst_protected", false},
	} {
		t.Run(name, func(t *testing.T) {
			b := c.change(bytes.Clone(whole))
			ends(t, "mail.pst", b)
			r := scan(t, "mail.pst", b)
			Equal(t, Problems(r), []string{c.problem})
			if got := strings.Contains(strings.Join(Lines(r), "\n"), "bank.example account"); got != c.account {
				t.Errorf("account %v in %q", got, Lines(r))
			}
		})
	}
}

// Messages that all point at the same large data would be read for ever: a file
// may only give as much as one of its size has.
func TestOverlappingBlocks(t *testing.T) {
	first := arrived("shop.example", "Confirm your email address", strings.Repeat("Please confirm. ", 100<<10))
	folders := []PSTFolder{{Name: "Inbox", Messages: []map[uint32]any{first}}}
	b := PST{Version: 23, Shared: 4000, Folders: folders}.Bytes(tables)
	r := scan(t, "mail.pst", b)
	Equal(t, Problems(r), []string{"too_much"})
	if n := r.Sources[0].Items; n < 2 || n > 1000 {
		t.Errorf("%d mails were read", n)
	}
}

// Whatever is changed in a file, reading it ends without a panic.
func TestMutatedStores(t *testing.T) {
	for name, p := range kinds() {
		p.Folders = boxes()
		whole := p.Bytes(tables)
		r := rand.New(rand.NewPCG(1, uint64(len(name))))
		for range 150 {
			b := bytes.Clone(whole)
			for range 1 + r.IntN(30) {
				b[r.IntN(len(b))] = byte(r.Uint32())
			}
			if r.IntN(4) == 0 {
				b = b[:r.IntN(len(b))]
			}
			copy(b, "!BDN")
			ends(t, "mail.pst", b)
		}
	}
}

// A stop is obeyed in the middle of a file, and what was found is handed over.
func TestStopped(t *testing.T) {
	b := PST{Version: 23, Folders: boxes()}.Bytes(tables)
	ctx, cancel := context.WithCancel(t.Context())
	sink := &stopping{counted: counted{}, stop: cancel}
	in := evidence.Input{Label: "a.pst", FS: fstest.MapFS{"a.pst": {Data: b}}, Name: "a.pst", Size: int64(len(b)), Head: b[:512]}
	if err := outlook.Importers()[0].Read(ctx, in, sink); err == nil || sink.items != 1 || sink.findings == 0 {
		t.Errorf("%v after %d mails, %d findings", err, sink.items, sink.findings)
	}
}

type stopping struct {
	counted
	stop     func()
	findings int
}

func (s *stopping) Item()                    { s.counted.Item(); s.stop() }
func (s *stopping) Finding(evidence.Finding) { s.findings++ }

// Inside an archive a file cannot be read at any place and is held whole: a
// small one is read, and a large one is told of.
func TestInsideZip(t *testing.T) {
	b := PST{Version: 23, Folders: boxes()}.Bytes(tables)
	r := Scan(t, Write(t, "backup.zip", string(Zip(t, map[string]string{"mail.pst": string(b)}))))
	if got := Lines(r); !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, "shop.example account") }) {
		t.Errorf("%q %q", got, Problems(r))
	}
}

// FuzzStore holds the reader of data files to it: any bytes end.
func FuzzStore(f *testing.F) {
	for _, p := range kinds() {
		p.Folders = boxes()[1:2]
		f.Add(p.Bytes(tables))
	}
	f.Fuzz(func(t *testing.T, b []byte) { ends(t, "mail.pst", b) })
}
