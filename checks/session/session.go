// Package session is the open profile: view it, apply a named change, undo,
// save, subscribe. It holds no rules of its own beyond what a change says.
package session

import (
	"encoding/json"
	"sync"
	"time"

	"unlisted/checks/profile"
)

// maxUndo bounds the memory of undo.
const maxUndo = 50

// Saver keeps a profile; a *profile.Store is one.
type Saver interface {
	Save(*profile.Profile) error
}

// Change is one named alteration of the profile: a plain value that the window,
// the command line, undo and the history all share.
type Change interface {
	// Apply alters the profile or refuses with an error and leaves it alone.
	Apply(p *profile.Profile, now time.Time) error
	// Event is the line for the history, as a text key under "history." and its
	// arguments (masked where personal); an empty key leaves none, and makes
	// the change one that undo passes over.
	Event() (key string, args []string)
}

// SaveState says how the profile on disk stands to the one in memory.
type SaveState uint8

// The save states.
const (
	Saved     SaveState = iota
	Unsaved             // a change is not on disk yet
	Failed              // the last save failed; the error is SaveError
	Temporary           // nothing is ever written
)

// Session owns one open profile. It is safe for concurrent use.
type Session struct {
	mu          sync.Mutex
	profile     *profile.Profile
	saver       Saver // nil: temporary
	now         func() time.Time
	undo, redo  []step
	unsaved     bool
	saveErr     error
	subscribers map[int]func()
	nextID      int
}

type step struct {
	before []byte
	key    string
}

// New opens a session on a profile. A nil saver makes it temporary: nothing is
// ever written.
func New(p *profile.Profile, saver Saver, now func() time.Time) *Session {
	return &Session{profile: p, saver: saver, now: now, subscribers: map[int]func(){}}
}

// View reads the profile; the pointer must not escape and must not be changed.
func (s *Session) View(f func(*profile.Profile)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s.profile)
}

// Snapshot returns a copy the caller may keep.
func (s *Session) Snapshot() *profile.Profile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return decode(encode(s.profile))
}

// Apply makes a change, remembers how to undo it, notes it in the history,
// saves, and tells the subscribers. The error is the change's own refusal; a
// failed save is told by State and tried again with the next change.
func (s *Session) Apply(c Change) error {
	s.mu.Lock()
	before := encode(s.profile)
	next := decode(before)
	now := s.now().UTC().Truncate(time.Second)
	if err := c.Apply(next, now); err != nil {
		s.mu.Unlock()
		return err
	}
	if key, args := c.Event(); key != "" {
		next.History = append(next.History, profile.Event{At: now, What: "history." + key, Args: args})
		s.undo = append(s.undo, step{before, "history." + key})
		if len(s.undo) > maxUndo {
			s.undo = s.undo[1:]
		}
		s.redo = nil
	}
	s.profile = next
	s.unsaved = true
	s.save()
	s.mu.Unlock()
	s.tell()
	return nil
}

// CanUndo returns the text key of the change Undo would take back, or "".
func (s *Session) CanUndo() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.undo) == 0 {
		return ""
	}
	return s.undo[len(s.undo)-1].key
}

// Undo takes the last change back. What left this computer cannot be taken
// back: the ledger and consents stay.
func (s *Session) Undo() { s.move(&s.undo, &s.redo) }

// Redo makes the change again that Undo took back.
func (s *Session) Redo() { s.move(&s.redo, &s.undo) }

func (s *Session) move(from, to *[]step) {
	s.mu.Lock()
	if len(*from) == 0 {
		s.mu.Unlock()
		return
	}
	last := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	*to = append(*to, step{encode(s.profile), last.key})
	next := decode(last.before)
	next.Ledger, next.Consents, next.Limits = s.profile.Ledger, s.profile.Consents, s.profile.Limits
	s.profile = next
	s.unsaved = true
	s.save()
	s.mu.Unlock()
	s.tell()
}

// save writes if there is something to write; the lock is held.
func (s *Session) save() {
	if s.saver == nil || !s.unsaved || s.profile.Sample {
		return
	}
	if s.saveErr = s.saver.Save(s.profile); s.saveErr == nil {
		s.unsaved = false
	}
}

// Save writes now what is not on disk yet.
func (s *Session) Save() error {
	s.mu.Lock()
	s.save()
	err := s.saveErr
	s.mu.Unlock()
	s.tell()
	return err
}

// State says how the profile on disk stands, with the error of a failed save.
func (s *Session) State() (SaveState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.saver == nil || s.profile.Sample:
		return Temporary, nil
	case s.saveErr != nil:
		return Failed, s.saveErr
	case s.unsaved:
		return Unsaved, nil
	}
	return Saved, nil
}

// Subscribe calls f after every change, on the goroutine that made it.
func (s *Session) Subscribe(f func()) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.nextID
	s.nextID++
	s.subscribers[id] = f
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.subscribers, id)
	}
}

func (s *Session) tell() {
	s.mu.Lock()
	fs := make([]func(), 0, len(s.subscribers))
	for i := range s.nextID {
		if f := s.subscribers[i]; f != nil {
			fs = append(fs, f)
		}
	}
	s.mu.Unlock()
	for _, f := range fs {
		f()
	}
}

// Replace swaps in another profile, such as the sample person or back; undo
// starts anew.
func (s *Session) Replace(p *profile.Profile, saver Saver) {
	s.mu.Lock()
	s.profile, s.saver, s.undo, s.redo, s.saveErr, s.unsaved = p, saver, nil, nil, nil, false
	s.mu.Unlock()
	s.tell()
}

func encode(p *profile.Profile) []byte {
	b, err := json.Marshal(p)
	if err != nil {
		panic("session: the profile cannot be encoded: " + err.Error()) // plain data always can
	}
	return b
}

func decode(b []byte) *profile.Profile {
	p := &profile.Profile{}
	if err := json.Unmarshal(b, p); err != nil {
		panic("session: the profile cannot be decoded: " + err.Error())
	}
	return p
}
