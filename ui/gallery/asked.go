package gallery

import (
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/overview/watch"
	"unlisted/checks/profile"
)

// asked fills a profile as a check leaves it: every kind of answer, gaps, yeses
// that are remembered, and a list of requests.
func asked(p *profile.Profile) {
	at := time.Date(2026, 11, 24, 8, 12, 0, 0, time.UTC)
	own := overview.Own(p)
	if len(own) < 3 {
		return
	}
	mail, other, phone := own[0], own[1], own[2]
	result := func(source string, id identifier.Identifier, o breach.Outcome, hits ...breach.Hit) {
		p.Lookups = append(p.Lookups, breach.Result{Source: source, Identifier: id, Outcome: o, Hits: hits, At: at})
		p.Ledger = append(p.Ledger, outbound.Entry{Time: at, Purpose: source, Host: source + ".example", Subject: id.Masked(), Bytes: 812, Status: 200, Result: outbound.ResultAnswered})
	}
	result("xposedornot", mail, breach.Found, breach.Hit{Name: "Adobe", Title: "Adobe"}, breach.Hit{Name: "Facebook", Title: "Facebook", Data: []string{breach.DataPhones}})
	result("xposedornot", other, breach.NotFound)
	result("leakcheck", mail, breach.Found, breach.Hit{Name: "Canva.com", Title: "Canva.com", Domain: "canva.com", Date: time.Date(2019, 5, 1, 0, 0, 0, 0, time.UTC)})
	result("leakcheck", other, breach.RateLimited)
	p.Lookups[len(p.Lookups)-1].RetryAt = at.Add(2 * time.Hour)
	result("hudsonrock", phone, breach.NotFound)
	result("hudsonrock", mail, breach.Found, breach.Hit{
		Kind: breach.HitStealer, Name: "redline", Title: "RedLine", Date: time.Date(2023, 5, 17, 0, 0, 0, 0, time.UTC), Data: []string{breach.DataPasswords}, Device: "HOME-PC",
	})
	result("hudsonrock", other, breach.Unavailable)
	p.Consents = map[string]bool{
		watch.Consent: true,
		breach.Question{Source: "leakcheck", Identifier: mail}.Consent():   true,
		breach.Question{Source: "hudsonrock", Identifier: phone}.Consent(): true,
	}
	p.Limits = map[string][]time.Time{"hibp-latest": {at}}
	p.Seen = map[string]profile.Seen{"leaks": {Incidents: []string{
		"Adobe found", "Canva found", "Facebook found", "FacebookMarketplace", "Twitter", "Dropbox", "LinkedIn", "LinkedInScrape", "LinkedInScrape2023", "Twitter200M",
	}}}
}
