package kit

import (
	"cmp"
	"image/color"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// Item is one row of a list: two lines, a letter or a picture before them, words
// behind them.
type Item struct {
	ID            string   // of the platform, for its monogram; "" for none
	Name          string   // of the platform, where Title is another
	Icon          IconName // where there is no monogram; "" for none
	Title, Detail string
	Badge         string // one word; Tags for more
	Tone          Tone   // of Badge
	Tags          []Tag
	Chosen        bool         // it is what is shown beside the list
	Action        *ItemAction  // a button at its end; nil: none
	Menu          []ItemAction // what the other mouse button and the menu key offer
}

// ItemAction is what a button of a row does.
type ItemAction struct {
	Name  string // all of it, for who hears it
	Press func()
}

// name is what the monogram is of.
func (it Item) name() string { return cmp.Or(it.Name, it.Title) }

// tags is the words behind the lines.
func (it Item) tags() []Tag {
	if it.Badge == "" {
		return it.Tags
	}
	return append([]Tag{{it.Badge, it.Tone}}, it.Tags...)
}

// value is what is said of a row beside its name.
func (it Item) value() string {
	out := it.Detail
	for _, t := range it.tags() {
		out += " " + t.Word
	}
	return out
}

func (it Item) state() State { return State{Selected: it.Chosen} }

// rowHeight is a row of a long list at 100 % text.
const rowHeight = 62

// Lists up to listWhole rows are laid out whole; longer ones exist only where
// they are in sight. On a page of their own height they show listShort rows.
const (
	listWhole = 60
	listShort = 9
)

// Whole reports whether a list of n rows is laid out whole.
func (k *Kit) Whole(n int) bool { return n <= listWhole }

// List shows rows on a card. picked is called with a row's index by mouse, Enter
// or Space; nil where rows lead nowhere.
func (s *Scope) List(items []Item, picked func(int)) fyne.CanvasObject {
	return s.rowsCard(s.Rows(items, picked))
}

// Rows is List without a card: for ListDetail, and inside a panel.
func (s *Scope) Rows(items []Item, picked func(int)) fyne.CanvasObject {
	items = visible(items)
	if !s.Whole(len(items)) {
		return s.long(items, picked)
	}
	rows := make([]fyne.CanvasObject, 0, 2*len(items))
	for i, it := range items {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		var press func()
		if picked != nil {
			press = func() { picked(i) }
		}
		rows = append(rows, s.entryRow(it, press))
	}
	return container.New(column{1}, rows...)
}

// visible makes the words of rows visible: they may come from anywhere.
func visible(items []Item) []Item {
	items = slices.Clone(items)
	for i, it := range items {
		it.Title, it.Detail, it.Badge = text.VisibleLines(
			it.Title,
		), text.VisibleLines(
			it.Detail,
		), text.VisibleLines(
			it.Badge,
		)
		it.Tags = slices.Clone(it.Tags)
		for j := range it.Tags {
			it.Tags[j].Word = text.VisibleLines(it.Tags[j].Word)
		}
		items[i] = it
	}
	return items
}

// entryRow is one row laid out whole: its words wrap instead of being cut.
func (s *Scope) entryRow(it Item, press func()) fyne.CanvasObject {
	title := &widget.Label{Text: it.Title, Wrapping: fyne.TextWrapWord, TextStyle: fyne.TextStyle{Bold: it.Chosen}}
	title.ExtendBaseWidget(title)
	words := []fyne.CanvasObject{s.prose(title, lineLength)}
	if it.Detail != "" {
		words = append(words, s.prose(s.small(it.Detail), lineLength))
	}
	n := &Node{Role: "row", Name: it.Title, Press: press, Value: it.value, State: it.state}
	s.add(n)
	var behind []fyne.CanvasObject
	for _, t := range it.tags() {
		behind = append(behind, s.badge(t.Word, t.Tone))
	}
	if len(behind) > 0 && s.Narrow() {
		words = append(words, container.New(&flow{x: gapSmall + 2, y: gapSmall}, behind...))
		behind = nil
	}
	if it.Action != nil {
		behind = append(behind, s.Button(it.Action.Name, Secondary, it.Action.Press))
	}
	var before, after fyne.CanvasObject
	switch {
	case it.ID != "":
		before = s.monogram(it.ID, it.name())
	case it.Icon != "":
		before = container.New(middle{}, s.icon(it.Icon, Neutral))
	}
	if len(behind) > 0 {
		after = container.New(middle{}, container.NewHBox(behind...))
	}
	side := float32(gap + 2)
	if before == nil {
		side = 0
	}
	lines := container.New(middle{}, container.New(column{2}, words...))
	content := container.New(
		layout.NewCustomPaddedLayout(gap, gap, rowInset, rowInset),
		container.NewBorder(
			nil,
			nil,
			before,
			after,
			container.New(layout.NewCustomPaddedLayout(0, 0, side, gap), lines),
		),
	)
	n.Object = content
	if press == nil {
		return content
	}
	r := newPressable(s.Kit, content, press, radius)
	r.chosen, r.menu = it.Chosen, it.Menu
	r.paint()
	r.is(n)
	if n.Object = r; it.Chosen {
		s.part.reveal = func() { s.revealRow(r) }
	}
	return r
}

// revealRow scrolls the list so that a row is in sight, with some of those before it.
func (s *Scope) revealRow(r fyne.CanvasObject) {
	list := s.part.scrolls[listID]
	if y := r.Position().Y; list != nil && y+r.Size().Height > list.Size().Height {
		list.ScrollToOffset(fyne.NewPos(0, y-list.Size().Height/3))
	}
}

func newPressable(k *Kit, content fyne.CanvasObject, press func(), corner float32) *pressable {
	p := &pressable{kit: k, content: content, press: press, back: canvas.NewRectangle(color.Transparent)}
	p.back.CornerRadius = corner
	p.ExtendBaseWidget(p)
	return p
}

// pressable makes a row lead somewhere, by mouse and by keyboard.
type pressable struct {
	widget.BaseWidget
	spoken
	kit     *Kit
	content fyne.CanvasObject
	back    *canvas.Rectangle
	press   func()
	menu    []ItemAction
	chosen  bool
	focused bool
	hovered bool
}

var (
	_ fyne.Focusable    = (*pressable)(nil)
	_ fyne.Tappable     = (*pressable)(nil)
	_ desktop.Hoverable = (*pressable)(nil)
)

func (p *pressable) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.back, p.content))
}

