// Package mailbox reads mail kept in files: mbox of every dialect, folders of
// Maildir, .eml and .emlx files, and a single .eml. A mail shows that a platform
// holds an address; its kind and its true sender decide whether it shows an
// account. The text of account mail is searched for the person's own numbers
// and addresses, nothing else in it is looked at. Nothing of a body is kept, and
// of a subject at most a short proof with every code masked. Outlook's own
// formats are refused with a sentence.
package mailbox

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"

	"unlisted/checks/evidence"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer {
	return []evidence.Importer{mbox{}, maildir, emlFolder, appleMail, eml{}, emlx{}, outlook{}, outlookFolder{}}
}

type mbox struct{}

var _ evidence.Importer = mbox{}

// Format implements evidence.Importer.
func (mbox) Format() evidence.Format { return evidence.Format{ID: "mbox", Family: "mailbox"} }

// Recognise implements evidence.Importer.
func (mbox) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	line, rest, _ := bytes.Cut(unmarked(in.Head), []byte("\n"))
	if isSeparator(line) && looksLikeHeader(rest) {
		return evidence.Sure
	}
	return evidence.No
}

// unmarked is text without a byte order mark.
func unmarked(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")) }

// Read implements evidence.Importer. What was found before a stop or damage is
// handed over in any case.
func (mbox) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	c := newCollector(out)
	defer c.flush()
	s := newSplitter(f)
	unwanted := in.Name != path.Base(in.Name) && ignoredFolder(in.Name) // a profile's folder of spam or drafts
	var told int64
	for {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		head, err := s.header(ctx)
		out.Advance(s.offset - told)
		told = s.offset
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		out.Item()
		switch {
		case unwanted:
			out.Skip(evidence.Unwanted, "")
		case !c.message(head, func() []byte { b, _ := s.body(ctx, true); return b }):
			out.Skip(c.skipped, "")
		}
	}
}
