package outbound_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"unlisted/checks/outbound"
)

// world is a door in front of a server that counts what reaches it.
type world struct {
	client *http.Client
	hits   []*http.Request
	ledger []outbound.Entry
	spent  map[string][]time.Time
	now    time.Time
}

var purpose = outbound.Purpose{ID: "hibp", Host: "hibp.example", MaxBody: 1 << 10, Limits: []outbound.Limit{{N: 2, Per: time.Minute}, {N: 3, Per: time.Hour}}}

func open(t *testing.T, answer http.HandlerFunc, change func(*outbound.Config)) *world {
	t.Helper()
	w := &world{now: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.hits = append(w.hits, r)
		answer(rw, r)
	}))
	t.Cleanup(server.Close)
	c := outbound.Config{
		UserAgent: "Unlisted/test", Base: server.URL, Allowed: func(string) bool { return false },
		Record: func(e outbound.Entry) { w.ledger = append(w.ledger, e) }, Now: func() time.Time { return w.now },
		Spent: func(m map[string][]time.Time) { w.spent = m },
	}
	if change != nil {
		change(&c)
	}
	door, err := outbound.New(c)
	if err != nil {
		t.Fatal(err)
	}
	w.client = door.Client(purpose)
	return w
}

func ok(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, "fine") }

// get asks as a source does, with the person's yes.
func (w *world) get(ctx context.Context, address string) (string, error) {
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	r.Header.Set("Hibp-Api-Key", "secret-key")
	resp, err := w.client.Do(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

func yes() context.Context {
	return outbound.WithSubject(outbound.WithConsent(context.Background(), "hibp"), "p•@m•.example")
}

const address = "https://hibp.example/account/pat%40mail.example"

func TestAsks(t *testing.T) {
	w := open(t, ok, nil)
	body, err := w.get(yes(), address)
	if err != nil || body != "fine" {
		t.Fatalf("%q, %v", body, err)
	}
	if got := w.hits[0]; got.URL.EscapedPath() != "/hibp.example/account/pat%40mail.example" || got.UserAgent() != "Unlisted/test" {
		t.Errorf("the server saw %s by %s", got.URL.EscapedPath(), got.UserAgent())
	}
	want := outbound.Entry{Time: w.now, Purpose: "hibp", Host: "hibp.example", Subject: "p•@m•.example", Bytes: 4, Status: 200, Result: outbound.ResultAnswered}
	if len(w.ledger) != 1 || w.ledger[0] != want {
		t.Errorf("ledger %+v", w.ledger)
	}
}

// What is refused never reaches a server, and the ledger says that nothing
// left.
func TestRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		ctx     context.Context
		address string
		change  func(*outbound.Config)
		reason  string
	}{
		"no consent":               {context.Background(), address, nil, outbound.ReasonConsent},
		"consent to another":       {outbound.WithConsent(context.Background(), "xposedornot"), address, nil, outbound.ReasonConsent},
		"another host":             {yes(), "https://evil.example/", nil, outbound.ReasonHost},
		"a host that looks alike":  {yes(), "https://hibp.example.evil.example/", nil, outbound.ReasonHost},
		"another port":             {yes(), "https://hibp.example:8443/", nil, outbound.ReasonHost},
		"not encrypted":            {yes(), "http://hibp.example/", nil, outbound.ReasonHost},
		"offline, in spite of yes": {yes(), address, func(c *outbound.Config) { c.Offline = true }, outbound.ReasonOffline},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, ok, c.change)
			_, err := w.get(c.ctx, c.address)
			var refused *outbound.Refused
			if !errors.As(err, &refused) || refused.Reason != c.reason {
				t.Errorf("error %v, want %s", err, c.reason)
			}
			if len(w.hits) != 0 {
				t.Errorf("%d requests went out", len(w.hits))
			}
			if len(w.ledger) != 1 || w.ledger[0].Result != outbound.ResultRefused {
				t.Errorf("ledger %+v", w.ledger)
			}
		})
	}
	w := open(t, ok, func(c *outbound.Config) { c.Allowed = func(p string) bool { return p == "hibp" } })
	if _, err := w.get(context.Background(), address); err != nil {
		t.Errorf("a standing yes: %v", err)
	}
}

// An answer that sends us elsewhere ends the request: the key stays here.
func TestRedirect(t *testing.T) {
	stolen := ""
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { stolen = r.Header.Get("Hibp-Api-Key") }))
	defer thief.Close()
	for _, to := range []string{thief.URL, "https://evil.example/", "http://hibp.example/"} {
		w := open(t, func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, to, http.StatusFound) }, nil)
		_, err := w.get(yes(), address)
		var refused *outbound.Refused
		if !errors.As(err, &refused) || refused.Reason != outbound.ReasonRedirect {
			t.Errorf("to %s: %v", to, err)
		}
		if len(w.hits) != 1 || stolen != "" {
			t.Errorf("to %s: %d requests, key %q", to, len(w.hits), stolen)
		}
	}
}

// An endless answer ends at the bound; nothing came ends in an error without
// the address.
func TestBadAnswers(t *testing.T) {
	w := open(t, func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, strings.Repeat("x", 2<<10)) }, nil)
	_, err := w.get(yes(), address)
	var large outbound.TooLarge
	if !errors.As(err, &large) {
		t.Errorf("too large an answer: %v", err)
	}
	w = open(t, func(rw http.ResponseWriter, _ *http.Request) {
		c, _, _ := http.NewResponseController(rw).Hijack()
		c.Close()
	}, nil)
	if _, err = w.get(yes(), address); err == nil {
		t.Fatal("a closed connection is no answer")
	}
	inner := errors.Unwrap(err) // the outermost is net/http's own, which sources do not show
	if strings.Contains(inner.Error(), "pat") || strings.Contains(inner.Error(), "secret-key") {
		t.Errorf("the error tells on the person: %v", inner)
	}
	if len(w.ledger) != 1 || w.ledger[0].Result != outbound.ResultFailed {
		t.Errorf("ledger %+v: it left, and no answer came", w.ledger)
	}
}

// The source's limits are kept by us, across restarts too, so that nobody is
// banned for asking.
func TestLimits(t *testing.T) {
	w := open(t, ok, nil)
	ask := func() error { _, err := w.get(yes(), address); return err }
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
	again := open(t, ok, func(c *outbound.Config) { c.Used = w.spent })
	again.now = w.now
	_, err := again.get(yes(), address)
	if got := until(err); !got.Equal(start.Add(time.Hour)) {
		t.Errorf("after a restart, again at %s", got)
	}
	if len(w.hits) != 3 || len(again.hits) != 0 {
		t.Errorf("%d and %d requests went out", len(w.hits), len(again.hits))
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
	if _, err := outbound.New(outbound.Config{Proxy: "nothing"}); err == nil {
		t.Error("a proxy without a host")
	}
}

// What the person stops, stops.
func TestCancel(t *testing.T) {
	w := open(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, nil)
	ctx, cancel := context.WithTimeout(yes(), 30*time.Millisecond)
	defer cancel()
	if _, err := w.get(ctx, address); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}
