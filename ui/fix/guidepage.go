package fix

import (
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"unlisted/checks/catalog"
	"unlisted/checks/overview"
	"unlisted/checks/plan"
	"unlisted/checks/report"
	"unlisted/checks/session"
	"unlisted/checks/text"
	"unlisted/ui/kit"
)

// renderGuide draws the switch of one account with one step in sight: what to do
// there, beside it the way so far, at the foot what to say of it.
func (p *Page) renderGuide(s *kit.Scope, arg string) fyne.CanvasObject {
	t := s.Text
	d := p.data()
	v := makeGuide(d, p.st, arg, t)
	if !v.found {
		find := s.Button(t.T("fix.empty.find"), kit.Primary, func() { p.d.Go("find", "") })
		empty := s.Empty(t.T("fix.none"), t.T("fix.none.why"), find)
		return s.Page(kit.PageParts{Above: p.back(s), Title: t.T("fix.title"), Body: empty})
	}
	sw, _, _ := overview.Switch(d.profile, d.overview, d.catalog, v.id)
	parts := kit.PageParts{Above: p.above(s, v.progress), Title: v.at.title}
	parts.Lead = v.lead
	if v.at.kind == "" {
		parts.Title = v.verdict.words.What
	}
	if len(v.at.tags) > 0 {
		parts.Tools = tags(s, v.at.tags)
	}
	parts.Body = s.Columns(p.guideMain(s, v, sw), p.guideAside(s, v, sw))
	buttons := make([]fyne.CanvasObject, len(v.at.acts))
	for i, a := range v.at.acts {
		kind := kit.Secondary
		if a.primary {
			kind = kit.Primary
		}
		buttons[i] = s.Button(a.word, kind, func() { p.act(v, sw, a.id) })
	}
	parts.Foot = s.ActionBar("", buttons...)
	return s.Page(parts)
}

// above is the way back to the plan and how far one is.
func (p *Page) above(s *kit.Scope, done progress) fyne.CanvasObject {
	back, bar := p.back(s), meter(s, done)
	if s.Narrow() {
		return kit.Column(back, bar)
	}
	return container.NewBorder(nil, nil, back, nil, container.NewCenter(s.Wide(bar, 520)))
}

// act does what a button at the foot says.
func (p *Page) act(v guideView, sw plan.Switch, id string) {
	switch id {
	case actDone:
		if p.toggle(sw, v.at.kind, true) {
			p.goOn(v.id)
		}
	case actUndo:
		p.toggle(sw, v.at.kind, false)
	case actDiffers:
		for _, st := range sw.Steps {
			if st.Kind == v.at.kind {
				p.differs(sw.Platform, st.Step)
			}
		}
	case actNext, actSkip:
		p.goOn(v.id)
	case actFirst:
		p.st.failed, p.st.overriding = nil, ""
		p.d.Go("fix", v.at.held.first)
	default:
		p.leave()
	}
}

// goOn shows what is next at an account, from its top.
func (p *Page) goOn(id string) {
	p.st.failed, p.st.overriding = nil, ""
	if v := makeGuide(p.data(), p.st, id, p.d.Text()); v.at.kind != "" {
		id += "/" + string(v.at.kind)
	}
	p.d.Go("fix", id)
}

// guideMain is the step in sight.
func (p *Page) guideMain(s *kit.Scope, v guideView, sw plan.Switch) fyne.CanvasObject {
	t := s.Text
	var objects []fyne.CanvasObject
	if p.st.failed != nil {
		objects = append(objects, s.Banner(kit.Warning, t.Sentence(p.st.failed)))
	}
	if v.verdict.first || v.at.kind == "" {
		objects = append(objects, p.verdict(s, v, sw))
	}
	if v.at.kind != "" {
		objects = append(objects, p.step(s, v, sw))
	}
	return kit.Column(objects...)
}

