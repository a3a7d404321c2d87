package mailbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
)

// folder reads a tree that keeps each mail in a file of its own.
type folder struct {
	id     string
	owns   func(name string) bool // by path alone
	unread func(name string) bool // owned, but left out: drafts, deleted
	single single
}

// single reads the one mail of a file and hands it to the collector.
type single func(ctx context.Context, s *splitter, f io.Reader, c *collector) (shows bool, err error)

var (
	maildir   = folder{id: "maildir", owns: inMaildir, unread: flagged, single: readPlain}
	emlFolder = folder{id: "eml-folder", owns: func(n string) bool { return hasExt(n, ".eml") && !inMaildir(n) }, single: readPlain}
	appleMail = folder{id: "apple-mail", owns: func(n string) bool { return hasExt(n, ".emlx") && !inMaildir(n) }, single: readApple}

	_ evidence.Importer = maildir
)

// Format implements evidence.Importer.
func (d folder) Format() evidence.Format {
	return evidence.Format{ID: d.id, Family: "mailbox", Tree: true}
}

// maxTried is how many files of a tree are looked into before it is given up.
const maxTried = 5

// Recognise implements evidence.Importer.
func (d folder) Recognise(ctx context.Context, in evidence.Input) evidence.Certainty {
	tried := 0
	for _, name := range in.Files {
		if tried == maxTried || ctx.Err() != nil {
			break
		}
		if !d.owns(name) {
			continue
		}
		tried++
		b := peek(in, name)
		if looksLikeMessage(b) || looksLikeEmlx(b) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// peek reads the start of a member.
func peek(in evidence.Input, name string) []byte {
	f, err := in.FS.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, 8<<10)
	n, _ := io.ReadFull(f, b)
	return b[:n]
}

// Read implements evidence.Importer. A file that cannot be read is told of once
// and passed over.
func (d folder) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	c := newCollector(out)
	defer c.flush()
	s := &splitter{single: true}
	var damage error
	for _, name := range in.Files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !d.owns(name) {
			continue
		}
		out.Item()
		if d.unread != nil && d.unread(name) || ignoredFolder(name) {
			out.Skip(evidence.Unwanted, name)
			continue
		}
		shows, err := d.member(ctx, in, name, s, c)
		if err != nil && damage == nil {
			damage = err
		}
		if !shows {
			out.Skip(cmp.Or(c.skipped, evidence.NoAccount), name)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return damage
}

func (d folder) member(ctx context.Context, in evidence.Input, name string, s *splitter, c *collector) (bool, error) {
	f, err := in.FS.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	return d.single(ctx, s, f, c)
}

func hasExt(name, ext string) bool { return strings.EqualFold(path.Ext(name), ext) }

// inMaildir reports a file in "cur" or "new" of a Maildir; "tmp" holds mail that
// is being delivered, and Dovecot keeps its own files beside.
func inMaildir(name string) bool {
	dir, base := path.Split(name)
	last := path.Base(dir)
	return (last == "cur" || last == "new") && !strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "dovecot") && !hasExt(base, ".msf")
}

// flagged reports the flags T and D, trashed and draft, behind "2,". Systems
// that cannot have ":" in names write ";", "!" or "-".
func flagged(name string) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	at := strings.LastIndex(base, "2,")
	if at < 1 || strings.IndexByte(":;!-", base[at-1]) < 0 {
		return false
	}
	flags := strings.TrimSuffix(base[at+2:], ".eml")
	return strings.ContainsAny(flags, "TD")
}

// ignoredFolder reports a file whose folders say that it was not written to the
// person: "Drafts", "INBOX.Sent" and ".Sent" of Maildir++, "Junk.mbox".
func ignoredFolder(name string) bool {
	for _, dir := range strings.Split(name, "/") {
		dir = fold(dir)
		for _, ext := range []string{".mbox", ".sbd", ".imapmbox"} {
			dir = strings.TrimSuffix(dir, ext)
		}
		if ignoredNames[dir] || strings.HasPrefix(dir, ".") && ignoredNames[dir[strings.LastIndexByte(dir, '.')+1:]] || ignoredNames[strings.TrimPrefix(dir, "inbox.")] {
			return true
		}
	}
	return false
}

// looksLikeMessage reports the start of a mail (RFC 5322): fields only, a From
// and one more that other texts do not have.
func looksLikeMessage(b []byte) bool {
	b = unmarked(b)
	from, sure := false, false
	for len(b) > 0 {
		end := fieldEnd(b)
		field := b[:end]
		b = b[end:]
		if len(bytes.TrimRight(field, "\r\n")) == 0 {
			break
		}
		if !looksLikeHeader(field) {
			return from && sure && len(b) == 0 // a field cut off by the end of what is known
		}
		name, _, _ := bytes.Cut(field, []byte(":"))
		switch known(name) {
		case "from":
			from = true
		case "date", "received", "return-path", "delivered-to", "dkim-signature", "authentication-results":
			sure = true
		}
		if bytes.EqualFold(name, []byte("message-id")) || bytes.EqualFold(name, []byte("mime-version")) {
			sure = true
		}
	}
	return from && sure
}

// looksLikeEmlx reports Apple Mail's file: the length in digits, then the mail.
func looksLikeEmlx(b []byte) bool {
	line, rest, found := bytes.Cut(b, []byte("\n"))
	_, ok := length(line)
	return found && ok && looksLikeMessage(rest)
}

func length(line []byte) (int64, bool) {
	line = bytes.TrimRight(line, " \r\n")
	if len(line) == 0 || len(line) > 12 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(line), 10, 64)
	return n, err == nil && n >= 0
}

// readPlain reads a file that is a mail.
func readPlain(ctx context.Context, s *splitter, f io.Reader, c *collector) (bool, error) {
	counted := &counter{r: f, out: c.out}
	s.open(counted)
	head, err := s.header(ctx)
	if errors.Is(err, io.EOF) {
		return false, nil // empty
	}
	if err != nil {
		return false, err
	}
	var broken error
	shows := c.message(head, func() (b []byte) { b, broken = s.body(ctx, true); return b })
	if broken == nil {
		_, broken = s.body(ctx, false) // to the end, where an archive tells of damage
	}
	return shows, broken
}

// counter tells the sink of each byte that was read.
type counter struct {
	r   io.Reader
	out evidence.Sink
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.out.Advance(int64(n))
	return n, err
}
