package session

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/profile"
)

// KeepMailbox remembers how far a mailbox was read at its provider, so that the
// next reading goes on from there.
type KeepMailbox struct {
	Host, User string
	State      imapbox.State
}

// Apply implements Change.
func (c KeepMailbox) Apply(p *profile.Profile, now time.Time) error {
	box := MailboxOf(p, c.Host, c.User)
	box.State, box.Read = c.State, now
	p.Mailboxes = slices.DeleteFunc(p.Mailboxes, func(x profile.Mailbox) bool { return x.ID == box.ID })
	p.Mailboxes = append(p.Mailboxes, box)
	return nil
}

// Event implements Change: what was found is told when the person keeps it.
func (c KeepMailbox) Event() (string, []string) { return "", nil }

// ForgetMailbox forgets a mailbox and how far it was read; what it showed stays.
type ForgetMailbox struct{ ID string }

// Apply implements Change.
func (c ForgetMailbox) Apply(p *profile.Profile, _ time.Time) error {
	p.Mailboxes = slices.DeleteFunc(p.Mailboxes, func(x profile.Mailbox) bool { return x.ID == c.ID })
	return nil
}

// Event implements Change.
func (c ForgetMailbox) Event() (string, []string) { return "mailbox_forgotten", nil }

// MailboxOf is what is known of a mailbox; one never read gets a new id, which
// says nothing of the person and names its password in the keyring.
func MailboxOf(p *profile.Profile, host, user string) profile.Mailbox {
	for _, x := range p.Mailboxes {
		if x.Host == host && x.User == user {
			return x
		}
	}
	var id [8]byte
	rand.Read(id[:])
	return profile.Mailbox{ID: hex.EncodeToString(id[:]), Host: host, User: user}
}
