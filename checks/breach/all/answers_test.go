package all_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/all"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/xposedornot"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// behind is a desk in front of any answer; sent keeps all that reaches it.
func behind(t *testing.T, answer http.HandlerFunc, now func() time.Time) (d *desk, sent *[]string) {
	t.Helper()
	d, sent = &desk{key: fake.Key}, new([]string)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dump, _ := httputil.DumpRequest(r, true)
		*sent = append(*sent, string(dump))
		answer(w, r)
	}))
	t.Cleanup(web.Close)
	door, err := outbound.New(outbound.Config{
		UserAgent: "Unlisted/test", Base: web.URL, Allowed: func(string) bool { return false }, Now: now,
		Record: func(e outbound.Entry) { d.ledger = append(d.ledger, e) },
	})
	if err != nil {
		t.Fatal(err)
	}
	d.door = door
	d.sources = all.Sources(door, func(string) string { return d.key }, catalogue(t), now)
	return d, sent
}

func raw(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// Answers outside the fault menu, for somebody who is in a breach: none of them
// may become an all-clear, whatever shape the next version of a source takes.
func TestOddAnswers(t *testing.T) {
	const data, page = "application/json", "text/html"
	for name, c := range map[string]struct {
		answer    http.HandlerFunc
		hibp, xon breach.Outcome
	}{
		"a page at 404":          {raw(404, page, "<h1>Not Found</h1>"), breach.Malformed, breach.Malformed},
		"nothing at 404":         {raw(404, data, ""), breach.Partial, breach.Malformed}, // HIBP's own "not found", never the whole truth
		"a moved path":           {raw(404, data, `{"detail":"Not Found"}`), breach.Partial, breach.Malformed},
		"an empty list":          {raw(200, data, `[]`), breach.Malformed, breach.Malformed},
		"null":                   {raw(200, data, `null`), breach.Malformed, breach.Malformed},
		"an empty object":        {raw(200, data, `{}`), breach.Malformed, breach.Malformed},
		"nameless breaches":      {raw(200, data, `[{"Name":""},{}]`), breach.Malformed, breach.Malformed},
		"one name among none":    {raw(200, data, `[{"Name":"Adobe"},{"Name":null}]`), breach.Malformed, breach.Malformed},
		"no breaches in it":      {raw(200, data, `{"breaches":[[]],"status":"success"}`), breach.Malformed, breach.Malformed},
		"null for breaches":      {raw(200, data, `{"breaches":null,"Error":null}`), breach.Malformed, breach.Malformed},
		"another shape":          {raw(200, data, `{"breaches":["Adobe"]}`), breach.Malformed, breach.Malformed},
		"another error":          {raw(200, data, `{"Error":"Invalid request"}`), breach.Malformed, breach.Malformed},
		"text":                   {raw(200, "text/plain", "Not found"), breach.Malformed, breach.Malformed},
		"two documents":          {raw(200, data, `{"Error":"Not found"}{"breaches":[["Adobe"]]}`), breach.Malformed, breach.Malformed},
		"not found, as a page":   {raw(200, page, `{"Error":"Not found"}`), breach.Blocked, breach.Blocked},
		"not found, as failure":  {raw(503, data, `{"Error":"Not found"}`), breach.Unavailable, breach.Unavailable},
		"not found, as a limit":  {raw(429, data, `{"Error":"Not found"}`), breach.RateLimited, breach.RateLimited},
		"breaches, as not found": {raw(404, data, `{"breaches":[["Adobe"]]}`), breach.Partial, breach.Malformed},
		"refused address":        {raw(400, "", ""), breach.InvalidInput, breach.InvalidInput},
		"unreadable address":     {raw(422, data, `{"detail":[]}`), breach.InvalidInput, breach.InvalidInput},
		"no content":             {raw(204, "", ""), breach.Malformed, breach.Malformed},
		"lost half way": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", data)
			w.Header().Set("Content-Length", "500")
			fmt.Fprint(w, `{"Error":"Not found"}`)
		}, breach.Unavailable, breach.Unavailable},
	} {
		d, _ := behind(t, c.answer, time.Now)
		for id, want := range map[string]breach.Outcome{hibp.ID: c.hibp, xposedornot.ID: c.xon} {
			r := d.ask(d.source(id), email(t, "pat@mail.example"))
			if r.Outcome != want || r.AllClear() || len(r.Hits) != 0 {
				t.Errorf("%s: %s says %s %v, want %s", name, id, r.Outcome, r.Hits, want)
			}
		}
	}
}

