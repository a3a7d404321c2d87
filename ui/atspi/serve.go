//go:build linux

package atspi

import (
	"sync/atomic"
	"time"

	"github.com/godbus/dbus/v5"
)

// server answers what the bus asks, from the latest snapshot. Its calls come
// from goroutines of the connection, many at a time.
type server struct {
	window Window
	name   string // of the connection, by which objects are addressed
	now    atomic.Pointer[view]
	id     atomic.Int32 // that the registry gave the program
}

// view is a snapshot and the language it is in.
type view struct {
	*snapshot
	locale string
}

// ref addresses an object.
type ref struct {
	Name string
	Path dbus.ObjectPath
}

func (s *server) ref(it *item) ref {
	if it == nil {
		return ref{s.name, nullPath}
	}
	return ref{s.name, dbus.ObjectPath(it.path)}
}

func (s *server) refs(items []*item) []ref {
	out := make([]ref, len(items))
	for i, it := range items {
		out[i] = s.ref(it)
	}
	return out
}

// parent addresses what an object stands in; for the application, the desktop.
func (s *server) parent(it *item) ref {
	if it.parent == nil {
		return ref{"org.a11y.atspi.Registry", rootPath}
	}
	return s.ref(it.parent)
}

// export puts everything on the bus.
func (s *server) export(conn *dbus.Conn) error {
	const prefix = "org.a11y.atspi."
	for name, v := range map[string]any{
		prefix + "Accessible": accessible{s}, prefix + "Application": application{s}, prefix + "Component": component{s},
		prefix + "Action": action{s}, prefix + "Text": texts{s}, prefix + "EditableText": editable{s},
		prefix + "Selection": selection{s}, propertiesName: properties{s},
	} {
		if err := conn.ExportSubtree(v, nodesPath, name); err != nil {
			return err
		}
	}
	return conn.Export(cache{s}, cachePath, prefix+"Cache")
}

const propertiesName = "org.freedesktop.DBus.Properties"

// of finds what a call is about.
func (s *server) of(m dbus.Message) (*item, *dbus.Error) {
	path, _ := m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	if it := s.now.Load().items[string(path)]; it != nil {
		return it, nil
	}
	e := dbus.MakeNoObjectError(path)
	return nil, &e
}

// with finds what a call is about where it has an interface.
func (s *server) with(m dbus.Message, has func(*item) bool) (*item, *dbus.Error) {
	it, err := s.of(m)
	if err == nil && !has(it) {
		return nil, &dbus.ErrMsgUnknownInterface
	}
	return it, err
}

// do runs one of the hands on the window's thread and does not wait for it.
func (s *server) do(it *item, hand func()) bool {
	if hand == nil || !it.state().Has(Enabled) {
		return false
	}
	s.window.Post(hand)
	return true
}

// ask runs a question on the window's thread and waits for the answer; false
// where the window is too busy.
func ask[T any](s *server, question func() T) (answer T, ok bool) {
	got := make(chan T, 1)
	s.window.Post(func() { got <- question() })
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case answer = <-got:
		return answer, true
	case <-timer.C:
		return answer, false
	}
}

// accessible is what every object answers.
type accessible struct{ s *server }

func (a accessible) GetChildAtIndex(m dbus.Message, i int32) (ref, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil || i < 0 || int(i) >= len(it.children) {
		return a.s.ref(nil), err
	}
	return a.s.ref(it.children[i]), nil
}

func (a accessible) GetChildren(m dbus.Message) ([]ref, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil {
		return nil, err
	}
	return a.s.refs(it.children), nil
}

func (a accessible) GetIndexInParent(m dbus.Message) (int32, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil || it.parent == nil {
		return -1, err
	}
	return int32(it.index), nil
}

// relation is one entry of a relation set.
type relation struct {
	Kind uint32
	To   []ref
}

func (a accessible) GetRelationSet(m dbus.Message) ([]relation, *dbus.Error) {
	_, err := a.s.of(m)
	return []relation{}, err
}

func (a accessible) GetRole(m dbus.Message) (uint32, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil {
		return 0, err
	}
	return uint32(it.node.Role), nil
}

func (a accessible) GetRoleName(m dbus.Message) (string, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil {
		return "", err
	}
	return it.node.Role.String(), nil
}

