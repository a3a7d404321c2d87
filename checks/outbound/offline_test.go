package outbound_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"unlisted/checks/outbound"
)

// switchable is a policy that a test changes while something is under way.
type switchable struct {
	offline atomic.Bool
	proxy   atomic.Value
}

func (s *switchable) policy() outbound.Policy {
	proxy, _ := s.proxy.Load().(string)
	return outbound.Policy{Offline: s.offline.Load(), Proxy: proxy}
}

func refused(t *testing.T, err error, reason error) {
	t.Helper()
	if !errors.Is(err, reason) || outbound.Refusal(err) != reason {
		t.Errorf("%v, want %v", err, reason)
	}
}

// Going offline ends a request that waits for its answer, and one whose answer
// is half there; the ledger says that they left. The next is not sent, and once
// online again all is as before.
func TestGoingOffline(t *testing.T) {
	for name, half := range map[string]bool{"before the answer": false, "in the middle of it": true} {
		t.Run(name, func(t *testing.T) {
			var s switchable
			var w *world
			hang := true
			w = open(t, func(rw http.ResponseWriter, r *http.Request) {
				if !hang {
					ok(rw, r)
					return
				}
				if half {
					io.WriteString(rw, "half")
					_ = http.NewResponseController(rw).Flush()
				}
				s.offline.Store(true)
				w.Reconsider()
				<-r.Context().Done()
			}, func(c *outbound.Config) { c.Policy = s.policy })
			_, err := w.get(context.Background(), address)
			refused(t, err, outbound.ErrCut)
			if e := w.entries(); len(e) != 1 || e[0].Result != outbound.ResultCut {
				t.Errorf("ledger %+v", e)
			}
			_, err = w.get(context.Background(), address)
			refused(t, err, outbound.ErrOffline)
			if n := len(w.seen()); n != 1 {
				t.Errorf("%d requests", n)
			}
			hang = false
			s.offline.Store(false)
			w.Reconsider()
			if body, err := w.get(context.Background(), address); err != nil || body != "fine" {
				t.Errorf("online again: %q, %v", body, err)
			}
		})
	}
}

// Whoever waits for a turn is told at once that there is none.
func TestOnlineEnds(t *testing.T) {
	var s switchable
	w := open(t, ok, func(c *outbound.Config) { c.Policy = s.policy })
	ctx, done := w.Online(t.Context())
	defer done()
	w.Reconsider()
	if ctx.Err() != nil {
		t.Fatal("ended while online")
	}
	s.offline.Store(true)
	w.Reconsider()
	<-ctx.Done()
	refused(t, context.Cause(ctx), outbound.ErrCut)
	late, gone := w.Online(t.Context())
	defer gone()
	if late.Err() == nil {
		t.Error("begun while offline")
	}
}

// Going offline ends a mail session: what reads or writes then is told why.
func TestGoingOfflineInMail(t *testing.T) {
	var s switchable
	d, ledger := mailClient(t, func(c *outbound.Config) {
		at("imap://" + listen(t, greet))(c)
		c.Policy = s.policy
	})
	c, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	if _, err := r.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	read := make(chan error, 1)
	go func() {
		_, err := r.ReadString('\n')
		read <- err
	}()
	s.offline.Store(true)
	d.Reconsider()
	refused(t, <-read, outbound.ErrCut)
	_, err = io.WriteString(c, "a1 NOOP\r\n")
	refused(t, err, outbound.ErrCut)
	c.Close()
	if e := ledger.Entries(); len(e) != 1 || e[0].Result != outbound.ResultCut || e[0].Bytes != 12 {
		t.Errorf("ledger %+v", e)
	}
	_, err = d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
	refused(t, err, outbound.ErrOffline)
}

