package shell

import (
	"context"
	"path/filepath"

	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/checks/update"
)

// What the window does about what it keeps. A keyring may ask the person, and a
// passphrase costs a second of work by design: none of it is done on the
// window's thread.

// Key is a secret of the person's, such as an API key; "" where there is none.
func (w *workspace) Key(name string) string { return w.secrets.get(name) }

// SetKey keeps a secret, in the keyring where there is one, or forgets it. What
// the keyring cannot keep is used from memory, and done is told so.
func (w *workspace) SetKey(name, key string, done func(error)) {
	if key != "" || w.store == nil {
		w.secrets.set(name, key)
		w.Redraw()
	}
	if w.store == nil {
		done(nil)
		return
	}
	keys := w.shell.o.Keys
	w.aside("job.keyring", func(ctx context.Context) error {
		if key == "" {
			return keys.Delete(ctx, "key-"+name)
		}
		return keys.Set(ctx, "key-"+name, key)
	}, func(err error) {
		switch {
		case err != nil && key == "":
			err = &text.Error{Key: "error.secret.forgotten", Cause: err}
		case err != nil:
			err = &text.Error{Key: "error.secret.kept", Cause: err}
		case key == "":
			w.secrets.set(name, "")
		}
		done(err)
		w.Redraw()
	})
}

func (w *workspace) aside(step string, do func(context.Context) error, end func(error)) {
	w.shell.jobs.aside(w, step, do, end)
}

// Where is the path of the profile; "" in temporary mode.
func (w *workspace) Where() string {
	if w.store == nil {
		return ""
	}
	return w.store.Path()
}

// Protect sets a passphrase.
func (w *workspace) Protect(passphrase string, done func(error)) {
	w.kept("job.passphrase", func(context.Context) error { return w.store.SetPassphrase(passphrase) }, done)
}

// kept does something with the profile on disk.
func (w *workspace) kept(step string, do func(context.Context) error, done func(error)) {
	if w.store != nil {
		w.aside(step, do, done)
	}
}

// RecoveryKey is the key for printing; "" in temporary mode.
func (w *workspace) RecoveryKey() string {
	if w.store == nil {
		return ""
	}
	return w.store.RecoveryKey()
}

// UseKeyring keeps the key of the profile in the keyring.
func (w *workspace) UseKeyring(done func(error)) {
	w.kept("job.keyring", w.store.UseKeyring, done)
}

// ForgetKeyring takes the key of the profile out of the keyring, once the secret
// has opened the file.
func (w *workspace) ForgetKeyring(secret string, done func(error)) {
	w.kept("job.keyring", func(ctx context.Context) error { return w.store.ForgetKeyring(ctx, secret) }, done)
}

// EraseLedger empties the list of what left this computer.
func (w *workspace) EraseLedger() {
	w.aside("job.erase", func(context.Context) error { return w.session.EraseLedger() }, w.Tell)
}

// Damaged is in how many places the list of what left cannot be read.
func (w *workspace) Damaged() int { return w.session.Damaged() }

// Update takes newer data from a file.
func (w *workspace) Update(file string, done func(error)) {
	folder, known, now := filepath.Dir(w.shell.o.Path), w.shell.known(), w.shell.o.Now()
	w.Run("job.data", func(context.Context, func(job.Progress)) error {
		_, err := update.TakeFile(file, folder, known, now)
		return err
	}, done)
}

// Fetch asks for the public lists: the person said yes.
func (w *workspace) Fetch(done func(error)) {
	const step = "settings.data.fetching"
	folder, known := filepath.Dir(w.shell.o.Path), w.shell.known()
	w.Run(step, func(ctx context.Context, report func(job.Progress)) error {
		yes := outbound.Yes(update.Purposes()...)
		_, err := update.Fetch(ctx, w.client, yes, folder, known, w.shell.o.Now, func(done, all int) {
			report(job.Progress{Step: step, Done: int64(done), Total: int64(all)})
		})
		return err
	}, done)
}

// known is the data in use, to compare newer data with.
func (s *Shell) known() update.Data {
	return update.Data{Catalog: s.o.Catalog, Breaches: s.o.Breaches, Key: s.o.DataKey}
}

// Lock saves, lets the profile go, and takes it out of memory. Where it cannot be
// saved it stays open, so that nothing is lost.
func (w *workspace) Lock() {
	if state, _ := w.session.State(); state == session.Temporary {
		return
	}
	w.aside("job.lock", func(context.Context) error {
		if err := w.session.Lock(); err != nil || w.store == nil {
			return err
		}
		return w.store.Close()
	}, func(err error) {
		if err != nil {
			w.Tell(err)
			return
		}
		w.shell.shut(w, profile.ErrLocked)
	})
}

// Erase removes everything and starts from the beginning.
func (w *workspace) Erase() {
	if w.store == nil {
		return
	}
	w.aside("job.erase", func(ctx context.Context) error {
		return w.session.Erase(func() error { return w.store.Erase(ctx) })
	}, func(err error) {
		if err != nil {
			w.Tell(err)
			return
		}
		w.shell.shut(w, profile.ErrNone)
	})
}
