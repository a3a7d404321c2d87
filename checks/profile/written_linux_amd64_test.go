// The slowest tests stand in the last file, so that quicker ones are the first to
// notice what is wrong.

package profile_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"unlisted/checks/profile"
)

// firstEnv makes the test binary the program that makes a profile and is killed.
const firstEnv = "UNLISTED_TEST_FIRST"

func init() {
	if os.Getenv(firstEnv) != "" {
		runtime.LockOSThread()                                             // its calls are then those of the one thread that is traced
		_ = syscall.Tgkill(os.Getpid(), syscall.Gettid(), syscall.SIGSTOP) // what comes before alters nothing
	}
}

// alters reports whether a system call leaves other files behind than there were:
// what happens between two of these cannot be told apart afterwards.
func alters(regs *syscall.PtraceRegs) bool {
	switch regs.Orig_rax {
	case syscall.SYS_OPENAT:
		return regs.Rdx&syscall.O_CREAT != 0
	case syscall.SYS_WRITE, syscall.SYS_PWRITE64, syscall.SYS_MKDIRAT, syscall.SYS_RENAME, syscall.SYS_RENAMEAT, 316, // renameat2
		syscall.SYS_LINKAT, syscall.SYS_UNLINKAT, syscall.SYS_FTRUNCATE, syscall.SYS_FCHMOD:
		return true
	}
	return false
}

// killAt starts the program and kills it just before its nth call that alters a
// file; false where it came to its end before.
func killAt(t *testing.T, path, passphrase string, n int) bool {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), firstEnv+"="+path, firstEnv+"_PASS="+passphrase)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	must(t, cmd.Start())
	pid, entering, signal := cmd.Process.Pid, true, 0
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(pid, &status, 0, nil); err != nil {
		t.Fatal(err)
	}
	must(t, syscall.PtraceSetOptions(pid, syscall.PTRACE_O_TRACESYSGOOD|0x100000)) // and end with the tracer
	for status.StopSignal() != syscall.SIGSTOP {                                   // see init
		must(t, syscall.PtraceCont(pid, signal))
		if _, err := syscall.Wait4(pid, &status, 0, nil); err != nil || status.Exited() {
			t.Fatal("the program did not begin", err)
		}
		signal = int(status.StopSignal())
	}
	signal = 0
	for {
		must(t, syscall.PtraceSyscall(pid, signal))
		if _, err := syscall.Wait4(pid, &status, 0, nil); err != nil {
			t.Fatal(err)
		}
		signal = 0
		switch {
		case status.Exited():
			if status.ExitStatus() != 0 {
				t.Fatalf("the program ended with %d", status.ExitStatus())
			}
			return false
		case status.StopSignal() != syscall.SIGTRAP|0x80:
			signal = int(status.StopSignal())
			continue
		}
		if entering {
			var regs syscall.PtraceRegs
			must(t, syscall.PtraceGetRegs(pid, &regs))
			if alters(&regs) {
				if n--; n < 0 {
					must(t, cmd.Process.Kill())
					_, _ = syscall.Wait4(pid, &status, 0, nil)
					return true
				}
			}
		}
		entering = !entering
	}
}

// Killed just before any of the calls that the very first save makes, the program
// begins anew or opens what is there the next time; never is it stuck, and
// nothing is left lying about.
func TestKilledAtTheFirstSave(t *testing.T) {
	for _, passphrase := range []string{"", "x"} {
		kills, opened := 0, 0
		for n := 0; ; n++ {
			path := filepath.Join(t.TempDir(), "profile.age")
			if !killAt(t, path, passphrase, n) {
				break
			}
			kills++
			keys := diskKeys{filepath.Dir(path)}
			s, p, err := profile.Open(ctx, path, keys, passphrase)
			if errors.Is(err, profile.ErrNone) {
				s, p, err = profile.Create(ctx, path, keys, passphrase)
			} else if err == nil {
				opened++
			}
			if err != nil {
				t.Fatalf("killed before call %d: %v", n, err)
			}
			must(t, s.Save(p))
			must(t, s.Close())
			if left, _ := filepath.Glob(path + "*.tmp-*"); len(left) > 0 {
				t.Errorf("killed before call %d: left behind %q", n, left)
			}
		}
		t.Logf("%d kills, %d after the profile was there", kills, opened)
		if kills < 20 || opened == 0 || opened == kills {
			t.Errorf("%d kills, %d of them after the profile was there", kills, opened)
		}
	}
}
