package overview

import (
	"slices"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/profile"
)

// PasswordFate is what is known of the password that a leak took.
type PasswordFate string

// The fates. None is for leaks that took no password of the person's.
const (
	PasswordNone    PasswordFate = ""
	PasswordKept    PasswordFate = "kept"    // every saved login there is older than the leak
	PasswordChanged PasswordFate = "changed" // the person said they changed it after the leak
	PasswordUnknown PasswordFate = "unknown"
)

// Exposure is what a leak means for this person.
type Exposure struct {
	Number   bool // their number may be in it
	Password PasswordFate
}

// Exposures says of each leak of an overview, in its order, what it means for
// this person. A leak from before all evidence of the account means nothing,
// unless a source found the person in it.
func Exposures(p *profile.Profile, o Overview) []Exposure {
	at := map[string][]account.Account{}
	for _, a := range o.Accounts {
		at[a.Platform] = append(at[a.Platform], a)
	}
	out := make([]Exposure, len(o.Leaks))
	for i, n := range o.Leaks {
		if n.Certainty == breach.Possible && n.Had == breach.HadLater {
			continue
		}
		out[i].Number = n.Kind == breach.HitBreach && slices.Contains(n.Data, breach.DataPhones)
		if slices.Contains(n.Data, breach.DataPasswords) {
			out[i].Password = fate(p, at[n.Account], n.Date)
		}
	}
	return out
}

// fate is the worst of the passwords of the accounts at one platform.
func fate(p *profile.Profile, accounts []account.Account, leak time.Time) PasswordFate {
	if leak.IsZero() || len(accounts) == 0 {
		return PasswordUnknown
	}
	changed := 0
	for _, a := range accounts {
		switch {
		case ticksOf(p, a)[catalog.StepPassword].After(leak):
			changed++
		case older(a, leak):
			return PasswordKept
		}
	}
	if changed == len(accounts) {
		return PasswordChanged
	}
	return PasswordUnknown
}

// older reports whether saved logins show when they were last changed or used,
// and all that was before a day. A login that was used later may have a new
// password, and one without a date says nothing.
func older(a account.Account, than time.Time) bool {
	shown := false
	for _, f := range a.Findings {
		if f.Family != evidence.FamilyLogins || f.Fact != evidence.FactAccount {
			continue
		}
		if f.Last.IsZero() || !f.Last.Before(than) {
			return false
		}
		shown = true
	}
	return shown
}
