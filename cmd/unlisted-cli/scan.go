package main

import (
	"io"
	"os"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/report"
	"unlisted/checks/session"

	"github.com/spf13/cobra"
)

// scanJSON is the document of the command-line contract.
type scanJSON struct {
	Sources   []evidence.Source       `json:"sources"`
	Accounts  []report.AccountJSON    `json:"accounts"`
	Mailed    []account.Mailed        `json:"mailed"`
	Own       []identifier.Identifier `json:"own"`
	Unmatched []account.Unmatched     `json:"unmatched"`
}

// scanFlags are the flags of scan. Passwords of locked files come from files, one
// a line: they never stand on the command line, which others on the computer can
// see.
type scanFlags struct {
	here, browsers, skipped, yes bool
	unlock, keys                 []string // names of files
	own                          []string // identifiers that are the person's too
}

// scanCommand reads evidence and shows what it shows; --yes keeps it.
func scanCommand(c *cli) *command {
	var o scanFlags
	run := func(paths []string) error { return c.scan(paths, o) }
	cmd := c.command("scan", words(0, -1), run, exitDone, exitFailed, exitUsage, exitLocked)
	cmd.flag(&o.here, "here")
	cmd.flag(&o.browsers, "browsers")
	cmd.flag(&o.skipped, "skipped")
	cmd.flag(&o.yes, "yes")
	cmd.list(&o.unlock, "unlock-file")
	cmd.list(&o.keys, "key-file")
	cmd.list(&o.own, "own")
	cmd.ValidArgsFunction = files()
	cmd.completes("own", cobra.NoFileCompletions)
	return cmd
}

func (c *cli) scan(paths []string, flags scanFlags) error {
	unlock, err := unlocks(flags.unlock, flags.keys)
	if err != nil {
		return err
	}
	if flags.here && !flags.yes {
		if len(paths) > 0 {
			return usage("cli.wrong.here")
		}
		return c.listHere(flags.browsers)
	}
	found, err := c.foundHere(flags)
	if err != nil {
		return err
	}
	paths = append(paths, found...)
	switch {
	case len(paths) == 0 && (flags.here || flags.browsers):
		return nothingHere{}
	case len(paths) == 0:
		return usage("cli.wrong.few")
	}
	if flags.yes || c.path != "" || c.sample || c.passFile != "" || c.recovery != "" {
		if err := c.open(flags.yes); err != nil {
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
	for _, v := range flags.own {
		id, err := identifier.Parse(v, o.Region)
		if err != nil {
			return err
		}
		o.Own = append(o.Own, id)
	}
	r, ended := c.read(paths, o)
	if flags.yes && ended == nil {
		if err := c.session.Apply(session.AcceptReport{Report: r}); err != nil {
			return err
		}
	}
	if err := c.showScan(r, flags.skipped); err != nil {
		return err
	}
	if !c.json {
		c.tellClear(paths, r)
	}
	if ended != nil {
		return ended // what was found up to there is told, not kept
	}
	return c.nothingRead(r)
}

// unlocks reads passwords, one a line, and key files. Every key file goes with
// every password, and also alone.
func unlocks(passwords, keyFiles []string) ([]evidence.Unlock, error) {
	tries := []string{""}
	for _, name := range passwords {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, usage("cli.wrong.file", "flag", "--unlock-file")
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
			return nil, usage("cli.wrong.file", "flag", "--key-file")
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

// nothingRead is an error where no file gave a single record and one says why; the
// reason stands in what was shown already, unless that is for a machine.
func (c *cli) nothingRead(r evidence.Report) error {
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
	if !c.json {
		return &failure{exitFailed, nil}
	}
	return &failure{exitFailed, first}
}

// showRefusals says each reason once, with the files it holds for, and how a locked file is opened.
func (c *cli) showRefusals(w io.Writer, sources []evidence.Source) {
	locked := false
	for _, r := range evidence.Refusals(sources) {
		names := strings.Join(r.Names, ", ")
		if r.More > 0 {
			names = c.text.N("find.files_more", r.More, "names", names)
		}
		fprintf(w, "%s: %s\n", names, c.text.Sentence(&r.Problem))
		locked = locked || r.Problem.Locked()
	}
	if locked {
		fprintf(w, "%s\n", c.text.T("cli.unlock"))
	}
}

// showScan shows what a scan found and what it did not take; skipped lists the
// names of the latter.
func (c *cli) showScan(r evidence.Report, skipped bool) error {
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
			Mailed: append([]account.Mailed{}, set.Mailed...), Own: append([]identifier.Identifier{}, set.Own...),
			Unmatched: append([]account.Unmatched{}, set.Unmatched...),
		})
	}
	for _, s := range r.Sources {
		if s.Format != "" {
			c.printf("%s: %s, %s\n", s.Path, c.text.T("format."+s.Format), c.text.N("find.items", s.Items))
		}
		c.listSkipped(s, skipped)
	}
	to := c.out
	if c.nothingRead(r) != nil { // then it is why the program fails
		to = c.err
	}
	c.showRefusals(to, r.Sources)
	c.listAccounts(set.Accounts)
	c.askUnplaced(set.Accounts)
	if len(set.Mailed) > 0 {
		c.printf("%s\n", c.text.N("find.mailed", len(set.Mailed)))
		for _, k := range account.MailedWhy(set.Mailed) {
			c.printf("- %d: %s\n", k.Senders, c.text.T(k.Why))
		}
	}
	c.listUnmatched(set.Unmatched, skipped)
	return nil
}

// listSkipped says how many records of a file were passed over and why, and with
// names what they are called.
func (c *cli) listSkipped(s evidence.Source, names bool) {
	for _, k := range s.Passed {
		c.printf("  %s\n", c.text.T("skip.line", "what", c.text.N("skip."+string(k.Reason), k.Count)))
		if !names {
			continue
		}
		for _, n := range k.Names {
			c.printf("    %s\n", n)
		}
		if more := k.Count - len(k.Names); more > 0 {
			c.printf("    %s\n", c.text.N("skip.more", more))
		}
	}
}

// fewNames is how many unknown sites are named where nobody asked for all.
const fewNames = 5

// listUnmatched names sites and apps that the catalogue cannot tell.
func (c *cli) listUnmatched(list []account.Unmatched, all bool) {
	if len(list) == 0 {
		return
	}
	var names []string
	for i, u := range list {
		if i == fewNames && !all {
			names = append(names, "…")
			break
		}
		names = append(names, u.Domain)
	}
	c.printf("%s\n", c.text.N("skip.unknown", len(list), "names", strings.Join(names, ", ")))
}
