package mailbox

import (
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/foldername"
)

// Mails judges mails that stand in a format of another package, in the same way
// as those of an mbox.
type Mails struct{ c *collector }

// NewMails makes a judge that tells a sink. Call Flush at the end, damage or not.
func NewMails(out evidence.Sink) *Mails { return &Mails{newCollector(out)} }

// Message takes one mail of a folder: its header with lines that end in LF, and
// its body, which is asked for only where its text matters.
func (m *Mails) Message(head []byte, folder foldername.Kind, body func() []byte) {
	m.c.out.Item()
	if why := m.c.message(parseHeader(head), folder, body); why != "" {
		m.c.out.Skip(why, "")
	}
}

// Flush hands over what was found.
func (m *Mails) Flush() { m.c.flush() }
