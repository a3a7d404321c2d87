package main

import (
	"slices"
	"time"

	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/session"

	"github.com/spf13/cobra"
)

// goodbyeFlags are the flags of goodbye.
type goodbyeFlags struct {
	lastDay string
	stay    bool
}

// goodbyeCommand lists what must change before a number is given up, and notes or
// forgets its last day.
func goodbyeCommand(c *cli) *command {
	var o goodbyeFlags
	cmd := c.command("goodbye", words(1, 1), func(args []string) error {
		if o.stay && o.lastDay != "" {
			return usage("cli.wrong.stay")
		}
		return c.goodbye(args[0], o)
	}, exitDone, exitFailed, exitUsage, exitLocked)
	cmd.value(&o.lastDay, "last-day")
	cmd.flag(&o.stay, "stay")
	cmd.completes("last-day", cobra.NoFileCompletions)
	return cmd
}

func (c *cli) goodbye(typed string, flags goodbyeFlags) error {
	if err := c.open(false); err != nil {
		return err
	}
	number, err := c.ownNumber(typed)
	if err != nil {
		return err
	}
	change := session.LeaveNumber{Number: number}
	if flags.lastDay != "" {
		if change.LastDay, err = c.text.ParseDay(flags.lastDay); err != nil {
			return err
		}
	}
	if flags.stay || flags.lastDay != "" {
		if err := c.session.Apply(change); err != nil {
			return err
		}
	}
	o := c.overview()
	var m *reach.Model
	var list []reach.NumberChange
	var last time.Time
	c.session.View(func(p *profile.Profile) {
		m = overview.Reach(p, o, c.catalog, false)
		list, last = overview.Goodbye(p, m, number), p.Leaving[number.Value]
	})
	if c.json {
		return c.writeJSON(goodbyeDocument(number, last, list))
	}
	c.tellGoodbye(m, last, list)
	return nil
}

// ownNumber is one of the person's numbers, however it is written.
func (c *cli) ownNumber(typed string) (identifier.Identifier, error) {
	id, err := identifier.ParsePhone(typed, c.region())
	if err != nil {
		return id, err
	}
	var own []identifier.Identifier
	c.session.View(func(p *profile.Profile) { own = overview.Numbers(p) })
	if id = identifier.Spelled(id, own); !slices.Contains(own, id) {
		return id, &failure{exitFailed, reach.ErrUnknownMeans}
	}
	return id, nil
}

// The document of goodbye.
type goodbyeJSON struct {
	Number   string           `json:"number"`
	LastDay  string           `json:"last_day,omitempty"`
	Left     int              `json:"left"`
	Accounts []goodbyeAccount `json:"accounts"`
}

type goodbyeAccount struct {
	Account  string       `json:"account,omitempty"` // its id, where the person has several at the platform
	Platform string       `json:"platform"`
	Name     string       `json:"name"`
	Change   reach.Change `json:"change"`
	Step     string       `json:"step,omitempty"` // of the guide; "plan done PLATFORM/STEP" ticks it
	Done     bool         `json:"done"`
	Falls    bool         `json:"falls"`
	Locked   bool         `json:"locked"`
	Chain    []whatifStep `json:"chain"`
}

func goodbyeDocument(number identifier.Identifier, last time.Time, list []reach.NumberChange) goodbyeJSON {
	doc := goodbyeJSON{Number: number.Value, Accounts: []goodbyeAccount{}}
	if !last.IsZero() {
		doc.LastDay = last.Format(time.DateOnly)
	}
	doc.Left, _ = overview.ToChange(list)
	for _, h := range list {
		a := goodbyeAccount{
			Platform: h.Account.Platform, Name: h.Account.Name, Change: h.Change, Step: string(h.Step),
			Done: h.Done, Falls: h.Falls, Locked: h.Locked, Chain: []whatifStep{},
		}
		if h.Account.ID != h.Account.Platform {
			a.Account = h.Account.ID
		}
		for _, s := range h.Chain {
			a.Chain = append(a.Chain, whatifStep{s.Opens, s.With, s.Assumed})
		}
		doc.Accounts = append(doc.Accounts, a)
	}
	return doc
}

func (c *cli) tellGoodbye(m *reach.Model, last time.Time, list []reach.NumberChange) {
	if !last.IsZero() {
		c.printf("%s\n", c.text.T("goodbye.day.is", "date", c.text.Date(last)))
	}
	if len(list) == 0 {
		c.printf("%s %s\n", c.text.T("goodbye.empty"), c.text.T("goodbye.empty.why"))
		return
	}
	for i, h := range list {
		state := "plan.state.open"
		if h.Done {
			state = "plan.state.done"
		}
		name := h.Account.Label(identifier.Identifier.Masked)
		c.printf("%2d. [%s] %s\n", i+1, c.text.T(state), c.text.T("reach.change."+string(h.Change), "platform", name))
		if h.Falls {
			c.printf("    %s\n", c.text.T("goodbye.falls"))
		}
		if h.Locked {
			c.printf("    %s\n", c.text.T("goodbye.locked"))
		}
		for _, s := range h.Chain {
			c.printf("    %s\n", m.StepWords(c.text, s, false))
		}
	}
	if left, _ := overview.ToChange(list); left > 0 {
		c.printf("%s\n", c.text.N("goodbye.left", left))
	} else {
		c.printf("%s\n", c.text.T("goodbye.left.none"))
	}
}
