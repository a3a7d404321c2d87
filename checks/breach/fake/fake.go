// Package fake serves faithful stand-ins of the breach sources on loopback, for
// tests and demonstrations. Each host answers below a folder of its own name,
// as a door with a base address asks for it.
package fake

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Fault is what a host does instead of answering.
type Fault string

// The fault menu of the reference.
const (
	OK            Fault = ""
	Blocked       Fault = "403-html"
	Down          Fault = "503-html"
	LimitedPlain  Fault = "429"
	LimitedRetry  Fault = "429-retry"
	LimitedDate   Fault = "429-date"
	Page          Fault = "200-html"
	Truncated     Fault = "truncated"
	Empty         Fault = "empty"
	Elsewhere     Fault = "redirect"
	Reset         Fault = "reset"
	Endless       Fault = "endless"
	NewShape      Fault = "new-shape"
	Unauthorized  Fault = "401"
	WrongPlan     Fault = "403-json"
	ServerFailure Fault = "500"
)

// Faults lists the whole menu.
func Faults() []Fault {
	return []Fault{Blocked, Down, LimitedPlain, LimitedRetry, LimitedDate, Page, Truncated, Empty, Elsewhere, Reset, Endless, NewShape, Unauthorized, WrongPlan, ServerFailure}
}

// Key works for every account; ZeroKey only for HIBP's own test accounts.
const (
	Key     = "0123456789abcdef0123456789abcdef"
	ZeroKey = "00000000000000000000000000000000"
)

// Server stands for all sources.
type Server struct {
	mu       sync.Mutex
	fault    Fault
	requests []string            // paths asked, for tests
	emails   map[string][]string // lower-case address -> breach names, both sources
	leaked   map[string]int64    // password -> count
	times    []time.Time
}

// New returns a server that knows the addresses and passwords given besides
// HIBP's test accounts.
func New(emails map[string][]string, leaked map[string]int64) *Server {
	s := &Server{emails: map[string][]string{}, leaked: leaked}
	for local, names := range testAccounts {
		s.emails[local+"@hibp-integration-tests.com"] = names
	}
	for a, names := range emails {
		s.emails[strings.ToLower(a)] = names
	}
	return s
}

// testAccounts are HIBP's documented ones, as far as the search shows them:
// sensitive, inactive and opted-out breaches answer as not found.
var testAccounts = map[string][]string{
	"account-exists": {"Adobe"}, "multiple-breaches": {"Adobe", "Gawker", "Stratfor"}, "not-active-and-active-breach": {"Adobe"}, "not-active-breach": nil,
	"opt-out": nil, "opt-out-breach": nil, "permanent-opt-out": nil, "paste-sensitive-breach": nil, "sensitive-breach": nil,
	"sensitive-and-other-breaches": {"Adobe", "Gawker"}, "spam-list-only": {"OnlinerSpambot"}, "spam-list-and-others": {"Adobe", "OnlinerSpambot"},
	"unverified-breach": {"Badoo"}, "stealer-log": {"ALIENStealerLogs"}, "subscription-free-breach": {"Adobe"}, "subscription-free-and-other-breaches": {"Adobe", "Gawker", "Stratfor"},
}

// Start serves on a free loopback port; the caller closes it.
func (s *Server) Start() *httptest.Server { return httptest.NewServer(s) }

// Fail makes every answer a fault from now on.
func (s *Server) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// Requests returns the paths asked so far.
func (s *Server) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r.URL.Path)
	fault := s.fault
	s.mu.Unlock()
	if fault != OK {
		serveFault(w, r, fault)
		return
	}
	host, path, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), "/"), "/")
	switch host {
	case "haveibeenpwned.com":
		s.hibp(w, r, path)
	case "api.pwnedpasswords.com":
		s.passwords(w, r, path)
	case "api.xposedornot.com":
		s.xposedOrNot(w, path)
	default:
		http.NotFound(w, r)
	}
}

func serveFault(w http.ResponseWriter, r *http.Request, f Fault) {
	page := func(code int) {
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		w.Header().Set("Cf-Ray", "8a1b2c3d4e5f")
		w.WriteHeader(code)
		fmt.Fprint(w, "<!DOCTYPE html><title>Request Blocked</title>")
	}
	switch f {
	case Blocked:
		page(http.StatusForbidden)
	case Down:
		page(http.StatusServiceUnavailable)
	case Page:
		page(http.StatusOK)
	case LimitedPlain:
		writeJSON(w, http.StatusTooManyRequests, map[string]any{"detail": map[string]any{"error": "Request dropped due to violation history"}})
	case LimitedRetry:
		w.Header().Set("Retry-After", "2")
		writeJSON(w, http.StatusTooManyRequests, map[string]any{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 2 seconds."})
	case LimitedDate:
		w.Header().Set("Retry-After", time.Now().Add(time.Minute).UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusTooManyRequests)
	case Truncated:
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `[{"Name":"Ado`)
	case Empty:
		w.WriteHeader(http.StatusOK)
	case Elsewhere:
		http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
	case Reset:
		if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
			c.Close()
		}
	case Endless:
		w.Header().Set("Content-Type", "application/json")
		for range 5 << 10 {
			if _, err := fmt.Fprint(w, strings.Repeat(" ", 1<<10)); err != nil {
				return
			}
		}
	case NewShape:
		writeJSON(w, http.StatusOK, map[string]any{"result": []int{1}})
	case Unauthorized:
		writeJSON(w, http.StatusUnauthorized, map[string]any{"statusCode": 401, "message": "Access denied due to invalid hibp-api-key."})
	case WrongPlan:
		writeJSON(w, http.StatusForbidden, map[string]any{"statusCode": 403, "message": "Access denied due to insufficient privileges for this resource."})
	case ServerFailure:
		http.Error(w, "Something went wrong.", http.StatusInternalServerError)
	}
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(v)
}

