package shell

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"unlisted/checks/job"
	"unlisted/ui/atspi"
	"unlisted/ui/kit"
)

// assistant shows the window to assistive technology.
type assistant struct {
	*Shell
	front bool // the window is the one the person works in
	// rows are the rows of long lists as they were seen last, by what they were
	// seen of: there may be thousands, and they seldom change.
	rows map[*kit.Node]*atspi.Node
}

// Assist shows the window to assistive technology, where the system has a bus
// for it, until the window's context is done. The lifecycle tells whether the
// person works in the window.
func (s *Shell) Assist(life fyne.Lifecycle) {
	a := &assistant{Shell: s}
	life.SetOnEnteredForeground(func() { a.front = true })
	life.SetOnExitedForeground(func() { a.front = false })
	w := atspi.Window{
		App: "Unlisted", Version: s.o.Version, Post: s.o.Post, Look: a.look,
		Locale: func() string { return s.kit.Text.Lang() },
	}
	job.Start(s.o.Context, job.Runner{Post: s.o.Post}, func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, atspi.Run(ctx, w) // without a bus nobody listens: there is nothing to tell the person
	}, nil, nil)
}

// usual is how a node stands unless something else is said.
const usual = atspi.Enabled | atspi.Sensitive | atspi.Showing | atspi.Visible

// look is the window as it is now: the semantic tree of the kit, part by part,
// with rows that follow each other as lists.
func (s *assistant) look() *atspi.Node {
	frame := &atspi.Node{Key: "window", Role: atspi.Frame, Name: s.win.Title(), State: usual}
	frame.Hands.Place = func() atspi.Rect { return s.rect(fyne.Position{}, s.win.Canvas().Size()) }
	if s.front {
		frame.State |= atspi.Active
	}
	if bar := s.menuBar(s.win.MainMenu()); s.Shell.front != nil && len(bar.Children) > 0 {
		frame.Children = append(frame.Children, bar)
	}
	groups := s.kit.Groups()
	rank := func(g kit.Group) int { return slices.Index([]string{"rail", "page", "job", "status"}, g.Scope) }
	slices.SortStableFunc(groups, func(a, b kit.Group) int {
		return cmp.Compare(uint(rank(a)), uint(rank(b))) // those of no rank last
	})
	focused := s.win.Canvas().Focused()
	rows := map[*kit.Node]*atspi.Node{}
	for _, g := range groups {
		if n := s.group(g, focused, rows); len(n.Children) > 0 {
			frame.Children = append(frame.Children, n)
		}
	}
	s.rows = rows
	return frame
}

// part is one part of the window, with nothing in it.
func (s *assistant) part(g kit.Group) *atspi.Node {
	n := &atspi.Node{Key: fmt.Sprintf("%s %p", g.Scope, g.Memory), Role: atspi.Panel, State: usual}
	t := s.kit.Text
	switch g.Scope {
	case "rail":
		n.Role, n.Name = atspi.TabList, t.T("kit.scope.rail")
	case "status":
		n.Role, n.Name = atspi.StatusBar, t.T("kit.scope.status")
	case "job":
		n.Name = t.T("kit.scope.job")
	case "palette":
		n.Role, n.Name = atspi.Dialog, t.T("palette.title")
		n.State |= atspi.Modal
	default:
		n.Name = t.T("kit.scope.page") // until its title says more
	}
	return n
}

// group is one part of the window. It notes the rows of long lists in rows.
func (s *assistant) group(g kit.Group, focused fyne.Focusable, rows map[*kit.Node]*atspi.Node) *atspi.Node {
	n := s.part(g)
	var list *atspi.Node // that rows go into
	heading, lists, shared := "", 0, shared(g.Nodes)
	seen := map[string]int{}
	for _, k := range g.Nodes {
		c := s.again(s.rows[k], k, focused)
		if c == nil {
			if c = s.control(g.Scope, k, focused, shared[k.Object]); c == nil {
				continue
			}
			seen[c.Key]++
			c.Key += strconv.Itoa(seen[c.Key])
		}
		if shared[k.Object] {
			rows[k] = c
		}
		if c.Role != atspi.ListItem {
			list = nil
		}
		switch {
		case c.Role == atspi.Heading:
			heading = c.Name
			if c.Level == 1 {
				n.Name = c.Name
			}
		case c.Role == atspi.ListItem && list == nil:
			lists++
			list = s.list(k, heading, lists, focused, shared[k.Object])
			n.Children = append(n.Children, list)
		}
		if list != nil {
			if c.State.Has(atspi.Focused) { // one of them, not all
				list.State &^= atspi.Focused
			}
			list.Children = append(list.Children, c)
		} else {
			n.Children = append(n.Children, c)
		}
	}
	for _, c := range n.Children {
		if c.Role == atspi.List && c.Name == "" { // it stands under nothing
			c.Name = n.Name
		}
	}
	return n
}

