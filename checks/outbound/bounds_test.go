package outbound_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"unlisted/checks/outbound"
)

// seconds are moments after the first, in the order given.
func seconds(list []int) (out []time.Time) {
	for _, s := range list {
		out = append(out, time.Unix(1_800_000_000+int64(s), 0))
	}
	return out
}

// earliest tries each second from one on, and counts.
func earliest(limits []outbound.Limit, used []int, from int) int {
	for at := from; ; at++ {
		free := true
		for _, l := range limits {
			n := 0
			for _, u := range used {
				if time.Duration(at-u)*time.Second < l.Per {
					n++
				}
			}
			free = free && (l.N == 0 || n < l.N)
		}
		if free {
			return at
		}
	}
}

// When the next request may leave is the first second at which a plain count says
// so; what a clock ahead of its time noted does not count, what is planned does.
func TestLimitsByCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limits := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) outbound.Limit {
			return outbound.Limit{N: rapid.IntRange(0, 4).Draw(t, "n"), Per: time.Duration(rapid.IntRange(1, 20).Draw(t, "per")) * time.Second}
		}), 0, 3).Draw(t, "limits")
		used := rapid.SliceOfN(rapid.IntRange(0, 40), 0, 12).Draw(t, "used")
		now := rapid.IntRange(0, 40).Draw(t, "now")
		given := slices.Clone(used)
		past := slices.DeleteFunc(slices.Clone(used), func(u int) bool { return u > now })
		times, at := seconds(used), seconds([]int{now})[0]
		if got, want := outbound.Next(limits, times, at), earliest(limits, past, now); !got.Equal(seconds([]int{want})[0]) {
			t.Fatalf("next in %s, want %d", got.Sub(at), want-now)
		}
		last := max(now, slices.Max(append([]int{now}, used...)))
		if got, want := outbound.After(limits, times, at), earliest(limits, used, last); !got.Equal(seconds([]int{want})[0]) {
			t.Fatalf("after what is planned in %s, want %d", got.Sub(at), want-now)
		}
		if !slices.EqualFunc(times, seconds(given), time.Time.Equal) {
			t.Fatal("the list given was changed")
		}
	})
}

// The times that are kept are those a plain rule keeps: the newest thousand of
// the last eight days, and none from ahead of the newest.
func TestSpend(t *testing.T) {
	const day = 24 * 3600
	rapid.Check(t, func(t *rapid.T) {
		var kept []time.Time
		var plain []int
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			at := rapid.SampledFrom([]int{0, 1, day, 2 * day, 8*day - 1, 8 * day, 8*day + 1, 9 * day, 16 * day, 17*day + 1}).Draw(t, "at")
			kept = outbound.Spend(kept, seconds([]int{at})[0])
			plain = append(slices.DeleteFunc(plain, func(u int) bool { return u > at || at-u > 8*day }), at)
		}
		if !slices.EqualFunc(kept, seconds(plain), time.Time.Equal) {
			t.Fatalf("%v, want %v", kept, seconds(plain))
		}
	})
	var kept []time.Time
	for i := range 1003 {
		kept = outbound.Spend(kept, seconds([]int{i})[0])
		if len(kept) != min(i+1, 1000) || !kept[len(kept)-1].Equal(seconds([]int{i})[0]) {
			t.Fatalf("%d of %d are kept", len(kept), i+1)
		}
	}
}

// Two lists of the same requests, of which either may lack some, give each
// request once.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SliceOfN(rapid.IntRange(0, 6), 0, 8).Draw(t, "a")
		b := rapid.SliceOfN(rapid.IntRange(0, 6), 0, 8).Draw(t, "b")
		var want []int
		for s := range 7 {
			times := func(list []int) (n int) {
				for _, x := range list {
					if x == s {
						n++
					}
				}
				return n
			}
			for range max(times(a), times(b)) {
				want = append(want, s)
			}
		}
		if got := outbound.Merge(seconds(a), seconds(b)); !slices.EqualFunc(got, seconds(want), time.Time.Equal) {
			t.Fatalf("%v and %v give %v", a, b, got)
		}
	})
	many := make([]int, 1003)
	for i := range many {
		many[i] = i
	}
	if got := outbound.Merge(seconds(many[:500]), seconds(many)); len(got) != 1000 || !got[0].Equal(seconds(many)[3]) {
		t.Errorf("%d are kept, from %s", len(got), got[0])
	}
}

