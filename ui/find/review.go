package find

import (
	"fmt"
	"os"
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/evidence"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// review shows what a scan found before anything is kept: the person takes the
// tick from what is not theirs, and says which accounts are one.
func (p *Place) review(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	found := p.found(pr)
	rows := []fyne.CanvasObject{s.Heading(t.N("find.review", len(found)))}
	if p.reading.stopped {
		rows = append(rows, s.Body(t.T("find.review.stopped")))
	}
	if len(found) > 0 {
		rows = append(rows, s.Caption(t.T("find.review.why")))
	}
	several := map[string]int{}
	for _, a := range found {
		several[a.Platform]++
	}
	asked := map[string]bool{}
	for i, a := range found {
		if i == maxReview {
			rows = append(rows, s.Caption(t.N("find.review.more", len(found)-i)))
			break
		}
		it := p.item(t, a, pr.Settings)
		rows = append(rows, kit.Tight(
			s.Check(it.Title, !p.reading.refused[a.Key()], func(yes bool) { p.reading.refused[a.Key()] = !yes }),
			s.Caption(it.Detail+" · "+it.Badge)))
		if several[a.Platform] > 1 && !asked[a.Platform] {
			asked[a.Platform] = true
			rows = append(rows, s.Check(t.T("find.review.together", "n", t.Number(int64(several[a.Platform])), "platform", a.Name), p.reading.together[a.Platform], func(yes bool) { p.reading.together[a.Platform] = yes }))
		}
	}
	rows = append(rows, p.problems(s, p.reading.found.Sources)...)
	buttons := []fyne.CanvasObject{}
	if len(p.reading.found.Findings) > 0 {
		buttons = append(buttons, s.Button(t.T("find.keep"), kit.Primary, func() { p.keep(found) }))
	}
	buttons = append(buttons, s.Button(t.T("find.discard"), kit.Secondary, func() { p.reading = reading{}; p.h.Refresh() }))
	return s.Card(append(rows, s.Flow(buttons...))...)
}

// maxReview is how many accounts are listed to be ticked; the others are kept
// and can be refused on their own page.
const maxReview = 150

// found are the accounts that the scan shows anything of, by weight.
func (p *Place) found(pr *profile.Profile) []account.Account {
	after := *pr
	_ = session.AcceptReport{Report: *p.reading.found}.Apply(&after, p.h.Now()) // without claims it cannot refuse
	o := overview.Of(&after, p.h.Catalog, p.h.Breaches)
	from := map[string]bool{}
	for _, f := range p.reading.found.Findings {
		from[f.SourceID+f.Source+f.Format] = true
	}
	var out []account.Account
	for _, a := range byWeight(o.Accounts) {
		if slices.ContainsFunc(a.Findings, func(f evidence.Finding) bool { return from[f.SourceID+f.Source+f.Format] }) {
			out = append(out, a)
		}
	}
	return out
}

// keep stores what was found, with what the person said of it.
func (p *Place) keep(found []account.Account) {
	c := session.AcceptReport{Report: *p.reading.found}
	names := map[string][]string{}
	for _, a := range found {
		if p.reading.together[a.Platform] {
			names[a.Platform] = append(names[a.Platform], a.Joinable()...)
			continue
		}
		if p.reading.refused[a.Key()] {
			claim := account.ClaimFor(p.h.Profile().Claims, a)
			claim.Gone = true
			c.Claims = append(c.Claims, claim)
		}
	}
	for platform, list := range names {
		claim := account.ClaimOf(p.h.Profile().Claims, platform, "")
		claim.Together = list
		c.Claims = append(c.Claims, claim)
	}
	p.reading = reading{}
	p.h.Apply(c)
}

// problems tells of every file what it was and what could not be read, and asks
// for the password of what is locked.
func (p *Place) problems(s *kit.Scope, list []evidence.Source) []fyne.CanvasObject {
	t := s.Text
	var rows []fyne.CanvasObject
	locked := false
	for _, src := range list {
		if src.Format != "" {
			rows = append(rows, s.Caption(fmt.Sprintf("%s · %s · %s", src.Path, t.T("format."+src.Format), t.N("find.items", src.Items))))
		}
		for _, pb := range src.Problems {
			m := t.Sentence(&pb)
			m.What = src.Path + t.T("kit.colon") + m.What
			rows = append(rows, s.Banner(kit.Warning, m))
			locked = locked || pb.What == "error.evidence.locked" || pb.What == "error.evidence.wrong_password"
		}
	}
	if locked {
		rows = append(rows, p.unlockCard(s))
	}
	return rows
}

// unlockCard takes a password or a key file and reads again. Both live in memory
// for this scan only.
func (p *Place) unlockCard(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	var f *kit.Field
	again := func(pass string) {
		if pass == "" {
			return
		}
		p.reading.unlock = append(p.reading.unlock, evidence.Unlock{Passphrase: pass})
		f.Entry.SetText("")
		p.read()
	}
	f = s.Field(t.T("find.unlock"), t.T("find.unlock.placeholder"), true, again)
	return s.Card(f.Object, s.Caption(t.T("find.unlock.why")), s.Flow(
		s.Button(t.T("find.unlock.again"), kit.Secondary, func() { again(f.Entry.Text) }),
		s.Button(t.T("find.unlock.keyfile"), kit.Secondary, func() { p.h.Choose(false, func(path string) { p.withKeyFile(path, f.Entry.Text) }) }),
	))
}

// maxKeyFile bounds what is taken for a key file; KeePass makes them of a few
// hundred bytes, but takes any file.
const maxKeyFile = 16 << 20

func (p *Place) withKeyFile(path, pass string) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxKeyFile {
		p.h.Tell(evidence.NewProblem(path, "error.evidence.unreadable"))
		return
	}
	key, err := os.ReadFile(path)
	if err != nil {
		p.h.Tell(evidence.NewProblem(path, "error.evidence.unreadable"))
		return
	}
	p.reading.unlock = append(p.reading.unlock, evidence.Unlock{Passphrase: pass, KeyFile: key})
	p.read()
}
