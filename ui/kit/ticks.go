package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"unlisted/checks/text"
)

// TickItem is a row with a tick.
type TickItem struct {
	Item
	On bool
}

// Ticks lists rows that are ticked by mouse, Enter or Space; long lists exist only where they are in sight. ticked is
// called with the row's index and what the tick is then.
func (s *Scope) Ticks(items []TickItem, ticked func(i int, on bool)) fyne.CanvasObject {
	plain := make([]Item, len(items))
	for i, it := range items {
		plain[i] = it.Item
	}
	plain = visible(plain)
	press := func(i int) { ticked(i, !items[i].On) }
	if !s.Whole(len(items)) {
		return s.longTicks(plain, items, press)
	}
	rows := make([]fyne.CanvasObject, 0, 2*len(items))
	for i, it := range plain {
		if i > 0 {
			rows = append(rows, s.Line())
		}
		content := container.NewBorder(nil, nil, newMark(s.Kit).show(items[i].On), nil, s.entryRow(it, nil))
		p := newPressable(s.Kit, content, func() { press(i) }, radius)
		s.tickNode(s.part.nodes[len(s.part.nodes)-1], p, items[i].On, p.press)
		rows = append(rows, p)
	}
	return container.New(column{1}, rows...)
}

// tickNode makes the node of a row that of its tick.
func (s *Scope) tickNode(n *Node, o fyne.CanvasObject, on bool, press func()) {
	n.Role, n.Object, n.Press = "check", o, press
	n.Value = func() string {
		if on {
			return "on"
		}
		return "off"
	}
}

func (s *Scope) longTicks(plain []Item, items []TickItem, press func(int)) fyne.CanvasObject {
	k := s.Kit
	l, fresh := reuse(s, "list", "ticks", func() *rows { return newRows(k) })
	l.items, l.picked = plain, press
	l.CreateItem = func() fyne.CanvasObject { return container.NewBorder(nil, nil, newMark(k).box, nil, newRow(k)) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		parts := o.(*fyne.Container).Objects
		parts[0].(*row).show(plain[i])
		(&mark{k, parts[1].(*fyne.Container)}).show(items[i].On)
	}
	if !fresh {
		l.Refresh()
	}
	s.part.lists["ticks"] = l
	for i, it := range plain {
		n := &Node{Name: it.Title}
		s.tickNode(n, l, items[i].On, func() { press(i) })
		s.add(n)
	}
	return l
}

// mark is the box of a tick: a square, and a hook in it.
type mark struct {
	kit *Kit
	box *fyne.Container // a square in the middle of a column
}

const markSize = 19

func newMark(k *Kit) *mark {
	back := canvas.NewRectangle(color.Transparent)
	back.CornerRadius = gapSmall
	hook := k.picture(IconDone.in(k.colors.onAccent), markSize-5)
	sized := container.New(square{markSize * k.scale()}, back, hook)
	return &mark{k, container.New(layout.NewCustomPaddedLayout(0, 0, rowInset, 0), sized)}
}

func (m *mark) show(on bool) *fyne.Container {
	in := m.box.Objects[0].(*fyne.Container).Objects
	back, hook := in[0].(*canvas.Rectangle), in[1]
	back.FillColor, back.StrokeColor, back.StrokeWidth = color.Transparent, m.kit.colors.inputBorder, 1.5
	if hook.Hide(); on {
		back.FillColor, back.StrokeColor = m.kit.colors.accent, m.kit.colors.accent
		hook.Show()
	}
	back.Refresh()
	return m.box
}

// ListCard puts rows on a card that takes all its height, and scrolls by itself.
func (s *Scope) ListCard(list fyne.CanvasObject) fyne.CanvasObject {
	if s.Narrow() {
		return s.rowsCard(list)
	}
	return s.sheetOf(s.scrolled("list", list), rowsInset)
}

// Marked stands a small object before words.
func (k *Kit) Marked(small, words fyne.CanvasObject) fyne.CanvasObject {
	before := container.New(layout.NewCustomPaddedLayout(0, 0, 0, gap+2), small)
	return container.NewBorder(nil, nil, before, nil, container.New(middle{}, words))
}

// Stack stands cards one below the other.
func Stack(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(column{gapLarge}, objects...)
}

// Note is a line of quiet text that does not wrap, beside a button.
func (s *Scope) Note(t string) fyne.CanvasObject {
	t = text.Visible(t)
	l := canvas.NewText(t, s.colors.muted)
	l.TextSize = s.size(theme.SizeNameCaptionText)
	s.add(&Node{Role: "text", Name: t, Object: l})
	return l
}

// Icon shows a picture beside words that say the same.
func (k *Kit) Icon(n IconName) fyne.CanvasObject { return k.icon(n, Neutral) }

// Several says that a field takes many values at once: lines that are pasted stay apart, by commas.
func (f *Field) Several() *Field {
	f.entry.several = true
	return f
}

// Put writes into the field as if it had been typed.
func (f *Field) Put(v string) {
	f.memory.typed[f.id] = v
	f.show(v)
}
