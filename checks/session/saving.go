package session

import (
	"time"

	"unlisted/checks/job"
	"unlisted/checks/profile"
)

// SaveDelay is how long after a change it is written at the latest.
const SaveDelay = 500 * time.Millisecond

// How long after a failed save it is tried again, doubling.
const (
	firstRetry = 5 * time.Second
	lastRetry  = time.Minute
)

// SaveState says how the profile on disk stands to the one in memory.
type SaveState uint8

// The save states.
const (
	Saved     SaveState = iota
	Unsaved             // a change is not on disk yet
	Failed              // the last save failed; it is tried again by itself
	Temporary           // nothing is ever written
)

// keeps reports whether the profile is one to write; s.mu is held.
func (s *Session) keeps() bool { return s.saver != nil && !s.profile.Sample }

// State says how the profile on disk stands, with the error of a failed save.
func (s *Session) State() (SaveState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.keeps() {
		return Temporary, nil
	}
	if s.saveErr != nil {
		return Failed, s.saveErr
	}
	if s.saved != s.changes {
		return Unsaved, nil
	}
	return Saved, nil
}

// Save writes now what is not on disk yet and waits for it.
func (s *Session) Save() error { return s.write() }

// write saves the newest state, one save at a time. The profile never changes
// once it is in place, so nothing has to stand still meanwhile.
func (s *Session) write() error {
	s.saving <- struct{}{}
	defer func() { <-s.saving }()
	s.mu.Lock()
	p, changes := s.profile, s.changes
	due := s.keeps() && s.saved != changes && !s.closed
	s.mu.Unlock()
	if !due {
		return nil
	}
	err := job.Guard(func() error { return s.saver.Save(p) })
	s.mu.Lock()
	s.saveErr = err
	if err == nil {
		s.saved, s.retry = changes, 0
	} else {
		s.retry = min(max(2*s.retry, firstRetry), lastRetry)
		s.later.In(s.retry)
	}
	s.mu.Unlock()
	s.notify(Saving)
	return err
}

// Close writes what is not on disk yet, waits for it, and ends the session:
// later changes are refused with ErrClosed. Where saving fails the session stays
// open, so that nothing is lost.
func (s *Session) Close() error {
	for {
		if err := s.write(); err != nil {
			return err
		}
		if s.end(false) {
			s.later.Stop()
			return nil
		}
	}
}

// Erase runs erase, which removes the profile from the disk, while nothing is
// saved. Where it succeeds the session ends, without writing what is not on disk.
func (s *Session) Erase(erase func() error) error {
	s.saving <- struct{}{}
	err := erase()
	if err == nil {
		s.end(true)
	}
	<-s.saving
	if err == nil {
		s.later.Stop()
	}
	return err
}

// end refuses all later changes and saves. It does nothing while something is
// not on disk, unless it must.
func (s *Session) end(must bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !must && !s.closed && s.keeps() && s.saved != s.changes {
		return false
	}
	s.closed = true
	return true
}

// Lock is Close and takes the profile and what undo knows out of memory.
func (s *Session) Lock() error {
	if err := s.Close(); err != nil {
		return err
	}
	s.mu.Lock()
	s.profile, s.undo, s.redo = &profile.Profile{Version: profile.Version}, nil, nil
	s.mu.Unlock()
	s.notify(^Changed(0))
	return nil
}
