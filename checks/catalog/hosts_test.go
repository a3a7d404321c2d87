package catalog

import (
	"strings"
	"testing"
	"testing/fstest"

	"unlisted/assets"
)

// A customer's host is the customer's; what the operator itself uses is the
// operator's.
func TestSite(t *testing.T) {
	for host, want := range map[string]string{
		"shop.example": "shop.example", "a.b.shop.co.uk": "shop.co.uk", "localhost": "localhost",
		"acme.atlassian.net": "acme.atlassian.net", "a.b.acme.atlassian.net": "acme.atlassian.net", "id.atlassian.net": "atlassian.net",
		"atlassian.net": "atlassian.net", "acme.wd103.myworkdayjobs.com": "acme.wd103.myworkdayjobs.com",
		"acme.myworkdayjobs.com": "acme.myworkdayjobs.com", "wd5.myworkdayjobs.com": "myworkdayjobs.com", "wday.myworkdayjobs.com": "wday.myworkdayjobs.com",
		"help.acme.zendesk.com": "acme.zendesk.com", "support.zendesk.com": "zendesk.com", "pat.github.io": "pat.github.io", "www.github.io": "github.io",
		"acme.myshopify.com": "acme.myshopify.com", "pat.blogspot.co.nz": "pat.blogspot.co.nz", "pat.wordpress.com": "pat.wordpress.com",
		"team.slack.com": "slack.com", "app.slack.com": "slack.com", "acme.my.salesforce.com": "acme.my.salesforce.com",
		"login.salesforce.com": "salesforce.com", "acme.eu.auth0.com": "acme.eu.auth0.com", "us05web.zoom.us": "zoom.us", "acme.zoom.us": "zoom.us",
		"acme.signin.aws.amazon.com": "acme.signin.aws.amazon.com", "signin.aws.amazon.com": "amazon.com", "www.amazon.com": "amazon.com",
		"shop.acme.com.be": "acme.com.be", "www.t.co": "t.co", "espn.go.com": "go.com",
	} {
		if got := Site(host); got != want {
			t.Errorf("Site(%q) = %q, want %q", host, got, want)
		}
		if again := Site(want); again != want {
			t.Errorf("Site(%q) = %q: not settled", want, again)
		}
	}
	for domain, want := range map[string]bool{"acme.atlassian.net": true, "pat.github.io": true, "atlassian.net": false, "github.io": false, "shop.example": false, "www.shop.example": false} {
		if Shared(domain) != want {
			t.Errorf("Shared(%q) = %v", domain, !want)
		}
	}
}

// Whatever the set knows at a shared host, a customer nobody knows there is
// itself, and never has the name of the host or of another customer.
func TestNobodyHasTheNameOfANeighbour(t *testing.T) {
	c, err := Load(assets.Sub("catalog"), fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	hosts := map[string]bool{"vercel.app": true, "pages.dev": true, "notion.site": true, "web.app": true, "azurewebsites.net": true, "service.gov.uk": true, "uk.com": true}
	for h := range SharedHosts() {
		hosts[h] = true
	}
	customers := 0
	for i := range c.Len() {
		for _, d := range c.At(i).Domains {
			if Shared(d) {
				customers++
				_, parent, _ := strings.Cut(d, ".")
				hosts[parent] = true
			}
		}
	}
	if customers < 30 {
		t.Errorf("only %d customers of shared hosts in the set", customers)
	}
	for h := range hosts {
		const customer = "zz-nobody-here"
		want := customer + "." + h
		for _, host := range []string{want, "mail." + want} {
			if id, name, known := c.Resolve(host); id != want || name != want || known {
				t.Errorf("Resolve(%q) = %q, %q, %v; want itself", host, id, name, known)
			}
		}
	}
	for host, want := range map[string]string{
		"wisemapping.atlassian.net": "WiseMapping", "kbdfans.myshopify.com": "KBDfans", "id.atlassian.net": "Atlassian Cloud", "boeing.wd1.myworkdayjobs.com": "Boeing",
		"www.hulu.com": "Hulu", "weebly.com": "Weebly", "kabeleins.de": "kabeleins.de", "nordpass.com": "NordPass", "amazon.at": "Amazon",
		"news.ycombinator.com": "Hacker News", "partnersuche.zeit.de": "partnersuche.zeit.de", "loveisland.bnz.co.nz": "bnz.co.nz",
	} {
		if _, name, _ := c.Resolve(host); name != want {
			t.Errorf("%s is called %q, want %q", host, name, want)
		}
	}
}

// A name on several platforms says nothing of which one it is: the few that
// have it have it in common by their own records.
func TestNamesTellPlatformsApart(t *testing.T) {
	c, err := Load(assets.Sub("catalog"), fstest.MapFS{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]int{}
	for i := range c.Len() {
		p := c.At(i)
		if NoName(p.Name) {
			t.Errorf("%s is called %q", p.ID, p.Name)
		}
		if times[p.Name]++; times[p.Name] > 8 {
			t.Errorf("%d platforms are called %q, %s among them", times[p.Name], p.Name, p.ID)
		}
	}
}

func TestFits(t *testing.T) {
	for _, fit := range [][2]string{
		{"Hulu", "hulu.com"},
		{"Bank of New Zealand", "bnz.co.nz"},
		{"Deutsche Bahn (DB)", "bahn.de"},
		{"Möbel-Kraft Online", "moebel-kraft.de"},
		{"X (Twitter)", "twitter.com"},
		{"Blizzard/Battle.net", "battle.net"},
		{"Last.fm", "last.fm"},
		{"EMP", "emp-online.ch"},
		{"HUK", "huk.de"},
		{"Crédit Agricole", "credit-agricole.fr"},
	} {
		if !Fits(fit[0], fit[1]) {
			t.Errorf("%q does not fit %s", fit[0], fit[1])
		}
	}
	for _, no := range [][2]string{
		{"Discourse", "bnz.co.nz"},
		{"Disney+", "hulu.com"},
		{"Square", "weebly.com"},
		{"ICONY", "hna.de"},
		{"Seven.One Entertainment Group", "kabeleins.de"},
		{"AG", "agent.de"},
		{"Singl", "singles-saarland.de"},
		{"", "x.com"},
		{"!!!", "x.com"},
		{"Caf", "cafepress.com"},
	} {
		if Fits(no[0], no[1]) {
			t.Errorf("%q fits %s", no[0], no[1])
		}
	}
}

func TestSharedHostMistakes(t *testing.T) {
	for raw, want := range map[string]string{
		`{"own":[],"registries":[],"shared":[{"hosts":["a.example"],"why":""}]}`:              "why",
		`{"own":[],"registries":[],"shared":[{"hosts":[],"why":"x"}]}`:                        "hosts",
		`{"own":[],"registries":[],"shared":[{"hosts":["a.example","a.example"],"why":"x"}]}`: "a.example",
		`{"own":[],"registries":[],"shared":[{"hosts":["A.example"],"why":"x"}]}`:             "A.example",
		`{"own":[],"shard":[]}`: "shard",
	} {
		if _, err := readSharedHosts("f.json", []byte(raw)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "f.json") {
			t.Errorf("%s: %v", raw, err)
		}
	}
}
