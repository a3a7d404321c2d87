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
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/all"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/breach/hudsonrock"
	"unlisted/checks/breach/leakcheck"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/xposedornot"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
)

// record keeps what reaches a server, for a test to read while it still serves.
type record struct {
	mu   sync.Mutex
	list []string
}

func (r *record) add(s string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, s)
}

func (r *record) all() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.list)
}

// behind is a desk in front of any answer; sent keeps all that reaches it.
func behind(t *testing.T, answer http.HandlerFunc, now func() time.Time) (d *desk, sent *record) {
	t.Helper()
	d, sent = &desk{key: fake.Key, clock: time.Now()}, &record{}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dump, _ := httputil.DumpRequest(r, true)
		sent.add(string(dump))
		answer(w, r)
	}))
	t.Cleanup(web.Close)
	d.ledger = &outbound.Memory{}
	client, err := outbound.New(outbound.Config{UserAgent: "Unlisted/test", Base: web.URL, Now: now, Ledger: d.ledger})
	if err != nil {
		t.Fatal(err)
	}
	d.client = client
	d.sources = all.Sources(client, func(string) string { return d.key }, catalogue(t), now)
	return d, sent
}

func raw(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
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
		"a list of pastes":    {hibp.PastesID, raw(200, "application/json", `[{"Source":"Pastie","Id":7,"Title":null,"EmailCount":"5,000,000,000","New":1},{"Source":"AdHocUrl"}]`), "Pastie/7,AdHocUrl/"},
		"logs":                {hibp.StealerID, raw(200, "application/json", `["Shop.example","\u202email.example"]`), "Shop.example,mail.example"},
		"counts as text":      {leakcheck.ID, raw(200, "application/json", `{"success":"true","found":"5000000000","sources":[{"name":"Shop.example","date":null},{"name":null},{"name":"<b>List\u0007"}],"fields":null,"new":1}`), "Shop.example,bList"},
		"records of no name":  {leakcheck.ID, raw(200, "application/json", `{"success":true,"found":37,"sources":[]}`), ""},
		"a device of nothing": {hudsonrock.ID, raw(200, "application/json", `{"stealers":[{}]}`), "infostealer"},
		"a device of much": {
			hudsonrock.ID, packed(`{"message":null,"stealers":[{"stealer_family":"\u001b[31mRed<b>Line","date_compromised":null,"computer_name":"Not Found","total_user_services":"9223372036854775807","total_corporate_services":5,"antiviruses":["x"],"top_passwords":{"a":1}}],"new":[]}`),
			"[31mredbline",
		},
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
			if strings.ContainsAny(h.Title+h.Name+h.Device, "<>\x1b\u202e\a") || h.Count < 0 {
				t.Errorf("%s: title %q", name, h.Title)
			}
		}
		if r.Outcome != breach.Found || strings.Join(got, ",") != c.want {
			t.Errorf("%s: %s %q, want %q", name, r.Outcome, got, c.want)
		}
	}
}

