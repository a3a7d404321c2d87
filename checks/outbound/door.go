package outbound

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// timeout bounds one request, connection to last byte.
const timeout = 20 * time.Second

// Config says how a door works. All functions may be called from any goroutine.
type Config struct {
	UserAgent string                    // honest, such as "Unlisted/0.1.0"
	Allowed   func(purpose string) bool // standing consent
	Record    func(Entry)               // the ledger
	Now       func() time.Time
	Offline   bool
	Proxy     string                       // address of an HTTP or SOCKS5 proxy, which also looks up the names; "" follows the environment
	Isolate   bool                         // a SOCKS5 proxy gets another user name for each host and each person asked about: Tor takes another circuit for each
	Base      string                       // a loopback address that stands for every host, for tests and demonstrations; else ""
	Used      map[string][]time.Time       // times of earlier requests by purpose, so that limits hold across restarts
	Spent     func(map[string][]time.Time) // is told the times after each request; may be nil
	MailBase  string                       // the same as Base for mail servers: "imaps://" or, not encrypted, "imap://" with a loopback address; needs Base
	MailRoots *x509.CertPool               // whom a test's mail server is vouched for by; needs MailBase
}

// New checks the configuration and returns the door. Base must be a loopback
// address.
func New(c Config) (Door, error) {
	d := &door{Config: c, used: map[string][]time.Time{}}
	for k, v := range c.Used {
		d.used[k] = append([]time.Time(nil), v...)
	}
	proxy := http.ProxyFromEnvironment
	if c.Proxy != "" {
		u, err := ParseProxy(c.Proxy)
		if err != nil {
			return nil, err
		}
		proxy = c.through(u)
	}
	if c.Base != "" {
		u, err := url.Parse(c.Base)
		if err != nil || !loopback(u.Hostname()) {
			return nil, errors.New("the base address must be this computer's own")
		}
		d.base, proxy = u, nil
	}
	mail, err := mailBase(c)
	if err != nil {
		return nil, err
	}
	d.mail = mail
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = proxy
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	d.dialer = &net.Dialer{Timeout: 10 * time.Second}
	t.DialContext = d.dialer.DialContext
	d.transport = t
	return d, nil
}

// ErrProxy is an address that is no proxy's.
var ErrProxy = &Refused{ReasonProxy}

// ParseProxy reads the address of a proxy: http, https, socks5 or socks5h, with
// a host. The error is ErrProxy.
func ParseProxy(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
		return nil, ErrProxy
	}
	return u, nil
}

// through is the choice of the proxy for a request. Isolated, what the proxy sees
// as the user is a hash under a key of this run, and says nothing of the person.
func (c Config) through(u *url.URL) func(*http.Request) (*url.URL, error) {
	if !c.Isolate || !strings.HasPrefix(u.Scheme, "socks5") {
		return http.ProxyURL(u)
	}
	var key [32]byte
	rand.Read(key[:])
	return func(r *http.Request) (*url.URL, error) {
		who, _ := r.Context().Value(whoKey{}).(string)
		mac := hmac.New(sha256.New, key[:])
		mac.Write([]byte(r.URL.Host + "\x00" + who))
		own := *u
		own.User = url.UserPassword(hex.EncodeToString(mac.Sum(nil)[:16]), "x")
		return &own, nil
	}
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

// Conn is a connection to a mail server. Its deadlines are the door's own: each
// read and each write has its time, and setting others does nothing.
type Conn = net.Conn

// noSuchHost reports that a name leads nowhere.
func noSuchHost(err error) bool {
	var d *net.DNSError
	return errors.As(err, &d) && d.IsNotFound
}

type door struct {
	Config
	transport http.RoundTripper
	dialer    *net.Dialer
	base      *url.URL
	mail      *url.URL // stands for every mail server, or nil
	mu        sync.Mutex
	used      map[string][]time.Time
}

// Client implements Door.
func (d *door) Client(p Purpose) *http.Client {
	return &http.Client{
		Timeout:   timeout,
		Transport: &trip{d, p},
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			// Custom headers such as an API key would follow to the next host.
			if next.URL.Host != via[0].URL.Host || next.URL.Scheme != via[0].URL.Scheme || len(via) > 3 {
				return &Refused{ReasonRedirect}
			}
			return nil
		},
	}
}

type trip struct {
	door    *door
	purpose Purpose
}

// RoundTrip implements http.RoundTripper: everything that goes out passes here.
func (t *trip) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := t.check(r); err != nil {
		t.record(r.Context(), 0, 0, ResultRefused)
		return nil, err
	}
	out := r.Clone(r.Context())
	if t.door.base != nil {
		out.URL.Scheme, out.URL.Host = t.door.base.Scheme, t.door.base.Host
		out.URL.Path = "/" + t.purpose.Host + out.URL.Path
		if out.URL.RawPath != "" {
			out.URL.RawPath = "/" + t.purpose.Host + out.URL.RawPath
		}
		out.Host = ""
	}
	out.Header.Set("User-Agent", t.door.UserAgent)
	resp, err := t.door.transport.RoundTrip(out)
	if err != nil {
		t.record(r.Context(), 0, 0, ResultFailed)
		return nil, hide(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, t.purpose.MaxBody+1))
	t.record(r.Context(), int64(len(body)), resp.StatusCode, ResultAnswered)
	if err != nil {
		return nil, hide(err)
	}
	if int64(len(body)) > t.purpose.MaxBody {
		return nil, TooLarge{}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.Request = r
	return resp, nil
}

// hide keeps what failed and drops the address, which may hold an identifier.
func hide(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return fmt.Errorf("request failed: %w", err)
}

func (t *trip) check(r *http.Request) error {
	if err := t.agreed(r.Context(), t.purpose.ID); err != nil {
		return err
	}
	if r.URL.Scheme != "https" || !strings.EqualFold(r.URL.Host, t.purpose.Host) {
		return &Refused{ReasonHost}
	}
	return t.take()
}

// agreed tells whether the person said yes.
func (t *trip) agreed(ctx context.Context, to string) error {
	yes, _ := ctx.Value(consentKey{}).(map[string]bool)
	switch {
	case t.door.Offline:
		return &Refused{ReasonOffline}
	case !yes[to] && !t.door.Allowed(to):
		return &Refused{ReasonConsent}
	}
	return nil
}

// take counts the request against the purpose's limits. Times that lie ahead are
// from a clock since set right: they would hold the source back until then.
func (t *trip) take() error {
	d := t.door
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.Now()
	longest := time.Duration(0)
	for _, l := range t.purpose.Limits {
		longest = max(longest, l.Per)
	}
	if longest == 0 {
		return nil
	}
	var times []time.Time
	for _, at := range d.used[t.purpose.ID] {
		if !at.After(now) && now.Sub(at) < longest {
			times = append(times, at)
		}
	}
	for _, l := range t.purpose.Limits {
		if len(times) >= l.N {
			if until := times[len(times)-l.N].Add(l.Per); until.After(now) {
				return &Limited{until}
			}
		}
	}
	d.used[t.purpose.ID] = append(times, now)
	if d.Spent != nil {
		copied := map[string][]time.Time{}
		for k, v := range d.used {
			copied[k] = append([]time.Time(nil), v...)
		}
		d.Spent(copied)
	}
	return nil
}

func (t *trip) record(ctx context.Context, n int64, status int, result string) {
	subject, _ := ctx.Value(subjectKey{}).(string)
	t.door.Record(Entry{
		Time: t.door.Now().UTC().Truncate(time.Second), Purpose: t.purpose.ID, Host: t.purpose.Host,
		Subject: subject, Bytes: n, Status: status, Result: result,
	})
}
