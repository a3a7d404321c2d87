package overview_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	allimporters "unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
)

// diary imports a made-up format of a family of its own: "site address" a line.
type diary struct{}

func (diary) Format() evidence.Format { return evidence.Format{ID: "diary", Family: "paper"} }

func (diary) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if path.Ext(in.Name) == ".diary" {
		return evidence.Sure
	}
	return evidence.No
}

func (diary) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	f, err := in.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	for lines := bufio.NewScanner(evidence.Text(f)); lines.Scan() && ctx.Err() == nil; {
		site, address, _ := strings.Cut(lines.Text(), " ")
		id, err := identifier.ParseEmail(address)
		out.Item()
		if err != nil {
			out.Skip(evidence.Broken, "")
			continue
		}
		out.Finding(evidence.Finding{
			Fact: evidence.FactAccount, Site: site, Identifier: id, Purpose: evidence.PurposeSignIn, Confidence: evidence.Confirmed, Count: 1,
		})
	}
	return ctx.Err()
}

// oracle is a made-up source that is asked by the length of an address.
type oracle struct{ client *outbound.Client }

const oracleHost = "oracle.example"

func size(id identifier.Identifier) string { return fmt.Sprint("length-", len(id.Value)) }

func (oracle) Info() breach.Info {
	return breach.Info{
		ID: "oracle", Host: oracleHost, Level: breach.LevelPrefix, Kinds: []identifier.Kind{identifier.KindEmail},
		Limits: []outbound.Limit{{N: 100, Per: time.Minute}}, Credit: "https://" + oracleHost, Sends: size,
	}
}

func (o oracle) LookUp(ctx context.Context, yes outbound.Consent, id identifier.Identifier) breach.Result {
	r := breach.Result{Source: "oracle", Identifier: id, At: time.Now()}
	var body struct{ Leak, Site, Day string }
	q := breach.Query{
		Address: "https://" + oracleHost + "/" + size(id),
		Nothing: []breach.Nothing{{Status: http.StatusOK, Must: map[string]breach.Is{"leak": breach.Exactly(`"none"`)}}},
	}
	purpose := outbound.Purpose{ID: "oracle", Host: oracleHost, MaxBody: 1 << 10, Limits: o.Info().Limits}
	if _, ok := breach.AskJSON(ctx, o.client.Bind(purpose, yes), q, time.Now, &r, &body); ok {
		r.Outcome, r.Hits = breach.Found, []breach.Hit{{Name: body.Leak, Title: body.Leak, Domain: body.Site, Date: breach.Day(body.Day, time.Now()), Data: []string{"Passwords"}}}
	}
	return r
}

// An importer and a source that nobody has heard of are one line of a list each:
// what they find becomes accounts, leaks and things to do like everything else.
func TestAnImporterAndASourceAreOneLineEach(t *testing.T) {
	platforms, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	breaches, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	importers := append(allimporters.Importers(), diary{})
	r, err := evidence.ScanFS(t.Context(), "papers", fstest.MapFS{
		"my.diary": {Data: []byte("forum.example pat@mail.example\nx.com pat@mail.example\nnothing\n")},
	}, evidence.Options{Importers: importers}, nil)
	if err != nil || len(r.Sources) != 1 || r.Sources[0].Format != "diary" || r.Sources[0].Items != 3 || r.Sources[0].Skipped != 1 {
		t.Fatalf("%+v, %v", r.Sources, err)
	}

	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := `{"leak":"none"}`
		if strings.HasSuffix(r.URL.Path, "/length-16") {
			answer = `{"leak":"Forum 2026","site":"forum.example","day":"2026-02-03"}`
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(answer))
	}))
	defer web.Close()
	var ledger outbound.Memory
	client, err := outbound.New(outbound.Config{Base: web.URL, UserAgent: "Unlisted/test", Now: time.Now, Ledger: &ledger})
	if err != nil {
		t.Fatal(err)
	}
	sources := append(allsources.Sources(client, func(string) string { return "" }, breaches, time.Now), oracle{client})
	own := ids(t, "pat@mail.example", "ann.lee@mail.example")
	questions := slices.DeleteFunc(breach.Questions(sources, own), func(q breach.Question) bool { return q.Source != "oracle" })
	results := breach.NewScheduler(client, sources, own).Ask(t.Context(), questions, func(job.Progress) {})
	if len(results) != 2 || results[0].Outcome != breach.Found || results[1].Outcome != breach.NotFound || !results[1].AllClear() {
		t.Fatalf("%+v", results)
	}
	if len(ledger.Entries()) != 2 || ledger.Entries()[0].Host != oracleHost {
		t.Errorf("ledger %+v", ledger.Entries())
	}

	p := &profile.Profile{Document: profile.Document{
		Identifiers: []profile.Own{{ID: own[0]}, {ID: own[1]}}, Findings: r.Findings, Lookups: breach.Record(nil, results),
	}}
	o := overview.Of(p, platforms, breaches)
	if a, ok := o.Find("forum.example"); !ok || a.Confidence != evidence.Confirmed || len(o.Accounts) != 2 {
		t.Errorf("accounts %+v", o.Accounts)
	}
	if !slices.ContainsFunc(o.Leaks, func(n breach.Named) bool { return n.Domain == "forum.example" && n.Certainty != breach.Possible }) {
		t.Errorf("leaks %+v", o.Leaks)
	}
	if !slices.ContainsFunc(o.Actions, func(a plan.Action) bool { return a.Platform == "forum.example" && a.Kind == plan.KindPassword }) {
		t.Errorf("nothing to do at the forum: %+v", o.Actions)
	}
}
