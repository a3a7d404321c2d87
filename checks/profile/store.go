package profile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"unlisted/checks/atomicfile"
	"unlisted/checks/profile/keystore"
)

// Store is one open profile file. It is safe for concurrent use.
type Store struct {
	path   string // as it was given
	target string // what path leads to; path itself where it is no link
	key    *age.X25519Identity
	lock   *flock.Flock
	keys   keystore.Store

	mu     sync.Mutex
	closed bool // nothing is written any more
	ledger *Ledger
	apart  bool // the ledger has all that the profile once held of it
}

// Create makes a new, empty profile. With a passphrase its key is kept in
// PATH.key, else in the keyring. A key that stands there without a profile is set
// aside. Errors: ErrKeyring, ErrInUse, ErrLink, ErrNotAFile, ErrSave; there must
// be no profile at path.
func Create(ctx context.Context, path string, keys keystore.Store, passphrase string) (*Store, *Profile, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, nil, wrap(ErrSave, err)
	}
	target, err := resolve(path)
	if err != nil {
		return nil, nil, err
	}
	lock, err := acquire(target)
	if err != nil {
		return nil, nil, err
	}
	s := &Store{path: path, target: target, lock: lock, keys: keys}
	p, err := s.create(ctx, passphrase)
	if err != nil {
		return nil, nil, errors.Join(err, lock.Unlock())
	}
	return s, p, nil
}

func (s *Store) create(ctx context.Context, passphrase string) (p *Profile, err error) {
	if Exists(s.path) {
		return nil, wrap(ErrSave, fs.ErrExist)
	}
	if s.key, err = age.GenerateX25519Identity(); err != nil {
		return nil, wrap(ErrSave, err)
	}
	for _, ext := range []string{".key", ".id"} {
		if there(s.target + ext) {
			if err := quarantine(s.target+ext, "unused"); err != nil {
				return nil, wrap(ErrSave, err)
			}
		}
	}
	if passphrase != "" {
		err = s.SetPassphrase(passphrase)
	} else {
		err = s.UseKeyring(ctx)
	}
	if err != nil {
		return nil, err
	}
	p = &Profile{Version: Version, SourceKey: newSourceKey()}
	s.openLedger(p)
	return p, s.Save(p)
}

// Open opens the profile at path with the key in the keyring or, where secret is
// not empty, with that: the passphrase or the recovery key. A failed keyring is
// ErrLocked, never a new profile. Errors: ErrNone, ErrInUse, ErrLocked,
// ErrPassphrase, ErrRecoveryKey, ErrDamaged, ErrNewer, ErrLink, ErrNotAFile.
func Open(ctx context.Context, path string, keys keystore.Store, secret string) (*Store, *Profile, error) {
	s, err := reach(ctx, path, keys, secret)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.load()
	if err != nil {
		return nil, nil, errors.Join(strange(err, secret), s.lock.Unlock())
	}
	return s, p, nil
}

// load reads the profile and its ledger. Errors: ErrDamaged, ErrNewer.
func (s *Store) load() (*Profile, error) {
	p, err := read(s.target, s.key)
	if err != nil {
		return nil, err
	}
	s.openLedger(p)
	return p, nil
}

// openLedger reads the ledger, gives it what an older version kept in the profile,
// and shows it in the profile, where it is read.
func (s *Store) openLedger(p *Profile) {
	s.ledger = openLedger(s.target, s.key)
	s.apart = s.ledger.carry(p) == nil
	if s.apart {
		p.Ledger, p.Limits = s.ledger.Entries(), s.ledger.Limits()
	}
}

// Ledger is what left this computer.
func (s *Store) Ledger() *Ledger { return s.ledger }

// reach takes the lock and the key of a profile that is there.
func reach(ctx context.Context, path string, keys keystore.Store, secret string) (*Store, error) {
	target, err := resolve(path)
	if err != nil {
		return nil, err
	}
	if !Exists(path) {
		return nil, ErrNone
	}
	lock, err := acquire(target)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, target: target, lock: lock, keys: keys}
	if s.key, err = findKey(ctx, path, keys, secret); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

