package main

import (
	"crypto/ed25519"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"unlisted/assets"
	"unlisted/checks/outbound"
	"unlisted/checks/profile"
	"unlisted/checks/text"
	"unlisted/checks/update"
)

// dataFolder is where an installed data set stands: beside the profile; "" for
// the sample person and in temporary mode.
func (c *cli) dataFolder() string {
	path := c.path
	if c.sample || c.temporary {
		return ""
	}
	if path == "" {
		var err error
		if path, err = profile.DefaultPath(); err != nil {
			return ""
		}
	}
	return filepath.Dir(path)
}

// dataKey is the public key that data sets are signed with, or nil.
func (c *cli) dataKey() ed25519.PublicKey {
	if c.signedBy != nil {
		return c.signedBy
	}
	text, err := fs.ReadFile(assets.Sub("keys"), "data.pub")
	if err != nil {
		return nil
	}
	key, err := update.ParseKey(string(text))
	if err != nil {
		return nil
	}
	return key
}

// loadData loads platforms, guides, facts and breaches: the installed set, or
// what is embedded, and the public lists taken since.
func (c *cli) loadData() error {
	d, err := update.Load(c.dataFolder(), c.dataKey(), assets.Sub)
	c.known, c.catalog, c.breaches = d, d.Catalog, d.Breaches
	return err
}

// dataFlags are the flags of data update; they may stand before the word.
type dataFlags struct {
	from    string // names a file with a signed set
	consent bool
}

// dataCommand tells of the data sets, or takes newer ones: from a file, or with
// --consent the public lists from the network.
func dataCommand(c *cli) *command {
	var o dataFlags
	status := func([]string) error {
		if o != (dataFlags{}) {
			return usage("cli.wrong.update")
		}
		return c.dataStatus()
	}
	cmd := c.command("data", words(0, 0), status, exitDone, exitFailed, exitUsage)
	cmd.add(
		c.command("data status", words(0, 0), status, exitDone, exitFailed, exitUsage),
		c.command("data update", words(0, 0), func([]string) error {
			return c.dataUpdate(o)
		}, exitDone, exitFailed, exitUsage, exitLocked, exitConsent),
		dataExportCommand(c, &o),
	)
	cmd.value(&o.from, "from")
	cmd.flag(&o.consent, "consent")
	cmd.passDown()
	return cmd
}

func (c *cli) dataUpdate(flags dataFlags) error {
	folder := c.dataFolder()
	if folder == "" {
		return usage("cli.wrong.profile")
	}
	if err := c.update(flags, folder); err != nil {
		return err
	}
	if err := c.loadData(); err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.text.T("cli.data.done"))
	return c.dataStatus()
}

// dataStatus tells how much is known, and as of when.
func (c *cli) dataStatus() error {
	guides := 0
	for i := range c.catalog.Len() {
		if c.catalog.At(i).Guide != nil {
			guides++
		}
	}
	if c.json {
		return c.writeJSON(map[string]any{
			"platforms": c.catalog.Len(), "guides": guides, "serial": c.known.Serial,
			"breaches": c.breaches.Len(), "breaches_until": c.breaches.Newest().Format(time.DateOnly),
		})
	}
	number := func(n int) string { return c.text.Number(int64(n)) }
	c.printf("%s\n", c.text.T("settings.data.status", "platforms", number(c.catalog.Len()), "guides", number(guides),
		"breaches", number(c.breaches.Len()), "date", c.text.Date(c.breaches.Newest())))
	return nil
}

func (c *cli) update(flags dataFlags, folder string) error {
	if flags.from != "" {
		t, err := update.TakeFile(flags.from, folder, c.known, time.Now())
		c.taken(t)
		return err
	}
	if !flags.consent {
		for _, l := range update.Lists() {
			fmt.Fprintln(c.err, c.text.T("cli.data.would", "host", l.Host(), "what", c.text.T("ledger."+l.ID)))
		}
		return &failure{exitConsent, errConsent}
	}
	if err := c.open(true); err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	yes := outbound.Yes(update.Purposes()...)
	taken, err := update.Fetch(c.ctx, client, yes, folder, c.known, time.Now, func(int, int) {})
	for _, t := range taken {
		c.taken(t)
	}
	return err
}

// taken tells how much of a list was taken and which records were not.
func (c *cli) taken(t update.Taken) {
	if t.List.ID == "" {
		return
	}
	number := func(n int) string { return c.text.Number(int64(n)) }
	fmt.Fprintln(c.err, c.text.T("cli.data.list",
		"what", c.text.T("ledger."+t.List.ID), "n", number(t.Records), "skipped", number(len(t.Skipped))))
	for _, s := range t.Skipped {
		fmt.Fprintf(c.err, "  %s: %s\n", text.Visible(s.Record), text.Visible(s.Reason))
	}
	if len(t.Withheld) > 0 {
		fmt.Fprintln(c.err, c.text.N("cli.data.withheld", len(t.Withheld)))
	}
	for _, w := range t.Withheld {
		fmt.Fprintf(c.err, "  %s: %s\n", w.Platform, strings.Join(append(w.Methods, w.Links...), ", "))
	}
}
