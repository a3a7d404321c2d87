package find

import (
	"fmt"
	"os"
	"slices"
	"strings"

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
func (p *Page) review(s *kit.Scope, pr *profile.Profile, sc *scan) fyne.CanvasObject {
	t := s.Text
	found := p.found(pr, sc)
	rows := []fyne.CanvasObject{s.Heading(t.N("find.review", len(found)))}
	if more := len(p.st.pending) - 1; more > 0 {
		rows = append(rows, s.Caption(t.N("find.review.next", more)))
	}
	if sc.stopped {
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
		rows = append(rows, kit.CompactColumn(
			s.Check(it.Title, !sc.refused[a.Key()], func(yes bool) { sc.refused[a.Key()] = !yes }),
			s.Caption(it.Detail+" · "+it.Badge)))
		if several[a.Platform] > 1 && !asked[a.Platform] {
			asked[a.Platform] = true
			rows = append(rows, s.Check(t.T("find.review.together", "n", t.Number(int64(several[a.Platform])), "platform", a.Name), sc.together[a.Platform], func(yes bool) { sc.together[a.Platform] = yes }))
		}
	}
	rows = append(rows, p.problems(s, sc)...)
	rows = append(rows, p.skipped(s, sc)...)
	buttons := []fyne.CanvasObject{}
	if len(sc.found.Findings) > 0 {
		buttons = append(buttons, s.Button(t.T("find.keep"), kit.Primary, func() { p.keep(sc, found) }))
	}
	buttons = append(buttons, s.Button(t.T("find.discard"), kit.Secondary, func() { p.decide(); p.d.Redraw() }))
	return s.Card(append(rows, s.Flow(buttons...))...)
}

// maxReview is how many accounts are listed to be ticked; the others are kept
// and can be refused on their own page.
const maxReview = 150

// found are the accounts that the scan shows anything of, by weight.
func (p *Page) found(pr *profile.Profile, sc *scan) []account.Account {
	after := *pr
	_ = session.AcceptReport{Report: sc.found}.Apply(&after, p.d.Now()) // without claims it cannot refuse
	o := overview.Of(&after, p.d.Catalog(), p.d.Breaches())
	from := map[string]bool{}
	for _, f := range sc.found.Findings {
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
func (p *Page) keep(sc *scan, found []account.Account) {
	c := session.AcceptReport{Report: sc.found}
	names := map[string][]string{}
	for _, a := range found {
		if sc.together[a.Platform] {
			names[a.Platform] = append(names[a.Platform], a.Joinable()...)
			continue
		}
		if sc.refused[a.Key()] {
			claim := account.ClaimFor(p.d.Profile().Claims, a)
			claim.Gone = true
			c.Claims = append(c.Claims, claim)
		}
	}
	for platform, list := range names {
		claim := account.ClaimOf(p.d.Profile().Claims, platform, "")
		claim.Together = list
		c.Claims = append(c.Claims, claim)
	}
	p.decide()
	if p.d.Apply(c) && sc.box != nil {
		p.d.Apply(*sc.box)
	}
	p.d.Redraw()
}

// problems tells of every file what it was and what could not be read, and asks
// for the password of what is locked.
func (p *Page) problems(s *kit.Scope, sc *scan) []fyne.CanvasObject {
	list := sc.found.Sources
	t := s.Text
	var rows []fyne.CanvasObject
	locked := false
	for _, src := range list {
		if src.Format != "" {
			rows = append(rows, s.Caption(fmt.Sprintf("%s · %s · %s", src.Path, t.T("format."+src.Format), t.N("find.items", src.Items))))
		}
		for _, k := range src.Passed {
			rows = append(rows, s.Caption(t.T("skip.line", "what", t.N("skip."+string(k.Reason), k.Count))))
		}
	}
	for _, r := range evidence.Refusals(list) {
		names := strings.Join(r.Names, ", ")
		if r.More > 0 {
			names = t.N("find.files_more", r.More, "names", names)
		}
		m := t.Sentence(&r.Problem)
		m.What = names + t.T("kit.colon") + m.What
		rows = append(rows, s.Banner(kit.Warning, m))
		locked = locked || r.Problem.Locked()
	}
	if locked {
		rows = append(rows, p.unlockCard(s, sc))
	}
	return rows
}

// maxSkippedNames is how many names of what was not taken are listed for one
// reason; the command line lists all that are kept.
const maxSkippedNames = 60

// skipped lists what was not taken by name, where the person wants to see it, and
// names the sites that nobody knows.
func (p *Page) skipped(s *kit.Scope, sc *scan) (rows []fyne.CanvasObject) {
	t := s.Text
	some := false
	for _, src := range sc.found.Sources {
		for _, k := range src.Passed {
			if some = true; !sc.skipped {
				break
			}
			names := k.Names[:min(len(k.Names), maxSkippedNames)]
			what := src.Path + t.T("kit.colon") + t.N("skip."+string(k.Reason), k.Count)
			if len(names) > 0 {
				what += t.T("kit.colon") + strings.Join(names, ", ")
			}
			if more := k.Count - len(names); more > 0 && len(names) > 0 {
				what += " " + t.N("skip.more", more)
			}
			rows = append(rows, s.Caption(what))
		}
	}
	if unknown := account.Fuse(sc.found.Findings, nil, nil, p.d.Catalog()).Unmatched; len(unknown) > 0 {
		var names []string
		for _, u := range unknown[:min(len(unknown), maxSkippedNames)] {
			names = append(names, u.Domain)
		}
		rows = append(rows, s.Caption(t.N("skip.unknown", len(unknown), "names", strings.Join(names, ", "))))
	}
	if !some {
		return rows
	}
	key := "skip.show"
	if sc.skipped {
		key = "skip.hide"
	}
	return append(rows, s.Flow(s.Button(t.T(key), kit.Secondary, func() {
		sc.skipped = !sc.skipped
		p.d.Redraw()
	})))
}

// unlockCard takes a password or a key file and reads again. Both live in memory
// for this scan only.
func (p *Page) unlockCard(s *kit.Scope, sc *scan) fyne.CanvasObject {
	t := s.Text
	var f *kit.Field
	again := func(pass string) {
		if pass == "" {
			return
		}
		sc.unlock = append(sc.unlock, evidence.Unlock{Passphrase: pass})
		f.Clear()
		p.read(sc)
	}
	f = s.Field("unlock", t.T("find.unlock"), t.T("find.unlock.placeholder"), true, again)
	return s.Card(f.Object, s.Caption(t.T("find.unlock.why")), s.Flow(
		s.Button(t.T("find.unlock.again"), kit.Secondary, func() { again(f.Text()) }),
		s.Button(t.T("find.unlock.keyfile"), kit.Secondary, func() { p.d.Choose(false, func(path string) { p.withKeyFile(sc, path, f.Text()) }) }),
	))
}

// maxKeyFile bounds what is taken for a key file; KeePass makes them of a few
// hundred bytes, but takes any file.
const maxKeyFile = 16 << 20

func (p *Page) withKeyFile(sc *scan, path, pass string) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxKeyFile {
		p.d.Tell(evidence.NewProblem(path, "error.evidence.unreadable"))
		return
	}
	key, err := os.ReadFile(path)
	if err != nil {
		p.d.Tell(evidence.NewProblem(path, "error.evidence.unreadable"))
		return
	}
	sc.unlock = append(sc.unlock, evidence.Unlock{Passphrase: pass, KeyFile: key})
	p.read(sc)
}
