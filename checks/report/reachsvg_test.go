package report_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/identifier"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/report"
	"unlisted/checks/text"
)

// The picture is well-formed whatever a platform calls itself, and shows no
// number or address in full.
func TestReachSVG(t *testing.T) {
	texts, err := text.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	number := identifier.Identifier{Kind: identifier.KindPhone, Value: "+33639981234"}
	mail := identifier.Identifier{Kind: identifier.KindEmail, Value: "pat@post.example"}
	ids := []identifier.Identifier{number, mail}
	m := reach.Build(reach.Input{
		Own: ids, Platform: catalog.Unknown,
		Accounts: []account.Account{
			{ID: "a.example", Platform: "a.example", Name: `</text><script>"&'`, Identifiers: ids, SecondFactor: []string{"phone"}},
			{ID: "b.example", Platform: "b.example", Name: "B\x00\x1b", Identifiers: ids},
		},
	})
	for _, lang := range []string{"en", "fr"} {
		for _, q := range []reach.Kind{reach.Steal, reach.Lose} {
			out, err := m.Ask(q, []string{reach.MeansPhoneUnlocked, reach.MeansNumber})
			if err != nil {
				t.Fatal(err)
			}
			p := picture.New(m, texts.Printer(lang), picture.Options{Outcome: out, Tier: func(string) reach.Tier { return 0 }})
			var b strings.Builder
			if err := report.SVG(&b, p, texts.Printer(lang)); err != nil {
				t.Fatal(err)
			}
			d, boxes := xml.NewDecoder(strings.NewReader(b.String())), 0
			for {
				tok, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("not well-formed: %v\n%s", err, b.String())
				}
				if s, ok := tok.(xml.StartElement); ok {
					if s.Name.Local == "rect" {
						boxes++
					}
					if s.Name.Local == "script" {
						t.Error("a name became a script")
					}
				}
			}
			if boxes != len(p.Items) {
				t.Errorf("%d boxes of %d", boxes, len(p.Items))
			}
			if strings.Contains(b.String(), "639981234") || strings.Contains(b.String(), "pat@") {
				t.Error("it shows an identifier in full")
			}
		}
	}
}
