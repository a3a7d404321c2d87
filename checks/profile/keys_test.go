package profile_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"filippo.io/age"

	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
)

// inKeyring reports whether the key of the profile is still in the keyring.
func inKeyring(t *testing.T, path string, keys *keystore.Memory) bool {
	t.Helper()
	name, err := os.ReadFile(path + ".id")
	if err != nil {
		return false
	}
	_, err = keys.Get(ctx, strings.TrimSpace(string(name)))
	return err == nil
}

// The key leaves the keyring only once another way to open the file has been
// tried and works: never without one, with a wrong one, or with another's.
func TestForgetKeyring(t *testing.T) {
	path, keys, s := create(t, "")
	must(t, s.Save(person(t, "pat@mail.example")))
	_, _, stranger := create(t, "")
	mistyped := []byte(s.RecoveryKey())
	mistyped[30] ^= 1
	refuse := func(what, secret string, want error) {
		t.Helper()
		if err := s.ForgetKeyring(ctx, secret); !errors.Is(err, want) {
			t.Errorf("%s: %v", what, err)
		}
		if !inKeyring(t, path, keys) {
			t.Fatalf("%s: the key is gone from the keyring", what)
		}
	}
	refuse("nothing", "", profile.ErrUntried)
	refuse("a passphrase that was never set", "correct horse", profile.ErrUntried)
	must(t, s.SetPassphrase("correct horse"))
	refuse("a wrong passphrase", "wrong", profile.ErrPassphrase)
	refuse("nothing, though a passphrase is set", "", profile.ErrUntried)
	refuse("another profile's recovery key", stranger.RecoveryKey(), profile.ErrRecoveryKey)
	must(t, os.Rename(path+".key", path+".away"))
	refuse("a mistyped recovery key", string(mistyped), profile.ErrRecoveryKey)
	must(t, os.Rename(path+".away", path+".key"))
	good, err := os.ReadFile(path)
	must(t, err)
	damage(t, path, "middle")
	refuse("the right passphrase, which opens nothing", "correct horse", profile.ErrDamaged)
	must(t, os.WriteFile(path, good, 0o600))

	must(t, s.ForgetKeyring(ctx, "correct horse"))
	if inKeyring(t, path, keys) || profile.InKeyring(path) {
		t.Error("the key is still in the keyring")
	}
	must(t, s.ForgetKeyring(ctx, s.RecoveryKey())) // nothing left to forget
	must(t, s.Close())
	if _, _, err := profile.Open(ctx, path, keys, ""); !errors.Is(err, profile.ErrLocked) {
		t.Errorf("opened without anything: %v", err)
	}
	if got := reopen(t, path, keys, "correct horse"); got != "pat@mail.example" {
		t.Errorf("with the passphrase: %q", got)
	}
}

// The printed key opens the profile without keyring and passphrase, however it
// was typed; another's does not, and that is told.
func TestOpenByRecoveryKey(t *testing.T) {
	path, _, s := create(t, "")
	must(t, s.Save(person(t, "pat@mail.example")))
	key := s.RecoveryKey()
	must(t, s.Close())
	_, _, other := create(t, "")
	none := failing{keystore.ErrUnavailable}
	for _, typed := range []string{key, " " + key + "\n", strings.ToLower(key), key[:20] + " " + key[20:40] + "\n" + key[40:]} {
		if got := reopen(t, path, none, typed); got != "pat@mail.example" {
			t.Errorf("%q: %q", typed, got)
		}
	}
	for what, wrong := range map[string]string{"another's": other.RecoveryKey(), "cut off": key[:len(key)-1], "a digit wrong": key[:40] + "B" + key[41:]} {
		if _, _, err := profile.Open(ctx, path, none, wrong); !errors.Is(err, profile.ErrRecoveryKey) {
			t.Errorf("%s: %v", what, err)
		}
	}
	damage(t, path, "middle")
	s, _, err := profile.Restore(ctx, path, none, key, 0)
	must(t, err)
	must(t, s.Close())
}

