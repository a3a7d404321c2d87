package sqlite_test

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/sqlite"
)

// written makes a database whose newest row stands only in its log, as the
// program that owns it leaves it while it runs.
func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db := evidencetest.DB(t, filepath.Join(dir, "a.db"))
	exec := func(q string) {
		t.Helper()
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	exec("CREATE TABLE m (id INTEGER PRIMARY KEY, body TEXT)")
	exec("INSERT INTO m (body) VALUES ('old')")
	exec("PRAGMA wal_checkpoint(TRUNCATE)")
	exec("INSERT INTO m (body) VALUES ('new')")
	exec("CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS body FROM n")
	kept := t.TempDir() // as it stands, before closing folds the log in
	if err := os.CopyFS(kept, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	db.Close()
	return kept
}

func bodies(t *testing.T, tree fs.FS) (out []string) {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, tree, "a.db")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	have, err := db.Columns(ctx, "m")
	if err != nil || !have["body"] || have["other"] {
		t.Fatalf("columns %v, %v", have, err)
	}
	if v, err := db.Columns(ctx, "endless"); err != nil || len(v) > 0 {
		t.Errorf("a view counts as a table: %v %v", v, err)
	}
	rows, err := db.QueryContext(ctx, sqlite.Select(have, "m", "body", "other")+" ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var b, other sql.NullString
		if err := rows.Scan(&b, &other); err != nil || other.Valid {
			t.Fatal(err, other)
		}
		out = append(out, b.String)
	}
	return out
}

func TestTheLogCounts(t *testing.T) {
	dir := written(t)
	before, _ := os.ReadFile(filepath.Join(dir, "a.db"))
	if got := bodies(t, os.DirFS(dir)); len(got) != 2 || got[1] != "new" {
		t.Errorf("on disk: %q", got)
	}
	after, _ := os.ReadFile(filepath.Join(dir, "a.db"))
	if !bytes.Equal(before, after) {
		t.Error("reading changed the file")
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) > 3 {
		t.Errorf("files appeared: %v", entries)
	}

	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	z.Close()
	r, _ := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if got := bodies(t, r); len(got) != 2 || got[1] != "new" {
		t.Errorf("inside a zip: %q", got)
	}

	wal := filepath.Join(dir, "a.db-wal")
	log, _ := os.ReadFile(wal)
	log[len(log)-1] ^= 1 // torn while being written
	if err := os.WriteFile(wal, log, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := bodies(t, os.DirFS(dir)); len(got) == 0 || got[0] != "old" {
		t.Errorf("with a torn log: %q", got)
	}
}

func TestWhatIsNoDatabase(t *testing.T) {
	for name, b := range map[string][]byte{
		"empty": nil, "short": []byte(sqlite.Magic), "page size": append([]byte(sqlite.Magic), make([]byte, 200)...), "text": bytes.Repeat([]byte("x"), 5000),
	} {
		db, err := sqlite.Open(context.Background(), fstest.MapFS{"a.db": {Data: b}}, "a.db")
		if err == nil {
			db.Close()
			t.Errorf("%s opens", name)
		}
	}
}

// A damaged database is an error on some row, never a crash.
func FuzzDamage(f *testing.F) {
	f.Add(uint16(20), byte(255))
	f.Add(uint16(101), byte(13))
	f.Fuzz(func(t *testing.T, at uint16, to byte) {
		dir := written(t)
		name := filepath.Join(dir, "a.db")
		b, _ := os.ReadFile(name)
		b[int(at)%len(b)] = to
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		db, err := sqlite.Open(ctx, os.DirFS(dir), "a.db")
		if err != nil {
			return
		}
		defer db.Close()
		rows, err := db.QueryContext(ctx, "SELECT body FROM m LIMIT 100")
		if err != nil {
			return
		}
		defer rows.Close()
		for rows.Next() {
			var b sql.NullString
			_ = rows.Scan(&b)
		}
	})
}
