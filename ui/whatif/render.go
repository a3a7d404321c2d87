package whatif

import (
	"fmt"
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/access"
	"unlisted/checks/overview"
	"unlisted/checks/reach"
	"unlisted/checks/reach/picture"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

func (p *Page) render(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	said := newWords(s, v.chain)
	page := kit.PageParts{Title: v.title, Tools: p.tools(s, v), Fill: true}
	page.Body = s.FillColumns(p.picture(s, v, said), p.aside(s, v, said))
	next := s.Button(t.T("whatif.next"), kit.Primary, func() { p.d.Go("fix", "") })
	lists := []fyne.CanvasObject{
		s.Button(t.T("whatif.list"), kit.Secondary, func() { p.d.Go("whatif", listArg) }),
		s.Button(t.T("whatif.strength"), kit.Secondary, func() { p.d.Go("whatif", gradesArg) }),
	}
	if s.Narrow() { // the foot is there for one button, and what stays can be read above it
		page.Body = kit.Column(page.Body, s.Body(v.kept), s.Wrap(lists...))
		page.Foot = s.ActionBar("", next)
	} else {
		page.Foot = s.ActionBar(v.kept, append([]fyne.CanvasObject{next}, lists...)...)
	}
	return s.Page(page)
}

// tools are the questions.
func (p *Page) tools(s *kit.Scope, v view) fyne.CanvasObject {
	row := s.Chips(chips(v.chips), chosen(v.chips), p.put)
	if !p.st.choosing && chosen(v.chips) != moreChip {
		return row
	}
	several := append(v.kinds, v.means...)
	on := func(id string) bool {
		return slices.ContainsFunc(several, func(c chip) bool { return c.id == id && c.on })
	}
	return kit.Column(row, s.ChipsMany(chips(several), on, func(id string) {
		if k := reach.Kind(id); k == reach.Steal || k == reach.Lose {
			p.ask(k)
			return
		}
		p.toggle(id)
	}))
}

func chips(list []chip) []kit.Chip {
	out := make([]kit.Chip, len(list))
	for i, c := range list {
		out[i] = kit.Chip{ID: c.id, Word: c.word, Count: c.count}
	}
	return out
}

func chosen(list []chip) string {
	for _, c := range list {
		if c.on {
			return c.id
		}
	}
	return ""
}

// picture draws the graph, today or after the plan.
func (p *Page) picture(s *kit.Scope, v view, said *words) fyne.CanvasObject {
	t := s.Text
	c := newChart(s, v.picture, &p.eye)
	for i, it := range v.picture.Items {
		if it.Account != "" && it.Account == v.chain.account {
			c.chosen = i
		}
	}
	c.paint()
	c.said = func(item int) { said.say(v, item) }
	c.press = func(item int) { p.choose(v.picture.Items[item]) }
	c.seen = func() { s.BringIn(c) }
	if !s.Still() {
		c.moveFrom(p.drawn)
	}
	p.drawn = v.picture
	when := s.Chips(chips(v.when), chosen(v.when), p.see)
	zoom := func(sign, key string, tapped func()) fyne.CanvasObject {
		b := s.Button(sign, kit.Quiet, tapped)
		s.Called(t.T(key))
		return b
	}
	size := kit.Row(
		zoom("+", "whatif.larger", func() { c.zoom(zoomStep) }),
		zoom("–", "whatif.smaller", func() { c.zoom(1 / zoomStep) }),
		zoom("1:1", "whatif.whole", c.whole),
	)
	drawn := fyne.CanvasObject(c)
	if !s.Narrow() {
		drawn = container.NewStack(newWheel(c), c)
	}
	return s.FillPanel("", container.NewBorder(container.NewBorder(nil, nil, nil, size, when), nil, nil, nil, drawn))
}

// aside is the chain of one account, and the question that changes most.
func (p *Page) aside(s *kit.Scope, v view, said *words) fyne.CanvasObject {
	t := s.Text
	var objects []fyne.CanvasObject
	if v.noNumber {
		objects = append(objects, s.Panel(t.T("whatif.number"), s.Body(t.T("whatif.number.why")),
			s.Button(t.T("whatif.number.you"), kit.Secondary, func() { p.d.Go("you", "") })))
	}
	if v.chain.title == "" {
		objects = append(objects, s.Panel("", said.object))
	} else {
		parts := []fyne.CanvasObject{said.object}
		if v.chain.assumed {
			parts = append(parts, s.Tags(kit.Tag{Word: t.T("whatif.badge.assumed"), Tone: kit.Warning}))
		}
		open := s.Button(t.T("whatif.chain.open"), kit.Quiet, func() { p.d.Go("find", v.chain.account) })
		objects = append(objects, s.Panel("", append(parts, open)...))
	}
	if v.ask != nil {
		objects = append(objects, p.question(s, v))
	}
	if v.answered {
		objects = append(objects, s.Button(t.T("whatif.again"), kit.Quiet, func() { p.d.Apply(session.ForgetAnswers{}) }))
	}
	return kit.Column(objects...)
}

// question puts the one that changes most.
func (p *Page) question(s *kit.Scope, v view) fyne.CanvasObject {
	t := s.Text
	var buttons []fyne.CanvasObject
	for _, a := range []struct{ key, answer string }{
		{"whatif.yes", reach.Yes}, {"whatif.no", reach.No}, {"whatif.unsure", overview.AnswerUnknown},
	} {
		answer := session.AnswerQuestion{Key: v.ask.key, Answer: a.answer}
		buttons = append(buttons, s.Button(t.T(a.key), kit.Secondary, func() { p.d.Apply(answer) }))
	}
	return s.Panel("", s.Caption(t.T("whatif.ask")), s.Body(v.ask.words), s.Wrap(buttons...))
}

// list shows accounts, first those that matter most.
func (p *Page) list(s *kit.Scope, title, why string, rows []row) fyne.CanvasObject {
	items := make([]kit.Item, len(rows))
	for i, r := range rows {
		items[i] = kit.Item{ID: r.platform, Title: r.title, Detail: r.detail, Badge: r.badge, Tone: r.tone(p.st.kind)}
	}
	back := s.Button(s.Text.T("whatif.back"), kit.Quiet, func() { p.d.Go("whatif", "") })
	return s.Page(kit.PageParts{
		Above: back, Title: title, Lead: why,
		Body: s.List(items, func(i int) { p.d.Go("find", rows[i].account) }),
	})
}

// tone is red only for what falls now.
func (r row) tone(k reach.Kind) kit.Tone {
	switch {
	case r.falls:
		return toneOf(k)
	case r.level == access.Poor:
		return kit.Warning
	case r.level == access.Good:
		return kit.Good
	}
	return kit.Neutral
}

// words says beside the picture how the chosen account opens, and while the
// pointer or the focus is on a box, what that box is. It has room for a chain of
// usual length, so that nothing below moves.
type words struct {
	object      *fyne.Container
	title, text *widget.Label
	none        string // while there is nothing to say
}

// wordsHeight is the room for the words at 100 % text.
const wordsHeight = 110

func newWords(s *kit.Scope, c chain) *words {
	w := &words{none: s.Text.T("whatif.picture.why")}
	w.title = &widget.Label{Wrapping: fyne.TextWrapWord, TextStyle: fyne.TextStyle{Bold: true}}
	w.text = &widget.Label{Wrapping: fyne.TextWrapWord, SizeName: theme.SizeNameCaptionText}
	w.title.ExtendBaseWidget(w.title)
	w.text.ExtendBaseWidget(w.text)
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(160, wordsHeight*s.Theme().Size(theme.SizeNameCaptionText)/picture.FontSize))
	w.object = container.NewStack(room, kit.CompactColumn(w.title, w.text))
	w.show(c.title, c.steps)
	s.Add(&kit.Node{
		Role: "text", Name: s.Text.T("whatif.picture"), Object: w.text,
		Value: func() string { return w.title.Text + "\n" + w.text.Text },
	})
	return w
}

func (w *words) say(v view, item int) {
	c := v.chain
	if item >= 0 {
		if it := v.picture.Items[item]; it.Account != "" {
			c = v.chainOf(it.Account)
		} else {
			c = chain{title: it.Name, steps: v.picture.Say(item)}
		}
	}
	w.show(c.title, c.steps)
}

// show numbers the steps where there are several.
func (w *words) show(title string, steps []string) {
	if title == "" {
		steps = []string{w.none}
	}
	lines := make([]string, len(steps))
	for i, s := range steps {
		if lines[i] = s; len(steps) > 1 {
			lines[i] = fmt.Sprintf("%d. %s", i+1, s)
		}
	}
	w.title.Text, w.text.Text = title, strings.Join(lines, "\n")
	w.title.Hidden = title == ""
	w.object.Refresh()
}
