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
	"unlisted/checks/identifier"
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
	reading reading
	letter  letter
	query   string
	browse  browse
}

// reading is one scan, from the first byte to the person's yes.
type reading struct {
	paths    []string
	unlock   []evidence.Unlock
	found    *evidence.Report // waiting for the person's yes; nil: nothing is
	stopped  bool
	refused  map[string]bool // accounts the person took the tick from
	together map[string]bool // platforms whose accounts the person says are one
}

// New returns the place; region is the system's, for national numbers.
func New(h *host.Host, region string) *Place { return &Place{h: h, region: region} }

// Scan reads files and folders, then asks whether to keep what they show.
func (p *Place) Scan(paths []string) {
	p.reading = reading{paths: paths}
	p.read()
}

// read reads the files of the current scan, again with what the person offered
// for locked ones.
func (p *Place) read() {
	pr := p.h.Profile()
	region := pr.Settings.Region
	if region == "" {
		region = p.region
	}
	r := p.reading
	r.found, r.refused, r.together = nil, map[string]bool{}, map[string]bool{}
	o := evidence.Options{Importers: p.h.Importers, Region: region, Own: overview.Own(pr), Unlock: r.unlock, Identity: pr.SourceID}
	var report evidence.Report
	p.h.Run("find.reading", func(ctx context.Context, progress func(job.Progress)) (err error) {
		report, err = evidence.Scan(ctx, r.paths, o, progress)
		return err
	}, func(err error) {
		// What was found before a stop is offered, not thrown away.
		r.stopped, r.found = err != nil, &report
		p.reading = r
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
	case sourcesArg:
		return p.sources(s)
	case mailArg:
		return p.mail(s)
	default:
		if id, ok := strings.CutPrefix(arg, sourcesArg+"/"); ok {
			return p.source(s, id)
		}
		return p.account(s, arg)
	}
	t := s.Text
	pr := p.h.Profile()
	o := p.h.Overview()
	objects := []fyne.CanvasObject{kit.Tight(s.Title(t.T("find.title")), s.Body(t.T("find.intro")))}
	if p.reading.found != nil {
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
		s.Button(t.T("find.sources"), kit.Secondary, func() { p.h.Go("find", sourcesArg) }),
	)
	objects = append(objects, s.Card(s.Strong(t.T("find.drop")), s.Caption(t.T("find.drop.why")), choose))
	if len(o.Accounts) > 0 {
		objects = append(objects, p.accounts(s, o, pr.Settings), s.Button(t.T("find.next"), kit.Primary, func() { p.h.Go("check", "") }))
	}
	objects = append(objects, p.byHand(s, pr))
	if len(pr.Scans) > 0 {
		objects = append(objects, p.files(s, pr))
	}
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

func (p *Place) accounts(s *kit.Scope, o overview.Overview, set profile.Settings) fyne.CanvasObject {
	t := s.Text
	sum := Summarise(o)
	lines := []fyne.CanvasObject{s.Heading(t.N("find.accounts", sum.Accounts)), s.Body(t.N("find.phones", sum.Phones))}
	if sum.Lists > 0 {
		lines = append(lines, s.Body(t.N("find.lists", sum.Lists)))
	}
	sorted := byWeight(o.Accounts)
	items := make([]kit.Item, len(sorted))
	for i, a := range sorted {
		items[i] = p.item(t, a, set)
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

// item is an account as a row.
func (p *Place) item(t *text.Printer, a account.Account, set profile.Settings) kit.Item {
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
	return kit.Item{Title: a.Label(func(id identifier.Identifier) string { return p.h.Shown(id, set) }), Detail: strings.Join(parts, " · "), Badge: t.T("confidence." + a.Confidence.String()), Tone: tone}
}

func (p *Place) files(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("find.files"))}
	for _, sc := range pr.Scans {
		src := sc.Source
		line := fmt.Sprintf("%s · %s · %s", src.Path, t.T("format."+src.Format), t.Date(sc.At))
		rows = append(rows, s.Sides(s.Caption(line), s.Button(t.T("find.forget", "what", src.Path), kit.Quiet, func() {
			p.h.Apply(session.RemoveSource{Source: src})
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
				c := account.ClaimOf(pr.Claims, hits[i].ID, "")
				c.Gone = false
				p.h.Apply(session.SetClaim{Claim: c})
			}))
		}
	}
	rows = append(rows, s.Button(t.T("browse.open"), kit.Quiet, func() { p.h.Go("find", browseArg) }))
	return s.Card(rows...)
}
