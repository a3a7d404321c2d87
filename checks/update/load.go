package update

import (
	"crypto/ed25519"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"unlisted/checks/breach"
	"unlisted/checks/catalog"
)

// Data is what the program knows of platforms and breaches.
type Data struct {
	Catalog  *catalog.Catalog
	Breaches *breach.Catalogue
	Serial   int64             // of the data in use: the signed set's, or that of what is embedded
	Key      ed25519.PublicKey // that sets are signed with; nil: none
}

// Load loads the data: what is embedded, in its place the signed set installed
// in folder where that is newer, and over both the public lists taken since. A
// damaged set or list is passed over: the program always starts. folder "" has
// none.
func Load(folder string, key ed25519.PublicKey, embedded func(string) fs.FS) (Data, error) {
	serial, err := embeddedSerial(embedded("keys"))
	if err != nil {
		return Data{}, err
	}
	d := Data{Key: key, Serial: serial}
	from := embedded
	if set := current(folder, key); set != nil && set.Serial > serial {
		d.Serial, from = set.Serial, set.FS
	}
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

// embeddedSerial is the serial of the data that ships with the program: a set
// that is not newer never takes its place.
func embeddedSerial(keys fs.FS) (int64, error) {
	text, err := fs.ReadFile(keys, "serial")
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
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
