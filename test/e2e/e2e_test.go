//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// node is a control of the window, in pixels of the window.
type node struct {
	Role, Name, Value string
	X, Y, W, H        float64
}

// window is the running program.
type window struct {
	t    *testing.T
	cmd  *exec.Cmd
	id   string
	tree string
	log  bytes.Buffer
}

func start(t *testing.T, args ...string) *window {
	t.Helper()
	work := os.Getenv("E2E_WORK")
	w := &window{t: t, tree: filepath.Join(work, "tree.json")}
	w.cmd = exec.Command("../../bin/unlisted", append([]string{"-lang", "en", "-profile", filepath.Join(work, "profile.age"), "-tree", w.tree}, args...)...)
	w.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+filepath.Join(work, "config"), "XDG_CACHE_HOME="+filepath.Join(work, "cache"))
	w.cmd.Stderr = &w.log
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.cmd.Process.Kill(); _ = w.cmd.Wait() })
	w.until("the window", func() bool {
		out, _ := exec.Command("xdotool", "search", "--onlyvisible", "--name", "^Unlisted$").Output()
		w.id = strings.TrimSpace(string(out))
		return w.id != ""
	})
	w.x("windowfocus", w.id)
	w.x("windowmove", w.id, "0", "0")
	time.Sleep(time.Second)
	return w
}

func (w *window) x(args ...string) {
	w.t.Helper()
	if out, err := exec.Command("xdotool", args...).CombinedOutput(); err != nil {
		w.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
}

func (w *window) until(what string, ok func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(40 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if ok() {
			return
		}
	}
	w.shot("failed")
	w.t.Fatalf("waited in vain for %s\nlast tree: %v\nlog: %s", what, w.nodes(), w.log.String())
}

func (w *window) shot(name string) {
	if dir := os.Getenv("E2E_PICTURES"); dir != "" {
		_ = exec.Command("import", "-window", w.id, filepath.Join(dir, name+".png")).Run()
	}
}

// nodes asks the window for its semantic tree, by its own shortcut.
func (w *window) nodes() []node {
	_ = os.Remove(w.tree)
	_ = exec.Command("xdotool", "key", "--window", w.id, "ctrl+alt+t").Run()
	for range 20 {
		time.Sleep(50 * time.Millisecond)
		b, err := os.ReadFile(w.tree)
		var list []node
		if err == nil && json.Unmarshal(b, &list) == nil {
			return list
		}
	}
	return nil
}

func (w *window) find(name string) (found node) {
	w.t.Helper()
	w.until(fmt.Sprintf("%q", name), func() bool {
		for _, n := range w.nodes() {
			if n.Name == name && n.W > 0 {
				found = n
				return true
			}
		}
		return false
	})
	return found
}

func (w *window) click(name string) {
	w.t.Helper()
	n := w.find(name)
	w.x("mousemove", "--window", w.id, fmt.Sprint(int(n.X+min(n.W/2, 60))), fmt.Sprint(int(n.Y+n.H/2)))
	time.Sleep(150 * time.Millisecond) // the toolkit takes the pointer's place from its next frame
	w.x("click", "1")
	time.Sleep(300 * time.Millisecond)
}

func (w *window) fill(name, value string) {
	w.t.Helper()
	w.click(name)
	w.x("type", "--delay", "25", value)
	w.x("key", "Return")
	time.Sleep(400 * time.Millisecond)
}

// quit ends the program by its key and waits for it.
func (w *window) quit() {
	w.t.Helper()
	w.x("key", "ctrl+q")
	done := make(chan error, 1)
	go func() { done <- w.cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		w.t.Fatal("the program did not end")
	}
}

func TestFromNothingToATickedStepAndBack(t *testing.T) {
	work := os.Getenv("E2E_WORK")
	w := start(t, "../../assets/sample/twitter-archive")
	w.shot("start")
	w.click("Begin")
	w.find("Keep what was found")
	w.shot("review")
	w.click("Keep what was found")
	w.find("Take the number out")
	w.x("key", "alt+2")
	w.fill("Email address or phone number", "camille.martin@posteo.example")
	w.fill("Email address or phone number", "+33 6 39 98 01 42")
	w.find("+33 6 •• •• •• 42")
	w.shot("you")
	w.x("key", "alt+1")
	w.find("Who holds what")
	w.shot("overview")
	w.x("key", "alt+3")
	w.find("1 account, and it holds your number")
	w.shot("find")
	w.x("key", "alt+4")
	w.find("Ask a public source")
	w.shot("check")
	w.x("key", "alt+5")
	w.find("Number stolen")
	w.shot("whatif")
	w.x("key", "ctrl+k")
	w.find("Find anything")
	w.x("type", "--delay", "25", "fix x")
	w.x("key", "Return")
	w.find("See what X holds")
	w.shot("fix")
	w.click("Done")
	w.until("the next step", func() bool { return strings.Contains(w.state("See what X holds"), "done") })
	w.find("Nothing has left this computer")
	w.find("Saved")
	w.quit()

	b, err := os.ReadFile(filepath.Join(work, "profile.age"))
	if err != nil || !bytes.HasPrefix(b, []byte("age-encryption.org/v1")) || bytes.Contains(b, []byte("posteo")) {
		t.Fatalf("the profile is not an encrypted age file: %v", err)
	}

	w = start(t)
	w.find("Who holds what")
	w.x("key", "alt+6")
	w.click("Start") // the plan goes on where it stopped
	w.until("the tick after a restart", func() bool { return strings.Contains(w.state("See what X holds"), "done") })
	w.quit()
}

// state is what is said of a row.
func (w *window) state(name string) string {
	for _, n := range w.nodes() {
		if n.Role == "row" && n.Name == name {
			return n.Value
		}
	}
	return ""
}
