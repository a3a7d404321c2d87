package update_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"unlisted/assets"
	"unlisted/checks/update"
)

// tree is the embedded assets as one tree, of platforms and breaches only the
// first and what guides and facts name: enough to load, and soon signed.
func tree(t *testing.T, change func(fstest.MapFS)) fs.FS {
	t.Helper()
	out := maps.Clone(small())
	for name, f := range out {
		out[name] = &fstest.MapFile{Data: f.Data}
	}
	if change != nil {
		change(out)
	}
	return out
}

var small = sync.OnceValue(func() fstest.MapFS {
	out, named := fstest.MapFS{}, map[string]bool{}
	for _, folder := range update.Folders() {
		sub := assets.Sub(folder)
		err := fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(sub, name)
			out[folder+"/"+name] = &fstest.MapFile{Data: b}
			if strings.HasSuffix(name, ".json") {
				for word := range strings.FieldsFuncSeq(name+"\n"+string(b), func(r rune) bool { return r != '.' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
					named[strings.TrimSuffix(word, ".json")] = true
				}
			}
			return err
		})
		if err != nil {
			panic(err)
		}
	}
	for _, name := range []string{"catalog/platforms.tsv", "breaches/breaches.tsv"} {
		n := 0
		out[name].Data = bytes.Join(slices.DeleteFunc(bytes.SplitAfter(out[name].Data, []byte("\n")), func(line []byte) bool {
			id, _, _ := strings.Cut(string(line), "\t")
			n++
			return n > 50 && len(line) > 1 && !named[id] // an empty line parts platforms from apps
		}), nil)
	}
	return out
})

func keys(t *testing.T) (ed25519.PublicKey, ed25519.PrivateKey) {
	t.Helper()
	pub, priv, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return pub, priv
}

func sign(t *testing.T, serial int64, key ed25519.PrivateKey, change func(fstest.MapFS)) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := update.Sign(&b, tree(t, change), serial, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), key); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func file(t *testing.T, b []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), "set")
	if err := os.WriteFile(p, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// A good set takes the place of what is embedded, and of nothing else.
func TestInstall(t *testing.T) {
	pub, priv := keys(t)
	folder := filepath.Join(t.TempDir(), "new")
	set := sign(t, 2099010101, priv, func(m fstest.MapFS) {
		reviewed := regexp.MustCompile(`"reviewed": "[^"]*"`)
		m["guides/x.com.json"] = &fstest.MapFile{Data: reviewed.ReplaceAll(m["guides/x.com.json"].Data, []byte(`"reviewed": "2027-01-02"`))}
	})
	s, err := update.Install(file(t, set), folder, pub, 0)
	if err != nil || s.Serial != 2099010101 {
		t.Fatalf("%+v, %v", s, err)
	}
	d, err := update.Load(folder, pub, assets.Sub)
	if err != nil || d.Serial != 2099010101 {
		t.Fatal(d.Serial, err)
	}
	if p, _ := d.Catalog.ByID("x.com"); p.Guide.Reviewed.Year() != 2027 {
		t.Errorf("the guide is still of %s", p.Guide.Reviewed)
	}
}

// Whatever is wrong with a set, it is not taken, and what was there stays.
func TestRefused(t *testing.T) {
	pub, priv := keys(t)
	_, other := keys(t)
	folder := t.TempDir()
	if _, err := update.Install(file(t, sign(t, 10, priv, nil)), folder, pub, 0); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(filepath.Join(folder, "data.unlisted"))
	good := sign(t, 11, priv, nil)
	for name, c := range map[string]struct {
		set  []byte
		key  ed25519.PublicKey
		want error
	}{
		"no key in the program":     {good, nil, update.ErrNoKey},
		"signed by somebody else":   {sign(t, 11, other, nil), pub, update.ErrSignature},
		"the same again":            {sign(t, 10, priv, nil), pub, update.ErrOlder},
		"older":                     {sign(t, 9, priv, nil), pub, update.ErrOlder},
		"cut off":                   {good[:len(good)/2], pub, update.ErrDamaged},
		"empty":                     {nil, pub, update.ErrDamaged},
		"not a set":                 {[]byte("hello"), pub, update.ErrDamaged},
		"a file changed":            {rezip(t, good, "guides/x.com.json", func(b []byte) []byte { return bytes.Replace(b, []byte("https"), []byte("httpz"), 1) }), pub, update.ErrDamaged},
		"a file taken out":          {rezip(t, good, "facts/incidents.json", func([]byte) []byte { return nil }), pub, update.ErrDamaged},
		"a guide taken out":         {rezip(t, good, "guides/x.com.json", func([]byte) []byte { return nil }), pub, update.ErrDamaged},
		"the manifest changed":      {rezip(t, good, "manifest.json", func(b []byte) []byte { return bytes.Replace(b, []byte(`"serial":11`), []byte(`"serial":99`), 1) }), pub, update.ErrSignature},
		"no signature":              {rezip(t, good, "manifest.sig", func([]byte) []byte { return nil }), pub, update.ErrDamaged},
		"signed, but does not load": {sign(t, 12, priv, func(m fstest.MapFS) { m["guides/x.com.json"].Data = []byte("{}") }), pub, update.ErrDamaged},
	} {
		_, err := update.Install(file(t, c.set), folder, c.key, 0)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if after, _ := os.ReadFile(filepath.Join(folder, "data.unlisted")); !bytes.Equal(before, after) {
			t.Fatalf("%s: what was there changed", name)
		}
	}
	if _, err := update.Install(filepath.Join(folder, "gone"), folder, pub, 0); !errors.Is(err, update.ErrDamaged) {
		t.Errorf("no file: %v", err)
	}
}

// rezip changes one file of a set; nil takes it out.
func rezip(t *testing.T, set []byte, name string, change func([]byte) []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(set), int64(len(set)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		in, _ := f.Open()
		b, _ := io.ReadAll(in)
		if f.Name == name {
			if b = change(b); b == nil {
				continue
			}
		}
		o, _ := w.Create(f.Name)
		o.Write(b)
	}
	w.Close()
	return out.Bytes()
}

// A set that goes bad on the disk is passed over: the program starts with what
// is embedded.
func TestDamagedLater(t *testing.T) {
	pub, priv := keys(t)
	folder := t.TempDir()
	set := sign(t, 2099010101, priv, nil)
	for _, bad := range [][]byte{nil, set[:100], append([]byte{1}, set[1:]...)} {
		if err := os.WriteFile(filepath.Join(folder, "data.unlisted"), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if d, err := update.Load(folder, pub, assets.Sub); err != nil || d.Serial == 2099010101 {
			t.Errorf("a bad set is used: serial %d, %v", d.Serial, err)
		}
	}
}

func FuzzVerify(f *testing.F) {
	pub, priv, _ := ed25519.GenerateKey(nil)
	var b bytes.Buffer
	_ = update.Sign(&b, fstest.MapFS{"catalog/a": {}, "guides/a": {}, "facts/a": {}, "breaches/a": {}}, 1, time.Unix(0, 0), priv)
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if s, err := update.Verify(raw, pub, 0); err == nil && s.Serial <= 0 {
			t.Error("a set without a serial")
		}
	})
}

