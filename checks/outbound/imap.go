package outbound

import (
	"bufio"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"unlisted/checks/text"

	"golang.org/x/net/http/httpproxy"
	"golang.org/x/net/proxy"
)

// Bounds of a mail connection.
const (
	mailPort   = "993"            // IMAP within TLS from the first byte (RFC 8314, 3.2); nothing else is offered
	ioTimeout  = 30 * time.Second // for one read or write
	maxMail    = 2 << 30          // bytes from the server; Gmail gives no more in a day
	maxConnect = 16 << 10         // bytes of a proxy's answer
	maxName    = 253              // of a host (RFC 1035, 2.3.4)
)

// Dialer opens the connection to a mail server. A Client is one.
type Dialer interface {
	// Dial connects to the purpose's host, port 993, with TLS. It needs the
	// consent that MailConsent names. The ledger has each connection before it is
	// made, and its outcome when it is closed.
	Dial(ctx context.Context, p Purpose, yes Consent) (Conn, error)
}

var _ Dialer = (*Client)(nil)

// MailID is the purpose of reading the person's own mailbox.
const MailID = "imap"

// Mail is the purpose of reading the mailbox at host.
func Mail(host string) Purpose { return Purpose{ID: MailID, Host: host, MaxBody: maxMail} }

// MailConsent is what the person says yes to: mail from this host and no other.
func MailConsent(host string) string { return MailID + ":" + host }

// mailBase checks what stands for mail servers.
func mailBase(c Config) (*url.URL, error) {
	if c.MailBase == "" {
		if c.MailRoots != nil {
			return nil, errors.New("roots of one's own are for tests")
		}
		return nil, nil
	}
	u, err := url.Parse(c.MailBase)
	if err != nil || !loopback(u.Hostname()) || u.Port() == "" || u.Scheme != "imap" && u.Scheme != "imaps" {
		return nil, errors.New("the mail base address must be this computer's own")
	}
	if c.Base == "" {
		return nil, errors.New("a mail base address needs a base address")
	}
	return u, nil
}

// Dial implements Dialer.
func (o *Client) Dial(ctx context.Context, p Purpose, yes Consent) (Conn, error) {
	t := &roundTripper{o, p, yes}
	via, err := t.checkMail(ctx)
	if err != nil {
		t.refused()
		return nil, err
	}
	online, done := o.Online(ctx)
	e, err := t.reserve()
	if err != nil {
		done()
		return nil, err
	}
	c, err := t.dial(online, via)
	if err != nil {
		t.ended(online, e, err)
		cause := context.Cause(online)
		done()
		if cause != nil {
			return nil, cause
		}
		return nil, err
	}
	m := &mailConn{Conn: c, trip: t, entry: e, ctx: online, done: done}
	m.stop = context.AfterFunc(online, func() { _ = c.Close() }) // ends what waits
	return m, nil
}

// checkMail tells whether a connection may be made, and through which proxy.
func (t *roundTripper) checkMail(ctx context.Context) (via *url.URL, err error) {
	if err := t.checkConsent(MailConsent(t.purpose.Host)); err != nil {
		return nil, err
	}
	if !isHost(t.purpose.Host) || t.client.base != nil && t.client.mail == nil {
		return nil, ErrHost
	}
	if t.client.mail == nil {
		if via, err = t.client.mailProxy(t.purpose.Host+":"+mailPort, t.yes.who); err != nil {
			return nil, err
		}
	}
	return via, ctx.Err()
}

// dial connects and secures the connection.
func (t *roundTripper) dial(ctx context.Context, via *url.URL) (Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	c, err := t.client.connect(ctx, t.purpose.Host, via)
	if err != nil {
		return nil, err
	}
	if t.client.mail != nil && t.client.mail.Scheme == "imap" {
		return c, nil
	}
	s := tls.Client(c, &tls.Config{ServerName: t.purpose.Host, MinVersion: tls.VersionTLS12, RootCAs: t.client.MailRoots})
	if err := s.HandshakeContext(ctx); err != nil {
		_ = c.Close() // says nothing that the handshake did not
		return nil, &text.Error{Key: "error.imap.tls", Cause: err}
	}
	return s, nil
}

// isHost accepts a name or an IPv4 address and nothing around it: no port, no
// user, no path.
func isHost(s string) bool {
	bad := func(r rune) bool {
		return r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}
	return s != "" && len(s) <= maxName && !strings.ContainsFunc(s, bad) && strings.Trim(s, ".") == s
}

// connect reaches a mail server, through the proxy where there is one.
func (o *Client) connect(ctx context.Context, host string, via *url.URL) (Conn, error) {
	address := host + ":" + mailPort
	if o.mail != nil {
		return o.direct(ctx, o.mail.Host, "error.imap.blocked")
	}
	if via == nil {
		return o.direct(ctx, address, "error.imap.blocked")
	}
	if strings.HasPrefix(via.Scheme, "socks5") {
		return o.socks(ctx, via, address)
	}
	return o.tunnel(ctx, via, address)
}

