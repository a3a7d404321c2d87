package profile

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"unlisted/checks/profile/keystore"
)

// Files of a profile at PATH:
//
//	PATH            the profile: JSON, encrypted by age to one X25519 recipient
//	PATH.id         random name of the key in the keyring; nothing personal
//	PATH.key        the key, encrypted by age with the passphrase; only where one is set
//	PATH.1 .. .5    previous versions, newest first, in the same form as PATH
//	PATH.lock       held while a window has the profile open
//	PATH.ledger     what left this computer; see Ledger
//	PATH.damaged-N  a file that could not be read, kept aside, never overwritten
//
// Everything can be opened with the age tool alone: "age -d" of PATH.key with
// the passphrase gives the key that "age -d -i" needs for PATH.

// maxFile bounds what is read back: far above any real profile.
const maxFile = 512 << 20

// keptVersions is how many previous versions are kept.
const keptVersions = 5

// workFactor is the scrypt cost of a passphrase, as log2 N: about a second on
// a common machine, the age tool's own default.
const workFactor = 18

// Error is a failure of the store that the person can act on.
type Error struct {
	key string
	err error
}

func (e *Error) Error() string {
	if e.err == nil {
		return "profile: " + e.key
	}
	return "profile: " + e.key + ": " + e.err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }

// Is matches by kind, whatever the cause.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.key == e.key
}

// Explain gives the text key of the sentence for the person.
func (e *Error) Explain() (string, map[string]any) { return "error.profile." + e.key, nil }

// The ways opening or saving a profile ends badly.
var (
	ErrNone       = &Error{key: "none"}       // there is no profile yet
	ErrInUse      = &Error{key: "in_use"}     // another window has it open
	ErrLocked     = &Error{key: "locked"}     // its key is not to be had: ask for the passphrase
	ErrPassphrase = &Error{key: "passphrase"} // the passphrase is wrong
	ErrDamaged    = &Error{key: "damaged"}    // the file cannot be read
	ErrNewer      = &Error{key: "newer"}      // written by a newer version of the program
	ErrSave       = &Error{key: "save"}       // could not be written; the old file is whole
	ErrKeyring    = &Error{key: "keyring"}    // no keyring to keep a new key in
	ErrNoSecret   = &Error{key: "no_secret"}  // an empty passphrase
)

func because(e *Error, err error) error { return &Error{key: e.key, err: err} }

// DefaultPath is where the profile of this user stands.
func DefaultPath() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", because(ErrSave, err)
	}
	return filepath.Join(dir, "unlisted", "profile.age"), nil
}

// Store is one open profile file. It is not safe for concurrent use; the
// session serialises.
type Store struct {
	path   string
	key    *age.X25519Identity
	lock   *flock.Flock
	keys   keystore.Store
	ledger *Ledger
	apart  bool // the ledger has all that the profile once held of it
}

// Exists reports whether there is a profile at path, readable or not. A crash
// between the two renames of a save leaves only previous versions: that counts.
func Exists(path string) bool {
	for _, p := range append([]string{path, path + ".id", path + ".key"}, versions(path)...) {
		if _, err := os.Stat(p); err == nil {
			return true
		}
	}
	return false
}

// HasPassphrase reports whether the profile can be opened with a passphrase.
func HasPassphrase(path string) bool {
	_, err := os.Stat(path + ".key")
	return err == nil
}

// Create makes a new, empty profile. With a passphrase its key is kept in
// PATH.key, else in the keyring. Errors: ErrKeyring, ErrInUse, ErrSave; there
// must be no profile at path.
func Create(ctx context.Context, path string, keys keystore.Store, passphrase string) (*Store, *Profile, error) {
	if Exists(path) {
		return nil, nil, because(ErrSave, fs.ErrExist)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, because(ErrSave, err)
	}
	lock, err := acquire(path)
	if err != nil {
		return nil, nil, err
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, nil, errors.Join(because(ErrSave, err), lock.Unlock())
	}
	s := &Store{path: path, key: key, lock: lock, keys: keys}
	p := &Profile{Version: Version}
	s.openLedger(p)
	if passphrase != "" {
		err = s.SetPassphrase(passphrase)
	} else {
		err = s.UseKeyring(ctx)
	}
	if err == nil {
		err = s.Save(p)
	}
	if err != nil {
		return nil, nil, errors.Join(err, lock.Unlock())
	}
	return s, p, nil
}

// Open opens the profile at path with the key in the keyring or, if passphrase
// is not empty, with the passphrase. A failed keyring is ErrLocked, never a new
// profile. Errors: ErrNone, ErrInUse, ErrLocked, ErrPassphrase, ErrDamaged,
// ErrNewer.
func Open(ctx context.Context, path string, keys keystore.Store, passphrase string) (*Store, *Profile, error) {
	if !Exists(path) {
		return nil, nil, ErrNone
	}
	lock, err := acquire(path)
	if err != nil {
		return nil, nil, err
	}
	s := &Store{path: path, lock: lock, keys: keys}
	if err = s.findKey(ctx, passphrase); err == nil {
		var p *Profile
		if p, err = s.read(path); err == nil {
			s.openLedger(p)
			return s, p, nil
		}
	}
	return nil, nil, errors.Join(err, lock.Unlock())
}

