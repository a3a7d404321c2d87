package outbound_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"unlisted/checks/outbound"
)

func cutOff(rw http.ResponseWriter, _ *http.Request) {
	rw.Header().Set("Content-Length", "100")
	io.WriteString(rw, "half")
}

func hangUp(rw http.ResponseWriter, _ *http.Request) {
	if c, _, err := http.NewResponseController(rw).Hijack(); err == nil {
		c.Close()
	}
}

func onceMore(rw http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/again") {
		http.Redirect(rw, r, "/again", http.StatusFound)
		return
	}
	io.WriteString(rw, "fine")
}

// telltale holds what no record and no message may: the address and the key of
// the tests.
var telltale = []string{"pat@", "pat%40", "secret-key", "/account/"}

func tells(text string) bool {
	return slices.ContainsFunc(telltale, func(s string) bool { return strings.Contains(text, s) })
}

// The ledger is the person's proof: whatever comes back, what left is in it
// once, and whom it was about only masked.
func TestLedger(t *testing.T) {
	type line struct {
		result string
		status int
		bytes  int64
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   []line
	}{
		"answered":         {ok, []line{{outbound.ResultAnswered, 200, 4}}},
		"not found":        {http.NotFound, []line{{outbound.ResultAnswered, 404, 19}}},
		"failure":          {func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(503) }, []line{{outbound.ResultAnswered, 503, 0}}},
		"too large":        {func(rw http.ResponseWriter, _ *http.Request) { rw.Write(make([]byte, 4<<10)) }, []line{{outbound.ResultAnswered, 200, 1<<10 + 1}}},
		"cut off":          {cutOff, []line{{outbound.ResultAnswered, 200, 4}}},
		"hung up":          {hangUp, []line{{outbound.ResultFailed, 0, 0}}},
		"on the same host": {onceMore, []line{{outbound.ResultAnswered, 302, 29}, {outbound.ResultAnswered, 200, 4}}},
		"sent elsewhere":   {http.RedirectHandler("https://evil.example/", http.StatusFound).ServeHTTP, []line{{outbound.ResultAnswered, 302, 44}}},
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t, c.answer, nil)
			_, _ = w.get(context.Background(), address)
			var got []line
			for _, e := range w.entries() {
				got = append(got, line{e.Result, e.Status, e.Bytes})
				if e.Subject != "p•@m•.example" || e.Host != "hibp.example" || e.Purpose != "hibp" || !e.Time.Equal(w.now) {
					t.Errorf("entry %+v", e)
				}
			}
			if !slices.Equal(got, c.want) || len(w.seen()) != len(c.want) {
				t.Errorf("%d requests, ledger %+v, want %+v", len(w.seen()), got, c.want)
			}
			if text, _ := json.Marshal(w.entries()); tells(string(text)) {
				t.Errorf("the ledger tells on the person: %s", text)
			}
		})
	}
}

// A server that hangs up on a connection it has answered on before sees no request
// that the ledger has not.
func TestSentOnce(t *testing.T) {
	n := 0
	w := open(t, func(rw http.ResponseWriter, r *http.Request) {
		if n++; n%2 == 0 {
			hangUp(rw, r)
			return
		}
		ok(rw, r)
	}, nil)
	for range 6 {
		w.now = w.now.Add(time.Hour)
		_, _ = w.get(context.Background(), address)
	}
	if len(w.seen()) != 6 || len(w.entries()) != 6 {
		t.Errorf("the server saw %d, the ledger has %d", len(w.seen()), len(w.entries()))
	}
}

// A request stopped by a limit stays here and is in the ledger as such.
func TestLedgerOfLimited(t *testing.T) {
	w := open(t, ok, nil)
	for range 3 {
		_, _ = w.get(context.Background(), address)
	}
	if len(w.seen()) != 2 || len(w.entries()) != 3 || w.entries()[2].Result != outbound.ResultRefused {
		t.Errorf("%d requests, ledger %+v", len(w.seen()), w.entries())
	}
}

// net/http wraps every error in one that holds the address; below it nothing
// may.
func TestErrorsAreDiscreet(t *testing.T) {
	just := time.Date(2026, 11, 24, 9, 59, 58, 0, time.UTC)
	full := used(just, just.Add(time.Second), just.Add(2*time.Second))
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		change func(*outbound.Config)
	}{
		"hung up": {hangUp, nil}, "cut off": {cutOff, nil}, "offline": {ok, offline}, "limited": {ok, full},
		"too large": {func(rw http.ResponseWriter, _ *http.Request) { rw.Write(make([]byte, 4<<10)) }, nil},
		"elsewhere": {http.RedirectHandler("https://evil.example/account/pat@", http.StatusFound).ServeHTTP, nil},
	} {
		w := open(t, c.answer, c.change)
		_, err := w.get(context.Background(), address)
		var outer *url.Error
		if !errors.As(err, &outer) {
			t.Errorf("%s: error %v", name, err)
			continue
		}
		if tells(outer.Err.Error()) {
			t.Errorf("%s: %v", name, outer.Err)
		}
	}
}

// A small answer that unpacks to a large one is a large one.
func TestBomb(t *testing.T) {
	w := open(t, func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(rw)
		z.Write(make([]byte, 1<<20))
		z.Close()
	}, nil)
	body, err := w.get(context.Background(), address)
	if !errors.Is(err, outbound.ErrTooLarge) || body != "" {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	w = open(t, func(rw http.ResponseWriter, _ *http.Request) { rw.Write(make([]byte, 1<<10)) }, nil)
	if body, err = w.get(context.Background(), address); err != nil || len(body) != 1<<10 {
		t.Errorf("an answer as large as allowed: %d bytes, %v", len(body), err)
	}
}

