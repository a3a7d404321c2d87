package catalog

import (
	"testing"
	"testing/fstest"
	"time"
)

// A newer list gives no platform the name of a neighbour, a forum or a place
// holder, and takes no domain from anybody.
func TestFreshIdentity(t *testing.T) {
	const set = "unlisted platforms 1\nbank.example\tKiwi Bank\tkiwi.example\nshop.example\tShop\n\n"
	c, err := Load(fstest.MapFS{"platforms.tsv": {Data: []byte(set)}}, fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Freshen("2fa", time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), []Fresh{
		{Domain: "forum.bank.example", Name: "Forumware", Methods: []string{"totp"}, MethodsKnown: true},
		{Domain: "login.bank.example", Name: "Bankware", Methods: []string{"sms"}, MethodsKnown: true},
		{Domain: "acme.zendesk.com", Name: "Acme Help", Methods: []string{"email"}, MethodsKnown: true},
		{Domain: "new.example", Name: "N/A", Domains: []string{"zendesk.com", "github.io", "co.uk", "pay.bank.example", "shop.example", "new-pay.example"}},
	})
	for host, want := range map[string]string{
		"forum.bank.example": "Forumware", "bank.example": "Kiwi Bank", "login.bank.example": "Kiwi Bank", "pay.bank.example": "Kiwi Bank",
		"acme.zendesk.com": "Acme Help", "other.zendesk.com": "other.zendesk.com", "zendesk.com": "zendesk.com", "pat.github.io": "pat.github.io",
		"somebody.co.uk": "somebody.co.uk", "shop.example": "Shop", "new.example": "new.example", "new-pay.example": "new.example",
	} {
		if _, name, _ := c.Resolve(host); name != want {
			t.Errorf("%s is called %q, want %q", host, name, want)
		}
	}
	if p, _ := c.ByID("bank.example"); p.Offers("totp") || !p.Offers("sms") {
		t.Errorf("the bank offers %q", p.Methods)
	}
}
