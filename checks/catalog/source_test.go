package catalog_test

import (
	"encoding/json"
	"testing"
	"testing/fstest"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
)

// Who speaks in a source is told from its host: nobody else's page is the
// platform's own, and a page that users write is not, wherever it lies.
func TestClassOfSource(t *testing.T) {
	for url, want := range map[string]catalog.Class{
		"https://x.com/en/privacy":                                           catalog.ClassOfficial,
		"https://help.x.com/en/using-x":                                      catalog.ClassOfficial,
		"https://help.twitter.com/en/using-x":                                catalog.ClassOfficial,
		"https://owner.example/x":                                            catalog.ClassOfficial,
		"https://x.com/somebody/status/1":                                    catalog.ClassOther,
		"https://x.com.evil.example/en/privacy":                              catalog.ClassOther,
		"https://notx.com/en/privacy":                                        catalog.ClassOther,
		"https://github.com/somebody/notes":                                  catalog.ClassOther,
		"https://web.archive.org/web/20180918010221/https://help.x.com/en/a": catalog.ClassOfficial,
		"https://web.archive.org/web/20180918010221/https://blog.example/a":  catalog.ClassOther,
		"https://www.cnil.fr/fr/x":                                           catalog.ClassAuthority,
		"https://www.ftc.gov/news-events/x":                                  catalog.ClassAuthority,
		"https://gov.example/x":                                              catalog.ClassOther,
		"https://2fa.directory/":                                             catalog.ClassDirectory,
		"https://passkeys.2fa.directory/":                                    catalog.ClassDirectory,
		"https://www.theverge.com/a":                                         catalog.ClassPress,
		"https://blog.example/x.com":                                         catalog.ClassOther,
	} {
		doc := map[string]any{
			"reviewed": "2026-01-01", "official-hosts": []any{map[string]any{"host": "owner.example", "why": "the owner"}},
			"sources": map[string]any{"s": map[string]any{"url": url, "title": "t", "seen": "2026-01-31", "quote": "a sentence"}},
			"facts":   map[string]any{"sms": map[string]any{"is": "offered", "sources": []any{"s"}}},
			"steps":   []any{map[string]any{"kind": "see", "sources": []any{"s"}}},
		}
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		c, err := catalog.Load(assets.Sub("catalog"), fstest.MapFS{"x.com.json": {Data: raw}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := c.ByID("x.com")
		step, fact := p.Guide.Steps[0], p.Guide.Facts["sms"]
		ref := step.Sources[0]
		if ref.Class != want || (step.Confidence == "official") != (want == catalog.ClassOfficial || want == catalog.ClassAuthority) {
			t.Errorf("%s: %s, %s; want %s", url, ref.Class, step.Confidence, want)
		}
		day := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC) // seven months after: a menu is old, a policy is not
		if !ref.Stale(day) || fact.Sources[0].Stale(day) || !fact.Sources[0].Stale(day.AddDate(1, 0, 0)) {
			t.Errorf("%s: to be looked at again on %s, %s", url, ref.Recheck, fact.Sources[0].Recheck)
		}
	}
}
