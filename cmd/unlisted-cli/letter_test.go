package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A letter goes to a platform that keeps the number, in the person's language,
// to the screen or a file only the person can read; it sends nothing.
func TestLetter(t *testing.T) {
	w := newWorld(t)
	out := w.ok("--sample", "--lang", "fr", "letter", "whatsapp.com", "--kind", "objection")
	if !strings.Contains(out, "WhatsApp") || !strings.Contains(out, "article 21") {
		t.Errorf("wrote %s", out)
	}
	file := filepath.Join(w.dir, "letter.txt")
	w.ok("--sample", "letter", "whatsapp.com", "--kind", "objection", "-o", file)
	b, err := os.ReadFile(file)
	info, statErr := os.Stat(file)
	if err != nil || statErr != nil || !strings.Contains(string(b), "article 21") || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v: %s", err, info, b)
	}
	if code, _, errs := w.run("--sample", "letter", "github.com", "--kind", "objection"); code != exitFailed || !strings.Contains(errs, "hold a number") {
		t.Errorf("no number there: %d %s", code, errs)
	}
	if code, _, _ := w.run("--sample", "letter", "whatsapp.com"); code != exitUsage {
		t.Errorf("no kind: %d", code)
	}
	if len(w.server.Requests()) != 0 {
		t.Error("a letter sent something")
	}
}
