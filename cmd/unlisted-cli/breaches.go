package main

import (
	"slices"
	"time"

	"unlisted/checks/breach"
)

// breachesCommand lists the leaks and incidents that concern the person; it
// sends nothing.
func breachesCommand(c *cli) *command {
	run := c.opened(func([]string) error { return c.showLeaks() })
	return c.command("breaches", words(0, 0), run, exitDone, exitFailed, exitUsage, exitLocked)
}

func (c *cli) showLeaks() error {
	leaks := c.overview().Leaks
	if c.json {
		type leak struct {
			leakJSON
			Sources []string `json:"sources"`
			Had     string   `json:"had_account"`
		}
		out := []leak{}
		for _, n := range leaks {
			out = append(out, leak{leakOf(n), append([]string{}, n.Sources...), string(n.Had)})
		}
		return c.writeJSON(map[string]any{"leaks": out, "incidents": c.concernsJSON(), "catalogue_until": c.breaches.Newest().Format(time.DateOnly)})
	}
	for _, n := range leaks {
		when := ""
		if !n.Date.IsZero() {
			when = c.text.Month(n.Date)
		}
		said := c.text.T("check.badge." + string(n.Certainty))
		if n.Certainty == breach.Possible {
			said = c.text.T("had." + string(n.Had))
		}
		c.printf("%-28s %s · %s · %s\n", c.name(n.Account), n.Title, when, said)
	}
	if slices.ContainsFunc(leaks, func(n breach.Named) bool { return n.Certainty == breach.Possible }) {
		c.printf("%s\n", c.text.T("check.local.why"))
	}
	c.printConcerns()
	newest, n := c.text.Date(c.breaches.Newest()), c.text.Number(int64(c.breaches.Len()))
	c.printf("%s\n", c.text.T("check.local.upto", "date", newest, "n", n))
	return nil
}
