package outbound_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"unlisted/checks/outbound"
)

// socks is a SOCKS5 proxy (RFC 1928, RFC 1929) that notes who asks for which
// name and then hangs up.
type socks struct {
	mu    sync.Mutex
	users []string
	names []string
	bare  int // connections that named an address instead of a name
}

func (s *socks) serve(c net.Conn) {
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	take := func(n int) []byte {
		b := make([]byte, n)
		if _, err := io.ReadFull(c, b); err != nil {
			return make([]byte, n)
		}
		return b
	}
	methods := take(int(take(2)[1]))
	user := ""
	if slices.Contains(methods, 2) {
		_, _ = c.Write([]byte{5, 2})
		user = string(take(int(take(2)[1])))
		take(int(take(1)[0]))
		_, _ = c.Write([]byte{1, 0})
	} else {
		_, _ = c.Write([]byte{5, 0})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users = append(s.users, user)
	if head := take(4); head[3] == 3 {
		s.names = append(s.names, string(take(int(take(1)[0]))))
	} else {
		s.bare++
	}
	_, _ = c.Write([]byte{5, 4, 0, 1, 0, 0, 0, 0, 0, 0})
}

// With a SOCKS5 proxy everything goes through it, names and all; isolated, each
// person and each host gets a circuit of its own, and none tells who it is.
func TestSocksAndCircuits(t *testing.T) {
	var s socks
	address := listen(t, s.serve)
	var ledger outbound.Memory
	client, err := outbound.New(outbound.Config{
		UserAgent: "Unlisted/test", Now: time.Now, Ledger: &ledger,
		Policy: func() outbound.Policy { return outbound.Policy{Proxy: "socks5h://" + address, Isolate: true} },
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(host, who string) {
		c := client.Bind(outbound.Purpose{ID: "x", Host: host, MaxBody: 1 << 10}, outbound.Yes("x").About("p•", who))
		r, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, "https://"+host+"/", nil)
		if resp, err := c.Do(r); err == nil {
			resp.Body.Close()
			t.Fatal("an answer from nowhere")
		}
	}
	ask("one.example", "pat@mail.example")
	ask("one.example", "ann@mail.example")
	ask("two.example", "pat@mail.example")
	ask("one.example", "pat@mail.example")
	if s.bare != 0 || !slices.Equal(s.names, []string{"one.example", "one.example", "two.example", "one.example"}) {
		t.Errorf("names %q, %d addresses", s.names, s.bare)
	}
	if s.users[0] != s.users[3] || s.users[0] == s.users[1] || s.users[0] == s.users[2] || len(s.users[0]) != 32 {
		t.Errorf("circuits %q", s.users)
	}
	if len(ledger.Entries()) != 4 || ledger.Entries()[0].Result != outbound.ResultFailed {
		t.Errorf("ledger %+v", ledger.Entries())
	}
}

// through is a policy with a proxy.
func through(proxy string) func() outbound.Policy {
	return func() outbound.Policy { return outbound.Policy{Proxy: proxy} }
}

// What is no proxy is refused at once: nothing ever goes around it.
func TestProxyAddresses(t *testing.T) {
	for _, bad := range []string{"localhost:9050", "ftp://proxy.example", "socks4://127.0.0.1:1", "http://", "\x00", "just words"} {
		if _, err := outbound.ParseProxy(bad); err == nil {
			t.Errorf("%q is taken for a proxy", bad)
		}
		w := open(t, ok, func(c *outbound.Config) { c.Base, c.Policy = "", through(bad) })
		_, err := w.get(context.Background(), address)
		if !errors.Is(err, outbound.ErrProxy) || w.entries()[0].Result != outbound.ResultRefused {
			t.Errorf("%q: %v, %+v", bad, err, w.entries())
		}
	}
	for _, good := range []string{"socks5://127.0.0.1:9050", " http://user:secret@proxy.example:3128 ", "https://proxy.example"} {
		if _, err := outbound.ParseProxy(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}
