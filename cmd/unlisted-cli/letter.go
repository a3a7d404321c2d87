package main

import (
	"io"
	"slices"
	"time"

	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/text"
)

// letterCommand writes the objection to a platform that does not let a number go,
// for the person to send.
func letterCommand(c *cli) *command {
	kind, file := "", ""
	kinds := []string{"objection"}
	cmd := c.command("letter", words(1, 1), func(args []string) error {
		switch {
		case kind == "":
			return usage("cli.wrong.needs", "flag", "--kind")
		case !slices.Contains(kinds, kind):
			return unknownValue(kind, kinds)
		}
		return c.letter(args[0], file)
	}, exitDone, exitFailed, exitUsage, exitLocked)
	cmd.value(&kind, "kind")
	cmd.output(&file)
	cmd.ValidArgsFunction = offers(c.accountIDs)
	cmd.completes("kind", offers(func() []string { return kinds }))
	return cmd
}

// letter writes to a file, or to standard output where none is named.
func (c *cli) letter(platform, file string) error {
	if err := c.open(false); err != nil {
		return err
	}
	a, ok := c.overview().Find(platform)
	p, known := c.catalog.ByID(a.Platform)
	if !ok || !known {
		return &failure{exitFailed, errNoAccount}
	}
	l := letter.Number{Platform: p, SignIn: a.SignIn, Date: time.Now()}
	c.session.View(func(x *profile.Profile) { l.Number = letter.NumberOf(a, p, overview.Own(x)) })
	if l.Number.IsZero() {
		return &failure{exitFailed, errNoNumber}
	}
	if file == "" {
		_, err := io.WriteString(c.out, l.Write(c.text))
		return err
	}
	return c.writeFile(file, func(w io.Writer) error {
		_, err := io.WriteString(w, l.Write(c.text))
		return err
	})
}

// errNoNumber is an account that holds no number of the person's.
var errNoNumber = &text.Error{Key: "error.cli.no_number"}
