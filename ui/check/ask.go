package check

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/job"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// askPage asks consent for each source, showing the host and what is sent, and
// puts the questions.
func (p *Page) askPage(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	v := makeAsk(p.askData(), p.st.asks, t)
	page := kit.PageParts{Above: p.back(s), Title: v.title, Lead: v.lead}
	switch {
	case v.offline:
		change := s.Button(t.T("check.forbidden.change"), kit.Primary, p.to("settings", "network"))
		page.Body = s.Empty(t.T("check.forbidden"), t.T("check.ask.why"), change)
		return s.Page(page)
	case v.nobody:
		add := s.Button(t.T("check.ask.you"), kit.Primary, p.to("you", ""))
		page.Body = s.Empty(t.T("check.ask.none"), t.T("check.ask.why"), add)
		return s.Page(page)
	}
	page.Tools = p.unmask(s)
	sources := make([]fyne.CanvasObject, 0, 2*len(v.sources))
	for i, r := range v.sources {
		if i > 0 {
			sources = append(sources, s.Line())
		}
		sources = append(sources, p.source(s, r))
	}
	sources = append(sources, s.Line(), s.Caption(v.phones))
	page.Body = s.Panel("", sources...)
	if aside := p.aside(s, v); len(aside) > 0 {
		page.Body = s.Columns(page.Body, kit.Column(aside...))
	}
	if len(v.answers) > 0 {
		rows := []fyne.CanvasObject{s.Rows(answers(v.answers), nil)}
		if v.numbers != "" {
			rows = append(rows, s.Caption(v.numbers))
		}
		page.Body = kit.Column(page.Body, s.Panel(t.T("check.results"), rows...))
	}
	ask := s.Button(t.T("check.ask.now"), kit.Primary, func() { p.ask(p.askData().ticked(p.st.asks)) })
	if !v.can {
		kit.Disable(ask)
	}
	page.Foot = s.ActionBar(v.bar, ask, s.Button(t.T("check.preview"), kit.Secondary, p.to("check", previewArg)))
	return s.Page(page)
}

// aside is what is under way, what is open, and what no source has answered.
func (p *Page) aside(s *kit.Scope, v askView) (cards []fyne.CanvasObject) {
	t := s.Text
	if len(v.queue.rows) > 0 {
		rows := []fyne.CanvasObject{s.Caption(v.queue.why)}
		if v.queue.open != nil {
			rows = append(rows,
				s.Button(t.T("check.left.go"), kit.Secondary, func() { p.ask(v.queue.open) }),
				s.Button(t.T("check.left.drop"), kit.Quiet, func() { p.st.left = nil; p.d.Redraw() }),
			)
		}
		cards = append(cards, s.Panel(v.queue.title, append(rows, s.Rows(turns(v.queue.rows), nil))...))
	}
	var rows []fyne.CanvasObject
	if v.clear != "" {
		rows = append(rows, s.Tags(kit.Tag{Word: v.clear, Tone: kit.Good}))
	}
	for _, gap := range v.gaps {
		rows = append(rows, s.Body(gap))
	}
	if len(rows) > 0 {
		cards = append(cards, s.Panel(t.T("check.open.ends"), rows...))
	}
	return cards
}

func answers(list []answer) []kit.Item {
	out := make([]kit.Item, len(list))
	for i, a := range list {
		out[i] = kit.Item{Title: a.title, Detail: a.detail, Tags: tags([]tag{a.state})}
	}
	return out
}

func turns(list []turn) []kit.Item {
	out := make([]kit.Item, len(list))
	for i, x := range list {
		out[i] = kit.Item{Title: x.title, Detail: x.detail, Badge: x.at}
	}
	return out
}

// unmask shows, or hides again, exactly what is sent.
func (p *Page) unmask(s *kit.Scope) fyne.CanvasObject {
	return s.Tick(s.Text.T("check.exact"), p.st.exact, func(on bool) {
		p.st.exact = on
		p.d.Redraw()
	})
}

// source is one source in the list: who it is, what goes where, and one yes for
// all it can be asked.
func (p *Page) source(s *kit.Scope, r sourceRow) fyne.CanvasObject {
	t := s.Text
	name := s.Button(r.name, kit.Quiet, p.to("check", sourceArg+r.id))
	head := kit.CompactColumn(s.SplitRow(name, s.Tags(tags([]tag{r.state})...)), s.Caption(r.detail))
	switch {
	case r.key:
		return kit.CompactColumn(head, s.Button(t.T("check.key.page"), kit.Quiet, p.to("check", keyArg)))
	case r.sends == "":
		return kit.CompactColumn(head, s.Caption(t.T("check.source.nothing")))
	}
	yes := s.Tick(t.T("check.yes", "source", r.name), r.yes, func(on bool) {
		d := p.askData()
		i := slices.IndexFunc(d.sources, func(x breach.Source) bool { return x.Info().ID == r.id })
		for _, q := range d.possible(d.sources[i : i+1]) {
			p.st.yes[q] = on
		}
		p.d.Redraw()
	})
	return kit.CompactColumn(head, s.Body(r.sends), yes)
}