// What a source may change without warning is read all the same.
func TestLenient(t *testing.T) {
	packed := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			fmt.Fprint(z, body)
			z.Close()
			w.Write(b.Bytes())
		}
	}
	for name, c := range map[string]struct {
		source string
		answer http.HandlerFunc
		want   string
	}{
		"new fields":       {hibp.ID, raw(200, "application/json", `[{"Name":"Adobe","New":{"a":[1]},"Domain":null}]`), "Adobe"},
		"no kind said":     {hibp.ID, raw(200, "", `[{"Name":"Adobe"}]`), "Adobe"},
		"packed":           {hibp.ID, packed(`[{"Name":"Adobe"},{"Name":"Gawker"}]`), "Adobe,Gawker"},
		"new fields there": {xposedornot.ID, raw(200, "application/json", `{"breaches":[["Adobe"]],"breach_details":null,"more":1}`), "Adobe"},
		"two lists":        {xposedornot.ID, packed(`{"breaches":[["Adobe"],["Gawker"]]}`), "Adobe,Gawker"},
		"a hostile name":   {xposedornot.ID, raw(200, "application/json", `{"breaches":[["\u001b[31mA<b>\u202edobe"]]}`), "[31mAbdobe"},
		"and there":        {hibp.ID, raw(200, "application/json", `[{"Name":"\u001b[31mA<b>\u202edobe"}]`), "[31mAbdobe"},
	} {
		d, _ := behind(t, c.answer, time.Now)
		r := d.ask(d.source(c.source), email(t, "pat@mail.example"))
		var got []string
		for _, h := range r.Hits {
			got = append(got, h.Name)
			if strings.ContainsAny(h.Title, "<>\x1b\u202e") {
				t.Errorf("%s: title %q", name, h.Title)
			}
		}
		if r.Outcome != breach.Found || strings.Join(got, ",") != c.want {
			t.Errorf("%s: %s %q, want %q", name, r.Outcome, got, c.want)
		}
	}
}

// The address stands in the path and nowhere else, the key goes to its owner
// and nobody else, and neither is kept in what the person may show around.
func TestWhatLeaves(t *testing.T) {
	const who = "pat+shop@mail.example"
	for _, f := range append(fake.Faults(), fake.OK) {
		world := fake.New(map[string][]string{who: {"Adobe"}}, nil)
		world.Fail(f)
		d, sent := behind(t, world.ServeHTTP, time.Now)
		id := email(t, who)
		var kept strings.Builder
		for _, s := range d.sources {
			r := d.ask(s, id)
			if r.Identifier != id || r.Source != s.Info().ID {
				t.Errorf("%q: a result about %v from %s", f, r.Identifier, r.Source)
			}
			fmt.Fprintf(&kept, "%v %+v\n", r, r)
		}
		d.passwords(t, batch("hunter2"))
		ledger, _ := json.Marshal(d.ledger)
		kept.Write(ledger)
		for _, secret := range []string{fake.Key, who, "pat+shop", url.QueryEscape(who), "hunter2", "/v1/", "/api/"} {
			if strings.Contains(kept.String(), secret) {
				t.Errorf("%q: %s is kept in %s", f, secret, kept.String())
			}
		}
		for _, r := range *sent {
			first, rest, _ := strings.Cut(r, "\r\n")
			owner := strings.Contains(first, "/haveibeenpwned.com/")
			if strings.Contains(rest, "pat") || strings.Contains(first, "?") || strings.Contains(r, "hunter2") || owner != strings.Contains(r, fake.Key) {
				t.Errorf("%q: sent %q", f, r)
			}
			if !strings.Contains(first, "/api.pwnedpasswords.com/") && !strings.Contains(first, "/pat%2Bshop%40mail.example ") {
				t.Errorf("%q: asked about somebody else: %q", f, first)
			}
		}
	}
}

func batch(passwords ...string) *pwned.Batch {
	b := &pwned.Batch{}
	for _, p := range passwords {
		b.Add(p, "shop.example")
	}
	return b
}

