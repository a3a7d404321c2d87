package outlook

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/evidence/mapi"
)

// single reads one message: a .msg or a winmail.dat.
type single struct{}

var _ evidence.Importer = single{}

// Format implements evidence.Importer.
func (single) Format() evidence.Format {
	return evidence.Format{ID: "outlook-message", Family: evidence.FamilyMail}
}

// Recognise implements evidence.Importer. What lies in a folder is the folder's.
func (single) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	alone := !strings.Contains(in.Label, "!")
	if (alone || !isOne(in.Name)) && (isMessage(in.Name, in.Head) || bytes.HasPrefix(in.Head, []byte(mapi.Signature))) {
		return evidence.Sure
	}
	return evidence.No
}

// Read implements evidence.Importer.
func (single) Read(_ context.Context, in evidence.Input, out evidence.Sink) error {
	mails := mailbox.NewMails(out)
	defer mails.Flush()
	return problemOf(in.Label, readOne(in, in.Name, mails, out))
}

// problemOf puts what went wrong with a file into a sentence.
func problemOf(label string, err error) error {
	switch {
	case errors.Is(err, errTooMuch):
		return evidence.NewProblem(label, kindTooMuch)
	case errors.Is(err, errDamaged):
		return evidence.NewProblem(label, kindDamaged)
	}
	return err
}

// readOne reads a file that holds one message.
func readOne(in evidence.Input, name string, mails *mailbox.Mails, out evidence.Sink) error {
	m, broken, done, err := openOne(in, name, out)
	if err != nil {
		out.Item()
		out.Skip(evidence.Broken, name)
		return err
	}
	defer done()
	judge(m, foldername.OfPath(path.Dir(name)), mails, out)
	return broken()
}

// maxWinmail bounds what is read of a winmail.dat: the text comes before the
// attachments.
const maxWinmail = 16 << 20

// openOne opens a message. broken tells afterwards whether all could be read.
func openOne(
	in evidence.Input, name string, out evidence.Sink,
) (m mapi.Message, broken func() error, done func(), err error) {
	r, err := evidence.OpenRandom(in.FS, name, maxHeld)
	if err != nil {
		return nil, nil, nil, err
	}
	done = func() { _ = r.Close() }
	out.Advance(r.Size)
	var head [4]byte
	_, _ = r.ReadAt(head[:], 0)
	if string(head[:]) == mapi.Signature {
		b, err := io.ReadAll(io.NewSectionReader(r, 0, min(r.Size, maxWinmail)))
		bag, whole := mapi.TNEF(b)
		return bag, func() error {
			if err == nil && !whole && r.Size <= maxWinmail {
				err = errDamaged
			}
			return err
		}, done, nil
	}
	msg, err := openMessage(r)
	if err != nil {
		done()
		return nil, nil, nil, err
	}
	return msg, func() error { return msg.broken }, done, nil
}

func hasExt(name, ext string) bool { return strings.EqualFold(path.Ext(name), ext) }

// isOne reports a file that holds one message by its name.
func isOne(name string) bool {
	return hasExt(name, ".msg") || strings.EqualFold(path.Base(name), "winmail.dat")
}

// messages reads a folder of messages, each a file.
type messages struct{}

var _ evidence.Importer = messages{}

// Format implements evidence.Importer.
func (messages) Format() evidence.Format {
	return evidence.Format{ID: "outlook-folder", Family: evidence.FamilyMail, Tree: true}
}

// maxTried is how many files of a tree are looked into before it is given up.
const maxTried = 200

// Recognise implements evidence.Importer.
func (messages) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	tried := 0
	for _, name := range in.Files {
		if tried == maxTried {
			break
		}
		if isOne(name) {
			tried++
			if isOurs(in, name) {
				return evidence.Sure
			}
		}
	}
	return evidence.No
}

// isOurs reports a message by its first bytes.
func isOurs(in evidence.Input, name string) bool {
	f, err := in.FS.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [8]byte
	n, _ := io.ReadFull(f, head[:])
	return string(head[:n]) == compoundMagic || strings.HasPrefix(string(head[:n]), mapi.Signature)
}

// Read implements evidence.Importer. A file that cannot be read is told of once
// and passed over.
func (messages) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	mails := mailbox.NewMails(out)
	defer mails.Flush()
	var damage error
	for _, name := range in.Files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if isOne(name) && isOurs(in, name) {
			if err := readOne(in, name, mails, out); damage == nil {
				damage = err
			}
		}
	}
	return problemOf(in.Label, damage)
}
