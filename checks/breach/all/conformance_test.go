package all_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unlisted/assets"
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

// desk is every source in front of one fake world.
type desk struct {
	server  *fake.Server
	client  *outbound.Client
	sources []breach.Source
	ledger  *outbound.Memory
	key     string
	clock   time.Time
}

// now is two seconds later each time, so that no source's own pace is in the
// way of a test.
func (d *desk) now() time.Time {
	d.clock = d.clock.Add(2 * time.Second)
	return d.clock
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{key: fake.Key, clock: time.Now(), server: fake.New(map[string][]string{
		"pat@mail.example": {"Adobe", "Brand-New"}, "+33639981234": {"RedLine"}, "secret@mail.example": {"AshleyMadison"}, "both@mail.example": {"AshleyMadison", "Adobe", "Brand-New"},
	}, map[string]int64{"hunter2": 17043})}
	web := d.server.Start()
	t.Cleanup(web.Close)
	d.ledger = &outbound.Memory{}
	client, err := outbound.New(outbound.Config{UserAgent: "Unlisted/test", Base: web.URL, Now: d.now, Ledger: d.ledger})
	if err != nil {
		t.Fatal(err)
	}
	d.client = client
	d.sources = all.Sources(client, func(string) string { return d.key }, catalogue(t), d.now)
	return d
}

