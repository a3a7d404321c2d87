package main

import (
	"fmt"
	"time"

	"unlisted/checks/outbound"
	"unlisted/checks/profile"
)

// ledgerCommand lists what left this computer.
func ledgerCommand(c *cli) *command {
	run := c.opened(func([]string) error { return c.showLedger() })
	return c.command("ledger", words(0, 0), run, exitDone, exitFailed, exitUsage, exitLocked)
}

func (c *cli) showLedger() error {
	entries := []outbound.Entry{}
	c.session.View(func(p *profile.Profile) { entries = append(entries, p.Ledger...) })
	damaged := c.session.Damaged()
	if damaged > 0 {
		fmt.Fprintln(c.err, c.text.N("ledger.damaged", damaged))
	}
	if c.json {
		return c.writeJSON(map[string]any{"requests": entries, "damaged": damaged})
	}
	if len(entries) == 0 {
		c.printf("%s\n", c.text.T("status.nothing"))
	}
	for _, e := range entries {
		what, result := c.text.T("ledger."+e.Purpose, "who", e.Subject), c.text.T("ledger.result."+e.Result)
		c.printf("%s %s %s %s\n", e.Time.Local().Format(time.DateTime), e.Host, what, result)
	}
	return nil
}
