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
func (p *Place) usable() []breach.Source {
	return slices.DeleteFunc(slices.Clone(p.h.Sources), func(s breach.Source) bool {
		info := s.Info()
		return info.With != "" && p.h.Key(info.Purpose()) == ""
	})
}

// ready reports whether nothing but the person's yes is missing.
func (p *Place) ready(info breach.Info) bool { return info.Key == nil || p.h.Key(info.Key.ID) != "" }

// possible are all questions a source, or every source where it is nil, could be
// asked about the person.
func (p *Place) possible(pr *profile.Profile, only breach.Source) []breach.Question {
	list := p.usable()
	if only != nil {
		list = []breach.Source{only}
	}
	return breach.Questions(list, overview.Own(pr))
}

// says reports whether the person said yes to a question: now, or for good.
func (p *Place) says(pr *profile.Profile, q breach.Question) bool {
	if yes, said := p.yes[q]; said {
		return yes
	}
	return pr.Consents[q.Consent()]
}

// ticked are the questions the next check puts.
func (p *Place) ticked(pr *profile.Profile) []breach.Question {
	ready := slices.DeleteFunc(p.usable(), func(s breach.Source) bool { return !p.ready(s.Info()) })
	return slices.DeleteFunc(breach.Questions(ready, overview.Own(pr)), func(q breach.Question) bool { return !p.says(pr, q) })
}

// sent writes what leaves of an identifier: a fragment as it is, the identifier
// itself as the person wants to see it.
func (p *Place) sent(info breach.Info, id identifier.Identifier, set profile.Settings) string {
	if info.Whole() && !p.exact {
		return p.h.Shown(id, set)
	}
	return info.Sends(id)
}

func (p *Place) sentAll(info breach.Info, questions []breach.Question, set profile.Settings) string {
	out := make([]string, len(questions))
	for i, q := range questions {
		out[i] = p.sent(info, q.Identifier, set)
	}
	return strings.Join(out, ", ")
}

// sources asks consent for each source, showing the host and what is sent.
func (p *Place) sources(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	rows := []fyne.CanvasObject{s.Heading(t.T("check.ask")), s.Body(t.T("check.ask.why"))}
	if p.h.Profile().Settings.Offline {
		rows = append(rows, s.Strong(t.T("check.forbidden")), s.Button(t.T("check.forbidden.change"), kit.Secondary, func() { p.h.Go("settings", "") }))
		return s.Card(rows...)
	}
	if len(pr.Identifiers) == 0 {
		rows = append(rows, s.Strong(t.T("check.ask.none")), s.Button(t.T("check.ask.you"), kit.Secondary, func() { p.h.Go("you", "") }))
		return s.Card(rows...)
	}
	rows = append(rows, p.unmask(s))
	for _, src := range p.usable() {
		rows = append(rows, p.source(s, src, pr))
	}
	rows = append(rows, s.Line(), s.Caption(t.T("check.ask.phones")))
	ticked := p.ticked(pr)
	ask := s.Button(t.T("check.ask.now"), kit.Primary, func() { p.ask(p.ticked(p.h.Profile())) })
	if len(ticked) == 0 || p.asking != nil {
		kit.Disable(ask)
	}
	return s.Card(append(rows, s.Flow(ask, s.Button(t.T("check.preview"), kit.Secondary, func() { p.h.Go("check", previewArg) })))...)
}

// unmask shows, or hides again, exactly what is sent.
func (p *Place) unmask(s *kit.Scope) fyne.CanvasObject {
	return s.Tick(s.Text.T("check.exact"), p.exact, func(on bool) {
		p.exact = on
		p.h.Refresh()
	})
}