func catalogue(t *testing.T) *breach.Catalogue {
	t.Helper()
	c, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func email(t *testing.T, s string) identifier.Identifier {
	t.Helper()
	id, err := identifier.ParseEmail(s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// ask is one look-up with the person's yes.
func (d *desk) ask(s breach.Source, id identifier.Identifier) breach.Result {
	return s.LookUp(context.Background(), outbound.Yes(s.Info().Purpose()).About(id.Masked(), id.Canonical()), id)
}

func (d *desk) source(id string) breach.Source {
	for _, s := range d.sources {
		if s.Info().ID == id {
			return s
		}
	}
	return nil
}

// No fault of a source, and nothing that stops us asking, is ever told as
// "nothing found": the worst mistake of every peer.
func TestFaults(t *testing.T) {
	want := map[fake.Fault]breach.Outcome{
		fake.Blocked: breach.Blocked, fake.Down: breach.Unavailable, fake.LimitedPlain: breach.RateLimited, fake.LimitedRetry: breach.RateLimited,
		fake.LimitedDate: breach.RateLimited, fake.LimitedLong: breach.RateLimited, fake.Page: breach.Blocked, fake.Truncated: breach.Malformed, fake.Empty: breach.Malformed,
		fake.Elsewhere: breach.Blocked, fake.Reset: breach.Unavailable, fake.Endless: breach.Malformed, fake.NewShape: breach.Malformed,
		fake.Unauthorized: breach.Unauthorized, fake.WrongPlan: breach.Forbidden, fake.ServerFailure: breach.Unavailable,
	}
	for _, f := range fake.Faults() {
		t.Run(string(f), func(t *testing.T) {
			d := open(t)
			d.server.Fail(f)
			for _, s := range d.sources {
				for _, who := range []string{"pat@mail.example", "nobody@mail.example"} {
					r := d.ask(s, email(t, who))
					if r.Outcome != want[f] || r.AllClear() || r.Outcome.Answered() {
						t.Errorf("%s says %s, want %s", s.Info().ID, r.Outcome, want[f])
					}
					if (f == fake.LimitedRetry || f == fake.LimitedDate || f == fake.LimitedLong) && r.RetryAt.IsZero() {
						t.Errorf("%s does not say when to ask again", s.Info().ID)
					}
				}
			}
			var b pwned.Batch
			b.Add("hunter2", "shop.example")
			for _, site := range d.passwords(t, &b) {
				if site.Outcome != want[f] {
					t.Errorf("passwords say %s, want %s", site.Outcome, want[f])
				}
			}
			if len(d.ledger.Entries()) != len(d.server.Requests()) {
				t.Errorf("%d requests, %d in the ledger", len(d.server.Requests()), len(d.ledger.Entries()))
			}
		})
	}
}

func (d *desk) passwords(t *testing.T, b *pwned.Batch) []pwned.Site {
	t.Helper()
	return pwned.New(d.client, time.Now).Check(context.Background(), outbound.Yes(pwned.ID), b, func(job.Progress) {})
}

// Each source's own answers, in each of its ways of saying no.
func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		source, who string
		want        breach.Outcome
		hits        string
	}{
		{hibp.PastesID, "pat@mail.example", breach.Found, "Pastebin/AbC123xy"},
		{hibp.PastesID, "multiple-breaches@hibp-integration-tests.com", breach.Found, "Pastebin/AbC123xy,AdHocUrl/https://paste.example/1"},
		{hibp.PastesID, "nobody@mail.example", breach.Partial, ""},
		{hibp.PastesID, "+33639981234", breach.NotChecked, ""},
		{hibp.StealerID, "pat@mail.example", breach.Forbidden, ""}, // the small plan has none
		{hibp.StealerID + " pro", "pat@mail.example", breach.Found, "shop.example,mail.example"},
		{hibp.StealerID + " pro", "nobody@mail.example", breach.Partial, ""},
		{hibp.StealerID + " pro", "pat@unverified.example", breach.Forbidden, ""},
		{hibp.ID + " pro", "PAT@mail.example", breach.Found, "Adobe"}, // the other is in no catalogue yet, so it may be sensitive
		{hibp.ID + " pro", "nobody@mail.example", breach.Partial, ""},
		{hibp.ID + " pro", "secret@mail.example", breach.Partial, ""},
		{hibp.ID + " pro", "both@mail.example", breach.Found, "Adobe"},
		{hibp.ID, "secret@mail.example", breach.Partial, ""},
		{hibp.ID, "+33639981234", breach.NotChecked, ""},
		{xposedornot.ID, "dropped@mail.example", breach.RateLimited, ""},
		{xposedornot.ID, "banned@mail.example", breach.Forbidden, ""},
		{xposedornot.ID, "+33639981234", breach.NotChecked, ""},
		{leakcheck.ID, "pat@mail.example", breach.Found, "Adobe.example,Brand-New.example"},
		{leakcheck.ID, "PAT@mail.example", breach.Found, "Adobe.example,Brand-New.example"},
		{leakcheck.ID, "nobody@mail.example", breach.NotFound, ""},
		{leakcheck.ID, "nobody2@mail.example", breach.NotFound, ""},
		{leakcheck.ID, "nobody5@mail.example", breach.NotFound, ""},
		{leakcheck.ID, "+33639981234", breach.NotChecked, ""},
		{hudsonrock.ID, "pat@mail.example", breach.Found, "redline,infostealer"},
		{hudsonrock.ID, "nobody@mail.example", breach.NotFound, ""},
		{hudsonrock.ID, "+33639981234", breach.Found, "redline"},
		{hudsonrock.ID, "+33639981235", breach.NotFound, ""},
		{hudsonrock.ID, "withdrawn@mail.example", breach.Unauthorized, ""}, // the day a key is needed
		{hibp.ID, "pat@mail.example", breach.Found, "Adobe,Brand-New"},
		{hibp.ID, "PAT@mail.example", breach.Found, "Adobe,Brand-New"},
		{hibp.ID, "nobody@mail.example", breach.Partial, ""}, // sensitive breaches answer the same
		{hibp.ID, "sensitive-breach@hibp-integration-tests.com", breach.Partial, ""},
		{hibp.ID, "multiple-breaches@hibp-integration-tests.com", breach.Found, "Adobe,Gawker,Stratfor"},
		{xposedornot.ID, "pat@mail.example", breach.Found, "Adobe,Brand-New"},
		{xposedornot.ID, "nobody@mail.example", breach.NotFound, ""},
		{xposedornot.ID, "old-contract@mail.example", breach.NotFound, ""},
		{xposedornot.ID, "shield@mail.example", breach.NotFound, ""},
		{xposedornot.ID, "exception@mail.example", breach.Unavailable, ""}, // its own failure, dressed as "not found"
		{xposedornot.ID, "o'hara@mail.example", breach.InvalidInput, ""},   // it would say "not found" to what it cannot read
	} {
		d := open(t)
		source, pro := strings.CutSuffix(c.source, " pro")
		if pro {
			d.key = fake.ProKey
		}
		id, err := identifier.Parse(c.who, "")
		if err != nil {
			t.Fatal(err)
		}
		r := d.ask(d.source(source), id)
		var names []string
		for _, h := range r.Hits {
			names = append(names, h.Name)
		}
		if r.Outcome != c.want || strings.Join(names, ",") != c.hits {
			t.Errorf("%s on %s: %s %q, want %s %q", c.source, c.who, r.Outcome, names, c.want, c.hits)
		}
	}
}

// A source that names a breach the catalogue knows gives its date and data; one
// that it does not know keeps its name.
func TestHits(t *testing.T) {
	d := open(t)
	hits := d.ask(d.source(hibp.ID), email(t, "pat@mail.example")).Hits
	if hits[0].Domain != "adobe.com" || hits[0].Date.Year() != 2013 || !slices.Contains(hits[0].Data, breach.DataPasswords) {
		t.Errorf("Adobe: %+v", hits[0])
	}
	if hits[1].Title != "Brand-New" || !hits[1].Date.IsZero() {
		t.Errorf("a breach newer than the catalogue: %+v", hits[1])
	}
}

// Without a working key nothing is sent, or the person is told it does not
// work.
func TestKey(t *testing.T) {
	for key, c := range map[string]struct {
		want breach.Outcome
		sent int
	}{
		"": {breach.Unauthorized, 0}, "too short": {breach.Unauthorized, 0}, strings.Repeat("z", 32): {breach.Unauthorized, 0},
		strings.Repeat("f", 32): {breach.Unauthorized, 1}, " " + fake.Key + "\n": {breach.Found, 2}, // what the key may do, then the question
	} {
		d := open(t)
		d.key = key
		if got := d.ask(d.source(hibp.ID), email(t, "pat@mail.example")); got.Outcome != c.want || len(d.server.Requests()) != c.sent {
			t.Errorf("key %q: %s after %d requests, want %s after %d", key, got.Outcome, len(d.server.Requests()), c.want, c.sent)
		}
		s := d.source(hibp.ID).(*hibp.Source)
		if got := s.CheckKey(context.Background()); got != c.want {
			t.Errorf("key %q checks as %s, want %s", key, got, c.want)
		}
	}
}

// A check gives one result for every pair, asks only whom the person said yes
// to, and stops asking a source that said no to all of us.
func TestCheck(t *testing.T) {
	phone, err := identifier.ParsePhone("+33639981234", "")
	if err != nil {
		t.Fatal(err)
	}
	ids := []identifier.Identifier{email(t, "pat@mail.example"), email(t, "nobody@mail.example"), phone}
	say := func(d *desk, consent ...string) (out []string) {
		var questions []breach.Question // those that a source cannot know too
		for _, s := range d.sources {
			for _, id := range ids {
				questions = append(questions, breach.Question{Source: s.Info().ID, Identifier: id})
			}
		}
		asked := slices.DeleteFunc(slices.Clone(questions), func(q breach.Question) bool { return !slices.Contains(consent, q.Source) })
		asker := breach.NewScheduler(d.client, d.sources, ids)
		for _, r := range breach.Results(questions, asker.Ask(context.Background(), asked, func(job.Progress) {})) {
			out = append(out, fmt.Sprintf("%s %s %s", r.Source, r.Identifier.Value, r.Outcome))
		}
		return out
	}
	equal := func(got, want []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	d := open(t)
	equal(say(d), []string{
		"hibp pat@mail.example not-checked", "hibp nobody@mail.example not-checked", "hibp +33639981234 not-checked",
		"hibp-pastes pat@mail.example not-checked", "hibp-pastes nobody@mail.example not-checked", "hibp-pastes +33639981234 not-checked",
		"hibp-stealer-logs pat@mail.example not-checked", "hibp-stealer-logs nobody@mail.example not-checked", "hibp-stealer-logs +33639981234 not-checked",
		"xposedornot pat@mail.example not-checked", "xposedornot nobody@mail.example not-checked", "xposedornot +33639981234 not-checked",
		"leakcheck pat@mail.example not-checked", "leakcheck nobody@mail.example not-checked", "leakcheck +33639981234 not-checked",
		"hudsonrock pat@mail.example not-checked", "hudsonrock nobody@mail.example not-checked", "hudsonrock +33639981234 not-checked",
	})
	if len(d.server.Requests()) != 0 {
		t.Errorf("without a yes: %q", d.server.Requests())
	}
	equal(say(d, xposedornot.ID)[9:12], []string{"xposedornot pat@mail.example found", "xposedornot nobody@mail.example not-found", "xposedornot +33639981234 not-checked"})
	for _, e := range d.ledger.Entries() {
		if strings.Contains(e.Subject, "pat@") || e.Subject == "" {
			t.Errorf("the ledger says whom in full, or not at all: %q", e.Subject)
		}
	}
	d = open(t)
	d.server.Fail(fake.LimitedLong)
	equal(say(d, hibp.ID)[:3], []string{"hibp pat@mail.example rate-limited", "hibp nobody@mail.example rate-limited", "hibp +33639981234 not-checked"})
	if n := len(d.server.Requests()); n != 1 {
		t.Errorf("asked %d times after being told to wait", n)
	}
}

// Of a password five characters of a hash leave this computer; padding is no
// match; a site that cannot be asked about says so.
func TestPasswords(t *testing.T) {
	d := open(t)
	var b pwned.Batch
	b.Add("hunter2", "shop.example")
	b.Add("hunter2", "bank.example")
	b.Add("correct horse battery staple", "mail.example")
	b.Add("", "empty.example")
	got := fmt.Sprint(d.passwords(t, &b))
	if want := "[{bank.example found 17043} {mail.example not-found 0} {shop.example found 17043}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, path := range d.server.Requests() {
		if p := strings.TrimPrefix(path, "/api.pwnedpasswords.com/range/"); len(p) != 5 {
			t.Errorf("sent %q", path)
		}
	}
	if n := len(d.server.Requests()); n != 2 {
		t.Errorf("%d requests for 2 passwords", n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, s := range pwned.New(d.client, time.Now).Check(ctx, outbound.Yes(pwned.ID), &b, func(job.Progress) {}) {
		if s.Outcome != breach.NotChecked {
			t.Errorf("after a stop %s is %s", s.Site, s.Outcome)
		}
	}
}

// The local match: by domain, with what the person's own dates say, the leaked
// number first.
func TestMatch(t *testing.T) {
	day := func(s string) time.Time { d, _ := time.Parse(time.DateOnly, s); return d }
	leaks := catalogue(t).Match([]breach.Candidate{
		{Platform: "adobe.com", Domains: []string{"adobe.com"}, First: day("2020-01-01")},
		{Platform: "facebook.com", Domains: []string{"facebook.com"}, First: day("2009-01-01")},
		{Platform: "linkedin.com", Domains: []string{"linkedin.com"}},
		{Platform: "quiet.example", Domains: []string{"quiet.example"}, First: day("2009-01-01")},
	})
	var got []string
	for _, l := range leaks {
		got = append(got, fmt.Sprintf("%s %s", l.Breach.Name, l.Had))
		if l.Breach.Flags.Has(breach.Retired) || l.Breach.Flags.Has(breach.Fabricated) {
			t.Errorf("%s is not what it claims", l.Breach.Name)
		}
	}
	if len(got) < 4 || !slices.Contains(got[:2], "Facebook yes") || !slices.Contains(got, "LinkedIn unknown") || got[len(got)-1] != "Adobe later" {
		t.Errorf("order %q", got)
	}
	if !slices.Contains(leaks[0].Breach.Data, breach.DataPhones) {
		t.Errorf("the leaked number is not first: %+v", leaks[0])
	}
}

// Every outcome has a name of its own, and what is unknown is not checked.
func TestOutcomes(t *testing.T) {
	seen := map[string]bool{}
	for o := breach.NotChecked; o <= breach.Malformed; o++ {
		var back breach.Outcome
		text, _ := o.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != o || seen[o.String()] {
			t.Errorf("%d is written %q and read %d", o, text, back)
		}
		seen[o.String()] = true
		if (breach.Result{Outcome: o}).AllClear() != (o == breach.NotFound) {
			t.Errorf("%s is an all-clear", o)
		}
	}
	var o breach.Outcome
	if err := o.UnmarshalText([]byte("safe")); err != nil || o != breach.NotChecked {
		t.Errorf("a word of a newer version is %s", o)
	}
	if (breach.Result{}).AllClear() {
		t.Error("an empty result is an all-clear")
	}
}
