package mailbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
)

// folder reads a tree that keeps each mail in a file of its own.
type folder struct {
	id     string
	owns   func(name string) bool                        // by path alone
	kind   func(tree fs.FS, name string) foldername.Kind // what else says where the mail belongs; may be nil
	single single
}

// single reads the one mail of a file in a folder of this kind and hands it to
// the collector; it tells why the mail shows nothing, or "".
type single func(ctx context.Context, s *splitter, f io.Reader, c *collector, kind foldername.Kind) (evidence.Reason, error)

var (
	maildir   = folder{id: "maildir", owns: inMaildir, kind: maildirKind, single: readPlain}
	emlFolder = folder{id: "eml-folder", owns: isEml, kind: sidecarKind, single: readPlain}
	appleMail = folder{id: "apple-mail", owns: isEmlx, single: readApple}

	_ evidence.Importer = maildir
)

// isEml reports a file that holds one mail by its name; MH names mails by number.
func isEml(name string) bool {
	return (hasExt(name, ".eml") || isDigits(path.Base(name))) && !inMaildir(name)
}

func isEmlx(name string) bool { return hasExt(name, ".emlx") && !inMaildir(name) }

// Format implements evidence.Importer.
func (d folder) Format() evidence.Format {
	return evidence.Format{ID: d.id, Family: "mailbox", Tree: true}
}

// maxTried is how many files of a tree are looked into before it is given up.
const maxTried = 200

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
		if isMail(name, peek(in, name)) {
			return evidence.Sure
		}
	}
	return evidence.No
}

// isMail reports the start of a mail; a file whose name is a number may as well
// hold many.
func isMail(name string, b []byte) bool {
	b = narrow(b)
	if isDigits(path.Base(name)) && bytes.HasPrefix(unmarked(b), fromMark) {
		return false
	}
	return looksLikeMessage(b) || looksLikeEmlx(b)
}

// peek reads the start of a member.
func peek(in evidence.Input, name string) []byte {
	f, err := in.FS.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, 64<<10)
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
		if isDigits(path.Base(name)) && !isMail(name, peek(in, name)) {
			continue // numbers name the mails of MH, and much else
		}
		out.Item()
		why, err := d.member(ctx, in, name, s, c)
		if err != nil && damage == nil {
			damage = err
		}
		if why != "" {
			out.Skip(why, name)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return damage
}

func (d folder) member(
	ctx context.Context,
	in evidence.Input,
	name string,
	s *splitter,
	c *collector,
) (evidence.Reason, error) {
	kind := foldername.OfPath(path.Dir(name))
	if d.kind != nil && kind == foldername.Ordinary {
		kind = d.kind(in.FS, name)
	}
	f, err := in.FS.Open(name)
	if err != nil {
		return evidence.Broken, err
	}
	defer f.Close()
	return d.single(ctx, s, f, c, kind)
}

func hasExt(name, ext string) bool { return strings.EqualFold(path.Ext(name), ext) }

// inMaildir reports a file in "cur" or "new" of a Maildir; "tmp" holds mail that
// is being delivered, and Dovecot keeps its own files beside.
func inMaildir(name string) bool {
	dir, base := path.Split(name)
	last := path.Base(dir)
	return (last == "cur" || last == "new") && !strings.HasPrefix(base, ".") &&
		!strings.HasPrefix(base, "dovecot") &&
		!hasExt(base, ".msf")
}

// maildirKind reads the flags behind "2,": T and D, trashed and draft, and the
// letters that stand for keywords, which Dovecot lists in a file beside. Systems
// that cannot have ":" in names write ";", "!" or "-".
func maildirKind(tree fs.FS, name string) foldername.Kind {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	at := strings.LastIndex(base, "2,")
	if at < 1 || strings.IndexByte(":;!-", base[at-1]) < 0 {
		return foldername.Ordinary
	}
	flags := strings.TrimSuffix(base[at+2:], ".eml")
	switch {
	case strings.Contains(flags, "T"):
		return foldername.Trash
	case strings.Contains(flags, "D"):
		return foldername.Drafts
	}
	if strings.ContainsAny(flags, "abcdefghijklmnopqrstuvwxyz") &&
		junkKeyword(keywords(tree, path.Dir(path.Dir(name)), flags)) {
		return foldername.Spam
	}
	return foldername.Ordinary
}

// keywords are the names of the small letters among flags.
func keywords(tree fs.FS, dir, flags string) string {
	f, err := tree.Open(path.Join(dir, "dovecot-keywords"))
	if err != nil {
		return ""
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(f, maxSidecar))
	var out []string
	for line := range strings.Lines(string(b)) {
		number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < 26 &&
			strings.IndexByte(flags, 'a'+byte(n)) >= 0 {
			out = append(out, name)
		}
	}
	return strings.Join(out, " ")
}

// Bounds of what may stand in a header and be no field.
const (
	maxBanner = 2  // lines above the first field
	maxOdd    = 10 // lines that are no field
	manyField = 5  // fields of mails that make a header without a sender in sight one
)

// looksLikeMessage reports the start of a mail (RFC 5322): a From and one more
// field that other texts do not have, or many of those where the header is longer
// than what is known of it. What mail programs put up with is put up with: a line
// above the header, lines without a colon, a stray empty line.
func looksLikeMessage(b []byte) bool {
	b = unmarked(b)
	from, sure, fields, odd, blank := false, false, 0, 0, false
	for len(b) > 0 {
		line, rest, whole := cutLine(b)
		b = rest
		name := fieldName(line)
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			if from && sure {
				return true
			}
			blank = fields > 0
			continue
		case line[0] == ' ' || line[0] == '\t':
			continue
		case name == "" && bytes.HasPrefix(bytes.TrimPrefix(line, []byte(">")), fromMark):
			if fields == 0 && odd > 0 {
				return false // a mail pasted below some words
			}
			continue
		case name == "" && whole:
			if odd++; blank || odd > maxOdd || fields == 0 && (odd > maxBanner || introduces(line)) {
				return false
			}
			continue
		}
		switch blank = false; name {
		case "snapshot-content-location": // a page that a browser saved
			return false
		case "from":
			from = true
		case "date", "received", "return-path", "delivered-to", "message-id", "mime-version",
			"dkim-signature", "authentication-results", "arc-seal":
			sure = true
		}
		if mailFields[name] || strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "arc-") {
			fields++
		}
		if from && sure {
			return true
		}
		if !whole {
			break
		}
	}
	return sure && fields >= manyField && !blank
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
func readPlain(
	ctx context.Context,
	s *splitter,
	f io.Reader,
	c *collector,
	kind foldername.Kind,
) (evidence.Reason, error) {
	counted := &counter{r: f, out: c.out}
	s.open(counted)
	head, err := s.header(ctx)
	if errors.Is(err, io.EOF) {
		return evidence.Broken, nil // empty
	}
	if err != nil {
		return evidence.Broken, err
	}
	var broken error
	why := c.message(parseHeader(head), kind, func() (b []byte) { b, broken = s.body(ctx, true); return b })
	if broken == nil {
		_, broken = s.body(ctx, false) // to the end, where an archive tells of damage
	}
	return why, broken
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
