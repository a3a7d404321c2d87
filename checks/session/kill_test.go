package session_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// fileKeys is a keyring that two processes share.
type fileKeys string

func (f fileKeys) Get(_ context.Context, name string) (string, error) {
	b, err := os.ReadFile(string(f) + name)
	return string(b), err
}

func (f fileKeys) Set(_ context.Context, name, value string) error {
	return os.WriteFile(string(f)+name, []byte(value), 0o600)
}

func (f fileKeys) Delete(_ context.Context, name string) error { return os.Remove(string(f) + name) }

// Environment of a process that asks until it is killed.
const (
	askFolder = "UNLISTED_TEST_ASK_FOLDER"
	askServer = "UNLISTED_TEST_ASK_SERVER"
	askName   = "UNLISTED_TEST_ASK_NAME"
	killCount = "LEDGER_KILLS"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(askFolder); folder != "" {
		if err := askForEver(folder, os.Getenv(askServer), os.Getenv(askName)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// askForEver asks a server, each time as somebody else.
func askForEver(folder, server, name string) error {
	ctx := context.Background()
	store, p, err := profile.Open(ctx, filepath.Join(folder, "p.age"), fileKeys(folder+"/key-"), "")
	if err != nil {
		return err
	}
	client, _, err := session.New(p, store, time.Now).NewClient(outbound.Config{Base: server, Now: time.Now})
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		who := fmt.Sprintf("%s-%d", name, n)
		bound := client.Bind(outbound.Purpose{ID: "x", Host: "x.example", MaxBody: 1 << 10}, outbound.Yes("x").About(who, who))
		resp, err := bound.Get("https://x.example/" + who)
		if err != nil {
			return err
		}
		resp.Body.Close()
	}
}

// Whatever moment the program is killed at, everything that a server saw is in
// the ledger: "sent" where the answer is not known. Killed while it writes, it
// opens all the same.
func TestLedgerSurvivesKill(t *testing.T) {
	kills := 60
	if n, err := strconv.Atoi(os.Getenv(killCount)); err == nil {
		kills = n
	}
	folder := t.TempDir()
	keys := fileKeys(folder + "/key-")
	store, _, err := profile.Create(t.Context(), filepath.Join(folder, "p.age"), keys, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	seen := map[string]bool{}
	strike := make(chan bool, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen[filepath.Base(r.URL.Path)] = true
		mu.Unlock()
		select {
		case strike <- true:
		default:
		}
	}))
	defer server.Close()
	for n := range kills {
		child := exec.Command(os.Args[0])
		child.Stderr = os.Stderr
		child.Env = append(os.Environ(), askFolder+"="+folder, askServer+"="+server.URL, askName+"="+strconv.Itoa(n))
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		select { // at the first request or a little later: between any two steps of the next ones
		case <-strike:
		case <-time.After(30 * time.Second):
			t.Error("nothing was asked")
		}
		time.Sleep(rand.N(6 * time.Millisecond))
		_ = child.Process.Kill()
		_ = child.Wait() // killed
		server.CloseClientConnections()
		select {
		case <-strike:
		default:
		}
	}
	store, p, err := profile.Open(t.Context(), filepath.Join(folder, "p.age"), keys, "")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	listed, open := map[string]bool{}, 0
	for _, e := range p.Ledger {
		listed[e.Subject] = true
		if e.Result == outbound.ResultSent {
			open++
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for who := range seen {
		if !listed[who] {
			t.Errorf("the server saw %s, the ledger does not", who)
		}
	}
	if len(seen) < kills || open == 0 {
		t.Errorf("%d requests, %d of them without an answer: killed at no moment that counts", len(seen), open)
	}
	t.Logf("%d kills, %d requests seen, %d listed, %d of them without an answer, %d damaged places", kills, len(seen), len(listed), open, store.Ledger().Damaged())
}
