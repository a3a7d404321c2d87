package main

import (
	"os"
	"slices"
	"strings"
	"time"

	"unlisted/checks/breach"
	allsources "unlisted/checks/breach/all"
	"unlisted/checks/breach/pwned"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/outbound"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
)

// errConsent stops a command that would send something.
type errConsent struct{}

func (errConsent) Error() string                     { return "consent missing" }
func (errConsent) Explain() (string, map[string]any) { return "error.cli.consent", nil }

// errPasswords says that some answers are missing.
type errPasswords struct{}

func (errPasswords) Error() string                     { return "not every password could be checked" }
func (errPasswords) Explain() (string, map[string]any) { return "error.cli.passwords", nil }

func (c *cli) door() (outbound.Door, error) {
	var used map[string][]time.Time
	c.session.View(func(p *profile.Profile) { used = p.Limits })
	return outbound.New(outbound.Config{
		UserAgent: "Unlisted/" + version, Allowed: c.session.Allowed, Record: c.session.Record, Now: time.Now, Base: c.base, Used: used,
		Spent: func(l map[string][]time.Time) { _ = c.session.Apply(session.SetLimits{Limits: l}) },
	})
}

func (c *cli) key(source string) string {
	if c.keyFile != "" {
		b, err := os.ReadFile(c.keyFile)
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

// check asks breach sources; without --consent it says what would be sent.
func (c *cli) check(args []string) error {
	args, consent := option(args, "consent")
	args, wanted := values(args, "--source")
	if err := c.open(false); err != nil {
		return err
	}
	ids, err := c.identifiers(args)
	if err != nil {
		return err
	}
	door, err := c.door()
	if err != nil {
		return usage("%s", err)
	}
	var sources []breach.Source
	for _, s := range allsources.Sources(door, c.key, c.breaches, time.Now) {
		if len(wanted) == 0 || slices.Contains(wanted, s.Info().ID) {
			sources = append(sources, s)
		}
	}
	if len(sources) == 0 {
		return usage("no such source")
	}
	if !consent {
		return c.preview(sources, ids)
	}
	var yes []string
	for _, s := range sources {
		yes = append(yes, s.Info().ID)
	}
	results := breach.Check(c.ctx, sources, ids, yes, time.Now, func(job.Progress) {})
	if err := c.apply(session.RecordResults{Results: results}); err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(map[string]any{"results": results})
	}
	for _, r := range results {
		names := make([]string, len(r.Hits))
		for i, h := range r.Hits {
			names[i] = h.Title
		}
		c.printf("%-28s %-20s %s %s\n", r.Identifier.Masked(), c.text.T("source."+r.Source+".name"), c.text.T("outcome."+r.Outcome.String()), strings.Join(names, ", "))
	}
	return nil
}

func (c *cli) identifiers(args []string) ([]identifier.Identifier, error) {
	var ids []identifier.Identifier
	for _, a := range args {
		id, err := identifier.Parse(a, c.region())
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		c.session.View(func(p *profile.Profile) { ids = overview.Own(p) })
	}
	return ids, nil
}

func (c *cli) preview(sources []breach.Source, ids []identifier.Identifier) error {
	type would struct {
		Source string   `json:"source"`
		Host   string   `json:"host"`
		Level  string   `json:"level"`
		Sends  []string `json:"sends"`
	}
	list := []would{}
	for _, s := range sources {
		w := would{s.Info().ID, s.Info().Host, string(s.Info().Level), []string{}}
		for _, id := range ids {
			if s.Info().CanSearch(id.Kind) {
				w.Sends = append(w.Sends, id.Value)
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
			c.printf("%s\n", c.text.T("check.sends", "host", w.Host, "what", strings.Join(w.Sends, ", ")))
		}
	}
	return &failure{exitConsent, errConsent{}}
}

// breachList matches the accounts against the local catalogue; it sends nothing.
func (c *cli) breachList([]string) error {
	if err := c.open(false); err != nil {
		return err
	}
	leaks := c.overview().Leaks
	if c.json {
		type leakJSON struct {
			Platform string   `json:"platform"`
			Breach   string   `json:"breach"`
			Date     string   `json:"date"`
			Data     []string `json:"data"`
			Had      string   `json:"had_account"`
		}
		out := []leakJSON{}
		for _, l := range leaks {
			out = append(out, leakJSON{l.Platform, l.Breach.Name, l.Breach.Date.Format(time.DateOnly), l.Breach.Data, string(l.Had)})
		}
		return c.writeJSON(map[string]any{"leaks": out, "catalogue_until": c.breaches.Newest().Format(time.DateOnly)})
	}
	for _, l := range leaks {
		c.printf("%-28s %s · %s · %s\n", c.name(l.Platform), l.Breach.Title, c.text.Month(l.Breach.Date), c.text.T("had."+string(l.Had)))
	}
	c.printf("%s\n%s\n", c.text.T("check.local.why"), c.text.T("check.local.upto", "date", c.text.Date(c.breaches.Newest()), "n", c.text.Number(int64(c.breaches.Len()))))
	return nil
}

// passwords checks the passwords in an export; it prints counts and sites,
// never a password.
func (c *cli) passwords(args []string) error {
	paths, consent := option(args, "consent")
	if len(paths) == 0 {
		return usage("usage: passwords PATH... [--consent]")
	}
	if !c.sample && c.path == "" && c.passFile == "" {
		c.temporary = true // no profile is needed to check a file
	}
	if err := c.open(false); err != nil {
		return err
	}
	var batch pwned.Batch
	r, err := evidence.Scan(c.ctx, paths, evidence.Options{Importers: c.importers, Password: batch.Add}, nil)
	if err != nil {
		return err
	}
	if batch.Len() == 0 && len(r.Sources) > 0 && len(r.Sources[0].Problems) > 0 {
		return &failure{exitFailed, &r.Sources[0].Problems[0]}
	}
	door, err := c.door()
	if err != nil {
		return usage("%s", err)
	}
	source := pwned.New(door, time.Now)
	if !consent {
		c.printf("%s\n", c.text.T("check.sends", "host", source.Info().Host, "what", c.text.T("check.pw.sends")))
		return &failure{exitConsent, errConsent{}}
	}
	sites := source.Check(outbound.WithConsent(c.ctx, pwned.ID), &batch, func(job.Progress) {})
	if c.json {
		return c.writeJSON(map[string]any{"passwords": batch.Len(), "sites": append([]pwned.Site{}, sites...)})
	}
	unknown := false
	for _, s := range sites {
		if s.Outcome == breach.Found {
			c.printf("%-28s %s\n", s.Site, c.text.N("check.pw.count", int(min(s.Count, 1<<30))))
		} else if !s.Outcome.Answered() {
			unknown = true
			c.printf("%-28s %s\n", s.Site, c.text.T("outcome."+s.Outcome.String()))
		}
	}
	if unknown {
		return &failure{exitFailed, errPasswords{}}
	}
	return nil
}
