package shell

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"unlisted/checks/catalog"
	"unlisted/checks/plan"
	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/kit"
)

// action is one thing the window does whatever page is in sight: a line of the
// menu, a shortcut, a line of the command palette.
type action struct {
	id   string // its name is the text "command." + id
	menu string // that it stands in
	icon kit.IconName
	key  fyne.KeyName // "" for no shortcut
	mod  fyne.KeyModifier
	do   func(*workspace)
	can  func(*workspace) bool // nil: always
}

const ctrl = fyne.KeyModifierShortcutDefault

// menus are the menus of the window, left to right.
var menus = [...]string{"file", "edit", "view", "go"}

// actions lists what the window does; pages are added by the rail.
func (s *Shell) actions() []action {
	undo := func(w *workspace) bool { return w.session.CanUndo() != "" }
	redo := func(w *workspace) bool { return w.session.CanRedo() != "" }
	return []action{
		{"file", "file", kit.IconFile, fyne.KeyO, ctrl, func(w *workspace) { w.Choose(false, func(f string) { w.scan([]string{f}) }) }, nil},
		{"folder", "file", kit.IconFolder, fyne.KeyO, ctrl | fyne.KeyModifierShift, func(w *workspace) { w.Choose(true, func(f string) { w.scan([]string{f}) }) }, nil},
		{"save", "file", kit.IconDone, fyne.KeyS, ctrl, (*workspace).save, nil},
		{"sample", "file", kit.IconYou, "", 0, (*workspace).Sample, func(w *workspace) bool { return !w.Profile().Sample }},
		{"lock", "file", kit.IconLock, fyne.KeyL, ctrl, (*workspace).Lock, func(w *workspace) bool { return w.store != nil }},
		{"offline", "file", kit.IconLock, "", 0, func(w *workspace) { w.set(func(x *profile.Settings) { x.Offline = !x.Offline }) }, nil},
		{"quit", "file", kit.IconClose, fyne.KeyQ, ctrl, func(w *workspace) { w.shell.quit() }, nil},
		{"undo", "edit", kit.IconUndo, fyne.KeyZ, ctrl, func(w *workspace) { w.session.Undo() }, undo},
		{"redo", "edit", kit.IconUndo, fyne.KeyZ, ctrl | fyne.KeyModifierShift, func(w *workspace) { w.session.Redo() }, redo},
		{"find", "edit", kit.IconSearch, fyne.KeyK, ctrl, (*workspace).openPalette, nil},
		{"larger", "view", kit.IconAdd, fyne.KeyEqual, ctrl, func(w *workspace) { w.grow(1) }, nil},
		{"smaller", "view", kit.IconCircle, fyne.KeyMinus, ctrl, func(w *workspace) { w.grow(-1) }, nil},
		{"light", "view", kit.IconSettings, "", 0, looks("light"), nil},
		{"dark", "view", kit.IconSettings, "", 0, looks("dark"), nil},
		{"contrast", "view", kit.IconSettings, "", 0, looks("contrast"), nil},
		{"system", "view", kit.IconSettings, "", 0, looks(""), nil},
		{"values", "view", kit.IconShow, fyne.KeyM, ctrl, func(w *workspace) {
			w.set(func(x *profile.Settings) { x.ShowValues = !x.ShowValues })
		}, nil},
		{"back", "go", kit.IconBack, fyne.KeyLeft, fyne.KeyModifierAlt, (*workspace).goBack, func(w *workspace) bool { return len(w.back) > 0 }},
	}
}

// set changes a setting.
func (w *workspace) set(change func(*profile.Settings)) {
	set := w.Profile().Settings
	change(&set)
	w.Apply(session.SetSettings{Settings: set})
}

func looks(name string) func(*workspace) {
	return func(w *workspace) { w.set(func(x *profile.Settings) { x.Theme = name }) }
}

// grow makes the text one step larger or smaller.
func (w *workspace) grow(steps int) {
	w.set(func(x *profile.Settings) { x.TextPct = max(100, min(200, max(100, x.TextPct)+25*steps)) })
}

// shortcuts sets the keys of the window.
func (s *Shell) shortcuts() {
	for i, p := range railPages() {
		if i < 9 {
			s.shortcut(fyne.KeyName(strconv.Itoa(i+1)), fyne.KeyModifierAlt, func() { s.Go(p.id, "") })
		}
	}
	for _, a := range s.actions() {
		if a.key == "" {
			continue
		}
		s.shortcut(a.key, a.mod, func() { s.act(a) })
	}
	s.shortcut(fyne.KeyPlus, ctrl, func() { s.with((*workspace).larger) })
}

func (w *workspace) larger() { w.grow(1) }

// act does what an action does; without a profile only leaving is possible.
func (s *Shell) act(a action) {
	switch {
	case s.front == nil && a.id == "quit":
		s.quit()
	case s.front != nil && (a.can == nil || a.can(s.front)):
		a.do(s.front)
	}
}

// Do does an action by its name; for the gallery and tests.
func (s *Shell) Do(id string) {
	for _, a := range s.actions() {
		if a.id == id {
			s.act(a)
		}
	}
}

