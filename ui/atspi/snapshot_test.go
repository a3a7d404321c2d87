package atspi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// usual is how things stand in these tests.
const usual = Enabled | Sensitive | Showing | Visible

// frame is a window with some things in it.
func frame(children ...*Node) *Node {
	return &Node{Key: "window", Role: Frame, Name: "Window", State: usual | Active, Children: children}
}

func thing(role Role, name string) *Node {
	return &Node{Key: role.String() + name, Role: role, Name: name, State: usual}
}

// said tells an event in a line.
func (e event) String() string {
	v := e.value
	if it, is := v.(*item); is {
		v = it.node.Name
	}
	return fmt.Sprintf("%s:%s:%s of %s %d %d %v", strings.ToLower(e.class), e.member, e.detail, e.of.node.Name, e.a, e.b, v)
}

func lines(events []event) (out []string) {
	for _, e := range events {
		out = append(out, e.String())
	}
	return out
}

func path(t *testing.T, s *snapshot, name string) string {
	t.Helper()
	for _, it := range s.order {
		if it.node.Name == name {
			return it.path
		}
	}
	t.Fatalf("no %s", name)
	return ""
}

// A thing keeps its path while it is there, whatever stands around it, and a
// path is never given twice.
func TestPathsStay(t *testing.T) {
	a := next(nil, "App", frame(thing(Button, "one"), thing(Button, "two")))
	if got := a.root.path; got != "/org/a11y/atspi/accessible/root" {
		t.Errorf("the root is at %s", got)
	}
	two := path(t, a, "two")
	b := next(a, "App", frame(thing(Heading, "new"), thing(Button, "two")))
	if got := path(t, b, "two"); got != two {
		t.Errorf("the button that stayed moved from %s to %s", two, got)
	}
	c := next(b, "App", frame(thing(Button, "one"), thing(Button, "two")))
	if got, was := path(t, c, "one"), path(t, a, "one"); got == was {
		t.Errorf("what was gone came back as %s", got)
	}
	if a.items[two].node.Name != "two" || a.items[path(t, b, "new")] != nil {
		t.Error("an old snapshot was altered")
	}
}

// Another role, many at once that come and go, or another order make another
// thing of a node, so that nobody goes on with what they knew of it.
func TestPathsChange(t *testing.T) {
	list := func(from, to int) *Node {
		l := thing(List, "list")
		for i := from; i < to; i++ {
			l.Children = append(l.Children, thing(ListItem, strconv.Itoa(i)))
		}
		return l
	}
	turned := list(0, 3)
	slices.Reverse(turned.Children)
	button := thing(Button, "list")
	button.Key = list(0, 1).Key
	for name, c := range map[string]struct {
		before, now *Node
		same        bool
	}{
		"a row more":         {list(0, 5000), list(0, 5001), true},
		"as many as a crowd": {list(0, 10), list(0, 10+crowd), true},
		"all rows":           {list(0, 5000), list(5000, 10000), false},
		"more than a crowd":  {list(0, 10), list(0, 11+crowd), false},
		"another order":      {list(0, 3), turned, false},
		"another role":       {list(0, 1), button, false},
	} {
		a := next(nil, "App", frame(c.before))
		b := next(a, "App", frame(c.now))
		if same := path(t, a, "list") == path(t, b, "list"); same != c.same {
			t.Errorf("%s: the same is %v", name, same)
		}
		if n := len(changes(a, b)); n > 2*crowd {
			t.Errorf("%s: %d events", name, n)
		}
	}
}

// The same key twice in one place still gives every thing a path of its own.
func TestSameKeyTwice(t *testing.T) {
	a := next(nil, "App", frame(thing(Button, "Yes"), thing(Button, "Yes")))
	b := next(a, "App", frame(thing(Button, "Yes"), thing(Button, "Yes")))
	for _, s := range []*snapshot{a, b} {
		if len(s.items) != len(s.order) || len(s.order) != 4 {
			t.Errorf("%d paths for %d things", len(s.items), len(s.order))
		}
	}
}