// GetLocalizedRoleName answers in English: screen readers have the words of all
// languages.
func (a accessible) GetLocalizedRoleName(m dbus.Message) (string, *dbus.Error) {
	return a.GetRoleName(m)
}

func (a accessible) GetState(m dbus.Message) ([]uint32, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil {
		return nil, err
	}
	return stateWords(it), nil
}

func stateWords(it *item) []uint32 { return []uint32{uint32(it.state()), uint32(it.state() >> 32)} }

func (a accessible) GetAttributes(m dbus.Message) (map[string]string, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil {
		return nil, err
	}
	return it.attributes(), nil
}

func (a accessible) GetApplication(m dbus.Message) (ref, *dbus.Error) {
	return a.s.ref(a.s.now.Load().root), nil
}

func (a accessible) GetInterfaces(m dbus.Message) ([]string, *dbus.Error) {
	it, err := a.s.of(m)
	if err != nil {
		return nil, err
	}
	return it.interfaces(), nil
}

// application is what the root answers.
type application struct{ s *server }

func (a application) GetLocale(_ uint32) (string, *dbus.Error) { return a.s.now.Load().locale, nil }

// GetApplicationBusAddress would give a bus of the program's own; there is none.
func (a application) GetApplicationBusAddress() (string, *dbus.Error) { return "", nil }

// action is what can be pressed.
type action struct{ s *server }

// pressName is what pressing is called.
const pressName = "click"

func pressable(it *item) bool { return it.node.Hands.Press != nil }

func (a action) name(m dbus.Message, i int32, name string) (string, *dbus.Error) {
	_, err := a.s.with(m, pressable)
	if err != nil || i != 0 {
		return "", err
	}
	return name, nil
}

func (a action) GetName(m dbus.Message, i int32) (string, *dbus.Error) {
	return a.name(m, i, pressName)
}

func (a action) GetLocalizedName(m dbus.Message, i int32) (string, *dbus.Error) {
	return a.name(m, i, pressName)
}

func (a action) GetDescription(m dbus.Message, i int32) (string, *dbus.Error) {
	return a.name(m, i, "")
}

// GetKeyBinding gives the key that works wherever the focus is; the two kinds
// before it, which open menus by letters, there are not.
func (a action) GetKeyBinding(m dbus.Message, i int32) (string, *dbus.Error) {
	it, err := a.s.with(m, pressable)
	if err != nil || i != 0 || it.node.Keys == "" {
		return "", err
	}
	return ";;" + it.node.Keys, nil
}

// named is an action as it is listed: its name, what it does, its key.
type named struct{ Name, Description, Key string }

func (a action) GetActions(m dbus.Message) ([]named, *dbus.Error) {
	keys, err := a.GetKeyBinding(m, 0)
	if err != nil {
		return nil, err
	}
	return []named{{Name: pressName, Key: keys}}, nil
}

func (a action) DoAction(m dbus.Message, i int32) (bool, *dbus.Error) {
	it, err := a.s.with(m, pressable)
	if err != nil || i != 0 {
		return false, err
	}
	return a.s.do(it, it.node.Hands.Press), nil
}

// selection is what has children of which some are chosen.
type selection struct{ s *server }

func (x selection) GetSelectedChild(m dbus.Message, i int32) (ref, *dbus.Error) {
	it, err := x.s.with(m, (*item).selects)
	if err != nil {
		return x.s.ref(nil), err
	}
	chosen := it.selected()
	if i < 0 || int(i) >= len(chosen) {
		return x.s.ref(nil), nil
	}
	return x.s.ref(chosen[i]), nil
}

func (x selection) SelectChild(m dbus.Message, i int32) (bool, *dbus.Error) {
	it, err := x.s.with(m, (*item).selects)
	if err != nil || i < 0 || int(i) >= len(it.children) {
		return false, err
	}
	c := it.children[i]
	return c.state().Has(Selected) || x.s.do(c, c.node.Hands.Press), nil
}

func (x selection) IsChildSelected(m dbus.Message, i int32) (bool, *dbus.Error) {
	it, err := x.s.with(m, (*item).selects)
	if err != nil || i < 0 || int(i) >= len(it.children) {
		return false, err
	}
	return it.children[i].state().Has(Selected), nil
}

// What follows would leave nothing, or everything, chosen: the window has no such
// thing.
func (x selection) no(m dbus.Message) (bool, *dbus.Error) {
	_, err := x.s.with(m, (*item).selects)
	return false, err
}