func (s *Shell) with(f func(*workspace)) {
	if s.front != nil {
		f(s.front)
	}
}

// save writes now what is not on disk yet.
func (w *workspace) save() {
	w.aside("job.lock", func(context.Context) error { return w.session.Save() }, w.Tell)
}

// shortcut adds a key for the whole window, focused fields included.
func (s *Shell) shortcut(key fyne.KeyName, mod fyne.KeyModifier, f func()) {
	sc := &desktop.CustomShortcut{KeyName: key, Modifier: mod}
	s.keys.AddShortcut(sc, func(fyne.Shortcut) { f() })
	s.win.Canvas().AddShortcut(sc, func(fyne.Shortcut) { f() })
}

// mainMenu is the menu bar, in the language of the moment.
func (s *Shell) mainMenu() *fyne.MainMenu {
	t := s.kit.Text
	out := make([]*fyne.Menu, len(menus))
	for i, m := range menus {
		var items []*fyne.MenuItem
		if m == "go" {
			for n, p := range railPages() {
				it := fyne.NewMenuItem(t.T("page."+p.id), func() { s.Go(p.id, "") })
				it.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyName(strconv.Itoa(n + 1)), Modifier: fyne.KeyModifierAlt}
				items = append(items, it)
			}
			items = append(items, fyne.NewMenuItemSeparator())
		}
		for _, a := range s.actions() {
			if a.menu != m {
				continue
			}
			it := fyne.NewMenuItem(t.T("command."+a.id), func() { s.act(a) })
			it.IsQuit = a.id == "quit"
			if a.key != "" {
				it.Shortcut = &desktop.CustomShortcut{KeyName: a.key, Modifier: a.mod}
			}
			items = append(items, it)
		}
		out[i] = fyne.NewMenu(t.T("menu."+m), items...)
	}
	return fyne.NewMainMenu(out...)
}

// openPalette shows the command palette.
func (w *workspace) openPalette() {
	s := w.shell
	s.remember()
	s.palette = &kit.CommandPalette{} // made anew at each drawing
	s.drawAll()
}

func (s *Shell) closePalette() {
	s.palette = nil
	s.kit.End("palette")
	s.draw()
}

// commandPalette lays the palette over the window.
func (s *Shell) commandPalette(below fyne.CanvasObject) fyne.CanvasObject {
	t, w := s.kit.Text, s.front
	scope := s.kit.Begin("palette", nil)
	p, above := scope.CommandPalette(t.T("palette.title"), t.T("palette.hint"), t.T("palette.none"), w.commands, s.closePalette)
	s.palette = p
	return kit.Overlay(below, above)
}

// commands finds pages, actions, the person's accounts and platforms by what was
// typed: each word of it begins a word of the name.
func (w *workspace) commands(query string) (out []kit.Command) {
	t := w.shell.kit.Text
	add := func(name string, c kit.Command) {
		if matches(name, query) {
			out = append(out, c)
		}
	}
	for i, p := range railPages() {
		name := t.T("page." + p.id)
		detail := ""
		if i < 9 {
			detail = "Alt+" + strconv.Itoa(i+1)
		}
		add(name, kit.Command{Name: name, Detail: detail, Icon: p.icon, Do: func() { w.Go(p.id, "") }})
	}
	o := w.Overview()
	mine := map[string]bool{}
	for _, a := range o.Accounts {
		mine[a.Platform] = true
		if query == "" {
			continue
		}
		name := w.Catalog().Get(a.Platform, a.Name).Name
		add(name, kit.Command{Name: name, Detail: t.T("palette.account"), Platform: a.Platform, Do: func() { w.Go("find", a.ID) }})
		if slices.ContainsFunc(o.Actions, func(x plan.Action) bool { return x.Account == a.ID }) {
			fix := t.T("palette.fix", "platform", name)
			add(fix, kit.Command{Name: fix, Detail: t.T("page.fix"), Platform: a.Platform, Do: func() { w.Go("fix", a.ID) }})
		}
	}
	for _, a := range w.shell.actions() {
		if a.id != "find" && (a.can == nil || a.can(w)) {
			name := t.T("command." + a.id)
			add(name, kit.Command{Name: name, Detail: keys(a), Icon: a.icon, Do: func() { a.do(w) }})
		}
	}
	for _, p := range w.Catalog().Search(query, 8) {
		if !mine[p.ID] {
			out = append(out, kit.Command{Name: p.Name, Detail: t.T("palette.platform", "id", p.ID), Platform: p.ID, Do: func() { w.Go("find", p.ID) }})
		}
	}
	return out
}

// keys writes a shortcut as it stands on the keyboard.
func keys(a action) string {
	if a.key == "" {
		return ""
	}
	out := ""
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierSuper, "Cmd+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if a.mod&m.mod != 0 {
			out += m.name
		}
	}
	return out + string(a.key)
}

// matches reports whether each word of a query begins a word of a name.
func matches(name, query string) bool {
	words := strings.Fields(catalog.Fold(name))
	for _, q := range strings.Fields(catalog.Fold(query)) {
		found := false
		for _, w := range words {
			found = found || strings.HasPrefix(w, q)
		}
		if !found {
			return false
		}
	}
	return true
}