// What was typed into a secret field is nowhere in a snapshot.
func TestSecretsAreNotRead(t *testing.T) {
	n := thing(PasswordText, "Passphrase")
	n.Text = "correct hörse"
	s := next(nil, "App", frame(n))
	it := s.items[path(t, s, "Passphrase")]
	if got := string(it.text); got != strings.Repeat("•", 13) {
		t.Errorf("it reads %q", got)
	}
	later := thing(PasswordText, "Passphrase")
	later.Text = "correct hörses"
	for _, line := range lines(changes(s, next(s, "App", frame(later)))) {
		if !strings.Contains(line, "TextChanged:insert of Passphrase 13 1 •") {
			t.Errorf("told: %s", line)
		}
	}
}

func TestInterfaces(t *testing.T) {
	entry := thing(Entry, "entry")
	entry.Hands.Edit = func(func(string) string) {}
	button := thing(Button, "button")
	button.Hands.Press = func() {}
	tabs := thing(TabList, "tabs")
	tab := thing(Tab, "tab")
	tab.State |= Selectable
	tabs.Children = []*Node{tab}
	s := next(nil, "App", frame(entry, button, tabs, thing(ProgressBar, "bar"), thing(Panel, "panel"), thing(Label, "label")))
	for name, want := range map[string]string{
		"App": "Accessible Application", "Window": "Accessible Component", "entry": "Accessible Component Text EditableText",
		"button": "Accessible Component Action", "tabs": "Accessible Component Selection", "bar": "Accessible Component Value",
		"panel": "Accessible Component", "label": "Accessible Component Text",
	} {
		got := strings.ReplaceAll(strings.Join(s.items[path(t, s, name)].interfaces(), " "), "org.a11y.atspi.", "")
		if got != want {
			t.Errorf("%s has %s", name, got)
		}
	}
}

func TestAttributes(t *testing.T) {
	head := thing(Heading, "head")
	head.Level = 2
	s := next(nil, "App", frame(head, thing(ListItem, "a"), thing(Label, "between"), thing(ListItem, "b")))
	if got := s.items[path(t, s, "head")].attributes()["level"]; got != "2" {
		t.Errorf("the level is %q", got)
	}
	if a := s.items[path(t, s, "b")].attributes(); a["posinset"] != "2" || a["setsize"] != "2" {
		t.Errorf("the second row says %v", a)
	}
}

