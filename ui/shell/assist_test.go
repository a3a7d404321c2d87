package shell_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"unlisted/checks/profile"
	"unlisted/checks/session"
	"unlisted/ui/atspi"
	"unlisted/ui/kit"
)

// flat lists a node and all below it.
func flat(n *atspi.Node) []*atspi.Node {
	out := []*atspi.Node{n}
	for _, c := range n.Children {
		out = append(out, flat(c)...)
	}
	return out
}

// sees finds what assistive technology sees by role and name.
func (w *window) sees(role atspi.Role, name string) *atspi.Node {
	w.Helper()
	w.pump()
	for _, n := range flat(w.shell.Assistive()) {
		if n.Role == role && n.Name == name {
			return n
		}
	}
	w.Fatalf("assistive technology sees no %s %q", role, name)
	return nil
}

// paths lists the keys of all nodes, each behind those of its parents.
func paths(n *atspi.Node, above string) (out []string) {
	at := above + "/" + strings.ReplaceAll(n.Key, "\x00", " ")
	out = append(out, at)
	for _, c := range n.Children {
		out = append(out, paths(c, at)...)
	}
	return out
}

var allPages = []string{"you", "find", "check", "whatif", "fix", "report", "settings"}

// Every control of every page is seen, once, in its part of the window, and
// every role of the kit is known.
func TestAssistiveSeesAll(t *testing.T) {
	known := strings.Fields("badge button check chip entry figure heading image progress row select tab text")
	for _, lang := range []string{"en", "fr"} {
		w := open(t, lang, nil)
		for _, page := range allPages {
			w.shell.Go(page, "")
			w.pump()
			got := map[string]int{}
			for _, n := range flat(w.shell.Assistive()) {
				got[n.Name]++
				if n.Name == "" {
					t.Errorf("%s: a %s without a name", page, n.Role)
				}
				if n.Hands.Press != nil && n.State.Has(atspi.Showing) && n.Hands.Place == nil {
					t.Errorf("%s: the %s %q lies nowhere", page, n.Role, n.Name)
				}
			}
			n := 0
			for _, k := range w.shell.Kit().Nodes() {
				if !slices.Contains(known, k.Role) {
					t.Errorf("%s: nobody knows what a %q is", page, k.Role)
				}
				if k.State != nil && k.State().Hidden {
					continue
				}
				n++
				got[k.Name]--
				if got[k.Name] < 0 {
					t.Errorf("%s: the %s %q is not seen", page, k.Role, k.Name)
				}
			}
			if n < 10 {
				t.Errorf("%s: only %d controls", page, n)
			}
		}
	}
}

// What stays in the window stays the same to assistive technology, however
// often the page is built anew; another page is another thing.
func TestAssistiveStays(t *testing.T) {
	w := open(t, "en", nil)
	var last []string
	for _, page := range allPages {
		w.shell.Go(page, "")
		w.pump()
		before := paths(w.shell.Assistive(), "")
		w.shell.Go(page, "")
		w.pump()
		now := paths(w.shell.Assistive(), "")
		if !slices.Equal(before, now) {
			t.Errorf("%s: %q\nbecame\n%q", page, before, now)
		}
		for i, p := range now {
			if slices.Contains(now[:i], p) {
				t.Errorf("%s: %q stands there twice", page, p)
			}
			if strings.Contains(p, "/page ") && slices.Contains(last, p) {
				t.Errorf("%s: %q is of another page", page, p)
			}
		}
		last = now
	}
}

// The rail says where the person is, and leads on.
func TestAssistiveRail(t *testing.T) {
	w := open(t, "en", nil)
	w.sees(atspi.Tab, "Check").Hands.Press()
	for _, c := range w.sees(atspi.TabList, "Pages").Children {
		if on := c.State.Has(atspi.Selected | atspi.Selectable); on != (c.Name == "Check") {
			t.Errorf("%s is chosen: %v", c.Name, on)
		}
	}
	for _, n := range flat(w.shell.Assistive()) {
		if title := n; n.Level == 1 && (!title.Live || w.sees(atspi.Panel, title.Name) == nil) {
			t.Errorf("nobody is told of the page %q", title.Name)
		}
	}
}

