package find

import (
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/account"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// tones are the colours of what a word means.
var tones = map[tone]kit.Tone{plain: kit.Neutral, good: kit.Good, amber: kit.Warning, red: kit.Danger}

func tagsOf(list []tag) []kit.Tag {
	out := make([]kit.Tag, len(list))
	for i, t := range list {
		out[i] = kit.Tag{Word: t.word, Tone: tones[t.tone]}
	}
	return out
}

func chipsOf(list []chip) []kit.Chip {
	out := make([]kit.Chip, len(list))
	for i, c := range list {
		out[i] = kit.Chip{ID: c.id, Word: c.word, Count: c.count}
	}
	return out
}

func itemOf(r row, chosen bool) kit.Item {
	return kit.Item{ID: r.platform, Title: r.title, Detail: r.detail, Tags: tagsOf(r.tags), Chosen: chosen}
}

// accounts is the list of accounts beside the one that is chosen.
func (p *Page) accounts(s *kit.Scope) fyne.CanvasObject {
	t, d := s.Text, p.data()
	v := makeList(d, p.indexOf(d, t), p.st, t)
	beside, elsewhere := "", false // what is shown, and whether the list shows it
	if v.chosen >= 0 {
		beside = v.rows[v.chosen].id
	}
	if p.st.arg != "" && p.st.arg == p.st.chosen && beside != p.st.chosen {
		beside, elsewhere = p.st.chosen, true
	}
	items := make([]kit.Item, len(v.rows))
	for i, r := range v.rows {
		items[i] = itemOf(r, r.id == beside && !s.Narrow())
		if r.account {
			items[i].Menu = p.menu(s, r.id)
		}
	}
	tools := kit.Column(
		s.Chips(chipsOf(v.chips), v.group, func(id string) { p.st.group, p.st.chosen = id, ""; p.d.Redraw() }),
		s.SplitRow(
			s.Search("search", t.T("find.search"), func(q string) { p.search(q); p.d.Redraw() }),
			s.Button(t.T("find.add"), kit.Secondary, func() { p.d.Go("find", sourcesArg) }),
		),
	)
	parts := kit.PageParts{Title: v.title, Lead: v.lead, Tools: tools, Fill: true}
	if elsewhere {
		parts.Above = p.back(s)
	}
	if n := len(p.st.clear); n > 0 && parts.Above == nil {
		parts.Above = s.StatusWord(t.N("find.clear", n), kit.Warning, func() { p.d.Go("find", sourcesArg) })
	}
	p.fromTheTop(s, seen{v.group + "\n" + p.st.query, beside + "\n" + p.st.part})
	parts.Body = p.listBeside(s, items, v.none, beside, func(i int) { p.choose(s, v.rows[i].id) })
	return s.Page(parts)
}

// fromTheTop scrolls back what shows something else than before.
func (p *Page) fromTheTop(s *kit.Scope, now seen) {
	if now.list != p.seen.list {
		s.ListTop()
	}
	if now.beside != p.seen.beside {
		s.DetailTop()
	}
	p.seen = now
}

// listBeside is a list beside the detail of an account or platform; or why there is no list.
func (p *Page) listBeside(s *kit.Scope, items []kit.Item, none, beside string, picked func(int)) fyne.CanvasObject {
	var list, side fyne.CanvasObject
	if len(items) > 0 {
		list = s.Rows(items, picked)
	}
	if beside != "" && !s.Narrow() {
		side = kit.Column(p.detail(s, makeDetail(p.data(), beside, p.st, s.Text))...)
	}
	switch {
	case list != nil:
		return s.ListDetail(list, side)
	case side != nil:
		return kit.Stack(s.Card(s.Body(none)), s.Card(side))
	}
	return kit.Stack(s.Card(s.Body(none)))
}

// menu is what the other mouse button offers at an account.
func (p *Page) menu(s *kit.Scope, id string) []kit.ItemAction {
	t := s.Text
	return []kit.ItemAction{
		{Name: t.T("find.do.open"), Press: func() { p.d.Go("fix", id) }},
		{Name: t.T("find.why"), Press: func() { p.choose(s, id); p.st.part = partProof; p.d.Redraw() }},
		{Name: t.T("find.gone"), Press: func() { p.gone(id) }},
	}
}

// gone takes an account off the list: it is not the person's, or is no more.
func (p *Page) gone(id string) {
	a, is := p.d.Overview().Find(id)
	if !is {
		return
	}
	c := account.ClaimFor(p.d.Profile().Claims, a)
	c.Gone = true
	if p.d.Apply(session.SetClaim{Claim: c}) {
		p.st.chosen = ""
		p.d.Go("find", "")
	}
}

// choose shows an account or a platform: beside the list, or on a page of its own where there is no room.
func (p *Page) choose(s *kit.Scope, id string) {
	p.st.part = partHolds
	if s.Narrow() {
		p.d.Go("find", id)
		return
	}
	p.st.chosen = id
	p.d.Redraw()
}

func (p *Page) back(s *kit.Scope) fyne.CanvasObject {
	return s.Button(s.Text.T("find.back"), kit.Quiet, func() {
		p.st.group, p.st.chosen = everything, ""
		p.d.Go("find", "")
	})
}

// detail is an account, or a platform without one.
func (p *Page) detail(s *kit.Scope, v detail) []fyne.CanvasObject {
	t := s.Text
	if v.gone {
		return []fyne.CanvasObject{s.Heading(t.T("find.account.none")), s.Body(t.T("find.account.none.why"))}
	}
	head := kit.CompactColumn(s.Heading(v.name), s.Caption(v.caption))
	objects := []fyne.CanvasObject{s.Marked(s.Monogram(v.platform, v.name), head)}
	if len(v.tags) > 0 {
		objects = append(objects, s.Tags(tagsOf(v.tags)...))
	}
	if v.exit.text != "" {
		exit := []fyne.CanvasObject{s.Strong(v.exit.text)}
		if v.exit.source != "" {
			exit = append(exit, s.Caption(v.exit.source))
		}
		objects = append(objects, kit.CompactColumn(exit...))
	}
	objects = append(objects, p.actions(s, v))
	if len(v.parts) > 0 {
		objects = append(objects, s.Chips(chipsOf(v.parts), v.part, func(id string) { p.st.part = id; p.d.Redraw() }))
	}
	switch v.part {
	case partSay:
		return append(objects, p.answers(s, v.id)...)
	case partHolds:
		objects = append(objects, p.holds(s, v)...)
	}
	if len(v.events) > 0 {
		objects = append(objects, s.Heading(t.T("incident.heading")), p.events(s, v))
	}
	return append(objects, p.lines(s, v)...)
}

// actions are what can be done at an account, or that there is one.
func (p *Page) actions(s *kit.Scope, v detail) fyne.CanvasObject {
	t := s.Text
	if !v.account {
		return s.Button(t.T("browse.add"), kit.Primary, func() { p.claim(v.id) })
	}
	kind := kit.Secondary
	if v.do.urgent {
		kind = kit.Primary
	}
	buttons := []fyne.CanvasObject{s.Button(v.do.words, kind, func() { p.d.Go("fix", v.id) })}
	if v.do.how != "" {
		buttons = append(buttons, s.Note(v.do.how))
	}
	if v.do.letter {
		buttons = append(buttons, s.Button(t.T("find.write"), kit.Secondary, func() { p.write(v.id) }))
	}
	return s.Wrap(buttons...)
}

// holds is what a platform holds and what for.
func (p *Page) holds(s *kit.Scope, v detail) []fyne.CanvasObject {
	t := s.Text
	var objects []fyne.CanvasObject
	if v.account {
		objects = append(objects, s.Heading(t.T("find.holds")))
	}
	for i, h := range v.held {
		if i > 0 {
			objects = append(objects, s.Line())
		}
		words := []fyne.CanvasObject{s.Strong(h.shown)}
		if h.why != "" {
			words = append(words, s.Caption(h.why))
		}
		objects = append(objects, kit.CompactColumn(kit.CompactColumn(words...), s.Tags(tagsOf(h.proof)...)))
		if h.whose == overview.NotListed || h.whose == overview.MaybeYours {
			objects = append(objects, p.whose(s, h))
		}
	}
	for _, f := range v.facts {
		objects = append(objects, kit.CompactColumn(factLines(s, f)...))
	}
	if v.account {
		objects = append(objects, s.Button(t.T("find.say.open"), kit.Quiet, func() { p.st.part = partSay; p.d.Redraw() }))
	}
	return objects
}

func factLines(s *kit.Scope, l line) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if l.text != "" {
		out = append(out, s.Body(l.text))
	}
	if l.source != "" {
		out = append(out, s.Caption(l.source))
	}
	return out
}

