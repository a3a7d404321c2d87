package main

import (
	"io"
	"time"

	"unlisted/checks/letter"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
)

// letter writes the objection to a platform that does not let a number go, for
// the person to send.
func (c *cli) letter(args []string) error {
	args, kinds := values(args, "--kind")
	args, files := values(args, "-o")
	if len(args) != 1 || len(kinds) != 1 || kinds[0] != "objection" || len(files) > 1 {
		return usage("usage: letter PLATFORM --kind objection [-o FILE]")
	}
	if err := c.open(false); err != nil {
		return err
	}
	a, ok := c.overview().Find(args[0])
	p, known := c.catalog.ByID(a.Platform)
	if !ok || !known {
		return &failure{exitFailed, noAccount{}}
	}
	l := letter.Number{Platform: p, SignIn: a.SignIn, Date: time.Now()}
	c.session.View(func(x *profile.Profile) { l.Number = letter.NumberOf(a, p, overview.Own(x)) })
	if l.Number.IsZero() {
		return &failure{exitFailed, noNumber{}}
	}
	if len(files) == 0 {
		_, err := io.WriteString(c.out, l.Write(c.text))
		return err
	}
	return c.writeFile(files[0], func(w io.Writer) error {
		_, err := io.WriteString(w, l.Write(c.text))
		return err
	})
}

type noNumber struct{}

func (noNumber) Error() string                     { return "no number there" }
func (noNumber) Explain() (string, map[string]any) { return "error.cli.no_number", nil }
