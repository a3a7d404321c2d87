package main

import (
	"slices"
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// youCommand lists, adds or removes the identifiers to protect, or refuses what
// was found and is somebody else's.
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
		c.command("you dismiss", words(1, -1), c.opened(c.dismissIdentifiers), exits...),
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

// dismissIdentifiers refuses addresses and numbers that were found. A number that
// could not be placed is named by its end, as it is told.
func (c *cli) dismissIdentifiers(typed []string) error {
	for _, value := range typed {
		refused := c.unplacedEnding(identifier.Digits(value))
		if len(refused) == 0 {
			id, err := identifier.Parse(value, c.region())
			if err != nil {
				return err
			}
			refused = append(refused, id)
		}
		for _, id := range refused {
			if err := c.session.Apply(session.DismissIdentifier{ID: id}); err != nil {
				return err
			}
		}
	}
	return c.listIdentifiers()
}

// unplacedEnding lists the numbers of the profile that could not be placed and
// end in digits.
func (c *cli) unplacedEnding(digits string) (out []identifier.Identifier) {
	for _, a := range c.overview().Accounts {
		for _, id := range a.Unplaced() {
			if digits != "" && strings.HasSuffix(identifier.Digits(id.Value), digits) {
				out = append(out, id)
			}
		}
	}
	return out
}

// askUnplaced asks about the numbers that could not be placed and that nobody
// has refused.
func (c *cli) askUnplaced(accounts []account.Account) {
	var refused []identifier.Identifier
	if c.session != nil {
		c.session.View(func(p *profile.Profile) { refused = p.Dismissed })
	}
	for _, a := range accounts {
		for _, id := range a.Unplaced() {
			same := func(r identifier.Identifier) bool { return identifier.Same(r, id) }
			if !slices.ContainsFunc(refused, same) {
				c.printf("%s\n", c.text.T("find.unplaced", "platform", a.Name, "end", id.End()))
			}
		}
	}
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
