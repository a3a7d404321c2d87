package check

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/breach"
	"unlisted/checks/identifier"
	"unlisted/checks/job"
	"unlisted/checks/overview"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// usable are the sources that can be asked: those that share another's key are
// left out until it is there.
func (p *Page) usable() []breach.Source {
	return slices.DeleteFunc(slices.Clone(p.d.Sources()), func(s breach.Source) bool {
		info := s.Info()
		return info.With != "" && p.d.Key(info.Purpose()) == ""
	})
}

// ready reports whether nothing but the person's yes is missing.
func (p *Page) ready(info breach.Info) bool { return info.Key == nil || p.d.Key(info.Key.ID) != "" }

// possible are all questions a source, or every source where it is nil, could be
// asked about the person.
func (p *Page) possible(pr *profile.Profile, only breach.Source) []breach.Question {
	list := p.usable()
	if only != nil {
		list = []breach.Source{only}
	}
	return breach.Questions(list, overview.Own(pr))
}

// says reports whether the person said yes to a question: now, or for good.
func (p *Page) says(pr *profile.Profile, q breach.Question) bool {
	if yes, said := p.st.yes[q]; said {
		return yes
	}
	return pr.Consents[q.Consent()]
}

// ticked are the questions the next check puts.
func (p *Page) ticked(pr *profile.Profile) []breach.Question {
	ready := slices.DeleteFunc(p.usable(), func(s breach.Source) bool { return !p.ready(s.Info()) })
	return slices.DeleteFunc(breach.Questions(ready, overview.Own(pr)), func(q breach.Question) bool { return !p.says(pr, q) })
}

// sent writes what leaves of an identifier: a fragment as it is, the identifier
// itself as the person wants to see it.
func (p *Page) sent(info breach.Info, id identifier.Identifier, set profile.Settings) string {
	if info.Whole() && !p.st.exact {
		return p.d.Text().Identifier(id, set.ShowValues)
	}
	return info.Sends(id)
}

func (p *Page) sentAll(info breach.Info, questions []breach.Question, set profile.Settings) string {
	out := make([]string, len(questions))
	for i, q := range questions {
		out[i] = p.sent(info, q.Identifier, set)
	}
	return strings.Join(out, ", ")
}