// sourcePage is everything about one source, and one yes for each identifier.
func (p *Page) sourcePage(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	back := p.backTo(s, t.T("check.hub.back"), askArg)
	i := slices.IndexFunc(p.d.Sources(), func(x breach.Source) bool { return x.Info().ID == id })
	if i < 0 {
		return s.Page(kit.PageParts{Above: back, Title: t.T("check.leak.gone"), Lead: t.T("check.leak.gone.why")})
	}
	v := makeSource(p.askData(), p.st.asks, p.d.Sources()[i], t)
	about := []fyne.CanvasObject{}
	for _, f := range v.facts {
		about = append(about, kit.CompactColumn(s.Caption(f.label), s.Body(f.words)))
	}
	page := kit.PageParts{Above: back, Title: v.name, Lead: v.who}
	page.Body = s.Columns(
		p.consents(s, v), s.Panel(t.T("check.source.about"), append(about, p.stackedLink(s, v.credit))...),
	)
	if !v.without && len(v.questions) > 0 && !p.d.Profile().Settings.Offline {
		ask := makeAsk(p.askData(), p.st.asks, t)
		page.Foot = s.ActionBar(ask.bar, s.Button(t.T("check.hub.go"), kit.Primary, p.to("check", askArg)))
	}
	return s.Page(page)
}

// consents is the yes to each question of one source, and what it answered.
func (p *Page) consents(s *kit.Scope, v sourceView) fyne.CanvasObject {
	t := s.Text
	key := func(kind kit.ButtonKind) fyne.CanvasObject {
		return s.Button(t.T("check.key.page"), kind, p.to("check", keyArg))
	}
	if v.without {
		return s.Panel("", s.Tags(tags([]tag{v.state})...), key(kit.Primary))
	}
	rows := []fyne.CanvasObject{s.Caption(t.T("check.consent.why"))}
	if len(v.questions) == 0 {
		rows = append(rows, s.Body(t.T("check.source.nothing")))
	} else {
		rows = append(rows, p.unmask(s))
	}
	for _, q := range v.questions {
		rows = append(rows, s.Line(), p.consent(s, q))
	}
	if v.key {
		rows = append(rows, s.Line(), key(kit.Quiet))
	}
	cards := []fyne.CanvasObject{s.Panel(t.T("check.consent"), rows...)}
	if len(v.answers) > 0 {
		cards = append(cards, s.Panel(t.T("check.source.said"), s.Rows(answers(v.answers), nil), s.Caption(v.cannot)))
	}
	return kit.Column(cards...)
}

// consent is the yes to one question, and apart from it the wish to keep it.
func (p *Page) consent(s *kit.Scope, q question) fyne.CanvasObject {
	return kit.CompactColumn(
		s.Body(q.sends),
		s.Tick(q.once, q.yes, func(on bool) {
			p.st.yes[q.of] = on
			p.d.Redraw()
		}),
		s.Tick(q.keep, q.kept, func(on bool) {
			delete(p.st.yes, q.of)
			p.d.Apply(session.SetConsent{Purpose: q.of.Consent(), Yes: on})
		}),
	)
}

// previewPage says what would be asked, of whom and when, before anything is.
func (p *Page) previewPage(s *kit.Scope) fyne.CanvasObject {
	t, d := s.Text, p.askData()
	v := makePreview(d, p.st.asks, p.d.Scheduler(d.sources).Plan, t)
	cards := []fyne.CanvasObject{s.Caption(t.T("check.preview.why"))}
	for _, x := range v.sources {
		head := s.SplitRow(s.Heading(x.name), s.Tags(tags([]tag{x.level})...))
		cards = append(cards, s.Panel("", head, s.Body(x.host), s.Rows(turns(x.rows), nil)))
	}
	return s.Page(kit.PageParts{
		Above: p.backTo(s, t.T("check.hub.back"), askArg), Title: t.T("check.preview"), Lead: v.intro,
		Tools: p.unmask(s), Body: kit.Column(cards...),
	})
}

// ask puts questions the person said yes to.
func (p *Page) ask(questions []breach.Question) {
	if len(questions) == 0 || p.st.asking != nil || p.d.Profile().Settings.Offline {
		return
	}
	var results []breach.Result
	asker := p.d.Scheduler(p.askData().sources)
	p.st.left, p.st.asking = nil, asker.Plan(questions)
	p.d.Run("check.asking", func(ctx context.Context, report func(job.Progress)) error {
		results = asker.Detail(ctx, asker.Ask(ctx, questions, report))
		return cmp.Or(ctx.Err(), breach.Refusal(results))
	}, func(err error) {
		p.st.yes, p.st.asking = map[breach.Question]bool{}, nil // a yes holds for the check it was given for
		left := breach.Left(results)
		p.st.left = slices.DeleteFunc(slices.Clone(results), func(r breach.Result) bool {
			return !slices.Contains(left, breach.Question{Source: r.Source, Identifier: r.Identifier})
		})
		p.d.Apply(session.RecordResults{Results: results})
		p.d.Tell(err)
		p.d.Redraw()
	})
	p.d.Redraw()
}
