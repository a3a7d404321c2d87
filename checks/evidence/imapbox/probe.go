package imapbox

import (
	"bytes"
	"context"
	"io/fs"
	"slices"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/mailbox"
	"unlisted/checks/identifier"
)

// probe asks the reader of mbox files what it would make of one mail, so that
// one place decides.
type probe struct {
	importer evidence.Importer
	ctx      context.Context
	options  evidence.Options
}

func newProbe(ctx context.Context, o evidence.Options) *probe {
	return &probe{mailbox.Fetched(), context.WithoutCancel(ctx), o}
}

// ask reads one mail of which there is only the header.
func (p *probe) ask(name string, head []byte) *answer {
	mail := append(quoted([]byte(separator), bytes.TrimRight(head, "\r\n")), "\n\n"...)
	a := &answer{options: p.options}
	_ = p.importer.Read(p.ctx, evidence.Input{FS: oneMail(mail), Name: name}, a) // memory does not fail
	return a
}

// wantsText reports a mail in whose text the person's own identifiers are
// looked for: account mail, but not what others wrote there.
func (p *probe) wantsText(head []byte) bool {
	return slices.ContainsFunc(p.ask("mail", head).findings, func(f evidence.Finding) bool {
		class, _, _ := strings.Cut(f.Detail, ": ")
		return f.Fact == evidence.FactAccount && class != "social"
	})
}

// answer notes what an importer hands over.
type answer struct {
	options  evidence.Options
	findings []evidence.Finding
}

var _ evidence.Sink = (*answer)(nil)

// Finding implements evidence.Sink.
func (a *answer) Finding(f evidence.Finding) { a.findings = append(a.findings, f) }

// Region implements evidence.Sink.
func (a *answer) Region() string { return a.options.Region }

// Own implements evidence.Sink.
func (a *answer) Own() []identifier.Identifier { return a.options.Own }

// Unlock implements evidence.Sink.
func (a *answer) Unlock() []evidence.Unlock { return nil }

// Problem implements evidence.Sink.
func (a *answer) Problem(evidence.Problem) {}

// Item implements evidence.Sink.
func (a *answer) Item() {}

// Skip implements evidence.Sink.
func (a *answer) Skip(evidence.Reason, string) {}

// Advance implements evidence.Sink.
func (a *answer) Advance(int64) {}

// Secret implements evidence.Sink.
func (a *answer) Secret(string, evidence.Finding) {}

// oneMail is a tree whose every file is this mail.
type oneMail []byte

// Open implements fs.FS.
func (m oneMail) Open(string) (fs.File, error) { return &handle{Reader: bytes.NewReader(m)}, nil }