// An outcome stands in the place of what was sent; everything else stands for
// itself. The list given stays as it was.
func TestPut(t *testing.T) {
	e := func(id, result string) outbound.Entry { return outbound.Entry{ID: id, Result: result} }
	list := []outbound.Entry{e("", "refused"), e("1", "sent"), e("2", "sent"), e("1", "sent")}
	before := slices.Clone(list)
	for _, c := range []struct {
		put  outbound.Entry
		at   int
		size int
	}{
		{e("2", "answered"), 2, 4}, {e("1", "failed"), 3, 4}, {e("1", "sent"), 4, 5}, {e("3", "answered"), 4, 5}, {e("", "refused"), 4, 5}, {e("", "answered"), 4, 5},
	} {
		got := outbound.Put(slices.Clip(list), c.put)
		if len(got) != c.size || got[c.at] != c.put || !slices.Equal(list, before) {
			t.Errorf("%+v: %+v", c.put, got)
		}
	}
	used := map[string][]time.Time{"a": seconds([]int{1})}
	more := outbound.WithSpent(used, outbound.Entry{Purpose: "a", Time: seconds([]int{2})[0], Result: outbound.ResultSent})
	same := outbound.WithSpent(used, outbound.Entry{Purpose: "a", Time: seconds([]int{2})[0], Result: outbound.ResultAnswered})
	first := outbound.WithSpent(nil, outbound.Entry{Purpose: "b", Result: outbound.ResultSent})
	one, another := outbound.NewID(), outbound.NewID()
	if len(used["a"]) != 1 || len(more["a"]) != 2 || len(same["a"]) != 1 || len(first["b"]) != 1 || one == another {
		t.Errorf("%v, %v, %v", used, more, same)
	}
}

// An answer of exactly the bound is whole, one byte more is none.
func TestBoundToTheByte(t *testing.T) {
	for extra, whole := range map[int64]bool{-1: true, 0: true, 1: false} {
		size := int(purpose.MaxBody + extra)
		w := open(t, func(rw http.ResponseWriter, _ *http.Request) { io.WriteString(rw, strings.Repeat("x", size)) }, nil)
		body, err := w.get(context.Background(), address)
		if (err == nil) != whole || whole && len(body) != size {
			t.Errorf("%d bytes: %d, %v", size, len(body), err)
		}
		d, _ := mailClient(t, at("imap://"+listen(t, func(c net.Conn) { io.WriteString(c, strings.Repeat("x", size)) })))
		p := outbound.Mail(mailHost)
		p.MaxBody = purpose.MaxBody
		c, err := d.Dial(t.Context(), p, agreed(mailHost))
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, c)
		if c.Close(); (err == nil) != whole || int(n) != size {
			t.Errorf("mail of %d bytes: %d, %v", size, n, err)
		}
	}
}

// Three redirects on one host are followed, the fourth is not; each is a request.
func TestRedirectsOnOneHost(t *testing.T) {
	for n, want := range map[int]int{1: 2, 3: 4, 4: 4, 9: 4} {
		hops := 0
		w := open(t, func(rw http.ResponseWriter, r *http.Request) {
			if hops++; hops <= n {
				http.Redirect(rw, r, fmt.Sprint("/hop", hops), http.StatusFound)
				return
			}
			io.WriteString(rw, "fine")
		}, nil)
		p := purpose
		p.Limits = nil
		resp, err := w.Bind(p, yes).Get(address)
		if err == nil {
			resp.Body.Close()
		}
		if (err == nil) != (n <= 3) || len(w.seen()) != want || len(w.entries()) != want {
			t.Errorf("%d redirects: %v, %d requests, %d in the ledger", n, err, len(w.seen()), len(w.entries()))
		}
	}
	if bound := open(t, ok, nil).Bind(purpose, yes).Timeout; bound < 5*time.Second || bound > time.Minute {
		t.Errorf("a request may take %s", bound)
	}
}