func acquire(path string) (*flock.Flock, error) {
	l := flock.New(path + ".lock")
	ok, err := l.TryLock()
	if err != nil {
		return nil, because(ErrSave, err)
	}
	if !ok {
		return nil, ErrInUse
	}
	// What a save that was killed left behind: nobody else writes here now.
	left, _ := filepath.Glob(path + ".tmp-*")
	for _, f := range left {
		_ = os.Remove(f)
	}
	return l, nil
}

func (s *Store) findKey(ctx context.Context, passphrase string) error {
	secret := ""
	if passphrase != "" {
		b, err := s.unwrap(passphrase)
		if err != nil {
			return err
		}
		secret = string(b)
	} else {
		name, err := os.ReadFile(s.path + ".id")
		if err != nil {
			return because(ErrLocked, err)
		}
		if secret, err = s.keys.Get(ctx, strings.TrimSpace(string(name))); err != nil {
			return because(ErrLocked, err)
		}
	}
	key, err := age.ParseX25519Identity(strings.TrimSpace(secret))
	if err != nil {
		return ErrLocked // the parser's text would quote the key
	}
	s.key = key
	return nil
}

func (s *Store) unwrap(passphrase string) ([]byte, error) {
	b, err := os.ReadFile(s.path + ".key")
	if err != nil {
		return nil, because(ErrLocked, err)
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrNoSecret
	}
	id.SetMaxWorkFactor(workFactor + 2)
	r, err := age.Decrypt(bytes.NewReader(b), id)
	if err != nil {
		var wrong *age.NoIdentityMatchError
		if errors.As(err, &wrong) {
			return nil, ErrPassphrase
		}
		return nil, because(ErrDamaged, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, 4096))
	if err != nil {
		return nil, because(ErrDamaged, err)
	}
	return out, nil
}

// read decrypts and decodes one file. Errors: ErrDamaged, ErrNewer.
func (s *Store) read(path string) (*Profile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, because(ErrDamaged, err)
	}
	defer f.Close()
	r, err := age.Decrypt(io.LimitReader(f, maxFile), s.key)
	if err != nil {
		return nil, because(ErrDamaged, err)
	}
	b, err := io.ReadAll(r) // age authenticates as it goes: a changed byte ends here
	if err != nil {
		return nil, because(ErrDamaged, err)
	}
	return Decode(b)
}

// Decode reads the JSON of a profile. Errors: ErrDamaged, ErrNewer.
func Decode(b []byte) (*Profile, error) {
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return nil, because(ErrDamaged, err)
	}
	if head.Version > Version {
		return nil, ErrNewer
	}
	p := &Profile{}
	if err := json.Unmarshal(b, p); err != nil {
		return nil, because(ErrDamaged, err)
	}
	p.Version = Version
	return p, nil
}

// Save writes the profile whole: to a temporary file, synced, then renamed over
// the old one, which becomes the newest previous version. Whatever happens in
// between, a readable profile stands at PATH or at PATH.1. Error: ErrSave.
func (s *Store) Save(p *Profile) error {
	if s.apart {
		rest := *p
		rest.Ledger, rest.Limits = nil, nil
		p = &rest
	}
	b, err := json.Marshal(p)
	if err != nil {
		return because(ErrSave, err)
	}
	var buf bytes.Buffer
	w, err := age.Encrypt(&buf, s.key.Recipient())
	if err != nil {
		return because(ErrSave, err)
	}
	if _, err = w.Write(b); err == nil {
		err = w.Close()
	}
	if err != nil {
		return because(ErrSave, err)
	}
	if err := s.rotate(); err != nil {
		return because(ErrSave, err)
	}
	if err := writeWhole(s.path, buf.Bytes()); err != nil {
		return because(ErrSave, err)
	}
	return nil
}

// apart is how far previous versions lie apart at least: five saves within a
// minute would otherwise push out every older state.
const apart = 10 * time.Minute