func (p *pressable) paint() {
	p.back.FillColor, p.back.StrokeWidth = color.Transparent, 0
	switch {
	case p.chosen:
		p.back.FillColor = p.kit.colors.tint
	case p.hovered:
		p.back.FillColor = p.kit.colors.hover
	}
	if p.focused {
		p.back.StrokeColor, p.back.StrokeWidth = p.kit.colors.accent, 2
	}
	p.back.Refresh()
}

func (p *pressable) Tapped(*fyne.PointEvent)        { p.kit.used(); p.press() }
func (p *pressable) FocusGained()                   { p.kit.used(); p.focused = true; p.paint(); p.kit.reveal(p) }
func (p *pressable) FocusLost()                     { p.focused = false; p.paint() }
func (p *pressable) MouseIn(*desktop.MouseEvent)    { p.kit.used(); p.hovered = true; p.paint() }
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}
func (p *pressable) MouseOut()                      { p.hovered = false; p.paint() }
func (p *pressable) TypedRune(r rune)               { p.kit.typeAhead(r) }

func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	p.kit.used()
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.press()
	case desktop.KeyMenu:
		popUp(p, p.menu, fyne.NewPos(p.Size().Width/2, p.Size().Height/2))
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (p *pressable) TappedSecondary(e *fyne.PointEvent) { popUp(p, p.menu, e.Position) }

// popUp offers what can be done with an object, at a point of it.
func popUp(o fyne.CanvasObject, menu []ItemAction, at fyne.Position) {
	c := Driver().CanvasForObject(o)
	if len(menu) == 0 || c == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(menu))
	for i, m := range menu {
		items[i] = fyne.NewMenuItem(text.VisibleLines(m.Name), m.Press)
	}
	widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, at, o)
}

// typeAheadPause ends a word that is typed to find a row.
const typeAheadPause = time.Second

// typeAhead gives the focus to the next row whose name begins with what was typed
// within a moment.
func (k *Kit) typeAhead(r rune) {
	now := time.Now()
	if now.Sub(k.typed.at) > typeAheadPause {
		k.typed.word = ""
	}
	k.typed.at, k.typed.word = now, k.typed.word+strings.ToLower(string(r))
	for _, n := range k.Nodes() {
		f, can := n.Object.(fyne.Focusable)
		if n.Role != "row" || !can || !strings.HasPrefix(strings.ToLower(n.Name), k.typed.word) {
			continue
		}
		if l, long := n.Object.(*rows); long {
			l.show(k.typed.word)
			return
		}
		if c := Driver().CanvasForObject(n.Object); c != nil {
			c.Focus(f)
		}
		return
	}
}

// long is a list of which only the rows in sight exist.
func (s *Scope) long(items []Item, picked func(int)) *rows {
	k := s.Kit
	l, fresh := reuse(s, "list", "", func() *rows { return newRows(k) })
	l.items, l.picked = items, picked
	if !fresh {
		l.Refresh()
	}
	s.part.lists[""] = l
	for i, it := range items {
		if it.Chosen {
			s.part.reveal = func() { l.ScrollTo(i) }
		}
		n := &Node{Role: "row", Name: it.Title, Object: l, Value: it.value, State: func() State {
			return State{Selected: it.Chosen, Current: l.at == i}
		}}
		if picked != nil {
			n.Press = func() { picked(i) }
		}
		s.add(n)
	}
	return l
}

// rows is the list behind long; its values change and it stays.
type rows struct {
	widget.List
	kit    *Kit
	items  []Item
	picked func(int)
	at     int // the row the keys go to
}

