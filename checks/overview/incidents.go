package overview

import (
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
)

// Concern is an incident at a platform where the person has an account, and
// what the person's own dates say about it.
type Concern struct {
	catalog.Incident
	Account string     // platform id of the account, or of several there
	Had     breach.Had // had the account before the incident was over?
	Number  breach.Had // had given the number before? Only where the number was concerned
}

// The ends of Urgency.
const (
	UrgencyNone   = 0
	UrgencyNumber = 3
)

// Urgency says how much an incident concerns the person: from UrgencyNone, for
// what is disputed or over before their account began, to UrgencyNumber where
// the platform had their number in time.
func (c Concern) Urgency() int {
	switch {
	case c.Status == catalog.StatusDisputed, c.Had == breach.HadLater:
		return UrgencyNone
	case c.Number == breach.HadYes:
		return UrgencyNumber
	case c.Number == breach.HadUnknown:
		return 2
	}
	return 1
}

// concerns finds the incidents of the accounts, the latest first per platform,
// in the order of the accounts. Several accounts at one platform are one here:
// the earliest decides.
func concerns(accounts []account.Account, c *catalog.Catalog) []Concern {
	var out []Concern
	for _, a := range merged(accounts) {
		for _, i := range c.Incidents(a.Platform) {
			out = append(
				out,
				Concern{Incident: i, Account: a.Platform, Had: before(a.First, i), Number: numberBefore(a, i)},
			)
		}
	}
	return out
}

// merged joins the accounts at each platform; they are sorted by platform.
func merged(accounts []account.Account) []account.Account {
	var out []account.Account
	for _, a := range accounts {
		n := len(out) - 1
		if n < 0 || out[n].Platform != a.Platform {
			out = append(out, a)
			continue
		}
		m := &out[n]
		m.Findings = slices.Concat(m.Findings, a.Findings)
		if m.First.IsZero() || !a.First.IsZero() && a.First.Before(m.First) {
			m.First = a.First
		}
	}
	return out
}

func before(first time.Time, i catalog.Incident) breach.Had {
	switch until := i.Until(); {
	case first.IsZero() || until.IsZero():
		return breach.HadUnknown
	case first.After(until.AddDate(0, 0, 1)):
		return breach.HadLater
	}
	return breach.HadYes
}

// numberBefore says whether the evidence shows the number there before the
// incident was over; "" where the incident is not about numbers or none is held.
func numberBefore(a account.Account, i catalog.Incident) breach.Had {
	about := false
	for _, d := range i.Data {
		about = about || d == "phone"
	}
	if !about {
		return ""
	}
	best := breach.Had("")
	for _, f := range a.Findings {
		if f.Fact != evidence.FactHoldsPhone && f.Fact != evidence.FactPhone2FA ||
			f.Fact == evidence.FactHoldsPhone && !f.Identifier.IsNumber() {
			continue
		}
		switch had := before(f.First, i); {
		case had == breach.HadYes:
			return had
		case best != breach.HadUnknown:
			best = had
		}
	}
	return best
}
