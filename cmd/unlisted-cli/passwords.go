package main

import (
	"time"

	"unlisted/checks/breach"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/breach/pwned/offline"
	"unlisted/checks/evidence"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/text"
)

// errPasswords says that some answers are missing.
var errPasswords = &text.Error{Key: "error.cli.passwords"}

// passwordsFlags are the flags of passwords.
type passwordsFlags struct {
	offline string // names a copy of the list
	consent bool
}

// passwordsCommand checks the passwords in an export, online or with --offline
// against a copy on this computer; it prints counts and sites, never a password.
func passwordsCommand(c *cli) *command {
	var o passwordsFlags
	run := func(paths []string) error { return c.passwords(paths, o) }
	cmd := c.command("passwords", words(1, -1), run, exitDone, exitFailed, exitUsage, exitLocked, exitConsent)
	cmd.value(&o.offline, "offline")
	cmd.flag(&o.consent, "consent")
	cmd.ValidArgsFunction = files()
	return cmd
}

func (c *cli) passwords(paths []string, flags passwordsFlags) error {
	if !c.sample && c.path == "" && c.passFile == "" && c.recovery == "" {
		c.temporary = true // no profile is needed to check a file
	}
	if err := c.open(false); err != nil {
		return err
	}
	var batch pwned.Batch
	r, err := evidence.Scan(c.ctx, paths, evidence.Options{Importers: c.importers, Password: batch.Add}, nil)
	if err != nil {
		return err
	}
	if batch.Len() == 0 && len(r.Sources) > 0 && len(r.Sources[0].Problems) > 0 {
		return &failure{exitFailed, &r.Sources[0].Problems[0]}
	}
	if flags.offline != "" {
		return c.passwordsOffline(flags.offline, &batch)
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	source := pwned.New(client, time.Now)
	if !flags.consent {
		c.printf("%s\n", c.text.T("check.sends", "host", source.Info().Host, "what", c.text.T("check.pw.sends")))
		return &failure{exitConsent, errConsent}
	}
	return c.sites(&batch, source.Check(c.ctx, outbound.Yes(pwned.ID), &batch, func(job.Progress) {}))
}

// passwordsOffline sends nothing and so needs no yes. What a damaged copy found
// is told before its error.
func (c *cli) passwordsOffline(path string, batch *pwned.Batch) error {
	corpus, err := offline.Open(path)
	if err != nil {
		return &failure{exitFailed, err}
	}
	defer corpus.Close()
	sites, bad := pwned.CheckOffline(c.ctx, corpus, batch, func(job.Progress) {})
	err = c.sites(batch, sites)
	if bad != nil {
		return &failure{exitFailed, bad}
	}
	return err
}

// sites prints what is known of each site's password.
func (c *cli) sites(batch *pwned.Batch, sites []pwned.Site) error {
	if c.json {
		return c.writeJSON(map[string]any{"passwords": batch.Len(), "sites": append([]pwned.Site{}, sites...)})
	}
	unknown := false
	found := 0
	for _, s := range sites {
		if s.Outcome == breach.Found {
			found++
			c.printf("%-28s %s\n", s.Site, c.text.N("check.pw.count", int(min(s.Count, 1<<30))))
		} else if !s.Outcome.Answered() {
			unknown = true
			c.printf("%-28s %s\n", s.Site, c.text.T("outcome."+s.Outcome.String()))
		}
	}
	c.printf("%s\n", c.text.N("check.pw.found", found, "all", c.text.Number(int64(len(sites)))))
	if unknown {
		return &failure{exitFailed, errPasswords}
	}
	return nil
}