// What ships with the program counts as a set: one that is not newer is refused,
// and one that was installed before gives way to it.
func TestEmbeddedDataIsASetToo(t *testing.T) {
	pub, priv := keys(t)
	folder := t.TempDir()
	d, err := update.Load(folder, pub, assets.Sub)
	if err != nil || d.Serial == 0 {
		t.Fatalf("serial %d, %v", d.Serial, err)
	}
	for _, serial := range []int64{1, d.Serial - 1, d.Serial} {
		if _, err := update.TakeFile(file(t, sign(t, serial, priv, nil)), folder, d, time.Now()); !errors.Is(err, update.ErrOlder) {
			t.Errorf("a set of serial %d: %v", serial, err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "data.unlisted"), sign(t, d.Serial-1, priv, withoutGuides), 0o600); err != nil {
		t.Fatal(err)
	}
	if after, err := update.Load(folder, pub, assets.Sub); err != nil || after.Serial != d.Serial || guides(after) != guides(d) {
		t.Errorf("a set of before this program is used: serial %d, %d guides, %v", after.Serial, guides(after), err)
	}
	if _, err := update.TakeFile(file(t, sign(t, d.Serial+1, priv, withoutGuides)), folder, d, time.Now()); err != nil {
		t.Fatal(err)
	}
	if after, err := update.Load(folder, pub, assets.Sub); err != nil || after.Serial != d.Serial+1 || guides(after) != 1 {
		t.Errorf("a newer set is not used: serial %d, %d guides, %v", after.Serial, guides(after), err)
	}
}

// withoutGuides leaves one guide, so that a set can be told from what ships.
func withoutGuides(m fstest.MapFS) {
	for name := range m {
		if strings.HasPrefix(name, "guides/") && name != "guides/x.com.json" {
			delete(m, name)
		}
	}
}

func guides(d update.Data) (n int) {
	for i := range d.Catalog.Len() {
		if d.Catalog.At(i).Guide != nil {
			n++
		}
	}
	return n
}

// The serial of what ships is not older than the newest day its data states.
func TestSerialIsOfTheDataThatShips(t *testing.T) {
	d, err := update.Load("", nil, assets.Sub)
	if err != nil {
		t.Fatal(err)
	}
	newest := d.Breaches.Newest()
	stated := regexp.MustCompile(`"(?:reviewed|checked|seen)": ?"(\d{4}-\d\d-\d\d)"`)
	for _, folder := range []string{"guides", "facts"} {
		files, _ := fs.Glob(assets.Sub(folder), "*.json")
		for _, name := range files {
			b, _ := fs.ReadFile(assets.Sub(folder), name)
			for _, m := range stated.FindAllSubmatch(b, -1) {
				if day, err := time.Parse(time.DateOnly, string(m[1])); err == nil && day.After(newest) {
					newest = day
				}
			}
		}
	}
	if day, _ := strconv.ParseInt(newest.Format("20060102"), 10, 64); d.Serial/100 < day {
		t.Errorf("assets/keys/serial says %d, the data is of %s", d.Serial, newest.Format(time.DateOnly))
	}
}
