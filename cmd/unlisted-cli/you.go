package main

import (
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// you lists, adds or removes the identifiers to protect.
func (c *cli) you(args []string) error {
	verb := "list"
	if len(args) > 0 {
		verb, args = args[0], args[1:]
	}
	if verb != "list" && (verb != "add" && verb != "remove" || len(args) == 0) {
		return usage("usage: you add|remove|list IDENTIFIER...")
	}
	if err := c.open(verb == "add"); err != nil {
		return err
	}
	for _, a := range args {
		id, err := identifier.Parse(a, c.region())
		if err != nil {
			return err
		}
		var change session.Change = session.AddIdentifier{ID: id}
		if verb == "remove" {
			change = session.RemoveIdentifier{ID: id}
		}
		if err := c.session.Apply(change); err != nil {
			return err
		}
	}
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
