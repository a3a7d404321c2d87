package main

import (
	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/report"
	"unlisted/checks/session"
)

// scanJSON is the document of the command-line contract.
type scanJSON struct {
	Sources   []evidence.Source       `json:"sources"`
	Accounts  []report.AccountJSON    `json:"accounts"`
	Mailed    []account.Mailed        `json:"mailed"`
	Own       []identifier.Identifier `json:"own"`
	Unmatched []account.Unmatched     `json:"unmatched"`
}

// scan reads evidence and shows what it shows; --yes keeps it.
func (c *cli) scan(args []string) error {
	paths, yes := option(args, "yes")
	if len(paths) == 0 {
		return usage("usage: scan PATH... [--yes]")
	}
	if yes || c.path != "" || c.sample || c.passFile != "" {
		if err := c.open(yes); err != nil {
			return err
		}
	} else {
		c.temporary = true // only looking: no profile is opened or made
		if err := c.open(false); err != nil {
			return err
		}
	}
	r, err := evidence.Scan(c.ctx, paths, evidence.Options{Importers: c.importers, Region: c.region()}, nil)
	if err != nil {
		return err
	}
	if yes {
		if err := c.apply(session.AcceptReport{Report: r}); err != nil {
			return err
		}
	}
	if err := c.showScan(r); err != nil {
		return err
	}
	return nothingRead(r)
}

// nothingRead is an error where no file gave a single record and one says why.
func nothingRead(r evidence.Report) error {
	var first *evidence.Problem
	for _, s := range r.Sources {
		if s.Items > 0 {
			return nil
		}
		if first == nil && len(s.Problems) > 0 {
			first = &s.Problems[0]
		}
	}
	if first == nil {
		return nil
	}
	return &failure{exitFailed, first}
}

func (c *cli) showScan(r evidence.Report) error {
	var own []identifier.Identifier
	c.session.View(func(p *profile.Profile) { own = overview.Own(p) })
	set := account.Fuse(r.Findings, nil, own, c.catalog)
	if c.json {
		accounts := report.Accounts(set.Accounts, c.catalog)
		for i := range accounts {
			accounts[i].ExitRating = "" // what is true of the platform is told by accounts, not by a scan
		}
		return c.writeJSON(scanJSON{
			Sources: append([]evidence.Source{}, r.Sources...), Accounts: accounts,
			Mailed: append([]account.Mailed{}, set.Mailed...), Own: append([]identifier.Identifier{}, set.Own...), Unmatched: append([]account.Unmatched{}, set.Unmatched...),
		})
	}
	for _, s := range r.Sources {
		if s.Format != "" {
			c.printf("%s: %s, %s\n", s.Path, c.text.T("format."+s.Format), c.text.N("find.items", s.Items))
		}
		for _, p := range s.Problems {
			c.printf("%s: %s\n", s.Path, c.text.Sentence(&p))
		}
	}
	c.listAccounts(set.Accounts)
	if len(set.Mailed) > 0 {
		c.printf("%s\n", c.text.N("find.mailed", len(set.Mailed)))
	}
	return nil
}