func (x selection) DeselectSelectedChild(m dbus.Message, _ int32) (bool, *dbus.Error) { return x.no(m) }

func (x selection) DeselectChild(m dbus.Message, _ int32) (bool, *dbus.Error) { return x.no(m) }

func (x selection) SelectAll(m dbus.Message) (bool, *dbus.Error) { return x.no(m) }

func (x selection) ClearSelection(m dbus.Message) (bool, *dbus.Error) { return x.no(m) }

// properties are what is read of all interfaces.
type properties struct{ s *server }

func (p properties) Get(m dbus.Message, face, name string) (dbus.Variant, *dbus.Error) {
	it, err := p.s.of(m)
	if err != nil {
		return dbus.Variant{}, err
	}
	if v, is := p.s.properties(it, face)[name]; is {
		return v, nil
	}
	return dbus.Variant{}, dbus.NewError("org.freedesktop.DBus.Error.UnknownProperty", []any{"No such property"})
}

func (p properties) GetAll(m dbus.Message, face string) (map[string]dbus.Variant, *dbus.Error) {
	it, err := p.s.of(m)
	if err != nil {
		return nil, err
	}
	return p.s.properties(it, face), nil
}

// Set takes the number that the registry gives the program; all else is the
// window's own.
func (p properties) Set(m dbus.Message, face, name string, v dbus.Variant) *dbus.Error {
	it, err := p.s.of(m)
	if err != nil {
		return err
	}
	if id, is := v.Value().(int32); is && it.parent == nil && face == "org.a11y.atspi.Application" && name == "Id" {
		p.s.id.Store(id)
		return nil
	}
	return dbus.NewError("org.freedesktop.DBus.Error.PropertyReadOnly", []any{"This is not for others to set"})
}

// properties are those of one interface of an object; the keys are their names.
func (s *server) properties(it *item, face string) map[string]dbus.Variant {
	out := map[string]dbus.Variant{}
	set := func(name string, v any) { out[name] = dbus.MakeVariant(v) }
	n := it.node
	switch face {
	case "org.a11y.atspi.Accessible":
		set("Name", n.Name)
		set("Description", n.Description)
		set("Parent", s.parent(it))
		set("ChildCount", int32(len(it.children)))
		set("Locale", s.now.Load().locale)
		set("AccessibleId", "")
		set("HelpText", "")
	case "org.a11y.atspi.Application":
		if it.parent == nil {
			set("ToolkitName", toolkit)
			set("Version", s.window.Version)
			set("ToolkitVersion", s.window.Version)
			set("AtspiVersion", "2.1")
			set("Id", s.id.Load())
		}
	case "org.a11y.atspi.Action":
		if pressable(it) {
			set("NActions", int32(1))
		}
	case "org.a11y.atspi.Text":
		if n.Role.texts() {
			set("CharacterCount", int32(len(it.text)))
			set("CaretOffset", int32(clamp(n.Caret, len(it.text))))
		}
	case "org.a11y.atspi.Value":
		if n.Role == ProgressBar {
			set("MinimumValue", 0.0)
			set("MaximumValue", 1.0)
			set("MinimumIncrement", 0.0)
			set("CurrentValue", n.Part)
			set("Text", n.Description)
		}
	case "org.a11y.atspi.Selection":
		if it.selects() {
			set("NSelectedChildren", int32(len(it.selected())))
		}
	}
	return out
}

// cache gives everything at once, so that clients need not walk the tree.
type cache struct{ s *server }

// cached is one object of the cache.
type cached struct {
	Object, Application, Parent ref
	Index, Children             int32
	Interfaces                  []string
	Name                        string
	Role                        uint32
	Description                 string
	State                       []uint32
}

func (c cache) GetItems() ([]cached, *dbus.Error) {
	now := c.s.now.Load()
	out := make([]cached, len(now.order))
	for i, it := range now.order {
		index := int32(it.index)
		if it.parent == nil {
			index = -1
		}
		out[i] = cached{
			c.s.ref(it), c.s.ref(now.root), c.s.parent(it), index, int32(len(it.children)), it.interfaces(),
			it.node.Name, uint32(it.node.Role), it.node.Description, stateWords(it),
		}
	}
	return out, nil
}