func newRows(k *Kit) *rows {
	l := &rows{kit: k}
	l.Length = func() int { return len(l.items) }
	l.CreateItem = func() fyne.CanvasObject { return newRow(k) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*row).show(l.items[i]) }
	l.OnSelected = func(i widget.ListItemID) {
		l.Unselect(i) // a row leads somewhere; it does not stay marked
		if l.picked != nil {
			l.picked(i)
		}
	}
	l.OnHighlighted = func(i widget.ListItemID) { l.at = i }
	l.ExtendBaseWidget(l)
	return l
}

// TypedRune goes to the row whose name begins with what is typed.
func (l *rows) TypedRune(r rune) { l.kit.typeAhead(r) }

// show scrolls to the first row whose name begins with a word.
func (l *rows) show(word string) {
	i := slices.IndexFunc(l.items, func(it Item) bool { return strings.HasPrefix(strings.ToLower(it.Title), word) })
	if i >= 0 {
		l.ScrollTo(i)
	}
}

// height is that of one row.
func (l *rows) height() float32 {
	return max(l.MinSize().Height, rowHeight*l.kit.scale()*0.96)
}

// row is the template of a list row.
type row struct {
	widget.BaseWidget
	kit                   *Kit
	title, detail, letter *canvas.Text
	square, back          *canvas.Rectangle
	before, tags, content *fyne.Container
	shown                 []Tag
	menu                  []ItemAction
}

// TappedSecondary implements fyne.SecondaryTappable.
func (r *row) TappedSecondary(e *fyne.PointEvent) { popUp(r, r.menu, e.Position) }

func newRow(k *Kit) *row {
	r := &row{kit: k, square: canvas.NewRectangle(color.Transparent), back: canvas.NewRectangle(color.Transparent)}
	r.title, r.detail, r.letter = canvas.NewText(
		"",
		k.colors.text,
	), canvas.NewText(
		"",
		k.colors.muted,
	), canvas.NewText(
		"",
		color.White,
	)
	r.letter.TextStyle.Bold, r.letter.Alignment = true, fyne.TextAlignCenter
	r.square.CornerRadius, r.back.CornerRadius = radius, radius
	r.before = container.New(
		layout.NewCustomPaddedLayout(0, 0, 0, gap+2),
		container.New(square{squareSize * k.scale()}, r.square, r.letter),
	)
	r.tags = container.NewHBox()
	lines := container.New(clip{}, r.title, r.detail)
	r.content = container.NewStack(
		r.back,
		container.New(layout.NewCustomPaddedLayout(gap-2, gap-2, rowInset, rowInset),
			container.NewBorder(nil, nil, r.before, r.tags, lines)),
	)
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

func (r *row) show(it Item) {
	r.menu = it.Menu
	k, p := r.kit, r.kit.colors
	small := k.size(theme.SizeNameCaptionText)
	r.title.Color, r.title.TextSize, r.title.TextStyle.Bold = p.text, k.size(theme.SizeNameText), it.Chosen
	r.detail.Color, r.detail.TextSize = p.muted, small
	r.title.Text, r.detail.Text = it.Title, it.Detail
	r.back.FillColor = color.Transparent
	if it.Chosen {
		r.back.FillColor = p.tint
	}
	if r.before.Hidden = it.ID == ""; it.ID != "" {
		r.letter.Text, r.square.FillColor, r.letter.Color = k.monogramOf(it.ID, it.name())
		r.letter.TextSize = k.size(theme.SizeNameText)
		if k.Look.Name == "contrast" {
			r.square.StrokeColor, r.square.StrokeWidth = p.line, 1
		}
	}
	if tags := it.tags(); !slices.Equal(tags, r.shown) {
		r.shown, r.tags.Objects = tags, nil
		for _, t := range tags[:min(2, len(tags))] {
			r.tags.Objects = append(r.tags.Objects, k.badge(t.Word, t.Tone))
		}
	}
	r.Refresh()
	r.content.Refresh()
}

// clip stacks lines of text and shortens what is too wide, so that nothing runs
// into the badge.
type clip struct{}

func (clip) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		m.Height += fyne.MeasureText("Ág", o.(*canvas.Text).TextSize, o.(*canvas.Text).TextStyle).Height + 3
	}
	m.Width = 80
	return m
}

func (clip) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		t := o.(*canvas.Text)
		shorten(t, size.Width)
		h := fyne.MeasureText("Ág", t.TextSize, t.TextStyle).Height
		t.Move(fyne.NewPos(0, y))
		t.Resize(fyne.NewSize(size.Width, h))
		y += h + 3
	}
}

func shorten(t *canvas.Text, width float32) {
	if width <= 0 || fyne.MeasureText(t.Text, t.TextSize, t.TextStyle).Width <= width {
		return
	}
	r := []rune(t.Text)
	lo, hi := 0, len(r)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fyne.MeasureText(string(r[:mid])+"…", t.TextSize, t.TextStyle).Width <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	t.Text = string(r[:lo]) + "…"
}
