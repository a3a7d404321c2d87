// Package place knows where the program keeps what it writes on a computer:
// beside itself where a person asked for that, and in the folders of the window's
// toolkit.
package place

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// PortableFolder is what a person makes beside the program to have everything
// kept there, such as on a USB stick, and nothing on the computer.
const PortableFolder = "unlisted-data"

// Portable is the folder beside this program where its data stands, and whether
// there is one. Nothing is made.
func Portable() (dir string, ok bool) {
	self, err := os.Executable()
	if err != nil {
		return "", false
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	return Beside(self)
}

// Beside is Portable for a program at path. A macOS program lies three folders
// deep in what a person sees as the program.
func Beside(path string) (dir string, ok bool) {
	at := filepath.Dir(path)
	if bundle, inside := strings.CutSuffix(filepath.ToSlash(at), ".app/Contents/MacOS"); inside {
		at = filepath.Dir(filepath.FromSlash(bundle + ".app"))
	}
	dir = filepath.Join(at, PortableFolder)
	info, err := os.Stat(dir)
	return dir, err == nil && info.IsDir()
}

// Toolkit is where Fyne keeps settings and caches of each program, by its ID
// (fyne.io/fyne/v2 internal/app/config_*.go and app/cache_other.go), on a system
// with these folders of a person.
func Toolkit(goos, home, config, cache string) []string {
	settings := filepath.Join(config, "fyne")
	switch goos {
	case "windows":
		settings = filepath.Join(home, "AppData", "Roaming", "fyne")
	case "darwin":
		settings = filepath.Join(home, "Library", "Preferences", "fyne")
	}
	return []string{settings, filepath.Join(cache, "fyne")}
}

// TakeOver moves what stands in the folder of a former ID to the folder of the
// present one. What is there already stays as it is, and so does what is in its
// way in the old folder. No old folder is no error.
func TakeOver(from, to string) error {
	entries, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	kept := 0
	for _, e := range entries {
		target := filepath.Join(to, e.Name())
		if _, err := os.Lstat(target); err == nil {
			kept++
			continue
		}
		if err := os.Rename(filepath.Join(from, e.Name()), target); err != nil {
			return err
		}
	}
	if kept > 0 {
		return nil
	}
	return os.Remove(from)
}
