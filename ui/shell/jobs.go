package shell

import (
	"context"
	"time"

	"unlisted/checks/job"
	"unlisted/ui/kit"
)

// jobs is the work of one window, away from its thread. One piece is long at a
// time: others wait their turn. What is soon over, such as a word with the
// keyring, has a lane of its own and does not wait for a scan.
type jobs struct {
	ctx  context.Context
	post func(func())
	show func(*kit.Running) // what the job bar shows; nil: nothing
	long lane
	soon lane
}

// lane is work that is done one piece after the other.
type lane struct {
	now     *work
	waiting []*work
}

// work is one piece.
type work struct {
	of      *workspace // whose it is; nil: of the window
	running kit.Running
	do      kit.Work
	end     func(error)
	handle  *job.Handle
}

// run does long work, after what is under way. end is called on the window's
// thread, once, unless the profile was closed meanwhile.
func (j *jobs) run(of *workspace, step string, do kit.Work, end func(error)) {
	j.add(&j.long, &work{of: of, do: do, end: end, running: kit.Running{Progress: job.Progress{Step: step}}})
}

// aside does work that is soon over and cannot be stopped.
func (j *jobs) aside(of *workspace, step string, do func(context.Context) error, end func(error)) {
	j.add(&j.soon, &work{
		of: of, end: end, running: kit.Running{Progress: job.Progress{Step: step}},
		do: func(ctx context.Context, _ func(job.Progress)) error { return do(ctx) },
	})
}

func (j *jobs) add(l *lane, w *work) {
	l.waiting = append(l.waiting, w)
	j.next(l)
	j.display()
}

// next starts what waits, where nothing is under way.
func (j *jobs) next(l *lane) {
	if l.now != nil || len(l.waiting) == 0 {
		return
	}
	w := l.waiting[0]
	l.now, l.waiting = w, l.waiting[1:]
	w.running.Since = time.Now()
	if l == &j.long {
		w.running.Stop = func() { j.stop(w) }
	}
	w.handle = job.Start(
		j.ctx,
		job.Runner{Post: j.post},
		func(ctx context.Context, report func(job.Progress)) (struct{}, error) {
			return struct{}{}, w.do(ctx, report)
		},
		func(p job.Progress) {
			w.running.Progress = p
			j.display()
		},
		func(_ struct{}, err error) {
			l.now = nil
			j.display()
			if w.of == nil || !w.of.ended {
				w.end(err)
			}
			j.next(l)
			j.display()
		},
	)
}

func (j *jobs) stop(w *work) {
	w.running.Stopping = true
	w.handle.Cancel()
	j.display()
}

// display shows the long work, or else what is soon over.
func (j *jobs) display() {
	w := j.long.now
	if w == nil {
		w = j.soon.now
	}
	if w == nil {
		j.show(nil)
		return
	}
	r := w.running
	r.Waiting = len(j.long.waiting)
	j.show(&r)
}

// idle reports whether nothing is under way.
func (j *jobs) idle() bool { return j.long.now == nil && j.soon.now == nil }

// drop stops the long work of a profile and takes back what of it waits; nil
// stands for all.
func (j *jobs) drop(of *workspace) {
	kept := j.long.waiting[:0]
	for _, w := range j.long.waiting {
		if of != nil && w.of != of {
			kept = append(kept, w)
		}
	}
	j.long.waiting = kept
	if w := j.long.now; w != nil && (of == nil || w.of == of) {
		j.stop(w)
	}
}

// patience is how long closing waits for work that was stopped.
const patience = 2 * time.Second

// close stops everything and waits for it, but not for ever.
func (j *jobs) close() {
	j.drop(nil)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for _, w := range []*work{j.long.now, j.soon.now} {
		if w == nil {
			continue
		}
		select {
		case <-w.handle.Finished():
		case <-timer.C:
			return
		}
	}
}
