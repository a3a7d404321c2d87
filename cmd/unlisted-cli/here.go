package main

import (
	"time"

	"unlisted/assets"
	"unlisted/checks/evidence"
	"unlisted/checks/evidence/here"
	"unlisted/checks/sample"
)

// hereJSON is one thing that could be read on this computer, for programs.
type hereJSON struct {
	here.Found
	Readable bool `json:"readable"` // without a further permission
}

// listHere shows what could be read on this computer. Nothing of it is opened.
func (c *cli) listHere(browsersOnly bool) error {
	found, err := here.Look(c.ctx, c.computer())
	if err != nil {
		return err
	}
	list := []hereJSON{}
	for _, f := range found {
		if f.Paths == nil {
			f.Paths = []string{}
		}
		if !browsersOnly || f.Kind == here.KindBrowser {
			list = append(list, hereJSON{f, f.Readable()})
		}
	}
	if c.json {
		return c.writeJSON(map[string]any{"here": list})
	}
	if len(list) == 0 {
		c.printf("%s\n", c.text.T("here.none"))
		return nil
	}
	for _, f := range list {
		w := f.Words(c.text, time.Now())
		c.printf("%s · %s\n", w.Title, w.Time)
		for _, line := range []string{w.Detail, w.Proves, w.Need} {
			if line != "" {
				c.printf("  %s\n", line)
			}
		}
	}
	c.printf("%s\n", c.text.T("cli.scan.here"))
	return nil
}

// foundHere is what is read on this computer: all that needs no further permission, with --browsers alone the
// browsers only. A locked file is tried where the person gave passwords.
func (c *cli) foundHere(flags scanFlags) (paths []string, err error) {
	if !flags.here && !flags.browsers {
		return nil, nil
	}
	found, err := here.Look(c.ctx, c.computer())
	if err != nil {
		return nil, err
	}
	unlocks := len(flags.unlock)+len(flags.keys) > 0
	for _, f := range found {
		if (flags.here || f.Kind == here.KindBrowser) && (f.Readable() || f.Need == here.NeedPassword && unlocks) {
			paths = append(paths, f.Paths...)
		}
	}
	return paths, nil
}

// nothingHere ends a reading of this computer on which there is nothing to read.
type nothingHere struct{}

func (nothingHere) Error() string                     { return "nothing to read on this computer" }
func (nothingHere) Explain() (string, map[string]any) { return "error.cli.nothing_here", nil }

// tellClear says which files that were read lie around with passwords or codes in clear.
func (c *cli) tellClear(paths []string, r evidence.Report) {
	for _, f := range evidence.ClearFiles(paths, r.Sources) {
		c.printf("%s: %s. %s\n", f.Path, c.text.T("find.clear."+string(f.Secrets)), c.text.T("cli.scan.clear"))
	}
}

// computer is where a look looks; the invented person has one of their own.
func (c *cli) computer() here.Computer {
	if c.sample {
		return sample.Computer(time.Now())
	}
	return here.ThisComputer()
}

// read reads files; what was found at the invented person's is theirs.
func (c *cli) read(paths []string, o evidence.Options) (evidence.Report, error) {
	if c.sample && len(paths) > 0 && sample.Has(paths[0]) {
		return sample.Scan(c.ctx, assets.Sub("sample"), paths, o, nil)
	}
	return evidence.Scan(c.ctx, paths, o, nil)
}
