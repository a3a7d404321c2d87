package logins

import (
	"bufio"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"unlisted/checks/evidence"
)

// table imports one CSV dialect.
type table struct{ dialect }

var _ evidence.Importer = table{}

// Format implements evidence.Importer.
func (t table) Format() evidence.Format { return evidence.Format{ID: t.id, Family: "logins"} }

// Recognise implements evidence.Importer.
func (t table) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if !tabular(in.Head) {
		return evidence.No
	}
	head := evidence.HeadText(in.Head)
	tab, err := evidence.OpenTable(strings.NewReader(head))
	if err != nil || !t.fits(tab) {
		return evidence.No
	}
	line, _, _ := strings.Cut(head, "\n")
	if t.lower && line != strings.ToLower(line) {
		return evidence.No
	}
	return t.surety
}

// tabular is a quick look whether a file can be a table at all: folders and
// archives are full of pictures and JSON.
func tabular(head []byte) bool {
	text := evidence.HeadText(head[:min(len(head), 1<<10)])
	start := strings.TrimLeft(text, " \t\r\n\ufeff")
	return start != "" && !strings.Contains(text, "\x00") && !strings.ContainsRune("{[<%", rune(start[0])) &&
		!strings.HasPrefix(start, "-----")
}

func (t table) fits(tab *evidence.Table) bool {
	if t.needs != nil {
		return t.needs(tab)
	}
	if !tab.Has(t.must...) || slices.ContainsFunc(t.mustNot, func(c string) bool { return tab.Has(c) }) {
		return false
	}
	one := func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return tab.Has(n) })
	}
	return one(t.site) && one(t.user)
}

// cell returns the first cell under one of the columns that holds anything.
func cell(t *evidence.Table, columns []string) string {
	for _, c := range columns {
		if v := t.Get(c); filled(v) {
			return v
		}
	}
	return ""
}

// Read implements evidence.Importer.
func (t table) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := open(in, out)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if t.decode != nil {
		r = t.decode(evidence.Text(f))
	}
	return eachRow(ctx, in, r, func(tab *evidence.Table) {
		out.Item()
		t.emit(tab, out)
	})
}

// emit hands out what a row is.
func (t table) emit(tab *evidence.Table, out evidence.Sink) {
	l := login{
		site: cell(
			tab,
			t.site,
		), sites: tab.All(evidence.ColumnSite), user: cell(tab, t.user), password: cell(tab, t.password),
		names: slices.Concat(
			tab.All(evidence.ColumnUser),
			tab.All(evidence.ColumnEmail),
		), also: slices.Concat(tab.All(evidence.ColumnPhone), tab.All("")),
		totp: filled(cell(tab, t.totp)), created: when(cell(tab, t.created)), used: when(cell(tab, t.used)),
	}
	if titles := tab.All(evidence.ColumnTitle); len(titles) > 0 && !tab.Slipped() {
		l.title = titles[0]
	}
	if t.needs != nil {
		l.generic(tab)
	}
	kind := isLogin
	if t.row != nil {
		kind = t.row(tab, &l, out)
	}
	switch kind {
	case isLogin:
		emit(l, out)
	case isNothing:
		out.Skip(evidence.NoLogin, l.label())
	}
}

// generic reads a row of a table of logins that no program is known for, by what
// its columns are called.
func (l *login) generic(tab *evidence.Table) {
	l.password = first(tab.All(evidence.ColumnPassword)...)
	l.totp = len(tab.All(evidence.ColumnTOTP)) > 0
	l.created, l.used = when(
		first(tab.All(evidence.ColumnCreated)...),
	), when(
		first(tab.All(evidence.ColumnUsed)...),
	)
	if !tab.Holds(evidence.ColumnUser) && !tab.Holds(evidence.ColumnEmail) {
		l.user = tab.Get("account") // else the name of the entry
	}
	for _, cell := range tab.All(evidence.ColumnFields) {
		for line := range strings.Lines(cell) {
			l.field(strings.Cut(strings.TrimSpace(line), ":"))
		}
	}
}

// field takes a line "label:value", as Zoho Vault keeps all but the address.
func (l *login) field(label, value string, _ bool) {
	value = strings.TrimSpace(value)
	switch evidence.ColumnOf(label) {
	case evidence.ColumnSite:
		l.sites = append(l.sites, value)
	case evidence.ColumnUser, evidence.ColumnEmail:
		l.names = append(l.names, value)
	case evidence.ColumnPassword:
		l.password = first(l.password, value)
	case evidence.ColumnTOTP:
		l.totp = l.totp || filled(value)
	}
}

// eachRow calls f for each row that holds something.
func eachRow(ctx context.Context, in evidence.Input, r io.Reader, f func(*evidence.Table)) error {
	tab, err := evidence.OpenTable(r)
	if err != nil {
		return evidence.NewProblem(in.Label, "error.evidence.damaged")
	}
	for {
		switch err := tab.Next(ctx); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err // the scan knows how to say it
		}
		if !tab.Empty() && !tab.IsHeader() {
			f(tab)
		}
	}
}

// unescaped turns KeePass's backslash quoting (\" and \\) into CSV's own.
func unescaped(r io.Reader) io.Reader { return &backslashes{r: bufio.NewReader(r)} }

type backslashes struct {
	r    *bufio.Reader
	held []byte // decoded, not yet handed out
}

// Read implements io.Reader.
func (b *backslashes) Read(p []byte) (int, error) {
	n := copy(p, b.held)
	b.held = b.held[n:]
	for n < len(p) {
		c, err := b.r.ReadByte()
		if err != nil {
			return n, err
		}
		p[n] = c
		n++
		if c != '\\' {
			continue
		}
		switch next, _ := b.r.Peek(1); string(next) {
		case `"`:
			_, _ = b.r.Discard(1)
			p[n-1] = '"'
			m := copy(p[n:], `"`)
			b.held = append(b.held, `"`[m:]...)
			n += m
		case `\`:
			_, _ = b.r.Discard(1)
		}
	}
	return n, nil
}
