package shell_test

import (
	"testing"
	"time"

	"unlisted/checks/profile"
	"unlisted/checks/profile/keystore"
	"unlisted/checks/session"
	"unlisted/ui/shell"
)

// locking opens a profile on disk that locks after five minutes without use.
func locking(t *testing.T, now *time.Time) *window {
	t.Helper()
	w := openWith(t, "en", empty(), func(o *shell.Options) { o.Now = func() time.Time { return *now } })
	keys := &keystore.Memory{}
	file, _ := saved(t, keys, "a@mail.example")
	store, p, err := profile.Open(t.Context(), file, keys, "")
	if err != nil {
		t.Fatal(err)
	}
	w.shell.Begin(p, store)
	set := p.Settings
	set.AutoLock = 5
	if err := w.shell.Session().Apply(session.SetSettings{Settings: set}); err != nil {
		t.Fatal(err)
	}
	w.pump()
	return w
}

// The profile locks once nobody has used the window for as long as was said, and
// not before; use begins the time anew.
func TestAutoLock(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	w := locking(t, &now)
	look := func(after time.Duration) bool {
		now = now.Add(after)
		w.shell.LookIdle()
		for range 50 {
			w.pump()
			time.Sleep(2 * time.Millisecond)
		}
		return w.shell.Locked()
	}
	if look(4 * time.Minute) {
		t.Fatal("locked a minute early")
	}
	w.shell.Kit().OnUse()
	if look(4 * time.Minute) {
		t.Fatal("use did not begin the time anew")
	}
	if !look(2 * time.Minute) {
		t.Fatal("still open after six minutes without use")
	}
	w.says(w.word("start.unlock"))
}

// The person's profile locks while it waits behind the invented person, who stays
// in sight; the way back leads to the lock.
func TestAutoLockBehind(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	w := locking(t, &now)
	w.shell.Do("sample")
	w.idle()
	now = now.Add(6 * time.Minute)
	w.shell.LookIdle()
	w.idle()
	if w.shell.Locked() || w.shell.Behind() {
		t.Fatalf("the invented person is gone: %v; the person's profile is open: %v", w.shell.Locked(), w.shell.Behind())
	}
	w.press(w.word("you.sample.leave"))
	w.says(w.word("start.unlock"))
}
