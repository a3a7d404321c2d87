package imapbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"unlisted/checks/evidence"
	"unlisted/checks/job"
)

// Bounds of what is fetched.
const (
	batch    = 200      // mails asked for at once
	maxHead  = 64 << 10 // of a header
	maxText  = 16 << 10 // of a text
	maxEmpty = 50       // batches in a row of which not one mail comes
)

// separator opens each mail; the field after it makes sure that one follows.
const separator = "From - Thu Jan  1 00:00:00 1970\nStatus: RO\n"

// fields are what the mailbox package reads of a header, as far as servers have
// it; a test compares the two.
var fields = []string{
	"From", "To", "Cc", "Reply-To", "Subject", "Date", "In-Reply-To", "Message-ID",
	"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Original-Recipient", "Return-Path",
	"Authentication-Results", "DKIM-Signature", "Received", "Received-SPF",
	"List-Unsubscribe", "List-Id", "Precedence", "Auto-Submitted", "Feedback-ID", "X-Google-Groups",
	"X-SimpleLogin-Original-From", "X-AnonAddy-Original-From-Header",
	"X-Mozilla-Draft-Info", "X-Unsent", "X-Uniform-Type-Identifier",
	"Content-Type", "Content-Transfer-Encoding", "Content-Disposition",
}

var (
	headSection = &imap.FetchItemBodySection{
		Specifier:    imap.PartSpecifierHeader,
		HeaderFields: fields,
		Peek:         true,
		Partial:      &imap.SectionPartial{Size: maxHead},
	}
	textSection = &imap.FetchItemBodySection{
		Specifier: imap.PartSpecifierText,
		Peek:      true,
		Partial:   &imap.SectionPartial{Size: maxText},
	}
)

// stream is a folder as an mbox that is fetched, batch by batch, as it is read.
// It ends between two mails, also when the connection does: err then says why.
type stream struct {
	reading *reading
	box     *box
	left    imap.UIDSet // still to be fetched
	last    uint32      // highest UID handed over
	buffer  []byte
	empty   int
	partly  bool // some mails were not given
	err     error
}

// Read implements io.Reader.
func (s *stream) Read(p []byte) (int, error) {
	for len(s.buffer) == 0 {
		if len(s.left) == 0 || s.err != nil {
			return 0, io.EOF
		}
		s.err = s.fill()
	}
	n := copy(p, s.buffer)
	s.buffer = s.buffer[n:]
	return n, nil
}

// fill fetches the next batch.
func (s *stream) fill() error {
	r := s.reading
	if r.session.ctx.Err() != nil {
		return r.session.ctx.Err()
	}
	set, rest, n := cut(s.left)
	heads, err := s.fetch(set, headSection, true)
	if err != nil {
		return err
	}
	if s.empty++; len(heads) > 0 {
		s.empty = 0
	}
	if s.empty > maxEmpty {
		return r.session.problem("error.imap.answer")
	}
	heads = slices.DeleteFunc(heads, func(p part) bool {
		return len(p.text) == 0
	})
	for i := range heads {
		heads[i].text = append(flagFields(heads[i].flags), heads[i].text...)
	}
	slices.SortFunc(heads, func(a, b part) int { return int(int64(a.uid) - int64(b.uid)) })
	texts, err := s.texts(heads)
	if err != nil {
		return err
	}
	s.buffer = s.buffer[:0]
	for _, h := range heads {
		s.buffer = append(s.buffer, separator...)
		s.buffer = append(quoted(s.buffer, bytes.TrimRight(h.text, "\r\n")), "\n\n"...)
		s.buffer = append(quoted(s.buffer, texts[h.uid]), "\n\n"...)
	}
	s.left, s.last = rest, uint32(set[len(set)-1].Stop)
	r.done += n
	r.progress(job.Progress{Step: "imap.reading", Done: r.done, Total: r.total})
	return nil
}

