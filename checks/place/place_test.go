package place_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"unlisted/checks/place"
)

func write(t *testing.T, content string, parts ...string) string {
	t.Helper()
	path := filepath.Join(parts...)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func holds(t *testing.T, want string, parts ...string) {
	t.Helper()
	if b, err := os.ReadFile(filepath.Join(parts...)); err != nil || string(b) != want {
		t.Errorf("%s: %q, %v; want %q", filepath.Join(parts...), b, err, want)
	}
}

// Only a folder that somebody made beside the program makes it portable.
func TestPortable(t *testing.T) {
	for _, c := range []struct{ program, data string }{
		{"clé usb/unlisted", "clé usb/unlisted-data"},
		{"stick/Unlisted.app/Contents/MacOS/unlisted", "stick/unlisted-data"},
		{"stick/Other/Contents/MacOS/unlisted", "stick/Other/Contents/MacOS/unlisted-data"},
	} {
		root := t.TempDir()
		program, data := filepath.Join(root, filepath.FromSlash(c.program)), filepath.Join(root, filepath.FromSlash(c.data))
		if dir, ok := place.Beside(program); ok {
			t.Errorf("%s is portable by itself, in %s", c.program, dir)
		}
		if err := os.MkdirAll(data, 0o700); err != nil {
			t.Fatal(err)
		}
		if dir, ok := place.Beside(program); !ok || dir != data {
			t.Errorf("%s keeps its data in %s, %t; want %s", c.program, dir, ok, data)
		}
	}
	root := t.TempDir()
	write(t, "a file, no folder", root, place.PortableFolder)
	if dir, ok := place.Beside(filepath.Join(root, "unlisted")); ok {
		t.Errorf("a file is taken for the folder %s", dir)
	}
	if dir, ok := place.Portable(); ok {
		t.Errorf("the test itself is portable, in %s", dir)
	}
}

func TestToolkit(t *testing.T) {
	for goos, want := range map[string][]string{
		"windows": {"h/AppData/Roaming/fyne", "l/fyne"},
		"darwin":  {"h/Library/Preferences/fyne", "l/fyne"},
		"linux":   {"c/fyne", "l/fyne"},
	} {
		got := place.Toolkit(goos, "h", "c", "l")
		for i := range got {
			got[i] = filepath.ToSlash(got[i])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", goos, got, want)
		}
	}
}

// What stood under a former ID is found under the present one; nothing is written
// over, nothing is lost, and no empty folder stays.
func TestTakeOver(t *testing.T) {
	root := t.TempDir()
	from, to := filepath.Join(root, "old"), filepath.Join(root, "deep", "new")
	if err := place.TakeOver(from, to); err != nil {
		t.Errorf("nothing to take over: %v", err)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("a folder was made for nothing")
	}
	write(t, "settings", from, "preferences.json")
	write(t, "paper", from, "Documents", "a")
	if err := place.TakeOver(from, to); err != nil {
		t.Error(err)
	}
	holds(t, "settings", to, "preferences.json")
	holds(t, "paper", to, "Documents", "a")
	if _, err := os.Stat(from); err == nil {
		t.Error("the old folder stays")
	}

	write(t, "older", from, "preferences.json")
	write(t, "more", from, "icon.png")
	for range 2 {
		if err := place.TakeOver(from, to); err != nil {
			t.Error(err)
		}
	}
	holds(t, "settings", to, "preferences.json")
	holds(t, "older", from, "preferences.json")
	holds(t, "more", to, "icon.png")

	if err := place.TakeOver(write(t, "", root, "file"), to); err == nil {
		t.Error("a file in the place of the old folder is passed over in silence")
	}
}