// What leaves is what was told: the address where the level says so, a piece of
// a hash where it says that. The key goes to its owner and nobody else. None of
// it is kept in what the person may show around.
func TestWhatLeaves(t *testing.T) {
	const who = "pat+shop@mail.example"
	const escaped, digest, prefix = "pat%2Bshop%40mail.example", "50274a07d1bf33b66d4a7b1c", "4CB423"
	want := []string{
		"/haveibeenpwned.com/api/v3/subscription/status", "/haveibeenpwned.com/api/v3/breachedaccount/" + escaped, "/haveibeenpwned.com/api/v3/breachedaccount/range/" + prefix,
		"/haveibeenpwned.com/api/v3/pasteaccount/" + escaped, "/haveibeenpwned.com/api/v3/stealerlogsbyemail/" + escaped,
		"/api.xposedornot.com/v1/check-email/" + escaped, "/api.xposedornot.com/v1/breach-analytics?email=" + escaped,
		"/leakcheck.io/api/public?check=" + digest, "/cavalier.hudsonrock.com/api/json/v2/osint-tools/search-by-email?email=" + escaped,
		"/api.pwnedpasswords.com/range/F3BBB",
	}
	seen := map[string]bool{}
	for _, f := range append(fake.Faults(), fake.OK) {
		for _, key := range []string{fake.Key, fake.ProKey} {
			world := fake.New(map[string][]string{who: {"Adobe"}}, nil)
			world.Fail(f)
			d, sent := behind(t, world.ServeHTTP, time.Now)
			d.key = key
			id := email(t, who)
			var kept strings.Builder
			for _, s := range d.sources {
				r := d.ask(s, id)
				if r.Identifier != id || r.Source != s.Info().ID {
					t.Errorf("%q: a result about %v from %s", f, r.Identifier, r.Source)
				}
				if more, ok := s.(breach.Detailer); ok {
					r = more.Detail(context.Background(), outbound.Yes(s.Info().Purpose()), r)
				}
				fmt.Fprintf(&kept, "%v %+v\n", r, r)
			}
			d.passwords(t, batch("hunter2"))
			ledger, _ := json.Marshal(d.ledger.Entries())
			kept.Write(ledger)
			for _, secret := range []string{key, who, "pat+shop", escaped, "hunter2", "/v1/", "/api/", digest, prefix, "P***"} {
				if strings.Contains(kept.String(), secret) {
					t.Errorf("%q: %s is kept in %s", f, secret, kept.String())
				}
			}
			for _, r := range sent.all() {
				first, rest, _ := strings.Cut(r, "\r\n")
				path := strings.TrimSuffix(strings.TrimPrefix(first, "GET "), " HTTP/1.1")
				if seen[path] = true; !slices.Contains(want, path) {
					t.Errorf("%q: sent %q", f, path)
				}
				if strings.Contains(rest, "pat") || strings.Contains(r, "hunter2") || strings.Contains(path, "/haveibeenpwned.com/") != strings.Contains(r, key) {
					t.Errorf("%q: sent %q", f, r)
				}
			}
		}
	}
	for _, path := range want {
		if !seen[path] {
			t.Errorf("%s was never asked", path)
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
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range map[string]struct {
		ctx context.Context
		yes outbound.Consent
	}{
		"no yes": {context.Background(), outbound.Consent{}}, "a yes to another": {context.Background(), outbound.Yes("nobody")},
		"stopped": {stopped, outbound.Yes(hibp.ID, xposedornot.ID, leakcheck.ID, hudsonrock.ID, pwned.ID)},
	} {
		for _, s := range d.sources {
			if r := s.LookUp(c.ctx, c.yes, email(t, "pat@mail.example")); r.Outcome != breach.NotChecked {
				t.Errorf("%s: %s says %s", name, s.Info().ID, r.Outcome)
			}
		}
		for _, site := range pwned.New(d.client, time.Now).Check(c.ctx, c.yes, batch("hunter2"), func(job.Progress) {}) {
			if site.Outcome != breach.NotChecked {
				t.Errorf("%s: passwords say %s", name, site.Outcome)
			}
		}
	}
	if len(sent.all()) != 0 {
		t.Errorf("sent %q", sent.all())
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
	}{hibp.PastesID: {9, time.Minute}, xposedornot.ID: {20, time.Hour}, leakcheck.ID: {1, 2 * time.Second}, hudsonrock.ID: {1, time.Second}} {
		status, body := 404, `{"Error":"Not found"}`
		switch id {
		case hudsonrock.ID:
			body = `{"message":"This email address is not associated with a computer infected by an info-stealer.","stealers":[]}`
		case leakcheck.ID:
			status, body = 200, `{"success":false,"error":"Not found"}`
		}
		d, sent := behind(t, raw(status, "application/json", body), clock)
		for range c.n {
			if r := d.ask(d.source(id), email(t, "pat@mail.example")); !r.Outcome.Answered() {
				t.Fatalf("%s: %s", id, r.Outcome)
			}
		}
		pat := []identifier.Identifier{email(t, "pat@mail.example")}
		asker := breach.NewScheduler(d.client, d.sources, pat)
		if slots := asker.Plan([]breach.Question{{Source: id, Identifier: pat[0]}}); !slots[0].At.Equal(now.Add(c.per)) {
			t.Errorf("%s: the schedule says %s", id, slots[0].At)
		}
		r := d.ask(d.source(id), email(t, "pat@mail.example"))
		if r.Outcome != breach.RateLimited || !r.RetryAt.Equal(now.Add(c.per)) || len(sent.all()) != c.n {
			t.Errorf("%s: %s until %s after %d requests", id, r.Outcome, r.RetryAt, len(sent.all()))
		}
	}
	for id, want := range map[string]time.Time{hibp.ID: {}, xposedornot.ID: now.Add(time.Hour), leakcheck.ID: now.Add(time.Minute), hudsonrock.ID: {}} {
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
	levels := map[string]breach.Level{
		hibp.ID: breach.LevelIdentifier, hibp.PastesID: breach.LevelIdentifier, hibp.StealerID: breach.LevelIdentifier,
		xposedornot.ID: breach.LevelIdentifier, leakcheck.ID: breach.LevelPseudonym, hudsonrock.ID: breach.LevelIdentifier,
	}
	for _, s := range open(t).sources {
		i := s.Info()
		if i.Host == "" || i.Credit == "" || i.Level != levels[i.ID] || len(i.Kinds) == 0 || len(i.Limits) == 0 {
			t.Errorf("%+v", i)
		}
		delete(levels, i.ID)
		d, sent := behind(t, raw(404, "", ""), time.Now)
		r := d.ask(d.source(i.ID), email(t, "pat@mail.example"))
		for n, e := range d.ledger.Entries() {
			if !strings.HasPrefix(sent.all()[n], "GET /"+i.Host+"/") || e.Host != i.Host || e.Purpose != i.Purpose() {
				t.Errorf("%s asks %q", i.ID, sent.all())
			}
		}
		if i.CanHide && r.AllClear() {
			t.Errorf("%s hides categories and gives an all-clear", i.ID)
		}
		d.key = ""
		if r := d.ask(d.source(i.ID), email(t, "pat@mail.example")); (i.Key != nil) != (r.Outcome == breach.Unauthorized) {
			t.Errorf("%s without a key: %s", i.ID, r.Outcome)
		}
	}
	if len(levels) > 0 {
		t.Errorf("not there: %v", levels)
	}
	d := open(t)
	d.key = fake.ProKey
	own := d.source(hibp.ID).(*hibp.Source)
	if p, o := own.Plan(context.Background()); o != breach.Found || !p.KAnonymity || !p.StealerLogs || p.PerMinute != 500 || p.Until.IsZero() || own.Info().Level != breach.LevelPrefix || own.Info().Limits[0].N != 499 {
		t.Errorf("a large plan: %+v, %s, %+v", p, o, own.Info())
	}
}
