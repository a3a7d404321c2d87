package outbound_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unlisted/checks/outbound"
)

// world is a client in front of a server that counts what reaches it.
type world struct {
	*outbound.Client
	ledger *outbound.Memory
	now    time.Time

	mu   sync.Mutex
	hits []*http.Request
}

func (w *world) seen() []*http.Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.hits)
}

// entries are what the ledger lists.
func (w *world) entries() []outbound.Entry { return w.ledger.Entries() }

var purpose = outbound.Purpose{ID: "hibp", Host: "hibp.example", MaxBody: 1 << 10, Limits: []outbound.Limit{{N: 2, Per: time.Minute}, {N: 3, Per: time.Hour}}}

func open(t *testing.T, answer http.HandlerFunc, change func(*outbound.Config)) *world {
	t.Helper()
	w := &world{now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.hits = append(w.hits, r)
		w.mu.Unlock()
		answer(rw, r)
	}))
	t.Cleanup(server.Close)
	w.ledger = &outbound.Memory{}
	c := outbound.Config{
		UserAgent: "Unlisted/test", Base: server.URL, Now: func() time.Time { return w.now }, Ledger: w.ledger,
	}
	if change != nil {
		change(&c)
	}
	client, err := outbound.New(c)
	if err != nil {
		t.Fatal(err)
	}
	w.Client = client
	return w
}

func ok(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, "fine") }

// get asks as a source does, with the person's yes.
func (w *world) get(ctx context.Context, address string) (string, error) {
	return w.getWith(ctx, yes, address)
}

func (w *world) getWith(ctx context.Context, yes outbound.Consent, address string) (string, error) {
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	r.Header.Set("Hibp-Api-Key", "secret-key")
	resp, err := w.Bind(purpose, yes).Do(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

var yes = outbound.Yes("hibp").About("p•@m•.example", "pat@mail.example")

// offline is a policy that lets nothing out.
func offline(c *outbound.Config) {
	c.Policy = func() outbound.Policy { return outbound.Policy{Offline: true} }
}

// used are earlier requests.
func used(times ...time.Time) func(*outbound.Config) {
	return func(c *outbound.Config) {
		for _, at := range times {
			_ = c.Ledger.Record(outbound.Entry{Time: at, Purpose: "hibp", Result: outbound.ResultSent})
		}
	}
}

const address = "https://hibp.example/account/pat%40mail.example"

func TestAsks(t *testing.T) {
	w := open(t, ok, nil)
	body, err := w.get(context.Background(), address)
	if err != nil || body != "fine" {
		t.Fatalf("%q, %v", body, err)
	}
	if got := w.seen()[0]; got.URL.EscapedPath() != "/hibp.example/account/pat%40mail.example" || got.UserAgent() != "Unlisted/test" {
		t.Errorf("the server saw %s by %s", got.URL.EscapedPath(), got.UserAgent())
	}
	want := outbound.Entry{Time: w.now, Purpose: "hibp", Host: "hibp.example", Subject: "p•@m•.example", Bytes: 4, Status: 200, Result: outbound.ResultAnswered}
	got := w.entries()
	if len(got) != 1 || got[0].ID == "" {
		t.Fatalf("ledger %+v", got)
	}
	if got[0].ID = ""; got[0] != want {
		t.Errorf("ledger %+v", got)
	}
}

// What is refused never reaches a server, and the ledger says that nothing
// left.
func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		yes     outbound.Consent
		address string
		change  func(*outbound.Config)
		reason  error
	}{
		"no consent":               {outbound.Consent{}, address, nil, outbound.ErrConsent},
		"consent to another":       {outbound.Yes("xposedornot", "hibp-latest", ""), address, nil, outbound.ErrConsent},
		"another host":             {yes, "https://evil.example/", nil, outbound.ErrHost},
		"a host that looks alike":  {yes, "https://hibp.example.evil.example/", nil, outbound.ErrHost},
		"another port":             {yes, "https://hibp.example:8443/", nil, outbound.ErrHost},
		"not encrypted":            {yes, "http://hibp.example/", nil, outbound.ErrHost},
		"offline, in spite of yes": {yes, address, offline, outbound.ErrOffline},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, ok, c.change)
			_, err := w.getWith(context.Background(), c.yes, c.address)
			if !errors.Is(err, c.reason) {
				t.Errorf("error %v, want %v", err, c.reason)
			}
			if len(w.seen()) != 0 {
				t.Errorf("%d requests went out", len(w.seen()))
			}
			if len(w.entries()) != 1 || w.entries()[0].Result != outbound.ResultRefused {
				t.Errorf("ledger %+v", w.entries())
			}
		})
	}
}

