package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Command is one thing that can be done from anywhere by its name.
type Command struct {
	Name, Detail string
	Icon         IconName // where it is of no platform
	Platform     string   // its id, for the monogram
	Do           func()
}

// commandsShown is how many commands are in sight at once.
const commandsShown = 7

// CommandPalette finds commands by what is typed: arrows choose, Enter does,
// Escape closes.
type CommandPalette struct {
	scope  *Scope
	find   func(query string) []Command
	close  func()
	field  *Field
	result *fyne.Container
	list   []Command
	at     int
}

// CommandPalette fills a scope with a field and what it finds. title names it,
// none is said where nothing is found.
func (s *Scope) CommandPalette(
	title, hint, none string,
	find func(string) []Command,
	done func(),
) (*CommandPalette, fyne.CanvasObject) {
	p := &CommandPalette{scope: s, find: find, close: done, result: container.New(column{1})}
	p.field = s.Field("command", title, hint, false, func(string) { p.do(p.at) })
	p.field.entry.Icon = IconSearch.in(s.colors.muted)
	p.field.entry.onKey = p.key
	p.field.entry.OnChanged = func(v string) {
		p.field.typed(v)
		p.at = 0
		p.show(none)
	}
	p.show(none)
	card := s.surface(s.colors.surface, s.colors.inputBorder, Column(p.field.Object, p.result))
	return p, s.over(card, done)
}

// Focus is what the keyboard belongs to while the palette is open.
func (p *CommandPalette) Focus() fyne.Focusable { return p.field.entry }

// key takes the keys that choose.
func (p *CommandPalette) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyEscape:
		p.close()
	case fyne.KeyDown:
		p.at = min(p.at+1, len(p.list)-1)
	case fyne.KeyUp:
		p.at = max(p.at-1, 0)
	default:
		return false
	}
	p.show("")
	return true
}

func (p *CommandPalette) do(i int) {
	if i < 0 || i >= len(p.list) {
		return
	}
	do := p.list[i].Do
	p.close()
	do()
}

func (p *CommandPalette) show(none string) {
	s := p.scope
	p.list = p.find(p.field.Text())
	p.at = max(0, min(p.at, len(p.list)-1))
	shown := int(commandsShown / s.scale())
	first := max(0, p.at-shown+1)
	p.result.Objects = nil
	if keep := len(s.part.nodes); keep > 1 { // what was found before is gone
		s.part.nodes = s.part.nodes[:1]
	}
	for i := first; i < min(len(p.list), first+shown); i++ {
		c := p.list[i]
		it := Item{ID: c.Platform, Icon: c.Icon, Title: c.Name, Detail: c.Detail, Chosen: i == p.at}
		p.result.Objects = append(p.result.Objects, s.entryRow(visible([]Item{it})[0], func() { p.do(i) }))
	}
	if len(p.list) == 0 && none != "" {
		p.result.Objects = append(p.result.Objects, s.Caption(none))
	}
	p.result.Refresh()
}

// over lays a card over the whole window; a press beside it closes it.
func (k *Kit) over(card fyne.CanvasObject, done func()) fyne.CanvasObject {
	veil := &veil{press: done, back: canvas.NewRectangle(color.NRGBA{A: 0x60})}
	veil.ExtendBaseWidget(veil)
	return container.NewStack(veil, container.New(&dialogLayout{kit: k}, card))
}

// veil darkens what is behind a card, and keeps it from being pressed.
type veil struct {
	widget.BaseWidget
	press func()
	back  *canvas.Rectangle
}

var _ desktop.Hoverable = (*veil)(nil)

func (v *veil) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.back) }
func (v *veil) Tapped(*fyne.PointEvent)             { v.press() }
func (v *veil) MouseIn(*desktop.MouseEvent)         {}
func (v *veil) MouseMoved(*desktop.MouseEvent)      {}
func (v *veil) MouseOut()                           {}

// dialogLayout stands a card in the upper middle of the window.
type dialogLayout struct{ kit *Kit }

func (*dialogLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l *dialogLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	w := min(size.Width-2*gap, lineLength*l.kit.scale())
	o.Resize(fyne.NewSize(w, o.MinSize().Height))
	o.Resize(fyne.NewSize(w, o.MinSize().Height))
	o.Move(fyne.NewPos((size.Width-w)/2, min(size.Height/8, 80)))
}

// Overlay lays an object over what is below it.
func Overlay(below, above fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewStackLayout(), below, above)
}
