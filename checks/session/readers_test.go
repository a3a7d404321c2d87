package session_test

import (
	"io"
	"testing"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence/all"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/report"
	"unlisted/checks/sample"
	"unlisted/checks/session"
	words "unlisted/checks/text"
)

// Who reads a snapshot alters nothing of it: it is shared by everybody who looks.
func TestReadersAlterNothing(t *testing.T) {
	p, err := sample.Profile(t.Context(), assets.Sub("sample"), all.Importers(), noon)
	if err != nil {
		t.Fatal(err)
	}
	mail := p.Identifiers[0].ID
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	texts, err := words.Load(assets.Sub("text"))
	if err != nil {
		t.Fatal(err)
	}
	p.Claims = []account.Claim{
		{Platform: "x.com", Identifiers: []identifier.Identifier{p.Identifiers[2].ID, mail}, SecondFactor: []string{"totp", "phone", "none"}, Together: []string{"z", "a"}},
		{Platform: "adobe.com", Gone: true},
		{Platform: "github.com", NumberGone: noon, Identifiers: []identifier.Identifier{p.Identifiers[2].ID}},
	}
	p.Lookups = []breach.Result{{Source: "xposedornot", Identifier: mail, Outcome: breach.Found, Hits: []breach.Hit{{Name: "LinkedIn", Data: []string{"Passwords", "Email addresses"}}, {Name: "Adobe"}}}}
	p.Tick("x.com", "see", noon)
	p.Skipped = []string{"z", "a"}
	before := text(p)
	o := overview.Of(p, c, b)
	for _, planned := range []bool{false, true} {
		m := overview.Reach(p, o, c, planned)
		for _, n := range overview.Numbers(p) {
			overview.Goodbye(p, m, n)
		}
		_ = m.Card()
	}
	overview.LeavingNumbers(p, noon)
	overview.LookAgain(p, o, c, noon)
	overview.NewLeaks(p, o)
	overview.Unseen(p, o, c)
	for _, a := range o.Accounts {
		overview.Switch(p, o, c, a.ID)
		claim := account.ClaimFor(p.Claims, a)
		claim.Identifiers = append(claim.Identifiers, mail)
		for i := range claim.Identifiers {
			claim.Identifiers[i] = mail
		}
	}
	for _, format := range []string{"html", "csv", "json"} {
		in := report.Input{Overview: o, Profile: p, Catalog: c, Breaches: b, Text: texts.Printer("en"), Masked: true, Now: noon, Version: "test"}
		if err := report.Write(io.Discard, format, in); err != nil {
			t.Fatal(err)
		}
	}
	if after := text(p); after != before {
		t.Errorf("reading changed\n%s\nto\n%s", before, after)
	}
	s := session.New(p, nil, nil)
	if s.Snapshot() != p {
		t.Error("a snapshot is a copy: it costs what it should not")
	}
}
