// Package sqlite opens SQLite databases inside any read-only tree, as the
// programs that own them left them: nothing is written, locked or copied to
// disk, and what still stands in a write-ahead log beside the file counts.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"

	_ "modernc.org/sqlite" // registers the driver
	"modernc.org/sqlite/vfs"
)

// Magic is what every SQLite database starts with.
const Magic = "SQLite format 3\x00"

// DB is one open database.
type DB struct {
	*sql.DB
	vfs   *vfs.FS
	image *image
}

// Open opens the database called name in tree. The caller closes it.
func Open(ctx context.Context, tree fs.FS, name string) (*DB, error) {
	image, err := newImage(tree, name)
	if err != nil {
		return nil, err
	}
	module, files, err := vfs.New(image)
	if err != nil {
		return nil, errors.Join(err, image.close())
	}
	// A file that lies about itself is an error, not a surprise.
	db, err := sql.Open(
		"sqlite",
		"file:"+imageName+"?vfs="+module+"&mode=ro&immutable=1&_pragma=query_only(1)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_pragma=cache_size(-8000)",
	)
	if err != nil {
		return nil, errors.Join(err, files.Close(), image.close())
	}
	db.SetMaxOpenConns(1)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close(), files.Close(), image.close())
	}
	return &DB{db, files, image}, nil
}

// Close closes the database and the file below it.
func (d *DB) Close() error { return errors.Join(d.DB.Close(), d.vfs.Close()) }

// Tables lists the real tables, at most so many, with the statement that made each, cut to so many bytes; both in lower
// case.
func (d *DB) Tables(ctx context.Context, most, length int) (map[string]string, error) {
	rows, err := d.QueryContext(
		ctx,
		`SELECT lower(substr(name, 1, 200)), lower(substr(coalesce(sql, ''), 1, ?)) FROM sqlite_master
		WHERE type = 'table' AND typeof(name) = 'text' LIMIT ?`,
		length,
		most,
	)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var name, statement string
		if err := rows.Scan(&name, &statement); err != nil {
			return nil, err
		}
		out[name] = statement
	}
	return out, rows.Err()
}

// Columns lists the columns of a real table, in lower case; nothing where there
// is no such table. It looks for pages that lead back to themselves, so that it
// comes before every query of the table. Views and virtual tables are none: a hostile file can make
// them endless.
func (d *DB) Columns(ctx context.Context, table string) (map[string]bool, error) {
	rows, err := d.QueryContext(ctx, `SELECT lower(c.name) FROM sqlite_master AS t, pragma_table_info(t.name) AS c
		WHERE t.type = 'table' AND t.rootpage > 0 AND t.name = ? LIMIT 2000`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			return nil, err
		}
		out[c] = true
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(out) == 0 {
		return out, err
	}
	return out, d.inspect(ctx, table)
}

// inspect looks at the pages of a table and its indexes, once.
func (d *DB) inspect(ctx context.Context, table string) error {
	rows, err := d.QueryContext(
		ctx,
		`SELECT rootpage FROM sqlite_master WHERE tbl_name = ? AND rootpage > 0 LIMIT 100`,
		table,
	)
	if err != nil {
		return err
	}
	defer rows.Close()
	var roots []int64
	for rows.Next() {
		var root int64
		if err := rows.Scan(&root); err != nil {
			return err
		}
		roots = append(roots, root)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return d.image.inspect(ctx, roots)
}

// Select writes the query of those of columns that the table has, the others as
// NULL: layouts differ by version.
func Select(have map[string]bool, table string, columns ...string) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		if list[i] = `"` + c + `"`; !have[c] {
			list[i] = "NULL"
		}
	}
	return "SELECT " + strings.Join(list, ", ") + ` FROM "` + table + `"`
}
