package evidence

import (
	"os"
	"path/filepath"
	"strings"
)

// Secrets is what a file that was read holds for whoever opens it.
type Secrets string

// The kinds of secrets in clear.
const (
	NoSecrets Secrets = ""
	Passwords Secrets = "passwords"
	Codes     Secrets = "codes" // what sign-in codes are made from
)

// ClearFile is a file that lies around with passwords or codes in clear.
type ClearFile struct {
	Path    string // whole, of the file itself; of one in an archive that of the archive
	Name    string // as the person knows it
	Secrets Secrets
}

// ClearFiles lists the files among those read that hold passwords or codes in clear. paths are those that were given
// to Scan, sources what it reported.
func ClearFiles(paths []string, sources []Source) (out []ClearFile) {
	seen := map[string]bool{}
	for _, s := range sources {
		if s.Secrets == NoSecrets {
			continue
		}
		for _, p := range paths {
			file, is := fileOf(p, s.Path)
			if is && !seen[file] {
				seen[file] = true
				out = append(out, ClearFile{file, filepath.Base(file), s.Secrets})
			}
		}
	}
	return out
}

// fileOf is the file on the disk that a label is of, if it was read because of a path that was given: that path, or of
// a folder the file in it. What is in an archive is of the archive.
func fileOf(given, label string) (string, bool) {
	outer, member, inner := strings.Cut(label, "!")
	if filepath.Base(given) != outer {
		return "", false
	}
	if info, err := os.Lstat(given); err != nil || !info.IsDir() {
		return given, err == nil
	}
	if !inner {
		return given, true // a folder that is one export
	}
	member, _, _ = strings.Cut(member, "!")
	file := filepath.Join(given, filepath.FromSlash(member))
	_, err := os.Lstat(file)
	return file, err == nil
}
