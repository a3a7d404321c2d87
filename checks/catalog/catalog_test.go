package catalog_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/assets"
	"unlisted/checks/catalog"
)

func load(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEmbeddedSet(t *testing.T) {
	c := load(t)
	if c.Len() < 4000 {
		t.Fatalf("only %d platforms", c.Len())
	}
	x, ok := c.ByID("x.com")
	if !ok || x.Name != "X" || !slices.Contains(x.Methods, "totp") || x.Exit != catalog.ExitAfterApp || len(x.ExitSources) == 0 {
		t.Errorf("x.com: %+v", x)
	}
	if w, _ := c.ByID("whatsapp.com"); !w.NumberIsID || w.Exit != catalog.ExitReplaceOnly {
		t.Errorf("whatsapp.com: %+v", w)
	}
	seen := map[string]string{}
	for i := range c.Len() {
		p := c.At(i)
		if len(p.Sources) == 0 && p.Name != p.ID {
			t.Errorf("%s has no source", p.ID)
		}
		if p.Exit != catalog.ExitUnknown && len(p.ExitSources) == 0 {
			t.Errorf("%s: an exit rating without a source", p.ID)
		}
		for _, d := range p.Domains {
			if seen[d] != "" {
				t.Errorf("%s belongs to %s and %s", d, seen[d], p.ID)
			}
			seen[d] = p.ID
		}
	}
}

func TestResolve(t *testing.T) {
	c := load(t)
	for host, want := range map[string]string{
		"twitter.com": "x.com", "mobile.twitter.com": "x.com", "mail.google.com": "google.com", "accounts.google.com": "google.com",
		"www.youtube.com": "google.com", "facebookmail.com": "facebook.com", "login.live.com": "microsoft.com", "amazon.fr": "amazon.com",
		"xbox.com": "xbox.com", "LABANQUEPOSTALE.FR.": "labanquepostale.fr", "nobody-knows.example": "nobody-knows.example",
		"a.b.nobody-knows.co.uk": "nobody-knows.co.uk",
		"localhost":              "", "192.168.1.1": "", "nas.local": "", "router": "", "": "", "a b.com": "", "[::1]": "", "evil@x.com": "",
	} {
		if id, name, _ := c.Resolve(host); id != want || (id != "") != (name != "") {
			t.Errorf("Resolve(%q) = %q, %q; want %q", host, id, name, want)
		}
	}
	if id, _, known := c.Resolve("x.com.evil.example"); known || id == "x.com" {
		t.Errorf("a look-alike resolves to %q", id)
	}
}

func TestSearch(t *testing.T) {
	c := load(t)
	for query, want := range map[string]string{
		"x": "x.com", "twitter": "x.com", "Gmail": "google.com", "goog": "google.com", "FACEB": "facebook.com", "whats": "whatsapp.com",
		"la poste": "laposte.fr", "leboncoin": "leboncoin.fr", "twitter.com": "x.com", "github": "github.com", "hotmail": "microsoft.com",
	} {
		got := c.Search(query, 5)
		if len(got) == 0 || got[0].ID != want {
			ids := []string{}
			for _, p := range got {
				ids = append(ids, p.ID)
			}
			t.Errorf("Search(%q) = %v; want %s first", query, ids, want)
		}
	}
	accented, plain := c.Search("für Bau und Heimat", 1), c.Search("fur bau und heimat", 1)
	if len(accented) == 0 || accented[0] != plain[0] {
		t.Errorf("accents matter: %v %v", accented, plain)
	}
	if c.Search("", 5) != nil || c.Search("zzzzqqqq", 5) == nil == false && len(c.Search("zzzzqqqq", 5)) > 0 {
		t.Error("an empty or impossible query finds something")
	}
}

// Every step of a guide stands in the safe order with sources that are dated or
// openly undated; what is unverified says so.
func TestGuides(t *testing.T) {
	c := load(t)
	for _, id := range []string{"x.com", "facebook.com", "google.com", "whatsapp.com"} {
		p, _ := c.ByID(id)
		if p.Guide == nil {
			t.Fatalf("%s has no guide", id)
		}
		for _, s := range p.Guide.Steps {
			own := slices.Contains([]catalog.StepKind{catalog.StepSecond, catalog.StepTest, catalog.StepVerify}, s.Kind)
			if !own && s.AskPerson == nil && len(s.Sources) == 0 || s.Confidence == "" {
				t.Errorf("%s/%s: no source", id, s.Kind)
			}
		}
		removes := slices.ContainsFunc(p.Guide.Steps, func(s catalog.Step) bool { return s.Kind == catalog.StepRemove })
		if removes == p.NumberIsID {
			t.Errorf("%s: remove step %v although the account is the number: %v", id, removes, p.NumberIsID)
		}
	}
}

// small is a guide with a hole for what a test is about.
const small = `{"reviewed":"2026-01-01",
"sources":{"help":{"url":"https://help.x.com/a","title":"Help","seen":"2026-01-01","quote":"q"}},
%s}`

// Every mistake that the structure of a guide can have is told with its file,
// its line and its field.
func TestGuideMistakesAreRefusedWithTheirPlace(t *testing.T) {
	const src = `"sources":["help"]`
	see := func(more string) string { return `"steps":[{"kind":"see",` + more + src + `}]` }
	for body, want := range map[string]string{
		`"steps":[{"kind":"test"},{"kind":"add-app",` + src + `}]`: "steps[1].kind",
		`"steps":[{"kind":"see"},{"kind":"see"}]`:                  "twice",
		`"steps":[{"kind":"see"}]`:                                 "no source",
		`"steps":[{"kind":"see","sources":["hlp"]}]`:               "steps[0].sources[0]",
		`"steps":[]`: "no steps",
		`"steps":[{"kind":"delete",` + src + `}]`:                                                        "leave",
		see("") + `,"leave":[{"kind":"see",` + src + `}]`:                                                "leave",
		see(`"link":"http://x.com",`):                                                                    "https",
		see(`"say":{"fr":"Regardez"},`):                                                                  "steps[0].say",
		see(`"see":{"en":""},`):                                                                          "steps[0].see",
		see(`"wrong":[{"when":{"en":"it fails"}}],`):                                                     "steps[0].wrong[0]",
		see(`"path":{"fr":["Plus"]},`):                                                                   "English labels",
		see(`"path":{"en":["More",""]},`):                                                                "steps[0].path.en[1]",
		see(`"app":{"link":"app://x"},`):                                                                 "steps[0].app.link",
		see(`"asks":["fingerprint"],`):                                                                   "steps[0].asks[0]",
		see(`"minutes":-1,`):                                                                             "minutes",
		see(`"pth":"a",`):                                                                                "unknown field",
		see("") + `,"facts":{"number-held":{"is":"perhaps",` + src + `}}`:                                "facts.number-held",
		see("") + `,"facts":{"number-held":{"is":"required-for",` + src + `}}`:                           "number-held.for",
		see("") + `,"facts":{"sms":{"is":"withdrawn-since",` + src + `}}`:                                "sms.since",
		see("") + `,"facts":{"sms":{"is":"never"}}`:                                                      "no source",
		see("") + `,"uses":{"fun":{` + src + `}}`:                                                        "uses.fun",
		see("") + `,"channels":{"pigeon":{` + src + `}}`:                                                 "channels.pigeon",
		see("") + `,"ways":[{"needs":["luck"],` + src + `}]`:                                             "ways[0].needs",
		see("") + `,"risks":[{` + src + `}]`:                                                             "risks[0].text",
		see("") + `,"absent":[{"kind":"see","why":{"en":"no"},` + src + `}]`:                             "a step for it",
		see("") + `,"absent":[{"kind":"add-app",` + src + `}]`:                                           "absent[0].why",
		see("") + `,"preconditions":[{"before":"see","needs":["add-app"],"why":{"en":"x"},` + src + `}]`: "preconditions[0]",
		see("") + `,"official-hosts":[{"host":"y.com"}]`:                                                 "official-hosts[0]",
		see("") + `,"help":"http://x.com"`:                                                               "help",
	} {
		guide := fmt.Sprintf(small, body)
		_, err := catalog.Load(assets.Sub("catalog"), fstest.MapFS{"x.com.json": {Data: []byte(guide)}}, nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "x.com.json: line 3") {
			t.Errorf("%s: %v; want %q", body, err, want)
		}
	}
	for sources, want := range map[string]string{
		`{"url":"http://help.x.com/a","title":"Help","seen":"2026-01-01"}`: "https",
		`{"url":"https://help.x.com/a","title":"Help"}`:                    "sources.help.seen",
		`{"url":"https://help.x.com/a","title":"Help","seen":"soon"}`:      "sources.help.seen",
	} {
		guide := "{\n\"reviewed\":\"2026-01-01\",\n\"sources\":{\"help\":" + sources + "}," + see("") + "}"
		_, err := catalog.Load(assets.Sub("catalog"), fstest.MapFS{"x.com.json": {Data: []byte(guide)}}, nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "x.com.json: line 3") {
			t.Errorf("%s: %v; want %q", sources, err, want)
		}
	}
}

func TestEncodeRoundTrip(t *testing.T) {
	c := load(t)
	var list []*catalog.Platform
	for i := range c.Len() {
		list = append(list, c.At(i))
	}
	var out strings.Builder
	if err := catalog.Encode(&out, list, nil); err != nil {
		t.Fatal(err)
	}
	again, err := catalog.Load(fstest.MapFS{"platforms.tsv": {Data: []byte(out.String())}}, fstest.MapFS{}, nil)
	if err != nil || again.Len() != c.Len() {
		t.Fatalf("%v, %d of %d platforms", err, again.Len(), c.Len())
	}
	var second strings.Builder
	list = list[:0]
	for i := range again.Len() {
		list = append(list, again.At(i))
	}
	if err := catalog.Encode(&second, list, nil); err != nil || second.String() != out.String() {
		t.Error("encoding twice differs")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("unlisted platforms 1\nx.com\tX\n\ncom.x\tx.com\n")
	f.Fuzz(func(_ *testing.T, s string) {
		if c, err := catalog.Load(fstest.MapFS{"platforms.tsv": {Data: []byte(s)}}, fstest.MapFS{}, nil); err == nil {
			c.Search(s, 3)
			c.Resolve(s)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

func BenchmarkSearch(b *testing.B) {
	c := load(b)
	for b.Loop() {
		c.Search("goo", 20)
	}
}

// No two platforms claim one domain, and every domain leads back to its own.
func TestDomainsAreOfOnePlatform(t *testing.T) {
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	owner := map[string]string{}
	for i := range c.Len() {
		p := c.At(i)
		for _, d := range p.Domains {
			if o, taken := owner[d]; taken {
				t.Errorf("%s is of %s and of %s", d, o, p.ID)
			}
			owner[d] = p.ID
			if strings.HasSuffix(d, ".onion") {
				continue // no evidence names a site so
			}
			if id, _, ok := c.Resolve(d); !ok || id != p.ID {
				t.Errorf("%s leads to %s, not %s", d, id, p.ID)
			}
		}
	}
}

// A mistake in a guide is told with its line.
func TestGuideLine(t *testing.T) {
	guide := "{\n\"reviewed\":\"2026-01-01\",\n\"stps\":[]}"
	_, err := catalog.Load(assets.Sub("catalog"), fstest.MapFS{"x.com.json": {Data: []byte(guide)}}, nil)
	if err == nil || !strings.Contains(err.Error(), "x.com.json: line 3") {
		t.Errorf("said %v", err)
	}
}
