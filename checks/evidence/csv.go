package evidence

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// maxCSVField bounds one cell or one broken line: beyond it the file is not a
// list of logins, and reading on would eat memory.
const maxCSVField = 4 << 20

// Table reads a CSV file row by row, whatever its dialect.
type Table struct {
	Header []string // trimmed, lower case
	r      *csv.Reader
	limit  *recordLimit
	index  map[string]int
	row    []string
}

// ErrNotCSV says that a file has no header row.
var ErrNotCSV = errors.New("no header row")

// OpenTable reads the header of a CSV file. Separators , ; and TAB, quotes
// doubled, line breaks in quotes and CR CR LF are understood; rows may be ragged.
func OpenTable(r io.Reader) (*Table, error) {
	limit := &recordLimit{r: &crReader{r: Text(r)}}
	head := make([]byte, 4096)
	n, _ := io.ReadFull(limit, head)
	first, _, _ := bytes.Cut(head[:n], []byte("\n"))
	c := csv.NewReader(io.MultiReader(bytes.NewReader(head[:n]), limit))
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	c.Comma = separator(string(first))
	limit.n = 0
	t := &Table{r: c, limit: limit, index: map[string]int{}}
	row, err := c.Read()
	if err != nil || len(row) < 2 {
		return nil, ErrNotCSV
	}
	for i, h := range row {
		h = strings.ToLower(strings.TrimSpace(h))
		t.Header = append(t.Header, h)
		if _, twice := t.index[h]; !twice {
			t.index[h] = i
		}
	}
	return t, nil
}

// separator picks what splits the header row into most cells.
func separator(line string) rune {
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t'} {
		if n := strings.Count(line, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

// Next reads the next row. Errors: io.EOF, the context's, and errTooLong.
func (t *Table) Next(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t.limit.n = 0
	row, err := t.r.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		t.row = nil // one broken row; the reader goes on after it
		return nil
	}
	t.row = row
	return err
}

// Empty reports whether the row holds nothing.
func (t *Table) Empty() bool {
	return !slices.ContainsFunc(t.row, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// IsHeader reports whether the row repeats the header.
func (t *Table) IsHeader() bool {
	for i, c := range t.row {
		if i < len(t.Header) && strings.ToLower(strings.TrimSpace(c)) != t.Header[i] {
			return false
		}
	}
	return true
}

// Has reports whether all columns are there.
func (t *Table) Has(columns ...string) bool {
	for _, c := range columns {
		if _, ok := t.index[c]; !ok {
			return false
		}
	}
	return true
}

// Get returns the cell under the first of the column names that is there.
func (t *Table) Get(columns ...string) string {
	for _, c := range columns {
		if i, ok := t.index[c]; ok && i < len(t.row) {
			return t.row[i]
		}
	}
	return ""
}

// errTooLong is a cell or line that no list of logins holds.
var errTooLong = errors.New("a line is too long")

// recordLimit fails when one record takes more bytes than any real one.
type recordLimit struct {
	r io.Reader
	n int
}

func (l *recordLimit) Read(p []byte) (int, error) {
	if l.n > maxCSVField {
		return 0, errTooLong
	}
	n, err := l.r.Read(p)
	l.n += n
	return n, err
}

// crReader turns CR CR LF and lone CR into LF.
type crReader struct {
	r  io.Reader
	cr bool
}

func (c *crReader) Read(p []byte) (int, error) {
	for {
		n, err := c.r.Read(p)
		out := p[:0]
		for _, b := range p[:n] {
			switch b {
			case '\r':
				if !c.cr {
					out = append(out, '\n')
				}
				c.cr = true
				continue
			case '\n':
				if c.cr {
					c.cr = false
					continue
				}
			}
			c.cr = false
			out = append(out, b)
		}
		if len(out) > 0 || err != nil {
			return len(out), err
		}
	}
}
