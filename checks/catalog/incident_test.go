package catalog

import (
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/assets"
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
		"twitter-2019-2fa-ads":       {"17 September 2019", "8 October 2019", "150 million"},
		"facebook-2018-2fa-ads":      {"several violations together", "forbids"},
		"facebook-2019-419m-server":  {"419 million", "about half as many people", "unknown"},
		"twitter-2018-plaintext-log": {"saw no misuse", "did not say how many"},
		"facebook-2021-533m":         {"265 million euros"},
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
	if by["twitter-2023-200m-emails"].Status != StatusDisputed || len(list) != 36 {
		t.Errorf("%d incidents, the 2023 file is %s", len(list), by["twitter-2023-200m-emails"].Status)
	}
}

// One mistake and the build says which.
func TestIncidentMistakes(t *testing.T) {
	const good = `{"id":"a","platform":"a.example","kind":"breach","status":"confirmed","started":"","ended":"2020-02","disclosed":"2021","affected":0,"data":["phone"],"regulator":"","carrier":false,"title":{"en":"A","fr":"A"},"text":{"en":"B","fr":"B"},"sources":["https://a.example"],"checked":"2026-01-02"}`
	load := func(record string) error {
		_, err := LoadIncidents(fstest.MapFS{"incidents.json": {Data: []byte(`{"incidents":[` + record + `]}`)}})
		return err
	}
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{
		`"breach"`: `"rumour"`, `"confirmed"`: `"to-verify"`, `"2020-02"`: `"soon"`, `"fr":"B"`: `"fr":""`, `["https://a.example"]`: `[]`,
		`https://a`: `http://a`, `"checked":"2026-01-02"`: `"checked":""`, `"regulator"`: `"regulatr"`, `"id":"a"`: `"id":""`,
	} {
		if err := load(strings.Replace(good, old, bad, 1)); err == nil || !strings.Contains(err.Error(), "incidents.json") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if err := load(good + "," + good); err == nil {
		t.Error("the same incident twice")
	}
}
