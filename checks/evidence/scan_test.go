package evidence_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	. "unlisted/checks/evidence/evidencetest"
)

const csv = "name,url,username,password\nShop,https://shop.example,pat@mail.example,x\n"

var csvLines = []string{
	"shop.example account confirmed pat@mail.example sign-in",
	"shop.example holds-email confirmed pat@mail.example sign-in",
}

// A list of logins is found wherever it lies: a folder, an archive, an archive
// in an archive; system litter is not looked at.
func TestPlaces(t *testing.T) {
	inner := Zip(t, map[string]string{"export/passwords.csv": csv, "__MACOSX/export/._passwords.csv": csv, ".DS_Store": "x"})
	for name, path := range map[string]string{
		"file":           Write(t, "passwords.csv", csv),
		"wrong name":     Write(t, "holiday.jpg", csv),
		"folder":         Folder(t, map[string]string{"a/b/passwords.csv": csv, "Thumbs.db": "x", "photo.jpg": "x"}),
		"zip":            Write(t, "x.zip", string(inner)),
		"zip in a zip":   Write(t, "x.zip", string(Zip(t, map[string]string{"inner.zip": string(inner)}))),
		"zip, no suffix": Write(t, "download", string(inner)),
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, path)
			Equal(t, Lines(r), csvLines)
			Equal(t, Problems(r), []string{})
			for _, s := range r.Sources {
				if strings.Contains(s.Path, string(filepath.Separator)+"tmp") || filepath.IsAbs(s.Path) {
					t.Errorf("the source %q tells where the person keeps files", s.Path)
				}
			}
		})
	}
}

// The same files give the same report, whatever their order and however often
// one is named.
func TestSameAgain(t *testing.T) {
	a, b := Write(t, "a.csv", csv), Write(t, "b.csv", strings.ReplaceAll(csv, "shop", "bank"))
	once := Scan(t, a, b)
	if again := Scan(t, b, a, b, filepath.Join(filepath.Dir(a), ".", "a.csv")); !reflect.DeepEqual(once, again) {
		t.Errorf("twice the same files:\n%+v\n%+v", once, again)
	}
}

// Files of one name are told apart by where they lie, alone, in a folder and in
// an archive; the same one is known again; the ID is all that leaves the scan.
func TestIdentity(t *testing.T) {
	one := Folder(t, map[string]string{"passwords.csv": csv, "deep/passwords.csv": csv, "x.zip": string(Zip(t, map[string]string{"passwords.csv": csv}))})
	two := Folder(t, map[string]string{"passwords.csv": strings.ReplaceAll(csv, "shop", "bank")})
	origins := map[string]bool{}
	o := evidence.Options{Importers: all.Importers(), Identity: func(origin string) string { origins[origin] = true; return "id of " + origin }}
	read := func(paths ...string) (out []string) {
		r, err := evidence.Scan(t.Context(), paths, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if !slices.ContainsFunc(r.Sources, func(s evidence.Source) bool { return s.ID == f.SourceID && s.Path == f.Source }) {
				t.Errorf("%+v is of no source", f)
			}
		}
		for _, s := range r.Sources {
			out = append(out, s.ID)
		}
		slices.Sort(out)
		return out
	}
	both := read(filepath.Join(one, "passwords.csv"), filepath.Join(two, "passwords.csv"))
	if len(both) != 2 || both[0] == both[1] || !filepath.IsAbs(strings.TrimPrefix(both[0], "id of ")) {
		t.Errorf("two files of one name: %q", both)
	}
	if again := read(filepath.Join(two, ".", "passwords.csv")); len(again) != 1 || !slices.Contains(both, again[0]) {
		t.Errorf("read again: %q, not one of %q", again, both)
	}
	folder := read(one)
	if len(slices.Compact(slices.Clone(folder))) != 3 {
		t.Errorf("three files of one name in a folder: %q", folder)
	}
	if again := read(one); !slices.Equal(folder, again) {
		t.Errorf("the folder again: %q", again)
	}
	r, err := evidence.Scan(t.Context(), []string{filepath.Join(one, "passwords.csv"), filepath.Join(two, "passwords.csv")}, o, nil)
	if got := Lines(r); err != nil || len(got) != 4 {
		t.Errorf("both: %q, %v", got, err)
	}
}

