package main

import (
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/report"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// accountsCommand lists the accounts, shows one with its proof, or takes an
// answer.
func accountsCommand(c *cli) *command {
	exits := []int{exitDone, exitFailed, exitUsage, exitLocked}
	list := c.opened(func([]string) error { return c.showAccounts() })
	show := c.command("accounts show", words(1, 1), c.opened(func(args []string) error {
		return c.showAccount(args[0])
	}), exits...)
	set := c.command("accounts set", words(2, -1), c.opened(func(args []string) error {
		return c.setAccount(args[0], args[1:])
	}), exits...)
	show.ValidArgsFunction, set.ValidArgsFunction = offers(c.accountIDs), offers(c.accountIDs)
	return c.command("accounts", words(0, 0), list, exits...).add(
		c.command("accounts list", words(0, 0), list, exits...), show, set)
}

func (c *cli) showAccounts() error {
	o := c.overview()
	if c.json {
		return c.writeJSON(map[string]any{"accounts": c.graded(o, o.Accounts)})
	}
	c.listAccounts(o.Accounts)
	c.askUnplaced(o.Accounts)
	return nil
}

// graded is accounts in JSON with how each fares.
func (c *cli) graded(o overview.Overview, accounts []account.Account) []report.AccountJSON {
	list := report.Accounts(accounts, c.catalog)
	c.session.View(func(p *profile.Profile) { report.Grade(list, accounts, overview.Reach(p, o, c.catalog, false)) })
	return list
}

func (c *cli) listAccounts(accounts []account.Account) {
	phones := 0
	for _, a := range accounts {
		holds := make([]string, 0, len(a.Identifiers))
		for _, id := range a.Identifiers {
			holds = append(holds, c.text.Identifier(id, false))
		}
		if a.HoldsPhone() {
			phones++
		}
		c.printf("%-28s %-12s %s\n", a.Name, c.text.T("confidence."+a.Confidence.String()), strings.Join(holds, ", "))
	}
	c.printf("%s %s\n", c.text.N("find.accounts", len(accounts))+".", c.text.N("find.phones", phones))
}

func (c *cli) showAccount(platform string) error {
	o := c.overview()
	a, ok := o.Find(platform)
	if !ok {
		return c.showMailed(o.Mailed, platform)
	}
	one := []account.Account{a}
	if c.json {
		return c.writeJSON(c.graded(o, one)[0])
	}
	c.listAccounts(one)
	for _, f := range a.Findings {
		if c.text.Has("sms.class." + f.Detail) {
			f.Detail = c.text.T("sms.class." + f.Detail)
		}
		fact, format := c.text.T("fact."+string(f.Fact)), c.text.T("format."+f.Format)
		c.printf("- %s · %s · %s %s\n", fact, format, c.text.Month(f.Last), f.Detail)
		if f.Why != "" {
			c.printf("  %s\n", c.text.T(f.Why))
		}
	}
	return nil
}

// showMailed tells of a sender that writes to the person, and why that shows no
// account.
func (c *cli) showMailed(list []account.Mailed, platform string) error {
	id, name, _ := c.catalog.Resolve(platform)
	i := slices.IndexFunc(list, func(m account.Mailed) bool { return m.Platform == platform || m.Platform == id })
	if i < 0 {
		return &failure{exitFailed, errNoAccount}
	}
	if c.json {
		return c.writeJSON(list[i])
	}
	c.printf("%s\n", c.text.N("find.writes", list[i].Count, "name", name))
	for _, why := range list[i].Why {
		c.printf("- %s\n", c.text.T(why))
	}
	return nil
}

// errNoAccount is an account that the person is not known to have.
var errNoAccount = &text.Error{Key: "error.cli.no_account"}

// setAccount takes the person's word: gone=yes, number_gone=yes|YYYY-MM-DD,
// second_factor=phone,totp,passkey|none, identifier=VALUE.
func (c *cli) setAccount(platform string, pairs []string) error {
	host, _, _ := strings.Cut(platform, "#")
	id, _, _ := c.catalog.Resolve(host)
	if id == "" {
		return &failure{exitFailed, errNoAccount}
	}
	var claim account.Claim
	a, known := c.overview().Find(platform)
	c.session.View(func(p *profile.Profile) {
		if claim = account.ClaimOf(p.Claims, id, ""); known {
			claim = account.ClaimFor(p.Claims, a)
		}
	})
	for _, pair := range pairs {
		if err := c.say(&claim, pair); err != nil {
			return err
		}
	}
	return c.session.Apply(session.SetClaim{Claim: claim})
}

// say adds one KEY=VALUE of the person's word to a claim. A value that means
// nothing is refused.
func (c *cli) say(claim *account.Claim, pair string) error {
	key, value, _ := strings.Cut(pair, "=")
	switch key {
	case "gone":
		if value != "yes" && value != "no" {
			return usage("cli.wrong.gone")
		}
		claim.Gone = value == "yes"
	case "number_gone":
		day, ok := goneDay(value, time.Now().UTC())
		if !ok {
			return usage("cli.wrong.number_gone")
		}
		claim.NumberGone = day
	case "second_factor":
		claim.SecondFactor = strings.Split(value, ",")
		return claim.Check()
	case "identifier":
		x, err := identifier.Parse(value, c.region())
		if err != nil {
			return err
		}
		claim.Identifiers = append(claim.Identifiers, x)
	default:
		return unknownValue(key, []string{"gone", "number_gone", "second_factor", "identifier"})
	}
	return nil
}

// firstMobile is the year before which no number was at any platform.
const firstMobile = 1990

// goneDay is the day a number left an account: "yes" is today, "no" the zero
// day, else a day that is not to come.
func goneDay(value string, now time.Time) (day time.Time, ok bool) {
	switch value {
	case "yes":
		return now.Truncate(time.Second), true
	case "no":
		return time.Time{}, true
	}
	day, err := time.Parse(time.DateOnly, value)
	return day, err == nil && day.Year() >= firstMobile && !day.After(now)
}