// rotate moves previous versions down by one and links the present file to be
// the first, so that PATH itself never disappears.
func (s *Store) rotate() error {
	now, err := os.Stat(s.path)
	if err != nil {
		return nil // nothing to keep yet
	}
	v := versions(s.path)
	if last, err := os.Stat(v[0]); err == nil && now.ModTime().Sub(last.ModTime()) < apart {
		return nil
	}
	for i := len(v) - 1; i > 0; i-- {
		if err := os.Rename(v[i-1], v[i]); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := os.Link(s.path, v[0]); err == nil {
		return nil
	}
	b, err := os.ReadFile(s.path) // file systems without hard links
	if err != nil {
		return err
	}
	return writeWhole(v[0], b)
}

func versions(path string) []string {
	out := make([]string, keptVersions)
	for i := range out {
		out[i] = fmt.Sprintf("%s.%d", path, i+1)
	}
	return out
}

// writeWhole puts b at path atomically and durably.
func writeWhole(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".tmp-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already once renamed
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// SetPassphrase keeps the key in PATH.key under a new passphrase. The keyring
// entry, if any, stays: the person may drop it with ForgetKeyring.
func (s *Store) SetPassphrase(passphrase string) error {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return ErrNoSecret
	}
	r.SetWorkFactor(workFactor)
	var buf bytes.Buffer
	w, err := age.Encrypt(&buf, r)
	if err != nil {
		return because(ErrSave, err)
	}
	if _, err = io.WriteString(w, s.key.String()+"\n"); err == nil {
		err = w.Close()
	}
	if err == nil {
		err = writeWhole(s.path+".key", buf.Bytes())
	}
	if err != nil {
		return because(ErrSave, err)
	}
	return nil
}

// UseKeyring keeps the key in the system keyring. Errors: ErrKeyring, ErrSave.
func (s *Store) UseKeyring(ctx context.Context) error {
	var random [12]byte
	rand.Read(random[:])
	name := "profile-" + hex.EncodeToString(random[:])
	if err := s.keys.Set(ctx, name, s.key.String()); err != nil {
		return because(ErrKeyring, err)
	}
	// Read it back: a keyring that forgets would lose the profile.
	if got, err := s.keys.Get(ctx, name); err != nil || got != s.key.String() {
		return because(ErrKeyring, err)
	}
	if err := writeWhole(s.path+".id", []byte(name+"\n")); err != nil {
		return because(ErrSave, err)
	}
	return nil
}

// ForgetKeyring takes the key out of the keyring; only where a passphrase is
// set, so that the profile can still be opened. Error: ErrLocked otherwise.
func (s *Store) ForgetKeyring(ctx context.Context) error {
	if !HasPassphrase(s.path) {
		return ErrLocked
	}
	return forget(ctx, s.path, s.keys)
}

func forget(ctx context.Context, path string, keys keystore.Store) error {
	name, err := os.ReadFile(path + ".id")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return because(ErrSave, err)
	}
	if err := keys.Delete(ctx, strings.TrimSpace(string(name))); err != nil {
		return because(ErrKeyring, err)
	}
	return os.Remove(path + ".id")
}

// RecoveryKey returns the key for printing. Whoever has it and the file can
// read the profile with the age tool.
func (s *Store) RecoveryKey() string { return s.key.String() }

// openLedger reads the ledger, gives it what an older version kept in the profile,
// and shows it in the profile, where it is read.
func (s *Store) openLedger(p *Profile) {
	s.ledger = openLedger(s.path, s.key)
	s.apart = s.ledger.carry(p) == nil
	if s.apart {
		p.Ledger, p.Limits = s.ledger.Entries(), s.ledger.Limits()
	}
}

// Ledger is what left this computer.
func (s *Store) Ledger() *Ledger { return s.ledger }

// Path returns where the profile stands.
func (s *Store) Path() string { return s.path }

// Close lets go of the lock.
func (s *Store) Close() error { return s.lock.Unlock() }

// Restore puts the newest readable previous version in place of a damaged
// profile and opens it. The damaged file is kept aside under a new name. The
// second result is the number of the version. Error: ErrDamaged when none can
// be read, and what Open gives.
func Restore(ctx context.Context, path string, keys keystore.Store, passphrase string) (*Store, *Profile, error) {
	lock, err := acquire(path)
	if err != nil {
		return nil, nil, err
	}
	s := &Store{path: path, lock: lock, keys: keys}
	p, err := s.restore(ctx, passphrase)
	if err != nil {
		return nil, nil, errors.Join(err, lock.Unlock())
	}
	return s, p, nil
}

func (s *Store) restore(ctx context.Context, passphrase string) (*Profile, error) {
	if err := s.findKey(ctx, passphrase); err != nil {
		return nil, err
	}
	for _, v := range versions(s.path) {
		p, err := s.read(v)
		if err != nil {
			continue
		}
		if err := setAside(s.path); err != nil {
			return nil, because(ErrSave, err)
		}
		s.openLedger(p)
		return p, s.Save(p)
	}
	return nil, ErrDamaged
}

// setAside renames a damaged file so that nothing overwrites it.
func setAside(path string) error {
	for i := 1; ; i++ {
		to := fmt.Sprintf("%s.damaged-%d", path, i)
		if _, err := os.Stat(to); errors.Is(err, fs.ErrNotExist) {
			err = os.Rename(path, to)
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
	}
}

// Erase removes the profile, its previous versions, its damaged copies and its
// key. It cannot be undone.
func (s *Store) Erase(ctx context.Context) error {
	if err := forget(ctx, s.path, s.keys); err != nil {
		return err
	}
	aside, _ := filepath.Glob(s.path + ".damaged-*")
	for _, f := range append(append(versions(s.path), s.path, s.path+".key", s.path+".ledger", s.path+".ledger.lock"), aside...) {
		if err := os.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return because(ErrSave, err)
		}
	}
	return s.Close()
}
