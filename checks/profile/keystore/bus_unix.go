//go:build linux || freebsd || netbsd || openbsd || dragonfly

package keystore

import (
	"fmt"
	"os"
)

// Reachable reports whether there is a session bus, over which the keyring is
// asked. The D-Bus library starts one where there is none, and nobody would
// ever end it.
func Reachable() bool {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return true
	}
	for _, name := range []string{"bus", "dbus-session"} { // where the library looks
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			return true
		}
	}
	return false
}