// Every broken or hostile input ends in one sentence and no finding.
func TestRefused(t *testing.T) {
	good := Zip(t, map[string]string{"a/passwords.csv": csv})
	for name, c := range map[string]struct{ file, problem string }{
		"empty":                {"", "empty"},
		"unknown":              {"Lorem ipsum dolor sit amet", "unknown"},
		"a picture":            {"\x89PNG\r\n\x1a\n\x00\x00", "unknown"},
		"KeePass":              {"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5", "keepass"},
		"Outlook":              {"!BDN\x00\x00", "pst"},
		"SQLite":               {"SQLite format 3\x00", "sqlite"},
		"gzip":                 {"\x1f\x8b\x08\x00", "damaged"},
		"7-Zip":                {"7z\xbc\xaf\x27\x1c\x00", "damaged_zip"},
		"half a zip":           {string(good[:len(good)/2]), "damaged_zip"},
		"a zip of nothing":     {string(Zip(t, nil)), "unknown_tree"},
		"a zip of other files": {string(Zip(t, map[string]string{"readme.txt": "hello"})), "unknown_tree"},
		"a zip with a password": {string(flag(t, good, func(h []byte, local bool) {
			at := 8
			if local {
				at = 6
			}
			h[at] |= 1
		})), "encrypted_zip"},
		"zips all the way down": {string(deep(t, 6, good)), "too_deep"},
		"a zip bomb":            {string(bomb(t)), "bomb"},
		"a damaged member": {string(flag(t, good, func(h []byte, local bool) {
			if at := 16; !local {
				binary.LittleEndian.PutUint32(h[at:], 0xdeadbeef) // checksum
			}
		})), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Scan(t, Write(t, "x", c.file))
			if c.problem != "damaged" && c.problem != "bomb" { // those show at the end only
				Equal(t, Lines(r), []string{})
			}
			Equal(t, Problems(r), []string{c.problem})
		})
	}
	r := Scan(t, filepath.Join(t.TempDir(), "gone"))
	Equal(t, Problems(r), []string{"unreadable"})
}

// One bad file among good ones costs nothing but itself.
func TestTheRestIsRead(t *testing.T) {
	r := Scan(t, Write(t, "a", "\x03\xd9\xa2\x9a"), Write(t, "b.csv", csv), filepath.Join(t.TempDir(), "gone"))
	Equal(t, Lines(r), csvLines)
	Equal(t, Problems(r), []string{"keepass", "unreadable"})
}

// A member cannot make the scan read outside the archive, nor a link outside
// the folder.
func TestNoWayOut(t *testing.T) {
	outside := Write(t, "outside.csv", csv)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"../../etc/a.csv", "/abs.csv", `..\up.csv`, "a/../../b.csv"} {
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, UncompressedSize64: uint64(len(csv)), CompressedSize64: uint64(len(csv))})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, csv)
	}
	z.Close()
	Equal(t, Lines(Scan(t, Write(t, "x.zip", b.String()))), []string{})

	if runtime.GOOS != "windows" {
		dir := Folder(t, map[string]string{"a.txt": "x"})
		if err := os.Symlink(outside, filepath.Join(dir, "link.csv")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Dir(outside), filepath.Join(dir, "folder")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
			t.Fatal(err)
		}
		Equal(t, Lines(Scan(t, dir)), []string{})
	}
}

