//go:build linux

package atspi

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/godbus/dbus/v5"
)

// served is a server of a window, whose thread is that of the test.
func served(t *testing.T, w *Node) (*server, func(name string) dbus.Message) {
	t.Helper()
	s := &server{name: ":1.7", window: Window{App: "App", Version: "1.2", Post: func(f func()) { f() }}}
	s.now.Store(&view{next(nil, "App", w), "fr"})
	return s, func(name string) dbus.Message {
		p := dbus.ObjectPath("/org/a11y/atspi/accessible/9999")
		for _, it := range s.now.Load().order {
			if it.node.Name == name {
				p = dbus.ObjectPath(it.path)
			}
		}
		return dbus.Message{Headers: map[dbus.HeaderField]dbus.Variant{dbus.FieldPath: dbus.MakeVariant(p)}}
	}
}

// property reads a property as a client does.
func property(t *testing.T, s *server, m dbus.Message, face, name string) any {
	t.Helper()
	v, err := properties{s}.Get(m, "org.a11y.atspi."+face, name)
	if err != nil {
		t.Fatalf("%s.%s: %v", face, name, err)
	}
	return v.Value()
}

func TestTree(t *testing.T) {
	l := thing(List, "list")
	l.Children = []*Node{thing(ListItem, "a"), thing(ListItem, "b")}
	s, of := served(t, frame(thing(Button, "one"), l))
	a := accessible{s}
	kids, _ := a.GetChildren(of("list"))
	second, _ := a.GetChildAtIndex(of("list"), 1)
	if len(kids) != 2 || second != kids[1] || second.Name != ":1.7" {
		t.Errorf("children %v, the second %v", kids, second)
	}
	for _, i := range []int32{-1, 2, 1 << 30} {
		if got, _ := a.GetChildAtIndex(of("list"), i); got.Path != nullPath {
			t.Errorf("child %d is %v", i, got)
		}
	}
	if i, _ := a.GetIndexInParent(of("list")); i != 1 {
		t.Errorf("it is the child %d", i)
	}
	if i, _ := a.GetIndexInParent(of("App")); i != -1 {
		t.Errorf("the root is the child %d", i)
	}
	if got := property(t, s, of("list"), "Accessible", "Parent"); got != s.ref(s.now.Load().root.children[0]) {
		t.Errorf("its parent is %v", got)
	}
	if got := property(t, s, of("App"), "Accessible", "Parent"); got != (ref{"org.a11y.atspi.Registry", rootPath}) {
		t.Errorf("the root's parent is %v", got)
	}
	if got := property(t, s, of("list"), "Accessible", "ChildCount"); got != int32(2) {
		t.Errorf("%v children", got)
	}
	if _, err := a.GetChildren(of("what is not there")); err == nil || err.Name != "org.freedesktop.DBus.Error.NoSuchObject" {
		t.Errorf("of what is not there: %v", err)
	}
	if st, _ := a.GetState(of("a")); !slices.Equal(st, []uint32{1<<8 | 1<<24 | 1<<25 | 1<<30, 0}) {
		t.Errorf("it stands as %x", st)
	}
	items, _ := cache{s}.GetItems()
	if len(items) != 6 || items[0].Index != -1 || items[3].Name != "list" || items[3].Children != 2 || items[5].Index != 1 {
		t.Errorf("the cache holds %v", items)
	}
}

