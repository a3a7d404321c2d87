package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/evidencetest"
)

// The flags of the hostile files: larger forms, and another program to measure.
var (
	large   = flag.Bool("large", false, "make the hostile files as large as they come")
	program = flag.String("program", "", "measure this program instead of the one under test")
)

// asProgram makes the test binary the program itself.
const asProgram = "UNLISTED_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	flag.Parse()
	os.Exit(m.Run())
}

const (
	ceiling = 300 << 20
	patient = 4 * time.Minute // far more than any of them takes
)

// Whatever is given to a scan, it ends, keeps what it found, says what it did
// not read, and never takes more than 300 MB.
func TestHostileFiles(t *testing.T) {
	for _, h := range hostileFiles {
		t.Run(h.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), h.name)
			h.write(t, path)
			args := append([]string{"--json", "--temporary", "scan", path}, h.args(t)...)
			start := time.Now()
			out, peak := measured(t, args...)
			t.Logf("%4d MB, %5.1f s", peak>>20, time.Since(start).Seconds())
			if peak > ceiling {
				t.Errorf("took %d MB", peak>>20)
			}
			var doc scanJSON
			if err := json.Unmarshal(out, &doc); err != nil {
				t.Fatalf("no document: %v\n%.300s", err, out)
			}
			if said := said(doc.Sources); !slices.Contains(said, h.says) && (h.says != "" || len(said) > 0) {
				t.Errorf("said %q, not %q", said, h.says)
			}
			if len(doc.Accounts) < h.accounts {
				t.Errorf("%d accounts, want %d", len(doc.Accounts), h.accounts)
			}
		})
	}
}

func said(sources []evidence.Source) (out []string) {
	for _, s := range sources {
		for _, p := range s.Problems {
			out = append(out, strings.TrimPrefix(p.What, "error.evidence."))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// measured runs the program and returns what it printed and the most memory it
// had.
func measured(t *testing.T, args ...string) (out []byte, peak int64) {
	t.Helper()
	name := *program
	if name == "" {
		name, _ = os.Executable()
	}
	ctx, cancel := context.WithTimeout(t.Context(), patient)
	defer cancel()
	var b, errs strings.Builder
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "LANGUAGE=en")
	cmd.Stdout, cmd.Stderr = &b, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			var exit *exec.ExitError
			if ctx.Err() != nil {
				t.Fatalf("still running after %s with %d MB", patient, peak>>20)
			} else if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != exitFailed) {
				t.Fatalf("%v: %.600s", err, errs.String())
			}
			return []byte(b.String()), peak
		case <-time.After(2 * time.Millisecond):
			peak = max(peak, highWater(cmd.Process.Pid))
		}
	}
}

// Ctrl-C ends the program also while a key is derived, which cannot be stopped;
// what was found before is told.
func TestCtrlC(t *testing.T) {
	logins, vault := evidencetest.Write(t, "a.csv", oneLogin), filepath.Join(t.TempDir(), "b.json")
	costlyEnte(t, vault)
	self, err := os.Executable()
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), patient)
	defer cancel()
	var out, errs strings.Builder
	tries := evidencetest.Write(t, "passwords.txt", strings.Repeat("one\n", 200))
	cmd := exec.CommandContext(ctx, self, "--temporary", "scan", logins, vault, "--unlock-file", tries)
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), asProgram+"=1", "LANGUAGE=en"), &out, &errs
	must(t, cmd.Start())
	for ctx.Err() == nil && highWater(cmd.Process.Pid) < 200<<20 { // the key takes 256 MB
		time.Sleep(5 * time.Millisecond)
	}
	start := time.Now()
	must(t, cmd.Process.Signal(os.Interrupt))
	_ = cmd.Wait()
	if took := time.Since(start); ctx.Err() != nil || took > 10*time.Second { // at once, on a computer that is not busy
		t.Errorf("ended after %s", took)
	}
	if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(out.String(), "shop.example") || !strings.Contains(errs.String(), "You stopped this.") {
		t.Errorf("exit code %d\n%s%s", cmd.ProcessState.ExitCode(), out.String(), errs.String())
	}
}

// highWater is the most memory that a process had resident so far, in bytes.
func highWater(pid int) (n int64) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &n); err == nil {
			return n << 10
		}
	}
	return 0
}