// The key is found on the printed page, and nothing else is taken for one.
func TestFindRecoveryKey(t *testing.T) {
	id, err := age.GenerateX25519Identity()
	must(t, err)
	key := id.String()
	for _, page := range []string{key, "Recovery key.\n\n" + key + "\n\nIt opens /home/pat/profile.age: keep it.\n", "key: " + strings.ToLower(key) + "\r\nmore", key[:30] + "\n" + key[30:]} {
		if got, ok := profile.FindRecoveryKey(page); !ok || got != key {
			t.Errorf("in %q: %q, %v", page, got, ok)
		}
	}
	for _, page := range []string{"", "no key here", "AGE-SECRET-KEY-1", key[:50], "age1qqqq"} {
		if got, ok := profile.FindRecoveryKey(page); ok {
			t.Errorf("in %q: %q", page, got)
		}
	}
}

// A file may not ask for more work than a passphrase of this program ever costs:
// it is told as damaged, at once.
func TestHostileWork(t *testing.T) {
	path, keys, s := create(t, "correct horse")
	must(t, s.Close())
	b, err := os.ReadFile(path + ".key")
	must(t, err)
	first, rest, _ := bytes.Cut(b, []byte("\n-> scrypt "))
	stanza, body, _ := bytes.Cut(rest, []byte("\n"))
	salt, _, _ := bytes.Cut(stanza, []byte(" "))
	for _, factor := range []string{"21", "22", "63"} {
		hostile := bytes.Join([][]byte{first, []byte("\n-> scrypt "), salt, []byte(" " + factor + "\n"), body}, nil)
		must(t, os.WriteFile(path+".key", hostile, 0o600))
		if _, _, err := profile.Open(ctx, path, keys, "correct horse"); !errors.Is(err, profile.ErrDamaged) {
			t.Errorf("2^%s: %v", factor, err)
		}
	}
	must(t, os.WriteFile(path+".key", bytes.Repeat([]byte("x"), 1<<20), 0o600))
	if _, _, err := profile.Open(ctx, path, keys, "correct horse"); errors.Is(err, profile.ErrPassphrase) || err == nil {
		t.Errorf("a key file of a megabyte: %v", err)
	}
}

// forgetful is a keyring that takes everything and gives back something else.
type forgetful struct {
	keystore.Memory
	gives func(string) (string, error)
}

func (f *forgetful) Get(ctx context.Context, name string) (string, error) {
	v, err := f.Memory.Get(ctx, name)
	if err != nil {
		return v, err
	}
	return f.gives(v)
}

// A keyring that does not give the key back as it was is told, and no profile is
// made that it alone would open; one that can be opened otherwise stays so.
func TestForgetfulKeyring(t *testing.T) {
	for what, gives := range map[string]func(string) (string, error){
		"nothing":          func(string) (string, error) { return "", nil },
		"cut off":          func(v string) (string, error) { return v[:len(v)-1], nil },
		"another's":        func(string) (string, error) { id, err := age.GenerateX25519Identity(); return id.String(), err },
		"in small letters": func(v string) (string, error) { return strings.ToLower(v), nil },
		"not found":        func(string) (string, error) { return "", keystore.ErrNotFound },
	} {
		keys := &forgetful{gives: gives}
		path := t.TempDir() + "/profile.age"
		if _, _, err := profile.Create(ctx, path, keys, ""); !errors.Is(err, profile.ErrKeyring) {
			t.Errorf("%s: created with %v", what, err)
		}
		if profile.Exists(path) || profile.InKeyring(path) {
			t.Errorf("%s: half a profile was left", what)
		}
		s, _, err := profile.Create(ctx, path, keys, "correct horse")
		must(t, err)
		must(t, s.Save(person(t, "pat@mail.example")))
		if err := s.UseKeyring(ctx); !errors.Is(err, profile.ErrKeyring) {
			t.Errorf("%s: kept with %v", what, err)
		}
		must(t, s.Close())
		if got := reopen(t, path, keys, "correct horse"); got != "pat@mail.example" {
			t.Errorf("%s: afterwards %q", what, got)
		}
	}
}

// Putting the key into the keyring again leaves one entry there.
func TestUseKeyringTwice(t *testing.T) {
	path, keys, s := create(t, "")
	old, err := os.ReadFile(path + ".id")
	must(t, err)
	must(t, s.UseKeyring(ctx))
	if _, err := keys.Get(ctx, strings.TrimSpace(string(old))); !errors.Is(err, keystore.ErrNotFound) {
		t.Errorf("the old entry: %v", err)
	}
	must(t, s.Close())
	reopen(t, path, keys, "")
}