// step says what to do, where, what is then seen, and what if not.
func (p *Page) step(s *kit.Scope, v guideView, sw plan.Switch) fyne.CanvasObject {
	t, at := s.Text, v.at
	var rows []fyne.CanvasObject
	if len(at.held.words) > 0 {
		rows = append(rows, p.held(s, v, sw))
	}
	if at.ask != "" {
		rows = append(rows, s.Banner(kit.Accent, text.Message{What: at.ask}))
	}
	if len(at.control.variants) > 0 {
		choose := func(id string) { p.st.variant = id; p.d.Redraw() }
		rows = append(rows, s.Chips(kitChips(at.control.variants), at.control.variant, choose))
	}
	if at.control.say != "" {
		rows = append(rows, s.Body(at.control.say))
	}
	if len(at.control.path) > 0 {
		rows = append(rows, s.Path(t.T("fix.path"), at.control.path))
	}
	if at.control.labels != "" {
		rows = append(rows, s.Caption(at.control.labels))
	}
	if at.control.open != "" {
		kind := kit.Secondary
		if at.control.first {
			kind = kit.Primary
		}
		rows = append(rows, s.Button(at.control.open, kind, func() {
			p.st.opened[v.id+"/"+string(at.kind)] = true
			p.d.Open(at.control.link)
			p.d.Redraw()
		}))
	}
	if at.why != "" {
		rows = append(rows, s.Caption(at.why))
	}
	rows = append(rows, p.after(s, at)...)
	if at.practise {
		rows = append(rows, s.Flow(
			s.Button(t.T("practice.open"), kit.Secondary, func() { p.d.Go("fix", rehearsalArg) }),
			s.Button(t.T("authenticators.title"), kit.Secondary, func() { p.d.Go("fix", authenticatorsArg) }),
		))
	}
	for _, note := range v.notes {
		rows = append(rows, s.Caption(note))
	}
	return s.Card(append(rows, p.sources(s, v)...)...)
}

// after is what follows the step itself: what is asked for, what to see, what
// may go wrong and the way back.
func (p *Page) after(s *kit.Scope, at stepView) (rows []fyne.CanvasObject) {
	t := s.Text
	if len(at.asks) > 0 {
		rows = append(rows, s.Caption(strings.Join(at.asks, " ")))
	}
	if at.see != "" {
		rows = append(rows, kit.CompactColumn(s.Strong(t.T("fix.see")), s.Body(at.see)))
	}
	if len(at.wrong) > 0 {
		group := []fyne.CanvasObject{s.Strong(t.T("fix.wrong"))}
		for _, line := range at.wrong {
			group = append(group, s.Body(line))
		}
		rows = append(rows, kit.CompactColumn(group...))
	}
	return rows
}

// sources are named shortly, and a click deeper with the sentence relied on.
func (p *Page) sources(s *kit.Scope, v guideView) []fyne.CanvasObject {
	t, address := s.Text, v.id+"/"+string(v.at.kind)
	if len(v.at.sources) == 0 {
		return nil
	}
	var rows []fyne.CanvasObject
	quotes, open := 0, p.st.sources == address
	for _, src := range v.at.sources {
		rows = append(rows, s.Caption(src.words))
		if src.quote != "" {
			quotes++
		}
		if !open {
			continue
		}
		if src.quote != "" {
			rows = append(rows, s.Body(t.T("fix.quoted", "title", src.quote)))
		}
		rows = append(rows, p.link(s, src.url))
	}
	switch {
	case open:
		rows = append(rows, s.Button(t.T("fix.sources.hide"), kit.Quiet, func() { p.st.sources = ""; p.d.Redraw() }))
	default:
		show := func() { p.st.sources = address; p.d.Redraw() }
		rows = append(rows, s.Button(t.T("fix.sources.show"), kit.Quiet, show))
	}
	return []fyne.CanvasObject{s.Line(), kit.CompactColumn(rows...)}
}

// held says why a step comes later, with the way past it for who means it.
func (p *Page) held(s *kit.Scope, v guideView, sw plan.Switch) fyne.CanvasObject {
	t := s.Text
	key := "error.plan.blocked"
	if v.at.mark == markWaiting {
		key = "error.plan.order"
	}
	rows := []fyne.CanvasObject{s.Banner(kit.Warning, text.Message{What: t.T(key + ".what"), Means: t.T(key + ".means")})}
	if !v.at.held.asked {
		for _, line := range v.at.held.words {
			rows = append(rows, s.Body(line))
		}
	}
	if v.at.held.overridable {
		rows = append(rows, p.override(s, v, sw))
	}
	return kit.Column(rows...)
}