// source is one source in the list: who it is, what goes where, and one yes for
// all it can be asked.
func (p *Place) source(s *kit.Scope, src breach.Source, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	info := src.Info()
	name, questions := t.T("source."+info.ID+".name"), p.possible(pr, src)
	head := s.List([]kit.Item{{
		Title: name, Detail: t.T("source." + info.ID + ".who"), Badge: t.T("check.level." + string(info.Level)), Tone: levelTone(info.Level),
	}}, func(int) { p.h.Go("check", sourceArg+info.ID) })
	switch {
	case len(questions) == 0:
		return kit.Tight(head, s.Caption(t.T("check.source.nothing")))
	case !p.ready(info):
		return kit.Tight(head, s.Button(t.T("check.key.page"), kit.Quiet, func() { p.h.Go("check", keyArg) }))
	}
	sends := s.Body(t.T("check.sends", "host", info.Host, "what", p.sentAll(info, questions, pr.Settings)))
	all := !slices.ContainsFunc(questions, func(q breach.Question) bool { return !p.says(pr, q) })
	yes := s.Tick(t.T("check.yes", "source", name), all, func(on bool) {
		for _, q := range questions {
			p.yes[q] = on
		}
		p.h.Refresh()
	})
	return kit.Tight(head, sends, yes)
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
func (p *Place) sourcePage(s *kit.Scope, id string) fyne.CanvasObject {
	t := s.Text
	i := slices.IndexFunc(p.h.Sources, func(x breach.Source) bool { return x.Info().ID == id })
	if i < 0 {
		return kit.Page(p.back(s), s.Empty(t.T("check.leak.gone"), t.T("check.leak.gone.why")))
	}
	src := p.h.Sources[i]
	info, pr := src.Info(), p.h.Profile()
	facts := []fyne.CanvasObject{s.Body(t.T("source." + id + ".who")), kit.Tight(s.Caption(t.T("check.source.level")), s.Body(t.T("check.level."+string(info.Level)+".means")))}
	for _, f := range []string{"sends", "cost", "limits", "cannot"} {
		facts = append(facts, kit.Tight(s.Caption(t.T("check.source."+f)), s.Body(t.T("source."+id+"."+f))))
	}
	facts = append(facts, p.link(s, t.T("source."+id+".credit"), info.Credit))
	objects := []fyne.CanvasObject{p.back(s), s.Title(t.T("source." + id + ".name")), s.Card(facts...)}
	if !p.ready(info) {
		objects = append(objects, s.Button(t.T("check.key.page"), kit.Primary, func() { p.h.Go("check", keyArg) }))
		return kit.Page(objects...)
	}
	if info.Key != nil {
		objects = append(objects, s.Button(t.T("check.key.page"), kit.Secondary, func() { p.h.Go("check", keyArg) }))
	}
	rows := []fyne.CanvasObject{s.Heading(t.T("check.consent")), s.Body(t.T("check.consent.why")), p.unmask(s)}
	for _, q := range p.possible(pr, src) {
		rows = append(rows, p.consent(s, info, q, pr))
	}
	return kit.Page(append(objects, s.Card(rows...))...)
}

// consent is the yes to one question, and apart from it the wish to keep it.
func (p *Place) consent(s *kit.Scope, info breach.Info, q breach.Question, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	who := p.h.Shown(q.Identifier, pr.Settings)
	return kit.Column(s.Line(), kit.Tight(
		s.Body(t.T("check.sends", "host", info.Host, "what", p.sent(info, q.Identifier, pr.Settings))),
		s.Tick(t.T("check.consent.once", "who", who), p.says(pr, q), func(on bool) {
			p.yes[q] = on
			p.h.Refresh()
		}),
		s.Tick(t.T("check.consent.keep", "who", who), pr.Consents[q.Consent()], func(on bool) {
			delete(p.yes, q)
			p.h.Apply(session.SetConsent{Purpose: q.Consent(), Yes: on})
		}),
	))
}

// preview says what would be asked, of whom and when, before anything is.
func (p *Place) preview(s *kit.Scope) fyne.CanvasObject {
	t := s.Text
	pr := p.h.Profile()
	questions, intro := p.ticked(pr), "check.preview.ticked"
	if len(questions) == 0 {
		questions, intro = p.possible(pr, nil), "check.preview.all"
	}
	slots := p.h.Scheduler(p.usable()).Plan(questions)
	objects := []fyne.CanvasObject{p.back(s), s.Title(t.T("check.preview")), kit.Tight(s.Body(t.T(intro)), s.Body(t.T("check.preview.why"))), p.unmask(s)}
	for _, src := range p.usable() {
		info := src.Info()
		mine := slices.DeleteFunc(slices.Clone(slots), func(x breach.Slot) bool { return x.Source != info.ID })
		if len(mine) == 0 {
			continue
		}
		rows := []fyne.CanvasObject{s.Sides(s.Heading(t.T("source."+info.ID+".name")), s.Badge(t.T("check.level."+string(info.Level)), levelTone(info.Level))), s.Body(t.N("check.preview.host", len(mine), "host", info.Host))}
		items := make([]kit.Item, len(mine))
		for i, x := range mine {
			items[i] = kit.Item{Title: p.sent(info, x.Identifier, pr.Settings), Badge: clock(t, x.At, p.h.Now())}
		}
		objects = append(objects, kit.Column(append(rows, s.List(items, nil))...))
	}
	return kit.Page(objects...)
}

// ask puts questions the person said yes to.
func (p *Place) ask(questions []breach.Question) {
	if len(questions) == 0 || p.h.Busy() || p.h.Profile().Settings.Offline {
		return
	}
	var results []breach.Result
	asker := p.h.Scheduler(p.usable())
	p.left, p.asking = nil, asker.Plan(questions)
	p.h.Run("check.asking", func(ctx context.Context, report func(job.Progress)) error {
		results = asker.Detail(ctx, asker.Ask(ctx, questions, report))
		return cmp.Or(ctx.Err(), breach.Refusal(results))
	}, func(err error) {
		p.yes, p.asking = map[breach.Question]bool{}, nil // a yes holds for the check it was given for
		left := breach.Left(results)
		p.left = slices.DeleteFunc(slices.Clone(results), func(r breach.Result) bool {
			return !slices.Contains(left, breach.Question{Source: r.Source, Identifier: r.Identifier})
		})
		p.h.Apply(session.RecordResults{Results: results})
		p.h.Tell(err)
	})
}

// queue shows when each question of the running check is put, or what the last
// one left open.
func (p *Place) queue(s *kit.Scope, pr *profile.Profile) fyne.CanvasObject {
	t := s.Text
	if p.asking != nil {
		rows := []fyne.CanvasObject{s.Heading(t.N("check.queue", len(p.asking))), s.Body(t.T("check.queue.why"))}
		items := make([]kit.Item, len(p.asking))
		for i, x := range p.asking {
			items[i] = p.turn(t, breach.Question{Source: x.Source, Identifier: x.Identifier}, x.At, pr.Settings)
		}
		return kit.Column(append(rows, s.List(items, nil))...)
	}
	if len(p.left) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{s.Heading(t.N("check.left", len(p.left))), s.Body(t.T("check.left.why"))}
	questions, items := make([]breach.Question, len(p.left)), make([]kit.Item, len(p.left))
	for i, r := range p.left {
		questions[i] = breach.Question{Source: r.Source, Identifier: r.Identifier}
		items[i] = p.turn(t, questions[i], r.RetryAt, pr.Settings)
	}
	return kit.Column(append(rows, s.List(items, nil), s.Flow(
		s.Button(t.T("check.left.go"), kit.Secondary, func() { p.ask(questions) }),
		s.Button(t.T("check.left.drop"), kit.Quiet, func() { p.left = nil; p.h.Refresh() }),
	))...)
}

// turn is one question in a queue, and when it is put.
func (p *Place) turn(t *text.Printer, q breach.Question, at time.Time, set profile.Settings) kit.Item {
	return kit.Item{Title: p.h.Shown(q.Identifier, set), Detail: names(t, []string{q.Source}), Badge: clock(t, at, p.h.Now())}
}