// A field is typed into, says what is wrong with it, and empties once its text
// is used.
func TestAssistiveField(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("you", "")
	const name = "Email address or phone number"
	write := func(s string) { w.sees(atspi.Entry, name).Hands.Edit(func(string) string { return s }) }
	write("nothing of the kind")
	w.sees(atspi.Button, "Add").Hands.Press()
	field := w.sees(atspi.Entry, name)
	if !field.State.Has(atspi.Invalid|atspi.Editable|atspi.Focusable) || field.Description == "" || field.Text != "nothing of the kind" {
		t.Errorf("the field says %q of %q and stands as %x", field.Description, field.Text, field.State)
	}
	write("+33 6 39 98 01 42")
	field = w.sees(atspi.Entry, name)
	if field.State.Has(atspi.Invalid) || field.Description != "" {
		t.Errorf("the field still says %q", field.Description)
	}
	field.Hands.Caret(3)
	if got := w.sees(atspi.Entry, name).Caret; got != 3 {
		t.Errorf("the caret is before %d", got)
	}
	w.sees(atspi.Button, "Add").Hands.Press()
	if field = w.sees(atspi.Entry, name); field.Text != "" {
		t.Errorf("%q is left", field.Text)
	}
	w.sees(atspi.Label, "+33 6 •• •• •• 42")
}

// A choice is made by its word.
func TestAssistiveChoice(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("you", "")
	const name = "Country of the number"
	for _, c := range w.sees(atspi.ComboBox, name).Children {
		if c.Name == "Belgium" {
			c.Hands.Press()
		}
	}
	box := w.sees(atspi.ComboBox, name)
	var chosen []string
	for _, c := range box.Children {
		if c.State.Has(atspi.Selected) {
			chosen = append(chosen, c.Name)
		}
	}
	if box.Text != "Belgium" || !slices.Equal(chosen, []string{"Belgium"}) || box.Hands.Edit != nil {
		t.Errorf("it says %q, and %q are chosen", box.Text, chosen)
	}
}

// Ticks, headings and lists say what they are; what is ticked stays so.
func TestAssistiveStates(t *testing.T) {
	w := open(t, "en", nil)
	w.shell.Go("you", "")
	const tick = "Show addresses and numbers in full"
	if w.sees(atspi.CheckBox, tick).State.Has(atspi.Checked) {
		t.Error("it is ticked")
	}
	w.sees(atspi.CheckBox, tick).Hands.Press()
	if !w.sees(atspi.CheckBox, tick).State.Has(atspi.Checked | atspi.Checkable) {
		t.Error("it is not ticked")
	}
	if got := w.sees(atspi.Heading, "What do you want to protect?").Level; got != 1 {
		t.Errorf("the title is a heading of level %d", got)
	}
	if got := w.sees(atspi.Heading, "Yours").Level; got != 2 {
		t.Errorf("a section is a heading of level %d", got)
	}
	w.shell.Go("find", "")
	rows := 0
	for _, n := range flat(w.shell.Assistive()) {
		for _, c := range n.Children {
			if c.Role == atspi.ListItem && n.Role == atspi.List {
				rows++
			} else if c.Role == atspi.ListItem && n.Role != atspi.ComboBox {
				t.Errorf("the row %q stands in a %s", c.Name, n.Role)
			}
		}
	}
	if rows < 10 {
		t.Errorf("%d rows", rows)
	}
}

// The focus is where the window has it, and goes where it is sent.
func TestAssistiveFocus(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("you", "")
	has := func() (out []string) {
		for _, n := range flat(w.shell.Assistive()) {
			if n.State.Has(atspi.Focused) {
				out = append(out, n.Name)
			}
		}
		return out
	}
	for _, c := range []struct {
		role atspi.Role
		name string
	}{{atspi.Entry, "Email address or phone number"}, {atspi.Button, "Add"}, {atspi.Tab, "Settings"}} {
		w.sees(c.role, c.name).Hands.Focus()
		if got := has(); !slices.Equal(got, []string{c.name}) {
			t.Errorf("sent to %q, the focus is at %q", c.name, got)
		}
	}
	if w.sees(atspi.Heading, "What do you want to protect?").Hands.Focus != nil {
		t.Error("a heading takes the focus")
	}
}