// Going offline between the look at the policy and the request: nothing leaves.
func TestOfflineInBetween(t *testing.T) {
	var looks atomic.Int32
	w := open(t, ok, func(c *outbound.Config) {
		c.Policy = func() outbound.Policy { return outbound.Policy{Offline: looks.Add(1) > 1} }
	})
	_, err := w.get(context.Background(), address)
	refused(t, err, outbound.ErrOffline)
	if len(w.seen()) != 0 || len(w.entries()) != 1 || w.entries()[0].Result != outbound.ResultRefused {
		t.Errorf("%d requests, ledger %+v", len(w.seen()), w.entries())
	}
}

// noProxies empties what the system says of proxies.
func noProxies(t *testing.T) {
	for _, v := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"} {
		t.Setenv(v, "")
	}
}

// The name of a mail server is letters, digits, dots and hyphens, at most 253 of
// them (RFC 1035), and nothing else around it.
func TestMailHosts(t *testing.T) {
	noProxies(t)
	reached := make(chan string, 1)
	d, _ := mailClient(t, func(c *outbound.Config) { c.Policy = through("socks5://" + socks5(t, reached)) })
	long := strings.Repeat("a.", 126) + "a"
	for host, good := range map[string]bool{
		"az09.example": true, "a-z.example": true, long: true, long + "b": false, "A.example": false, "a_b.example": false, "a/b": false, "a:1": false,
		"a`b": false, "a{b": false, ".mail.example": false, "mail.example.": false, "": false,
	} {
		_, err := d.Dial(t.Context(), outbound.Mail(host), agreed(host))
		if (key(err) != "error.outbound.host") != good {
			t.Fatalf("%.20q: %v", host, err)
		}
		if good {
			if asked := heard(t, reached); asked != host {
				t.Errorf("asked for %q", asked)
			}
		}
	}
}

// Without a proxy the server is called directly: nobody at home, and no such
// name, have a sentence each; a proxy that is not there has its own.
func TestMailNotReached(t *testing.T) {
	noProxies(t)
	for _, c := range []struct{ host, proxy, want, cause string }{
		{"127.0.0.1", "", "error.imap.blocked", "127.0.0.1:993"},
		{"mail..example", "", "error.imap.host", "mail..example"},
		{mailHost, "http://proxy..example", "error.imap.proxy", "proxy..example"},
		{mailHost, "http://127.0.0.1", "error.imap.proxy", "127.0.0.1:80"},
		{mailHost, "http://127.0.0.1:", "error.imap.proxy", "127.0.0.1:80"},
		{mailHost, "https://127.0.0.1", "error.imap.proxy", "127.0.0.1:443"},
		{mailHost, "socks5://127.0.0.1", "error.imap.proxy", "127.0.0.1:1080"},
		{mailHost, "socks5h://127.0.0.1:1", "error.imap.proxy", "127.0.0.1:1:"},
	} {
		d, ledger := mailClient(t, func(cfg *outbound.Config) { cfg.Policy = through(c.proxy) })
		_, err := d.Dial(t.Context(), outbound.Mail(c.host), agreed(c.host))
		if key(err) != c.want || !strings.Contains(fmt.Sprint(errors.Unwrap(err)), c.cause) {
			t.Errorf("%s through %q: %v: %v", c.host, c.proxy, err, errors.Unwrap(err))
		}
		if e := ledger.Entries(); len(e) != 1 || e[0].Result != outbound.ResultFailed {
			t.Errorf("ledger %+v", e)
		}
	}
}

