package main

import (
	"strings"

	"unlisted/checks/account"
	"unlisted/checks/catalog"
	"unlisted/checks/plan"
)

// platform shows what is known of a platform, its exit rating and guide.
func (c *cli) platform(args []string) error {
	if len(args) == 0 {
		return usage("usage: platform QUERY")
	}
	query := strings.Join(args, " ")
	p, ok := c.catalog.ByID(query)
	if !ok {
		hits := c.catalog.Search(query, 1)
		if len(hits) == 0 {
			return &failure{exitFailed, noAccount{}}
		}
		p = hits[0]
	}
	sw := plan.NewSwitch(p, account.Account{Platform: p.ID}, nil)
	if c.json {
		steps := []catalog.Step{}
		for _, s := range sw.Steps {
			steps = append(steps, s.Step)
		}
		return c.writeJSON(map[string]any{
			"platform": p.ID, "name": p.Name, "domains": p.Domains, "methods": append([]string{}, p.Methods...), "methods_known": p.MethodsKnown,
			"exit_rating": p.Exit, "exit_sources": append([]catalog.SourceRef{}, p.ExitSources...), "deep_guide": sw.Deep, "steps": steps,
		})
	}
	c.printf("%s (%s)\n%s. %s\n", p.Name, p.ID, c.text.T("exit."+string(p.Exit)+".name"), c.text.T("exit."+string(p.Exit)+".why"))
	if !sw.Deep {
		c.printf("%s\n", c.text.T("fix.short"))
	}
	for i, s := range sw.Steps {
		path := c.text.T("guide.path.unknown")
		if len(s.Path) > 0 {
			path = c.text.T("guide.path.wrap", "path", strings.Join(s.Path, " › "))
		}
		key := "guide.step." + string(s.Kind)
		c.printf("%d. %s\n   %s\n", i+1, c.text.T(key+".title", "platform", p.Name), c.text.T(key+".do", "platform", p.Name, "path", path))
		if s.Link != "" {
			c.printf("   %s\n", s.Link)
		}
	}
	return nil
}
