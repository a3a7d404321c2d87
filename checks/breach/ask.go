package breach

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
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
	Data    bool // the kind of content is none that rules JSON out
	RetryAt time.Time
	Refused error // why it did not leave, or was cut off; see Result
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
	a := Answer{
		Status:  resp.StatusCode,
		Body:    body.Bytes(),
		RetryAt: retryAt(resp.Header.Get("Retry-After"), now()),
	}
	a.Outcome, a.Data = judge(resp, a.Body), mayBeData(resp.Header.Get("Content-Type"))
	return a
}

// Query is one question to a source that answers in JSON.
type Query struct {
	Address string
	Nothing []Nothing     // how it says that it knows nothing
	BackOff time.Duration // how long to wait where a refusal names no time; 0 names none
}

// AskJSON puts a question and takes over into r what the answer says of itself.
// NotFound comes from here alone, and only where the answer is one of the
// documented ones to the last key. It reports the status, and whether there is a
// body for the source to judge: a find, or a failure, or malformed.
func AskJSON(
	ctx context.Context, c *http.Client, q Query, now func() time.Time, r *Result, body any,
) (status int, ok bool) {
	a := Ask(ctx, c, q.Address, http.Header{"Accept": {"application/json"}}, now)
	a.into(r)
	if a.Outcome == RateLimited && a.RetryAt.IsZero() && q.BackOff > 0 {
		r.RetryAt = now().Add(q.BackOff)
	}
	if a.Outcome != NotChecked || a.Status < 0 {
		return a.Status, false
	}
	r.Outcome = Malformed
	doc, err := readStrict(a.Body)
	if err != nil || !a.Data {
		return a.Status, false
	}
	for _, n := range q.Nothing {
		if n.says(a.Status, doc) {
			r.Outcome = NotFound
			return a.Status, false
		}
	}
	return a.Status, json.Unmarshal(a.Body, body) == nil
}

// into takes over into a result what an answer says of itself.
func (a Answer) into(r *Result) { r.Outcome, r.RetryAt, r.Refused = a.Outcome, a.RetryAt, a.Refused }

// Into returns a result with what the answer says of itself.
func (a Answer) Into(r Result) Result {
	a.into(&r)
	return r
}

func failed(err error) Answer {
	var limited *outbound.Limited
	refused := outbound.Refusal(err)
	switch {
	case errors.As(err, &limited):
		return Answer{Outcome: RateLimited, RetryAt: limited.Until}
	case refused == outbound.ErrRedirect:
		return Answer{Outcome: Blocked}
	case refused == outbound.ErrLedger, refused == outbound.ErrCut:
		return Answer{Outcome: Unavailable, Refused: refused}
	case refused != nil, errors.Is(err, context.Canceled):
		return Answer{Outcome: NotChecked, Status: -1, Refused: refused}
	case errors.Is(err, outbound.ErrTooLarge):
		return Answer{Outcome: Malformed}
	}
	return Answer{Outcome: Unavailable}
}

func judge(resp *http.Response, body []byte) Outcome {
	page := strings.Contains(resp.Header.Get("Content-Type"), "html") ||
		bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
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

// mayBeData: data under no name, or as text, is how small servers send it.
func mayBeData(kind string) bool {
	if kind == "" {
		return true
	}
	media, _, err := mime.ParseMediaType(kind)
	return err == nil &&
		(media == "text/plain" || strings.HasSuffix(media, "/json") || strings.HasSuffix(media, "+json"))
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

// Decode reads one JSON value, leniently as to its fields and strictly as to the
// rest (see readStrict), and says whether it could.
func Decode(body []byte, to any) bool {
	_, err := readStrict(body)
	return err == nil && json.Unmarshal(body, to) == nil
}

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
