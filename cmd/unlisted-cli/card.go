package main

import (
	"io"
	"time"

	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/report"

	"github.com/spf13/cobra"
)

// cardFlags are the flags of card.
type cardFlags struct {
	file, carrier string
	full          bool
}

// cardCommand writes the emergency card to a file to print. The person's own
// numbers are masked unless asked for in full.
func cardCommand(c *cli) *command {
	var o cardFlags
	cmd := c.command("card", words(0, 0), func([]string) error {
		if err := ending(o.file, "html"); err != nil {
			return err
		}
		return c.card(o)
	}, exitDone, exitFailed, exitUsage, exitLocked)
	cmd.output(&o.file)
	cmd.value(&o.carrier, "carrier")
	cmd.flag(&o.full, "full-numbers")
	cmd.completes("output", files("html"))
	cmd.completes("carrier", cobra.NoFileCompletions)
	return cmd
}

func (c *cli) card(flags cardFlags) error {
	if err := c.open(false); err != nil {
		return err
	}
	o := c.overview()
	in := report.CardInput{Text: c.text, Masked: !flags.full, Now: time.Now(), Carrier: flags.carrier}
	c.session.View(func(p *profile.Profile) {
		in.Card, in.Numbers = overview.Reach(p, o, c.catalog, false).Card(), overview.Numbers(p)
	})
	return c.writeFile(flags.file, func(w io.Writer) error { return report.Card(w, in) })
}
