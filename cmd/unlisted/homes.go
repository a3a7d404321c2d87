package main

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"unlisted/checks/profile/keystore"
)

// homes hides the person's folders from the toolkit, which makes its own in them
// without being asked. A nil *homes hides nothing.
type homes struct{ was map[string]string }

// nowhere is a folder that cannot be made: inside something that is none.
func nowhere() (string, error) {
	if runtime.GOOS != "windows" {
		return "/dev/null/x", nil
	}
	self, err := os.Executable() // later systems read names such as NUL\x otherwise
	return filepath.Join(self, "x"), err
}

// noBusStarted keeps the toolkit from starting a session bus where there is none:
// nobody would end it, and it leaves a folder in the person's own.
func noBusStarted() error {
	if keystore.Reachable() {
		return nil
	}
	return os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null/x")
}

// hidden are the variables by which the toolkit finds the folders
// (place.Toolkit names them).
func hidden() []string {
	switch runtime.GOOS {
	case "windows":
		return []string{"USERPROFILE", "LOCALAPPDATA"}
	case "darwin":
		return []string{"HOME"}
	}
	return []string{"XDG_CONFIG_HOME", "XDG_CACHE_HOME"}
}

func (h *homes) hide() error {
	to, err := nowhere()
	if err != nil {
		return err
	}
	h.was = map[string]string{}
	for _, name := range hidden() {
		if value, set := os.LookupEnv(name); set {
			h.was[name] = value
		}
		if err := os.Setenv(name, to); err != nil {
			return err
		}
	}
	return nil
}

// show undoes hide, for another program that is started.
func (h *homes) show() {
	if h == nil {
		return
	}
	for _, name := range hidden() {
		_ = os.Unsetenv(name)
		if value, set := h.was[name]; set {
			_ = os.Setenv(name, value)
		}
	}
}

// open opens addresses in a browser that finds its own folders.
func (h *homes) open(do func(*url.URL) error) func(*url.URL) error {
	if h == nil {
		return do
	}
	return func(u *url.URL) error {
		h.show()
		err := do(u)
		if again := h.hide(); err == nil {
			err = again
		}
		return err
	}
}
