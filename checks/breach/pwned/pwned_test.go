package pwned_test

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// The reference's vector: SHA-1 of "password".
const (
	prefix = "5BAA6"
	suffix = "1E4C9B93F3F0682250B6CF8331B7EE68FD8"
	other  = "0B24058B80A2C72180BB90DE1F14BC5ADB5"
)

// desk is the source in front of a server that keeps all it is sent.
type desk struct {
	source *pwned.Source
	ledger outbound.Memory

	mu   sync.Mutex
	list []string
}

func open(t *testing.T, answer http.HandlerFunc) *desk {
	t.Helper()
	d := &desk{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dump, _ := httputil.DumpRequest(r, true)
		d.mu.Lock()
		d.list = append(d.list, string(dump))
		d.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	client, err := outbound.New(outbound.Config{UserAgent: "Unlisted/test", Base: server.URL, Now: time.Now, Ledger: &d.ledger})
	if err != nil {
		t.Fatal(err)
	}
	d.source = pwned.New(client, time.Now)
	return d
}

func (d *desk) sent() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.list)
}

func (d *desk) check(b *pwned.Batch) []pwned.Site {
	return d.source.Check(context.Background(), outbound.Yes(pwned.ID), b, func(job.Progress) {})
}

func one(password string) *pwned.Batch {
	b := &pwned.Batch{}
	b.Add(password, "shop.example")
	return b
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, body)
	}
}