// Without a yes to this very source nothing leaves, and nothing is claimed.
func TestNotSent(t *testing.T) {
	d, sent := behind(t, raw(200, "application/json", `{"Error":"Not found"}`), time.Now)
	stopped, cancel := context.WithCancel(outbound.WithConsent(context.Background(), hibp.ID, xposedornot.ID, pwned.ID))
	cancel()
	for name, ctx := range map[string]context.Context{
		"no yes": context.Background(), "a yes to another": outbound.WithConsent(context.Background(), "leakcheck"), "stopped": stopped,
	} {
		for _, s := range d.sources {
			if r := s.LookUp(ctx, email(t, "pat@mail.example")); r.Outcome != breach.NotChecked {
				t.Errorf("%s: %s says %s", name, s.Info().ID, r.Outcome)
			}
		}
		for _, site := range pwned.New(d.door, time.Now).Check(ctx, batch("hunter2"), func(job.Progress) {}) {
			if site.Outcome != breach.NotChecked {
				t.Errorf("%s: passwords say %s", name, site.Outcome)
			}
		}
	}
	if len(*sent) != 0 {
		t.Errorf("sent %q", *sent)
	}
}

// Each source's limit is kept before the source has to say so, with the time of
// the next try; when it says so itself, its own time counts.
func TestSourceLimits(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	for id, c := range map[string]struct {
		n   int
		per time.Duration
	}{hibp.ID: {9, time.Minute}, xposedornot.ID: {20, time.Hour}} {
		d, sent := behind(t, raw(404, "application/json", `{"Error":"Not found"}`), clock)
		for range c.n {
			if r := d.ask(d.source(id), email(t, "pat@mail.example")); !r.Outcome.Answered() {
				t.Fatalf("%s: %s", id, r.Outcome)
			}
		}
		r := d.ask(d.source(id), email(t, "pat@mail.example"))
		if r.Outcome != breach.RateLimited || !r.RetryAt.Equal(now.Add(c.per)) || len(*sent) != c.n {
			t.Errorf("%s: %s until %s after %d requests", id, r.Outcome, r.RetryAt, len(*sent))
		}
	}
	for id, want := range map[string]time.Time{hibp.ID: {}, xposedornot.ID: now.Add(time.Hour)} {
		d, _ := behind(t, raw(429, "application/json", `{}`), clock)
		if r := d.ask(d.source(id), email(t, "pat@mail.example")); r.Outcome != breach.RateLimited || !r.RetryAt.Equal(want) {
			t.Errorf("%s, limited without a time: %s until %s, want %s", id, r.Outcome, r.RetryAt, want)
		}
	}
}

// A key works only if the source says so in its own words.
func TestCheckKeyFaults(t *testing.T) {
	answers := map[string]http.HandlerFunc{
		"no rate": raw(200, "application/json", `{"SubscriptionName":"Core 1"}`), "null": raw(200, "application/json", `null`),
		"not found": raw(404, "", ""), "a page": raw(200, "text/html", "<html>"), "a rate at 404": raw(404, "application/json", `{"Rpm":10}`),
	}
	for _, f := range fake.Faults() {
		world := fake.New(nil, nil)
		world.Fail(f)
		answers[string(f)] = world.ServeHTTP
	}
	for name, answer := range answers {
		d, _ := behind(t, answer, time.Now)
		if got := d.source(hibp.ID).(*hibp.Source).CheckKey(context.Background()); got.Answered() || got == breach.NotChecked {
			t.Errorf("%s: the key is %s", name, got)
		}
	}
}

// What a person is told before saying yes is what the source does.
func TestInfo(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range open(t).sources {
		i := s.Info()
		if seen[i.ID] || i.Host == "" || i.Credit == "" || i.Level != breach.LevelIdentifier || len(i.Kinds) == 0 {
			t.Errorf("%+v", i)
		}
		seen[i.ID] = true
		d, sent := behind(t, raw(404, "", ""), time.Now)
		r := d.ask(d.source(i.ID), email(t, "pat@mail.example"))
		if len(*sent) != 1 || !strings.HasPrefix((*sent)[0], "GET /"+i.Host+"/") || d.ledger[0].Host != i.Host || d.ledger[0].Purpose != i.ID {
			t.Errorf("%s asks %q", i.ID, *sent)
		}
		if i.CanHide && r.AllClear() {
			t.Errorf("%s hides categories and gives an all-clear", i.ID)
		}
		d.key = ""
		if r := d.ask(d.source(i.ID), email(t, "pat@mail.example")); i.NeedsKey != (r.Outcome == breach.Unauthorized) {
			t.Errorf("%s without a key: %s", i.ID, r.Outcome)
		}
	}
}