// An answer that sends us elsewhere ends the request: the key stays here.
func TestRedirect(t *testing.T) {
	stolen := ""
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { stolen = r.Header.Get("Hibp-Api-Key") }))
	defer thief.Close()
	for _, to := range []string{thief.URL, "https://evil.example/", "http://hibp.example/"} {
		w := open(t, func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, to, http.StatusFound) }, nil)
		_, err := w.get(context.Background(), address)
		if !errors.Is(err, outbound.ErrRedirect) {
			t.Errorf("to %s: %v", to, err)
		}
		if len(w.seen()) != 1 || stolen != "" {
			t.Errorf("to %s: %d requests, key %q", to, len(w.seen()), stolen)
		}
	}
}

// An endless answer ends at the bound; nothing came ends in an error without
// the address.
func TestBadAnswers(t *testing.T) {
	w := open(t, func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, strings.Repeat("x", 2<<10)) }, nil)
	_, err := w.get(context.Background(), address)
	if !errors.Is(err, outbound.ErrTooLarge) {
		t.Errorf("too large an answer: %v", err)
	}
	w = open(t, func(rw http.ResponseWriter, _ *http.Request) {
		c, _, _ := http.NewResponseController(rw).Hijack()
		c.Close()
	}, nil)
	if _, err = w.get(context.Background(), address); err == nil {
		t.Fatal("a closed connection is no answer")
	}
	inner := errors.Unwrap(err) // the outermost is net/http's own, which sources do not show
	if strings.Contains(inner.Error(), "pat") || strings.Contains(inner.Error(), "secret-key") {
		t.Errorf("the error tells on the person: %v", inner)
	}
	if len(w.entries()) != 1 || w.entries()[0].Result != outbound.ResultFailed {
		t.Errorf("ledger %+v: it left, and no answer came", w.entries())
	}
}

// The source's limits are kept by us, across restarts too, so that nobody is
// banned for asking.
func TestLimits(t *testing.T) {
	w := open(t, ok, nil)
	ask := func() error { _, err := w.get(context.Background(), address); return err }
	until := func(err error) time.Time {
		var l *outbound.Limited
		if !errors.As(err, &l) {
			t.Fatalf("not limited: %v", err)
		}
		return l.Until
	}
	start := w.now
	if err := errors.Join(ask(), ask()); err != nil {
		t.Fatal(err)
	}
	if got := until(ask()); !got.Equal(start.Add(time.Minute)) {
		t.Errorf("again at %s", got)
	}
	w.now = start.Add(61 * time.Second)
	if err := ask(); err != nil {
		t.Errorf("after a minute: %v", err)
	}
	w.now = start.Add(10 * time.Minute)
	again := open(t, ok, used(w.ledger.Used("hibp")...))
	again.now = w.now
	_, err := again.get(context.Background(), address)
	if got := until(err); !got.Equal(start.Add(time.Hour)) {
		t.Errorf("after a restart, again at %s", got)
	}
	if len(w.seen()) != 3 || len(again.seen()) != 0 {
		t.Errorf("%d and %d requests went out", len(w.seen()), len(again.seen()))
	}
}

// Only this computer can stand for the sources.
func TestBase(t *testing.T) {
	for _, base := range []string{"http://example.com", "http://192.168.0.2:80", "http://localhost.evil.example", "http://localhost", "%"} {
		if _, err := outbound.New(outbound.Config{Base: base}); err == nil {
			t.Errorf("%s stands for the sources", base)
		}
	}
	if _, err := outbound.New(outbound.Config{Base: "http://[::1]:8080"}); err != nil {
		t.Error(err)
	}
}

// What the person stops, stops.
func TestCancel(t *testing.T) {
	w := open(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, nil)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if _, err := w.get(ctx, address); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}