// Each connection takes the proxy of that moment, and none goes around it.
func TestProxyOfTheMoment(t *testing.T) {
	var s switchable
	first, second := make(chan string, 1), make(chan string, 1)
	serve := func(saw chan string) func(net.Conn) { return func(c net.Conn) { saw <- connectProxy(c) } }
	a, b := listen(t, serve(first)), listen(t, serve(second))
	w := open(t, ok, func(c *outbound.Config) { c.Base, c.Policy = "", s.policy })
	for _, way := range []struct {
		proxy string
		saw   chan string
	}{{a, first}, {b, second}, {a, first}} {
		s.proxy.Store("http://" + way.proxy)
		w.now = w.now.Add(time.Hour)
		if _, err := w.get(context.Background(), address); err == nil {
			t.Error("a proxy that refuses is no answer")
		}
		if got := heard(t, way.saw); got == "" {
			t.Error("the proxy saw nothing")
		}
	}
	if len(w.seen()) != 0 || len(w.entries()) != 3 {
		t.Errorf("%d requests past the proxy, ledger %+v", len(w.seen()), w.entries())
	}
}

// full is a ledger that can keep nothing.
type full struct{ outbound.Memory }

func (*full) Record(outbound.Entry) error { return errors.New("no room") }

// What cannot be written down is not sent: neither a request nor, to a mail
// server or a proxy on the way to one, a connection.
func TestNoLedgerNoRequest(t *testing.T) {
	w := open(t, ok, func(c *outbound.Config) { c.Ledger = &full{} })
	_, err := w.get(context.Background(), address)
	refused(t, err, outbound.ErrLedger)
	if len(w.seen()) != 0 {
		t.Errorf("%d requests", len(w.seen()))
	}
	var reached atomic.Bool
	server := listen(t, func(net.Conn) { reached.Store(true) })
	for _, change := range []func(*outbound.Config){
		at("imap://" + server),
		func(c *outbound.Config) { c.Policy = through("socks5://" + server) },
		func(c *outbound.Config) { c.Policy = through("http://" + server) },
	} {
		d, _ := mailClient(t, func(c *outbound.Config) { change(c); c.Ledger = &full{} })
		_, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
		refused(t, err, outbound.ErrLedger)
	}
	if reached.Load() {
		t.Error("a connection was made")
	}
}

// keeper looks at what has left whenever it is told that something is about to.
type keeper struct {
	outbound.Memory
	look func(outbound.Entry)
}

func (k *keeper) Record(e outbound.Entry) error {
	k.look(e)
	return k.Memory.Record(e)
}

// The entry is there before the first byte leaves: while it is being written the
// server, or the proxy, has seen nothing of it.
func TestLedgerFirst(t *testing.T) {
	var reached atomic.Int32
	server := listen(t, func(c net.Conn) { reached.Add(1); greet(c) })
	look := func(e outbound.Entry) {
		if e.Result == outbound.ResultSent && reached.Load() != 0 {
			t.Errorf("it left before it was written down: %+v", e)
		}
	}
	w := open(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) }, func(c *outbound.Config) { c.Ledger = &keeper{look: look} })
	if _, err := w.get(context.Background(), address); err != nil || reached.Load() != 1 {
		t.Errorf("%d, %v", reached.Load(), err)
	}
	reached.Store(0)
	d, _ := mailClient(t, func(c *outbound.Config) { at("imap://" + server)(c); c.Ledger = &keeper{look: look} })
	c, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
}

// A proxy says yes and nothing more: the server behind it speaks once it is
// spoken to. One that adds bytes would speak in the server's place.
func TestProxyAddsNothing(t *testing.T) {
	for name, c := range map[string]struct{ adds, want string }{
		"nothing": {"", "error.imap.tls"}, // no server is behind it
		"a byte":  {"\x16", "error.imap.proxy"},
		"a hello": {"* OK I am the server\r\n", "error.imap.proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			proxy := listen(t, func(conn net.Conn) {
				if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"+c.adds)
				}
			})
			d, _ := mailClient(t, func(cfg *outbound.Config) { cfg.Policy = through("http://" + proxy) })
			_, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
			if key(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}