// flagFields are a mail's flags as they stand in an mbox, so that the mail is
// passed over and counted where they say what it is.
func flagFields(flags []imap.Flag) (out []byte) {
	var words []string
	for _, f := range flags {
		switch {
		case strings.EqualFold(string(f), string(imap.FlagDeleted)):
			out = append(out, "X-Status: D\r\n"...)
		case strings.EqualFold(string(f), string(imap.FlagDraft)):
			out = append(out, "X-Status: T\r\n"...)
		case !strings.HasPrefix(string(f), `\`) && !strings.ContainsAny(string(f), " \r\n:"):
			words = append(words, string(f))
		}
	}
	if len(words) > 0 {
		out = append(out, "X-Keywords: "+strings.Join(words, " ")+"\r\n"...)
	}
	return out
}

// fetch goes on where the server cannot give some of the mails.
func (s *stream) fetch(set imap.UIDSet, section *imap.FetchItemBodySection, flags bool) ([]part, error) {
	parts, err := s.reading.session.fetch(set, section, flags)
	if errors.Is(err, errPartly) {
		s.partly, err = true, nil
	}
	return parts, err
}

// texts fetches the start of the text of those mails whose text matters.
func (s *stream) texts(heads []part) (map[imap.UID][]byte, error) {
	var set imap.UIDSet
	for _, h := range heads {
		if s.reading.probe.wantsText(h.text) {
			set.AddNum(h.uid)
		}
	}
	if len(set) == 0 {
		return nil, nil
	}
	parts, err := s.fetch(set, textSection, false)
	out := make(map[imap.UID][]byte, len(parts))
	for _, p := range parts {
		out[p.uid] = p.text
	}
	return out, err
}

// note completes the report of a folder.
func (s *stream) note(report *evidence.Report) {
	source := s.reading.session.source(s.box.name)
	for i := range report.Sources {
		if report.Sources[i].Path == source && s.partly {
			report.Sources[i].Problems = append(
				report.Sources[i].Problems,
				*evidence.NewProblem(source, "error.imap.partly"),
			)
		}
	}
}

// cut takes a batch off a set.
func cut(set imap.UIDSet) (head, rest imap.UIDSet, n int64) {
	for i, r := range set {
		room := batch - n
		if have := int64(r.Stop-r.Start) + 1; have <= room {
			head, n = append(head, r), n+have
			continue
		}
		if room > 0 {
			head, n = append(head, imap.UIDRange{Start: r.Start, Stop: r.Start + imap.UID(room) - 1}), batch
			r.Start += imap.UID(room)
		}
		return head, append(imap.UIDSet{r}, set[i+1:]...), n
	}
	return head, nil, n
}

// quoted appends text as it stands in an mbox: no line of it opens a mail.
func quoted(dst, text []byte) []byte {
	for len(text) > 0 {
		if bytes.HasPrefix(text, []byte("From ")) {
			dst = append(dst, '>')
		}
		end := bytes.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		dst = append(dst, text[:end]...)
		text = text[end:]
	}
	return dst
}

// oneFile is a tree with a stream as its only file. A scan opens it twice, to
// recognise and to read; the second time it starts again with what the first
// time was read.
type oneFile struct {
	name   string
	stream *stream
	head   bytes.Buffer
	opened int
}

var _ fs.StatFS = (*oneFile)(nil)

// Open implements fs.FS.
func (t *oneFile) Open(name string) (fs.File, error) {
	switch {
	case name == ".":
		return &handle{tree: t, dir: true}, nil
	case name != t.name || t.opened > 1:
		return nil, &fs.PathError{Op: "open", Path: "mail", Err: fs.ErrNotExist}
	}
	t.opened++
	if t.opened == 1 {
		return &handle{tree: t, Reader: io.TeeReader(t.stream, &t.head)}, nil
	}
	return &handle{tree: t, Reader: io.MultiReader(&t.head, t.stream)}, nil
}

// Stat implements fs.StatFS, so that asking for the size is no opening.
func (t *oneFile) Stat(name string) (fs.FileInfo, error) {
	return &handle{tree: t, dir: name == "."}, nil
}

// handle is the open tree or its file, and what is known of it.
type handle struct {
	io.Reader
	tree *oneFile
	dir  bool
	told bool
}

var (
	_ fs.ReadDirFile = (*handle)(nil)
	_ fs.FileInfo    = (*handle)(nil)
)

// Stat implements fs.File.
func (h *handle) Stat() (fs.FileInfo, error) { return h, nil }

// Close implements fs.File.
func (h *handle) Close() error { return nil }

// Read implements fs.File.
func (h *handle) Read(p []byte) (int, error) {
	if h.dir {
		return 0, fs.ErrInvalid
	}
	return h.Reader.Read(p)
}

// ReadDir implements fs.ReadDirFile.
func (h *handle) ReadDir(n int) ([]fs.DirEntry, error) {
	if !h.dir || h.told {
		if n > 0 || !h.dir {
			return nil, io.EOF
		}
		return nil, nil
	}
	h.told = true
	return []fs.DirEntry{fs.FileInfoToDirEntry(&handle{tree: h.tree})}, nil
}

// Name implements fs.FileInfo.
func (h *handle) Name() string {
	if h.dir {
		return "."
	}
	return h.tree.name
}

// Size implements fs.FileInfo; it is not known.
func (h *handle) Size() int64 { return 0 }

// Mode implements fs.FileInfo.
func (h *handle) Mode() fs.FileMode {
	if h.dir {
		return fs.ModeDir | 0o500
	}
	return 0o400
}

// ModTime implements fs.FileInfo.
func (h *handle) ModTime() time.Time { return time.Time{} }

// IsDir implements fs.FileInfo.
func (h *handle) IsDir() bool { return h.dir }

// Sys implements fs.FileInfo.
func (h *handle) Sys() any { return nil }

// formatID names the format.
const formatID = "imap"

// format is the reader of mbox under the name by which the person knows it.
type format struct{ evidence.Importer }

// Format implements evidence.Importer.
func (format) Format() evidence.Format { return evidence.Format{ID: formatID, Family: "mailbox"} }

// Recognise implements evidence.Importer.
func (format) Recognise(context.Context, evidence.Input) evidence.Certainty { return evidence.Sure }
