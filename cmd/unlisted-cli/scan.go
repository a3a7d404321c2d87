package main

import (
	"errors"
	"os"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/logins"
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

// scan reads evidence and shows what it shows; --yes keeps it. Passwords of
// locked files come from files, one a line: they never stand on the command
// line, which others on the computer can see.
func (c *cli) scan(args []string) error {
	paths, yes := option(args, "yes")
	paths, browsers := option(paths, "browsers")
	paths, passwords := values(paths, "--unlock-file")
	paths, keyFiles := values(paths, "--key-file")
	paths, named := values(paths, "--own")
	unlock, err := unlocks(passwords, keyFiles)
	if err != nil {
		return usage("%s", err)
	}
	if browsers {
		for _, b := range logins.Browsers(logins.ThisComputer()) {
			paths = append(paths, b.Paths...)
		}
	}
	if len(paths) == 0 {
		return usage("usage: scan PATH... [--browsers] [--unlock-file F] [--key-file F] [--own IDENTIFIER] [--yes]")
	}
	if yes || c.path != "" || c.sample || c.passFile != "" || c.recovery != "" {
		if err := c.open(yes); err != nil {
			return err
		}
	} else {
		c.temporary = true // only looking: no profile is opened or made
		if err := c.open(false); err != nil {
			return err
		}
	}
	o := evidence.Options{Importers: c.importers, Region: c.region(), Unlock: unlock}
	c.session.View(func(p *profile.Profile) { o.Own, o.Identity = overview.Own(p), p.SourceID })
	for _, v := range named {
		id, err := identifier.Parse(v, o.Region)
		if err != nil {
			return err
		}
		o.Own = append(o.Own, id)
	}
	r, err := evidence.Scan(c.ctx, paths, o, nil)
	if err != nil {
		return err
	}
	if yes {
		if err := c.session.Apply(session.AcceptReport{Report: r}); err != nil {
			return err
		}
	}
	if err := c.showScan(r); err != nil {
		return err
	}
	return nothingRead(r)
}

// unlocks reads passwords, one a line, and key files. Every key file goes with
// every password, and also alone.
func unlocks(passwords, keyFiles []string) ([]evidence.Unlock, error) {
	tries := []string{""}
	for _, name := range passwords {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, errors.New("the file with the passwords cannot be read")
		}
		for line := range strings.Lines(string(b)) {
			if pass := strings.TrimRight(line, "\r\n"); pass != "" {
				tries = append(tries, pass)
			}
		}
	}
	keys := [][]byte{nil}
	for _, name := range keyFiles {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, errors.New("the key file cannot be read")
		}
		keys = append(keys, b)
	}
	var out []evidence.Unlock
	for _, pass := range tries {
		for _, key := range keys {
			if pass != "" || key != nil {
				out = append(out, evidence.Unlock{Passphrase: pass, KeyFile: key})
			}
		}
	}
	return out, nil
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
		sources := append([]evidence.Source{}, r.Sources...)
		for i := range sources {
			sources[i].ID = "" // is the profile's own
		}
		return c.writeJSON(scanJSON{
			Sources: sources, Accounts: accounts,
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
