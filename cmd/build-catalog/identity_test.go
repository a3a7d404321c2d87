package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"unlisted/checks/catalog"
)

// Software, groups, shared sign-ins and neighbours on a shared host give no
// platform its name.
func TestIdentity(t *testing.T) {
	c, report := made(t, map[string]string{
		"2fa": `[
			{"name":"Till","domain":"till.example","additional_domains":["tillpay.example","sitemaker.example","old-brand.example"],"methods":["totp"]},
			{"name":"Alpha Vault","domain":"alphavault.example","additional_domains":["oneaccount.example"],"methods":["sms"]},
			{"name":"Beta Vault","domain":"betavault.example","additional_domains":["oneaccount.example"],"methods":["sms"]},
			{"name":"Motor Group","domain":"motorgroup.example","additional_domains":["a1.example","b2.example","c3.example","d4.example","e5.example"],"methods":["sms"]},
			{"name":"N/A","domain":"nameless.example","methods":["sms"]},
			{"name":"Town Quiz","domain":"quiz.university.example","methods":["email"]},
			{"name":"University","domain":"www.university.example","methods":["totp"]}]`,
		"delete": `[
			{"name":"Site Maker","domains":["sitemaker.example"],"url":"https://sitemaker.example/bye"},
			{"name":"Streamly","domains":["streamly.example"],"url":"https://streamly.example/bye"},
			{"name":"Familyplus","domains":["familyplus.example"],"url":"https://familyplus.example/bye"},
			{"name":"Discourse","domains":["forum.kiwibank.example","hobby.example","meta.discourse.org"],"url":"https://www.discourse.org/privacy","email":"privacy@discourse.org"},
			{"name":"Forumware","domains":["community.kiwibank.example","forumware.example"],"url":"https://forumware.example/bye"},
			{"name":"Flats","domains":["flats.example","flat-paris.example","rooms-rome.example"],"url":"https://flats.example"},
			{"name":"Keys","domains":["acme-keys.myshopify.com","keys.example"],"url":"https://keys.example/bye"},
			{"name":"Brandy","domains":["brandy.example","brandy.co.uk"],"url":"https://brandy.example/bye"}]`,
		"gdpr-contacts": `[
			{"name":"Media Group Holding GmbH & Co. KG","domains":["kanaleins.example","kanal-zwei.example","drei.example"],"runs":["kanal eins","Kanal Zwei (kanal-zwei.example)","Vier"],"email":"privacy@mediagroup.example"},
			{"name":"Kiwi Bank AG","domains":["kiwibank.example"],"email":"privacy@kiwibank.example"},
			{"name":"Little Club e.V.","email":"little@freemail.example"},
			{"name":"Brandy Europe SARL","domains":["brandy.de","brandy.co.uk"],"email":"dpo@brandy.de"}]`,
		"shared-credentials": `{"shared":[["familyplus.example","streamly.example"]],"redirects":[{"from":["streamly.example"],"to":["familyplus.example"]},{"from":["was.example"],"to":["till.example"],"obsolete":true}]}`,
		"change-password":    `[{"domain":"was.example","url":"https://was.example/p"},{"domain":"kiwibank.example","url":"https://kiwibank.example/p"}]`,
	})
	for host, want := range map[string]string{
		"till.example": "Till", "tillpay.example": "Till", "old-brand.example": "Till", "was.example": "Till",
		"sitemaker.example": "Site Maker", "alphavault.example": "Alpha Vault", "betavault.example": "Beta Vault",
		"motorgroup.example": "Motor Group", "c3.example": "c3.example", "nameless.example": "nameless.example",
		"quiz.university.example": "Town Quiz", "university.example": "University", "mail.university.example": "University",
		"streamly.example": "Streamly", "familyplus.example": "Familyplus",
		"forum.kiwibank.example": "Kiwi Bank", "kiwibank.example": "Kiwi Bank", "hobby.example": "hobby.example", "meta.discourse.org": "Discourse",
		"flats.example": "Flats", "flat-paris.example": "flat-paris.example", "rooms-rome.example": "rooms-rome.example",
		"acme-keys.myshopify.com": "Keys", "keys.example": "Keys", "other.myshopify.com": "other.myshopify.com",
		"kanaleins.example": "kanal eins", "kanal-zwei.example": "Kanal Zwei", "drei.example": "drei.example",
		"freemail.example": "freemail.example", "brandy.example": "Brandy", "brandy.co.uk": "Brandy", "brandy.de": "Brandy",
	} {
		if _, name, _ := c.Resolve(host); name != want {
			t.Errorf("%s is called %q, want %q", host, name, want)
		}
	}
	if id, _, known := c.Resolve("community.kiwibank.example"); id != "community.kiwibank.example" || !known {
		t.Errorf("a forum of the bank is %s", id)
	}
	bank, _ := c.ByID("kiwibank.example")
	if bank.Delete.Email != "" || bank.Delete.URL != "" {
		t.Errorf("the bank is left by way of its forum: %+v", bank.Delete)
	}
	if p, _ := c.ByID("sitemaker.example"); !p.Offers("totp") {
		t.Error("what a shared sign-in offers is lost where the name is not shared")
	}
	for _, told := range []string{"old-brand.example is called", `"N/A"`, "Discourse left out: forum software", `contact "Little Club e.V." has no site or mail that its name fits`} {
		if !strings.Contains(report, told) {
			t.Errorf("not reported: %s\n%s", told, report)
		}
	}
}

