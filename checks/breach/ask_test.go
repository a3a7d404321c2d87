package breach_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"unlisted/checks/breach"
	"unlisted/checks/outbound"
)

// wire answers a request without a network.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) { return w(r) }

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ask(w wire) breach.Answer {
	return breach.Ask(context.Background(), &http.Client{Transport: w}, "https://source.example/pat%40mail.example", http.Header{"Hibp-Api-Key": {"secret-key"}}, func() time.Time { return noon })
}

func answer(status int, kind, body string, header ...string) wire {
	return func(r *http.Request) (*http.Response, error) {
		h := http.Header{}
		if kind != "" {
			h.Set("Content-Type", kind)
		}
		for i := 0; i+1 < len(header); i += 2 {
			h.Set(header[i], header[i+1])
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	}
}

// What HTTP alone can judge. NotChecked leaves it to the source, which sees the
// status; nothing here may be a "not found".
func TestAsk(t *testing.T) {
	const data, page, text = "application/json", "text/html; charset=UTF-8", "text/plain"
	for _, c := range []struct {
		status     int
		kind, body string
		want       breach.Outcome
	}{
		{200, data, `[]`, breach.NotChecked},
		{200, text, "A:1", breach.NotChecked},
		{200, data, "", breach.NotChecked},
		{404, data, `{"Error":"Not found"}`, breach.NotChecked},
		{404, "", "", breach.NotChecked},
		{404, page, "<h1>Not Found</h1>", breach.Malformed},
		{404, "", " \r\n<!DOCTYPE html>", breach.Malformed},
		{200, page, "<html>", breach.Blocked},
		{200, data, "<html>", breach.Blocked},
		{200, "", "\n <html>", breach.Blocked},
		{200, page, `{"Error":"Not found"}`, breach.Blocked},
		{403, page, "<html>", breach.Blocked},
		{401, page, "<html>", breach.Blocked},
		{401, data, `{"statusCode":401}`, breach.Unauthorized},
		{403, data, `{"statusCode":403}`, breach.Forbidden},
		{403, "", "", breach.Forbidden},
		{400, "", "", breach.InvalidInput},
		{422, data, `{"detail":[]}`, breach.InvalidInput},
		{429, page, "<html>", breach.RateLimited},
		{429, data, `{}`, breach.RateLimited},
		{500, text, "Something went wrong.", breach.Unavailable},
		{503, page, "<html>", breach.Unavailable},
		{521, "", "", breach.Unavailable},
		{204, "", "", breach.Malformed},
		{206, data, `[]`, breach.Malformed},
		{304, "", "", breach.Malformed},
		{405, text, "Only GET", breach.Malformed},
		{410, data, `{}`, breach.Malformed},
		{418, "", "", breach.Malformed},
	} {
		a := ask(answer(c.status, c.kind, c.body))
		if a.Outcome != c.want || a.Status != c.status || string(a.Body) != c.body {
			t.Errorf("%d %q %q: %s, want %s", c.status, c.kind, c.body, a.Outcome, c.want)
		}
		if a.Outcome.Answered() {
			t.Errorf("%d %q %q: answered without a look at the data", c.status, c.kind, c.body)
		}
	}
}

// What never came is told apart: our own door, the person's stop, the source's
// limit, the net. The reason is all that is kept.
func TestAskFailures(t *testing.T) {
	until := noon.Add(time.Minute)
	for name, c := range map[string]struct {
		err    error
		want   breach.Outcome
		status int
	}{
		"no consent":     {outbound.ErrConsent, breach.NotChecked, -1},
		"offline":        {outbound.ErrOffline, breach.NotChecked, -1},
		"another host":   {outbound.ErrHost, breach.NotChecked, -1},
		"sent elsewhere": {outbound.ErrRedirect, breach.Blocked, 0},
		"limit":          {&outbound.Limited{Until: until}, breach.RateLimited, 0},
		"too large":      {outbound.ErrTooLarge, breach.Malformed, 0},
		"stopped":        {fmt.Errorf("read: %w", context.Canceled), breach.NotChecked, -1},
		"too slow":       {context.DeadlineExceeded, breach.Unavailable, 0},
		"no network":     {errors.New("no route to pat@mail.example"), breach.Unavailable, 0},
	} {
		a := ask(func(*http.Request) (*http.Response, error) { return nil, c.err })
		if a.Outcome != c.want || a.Status != c.status || len(a.Body) != 0 {
			t.Errorf("%s: %+v, want %s", name, a, c.want)
		}
		if (name == "limit") != a.RetryAt.Equal(until) {
			t.Errorf("%s: again at %s", name, a.RetryAt)
		}
		if text := fmt.Sprintf("%+v", a); strings.Contains(text, "pat") || strings.Contains(text, "secret") {
			t.Errorf("%s: the answer tells on the person: %s", name, text)
		}
	}
	a := ask(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(io.MultiReader(strings.NewReader(`{"Error":"Not found"}`), broken{})), Request: r}, nil
	})
	if a.Outcome != breach.Unavailable || len(a.Body) != 0 {
		t.Errorf("a body that breaks off: %+v", a)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// When to ask again: a second late rather than early, never the past, never
// beyond a day.
func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"": 0, "2": 3 * time.Second, " 30 ": 31 * time.Second, "0": time.Second, "3600": time.Hour + time.Second,
		"86400": 24 * time.Hour, "2000000000": 24 * time.Hour, "99999999999999999999999": 0, "-5": 0, "soon": 0, "1.5": 0,
		noon.Add(time.Minute).Format(http.TimeFormat):      time.Minute,
		noon.Add(-time.Minute).Format(http.TimeFormat):     0,
		noon.AddDate(20, 0, 0).Format(http.TimeFormat):     24 * time.Hour,
		"Tuesday, 24-Nov-26 12:05:00 GMT":                  5 * time.Minute, // RFC 850, which HTTP still allows
		"Tue, 24 Nov 2026 12:05:00 somewhere else in time": 0,
	} {
		at := ask(answer(429, "application/json", "{}", "Retry-After", header)).RetryAt
		if got := at.Sub(noon); want == 0 && !at.IsZero() || want != 0 && got != want {
			t.Errorf("%q: after %s, want %s", header, got, want)
		}
	}
}

// An address reaches the source as it was typed: a "+" read as a space would
// ask about somebody else.
func TestEscape(t *testing.T) {
	for plain, want := range map[string]string{
		"pat+shop@mail.example": "pat%2Bshop%40mail.example", "a b": "a%20b", "a/../b?c#d%41": "a%2F..%2Fb%3Fc%23d%2541", "ż@x.example": "%C5%BC%40x.example",
	} {
		got := breach.Escape(plain)
		if back, err := url.PathUnescape(got); got != want || err != nil || back != plain {
			t.Errorf("%q is sent as %q and read as %q, %v", plain, got, back, err)
		}
	}
}

// A source's text cannot draw on the screen or the terminal.
func TestPlain(t *testing.T) {
	for raw, want := range map[string]string{
		"Adobe": "Adobe", "Żółw & Co": "Żółw & Co", "<b>Bold</b>": "bBold/b", "a\x1b[31mred\r\n\x00": "a[31mred",
		"evil\u202egpj.exe\u200b": "evilgpj.exe", "half\xff\xfe": "half", "": "",
	} {
		if got := breach.Plain(raw); got != want {
			t.Errorf("%q becomes %q, want %q", raw, got, want)
		}
	}
	if got := breach.Plain(strings.Repeat("ż", 1000)); utf8.RuneCountInString(got) > 121 || !utf8.ValidString(got) {
		t.Errorf("%d characters", utf8.RuneCountInString(got))
	}
}
