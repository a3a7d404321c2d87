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

// Config says how a client works. All functions may be called from any goroutine.
type Config struct {
	UserAgent string        // honest, such as "Unlisted/0.1.0"
	Policy    func() Policy // how the person wants to go out now; nil is the zero Policy
	Ledger    Ledger
	Now       func() time.Time
	// Base is a loopback address that stands for every host, for tests and
	// demonstrations; else "". MailBase is the same for mail servers: "imaps://" or,
	// not encrypted, "imap://"; it needs Base.
	Base, MailBase string
	MailRoots      *x509.CertPool // whom a test's mail server is vouched for by; needs MailBase
}

// Client is the one way to the network. It is safe for concurrent use.
type Client struct {
	Config
	transport http.RoundTripper
	dialer    *net.Dialer
	base      *url.URL
	mail      *url.URL // stands for every mail server, or nil
	isolation [32]byte // key of this run, see isolated
	reserving sync.Mutex

	mu       sync.Mutex
	underWay map[int]context.CancelCauseFunc
	next     int
}

// New checks the configuration and returns the client. Base must be a loopback
// address.
func New(c Config) (*Client, error) {
	if c.Policy == nil {
		c.Policy = func() Policy { return Policy{} }
	}
	o := &Client{Config: c, underWay: map[int]context.CancelCauseFunc{}, dialer: &net.Dialer{Timeout: 10 * time.Second}}
	rand.Read(o.isolation[:])
	if c.Base != "" {
		u, err := url.Parse(c.Base)
		if err != nil || !loopback(u.Hostname()) {
			return nil, errors.New("the base address must be this computer's own")
		}
		o.base = u
	}
	mail, err := mailBase(c)
	if err != nil {
		return nil, err
	}
	o.mail = mail
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = o.proxy
	// Where a connection that was used before breaks, net/http sends a request again
	// by itself, and the ledger would have it once: each request has its own, and a
	// proxy sees as many as the ledger.
	t.DisableKeepAlives = true
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	t.DialContext = o.dialer.DialContext
	o.transport = t
	return o, nil
}

// ParseProxy reads the address of a proxy: http, https, socks5 or socks5h, with
// a host. The error is ErrProxy.
func ParseProxy(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
		return nil, ErrProxy
	}
	return u, nil
}

type whoKey struct{} // of the context of a request on its way: whom it is about

// proxy chooses the proxy for a request by the policy of this moment. The error
// is ErrProxy.
func (o *Client) proxy(r *http.Request) (*url.URL, error) {
	if o.base != nil {
		return nil, nil
	}
	who, _ := r.Context().Value(whoKey{}).(string)
	return o.chosen(r.URL.Host, who, func() (*url.URL, error) { return http.ProxyFromEnvironment(r) })
}

// chosen is the proxy of the policy or else that of the environment, or nil.
func (o *Client) chosen(host, who string, environment func() (*url.URL, error)) (u *url.URL, err error) {
	policy := o.Policy()
	if policy.Proxy != "" {
		u, err = ParseProxy(policy.Proxy)
	} else if u, err = environment(); err == nil && u != nil {
		u, err = ParseProxy(u.String())
	}
	if err != nil {
		return nil, ErrProxy
	}
	if policy.Isolate && policy.Proxy != "" && strings.HasPrefix(u.Scheme, "socks5") {
		return o.isolated(u, host, who), nil
	}
	return u, nil
}