func (s *Server) hibp(w http.ResponseWriter, r *http.Request, path string) {
	deny := func(why string) {
		writeJSON(w, http.StatusUnauthorized, map[string]any{"statusCode": 401, "message": "Access denied due to " + why + " hibp-api-key."})
	}
	key := r.Header.Get("Hibp-Api-Key")
	switch {
	case r.Header.Get("User-Agent") == "":
		w.WriteHeader(http.StatusForbidden)
		return
	case key == "":
		deny("missing")
		return
	case len(key) != 32:
		deny("improperly formed")
		return
	case key != Key && key != ZeroKey:
		deny("invalid")
		return
	}
	if path == "api/v3/subscription/status" {
		writeJSON(w, http.StatusOK, map[string]any{"SubscriptionName": "Core 1", "Rpm": 10, "IncludesKAnon": false})
		return
	}
	escaped, ok := strings.CutPrefix(path, "api/v3/breachedaccount/")
	account, err := url.PathUnescape(escaped)
	account = strings.ToLower(strings.TrimSpace(account))
	switch {
	case !ok:
		http.NotFound(w, r)
	case err != nil || !strings.Contains(account, "@"):
		w.WriteHeader(http.StatusBadRequest)
	case key == ZeroKey && !strings.HasSuffix(account, "@hibp-integration-tests.com"):
		deny("invalid")
	case s.limited(10, time.Minute):
		w.Header().Set("Retry-After", "2")
		writeJSON(w, http.StatusTooManyRequests, map[string]any{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 2 seconds."})
	case len(s.emails[account]) == 0:
		w.WriteHeader(http.StatusNotFound)
	default:
		var names []map[string]string
		for _, n := range s.emails[account] {
			names = append(names, map[string]string{"Name": n})
		}
		writeJSON(w, http.StatusOK, names)
	}
}

// limited counts a request in a sliding window.
func (s *Server) limited(n int, per time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	kept := s.times[:0]
	for _, t := range s.times {
		if now.Sub(t) < per {
			kept = append(kept, t)
		}
	}
	s.times = append(kept, now)
	return len(s.times) > n
}

func (s *Server) xposedOrNot(w http.ResponseWriter, path string) {
	escaped, ok := strings.CutPrefix(path, "v1/check-email/")
	email, err := url.PathUnescape(escaped)
	email = strings.ToLower(email)
	switch {
	case !ok || err != nil:
		writeJSON(w, http.StatusNotFound, map[string]any{"detail": "Not Found"})
	case strings.HasPrefix(email, "old-contract"):
		writeJSON(w, http.StatusNotFound, map[string]any{"Error": "Not found"})
	case strings.HasPrefix(email, "shield"):
		writeJSON(w, http.StatusNotFound, map[string]any{"Error": "No breaches found", "email": email, "status": "failed"})
	case strings.HasPrefix(email, "exception"):
		writeJSON(w, http.StatusNotFound, map[string]any{"Error": "Not found", "email": email, "status": "failed"})
	case len(s.emails[email]) == 0:
		writeJSON(w, http.StatusOK, map[string]any{"Error": "Not found", "email": nil})
	default:
		writeJSON(w, http.StatusOK, map[string]any{"breaches": [][]string{s.emails[email]}, "email": email, "status": "success"})
	}
}

func (s *Server) passwords(w http.ResponseWriter, r *http.Request, path string) {
	prefix, ok := strings.CutPrefix(path, "range/")
	prefix = strings.ToUpper(prefix)
	plain := func(code int, text string) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(code)
		fmt.Fprint(w, text)
	}
	switch _, err := hex.DecodeString(prefix + "0"); {
	case !ok:
		plain(http.StatusBadRequest, "Invalid API query")
		return
	case r.Method != http.MethodGet:
		plain(http.StatusMethodNotAllowed, "Only GET requests can be used to query ranges")
		return
	case len(prefix) != 5:
		plain(http.StatusBadRequest, "The hash prefix was not in a valid format")
		return
	case err != nil:
		plain(http.StatusBadRequest, "The hash prefix was not valid hexadecimal")
		return
	}
	var lines []string
	for p, n := range s.leaked {
		sum := sha1.Sum([]byte(p))
		if h := strings.ToUpper(hex.EncodeToString(sum[:])); h[:5] == prefix {
			lines = append(lines, fmt.Sprintf("%s:%d", h[5:], n))
		}
	}
	random := rand.New(rand.NewPCG(uint64(len(prefix)), uint64(prefix[0]))) // equal ranges for equal prefixes
	filler := func(n int, count func() int) {
		for range n {
			b := make([]byte, 18)
			for i := range b {
				b[i] = byte(random.UintN(256))
			}
			lines = append(lines, fmt.Sprintf("%s:%d", strings.ToUpper(hex.EncodeToString(b))[:35], count()))
		}
	}
	filler(1000, func() int { return 1 + random.IntN(500) })
	if strings.EqualFold(r.Header.Get("Add-Padding"), "true") {
		filler(10+random.IntN(200), func() int { return 0 })
	}
	plain(http.StatusOK, strings.Join(lines, "\r\n"))
}
