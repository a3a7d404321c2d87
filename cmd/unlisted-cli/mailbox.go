package main

import (
	"fmt"
	"os"
	"strings"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/imapbox"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"

	"github.com/spf13/cobra"
)

// mailboxFlags are the flags of mailbox. The password comes from a file: the
// command line can be seen by others on the computer.
type mailboxFlags struct {
	host, password string // password names a file
	consent, yes   bool
}

// mailboxCommand reads the person's own mailbox at its provider; without
// --consent it says whom it would ask.
func mailboxCommand(c *cli) *command {
	var o mailboxFlags
	run := func(args []string) error { return c.mailbox(args[0], o) }
	cmd := c.command("mailbox", words(1, 1), run, exitDone, exitFailed, exitUsage, exitLocked, exitConsent)
	cmd.value(&o.password, "password-file")
	cmd.value(&o.host, "host")
	cmd.flag(&o.consent, "consent")
	cmd.flag(&o.yes, "yes")
	cmd.completes("host", cobra.NoFileCompletions)
	return cmd
}

func (c *cli) mailbox(address string, flags mailboxFlags) error {
	if flags.password == "" {
		return usage("cli.wrong.needs", "flag", "--password-file")
	}
	secret, err := os.ReadFile(flags.password)
	if err != nil {
		return usage("cli.wrong.file", "flag", "--password-file")
	}
	a := imapbox.Account{Host: flags.host, User: address, Password: strings.TrimRight(string(secret), "\r\n")}
	host, err := a.Server()
	if err != nil {
		return &failure{exitFailed, err}
	}
	if !flags.consent {
		fmt.Fprintln(c.err, c.text.T("cli.mail.would", "host", host))
		return &failure{exitConsent, errConsent}
	}
	if !flags.yes && c.path == "" && !c.sample && c.passFile == "" && c.recovery == "" {
		c.temporary = true // only looking: no profile is opened or made
	}
	if err := c.open(flags.yes); err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	return c.readMailbox(client, host, a, flags.yes)
}

func (c *cli) readMailbox(client *outbound.Client, host string, a imapbox.Account, keep bool) error {
	o := evidence.Options{Region: c.region()}
	var box profile.Mailbox
	c.session.View(func(p *profile.Profile) {
		o.Own, o.Identity, box = overview.Own(p), p.SourceID, p.Mailbox(host, a.User)
	})
	consent := outbound.Yes(outbound.MailConsent(host))
	r, state, err := imapbox.Read(c.ctx, client, consent, a, box.State, o, func(job.Progress) {})
	if err != nil && len(r.Sources) == 0 {
		return &failure{exitFailed, err}
	}
	if keep {
		box := session.KeepMailbox{Host: host, User: a.User, State: state}
		for _, change := range []session.Change{box, session.AcceptReport{Report: r}} {
			if err := c.session.Apply(change); err != nil {
				return err
			}
		}
	}
	if shown := c.showScan(r, false); shown != nil {
		return shown
	}
	if err != nil { // what was found until the connection broke is shown and kept
		return &failure{exitFailed, err}
	}
	return nil
}
