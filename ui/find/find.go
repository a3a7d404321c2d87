// Package find is the place of the evidence: who holds my number and my
// address? It reads the person's own files and nothing else.
package find

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/job"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/host"
	"unlisted/ui/kit"
)

// Place is the place Find.
type Place struct {
	h       *host.Host
	region  string
	pending *evidence.Report // read, and waiting for the person's yes
	stopped bool
	query   string
	browse  browse
}

// New returns the place; region is the system's, for national numbers.
func New(h *host.Host, region string) *Place { return &Place{h: h, region: region} }

// Scan reads files and folders, then asks whether to keep what they show.
func (p *Place) Scan(paths []string) {
	region := p.h.Profile().Settings.Region
	if region == "" {
		region = p.region
	}
	var report evidence.Report
	p.h.Run("find.reading", func(ctx context.Context, progress func(job.Progress)) (err error) {
		report, err = evidence.Scan(ctx, paths, evidence.Options{Importers: p.h.Importers, Region: region}, progress)
		return err
	}, func(err error) {
		// What was found before a stop is offered, not thrown away.
		p.stopped = err != nil
		p.pending = &report
		p.h.Go("find", "")
	})
}

// Build draws the place, the catalogue where arg is "all", or one platform where
// arg names it.
func (p *Place) Build(s *kit.Scope, arg string) fyne.CanvasObject {
	switch arg {
	case "":
	case browseArg:
		return p.all(s)
	default:
		return p.account(s, arg)
	}
	t := s.Text
	pr := p.h.Profile()
	o := p.h.Overview()
	objects := []fyne.CanvasObject{kit.Tight(s.Title(t.T("find.title")), s.Body(t.T("find.intro")))}
	if p.pending != nil {
		objects = append(objects, p.review(s, pr))
		return kit.Page(objects...)
	}
	kind := kit.Secondary
	if len(o.Accounts) == 0 {
		kind = kit.Primary
	}
	choose := s.Flow(
		s.Button(t.T("find.file"), kind, func() { p.h.Choose(false, func(f string) { p.Scan([]string{f}) }) }),
		s.Button(t.T("find.folder"), kit.Secondary, func() { p.h.Choose(true, func(f string) { p.Scan([]string{f}) }) }),
	)
	objects = append(objects, s.Card(s.Strong(t.T("find.drop")), s.Caption(t.T("find.drop.why")), choose))
	if len(o.Accounts) > 0 {
		objects = append(objects, p.accounts(s, o), s.Button(t.T("find.next"), kit.Primary, func() { p.h.Go("check", "") }))
	}
	objects = append(objects, p.byHand(s, pr))
	if len(pr.Scans) > 0 {
		objects = append(objects, p.files(s, pr))
	}
	objects = append(objects, p.howTo(s))
	return kit.Page(objects...)
}

// Summary counts what a person wants to know first.
type Summary struct{ Accounts, Phones, Lists int }

// Summarise counts accounts, those that hold a number, and companies that
// matched the person by a list.
func Summarise(o overview.Overview) (s Summary) {
	companies := map[string]bool{}
	for _, a := range o.Accounts {
		s.Accounts++
		if a.HoldsPhone() {
			s.Phones++
		}
		for _, c := range a.Advertisers {
			companies[c] = true
		}
	}
	s.Lists = len(companies)
	return s
}

func (p *Place) accounts(s *kit.Scope, o overview.Overview) fyne.CanvasObject {
	t := s.Text
	sum := Summarise(o)
	lines := []fyne.CanvasObject{s.Heading(t.N("find.accounts", sum.Accounts)), s.Body(t.N("find.phones", sum.Phones))}
	if sum.Lists > 0 {
		lines = append(lines, s.Body(t.N("find.lists", sum.Lists)))
	}
	sorted := byWeight(o.Accounts)
	items := make([]kit.Item, len(sorted))
	for i, a := range sorted {
		items[i] = Item(t, a)
	}
	list := s.List(items, func(i int) { p.h.Go("find", sorted[i].ID) })
	lines = append(lines, list)
	if n := len(o.Mailed); n > 0 {
		lines = append(lines, s.Caption(t.N("find.mailed", n)))
	}
	if n := len(o.Unmatched); n > 0 {
		lines = append(lines, s.Caption(t.N("find.unmatched", n)))
	}
	return kit.Column(lines...)
}