// Of a list of which only some rows exist, the row that the keys go to has the
// focus.
func TestAssistiveLongList(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("find", "all")
	w.pump()
	w.win.Canvas().Capture() // lays the page out
	look := w.shell.Assistant()
	list := func() *atspi.Node {
		for _, n := range flat(look()) {
			if n.Role == atspi.List && len(n.Children) > 60 {
				return n
			}
		}
		t.Fatal("no long list")
		return nil
	}
	before := paths(list(), "")
	list().Hands.Focus()
	for i := range 3 {
		for j, c := range list().Children {
			if c.State.Has(atspi.Focused) != (i == j) {
				t.Errorf("after %d keys the row %d, %q, has the focus: %v", i, j, c.Name, i != j)
			}
		}
		if list().State.Has(atspi.Focused) {
			t.Error("the list has the focus, too")
		}
		w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if now := paths(list(), ""); !slices.Equal(before, now) {
		t.Error("the rows are others after some keys")
	}
	w.shell.Go("you", "")
	w.pump()
	for _, n := range flat(look()) {
		if n.Role == atspi.ListItem && n.Name == "Netflix" {
			t.Error("a row is seen that is gone")
		}
	}
}

// What is written into a secret field never leaves it, and what is off cannot be
// focused.
func TestAssistiveSecret(t *testing.T) {
	w := open(t, "en", empty())
	w.shell.Go("check", "key")
	w.pump()
	secrets := 0
	for _, k := range w.shell.Kit().Nodes() {
		if k.Secret {
			secrets++
			k.Type("hidden from all")
		}
	}
	if secrets == 0 {
		t.Fatal("no secret field to look at")
	}
	for _, n := range flat(w.shell.Assistive()) {
		if n.Role == atspi.PasswordText {
			secrets--
		} else if strings.Contains(n.Name+n.Description+n.Text, "hidden from all") {
			t.Errorf("the %s %q tells it", n.Role, n.Name)
		}
	}
	if secrets != 0 {
		t.Errorf("%d secret fields are seen as others", secrets)
	}
}

// Work under way is a part of the window of its own, and nothing while there is
// none.
func TestAssistiveWork(t *testing.T) {
	w := open(t, "en", empty())
	for _, n := range flat(w.shell.Assistive()) {
		if n.Role == atspi.ProgressBar || n.Name == "Stop" {
			t.Errorf("without work there is a %s %q", n.Role, n.Name)
		}
	}
	w.pump()
	b := w.shell.Kit().Begin("job", nil).JobBar()
	b.Show(&kit.Running{Stop: func() {}})
	bar := w.sees(atspi.Panel, "Work under way").Children
	if len(bar) != 2 || bar[0].Role != atspi.ProgressBar || !bar[0].Live || bar[1].Name != "Stop" {
		t.Errorf("the work is seen as %v", bar)
	}
}

// The language of the words is told, and the same things stay after a change of
// the look.
func TestAssistiveFollowsLook(t *testing.T) {
	w := open(t, "en", nil)
	before := paths(w.shell.Assistive(), "")
	set := profile.Settings{Theme: "dark", TextPct: 150, ShowValues: w.shell.Session().Snapshot().Settings.ShowValues}
	if err := w.shell.Session().Apply(session.SetSettings{Settings: set}); err != nil {
		t.Fatal(err)
	}
	w.pump()
	if now := paths(w.shell.Assistive(), ""); !slices.Equal(before, now) {
		t.Errorf("%q became %q", before, now)
	}
	w.win.Resize(fyne.NewSize(900, 600))
	r := w.shell.Assistive().Hands.Place()
	if r.W < 900 || r.H < 600 {
		t.Errorf("the window lies at %v", r)
	}
}

// The menus are there with their keys, and the palette is a dialog that says
// what the keys choose in it.
func TestAssistiveCommands(t *testing.T) {
	w := open(t, "en", nil)
	w.pump()
	find := w.sees(atspi.MenuItem, "Find anything…")
	if find.Keys != "<Control>k" {
		t.Errorf("its key is %q", find.Keys)
	}
	if page := w.sees(atspi.MenuItem, "Check"); !regexp.MustCompile(`^<Alt>[1-9]$`).MatchString(page.Keys) {
		t.Errorf("the key of a page is %q", page.Keys)
	}
	find.Hands.Press()
	d := w.sees(atspi.Dialog, "Find anything")
	if !d.State.Has(atspi.Modal) {
		t.Error("what is behind it can be used")
	}
	w.sees(atspi.Entry, "Find anything").Hands.Edit(func(string) string { return "sett" })
	row := w.sees(atspi.ListItem, "Settings")
	if !row.State.Has(atspi.Selected | atspi.Selectable) {
		t.Errorf("what is chosen is not told: %x", row.State)
	}
	row.Hands.Press()
	w.sees(atspi.Heading, "Settings")
	for _, n := range flat(w.shell.Assistive()) {
		if n.Role == atspi.Dialog {
			t.Error("the palette is still there")
		}
	}
}

// Who acts by assistive technology uses the window: it does not lock under them.
func TestAssistiveUse(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	w := locking(t, &now)
	for _, act := range []func(){
		func() { w.sees(atspi.Tab, "Check").Hands.Press() },
		func() { w.sees(atspi.MenuItem, "You").Hands.Press() },
		func() {
			w.sees(atspi.Entry, "Email address or phone number").Hands.Edit(func(string) string { return "x" })
		},
	} {
		now = now.Add(4 * time.Minute)
		act()
		w.shell.LookIdle()
		w.pump()
		if w.shell.Locked() {
			t.Fatal("locked in the midst of use")
		}
	}
}