// whose asks whether an identifier is the person's. A number of no country has to be typed with it first.
func (p *Page) whose(s *kit.Scope, h held) fyne.CanvasObject {
	t := s.Text
	no := s.Button(t.T("you.notmine.short"), kit.Quiet, func() { p.d.Apply(session.DismissIdentifier{ID: h.id}) })
	s.Called(t.T("you.notmine", "what", h.shown))
	if !proposal(h.id) {
		add := s.Button(t.T("find.mine.add"), kit.Secondary, func() { p.d.Go("you", "") })
		return kit.CompactColumn(s.Caption(t.T("you.maybe.unplaced")), s.Wrap(add, no))
	}
	yes := s.Button(t.T("you.mine.short"), kit.Secondary, func() { p.d.Apply(session.AddIdentifier{ID: h.id}) })
	s.Called(t.T("you.mine", "what", h.shown))
	return s.Wrap(yes, no)
}

// events are what happened at a platform, each leading to its page.
func (p *Page) events(s *kit.Scope, v detail) fyne.CanvasObject {
	items := make([]kit.Item, len(v.events))
	for i, e := range v.events {
		items[i] = kit.Item{Title: e.title, Detail: e.why, Tags: tagsOf(e.tags)}
	}
	if v.events[0].page == "" {
		return s.Rows(items, nil)
	}
	return s.Rows(items, func(i int) { p.d.Go(v.events[i].page, v.events[i].route) })
}

