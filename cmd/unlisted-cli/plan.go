package main

import (
	"slices"
	"strings"

	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"

	"github.com/spf13/cobra"
)

// planCommand shows the ordered actions, or marks one as done or left out.
func planCommand(c *cli) *command {
	cmd := func(words string, args cobra.PositionalArgs, run func(args []string) error) *command {
		return c.command(words, args, c.opened(run), exitDone, exitFailed, exitUsage, exitLocked)
	}
	one := words(1, 1)
	return cmd("plan", words(0, 0), func([]string) error { return c.showPlan(false) }).add(
		cmd("plan next", words(0, 0), func([]string) error { return c.showPlan(true) }),
		cmd("plan done", one, func(args []string) error { return c.done(args[0]) }),
		cmd("plan skip", one, func(args []string) error { return c.skip(args[0], false) }),
		cmd("plan unskip", one, func(args []string) error { return c.skip(args[0], true) }),
	)
}

// skip leaves an action of the plan out, or takes that back.
func (c *cli) skip(id string, back bool) error {
	if _, ok := c.overview().Action(id); !ok {
		return &failure{exitFailed, errNoAction}
	}
	return c.session.Apply(session.SkipAction{ID: id, Back: back})
}

// errNoAction is an action that the plan does not hold.
var errNoAction = &text.Error{Key: "error.cli.no_action"}

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
		what := c.text.T("plan.action."+string(a.Kind), "platform", c.name(a.Platform))
		why := c.text.T(a.Why, "others", strings.Join(names, ", "))
		c.printf("%2d. [%s] %s\n    %s (%s)\n", i+1, c.text.T(a.StateKey()), what, why, a.ID)
	}
	return nil
}

// done ticks the next step of an action, "PLATFORM/STEP" a single step; the
// machine's guard holds here as in the window.
func (c *cli) done(id string) error {
	at := strings.LastIndexByte(id, '/') // a user name may hold one
	if at < 0 {
		return usage("cli.wrong.step")
	}
	account, what := id[:at], id[at+1:]
	var sw plan.Switch
	var ok bool
	o := c.overview()
	c.session.View(func(p *profile.Profile) { sw, _, ok = overview.Switch(p, o, c.catalog, account) })
	if !ok {
		return &failure{exitFailed, errNoAccount}
	}
	step := catalog.StepKind(what)
	if err := sw.Tick(step); err != nil {
		return err
	}
	return c.session.Apply(session.TickStep{Account: sw.Key, Step: step})
}
