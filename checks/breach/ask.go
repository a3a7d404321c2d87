package breach

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"unlisted/checks/outbound"
)

// Answer is what came back from a source, judged as far as HTTP goes.
type Answer struct {
	Outcome Outcome // NotChecked: a usable body, or a 404, that the source itself must judge
	Status  int
	Body    []byte
	RetryAt time.Time
}

// Ask sends one GET and judges the answer in the order of the reference: first
// what never came, then the status, then the kind of content. A page where data
// should be is Blocked, whatever its status.
func Ask(ctx context.Context, c *http.Client, address string, header http.Header, now func() time.Time) Answer {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Answer{Outcome: InvalidInput}
	}
	for k, v := range header {
		r.Header[k] = v
	}
	resp, err := c.Do(r)
	if err != nil {
		return failed(err)
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		return Answer{Outcome: Unavailable, Status: resp.StatusCode}
	}
	a := Answer{Status: resp.StatusCode, Body: body.Bytes(), RetryAt: retryAt(resp.Header.Get("Retry-After"), now())}
	a.Outcome = judge(resp, a.Body)
	return a
}

// AskJSON asks for JSON and takes over into r what the answer says of itself. It
// reports the status, and whether there is a body for the source to judge.
// backOff is how long to wait where a refusal names no time; 0 names none.
func AskJSON(ctx context.Context, c *http.Client, address string, backOff time.Duration, now func() time.Time, r *Result, body any) (status int, ok bool) {
	a := Ask(ctx, c, address, http.Header{"Accept": {"application/json"}}, now)
	r.Outcome, r.RetryAt = a.Outcome, a.RetryAt
	if a.Outcome == RateLimited && a.RetryAt.IsZero() && backOff > 0 {
		r.RetryAt = now().Add(backOff)
	}
	if a.Outcome != NotChecked || a.Status < 0 {
		return a.Status, false
	}
	if !Decode(a.Body, body) {
		r.Outcome = Malformed
		return a.Status, false
	}
	return a.Status, true
}

func failed(err error) Answer {
	var limited *outbound.Limited
	var refused *outbound.Refused
	var large outbound.TooLarge
	switch {
	case errors.As(err, &limited):
		return Answer{Outcome: RateLimited, RetryAt: limited.Until}
	case errors.As(err, &refused) && refused.Reason == outbound.ReasonRedirect:
		return Answer{Outcome: Blocked}
	case errors.As(err, &refused), errors.Is(err, context.Canceled):
		return Answer{Outcome: NotChecked, Status: -1}
	case errors.As(err, &large):
		return Answer{Outcome: Malformed}
	}
	return Answer{Outcome: Unavailable}
}

func judge(resp *http.Response, body []byte) Outcome {
	page := strings.Contains(resp.Header.Get("Content-Type"), "html") || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests:
		return RateLimited
	case code >= 500:
		return Unavailable
	case page && code != http.StatusNotFound:
		return Blocked
	case code == http.StatusOK, code == http.StatusNotFound && !page:
		return NotChecked
	case code == http.StatusNotFound:
		return Malformed // a page is nobody's "not found"
	case code == http.StatusUnauthorized:
		return Unauthorized
	case code == http.StatusForbidden:
		return Forbidden
	case code == http.StatusBadRequest, code == http.StatusUnprocessableEntity:
		return InvalidInput
	}
	return Malformed
}

// retryAt reads Retry-After as seconds or as an HTTP date; the zero time where
// it says nothing usable. More than a day is cut to a day.
func retryAt(v string, now time.Time) time.Time {
	at := time.Time{}
	if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && n >= 0 {
		at = now.Add(time.Duration(min(n, 86400))*time.Second + time.Second)
	} else if t, err := http.ParseTime(v); err == nil {
		at = t
	}
	if at.IsZero() || at.Before(now) {
		return time.Time{}
	}
	if day := now.Add(24 * time.Hour); at.After(day) {
		return day
	}
	return at
}

// Escape puts a value into a path so that every reserved character, "+" and "@"
// too, reaches the server as it is.
func Escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// Decode reads JSON leniently and says whether it could.
func Decode(body []byte, to any) bool { return json.Unmarshal(body, to) == nil }

// Plain makes a source's text safe to show.
func Plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '<' || r == '>' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}