// mailProxy is the proxy to use, or nil. A mail program also follows ALL_PROXY,
// which web clients of this language do not.
func (o *Client) mailProxy(address, who string) (*url.URL, error) {
	return o.chosen(address, who, func() (*url.URL, error) {
		env := httpproxy.FromEnvironment()
		env.HTTPSProxy = cmp.Or(env.HTTPSProxy, os.Getenv("ALL_PROXY"), os.Getenv("all_proxy"))
		if _, err := url.Parse(env.HTTPSProxy); err != nil {
			if _, err := url.Parse("http://" + env.HTTPSProxy); err != nil {
				return nil, err // would be taken for none
			}
		}
		return env.ProxyFunc()(&url.URL{Scheme: "https", Host: address})
	})
}

func (o *Client) direct(ctx context.Context, address, key string) (Conn, error) {
	c, err := o.dialer.DialContext(ctx, "tcp", address)
	if err == nil {
		return c, nil
	}
	if key == "error.imap.blocked" && noSuchHost(err) {
		key = "error.imap.host"
	}
	return nil, &text.Error{Key: key, Cause: err}
}

// socks goes through a SOCKS5 proxy, which also looks up the name.
func (o *Client) socks(ctx context.Context, via *url.URL, address string) (Conn, error) {
	var auth *proxy.Auth
	if via.User != nil {
		password, _ := via.User.Password()
		auth = &proxy.Auth{User: via.User.Username(), Password: password}
	}
	s, err := proxy.SOCKS5("tcp", withPort(via, "1080"), auth, o.dialer)
	if err != nil {
		return nil, &text.Error{Key: "error.imap.proxy", Cause: err}
	}
	c, err := s.(proxy.ContextDialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, &text.Error{Key: "error.imap.proxy", Cause: err}
	}
	return c, nil
}

func withPort(u *url.URL, port string) string {
	if u.Port() == "" {
		return strings.TrimSuffix(u.Host, ":") + ":" + port
	}
	return u.Host
}

// tunnel goes through an HTTP proxy (RFC 9110, 9.3.6, CONNECT).
func (o *Client) tunnel(ctx context.Context, via *url.URL, address string) (Conn, error) {
	port := "80"
	if via.Scheme == "https" {
		port = "443"
	}
	c, err := o.direct(ctx, withPort(via, port), "error.imap.proxy")
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.Close() }) // ends what waits
	defer stop()
	if via.Scheme == "https" {
		c = tls.Client(c, &tls.Config{ServerName: via.Hostname(), MinVersion: tls.VersionTLS12})
	}
	if err := o.handshake(c, via.User, address); err != nil {
		_ = c.Close() // the proxy's answer is the error
		return nil, &text.Error{Key: "error.imap.proxy", Cause: err}
	}
	return c, nil
}

// handshake asks an HTTP proxy for the way.
func (o *Client) handshake(c Conn, user *url.Userinfo, address string) error {
	r := &http.Request{
		Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address,
		Header: http.Header{"User-Agent": {o.UserAgent}},
	}
	if user != nil {
		password, _ := user.Password()
		r.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := r.Write(c); err != nil {
		return err
	}
	answer := bufio.NewReader(io.LimitReader(c, maxConnect))
	resp, err := http.ReadResponse(answer, r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK || answer.Buffered() > 0 { // the server behind it speaks second
		return errors.New("the proxy says no")
	}
	return nil
}

// mailConn counts what comes, bounds it and each wait, and tells the ledger.
type mailConn struct {
	Conn
	trip  *roundTripper
	entry Entry
	ctx   context.Context // ends when the person goes offline
	stop  func() bool
	done  func()
	bytes atomic.Int64
	told  sync.Once
}

// why puts going offline in the place of what it did to the connection.
func (c *mailConn) why(err error) error {
	if err != nil && wentOffline(c.ctx) {
		return ErrCut
	}
	return err
}

// Read implements net.Conn.
func (c *mailConn) Read(b []byte) (int, error) {
	if c.bytes.Load() > c.trip.purpose.MaxBody {
		return 0, ErrTooLarge
	}
	if err := c.Conn.SetReadDeadline(time.Now().Add(ioTimeout)); err != nil {
		return 0, c.why(err)
	}
	n, err := c.Conn.Read(b)
	c.bytes.Add(int64(n))
	return n, c.why(err)
}

// Write implements net.Conn.
func (c *mailConn) Write(b []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(time.Now().Add(ioTimeout)); err != nil {
		return 0, c.why(err)
	}
	n, err := c.Conn.Write(b)
	return n, c.why(err)
}

// SetDeadline implements net.Conn; see Conn.
func (c *mailConn) SetDeadline(time.Time) error { return nil }

// SetReadDeadline implements net.Conn; see Conn.
func (c *mailConn) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline implements net.Conn; see Conn.
func (c *mailConn) SetWriteDeadline(time.Time) error { return nil }

// Close implements net.Conn.
func (c *mailConn) Close() error {
	c.told.Do(func() {
		c.stop()
		c.entry.Bytes = c.bytes.Load()
		var err error
		if c.entry.Bytes == 0 || c.ctx.Err() != nil {
			err = io.ErrUnexpectedEOF
		}
		c.trip.ended(c.ctx, c.entry, err)
		c.done()
	})
	return c.Conn.Close()
}
