package update

import (
	"crypto/ed25519"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
)

// Data is what the program knows of platforms and breaches.
type Data struct {
	Catalog  *catalog.Catalog
	Breaches *breach.Catalogue
	Serial   int64             // of the signed set in use; 0: what is embedded
	Key      ed25519.PublicKey // that sets are signed with; nil: none
}

// Load loads the data: what is embedded, in its place the signed set installed
// in folder, and over both the public lists taken since. A damaged set or list
// is passed over: the program always starts. folder "" has none.
func Load(folder string, key ed25519.PublicKey, embedded func(string) fs.FS) (Data, error) {
	d := Data{Key: key}
	from := embedded
	if set := current(folder, key); set != nil {
		d.Serial, from = set.Serial, set.FS
	}
	var err error
	if d.Catalog, err = catalog.Load(from("catalog"), from("guides"), from("facts")); err != nil {
		return d, err
	}
	if d.Breaches, err = breach.LoadCatalogue(from("breaches")); err != nil {
		return d, err
	}
	for _, l := range Lists() {
		if raw := readList(folder, l); raw != nil {
			d.freshen(l, raw)
		}
	}
	return d, nil
}

func (d *Data) freshen(l List, raw []byte) {
	if l.Set == "" {
		if b, err := breach.ParseCatalogue(raw); err == nil && b.Newest().After(d.Breaches.Newest()) {
			d.Breaches = b
		}
		return
	}
	var f fresh
	if json.Unmarshal(raw, &f) == nil {
		d.Catalog.Freshen(l.Set, f.Taken, f.Records)
	}
}

func readList(folder string, l List) []byte {
	if folder == "" {
		return nil
	}
	name := filepath.Join(folder, listFile(l))
	if info, err := os.Stat(name); err != nil || info.Size() > maxSet {
		return nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	return raw
}
