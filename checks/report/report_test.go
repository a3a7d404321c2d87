package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/report"
	"unlisted/checks/sample"
	"unlisted/checks/text"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// input is the sample person's report, after change.
func input(t *testing.T, lang string, change func(*profile.Profile)) report.Input {
	t.Helper()
	p, err := sample.Profile(t.Context(), assets.Sub("sample"), all.Importers(), noon)
	must(t, err)
	if change != nil {
		change(p)
	}
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	must(t, err)
	b, err := breach.LoadCatalogue(assets.Sub("breaches"))
	must(t, err)
	texts, err := text.Load(assets.Sub("text"))
	must(t, err)
	credits, err := catalog.Credits(assets.Sub("licences"))
	must(t, err)
	return report.Input{Overview: overview.Of(p, c, b), Profile: p, Catalog: c, Breaches: b, Credits: credits, Text: texts.Printer(lang), Masked: true, Now: noon, Version: "1.2.3"}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, format string, in report.Input) string {
	t.Helper()
	var b bytes.Buffer
	must(t, report.Write(&b, format, in))
	return b.String()
}

// Every format masks where masking was asked for, and shows all where not.
func TestMasked(t *testing.T) {
	in := input(t, "en", nil)
	number := in.Profile.Identifiers[len(in.Profile.Identifiers)-1].ID
	if number.Kind != identifier.KindPhone {
		t.Fatalf("the sample's last identifier is %+v", number)
	}
	for _, format := range []string{"html", "csv", "json"} {
		in.Masked = true
		out := write(t, format, in)
		for _, o := range in.Profile.Identifiers {
			if strings.Contains(out, o.ID.Value) || strings.Contains(out, o.ID.Display()) {
				t.Errorf("%s shows %s", format, o.ID.Value)
			}
		}
		in.Masked = false
		if out := html.UnescapeString(write(t, format, in)); !strings.Contains(out, number.Display()) && !strings.Contains(out, number.Value) {
			t.Errorf("%s unmasked does not show the number", format)
		}
	}
}

// The page is whole in both languages: no key without a text, every account,
// the leaks, and that not everything was asked.
func TestPage(t *testing.T) {
	for lang, unchecked := range map[string]string{"en": "Not checked", "fr": "Non vérifié"} {
		in := input(t, lang, nil)
		out := write(t, "html", in)
		doc, err := html.Parse(strings.NewReader(out))
		must(t, err)
		if doc.FirstChild == nil || !strings.Contains(out, `<html lang="`+lang+`">`) {
			t.Error("not a page in " + lang)
		}
		for _, a := range in.Overview.Accounts {
			if !strings.Contains(html.UnescapeString(out), a.Name) {
				t.Errorf("%s: %s is missing", lang, a.Name)
			}
		}
		if !strings.Contains(strings.ToLower(out), strings.ToLower(unchecked)) {
			t.Errorf("%s does not say what was not asked", lang)
		}
		for _, bad := range []string{"report.", "plan.action.", "outcome.", "<script", "http-equiv=\"refresh\"", "src="} {
			if strings.Contains(out, bad) {
				t.Errorf("%s holds %q", lang, bad)
			}
		}
	}
}

// What a file or a site calls itself does nothing in a browser or a
// spreadsheet.
func TestHostile(t *testing.T) {
	in := input(t, "en", nil)
	for _, name := range []string{`<script>alert(1)</script>`, `=cmd|'/c calc'!A0`, "+1", "@SUM(A1)", "-2+3", "\tx", `"><img onerror=x>`} {
		in.Overview.Accounts = append(in.Overview.Accounts, account.Account{Platform: "evil.example", Name: name, Confidence: evidence.Likely, Advertisers: []string{name}})
	}
	page := write(t, "html", in)
	if strings.Contains(page, "<script") || strings.Contains(page, "<img") {
		t.Error("the page runs what an account is called")
	}
	rows, err := csv.NewReader(strings.NewReader(write(t, "csv", in))).ReadAll()
	must(t, err)
	for _, r := range rows {
		for _, c := range r {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				t.Errorf("a spreadsheet would run %q", c)
			}
		}
	}
	if len(rows) != 1+len(in.Overview.Accounts) {
		t.Errorf("%d rows for %d accounts", len(rows), len(in.Overview.Accounts))
	}
}

// The page lists every request, and an address that was asked about no longer
// counts as unasked.
func TestLedger(t *testing.T) {
	out := write(t, "html", input(t, "en", func(p *profile.Profile) {
		p.Ledger = []outbound.Entry{{Time: noon, Purpose: "hibp", Host: "haveibeenpwned.com", Subject: "c•••@gmail.com", Result: outbound.ResultAnswered}}
		p.Lookups = []breach.Result{{Source: "hibp", Identifier: p.Identifiers[0].ID, Outcome: breach.Unavailable, At: noon}}
	}))
	if !strings.Contains(out, "haveibeenpwned.com") || !strings.Contains(strings.ToLower(out), "not checked") {
		t.Error("the request or what is still unasked is missing")
	}
}

func TestFormats(t *testing.T) {
	in := input(t, "en", nil)
	var doc struct {
		Accounts []report.AccountJSON
		Actions  []map[string]any
	}
	must(t, json.Unmarshal([]byte(write(t, "json", in)), &doc))
	if len(doc.Accounts) != len(in.Overview.Accounts) || len(doc.Actions) != len(in.Overview.Actions) {
		t.Errorf("%d accounts, %d actions", len(doc.Accounts), len(doc.Actions))
	}
	if err := report.Write(&bytes.Buffer{}, "doc", in); !errors.Is(err, report.ErrFormat) {
		t.Errorf("an unknown format: %v", err)
	}
}
