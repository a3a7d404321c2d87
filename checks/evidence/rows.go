package evidence

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"unicode"
)

// maxCSVField bounds one line or one row of a table: beyond it the file is not a
// list of logins, and reading on would eat memory.
const maxCSVField = 4 << 20

// maxLookahead bounds how far the end of a quoted cell is looked for, and
// maxWasted how much may be read in vain for that in one file.
const (
	maxLookahead = maxCSVField
	maxWasted    = 64 << 20
)

// errTooLong is a cell or line that no list of logins holds.
var errTooLong = errors.New("a line is too long")

// Rows reads the rows of a table, written as spreadsheets and programs do and
// not as the rules of CSV (RFC 4180) say: quotes that nobody doubled or closed,
// blanks before a quote, whole rows in one cell, any line ends. Where a quote may
// be read in two ways, the way that gives a row as many cells as the header has
// is taken, so that a stray one does not swallow the rows behind it.
type Rows struct {
	comma  rune
	most   int // bytes of a line
	width  int // cells of the header; 0 where there is none
	lines  *bufio.Reader
	queue  []string // lines read ahead
	at     int      // the first of them that is not used
	ahead  bool     // lines are read ahead and may be asked for again
	wasted int
}

// NewRows reads r, which is text, as rows of width cells separated by comma;
// width 0 is for tables without a header, whose rows are taken as they are.
func NewRows(r io.Reader, comma rune, width int) *Rows {
	return &Rows{comma: comma, most: maxCSVField, width: width, lines: bufio.NewReaderSize(r, 64<<10)}
}

// Next returns the cells of the next row that is not an empty line. Errors:
// io.EOF, the context's, the reader's, and that of a line beyond all bounds.
func (r *Rows) Next(ctx context.Context) ([]string, error) {
	line := ""
	for n := 0; line == "" || line == "\r"; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var err error
		if line, err = r.line(); err != nil {
			return nil, err
		}
	}
	line = strings.TrimLeft(line, "\ufeff")
	row := r.parse(line)
	if !row.open {
		if !r.fits(row.cells) {
			if other := r.otherwise(line); other != nil {
				return other, nil
			}
		}
		return r.unwrapped(row.cells), nil
	}
	return r.spanning(ctx, line, row)
}

func (r *Rows) fits(cells []string) bool { return r.width == 0 || len(cells) == r.width }

// spanning reads a row whose last cell was opened by a quote and not closed in
// its line: a cell of several lines, or a stray quote.
func (r *Rows) spanning(ctx context.Context, line string, row parser) ([]string, error) {
	mark, size := r.at, len(line)
	r.ahead = true
	defer func() { r.ahead = false }()
	for row.open && size < maxLookahead && r.wasted < maxWasted {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next, err := r.line()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		size += len(next) + 1
		row.feed("\n" + next)
		row.end()
	}
	alone := r.otherwise(line)
	if !row.open && r.fits(row.cells) && (alone == nil || r.width < 3 || !r.allAlone(r.queue[mark:r.at])) {
		return r.unwrapped(row.cells), nil
	}
	if !row.open && alone == nil {
		return row.cells, nil // as the rules say; nothing fits better
	}
	r.wasted += size
	r.at = mark
	if alone == nil {
		literal := parser{comma: r.comma, literal: true}
		literal.feed(line)
		literal.end()
		alone = literal.cells
	}
	return alone, nil
}

// allAlone reports whether every line is a row by itself.
func (r *Rows) allAlone(lines []string) bool {
	for _, l := range lines {
		if row := r.parse(l); (row.open || len(row.cells) != r.width) && r.otherwise(l) == nil && strings.TrimSpace(l) != "" {
			return false
		}
	}
	return true
}

// otherwise reads a line by itself in the other ways that programs which do not
// double their quotes leave, and returns the first that has as many cells as the
// header: two quotes before a separator end a cell; quotes are signs like any
// other; the whole row is one cell.
func (r *Rows) otherwise(line string) []string {
	if r.width == 0 || !strings.Contains(line, `"`) { // without quotes there is one way
		return nil
	}
	for _, p := range []parser{{pairs: true}, {literal: true}} {
		p.comma = r.comma
		p.feed(line)
		p.end()
		if !p.open && len(p.cells) == r.width {
			return p.cells
		}
	}
	inner := strings.TrimRight(line, ",;\t| ")
	if p := r.parse(inner); !p.open && len(p.cells) == 1 && inner != line {
		if cells := r.unwrapped(p.cells); len(cells) > 1 {
			return cells
		}
	}
	return nil
}

