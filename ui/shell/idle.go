package shell

import (
	"time"

	"unlisted/checks/job"
)

// idle locks the profile once nobody has used the window for as long as the
// person said.
type idle struct {
	last  time.Time // of use
	later *job.Later
}

// idleLook is how often the clock is looked at; a lock comes at most so late.
const idleLook = 20 * time.Second

// watchIdle starts looking at the clock, where the person asked for it.
func (s *Shell) watchIdle() {
	s.idle.last = s.o.Now()
	if s.idle.later == nil {
		s.idle.later = job.NewLater(func() { s.o.Post(s.lookIdle) })
	}
	if s.autoLock() > 0 {
		s.idle.later.In(idleLook)
	}
}

// autoLock is after how long the person's profile locks, also while it waits
// behind the invented one; 0 for never.
func (s *Shell) autoLock() time.Duration {
	w := s.saved()
	if w == nil {
		return 0
	}
	return time.Duration(w.Profile().Settings.AutoLock) * time.Minute
}

func (s *Shell) used() { s.idle.last = s.o.Now() }

// lookIdle locks where it is time. Work under way is use: a long scan is not cut
// off because its person had lunch.
func (s *Shell) lookIdle() {
	limit := s.autoLock()
	switch {
	case limit == 0:
		return
	case !s.jobs.idle():
		s.used()
	case s.o.Now().Sub(s.idle.last) >= limit:
		s.saved().Lock() // where that fails it stays open, and is tried again
	}
	s.idle.later.In(idleLook)
}
