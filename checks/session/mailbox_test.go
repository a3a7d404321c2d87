package session_test

import (
	"testing"
	"time"

	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// A mailbox keeps its id and its place; ids of two mailboxes differ and say
// nothing of the person.
func TestMailboxes(t *testing.T) {
	p := &profile.Profile{}
	now := time.Unix(1_700_000_000, 0)
	keep := func(host, user string, last uint32) {
		t.Helper()
		c := session.KeepMailbox{Host: host, User: user, State: imapbox.State{Folders: map[string]imapbox.Mark{"INBOX": {Validity: 1, Last: last}}}}
		if err := c.Apply(p, now); err != nil {
			t.Fatal(err)
		}
	}
	keep("imap.mail.example", "pat@mail.example", 10)
	first := p.Mailbox("imap.mail.example", "pat@mail.example")
	keep("imap.mail.example", "pat@mail.example", 20)
	keep("imap.mail.example", "ann@mail.example", 5)
	again := p.Mailbox("imap.mail.example", "pat@mail.example")
	if len(p.Mailboxes) != 2 || again.ID != first.ID || again.State.Folders["INBOX"].Last != 20 || !again.Read.Equal(now) || p.Mailboxes[0].ID == p.Mailboxes[1].ID {
		t.Errorf("%+v", p.Mailboxes)
	}
	if err := (session.ForgetMailbox{ID: first.ID}).Apply(p, now); err != nil || len(p.Mailboxes) != 1 || p.Mailboxes[0].User != "ann@mail.example" {
		t.Errorf("%+v, %v", p.Mailboxes, err)
	}
}
