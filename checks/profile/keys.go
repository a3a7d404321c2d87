package profile

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"filippo.io/age"

	"unlisted/checks/atomicfile"
	"unlisted/checks/profile/keystore"
)

// workFactor is the scrypt cost of a passphrase, as log2 N: about a second on
// a common machine, the age tool's own default. Tests lower it.
var workFactor = 18

// maxWorkFactor bounds the work that a file may ask for: each step doubles time
// and memory, and 20 is 1 GiB.
const maxWorkFactor = 20

// recoveryPrefix is how an age identity begins, and so a recovery key.
const recoveryPrefix = "AGE-SECRET-KEY-1"

// IsRecoveryKey reports whether a secret is a recovery key, and not a passphrase.
func IsRecoveryKey(secret string) bool {
	_, err := age.ParseX25519Identity(cleanKey(secret))
	return err == nil
}

// cleanKey undoes what typing and copying do to a key: blanks, line breaks,
// small letters.
func cleanKey(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// FindRecoveryKey returns the recovery key in a text, such as the printed page.
func FindRecoveryKey(text string) (string, bool) {
	i := strings.Index(strings.ToUpper(text), recoveryPrefix)
	if i < 0 {
		return "", false
	}
	key := text[i:]
	if line, _, _ := strings.Cut(strings.ReplaceAll(key, "\r", "\n"), "\n"); IsRecoveryKey(line) {
		key = line
	}
	return cleanKey(key), IsRecoveryKey(key)
}

// keyOfSecret is the key that a passphrase or a recovery key gives. Errors:
// ErrNoSecret, ErrLocked, ErrPassphrase, ErrRecoveryKey, ErrDamaged.
func keyOfSecret(path, secret string) (*age.X25519Identity, error) {
	switch {
	case secret == "":
		return nil, ErrNoSecret
	case IsRecoveryKey(secret):
		return parseKey(cleanKey(secret), ErrRecoveryKey)
	case strings.HasPrefix(cleanKey(secret), recoveryPrefix) && !HasPassphrase(path):
		return nil, ErrRecoveryKey // mistyped: the key has a checksum
	}
	b, err := unwrap(path, secret)
	if err != nil {
		return nil, err
	}
	return parseKey(strings.TrimSpace(string(b)), ErrDamaged)
}

func parseKey(s string, bad error) (*age.X25519Identity, error) {
	key, err := age.ParseX25519Identity(s)
	if err != nil {
		return nil, bad // the parser's text would quote the key
	}
	return key, nil
}

// keyOfKeyring is the key that the keyring gives. Error: ErrLocked.
func keyOfKeyring(ctx context.Context, path string, keys keystore.Store) (*age.X25519Identity, error) {
	name, err := readFile(sidePath(path, ".id"), maxKeyFile)
	if err != nil {
		return nil, wrap(ErrLocked, err)
	}
	secret, err := keys.Get(ctx, strings.TrimSpace(string(name)))
	if err != nil {
		return nil, wrap(ErrLocked, err)
	}
	return parseKey(strings.TrimSpace(secret), ErrLocked)
}

func unwrap(path, passphrase string) ([]byte, error) {
	b, err := readFile(sidePath(path, ".key"), maxKeyFile)
	if err != nil {
		return nil, wrap(ErrLocked, err)
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, ErrNoSecret
	}
	id.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(b), id)
	if err != nil {
		var wrong *age.NoIdentityMatchError
		if errors.As(err, &wrong) {
			return nil, ErrPassphrase
		}
		return nil, wrap(ErrDamaged, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, 4096))
	if err != nil {
		return nil, wrap(ErrDamaged, err)
	}
	return out, nil
}

// SetPassphrase keeps the key in PATH.key under a new passphrase. The keyring
// entry, if any, stays: the person may drop it with ForgetKeyring. Errors:
// ErrNoSecret, ErrSave.
func (s *Store) SetPassphrase(passphrase string) error {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return ErrNoSecret
	}
	r.SetWorkFactor(workFactor)
	var buf bytes.Buffer
	w, err := age.Encrypt(&buf, r)
	if err != nil {
		return wrap(ErrSave, err)
	}
	if _, err = io.WriteString(w, s.key.String()+"\n"); err == nil {
		err = w.Close()
	}
	if err == nil {
		err = atomicfile.WriteBytes(sidePath(s.path, ".key"), buf.Bytes())
	}
	if err != nil {
		return wrap(ErrSave, err)
	}
	return nil
}

// UseKeyring keeps the key in the system keyring. Errors: ErrKeyring, ErrSave.
func (s *Store) UseKeyring(ctx context.Context) error {
	var random [12]byte
	rand.Read(random[:])
	name := "profile-" + hex.EncodeToString(random[:])
	if err := s.keys.Set(ctx, name, s.key.String()); err != nil {
		return wrap(ErrKeyring, err)
	}
	// Read it back: a keyring that forgets would lose the profile.
	if got, err := s.keys.Get(ctx, name); err != nil || got != s.key.String() {
		_ = s.keys.Delete(ctx, name)
		return wrap(ErrKeyring, err)
	}
	old, _ := readFile(sidePath(s.path, ".id"), maxKeyFile)
	if err := atomicfile.WriteBytes(sidePath(s.path, ".id"), []byte(name+"\n")); err != nil {
		return wrap(ErrSave, err)
	}
	if len(old) > 0 {
		_ = s.keys.Delete(ctx, strings.TrimSpace(string(old)))
	}
	return nil
}

// InKeyring reports whether the key of the profile at path is kept in the
// keyring, as far as the files tell.
func InKeyring(path string) bool { return plain(sidePath(path, ".id")) }

// ForgetKeyring takes the key out of the keyring, once secret, a passphrase or
// the recovery key, has been tried and opens the file. Errors: ErrUntried without
// a secret, those of a wrong one, ErrDamaged, ErrKeyring, ErrSave.
func (s *Store) ForgetKeyring(ctx context.Context, secret string) error {
	key, err := keyOfSecret(s.path, secret)
	if errors.Is(err, ErrNoSecret) || errors.Is(err, ErrLocked) {
		return wrap(ErrUntried, err)
	}
	if err != nil {
		return err
	}
	if key.String() != s.key.String() {
		return ErrRecoveryKey
	}
	if _, err := read(s.target, key); err != nil {
		return err
	}
	return forget(ctx, s.path, s.keys)
}

func forget(ctx context.Context, path string, keys keystore.Store) error {
	file := sidePath(path, ".id")
	name, err := readFile(file, maxKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return wrap(ErrSave, err)
	}
	if err := keys.Delete(ctx, strings.TrimSpace(string(name))); err != nil {
		return wrap(ErrKeyring, err)
	}
	if err := os.Remove(file); err != nil {
		return wrap(ErrSave, err)
	}
	return nil
}

// RecoveryKey returns the key for printing. Whoever has it and the file can
// read the profile, here or with the age tool.
func (s *Store) RecoveryKey() string { return s.key.String() }