// Pressing, typing and focusing go to the window; what is off does nothing, and
// what cannot be done says so.
func TestHands(t *testing.T) {
	var did []string
	text := "06 39"
	b, off, e := thing(Button, "on"), thing(Button, "off"), thing(Entry, "entry")
	b.Hands = Hands{Press: func() { did = append(did, "press") }, Focus: func() { did = append(did, "focus") }}
	off.Hands, off.State = b.Hands, Showing|Visible
	e.Hands.Edit = func(f func(string) string) { text = f(text) }
	e.Hands.Caret = func(at int) { did = append(did, "caret") }
	s, of := served(t, frame(b, off, e))
	for name, call := range map[string]func() (bool, *dbus.Error){
		"press": func() (bool, *dbus.Error) { return action{s}.DoAction(of("on"), 0) },
		"focus": func() (bool, *dbus.Error) { return component{s}.GrabFocus(of("on")) },
		"caret": func() (bool, *dbus.Error) { return texts{s}.SetCaretOffset(of("entry"), 1) },
	} {
		did = nil
		if ok, err := call(); !ok || err != nil || !slices.Equal(did, []string{name}) {
			t.Errorf("%s: %v %v, did %q", name, ok, err, did)
		}
	}
	b.Keys = "<Control>o"
	if list, err := (action{s}).GetActions(of("on")); err != nil || !slices.Equal(list, []named{{"click", "", ";;<Control>o"}}) {
		t.Errorf("%v: %v", err, list)
	}
	did = nil
	for name, call := range map[string]func() (bool, *dbus.Error){
		"what is off":    func() (bool, *dbus.Error) { return action{s}.DoAction(of("off"), 0) },
		"another action": func() (bool, *dbus.Error) { return action{s}.DoAction(of("on"), 1) },
		"an entry":       func() (bool, *dbus.Error) { return component{s}.GrabFocus(of("entry")) },
		"the clipboard":  func() (bool, *dbus.Error) { return editable{s}.CutText(of("entry"), 0, 2) },
	} {
		if ok, _ := call(); ok || did != nil {
			t.Errorf("%s: %v, did %q", name, ok, did)
		}
	}
	if _, err := (action{s}).DoAction(of("entry"), 0); err == nil {
		t.Error("an entry can be pressed")
	}
	if _, err := (editable{s}).SetTextContents(of("on"), "x"); err == nil {
		t.Error("a button can be typed into")
	}
	for _, step := range []struct {
		do   func() (bool, *dbus.Error)
		want string
	}{
		{func() (bool, *dbus.Error) { return editable{s}.InsertText(of("entry"), 5, " 98", 3) }, "06 39 98"},
		{func() (bool, *dbus.Error) { return editable{s}.DeleteText(of("entry"), 0, 3) }, "39 98"},
		{func() (bool, *dbus.Error) { return editable{s}.SetTextContents(of("entry"), "") }, ""},
	} {
		if ok, err := step.do(); !ok || err != nil || text != step.want {
			t.Errorf("%v %v: %q, not %q", ok, err, text, step.want)
		}
	}
}

// A secret field is typed into like any other, and read by nobody.
func TestSecretOnTheBus(t *testing.T) {
	n := thing(PasswordText, "Passphrase")
	n.Text = "four or more"
	typed := n.Text
	n.Hands.Edit = func(f func(string) string) { typed = f(typed) }
	s, of := served(t, frame(n))
	x, m := texts{s}, of("Passphrase")
	whole, _ := x.GetText(m, 0, -1)
	piece, _, _, _ := x.GetStringAtOffset(m, 0, uint32(word))
	letter, _ := x.GetCharacterAtOffset(m, 0)
	for _, got := range []string{whole, piece, string(letter)} {
		for _, r := range got {
			if r != '•' {
				t.Fatalf("it reads %q", got)
			}
		}
	}
	if got := property(t, s, m, "Text", "CharacterCount"); got != int32(12) {
		t.Errorf("%v letters", got)
	}
	if _, err := (editable{s}).InsertText(m, 12, " words", 6); err != nil || typed != "four or more words" {
		t.Errorf("%v: %q", err, typed)
	}
	if items, _ := (cache{s}).GetItems(); slices.ContainsFunc(items, func(c cached) bool { return c.Name == n.Text || c.Description == n.Text }) {
		t.Error("the cache knows it")
	}
}

func TestSelection(t *testing.T) {
	var picked string
	box := thing(ComboBox, "Country")
	for _, name := range []string{"France", "Germany"} {
		c := thing(ListItem, name)
		c.State |= Selectable
		c.Hands.Press = func() { picked = name }
		box.Children = append(box.Children, c)
	}
	box.Children[0].State |= Selected
	box.Text = "France"
	s, of := served(t, frame(box, thing(Panel, "panel")))
	x, m := selection{s}, of("Country")
	if got := property(t, s, m, "Selection", "NSelectedChildren"); got != int32(1) {
		t.Errorf("%v are chosen", got)
	}
	if got, _ := x.GetSelectedChild(m, 0); got.Path == nullPath {
		t.Error("what is chosen is not there")
	}
	if got, _ := x.GetSelectedChild(m, 1); got.Path != nullPath {
		t.Errorf("the second that is chosen is %v", got)
	}
	if ok, _ := x.SelectChild(m, 1); !ok || picked != "Germany" {
		t.Errorf("%v: %q was picked", ok, picked)
	}
	if ok, _ := x.SelectChild(m, 2); ok {
		t.Error("a third can be chosen of two")
	}
	if yes, _ := x.IsChildSelected(m, 0); !yes {
		t.Error("the first is not chosen")
	}
	if _, err := x.SelectAll(of("panel")); err == nil {
		t.Error("a panel has a selection")
	}
	if got, _ := (texts{s}).GetText(m, 0, -1); got != "France" {
		t.Errorf("it reads %q", got)
	}
}