// unwrapped takes apart a row that a spreadsheet put into one cell.
func (r *Rows) unwrapped(cells []string) []string {
	if len(cells) != 1 || r.width < 2 || !strings.ContainsRune(cells[0], r.comma) {
		return cells
	}
	if p := r.parse(cells[0]); !p.open && len(p.cells) > 1 {
		return p.cells
	}
	return cells
}

func (r *Rows) parse(line string) parser {
	p := parser{comma: r.comma}
	p.feed(line)
	p.end()
	return p
}

// line returns the next line without its end.
func (r *Rows) line() (string, error) {
	if r.at < len(r.queue) {
		r.at++
		return r.queue[r.at-1], nil
	}
	if !r.ahead {
		r.queue, r.at = r.queue[:0], 0
		return r.read()
	}
	l, err := r.read()
	if err == nil {
		r.queue = append(r.queue, l)
		r.at++
	}
	return l, err
}

func (r *Rows) read() (string, error) {
	var b []byte
	for {
		part, err := r.lines.ReadSlice('\n')
		if err == nil && b == nil && len(part) <= r.most {
			return string(part[:len(part)-1]), nil
		}
		b = append(b, part...)
		switch {
		case len(b) > r.most:
			return "", errTooLong
		case err == nil:
			return string(b[:len(b)-1]), nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(b) > 0:
			return string(b), nil
		default:
			return "", err
		}
	}
}

// parser takes the cells out of the lines of a row.
type parser struct {
	comma   rune
	pairs   bool // two quotes before a separator are a quote and the end of the cell
	literal bool // quotes are signs like any other
	cells   []string
	cell    []byte
	begun   bool // something of the cell was seen
	open    bool // the cell was opened by a quote and is not closed
}

// feed takes a line, or with a line break before it the next line of the row.
func (p *parser) feed(s string) {
	for s != "" {
		switch {
		case p.open:
			s = p.quoted(s)
		case !p.begun && !p.literal && p.quoteAt(s) >= 0:
			s = s[p.quoteAt(s)+1:]
			p.begun, p.open = true, true
		default:
			i := strings.IndexRune(s, p.comma)
			if i < 0 {
				p.cell = append(p.cell, s...)
				p.begun = true
				return
			}
			p.cell = append(p.cell, s[:i]...)
			s = s[i+len(string(p.comma)):]
			p.end()
		}
	}
}

// quoteAt returns where the quote that opens a cell stands, behind blanks only;
// -1 where there is none.
func (p *parser) quoteAt(s string) int {
	rest := strings.TrimLeftFunc(s, p.blank)
	if !strings.HasPrefix(rest, `"`) {
		return -1
	}
	return len(s) - len(rest)
}

func (p *parser) blank(r rune) bool { return r != p.comma && r != '\n' && unicode.IsSpace(r) }

// quoted reads on in a quoted cell and returns what follows.
func (p *parser) quoted(s string) string {
	i := strings.IndexByte(s, '"')
	if i < 0 {
		p.cell = append(p.cell, s...)
		return ""
	}
	p.cell = append(p.cell, s[:i]...)
	s = s[i+1:]
	double := strings.HasPrefix(s, `"`)
	switch {
	case double && !(p.pairs && p.closes(s[1:])):
		p.cell = append(p.cell, '"')
		return s[1:]
	case double:
		p.cell = append(p.cell, '"')
		s = s[1:]
	case !p.closes(s):
		p.cell = append(p.cell, '"') // nobody doubled it
		return s
	}
	p.open = false
	return strings.TrimLeftFunc(s, p.blank)
}

// closes reports whether a quote before s ends its cell.
func (p *parser) closes(s string) bool {
	s = strings.TrimLeftFunc(s, p.blank)
	return s == "" || strings.HasPrefix(s, string(p.comma)) || strings.HasPrefix(s, "\n")
}

// end ends a cell, and after the last line of a row the row.
func (p *parser) end() {
	if p.open {
		return
	}
	cell := string(p.cell)
	if p.literal {
		if t := strings.TrimSpace(cell); len(t) > 1 && strings.HasPrefix(t, `"`) && strings.HasSuffix(t, `"`) {
			cell = t[1 : len(t)-1]
		}
	}
	p.cells = append(p.cells, cell)
	p.cell = p.cell[:0]
	p.begun = false
}
