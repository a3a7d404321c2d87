// Package outlook reads the mail that Outlook keeps: its data files (.pst and
// .ost, MS-PST), single messages (.msg, MS-OXMSG), the archives of Outlook for
// Mac (.olm) and what it wraps a mail for others in (winmail.dat, MS-OXTNEF).
// It turns each message into the mail it came from and leaves the judging to the
// mailbox package. Attachments, contacts and calendars are passed over.
package outlook

import (
	"bytes"
	"context"
	"errors"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/evidence/mapi"
)

// Importers lists the importers of this family.
func Importers() []evidence.Importer {
	return []evidence.Importer{store{}, single{}, messages{}, macArchive{}}
}

// Problems that only these files have.
const (
	kindStore     evidence.Kind = "error.evidence.pst"           // a data file that cannot be opened
	kindProtected evidence.Kind = "error.evidence.pst_protected" // one that an organisation encrypted
	kindDamaged   evidence.Kind = "error.evidence.damaged"
	kindTooMuch   evidence.Kind = "error.evidence.too_much"
)

// maxHeld bounds what is held in memory of a file inside an archive.
const maxHeld = 64 << 20

// store reads the data files of Outlook.
type store struct{}

var _ evidence.Importer = store{}

// Format implements evidence.Importer.
func (store) Format() evidence.Format {
	return evidence.Format{ID: "outlook", Family: evidence.FamilyMail}
}

// Recognise implements evidence.Importer.
func (store) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if bytes.HasPrefix(in.Head, []byte(magic)) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (store) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	r, err := evidence.OpenRandom(in.FS, in.Name, maxHeld)
	if err != nil {
		return err
	}
	defer r.Close()
	f, err := openFile(r, r.Size)
	switch {
	case errors.Is(err, errProtected):
		return evidence.NewProblem(in.Label, kindProtected)
	case err != nil:
		return evidence.NewProblem(in.Label, kindStore)
	}
	all, err := f.readFolders(ctx)
	if err == nil {
		err = f.messages(ctx, all, r.Size, out)
	}
	switch {
	case errors.Is(err, errTooMuch):
		return evidence.NewProblem(in.Label, kindTooMuch)
	case err != nil:
		return err
	case f.damaged:
		return evidence.NewProblem(in.Label, kindDamaged)
	}
	return nil
}

// messages reads all messages of a data file; the progress is that of the walk
// through its nodes.
func (f *file) messages(ctx context.Context, all folders, size int64, out evidence.Sink) error {
	mails := mailbox.NewMails(out)
	defer mails.Flush()
	told := int64(0)
	return f.walk(ctx, func(n node, share float64) error {
		if now := int64(share * float64(size)); now > told {
			out.Advance(now - told)
			told = now
		}
		if n.id&kindMask != kindMessage {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return f.message(n, all, mails, out)
	})
}

// message reads one message. An error ends the whole file.
func (f *file) message(n node, all folders, mails *mailbox.Mails, out evidence.Sink) error {
	b, err := f.bagOf(n)
	if err == nil {
		judge(b, all.kind(n.parent), mails, out)
		err = b.broken
	} else {
		out.Item()
		out.Skip(evidence.Broken, "")
	}
	if errors.Is(err, errTooMuch) {
		return err
	}
	f.damaged = f.damaged || err != nil
	return nil
}

// judge hands a message over as the mail it came from.
func judge(m mapi.Message, kind foldername.Kind, mails *mailbox.Mails, out evidence.Sink) {
	switch mapi.ItemOf(m) {
	case mapi.Other:
		return
	case mapi.Automatic:
		out.Item()
		out.Skip(evidence.Automatic, "")
		return
	}
	switch {
	case kind != foldername.Ordinary:
	case mapi.Unsent(m):
		kind = foldername.Drafts
	case mapi.FromMe(m):
		kind = foldername.Sent
	}
	mails.Message(mapi.Head(m), kind, func() []byte { return mapi.Body(m) })
}
