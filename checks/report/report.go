// Package report writes what a profile adds up to as a document: HTML to read
// and print, CSV and JSON to go on with. It asks no questions and sends nothing.
package report

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"unlisted/checks/account"
	"unlisted/checks/breach"
	"unlisted/checks/catalog"
	"unlisted/checks/evidence"
	"unlisted/checks/identifier"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/text"
)

// Input is everything a report is made from.
type Input struct {
	Overview overview.Overview
	Profile  *profile.Profile
	Catalog  *catalog.Catalog
	Breaches *breach.Catalogue
	Credits  []catalog.Credit
	Text     *text.Printer
	Masked   bool
	Now      time.Time
	Version  string
}

// ErrFormat says that a format is not html, csv or json.
var ErrFormat = errors.New("unknown report format")

// Write writes a report as "html", "csv" or "json".
func Write(w io.Writer, format string, in Input) error {
	switch format {
	case "html":
		return page.Execute(text.Writer(w), in.page())
	case "csv":
		return in.csv(w)
	case "json":
		accounts, actions := Accounts(in.Overview.Accounts, in.Catalog), append([]plan.Action{}, in.Overview.Actions...)
		if in.Masked {
			mask(accounts, actions)
		}
		b, err := json.MarshalIndent(struct {
			Accounts []AccountJSON `json:"accounts"`
			Actions  []plan.Action `json:"actions"`
		}{accounts, actions}, "", "  ")
		if err != nil {
			return err
		}
		_, err = w.Write(append(text.JSON(b), '\n'))
		return err
	}
	return ErrFormat
}

// mask hides identifiers, also where they tell accounts at one platform apart:
// there a number takes their place.
func mask(accounts []AccountJSON, actions []plan.Action) {
	hidden, n := map[string]string{}, 0
	for i := range accounts {
		a := &accounts[i]
		if n++; i > 0 && accounts[i-1].Platform != a.Platform {
			n = 1
		}
		if a.Account != "" {
			hidden[a.Account] = fmt.Sprintf("%s#%d", a.Platform, n)
			a.Account = hidden[a.Account]
		}
		for j, id := range a.Identifiers {
			a.Identifiers[j].Value = id.Masked()
		}
	}
	masked := func(action string) string {
		if at := strings.LastIndexByte(action, '/'); at >= 0 && hidden[action[:at]] != "" {
			return hidden[action[:at]] + action[at:]
		}
		return action
	}
	all := func(ids []string) []string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = masked(id)
		}
		return out
	}
	for i := range actions {
		a := &actions[i]
		a.ID = masked(a.ID)
		if h := hidden[a.Account]; h != "" {
			a.Account = h
		}
		a.After, a.Waits = all(a.After), all(a.Waits)
	}
}

// AccountJSON is an account in the form of the command-line contract.
type AccountJSON struct {
	Account      string                  `json:"account,omitempty"` // its id, where the person has several at the platform
	Platform     string                  `json:"platform"`
	Name         string                  `json:"name"`
	Confidence   string                  `json:"confidence"`
	Identifiers  []identifier.Identifier `json:"identifiers"`
	Purposes     []string                `json:"purposes"`
	SecondFactor []string                `json:"second_factor"`
	ExitRating   string                  `json:"exit_rating,omitempty"`
	Security     string                  `json:"security,omitempty"`       // "good", "fair", "poor"; "" where no way in is known
	Recovery     string                  `json:"recoverability,omitempty"` // the same
	Findings     []FindingJSON           `json:"findings"`
}

// FindingJSON is a finding in the form of the command-line contract.
type FindingJSON struct {
	Kind   string `json:"kind"`
	Source string `json:"source"`
	Count  int    `json:"count"`
	First  string `json:"first,omitempty"`
	Last   string `json:"last,omitempty"`
	Detail string `json:"detail,omitempty"`
	Why    string `json:"why,omitempty"` // text key of the sentence why it shows what it shows
}

