package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
)

// errConsent stops a command that would send something.
var errConsent = &text.Error{Key: "error.cli.consent"}

// client is the one of the network for this run.
func (c *cli) client() (*outbound.Client, error) {
	client, _, err := c.session.NewClient(outbound.Config{ // let go of at the end of the run
		UserAgent: "Unlisted/" + version, Now: time.Now, Base: c.base, MailBase: c.mailBase,
	})
	switch {
	case err != nil && c.base+c.mailBase != "":
		return nil, usage("cli.wrong.base")
	case err != nil:
		return nil, &failure{exitUsage, err}
	}
	return client, nil
}

func (c *cli) key(source string) string {
	if file := *c.keyFiles[source]; file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return ""
		}
		return strings.TrimSpace(string(b))
	}
	if c.store == nil {
		return ""
	}
	v, err := c.keys.Get(c.ctx, "key-"+source)
	if err != nil {
		return ""
	}
	return v
}

// checkFlags are the flags of check.
type checkFlags struct {
	sources          []string
	details, consent bool
}

// checkCommand asks breach sources; without --consent it says what would be sent.
func checkCommand(c *cli) *command {
	var o checkFlags
	run := c.opened(func(args []string) error { return c.check(args, o) })
	cmd := c.command("check", words(0, -1), run, exitDone, exitFailed, exitUsage, exitLocked, exitConsent)
	cmd.list(&o.sources, "source")
	cmd.flag(&o.details, "details")
	cmd.flag(&o.consent, "consent")
	cmd.completes("source", offers(c.sourceIDs))
	return cmd
}

// sourceIDs are the sources there are; the profile stays closed.
func (c *cli) sourceIDs() []string {
	c.temporary = true
	if c.open(false) != nil {
		return nil
	}
	client, err := c.client()
	if err != nil {
		return nil
	}
	return names(allsources.Sources(client, c.key, c.breaches, time.Now))
}

// chosen are the sources that are wanted, all where none is named.
func chosen(sources []breach.Source, wanted []string) ([]breach.Source, error) {
	known := names(sources)
	for _, w := range wanted {
		if !slices.Contains(known, w) {
			return nil, unknownValue(w, known)
		}
	}
	return slices.DeleteFunc(sources, func(s breach.Source) bool {
		return len(wanted) > 0 && !slices.Contains(wanted, s.Info().ID)
	}), nil
}

func names(sources []breach.Source) (ids []string) {
	for _, s := range sources {
		ids = append(ids, s.Info().ID)
	}
	return ids
}

func (c *cli) check(args []string, flags checkFlags) error {
	ids, err := c.identifiers(args)
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	sources, err := chosen(allsources.Sources(client, c.key, c.breaches, time.Now), flags.sources)
	if err != nil {
		return err
	}
	asker, questions := breach.NewScheduler(client, sources, c.own()), breach.Questions(sources, ids)
	if !flags.consent {
		return c.preview(asker, questions)
	}
	results := asker.Ask(c.ctx, questions, func(job.Progress) {})
	if flags.details {
		results = asker.Detail(c.ctx, results)
	}
	return c.answered(results)
}

// answered keeps and shows what sources said. What could not be asked at all is
// told and makes the command fail.
func (c *cli) answered(results []breach.Result) error {
	if err := c.session.Apply(session.RecordResults{Results: results}); err != nil {
		return err
	}
	if !c.json {
		c.tell(results)
	} else if err := c.writeJSON(c.checked(results)); err != nil {
		return err
	}
	if err := breach.Refusal(results); err != nil {
		return &failure{exitFailed, err}
	}
	if c.ctx.Err() != nil { // what was not asked stands in the lines above
		return &failure{code: exitFailed}
	}
	return nil
}

// tell prints one line for each question, and what they add up to.
func (c *cli) tell(results []breach.Result) {
	for _, r := range results {
		names := make([]string, len(r.Hits))
		for i, h := range r.Hits {
			names[i] = h.Title
		}
		source, outcome := c.text.T("source."+r.Source+".name"), c.text.T("outcome."+r.Outcome.String())
		line := fmt.Sprintf("%-28s %-20s %s %s", r.Identifier.Masked(), source, outcome, strings.Join(names, ", "))
		if !r.RetryAt.IsZero() {
			line += " " + c.text.T("check.retry", "time", c.text.T("check.when.at", "time", r.RetryAt.Local().Format("15:04")))
		}
		c.printf("%s\n", strings.TrimSpace(line))
	}
	sum := breach.Summarise(results)
	answered, asked := c.text.Number(int64(sum.Sources.Answered)), c.text.Number(int64(sum.Sources.Asked))
	c.printf("%s\n", c.text.T(sum.Key(), "answered", answered, "asked", asked))
	if sum.Skipped > 0 {
		c.printf("%s\n", c.text.N("check.summary.skipped", sum.Skipped))
	}
}

// notOwn stops a question about somebody who is not on the person's list.
func notOwn(value string) error {
	return &text.Error{Key: "error.cli.not_own", Args: map[string]any{"value": value}}
}

// identifiers are those asked about: the ones named, which must be on the
// person's list, or else all of the list.
func (c *cli) identifiers(args []string) (ids []identifier.Identifier, err error) {
	own := c.own()
	for _, a := range args {
		id, err := identifier.Parse(a, c.region())
		if err != nil {
			return nil, err
		}
		if !identifier.Among(own, id) {
			return nil, &failure{exitFailed, notOwn(id.Value)}
		}
		ids = append(ids, id)
	}
	if len(args) == 0 {
		return own, nil
	}
	return ids, nil
}

// own are the identifiers on the person's list.
func (c *cli) own() (ids []identifier.Identifier) {
	c.session.View(func(p *profile.Profile) { ids = overview.Own(p) })
	return ids
}

// preview says what would be sent, to whom and when, and stops.
func (c *cli) preview(asker breach.Scheduler, questions []breach.Question) error {
	type would struct {
		Source string   `json:"source"`
		Host   string   `json:"host"`
		Level  string   `json:"level"`
		Sends  []string `json:"sends"`
		Last   string   `json:"last_at"` // when the last of them is put at the latest
	}
	slots := asker.Plan(questions)
	list := []would{}
	for _, s := range asker.Sources {
		info := s.Info()
		w := would{Source: info.ID, Host: info.Host, Level: string(info.Level), Sends: []string{}}
		for _, x := range slots {
			if x.Source == info.ID {
				w.Sends, w.Last = append(w.Sends, info.Sends(x.Identifier)), x.At.UTC().Format(time.RFC3339)
			}
		}
		list = append(list, w)
	}
	if c.json {
		if err := c.writeJSON(map[string]any{"would_send": list}); err != nil {
			return err
		}
	} else {
		for _, w := range list {
			if len(w.Sends) > 0 {
				c.printf("%s\n", c.text.T("check.sends", "host", w.Host, "what", strings.Join(w.Sends, ", ")))
			}
		}
	}
	return &failure{exitConsent, errConsent}
}
