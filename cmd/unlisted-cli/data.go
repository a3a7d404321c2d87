package main

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"time"

	"unlisted/assets"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/profile"
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
// what is embedded.
func (c *cli) loadData() (err error) {
	from := update.Overlay(c.dataFolder(), c.dataKey(), assets.Sub)
	if c.catalog, err = catalog.Load(from("catalog"), from("guides"), from("facts")); err != nil {
		return err
	}
	c.breaches, err = breach.LoadCatalogue(from("breaches"))
	return err
}

// data tells of the data sets, or takes newer ones from a file.
func (c *cli) data(args []string) error {
	args, files := values(args, "--from")
	switch {
	case len(args) == 1 && args[0] == "update" && len(files) == 1:
		folder := c.dataFolder()
		if folder == "" {
			return usage("data update needs a profile: not with --temporary or --sample")
		}
		set, err := update.Install(files[0], folder, c.dataKey())
		if err != nil {
			var known *update.Error
			if errors.As(err, &known) {
				err = known
			}
			return &failure{exitFailed, err}
		}
		if err := c.loadData(); err != nil {
			return err
		}
		fmt.Fprintln(c.err, c.text.T("cli.data.done", "serial", strconv.FormatInt(set.Serial, 10)))
	case len(args) > 1 || len(args) == 1 && args[0] != "status" || len(files) > 0:
		return usage("usage: data [status|update --from FILE]")
	}
	guides := 0
	for i := range c.catalog.Len() {
		if c.catalog.At(i).Guide != nil {
			guides++
		}
	}
	serial := update.Installed(c.dataFolder(), c.dataKey())
	if c.json {
		return c.writeJSON(map[string]any{"platforms": c.catalog.Len(), "guides": guides, "breaches": c.breaches.Len(), "breaches_until": c.breaches.Newest().Format(time.DateOnly), "serial": serial})
	}
	c.printf("%s\n", c.text.T("settings.data.status", "platforms", c.text.Number(int64(c.catalog.Len())), "guides", c.text.Number(int64(guides)), "breaches", c.text.Number(int64(c.breaches.Len())), "date", c.text.Date(c.breaches.Newest())))
	return nil
}