// Whatever the records say of each other's domains, a domain is called what a
// record of that very domain says, or itself, or it is reported.
func TestNamesComeFromRecordsOfTheirOwn(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	brands := []string{"Alder Bank", "Birch", "Cedar Mail", "Dogwood", "Elm & Sons", "Fir Net", "Ginkgo", "Hazel TV", "N/A", "Ivy"}
	host := func() string {
		label := strings.ToLower(strings.NewReplacer(" ", "", "&", "-", "/", "").Replace(brands[r.IntN(len(brands))]))
		front := []string{"", "", "", "forum.", "mail.", "www.", "shop."}[r.IntN(7)]
		return front + label + []string{".example", ".de", ".co.uk", ".zendesk.com", ".github.io"}[r.IntN(5)]
	}
	for range 20 {
		said := map[string][]string{}
		note := func(name string, hosts []string) {
			for _, h := range hosts {
				h = strings.TrimPrefix(h, "www.")
				said[h] = append(said[h], name)
				said[catalog.Site(h)] = append(said[catalog.Site(h)], name)
			}
		}
		var links, contacts, twoFA []map[string]any
		for range 12 {
			name, hosts := brands[r.IntN(len(brands))], make([]string, 1+r.IntN(4))
			for i := range hosts {
				hosts[i] = host()
			}
			note(name, hosts)
			switch r.IntN(3) {
			case 0:
				links = append(links, map[string]any{"name": name, "domains": hosts, "url": "https://" + hosts[0] + "/bye"})
			case 1:
				contacts = append(contacts, map[string]any{"name": name + " GmbH", "domains": hosts, "email": "a@" + hosts[0]})
			default:
				twoFA = append(twoFA, map[string]any{"name": name, "domain": hosts[0], "additional_domains": hosts[1:], "methods": []string{"sms"}})
			}
		}
		shared := map[string]any{"shared": [][]string{{host(), host(), host()}}, "redirects": []map[string]any{{"from": []string{host()}, "to": []string{host()}}}}
		c, report := made(t, map[string]string{"2fa": asJSON(t, twoFA), "delete": asJSON(t, links), "gdpr-contacts": asJSON(t, contacts), "shared-credentials": asJSON(t, shared)})
		for i := range c.Len() {
			p := c.At(i)
			if slices.ContainsFunc(p.Sources, func(s catalog.SourceRef) bool { return s.URL != "" }) {
				continue // on our own list
			}
			for _, d := range p.Domains {
				label, _, _ := strings.Cut(d, ".")
				own := p.Name == d || p.Name == label
				for _, name := range said[d] {
					own = own || name == p.Name
				}
				if !own && !strings.Contains(report, fmt.Sprintf("%s is called %q", d, p.Name)) {
					t.Fatalf("%s is called %q; its records say %q\n%s", d, p.Name, said[d], report)
				}
			}
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if string(b) == "null" {
		return "[]"
	}
	return string(b)
}

// What people have and no data set knows is on a list of our own; once a data
// set knows it, that is reported.
func TestOwnList(t *testing.T) {
	c, report := made(t, map[string]string{"2fa": `[{"name":"Tesco","domain":"tesco.com","methods":["sms"]}]`})
	for query, want := range map[string]string{"CAF": "caf.fr", "edf": "edf.fr", "engie": "engie.fr", "credit agricole": "credit-agricole.fr", "pôle emploi": "francetravail.fr", "sumeria.eu": "lydia-app.com"} {
		if p, ok := c.Find(query); !ok || p.ID != want || len(p.Sources) == 0 || p.MethodsKnown {
			t.Errorf("Find(%q) = %+v; want %s", query, p, want)
		}
	}
	if !strings.Contains(report, "tesco.com: on our own list and in 2fa as well") {
		t.Errorf("not reported:\n%s", report)
	}
}

// Names are written as people read them, and a list that names services by a
// site about them names nothing.
func TestNamesAsPeopleReadThem(t *testing.T) {
	c, _ := made(t, map[string]string{
		"gdpr-contacts":     `[{"name":"Deutsche &Auml;rztekasse  AG","domains":["aerztekasse.example"],"email":"a@aerztekasse.example"}]`,
		"delete":            `[{"name":"Starter News","domains":["news.incubator.example"],"url":"https://news.incubator.example/bye"},{"name":"Incubator","domains":["incubator.example"],"url":"https://incubator.example/bye"}]`,
		"passkeys-verified": `[{"name":"Some Bank","domain":"paymentnews.example","status":"available","manage":"https://paymentnews.example/p"},{"name":"Mailer","domain":"mailer.example","status":"available"}]`,
	})
	for host, want := range map[string]string{
		"aerztekasse.example": "Deutsche Ärztekasse", "news.incubator.example": "Starter News", "login.incubator.example": "Incubator",
		"paymentnews.example": "paymentnews.example", "mailer.example": "Mailer",
	} {
		if _, name, _ := c.Resolve(host); name != want {
			t.Errorf("%s is called %q, want %q", host, name, want)
		}
	}
	if p, ok := c.Find("Some Bank"); ok {
		t.Errorf("a bank leads to %s", p.ID)
	}
}
