package mailbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
)

// Bits of the flags that Apple Mail writes behind a mail.
const (
	appleDeleted = 1 << 1
	appleDraft   = 1 << 6
	appleJunk    = 1 << 24
)

// readApple reads an .emlx: a line with the length, the mail, a property list
// with its flags. "123.partial.emlx" is the same without attachments.
func readApple(
	ctx context.Context,
	s *splitter,
	f io.Reader,
	c *collector,
	kind foldername.Kind,
) (evidence.Reason, error) {
	counted := &counter{r: f, out: c.out}
	n, err := firstLine(counted)
	if err != nil {
		return evidence.Broken, err
	}
	mail := &io.LimitedReader{R: counted, N: n}
	s.open(mail)
	head, err := s.header(ctx)
	if errors.Is(err, io.EOF) {
		return evidence.Broken, nil
	}
	if err != nil {
		return evidence.Broken, err
	}
	text, err := s.body(ctx, true)
	if err != nil {
		return evidence.Broken, err
	}
	cut := mail.N > 0
	list, err := io.ReadAll(io.LimitReader(counted, maxList))
	if err == nil && appleFlags(list)&(appleDeleted|appleDraft|appleJunk) != 0 {
		return evidence.Unwanted, nil
	}
	why := c.message(parseHeader(head), kind, func() []byte { return text })
	if cut {
		return why, io.ErrUnexpectedEOF
	}
	return why, err
}

// maxList bounds the property list.
const maxList = 64 << 10

// firstLine reads the length, byte by byte so that nothing behind it is lost.
func firstLine(r io.Reader) (int64, error) {
	var line [16]byte
	for i := range line {
		if _, err := io.ReadFull(r, line[i:i+1]); err != nil {
			return 0, err
		}
		if line[i] == '\n' {
			if n, ok := length(line[:i]); ok {
				return n, nil
			}
			break
		}
	}
	return 0, errNoLength
}

var errNoLength = errors.New("no length in the first line")

// appleFlags takes the number out of the property list, or 0.
func appleFlags(list []byte) int64 {
	_, rest, _ := bytes.Cut(list, []byte("<key>flags</key>"))
	_, rest, ok := bytes.Cut(rest, []byte("<integer>"))
	value, _, closed := bytes.Cut(rest[:min(len(rest), 40)], []byte("<"))
	if !ok || !closed {
		return 0
	}
	n, _ := strconv.ParseInt(strings.TrimSpace(string(value)), 10, 64)
	return n
}

// alone reports a file that no tree holds: in one, folder has read it.
func alone(in evidence.Input) bool { return !strings.Contains(in.Label, "!") }

// ofFolder reports a file that is a folder's to read, or to leave.
func ofFolder(name string) bool {
	dir, base := path.Split(name)
	switch path.Base(dir) {
	case "cur", "new", "tmp":
		return true
	}
	return emlFolder.owns(name) || appleMail.owns(name) || strings.HasPrefix(base, "dovecot")
}

// eml reads a single mail, whatever its name.
type eml struct{}

// Format implements evidence.Importer.
func (eml) Format() evidence.Format { return evidence.Format{ID: "eml", Family: "mailbox"} }

// Recognise implements evidence.Importer.
func (eml) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := narrow(in.Head)
	if looksLikeMessage(head) && !looksLikeEmlx(head) && (alone(in) || !ofFolder(in.Name)) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (eml) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	return readOne(ctx, in, out, readPlain)
}

// emlx reads a single mail of Apple Mail's.
type emlx struct{}

// Format implements evidence.Importer.
func (emlx) Format() evidence.Format { return evidence.Format{ID: "emlx", Family: "mailbox"} }

// Recognise implements evidence.Importer.
func (emlx) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if alone(in) && looksLikeEmlx(in.Head) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (emlx) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	return readOne(ctx, in, out, readApple)
}

func readOne(ctx context.Context, in evidence.Input, out evidence.Sink, read single) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	c := newCollector(out)
	defer c.flush()
	out.Item()
	kind := foldername.OfPath(path.Dir(in.Name))
	if kind == foldername.Ordinary {
		kind = sidecarKind(in.FS, in.Name)
	}
	why, err := read(ctx, &splitter{single: true}, f, c, kind)
	if why != "" {
		out.Skip(why, "")
	}
	return err
}
