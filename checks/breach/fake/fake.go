// Package fake serves faithful stand-ins of the breach sources on loopback, for
// tests and demonstrations. Each host answers below a folder of its own name,
// as a client with a base address asks for it.
package fake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
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
	LimitedLong   Fault = "429-long"
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

// Faults that take as long as the client lets them; they are not in the menu.
const (
	Slow     Fault = "slow"      // no answer
	SlowBody Fault = "slow-body" // the beginning of one
)

// Faults lists the whole menu.
func Faults() []Fault {
	return []Fault{Blocked, Down, LimitedPlain, LimitedRetry, LimitedDate, LimitedLong, Page, Truncated, Empty, Elsewhere, Reset, Endless, NewShape, Unauthorized, WrongPlan, ServerFailure}
}

// Key works for every account; ProKey also has stealer logs and searches by
// hash; ZeroKey works only for HIBP's own test accounts.
const (
	Key     = "0123456789abcdef0123456789abcdef"
	ProKey  = "fedcba9876543210fedcba9876543210"
	ZeroKey = "00000000000000000000000000000000"
)

// Server stands for all sources.
type Server struct {
	mu       sync.Mutex
	fault    Fault
	requests []string            // paths asked, for tests
	emails   map[string][]string // lower-case address or number -> breach names, all sources
	leaked   map[string]int64    // password -> count
	times    map[string][]time.Time
}

// New returns a server that knows the addresses, numbers and passwords given
// besides HIBP's test accounts.
func New(emails map[string][]string, leaked map[string]int64) *Server {
	s := &Server{emails: map[string][]string{}, leaked: leaked, times: map[string][]time.Time{}}
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
		s.xposedOrNot(w, r, path)
	case "leakcheck.io":
		s.leakCheck(w, r, path)
	case "cavalier.hudsonrock.com":
		s.hudsonRock(w, r, path)
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
	case LimitedLong:
		w.Header().Set("Retry-After", "3600")
		writeJSON(w, http.StatusTooManyRequests, map[string]any{"detail": map[string]any{"error": "Rate limit exceeded", "retry_after": 3600}})
	case LimitedDate:
		w.Header().Set("Retry-After", time.Now().Add(10*time.Minute).UTC().Format(http.TimeFormat))
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
			_ = c.Close()
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
	case Slow, SlowBody:
		if f == SlowBody {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `[{"Name":"Adobe"}`)
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
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

// limited counts a request in a sliding window of a name; refused ones count too.
func (s *Server) limited(name string, n int, per time.Duration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	kept := s.times[name][:0]
	for _, t := range s.times[name] {
		if now.Sub(t) < per {
			kept = append(kept, t)
		}
	}
	s.times[name] = append(kept, now)
	return len(s.times[name]) > n
}
