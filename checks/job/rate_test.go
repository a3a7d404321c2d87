package job_test

import (
	"testing"
	"time"

	"unlisted/checks/job"
)

func TestRate(t *testing.T) {
	for _, c := range []struct {
		p       job.Progress
		elapsed time.Duration
		rate    int64
		left    time.Duration
	}{
		{job.Progress{Done: 100, Total: 400}, 10 * time.Second, 10, 30 * time.Second},
		{job.Progress{Done: 100, Total: 100}, 10 * time.Second, 10, 0},
		{job.Progress{Done: 100}, 10 * time.Second, 10, 0},
		{job.Progress{Done: 0, Total: 100}, 10 * time.Second, 0, 0},
		{job.Progress{Done: 50, Total: 100}, 100 * time.Millisecond, 0, 0},
		{job.Progress{Done: 1, Total: 1 << 62}, 1000 * time.Second, 0, 0},
	} {
		if rate, left := job.Rate(c.p, c.elapsed); rate != c.rate || left != c.left {
			t.Errorf("%+v after %s: %d, %s", c.p, c.elapsed, rate, left)
		}
	}
}