// lines are facts one below the other.
func (p *Page) lines(s *kit.Scope, v detail) (objects []fyne.CanvasObject) {
	if v.part == partProof {
		objects = append(objects, s.Heading(s.Text.T("find.why")))
	}
	for _, l := range v.lines {
		if l.head != "" {
			objects = append(objects, s.Heading(l.head))
		}
		one := factLines(s, l)
		if l.link != "" {
			one = append(one, s.Link(s.Text.T("fix.open"), l.link, p.d.Open))
		}
		objects = append(objects, kit.CompactColumn(one...))
	}
	return objects
}

// answers lets the person say what no file can know.
func (p *Page) answers(s *kit.Scope, id string) []fyne.CanvasObject {
	t := s.Text
	a, is := p.d.Overview().Find(id)
	if !is {
		return nil
	}
	claim := account.ClaimFor(p.d.Profile().Claims, a)
	without := func(factor string) []string {
		return slices.DeleteFunc(slices.Clone(a.SecondFactor), func(x string) bool { return x == factor || x == "none" })
	}
	rows := []fyne.CanvasObject{s.Heading(t.T("find.say"))}
	for _, f := range []string{"phone", "totp", "passkey"} {
		rows = append(rows, s.Check(t.T("factor."+f), slices.Contains(a.SecondFactor, f), func(yes bool) {
			c := claim
			c.SecondFactor = without(f)
			if yes {
				c.SecondFactor = append(c.SecondFactor, f)
			}
			if len(c.SecondFactor) == 0 {
				c.SecondFactor = []string{"none"}
			}
			p.d.Apply(session.SetClaim{Claim: c})
		}))
	}
	return append(rows, s.Button(t.T("find.gone"), kit.Quiet, func() { p.gone(id) }))
}

// claimAt is what the person said of a platform so far, with the account there.
func claimAt(pr *profile.Profile, platform string) account.Claim {
	c := account.ClaimOf(pr.Claims, platform, "")
	c.Gone = false
	return c
}
