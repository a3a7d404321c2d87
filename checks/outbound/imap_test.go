package outbound_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"unlisted/checks/outbound"
)

const mailHost = "imap.mail.example"

// listen serves each connection on this computer; it returns the address.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer c.Close(); serve(c) }()
		}
	}()
	return l.Addr().String()
}

func greet(c net.Conn) {
	io.WriteString(c, "* OK hello\r\n")
	_, _ = io.Copy(io.Discard, c)
}

// certificate is one for mailHost and a pool that vouches for it.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{mailHost}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, _ := x509.ParseCertificate(der)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// mailClient is a client with its ledger.
func mailClient(t *testing.T, change func(*outbound.Config)) (*outbound.Client, *outbound.Memory) {
	t.Helper()
	var ledger outbound.Memory
	c := outbound.Config{UserAgent: "Unlisted/test", Ledger: &ledger, Now: time.Now}
	change(&c)
	d, err := outbound.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return d, &ledger
}

func at(base string) func(*outbound.Config) {
	return func(c *outbound.Config) { c.Base, c.MailBase = "http://127.0.0.1:1", base }
}

func agreed(host string) outbound.Consent {
	return outbound.Yes(outbound.MailConsent(host)).About("p•@m•.example", "pat@mail.example")
}

// key is the sentence of an error.
func key(err error) string {
	var e interface {
		Explain() (string, map[string]any)
	}
	if !errors.As(err, &e) {
		return ""
	}
	k, _ := e.Explain()
	return k
}

// One connection is one line in the ledger, there before it is made, and with
// what came from the server when it closes.
func TestMailLedger(t *testing.T) {
	d, ledger := mailClient(t, at("imap://"+listen(t, greet)))
	c, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := bufio.NewReader(c).ReadString('\n'); b != "* OK hello\r\n" {
		t.Errorf("read %q", b)
	}
	if e := ledger.Entries(); len(e) != 1 || e[0].Result != outbound.ResultSent || e[0].Subject != "p•@m•.example" {
		t.Errorf("before the end: %+v", e)
	}
	c.Close()
	c.Close()
	if len(ledger.Entries()) != 1 {
		t.Fatalf("ledger %+v", ledger.Entries())
	}
	if e := ledger.Entries()[0]; e.Purpose != "imap" || e.Host != mailHost || e.Bytes != 12 || e.Result != outbound.ResultAnswered || e.Subject != "p•@m•.example" {
		t.Errorf("ledger %+v", e)
	}
}

// What the person did not say yes to, or no mail server can be called, is
// never dialled.
func TestMailRefused(t *testing.T) {
	for name, c := range map[string]struct {
		yes    outbound.Consent
		host   string
		change func(*outbound.Config)
		want   string
	}{
		"no consent":              {outbound.Consent{}, mailHost, nil, "error.outbound.consent"},
		"consent to another host": {agreed("imap.other.example"), mailHost, nil, "error.outbound.consent"},
		"consent to mail at all":  {outbound.Yes("imap"), mailHost, nil, "error.outbound.consent"},
		"offline":                 {agreed(mailHost), mailHost, offline, "error.outbound.offline"},
		"a port":                  {agreed("imap.mail.example:143"), "imap.mail.example:143", nil, "error.outbound.host"},
		"a user":                  {agreed("pat@imap.mail.example"), "pat@imap.mail.example", nil, "error.outbound.host"},
		"nothing":                 {agreed(""), "", nil, "error.outbound.host"},
		"tests without a server":  {agreed(mailHost), mailHost, func(c *outbound.Config) { c.MailBase = "" }, "error.outbound.host"},
	} {
		t.Run(name, func(t *testing.T) {
			reached := false
			address := listen(t, func(net.Conn) { reached = true })
			d, ledger := mailClient(t, func(cfg *outbound.Config) {
				at("imap://" + address)(cfg)
				if c.change != nil {
					c.change(cfg)
				}
			})
			_, err := d.Dial(t.Context(), outbound.Mail(c.host), c.yes)
			if key(err) != c.want || reached {
				t.Errorf("%v, reached %v", err, reached)
			}
			if len(ledger.Entries()) != 1 || ledger.Entries()[0].Result != outbound.ResultRefused {
				t.Errorf("ledger %+v", ledger.Entries())
			}
		})
	}
}

