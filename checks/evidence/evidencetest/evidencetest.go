// Package evidencetest helps the tests of importers: it writes files, scans
// them with every importer there is, and puts what was found into short lines.
package evidencetest

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
)

// Write writes a file into a new folder and returns its path.
func Write(t testing.TB, name, content string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// Folder writes a folder of files, name to content, and returns its path.
func Folder(t testing.TB, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "folder")
	for name, content := range files {
		p := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// DB opens a new SQLite database at path to be filled, one connection, with a
// log that is folded in only when the caller closes it.
func DB(t testing.TB, path string) *sql.DB {
	t.Helper()
	u := url.URL{Path: filepath.ToSlash(path)}
	db, err := sql.Open(
		"sqlite",
		"file:"+u.EscapedPath()+"?_pragma=journal_mode(wal)&_pragma=wal_autocheckpoint(0)",
	)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// Zip makes an archive of files, name to content.
func Zip(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[n])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Scan scans paths with every importer, for somebody in France.
func Scan(t testing.TB, paths ...string) evidence.Report {
	t.Helper()
	r, err := evidence.Scan(
		context.Background(),
		paths,
		evidence.Options{Importers: all.Importers(), Region: "FR"},
		nil,
	)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Lines says each finding in one line:
// "site fact confidence identifier|user purpose xcount detail", blanks left out.
func Lines(r evidence.Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		parts := []string{
			f.Site,
			f.App,
			f.Name,
			string(f.Fact),
			f.Confidence.String(),
			f.Identifier.Value,
			f.UserName,
			string(f.Purpose),
		}
		if f.Count != 1 {
			parts = append(parts, fmt.Sprintf("x%d", f.Count))
		}
		parts = append(parts, f.Detail)
		out = append(out, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " "))
	}
	return out
}

// Problems lists the keys of every problem in a report, sorted.
func Problems(r evidence.Report) []string {
	out := []string{}
	for _, s := range r.Sources {
		for _, p := range s.Problems {
			what := strings.TrimPrefix(p.What, "error.evidence.")
			if kind, ok := strings.CutPrefix(what, "unknown_"); ok && kind != "tree" {
				what = "unknown" // what such a file seems to be is a test of its own
			}
			out = append(out, what)
		}
	}
	slices.Sort(out)
	return out
}

// Equal fails the test where two lists differ, their order aside, and shows both.
func Equal(t testing.TB, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
