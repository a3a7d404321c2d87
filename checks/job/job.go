// Package job runs long work away from the screen: paced progress, cancel, and
// exactly one end. It is the one place that starts goroutines for the surfaces
// and knows no toolkit: how to reach the window thread is handed in.
package job

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"unlisted/checks/text"
)

// Pace is how often progress reaches the surface.
const Pace = 100 * time.Millisecond

// Progress is how far work has come.
type Progress struct {
	Step  string // text key
	Done  int64
	Total int64 // 0: unknown
	Bytes bool  // Done and Total are bytes: their speed tells a person something
}

// Runner says how results reach the surface.
type Runner struct {
	Post func(func()) // runs a function on the surface's own thread, in order
}

// ErrPanic is how a panic inside work ends: the program goes on.
var ErrPanic = &text.Error{Key: "error.internal"}

// panicked is ErrPanic with where it happened. The value may be the person's, so
// that only its type is told.
func panicked(value any) error {
	return &text.Error{Key: ErrPanic.Key, Cause: fmt.Errorf("%T\n%s", value, debug.Stack())}
}

// Handle controls one running job.
type Handle struct {
	cancel   context.CancelFunc
	finished chan struct{}
}

// Cancel asks the work to stop; its end is still posted.
func (h *Handle) Cancel() { h.cancel() }

// Finished is closed when the end has been handed to the surface's queue.
func (h *Handle) Finished() <-chan struct{} { return h.finished }

// Start runs work and posts the latest progress at most once a Pace, then the
// end, once, always last, also after a panic (as ErrPanic). Both callbacks
// may be nil.
func Start[R any](ctx context.Context, r Runner, work func(context.Context, func(Progress)) (R, error),
	onProgress func(Progress), onEnd func(R, error),
) *Handle {
	ctx, cancel := context.WithCancel(ctx)
	h := &Handle{cancel: cancel, finished: make(chan struct{})}
	var latest atomic.Pointer[Progress]
	done := aside(func() (R, error) { return work(ctx, func(p Progress) { latest.Store(&p) }) })
	go func() {
		defer close(h.finished)
		defer cancel()
		var tick <-chan time.Time // without anybody to tell, nothing wakes up
		if onProgress != nil {
			ticker := time.NewTicker(Pace)
			defer ticker.Stop()
			tick = ticker.C
		}
		for {
			select {
			case <-tick:
				if p := latest.Swap(nil); p != nil {
					r.Post(func() { onProgress(*p) })
				}
			case o := <-done:
				if p := latest.Swap(nil); p != nil && onProgress != nil {
					r.Post(func() { onProgress(*p) })
				}
				if onEnd != nil {
					r.Post(func() { onEnd(o.result, o.err) })
				}
				return
			}
		}
	}()
	return h
}

// Await runs work that cannot be stopped, such as deriving a key, and waits for
// it or for the context. Where the context is done first its error comes back
// at once; the work goes on until it ends by itself, so that its cost must be
// bounded, and its result is dropped. A panic ends it as in Start.
func Await[R any](ctx context.Context, work func() R) (result R, err error) {
	if err := ctx.Err(); err != nil {
		return result, err
	}
	select {
	case o := <-aside(func() (R, error) { return work(), nil }):
		return o.result, o.err
	case <-ctx.Done():
		return result, ctx.Err()
	}
}

// outcome is how work ended.
type outcome[R any] struct {
	result R
	err    error
}

// aside runs work on a goroutine of its own; a panic is its error.
func aside[R any](work func() (R, error)) <-chan outcome[R] {
	done := make(chan outcome[R], 1)
	go func() {
		var o outcome[R]
		defer func() {
			if v := recover(); v != nil {
				o.err = panicked(v)
			}
			done <- o
		}()
		o.result, o.err = work()
	}()
	return done
}