// A server for tests is on this computer, and only tests vouch for servers.
func TestMailBase(t *testing.T) {
	for _, c := range []outbound.Config{
		{Base: "http://127.0.0.1:1", MailBase: "imap://imap.mail.example:993"},
		{Base: "http://127.0.0.1:1", MailBase: "imap://127.0.0.1"},
		{Base: "http://127.0.0.1:1", MailBase: "http://127.0.0.1:143"},
		{MailBase: "imap://127.0.0.1:143"},
		{MailRoots: x509.NewCertPool()},
		{Base: "http://127.0.0.1:1", MailRoots: x509.NewCertPool()},
	} {
		if _, err := outbound.New(c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}

// The server must prove its name, by TLS 1.2 at least.
func TestMailTLS(t *testing.T) {
	cert, pool := certificate(t)
	old := &tls.Config{Certificates: []tls.Certificate{cert}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	for name, c := range map[string]struct {
		server *tls.Config
		host   string
		roots  *x509.CertPool
		want   string
	}{
		"right":             {&tls.Config{Certificates: []tls.Certificate{cert}}, mailHost, pool, ""},
		"another name":      {&tls.Config{Certificates: []tls.Certificate{cert}}, "imap.other.example", pool, "error.imap.tls"},
		"nobody vouches":    {&tls.Config{Certificates: []tls.Certificate{cert}}, mailHost, nil, "error.imap.tls"},
		"too old":           {old, mailHost, pool, "error.imap.tls"},
		"not TLS":           {nil, mailHost, pool, "error.imap.tls"},
		"nobody is at home": {&tls.Config{}, mailHost, pool, "error.imap.blocked"},
	} {
		t.Run(name, func(t *testing.T) {
			address := listen(t, func(conn net.Conn) {
				if c.server != nil {
					conn = tls.Server(conn, c.server)
				}
				greet(conn)
			})
			if c.want == "error.imap.blocked" {
				address = "127.0.0.1:1"
			}
			d, ledger := mailClient(t, func(cfg *outbound.Config) { at("imaps://" + address)(cfg); cfg.MailRoots = c.roots })
			conn, err := d.Dial(t.Context(), outbound.Mail(c.host), agreed(c.host))
			if err == nil {
				b, _ := bufio.NewReader(conn).ReadString('\n')
				if b == "" {
					t.Error("nothing came")
				}
				conn.Close()
			}
			if key(err) != c.want {
				t.Errorf("%v, want %q", err, c.want)
			}
			if len(ledger.Entries()) != 1 || ledger.Entries()[0].Result == outbound.ResultRefused {
				t.Errorf("ledger %+v", ledger.Entries())
			}
		})
	}
}

// heard is what a server or proxy was asked; it is asked soon or never.
func heard(t *testing.T, asked <-chan string) string {
	t.Helper()
	select {
	case s := <-asked:
		return s
	case <-time.After(5 * time.Second):
		t.Error("nothing was asked")
		return ""
	}
}

// socks5 is a proxy that notes where it is asked to go and goes nowhere.
func socks5(t *testing.T, asked chan<- string) string {
	return listen(t, func(c net.Conn) {
		b := make([]byte, 300)
		io.ReadFull(c, b[:2])
		io.ReadFull(c, b[:b[1]])
		c.Write([]byte{5, 0})
		io.ReadFull(c, b[:5]) // version, connect, 0, by name, its length
		n := int(b[4])
		io.ReadFull(c, b[:n+2])
		asked <- string(b[:n])
		c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	})
}

func httpProxy(t *testing.T, status string, asked chan<- string) string {
	return listen(t, func(c net.Conn) {
		r, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		asked <- r.Method + " " + r.Host + " " + r.Header.Get("Proxy-Authorization")
		io.WriteString(c, "HTTP/1.1 "+status+"\r\n\r\n")
	})
}

// Where a proxy is set, mail goes through it or nowhere.
func TestMailProxy(t *testing.T) {
	for _, v := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"} {
		t.Setenv(v, "")
	}
	asked := make(chan string, 1)
	for name, c := range map[string]struct{ proxy, env, want, asked string }{
		"SOCKS":               {"socks5://" + socks5(t, asked), "", "error.imap.tls", mailHost},
		"from the system":     {"", "socks5://" + socks5(t, asked), "error.imap.tls", mailHost},
		"HTTP":                {"http://pat:secret@" + httpProxy(t, "200 OK", asked), "", "error.imap.tls", "CONNECT imap.mail.example:993 Basic cGF0OnNlY3JldA=="},
		"it says no":          {"http://" + httpProxy(t, "403 Forbidden", asked), "", "error.imap.proxy", "CONNECT imap.mail.example:993 "},
		"it is gone":          {"http://127.0.0.1:1", "", "error.imap.proxy", ""},
		"SOCKS is gone":       {"socks5://127.0.0.1:1", "", "error.imap.proxy", ""},
		"the system's is odd": {"", "gopher://127.0.0.1:1", "error.outbound.proxy", ""},
		"the system's is bad": {"", "http://%zz", "error.outbound.proxy", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("ALL_PROXY", c.env)
			d, ledger := mailClient(t, func(cfg *outbound.Config) { cfg.Policy = through(c.proxy) })
			_, err := d.Dial(t.Context(), outbound.Mail(mailHost), agreed(mailHost))
			if key(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
			if strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the proxy's password: %v", err)
			}
			got := ""
			if c.asked != "" {
				got = heard(t, asked)
			}
			if got != c.asked {
				t.Errorf("the proxy was asked for %q, want %q", got, c.asked)
			}
			if len(ledger.Entries()) != 1 || (ledger.Entries()[0].Result == outbound.ResultRefused) != (c.want == "error.outbound.proxy") {
				t.Errorf("ledger %+v", ledger.Entries())
			}
		})
	}
}

// An endless answer ends at the bound, and a stop ends a connection that hangs.
func TestMailBounds(t *testing.T) {
	d, _ := mailClient(t, at("imap://"+listen(t, func(c net.Conn) { _, _ = io.Copy(c, endless{}) })))
	p := outbound.Mail(mailHost)
	p.MaxBody = 1 << 20
	c, err := d.Dial(t.Context(), p, agreed(mailHost))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	n, err := io.Copy(io.Discard, c)
	if !errors.Is(err, outbound.ErrTooLarge) || n > 2<<20 {
		t.Errorf("read %d, %v", n, err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	d, ledger := mailClient(t, at("imaps://"+listen(t, func(c net.Conn) { cancel(); _, _ = io.Copy(io.Discard, c) })))
	if _, err := d.Dial(ctx, outbound.Mail(mailHost), agreed(mailHost)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if len(ledger.Entries()) != 1 || ledger.Entries()[0].Result != outbound.ResultCut {
		t.Errorf("ledger %+v", ledger.Entries())
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }
