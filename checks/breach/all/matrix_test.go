package all_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/breach/hibp"
	"unlisted/checks/breach/leakcheck"
)

// state is one way a service may answer about somebody who is in a leak.
type state struct {
	name   string
	answer http.HandlerFunc
	want   breach.Outcome
	but    map[string]breach.Outcome // sources that read it in another way
}

// own is HIBP's own "not found", which is never the whole truth.
var own = map[string]breach.Outcome{hibp.ID: breach.Partial, hibp.PastesID: breach.Partial, hibp.StealerID: breach.Partial}

const data, page = "application/json", "text/html"

// states are those outside the fault menu. None of them is an all-clear, for any
// source, whatever shape its next version takes.
var states = []state{
	{"a page at 404", raw(404, page, "<h1>Not Found</h1>"), breach.Malformed, nil},
	{"nothing at 404", raw(404, data, ""), breach.Malformed, own},
	{"a moved path", raw(404, data, `{"detail":"Not Found"}`), breach.Malformed, own},
	{"breaches, as not found", raw(404, data, `{"breaches":[["Adobe"]]}`), breach.Malformed, nil},
	{"an empty list", raw(200, data, `[]`), breach.Malformed, nil},
	{"null", raw(200, data, `null`), breach.Malformed, nil},
	{"an empty object", raw(200, data, `{}`), breach.Malformed, nil},
	{"a number", raw(200, data, `0`), breach.Malformed, nil},
	{"nameless breaches", raw(200, data, `[{"Name":""},{}]`), breach.Malformed, nil},
	{"one name among none", raw(200, data, `[{"Name":"Adobe","Source":"Pastebin"},{"Name":null}]`), breach.Malformed, nil},
	{"no breaches in it", raw(200, data, `{"breaches":[[]],"status":"success"}`), breach.Malformed, nil},
	{"null for everything", raw(200, data, `{"breaches":null,"Error":null,"success":null,"found":null,"stealers":null}`), breach.Malformed, nil},
	{"another shape", raw(200, data, `{"breaches":["Adobe"],"success":true,"sources":["Adobe"],"stealers":["RedLine"]}`), breach.Malformed, nil},
	{"an object for a list", raw(200, data, `{"breaches":{},"stealers":{},"sources":{},"success":true,"found":0}`), breach.Malformed, nil},
	{"another error", raw(200, data, `{"Error":"Invalid request"}`), breach.Malformed, nil},
	{"a limit told as data", raw(200, data, `{"success":false,"Error":"Limit reached"}`), breach.Malformed, map[string]breach.Outcome{leakcheck.ID: breach.RateLimited}},
	{"nothing found in some sources", raw(200, data, `{"success":true,"found":0,"sources":[{"name":"Adobe"}]}`), breach.Malformed, nil},
	{"none found, not told of whom", raw(200, data, `{"success":true,"sources":[]}`), breach.Malformed, nil},
	{"infected by no device", raw(200, data, `{"stealers":[],"message":"This email address is associated with a computer"}`), breach.Malformed, nil},
	{"text", raw(200, "text/plain", "Not found"), breach.Malformed, nil},
	{"two documents", raw(200, data, `{"Error":"Not found","stealers":[]}{"breaches":[["Adobe"]]}`), breach.Malformed, nil},
	{"not found, as a page", raw(200, page, `{"Error":"Not found","stealers":[]}`), breach.Blocked, nil},
	{"not found, as failure", raw(503, data, `{"Error":"Not found","stealers":[]}`), breach.Unavailable, nil},
	{"not found, as a limit", raw(429, data, `{"Error":"Not found","stealers":[]}`), breach.RateLimited, nil},
	{"refused address", raw(400, "", ""), breach.InvalidInput, nil},
	{"unreadable address", raw(422, data, `{"detail":[]}`), breach.InvalidInput, nil},
	{"no content", raw(204, "", ""), breach.Malformed, nil},
	{"lost half way", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", data)
		w.Header().Set("Content-Length", "500")
		fmt.Fprint(w, `{"Error":"Not found"}`)
	}, breach.Unavailable, nil},
}

// Every source in every state, with every plan: told as what it is, and never as
// "nothing found".
func TestMatrix(t *testing.T) {
	for _, c := range states {
		for _, key := range []string{fake.Key, fake.ProKey} {
			for n := range open(t).sources {
				d, _ := behind(t, c.answer, time.Now)
				d.key = key
				s := d.sources[n]
				want, other := c.but[s.Info().ID]
				if !other {
					want = c.want
				}
				r := d.ask(s, email(t, "pat@mail.example"))
				if r.Outcome != want || r.AllClear() || len(r.Hits) != 0 {
					t.Errorf("%s: %s says %s %v, want %s", c.name, s.Info().ID, r.Outcome, r.Hits, want)
				}
			}
		}
	}
}

// The same, for the search by hash, which is used once the plan is known.
func TestMatrixOfRanges(t *testing.T) {
	for _, c := range states {
		world := fake.New(nil, nil)
		answer := world.ServeHTTP
		d, _ := behind(t, func(w http.ResponseWriter, r *http.Request) { answer(w, r) }, time.Now)
		d.key = fake.ProKey
		s := d.source(hibp.ID).(*hibp.Source)
		if s.CheckKey(t.Context()) != breach.Found {
			t.Fatal("the plan is not known")
		}
		answer = c.answer
		want := c.want
		if c.but != nil && c.but[hibp.ID] != 0 {
			want = c.but[hibp.ID]
		}
		if c.name == "an empty list" {
			want = breach.Partial // suspicious, but what an unused prefix would give
		}
		if r := d.ask(s, email(t, "pat@mail.example")); r.Outcome != want || r.AllClear() {
			t.Errorf("%s: %s, want %s", c.name, r.Outcome, want)
		}
	}
}
