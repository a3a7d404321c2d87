package evidence

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Column says what a column of a table of logins holds.
type Column string

// The columns that are told apart; columns.json names them in the languages of
// their users.
const (
	ColumnSite     Column = "site"
	ColumnUser     Column = "user"
	ColumnEmail    Column = "email"
	ColumnPassword Column = "password"
	ColumnTOTP     Column = "totp"
	ColumnTitle    Column = "title"
	ColumnCreated  Column = "created"
	ColumnUsed     Column = "used"
	ColumnPhone    Column = "phone"
	ColumnFields   Column = "fields" // lines of "label:value"
	ColumnOther    Column = "other"  // known, and not looked into
)

//go:embed columns.json
var columnsFile []byte

var columnNames = sync.OnceValue(func() map[string]Column {
	var file map[Column][]string
	if err := json.Unmarshal(columnsFile, &file); err != nil {
		panic(err)
	}
	names := map[string]Column{}
	for column, list := range file {
		for _, n := range list {
			names[plainName(n)] = column
		}
	}
	return names
})

// ColumnOf says what a column of this name holds; "" where nobody knows.
func ColumnOf(name string) Column { return columnNames()[plainName(name)] }

// plainName is a name without case, accents, signs and blanks.
func plainName(s string) string {
	if len(s) > 4*maxDetailLen {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(s))
}

// Table reads a table with a header, whatever its dialect.
type Table struct {
	Header  []string // trimmed, lower case
	Columns []Column // what each column holds
	rows    *Rows
	index   map[string]int
	row     []string
}

// ErrNotCSV says that a file has no header row.
var ErrNotCSV = errors.New("no header row")

// commas are what separates cells, the most common first.
var commas = []rune{',', ';', '\t', '|', '\x1f', '^', '~'}

// usualCommas is how many of them spreadsheets write.
const usualCommas = 3

// maxAbove is how many lines may stand above the header: a title, a comment, the
// separator that a spreadsheet is told ("sep=;").
const maxAbove = 24

// OpenTable finds the header of a table in its first lines: the one with most
// names of columns of a table of logins (columns.json), else the first with two
// cells.
func OpenTable(r io.Reader) (*Table, error) {
	b := bufio.NewReaderSize(&crReader{r: Text(r)}, headSize)
	head, _ := b.Peek(headSize)
	best, most, skip, last, comma := []string(nil), -1, 0, 0, ','
	lines := strings.SplitN(string(head), "\n", maxAbove+1)
	for i, line := range lines[:min(len(lines), maxAbove)] {
		if most > 2 {
			break // found
		}
		end := headerEnd(lines, i)
		line = strings.Join(append([]string{line}, lines[i+1:end+1]...), " ")
		for _, c := range commas {
			if !strings.ContainsRune(line, c) {
				continue
			}
			if told := toldComma(lines[:i]); told != 0 && told != c {
				continue
			}
			cells := headerCells(line, c)
			known := knownColumns(cells)
			if known < 2 && len(best) > 0 && skip != i {
				continue // one word of a row may be the name of a column by chance
			}
			if len(cells) > 1 && (known > most || known == most && len(cells) > len(best) && skip == i) {
				best, most, skip, last, comma = cells, known, i, end, c
			}
		}
	}
	if len(best) < 2 {
		return nil, ErrNotCSV
	}
	return newTable(b, best, last+1, comma), nil
}

// newTable is the table below a header that ends with so many lines.
func newTable(b *bufio.Reader, header []string, lines int, comma rune) *Table {
	t := &Table{index: map[string]int{}}
	for i, h := range header {
		h = strings.ToLower(strings.Trim(h, " \t\u00a0\ufeff\"'\u200e\u200f"))
		t.Header = append(t.Header, h)
		t.Columns = append(t.Columns, ColumnOf(h))
		if _, twice := t.index[h]; !twice {
			t.index[h] = i
		}
	}
	for range lines {
		if _, err := b.ReadSlice('\n'); err != nil {
			break
		}
	}
	t.rows = NewRows(b, comma, len(t.Header))
	return t
}

// noComma separates nothing: a table of one column keeps its commas.
const noComma = -1

// OpenSheet reads r, which is text, as a table whose columns are called as nobody
// knows: the header is its first line, below one that tells a spreadsheet the
// separator. A line longer than most bytes ends it with an error.
func OpenSheet(r io.Reader, most int) (*Table, error) {
	b := bufio.NewReaderSize(&crReader{r: r}, headSize)
	head, _ := b.Peek(headSize)
	lines := strings.Split(string(head), "\n")
	above := 0
	for above < len(lines)-1 && (strings.Trim(lines[above], "\ufeff\r ") == "" || toldComma(lines[above:above+1]) != 0) {
		above++
	}
	end := headerEnd(lines, above)
	line := strings.Join(lines[above:end+1], " ")
	if strings.ContainsRune(line, 0) {
		return nil, ErrNotCSV
	}
	header, comma := headerCells(line, noComma), rune(noComma)
	separators := commas
	if told := toldComma(lines[:above]); told != 0 {
		separators = []rune{told}
	}
	for i, c := range separators {
		if i == usualCommas && comma != noComma {
			break // a header of several names may hold any sign
		}
		if cells := headerCells(line, c); len(cells) > max(1, len(header)) {
			header, comma = cells, c
		}
	}
	t := newTable(b, header, end+1, comma)
	t.rows.most = most
	return t, nil
}