// menuBar is the menu bar, whose menus lie closed.
func (s *assistant) menuBar(m *fyne.MainMenu) *atspi.Node {
	bar := &atspi.Node{Key: "menu", Role: atspi.MenuBar, Name: "Unlisted", State: usual}
	if m == nil {
		return bar
	}
	for i, sub := range m.Items {
		menu := &atspi.Node{Key: strconv.Itoa(i), Role: atspi.Menu, Name: sub.Label, State: usual}
		for j, it := range sub.Items {
			if it.IsSeparator {
				continue
			}
			n := &atspi.Node{Key: strconv.Itoa(j), Role: atspi.MenuItem, Name: it.Label, State: atspi.Enabled | atspi.Sensitive}
			if it.Disabled {
				n.State = 0
			}
			if it.Checked {
				n.State |= atspi.Checkable | atspi.Checked
			}
			n.Keys, n.Hands.Press = keysOf(it.Shortcut), s.using(it.Action)
			menu.Children = append(menu.Children, n)
		}
		bar.Children = append(bar.Children, menu)
	}
	return bar
}

// keysOf writes a shortcut as the protocol does.
func keysOf(sc fyne.Shortcut) string {
	key, is := sc.(fyne.KeyboardShortcut)
	if !is {
		return ""
	}
	out := ""
	for _, m := range []struct {
		is   fyne.KeyModifier
		name string
	}{
		{fyne.KeyModifierShift, "<Shift>"},
		{fyne.KeyModifierControl, "<Control>"},
		{fyne.KeyModifierAlt, "<Alt>"},
		{fyne.KeyModifierSuper, "<Super>"},
	} {
		if key.Mod()&m.is != 0 {
			out += m.name
		}
	}
	return out + strings.ToLower(string(key.Key()))
}

// list is what rows that follow each other stand in, named as what they stand
// under. It is the list that has the focus where its rows cannot.
func (s *assistant) list(first *kit.Node, name string, nth int, focused fyne.Focusable, shared bool) *atspi.Node {
	n := &atspi.Node{Key: "list " + strconv.Itoa(nth), Role: atspi.List, Name: name, State: usual}
	if shared {
		s.focus(n, first.Object, focused)
		n.Hands.Place = s.place(first.Object)
	}
	return n
}

// shared are the objects that stand for more than one node.
func shared(nodes []*kit.Node) map[fyne.CanvasObject]bool {
	out := map[fyne.CanvasObject]bool{}
	for _, n := range nodes {
		_, twice := out[n.Object]
		out[n.Object] = twice
	}
	return out
}

// roles are what the roles of the kit are called there.
var roles = map[string]atspi.Role{
	"badge": atspi.Label, "button": atspi.Button, "chip": atspi.ToggleButton, "check": atspi.CheckBox,
	"entry": atspi.Entry, "heading": atspi.Heading, "image": atspi.Image, "progress": atspi.ProgressBar,
	"row": atspi.ListItem, "select": atspi.ComboBox,
	"tab": atspi.Tab, "text": atspi.Label,
}

// control is one control or text; nil where it is not in the window now.
func (s *assistant) control(scope string, k *kit.Node, focused fyne.Focusable, shared bool) *atspi.Node {
	var st kit.State
	if k.State != nil {
		st = k.State()
	}
	if st.Hidden {
		return nil
	}
	n := &atspi.Node{Role: roleOf(k), Name: k.Name, Level: k.Level, Part: st.Part, Live: k.Live, State: stateOf(k, st)}
	n.Key = k.Role + "\x00" + k.ID
	if k.ID == "" {
		n.Key += k.Name
	}
	n.Key += "\x00"
	said := ""
	if k.Value != nil {
		said = k.Value()
	}
	switch n.Role {
	case atspi.CheckBox, atspi.ToggleButton: // their states say it
	case atspi.ComboBox:
		n.Text = said
		n.Children = s.choices(k, said, n.State)
	default:
		n.Description = said
	}
	n.Hands.Press, n.Hands.Place = s.using(k.Press), s.place(k.Object)
	n.Hands.Show = func() { s.kit.Reveal(scope, k.Object) }
	if k.Text != nil {
		n.Text = k.Text()
		n.Hands.Edit = func(f func(string) string) { s.used(); k.Type(f(k.Text())) }
	}
	if c, has := k.Object.(interface {
		Caret() int
		SetCaret(at int)
	}); has {
		n.Caret, n.Hands.Caret = c.Caret(), c.SetCaret
	}
	if !shared || st.Current {
		s.focus(n, k.Object, focused)
	}
	return n
}

