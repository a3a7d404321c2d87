package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"unlisted/assets"
	"unlisted/checks/catalog"
	"unlisted/checks/report"
)

// reportCommand writes the report to a file.
func reportCommand(c *cli) *command {
	file := ""
	formats := []string{"html", "csv", "json"}
	cmd := c.command("report", words(0, 0), func([]string) error {
		if err := ending(file, formats...); err != nil {
			return err
		}
		return c.report(file)
	}, exitDone, exitFailed, exitUsage, exitLocked)
	cmd.output(&file)
	cmd.completes("output", files(formats...))
	return cmd
}

// extension is how a file's name ends, without the dot.
func extension(file string) string {
	return strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), ".")
}

// ending checks that -o names a file of one of some kinds.
func ending(file string, known ...string) error {
	switch {
	case file == "":
		return usage("cli.wrong.needs", "flag", "-o")
	case !slices.Contains(known, extension(file)):
		return usage("cli.wrong.ending", "known", "."+strings.Join(known, ", ."))
	}
	return nil
}

func (c *cli) report(file string) error {
	if err := c.open(false); err != nil {
		return err
	}
	credits, err := catalog.Credits(assets.Sub("licences"))
	if err != nil {
		return err
	}
	in := report.Input{
		Overview: c.overview(), Profile: c.session.Snapshot(), Catalog: c.catalog, Breaches: c.breaches,
		Credits: credits, Text: c.text, Masked: true, Now: time.Now(), Version: version,
	}
	return c.writeFile(file, func(w io.Writer) error { return report.Write(w, extension(file), in) })
}