// byWeight puts accounts that hold the number first, then by name.
func byWeight(accounts []account.Account) []account.Account {
	out := slices.Clone(accounts)
	slices.SortStableFunc(out, func(a, b account.Account) int {
		if a.HoldsPhone() != b.HoldsPhone() {
			if a.HoldsPhone() {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return out
}

// Item is an account as a row.
func Item(t *text.Printer, a account.Account) kit.Item {
	var parts []string
	if a.HoldsPhone() {
		parts = append(parts, t.T("find.row.phone"))
	}
	if len(a.SecondFactor) > 0 {
		names := make([]string, len(a.SecondFactor))
		for i, f := range a.SecondFactor {
			names[i] = t.T("factor." + f)
		}
		parts = append(parts, strings.Join(names, ", "))
	}
	if n := len(a.Advertisers); n > 0 {
		parts = append(parts, t.N("find.row.lists", n))
	}
	if n := len(a.ReusedWith); n > 0 {
		parts = append(parts, t.N("find.row.reused", n))
	}
	if len(parts) == 0 {
		parts = append(parts, t.T("find.row.email"))
	}
	tone := map[evidence.Confidence]kit.Tone{evidence.Confirmed: kit.Good, evidence.Likely: kit.Accent}[a.Confidence]
	return kit.Item{Title: a.Name, Detail: strings.Join(parts, " · "), Badge: t.T("confidence." + a.Confidence.String()), Tone: tone}
}

// review shows what a scan found before anything is kept.
func (p *Place) review(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	after := *pr
	_ = session.AcceptReport{Report: *p.pending}.Apply(&after, p.h.Now())
	o := overview.Of(&after, p.h.Catalog, p.h.Breaches)
	from := map[string]bool{}
	for _, f := range p.pending.Findings {
		from[f.Source+f.Format] = true
	}
	var found []account.Account
	for _, a := range o.Accounts {
		if slices.ContainsFunc(a.Findings, func(f evidence.Finding) bool { return from[f.Source+f.Format] }) {
			found = append(found, a)
		}
	}
	rows := []fyne.CanvasObject{s.Heading(t.N("find.review", len(found)))}
	if p.stopped {
		rows = append(rows, s.Body(t.T("find.review.stopped")))
	}
	items := make([]kit.Item, len(found))
	for i, a := range byWeight(found) {
		items[i] = Item(t, a)
	}
	if len(items) > 0 {
		rows = append(rows, s.List(items, nil))
	}
	rows = append(rows, p.sources(s, p.pending.Sources)...)
	buttons := []fyne.CanvasObject{}
	if len(p.pending.Findings) > 0 {
		buttons = append(buttons, s.Button(t.T("find.keep"), kit.Primary, func() {
			r := *p.pending
			p.pending = nil
			p.h.Apply(session.AcceptReport{Report: r})
		}))
	}
	buttons = append(buttons, s.Button(t.T("find.discard"), kit.Secondary, func() { p.pending = nil; p.h.Refresh() }))
	return s.Card(append(rows, s.Flow(buttons...))...)
}

// sources tells of every file what it was and what could not be read.
func (p *Place) sources(s *kit.Scope, list []evidence.Source) []fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	for _, src := range list {
		if src.Format != "" {
			rows = append(rows, s.Caption(fmt.Sprintf("%s · %s · %s", src.Path, t.T("format."+src.Format), t.N("find.items", src.Items))))
		}
		for _, pb := range src.Problems {
			m := t.Sentence(&pb)
			m.What = src.Path + t.T("kit.colon") + m.What
			rows = append(rows, s.Banner(kit.Warning, m))
		}
	}
	return rows
}

func (p *Place) files(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.files"))}
	for _, sc := range pr.Scans {
		src := sc.Source
		line := fmt.Sprintf("%s · %s · %s", src.Path, t.T("format."+src.Format), t.Date(sc.At))
		rows = append(rows, s.Sides(s.Caption(line), s.Button(t.T("find.forget", "what", src.Path), kit.Quiet, func() {
			p.h.Apply(session.RemoveSource{Path: src.Path, Format: src.Format})
		})))
	}
	return s.Card(rows...)
}

// byHand adds an account the person knows of.
func (p *Place) byHand(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	f := s.Field(t.T("find.hand"), t.T("find.hand.placeholder"), false, func(v string) { p.query = v; p.h.Refresh() })
	f.Entry.SetText(p.query)
	rows := []fyne.CanvasObject{f.Object, s.Button(t.T("find.hand.search"), kit.Secondary, func() { p.query = f.Entry.Text; p.h.Refresh() })}
	if p.query != "" {
		hits := p.h.Catalog.Search(p.query, 6)
		items := make([]kit.Item, len(hits))
		for i, h := range hits {
			items[i] = kit.Item{Title: h.Name, Detail: h.ID, Badge: t.T("exit." + string(h.Exit) + ".name")}
		}
		if len(hits) == 0 {
			rows = append(rows, s.Caption(t.T("find.hand.none")))
		} else {
			rows = append(rows, s.List(items, func(i int) {
				p.query = ""
				c := session.ClaimOf(pr, hits[i].ID, "")
				c.Gone = false
				p.h.Apply(session.SetClaim{Claim: c})
			}))
		}
	}
	rows = append(rows, s.Button(t.T("browse.open"), kit.Quiet, func() { p.h.Go("find", browseArg) }))
	return s.Card(rows...)
}

// howTo says how to get each kind of file.
func (p *Place) howTo(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.how")), s.Body(t.T("find.how.why"))}
	for _, imp := range p.h.Importers {
		id := imp.Format().ID
		rows = append(rows, kit.Tight(s.Strong(t.T("format."+id)), s.Caption(t.T("format."+id+".how"))))
	}
	return s.Card(rows...)
}
