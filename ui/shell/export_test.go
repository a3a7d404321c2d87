package shell

import (
	"io"

	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// Begin opens a session on a profile that saver keeps.
func (s *Shell) Begin(p *profile.Profile, saver session.Saver) { s.begin(p, saver) }

// Settle writes what is not on disk yet, as half a second would.
func (s *Shell) Settle() error { return s.front.session.Save() }

// Session is the session in front.
func (s *Shell) Session() *session.Session { return s.front.session }

// Back goes to the page before.
func (s *Shell) Back() { s.front.goBack() }

// Leave goes to before a profile is open.
func (s *Shell) Leave() {
	s.front, s.behind = nil, nil
	s.drawAll()
}

// Lock locks the profile in front, as the key does.
func (s *Shell) Lock() { s.front.Lock() }

// LookIdle looks at the clock, as the timer does.
func (s *Shell) LookIdle() { s.lookIdle() }

// At is the page in sight.
func (s *Shell) At() kit.Route { return s.front.At() }

// Locked reports whether no profile is open.
func (s *Shell) Locked() bool { return s.front == nil }

// WriteTo writes a file that was chosen, as Save does.
func (s *Shell) WriteTo(f io.WriteCloser, write func(io.Writer) error) { s.front.writeTo(f, write) }

// Reached is how many accounts fall with one means, today.
func (s *Shell) Reached(means string) int {
	out, err := s.front.Reach(false).Ask(reach.Steal, []string{means})
	if err != nil {
		panic(err)
	}
	return len(out.Compromised)
}

// Behind reports whether the person's profile waits behind the invented one.
func (s *Shell) Behind() bool { return s.behind != nil }