// maxWrapped is over how many lines the names of columns in quotes may go.
const maxWrapped = 12

// headerEnd is the line with which a header ends that begins in line i: a
// spreadsheet breaks long names of columns, and keeps them in quotes.
func headerEnd(lines []string, i int) int {
	if strings.Count(lines[i], `"`)%2 == 0 {
		return i
	}
	for end := i + 1; end < min(len(lines)-1, i+maxWrapped); end++ {
		if strings.Count(lines[end], `"`)%2 == 1 {
			return end
		}
	}
	return i
}

// toldComma is the separator that a line "sep=;" tells a spreadsheet; 0 where
// none of the lines does.
func toldComma(lines []string) rune {
	for _, l := range lines {
		l = strings.Trim(l, "\ufeff\" ")
		if len(l) > 4 && strings.EqualFold(l[:4], "sep=") {
			if rest := []rune(l[4:]); slices.Contains(commas, rest[0]) {
				return rest[0]
			}
			return ','
		}
		if strings.EqualFold(l, "sep=") || strings.EqualFold(l, "sep=\t") {
			return '\t'
		}
	}
	return 0
}

// headerCells splits a line that may be the header. A spreadsheet may have put it
// into one cell.
func headerCells(line string, comma rune) []string {
	r := Rows{comma: comma, width: 2}
	line = strings.TrimLeft(line, "\ufeff")
	p := r.parse(strings.TrimRight(line, "\r"))
	if !p.open && len(p.cells) > 1 && knownColumns(p.cells) > 0 {
		return p.cells
	}
	if whole := r.parse(strings.TrimRight(line, ",;\t| ")); !whole.open && len(whole.cells) == 1 {
		if cells := r.unwrapped(whole.cells); len(cells) > 1 && strings.HasPrefix(strings.TrimSpace(line), `"`) {
			return cells
		}
	}
	if p.open {
		return nil
	}
	return p.cells
}

func knownColumns(cells []string) (n int) {
	seen := map[string]bool{}
	for _, c := range cells {
		if name := plainName(c); !seen[name] && ColumnOf(c) != "" {
			seen[name] = true
			n++
		}
	}
	return n
}

// Next reads the next row. Errors: io.EOF, the context's, and errTooLong.
func (t *Table) Next(ctx context.Context) (err error) {
	t.row, err = t.rows.Next(ctx)
	return err
}

// Cells returns the cells of the row, in the order of the columns.
func (t *Table) Cells() []string { return t.row }

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

// Slipped reports whether the row has another number of cells than the header,
// so that a cell may stand under the wrong name.
func (t *Table) Slipped() bool { return len(t.row) != len(t.Header) }

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

// All returns the cells of the row that hold anything, under every column of a
// kind.
func (t *Table) All(kind Column) (cells []string) {
	for i, c := range t.Columns {
		if c == kind && i < len(t.row) && strings.TrimSpace(t.row[i]) != "" {
			cells = append(cells, t.row[i])
		}
	}
	return cells
}

// Holds reports whether the table has a column of a kind.
func (t *Table) Holds(kind Column) bool { return slices.Contains(t.Columns, kind) }

// TextLines reads the lines of a text in any encoding and with any line ends;
// one longer than limit bytes ends it with an error.
func TextLines(r io.Reader, limit int) *bufio.Scanner {
	lines := bufio.NewScanner(&crReader{r: Text(r)})
	lines.Buffer(nil, limit)
	return lines
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

// shownColumns is how many names of columns a message holds.
const shownColumns = 12

// unknownTable says of a file that it is a table whose columns are not
// understood; nil where it is none. The names of the columns are told only where
// the first row cannot be a row of values.
func unknownTable(ctx context.Context, label string, head []byte) *Problem {
	t, err := OpenTable(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	varied := make([]int, len(t.Header))
	rows, whole := 0, 0
	for rows < 20 && t.Next(ctx) == nil {
		if t.Empty() {
			continue
		}
		rows++
		if !t.Slipped() {
			whole++
		}
		for i, c := range t.row[:min(len(t.row), len(varied))] {
			if strings.ContainsAny(c, "0123456789@/.:") {
				varied[i]++
			}
		}
	}
	if rows == 0 || 2*whole < rows || strings.ContainsFunc(strings.Join(t.Header, ""), unicode.IsControl) {
		return nil
	}
	named := 0
	for i, h := range t.Header {
		if strings.ContainsFunc(
			h,
			func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("@/:.", r) },
		) ||
			len(h) > 60 {
			return &Problem{Where: label, What: "error.evidence.no_columns"}
		}
		if t.Columns[i] != "" || h != "" && 2*varied[i] > rows {
			named++
		}
	}
	if named < 2 {
		return &Problem{Where: label, What: "error.evidence.no_columns"}
	}
	names := t.Header[:min(len(t.Header), shownColumns)]
	return &Problem{
		Where: label,
		What:  "error.evidence.unknown_columns",
		Args:  map[string]any{"columns": clean(strings.Join(names, ", "), maxDetailLen)},
	}
}