func TestPlaces(t *testing.T) {
	at := func(r Rect) func() Rect { return func() Rect { return r } }
	b, p := thing(Button, "b"), thing(Panel, "p")
	b.Hands.Place, p.Hands.Place = at(Rect{30, 40, 10, 10}), at(Rect{20, 20, 100, 100})
	p.Children = []*Node{b}
	w := frame(p)
	w.Hands.Place = at(Rect{0, 0, 500, 500})
	s, of := served(t, w)
	c := component{s}
	if r, _ := c.GetExtents(of("b"), 0); r != (Rect{30, 40, 10, 10}) {
		t.Errorf("in the window at %v", r)
	}
	if r, _ := c.GetExtents(of("b"), fromParent); r != (Rect{10, 20, 10, 10}) {
		t.Errorf("in the panel at %v", r)
	}
	for _, c2 := range []struct {
		x, y int32
		want string
	}{{35, 45, "b"}, {25, 25, "p"}, {400, 400, "Window"}} {
		m := of(c2.want)
		if got, _ := c.GetAccessibleAtPoint(of("Window"), c2.x, c2.y, 1); got.Path != m.Headers[dbus.FieldPath].Value() {
			t.Errorf("at %d, %d is %v, not %s", c2.x, c2.y, got, c2.want)
		}
	}
	if in, _ := c.Contains(of("b"), 40, 45, 1); in {
		t.Error("it holds the point right of it")
	}
	if _, err := c.GetExtents(of("App"), 0); err == nil {
		t.Error("the application lies somewhere")
	}
	s.window.Post = func(func()) {} // a window that is busy for ever
	synctest.Test(t, func(t *testing.T) {
		if r, err := c.GetExtents(of("b"), 0); err != nil || r != (Rect{}) {
			t.Errorf("of a busy window: %v %v", r, err)
		}
	})
}

// The registry numbers the program; nothing else can be set.
func TestSet(t *testing.T) {
	s, of := served(t, frame(thing(Button, "b")))
	p := properties{s}
	if err := p.Set(of("App"), "org.a11y.atspi.Application", "Id", dbus.MakeVariant(int32(4))); err != nil {
		t.Fatal(err)
	}
	if got := property(t, s, of("App"), "Application", "Id"); got != int32(4) {
		t.Errorf("it is number %v", got)
	}
	if err := p.Set(of("b"), "org.a11y.atspi.Accessible", "Name", dbus.MakeVariant("x")); err == nil {
		t.Error("a name can be set from outside")
	}
	if got, _ := p.GetAll(of("b"), "org.a11y.atspi.Value"); len(got) != 0 {
		t.Errorf("a button has the value %v", got)
	}
	if _, err := p.Get(of("b"), "org.a11y.atspi.Text", "CharacterCount"); err == nil {
		t.Error("a button has letters")
	}
}

// Without a bus the reason comes back, and nothing goes on.
func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	w := Window{Post: func(func()) { t.Error("the window was asked") }}
	if err := Run(ctx, w); err == nil || ctx.Err() != nil {
		t.Errorf("%v", err)
	}
}

// What is asked while the window changes is answered from one moment of it.
func TestReadWhileItChanges(t *testing.T) {
	windows := [2]*Node{frame(thing(Button, "a")), frame(thing(Button, "a"), thing(Entry, "b"), thing(Label, "c"))}
	s, _ := served(t, windows[0])
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 200 {
				items, _ := cache{s}.GetItems()
				kids := items[1].Children
				if int(kids) != len(items)-2 {
					t.Errorf("%d things and %d children of the window", len(items), kids)
				}
			}
		})
	}
	for i := range 200 {
		s.now.Store(&view{next(s.now.Load().snapshot, "App", windows[i%2]), "en"})
	}
	readers.Wait()
}