// override offers to tick a step that comes later all the same: behind a quiet
// button, and only for somebody who types the name of the platform.
func (p *Page) override(s *kit.Scope, v guideView, sw plan.Switch) fyne.CanvasObject {
	t := s.Text
	if !v.at.held.asked {
		ask := func() { p.st.overriding = v.id + "/" + string(v.at.kind); p.d.Redraw() }
		return s.Button(t.T("fix.override"), kit.Quiet, ask)
	}
	var word *kit.Field
	mean := func(typed string) {
		if err := sw.Override(v.at.kind, typed); err != nil {
			word.Fail(err)
			return
		}
		word.Clear()
		p.st.overriding, p.st.failed = "", nil
		p.d.Apply(session.OverrideStep{Account: sw.Key, Step: v.at.kind})
	}
	word = s.Field("override", t.T("fix.override.field", "platform", sw.Platform.Name), "", false, mean)
	return kit.Column(
		s.Strong(t.T("fix.override.title")), s.Body(v.at.held.override), word.Object,
		s.Flow(
			s.Button(t.T("fix.override.yes"), kit.Destructive, func() { mean(word.Text()) }),
			s.Button(t.T("fix.override.no"), kit.Secondary, func() { word.Clear(); p.st.overriding = ""; p.d.Redraw() }),
		),
	)
}

// verdict says where the account stands.
func (p *Page) verdict(s *kit.Scope, v guideView, sw plan.Switch) fyne.CanvasObject {
	t, w := s.Text, v.verdict
	rows := []fyne.CanvasObject{s.Body(w.words.Means)}
	if v.at.kind != "" { // else it is the title
		rows = append([]fyne.CanvasObject{s.Strong(w.words.What)}, rows...)
	}
	if !sw.Proved.IsZero() {
		rows = append([]fyne.CanvasObject{s.Badge(t.T("plan.state.proved"), kit.Good)}, rows...)
	}
	if w.unguarded != nil {
		rows = append(rows, s.Banner(kit.Warning, *w.unguarded))
	}
	if w.again != "" {
		rows = append(rows, s.Caption(w.again))
	}
	if w.tick {
		rows = append(rows, s.Tick(t.T("fix.again.tick"), w.looked, func(yes bool) { p.mark(sw.Key, plan.StepAgain, yes) }))
	}
	return s.Card(kit.CompactColumn(rows...))
}

// guideAside is the way so far, what is locked and why, and what stands beside
// the way.
func (p *Page) guideAside(s *kit.Scope, v guideView, sw plan.Switch) fyne.CanvasObject {
	t := s.Text
	to := func(k catalog.StepKind) { p.st.failed = nil; p.d.Go("fix", v.id+"/"+string(k)) }
	way := []fyne.CanvasObject{steps(s, v.way, to), s.Button(t.T("fix.print"), kit.Secondary, func() { p.print(sw) })}
	objects := []fyne.CanvasObject{s.Panel(t.T("fix.way"), way...)}
	if !v.verdict.first && v.at.kind != "" {
		objects = append(objects, p.verdict(s, v, sw))
	}
	var beside []fyne.CanvasObject
	if len(v.beside) > 0 {
		beside = append(beside, steps(s, v.beside, to))
	}
	if v.letter {
		beside = append(beside, p.letter(s, v.id))
	}
	if len(beside) > 0 {
		objects = append(objects, s.Panel(t.T("fix.beside"), beside...))
	}
	if len(v.absent) > 0 {
		var rows []fyne.CanvasObject
		for _, a := range v.absent {
			rows = append(rows, kit.CompactColumn(s.Strong(a.title), s.Body(a.why), s.Caption(sourceWords(a.sources))))
		}
		objects = append(objects, s.Panel(t.T("fix.absent"), rows...))
	}
	return kit.Column(objects...)
}

func sourceWords(list []sourceRow) string {
	words := make([]string, len(list))
	for i, src := range list {
		words[i] = src.words
	}
	return strings.Join(words, "; ")
}

// print saves the guide as a page for the printer.
func (p *Page) print(sw plan.Switch) {
	t := p.d.Text()
	in := report.GuideInput{Switch: sw, Text: t, Now: p.d.Now()}
	name := "unlisted-" + t.T("fix.print.file") + "-" + sw.Platform.ID + ".html"
	p.d.Save(name, func(w io.Writer) error { return report.Guide(w, in) })
}
