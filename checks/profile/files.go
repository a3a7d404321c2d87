package profile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"unlisted/checks/atomicfile"
	"unlisted/checks/place"
)

// Files of a profile at PATH:
//
//	PATH            the profile: JSON, encrypted by age to one X25519 recipient
//	PATH.id         random name of the key in the keyring; nothing personal
//	PATH.key        the key, encrypted by age with the passphrase; only where one is set
//	PATH.1 .. .5    previous versions, newest first, in the same form as PATH
//	PATH.lock       held while a window has the profile open
//	PATH.ledger     what left this computer; see Ledger
//	PATH.damaged-N  a file that could not be read, kept aside, never overwritten
//	PATH.*.unused-N a key whose profile was never written, or is gone; kept aside
//
// Where PATH is a symbolic link, all of these lie beside what it leads to; keys
// are looked for beside the link too.
//
// Everything can be opened with the age tool alone: "age -d" of PATH.key with
// the passphrase gives the key that "age -d -i" needs for PATH.

// maxFile bounds what is read back: far above any real profile.
const maxFile = 512 << 20

// maxKeyFile bounds PATH.id and PATH.key.
const maxKeyFile = 64 << 10

// keptVersions is how many previous versions are kept.
const keptVersions = 5

// DefaultPath is where the profile of this user stands: beside the program where
// that is portable.
func DefaultPath() (string, error) {
	if dir, ok := place.Portable(); ok {
		return filepath.Join(dir, "profile.age"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", wrap(ErrSave, err)
	}
	return filepath.Join(dir, "unlisted", "profile.age"), nil
}

// resolve is what path leads to where it is a symbolic link, so that the link is
// never replaced. Errors: ErrLink, ErrNotAFile.
func resolve(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return path, nil // nothing there yet, or not to be seen: opening tells
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		target, err := filepath.EvalSymlinks(path)
		if err != nil {
			return "", wrap(ErrLink, err)
		}
		if info, err = os.Stat(target); err != nil {
			return "", wrap(ErrLink, err)
		}
		path = target
	}
	if !info.Mode().IsRegular() {
		return "", ErrNotAFile
	}
	return path, nil
}

// plain reports whether a plain file stands at path, behind a link or not.
func plain(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// there reports whether anything at all stands at path.
func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// readFile reads a small file, and nothing that is not a plain one: a pipe would
// be waited for.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("more than %d bytes", limit)
	}
	return b, err
}

func openFile(path string) (*os.File, error) {
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, ErrNotAFile
	}
	return os.Open(path)
}

func versions(path string) []string {
	out := make([]string, keptVersions)
	for i := range out {
		out[i] = fmt.Sprintf("%s.%d", path, i+1)
	}
	return out
}

// Exists reports whether there is a profile at path, readable or not: the file
// itself or previous versions of it. A key alone is none: the program was stopped
// before the first save, and nothing is lost by starting anew.
func Exists(path string) bool {
	target, err := resolve(path)
	if err != nil {
		return true // something is there, and opening tells what
	}
	for _, p := range append([]string{target}, versions(target)...) {
		if there(p) {
			return true
		}
	}
	return false
}

// HasPassphrase reports whether the profile can be opened with a passphrase.
func HasPassphrase(path string) bool { return plain(sidePath(path, ".key")) }

// sidePath is where a key file of the profile at path stands, or would: beside
// what path leads to, or beside the link where it is there only.
func sidePath(path, ext string) string {
	target, err := resolve(path)
	if err != nil {
		return path + ext
	}
	if !there(target+ext) && there(path+ext) {
		return path + ext
	}
	return target + ext
}

// acquire takes the lock of the profile at target, which is no link.
func acquire(target string) (*flock.Flock, error) {
	name := target + ".lock"
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return nil, ErrNotAFile
	}
	l := flock.New(name, flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if err != nil {
		return nil, wrap(ErrSave, err)
	}
	if !ok {
		return nil, ErrInUse
	}
	for _, ext := range []string{"", ".key", ".id", ".1"} {
		atomicfile.Sweep(target + ext) // nobody else writes here now
	}
	return l, nil
}

// quarantine renames a file to NAME.why-N, so that nothing overwrites it.
func quarantine(path, why string) error {
	for i := 1; ; i++ {
		to := fmt.Sprintf("%s.%s-%d", path, why, i)
		if there(to) {
			continue
		}
		err := os.Rename(path, to)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
}

// Belongs reports whether file is one of the files of the profile at path, or
// would be taken for one, whatever its name is written like: nothing else may be
// written there.
func Belongs(path, file string) bool {
	bases := []string{path}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		bases = append(bases, target)
	}
	for _, base := range bases {
		if nameBelongs(base, file) {
			return true
		}
		beside, _ := os.ReadDir(filepath.Dir(base))
		for _, e := range beside {
			if isOurs(filepath.Base(base), e.Name()) && sameFile(filepath.Join(filepath.Dir(base), e.Name()), file) {
				return true
			}
		}
	}
	return false
}

// nameBelongs compares folder and name; the file need not be there yet.
func nameBelongs(base, file string) bool {
	return isOurs(filepath.Base(base), filepath.Base(file)) && sameFile(filepath.Dir(base), filepath.Dir(file))
}

// isOurs compares names as a file system does that takes no notice of case.
func isOurs(base, name string) bool {
	base, name = strings.ToLower(base), strings.ToLower(name)
	return name == base || strings.HasPrefix(name, base+".")
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
