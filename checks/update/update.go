// Package update takes newer platforms, guides, incidents and breaches from a
// signed set: one file, brought by hand or on a stick. A set counts only with a
// good signature, whole, newer than what is there, and if the program can load
// it; else nothing changes.
package update

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"unlisted/checks/atomicfile"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/text"
)

// Bounds of a set; real ones stay below 10 MB.
const (
	maxSet   = 64 << 20
	maxFiles = 5000
)

// fileName is what an installed set is called, in the folder of the profile.
const fileName = "data.unlisted"

// Folders lists what a set replaces as a whole.
func Folders() []string { return []string{"catalog", "guides", "facts", "breaches"} }

// The reasons why a set is not taken.
var (
	ErrNoKey     = &text.Error{Key: "error.update.no_key"}    // this copy of the program has no key to check sets with
	ErrDamaged   = &text.Error{Key: "error.update.damaged"}   // not a set, cut off, or changed after signing
	ErrSignature = &text.Error{Key: "error.update.signature"} // signed by somebody else
	ErrOlder     = &text.Error{Key: "error.update.older"}     // not newer than what is there
	ErrSave      = &text.Error{Key: "error.update.save"}      // good, but could not be stored
)

// manifest says what a set holds; it is what the signature is of.
type manifest struct {
	Format  int               `json:"format"`
	Serial  int64             `json:"serial"`  // YYYYMMDDnn, rising
	Created string            `json:"created"` // RFC 3339
	Files   map[string]string `json:"files"`   // path to SHA-256, hexadecimal
}

const format = 1

// Set is one verified set.
type Set struct {
	Serial  int64
	Created time.Time
	files   *zip.Reader
}

// FS returns one folder of the set.
func (s *Set) FS(folder string) fs.FS {
	sub, err := fs.Sub(s.files, folder)
	if err != nil {
		panic("update: " + err.Error()) // only an invalid literal gets here
	}
	return sub
}

// ParseKey reads a public key as sign-data writes it; an empty text is ErrNoKey.
func ParseKey(text string) (ed25519.PublicKey, error) {
	b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) != ed25519.PublicKeySize {
		return nil, ErrNoKey
	}
	return b, nil
}

// Verify checks a set from its signature to its last byte, and that the program
// can load it. Errors: ErrNoKey, ErrDamaged, ErrSignature, ErrOlder.
func Verify(raw []byte, key ed25519.PublicKey, have int64) (*Set, error) {
	if len(key) != ed25519.PublicKeySize {
		return nil, ErrNoKey
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(raw) > maxSet || len(z.File) > maxFiles {
		return nil, ErrDamaged
	}
	files, err := unpack(z)
	if err != nil {
		return nil, ErrDamaged
	}
	text, signature := files["manifest.json"], files["manifest.sig"]
	if text == nil || signature == nil {
		return nil, ErrDamaged
	}
	if !ed25519.Verify(key, text, signature) {
		return nil, ErrSignature
	}
	var m manifest
	if json.Unmarshal(text, &m) != nil || m.Format != format {
		return nil, ErrDamaged
	}
	if m.Serial <= have {
		return nil, ErrOlder
	}
	delete(files, "manifest.json")
	delete(files, "manifest.sig")
	if len(files) != len(m.Files) {
		return nil, ErrDamaged
	}
	for name, b := range files {
		sum := sha256.Sum256(b)
		if m.Files[name] != hex.EncodeToString(sum[:]) {
			return nil, ErrDamaged
		}
	}
	s := &Set{Serial: m.Serial, files: z}
	s.Created, _ = time.Parse(time.RFC3339, m.Created)
	return s, s.loads()
}

// loads reports ErrDamaged for a set this program cannot read.
func (s *Set) loads() error {
	if _, err := catalog.Load(s.FS("catalog"), s.FS("guides"), s.FS("facts")); err != nil {
		return errors.Join(ErrDamaged, err)
	}
	if _, err := breach.LoadCatalogue(s.FS("breaches")); err != nil {
		return errors.Join(ErrDamaged, err)
	}
	return nil
}

// unpack reads every file once, within bounds, for the check of its hash.
func unpack(z *zip.Reader) (map[string][]byte, error) {
	files, left := map[string][]byte{}, int64(maxSet)
	for _, f := range z.File {
		folder, _, _ := strings.Cut(f.Name, "/")
		if f.Name != path.Clean(f.Name) || !fs.ValidPath(f.Name) || files[f.Name] != nil ||
			f.Name != "manifest.json" && f.Name != "manifest.sig" && !slices.Contains(Folders(), folder) {
			return nil, ErrDamaged
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(io.LimitReader(r, left+1))
		_ = r.Close()
		if left -= int64(len(b)); err != nil || left < 0 {
			return nil, ErrDamaged
		}
		files[f.Name] = b
	}
	return files, nil
}

// Install verifies the set in a file and stores it in folder; it is used from
// the next start on. It must be newer than the set that is there and than have,
// the serial of what is in use. Errors: those of Verify, and ErrSave.
func Install(file, folder string, key ed25519.PublicKey, have int64) (*Set, error) {
	info, err := os.Stat(file)
	if err != nil || info.Size() > maxSet {
		return nil, ErrDamaged
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, ErrDamaged
	}
	s, err := Verify(raw, key, max(have, Installed(folder, key)))
	if err != nil {
		return nil, err
	}
	if err := write(filepath.Join(folder, fileName), raw); err != nil {
		return nil, errors.Join(ErrSave, err)
	}
	return s, nil
}

// write puts b at name whole or not at all.
func write(name string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return atomicfile.WriteBytes(name, b)
}

// Installed is the serial of the set in folder; 0 where there is no good one.
func Installed(folder string, key ed25519.PublicKey) int64 {
	if s := current(folder, key); s != nil {
		return s.Serial
	}
	return 0
}

func current(folder string, key ed25519.PublicKey) *Set {
	if folder == "" || len(key) == 0 {
		return nil
	}
	name := filepath.Join(folder, fileName)
	if info, err := os.Stat(name); err != nil || info.Size() > maxSet {
		return nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	s, err := Verify(raw, key, 0)
	if err != nil {
		return nil
	}
	return s
}

// Sign makes a set of the folders below assets. Equal input gives equal bytes.
func Sign(w io.Writer, assets fs.FS, serial int64, created time.Time, key ed25519.PrivateKey) error {
	m := manifest{Format: format, Serial: serial, Created: created.UTC().Format(time.RFC3339), Files: map[string]string{}}
	contents := map[string][]byte{}
	for _, folder := range Folders() {
		err := fs.WalkDir(assets, folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
				return err
			}
			b, err := fs.ReadFile(assets, name)
			sum := sha256.Sum256(b)
			contents[name], m.Files[name] = b, hex.EncodeToString(sum[:])
			return err
		})
		if err != nil {
			return err
		}
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	contents["manifest.json"], contents["manifest.sig"] = text, ed25519.Sign(key, text)
	names := make([]string, 0, len(contents))
	for n := range contents {
		names = append(names, n)
	}
	slices.Sort(names)
	z := zip.NewWriter(w)
	for _, n := range names {
		f, err := z.Create(n)
		if err != nil {
			return err
		}
		if _, err := f.Write(contents[n]); err != nil {
			return fmt.Errorf("%s: %w", n, err)
		}
	}
	return z.Close()
}