// using is what a press does; acting by assistive technology is use of the window
// like any other.
func (s *assistant) using(press func()) func() {
	if press == nil {
		return nil
	}
	return func() { s.used(); press() }
}

// again is a row of a long list as it was, but for the focus.
func (s *assistant) again(was *atspi.Node, k *kit.Node, focused fyne.Focusable) *atspi.Node {
	if was == nil || k.State == nil {
		return nil
	}
	current := k.State().Current
	f, can := k.Object.(fyne.Focusable)
	has := current && can && focused == f
	if was.State.Has(atspi.Focusable) == current && was.State.Has(atspi.Focused) == has {
		return was
	}
	n := *was
	n.State &^= atspi.Focusable | atspi.Focused
	n.Hands.Focus = nil
	if current {
		s.focus(&n, k.Object, focused)
	}
	return &n
}

func roleOf(k *kit.Node) atspi.Role {
	role, known := roles[k.Role]
	switch {
	case k.Secret:
		return atspi.PasswordText
	case known:
		return role
	case k.Press != nil:
		return atspi.Button
	}
	return atspi.Label
}

func stateOf(k *kit.Node, st kit.State) atspi.State {
	state := usual
	if k.On != nil && !k.On() {
		state &^= atspi.Enabled | atspi.Sensitive
	}
	add := func(is bool, what atspi.State) {
		if is {
			state |= what
		}
	}
	role := roleOf(k)
	add(k.Text != nil, atspi.Editable|atspi.SingleLine)
	add(role == atspi.CheckBox || role == atspi.ToggleButton, atspi.Checkable)
	add(role == atspi.Tab || st.Selected, atspi.Selectable)
	add(st.Checked, atspi.Checked)
	add(role == atspi.ToggleButton && (st.Checked || st.Selected), atspi.Pressed|atspi.Checked)
	add(st.Selected, atspi.Selected)
	add(st.Expandable || role == atspi.ComboBox, atspi.Expandable)
	add(st.Expandable && st.Expanded, atspi.Expanded)
	add(st.Expandable && !st.Expanded || role == atspi.ComboBox, atspi.Collapsed)
	add(st.Invalid, atspi.Invalid)
	return state
}

// choices are the words of a select, of which one is chosen.
func (s *assistant) choices(k *kit.Node, chosen string, of atspi.State) []*atspi.Node {
	out := make([]*atspi.Node, len(k.Options))
	for i, word := range k.Options {
		c := &atspi.Node{Key: strconv.Itoa(i) + word, Role: atspi.ListItem, Name: word}
		c.State = of&(atspi.Enabled|atspi.Sensitive) | atspi.Selectable
		if word == chosen {
			c.State |= atspi.Selected
		}
		c.Hands.Press = s.using(func() { k.Type(word) })
		out[i] = c
	}
	return out
}

// focus says whether an object can have the focus, and has it.
func (s *assistant) focus(n *atspi.Node, o fyne.CanvasObject, focused fyne.Focusable) {
	f, can := o.(fyne.Focusable)
	if !can || !n.State.Has(atspi.Enabled) {
		return
	}
	n.State |= atspi.Focusable
	n.Hands.Focus = func() { s.win.Canvas().Focus(f) }
	if focused == f {
		n.State |= atspi.Focused
	}
}

// place finds out where an object lies, in pixels of the window.
func (s *assistant) place(o fyne.CanvasObject) func() atspi.Rect {
	if o == nil {
		return nil
	}
	return func() atspi.Rect { return s.rect(kit.Driver().AbsolutePositionForObject(o), o.Size()) }
}

func (s *assistant) rect(at fyne.Position, size fyne.Size) atspi.Rect {
	f := s.win.Canvas().Scale()
	return atspi.Rect{X: int32(at.X * f), Y: int32(at.Y * f), W: int32(size.Width * f), H: int32(size.Height * f)}
}
