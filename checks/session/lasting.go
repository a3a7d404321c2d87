package session

import (
	"maps"
	"time"

	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/profile"
)

// What undo leaves alone: settings, consents, what left this computer, and how
// far mailboxes were read. None of these alters the Document.

// Undoable implements Change.
func (SetConsent) Undoable() bool { return false }

// Undoable implements Change.
func (MarkSeen) Undoable() bool { return false }

// Undoable implements Change.
func (SetSettings) Undoable() bool { return false }

// Undoable implements Change.
func (KeepMailbox) Undoable() bool { return false }

// Undoable implements Change.
func (ForgetMailbox) Undoable() bool { return false }

// SetConsent gives or withdraws a standing yes to one purpose.
type SetConsent struct {
	Purpose string
	Yes     bool
}

// Apply implements Change.
func (c SetConsent) Apply(p *profile.Profile, _ time.Time) error {
	if c.Yes {
		p.Consents = profile.Put(p.Consents, c.Purpose, true)
	} else {
		p.Consents = profile.Drop(p.Consents, c.Purpose)
	}
	return nil
}

// Event implements Change.
func (c SetConsent) Event() (string, []string) { return "", nil }

// MarkSeen remembers what was known of platforms when the person looked.
type MarkSeen struct{ Seen map[string]profile.Seen }

// Apply implements Change.
func (c MarkSeen) Apply(p *profile.Profile, _ time.Time) error {
	seen := make(map[string]profile.Seen, len(p.Seen)+len(c.Seen))
	maps.Copy(seen, p.Seen)
	maps.Copy(seen, c.Seen)
	p.Seen = seen
	return nil
}

// Event implements Change.
func (c MarkSeen) Event() (string, []string) { return "", nil }

// SetSettings stores the person's choices.
type SetSettings struct{ Settings profile.Settings }

// Apply implements Change.
func (c SetSettings) Apply(p *profile.Profile, _ time.Time) error {
	p.Settings = c.Settings.Normalised()
	return nil
}

// Event implements Change.
func (c SetSettings) Event() (string, []string) { return "", nil }

// KeepMailbox remembers how far a mailbox was read at its provider, so that the
// next reading goes on from there.
type KeepMailbox struct {
	Host, User string
	State      imapbox.State
}

// Apply implements Change.
func (c KeepMailbox) Apply(p *profile.Profile, now time.Time) error {
	box := p.Mailbox(c.Host, c.User)
	box.State, box.Read = c.State, now
	p.KeepMailbox(box)
	return nil
}

// Event implements Change: what was found is told when the person keeps it.
func (c KeepMailbox) Event() (string, []string) { return "", nil }

// ForgetMailbox forgets a mailbox and how far it was read; what it showed stays.
type ForgetMailbox struct{ ID string }

// Apply implements Change.
func (c ForgetMailbox) Apply(p *profile.Profile, _ time.Time) error {
	p.Mailboxes = profile.Without(p.Mailboxes, func(x profile.Mailbox) bool { return x.ID == c.ID })
	return nil
}

// Event implements Change.
func (c ForgetMailbox) Event() (string, []string) { return "mailbox_forgotten", nil }