func findKey(ctx context.Context, path string, keys keystore.Store, secret string) (*age.X25519Identity, error) {
	if secret == "" {
		return keyOfKeyring(ctx, path, keys)
	}
	return keyOfSecret(path, secret)
}

// strange tells a file that is another key's from a damaged one, as far as that
// can be told.
func strange(err error, secret string) error {
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) && IsRecoveryKey(secret) {
		return wrap(ErrRecoveryKey, err)
	}
	return err
}

// read decrypts and decodes one file. Errors: ErrDamaged, ErrNewer.
func read(path string, key *age.X25519Identity) (*Profile, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, wrap(ErrDamaged, err)
	}
	defer f.Close()
	var size int64
	if info, err := f.Stat(); err == nil {
		size = info.Size()
	}
	r, err := age.Decrypt(io.LimitReader(f, maxFile), key)
	if err != nil {
		return nil, wrap(ErrDamaged, err)
	}
	b := bytes.NewBuffer(make([]byte, 0, min(size, maxFile)+bytes.MinRead))
	if _, err = b.ReadFrom(r); err != nil { // age authenticates as it goes: a changed byte ends here
		return nil, wrap(ErrDamaged, err)
	}
	return Decode(b.Bytes())
}

// Decode reads the JSON of a profile. Errors: ErrDamaged, ErrNewer.
func Decode(b []byte) (*Profile, error) {
	version, err := schema(b)
	if err != nil {
		return nil, wrap(ErrDamaged, err)
	}
	if version > Version {
		return nil, ErrNewer
	}
	p := &Profile{}
	if err := json.Unmarshal(b, p); err != nil {
		return nil, wrap(ErrDamaged, err)
	}
	p.Version = Version
	if len(p.SourceKey) == 0 {
		p.SourceKey = newSourceKey()
	}
	return p, nil
}

// schema is the version in the JSON of a profile. It stands first in the files
// this program writes, so that the rest need not be read for it.
func schema(b []byte) (version int, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, errors.Join(errors.New("not an object"), err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return 0, err
		}
		if name == "version" {
			err = d.Decode(&version)
			return version, err
		}
		var other json.RawMessage
		if err := d.Decode(&other); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// Save writes the profile whole and atomically; what was there becomes the newest
// previous version. Whatever happens in between, a readable profile stands at
// PATH. Error: ErrSave.
func (s *Store) Save(p *Profile) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return wrap(ErrSave, fs.ErrClosed)
	}
	if s.apart {
		rest := *p
		rest.Ledger, rest.Limits = nil, nil
		p = &rest
	}
	b, err := json.Marshal(p)
	if err != nil {
		return wrap(ErrSave, err)
	}
	if err := rotate(s.target); err != nil {
		return wrap(ErrSave, err)
	}
	if err := atomicfile.Write(s.target, func(w io.Writer) error {
		sealed, err := age.Encrypt(w, s.key.Recipient())
		if err != nil {
			return err
		}
		if _, err := sealed.Write(b); err != nil {
			return err
		}
		return sealed.Close()
	}); err != nil {
		return wrap(ErrSave, err)
	}
	return nil
}

// Path returns where the profile stands, as it was given.
func (s *Store) Path() string { return s.path }

// Close lets go of the lock; nothing is written any more.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return s.lock.Unlock()
}

// Erase removes the profile, its previous versions, what was set aside of it and
// its key. It cannot be undone. Errors: ErrKeyring, ErrSave.
func (s *Store) Erase(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := forget(ctx, s.path, s.keys); err != nil {
		return err
	}
	for _, path := range []string{s.target, s.path} {
		for _, f := range filesOf(path) {
			if err := os.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return wrap(ErrSave, err)
			}
		}
	}
	s.closed = true
	return s.lock.Unlock()
}

// filesOf are the files of a profile that hold anything, the lock aside.
func filesOf(path string) []string {
	out := append(versions(path), path, path+".key", path+".id", path+".ledger", path+".ledger.lock", path+focusExt)
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if isQuarantined(filepath.Base(path), e.Name()) {
			out = append(out, filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
	return out
}
