package job_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unlisted/checks/job"
)

// queue is a surface that runs what it is handed in order.
func queue() (job.Runner, chan func()) {
	c := make(chan func(), 1000)
	return job.Runner{Post: func(f func()) { c <- f }}, c
}

func TestProgressIsPacedAndTheEndComesLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, posted := queue()
		var log []string
		h := job.Start(t.Context(), r, func(_ context.Context, report func(job.Progress)) (int, error) {
			for i := range 100_000 {
				report(job.Progress{Done: int64(i)})
			}
			time.Sleep(3*job.Pace + job.Pace/2)
			report(job.Progress{Done: 1})
			return 42, nil
		}, func(job.Progress) { log = append(log, "progress") }, func(n int, err error) {
			if n != 42 || err != nil {
				t.Errorf("end with %d, %v", n, err)
			}
			log = append(log, "end")
		})
		<-h.Finished()
		close(posted)
		for f := range posted {
			f()
		}
		if len(log) != 3 || log[2] != "end" {
			t.Errorf("posts: %v; want two of progress, then the end", log)
		}
	})
}

func TestCancelReachesTheWorkAndStillEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, posted := queue()
		h := job.Start(t.Context(), r, func(ctx context.Context, _ func(job.Progress)) (string, error) {
			<-ctx.Done()
			return "found before the stop", ctx.Err()
		}, nil, func(s string, err error) {
			if s == "" || !errors.Is(err, context.Canceled) {
				t.Errorf("end with %q, %v", s, err)
			}
		})
		h.Cancel()
		<-h.Finished()
		if len(posted) != 1 {
			t.Fatalf("%d posts, want one end", len(posted))
		}
		(<-posted)()
	})
}

func TestPanicBecomesAnEnd(t *testing.T) {
	r, posted := queue()
	h := job.Start(t.Context(), r, func(context.Context, func(job.Progress)) (int, error) {
		panic("secret value")
	}, nil, func(_ int, err error) {
		if !errors.Is(err, job.ErrPanic) || strings.Contains(err.Error(), "secret") {
			t.Errorf("end with %v", err)
		}
	})
	<-h.Finished()
	(<-posted)()
}
