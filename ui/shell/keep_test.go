package shell_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/session"
	"unlisted/ui/shell"
)

// stubborn is a keyring that keeps nothing new.
type stubborn struct{ keystore.Store }

func (stubborn) Set(context.Context, string, string) error { return errors.New("refused") }

// saved makes a profile on disk with some addresses, one save each, and gives its
// path and recovery key.
func saved(t *testing.T, keys keystore.Store, addresses ...string) (path, recovery string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "profile.age")
	store, p, err := profile.Create(t.Context(), path, keys, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		next := *p
		next.Identifiers = append(next.Identifiers, profile.Own{ID: identifier.Identifier{Kind: identifier.KindEmail, Value: a}})
		if err := store.Save(&next); err != nil {
			t.Fatal(err)
		}
		p = &next
	}
	recovery = store.RecoveryKey()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return path, recovery
}

// openPath opens the window on a profile on disk.
func openPath(t *testing.T, path string, keys keystore.Store, importers ...evidence.Importer) *window {
	t.Helper()
	w := openWith(t, "en", empty(), func(o *shell.Options) {
		o.Path, o.Keys = path, keys
		o.Importers = append(importers, o.Importers...)
	})
	if err := w.shell.Close(); err != nil {
		t.Fatal(err)
	}
	w.shell.Leave()
	w.shell.Open()
	return w
}

// slow is a saver that holds every save until it is let go.
type slow struct {
	began chan struct{}
	letGo chan error
	last  *profile.Profile
}

func (s *slow) Save(p *profile.Profile) error {
	s.began <- struct{}{}
	err := <-s.letGo
	if err == nil {
		s.last = p
	}
	return err
}

// A lock in the middle of a save waits for it, and saves what was changed
// meanwhile before the window lets go.
func TestLockDuringSave(t *testing.T) {
	w := open(t, "en", empty())
	s := &slow{began: make(chan struct{}, 10), letGo: make(chan error, 10)}
	w.shell.Begin(empty(), s)
	w.shell.Go("you", "")
	w.typeInto("Email address or phone number", "ann@mail.example")
	w.press("Add")
	<-s.began // by itself
	w.shell.Lock()
	w.typeInto("Email address or phone number", "pat@mail.example")
	w.press("Add")
	w.says("p•••@mail.example") // still open
	for range 5 {
		s.letGo <- nil
	}
	w.wait("Your profile is locked.")
	if s.last == nil || len(s.last.Identifiers) != 2 {
		t.Errorf("saved %+v", s.last)
	}
	w.silent("mail.example")
}

// Locking writes the last change; opening again shows it.
func TestLock(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	w := openPath(t, path, &keys)
	w.wait("p•••@mail.example")
	w.shell.Go("you", "")
	w.typeInto("Email address or phone number", "ann@mail.example")
	w.press("Add")
	w.shell.Go("settings", "profile")
	w.press("Lock now")
	w.wait("Your profile is locked.")
	w.silent("mail.example")
	w.press("Try again")
	w.wait("a•••@mail.example")
	w.says("p•••@mail.example")
}

// A profile that cannot be saved is not locked, for it would be lost: the window
// says so, and locks once it can.
func TestLockThatCannotSave(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	w := openPath(t, path, &keys)
	w.wait("p•••@mail.example")
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	w.shell.Go("you", "")
	w.typeInto("Email address or phone number", "ann@mail.example")
	w.press("Add")
	w.shell.Lock()
	w.wait("Your profile could not be saved.")
	w.says("a•••@mail.example")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	w.shell.Lock()
	w.wait("Your profile is locked.")
	if !profile.Exists(path) {
		t.Error("not on the disk")
	}
}

// damage cuts a file in half.
func damage(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, string(b[:len(b)/2]))
}

// A damaged profile is looked through at once; what can be restored is shown
// before it is, and the newest that is whole comes back.
func TestDamaged(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example", "ann@mail.example")
	damage(t, path)
	w := openPath(t, path, &keys)
	w.wait("What was found")
	w.looksRight("damaged")
	w.says("Your profile file is damaged.")
	w.says("addresses and numbers: 1")
	w.press(w.restoring())
	w.wait("p•••@mail.example")
	if files, _ := filepath.Glob(path + ".damaged-*"); len(files) != 1 {
		t.Errorf("the damaged file is not kept: %v", files)
	}
}

// restoring is the name of the first button that restores.
func (w *window) restoring() string {
	w.Helper()
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == "button" && strings.HasPrefix(n.Name, "Restore the version of ") {
			return n.Name
		}
	}
	w.Fatalf("nothing to restore: %q", w.names())
	return ""
}