// Accounts turns accounts into their JSON form; lists are empty, never null.
func Accounts(accounts []account.Account, c *catalog.Catalog) []AccountJSON {
	out := make([]AccountJSON, 0, len(accounts))
	for _, a := range accounts {
		j := AccountJSON{
			Platform: a.Platform, Name: a.Name, Confidence: a.Confidence.String(), Identifiers: append([]identifier.Identifier{}, a.Identifiers...),
			Purposes: []string{}, SecondFactor: append([]string{}, a.SecondFactor...), Findings: []FindingJSON{},
		}
		if a.ID != a.Platform {
			j.Account = a.ID
		}
		for _, p := range a.Purposes {
			j.Purposes = append(j.Purposes, string(p))
		}
		if p, ok := c.ByID(a.Platform); ok {
			j.ExitRating = string(p.Exit)
		}
		for _, f := range a.Findings {
			j.Findings = append(j.Findings, findingJSON(f))
		}
		out = append(out, j)
	}
	return out
}

// Grade fills in how each account fares; accounts and list go side by side.
func Grade(list []AccountJSON, accounts []account.Account, m *reach.Model) {
	for i, a := range accounts {
		g := m.Grade(a.ID)
		list[i].Security, list[i].Recovery = picture.Level(g.Security.Level), picture.Level(g.Recoverability.Level)
	}
}

func findingJSON(f evidence.Finding) FindingJSON {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	return FindingJSON{Kind: string(f.Fact), Source: f.Source, Count: f.Count, First: day(f.First), Last: day(f.Last), Detail: f.Detail, Why: f.Why}
}

func (in Input) shown(id identifier.Identifier) string {
	return in.Text.Identifier(id, !in.Masked)
}

func (in Input) csv(w io.Writer) error {
	t := in.Text
	c := csv.NewWriter(w)
	_ = c.Write([]string{t.T("report.col.platform"), t.T("report.col.name"), t.T("report.col.sure"), t.T("report.col.holds"), t.T("report.col.factor"), t.T("report.col.exit")})
	for _, r := range in.rows() {
		cells := []string{r.Platform, r.Name, r.Sure, r.Holds, r.Factor, r.Exit}
		for i, s := range cells {
			cells[i] = text.Cell(s)
		}
		_ = c.Write(cells)
	}
	c.Flush()
	return c.Error()
}

// Event writes a line of the history.
func Event(t *text.Printer, e profile.Event) string {
	pairs := make([]any, 0, 2*len(e.Args))
	for i, a := range e.Args {
		if key := "guide.step." + a + ".title"; t.Has(key) {
			a = t.T(key, "platform", e.Args[0])
		} else if key := "format." + a; t.Has(key) {
			a = t.T(key)
		}
		pairs = append(pairs, i, a)
	}
	return t.T(e.What, pairs...)
}

type row struct{ Platform, Name, Sure, Holds, Factor, Exit, Advertisers string }

func (in Input) rows() []row {
	t := in.Text
	var out []row
	for _, a := range in.Overview.Accounts {
		exit := catalog.ExitUnknown
		if p, ok := in.Catalog.ByID(a.Platform); ok {
			exit = p.Exit
		}
		var holds, factors []string
		for _, id := range a.Identifiers {
			holds = append(holds, in.shown(id))
		}
		for _, f := range a.SecondFactor {
			factors = append(factors, t.T("factor."+f))
		}
		out = append(out, row{
			a.Platform, a.Name, t.T("confidence." + a.Confidence.String()), strings.Join(holds, ", "), strings.Join(factors, ", "),
			t.T("exit." + string(exit) + ".name"), strings.Join(a.Advertisers, ", "),
		})
	}
	return out
}

// content is what the page template shows.
type content struct {
	T                                *text.Printer
	Date, Version                    string
	Rows                             []row
	Found, Leaks, Incidents          []string
	Reach                            []reachPart
	Checked, Unchecked               []string
	Actions                          []actionRow
	Ledger, History                  []string
	Credits                          []catalog.Credit
	Phones, Accounts, Requests, Upto string
}

type actionRow struct{ Title, Why, State string }

