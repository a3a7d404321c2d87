package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	sums "unlisted/checks/overview"
	"unlisted/checks/session"
	"unlisted/ui/kit"
	"unlisted/ui/parts"
)

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	if !v.begun {
		return p.welcome(s, v)
	}
	figures := make([]kit.Figure, len(v.figures))
	for i, f := range v.figures {
		figures[i] = kit.Figure{Value: f.value, Words: f.words, Tone: f.tone, Press: func() { p.open(f.to) }}
	}
	parts := kit.PageParts{Title: v.title, Lead: v.lead, Tools: s.Tiles(figures)}
	if v.sample {
		t := s.Text
		leave := s.Button(t.T("you.sample.leave"), kit.Quiet, p.d.Leave)
		parts.Above = kit.Row(s.Badge(t.T("overview.sample"), kit.Accent), leave)
	}
	next, sources := p.next(s, v.next), p.sources(s, v)
	if len(v.right) == 0 {
		parts.Body = s.Columns(sources, next)
		return s.Page(parts)
	}
	chart := fyne.CanvasObject(newChart(s, v, p.open))
	if s.Narrow() {
		parts.Body = kit.Column(next, s.FillPanel(s.Text.T("overview.map"), chart), sources)
	} else {
		parts.Fill = true
		chart = s.FillPanel(s.Text.T("overview.map"), container.NewVScroll(chart))
		parts.Body = s.FillColumns(chart, kit.Column(next, sources))
	}
	return s.Page(parts)
}

func (p *Page) open(to target) { p.d.Go(to.page, to.arg) }

// next is the one thing to do now, with the only primary button.
func (p *Page) next(s *kit.Scope, n next) fyne.CanvasObject {
	var words []fyne.CanvasObject
	if n.when != "" {
		words = append(words, s.Caption(n.when))
	}
	words = append(words, s.Heading(n.title))
	if n.why != "" {
		words = append(words, s.Caption(n.why))
	}
	return s.Panel("", kit.CompactColumn(words...), s.Button(n.button, kit.Primary, func() { p.open(n.to) }))
}

// stepStates are the marks of the states of a source.
var stepStates = map[sums.SourceState]kit.StepState{
	sums.SourceRead: kit.StateDone, sums.SourcePartial: kit.StateWrong, sums.SourceAsked: kit.StateWaiting,
	sums.SourceMissing: kit.StateOpen,
}

// sources says how complete the evidence is.
func (p *Page) sources(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	items := make([]kit.StepItem, len(v.sources))
	for i, x := range v.sources {
		items[i] = kit.StepItem{State: stepStates[x.state], Title: x.title, Detail: x.detail, Press: func() { p.open(x.to) }}
		switch {
		case x.asked:
			items[i].Action = &kit.ItemAction{Name: t.T("overview.source.here"), Press: p.d.TakeDownload}
		case x.format != "":
			ask := session.AskFor{Format: x.format}
			items[i].Action = &kit.ItemAction{Name: t.T("overview.source.ask"), Press: func() { p.d.Apply(ask) }}
		case x.state == sums.SourceMissing:
			items[i].Action = &kit.ItemAction{Name: t.T("overview.source.add"), Press: func() { p.open(x.to) }}
		}
	}
	objects := []fyne.CanvasObject{s.Meter(t.T("overview.complete.read"), v.read, v.sourcesAll), s.Steps(items)}
	if v.moreSources > 0 {
		all := t.T("overview.sources.all", "n", t.Number(int64(v.moreSources)))
		objects = append(objects, s.Button(all, kit.Quiet, func() { p.st.allSources = true; p.d.Redraw() }))
	}
	return s.Panel(t.T("overview.complete"), objects...)
}

// welcome is the page before anything was read or said.
func (p *Page) welcome(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	begin := s.Button(v.next.button, kit.Primary, func() { p.open(v.next.to) })
	first := []fyne.CanvasObject{begin}
	if len(v.mine) > 0 {
		tags := make([]kit.Tag, len(v.mine))
		for i, m := range v.mine {
			tags[i] = kit.Tag{Word: m, Tone: kit.Accent}
		}
		first = []fyne.CanvasObject{s.Tags(tags...), begin}
	}
	ways := []fyne.CanvasObject{s.Panel(v.next.title, first...)}
	if !v.sample {
		sample := s.Button(t.T("overview.start.sample"), kit.Secondary, p.d.Sample)
		ways = append(ways, s.Panel(t.T("overview.start.other"), s.Body(t.T("overview.start.or")), sample))
	}
	return s.Page(kit.PageParts{Title: v.title, Lead: v.lead, Tools: parts.Promises(s), Body: s.SideBySide(ways...)})
}
