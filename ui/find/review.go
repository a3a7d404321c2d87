package find

import (
	"context"

	"fyne.io/fyne/v2"

	"unlisted/checks/evidence"
	"unlisted/checks/job"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// reviewing shows what a scan found before anything is kept: the person takes the
// tick from what is not theirs, and says which accounts are one.
func (p *Page) reviewing(s *kit.Scope, sc *scan) fyne.CanvasObject {
	t, d := s.Text, p.data()
	r, from := p.reviewOf(sc, d, t)
	v := makeReview(d, r, from, sc, len(p.st.pending)-1, t)
	items := make([]kit.TickItem, len(v.rows))
	for i, row := range v.rows {
		items[i] = kit.TickItem{Item: itemOf(row.row, false), On: row.on}
	}
	parts := kit.PageParts{Title: v.title, Lead: v.lead, Fill: true}
	if len(v.chips) > 0 {
		parts.Tools = kit.Column(s.Chips(chipsOf(v.chips), v.kind, func(id string) { sc.kind = id; p.d.Redraw() }), s.Wrap(
			s.Button(t.T("find.review.all"), kit.Quiet, func() { sc.tickAll(v.rows, true); p.d.Redraw() }),
			s.Button(t.T("find.review.untick"), kit.Quiet, func() { sc.tickAll(v.rows, false); p.d.Redraw() }),
		))
	}
	if len(items) == 0 {
		parts.Body, parts.Foot, parts.Fill = kit.Stack(p.aside(s, sc, v)...), p.keepBar(s, sc, v), false
		return s.Page(parts)
	}
	list := s.Ticks(items, func(i int, on bool) { sc.refused[v.rows[i].key] = !on; p.d.Redraw() })
	parts.Body = s.FillColumns(s.ListCard(list), kit.Stack(p.aside(s, sc, v)...))
	parts.Foot = p.keepBar(s, sc, v)
	return s.Page(parts)
}

// keepBar is the answer, always in sight.
func (p *Page) keepBar(s *kit.Scope, sc *scan, v reviewView) fyne.CanvasObject {
	t := s.Text
	var buttons []fyne.CanvasObject
	if v.keep {
		buttons = append(buttons, s.Button(t.T("find.keep"), kit.Primary, func() { p.keep(sc) }))
	}
	buttons = append(buttons, s.Button(t.T("find.discard"), kit.Secondary, func() { p.decide(); p.d.Redraw() }))
	return s.ActionBar(v.foot, buttons...)
}

// keep stores what was found, with what the person said of it.
func (p *Page) keep(sc *scan) {
	c := session.AcceptReport{}
	r, _ := p.reviewOf(sc, p.data(), p.d.Text())
	c.Report, c.Claims = r.Kept(sc.refused, sc.together, p.d.Profile().Claims)
	p.decide()
	if p.d.Apply(c) && sc.box != nil {
		p.d.Apply(*sc.box)
	}
	p.d.Redraw()
}

// aside is what else a reading showed: whose identifiers, which accounts may be
// one, what was read, and what was not and why.
func (p *Page) aside(s *kit.Scope, sc *scan, v reviewView) (cards []fyne.CanvasObject) {
	t := s.Text
	for _, n := range v.notes {
		cards = append(cards, s.Card(s.Body(n)))
	}
	for _, m := range v.refused {
		cards = append(cards, s.Banner(kit.Warning, m))
	}
	if v.locked {
		cards = append(cards, p.unlockCard(s, sc))
	}
	if len(v.proposed) > 0 {
		rows := []fyne.CanvasObject{s.Caption(t.T("find.proposed.why"))}
		for _, h := range v.proposed {
			rows = append(rows, kit.CompactColumn(s.Strong(h.shown), p.whose(s, h)))
		}
		cards = append(cards, s.Panel(t.T("find.proposed"), rows...))
	}
	if len(v.joints) > 0 {
		var rows []fyne.CanvasObject
		for _, j := range v.joints {
			rows = append(rows, s.Tick(j.words, j.on, func(yes bool) { sc.together[j.platform] = yes }))
		}
		cards = append(cards, s.Panel(t.T("find.together"), rows...))
	}
	if card := p.clearCard(s); card != nil {
		cards = append(cards, card)
	}
	if rows := p.passed(s, sc, v); len(rows) > 0 {
		cards = append(cards, s.Panel(t.T("find.readnow"), rows...))
	}
	return cards
}

// passed lists the files that were read, and what of them was not taken.
func (p *Page) passed(s *kit.Scope, sc *scan, v reviewView) (rows []fyne.CanvasObject) {
	t := s.Text
	for _, f := range v.read.files {
		one := []fyne.CanvasObject{s.Strong(f.name), s.Caption(f.what)}
		for _, why := range f.passed {
			one = append(one, s.Caption(t.T("skip.line", "what", why)))
		}
		rows = append(rows, kit.CompactColumn(one...))
	}
	if v.read.unknown != "" {
		rows = append(rows, s.Caption(v.read.unknown))
	}
	for _, n := range v.read.names {
		rows = append(rows, s.Caption(n))
	}
	if v.read.named {
		key := "skip.show"
		if sc.skipped {
			key = "skip.hide"
		}
		rows = append(rows, s.Button(t.T(key), kit.Quiet, func() { sc.skipped = !sc.skipped; p.d.Redraw() }))
	}
	return rows
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
	return s.Card(f.Object, s.Caption(t.T("find.unlock.why")), s.Wrap(
		s.Button(t.T("find.unlock.again"), kit.Secondary, func() { again(f.Text()) }),
		s.Button(t.T("find.unlock.keyfile"), kit.Secondary, func() {
			p.d.Choose(false, func(path string) { p.withKeyFile(sc, path, f.Text()) })
		}),
	))
}

// withKeyFile reads the scan again with a key file. It may stand on a stick or a
// share, so it is not read on the window's thread.
func (p *Page) withKeyFile(sc *scan, path, pass string) {
	var key []byte
	p.d.Run("find.keyfile", func(context.Context, func(job.Progress)) (err error) {
		key, err = evidence.ReadKeyFile(path)
		return err
	}, func(err error) {
		if p.d.Tell(err); err == nil {
			sc.unlock = append(sc.unlock, evidence.Unlock{Passphrase: pass, KeyFile: key})
			p.read(sc)
		}
	})
}
