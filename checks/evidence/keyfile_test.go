package evidence_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"unlisted/checks/evidence"
)

// A key file is any regular file of a reasonable size, taken as it is.
func TestReadKeyFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "my.keyx")
	want := []byte("\x00\xffany bytes\r\n")
	if err := os.WriteFile(name, want, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := evidence.ReadKeyFile(name); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 1<<30); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{filepath.Join(dir, "none"), dir, large} {
		got, err := evidence.ReadKeyFile(bad)
		var p *evidence.Problem
		if got != nil || !errors.As(err, &p) || p.What != "error.evidence.unreadable" {
			t.Errorf("%s: %d bytes, %v", bad, len(got), err)
		}
	}
}
