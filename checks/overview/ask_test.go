package overview_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/breach/fake"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
)

// world is every source behind a recorder that stands between the program and
// the stand-ins.
type world struct {
	t       *testing.T
	fake    *fake.Server
	sources []breach.Source
	client  *outbound.Client
	ledger  outbound.Memory
	key     string

	mu    sync.Mutex
	urls  []string
	bytes []int64
}

func newWorld(t *testing.T, known map[string][]string) *world {
	t.Helper()
	w := &world{t: t, fake: fake.New(known, nil), key: fake.Key}
	web := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		w.fake.ServeHTTP(answer, r)
		w.mu.Lock()
		w.urls, w.bytes = append(w.urls, r.URL.String()), append(w.bytes, int64(answer.Body.Len()))
		w.mu.Unlock()
		for k, v := range answer.Header() {
			rw.Header()[k] = v
		}
		rw.WriteHeader(answer.Code)
		_, _ = rw.Write(answer.Body.Bytes())
	}))
	t.Cleanup(web.Close)
	client, err := outbound.New(outbound.Config{Base: web.URL, UserAgent: "Unlisted/test", Now: time.Now, Ledger: &w.ledger})
	if err != nil {
		t.Fatal(err)
	}
	w.client = client
	breaches, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	w.sources = allsources.Sources(client, func(string) string { return w.key }, breaches, time.Now)
	return w
}

// ask puts questions about identifiers that are all the person's own.
func (w *world) ask(questions []breach.Question) []breach.Result {
	return w.scheduler(asked(questions)).Ask(w.t.Context(), questions, func(job.Progress) {})
}

func (w *world) scheduler(own []identifier.Identifier) breach.Scheduler {
	return breach.NewScheduler(w.client, w.sources, own)
}

func asked(questions []breach.Question) (out []identifier.Identifier) {
	for _, q := range questions {
		out = append(out, q.Identifier)
	}
	return out
}

func ids(t *testing.T, list ...string) (out []identifier.Identifier) {
	t.Helper()
	for _, s := range list {
		id, err := identifier.Parse(s, "FR")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, id)
	}
	return out
}

// What the person is shown before the yes is what leaves, to the last character,
// at every source and with both kinds of plan.
func TestSentIsWhatLeaves(t *testing.T) {
	for _, key := range []string{fake.Key, fake.ProKey} {
		w := newWorld(t, nil)
		w.key = key
		own := ids(t, "pat+shop@mail.example", "+33639980142")
		for _, q := range breach.Questions(w.sources, own) {
			i := slices.IndexFunc(w.sources, func(s breach.Source) bool { return s.Info().ID == q.Source })
			w.ask([]breach.Question{q})
			info := w.sources[i].Info()
			content, whole := info.Sends(q.Identifier), info.Whole()
			last, _ := url.QueryUnescape(strings.ReplaceAll(w.urls[len(w.urls)-1], "+", "%2B"))
			if q.Source != "hibp-stealer-logs" && !strings.Contains(last, content) {
				t.Errorf("%s: shown %q, sent %q", q.Source, content, last)
			}
			if !whole && strings.Contains(last, "pat") {
				t.Errorf("%s: the address itself left: %q", q.Source, last)
			}
		}
	}
}

// A check puts the questions the person said yes to and no other, and the ledger
// is the traffic: one entry for each request, with the bytes of its answer.
func TestTrafficIsLedger(t *testing.T) {
	w := newWorld(t, map[string][]string{"pat@mail.example": {"Adobe", "Canva"}})
	own := ids(t, "pat@mail.example", "ann@mail.example", "+33639980142")
	all := breach.Questions(w.sources, own)
	yes := slices.DeleteFunc(slices.Clone(all), func(q breach.Question) bool {
		return q.Source == "xposedornot" && q.Identifier == own[1] || q.Source == "hibp-pastes" || q.Source == "hudsonrock" && q.Identifier != own[2]
	})
	results := w.scheduler(own).Detail(t.Context(), w.ask(yes))
	if len(results) != len(yes) {
		t.Fatalf("%d results for %d questions", len(results), len(yes))
	}
	for i, r := range results {
		if r.Source != yes[i].Source || r.Identifier != yes[i].Identifier || r.Outcome == breach.NotChecked {
			t.Errorf("%v: %+v", yes[i], r)
		}
	}
	left := slices.DeleteFunc(w.ledger.Entries(), func(e outbound.Entry) bool { return e.Result == outbound.ResultRefused }) // kept here by a limit
	if len(w.urls) != len(left) {
		t.Fatalf("%d requests, %d entries", len(w.urls), len(left))
	}
	for i, e := range left {
		if !strings.HasPrefix(w.urls[i], "/"+e.Host+"/") || e.Bytes != w.bytes[i] || e.Result != outbound.ResultAnswered {
			t.Errorf("request %s of %d bytes, entry %+v", w.urls[i], w.bytes[i], e)
		}
	}
	for _, u := range w.urls {
		if strings.Contains(u, "xposedornot") && strings.Contains(u, "ann") || strings.Contains(u, "paste") || strings.Contains(u, "search-by-email") {
			t.Errorf("asked without a yes: %s", u)
		}
	}
	if text, _ := json.Marshal(w.ledger.Entries()); strings.Contains(string(text), "pat@") || strings.Contains(string(text), "3998014") {
		t.Error("the ledger holds an identifier")
	}
}

