package main

import (
	"slices"

	"unlisted/checks/access"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
)

// whatifCommand answers what falls, or is lost, with some means.
func whatifCommand(c *cli) *command {
	planned := false
	exits := []int{exitDone, exitFailed, exitUsage, exitLocked}
	cmd := c.command("whatif", words(1, 1), nil, exits...)
	for _, question := range []reach.Kind{reach.Steal, reach.Lose} {
		run := c.opened(func(means []string) error { return c.whatif(question, means, planned) })
		sub := c.command("whatif "+string(question), words(1, -1), run, exits...)
		sub.ValidArgsFunction = offers(reach.MeansWords)
		cmd.add(sub)
	}
	cmd.flag(&planned, "planned")
	cmd.passDown()
	return cmd
}

func (c *cli) whatif(question reach.Kind, means []string, planned bool) error {
	o := c.overview()
	var m *reach.Model
	c.session.View(func(p *profile.Profile) { m = overview.Reach(p, o, c.catalog, planned) })
	out, err := m.Ask(question, c.means(means))
	if err != nil {
		return err
	}
	out.Means = means
	if c.json {
		return c.writeJSON(whatifDocument(out))
	}
	c.tellWhatif(m, out)
	return nil
}

// means writes numbers in full, as the region here reads them.
func (c *cli) means(args []string) []string {
	out := slices.Clone(args)
	for i, a := range out {
		if id, err := identifier.Parse(a, c.region()); err == nil {
			out[i] = id.Value
		}
	}
	return out
}

// The document of the command-line contract.
type whatifJSON struct {
	Question reach.Kind      `json:"question"`
	Means    []string        `json:"means"`
	Accounts []whatifAccount `json:"accounts"`
	Kept     int             `json:"kept"`
}

type whatifAccount struct {
	Account    string       `json:"account,omitempty"` // its id, where the person has several at the platform
	Platform   string       `json:"platform"`
	Name       string       `json:"name"`
	Identifier string       `json:"identifier"`
	Chain      []whatifStep `json:"chain"`
}

type whatifStep struct {
	Opens   access.Node   `json:"opens"`
	With    []access.Node `json:"with"`
	Assumed bool          `json:"assumed"`
}

// whatifDocument puts the chain that leads to an account, or what would open it
// again, into one form.
func whatifDocument(out reach.Outcome) whatifJSON {
	doc := whatifJSON{Question: out.Question, Means: out.Means, Accounts: []whatifAccount{}, Kept: out.Kept}
	for _, f := range out.Compromised {
		a := whatifAccount{
			Platform: f.Account.Platform, Name: f.Account.Name, Identifier: reach.SignInName(f.Account), Chain: []whatifStep{},
		}
		if f.Account.ID != f.Account.Platform {
			a.Account = f.Account.ID
		}
		for _, s := range f.Chain {
			a.Chain = append(a.Chain, whatifStep{s.Opens, s.With, s.Assumed})
		}
		if len(f.Missing) > 0 {
			a.Chain = append(a.Chain, whatifStep{f.Node, f.Missing, f.Assumed})
		}
		doc.Accounts = append(doc.Accounts, a)
	}
	return doc
}

func (c *cli) tellWhatif(m *reach.Model, out reach.Outcome) {
	word := string(out.Question)
	for _, f := range out.Compromised {
		name := m.Name(f.Node).Words(c.text, false)
		c.printf("%s\n", name)
		for _, s := range f.Chain {
			c.printf("  %s\n", m.StepWords(c.text, s, false))
		}
		switch {
		case len(f.Missing) > 0 && f.Assumed:
			means := m.List(c.text, f.Missing, false)
			c.printf("  %s\n", c.text.T("reach.lose.missing_assumed", "platform", name, "means", means))
		case len(f.Missing) > 0:
			c.printf("  %s\n", c.text.T("reach.lose.missing", "platform", name, "means", m.List(c.text, f.Missing, false)))
		case len(f.Chain) == 0 && out.Question == reach.Steal:
			c.printf("  %s\n", c.text.T("reach.steal.in_hand", "platform", name))
		case len(f.Chain) == 0:
			c.printf("  %s\n", c.text.T("reach.lose.itself", "platform", name))
		}
	}
	if len(out.Compromised) == 0 {
		c.printf("%s\n", c.text.T("reach."+word+".none"))
	} else {
		c.printf("%s ", c.text.N("reach."+word+".count", len(out.Compromised)))
	}
	c.printf("%s\n", c.text.N("reach.kept", out.Kept))
	if out.Unknown > 0 {
		c.printf("%s\n", c.text.N("reach.unknown", out.Unknown))
	}
}