// A single line of 200 MB, whatever it claims to be, costs no more memory than
// a page of text.
func TestEndlessLine(t *testing.T) {
	for _, head := range []string{"name,url,username,password\n", "From a@b.example Tue Nov 14 22:13:20 2023\nSubject: ", `{"encrypted":false,"items":[{"type":1,"name":"`, "hello "} {
		t.Run(head[:5], func(t *testing.T) {
			p := Write(t, "long", head)
			f, err := os.OpenFile(p, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			chunk := bytes.Repeat([]byte("x"), 1<<20)
			for range 200 {
				if _, err := f.Write(chunk); err != nil {
					t.Fatal(err)
				}
			}
			f.Close()
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r := Scan(t, p)
			runtime.ReadMemStats(&after)
			if got := after.Sys - before.Sys; got > 400<<20 {
				t.Errorf("took %d MB", got>>20)
			}
			if len(r.Sources) != 1 {
				t.Errorf("sources %+v", r.Sources)
			}
		})
	}
}

// importers that fail, so that the scan is seen to survive them.
type broken struct{ evidence.Importer }

func (broken) Format() evidence.Format { return evidence.Format{ID: "broken"} }
func (broken) Recognise(context.Context, evidence.Input) evidence.Certainty {
	return evidence.Sure
}

func (broken) Read(_ context.Context, _ evidence.Input, out evidence.Sink) error {
	out.Finding(evidence.Finding{Fact: evidence.FactAccount, Site: "kept.example", Confidence: evidence.Likely})
	panic("broken")
}

type rude struct{ broken }

func (rude) Recognise(context.Context, evidence.Input) evidence.Certainty { panic("rude") }

// A mistake in an importer is a sentence about one file, not the end.
func TestImporterPanics(t *testing.T) {
	r, err := evidence.Scan(context.Background(), []string{Write(t, "x", "hello")}, evidence.Options{Importers: []evidence.Importer{rude{}, broken{}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	Equal(t, Lines(r), []string{"kept.example account likely"})
	Equal(t, Problems(r), []string{"damaged"})
}

// Text of a file is made harmless before anyone sees it.
func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Caf\u00e9  Example\n": "Caf\u00e9 Example", "a\x00b\x1b[31mc": "ab[31mc", "left\u202eright": "leftright", "bad\xffbyte": "bad\ufffdbyte",
		strings.Repeat("é", 300): strings.Repeat("é", 98) + "…",
	} {
		if got := evidence.Clean(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestHost(t *testing.T) {
	for in, want := range map[string]string{
		"https://Www.Shop.example:8443/a?b": "www.shop.example", "shop.example": "shop.example", "http://sn": "", "": "", "notes": "", "file:///etc/passwd": "",
		"about:config": "", "localhost": "", "https://a.example, https://b.example": "a.example", "nothing, https://b.example": "b.example", "javascript:alert(1)": "",
		"android://h4sh==@com.shop.app/": "com.shop.app", "androidapp://com.shop.app": "com.shop.app", "https://user:pw@shop.example/": "shop.example",
		"https://[::1": "", strings.Repeat("a", 5000): "",
	} {
		host, app := evidence.Host(in)
		if host+app != want {
			t.Errorf("%q gives %q, want %q", in, host+app, want)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add([]byte(csv))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("From a@b.example Tue Nov 14 22:13:20 2023\nFrom: Shop <no-reply@shop.example>\nSubject: Welcome to Shop\n\nhi\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		tree := fstest.MapFS{"data/account.js": {Data: b}, "profile_information/profile_information.json": {Data: b}, "x": {Data: b}}
		if _, err := evidence.ScanFS(context.Background(), "x", tree, evidence.Options{Importers: all.Importers()}, nil); err != nil {
			t.Fatal(err)
		}
	})
}

// flag changes the header of every member of an archive, local and central.
func flag(t *testing.T, archive []byte, change func(header []byte, local bool)) []byte {
	t.Helper()
	out := slices.Clone(archive)
	n := 0
	for i := range len(out) - 4 {
		switch string(out[i : i+4]) {
		case "PK\x03\x04":
			change(out[i:], true)
			n++
		case "PK\x01\x02":
			change(out[i:], false)
			n++
		}
	}
	if n < 2 {
		t.Fatal("no headers found")
	}
	return out
}

func deep(t *testing.T, levels int, b []byte) []byte {
	for range levels {
		b = Zip(t, map[string]string{"x.zip": string(b)})
	}
	return b
}

// bomb is a list of logins of the same row, 64 MB in 100 KB.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("x.csv")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, "name,url,username,password\n")
	row := []byte("a,https://a.example,a,a\n")
	chunk := bytes.Repeat(row, 1<<20/len(row))
	for range 64 {
		w.Write(chunk)
	}
	z.Close()
	return b.Bytes()
}
