package keystore

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Without a session bus the keyring is not there, and none is started: the
// program that would start one is never called.
func TestNoBusIsStarted(t *testing.T) {
	dir := t.TempDir()
	called := filepath.Join(dir, "called")
	script := "#!/bin/sh\n: > " + called + "\necho DBUS_SESSION_BUS_ADDRESS=unix:path=" + dir + "/none\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(script), 0o700); err != nil { //nolint:gosec // it has to run
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	for _, address := range []string{"", "autolaunch:"} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		if _, err := (&System{}).Get(context.Background(), "a"); err == nil { // only read: a computer may have a bus of its own
			t.Errorf("%q: an entry nobody made", address)
		}
		if _, err := os.Stat(called); err == nil {
			t.Errorf("%q: a bus was started", address)
		}
	}
}
