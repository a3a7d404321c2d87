package atomicfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"unlisted/checks/atomicfile"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return string(b)
}

// alone insists that nothing but the named files stands in a folder.
func alone(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if len(got) != len(names) {
		t.Errorf("there is %q, not %q", got, names)
	}
}

// A file is the person's alone, also where an open one stood, and nothing else
// is left.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.html")
	must(t, os.WriteFile(path, []byte("before"), 0o644))
	for _, want := range []string{"first", "", "second, which is longer"} {
		must(t, atomicfile.WriteBytes(path, []byte(want)))
		if got := content(t, path); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if info, _ := os.Stat(path); runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %s", info.Mode())
	}
	alone(t, dir, "report.html")
}

// Where writing ends badly, what stood there is whole and nothing is left
// behind; the cause comes along.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report.html")
	must(t, atomicfile.WriteBytes(path, []byte("before")))
	boom := errors.New("cannot render")
	err := atomicfile.Write(path, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return boom
	})
	if !errors.Is(err, boom) || content(t, path) != "before" {
		t.Errorf("%v, and there is %q", err, content(t, path))
	}
	alone(t, dir, "report.html")
	for _, nowhere := range []string{filepath.Join(dir, "no", "such", "folder.txt"), filepath.Join(path, "below-a-file")} {
		if err := atomicfile.WriteBytes(nowhere, nil); !errors.Is(err, atomicfile.ErrWrite) {
			t.Errorf("%s: %v", nowhere, err)
		}
	}
	if err := atomicfile.WriteBytes(dir, nil); !errors.Is(err, atomicfile.ErrNotAFile) {
		t.Errorf("over a folder: %v", err)
	}
}

// What killed writers of a file left is swept, and nothing else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"a[1]*.age", "a[1]*.age.tmp-1", "a[1]*.age.tmp-22", "a1x.age.tmp-3", "a[1]*.age.key.tmp-4"} {
		if runtime.GOOS == "windows" {
			return // no such names there
		}
		must(t, os.WriteFile(filepath.Join(dir, n), nil, 0o600))
	}
	atomicfile.Sweep(filepath.Join(dir, "a[1]*.age"))
	alone(t, dir, "a[1]*.age", "a1x.age.tmp-3", "a[1]*.age.key.tmp-4")
}