// A host that sends us round in circles is left, however generous the limits.
func TestCircles(t *testing.T) {
	var hits atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		http.Redirect(rw, r, "/round", http.StatusFound)
	}))
	defer server.Close()
	client, err := outbound.New(outbound.Config{Base: server.URL, Ledger: &outbound.Memory{}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
	_, err = client.Bind(outbound.Purpose{ID: "hibp", Host: "hibp.example", MaxBody: 1 << 10}, yes).Do(r)
	if !errors.Is(err, outbound.ErrRedirect) || hits.Load() > 4 {
		t.Errorf("%d requests, %v", hits.Load(), err)
	}
}

// What the person stopped before it began never leaves; what is under way ends
// at once.
func TestStop(t *testing.T) {
	w := open(t, ok, nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.get(ctx, address); !errors.Is(err, context.Canceled) || len(w.seen()) != 0 {
		t.Errorf("stopped before: %d requests, %v", len(w.seen()), err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	w = open(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}, nil)
	if _, err := w.get(ctx, address); !errors.Is(err, context.Canceled) || len(w.seen()) != 1 {
		t.Errorf("stopped on the way: %d requests, %v", len(w.seen()), err)
	}
	if len(w.entries()) != 1 || w.entries()[0].Result != outbound.ResultCut {
		t.Errorf("it left, and no answer came: %+v", w.entries())
	}
}

// Requests at the same moment share one limit.
func TestLimitsAtOnce(t *testing.T) {
	const many = 30
	var hits atomic.Int32
	var ledger outbound.Memory
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer server.Close()
	o, err := outbound.New(outbound.Config{Base: server.URL, Ledger: &ledger, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	client := o.Bind(purpose, yes)
	var all sync.WaitGroup
	for range many {
		all.Go(func() {
			r, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, address, nil)
			if resp, err := client.Do(r); err == nil {
				resp.Body.Close()
			}
		})
	}
	all.Wait()
	if hits.Load() != 2 || len(ledger.Entries()) != many {
		t.Errorf("%d requests went out, %d of %d in the ledger", hits.Load(), len(ledger.Entries()), many)
	}
}

// A clock that ran years ahead for a while must not lock a source for years.
func TestClockSetBack(t *testing.T) {
	ahead := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	w := open(t, ok, used(ahead, ahead.Add(time.Second), ahead.Add(2*time.Second)))
	for range 2 {
		if _, err := w.get(context.Background(), address); err != nil {
			t.Errorf("after the clock was set right: %v", err)
		}
	}
	if _, err := w.get(context.Background(), address); err == nil {
		t.Error("the limit itself is forgotten")
	}
}

// A certificate nobody vouches for ends the request before the key is sent.
func TestCertificate(t *testing.T) {
	var hits atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it would note the broken handshake
	server.StartTLS()
	defer server.Close()
	w := open(t, ok, func(c *outbound.Config) { c.Base = server.URL })
	if _, err := w.get(context.Background(), address); err == nil || hits.Load() != 0 {
		t.Errorf("%d requests, %v", hits.Load(), err)
	}
}

// A proxy learns the host and nothing else: no key, no address, no path.
func TestProxy(t *testing.T) {
	for scheme, serve := range map[string]func(net.Conn) string{"http": connectProxy, "socks5": socksProxy} {
		t.Run(scheme, func(t *testing.T) {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			saw := make(chan string, 1)
			go func() {
				c, err := l.Accept()
				if err != nil {
					close(saw)
					return
				}
				defer c.Close()
				saw <- serve(c)
			}()
			w := open(t, ok, func(c *outbound.Config) { c.Base, c.Policy = "", through(scheme+"://"+l.Addr().String()) })
			if _, err := w.get(context.Background(), address); err == nil {
				t.Error("a proxy that refuses is no answer")
			}
			if got := heard(t, saw); !strings.Contains(got, "hibp.example:443") || tells(got) {
				t.Errorf("the proxy saw %q", got)
			}
			if len(w.seen()) != 0 || len(w.entries()) != 1 || w.entries()[0].Result != outbound.ResultFailed {
				t.Errorf("%d requests past the proxy, ledger %+v", len(w.seen()), w.entries())
			}
		})
	}
}

// connectProxy reads a CONNECT and refuses it.
func connectProxy(c net.Conn) string {
	var all strings.Builder
	for r := bufio.NewReader(c); ; {
		line, err := r.ReadString('\n')
		all.WriteString(line)
		if err != nil || line == "\r\n" {
			break
		}
	}
	io.WriteString(c, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
	return all.String()
}

// socksProxy reads a SOCKS5 request for a name and refuses it. A request for a
// number would mean that the name was looked up on this side.
func socksProxy(c net.Conn) string {
	head := make([]byte, 2)
	io.ReadFull(c, head)
	io.ReadFull(c, make([]byte, head[1]))
	c.Write([]byte{5, 0})
	head = make([]byte, 5)
	io.ReadFull(c, head)
	if head[3] != 3 {
		return "a number"
	}
	rest := make([]byte, int(head[4])+2)
	io.ReadFull(c, rest)
	c.Write([]byte{5, 2, 0, 1, 0, 0, 0, 0, 0, 0})
	name, port := rest[:head[4]], rest[head[4]:]
	return string(name) + ":" + strconv.Itoa(int(port[0])<<8|int(port[1]))
}
