package main

import (
	"io"
	"path/filepath"
	"strings"
	"time"

	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/report"
)

// card writes the emergency card to a file to print. The person's own numbers
// are masked unless asked for in full.
func (c *cli) card(args []string) error {
	args, files := values(args, "-o")
	args, carrier := values(args, "--carrier")
	args, full := option(args, "full-numbers")
	if len(args) != 0 || len(files) != 1 || len(carrier) > 1 || strings.ToLower(filepath.Ext(files[0])) != ".html" {
		return usage("usage: card -o FILE.html [--carrier NUMBER] [--full-numbers]")
	}
	if err := c.open(false); err != nil {
		return err
	}
	o := c.overview()
	in := report.CardInput{Text: c.text, Masked: !full, Now: time.Now(), Carrier: strings.Join(carrier, "")}
	c.session.View(func(p *profile.Profile) {
		in.Card, in.Numbers = overview.Reach(p, o, c.catalog, false).Card(), overview.Numbers(p)
	})
	return c.writeFile(files[0], func(w io.Writer) error { return report.Card(w, in) })
}
