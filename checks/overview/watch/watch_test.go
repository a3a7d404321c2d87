package watch_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/breach"
	"unlisted/checks/breach/fake"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/overview/watch"
	"unlisted/checks/profile"
	"unlisted/checks/update"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestDue(t *testing.T) {
	on := map[string]bool{watch.Consent: true}
	last := func(d time.Duration) map[string][]time.Time {
		return map[string][]time.Time{"hibp-latest": {noon.Add(-d)}}
	}
	for name, c := range map[string]struct {
		p    profile.Profile
		want bool
	}{
		"off":                 {profile.Profile{}, false},
		"switched off":        {profile.Profile{Consents: map[string]bool{watch.Consent: false}}, false},
		"first time":          {profile.Profile{Consents: on}, true},
		"today already":       {profile.Profile{Consents: on, Limits: last(time.Hour)}, false},
		"a day ago":           {profile.Profile{Consents: on, Limits: last(24 * time.Hour)}, true},
		"a clock set right":   {profile.Profile{Consents: on, Limits: last(-48 * time.Hour)}, true},
		"the invented person": {profile.Profile{Consents: on, Sample: true}, false},
	} {
		if got := watch.Due(&c.p, noon); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A source that needs an identifier is asked only with a standing yes, and once
// a week.
func TestQuestions(t *testing.T) {
	pat, _ := identifier.ParseEmail("pat@mail.example")
	ann, _ := identifier.ParseEmail("ann@mail.example")
	sources := []breach.Source{source{}}
	q := breach.Question{Source: "test", Identifier: pat}
	p := &profile.Profile{Document: profile.Document{Identifiers: []profile.Own{{ID: pat}, {ID: ann}}}}
	if got := watch.Questions(p, sources, noon); len(got) != 0 {
		t.Errorf("without a yes: %+v", got)
	}
	p.Consents = map[string]bool{q.Consent(): true}
	if got := watch.Questions(p, sources, noon); len(got) != 1 || got[0] != q {
		t.Errorf("%+v", got)
	}
	p.Lookups = []breach.Result{{Source: "test", Identifier: pat, At: noon.Add(-6 * 24 * time.Hour)}}
	if got := watch.Questions(p, sources, noon); len(got) != 0 {
		t.Errorf("asked this week: %+v", got)
	}
	if got := watch.Questions(p, sources, noon.Add(48*time.Hour)); len(got) != 1 {
		t.Errorf("asked last week: %+v", got)
	}
}

type source struct{ breach.Source }

func (source) Info() breach.Info {
	return breach.Info{ID: "test", Kinds: []identifier.Kind{identifier.KindEmail}}
}

// setUp knows the first n breaches of the list.
func setUp(t *testing.T, n int) (update.Data, *outbound.Client, *fake.Server) {
	t.Helper()
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../../../assets/breaches/breaches.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(raw), "\n")
	b, err := breach.ParseCatalogue([]byte(strings.Join(lines[:n+1], "")))
	if err != nil {
		t.Fatal(err)
	}
	s := fake.New(nil, nil)
	web := s.Start()
	t.Cleanup(web.Close)
	client, err := outbound.New(outbound.Config{Base: web.URL, UserAgent: "Unlisted/test", Now: time.Now, Ledger: &outbound.Memory{}})
	if err != nil {
		t.Fatal(err)
	}
	return update.Data{Catalog: c, Breaches: b}, client, s
}

// A newer list is taken at once and kept for the next start; where nothing is
// new the list is not fetched, and whatever fails leaves what is known.
func TestRefresh(t *testing.T) {
	d, client, s := setUp(t, 3)
	folder := t.TempDir()
	fresh, err := watch.Refresh(t.Context(), client, folder, d, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := fresh.ByName("ZZZ-Newest"); !ok || len(s.Requests()) != 2 {
		t.Errorf("%d leaks after %q", fresh.Len(), s.Requests())
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("kept %v, %v", files, err)
	}
	d.Breaches = fresh
	if again, err := watch.Refresh(t.Context(), client, folder, d, time.Now); err != nil || again != fresh || len(s.Requests()) != 3 {
		t.Errorf("nothing new, but it asked %q (%v)", s.Requests(), err)
	}
	for _, f := range []fake.Fault{fake.Down, fake.Blocked, fake.Page, fake.Truncated, fake.NewShape} {
		known, client, s := setUp(t, 3)
		s.Fail(f)
		if got, err := watch.Refresh(t.Context(), client, t.TempDir(), known, time.Now); err == nil || got != known.Breaches {
			t.Errorf("%s: %v", f, err)
		}
	}
	many, client, _ := setUp(t, 900)
	if got, err := watch.Refresh(t.Context(), client, t.TempDir(), many, time.Now); !errors.Is(err, update.ErrShrunk) || got != many.Breaches {
		t.Errorf("a list that has shrunk: %v", err)
	}
}