func (in Input) page() content {
	t := in.Text
	p := content{T: t, Date: t.Date(in.Now), Version: in.Version, Rows: in.rows(), Credits: in.Credits}
	phones := 0
	for _, a := range in.Overview.Accounts {
		if a.HoldsPhone() {
			phones++
		}
	}
	p.Accounts, p.Phones = t.N("find.accounts", len(in.Overview.Accounts)), t.N("find.phones", phones)
	for _, n := range in.Overview.Leaks {
		if n.Certainty == breach.Possible {
			p.Leaks = append(p.Leaks, in.leak(n))
		} else {
			p.Found = append(p.Found, in.leak(n))
		}
	}
	p.Upto = t.T("check.local.upto", "date", t.Date(in.Breaches.Newest()), "n", t.Number(int64(in.Breaches.Len())))
	for _, c := range in.Overview.Incidents {
		line := c.Platform + " · " + t.In(c.Title) + " · " + c.Known().Words(t) + " · " + t.T("incident.status."+string(c.Status)) + " · " + t.T("had."+string(c.Had))
		if c.Number == breach.HadYes {
			line += " · " + t.T("incident.number.yes")
		}
		p.Incidents = append(p.Incidents, line)
	}
	in.reach(&p)
	in.lookups(&p)
	for _, a := range in.Overview.Actions {
		name := a.Platform
		if pl, ok := in.Catalog.ByID(a.Platform); ok {
			name = pl.Name
		}
		others := make([]string, len(a.Args))
		for i, id := range a.Args {
			others[i] = id
			if pl, ok := in.Catalog.ByID(id); ok {
				others[i] = pl.Name
			}
		}
		p.Actions = append(p.Actions, actionRow{t.T("plan.action."+string(a.Kind), "platform", name), t.T(a.Why, "others", strings.Join(others, ", ")), t.T(a.StateKey())})
	}
	for _, e := range in.Profile.Ledger {
		p.Ledger = append(p.Ledger, t.Date(e.Time)+" · "+e.Host+" · "+t.T("ledger."+e.Purpose, "who", e.Subject)+" · "+t.T("ledger.result."+e.Result))
	}
	p.Requests = t.N("status.requests", len(in.Profile.Ledger))
	for _, e := range in.Profile.History {
		p.History = append(p.History, t.Date(e.At)+" · "+Event(t, e))
	}
	return p
}

// leak is one leak with how sure it is and who says so.
func (in Input) leak(n breach.Named) string {
	t := in.Text
	parts := []string{n.Title}
	if !n.Date.IsZero() {
		parts = append(parts, t.Month(n.Date))
	}
	parts = append(parts, t.T("leak.certainty."+string(n.Certainty)))
	if n.Account != "" {
		parts = append(parts, t.T("had."+string(n.Had)))
	}
	if len(n.Sources) > 0 {
		names := make([]string, len(n.Sources))
		for i, s := range n.Sources {
			names[i] = t.T("source." + s + ".name")
		}
		parts = append(parts, t.T("check.report.sources", "sources", strings.Join(names, ", ")))
	}
	return strings.Join(parts, " · ")
}

// lookups tells what was asked, and as plainly what was not: a report must not
// read like an all-clear.
func (in Input) lookups(p *content) {
	t := in.Text
	asked := map[identifier.Identifier]bool{}
	for _, r := range in.Profile.Lookups {
		line := in.shown(r.Identifier) + " · " + t.T("source."+r.Source+".name") + " · " + t.T("outcome."+r.Outcome.String()) + " · " + t.Date(r.At)
		p.Checked = append(p.Checked, line)
		asked[r.Identifier] = asked[r.Identifier] || r.Outcome.Answered()
	}
	for _, o := range in.Profile.Identifiers {
		if !asked[o.ID] {
			p.Unchecked = append(p.Unchecked, in.shown(o.ID)+" · "+t.T("outcome.not-checked"))
		}
	}
}

var page = template.Must(template.New("report").Parse(pageHTML))

// reach draws what a stolen number opens, today and after the plan. Without a
// number or an account there is nothing to draw.
func (in Input) reach(p *content) {
	if len(in.Overview.Accounts) == 0 || !slices.ContainsFunc(in.Profile.Identifiers, func(o profile.Own) bool { return o.ID.Kind == identifier.KindPhone }) {
		return
	}
	for _, planned := range []bool{false, true} {
		m := overview.Reach(in.Profile, in.Overview, in.Catalog, planned)
		answer, err := m.Ask(reach.Steal, []string{reach.MeansNumber})
		if err != nil {
			continue
		}
		var b strings.Builder
		drawn := picture.New(m, in.Text, picture.Options{
			Outcome: answer, Tier: m.Tier, Show: !in.Masked,
		})
		if SVG(&b, drawn, in.Text) != nil {
			continue
		}
		key := "report.reach.now"
		if planned {
			key = "report.reach.after"
		}
		p.Reach = append(p.Reach, reachPart{in.Text.N(key, len(answer.Compromised)), template.HTML(b.String())}) //nolint:gosec // every word in it is escaped by SVG
	}
}

// reachPart is one picture with what it says.
type reachPart struct {
	Says string
	SVG  template.HTML
}
