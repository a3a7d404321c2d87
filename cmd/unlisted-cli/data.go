package main

import (
	"crypto/ed25519"
	"errors"
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

// data tells of the data sets, or takes newer ones: from a file, or with
// --consent the public lists from the network.
func (c *cli) data(args []string) error {
	args, files := values(args, "--from")
	args, consent := option(args, "consent")
	switch {
	case len(args) == 1 && args[0] == "update" && len(files) <= 1:
		folder := c.dataFolder()
		if folder == "" {
			return usage("data update needs a profile: not with --temporary or --sample")
		}
		if err := c.update(files, folder, consent); err != nil {
			return err
		}
		if err := c.loadData(); err != nil {
			return err
		}
		fmt.Fprintln(c.err, c.text.T("cli.data.done"))
	case len(args) > 1 || len(args) == 1 && args[0] != "status" || len(files) > 0 || consent:
		return usage("usage: data [status|update [--from FILE | --consent]]")
	}
	guides := 0
	for i := range c.catalog.Len() {
		if c.catalog.At(i).Guide != nil {
			guides++
		}
	}
	if c.json {
		return c.writeJSON(map[string]any{"platforms": c.catalog.Len(), "guides": guides, "breaches": c.breaches.Len(), "breaches_until": c.breaches.Newest().Format(time.DateOnly), "serial": c.known.Serial})
	}
	c.printf("%s\n", c.text.T("settings.data.status", "platforms", c.text.Number(int64(c.catalog.Len())), "guides", c.text.Number(int64(guides)), "breaches", c.text.Number(int64(c.breaches.Len())), "date", c.text.Date(c.breaches.Newest())))
	return nil
}

func (c *cli) update(files []string, folder string, consent bool) error {
	if len(files) == 1 {
		t, err := update.TakeFile(files[0], folder, c.known, time.Now())
		c.taken(t)
		return failed(err)
	}
	if !consent {
		for _, l := range update.Lists() {
			fmt.Fprintln(c.err, c.text.T("cli.data.would", "host", l.Host(), "what", c.text.T("ledger."+l.ID)))
		}
		return &failure{exitConsent, errConsent{}}
	}
	if err := c.open(true); err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	taken, err := update.Fetch(c.ctx, client, outbound.Yes(update.Purposes()...), folder, c.known, time.Now, func(int, int) {})
	for _, t := range taken {
		c.taken(t)
	}
	return failed(err)
}

// taken tells how much of a list was taken and which records were not.
func (c *cli) taken(t update.Taken) {
	if t.List.ID == "" {
		return
	}
	fmt.Fprintln(c.err, c.text.T("cli.data.list", "what", c.text.T("ledger."+t.List.ID), "n", c.text.Number(int64(t.Records)), "skipped", c.text.Number(int64(len(t.Skipped)))))
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

// failed gives the exit code and the sentence of an update's error.
func failed(err error) error {
	if err == nil {
		return nil
	}
	var known *update.Error
	if errors.As(err, &known) {
		err = known
	}
	return &failure{exitFailed, err}
}
