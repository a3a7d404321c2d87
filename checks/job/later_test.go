package job_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unlisted/checks/job"
)

// Later runs once at the earliest time it was asked for, never twice at once,
// again when asked while it runs, and not after Stop, which waits.
func TestLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var ran []time.Duration
		under := false
		takes := time.Duration(0)
		l := job.NewLater(func() {
			if under {
				t.Error("twice at once")
			}
			under = true
			time.Sleep(takes)
			under = false
			ran = append(ran, time.Since(start))
		})
		l.In(10 * time.Second)
		l.In(3 * time.Second)
		l.In(5 * time.Second)
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(ran) != 1 || ran[0] != 3*time.Second {
			t.Fatalf("ran at %v", ran)
		}
		takes = 10 * time.Second
		l.In(0)
		time.Sleep(time.Second)
		l.In(0) // while it runs
		time.Sleep(2 * time.Second)
		l.Stop()
		if since := time.Since(start); len(ran) != 3 || since != 80*time.Second {
			t.Errorf("stopped after %s, ran at %v", since, ran)
		}
		l.In(time.Second)
		l.Stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(ran) != 3 {
			t.Errorf("ran after Stop: %v", ran)
		}
	})
}

// A panic is an error, and an error stays itself.
func TestGuard(t *testing.T) {
	if err := job.Guard(func() error { panic("x") }); !errors.Is(err, job.ErrPanic) || !strings.Contains(err.Error(), "TestGuard") {
		t.Errorf("a panic: %v", err)
	}
	want := errors.New("x")
	if err := job.Guard(func() error { return want }); err != want { //nolint:errorlint // the same
		t.Errorf("an error: %v", err)
	}
}
