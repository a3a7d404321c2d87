// Package mailbox reads mail kept in files: mbox of every dialect, folders of
// Maildir, .eml and .emlx files, and a single .eml. A mail shows that a platform
// holds an address; its kind and its true sender decide whether it shows an
// account. The text of account mail is searched for the person's own numbers
// and addresses, nothing else in it is looked at. Nothing of a body is kept, and
// of a subject at most a short proof with every code masked.
package mailbox

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer {
	return []evidence.Importer{mbox{}, maildir, emlFolder, appleMail, eml{}, emlx{}}
}

// Fetched is the importer of mbox for mails that a program of our own put
// together: no line of theirs looks like a separator.
func Fetched() evidence.Importer { return mbox{fetched: true} }

type mbox struct{ fetched bool }

var _ evidence.Importer = mbox{}

// Format implements evidence.Importer.
func (mbox) Format() evidence.Format { return evidence.Format{ID: "mbox", Family: "mailbox"} }

// Recognise implements evidence.Importer.
func (mbox) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	head := narrow(in.Head)
	mark, at := firstMark(head)
	switch {
	case !alone(in) && (hasExt(in.Name, ".eml") || inMaildir(in.Name)):
		return evidence.No // one mail with a separator above it
	case mark == nil || headerStrength(head[:at]) > 0:
		return evidence.No
	case at <= len(head)-len(unmarked(head)) || mark[0] != fromMark[0]:
		return evidence.Sure
	}
	switch strings.ToLower(path.Ext(in.Name)) { // something stands above the first mail
	case ".mbox", ".mbx", "":
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer. What was found before a stop or damage is
// handed over in any case.
func (m mbox) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	c := newCollector(out)
	defer c.flush()
	s, q, folder := newSplitter(f), newQuotes(out.Own()), foldername.OfPath(in.Name)
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
		h := parseHeader(head)
		why := evidence.Quoted
		if m.fetched || !q.quoted(head, h, s.sep) {
			why = c.message(h, folder, func() []byte { b, _ := s.body(ctx, true); return b })
		}
		if why != "" {
			out.Skip(why, "")
		}
	}
}