// How a range is read. Whatever is not a whole range of the documented shape
// proves nothing about the password.
func TestRanges(t *testing.T) {
	for name, c := range map[string]struct {
		body  string
		want  breach.Outcome
		count int64
	}{
		"found":                       {other + ":2\r\n" + suffix + ":41", breach.Found, 41},
		"line feeds only":             {other + ":2\n" + suffix + ":41\n", breach.Found, 41},
		"lower case":                  {strings.ToLower(suffix) + ":41", breach.Found, 41},
		"more than 32 bits":           {suffix + ":5000000000", breach.Found, 5000000000},
		"absent":                      {other + ":2", breach.NotFound, 0},
		"padding of our own line":     {other + ":2\r\n" + suffix + ":0", breach.NotFound, 0},
		"padding after the real line": {suffix + ":41\r\n" + suffix + ":0", breach.Found, 41},
		"padding before it":           {suffix + ":0\r\n" + suffix + ":41", breach.Found, 41},
		"nothing but padding":         {other + ":0\r\n" + suffix + ":0", breach.Malformed, 0},
		"empty":                       {"", breach.Malformed, 0},
		"blank":                       {"\r\n\r\n", breach.Malformed, 0},
		"cut off in the suffix":       {other + ":2\r\n" + suffix[:20], breach.Malformed, 0},
		"cut off before the count":    {other + ":2\r\n" + suffix + ":", breach.Malformed, 0},
		"lines of the other mode":     {other[:27] + ":2\r\n" + suffix[:27] + ":41", breach.Malformed, 0},
		"not hexadecimal":             {strings.Repeat("Z", 35) + ":2", breach.Malformed, 0},
		"a count below zero":          {suffix + ":-41", breach.Malformed, 0},
		"a count beyond all numbers":  {suffix + ":99999999999999999999", breach.Malformed, 0},
		"JSON":                        {`{"count":0}`, breach.Malformed, 0},
		"a page":                      {"<html>blocked</html>", breach.Blocked, 0},
		"a page among lines":          {other + ":2\r\n<html>", breach.Malformed, 0},
	} {
		got := open(t, text(c.body)).check(one("password"))
		want := []pwned.Site{{Site: "shop.example", Outcome: c.want, Count: c.count}}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// Statuses and lines that the fault menu of the fake lacks.
func TestBadRanges(t *testing.T) {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.WriteHeader(code)
			fmt.Fprint(w, body)
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		want   breach.Outcome
	}{
		"no such prefix":          {status(404, "The hash prefix was not found"), breach.Malformed},
		"no such prefix, a range": {status(404, other+":2"), breach.Malformed},
		"nothing at 404":          {status(404, ""), breach.Malformed},
		"refused prefix":          {status(400, "The hash prefix was not in a valid format"), breach.InvalidInput},
		"failure":                 {status(500, "Something went wrong."), breach.Unavailable},
		"failure, a range":        {status(503, other+":2"), breach.Unavailable},
		"no content":              {status(204, ""), breach.Malformed},
		"connection lost half way": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "30000")
			fmt.Fprint(w, other+":2\r\n")
		}, breach.Unavailable},
	} {
		got := open(t, c.answer).check(one("password"))
		if len(got) != 1 || got[0].Outcome != c.want || got[0].Count != 0 {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// Five characters of a hash are all that leaves, with padding asked for, so that
// not even the size of the answer tells which.
func TestWhatLeaves(t *testing.T) {
	world := fake.New(nil, map[string]int64{"password": 41})
	d := open(t, world.ServeHTTP)
	passwords := []string{"password", "P@ssw0rd", " spaced out ", "Żółw", "hunter2"}
	var b pwned.Batch
	for i, p := range passwords {
		b.Add(p, fmt.Sprintf("site%d.example", i))
	}
	d.check(&b)
	if len(d.sent()) != len(passwords) || len(d.ledger.Entries()) != len(passwords) {
		t.Fatalf("%d requests, %d in the ledger, for %d passwords", len(d.sent()), len(d.ledger.Entries()), len(passwords))
	}
	everything := strings.ToUpper(strings.Join(d.sent(), "\n") + fmt.Sprintf("%+v", d.ledger.Entries()))
	for _, p := range passwords {
		sum := sha1.Sum([]byte(p))
		h := strings.ToUpper(hex.EncodeToString(sum[:]))
		if !strings.Contains(everything, "GET /API.PWNEDPASSWORDS.COM/RANGE/"+h[:5]+" HTTP") {
			t.Errorf("%s was not asked about", h[:5])
		}
		if strings.Contains(everything, h[:6]) || strings.Contains(everything, h[5:]) || p != "password" && strings.Contains(everything, strings.ToUpper(p)) {
			t.Errorf("more than a prefix of %q left", p)
		}
	}
	if strings.Contains(everything, ".EXAMPLE") {
		t.Error("the sites left")
	}
	for _, r := range d.sent() {
		if !strings.Contains(r, "Add-Padding: true") || strings.Contains(strings.ToLower(r), "api-key") || !strings.HasSuffix(r, "\r\n\r\n") {
			t.Errorf("sent %q", r)
		}
	}
	if ledger := fmt.Sprintf("%+v", d.ledger.Entries()); strings.Contains(ledger, prefix) {
		t.Error("the ledger keeps a prefix, which narrows a password down")
	}
}

// Without a yes to this very purpose nothing leaves, and nothing is claimed.
func TestConsent(t *testing.T) {
	for _, yes := range [][]string{nil, {"hibp"}} {
		d := open(t, text(other+":2"))
		got := d.source.Check(context.Background(), outbound.Yes(yes...), one("password"), func(job.Progress) {})
		if len(d.sent()) != 0 || len(got) != 1 || got[0].Outcome != breach.NotChecked {
			t.Errorf("a yes to %q: %d requests, %v", yes, len(d.sent()), got)
		}
		if len(d.ledger.Entries()) != 1 || d.ledger.Entries()[0].Result != outbound.ResultRefused {
			t.Errorf("ledger %+v", d.ledger.Entries())
		}
	}
}

// Only a whole answer is kept for the session: after a failure the same password
// is asked about again.
func TestRemembered(t *testing.T) {
	body := suffix[:20]
	d := open(t, func(w http.ResponseWriter, r *http.Request) { text(body)(w, r) })
	if got := d.check(one("password")); got[0].Outcome != breach.Malformed {
		t.Errorf("cut off: %v", got)
	}
	body = suffix + ":41"
	for range 3 {
		if got := d.check(one("password")); got[0].Count != 41 {
			t.Errorf("whole: %v", got)
		}
	}
	if len(d.sent()) != 2 || len(d.ledger.Entries()) != 2 {
		t.Errorf("%d requests", len(d.sent()))
	}
}

// A source that says no to all of us is left alone, and the rest is not called
// safe.
func TestLimited(t *testing.T) {
	for fault, want := range map[fake.Fault]breach.Outcome{fake.LimitedRetry: breach.RateLimited, fake.Blocked: breach.Blocked} {
		world := fake.New(nil, nil)
		world.Fail(fault)
		d := open(t, world.ServeHTTP)
		var b pwned.Batch
		for i := range 20 {
			b.Add(fmt.Sprint("password", i), fmt.Sprint(i))
		}
		got := d.check(&b)
		if len(got) != 20 || slices.ContainsFunc(got, func(s pwned.Site) bool { return s.Outcome != want }) {
			t.Errorf("%s: %v", fault, got)
		}
		if len(d.sent()) != 1 {
			t.Errorf("%s: asked %d times", fault, len(d.sent()))
		}
	}
}

// A stop keeps what is known and claims nothing of the rest; progress reaches
// its end.
func TestStopped(t *testing.T) {
	d := open(t, text(other+":2"))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var b pwned.Batch
	for i := range 5 {
		b.Add(fmt.Sprint("password", i), "shop.example")
	}
	var last job.Progress
	got := d.source.Check(ctx, outbound.Yes(pwned.ID), &b, func(p job.Progress) { last = p; cancel() })
	var names []string
	for _, s := range got {
		names = append(names, s.Outcome.String())
	}
	if len(d.sent()) != 1 || !slices.Equal(names, []string{"not-checked", "not-checked", "not-checked", "not-checked", "not-found"}) {
		t.Errorf("%d requests, %q", len(d.sent()), names)
	}
	if last.Done != 5 || last.Total != 5 {
		t.Errorf("ends at %d of %d", last.Done, last.Total)
	}
}

// Equal passwords are one question, and the answer reaches every site once, in
// an order that does not change.
func TestBatch(t *testing.T) {
	d := open(t, fake.New(nil, map[string]int64{"password": 41}).ServeHTTP)
	var b pwned.Batch
	for _, site := range []string{"z.example", "a.example", "z.example", "m.example"} {
		b.Add("password", site)
		b.Add("quite another one", site)
	}
	b.Add("", "empty.example")
	b.Add("Password", "case.example") // another password altogether
	if b.Len() != 3 {
		t.Errorf("%d passwords", b.Len())
	}
	want := "[{a.example found 41} {a.example not-found 0} {case.example not-found 0} {m.example found 41} {m.example not-found 0} {z.example found 41} {z.example not-found 0}]"
	for range 20 {
		if got := fmt.Sprint(d.check(&b)); got != want {
			t.Fatalf("got %s", got)
		}
	}
	if len(d.sent()) != 3 { // what was once answered is not asked again
		t.Errorf("%d requests", len(d.sent()))
	}
	if got := d.check(&pwned.Batch{}); len(got) != 0 || len(d.sent()) != 3 {
		t.Errorf("an empty export: %v", got)
	}
}
