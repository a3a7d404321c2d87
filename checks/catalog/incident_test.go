package catalog

import (
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/assets"
	"unlisted/checks/text"
)

// The set that ships: the founding incidents with their figures, nobody accused
// without a source, what is disputed told as disputed.
func TestIncidents(t *testing.T) {
	list, err := LoadIncidents(assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]Incident{}
	for _, i := range list {
		by[i.ID] = i
		if i.Until().IsZero() && i.ID != "yahoo-2013" {
			t.Errorf("%s: neither end nor disclosure", i.ID)
		}
		if !i.Started.IsZero() && i.Until().Before(i.Started.First) {
			t.Errorf("%s ends before it starts", i.ID)
		}
	}
	for id, words := range map[string][]string{
		"twitter-2019-2fa-ads":       {"17 September 2019", "8 October 2019", "150 million", "140 million", "given for security"},
		"facebook-2018-2fa-ads":      {"several violations together", "forbids", "covers nothing else"},
		"facebook-2019-2fa-lookup":   {"advertising only"},
		"facebook-2019-419m-server":  {"419 million", "about half as many people", "unknown"},
		"facebook-2019-plaintext":    {"91 million euros"},
		"instagram-2019-plaintext":   {"91 million euros", "millions of Instagram accounts"},
		"twitter-2018-plaintext-log": {"saw no misuse", "did not say how many"},
		"facebook-2021-533m":         {"265 million euros", "Instagram"},
	} {
		for _, w := range words {
			if !strings.Contains(by[id].Text["en"], w) {
				t.Errorf("%s does not say %q", id, w)
			}
		}
		if by[id].Status != StatusConfirmed {
			t.Errorf("%s is %s", id, by[id].Status)
		}
	}
	if by["twitter-2023-200m-emails"].Status != StatusDisputed || len(list) != 37 {
		t.Errorf("%d incidents, the 2023 file is %s", len(list), by["twitter-2023-200m-emails"].Status)
	}
	for id, known := range map[string]string{
		"facebook-2021-533m": "2021-04", "twitter-2023-200m-emails": "2023-01", "yahoo-2013": "2016-12-14", "facebook-2019-plaintext": "2019-03-21",
	} {
		if got := by[id].Known().Stated(); got != known {
			t.Errorf("%s is listed under %s, it became known %s", id, got, known)
		}
	}
	for _, i := range list {
		for _, s := range i.Sources {
			if s.Title == "" || s.Checked.IsZero() || s.Confidence == "" {
				t.Errorf("%s: nobody speaks in %+v", i.ID, s)
			}
		}
		for _, a := range i.DealtWith {
			if a.Authority["fr"] == "" {
				t.Errorf("%s: an authority without a French name", i.ID)
			}
		}
	}
}

// speakers are the publishers and authorities of the tests.
const speakers = `{"publishers":[{"at":"court.example/a","name":"The court","class":"court"},{"at":"court.example","name":"A blog at the court","class":"other"},
	{"at":"news.example","name":"The News","class":"press"},{"at":"old-news.example","name":"The News","class":"press"},{"at":"paper.example","name":"The Paper","class":"press"},
	{"at":"blog.example","name":"Blog","class":"other"}],"authorities":[{"id":"x","name":{"en":"The Office","fr":"L’Office"}}],`

// One mistake and the build says which.
func TestIncidentMistakes(t *testing.T) {
	const good = `{"id":"a","platform":"a.example","kind":"breach","status":"confirmed","started":"","ended":"2020-02","disclosed":"2021","affected":0,"data":["phone"],"dealt_with":[{"by":"x","did":"fine","date":"2022-03","case":"7"}],"carrier":false,"title":{"en":"A","fr":"A"},"text":{"en":"B","fr":"B"},"sources":["https://www.court.example/a/1"],"checked":"2026-01-02"}`
	load := func(record string) error {
		_, err := LoadIncidents(fstest.MapFS{"incidents.json": {Data: []byte(speakers + `"incidents":[` + record + `]}`)}})
		return err
	}
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{
		`"breach"`: `"rumour"`, `"confirmed"`: `"to-verify"`, `"2020-02"`: `"soon"`, `"fr":"B"`: `"fr":""`, `["https://www.court.example/a/1"]`: `[]`,
		`https://www`: `http://www`, `court.example/a/1`: `court.example/b`, `www.court`: `evil-court`, `"by":"x"`: `"by":"y"`, `"did":"fine"`: `"did":"fined"`,
		`"date":"2022-03"`: `"date":"then"`, `"checked":"2026-01-02"`: `"checked":""`, `"dealt_with"`: `"regulator"`, `"id":"a"`: `"id":""`,
	} {
		if err := load(strings.Replace(good, old, bad, 1)); err == nil || !strings.Contains(err.Error(), "incidents.json") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if err := load(good + "," + good); err == nil {
		t.Error("the same incident twice")
	}
}

// The word confirmed is earned by an authority, a court, the company or two
// newspapers of different names; everything else is reported.
func TestConfirmedIsEarned(t *testing.T) {
	const record = `{"id":"a","platform":"a.example","kind":"breach","status":"STATUS","disclosed":"2021","title":{"en":"A"},"text":{"en":"B"},"sources":[SOURCES],"checked":"2026-01-02"}`
	for sources, earned := range map[string]bool{
		`"https://court.example/a/9"`:                                      true,
		`"https://news.example/1","https://paper.example/2"`:               true,
		`"https://news.example/1"`:                                         false,
		`"https://news.example/1","https://old-news.example/2"`:            false,
		`"https://news.example/1","https://blog.example/2"`:                false,
		`"https://blog.example/1","https://court.example/"`:                false,
		`"https://blog.example/1","https://court.example/a/2"`:             true,
		`"https://news.example/1","https://news.example/2"`:                false,
		`"https://sub.news.example/1","https://www.paper.example/x?y=z#1"`: true,
	} {
		for _, status := range []string{"confirmed", "reported", "disputed"} {
			file := speakers + `"incidents":[` + strings.NewReplacer("STATUS", status, "SOURCES", sources).Replace(record) + `]}`
			_, err := LoadIncidents(fstest.MapFS{"incidents.json": {Data: []byte(file)}})
			if want := earned || status != "confirmed"; (err == nil) != want {
				t.Errorf("%s by %s: %v", status, sources, err)
			}
		}
	}
}

// A date is told as exactly as it is known.
func TestPrecisionOfDates(t *testing.T) {
	all, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	for stated, want := range map[string]string{"2019": "2019", "2021-04": "April 2021", "2019-02": "February 2019", "2019-09-17": "17 September 2019", "": ""} {
		if d := span(stated); d.Words(all.Printer("en")) != want || d.Stated() != stated {
			t.Errorf("%q is told as %q, stated as %q", stated, d.Words(all.Printer("en")), d.Stated())
		}
	}
	for dates, want := range map[[2]string]string{{"2018", "2019-09"}: "2018 – September 2019", {"", "2019-09"}: "September 2019", {"2018", ""}: "2018", {"2018", "2018"}: "2018", {"", ""}: ""} {
		i := Incident{Started: span(dates[0]), Ended: span(dates[1])}
		if got := i.Period(all.Printer("en")); !strings.HasSuffix(got, want) || (got == "") != (want == "") {
			t.Errorf("%q happened %q", dates, got)
		}
	}
}
