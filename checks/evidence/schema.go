package evidence

import (
	"bytes"
	"context"
	"io/fs"
	"strings"

	"unlisted/checks/evidence/sqlite"
)

// Bounds of what is looked at of a database to recognise it.
const (
	maxSchema     = 2000     // tables
	maxSchemaSQL  = 16 << 10 // bytes of the statement of one
	maxSchemaHeld = 64 << 20 // bytes of a database that has to be held in memory to be looked at
)

// readSchema reads the tables of a SQLite database, wherever in the file they stand and also where they stand only in
// its write-ahead log; nil where it is none or is damaged.
func readSchema(ctx context.Context, tree fs.FS, name string, size int64, head []byte) map[string]string {
	if !bytes.HasPrefix(head, []byte(sqlite.Magic)) {
		return nil
	}
	if t, ok := tree.(*tidyTree); ok {
		tree, name = t.FS, t.name(name)
	}
	if _, packed := tree.(*archiveTree); packed && size > maxSchemaHeld {
		return nil
	}
	db, err := sqlite.Open(ctx, tree, name)
	if err != nil {
		return nil
	}
	defer db.Close()
	tables, err := db.Tables(ctx, maxSchema, maxSchemaSQL)
	if err != nil {
		return nil
	}
	return tables
}

// HasTable reports whether a database has a table, and all the words in the statement that made it, in lower case.
// Of one whose tables cannot be listed the first bytes have to do.
func (in Input) HasTable(table string, words ...string) bool {
	statement, have := in.Schema[table]
	if in.Schema == nil && bytes.HasPrefix(in.Head, []byte(sqlite.Magic)) {
		statement = strings.ToLower(string(in.Head))
		have = strings.Contains(statement, "create table "+table) || strings.Contains(statement, `create table "`+table)
	}
	for _, w := range words {
		have = have && strings.Contains(statement, w)
	}
	return have
}
