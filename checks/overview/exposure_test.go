package overview_test

import (
	"testing"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
)

// login is a saved login, last used or changed in a year; 0 for no date.
func login(year int) evidence.Finding {
	f := evidence.Finding{Fact: evidence.FactAccount, Family: evidence.FamilyLogins}
	if year > 0 {
		f.Last = day(year)
	}
	return f
}

// What a leak means for the person: their number may be in it, and what is known
// of the password it took.
func TestExposures(t *testing.T) {
	took := func(data ...string) breach.Named {
		return breach.Named{Account: "shop.example", Date: day(2020), Data: data, Certainty: breach.Possible, Had: breach.HadYes}
	}
	with := func(n breach.Named, change func(*breach.Named)) breach.Named { change(&n); return n }
	accounts := func(list ...evidence.Finding) []account.Account {
		return []account.Account{{ID: "shop.example", Platform: "shop.example", Findings: list}}
	}
	said := func(year int) map[string]map[string]profile.Ticked {
		return map[string]map[string]profile.Ticked{"shop.example": {string(catalog.StepPassword): {At: day(year)}}}
	}
	passwords, both := took(breach.DataPasswords), took(breach.DataPhones, breach.DataPasswords)
	mail := evidence.Finding{Fact: evidence.FactAccount, Family: evidence.FamilyMail, Last: day(2016)}
	for name, c := range map[string]struct {
		leak     breach.Named
		accounts []account.Account
		steps    map[string]map[string]profile.Ticked
		want     overview.Exposure
	}{
		"nothing of it":           {took(breach.DataEmails), accounts(), nil, overview.Exposure{}},
		"number":                  {took(breach.DataPhones), accounts(), nil, overview.Exposure{Number: true}},
		"came later":              {with(both, func(n *breach.Named) { n.Had = breach.HadLater }), accounts(login(2016)), nil, overview.Exposure{}},
		"later, but found":        {with(both, func(n *breach.Named) { n.Had, n.Certainty = breach.HadLater, breach.Confirmed }), accounts(), nil, overview.Exposure{Number: true, Password: overview.PasswordUnknown}},
		"of a device":             {with(both, func(n *breach.Named) { n.Kind = breach.HitStealer }), nil, nil, overview.Exposure{Password: overview.PasswordUnknown}},
		"saved before":            {passwords, accounts(login(2016), login(2018)), nil, overview.Exposure{Password: overview.PasswordKept}},
		"used since":              {passwords, accounts(login(2016), login(2023)), nil, overview.Exposure{Password: overview.PasswordUnknown}},
		"saved without a date":    {passwords, accounts(login(2016), login(0)), nil, overview.Exposure{Password: overview.PasswordUnknown}},
		"no login":                {passwords, accounts(mail), nil, overview.Exposure{Password: overview.PasswordUnknown}},
		"said to be changed":      {passwords, accounts(login(2016)), said(2021), overview.Exposure{Password: overview.PasswordChanged}},
		"changed before the leak": {passwords, accounts(login(2016)), said(2019), overview.Exposure{Password: overview.PasswordKept}},
		"no date":                 {with(passwords, func(n *breach.Named) { n.Date = time.Time{} }), accounts(login(2016)), said(2021), overview.Exposure{Password: overview.PasswordUnknown}},
		"no account":              {with(passwords, func(n *breach.Named) { n.Account, n.Certainty = "", breach.Confirmed }), nil, nil, overview.Exposure{Password: overview.PasswordUnknown}},
		"one of two changed": {
			passwords, []account.Account{
				{ID: "shop.example", Platform: "shop.example"}, {ID: "shop.example#b", Platform: "shop.example", SignIn: "b", Names: []string{"b"}},
			}, said(2021), overview.Exposure{Password: overview.PasswordUnknown},
		},
	} {
		p := &profile.Profile{Document: profile.Document{Steps: c.steps}}
		o := overview.Overview{Set: account.Set{Accounts: c.accounts}, Leaks: []breach.Named{c.leak}}
		if got := overview.Exposures(p, o); len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
