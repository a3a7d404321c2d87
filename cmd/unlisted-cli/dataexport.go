package main

import (
	"fmt"
	"path/filepath"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/job"
	"unlisted/checks/opendata"
	"unlisted/checks/text"
)

// dataExportCommand writes everything known of platforms into a folder, for
// others to use. Nothing of the person is in it.
func dataExportCommand(c *cli, others *dataFlags) *command {
	folder := ""
	cmd := c.command("data export", words(0, 0), func([]string) error {
		switch {
		case *others != (dataFlags{}):
			return usage("cli.wrong.update")
		case folder == "":
			return usage("cli.wrong.needs", "flag", "-o")
		}
		return c.dataExport(folder)
	}, exitDone, exitFailed, exitUsage)
	cmd.output(&folder)
	return cmd
}

func (c *cli) dataExport(folder string) error {
	credits, err := catalog.Credits(assets.Sub("licences"))
	if err != nil {
		return err
	}
	printers := []*text.Printer{c.text}
	for _, lang := range c.texts.Languages() {
		if lang != c.text.Lang() {
			printers = append(printers, c.texts.Printer(lang))
		}
	}
	in := opendata.Input{
		Catalog: c.catalog, Printers: printers, Credits: credits, Serial: c.known.Serial, Version: version, Now: time.Now(),
	}
	made, err := opendata.Write(c.ctx, folder, in, c.pagesDone())
	if err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(map[string]any{
			"folder": folder, "platforms": made.Platforms, "guides": made.Guides, "incidents": made.Incidents, "pages": made.Pages,
		})
	}
	number := func(n int) string { return c.text.Number(int64(n)) }
	c.printf("%s\n", c.text.T("cli.data.exported", "folder", filepath.Clean(folder), "platforms", number(made.Platforms),
		"guides", number(made.Guides), "incidents", number(made.Incidents), "pages", number(made.Pages)))
	return nil
}

// pagesDone tells on standard error how far an export has come, each second at
// most.
func (c *cli) pagesDone() func(job.Progress) {
	told := time.Now()
	return func(p job.Progress) {
		if now := time.Now(); now.Sub(told) >= time.Second {
			told = now
			fmt.Fprintln(c.err, c.text.T(p.Step, "done", c.text.Number(p.Done), "all", c.text.Number(p.Total)))
		}
	}
}
