package main

import (
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// youCommand lists, adds or removes the identifiers to protect.
func youCommand(c *cli) *command {
	list := c.opened(func([]string) error { return c.listIdentifiers() })
	add := func(id identifier.Identifier) session.Change { return session.AddIdentifier{ID: id} }
	remove := func(id identifier.Identifier) session.Change { return session.RemoveIdentifier{ID: id} }
	exits := []int{exitDone, exitFailed, exitUsage, exitLocked}
	return c.command("you", words(0, 0), list, exits...).add(
		c.command("you list", words(0, 0), list, exits...),
		c.command("you add", words(1, -1), func(args []string) error {
			return c.changeIdentifiers(args, true, add)
		}, exits...),
		c.command("you remove", words(1, -1), func(args []string) error {
			return c.changeIdentifiers(args, false, remove)
		}, exits...),
	)
}

// changeIdentifiers applies a change for each identifier that is typed; a missing
// profile is made where create is set.
func (c *cli) changeIdentifiers(typed []string, create bool, change func(identifier.Identifier) session.Change) error {
	if err := c.open(create); err != nil {
		return err
	}
	for _, a := range typed {
		id, err := identifier.Parse(a, c.region())
		if err != nil {
			return err
		}
		if err := c.session.Apply(change(id)); err != nil {
			return err
		}
	}
	return c.listIdentifiers()
}

func (c *cli) listIdentifiers() error {
	ids := []identifier.Identifier{}
	c.session.View(func(p *profile.Profile) {
		for _, o := range p.Identifiers {
			ids = append(ids, o.ID)
		}
	})
	if c.json {
		return c.writeJSON(map[string]any{"identifiers": ids})
	}
	for _, id := range ids {
		c.printf("%s\n", id.Display())
	}
	return nil
}

// region is the country national numbers are read in: the profile's, else the
// system's.
func (c *cli) region() (r string) {
	if c.session != nil {
		c.session.View(func(p *profile.Profile) { r = p.Settings.Region })
	}
	if c.sample {
		return "FR"
	}
	if r == "" {
		_, r = text.System()
	}
	return r
}
