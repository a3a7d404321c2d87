package sqlite_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"unlisted/checks/evidence/evidencetest"
	"unlisted/checks/evidence/sqlite"
)

const pageSize = 4096

// several makes a database whose table takes several pages, and says where its
// root is.
func several(t *testing.T, rows int) (path string, root int) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.db")
	db := evidencetest.DB(t, path)
	if _, err := db.Exec("PRAGMA page_size=4096; CREATE TABLE m (id INTEGER PRIMARY KEY, body TEXT); CREATE INDEX mi ON m (body)"); err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if _, err := db.Exec("INSERT INTO m (body) VALUES (?)", fmt.Sprintf("%0*d", 1000, i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.QueryRow("SELECT rootpage FROM sqlite_master WHERE name = 'm'").Scan(&root); err != nil {
		t.Fatal(err)
	}
	db.Close()
	return path, root
}

// count reads the table to its end.
func count(t *testing.T, path string) (n int, err error) {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, os.DirFS(filepath.Dir(path)), "a.db")
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if _, err := db.Columns(ctx, "m"); err != nil {
		return 0, err
	}
	rows, err := db.QueryContext(ctx, "SELECT body FROM m")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var s sql.NullString
		if err := rows.Scan(&s); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

func TestSoundDatabase(t *testing.T) {
	path, _ := several(t, 300)
	if n, err := count(t, path); n != 300 || err != nil {
		t.Errorf("%d rows, %v", n, err)
	}
}

// A page is read once, whatever leads to it: what stands before is kept, then
// the database is damaged.
func TestPagesSeenTwice(t *testing.T) {
	for name, change := range map[string]func(b []byte, root int){
		"one child for another": func(b []byte, root int) {
			p := b[(root-1)*pageSize : root*pageSize]
			first, third := binary.BigEndian.Uint16(p[12:]), binary.BigEndian.Uint16(p[16:])
			copy(p[third:third+4], p[first:first+4])
		},
		"its own root": func(b []byte, root int) {
			p := b[(root-1)*pageSize : root*pageSize]
			third := binary.BigEndian.Uint16(p[16:])
			binary.BigEndian.PutUint32(p[third:], uint32(root))
		},
	} {
		path, root := several(t, 300)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		change(b, root)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if n, err := count(t, path); n < 2 || n > 20 || err == nil {
			t.Errorf("%s: %d rows, %v", name, n, err)
		}
	}
}

// A row many times over on one page ends too.
func TestRowsOnTopOfEachOther(t *testing.T) {
	path, root := several(t, 3)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := b[(root-1)*pageSize : root*pageSize]
	cell := binary.BigEndian.Uint16(p[8:])
	const many = 400
	binary.BigEndian.PutUint16(p[3:], many)
	for i := range many {
		binary.BigEndian.PutUint16(p[8+2*i:], cell)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if n, _ := count(t, path); n > many {
		t.Errorf("%d rows", n)
	}
}