// Whoever calls, nobody but the person is asked about.
func TestOnlyOwn(t *testing.T) {
	w := newWorld(t, map[string][]string{"stranger@mail.example": {"Adobe"}})
	own := ids(t, "pat@mail.example", "+33639980142")
	all := breach.Questions(w.sources, append(ids(t, "stranger@mail.example", "+33639980143"), own...))
	results := w.scheduler(own).Ask(t.Context(), all, func(job.Progress) {})
	found := breach.Result{Source: "xposedornot", Identifier: ids(t, "stranger@mail.example")[0], Outcome: breach.Found}
	if w.scheduler(own).Detail(t.Context(), []breach.Result{found}); len(results) != len(all) {
		t.Errorf("%d results", len(results))
	}
	for _, r := range results {
		if mine := r.Identifier == own[0] || r.Identifier == own[1]; mine == (r.Outcome == breach.NotChecked) {
			t.Errorf("%s on %s: %s", r.Source, r.Identifier.Value, r.Outcome)
		}
	}
	for _, u := range w.urls {
		if strings.Contains(u, "stranger") || strings.Contains(u, "39980143") {
			t.Errorf("asked %s", u)
		}
	}
}

// No yes, no request; and a stopped check leaves what it did not get to open.
func TestNothingWithoutYes(t *testing.T) {
	w := newWorld(t, nil)
	if got := w.ask(nil); len(got) != 0 || len(w.urls) != 0 {
		t.Errorf("%v, %v", got, w.urls)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	questions := breach.Questions(w.sources, ids(t, "pat@mail.example"))
	results := w.scheduler(asked(questions)).Ask(ctx, questions, func(job.Progress) {})
	if len(w.urls) != 0 || len(breach.Left(results)) != len(questions) {
		t.Errorf("asked %v, open %v", w.urls, breach.Left(results))
	}
	if sum := breach.Summarise(results); sum.AllClear() || sum.Skipped != len(questions) {
		t.Errorf("%+v", sum)
	}
}

// A pause the source wants is waited for; one that is long is left to the
// person.
func TestPauses(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.Fail(fake.LimitedLong)
	questions := []breach.Question{{Source: "hudsonrock", Identifier: ids(t, "+33639980142")[0]}}
	start := time.Now()
	results := w.ask(questions)
	if time.Since(start) > 5*time.Second || len(breach.Left(results)) != 1 || results[0].RetryAt.IsZero() {
		t.Errorf("%+v", results)
	}
	w.fake.Fail(fake.OK)
	if again := w.ask(breach.Left(results)); again[0].Outcome != breach.NotFound {
		t.Errorf("%+v", again)
	}
}

// The plan keeps the pauses of each source, those of sources with one key
// together, and knows of earlier requests.
func TestPlan(t *testing.T) {
	w := newWorld(t, nil)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	own := ids(t, "a@mail.example", "b@mail.example", "c@mail.example", "d@mail.example")
	all := breach.Questions(w.sources, own)
	plan := w.scheduler(own)
	plan.Now = func() time.Time { return now }
	slots := plan.Plan(all)
	if len(slots) != len(all) || !slices.IsSortedFunc(slots, func(a, b breach.Slot) int { return a.At.Compare(b.At) }) {
		t.Errorf("%d of %d, or not in order", len(slots), len(all))
	}
	hibp := 0
	for _, s := range slots {
		if strings.HasPrefix(s.Source, "hibp") && s.At.Before(now.Add(time.Minute)) {
			hibp++
		}
	}
	if hibp != 9 || len(w.urls) != 0 {
		t.Errorf("%d questions to one key in its minute, %d requests", hibp, len(w.urls))
	}
	plan.Used = func(purpose string) []time.Time {
		return map[string][]time.Time{"leakcheck": {now.Add(-time.Second)}}[purpose]
	}
	one := plan.Plan([]breach.Question{{Source: "leakcheck", Identifier: own[0]}})
	if len(one) != 1 || !one[0].At.Equal(now.Add(time.Second)) {
		t.Errorf("%+v", one)
	}
}

func TestConsent(t *testing.T) {
	for _, id := range ids(t, "pat@mail.example", "+33639980142") {
		q := breach.Question{Source: "leakcheck", Identifier: id}
		if got, ok := breach.ParseConsent(q.Consent()); !ok || got != q {
			t.Errorf("%+v", got)
		}
		p := &profile.Profile{Consents: map[string]bool{q.Consent(): true}}
		other := breach.Question{Source: "hudsonrock", Identifier: id}
		if got := overview.Standing(p, []breach.Question{other, q}); !slices.Equal(got, []breach.Question{q}) {
			t.Errorf("%+v", got)
		}
	}
	for _, key := range []string{"", "watch", "list-breaches", "leakcheck email ", "leakcheck name x"} {
		if _, ok := breach.ParseConsent(key); ok {
			t.Errorf("%q is taken for a yes to a question", key)
		}
	}
}
