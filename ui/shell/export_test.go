package shell

import (
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// Begin opens a session on a profile that saver keeps.
func (s *Shell) Begin(p *profile.Profile, saver session.Saver) { s.begin(p, saver) }

// Settle writes what is not on disk yet, as half a second would.
func (s *Shell) Settle() error { return s.front.session.Save() }