// What changed is told once, in an order a reader can follow: what came and went
// first, what has the focus last.
func TestChanges(t *testing.T) {
	entry := func(text string, caret int, st State) *Node {
		n := thing(Entry, "Number")
		n.Text, n.Caret, n.State = text, caret, n.State|st
		return n
	}
	check := func(st State) *Node {
		n := thing(CheckBox, "Show")
		n.State |= st
		return n
	}
	wrong, here := entry("06", 2, Invalid), entry("06", 2, Invalid|Focused)
	wrong.Description, here.Description = "This is no number.", "This is no number."
	banner := thing(Label, "Saved nothing")
	banner.Live = true
	renamed := thing(ProgressBar, "Reading")
	renamed.Live, renamed.Part = true, 0.5
	bar := thing(ProgressBar, "Waiting")
	bar.Live = true
	bar.Key = renamed.Key
	row := func(st State) *Node {
		n := thing(ListItem, "Settings")
		n.State |= st
		return n
	}
	for name, c := range map[string]struct {
		before, now *Node
		want        []string
	}{
		"chosen by keys": {frame(row(0)), frame(row(Selected)), []string{
			"object:StateChanged:selected of Settings 1 0 0", "object:SelectionChanged: of Window 0 0 ",
		}},
		"nothing": {frame(entry("06", 2, Focused)), frame(entry("06", 2, Focused)), nil},
		"typed": {frame(entry("06", 2, 0)), frame(entry("063", 3, 0)), []string{
			"object:TextChanged:insert of Number 2 1 3", "object:TextCaretMoved: of Number 3 0 ",
		}},
		"replaced": {frame(entry("+33 6", 0, 0)), frame(entry("+49 6", 0, 0)), []string{
			"object:TextChanged:delete of Number 1 2 33", "object:TextChanged:insert of Number 1 2 49",
		}},
		"ticked": {frame(check(0)), frame(check(Checked)), []string{"object:StateChanged:checked of Show 1 0 0"}},
		"the focus goes on": {frame(entry("", 0, 0), check(Focused)), frame(entry("", 0, Focused), check(0)), []string{
			"object:StateChanged:focused of Show 0 0 0", "object:StateChanged:focused of Number 1 0 0",
		}},
		"wrong": {frame(entry("06", 2, 0)), frame(wrong), []string{
			"object:PropertyChange:accessible-description of Number 0 0 This is no number.",
			"object:Announcement: of Number 2 0 This is no number.",
			"object:StateChanged:invalid-entry of Number 1 0 0",
		}},
		"wrong, and the person is there": {frame(entry("06", 2, Focused)), frame(here), []string{
			"object:PropertyChange:accessible-description of Number 0 0 This is no number.",
			"object:StateChanged:invalid-entry of Number 1 0 0",
		}},
		"a banner": {frame(check(0)), frame(banner, check(0)), []string{
			"object:ChildrenChanged:add of Window 0 0 Saved nothing", "object:Announcement: of Saved nothing 1 0 Saved nothing",
		}},
		"gone": {frame(banner, check(0), entry("", 0, 0)), frame(entry("", 0, 0)), []string{
			"object:ChildrenChanged:remove of Window 1 0 Show", "object:ChildrenChanged:remove of Window 0 0 Saved nothing",
		}},
		"work": {frame(bar), frame(renamed), []string{
			"object:PropertyChange:accessible-name of Reading 0 0 Reading", "object:Announcement: of Reading 1 0 Reading",
			"object:PropertyChange:accessible-value of Reading 0 0 0.5",
		}},
	} {
		a := next(nil, "App", c.before)
		if got := lines(changes(a, next(a, "App", c.now))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

// The window comes up: that it is in front is told, and what has the focus.
func TestFirstChanges(t *testing.T) {
	b := thing(Button, "Begin")
	b.State |= Focused
	banner := thing(Label, "Welcome")
	banner.Live = true
	got := lines(changes(nil, next(nil, "App", frame(banner, b))))
	want := []string{
		"object:StateChanged:active of Window 1 0 0", "window:Activate: of Window 0 0 Window", "object:StateChanged:focused of Begin 1 0 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Choosing is told of what was chosen, and of what it stands in.
func TestChosen(t *testing.T) {
	tabs := func(chosen string) *Node {
		l := thing(TabList, "Pages")
		for _, name := range []string{"You", "Find"} {
			n := thing(Tab, name)
			n.State |= Selectable
			if name == chosen {
				n.State |= Selected
			}
			l.Children = append(l.Children, n)
		}
		return frame(l)
	}
	a := next(nil, "App", tabs("You"))
	got := lines(changes(a, next(a, "App", tabs("Find"))))
	want := []string{
		"object:StateChanged:selected of You 0 0 0", "object:StateChanged:selected of Find 1 0 0", "object:SelectionChanged: of Pages 0 0 ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// What vanished is named once, with all that stood in it.
func TestGone(t *testing.T) {
	l := thing(List, "list")
	l.Children = []*Node{thing(ListItem, "a"), thing(ListItem, "b")}
	a := next(nil, "App", frame(l, thing(Button, "stays")))
	var names []string
	for _, it := range gone(a, next(a, "App", frame(thing(Button, "stays")))) {
		names = append(names, it.node.Name)
	}
	if !slices.Equal(names, []string{"list", "a", "b"}) {
		t.Errorf("%q", names)
	}
}

// Every role and state has its name in the protocol.
func TestNames(t *testing.T) {
	for r, want := range map[Role]string{Button: "push button", Tab: "page tab", PasswordText: "password text", Unknown: "unknown", 999: "unknown"} {
		if r.String() != want {
			t.Errorf("%d is %q", r, r)
		}
	}
	if states()[Invalid] != "invalid-entry" || states()[Focused] != "focused" || Checkable != 1<<41 || Visible != 1<<30 {
		t.Error("the states are not those of the protocol")
	}
}
