package job

import (
	"sync"
	"time"
)

// Later runs a function some time after it is asked to, away from the caller.
// What is asked for while it waits counts as one, and it never runs twice at
// once. It is safe for concurrent use.
type Later struct {
	run   func()
	mu    sync.Mutex // guards what follows
	timer *time.Timer
	due   time.Time
	under sync.WaitGroup // a run that has begun
	busy  chan struct{}  // full while run runs
}

// NewLater makes a Later of run, which does nothing before In.
func NewLater(run func()) *Later { return &Later{run: run, busy: make(chan struct{}, 1)} }

// In has the function run after d at the latest; an earlier appointment stands.
func (l *Later) In(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	due := time.Now().Add(d)
	if l.timer != nil && !due.Before(l.due) {
		return
	}
	if l.timer != nil {
		l.timer.Stop()
	}
	l.due = due
	var mine *time.Timer
	mine = time.AfterFunc(d, func() {
		l.mu.Lock()
		current := l.timer == mine
		if current {
			l.timer = nil
			l.under.Add(1)
		}
		l.mu.Unlock()
		if !current {
			return
		}
		defer l.under.Done()
		l.busy <- struct{}{}
		defer func() { <-l.busy }()
		l.run()
	})
	l.timer = mine
}

// Stop calls the appointment off and waits for a run under way. It must not be
// called from the function itself.
func (l *Later) Stop() {
	l.mu.Lock()
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	l.mu.Unlock()
	l.under.Wait()
}

// Guard runs f and turns a panic into an error, as Start does.
func Guard(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked(v)
		}
	}()
	return f()
}