// Where the keyring has no key any more, the recovery key finds the versions;
// what is typed there outlives a try that fails.
func TestDamagedWithoutKeyring(t *testing.T) {
	var keys keystore.Memory
	path, recovery := saved(t, &keys, "pat@mail.example", "ann@mail.example")
	damage(t, path)
	w := openPath(t, path, &keystore.Memory{})
	w.wait("Your profile is locked.")
	w.typeInto("Recovery key", recovery[:len(recovery)-2]+"QQ")
	w.press("Open")
	w.wait("This recovery key does not open the profile.")
	w.typeInto("Recovery key", strings.ToLower(recovery))
	w.press("Open")
	w.wait("What was found")
	w.says("Your profile file is damaged.")
	w.press(w.restoring())
	w.wait("p•••@mail.example")
}

// No version that is whole is told as such.
func TestNothingToRestore(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	for _, f := range []string{path, path + ".1"} {
		damage(t, f)
	}
	w := openPath(t, path, &keys)
	w.wait("No previous version can be read.")
	w.silent("Restore the version")
}

// The keyring lets go of the key only once another way was tried; then that way
// opens the profile.
func TestForgetKeyring(t *testing.T) {
	var keys keystore.Memory
	path, recovery := saved(t, &keys, "pat@mail.example")
	w := openPath(t, path, &keys)
	w.wait("p•••@mail.example")
	w.shell.Go("settings", "profile")
	const field = "Passphrase or recovery key"
	for _, wrong := range []string{"", "AGE-SECRET-KEY-1NONSENSE", "words"} {
		w.typeInto(field, wrong)
		w.press("Forget what the keyring holds")
		w.idle()
		if v := w.shell.Kit().Find("entry", field).Value(); v == "" || !profile.InKeyring(path) {
			t.Errorf("%q: says %q, still kept %v", wrong, v, profile.InKeyring(path))
		}
	}
	w.typeInto(field, recovery)
	w.press("Forget what the keyring holds")
	w.wait("The key is no longer in the system’s keyring.")
	w.press("Lock now")
	w.wait("Your profile is locked.")
	w.typeInto("Recovery key", recovery)
	w.press("Open")
	w.wait("p•••@mail.example")
	w.shell.Go("settings", "profile")
	w.press("Keep the key in the keyring")
	w.wait("The key is in the system’s keyring.")
}

// A keyring that cannot keep a key is told; the key is used all the same until
// the window closes.
func TestKeyringKeepsNothing(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	w := openPath(t, path, stubborn{&keys})
	w.wait("p•••@mail.example")
	w.shell.Go("check", "key")
	w.typeInto("Your key", "0123456789abcdef0123456789abcdef")
	w.press("Keep this key")
	w.wait("The system’s keyring did not keep it.")
	if w.shell.Kit().Find("button", "Forget the key") == nil {
		t.Errorf("the key is not used: %q", w.names())
	}
}

// A passphrase is set aside of the window, and said when it is done; an empty one
// is refused under its field.
func TestPassphrase(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	w := openPath(t, path, &keys)
	w.wait("p•••@mail.example")
	w.shell.Go("settings", "profile")
	const field = "Passphrase as a second way in"
	w.press("Set the passphrase")
	w.idle()
	if v := w.shell.Kit().Find("entry", field).Value(); !strings.Contains(v, "empty") {
		t.Errorf("says %q", v)
	}
	w.typeInto(field, "four words of mine")
	w.press("Set the passphrase")
	w.wait("The passphrase is set.")
	if got := w.node("passphrase").Text(); got != "" || !profile.HasPassphrase(path) {
		t.Errorf("the field says %q", got)
	}
}

// Erasing takes the profile off the disk, and what a scan finds afterwards goes
// nowhere.
func TestEraseDuringScan(t *testing.T) {
	var keys keystore.Memory
	path, _ := saved(t, &keys, "pat@mail.example")
	h := newHeld()
	w := openPath(t, path, &keys, h)
	w.wait("p•••@mail.example")
	file := filepath.Join(t.TempDir(), "x.held")
	write(t, file, "some lines\n")
	w.drop(file)
	<-h.began
	w.shell.Go("settings", "profile")
	w.press("Erase everything")
	w.press("Erase for good")
	w.wait("Begin with your own profile")
	w.idle()
	if profile.Exists(path) {
		t.Error("still there")
	}
	w.says("Begin with your own profile")
}

// Closing waits for the last change.
func TestCloseSaves(t *testing.T) {
	w := open(t, "en", empty())
	s := &slow{began: make(chan struct{}, 10), letGo: make(chan error, 10)}
	w.shell.Begin(empty(), s)
	if err := w.shell.Session().Apply(session.MarkPractised{}); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(20*time.Millisecond, func() {
		for range 5 {
			s.letGo <- nil
		}
	})
	if err := w.shell.Close(); err != nil || s.last == nil || s.last.Practised.IsZero() {
		t.Errorf("%v, saved %+v", err, s.last)
	}
}
