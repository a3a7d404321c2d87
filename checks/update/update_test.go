package update_test

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/update"
)

// tree is the embedded assets as one tree.
func tree(t *testing.T, change func(fstest.MapFS)) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	for _, folder := range update.Folders() {
		sub := assets.Sub(folder)
		err := fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(sub, name)
			out[folder+"/"+name] = &fstest.MapFile{Data: b}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(out)
	}
	return out
}

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
	set := sign(t, 2026112401, priv, func(m fstest.MapFS) {
		m["guides/x.com.json"] = &fstest.MapFile{Data: bytes.Replace(m["guides/x.com.json"].Data, []byte("2026-11-23"), []byte("2027-01-02"), 1)}
	})
	s, err := update.Install(file(t, set), folder, pub)
	if err != nil || s.Serial != 2026112401 {
		t.Fatalf("%+v, %v", s, err)
	}
	d, err := update.Load(folder, pub, assets.Sub)
	if err != nil || d.Serial != 2026112401 {
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
	if _, err := update.Install(file(t, sign(t, 10, priv, nil)), folder, pub); err != nil {
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
		_, err := update.Install(file(t, c.set), folder, c.key)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if after, _ := os.ReadFile(filepath.Join(folder, "data.unlisted")); !bytes.Equal(before, after) {
			t.Fatalf("%s: what was there changed", name)
		}
	}
	if _, err := update.Install(filepath.Join(folder, "gone"), folder, pub); !errors.Is(err, update.ErrDamaged) {
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
	set := sign(t, 10, priv, nil)
	for _, bad := range [][]byte{nil, set[:100], append([]byte{1}, set[1:]...)} {
		if err := os.WriteFile(filepath.Join(folder, "data.unlisted"), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if d, err := update.Load(folder, pub, assets.Sub); err != nil || d.Serial != 0 {
			t.Errorf("serial %d, %v", d.Serial, err)
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