// isolated is a proxy under a user name of its own for each host and person. What
// the proxy sees is a hash under a key of this run, and says nothing of either.
func (o *Client) isolated(u *url.URL, host, who string) *url.URL {
	mac := hmac.New(sha256.New, o.isolation[:])
	mac.Write([]byte(host + "\x00" + who))
	own := *u
	own.User = url.UserPassword(hex.EncodeToString(mac.Sum(nil)[:16]), "x")
	return &own
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

// Conn is a connection to a mail server. Its deadlines are the client's own: each
// read and each write has its time, and setting others does nothing. It ends when
// the person goes offline; what waits then gets ErrCut.
type Conn = net.Conn

// noSuchHost reports that a name leads nowhere.
func noSuchHost(err error) bool {
	var d *net.DNSError
	return errors.As(err, &d) && d.IsNotFound
}

// Reconsider reads the policy again and, where it is now to stay offline, ends
// everything under way. Whoever changes the policy calls it.
func (o *Client) Reconsider() {
	if !o.Policy().Offline {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, end := range o.underWay {
		end(ErrCut)
	}
}

// Online returns a context that also ends, with ErrCut as its cause, when the
// person goes offline. The function lets go of it.
func (o *Client) Online(ctx context.Context) (context.Context, func()) {
	ctx, end := context.WithCancelCause(ctx)
	o.mu.Lock()
	id := o.next
	o.next++
	o.underWay[id] = end
	o.mu.Unlock()
	if o.Policy().Offline { // since before anybody could tell
		end(ErrCut)
	}
	return ctx, func() {
		o.mu.Lock()
		delete(o.underWay, id)
		o.mu.Unlock()
		end(nil)
	}
}

// wentOffline reports that a context of Online ended because the person went
// offline.
func wentOffline(ctx context.Context) bool { return errors.Is(context.Cause(ctx), ErrCut) }

// Used are the times of requests that left for a purpose lately.
func (o *Client) Used(purpose string) []time.Time { return o.Ledger.Used(purpose) }

// Bind returns an HTTP client for one purpose and with the person's yes: it
// refuses any other host, any request without consent, and redirects to another
// host.
func (o *Client) Bind(p Purpose, yes Consent) *http.Client {
	return &http.Client{
		Timeout:   timeout,
		Transport: &roundTripper{o, p, yes},
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			// Custom headers such as an API key would follow to the next host.
			if next.URL.Host != via[0].URL.Host || next.URL.Scheme != via[0].URL.Scheme || len(via) > 3 {
				return ErrRedirect
			}
			return nil
		},
	}
}

// roundTripper is a client bound to a purpose and a yes.
type roundTripper struct {
	client  *Client
	purpose Purpose
	yes     Consent
}

// RoundTrip implements http.RoundTripper: every request passes here. What is
// about to leave is in the ledger before its first byte.
func (t *roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := t.check(r); err != nil {
		t.refused()
		return nil, err
	}
	ctx, done := t.client.Online(context.WithValue(r.Context(), whoKey{}, t.yes.who))
	defer done()
	if ctx.Err() != nil {
		t.refused()
		return nil, ErrOffline
	}
	e, err := t.reserve()
	if err != nil {
		return nil, err
	}
	resp, body, err := t.exchange(ctx, r)
	e.Bytes = int64(len(body))
	if resp != nil {
		e.Status = resp.StatusCode
	}
	t.ended(ctx, e, err)
	if err != nil {
		if wentOffline(ctx) {
			return nil, ErrCut
		}
		return nil, hide(err)
	}
	if int64(len(body)) > t.purpose.MaxBody {
		return nil, ErrTooLarge
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.Request = r
	return resp, nil
}

// exchange sends the request and reads the answer, up to the bound.
func (t *roundTripper) exchange(ctx context.Context, r *http.Request) (*http.Response, []byte, error) {
	out := r.Clone(ctx)
	if base := t.client.base; base != nil {
		out.URL.Scheme, out.URL.Host = base.Scheme, base.Host
		out.URL.Path = "/" + t.purpose.Host + out.URL.Path
		if out.URL.RawPath != "" {
			out.URL.RawPath = "/" + t.purpose.Host + out.URL.RawPath
		}
		out.Host = ""
	}
	out.Header.Set("User-Agent", t.client.UserAgent)
	resp, err := t.client.transport.RoundTrip(out)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, t.purpose.MaxBody+1))
	return resp, body, err
}

// hide keeps what failed and drops the address, which may hold an identifier.
func hide(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return fmt.Errorf("request failed: %w", err)
}

func (t *roundTripper) check(r *http.Request) error {
	if err := t.checkConsent(t.purpose.ID); err != nil {
		return err
	}
	if r.URL.Scheme != "https" || !strings.EqualFold(r.URL.Host, t.purpose.Host) {
		return ErrHost
	}
	if _, err := t.client.proxy(r); err != nil {
		return err
	}
	return r.Context().Err()
}

// checkConsent tells whether the person said yes.
func (t *roundTripper) checkConsent(to string) error {
	switch {
	case t.client.Policy().Offline:
		return ErrOffline
	case !t.yes.to(to):
		return ErrConsent
	}
	return nil
}

// reserve counts the request against the purpose's limits and puts it into the
// ledger: the entry is the right to send it.
func (t *roundTripper) reserve() (Entry, error) {
	o := t.client
	o.reserving.Lock() // two at once must not take the last place both
	defer o.reserving.Unlock()
	now := o.Now()
	if at := Next(t.purpose.Limits, o.Used(t.purpose.ID), now); at.After(now) {
		t.refused()
		return Entry{}, &Limited{at}
	}
	e := t.entry(ResultSent)
	e.ID = NewID()
	if err := o.Ledger.Record(e); err != nil {
		t.refused()
		return Entry{}, ErrLedger
	}
	return e, nil
}

func (t *roundTripper) entry(result string) Entry {
	return Entry{
		Time: t.client.Now().UTC(), Purpose: t.purpose.ID, Host: t.purpose.Host,
		Subject: t.yes.subject, Result: result,
	}
}

// refused notes what did not leave. Where even that cannot be kept nothing is
// missing from the list of what left.
func (t *roundTripper) refused() { _ = t.client.Ledger.Record(t.entry(ResultRefused)) }

// ended notes how a request ended. Where that cannot be kept the ledger goes on
// saying that it left.
func (t *roundTripper) ended(ctx context.Context, e Entry, err error) {
	e.Result = ResultFailed
	if err == nil || e.Status != 0 { // whole, or broken off
		e.Result = ResultAnswered
	}
	if err != nil && (wentOffline(ctx) || errors.Is(context.Cause(ctx), context.Canceled)) {
		e.Result = ResultCut
	}
	_ = t.client.Ledger.Record(e)
}
