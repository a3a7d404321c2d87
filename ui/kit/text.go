package kit

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// prose lays one text out without the space the toolkit puts around it, so that
// words stand on the same left edge as buttons and cards, and breaks its lines
// where reading becomes hard.
type prose struct{ width float32 }

func (prose) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !objects[0].Visible() {
		return fyne.Size{}
	}
	m := objects[0].MinSize()
	return fyne.NewSize(max(0, m.Width-2*innerPadding), max(0, m.Height-2*innerPadding))
}

func (p prose) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	w := min(size.Width, p.width) + 2*innerPadding
	o.Resize(fyne.NewSize(w, o.MinSize().Height))
	o.Resize(fyne.NewSize(w, max(o.MinSize().Height, size.Height+2*innerPadding)))
	o.Move(fyne.NewPos(-innerPadding, -innerPadding))
}

// prose puts a text on the left edge; at most so wide, at 100 % text.
func (k *Kit) prose(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	return container.New(prose{width * k.scale()}, o)
}

func (s *Scope) label(
	role, t string, size fyne.ThemeSizeName, bold bool, imp widget.Importance,
) fyne.CanvasObject {
	t = text.VisibleLines(t)
	l, _ := reuse(s, role+string(size), t, func() *widget.Label {
		l := &widget.Label{
			Text:      t,
			Wrapping:  fyne.TextWrapWord,
			SizeName:  size,
			TextStyle: fyne.TextStyle{Bold: bold},
		}
		l.ExtendBaseWidget(l)
		return l
	})
	if l.Importance != imp || l.TextStyle.Bold != bold {
		l.Importance, l.TextStyle.Bold = imp, bold
		l.Refresh()
	}
	n := &Node{Role: role, Name: t, Object: l}
	switch size {
	case sizeNameTitle:
		n.Level, n.Live = 1, true // another page, or another answer
	case sizeNameHeading:
		n.Level = 2
	}
	s.add(n)
	width := float32(lineLength)
	if size == sizeNameTitle {
		width = widest
	}
	return s.prose(l, width)
}

// Title is the name of a page, or the answer it gives; one each.
func (s *Scope) Title(t string) fyne.CanvasObject {
	return s.label("heading", t, sizeNameTitle, true, widget.MediumImportance)
}

// Heading names a section.
func (s *Scope) Heading(t string) fyne.CanvasObject {
	return s.label("heading", t, sizeNameHeading, true, widget.MediumImportance)
}

// Strong is body text that carries the main fact.
func (s *Scope) Strong(t string) fyne.CanvasObject {
	return s.label("text", t, theme.SizeNameText, true, widget.MediumImportance)
}

// Body is running text.
func (s *Scope) Body(t string) fyne.CanvasObject {
	return s.label("text", t, theme.SizeNameText, false, widget.MediumImportance)
}

// Caption is small, quiet text.
func (s *Scope) Caption(t string) fyne.CanvasObject {
	return s.label("text", t, theme.SizeNameCaptionText, false, widget.LowImportance)
}

// Badge is a word in its tone.
func (s *Scope) Badge(t string, tone Tone) fyne.CanvasObject {
	t = text.VisibleLines(t)
	b := s.badge(t, tone)
	s.add(&Node{Role: "badge", Name: t, Object: b})
	return b
}

func (k *Kit) badge(t string, tone Tone) fyne.CanvasObject {
	t = text.VisibleLines(t)
	ink, ground := k.tone(tone)
	back := canvas.NewRectangle(ground)
	back.CornerRadius = radius - 2
	if k.Look.Name == "contrast" {
		back.StrokeColor, back.StrokeWidth = ink, 1
	}
	word := canvas.NewText(t, ink)
	word.TextSize = sizeTag * k.scale()
	b := container.NewStack(back, container.New(layout.NewCustomPaddedLayout(2, 3, radius, radius), word))
	return container.NewHBox(container.NewVBox(layout.NewSpacer(), b, layout.NewSpacer()))
}

// Banner tells something about what is above it, in its tone, with an optional
// way on.
func (s *Scope) Banner(tone Tone, m text.Message, actions ...fyne.CanvasObject) fyne.CanvasObject {
	ink, ground := s.tone(tone)
	objects := []fyne.CanvasObject{s.Strong(m.What)}
	s.last().Live = true
	if rest := text.Join(m.Means, m.Todo); rest != "" {
		objects = append(objects, s.Body(rest))
		s.last().Live = true
	}
	if len(actions) > 0 {
		objects = append(objects, s.Flow(actions...))
	}
	return s.surface(ground, ink, CompactColumn(objects...))
}

// Empty is what a page shows while it has nothing: why, and the next step.
func (s *Scope) Empty(title, why string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	objects := []fyne.CanvasObject{s.Heading(title), s.Body(why)}
	if len(actions) > 0 {
		objects = append(objects, s.Flow(actions...))
	}
	return s.Card(objects...)
}

// Link opens an address in the browser and says which host it leads to.
func (s *Scope) Link(label, address string, open func(string)) fyne.CanvasObject {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		label += "  (" + u.Host + ")"
	}
	return s.Button(label, Quiet, func() { open(address) })
}

// Path shows where something is found in the menus of another program: its
// labels, outermost first, the last the one to press. The name is said before
// them.
func (s *Scope) Path(name string, labels []string) fyne.CanvasObject {
	if len(labels) == 0 {
		return container.NewHBox()
	}
	style := widget.RichTextStyle{Inline: true, SizeName: theme.SizeNameText}
	last := style
	last.TextStyle.Bold = true
	before := ""
	for _, l := range labels[:len(labels)-1] {
		before += text.VisibleLines(l) + " › "
	}
	end := text.VisibleLines(labels[len(labels)-1])
	words := widget.NewRichText(
		&widget.TextSegment{Text: before, Style: style},
		&widget.TextSegment{Text: end, Style: last},
	)
	words.Wrapping = fyne.TextWrapWord
	s.add(&Node{Role: "text", Name: name + s.Text.T("kit.colon") + before + end, Object: words})
	back := canvas.NewRectangle(s.colors.hover)
	back.CornerRadius = radius
	return container.NewStack(back, words)
}