// sources asks consent for each source, showing the host and what is sent.
func (p *Page) sources(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.ask")), s.Body(t.T("check.ask.why"))}
	if p.d.Profile().Settings.Offline {
		rows = append(rows, s.Strong(t.T("check.forbidden")), s.Button(t.T("check.forbidden.change"), kit.Secondary, func() { p.d.Go("settings", "") }))
		return s.Card(rows...)
	}
	if len(pr.Identifiers) == 0 {
		rows = append(rows, s.Strong(t.T("check.ask.none")), s.Button(t.T("check.ask.you"), kit.Secondary, func() { p.d.Go("you", "") }))
		return s.Card(rows...)
	}
	rows = append(rows, p.unmask(s))
	for _, src := range p.usable() {
		rows = append(rows, p.source(s, src, pr))
	}
	rows = append(rows, s.Line(), s.Caption(t.T("check.ask.phones")))
	ticked := p.ticked(pr)
	ask := s.Button(t.T("check.ask.now"), kit.Primary, func() { p.ask(p.ticked(p.d.Profile())) })
	if len(ticked) == 0 || p.st.asking != nil {
		kit.Disable(ask)
	}
	return s.Card(append(rows, s.Flow(ask, s.Button(t.T("check.preview"), kit.Secondary, func() { p.d.Go("check", previewArg) })))...)
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
func (p *Page) source(s *kit.Scope, src breach.Source, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	info := src.Info()
	name, questions := t.T("source."+info.ID+".name"), p.possible(pr, src)
	head := s.List([]kit.Item{{
		Title: name, Detail: t.T("source." + info.ID + ".who"), Badge: t.T("check.level." + string(info.Level)), Tone: levelTone(info.Level),
	}}, func(int) { p.d.Go("check", sourceArg+info.ID) })
	switch {
	case len(questions) == 0:
		return kit.CompactColumn(head, s.Caption(t.T("check.source.nothing")))
	case !p.ready(info):
		return kit.CompactColumn(head, s.Button(t.T("check.key.page"), kit.Quiet, func() { p.d.Go("check", keyArg) }))
	}
	sends := s.Body(t.T("check.sends", "host", info.Host, "what", p.sentAll(info, questions, pr.Settings)))
	all := !slices.ContainsFunc(questions, func(q breach.Question) bool { return !p.says(pr, q) })
	yes := s.Tick(t.T("check.yes", "source", name), all, func(on bool) {
		for _, q := range questions {
			p.st.yes[q] = on
		}
		p.d.Redraw()
	})
	return kit.CompactColumn(head, sends, yes)
}

func levelTone(l breach.Level) kit.Tone {
	switch l {
	case breach.LevelNothing, breach.LevelPrefix:
		return kit.Good
	case breach.LevelPseudonym:
		return kit.Accent
	}
	return kit.Warning
}

// sourcePage is everything about one source, and one yes for each identifier.
func (p *Page) sourcePage(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	i := slices.IndexFunc(p.d.Sources(), func(x breach.Source) bool { return x.Info().ID == id })
	if i < 0 {
		return s.Sheet(p.back(s), s.Empty(t.T("check.leak.gone"), t.T("check.leak.gone.why")))
	}
	src := p.d.Sources()[i]
	info, pr := src.Info(), p.d.Profile()
	facts := []fyne.CanvasObject{s.Body(t.T("source." + id + ".who")), kit.CompactColumn(s.Caption(t.T("check.source.level")), s.Body(t.T("check.level."+string(info.Level)+".means")))}
	for _, f := range []string{"sends", "cost", "limits", "cannot"} {
		facts = append(facts, kit.CompactColumn(s.Caption(t.T("check.source."+f)), s.Body(t.T("source."+id+"."+f))))
	}
	facts = append(facts, p.link(s, t.T("source."+id+".credit"), info.Credit))
	objects := []fyne.CanvasObject{p.back(s), s.Title(t.T("source." + id + ".name")), s.Card(facts...)}
	if !p.ready(info) {
		objects = append(objects, s.Button(t.T("check.key.page"), kit.Primary, func() { p.d.Go("check", keyArg) }))
		return s.Sheet(objects...)
	}
	if info.Key != nil {
		objects = append(objects, s.Button(t.T("check.key.page"), kit.Secondary, func() { p.d.Go("check", keyArg) }))
	}
	rows := []fyne.CanvasObject{s.Heading(t.T("check.consent")), s.Body(t.T("check.consent.why")), p.unmask(s)}
	for _, q := range p.possible(pr, src) {
		rows = append(rows, p.consent(s, info, q, pr))
	}
	return s.Sheet(append(objects, s.Card(rows...))...)
}

// consent is the yes to one question, and apart from it the wish to keep it.
func (p *Page) consent(s *kit.Scope, info breach.Info, q breach.Question, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	who := s.Text.Identifier(q.Identifier, pr.Settings.ShowValues)
	return kit.Column(s.Line(), kit.CompactColumn(
		s.Body(t.T("check.sends", "host", info.Host, "what", p.sent(info, q.Identifier, pr.Settings))),
		s.Tick(t.T("check.consent.once", "who", who), p.says(pr, q), func(on bool) {
			p.st.yes[q] = on
			p.d.Redraw()
		}),
		s.Tick(t.T("check.consent.keep", "who", who), pr.Consents[q.Consent()], func(on bool) {
			delete(p.st.yes, q)
			p.d.Apply(session.SetConsent{Purpose: q.Consent(), Yes: on})
		}),
	))
}

// preview says what would be asked, of whom and when, before anything is.
func (p *Page) preview(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.d.Profile()
	questions, intro := p.ticked(pr), "check.preview.ticked"
	if len(questions) == 0 {
		questions, intro = p.possible(pr, nil), "check.preview.all"
	}
	slots := p.d.Scheduler(p.usable()).Plan(questions)
	objects := []fyne.CanvasObject{p.back(s), s.Title(t.T("check.preview")), kit.CompactColumn(s.Body(t.T(intro)), s.Body(t.T("check.preview.why"))), p.unmask(s)}
	for _, src := range p.usable() {
		info := src.Info()
		mine := slices.DeleteFunc(slices.Clone(slots), func(x breach.Slot) bool { return x.Source != info.ID })
		if len(mine) == 0 {
			continue
		}
		rows := []fyne.CanvasObject{s.SplitRow(s.Heading(t.T("source."+info.ID+".name")), s.Badge(t.T("check.level."+string(info.Level)), levelTone(info.Level))), s.Body(t.N("check.preview.host", len(mine), "host", info.Host))}
		items := make([]kit.Item, len(mine))
		for i, x := range mine {
			items[i] = kit.Item{Title: p.sent(info, x.Identifier, pr.Settings), Badge: clock(t, x.At, p.d.Now())}
		}
		objects = append(objects, kit.Column(append(rows, s.List(items, nil))...))
	}
	return s.Sheet(objects...)
}

// ask puts questions the person said yes to.
func (p *Page) ask(questions []breach.Question) {
	if len(questions) == 0 || p.st.asking != nil || p.d.Profile().Settings.Offline {
		return
	}
	var results []breach.Result
	asker := p.d.Scheduler(p.usable())
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

// queue shows when each question of the running check is put, or what the last
// one left open.
func (p *Page) queue(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	if p.st.asking != nil {
		rows := []fyne.CanvasObject{s.Heading(t.N("check.queue", len(p.st.asking))), s.Body(t.T("check.queue.why"))}
		items := make([]kit.Item, len(p.st.asking))
		for i, x := range p.st.asking {
			items[i] = p.turn(t, breach.Question{Source: x.Source, Identifier: x.Identifier}, x.At, pr.Settings)
		}
		return kit.Column(append(rows, s.List(items, nil))...)
	}
	if len(p.st.left) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{s.Heading(t.N("check.left", len(p.st.left))), s.Body(t.T("check.left.why"))}
	questions, items := make([]breach.Question, len(p.st.left)), make([]kit.Item, len(p.st.left))
	for i, r := range p.st.left {
		questions[i] = breach.Question{Source: r.Source, Identifier: r.Identifier}
		items[i] = p.turn(t, questions[i], r.RetryAt, pr.Settings)
	}
	return kit.Column(append(rows, s.List(items, nil), s.Flow(
		s.Button(t.T("check.left.go"), kit.Secondary, func() { p.ask(questions) }),
		s.Button(t.T("check.left.drop"), kit.Quiet, func() { p.st.left = nil; p.d.Redraw() }),
	))...)
}

// turn is one question in a queue, and when it is put.
func (p *Page) turn(t *text.Printer, q breach.Question, at time.Time, set profile.Settings) kit.Item {
	return kit.Item{Title: p.d.Text().Identifier(q.Identifier, set.ShowValues), Detail: names(t, []string{q.Source}), Badge: clock(t, at, p.d.Now())}
}
