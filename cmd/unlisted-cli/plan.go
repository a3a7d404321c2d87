package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/report"
	"unlisted/checks/session"

	"unlisted/assets"
	"unlisted/checks/catalog"
)

// plan shows the ordered actions, or marks one as done or left out.
func (c *cli) plan(args []string) error {
	if err := c.open(false); err != nil {
		return err
	}
	verb := ""
	if len(args) > 0 {
		verb = args[0]
	}
	switch {
	case verb == "" || verb == "next" && len(args) == 1:
		return c.showPlan(verb == "next")
	case verb == "done" && len(args) == 2:
		return c.done(args[1])
	case (verb == "skip" || verb == "unskip") && len(args) == 2:
		return c.skip(args[1], verb == "unskip")
	}
	return usage("usage: plan [next|done ID|skip ID|unskip ID]")
}

// skip leaves an action of the plan out, or takes that back.
func (c *cli) skip(id string, back bool) error {
	if _, ok := c.overview().Action(id); !ok {
		return &failure{exitFailed, noAction{}}
	}
	return c.session.Apply(session.SkipAction{ID: id, Back: back})
}

type noAction struct{}

func (noAction) Error() string                     { return "no such action" }
func (noAction) Explain() (string, map[string]any) { return "error.cli.no_action", nil }

func (c *cli) showPlan(next bool) error {
	actions := c.overview().Actions
	if next {
		i := slices.IndexFunc(actions, func(a plan.Action) bool { return a.State == plan.StateOpen })
		if i < 0 {
			actions = nil
		} else {
			actions = actions[i : i+1]
		}
	}
	if c.json {
		return c.writeJSON(map[string]any{"actions": append([]plan.Action{}, actions...)})
	}
	for i, a := range actions {
		names := make([]string, len(a.Args))
		for j, id := range a.Args {
			names[j] = c.name(id)
		}
		c.printf("%2d. [%s] %s\n    %s (%s)\n", i+1, c.text.T(a.StateKey()), c.text.T("plan.action."+string(a.Kind), "platform", c.name(a.Platform)), c.text.T(a.Why, "others", strings.Join(names, ", ")), a.ID)
	}
	return nil
}

// done ticks the next step of an action, "PLATFORM/STEP" a single step; the
// machine's guard holds here as in the window.
func (c *cli) done(id string) error {
	at := strings.LastIndexByte(id, '/') // a user name may hold one
	if at < 0 {
		return usage("usage: plan done ACCOUNT/STEP")
	}
	account, what := id[:at], id[at+1:]
	var sw plan.Switch
	var ok bool
	o := c.overview()
	c.session.View(func(p *profile.Profile) { sw, _, ok = overview.Switch(p, o, c.catalog, account) })
	if !ok {
		return &failure{exitFailed, noAccount{}}
	}
	step := catalog.StepKind(what)
	if err := sw.Tick(step); err != nil {
		return err
	}
	return c.session.Apply(session.TickStep{Account: sw.Key, Step: step})
}

// report writes the report to a file.
func (c *cli) report(args []string) error {
	_, files := values(args, "-o")
	if len(files) != 1 {
		return usage("usage: report -o FILE.(html|csv|json)")
	}
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(files[0])), ".")
	if format != "html" && format != "csv" && format != "json" {
		return usage("usage: report -o FILE.(html|csv|json)")
	}
	if err := c.open(false); err != nil {
		return err
	}
	credits, err := catalog.Credits(assets.Sub("licences"))
	if err != nil {
		return err
	}
	in := report.Input{
		Overview: c.overview(), Profile: c.session.Snapshot(), Catalog: c.catalog, Breaches: c.breaches, Credits: credits, Text: c.text, Masked: true, Now: time.Now(), Version: version,
	}
	return c.writeFile(files[0], func(w io.Writer) error { return report.Write(w, format, in) })
}

// ledger lists what left this computer.
func (c *cli) ledger([]string) error {
	if err := c.open(false); err != nil {
		return err
	}
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
		c.printf("%s %s %s %s\n", e.Time.Local().Format(time.DateTime), e.Host, c.text.T("ledger."+e.Purpose, "who", e.Subject), c.text.T("ledger.result."+e.Result))
	}
	return nil
}