// A proxy that speaks TLS must prove its name too; one that answers with no HTTP
// or hangs up is no way.
func TestMailBadProxies(t *testing.T) {
	noProxies(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(ok))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	for name, proxy := range map[string]string{
		"nobody vouches for it": server.URL,
		"it hangs up":           "http://" + listen(t, func(net.Conn) {}),
		"it speaks no HTTP":     "http://" + listen(t, func(c net.Conn) { io.WriteString(c, "SSH-2.0\r\n") }),
		"it never ends":         "http://" + listen(t, func(c net.Conn) { io.WriteString(c, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 1<<20)) }),
	} {
		d, _ := mailClient(t, func(cfg *outbound.Config) { cfg.Policy = through(proxy) })
		if _, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost)); key(err) != "error.imap.proxy" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Through a SOCKS proxy mail goes under the name and the circuit of its own.
func TestMailThroughSocks(t *testing.T) {
	noProxies(t)
	var s socks
	address := listen(t, s.serve)
	var policy outbound.Policy
	d, _ := mailClient(t, func(cfg *outbound.Config) { cfg.Policy = func() outbound.Policy { return policy } })
	for _, policy = range []outbound.Policy{
		{Proxy: "socks5://pat:secret@" + address}, {Proxy: "socks5h://" + address}, {Proxy: "socks5h://" + address, Isolate: true}, {Proxy: "socks5h://pat:secret@" + address, Isolate: true},
	} {
		if _, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost)); key(err) != "error.imap.proxy" {
			t.Errorf("%v", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.users) != 4 || s.users[0] != "pat" || s.users[1] != "" || len(s.users[2]) != 32 || s.users[3] != s.users[2] {
		t.Errorf("users %q", s.users)
	}
	if s.bare != 0 || slices.ContainsFunc(s.names, func(n string) bool { return n != mailHost }) {
		t.Errorf("asked for %q", s.names)
	}
}

// A mail connection on which nothing came is no answer, and its deadlines are its
// own.
func TestMailConnection(t *testing.T) {
	d, ledger := mailClient(t, at("imap://"+listen(t, func(c net.Conn) {
		_, _ = bufio.NewReader(c).ReadString('\n')
		io.WriteString(c, "* OK\r\n")
	})))
	silent, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	silent.Close()
	c, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	long := time.Unix(0, 0)
	if err := errors.Join(c.SetDeadline(long), c.SetReadDeadline(long), c.SetWriteDeadline(long)); err != nil {
		t.Error(err)
	}
	if _, err := io.WriteString(c, "a1 NOOP\r\n"); err != nil {
		t.Errorf("written: %v", err)
	}
	if b, err := io.ReadAll(c); err != nil || string(b) != "* OK\r\n" {
		t.Errorf("read %q, %v", b, err)
	}
	c.Close()
	if _, err := c.Read(make([]byte, 1)); err == nil {
		t.Error("read after the end")
	}
	if _, err := c.Write([]byte{1}); err == nil {
		t.Error("written after the end")
	}
	if e := ledger.Entries(); len(e) != 2 || e[0].Result != outbound.ResultFailed || e[0].Bytes != 0 || e[1].Result != outbound.ResultAnswered || e[1].Bytes != 6 {
		t.Errorf("ledger %+v", e)
	}
}

// A limit that is used up holds mail back as well.
func TestMailLimited(t *testing.T) {
	d, ledger := mailClient(t, at("imap://"+listen(t, greet)))
	p := outbound.Mail(mailHost)
	p.Limits = []outbound.Limit{{N: 1, Per: time.Hour}}
	c, err := d.Dial(t.Context(), p, agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var limited *outbound.Limited
	if _, err := d.Dial(t.Context(), p, agreed(mailHost)); !errors.As(err, &limited) || len(ledger.Entries()) != 2 {
		t.Errorf("%v, ledger %+v", err, ledger.Entries())
	}
}
