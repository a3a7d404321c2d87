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
)

// mailbox reads the person's own mailbox at its provider; without --consent it
// says whom it would ask. The password comes from a file: the command line can
// be seen by others on the computer.
func (c *cli) mailbox(args []string) error {
	args, yes := option(args, "yes")
	args, consent := option(args, "consent")
	args, hosts := values(args, "--host")
	args, files := values(args, "--password-file")
	if len(args) != 1 || len(hosts) > 1 || len(files) != 1 {
		return usage("usage: mailbox ADDRESS --password-file F [--host SERVER] [--consent] [--yes]")
	}
	secret, err := os.ReadFile(files[0])
	if err != nil {
		return usage("the file with the password cannot be read")
	}
	a := imapbox.Account{Host: strings.Join(hosts, ""), User: args[0], Password: strings.TrimRight(string(secret), "\r\n")}
	host, err := a.Server()
	if err != nil {
		return &failure{exitFailed, err}
	}
	if !consent {
		fmt.Fprintln(c.err, c.text.T("cli.mail.would", "host", host))
		return &failure{exitConsent, errConsent{}}
	}
	if !yes && c.path == "" && !c.sample && c.passFile == "" && c.recovery == "" {
		c.temporary = true // only looking: no profile is opened or made
	}
	if err := c.open(yes); err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	return c.readMailbox(client, host, a, yes)
}

func (c *cli) readMailbox(client *outbound.Client, host string, a imapbox.Account, keep bool) error {
	o := evidence.Options{Region: c.region()}
	var box profile.Mailbox
	c.session.View(func(p *profile.Profile) {
		o.Own, o.Identity, box = overview.Own(p), p.SourceID, p.Mailbox(host, a.User)
	})
	r, state, err := imapbox.Read(c.ctx, client, outbound.Yes(outbound.MailConsent(host)), a, box.State, o, func(job.Progress) {})
	if err != nil && len(r.Sources) == 0 {
		return &failure{exitFailed, err}
	}
	if keep {
		for _, change := range []session.Change{session.KeepMailbox{Host: host, User: a.User, State: state}, session.AcceptReport{Report: r}} {
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
