// Package session is the open profile: view it, apply a named change, undo,
// save, subscribe, lock. It holds no rules of its own: those stand with what
// they are about.
package session

import (
	"reflect"
	"sync"
	"time"

	"unlisted/checks/job"
	"unlisted/checks/profile"
)

// maxUndo bounds how far back undo goes.
const maxUndo = 50

// Saver keeps a profile; a *profile.Store is one.
type Saver interface {
	Save(*profile.Profile) error
}

// Change is one named alteration of the profile: a plain value that the window,
// the command line, undo and the history all share. What it holds belongs to the
// profile once it is applied.
type Change interface {
	// Apply alters p, which is a copy of the struct alone: slices and maps are
	// shared with earlier states and are replaced, never written to. An error
	// refuses the change, and nothing of it stays.
	Apply(p *profile.Profile, now time.Time) error
	// Event is the line for the history, as a text key under "history." and its
	// arguments (masked where personal); an empty key leaves none.
	Event() (key string, args []string)
	// Undoable says whether the change alters the Document, which undo brings
	// back, or what undo leaves alone; never both, the history aside.
	Undoable() bool
}

// Session owns one open profile. It is safe for concurrent use.
type Session struct {
	saver  Saver // nil: temporary
	now    func() time.Time
	later  *job.Later    // saves
	saving chan struct{} // full while a save is under way

	mu         sync.Mutex // guards what follows
	profile    *profile.Profile
	undo, redo []step
	changes    uint64 // how many were made
	saved      uint64 // how many of them are on disk
	saveErr    error
	retry      time.Duration
	closed     bool
	listeners  map[int]func(Changed)
	nextID     int
}

// step is a document to go back or forward to.
type step struct {
	document profile.Document
	event    string // text key of the change between the two
}

// New opens a session on a profile, which belongs to it from now on. A nil saver
// makes it temporary: nothing is ever written.
func New(p *profile.Profile, saver Saver, now func() time.Time) *Session {
	s := &Session{profile: p, saver: saver, now: now, listeners: map[int]func(Changed){}, saving: make(chan struct{}, 1)}
	s.later = job.NewLater(func() { _ = s.write() })
	return s
}

// View hands the profile as it is now to f, which must not alter it.
func (s *Session) View(f func(*profile.Profile)) { f(s.Snapshot()) }

// Snapshot returns the profile as it is now. It never changes, costs nothing to
// keep, and must not be altered: its slices and maps are shared.
func (s *Session) Snapshot() *profile.Profile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile
}

// Apply makes a change, remembers how to undo it, notes it in the history, has
// it saved within SaveDelay, and tells the subscribers. The error is the change's
// own refusal, or ErrClosed; a failed save is told by State.
func (s *Session) Apply(c Change) error {
	changed, err := s.apply(c)
	if err == nil {
		s.notify(changed)
	}
	return err
}

func (s *Session) apply(c Change) (Changed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, ErrClosed
	}
	next, now := *s.profile, s.now().UTC().Truncate(time.Second)
	if err := c.Apply(&next, now); err != nil {
		return 0, err
	}
	event, args := c.Event()
	if event != "" {
		next.Note(now, event, args...)
	}
	changed := compare(s.profile, &next)
	if c.Undoable() && changed.Has(document) && !reflect.DeepEqual(s.profile.Document, next.Document) {
		s.undo = append(s.undo, step{s.profile.Document, "history." + event})
		if len(s.undo) > maxUndo {
			s.undo = s.undo[1:]
		}
		s.redo = nil
	}
	return s.replace(&next, changed), nil
}

// replace puts the next state in place of the present one; s.mu is held.
func (s *Session) replace(next *profile.Profile, changed Changed) Changed {
	s.profile = next
	s.changes++
	if s.keeps() {
		s.later.In(SaveDelay)
		changed |= Saving
	}
	return changed
}

// CanUndo returns the text key of the change Undo would take back, or "".
func (s *Session) CanUndo() string { return s.top(&s.undo) }

// CanRedo returns the text key of the change Redo would make again, or "".
func (s *Session) CanRedo() string { return s.top(&s.redo) }

func (s *Session) top(steps *[]step) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(*steps) == 0 {
		return ""
	}
	return (*steps)[len(*steps)-1].event
}

// Undo takes the last change of the Document back. Everything else stays: what
// left this computer, what was agreed to, settings, the history.
func (s *Session) Undo() { s.move(&s.undo, &s.redo) }

// Redo makes the change again that Undo took back.
func (s *Session) Redo() { s.move(&s.redo, &s.undo) }

func (s *Session) move(from, to *[]step) {
	s.mu.Lock()
	if len(*from) == 0 || s.closed {
		s.mu.Unlock()
		return
	}
	last := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, step{s.profile.Document, last.event})
	next := *s.profile
	next.Document = last.document
	changed := s.replace(&next, compare(s.profile, &next))
	s.mu.Unlock()
	s.notify(changed)
}

// Subscribe calls f with what changed after every change and every save, on the
// goroutine that made it; f may look at the session at once.
func (s *Session) Subscribe(f func(Changed)) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.nextID
	s.nextID++
	s.listeners[id] = f
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, id)
	}
}

func (s *Session) notify(c Changed) {
	s.mu.Lock()
	fs := make([]func(Changed), 0, len(s.listeners))
	for i := range s.nextID {
		if f := s.listeners[i]; f != nil {
			fs = append(fs, f)
		}
	}
	s.mu.Unlock()
	for _, f := range fs {
		f(c)
	}
}
