package sample_test

import (
	"slices"
	"testing"
	"time"

	"unlisted/assets"
	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence/all"
	"unlisted/checks/overview"
	"unlisted/checks/sample"
)

// The sample person shows every first-form finding of the app: what a workshop
// sees must not quietly get poorer.
func TestSamplePerson(t *testing.T) {
	p, err := sample.Profile(t.Context(), assets.Sub("sample"), all.Importers(), time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Load(assets.Sub("catalog"), assets.Sub("guides"), assets.Sub("facts"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := breach.LoadCatalogue(assets.Sub("breaches"))
	if err != nil {
		t.Fatal(err)
	}
	o := overview.Of(p, c, b)
	find := func(id string) account.Account {
		for _, a := range o.Accounts {
			if a.Platform == id {
				return a
			}
		}
		t.Errorf("no account at %s", id)
		return account.Account{}
	}
	if x := find("x.com"); !x.HoldsPhone() || len(x.Advertisers) != 5 || !slices.Contains(x.SecondFactor, "phone") {
		t.Errorf("x.com %+v", x)
	}
	if f := find("facebook.com"); !f.HoldsPhone() || !slices.Equal(f.Advertisers, []string{"Assurance Exemple", "Café Exemple", "Meubles Exemple"}) {
		t.Errorf("facebook.com %+v %v", f.Identifiers, f.Advertisers)
	}
	if g := find("github.com"); !slices.Equal(g.SecondFactor, []string{"passkey", "totp"}) {
		t.Errorf("github.com %v", g.SecondFactor)
	}
	if a := find("adobe.com"); len(a.ReusedWith) != 3 {
		t.Errorf("adobe.com reused with %v", a.ReusedWith)
	}
	find("google.com")
	find("whatsapp.com")
	find("doctolib.fr")
	if a := find("airbnb.com"); !a.HoldsPhone() {
		t.Errorf("airbnb.com %+v", a.Identifiers)
	}
	for _, a := range o.Accounts {
		if a.Platform == "paypal-verification.example" {
			t.Error("a phishing mail made an account")
		}
	}
	if len(o.Own) != 1 || len(o.Mailed) < 2 || len(o.Leaks) < 5 || len(o.Actions) < 10 {
		t.Errorf("own %v, mailed %v, %d leaks, %d actions", o.Own, o.Mailed, len(o.Leaks), len(o.Actions))
	}
	if o.Actions[0].Platform != "google.com" {
		t.Errorf("first action %+v", o.Actions[0])
	}
	if len(o.Accounts) < 20 {
		t.Errorf("%d accounts", len(o.Accounts))
	}
}
