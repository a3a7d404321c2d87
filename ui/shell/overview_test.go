package shell_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"unlisted/checks/evidence"
	"unlisted/checks/profile"
	"unlisted/ui/kit"
)

// begins is the first of a role whose name begins so.
func (w *window) begins(role, prefix string) *kit.Node {
	w.Helper()
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == role && strings.HasPrefix(n.Name, prefix) {
			return n
		}
	}
	w.Fatalf("no %s begins with %q: %q", role, prefix, w.names())
	return nil
}

// A profile opens with the overview. Before anything is read it says what the
// program does, never does and keeps, and no figure at all; the two ways in lead
// on.
func TestOverviewWelcomes(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, empty())
		w.looksRight("overview")
		w.says(w.word("start.does"))
		w.says(w.word("start.never"))
		w.says(w.word("start.keeps"))
		for _, n := range w.shell.Kit().Nodes() {
			if strings.ContainsAny(n.Name, "0123456789") {
				t.Errorf("%s: %q has a figure before anything was read", lang, n.Name)
			}
		}
		w.press(w.word("overview.start.you.go"))
		w.says(w.word("you.title"))
	}
	w := open(t, "en", empty())
	w.press("Look at an invented person")
	w.wait("Invented person")
	w.press("Back to my own data")
	w.says("What it never does")
}

// The figures, the map and the next step lead to where they are explained.
func TestOverviewLeadsOn(t *testing.T) {
	w := open(t, "en", nil)
	w.looksRight("overview")
	for _, x := range []struct{ role, prefix, page string }{
		{"row", "+33 6", "find"},
		{"row", "Can be taken out ·", "find"},
		{"row", "Your mail", "find"},
		{"button", "Start", "fix"},
	} {
		w.shell.Go("overview", "")
		w.begins(x.role, x.prefix).Press()
		w.pump()
		if at := w.shell.At().Page; at != x.page {
			t.Errorf("%s leads to %s, not %s", x.prefix, at, x.page)
		}
	}
	for i, page := range []string{"find", "whatif", "check", "fix"} {
		w.shell.Go("overview", "")
		var tiles []*kit.Node
		for _, n := range w.shell.Kit().Nodes() {
			if n.Role == "figure" {
				tiles = append(tiles, n)
			}
		}
		if len(tiles) != 4 {
			t.Fatalf("%d tiles", len(tiles))
		}
		tiles[i].Press()
		w.pump()
		if at := w.shell.At().Page; at != page {
			t.Errorf("%s leads to %s, not %s", tiles[i].Name, at, page)
		}
	}
	w.shell.Go("overview", "")
	primary := 0
	for _, n := range w.shell.Kit().Nodes() {
		if n.Role == "button" && (n.Name == "Start" || n.Name == "Choose what to read") {
			primary++
		}
	}
	if primary != 1 {
		t.Errorf("%d next steps", primary)
	}
}

// What the overview counts is what Find then lists: the tile of the number, and
// each group of the map.
func TestOverviewCountsWhatFindLists(t *testing.T) {
	for _, p := range []*profile.Profile{nil, claimed(t, 40)} {
		w := open(t, "en", p)
		var groups []string
		for _, n := range w.shell.Kit().Nodes() {
			if n.Role == "row" && strings.Contains(n.Name, " · ") {
				groups = append(groups, n.Name)
			}
		}
		if len(groups) < 2 {
			t.Fatalf("groups %q", groups)
		}
		for _, name := range groups {
			w.shell.Go("overview", "")
			w.begins("row", name).Press()
			w.pump()
			if chip := w.begins("chip", strings.ReplaceAll(name, " · ", " ")); chip.Value() != "on" {
				t.Errorf("%s: Find shows something else: %q", name, w.names())
			}
		}
		w.shell.Go("overview", "")
		tile := w.begins("figure", "")
		count, _, _ := strings.Cut(tile.Name, " ")
		tile.Press()
		w.pump()
		if chip := w.begins("chip", "Hold my number "+count); chip.Value() != "on" {
			t.Errorf("%s: Find shows something else: %q", tile.Name, w.names())
		}
	}
}

// Boxes of the map are walked by the arrow keys, tell what they share with the
// other side, and open by Enter.
func TestOverviewMapByKeys(t *testing.T) {
	w := open(t, "en", nil)
	w.win.Canvas().Focus(w.begins("row", "+33 6").Object.(fyne.Focusable))
	key := func(k fyne.KeyName) { w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k}); w.pump() }
	key(fyne.KeyDown)
	if w.win.Canvas().Focused() != w.begins("row", "c•••@gmail.com").Object.(fyne.Focusable) {
		t.Error("down does not lead to the next box")
	}
	key(fyne.KeyRight)
	first := w.begins("row", "Can be taken out ·")
	if w.win.Canvas().Focused() != first.Object.(fyne.Focusable) {
		t.Error("right does not lead to the groups")
	}
	if v := first.Value(); !strings.Contains(v, "Deezer") || !strings.Contains(v, "c•••@gmail.com: ") {
		t.Errorf("the group is told as %q", v)
	}
	key(fyne.KeyReturn)
	if at := w.shell.At(); at != (kit.Route{Page: "find", Arg: "exit/removable"}) {
		t.Errorf("Enter leads to %v", at)
	}
}

// An archive that the person asked for stands as asked for, with its day, until
// it is read; undo takes the mark back.
func TestOverviewAsked(t *testing.T) {
	w := open(t, "en", nil)
	w.press("I asked for it")
	w.says("asked for on 24 November 2026")
	if got := len(w.shell.Session().Snapshot().Asked); got != 1 {
		t.Fatalf("%d archives are asked for", got)
	}
	w.press("Undo")
	if w.shell.Kit().Contains("asked for on") {
		t.Error("undo leaves the mark")
	}
	w.press("I asked for it")
	p := *w.shell.Session().Snapshot()
	var format string
	for f := range p.Asked {
		format = f
	}
	p.Scans = append(slices.Clone(p.Scans), profile.Scan{Source: evidence.Source{Format: format, Items: 2}, At: p.Asked[format]})
	w = open(t, "en", &p)
	if w.shell.Kit().Contains("asked for on") {
		t.Error("what was read is still told as asked for")
	}
}
