// Package atspi shows a window to assistive technology on Linux, over the
// accessibility bus (AT-SPI 2): what stands in it, how it stands, what can be
// done with it, and what changes. It knows no toolkit and no page: the window
// hands it a tree of plain values, and functions that it runs on the window's
// own thread.
//
// What the bus asks is answered from an immutable snapshot of the last tree;
// only where a thing lies is asked of the window when somebody wants to know,
// for it changes with every scroll.
//
// Interfaces, roles and states are those of the xml folder and of
// atspi-constants.h in at-spi2-core, https://gitlab.gnome.org/GNOME/at-spi2-core.
package atspi

// Node is one thing in the window.
type Node struct {
	// Key tells the node from its siblings. As long as it is the same, and that
	// of its parents too, the node is the same to assistive technology, whatever
	// else changes.
	Key         string
	Role        Role
	Name        string
	Description string
	Text        string // what is typed or chosen there; only of roles that hold text
	Caret       int    // before which character the next one typed will stand
	Level       int    // of a heading; 0 for none
	Part        float64
	Keys        string // that press it, such as "<Control>o"; "" for none
	State       State
	Live        bool // is told as soon as it appears or its name changes
	Children    []*Node
	Hands       Hands
}

// Hands are what assistive technology may do with a node, as the person could.
// They are run on the window's thread; what is nil cannot be done.
type Hands struct {
	Press func()
	Edit  func(func(old string) string) // writes what the function makes of the text
	Caret func(at int)
	Focus func()
	Show  func() // scrolls it into sight
	Place func() Rect
}

// Rect is where a node lies in the window, in pixels.
type Rect struct{ X, Y, W, H int32 }

func (r Rect) contains(x, y int32) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// Role is what a node is; the numbers are AtspiRole's.
type Role uint32

// The roles there are.
const (
	Application  Role = 75
	Frame        Role = 23
	Panel        Role = 39
	Button       Role = 43
	CheckBox     Role = 7
	ComboBox     Role = 11
	Entry        Role = 79
	Heading      Role = 83
	Image        Role = 27
	Label        Role = 29
	List         Role = 31
	ListItem     Role = 32
	Dialog       Role = 16
	Menu         Role = 33
	MenuBar      Role = 34
	MenuItem     Role = 35
	PasswordText Role = 40
	ProgressBar  Role = 42
	StatusBar    Role = 54
	Tab          Role = 37
	TabList      Role = 38
	ToggleButton Role = 62
	Unknown      Role = 67
)

// String is the name of the role in the protocol.
func (r Role) String() string {
	name := map[Role]string{
		Application: "application", Frame: "frame", Panel: "panel", Button: "push button", CheckBox: "check box",
		ComboBox: "combo box", Entry: "entry", Heading: "heading", Image: "image", Label: "label",
		List: "list", ListItem: "list item", PasswordText: "password text", ProgressBar: "progress bar",
		Dialog: "dialog", Menu: "menu", MenuBar: "menu bar", MenuItem: "menu item",
		StatusBar: "status bar", Tab: "page tab", TabList: "page tab list", ToggleButton: "toggle button",
	}[r]
	if name == "" {
		return "unknown"
	}
	return name
}

// texts are the roles whose text can be read letter by letter: what is typed or
// chosen, or else the name.
func (r Role) texts() bool {
	switch r {
	case Entry, PasswordText, ComboBox, Label, Heading, ListItem:
		return true
	}
	return false
}

// written are the roles whose text is not their name.
func (r Role) written() bool { return r == Entry || r == PasswordText || r == ComboBox }

// State is a set of what a node is at the moment; the bits are AtspiStateType's.
type State uint64

// The states there are.
const (
	Active     State = 1 << 1
	Checked    State = 1 << 4
	Collapsed  State = 1 << 5
	Editable   State = 1 << 7
	Enabled    State = 1 << 8
	Expandable State = 1 << 9
	Expanded   State = 1 << 10
	Focusable  State = 1 << 11
	Focused    State = 1 << 12
	Modal      State = 1 << 16
	Pressed    State = 1 << 20
	Selectable State = 1 << 22
	Selected   State = 1 << 23
	Sensitive  State = 1 << 24
	Showing    State = 1 << 25
	SingleLine State = 1 << 26
	Visible    State = 1 << 30
	Invalid    State = 1 << 36
	Checkable  State = 1 << 41
)

// states are the names of the states in the events of the protocol.
func states() map[State]string {
	return map[State]string{
		Active: "active", Checked: "checked", Collapsed: "collapsed", Editable: "editable", Enabled: "enabled",
		Expandable: "expandable", Expanded: "expanded", Focusable: "focusable", Focused: "focused", Modal: "modal",
		Pressed: "pressed", Selectable: "selectable", Selected: "selected", Sensitive: "sensitive", Showing: "showing",
		SingleLine: "single-line", Visible: "visible", Invalid: "invalid-entry", Checkable: "checkable",
	}
}

// Has reports whether all of some states are among these.
func (s State) Has(what State) bool { return s&what == what }
